"""Articles on the stage: the text with its marks, what matters first beside it, the strip of sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.reading.claims import CONTRADICTED, NOT_CHECKABLE, SUPPORTED, Claim
from foedus.reading.frames.spending_causes import TABLE as VERDICTS
from foedus.reading.result import VERDICT_WORDS, Readings
from foedus.reading.text import split_sentences
from foedus.reading.verdict import DAY_UNKNOWN, READ_WORDS, UNREAD_REASONS
from foedus.report.marked_text import in_passing, marked_paragraphs

if TYPE_CHECKING:
    from foedus.reading.result import Reading

__all__ = ["ClaimCard", "reading_parts"]

UNREAD = "unread"
NOTHING = "nothing"
KINDS: dict[str, str] = {**{str(k): w for k, w in VERDICT_WORDS.items()}}
KINDS |= {UNREAD: "not read whole", NOTHING: "nothing to check"}
"""What a sentence may be, as the legend says it; the worst first, what says nothing last."""

WORST = (CONTRADICTED, NOT_CHECKABLE, UNREAD, SUPPORTED, NOTHING)
"""Of several marks in a sentence, the first of these is the sentence's."""


@dataclass(frozen=True)
class ClaimCard:
    """One thing that a reader should look at.

    Attributes
    ----------
    anchor, back : str
        Its id, and that of the mark in the text.
    number : int
        The number of the claim, or of the sentence that was not read whole.
    kind, label : str
        Its class and its word.
    speaker, text : str
        Who says so, and the words.
    why : str
        Why the verdict is what it is.
    evidence : tuple of (str, bool)
        What the ledger has, and whether it came out later than the text.
    more : tuple of (str, str)
        Addresses and names of pages that say more.
    """

    anchor: str
    back: str
    number: int
    kind: str
    label: str
    speaker: str
    text: str
    why: str
    evidence: tuple[tuple[str, bool], ...] = ()
    more: tuple[tuple[str, str], ...] = ()

    @property
    def changed(self) -> bool:
        """Whether something that came out later bears on it."""
        return any(later for _, later in self.evidence)


def reading_parts(readings: Readings) -> dict[str, Any]:
    """Return what the page's own templates show of articles.

    Parameters
    ----------
    readings : Readings
        What was read out of each.

    Returns
    -------
    dict
        The documents with their paragraphs and cards, the counts of their sentences, and the strip.
    """
    documents = [_document(i, reading) for i, reading in enumerate(readings.documents, start=1)]
    counts = Counter(kind for document in documents for kind, *_ in document["strip"])
    return {
        "documents": documents,
        "counts": [(kind, words, counts[kind]) for kind, words in KINDS.items()],
        "sentences": sum(counts.values()),
        "speakers": _speakers(readings),
        "versions": _versions(readings),
    }


def _document(number: int, reading: Reading) -> dict[str, Any]:
    """Return one document."""
    cards = [*_claims(number, reading), *_unread(number, reading)]
    first = [card for card in cards if card.kind != SUPPORTED or card.changed]
    return {
        "number": number,
        "title": reading.document.title or reading.document.name,
        "dated": _dated(reading),
        "paragraphs": marked_paragraphs(reading),
        "first": sorted(first, key=_rank),
        "rest": [card for card in cards if card not in first],
        "strip": _strip(number, reading),
        "notes": [note for note in reading.notes if note != DAY_UNKNOWN],
    }


def _rank(card: ClaimCard) -> tuple[int, int]:
    """Return where a card stands: contradicted, changed since, not checkable, not read, supported."""
    order = {CONTRADICTED: 0, SUPPORTED: 1, NOT_CHECKABLE: 2, UNREAD: 3}
    return order[card.kind], card.number


def _dated(reading: Reading) -> str:
    """Write when a document was written; empty where nobody knows."""
    dating = reading.dating
    first = f"{dating.first.day} {dating.first:%B %Y}"
    if dating.basis == "unknown":
        return ""
    if dating.exact:
        return f"{first} ({dating.basis})"
    return f"between {first} and {dating.last.day} {dating.last:%B %Y} ({dating.basis})"


def _claims(number: int, reading: Reading) -> list[ClaimCard]:
    """Return a card for each claim that is more than an office named in passing."""
    return [
        ClaimCard(
            f"c{number}-{i}",
            f"m{number}-{i}",
            i,
            claim.verdict,
            VERDICT_WORDS[claim.verdict],
            claim.speaker or "the article",
            claim.text,
            f"{claim.why[:1].upper()}{claim.why[1:]}. {claim.note}".strip(),
            _evidence(claim),
            _more(claim),
        )
        for i, claim in enumerate(reading.claims, start=1)
        if not in_passing(claim)
    ]


def _evidence(claim: Claim) -> tuple[tuple[str, bool], ...]:
    """Return the evidence of a claim with its edition."""
    return tuple(
        (f"{e.text} ({e.edition}{f', {e.known}' if e.known else ''})", e.later) for e in claim.evidence
    )


def _more(claim: Claim) -> tuple[tuple[str, str], ...]:
    """Return pages that say more: that of the designs, by the periods that a cause is held against."""
    periods = dict.fromkeys(str(e.value) for e in claim.evidence if e.edition == VERDICTS)
    return tuple(
        (f"/causes?period={each}", f"Why did it rise in {each.replace('-', '–')}?") for each in periods
    )


def _unread(number: int, reading: Reading) -> list[ClaimCard]:
    """Return a card for each sentence with a figure that was not read whole."""
    raw = reading.document.raw
    sentences = [sentence for sentence in reading.unread if sentence.read != "whole"]
    return [
        ClaimCard(
            f"u{number}-{i}",
            f"n{number}-{i}",
            i,
            UNREAD,
            READ_WORDS[sentence.read],
            "the article",
            " ".join(raw[slice(*sentence.span)].split()),
            _why_unread(sentence.reason, [u.text for u in sentence.unread]),
        )
        for i, sentence in enumerate(sentences, start=1)
    ]


def _why_unread(reason: str, words: Sequence[str]) -> str:
    """Write which words stand unread, and why."""
    left = f"Words left: {'; '.join(words)}. " if words else ""
    return f"{left}{UNREAD_REASONS[reason]}".strip()


def _strip(number: int, reading: Reading) -> list[tuple[str, str, int]]:
    """Return each sentence in the order of the text: what it is, where its mark stands, and its length."""
    raw = reading.document.raw
    marks: list[tuple[int, str, str]] = [
        (claim.span[0], claim.verdict, f"m{number}-{i}") for i, claim in enumerate(reading.claims, start=1)
    ]
    unread = [sentence for sentence in reading.unread if sentence.read != "whole"]
    marks += [(s.span[0], UNREAD, f"n{number}-{i}") for i, s in enumerate(unread, start=1)]
    strip = []
    for start, end in split_sentences(raw):
        here = sorted((WORST.index(kind), anchor) for at, kind, anchor in marks if start <= at < end)
        kind, anchor = (WORST[here[0][0]], here[0][1]) if here else (NOTHING, "")
        strip.append((kind, anchor, end - start))
    return strip


def _speakers(readings: Readings) -> list[tuple[str, int]]:
    """Return who is quoted, and how often."""
    names = Counter(
        quotation.speaker.name or quotation.speaker.mention
        for reading in readings.documents
        for quotation in reading.quotations
        if quotation.speaker is not None
    )
    return names.most_common(6)


def _versions(readings: Readings) -> str:
    """Return the articles side by side as HTML, where they are compared."""
    if readings.comparison is None:
        return ""
    from foedus.report.reading_page import versions_html

    return versions_html(readings.comparison)
