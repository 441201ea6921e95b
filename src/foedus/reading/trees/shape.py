"""Write every value and name in one shape before parsing, with offsets that lead back.

A small parser otherwise reads "2014 to 2.05 %" as a range for one ally and not for the next. With one shape
for all, a reading cannot depend on digits or on names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from foedus.reading.tagging import Tag
from foedus.reading.text import Span

__all__ = ["Shaped", "shape", "too_long"]

SHAPES = {
    "R": "5%", "M": "$5 billion", "N": "20", "K": "third", "C": "France", "J": "French", "G": "NATO",
    "P": "Smith", "O": "minister", "L": "Paris", "D": "January", "E": "Europe",
}  # fmt: skip
"""What stands for a thing of each kind in the text that is parsed."""
LONGEST_WORD, MOST_WORDS, MOST_CHARACTERS = 40, 150, 2_000
"""Longer sentences are cut or left unread: a tree of such a sentence is no witness, and costs the most."""
_OUTPUT = re.compile(
    r"gross (?:domestic|national) product|(?:economic|national) output|national income", re.IGNORECASE
)
_DECADE = re.compile(r"\b(?:19|20)\d0s\b|'\d0s\b")
_RUN = re.compile(r"([^\w\s])(?:\s*\1){2,}")
_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_SAME_LENGTH = (
    (re.compile(r"\b([Dd])efense\b"), r"\1efence"),
    (re.compile(r"(?<=\w )Allies\b"), "allies"),
    (re.compile(r"(?<=\w )Ally\b"), "ally"),
    (re.compile(r"(?<=\w )Allied\b"), "allied"),
    (re.compile(r"(?<=\w )Alliance\b"), "alliance"),
    (re.compile(r"(?<=\w )Member(?= [Ss]tates?\b| [Cc]ountries| [Nn]ations)"), "member"),
    (re.compile(r"(?<=ember )States\b"), "states"),
    (re.compile(r"(?<=ember )State\b"), "state"),
)
"""House styles that are read as any other."""
_COUNTED = re.compile(r" (?:NATO )?(?:ally|member|country|nation|state)\b")
_FRONTED = re.compile(
    r"^\W*(?:In|By|At|Under|During|When|After|Before|Since|Until)\b[^,;.]{3,70}\b(?:term|year|office|power|invasion|war|War|summit|Crimea|Ukraine|presidency|"
    r"tenure|administration|end|start|time|decade|century|pledge|attack|attacks|collapse|crisis|election|era|Obama|Trump|Biden|Merkel|Stoltenberg) $"
)
"""A phrase of time at the head of a sentence that no comma ends."""
_WITH_ARTICLE = re.compile(
    r"United|Netherlands|Czech|US|U\.S|UK|U\.K|North Atlantic|European|Council|Organi[sz]ation|Western|Commonwealth"
)


@dataclass(frozen=True)
class Shaped:
    """A sentence as it is parsed.

    Attributes
    ----------
    text : str
        The shaped text.
    places : tuple of (int, int, int)
        For each piece: where it starts here, where it starts in the plain text, and the number of the tag
        that it stands for, or -1.
    end : int
        Where the sentence ends in the plain text.
    """

    text: str
    places: tuple[tuple[int, int, int], ...]
    end: int

    def origin(self, start: int, stop: int) -> tuple[Span, int]:
        """Return the span of the plain text behind a span of the shaped text, and the tag's number."""
        i = bisect_right(self.places, (start, 1 << 60, 0)) - 1
        at, plain, tag = self.places[i]
        following = self.places[i + 1][1] if i + 1 < len(self.places) else self.end
        if tag >= 0:
            return (plain, following), tag
        return (min(plain + start - at, following), min(plain + stop - at, following)), -1


def too_long(text: str) -> bool:
    """Whether a sentence is longer than one that is parsed."""
    return len(text) > MOST_CHARACTERS or text.count(" ") >= MOST_WORDS


def shape(text: str, tags: list[Tag], start: int, end: int) -> Shaped:
    """Shape a sentence.

    Parameters
    ----------
    text : str
        The plain form of the document.
    tags : list of Tag
        What is marked in the sentence, in order.
    start, end : int
        The sentence.

    Returns
    -------
    Shaped
        The text to parse and the way back.
    """
    out: list[str] = []
    places: list[tuple[int, int, int]] = []
    length = 0

    def put(piece: str, origin: int, tag: int = -1) -> None:
        nonlocal length
        if piece:
            places.append((length, origin, tag))
            out.append(piece)
            length += len(piece)

    at = start
    for number, tag in enumerate(tags):
        before = text[at : tag.start]
        if before[-4:].lower() == "the " and _drops_article(tag):
            before = before[:-4]
        for piece, offset in _folded(before):
            put(piece, at + offset)
        if before == " " and number and tags[number - 1].kind == "D" and tag.kind in "NRM":
            # "In 2022 seven countries" is no day of a month.
            put(", ", tag.start - 1)
        elif tag.kind == "N" and _FRONTED.match(text[start : tag.start]):
            # "By the end of his term nine allies" has no nine of a term.
            put(", ", tag.start - 1)
        put(_shape_of(tag, text), tag.start, number)
        at = tag.end
        if text.startswith(("' ", "',"), at) and tag.text.endswith("s"):
            put("'s", at)
            at += 1
    for piece, offset in _folded(text[at:end]):
        put(piece, at + offset)
    return Shaped("".join(out), tuple(places) or ((0, start, -1),), end)


def _drops_article(tag: Tag) -> bool:
    """Whether a name is written with the article that its shape does without."""
    return tag.kind in "CG" and _WITH_ARTICLE.match(tag.text) is not None


def _shape_of(tag: Tag, text: str) -> str:
    """Return the shape of one thing."""
    if tag.kind == "D" and tag.value.relative is not None and tag.value.month is None:
        return "this year"
    if tag.kind == "O" and text[tag.end : tag.end + 2].strip().isupper():
        return "Minister"
    if tag.kind == "N" and tag.text.lower() == "one" and not _COUNTED.match(text, tag.end):
        # "No one", "one of them", "one said" are no numbers.
        return tag.text.lower()
    return tag.text if tag.kind == "Q" else SHAPES[tag.kind]


def _folded(text: str) -> list[tuple[str, int]]:
    """Return the pieces of a text without marks: folded runs and long words, digits of one kind."""
    for pattern, form in _SAME_LENGTH:
        text = pattern.sub(form, text)
    out: list[tuple[str, int]] = []
    at = 0
    special = [(m.start(), m.end(), "GDP") for m in _OUTPUT.finditer(text)]
    special += [(m.start(), m.end(), "1990s") for m in _DECADE.finditer(text)]
    special += [(m.start(), m.end(), m[1]) for m in _RUN.finditer(text)]
    special += [(m.start(), m.end(), "word") for m in _WORD.finditer(text)]
    for start, end, form in sorted(special):
        if start < at:
            continue
        out.append((_one_digit(text[at:start]), at))
        out.append((form, start))
        at = end
    out.append((_one_digit(text[at:]), at))
    return out


def _one_digit(text: str) -> str:
    """Write every digit as a five."""
    return re.sub(r"\d", "5", text)
