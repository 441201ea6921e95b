"""What governments have announced beside what was printed since: the part of the way that came.

The way of a plan leads from the newest share that was printed when it was announced to the announced one. The
part of it that came is ``log(printed / before) / log(announced / before)``: one where the plan came true,
zero where nothing moved.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from foedus.axes import country_name
from foedus.spending.measures import SHARE
from foedus.spending.plans import Announcement, announcements

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["PlanRow", "plan_rows", "realised_part"]

SERIES = "nato-defence-expenditure"

SMALLEST_WAY = 0.02
"""A way shorter than this, in logarithms, says nothing of the part that came."""

NONE_FOUND = "none found"


@dataclass(frozen=True)
class PlanRow:
    """One announcement and what came of it; or an ally of which none was found.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    year : int or None
        The year it is for; None where none was found.
    share, amount : float or None
        The share of GDP, a fraction, or the amount in single units of `currency`.
    currency : str
        ISO 4217 code of the amount.
    announced : str
        The day it was public.
    before : float or None
        The newest share printed by then, a fraction.
    printed : float or None
        The newest print of the plan's year; None where none has been printed.
    edition : str
        The edition of `printed`.
    realised : float or None
        The part of the way that came; None where there was none to speak of, or nothing is printed yet.
    what, source, known : str
        What announced it, where that is read, and how it is known.
    """

    country: str
    name: str
    year: int | None
    share: float | None
    amount: float | None
    currency: str
    announced: str
    before: float | None
    printed: float | None
    edition: str
    realised: float | None
    what: str
    source: str
    known: str


def plan_rows(known: Ledger, countries: Iterable[str], day: date) -> tuple[PlanRow, ...]:
    """Return what governments had announced by a day, beside what was printed of it by then.

    Parameters
    ----------
    known : Ledger
        The figures.
    countries : iterable of str
        Alpha-3 codes of the allies to list; one without an announcement has a row that says so.
    day : datetime.date
        The day.

    Returns
    -------
    tuple of PlanRow
        By country, year and day.
    """
    ledger = known.as_of(day)
    by_country: dict[str, list[Announcement]] = {}
    for row in sorted(announcements(), key=lambda row: (row.year, row.announced)):
        if row.announced <= day:
            by_country.setdefault(row.country, []).append(row)
    rows = []
    for code in sorted(countries):
        listed = by_country.get(code, [])
        rows += [_row(ledger, announcement) for announcement in listed] or [_none_found(code)]
    return tuple(rows)


def realised_part(before: float, announced: float, printed: float) -> float | None:
    """Return the part of the way to an announced share that came.

    Parameters
    ----------
    before, announced, printed : float
        Shares of GDP, fractions above zero.

    Returns
    -------
    float or None
        One where the plan came true; None where the way is shorter than :data:`SMALLEST_WAY`.

    Examples
    --------
    >>> realised_part(0.02, 0.03, 0.03)
    1.0
    """
    way = math.log(announced / before)
    return None if abs(way) < SMALLEST_WAY else math.log(printed / before) / way


def _row(ledger: Ledger, plan: Announcement) -> PlanRow:
    """Return one announcement beside the figures."""
    before, _ = _newest(ledger.as_of(plan.announced), plan.country, plan.year - 1, exactly=False)
    printed, edition = _newest(ledger, plan.country, plan.year, exactly=True)
    realised = None
    if plan.share is not None and before is not None and printed is not None:
        realised = realised_part(before, plan.share, printed)
    return PlanRow(
        country=plan.country,
        name=country_name(plan.country),
        year=plan.year,
        share=plan.share,
        amount=plan.amount,
        currency=plan.currency,
        announced=plan.announced.isoformat(),
        before=before,
        printed=printed,
        edition=edition,
        realised=realised,
        what=plan.what,
        source=plan.source,
        known=plan.known,
    )


def _none_found(country: str) -> PlanRow:
    """Return the row of an ally of which no announcement was found."""
    nothing = (None,) * 3
    return PlanRow(country, country_name(country), *nothing, "", "", None, None, "", None, NONE_FOUND, "", "")


def _newest(ledger: Ledger, country: str, year: int, *, exactly: bool) -> tuple[float | None, str]:
    """Return the newest print of a year, or of the last year up to it, and its edition."""
    cards = [c for c in ledger.editions.values() if c.series == SERIES and SHARE in c.complete]
    for card in sorted(cards, key=lambda c: (c.published, c.id), reverse=True):
        for asked in range(year, (year if exactly else card.complete[SHARE][0]) - 1, -1):
            if not card.covers(SHARE, asked):
                continue
            value = ledger.figures(SHARE, edition=card.id).value(country, asked)
            if value is not None:
                return value, card.id
    return None, ""
