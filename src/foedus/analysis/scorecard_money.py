"""What was known of spending and aid on a day: by the edition that was out, or by a later one looking back.

The edition that was out answers. Where none that is held was, the first later one that holds the year whole
does, up to the day of the question, and is named as looking back; no two editions are joined in one value.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from foedus.aid.record import Month
from foedus.aid.tracker import held_releases, tracker
from foedus.aid.twelve_months import twelve_months
from foedus.analysis.scorecard_rows import DayReading, Days
from foedus.errors import NoDataError
from foedus.evidence.aggregates import aggregate_rows
from foedus.evidence.cards import KNOWN
from foedus.spending.status import status
from foedus.spending.thresholds import SHARE, held_whole
from foedus.units import per_cent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.aid.tracker import Tracker
    from foedus.evidence import Ledger
    from foedus.spending.alliance import AllianceRow
    from foedus.spending.status import Status

__all__ = ["LEVEL", "aid_readings", "spending_readings", "weakest"]

LEVEL = 0.02
"""The level that is counted on both days: the guideline of 2014, met or not by the same allies' shares."""

EUROPE_AND_CANADA = "NATO_EUR_CAN"


def weakest(known: Iterable[str]) -> str:
    """Return how the weakest of some rows is known; empty of none."""
    return max(set(known) & set(KNOWN), key=KNOWN.index, default="")


def spending_readings(days: Days, ledger: Ledger) -> dict[str, tuple[DayReading, DayReading]]:
    """Return the allies at 2 % of GDP, and the share of NATO Europe and Canada, on two days.

    Parameters
    ----------
    days : (datetime.date, datetime.date)
        The two days.
    ledger : Ledger
        The figures as of the day of the question.

    Returns
    -------
    dict of str to (DayReading, DayReading)
        By measure.
    """
    first, last = ((day, _status_about(day, ledger)) for day in days)
    return {
        "allies_at_2": (_count(*first, ledger), _count(*last, ledger)),
        "share_europe_canada": (_share(*first, ledger), _share(*last, ledger)),
    }


def _status_about(day: date, ledger: Ledger) -> Status | None:
    """Return where allies stood by the edition out on a day, or by the first later with its year whole."""
    try:
        return status(ledger, as_of=day, guideline=LEVEL)
    except NoDataError:
        pass
    later = sorted((c for c in ledger.carriers(SHARE) if c.published > day), key=lambda c: c.published)
    for card in later:
        if held_whole(card, ledger.table(card.id), day.year):
            return status(ledger, year=day.year, edition=card.id, guideline=LEVEL)
    return None


def _no_edition(day: date) -> DayReading:
    """Return that no edition tells a day."""
    return DayReading(why=f"no edition that is held has {day.year} whole")


def _count(day: date, standing: Status | None, ledger: Ledger) -> DayReading:
    """Return how many allies were at the level, and of how many."""
    if standing is None:
        return _no_edition(day)
    count = standing.levels[0]
    definition = "every ally with forces" if count.exact else f"{count.reported} figures that are held"
    newer = _newest(standing, ledger)
    later = f"{newer.levels[0].count_words} by {newer.card.id}, {newer.card.published}" if newer else ""
    same = newer is not None and newer.meeting == standing.meeting
    return DayReading(
        count.meeting,
        count.count_words,
        _year_words(standing, day),
        standing.card.id,
        standing.card.published,
        _known(standing, ledger),
        definition,
        "" if same else later,
        among=count.reported,
    )


def _share(day: date, standing: Status | None, ledger: Ledger) -> DayReading:
    """Return the share of GDP of NATO Europe and Canada."""
    if standing is None:
        return _no_edition(day)
    row = _europe(standing)
    if row is None or row.share is None:
        return DayReading(why=f"{standing.card.id} is not held with a share of NATO Europe and Canada")
    newer = _newest(standing, ledger)
    revised = _europe(newer) if newer else None
    later = ""
    if newer is not None and revised is not None and per_cent(revised.share) != per_cent(row.share):
        later = f"{per_cent(revised.share)} by {newer.card.id}, {newer.card.published}"
    return DayReading(
        row.share,
        "",
        f"{_year_words(standing, day)}{_computed(standing, ledger)}",
        standing.card.id,
        standing.card.published,
        _known(standing, ledger),
        "the aggregate of NATO Europe and Canada",
        later,
    )


def _computed(standing: Status, ledger: Ledger) -> str:
    """Write that the aggregate is not printed and how it comes about; empty where it is printed."""
    span = (standing.year, standing.year)
    rows = aggregate_rows(ledger.table(standing.card.id), SHARE, EUROPE_AND_CANADA, span)
    return f", {rows[0]['note']}" if rows else ""


def _europe(standing: Status) -> AllianceRow | None:
    """Return the row of NATO Europe and Canada; None where the edition has none."""
    return next((row for row in standing.alliance if row.country == EUROPE_AND_CANADA), None)


def _newest(standing: Status, ledger: Ledger) -> Status | None:
    """Return the same year by the newest edition; None where that is the one that answered."""
    newest = status(ledger, year=standing.year, guideline=LEVEL)
    return None if newest.card.id == standing.card.id else newest


def _known(standing: Status, ledger: Ledger) -> str:
    """Return how the weakest share of the year is known."""
    return weakest(ledger.table(standing.card.id).where(indicator=SHARE, year=standing.year)["known"])


def _year_words(standing: Status, day: date) -> str:
    """Write the year that an answer is of, and how old it was where newer ones had been printed."""
    words = f"{standing.year}, an estimate" if standing.estimate else str(standing.year)
    age = day.year - standing.year
    return f"{words}, {age} years before the day" if age > 1 else words


def aid_readings(days: Days, as_of: date) -> dict[str, tuple[DayReading, DayReading]]:
    """Return what Europe and the United States allocated to Ukraine in the twelve months before two days.

    Parameters
    ----------
    days : (datetime.date, datetime.date)
        The two days.
    as_of : datetime.date
        The day of the question: no release that came out later answers.

    Returns
    -------
    dict of str to (DayReading, DayReading)
        By measure; euros of the day.
    """
    first, last = ((day, _release_about(day, as_of)) for day in days)
    regions = {"aid_europe": "europe", "aid_united_states": "united_states"}
    return {name: (_aid(region, *first), _aid(region, *last)) for name, region in regions.items()}


def _release_about(day: date, as_of: date) -> Tracker | None:
    """Return the release that was out on a day, or the first one after it that was out on another."""
    try:
        return tracker(day)
    except NoDataError:
        later = [release for release in held_releases() if day < release.published <= as_of]
        return tracker(edition=later[0].id) if later else None


def _aid(region: str, day: date, held: Tracker | None) -> DayReading:
    """Return what a region allocated in twelve months."""
    if held is None:
        return DayReading(why="no release of the Ukraine Support Tracker that is held was out yet")
    total = twelve_months(held, region, day)
    if total is None:
        begins = held.months[0].month
        begun = Month(day.year, day.month).since(begins) >= 12
        if begun:
            return DayReading(why=f"of {held.release.id} no sum of twelve months is held")
        return DayReading(why=f"the tracker begins in {begins}")
    return DayReading(
        total.allocated,
        "",
        f"{total.first} to {total.last}",
        held.release.id,
        held.release.published,
        "retrieved",
        "euros of the day, allocated",
    )
