"""What is missing of a requirement, and what it would cost.

For each class ``missing = max(0, required - sum of held x availability)``: what allies hold is netted before
anything is called missing, and gaps of single allies are never added. Availability is one draw for all allies
of a class, so the interval is that of a common error. Money is missing times the price of one, times the
growth of cost that programmes of the past have seen; personnel and running are not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.axes import country_name
from foedus.engine.draws import generator
from foedus.forces.apportionment import BY_GDP, Sharing, apportion
from foedus.forces.classes import equipment_class
from foedus.forces.parameters import FOLDER
from foedus.forces.prices import class_price
from foedus.forces.requirement import find_requirement
from foedus.forces.words import NO_HOLDINGS, NOBODY_ASKED, about, counted
from foedus.results import Answer, Result
from foedus.units import billions

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.evidence import Ledger
    from foedus.forces.fair_shares import Rule
    from foedus.forces.holdings import Holdings
    from foedus.forces.prices import ClassPrice
    from foedus.forces.requirement import Need, Requirement
    from foedus.forces.result import Apportionment
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = ["DRAWS", "AllyCost", "ClassGap", "Gap", "gap"]

DRAWS = 4000
"""Draws of availability, price and cost growth."""

ENDS = (0.1, 0.5, 0.9)
TENTH = 1.2815515655446004
"""The standard normal quantile of nine in ten."""


@dataclass(frozen=True)
class ClassGap:
    """One class of a requirement.

    Attributes
    ----------
    equipment : str
        The class.
    required : float
        How many.
    held, available, available_low, available_high : float or None
        What is held, and what of it is available with the middle 80 %; None where nothing is known of it.
    missing, missing_low, missing_high : float or None
        What is missing, with the middle 80 %.
    cost, cost_low, cost_high : float or None
        Its price in US dollars with the middle 80 %; None also where the class has no price.
    price_grade, price_source : str
        Whether the price is measured on orders or assumed, and on which.
    held_by : str
        Where the count of what is held is from.
    allies_counted : int
        How many allies have a count.
    """

    equipment: str
    required: float
    held: float | None = None
    available: float | None = None
    available_low: float | None = None
    available_high: float | None = None
    missing: float | None = None
    missing_low: float | None = None
    missing_high: float | None = None
    cost: float | None = None
    cost_low: float | None = None
    cost_high: float | None = None
    price_grade: str = ""
    price_source: str = ""
    held_by: str = ""
    allies_counted: int = 0


@dataclass(frozen=True)
class AllyCost:
    """One ally's part of the cost of what is missing.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    share : float
        Its part of the whole, a fraction.
    cost, cost_low, cost_high : float
        US dollars, with the middle 80 %.
    """

    country: str
    name: str
    share: float
    cost: float
    cost_low: float
    cost_high: float


@dataclass(frozen=True)
class Gap(Result):
    """What is missing of a requirement.

    Attributes
    ----------
    requirement : Requirement
        What is needed, by whom it is said.
    rule, who : str
        By what the cost is shared, and among whom.
    rows : tuple of ClassGap
        By class, in the order of the requirement.
    by_ally : tuple of AllyCost
        The cost by ally; empty where nothing is known to be missing.
    cost, cost_low, cost_high : float
        The cost of all that is missing, US dollars, with the middle 80 %.
    cost_assumed : float
        How much of the middle rests on assumed prices.
    shares : Apportionment
        The requirement shared by the same rule.
    notes : tuple of str
        What the reader must know.
    """

    requirement: Requirement
    rule: Rule
    who: str
    rows: tuple[ClassGap, ...]
    by_ally: tuple[AllyCost, ...]
    cost: float
    cost_low: float
    cost_high: float
    cost_assumed: float
    shares: Apportionment
    notes: tuple[str, ...]

    @property
    def known(self) -> tuple[ClassGap, ...]:
        """The classes of which it is known what is missing."""
        return tuple(row for row in self.rows if row.missing is not None)

    def headline(self) -> str:
        """Return what is missing, or that nobody can say without holdings."""
        return f"{self.answer().sentence()} {NOBODY_ASKED}"

    def answer(self) -> Answer:
        """Return the cost of what is missing, or the requirement where holdings are not known."""
        label = f" By a {self.requirement.label}." if self.requirement.label else ""
        if not self.known:
            lead = self.shares.lead
            whole = counted(self.requirement.required()[lead], lead)
            return Answer(
                "",
                "",
                f"{whole[0].upper()}{whole[1:]} are asked for; what of that is missing cannot be said "
                f"without holdings.{label}",
                beside=(NO_HOLDINGS,),
                title=f"What is missing of {self.requirement.headed}",
            )
        words = [f"{about(row.missing or 0.0, row.equipment)} {_label(row)}" for row in self.known]
        priced = [row for row in self.known if row.cost is not None]
        if not priced:
            return Answer(
                words[0],
                f"of {counted(self.known[0].required, self.known[0].equipment)}",
                f"are missing.{label}",
                title=f"What is missing of {self.requirement.headed}",
            )
        span = f"{billions(self.cost_low, 0)} to {billions(self.cost_high, 0)}"
        return Answer(
            number=f"USD {billions(self.cost, 0)} bn",
            unit=f"({span})",
            claim=f"is the price of what is missing: {', '.join(words)}.{label}",
            beside=("The range holds the middle 80 %.", *self.notes[:1]),
            title=f"What is missing of {self.requirement.headed}",
        )

    def tables(self) -> tuple[Table, ...]:
        """Return what is missing by class, its cost by ally, and the parts by ally."""
        from foedus.forces import tables

        return (*tables.gap_tables(self), self.shares.table("parts"))

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs."""
        content = super().payload() | {"headline": self.headline(), "label": self.requirement.label}
        return content | {"shares": self.shares.payload()}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.forces import charts

        return {"gap": charts.gap_chart}


def _label(row: ClassGap) -> str:
    """Return the heading of a row's class, in lower case."""
    return equipment_class(row.equipment).label.lower()


def gap(
    requirement: str | Requirement,
    sharing: Sharing = BY_GDP,
    *,
    as_of: date | None = None,
    ledger: Ledger | None = None,
    holdings: Holdings | None = None,
    seed: int = 1,
) -> Gap:
    """Work out what is missing of a requirement, and what it would cost.

    Parameters
    ----------
    requirement : str or Requirement
        A shipped requirement's name, a path, or a requirement.
    sharing : Sharing
        By what rule and among whom it is shared.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    holdings : Holdings, optional
        What allies hold; without it, what the user has imported.
    seed : int, default 1
        Of the draws.

    Returns
    -------
    Gap
        By class and by ally. Without holdings it has the requirement and the parts, and says what is needed.

    Raises
    ------
    InputError, UnknownNameError, NoDataError
        As for :func:`foedus.forces.apportionment.apportion`.
    """
    from foedus.evidence import Ledger
    from foedus.forces.holdings import own_holdings

    need = find_requirement(requirement) if isinstance(requirement, str) else requirement
    ledger = Ledger.load() if ledger is None else ledger
    shares = apportion(need, sharing, as_of=as_of, ledger=ledger, holdings=holdings)
    dated = ledger.as_of(as_of) if as_of else ledger
    known = (own_holdings() if holdings is None else holdings).as_of(as_of)
    countries = {row.country for row in shares.rows}
    growth = _growth(seed)
    rows, costs = [], []
    for name, entry in need.needs.items():
        row, cost = _class_gap(name, entry, known, countries, _Draws(_price(dated, name), growth, seed))
        rows.append(row)
        costs.append(cost)
    total: Array = np.sum(costs, axis=0)
    low, middle, high = (float(v) for v in np.quantile(total, ENDS))
    assumed = sum(row.cost or 0.0 for row in rows if row.price_grade == "assumed")
    by_ally = tuple(
        AllyCost(r.country, country_name(r.country), r.share, r.share * middle, r.share * low, r.share * high)
        for r in shares.rows
        if middle > 0.0 or high > 0.0
    )
    return Gap(
        need,
        sharing.rule,
        shares.who,
        tuple(rows),
        by_ally,
        middle,
        low,
        high,
        float(assumed),
        shares,
        _notes(need, rows, middle, float(assumed), len(shares.rows)),
    )


@dataclass(frozen=True)
class _Draws:
    """What the cost of one class is drawn from."""

    price: ClassPrice | None
    growth: Array
    seed: int


def _price(ledger: Ledger, equipment: str) -> ClassPrice | None:
    """Return the price of a class, or None for one that is counted beside the axis of equipment."""
    return class_price(ledger, equipment) if equipment_class(equipment).on_axis else None


def _growth(seed: int) -> Array:
    """Draw how much more a programme costs in the end, (draw,): lognormal between published averages."""
    parameters = FOLDER.component("cost_growth")
    low, high = (np.log(float(parameters[f"cost_growth_{end}"].value)) for end in ("low", "high"))  # type: ignore[arg-type]
    normal = generator([seed, 1]).standard_normal(DRAWS)
    growth: Array = np.exp(0.5 * (low + high) + normal * (high - low) / (2.0 * TENTH))
    return growth


def _availability(equipment: str, seed: int) -> Array | None:
    """Draw the share of what is held that is available, (draw,); None where no parameter says."""
    parameter = FOLDER.component("readiness").get(equipment)
    if parameter is None or isinstance(parameter.value, dict):
        return None
    low, high = parameter.range
    # One stream for all classes: what is available of one class says nothing of another, but draws pair up.
    order = list(FOLDER.component("readiness")).index(equipment)
    return generator([seed, 2, order]).triangular(low, parameter.value, high, DRAWS)


def _class_gap(
    name: str, need: Need, holdings: Holdings, countries: set[str], draws: _Draws
) -> tuple[ClassGap, Array]:
    """Return one class's gap, and its cost by draw."""
    counts = {c: n for (c, equipment), n in holdings.counts().items() if equipment == name and c in countries}
    ratio = _availability(name, draws.seed)
    grade = draws.price.grade if draws.price else ""
    source = draws.price.source if draws.price else ""
    if counts and ratio is not None:
        available = sum(counts.values()) * ratio
        held, held_by = sum(counts.values()), "imported tables"
    elif need.existing is not None:
        # What a report says exists is compared as it stands: it compares like with like.
        available, held, held_by = np.full(DRAWS, need.existing), need.existing, "the same report"
    else:
        return ClassGap(name, need.required, price_grade=grade, price_source=source), np.zeros(DRAWS)
    missing = np.maximum(need.required - available, 0.0)
    a, m = np.quantile(available, ENDS), np.quantile(missing, ENDS)
    cost, ends = np.zeros(DRAWS), (None, None, None)
    if draws.price is not None:
        each = _prices(draws.price, name, draws.seed)
        cost = missing * each * draws.growth
        ends = tuple(float(v) for v in np.quantile(cost, ENDS))  # type: ignore[assignment]
    row = ClassGap(
        name,
        need.required,
        held,
        float(a[1]),
        float(a[0]),
        float(a[2]),
        float(m[1]),
        float(m[0]),
        float(m[2]),
        ends[1],
        ends[0],
        ends[2],
        grade,
        source,
        held_by,
        len(counts),
    )
    return row, cost


def _prices(price: ClassPrice, name: str, seed: int) -> Array:
    """Draw the price of one, (draw,): triangular in logs between the lowest, the middle and the highest."""
    if price.low == price.high:
        return np.full(DRAWS, price.middle)
    low, middle, high = (float(np.log(v)) for v in (price.low, price.middle, price.high))
    order = list(FOLDER.component("readiness")).index(name)
    each: Array = np.exp(generator([seed, 3, order]).triangular(low, middle, high, DRAWS))
    return each


def _notes(
    need: Requirement, rows: list[ClassGap], cost: float, assumed: float, allies: int
) -> tuple[str, ...]:
    """Write what a reader must know."""
    notes = []
    if need.label:
        notes.append(f"{need.title}: {need.label}; nobody outside can say whether it is right.")
    if any(row.missing is None for row in rows):
        notes.append(NO_HOLDINGS)
    if need.additional and any(row.held_by == "imported tables" for row in rows):
        notes.append(
            "The source counts what it asks for on top of what allies hold; held against all that they hold, "
            "the gap is the least that it can be."
        )
    some = [row for row in rows if 0 < row.allies_counted < allies]
    if some:
        counts = ", ".join(f"{row.allies_counted} of {allies} for {_label(row)}" for row in some)
        notes.append(f"Allies with a count: {counts}; the others are counted as holding none.")
    if cost > 0.0:
        notes.append(
            f"Of USD {billions(cost, 0)} bn, {billions(assumed, 0)} bn rest on assumed prices. Personnel and "
            "running are not in it; cost growth is lognormal between 1.20 and 1.54 (middle 80 %)."
        )
    notes.append(
        "How much of what is held is available is judged or assumed; no public list says so by ally."
    )
    return tuple(notes)
