"""Who meets a spending guideline, in which year, by which edition of the figures.

A share counts as meeting the guideline when it does so as printed, that is rounded to 0.01 per cent of GDP
(see :mod:`foedus.spending.thresholds`). The allies are those of the year asked about. Beside the guideline
stand the other levels that allies have adopted, beneath them the last closed year where the year is an
estimate, and after those the counts of every other edition and, where an edition prints both spending and
GDP, the counts that its own division gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.axes import is_aggregate
from foedus.errors import InputError, NoDataError
from foedus.evidence import Figures, Ledger
from foedus.evidence.cards import Card
from foedus.evidence.groups import allies_among, other_countries
from foedus.evidence.publications import holding, newest_publication, stated_counts
from foedus.evidence.rows import FigureRows
from foedus.frames import CellKind, Schema, schema_of_rows
from foedus.results import Answer, Result
from foedus.spending.alliance import AllianceRow, alliance_rows
from foedus.spending.counts import BASES, Basis, EditionCount, edition_counts
from foedus.spending.status_rows import StatusRow, equipment_of, shares_of, status_rows
from foedus.spending.status_tables import status_tables
from foedus.spending.thresholds import (
    SHARE,
    LevelCount,
    PrintedShare,
    goals_on,
    held_whole,
    members_of_year,
    tally,
)
from foedus.tables import Table
from foedus.units import level_words

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart
    from foedus.spending.question import StatusQuestion

__all__ = ["Status", "StatusRow", "status", "status_of"]


@dataclass(frozen=True)
class Status(Result):
    """The answer to "who meets the guideline?".

    Attributes
    ----------
    year : int
        The year asked about.
    guideline : float
        The level, a fraction of GDP.
    basis : str
        How the shares come about, one of :data:`BASES`.
    card : Card
        The source card of the edition that answers.
    as_of : datetime.date or None
        The day as of which the question was asked.
    members_on : datetime.date
        The day whose allies are listed: the last of the year, or the day of the question or of the edition.
    rows : tuple of StatusRow
        One per ally, the highest share first; aggregates where they were asked for.
    levels : tuple of LevelCount
        Who is at the guideline, and at the other levels that allies had adopted.
    goals : mapping of float to str
        What was adopted, by level.
    closed : tuple of LevelCount
        The same in the last closed year of the edition, where the year asked about is an estimate.
    alliance : tuple of AllianceRow
        The aggregates and the United States.
    counts : tuple of EditionCount
        The count by every edition and basis.
    notes : tuple of str
        What the reader must know.
    """

    year: int
    guideline: float
    basis: str
    card: Card
    as_of: date | None
    members_on: date
    rows: tuple[StatusRow, ...]
    levels: tuple[LevelCount, ...]
    goals: Mapping[float, str]
    closed: tuple[LevelCount, ...]
    alliance: tuple[AllianceRow, ...]
    counts: tuple[EditionCount, ...]
    notes: tuple[str, ...]

    @property
    def meeting(self) -> int:
        """How many of the allies listed meet the guideline."""
        return self.levels[0].meeting

    def schema(self) -> Schema:
        """Return what the cells of each column are; year and edition stand first."""
        return {"year": CellKind("whole"), "edition": CellKind("text"), **schema_of_rows(StatusRow)}

    def to_columns(self) -> dict[str, Any]:
        """Return the rows as columns, of :class:`StatusRow` without levels; year and edition stand first."""
        columns = super().to_columns()
        about = {"year": self.year, "edition": self.card.id}
        return {**{name: [value] * len(self.rows) for name, value in about.items()}, **columns}

    @property
    def below(self) -> list[str]:
        """The allies listed that have a figure and do not meet the guideline, the highest share first."""
        return [row.country for row in self.rows if row.country in self.levels[0].below]

    @property
    def without_figure(self) -> list[str]:
        """The allies listed for which the edition has no figure."""
        return [row.country for row in self.rows if row.share is None]

    @property
    def estimate(self) -> bool:
        """Whether the year is an estimate for any ally listed."""
        return any(row.status in {"estimate", "projection"} for row in self.rows)

    @property
    def gap_price_basis(self) -> str:
        """The prices of the gaps in money; "USD" where the edition has none."""
        return next((row.gap_price_basis for row in self.rows if row.gap_price_basis), "USD")

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return the count at the guideline, with who is in no count."""
        from foedus.spending.answers import status_answer

        return status_answer(self)

    def closed_words(self) -> str:
        """Return the counts of the last closed year in one sentence; empty where the year asked is closed."""
        if not self.closed:
            return ""
        first, *others = self.closed
        beside = "".join(f", {each.meeting} at {level_words(each.level)}" for each in others)
        at = f"{first.count_words} at {level_words(first.level)}"
        return f"In {first.year}, the last closed year: {at}{beside}."

    def tables(self) -> tuple[Table, ...]:
        """Return the allies, the highest share first, the Alliance, and the count by every edition."""
        return status_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the counts, one row per ally, the Alliance, the count by every edition, notes and source."""
        return {
            "year": self.year,
            "guideline": self.guideline,
            "basis": self.basis,
            "edition": self.card.id,
            "published": self.card.published,
            "as_of": self.as_of,
            "members_on": self.members_on,
            "allies": self.levels[0].allies,
            "with_forces": self.levels[0].with_forces,
            "meeting": self.meeting,
            "below": self.below,
            "open": self.levels[0].open,
            "without_figure": self.without_figure,
            "headline": self.headline(),
            "answer": self.answer().payload(),
            "levels": [_level(each, self.goals) for each in self.levels],
            "last_closed": [_level(each, self.goals) for each in self.closed],
            "alliance": self.alliance,
            "counts": self.counts,
            "rows": self.rows,
            "notes": self.notes,
            "source": {
                "publisher": self.card.publisher,
                "title": self.card.title,
                "url": self.card.url,
                "basis": self.card.basis,
                "caveats": self.card.caveats,
            },
        }

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.spending.charts import alliance
        from foedus.spending.charts import status as charts

        return {
            "bars": charts.status_chart,
            "map": charts.map_chart,
            "editions": charts.counts_chart,
            "growth": alliance.growth_chart,
        }


def _level(count: LevelCount, goals: Mapping[float, str]) -> dict[str, Any]:
    """Return one count for programs."""
    words = {"adopted": goals.get(count.level, ""), "meeting": count.meeting, "reported": count.reported}
    return {**vars(count), **words, "exact": count.exact, "words": count.phrase()}


def status(
    ledger: Ledger | None = None,
    *,
    year: int | None = None,
    edition: str | None = None,
    as_of: date | None = None,
    guideline: float = 0.02,
    countries: Iterable[str] | None = None,
    basis: Basis = "published",
) -> Status:
    """Return who meets a spending guideline.

    Parameters
    ----------
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    year : int, optional
        The year; without it the newest one that an edition holds whole.
    edition : str, optional
        The edition that shall answer.
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    guideline : float, default 0.02
        The level, a fraction of GDP; the other levels that allies had adopted stand beside.
    countries : iterable of str, optional
        List only these allies and aggregates.
    basis : {"published", "computed", "computed-current"}
        Take the shares as printed, or divide the edition's spending by its GDP.

    Returns
    -------
    Status
        Rows, counts by every edition, and notes.

    Raises
    ------
    InputError
        When the guideline is not a fraction of GDP, a country is not an ally, or the basis is unknown.
    NoDataError
        When no edition that may answer holds a share for the year.
    """
    if not 0.0 < guideline < 1.0:
        raise InputError(f"the guideline {guideline:g} is not a fraction of GDP", do="write 2 % as 0.02")
    if basis not in BASES:
        raise InputError(f"{basis!r} is not a basis", do=f"use one of {', '.join(BASES)}")
    ledger = Ledger.load() if ledger is None else ledger
    ledger = ledger.as_of(as_of) if as_of else ledger
    asked = ledger.edition(edition) if edition else ledger
    when = year if year is not None else _last_whole_year(asked)
    figures = _figures(asked, when)
    card, table = figures.card, ledger.table(figures.edition)
    day = min(as_of or card.members_on or card.published, date(when, 12, 31))
    chosen, others = _chosen(countries, members_of_year(when, day), day)
    shares = shares_of(table, basis, when)
    goals = goals_on(as_of or date.today())
    levels = (guideline, *(level for level in goals if abs(level - guideline) > 1e-12))
    picked = countries is not None
    tallies = _tallies(shares, card, when, levels, chosen, picked)
    last = _last_closed_year(table, card, when)
    closed = () if last is None else _tallies(shares, card, last, levels, _then(chosen, last, day), picked)
    here = {code: share for (code, of_year), share in shares.items() if of_year == when}
    return Status(
        year=when,
        guideline=guideline,
        basis=basis,
        card=card,
        as_of=as_of,
        members_on=day,
        rows=status_rows(table, shares, when, levels, chosen, equipment_of(ledger, card, when, chosen)),
        levels=tallies,
        goals=goals,
        closed=closed,
        alliance=alliance_rows(table, when),
        counts=tuple(edition_counts(ledger, when, guideline)),
        notes=(
            *figures.notes,
            *_newer_year(ledger, year, when),
            *_remarks(tallies, here),
            *other_countries(others, day),
        ),
    )


def status_of(question: StatusQuestion, ledger: Ledger | None = None) -> Status:
    """Return the answer to a question; see :func:`status`."""
    return status(ledger, **question.model_dump(exclude={"country"}), countries=question.country or None)


def _figures(asked: Ledger, year: int) -> Figures:
    """Return the shares of a year; where none is held, the error names what NATO itself had said."""
    try:
        return asked.figures(SHARE, year=year)
    except NoDataError as error:
        said = [stated for stated in stated_counts(asked.day, year=year) if stated.kind == "said"]
        if not said or asked.only is not None:
            raise
        words = (f"{s.count} of {s.allies} on {s.published} ({s.edition})" for s in said)
        raise NoDataError(
            f"no edition published by {asked.day} holds a share of {year}; NATO itself had said how many "
            f"allies were at 2 %: {', '.join(words)}",
            do="ask as of a later day",
        ) from error


def _last_whole_year(ledger: Ledger) -> int:
    """Return the newest year of which some edition is held whole, or of which there is a share at all."""
    newest = 0
    for card in sorted(ledger.carriers(SHARE), key=lambda c: c.published, reverse=True):
        if card.published.year <= newest:
            break
        table = ledger.table(card.id)
        years = set(table.where(indicator=SHARE)["year"])
        newest = max([newest, *(year for year in years if year > newest and held_whole(card, table, year))])
    return newest or max(ledger.figures(SHARE).frame["year"])


def _newer_year(ledger: Ledger, year: int | None, answered: int) -> list[str]:
    """Return what is held of a newer year that NATO had printed, where the question named no year."""
    newest = newest_publication(ledger.day)
    if year is not None or newest is None or (newest.last_year or 0) <= answered:
        return []
    return [holding(ledger, newest.edition).sentence(ledger.day)]


def _last_closed_year(table: FigureRows, card: Card, year: int) -> int | None:
    """Return the last year before an estimated one whose shares the edition prints as past, if it has any."""
    shares = table.where(indicator=SHARE)
    open_years = set(shares.where(lambda row: row["status"] != "actual")["year"])
    if year not in open_years:
        return None
    return max(
        (y for y in set(shares["year"]) - open_years if y < year and card.covers(SHARE, y)), default=None
    )


def _tallies(
    shares: Mapping[tuple[str, int], PrintedShare],
    card: Card,
    year: int,
    levels: Sequence[float],
    countries: Sequence[str],
    chosen: bool,
) -> tuple[LevelCount, ...]:
    """Count the allies listed at every level."""
    here = {code: share for (code, when), share in shares.items() if when == year}
    allies = [code for code in countries if not is_aggregate(code)]
    whole = card.covers(SHARE, year)
    return tuple(tally(here, level, year, allies, whole=whole, chosen=chosen) for level in levels)


def _then(countries: Sequence[str], year: int, day: date) -> list[str]:
    """Keep those that were allies in an earlier year."""
    members = members_of_year(year, day)
    return [code for code in countries if code in members]


def _chosen(countries: Iterable[str] | None, members: list[str], day: date) -> tuple[list[str], list[str]]:
    """Return the allies and aggregates to list, and who else was named; nobody named is all allies."""
    return (members, []) if countries is None else allies_among(countries, on=day, members=members)


def _remarks(tallies: Sequence[LevelCount], shares: Mapping[str, PrintedShare]) -> list[str]:
    """Name the allies that no count holds: whose figure is open, who has none, and who has no forces."""
    return list(dict.fromkeys(line for each in tallies for line in each.remarks(shares)))
