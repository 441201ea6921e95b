"""An article's text cut into pieces: claims, quotations, credits, and words that stand unread."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from foedus.reading.claims import Claim
from foedus.reading.result import Reading
from foedus.reading.text import Span

__all__ = ["Piece", "in_passing", "marked_paragraphs"]


@dataclass(frozen=True)
class Piece:
    """A piece of text that is marked in one way.

    Attributes
    ----------
    text : str
        The raw text.
    said, aside : bool
        Whether it stands in a quotation; in a byline, a credit or boilerplate.
    quotation : int
        The number of the quotation that ends with it, from 1, or 0.
    unread : int
        The number of the sentence, among those not read whole, that it stands unread in, from 1, or 0.
    unread_ends : bool
        Whether the words that stand unread end with it.
    number : int
        The number of the claim it belongs to, from 1, or 0.
    claim : Claim or None
        That claim.
    first, last : bool
        Whether it is the first or the last piece of that claim.
    """

    text: str
    said: bool = False
    aside: bool = False
    quotation: int = 0
    unread: int = 0
    unread_ends: bool = False
    number: int = 0
    claim: Claim | None = None
    first: bool = False
    last: bool = False


def in_passing(claim: Claim) -> bool:
    """Whether a claim is only an office named with a person, which is no news."""
    return claim.kind == "office_holder" and bool(claim.slots.get("mentioned"))


def marked_paragraphs(reading: Reading) -> list[list[Piece]]:
    """Cut a text into paragraphs of pieces.

    Parameters
    ----------
    reading : Reading
        The document, read.

    Returns
    -------
    list of list of Piece
        Put together, and with the line breaks between them, the pieces are the whole text.
    """
    raw = reading.document.raw
    unread = _unread_spans(reading)
    claims = _paint(len(raw), _longest_first(reading.claims))
    said = _paint(len(raw), ((q.span, i) for i, q in enumerate(reading.quotations, start=1)))
    aside = _paint(len(raw), ((p.span, 1) for p in reading.document.parts))
    dotted = _paint(len(raw), unread)
    ends = {q.span[1]: i for i, q in enumerate(reading.quotations, start=1)}
    dots = {span[1] for span, _ in unread}
    paragraphs: list[list[Piece]] = [[]]
    seen: set[int] = set()
    for start, end in pairwise(_cuts(reading, unread)):
        if raw[start:end] == "\n":
            paragraphs.append([])
            continue
        number = claims[start]
        claim = reading.claims[number - 1] if number else None
        paragraphs[-1].append(
            Piece(
                text=raw[start:end],
                said=bool(said[start]),
                aside=bool(aside[start]),
                quotation=ends.get(end, 0),
                unread=dotted[start],
                unread_ends=bool(dotted[start]) and end in dots,
                number=number,
                claim=claim,
                first=bool(number) and number not in seen,
                last=claim is not None and end == claim.span[1],
            )
        )
        seen.add(number)
    return [p for p in paragraphs if any(piece.text.strip() for piece in p)]


def _unread_spans(reading: Reading) -> list[tuple[Span, int]]:
    """Return the words that stand unread, each with the number of its sentence among those not read whole."""
    out: list[tuple[Span, int]] = []
    sentences = (s for s in reading.unread if s.read != "whole")
    for number, sentence in enumerate(sentences, start=1):
        words = [u.span for u in sentence.unread] if sentence.read == "part" else []
        out += [(span, number) for span in words or [sentence.span]]
    return out


def _cuts(reading: Reading, unread: list[tuple[Span, int]]) -> list[int]:
    """Return the indices at which the text is cut: at spans and at line breaks."""
    raw = reading.document.raw
    cuts = {0, len(raw)}
    spans = [c.span for c in reading.claims] + [q.span for q in reading.quotations]
    for span in (*spans, *(p.span for p in reading.document.parts), *(span for span, _ in unread)):
        cuts |= set(span)
    for index, character in enumerate(raw):
        if character == "\n":
            cuts |= {index, index + 1}
    return sorted(cuts)


def _longest_first(claims: tuple[Claim, ...]) -> list[tuple[Span, int]]:
    """Return the spans of claims with their numbers, the longest first, so that the shortest owns a place.

    An office named in passing gives way to every other claim.
    """
    numbered = list(enumerate(claims, start=1))
    numbered.sort(key=lambda item: (not in_passing(item[1]), item[1].span[0] - item[1].span[1]))
    return [(claim.span, number) for number, claim in numbered]


def _paint(length: int, spans: Iterable[tuple[Span, int]]) -> array[int]:
    """Return for each character the number of the last span that covers it, or 0."""
    paint = array("l", [0]) * (length + 1)
    for (start, end), number in spans:
        paint[start:end] = array("l", [number]) * (end - start)
    return paint
