"""The spending guideline: how many allies meet it, what share of GDP a country spends, what the target is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from foedus.evidence.publications import CARD_ID as PUBLICATIONS
from foedus.evidence.publications import StatedCount, stated_counts
from foedus.reading.claims import (
    CONTRADICTED,
    SUPPORTED,
    Evidence,
    Finding,
    agreement,
    not_checkable,
)
from foedus.reading.editions import check_years, may_be_revised, not_held_instead
from foedus.reading.frames.levels import IMPLIED
from foedus.reading.frames.meeting import find_guideline_counts
from foedus.reading.ledger_index import SHARE, LedgerIndex
from foedus.reading.values import Amount
from foedus.spending.counts import meets

__all__ = ["CHECKS", "FINDERS"]

COUNT = "allies_meeting_guideline_count"
ENOUGH = 2
"""Editions from which on their own spread says by how much another may differ."""
SECOND_LEVEL = date(2025, 6, 25)
"""From this day on there is more than one guideline."""


def _check_guideline_count(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check how many allies meet a guideline, by the editions published by the day of the text.

    Parameters
    ----------
    claim : dict
        Slots count, of, every, armed, missing, level, years.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text.

    Returns
    -------
    Finding
        The newest edition decides; a number that only an older one gives is superseded and not contradicted.
        Counts in later editions are shown beside.
    """
    return check_years(
        claim["years"],
        ledger_index,
        day,
        lambda year: _count_in(claim, ledger_index, day, year),
        about="NATO",
    )


def _count_in(claim: dict[str, Any], ledger_index: LedgerIndex, day: date, year: int) -> Finding:
    """Check a count for one year."""
    level = claim["level"].value
    if claim["level"].hedge == IMPLIED and day >= SECOND_LEVEL:
        return not_checkable("definition", note="The text does not say which guideline.")
    known: list[tuple[int, int | None, Evidence]] = []
    later: list[Evidence] = []
    for count, reported, evidence in _counts(ledger_index, level, year):
        if evidence.published is not None and evidence.published > day:
            later.append(replace(evidence, later=True))
        else:
            known.append((count, reported, evidence))
    shown = (*(e for _, _, e in known), *later)
    if not known:
        return not_checkable("prediction" if year > day.year else "no_row", *shown)
    if claim.get("said"):
        own = [_stated(c) for c in stated_counts(day, year=year) if _is_said(claim, c)]
        if own:
            return Finding(SUPPORTED, "match", (*own, *shown), "NATO itself gave this count.")
    base = _base(claim, {ledger_index.member_count(d) for d in (day, min(day, date(year, 12, 31)))}, known)
    if base != "agrees":
        return Finding(CONTRADICTED, "differs", shown, base) if base else not_checkable("definition", *shown)
    results = [_compare_count(claim, count, _reported(known, i)) for i, (count, _, _) in enumerate(known)]
    note = _revised(later)
    if _is_of_everyone(claim, ledger_index, day):
        # An ally without armed forces has no share: no edition, held or not, prints all of them.
        wrong = all(count != claim["of"].whole for count, _, _ in known)
        return Finding(CONTRADICTED, "differs", shown, note) if wrong else not_checkable("definition", *shown)
    newest = _newest(results, known)
    if newest == "agrees":
        return Finding(SUPPORTED, "match", shown, note)
    if newest in ("definition", "rounding"):
        return not_checkable(newest, *shown, note=note)
    if "agrees" in results:
        return not_checkable("superseded", *shown, note=note)
    if all(reported is None for _, reported, _ in known):
        return not_checkable("quoted_only", *shown, note=note)
    finding = Finding(CONTRADICTED, "differs", shown, note)
    counts = [count for count, _, _ in known]
    spread = float(max(counts) - min(counts)) if len(counts) >= ENOUGH else None
    near = claim.get("count") is None or any(
        may_be_revised(claim["count"], n, exact=True, spread=spread)
        for count, reported, _ in known
        for n in (count, (reported or count) - count)
    )
    return not_held_instead(finding, ledger_index.editions_not_held(SHARE, year, day)) if near else finding


def _counts(ledger_index: LedgerIndex, level: float, year: int) -> list[tuple[int, int | None, Evidence]]:
    """Count the allies at a level by every edition, oldest first: (count, of how many with a figure,
    evidence)."""
    out: list[tuple[int, int | None, Evidence]] = []
    for card in ledger_index.share_cards:
        shares = ledger_index.shares(card, year)
        if not shares:
            continue
        count = sum(meets(share, level) for share in shares.values())
        text = f"{count} of {len(shares)} allies with a figure at or above {100 * level:g} % of GDP in {year}"
        out.append(
            (
                count,
                len(shares),
                Evidence(text, float(count), card.id, card.id, card.published, card.published_known),
            )
        )
    if abs(level - 0.02) < 1e-9:
        quoted = ledger_index.figures(COUNT, "NATO", year)
        out += [(int(f.value), None, f.evidence) for f in quoted]
        taken = {f.card.id for f in quoted}
        out += [(c.count, None, _stated(c)) for c in stated_counts(year=year) if c.edition not in taken]
    return sorted(out, key=lambda row: (row[2].published or date.min, row[2].edition))


def _newest(results: list[str], known: list[tuple[int, int | None, Evidence]]) -> str:
    """Return what the newest edition says: its table, unless NATO's own count beside it agrees."""
    last = known[-1][2].edition
    own = [(r, reported) for r, (_, reported, e) in zip(results, known, strict=True) if e.edition == last]
    if any(r == "agrees" for r, _ in own):
        return "agrees"
    return next((r for r, reported in own if reported is not None), own[-1][0])


def _is_said(claim: dict[str, Any], count: StatedCount) -> bool:
    """Whether a claim gives the count that NATO stated, of as many allies."""
    stated, of = claim.get("count"), claim.get("of")
    if stated is None or claim.get("missing") or abs(claim["level"].value - 0.02) > 1e-9:
        return False
    same = agreement(stated, count.count, exact=True) == "agrees"
    return same and (of is None or of.whole == count.allies)


def _is_of_everyone(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> bool:
    """Whether every ally by number is said to meet a level: "all 32 allies"."""
    of = claim.get("of")
    every = claim.get("every") in ("all", "every") and not claim.get("missing") and not claim.get("armed")
    return bool(every and of is not None and of.whole == ledger_index.member_count(day))


def _stated(count: StatedCount) -> Evidence:
    """Make evidence of NATO's own count."""
    note = f"; {count.note}" if count.note else ""
    text = (
        f"{count.count} of {count.allies} allies at 2 % of GDP in {count.year}, as NATO {count.kind} it{note}"
    )
    if count.kind == "counted":
        text = f"{count.count} of {count.allies} allies at 2 % of GDP in {count.year} in NATO's table{note}"
    return Evidence(text, float(count.count), count.edition, PUBLICATIONS, count.published, count.known)


def _reported(known: list[tuple[int, int | None, Evidence]], i: int) -> int | None:
    """Return of how many allies a count is, from the edition itself."""
    return known[i][1]


def _base(claim: dict[str, Any], sizes: set[int], known: list[tuple[int, int | None, Evidence]]) -> str:
    """Compare the stated number of all allies, on the day or in the year: "agrees", what is wrong with it, or
    nothing when it is unclear."""
    of: Amount | None = claim.get("of")
    if of is None:
        return "agrees"
    members = max(sizes)
    with_figure = {reported for _, reported, _ in known if reported is not None}
    if claim.get("armed"):
        # Iceland is an ally without armed forces.
        return (
            "agrees"
            if of.whole in with_figure | {members - 1}
            else f"There are {members - 1} allies with armed forces."
        )
    if of.whole in sizes:
        return "agrees"
    return "" if of.whole in with_figure else f"There are {members} allies on that day."


def _compare_count(claim: dict[str, Any], count: int, reported: int | None) -> str:
    """Compare a stated count with an edition's."""
    every = claim.get("every")
    if every in ("all", "every"):
        if claim.get("missing"):
            return "definition"
        if reported is None:
            # A quoted count does not say of how many it is.
            return "definition"
        if count < reported:
            return "differs"
        return "agrees" if claim.get("armed") else "definition"
    if every == "not all":
        return "agrees" if reported is None or count < reported else "definition"
    if every is not None:
        return "definition"
    stated: Amount = claim["count"]
    if not claim.get("missing"):
        return agreement(stated, count, exact=True)
    if reported is None:
        return "definition"
    result = agreement(stated, reported - count, exact=True)
    # Counting Iceland, which has no armed forces, among those that miss the level is another definition.
    if (
        result == "differs"
        and agreement(stated, reported - count + 1, exact=True) == "agrees"
        and not claim.get("armed")
    ):
        return "definition"
    return result


def _revised(later: list[Evidence]) -> str:
    """Write what later editions made of it."""
    if not later:
        return ""
    parts = [f"{e.value:g} ({e.edition}, {e.published})" for e in later if isinstance(e.value, float)]
    return f"Later editions say {', '.join(parts)}." if parts else ""


FINDERS = (find_guideline_counts,)
CHECKS = {"count_meeting_guideline": _check_guideline_count}
