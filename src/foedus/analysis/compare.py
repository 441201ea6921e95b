"""Compare two scenarios draw by draw, with the same random terms in both.

Chance plays the same part in both scenarios, so what is left between them in each draw comes from what the
two scenarios set differently. The interval of a difference is therefore that of the paired differences, and
not what two separate intervals would suggest. It rests on the model: where the model has no skill, neither
has the difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.accession.entry_time import entry_days
from foedus.analysis.align import NEVER, resolve_alike
from foedus.analysis.differences import Change, changes_between
from foedus.axes import country_name
from foedus.engine.arrays import Array
from foedus.engine.draws import block_count, block_size, shocks_year_by_year
from foedus.engine.simulate import simulate
from foedus.engine.wiring import shock_axes
from foedus.errors import InputError
from foedus.results import Result
from foedus.runs.headline import MEASURES, QUANTILES, headline, measures_of, summary, yearly
from foedus.scenario import Resolved
from foedus.scenario.chain import CHAIN
from foedus.scenario.problem import problem

if TYPE_CHECKING:
    import polars as pl

    from foedus.evidence import Ledger
    from foedus.plotting.chart import Chart

__all__ = [
    "MOST_DRAWS",
    "AllyDifference",
    "Comparison",
    "Outcome",
    "compare",
    "compare_resolved",
    "outcome",
]

MOST_DRAWS = 100_000
"""The most draws that are compared: unlike a run's, they are held in memory."""

SHARE = "defence_expenditure_share_of_gdp"
GDP = "gdp_constant_usd"


@dataclass(frozen=True)
class AllyDifference:
    """One ally at the last year of both scenarios.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    first, second : float
        Median share of GDP in each scenario, fractions.
    low, median, high : float
        Quantiles of the second share less the first, draw by draw, fractions.
    """

    country: str
    name: str
    first: float
    second: float
    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Outcome:
    """What a scenario comes to in every draw, held in memory.

    Attributes
    ----------
    measures : mapping of str to ndarray, (year, draw)
        The measures of the headline: counts, and constant US dollars.
    shares : ndarray, (year, draw, country)
        Defence expenditure over GDP, single precision; NaN where a country does not participate.
    adopted : mapping of int to int
        In how many draws the question of each year was adopted, where the scenario puts questions.
    """

    measures: Mapping[str, Array]
    shares: Array
    adopted: Mapping[int, int]

    def summary(self, resolved: Resolved) -> dict[str, Any]:
        """Give the headline that a run of the scenario would have.

        Parameters
        ----------
        resolved : Resolved
            The scenario that the outcome is of.

        Returns
        -------
        dict
            See :func:`foedus.runs.headline.headline`.
        """
        return headline(
            resolved,
            lambda name, i: self.measures[name][i],
            lambda i: self.shares[i].astype(np.float64),
            draws=self.shares.shape[1],
            adopted=self.adopted,
        )


@dataclass(frozen=True)
class Comparison(Result):
    """Two scenarios side by side.

    Attributes
    ----------
    first, second : mapping
        The headline of each scenario.
    years : tuple of int
        The years both have.
    differences : mapping of str to mapping
        For each measure of the headline the keys label, unit, low, median and high: quantiles by year of the
        second less the first, draw by draw.
    allies : tuple of AllyDifference
        Each ally in the last of the years, the greatest difference first.
    changes : tuple of Change
        What the second scenario sets differently.
    draws, seed : int
        Draws and seed.
    as_of : datetime.date
        The day whose knowledge is used.
    price_year : int
        The year of the prices.
    notes : tuple of str
        What the reader must know.
    """

    first: Mapping[str, Any]
    second: Mapping[str, Any]
    years: tuple[int, ...]
    differences: Mapping[str, Mapping[str, Any]]
    allies: tuple[AllyDifference, ...]
    changes: tuple[Change, ...]
    draws: int
    seed: int
    as_of: date
    price_year: int
    notes: tuple[str, ...]

    def to_polars(self) -> pl.DataFrame:
        """Give the differences as a table.

        Returns
        -------
        polars.DataFrame
            One row for each measure and year: low, median and high of the second less the first.
        """
        import polars as pl

        rows = [
            {"measure": name, "year": year, "unit": entry["unit"]}
            | {key: entry[key][i] for key in ("low", "median", "high")}
            for name, entry in self.differences.items()
            for i, year in enumerate(self.years)
        ]
        return pl.DataFrame(rows)

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.analysis.charts import compare as charts

        return {"paths": charts.compare_chart}


def compare(
    first: str = "baseline",
    second: str | None = None,
    *,
    changes: Mapping[str, Any] | None = None,
    draws: int = 1000,
    seed: int = 1,
    as_of: date | None = None,
    ledger: Ledger | None = None,
) -> Comparison:
    """Compare two scenarios with the same random terms.

    Parameters
    ----------
    first : str, default "baseline"
        The name of a shipped scenario or the path of a scenario file.
    second : str, optional
        The other scenario; without it, the first one with the changes.
    changes : mapping of str to object, optional
        Keys of the second scenario with other values, such as ``{"levers.pledge.deadline": 2040}``.
    draws : int, default 1000
        How many draws, 1 to 100,000.
    seed : int, default 1
        Seed of the random streams.
    as_of : datetime.date, optional
        Use only what had been published by this day; without it, today.
    ledger : Ledger, optional
        The figures.

    Returns
    -------
    Comparison
        Both headlines, and the differences draw by draw.

    Raises
    ------
    InputError
        When draws or seed are out of range, a scenario is not known or not sound, or there is only one.
    NoDataError
        When a figure that is needed had not been published by the day.
    """
    if second is None and not changes:
        raise InputError(
            "there is only one scenario",
            where="foedus compare",
            do="name another one, or change a key with --set",
        )
    pair = resolve_alike(first, second or first, changes or {}, as_of=as_of, ledger=ledger)
    return compare_resolved(*pair, draws=draws, seed=seed)


def compare_resolved(
    first: Resolved,
    second: Resolved,
    *,
    draws: int = 1000,
    seed: int = 1,
    outcomes: tuple[Outcome, Outcome] | None = None,
) -> Comparison:
    """Compare two scenarios that have their figures already; see :func:`compare`.

    Parameters
    ----------
    first, second : Resolved
        The scenarios, for the same countries and the same start year.
    draws, seed : int
        How many draws, and the seed.
    outcomes : (Outcome, Outcome), optional
        What they come to with these draws and this seed, where it is known already.

    Returns
    -------
    Comparison
        Both headlines, and the differences draw by draw.

    Raises
    ------
    InputError
        When draws or seed are out of range, or the scenarios have no countries, start and prices in common.
    """
    _check_alike(first, second)
    one, two = outcomes or (outcome(first, draws=draws, seed=seed), outcome(second, draws=draws, seed=seed))
    years = min(first.years, second.years, key=len)
    heads = one.summary(first), two.summary(second)
    differences = {}
    for name in MEASURES:
        paired = two.measures[name][: len(years)] - one.measures[name][: len(years)]
        low, median, high = summary(name, paired)
        about = heads[0]["measures"][name]
        differences[name] = {"label": about["label"], "unit": about["unit"]}
        differences[name] |= {"low": low, "median": median, "high": high}
    changes = tuple(changes_between(first, second))
    return Comparison(
        first=heads[0],
        second=heads[1],
        years=years,
        differences=differences,
        allies=_allies(first, one, two, len(years) - 1),
        changes=changes,
        draws=draws,
        seed=seed,
        as_of=first.as_of,
        price_year=first.price_year,
        notes=tuple(_notes(first, second, changes, years)),
    )


def outcome(resolved: Resolved, *, draws: int = 1000, seed: int = 1) -> Outcome:
    """Run a scenario in memory.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    draws : int, default 1000
        How many draws, 1 to 100,000.
    seed : int, default 1
        Seed of the random streams; the numbers are those of a run with this seed.

    Returns
    -------
    Outcome
        Measures and shares in every draw.

    Raises
    ------
    InputError
        When draws or seed are out of range.
    """
    for name, value, low, high in (("--draws", draws, 1, MOST_DRAWS), ("--seed", seed, 0, 2**63 - 1)):
        if not low <= value <= high:
            raise InputError(f"{value} is out of range", where=name, do=f"give a number from {low} to {high}")
    ready, axes = problem(resolved, entry_days(resolved)), shock_axes(CHAIN)
    years, countries = len(resolved.years), len(resolved.countries)
    measures = {name: np.empty((years, draws)) for name in measures_of(resolved)}
    shares = np.empty((years, draws, countries), "<f4")
    done, adopted = 0, Counter[int]()
    for block in range(block_count(draws)):
        size = block_size(draws, block)
        terms = shocks_year_by_year(seed, block, axes, countries, resolved.shock_scale)
        for i, (year, state) in enumerate(simulate(ready, terms)):
            share, gdp = np.atleast_2d(state[SHARE]), np.atleast_2d(state[GDP])
            if i and resolved.questions:
                adopted[year] += int(state["question_is_adopted"][:size].sum())
            shares[i, done : done + size] = share[:size]
            # As in a run: sums over the whole block, then cut.
            allies = np.atleast_2d(state["membership"])
            for name, values in yearly(resolved, share, gdp, allies).items():
                measures[name][i, done : done + size] = values[:size]
        done += size
    return Outcome(measures, shares, adopted)


def _check_alike(first: Resolved, second: Resolved) -> None:
    """Refuse scenarios whose draws do not belong together."""
    for field in ("as_of", "countries", "start_year", "price_year"):
        if getattr(first, field) != getattr(second, field):
            raise InputError(
                f"{first.name} and {second.name} differ in {field}",
                where="foedus compare",
                do="compare two scenarios as of the same day",
            )


def _allies(resolved: Resolved, one: Outcome, two: Outcome, last: int) -> tuple[AllyDifference, ...]:
    """Compare each ally's share in the last year of both."""
    before, after = (o.shares[last].astype(np.float64) for o in (one, two))
    who = np.array(resolved.participates)
    before, after = before[:, who], after[:, who]
    spans = np.quantile(after - before, QUANTILES, axis=0).T.tolist()
    middles = zip(np.median(before, axis=0).tolist(), np.median(after, axis=0).tolist(), strict=True)
    codes = [code for code, here in zip(resolved.countries, who, strict=True) if here]
    rows = [
        AllyDifference(code, country_name(code), *middle, *span)
        for code, middle, span in zip(codes, middles, spans, strict=True)
    ]
    return tuple(sorted(rows, key=lambda r: (-abs(r.median), r.country)))


def _notes(
    first: Resolved, second: Resolved, changes: tuple[Change, ...], years: tuple[int, ...]
) -> list[str]:
    """Say what the reader must know."""
    notes = ["Both scenarios use the same random terms; each difference is taken draw by draw."]
    kinds = {c.kind for c in changes}
    if not changes:
        notes.append("The two scenarios set nothing differently.")
    if "lever" in kinds and kinds & {"uncertainty", "parameter"}:
        notes.append(
            "Both decisions and beliefs differ: the difference cannot be put down to either alone; "
            "compare scenarios that change one at a time."
        )
    carried = [
        f"{country_name(code)} in the {word}"
        for word, scenario in (("first", first), ("second", second))
        for code, day in zip(scenario.countries, scenario.accession_signed, strict=False)
        if day == NEVER
    ]
    if carried:
        notes.append(
            f"Carried without entering, so that the random terms are common: {', '.join(carried)}. "
            "Its figures differ a little from those of a run of its own, as with another seed."
        )
    if first.horizon != second.horizon:
        notes.append(f"The scenarios end in {first.horizon} and {second.horizon}; compared to {years[-1]}.")
    return notes
