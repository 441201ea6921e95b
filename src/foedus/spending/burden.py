"""The burden-sharing panel: several measures side by side, and no single index.

It gives each ally's share of GDP, its part of the Alliance's spending less its part of the Alliance's GDP,
its equipment share and its spending per head; tests whether larger allies bear more than their size (the
exploitation hypothesis of Olson and Zeckhauser, Review of Economics and Statistics 48, 1966); compares
burdens with benefits; and shows how far each ally's rank moves when the measures are weighted in every
possible way.

Spending over GDP has GDP on both sides, so a rank correlation with GDP is negative by construction when
spending is noise; allies are few and years are not independent. A negative correlation is not evidence of
free riding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.axes import country_name
from foedus.engine.draws import generator
from foedus.errors import InputError, NoDataError
from foedus.results import Answer, Result
from foedus.spending.burden_rows import only_of
from foedus.spending.ranks import concordance, exploitation, ranks
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.evidence import Ledger
    from foedus.plotting.chart import Chart
    from foedus.spending.question import BurdenQuestion
    from foedus.spending.ranks import Concordance, Correlation

__all__ = ["BASES", "METRICS", "Burden", "BurdenRow", "burden", "burden_of", "rank_ranges"]

BASES = {"nato": "defence_expenditure_share_of_gdp", "sipri": "military_expenditure_share_of_gdp"}
"""Whose definition of spending: NATO's or SIPRI's. They are never mixed."""

METRICS = ("share_of_gdp", "spending_less_gdp", "equipment_share", "per_head_usd")
"""The measures that are weighted, each of which counts more as better."""

WEIGHTS = 20_000
SMALLEST, LARGEST = 0.05, 0.95


@dataclass(frozen=True)
class BurdenRow:
    """One ally's burden.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    share_of_gdp : float
        Spending over GDP, a fraction.
    spending_less_gdp : float
        Its part of the spending of all less its part of the GDP of all, a fraction.
    equipment_share : float
        Equipment over spending, a fraction; NaN where the basis has none.
    per_head_usd : float
        Spending per inhabitant, US dollars; NaN where the basis has none.
    gdp_usd, gdp_per_head_usd : float
        GDP and GDP per inhabitant, US dollars of the basis.
    best_rank, worst_rank : int
        The best and the worst rank over every weighting of the measures.
    likely_best_rank, likely_worst_rank : int
        The ranks between which it lies in the middle 90 % of weightings, when all are equally likely.
    """

    country: str
    name: str
    share_of_gdp: float
    spending_less_gdp: float
    equipment_share: float
    per_head_usd: float
    gdp_usd: float
    gdp_per_head_usd: float
    best_rank: int
    worst_rank: int
    likely_best_rank: int
    likely_worst_rank: int


@dataclass(frozen=True)
class Burden(Result):
    """The panel of one year.

    Attributes
    ----------
    year : int
        The year.
    basis, edition, title : str
        Whose definition, which edition, and the line that credits it.
    rows : tuple of BurdenRow
        By ally, the highest share of GDP first.
    correlations : tuple of Correlation
        The rank correlations of the share of GDP with GDP.
    benefits : Concordance or None
        Burdens against benefits, where population is known.
    metrics : tuple of str
        The measures that were weighted.
    notes : tuple of str
        What the reader must know.
    """

    year: int
    basis: str
    edition: str
    title: str
    rows: tuple[BurdenRow, ...]
    correlations: tuple[Correlation, ...]
    benefits: Concordance | None
    metrics: tuple[str, ...]
    notes: tuple[str, ...]

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return who spends the largest share of its GDP."""
        from foedus.spending.answers import burden_answer

        return burden_answer(self)

    def tables(self) -> tuple[Table, ...]:
        """Return the panel by ally, and the tests of whether the share of GDP goes with size."""
        return _panel(self), _tests(self)

    def payload(self) -> dict[str, Any]:
        """Return the fields for programs, and the answer in one number."""
        return super().payload() | {"answer": self.answer().payload()}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.spending.charts import burden as charts

        return {"ranks": charts.burden_chart}


def _panel(result: Burden) -> Table:
    """Return one row per ally, with the span of its ranks over every weighting and over most."""
    rows = tuple(
        {
            **asdict(row),
            "ranks": f"{row.best_rank}–{row.worst_rank}",
            "likely": f"{row.likely_best_rank}–{row.likely_worst_rank}",
            "source": result.edition,
        }
        for row in result.rows
    )
    columns = (
        Column("name", "Ally"),
        Column("share_of_gdp", "Share of GDP", "per_cent"),
        Column("spending_less_gdp", "Spending less GDP, points", "points"),
        Column("equipment_share", "Equipment", "per_cent_1"),
        Column("per_head_usd", "USD a head", "count"),
        Column("ranks", "Ranks"),
        Column("likely", "Middle 90 %"),
    )
    return Table("allies", f"Burdens of {result.year}, the highest share first", columns, rows)


def _tests(result: Burden) -> Table:
    """Return one row per rank correlation."""
    columns = (
        Column("name", "Correlation with GDP"),
        Column("statistic", "Statistic"),
        Column("value", "Value", "number"),
        Column("p", "p", "number"),
        Column("allies", "Allies", "count"),
    )
    rows = tuple(asdict(c) for c in result.correlations)
    return Table("tests", "Does the share of GDP go with size?", columns, rows)


@dataclass(frozen=True)
class _Columns:
    """The figures of one year by ally."""

    countries: tuple[str, ...]
    share: Array
    gdp: Array
    spending: Array
    equipment: Array
    per_head: Array
    population: Array


def burden(
    ledger: Ledger,
    *,
    year: int | None = None,
    basis: str = "nato",
    edition: str | None = None,
    as_of: date | None = None,
    allies_of: date | None = None,
) -> Burden:
    """Return the burden-sharing panel of a year.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    year : int, optional
        The year; without it the last that the edition holds whole.
    basis : {"nato", "sipri"}
        Whose definition of spending; SIPRI's needs an imported edition.
    edition : str, optional
        The edition that shall answer.
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    allies_of : datetime.date, optional
        Compare the allies of this day; without it those at the end of the year asked about.

    Returns
    -------
    Burden
        Rows, correlations, concordance and notes.

    Raises
    ------
    InputError
        When the basis is not known.
    NoDataError
        When no edition that may answer has spending and GDP of the year.
    """
    if basis not in BASES:
        raise InputError(f"{basis!r} is not a basis", where="--basis", do=f"use one of {', '.join(BASES)}")
    known = ledger.as_of(as_of) if as_of else ledger
    indicator = BASES[basis]
    asked = known.edition(edition) if edition else known
    if year is None:
        spans = [c.complete[indicator][1] for c in asked.carriers(indicator) if indicator in c.complete]
        year = spans[0] if spans else max(asked.figures(indicator).frame["year"])
    figures = asked.figures(indicator, year=year)
    held = known.edition(figures.edition)
    allies = tuple(ledger.members(allies_of or date(year, 12, 31)))
    columns = _nato(held, year, allies) if basis == "nato" else _sipri(held, year, allies)
    if len(columns.countries) < 3:
        raise NoDataError(
            f"edition {figures.edition} has spending and GDP of fewer than three allies in {year}",
            do="ask for another year or edition",
        )
    population = columns.population
    if np.isnan(population).all() and known.carriers("population"):
        # The Outlook's population stands in where the basis prints none; it is a later print than the shares.
        population = _column(known, "population", columns.countries, year)
    metrics = _metrics(columns, population)
    used = tuple(name for name in METRICS if np.isfinite(metrics[name]).all())
    spread = rank_ranges(np.column_stack([metrics[name] for name in used]))
    per_head = columns.gdp / population
    return Burden(
        year=year,
        basis=basis,
        edition=figures.edition,
        title=f"{figures.card.publisher}, {figures.card.title}",
        rows=_rows(columns, metrics, per_head, spread),
        correlations=exploitation(columns.countries, columns.share, columns.gdp, per_head),
        benefits=concordance(columns.countries, columns.spending, columns.gdp, population),
        metrics=used,
        notes=(*figures.notes, *_notes(columns, used)),
    )


def burden_of(question: BurdenQuestion, ledger: Ledger | None = None) -> Burden:
    """Return the burden-sharing panel that a question asks for; see :func:`burden`."""
    from foedus.evidence import Ledger

    answer = burden(ledger or Ledger.load(), **question.model_dump(exclude={"country"}))
    return only_of(answer, question.country, question.allies_of)


def _column(ledger: Ledger, indicator: str, countries: tuple[str, ...], year: int) -> Array:
    """Return one indicator of one year by ally, NaN where the ledger has none."""
    try:
        return ledger.figures(indicator, year=year).matrix(countries, [year])[:, 0]
    except NoDataError:
        return np.full(len(countries), np.nan)


def _keep(countries: tuple[str, ...], columns: list[Array]) -> _Columns:
    """Keep the allies whose share and GDP are known and not zero."""
    share, gdp = columns[0], columns[1]
    with np.errstate(invalid="ignore"):
        known = (share > 0.0) & (gdp > 0.0)
    return _Columns(tuple(np.array(countries)[known]), *(c[known] for c in columns))


def _nato(ledger: Ledger, year: int, countries: tuple[str, ...]) -> _Columns:
    """Take one NATO edition's own figures, in its own constant prices."""
    name = "defence_expenditure_constant_usd_"
    newer = np.isfinite(_column(ledger, f"{name}2021", countries, year)).any()
    price = "2021" if newer else "2015"
    share = _column(ledger, BASES["nato"], countries, year)
    spending = _column(ledger, f"{name}{price}", countries, year)
    gdp = _column(ledger, f"gdp_constant_usd_{price}", countries, year)
    if np.isnan(gdp).all():
        gdp = spending / share
    per_head = _column(ledger, f"defence_expenditure_per_capita_constant_usd_{price}", countries, year)
    equipment = _column(ledger, "equipment_share", countries, year)
    return _keep(countries, [share, gdp, spending, equipment, per_head, spending / per_head])


def _sipri(ledger: Ledger, year: int, countries: tuple[str, ...]) -> _Columns:
    """Take SIPRI's figures; GDP is what its spending and share imply, in current US dollars."""
    share = _column(ledger, BASES["sipri"], countries, year)
    spending = _column(ledger, "military_expenditure_current_usd", countries, year)
    per_head = _column(ledger, "military_expenditure_per_capita_current_usd", countries, year)
    with np.errstate(divide="ignore", invalid="ignore"):
        gdp, population = spending / share, spending / per_head
    return _keep(countries, [share, gdp, spending, np.full(len(countries), np.nan), per_head, population])


def _metrics(columns: _Columns, population: Array) -> dict[str, Array]:
    """Return the measures by ally."""
    spending = columns.share * columns.gdp
    per_head = np.where(np.isfinite(columns.per_head), columns.per_head, spending / population)
    return {
        "share_of_gdp": columns.share,
        "spending_less_gdp": spending / spending.sum() - columns.gdp / columns.gdp.sum(),
        "equipment_share": columns.equipment,
        "per_head_usd": per_head,
    }


def rank_ranges(values: Array, *, weightings: int = WEIGHTS, seed: int = 1) -> Array:
    """Return the ranks that every ally takes over all weightings of the measures.

    Parameters
    ----------
    values : ndarray, (ally, measure)
        The measures; more is better. Each is replaced by its rank before it is weighted, so that no measure's
        scale counts.
    weightings : int, default 20000
        How many weightings are tried besides those that put all weight on one measure.
    seed : int, default 1
        Seed of the weightings.

    Returns
    -------
    ndarray of int, (ally, 4)
        Best and worst rank found, and the ranks at the two ends of the middle 90 % of weightings. One is
        best.

    Notes
    -----
    Weightings are uniform over the simplex (Dirichlet with all parameters one); the corners are always among
    them.
    """
    measures = values.shape[1]
    points = np.column_stack([ranks(values[:, j]) for j in range(measures)])
    random = generator(seed)
    weights = np.vstack([np.eye(measures), random.dirichlet(np.ones(measures), size=weightings)])
    order = np.argsort(np.argsort(-(weights @ points.T), axis=1, kind="stable"), axis=1, kind="stable") + 1
    likely = np.quantile(order[measures:], [SMALLEST, LARGEST], axis=0, method="inverted_cdf")
    out: Array = np.column_stack([order.min(axis=0), order.max(axis=0), *likely]).astype(np.int64)
    return out


def _rows(
    columns: _Columns, metrics: dict[str, Array], per_head: Array, spread: Array
) -> tuple[BurdenRow, ...]:
    """Build one row per ally, the highest share of GDP first."""
    rows = [
        BurdenRow(
            country=str(code),
            name=country_name(str(code)),
            share_of_gdp=float(columns.share[i]),
            spending_less_gdp=float(metrics["spending_less_gdp"][i]),
            equipment_share=float(metrics["equipment_share"][i]),
            per_head_usd=float(metrics["per_head_usd"][i]),
            gdp_usd=float(columns.gdp[i]),
            gdp_per_head_usd=float(per_head[i]),
            best_rank=int(spread[i, 0]),
            worst_rank=int(spread[i, 1]),
            likely_best_rank=int(spread[i, 2]),
            likely_worst_rank=int(spread[i, 3]),
        )
        for i, code in enumerate(columns.countries)
    ]
    return tuple(sorted(rows, key=lambda r: -r.share_of_gdp))


def _notes(columns: _Columns, used: tuple[str, ...]) -> list[str]:
    """Write what is left out."""
    notes = [
        f"{len(columns.countries)} allies with spending and GDP; aid to Ukraine, common funding and bases "
        "are not in any of these measures."
    ]
    absent = [name for name in METRICS if name not in used]
    if absent:
        notes.append(f"Not weighted, because not known for every ally: {', '.join(absent)}.")
    return notes
