"""A stated number against every edition published by the day of the text, and which years are tried.

What agrees with the newest edition is supported; what only an older one says is superseded. Contradicted
needs a whole table: quoted points alone never contradict, and neither does an edition where one that the
ledger does not hold may say otherwise, or where the ally itself announced the figure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from foedus.reading.claims import (
    CONTRADICTED,
    NOT_CHECKABLE,
    SUPPORTED,
    Evidence,
    Finding,
    agreement,
    not_checkable,
    parameter,
)
from foedus.reading.ledger_index import SHARE, EditionFigure, LedgerIndex, published_by
from foedus.reading.named_times import NamedTime, judge_over, named_time
from foedus.reading.values import Amount, Day
from foedus.spending.plans import announcements

__all__ = (
    "announced check_number check_years judge_editions may_be_revised not_held_instead rounded_down"
).split()


def check_years(
    stated: dict[str, Any],
    ledger_index: LedgerIndex,
    day: date,
    check: Callable[[int], Finding],
    *,
    about: str = "",
) -> Finding:
    """Check a claim in the year it speaks of.

    Parameters
    ----------
    stated : dict
        ``day`` with the date named, ``open`` with the words of a time without a year, or ``tense``.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text.
    check : callable
        Checks the claim in one year.
    about : str, optional
        The country or body the claim is of.

    Returns
    -------
    Finding
        For a past clause without a date the present year is never used, and nothing contradicts.
    """
    words = stated.get("open", "")
    if words:
        time = named_time(words, ledger_index, day, about=about or None)
        return judge_over(time or NamedTime(words), check)
    named: Day | None = stated.get("day")
    if named is not None:
        return check(named.year if named.year is not None else day.year + (named.relative or 0))
    tense = stated.get("tense", "present")
    if tense == "past":
        last = day.year - 1
        return judge_over(NamedTime("", years=(last,), likely=(last,)), check)
    if tense == "unknown":
        return not_checkable("date_unclear")
    finding = check(day.year)
    if finding.reason in ("no_row", "prediction") and tense != "future":
        # Early in a year what an ally "spends" is the last figure published, which is of the year before.
        earlier = check(day.year - 1)
        return earlier if earlier.verdict == SUPPORTED else finding
    return finding


def check_number(
    stated: Amount, ledger_index: LedgerIndex, day: date, indicator: str, country: str, *, year: int
) -> Finding:
    """Check a stated number against one indicator of one country in one year, edition by edition.

    Parameters
    ----------
    stated : Amount
        The number.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text.
    indicator, country : str
        What is looked up.
    year : int
        The year.

    Returns
    -------
    Finding
        See :func:`judge_editions`.
    """
    figures = ledger_index.figures(indicator, country, year)
    plan = announced(country, year, stated, day) if indicator == SHARE else ()
    missing = ledger_index.editions_not_held(indicator, year, day)
    finding = judge_editions(stated, figures, day, plan=plan, missing=missing)
    if finding.reason == "no_row" and year > day.year:
        return replace(finding, reason="prediction")
    return finding


def judge_editions(
    stated: Amount,
    figures: Sequence[EditionFigure],
    day: date,
    *,
    plan: tuple[Evidence, ...] = (),
    missing: Sequence[str] = (),
    exact: bool = False,
) -> Finding:
    """Judge a stated number by the figures of all editions.

    Parameters
    ----------
    stated : Amount
        The number.
    figures : sequence of EditionFigure
        The same quantity by every edition that holds it, oldest edition first.
    day : datetime.date
        The day of the text: what was published later is shown, and never decides.
    plan : tuple of Evidence, optional
        What the ally itself announced, where it agrees.
    missing : sequence of str, optional
        Editions published by that day that may hold the quantity and that the ledger does not hold.
    exact : bool, default False
        Whether the quantity is a count.

    Returns
    -------
    Finding
        Supported by the newest edition, contradicted by a whole table, or not checkable with the reason.
    """
    known, later = published_by(figures, day)
    shown = (*(f.evidence for f in known), *(replace(f.evidence, later=True) for f in later))
    results = [agreement(stated, f.value, exact=exact) for f in known]
    if results and results[-1] == "agrees":
        revised = later and all(agreement(stated, f.value, exact=exact) == "differs" for f in later)
        return Finding(SUPPORTED, "match", shown, "Later editions revised the figure." if revised else "")
    if "agrees" in results:
        return not_checkable("superseded", *shown)
    if any(rounded_down(stated, f.value) for f in known):
        return not_checkable("rounded_down", *shown)
    if "rounding" in results:
        return not_checkable("rounding", *shown)
    if plan:
        return not_checkable("national", *plan, *shown)
    if missing and (not known or any(may_be_revised(stated, f.value, exact=exact) for f in known)):
        return not_checkable("edition_not_held", *shown, note=_not_held(missing))
    if not known:
        return not_checkable("no_row", *shown)
    if not any(f.whole for f in known):
        return not_checkable("quoted_only", *shown)
    return Finding(CONTRADICTED, "differs", shown)


def _not_held(missing: Sequence[str]) -> str:
    """Write which editions may hold the figure."""
    return f"It may come from an edition that the ledger does not hold: {'; '.join(missing)}."


def may_be_revised(stated: Amount, value: float, *, exact: bool = False, spread: float | None = None) -> bool:
    """Whether a figure lies so near a stated number that another edition may have given it.

    Parameters
    ----------
    stated : Amount
        The number.
    value : float
        The figure of an edition.
    exact : bool, default False
        Whether the quantity is a count.
    spread : float, optional
        By how much the editions that are held differ, where they are enough to tell.

    Returns
    -------
    bool
        Without a spread, by how much the editions of the ledger revise one another at most.
    """
    gap = abs(stated.value - value) - stated.unit / 2
    if exact:
        wide = parameter("revision_of_a_count") if spread is None else spread
        return abs(stated.value - value) <= wide
    if abs(value) < 1:
        return gap <= parameter("revision_of_a_share")
    return gap <= parameter("revision_of_an_amount") * abs(value)


def rounded_down(stated: Amount, value: float) -> bool:
    """Whether a stated number is a figure cut off after its last digit: 967 for 967.7.

    Parameters
    ----------
    stated : Amount
        The number.
    value : float
        The figure.

    Returns
    -------
    bool
        Whether cutting, and not rounding, gives it.
    """
    if stated.comparator not in ("eq", "approx") or stated.unit <= 0 or value <= 0:
        return False
    cut = math.floor(value / stated.unit + 1e-9) * stated.unit
    return abs(cut - stated.value) < stated.unit * 1e-6


def announced(country: str, year: int | None, stated: Amount, day: date) -> tuple[Evidence, ...]:
    """Return what an ally itself announced, where a stated share of GDP or sum of money agrees with it.

    Parameters
    ----------
    country : str
        Alpha-3 code.
    year : int or None
        The year it is for; None for any.
    stated : Amount
        The share, or the sum with its currency.
    day : datetime.date
        The day of the text.

    Returns
    -------
    tuple of Evidence
        Announcements of that day or before.
    """
    out = []
    for row in announcements():
        if row.country != country or year not in (None, row.year) or row.announced > day:
            continue
        value = row.amount if stated.currency else row.share
        if value is None or (stated.currency and row.currency != stated.currency):
            continue
        high = row.share_high if not stated.currency and row.share_high is not None else value
        if agreement(stated, value) == "differs" and not value <= stated.value <= high:
            continue
        figure = f"{value / 1e9:g} bn {row.currency}" if stated.currency else f"{100 * value:g} % of GDP"
        text = f"{row.what}, {country}, {row.year}: {figure} ({row.source})"
        out.append(Evidence(text, value, "announced-plans", "announced-plans", row.announced, row.known))
    return tuple(out)


def not_held_instead(finding: Finding, missing: Sequence[str]) -> Finding:
    """Return a finding of "contradicted" as one that an edition which is not held may explain."""
    if finding.verdict != CONTRADICTED or not missing:
        return finding
    note = f"{finding.note} {_not_held(missing)}".strip()
    return replace(finding, verdict=NOT_CHECKABLE, reason="edition_not_held", note=note)
