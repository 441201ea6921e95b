"""How far the stocks of 2022 are missed from those of 2014: by the chain's components, and by stock constant.

Needs a folder with the rDMC tables (``rdmc_wide_1970_2014.csv``, ``rdmc_mbt_1970_2014.csv``) and
GlobalFirepower's of 2022 (``globalfirepower_2022.csv``). Neither may be passed on, so that neither ships;
what ships are the errors by class, in ``evidence/records/stock_skill``, which is what this prints with
``--table``.

Every variant looks at one half of the allies; the other half is looked at once, with ``--aside``, for the
variant that :data:`CHOSEN` names.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.axes import country_name
from foedus.engine.component import declared_names
from foedus.engine.draws import generator
from foedus.evidence import Ledger
from foedus.evidence.institutions import members_on
from foedus.forces import industry, stocks
from foedus.forces.classes import axis_classes
from foedus.forces.holdings import read_holdings
from foedus.forces.list_prices import constant_prices
from foedus.forces.parameters import FOLDER

Array = NDArray[np.float64]

FIRST, LAST, PRICES = 2014, 2022, 2021
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "tanks": ("Tanks",),
    "destroyers_and_frigates": ("Destroyers", "Frigates"),
    "submarines": ("Submarines",),
}
"""Which columns of GlobalFirepower's count to which class. Its fighters are the total of all aircraft, see
:func:`fighters_are_all_aircraft`, and its armoured vehicles and guns mix classes, so that these are left
out."""

ODD = ("BGR", "HUN")
"""Allies whose levels differ between the sources by more than any purchase can explain."""


@dataclass(frozen=True)
class Counts:
    """What allies held of a class in both years.

    Attributes
    ----------
    countries : tuple of str
        Those with a count in both sources.
    first, last : ndarray, (country,)
        How many.
    """

    countries: tuple[str, ...]
    first: Array
    last: Array

    def part(self, codes: Iterable[str]) -> Counts:
        """Keep some allies."""
        chosen = set(codes)
        rows = [i for i, code in enumerate(self.countries) if code in chosen]
        return Counts(tuple(self.countries[i] for i in rows), self.first[rows], self.last[rows])


def read_counts(folder: Path, *, everybody: bool = False) -> dict[str, Counts]:
    """Read both sources and keep the allies that both count, by class; or all countries that they do."""
    allies = set(members_on(date(LAST, 1, 1)))
    held: dict[tuple[str, str], float] = {}
    for name in ("rdmc_wide_1970_2014.csv", "rdmc_mbt_1970_2014.csv"):
        for row in read_holdings(folder / name)[0]:
            if row.day.year == FIRST:
                held[row.country, row.equipment] = row.count
    with (folder / "globalfirepower_2022.csv").open(encoding="utf-8", newline="") as file:
        later = {row["iso3"]: row for row in csv.DictReader(file)}
    counts = {}
    for equipment, columns in COLUMNS.items():
        wanted = {code for code, _ in held} if everybody else allies
        codes = sorted(c for c in wanted if (c, equipment) in held and c in later)
        first = np.array([held[code, equipment] for code in codes])
        last = np.array([sum(float(later[code][name] or 0.0) for name in columns) for code in codes])
        counts[equipment] = Counts(tuple(codes), first, last)
    return counts


def fighters_are_all_aircraft(folder: Path) -> bool:
    """Whether GlobalFirepower's fighters repeat its total of all aircraft: then they are no count of
    fighters."""
    with (folder / "globalfirepower_2022.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return all(row["Fighters/Interceptors"] == row["Total Aircraft Strength"] for row in rows)


def ranks(values: Array) -> Array:
    """Return ranks, equal values sharing the mean of theirs."""
    below = (values[:, None] > values[None, :]).sum(axis=1)
    same = (values[:, None] == values[None, :]).sum(axis=1)
    return below + (same + 1) / 2


def rank_correlation(one: Array, other: Array) -> float:
    """Return Spearman's rank correlation."""
    return float(np.corrcoef(ranks(one), ranks(other))[0, 1])


def is_aside(code: str) -> bool:
    """Whether an ally belongs to the half that is looked at once."""
    return sha256(code.encode()).digest()[0] % 2 == 1


@dataclass(frozen=True)
class Variant:
    """One way of running the components.

    Attributes
    ----------
    name : str
        What it is called.
    split : str
        How spending on equipment is split over classes: "even", or "held": by the price of what an ally
        held in the first year.
    retirement : float
        What the rates of retirement are multiplied by.
    earlier_orders : float
        For how many years orders of before replace what is retired.
    """

    name: str
    split: str = "even"
    retirement: float = 1.0
    earlier_orders: float | None = None


VARIANTS = (
    Variant("the numbers of the chain"),
    Variant("split by what is held", split="held"),
    Variant("no earlier orders", earlier_orders=0.0),
    Variant("retirement doubled", retirement=2.0),
    Variant("held, retirement doubled", split="held", retirement=2.0),
)
"""All that were tried."""

CHOSEN = "the numbers of the chain"
"""The variant whose errors ship: the one that the chain runs."""


def spending_of(ledger: Ledger, countries: tuple[str, ...]) -> tuple[Array, Array]:
    """Return spending in dollars of 2021 and the part of it for equipment, (year, country), from 2015 on."""
    years = range(FIRST + 1, LAST + 1)
    tables = []
    for indicator in ("defence_expenditure_constant_usd_2021", "equipment_share"):
        figures = ledger.figures(indicator, country=list(countries), year=(FIRST + 1, LAST))
        tables.append(np.asarray(figures.matrix(countries, list(years)), dtype=np.float64).T)
    return tables[0], tables[1]


def parts_of_money(variant: Variant, stock: Array, prices: Array) -> Array:
    """Return how an ally's money is split over classes, (class, 1, country)."""
    even = np.full((len(prices), 1, stock.shape[-1]), 1.0 / len(prices))
    if variant.split == "even":
        return even
    value = stock * prices[:, None, None]
    whole = value.sum(axis=0, keepdims=True)
    # The classes that rDMC counts get four parts of ten, as with an even split, and the others the rest.
    counted = 0.1 * len(COLUMNS)
    return np.where(whole > 0.0, counted * value / np.maximum(whole, 1.0), even)


def carried(variant: Variant, stock: Array, money: tuple[Array, Array], ledger: Ledger) -> Array:
    """Return the stocks of the last year by the chain's own components, (class, country).

    One path: every random term is zero, so that prices, lead times and cost growth are their medians. Makers
    deliver what they deliver at the start of a run; orders of before the first year are not known.
    """
    classes, countries = len(axis_classes()), stock.shape[-1]
    number = {c: FOLDER.component(c) for c in ("capacity", "capacity_us", "lead_time", "retirement", "crew")}

    def by_class(component: str) -> Array:
        values = [number[component][n].value for n in axis_classes()]
        return np.array([float(v) for v in values])[:, None, None]  # type: ignore[arg-type]

    own = {n: float(p.value) for n, p in FOLDER.component("industry").items()}  # type: ignore[arg-type]
    forces = {n: float(p.value) for n, p in FOLDER.component("forces").items()}  # type: ignore[arg-type]
    assumed = FOLDER.component("prices")
    priced = constant_prices(ledger, PRICES)
    prices = np.array(
        [
            priced[n].middle if np.isfinite(priced[n].middle) else float(assumed[n].value)
            for n in axis_classes()
        ]  # type: ignore[arg-type]
    )
    growth = {n: float(p.value) for n, p in FOLDER.component("cost_growth").items()}  # type: ignore[arg-type]
    today = by_class("capacity") + by_class("capacity_us")
    ends = [
        np.array([number["lead_time"][n].range[i] for n in axis_classes()])[:, None, None] for i in (0, 1)
    ]
    many, none = np.zeros((classes, 1, countries)), np.zeros((classes, 1, 1))
    state: dict[str, Array] = {
        **dict.fromkeys(declared_names(industry.Before), many),
        "equipment_first_price_constant_usd": np.full_like(none, np.nan),
        "equipment_lead_time": np.full_like(none, np.nan),
        "equipment_stock": stock,
        "equipment_crewed": stock,
        "persons_under_arms": np.full((1, countries), 1e9),
    }
    shocks = industry.Shocks(**dict.fromkeys(declared_names(industry.Shocks), np.zeros((1, 1))))
    shocks = replace(shocks, unit_price_error=none, lead_time_error=none)
    earlier = forces["earlier_orders_years"] if variant.earlier_orders is None else variant.earlier_orders
    for step, (spending, share) in enumerate(zip(*money, strict=True)):
        replaced = float(np.clip(earlier - step, 0.0, 1.0))
        given: dict[str, Any] = {
            "year": float(FIRST + 1 + step),
            "defence_expenditure_constant_usd": spending[None, :],
            "equipment_share": share[None, :],
            "equipment_split": parts_of_money(variant, stock, prices),
            "equipment_list_price_constant_usd": prices[:, None, None],
            "production_capacity": today,
            "production_experience": own["experience_years"] * today,
            "lead_time_low": ends[0],
            "lead_time_middle": by_class("lead_time"),
            "lead_time_high": ends[1],
            "orders_are_common": 0.0,
            **growth,
            "aid_from_defence_spending_constant_usd": np.zeros((1, 1)),
            "donated_equipment": many,
            "equipment_retiring": variant.retirement * (1.0 - replaced) * by_class("retirement") * stock,
            "crew_training_split": np.full_like(many, 1.0 / classes),
            "crew_persons": by_class("crew"),
        }
        for part, numbers in ((industry, own), (stocks, forces)):
            known = {n: numbers[n] for n in declared_names(part.Parameters)}
            result = part.step(
                part.Now(**{n: given[n] for n in declared_names(part.Now)}),
                part.Before(**{n: state[n] for n in declared_names(part.Before)}),
                shocks if part is industry else stocks.Shocks(),
                part.Parameters(**known),
            )
            given |= {n: np.array(v) for n, v in vars(result).items()}
        state = given
    return np.asarray(state["equipment_stock"][:, 0, :])


@dataclass(frozen=True)
class Score:
    """How far a class was missed.

    Attributes
    ----------
    model, constant : ndarray, (country,)
        Absolute errors of the path and of stock constant, items.
    """

    model: Array
    constant: Array

    @property
    def skill(self) -> float:
        """One less the mean error of the path over that of stock constant."""
        return 1.0 - float(self.model.mean() / self.constant.mean())

    def interval(self) -> tuple[float, float]:
        """Return the ends of the skill's interval of 90 %: the difference of errors over allies drawn
        again."""
        draws = generator([1]).integers(0, len(self.model), (4000, len(self.model)))
        many = (self.constant - self.model)[draws].mean(axis=1) / self.constant.mean()
        low, high = np.quantile(many, (0.05, 0.95))
        return float(low), float(high)


def scores(variant: Variant, counts: Mapping[str, Counts], ledger: Ledger) -> dict[str, tuple[Counts, Score]]:
    """Carry the stocks of the first year to the last, and return the errors by class."""
    countries = tuple(sorted({code for each in counts.values() for code in each.countries}))
    stock = np.zeros((len(axis_classes()), 1, len(countries)))
    for name, each in counts.items():
        for code, held in zip(each.countries, each.first, strict=True):
            stock[axis_classes().index(name), 0, countries.index(code)] = held
    last = carried(variant, stock, spending_of(ledger, countries), ledger)
    held: dict[str, tuple[Counts, Score]] = {}
    for name, each in counts.items():
        path = last[axis_classes().index(name), [countries.index(code) for code in each.countries]]
        held[name] = (each, Score(np.abs(path - each.last), np.abs(each.first - each.last)))
    return held


def halves(each: Counts, score: Score) -> dict[str, Score]:
    """Return the errors over the half that variants were chosen on, the half kept aside, and all."""
    aside = np.array([is_aside(code) for code in each.countries])
    parts = {"chosen on": ~aside, "aside": aside, "all": np.ones_like(aside)}
    return {name: Score(score.model[rows], score.constant[rows]) for name, rows in parts.items()}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--aside", action="store_true", help="look at the half that was kept aside")
    options.add_argument("--table", action="store_true", help="print the table that ships")
    given = options.parse_args()
    counts, ledger = read_counts(given.folder), Ledger.packaged()
    if given.table:
        table(counts, ledger)
        return
    print(
        f"GlobalFirepower's fighters are its total of all aircraft: {fighters_are_all_aircraft(given.folder)}"
    )
    every = read_counts(given.folder, everybody=True)["tanks"]
    rank = rank_correlation(every.first, every.last)
    print(f"tanks of all {len(every.countries)} countries in both: rank correlation {rank:.2f}")
    for name, each in counts.items():
        odd = ", ".join(
            f"{country_name(c)} {each.first[i]:g} and {each.last[i]:g}"
            for i, c in enumerate(each.countries)
            if c in ODD
        )
        rank = rank_correlation(each.first, each.last)
        print(f"{name}: {len(each.countries)} allies in both; rank correlation {rank:.2f}; {odd}")
    print(
        f"{len(VARIANTS)} variants tried; mean absolute error, items an ally, of the path and of stock "
        "constant"
    )
    shown = ("chosen on", "aside", "all") if given.aside else ("chosen on",)
    for variant in VARIANTS:
        if given.aside and variant.name != CHOSEN:
            continue
        for name, (each, score) in scores(variant, counts, ledger).items():
            for half in shown:
                part = halves(each, score)[half]
                low, high = part.interval()
                print(
                    f"{variant.name:28s} {name:24s} {half:10s} {len(part.model):3d} allies "
                    f"{part.model.mean():8.2f} {part.constant.mean():8.2f}  skill {part.skill:+.3f} "
                    f"({low:+.3f} to {high:+.3f})"
                )


def table(counts: Mapping[str, Counts], ledger: Ledger) -> None:
    """Print the table that ships."""
    chosen = next(variant for variant in VARIANTS if variant.name == CHOSEN)
    print("class,half,allies,error_model,error_constant,skill,skill_low,skill_high,known")
    for name, (each, score) in scores(chosen, counts, ledger).items():
        for half, part in halves(each, score).items():
            low, high = part.interval()
            numbers = (part.model.mean(), part.constant.mean(), part.skill, low, high)
            print(",".join([name, half, str(len(part.model)), *(f"{v:.4f}" for v in numbers), "unverified"]))


if __name__ == "__main__":
    main()
