"""Check aid to Ukraine against the release of the Ukraine Support Tracker that was public on the day of the text.

The tracker's definition is one of several: what was allocated, or committed, in euros, since January 2022,
without the cost of refugees. What agrees under the reading that the words ask for is supported, and the
definition is named; what agrees under another definition, kind, group or rate of exchange is open. Contradicted
is only what no definition comes near, and never where refugees may have been counted.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from foedus.aid.donors import REGIONS, region_of
from foedus.aid.record import Month
from foedus.aid.tracker import Tracker, tracker
from foedus.errors import NoDataError
from foedus.reading.claims import (
    CONTRADICTED,
    SUPPORTED,
    Evidence,
    Finding,
    agreement,
    not_checkable,
)
from foedus.reading.frames.aid_figures import AidFigure, aid_figures, sets_of
from foedus.reading.frames.exchange import euro_rates
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.values import Amount
from foedus.rounding import written
from foedus.units import per_cent

__all__ = ["check_aid"]

FAR = 1.75
"""The factor beyond the largest figure of every definition that none of them explains."""
SURE = 1.5
"""The factor by which one donor's aid must exceed another's for a claim of the contrary to be contradicted."""


def check_aid(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check an amount of aid, a share of GDP, or who gave more.

    Parameters
    ----------
    claim : dict
        Slots country (a donor or a group), kind, stage, and amount, share, or than; years or by; total;
        package.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text.

    Returns
    -------
    Finding
        Without a release that was public by the day, not checkable.
    """
    try:
        held = tracker(day)
    except NoDataError as error:
        return not_checkable("no_release", note=f"{error.what}."[0].upper() + f"{error.what}."[1:])
    if claim.get("package"):
        return not_checkable("scope", note="One gift of many: the tracker gives sums by donor.")
    if "than" in claim:
        return _compare(claim, held, day)
    figures = list(aid_figures(claim, held, day))
    evidence = tuple(_evidence(f, held, share="share" in claim) for f in figures)
    if "open" in {**claim.get("years", {}), **claim.get("by", {})}:
        return not_checkable("date_unclear")
    if not figures:
        return not_checkable("no_row", note="Donors by year come with an import of the tracker's files.")
    if "share" in claim:
        return _judge(claim["share"], figures, (1.0, 1.0), claim, 0.0, evidence)
    rates = euro_rates(claim["amount"].currency, claim["country"], ledger_index, day)
    if rates is None:
        return not_checkable("no_row", *evidence, note="No rate of exchange to the euro is known.")
    later = _since_then(claim["country"], held, day)
    return _judge(claim["amount"], figures, rates, claim, later, evidence)


def _judge(
    stated: Amount,
    figures: list[AidFigure],
    rates: tuple[float, float],
    claim: dict[str, Any],
    later: float,
    evidence: tuple[Evidence, ...],
) -> Finding:
    """Judge an amount, or a share, by every figure it may mean, and what may have come later, at every rate."""
    agreeing = [f for f in figures if _agrees(stated, f.value, rates)]
    meant = [f for f in agreeing if f.meant]
    if meant and rates == (1.0, 1.0):
        return Finding(SUPPORTED, "match", evidence, f"By this definition: {meant[0].what}.")
    if agreeing:
        at = "" if rates == (1.0, 1.0) else " at a rate of exchange of the years 2022 to today"
        return not_checkable("definition", *evidence, note=f"It agrees with {agreeing[0].what}{at}.")
    near = [f for f in figures if f.meant and agreement(stated, f.value * rates[0]) == "rounding"]
    if near:
        return not_checkable("rounding", *evidence)
    if _is_far(stated, figures, rates, claim, later):
        return Finding(CONTRADICTED, "differs", evidence, "No definition of the tracker comes near it.")
    note = "Another definition, period or release may say so, or it is a part of the sum."
    return not_checkable("definition", *evidence, note=note)


def _agrees(stated: Amount, euros: float, rates: tuple[float, float]) -> bool:
    """Whether a figure agrees with what is stated, at a rate of exchange between two."""
    low, high = rates
    return any(agreement(stated, euros * (low + (high - low) * i / 20)) == "agrees" for i in range(21))


def _is_far(
    stated: Amount,
    figures: list[AidFigure],
    rates: tuple[float, float],
    claim: dict[str, Any],
    later: float,
) -> bool:
    """Whether an amount lies so far off that no definition, period or rate of exchange explains it."""
    scope, kind, stage = claim["country"], claim["kind"], claim["stage"]
    dated = "years" in claim and stage not in ("allocated", "committed")
    if dated or stage == "authorised":
        # What arrives in a year, or is voted for, is another sum than what is allocated in it.
        return False
    of_states = scope in ("EUROPE", "EU", "ALL") or region_of(scope) in ("european_states", "other_donors")
    if of_states and kind != "military":
        # Some governments count what they spend on refugees, which the tracker leaves out.
        return False
    largest = max(f.value for f in figures) + later
    if stated.comparator not in ("lt", "le") and stated.value > FAR * largest * rates[1]:
        return True
    meant = [f.value for f in figures if f.meant]
    whole = claim.get("total") and claim.get("bare") and meant and stated.comparator not in ("gt", "ge")
    return bool(whole) and stated.value * FAR < min(meant) * rates[0]


def _since_then(scope: str, held: Tracker, day: date) -> float:
    """Return twice what a donor's regions would have given since the release's last month at last year's pace."""
    months = max(Month(day.year, day.month).since(held.release.last), 0)
    regions = {
        r for _, donors in sets_of(scope) for d in donors for r in ([d] if d in REGIONS else [region_of(d)])
    }
    year = held.whole_years[-1]
    pace = max(
        held.allocated(regions=tuple(regions), year=year), held.committed(regions=tuple(regions), year=year)
    )
    return 2.0 * pace * months / 12.0


def _compare(claim: dict[str, Any], held: Tracker, day: date) -> Finding:
    """Check who gave more, by every definition."""
    first = list(aid_figures(claim, held, day))
    second = list(aid_figures({**claim, "country": claim["than"]}, held, day))
    pairs = [(a, b) for a in first for b in second if a.what.partition(",")[2] == b.what.partition(",")[2]]
    said = [p for p in pairs if claim["stage"] == "given" or all(f.meant for f in p)]
    if claim["kind"] != "all":
        said = [(a, b) for a, b in said if f"allocated {claim['kind']}" in a.what]
    evidence = tuple(
        dict.fromkeys(_evidence(f, held, share=bool(claim.get("of_gdp"))) for p in pairs for f in p)
    )
    if not said:
        return not_checkable("no_row", *evidence)
    up = bool(claim.get("more"))
    true = [(a.value > b.value) == up for a, b in said]
    if all(true):
        return Finding(SUPPORTED, "match", evidence, "By every definition of the tracker.")
    decisive = said if claim["kind"] != "all" else pairs
    sure = all(max(a.value, b.value) > SURE * min(a.value, b.value) for a, b in decisive)
    sure = sure and ("years" not in claim or claim["stage"] in ("allocated", "committed"))
    if sure and not any((a.value > b.value) == up for a, b in decisive):
        return Finding(CONTRADICTED, "differs", evidence, "By no definition of the tracker.")
    return not_checkable("definition", *evidence, note="The definitions of the tracker differ in this.")


def _evidence(figure: AidFigure, held: Tracker, *, share: bool) -> Evidence:
    """Return a figure as evidence."""
    value = per_cent(figure.value) if share else f"EUR {written(figure.value, 1, scale=-9, grouped=True)} bn"
    release = held.release
    text = f"{figure.what}: {value} ({release.cited})"
    return Evidence(text, figure.value, release.id, release.id, release.published, "retrieved")
