"""The verdict on a sentence, from those on its claims and from what of it stays unread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from foedus.reading.claims import CONTRADICTED, NOT_CHECKABLE, REASONS, SUPPORTED, Claim, Finding, Verdict

if TYPE_CHECKING:
    from foedus.reading.trees.types import SentenceReading, Unread

__all__ = (
    "DAY_UNKNOWN READ_WORDS SENTENCE_WORDS UNREAD_REASONS Judgement SentenceVerdict count_read deny "
    "inside read_sentence sentence_verdict"
).split()

SentenceVerdict = Literal["supported", "supported_in_part", "contradicted", "not_checkable"]

DAY_UNKNOWN = "the day of the text is not known: claims that depend on it are not checked; give --date"

SENTENCE_WORDS: dict[SentenceVerdict, str] = {
    "supported": "supported",
    "supported_in_part": "supported in part",
    "contradicted": "contradicted",
    "not_checkable": "not checkable",
}
"""What the verdicts on a sentence are called in print."""

READ_WORDS: dict[str, str] = {"whole": "read whole", "part": "read in part", "not": "not read"}
"""How much of a sentence was read, in words."""

UNREAD_REASONS: dict[str, str] = {
    "": "no frame took these words",
    "no_frame": "it states nothing of a kind that foedus reads",
    "no_table": "the ledger has no table for it",
    "too_long": "the sentence is too long to be parsed",
    "not_parsed": "the sentence could not be parsed",
    "not_english": "the text is not English",
}
"""Why words stay unread."""

_PLEDGES = frozenset(["guideline", "guideline_part", "national_pledge"])
_NOT_STATED = frozenset(
    ["denied", "negated", "hypothetical", "asked", "reported", "not_finite", "wish", "opinion"]
)
"""Reasons that say that a sentence does not state what it names; beside them it is not supported."""


@dataclass(frozen=True)
class Judgement:
    """The verdict on a sentence.

    Attributes
    ----------
    verdict : str
        "supported", "supported_in_part", "contradicted" or "not_checkable".
    reason : str
        A key of :data:`~foedus.reading.claims.REASONS`, "in_part" or "no_claim".
    unread : tuple of Unread
        The words that stand unread.
    """

    verdict: SentenceVerdict
    reason: str
    unread: tuple[Unread, ...] = ()

    @property
    def why(self) -> str:
        """The reason in words; the unread words are named."""
        words = ", ".join(f"“{u.text}”" for u in self.unread)
        if self.reason == "in_part":
            unread = f"these words were not read: {words}" if words else "a part of it could not be checked"
            return f"what was read agrees with the evidence, and {unread}"
        why = REASONS.get(self.reason, "no claim of a kind that the ledger could check was found")
        return f"{why}; these words were not read: {words}" if words and self.reason != "no_claim" else why


def sentence_verdict(claims: tuple[Claim, ...], readings: Iterable[SentenceReading] = ()) -> Judgement:
    """Judge a sentence.

    Parameters
    ----------
    claims : tuple of Claim
        The claims of the sentence.
    readings : iterable of SentenceReading, optional
        How much of it was read.

    Returns
    -------
    Judgement
        Contradicted if one claim is. Supported if all are, nothing stands unread, and not all only date an
        event that is named in passing. In part if what was checked agrees and something stands unread or
        unchecked. Not checkable otherwise, and where a claim is denied, asked or wished.
    """
    readings = tuple(readings)
    unread = tuple(u for r in readings for u in r.unread)
    claims = _without_wishes(claims)
    contradicted = next((c for c in claims if c.verdict == CONTRADICTED), None)
    if contradicted is not None:
        return Judgement("contradicted", contradicted.reason, unread)
    open_reason = next((c.reason for c in claims if c.verdict == NOT_CHECKABLE), "")
    supporting = [c for c in claims if c.verdict == SUPPORTED and not c.slots.get("mentioned")]
    if not supporting:
        mentioned = "mentioned" if any(c.verdict == SUPPORTED for c in claims) else "no_claim"
        return Judgement("not_checkable", open_reason or mentioned, unread)
    unstated = next((c.reason for c in claims if c.reason in _NOT_STATED), "")
    if unstated:
        return Judgement("not_checkable", unstated, unread)
    if open_reason or unread or any(r.read == "part" for r in readings):
        return Judgement("supported_in_part", "in_part", unread)
    return Judgement("supported", "match")


def _without_wishes(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return claims without the wishes that are read as a pledge, for what was agreed on is stated."""
    pledges = [c.span for c in claims if c.kind in _PLEDGES and c.verdict == SUPPORTED]

    def is_pledged(claim: Claim) -> bool:
        wished = claim.reason in ("wish", "prediction", "national")
        return wished and any(a < claim.span[1] and claim.span[0] < b for a, b in pledges)

    return tuple(c for c in claims if not is_pledged(c))


_INSIDE: dict[Verdict, str] = {
    SUPPORTED: "The figures agree with the claim that is denied.",
    CONTRADICTED: "The figures disagree with the claim that is denied.",
    NOT_CHECKABLE: "The figures do not decide the claim that is denied.",
}
"""What the figures say of a claim that is denied."""


def deny(finding: Finding, reason: str = "denied") -> Finding:
    """Return the finding on a claim that the text denies: never its verdict, but what the figures say of it.

    Parameters
    ----------
    finding : Finding
        The finding on the claim that is denied.
    reason : str, default "denied"
        "negated" where the claim's own verb is negated.

    Returns
    -------
    Finding
        Not checkable, with the evidence and, in the note, what the figures say.
    """
    note = f"{_INSIDE[finding.verdict]} {finding.note}".strip()
    return replace(finding, verdict=NOT_CHECKABLE, reason=reason, note=note)


def inside(claim: Claim) -> Verdict | None:
    """Return what the figures say of the claim inside a denial.

    Parameters
    ----------
    claim : Claim
        A claim, judged.

    Returns
    -------
    str or None
        A verdict; None where nothing is denied.
    """
    if claim.reason not in ("denied", "negated"):
        return None
    return next((verdict for verdict, words in _INSIDE.items() if claim.note.startswith(words)), None)


def count_read(readings: Iterable[SentenceReading]) -> dict[str, int]:
    """Count sentences with figures by how much of them was read.

    Parameters
    ----------
    readings : iterable of SentenceReading
        The sentences.

    Returns
    -------
    dict of str to int
        "whole", "part" and "not".
    """
    out = dict.fromkeys(READ_WORDS, 0)
    for reading in readings:
        out[reading.read] += 1
    return out


def read_sentence(readings: Iterable[SentenceReading]) -> str:
    """Write how many sentences with figures were read whole, in part, and not; nothing if there are none."""
    counts = count_read(readings)
    total = sum(counts.values())
    if not total:
        return ""
    sentences = "sentence" if total == 1 else "sentences"
    return (
        f"{counts['whole']} of {total} {sentences} with figures read whole, "
        f"{counts['part']} in part, {counts['not']} not."
    )
