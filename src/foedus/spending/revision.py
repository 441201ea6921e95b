"""How far a printed estimate is from the later print, and what a count of allies is worth while it is an
estimate.

NATO prints the newest year of every edition as an estimate and corrects it in later ones. The errors that can
be seen, edition against newer edition, are resampled for every ally whose share is an estimate, and the count
at the guideline follows. Only editions published by the day of the question are looked at, except that a
question about an edition may name the errors it is judged by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from foedus.axes import country_name
from foedus.engine.draws import generator
from foedus.errors import NoDataError
from foedus.evidence.publications import reporting_members
from foedus.evidence.rows import FigureRows
from foedus.results import Result
from foedus.spending.budgets import HELD
from foedus.spending.revision_numbers import NEAR
from foedus.spending.thresholds import PRINTED_DIGITS, SLACK, meets, members_of_year
from foedus.tables import Column, Table
from foedus.units import in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card
    from foedus.plotting.chart import Chart

__all__ = ["EditionError", "Revision", "edition_errors", "revision"]

SHARE = "defence_expenditure_share_of_gdp"
SERIES = "nato-defence-expenditure"
DRAWS = 20_000
LOW, HIGH = 0.1, 0.9
NEARLY = 0.9
"""The least part of the printed shares that must be held of an edition whose estimates are judged."""
OPEN = 0.05, 0.95
"""Between these chances of being at the guideline it is open whether an ally is."""


@dataclass(frozen=True)
class EditionError:
    """What one edition's estimates of one year missed.

    Attributes
    ----------
    edition, later : str
        The edition, and the newer one it is held against.
    year, years_to_edition : int
        The year estimated, and how many years it lies before the edition came out.
    allies : int
        How many allies both print.
    mean_absolute, mean : float
        Mean absolute error and mean error, later less printed, fractions of GDP.
    near, lost : int
        How many allies were printed from 2 % to :data:`NEAR`, and how many of them the newer one prints
        below.
    relative : ndarray, (ally,)
        The logarithm of later over printed.
    """

    edition: str
    later: str
    year: int
    years_to_edition: int
    allies: int
    mean_absolute: float
    mean: float
    near: int
    lost: int
    relative: Array


@dataclass(frozen=True)
class Revision(Result):
    """What later editions may make of a count.

    Attributes
    ----------
    edition : str
        The edition that prints the shares.
    year : int
        The year.
    guideline : float
        The level, a fraction of GDP.
    printed : int
        How many allies meet it as printed.
    low, median, high : int
        The middle 80 % of the count after revision, and its middle.
    chance_unchanged, chance_lower : float
        The chances that the count stays, and that it falls.
    distribution : dict of int to float
        The chance of every count.
    chance_by_country : dict of str to float
        The chance that an ally meets the guideline in a later print, where it is neither sure nor impossible.
    judged_by : tuple of EditionError
        The errors resampled.
    later : dict of str to int
        What later editions printed, where they have.
    notes : tuple of str
        What the reader must know.
    """

    edition: str
    year: int
    guideline: float
    printed: int
    low: int
    median: int
    high: int
    chance_unchanged: float
    chance_lower: float
    distribution: dict[int, float]
    chance_by_country: dict[str, float]
    judged_by: tuple[EditionError, ...]
    later: dict[str, int]
    notes: tuple[str, ...]

    def headline(self) -> str:
        """Return the printed count, what later prints may make of it, and the chance that it stays."""
        return (
            f"{self.printed} as printed by {self.edition}; in a later print {self.low} to "
            f"{self.high} with 80 % chance, middle {self.median}. The count stays with "
            f"{per_cent(self.chance_unchanged, 0)} and falls with {per_cent(self.chance_lower, 0)} chance."
        )

    def tables(self) -> tuple[Table, ...]:
        """Return the allies that may or may not meet the guideline later, and the chance of each count."""
        ranked = sorted(self.chance_by_country.items(), key=lambda item: -item[1])
        allies = tuple(
            {"country": code, "name": country_name(code), "chance": chance}
            for code, chance in ranked
            if OPEN[0] < chance < OPEN[1]
        )
        counts = tuple({"count": n, "chance": chance} for n, chance in sorted(self.distribution.items()))
        chance = Column("chance", "Chance", "per_cent_0")
        level = per_cent(self.guideline, 1)
        return (
            Table("open", f"At {level} in a later print", (Column("name", "Ally"), chance), allies),
            Table(
                "counts",
                f"Allies at {level} in a later print",
                (Column("count", "Allies", "count"), chance),
                counts,
            ),
        )

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.spending.charts import burden as charts

        return {"count": charts.revision_chart}


def _whole(ledger: Ledger) -> list[Card]:
    """Return the editions that hold the whole table of shares, oldest first."""
    cards = [c for c in ledger.editions.values() if c.series == SERIES and SHARE in c.complete]
    return sorted(cards, key=lambda c: (c.published, c.id))


def edition_errors(ledger: Ledger) -> tuple[EditionError, ...]:
    """Return what every edition's estimates missed, against the newest edition that prints the year.

    Parameters
    ----------
    ledger : Ledger
        The figures; only what had been published by its day is looked at.

    Returns
    -------
    tuple of EditionError
        By edition and year estimated.
    """
    whole = _whole(ledger)
    errors = []
    for card in sorted(ledger.carriers(SHARE), key=lambda c: (c.published, c.id)):
        if card.series != SERIES:
            continue
        table = ledger.table(card.id)
        estimates = table.where(indicator=SHARE, status="estimate")
        for year in sorted(set(estimates["year"])):
            newer = [c for c in whole if c.published > card.published and c.covers(SHARE, year)]
            if newer and _nearly_whole(card, estimates.where(year=year), year):
                errors.append(_error(ledger, card, newer[-1], int(year)))
    return tuple(e for e in errors if e.allies)


def _nearly_whole(card: Card, shares: FigureRows, year: int) -> bool:
    """Whether nearly all shares that an edition printed of a year are held."""
    # The press quotes the highest first, so that a few are not a fair sample.
    printed = reporting_members(card.published, year)
    held = len(shares.where(country=printed))
    return card.covers(SHARE, year) or held >= NEARLY * len(printed)


def _error(ledger: Ledger, card: Card, later: Card, year: int) -> EditionError:
    """Check one edition's estimates of a year against a later edition."""
    members = members_of_year(year, card.members_on or card.published)
    before, after = (
        ledger.figures(SHARE, year=year, edition=c.id).matrix(members, [year])[:, 0] for c in (card, later)
    )
    both = np.isfinite(before) & np.isfinite(after) & (before > 0.0)
    miss = (after - before)[both]
    shown = np.round(before, PRINTED_DIGITS)
    near = both & (shown >= HELD - SLACK) & (shown <= NEAR + SLACK)
    return EditionError(
        edition=card.id,
        later=later.id,
        year=year,
        years_to_edition=card.published.year - year,
        allies=int(both.sum()),
        mean_absolute=float(np.abs(miss).mean()) if both.any() else float("nan"),
        mean=float(miss.mean()) if both.any() else float("nan"),
        near=int(near.sum()),
        lost=int((near & (np.round(after, PRINTED_DIGITS) < HELD - SLACK)).sum()),
        relative=np.log(after[both] / before[both]),
    )


def revision(
    ledger: Ledger,
    *,
    year: int | None = None,
    edition: str | None = None,
    as_of: date | None = None,
    guideline: float = 0.02,
    seed: int = 1,
) -> Revision:
    """Compute what later editions may make of a count of allies at the guideline.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    year : int, optional
        The year; without it the last that the edition holds whole.
    edition : str, optional
        The edition that prints the shares; without it the newest with a whole table.
    as_of : datetime.date, optional
        Ask as of this day: neither shares nor errors of later editions are looked at.
    guideline : float, default 0.02
        The level, a fraction of GDP.
    seed : int, default 1
        Seed of the resampling.

    Returns
    -------
    Revision
        The distribution of the count, and what it rests on.

    Raises
    ------
    NoDataError
        When no edition answers, or no error of an earlier estimate can be seen.
    """
    known = ledger.as_of(as_of) if as_of else ledger
    card = _answering(known, year, edition)
    when = year if year is not None else card.complete[SHARE][1]
    errors = _errors_for(known, card, when)
    members = members_of_year(when, card.members_on or card.published)
    figures = known.figures(SHARE, year=when, edition=card.id)
    share = figures.matrix(members, [when])[:, 0]
    estimated = set(figures.frame.where(status="estimate")["country"])
    open_ = np.array([c in estimated for c in members])
    drawn = _drawn(share, open_, errors, seed)
    at = np.round(drawn, PRINTED_DIGITS) >= guideline - SLACK
    count = at.sum(axis=1)
    printed = sum(meets(float(s), guideline) for s in share[np.isfinite(share)])
    low, median, high = (int(v) for v in np.quantile(count, [LOW, 0.5, HIGH], method="inverted_cdf"))
    values, times = np.unique(count, return_counts=True)
    chance = at.mean(axis=0)
    return Revision(
        edition=card.id,
        year=when,
        guideline=guideline,
        printed=printed,
        low=low,
        median=median,
        high=high,
        chance_unchanged=float((count == printed).mean()),
        chance_lower=float((count < printed).mean()),
        distribution={int(v): float(t) / len(count) for v, t in zip(values, times, strict=True)},
        chance_by_country={c: float(p) for c, p in zip(members, chance, strict=True) if 0.005 < p < 0.995},
        judged_by=errors,
        later=_later(known, card, when, guideline),
        notes=_notes(errors, bool(open_.any()), card, when),
    )


def _answering(known: Ledger, year: int | None, edition: str | None) -> Card:
    """Return the newest edition with a whole table of shares that may answer."""
    cards = [c for c in _whole(known) if edition in (None, c.id)]
    cards = [c for c in cards if year is None or c.covers(SHARE, year)]
    if not cards:
        raise NoDataError(
            f"no edition with a whole table of shares answers for {year or 'any year'}",
            do="`foedus editions` lists the editions",
        )
    return cards[-1]


def _errors_for(known: Ledger, card: Card, year: int) -> tuple[EditionError, ...]:
    """Return the errors by which an edition's estimates of a year are judged: never its own."""
    ahead = card.published.year - year
    others = [e for e in edition_errors(known) if e.edition != card.id]
    alike = [e for e in others if e.years_to_edition == ahead]
    chosen = tuple(alike or others)
    if not chosen:
        raise NoDataError(
            "no earlier estimate can be held against a later edition",
            where="the revision",
            do="ask as of a later day, or import an older edition",
        )
    return chosen


def _drawn(share: Array, open_: Array, errors: tuple[EditionError, ...], seed: int) -> Array:
    """Draw later prints of every share: one edition's errors at a time, so that what it did to all stays.

    Who is printed at 2 % falls below it only in the lowest part of the errors, as often as such allies did:
    they aim at 2 %, and what a revision of GDP takes they mostly add.
    """
    random = generator(seed)
    drawn = np.tile(share, (DRAWS, 1))
    picked = random.integers(0, len(errors), size=DRAWS)
    columns = np.flatnonzero(open_ & np.isfinite(share))
    near = sum(error.near for error in errors)
    lost = sum(error.lost for error in errors) / near if near else 1.0
    held = np.round(share[columns], PRINTED_DIGITS) >= HELD - SLACK
    for j, error in enumerate(errors):
        these = np.flatnonzero(picked == j)
        order = random.integers(0, len(error.relative), size=(len(these), len(columns)))
        later = share[columns] * np.exp(np.sort(error.relative)[order])
        stays = held & (later < HELD) & ((order + 0.5) / len(error.relative) > lost)
        drawn[np.ix_(these, columns)] = np.where(stays, HELD, later)
    return drawn


def _later(known: Ledger, card: Card, year: int, guideline: float) -> dict[str, int]:
    """Count by the editions that came later, among the allies of the edition asked about."""
    members = members_of_year(year, card.members_on or card.published)
    counts = {}
    for other in _whole(known):
        if other.published > card.published and other.covers(SHARE, year):
            share = known.figures(SHARE, year=year, edition=other.id).matrix(members, [year])[:, 0]
            counts[other.id] = sum(meets(float(s), guideline) for s in share[np.isfinite(share)])
    return counts


def _notes(errors: tuple[EditionError, ...], any_open: bool, card: Card, year: int) -> tuple[str, ...]:
    """Write what the distribution rests on."""
    seen = ", ".join(
        f"{e.year} in {e.edition} (missed by {in_per_cent(e.mean_absolute)} points)" for e in errors
    )
    notes = [f"Errors resampled: {seen}, against the newest edition that prints the year."]
    near, lost = sum(e.near for e in errors), sum(e.lost for e in errors)
    if near:
        notes.append(
            f"Of {near} allies printed at 2.00 to 2.14 % then, {lost} are below 2 % in that edition."
        )
    if len(errors) < 3:
        notes.append("They are the errors of few editions, so the tails are not known.")
    if not any_open:
        notes.append(f"{card.id} prints no share of {year} as an estimate: the count stays as it is.")
    return tuple(notes)
