"""Mark what a sentence speaks of: persons, offices, countries, organisations, dates, numbers, money.

Names come from the ledger's own tables. A sentence is rewritten with one token for each thing marked, such as
``⟦P0⟧ led ⟦G1⟧ for ⟦N2⟧ years``, so that the patterns of claims are about things and not about spellings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from foedus.axes import spellings as country_spellings
from foedus.evidence.institutions import institution_table
from foedus.reading.lexicon import DEMONYMS, HEDGES, METONYMS, SENTENCE_STARTERS, words
from foedus.reading.patterns.titles import BODIES, OFFICE, OFFICE_NAMES
from foedus.reading.text import Span
from foedus.reading.values import VALUE, Amount, read_value

__all__ = ["People", "Tag", "Tagged", "known_people", "tag_sentence", "tags_of"]


@dataclass(frozen=True)
class Tag:
    """One thing marked in a text.

    Attributes
    ----------
    kind : str
        P person, C country, J adjective of a country, G organisation, E the group that NATO publishes as
        European allies and Canada, O office, L place of summits, D date,
        N number, R rate, M money, K ordinal.
    start, end : int
        Its span in the plain text, with any hedge before a number.
    value : object
        The name, code, office, or the date or number read.
    text : str
        The words, without the hedge.
    """

    kind: str
    start: int
    end: int
    value: Any
    text: str


@dataclass(frozen=True)
class Tagged:
    """A sentence with tokens in place of what was marked.

    Attributes
    ----------
    plain : str
        The sentence in plain form.
    text : str
        The sentence with tokens.
    tags : tuple of Tag
        What the tokens stand for; token ``⟦P3⟧`` is ``tags[3]``.
    offset : int
        Where the sentence starts in the plain text of the document.
    """

    plain: str
    text: str
    tags: tuple[Tag, ...]
    offset: int
    _from: tuple[int, ...]
    _to: tuple[int, ...]

    def document_index(self, at: int, *, end: bool = False) -> int:
        """Return the index in the document's plain text of an index in the text with tokens."""
        i = bisect_right(self._from, at if not end else max(at - 1, 0)) - 1
        start, to = self._from[i], self._to[i]
        width = self._from[i + 1] - start
        origin = self._to[i + 1] - to
        if width == origin:
            return to + (at - start)
        return self._to[i + 1] if end else to

    def span(self, match: re.Match[str], first: int | str = 0, last: int | str | None = None) -> Span:
        """Return the span, in the document's plain text, of a match or of some of its groups.

        Parameters
        ----------
        match : re.Match
            A match on the text with tokens.
        first : int or str, default 0
            The group where the span starts.
        last : int or str, optional
            The group where it ends; by default the same.

        Returns
        -------
        Span
            In the plain form.
        """
        end = match.end(first if last is None else last)
        return (self.document_index(match.start(first)), self.document_index(end, end=True))

    def tag(self, token: str | None) -> Tag | None:
        """Return what a token stands for, or None without one."""
        return self.tags[int(token[2:-1])] if token else None

    def all(self, tokens: str | None) -> list[Tag]:
        """Return what the tokens in a piece of text stand for."""
        return [self.tags[int(n)] for n in re.findall(r"⟦[A-Z](\d+)⟧", tokens or "")]


_HEDGE = re.compile(
    r"(?:(?<=\s)|^)("
    + "|".join(sorted(HEDGES, key=len, reverse=True))
    + r") (?:(?:the|an estimated|a|some) )?$",
    re.IGNORECASE,
)
_EUROPEANS = r"(?:NATO(?:'s)? )?(?:European|Europe's) (?:NATO )?(?:[Aa]ll(?:ies|ied nations)|members?(?: states| countries| of NATO)?|member countries|countries|NATO members)"
_EUROPE_AND_CANADA = re.compile(
    rf"\b{_EUROPEANS}(?:,)? (?:and|plus|together with|along with) Canada\b|\b(?:NATO )?Europe (?:and|plus) Canada\b|"
    rf"\bCanada and (?:the |its |NATO's )?{_EUROPEANS}|\bCanada and (?:NATO )?Europe\b|\b[Nn]on-(?:US|U\.S\.|American) (?:NATO )?(?:[Aa]llies|members)\b|"
    r"\b[Aa]llies (?:other than|excluding|without) the (?:United States|US|U\.S\.)(?!\w)"
)  # fmt: skip
_FIRST = re.compile(r"(?<![\w⟦])[^\W\d_]+")


@dataclass(frozen=True)
class People:
    """The persons of the ledger.

    Attributes
    ----------
    gender : mapping of str to str
        "m" or "f", by name.
    country : mapping of str to str
        Alpha-3 code, by name.
    """

    gender: Mapping[str, str]
    country: Mapping[str, str]


@cache
def known_people() -> People:
    """Return the persons of the ledger, with gender and country."""
    rows = institution_table("people").rows
    return People({r["name"]: r["gender"] for r in rows}, {r["name"]: r["country"] for r in rows})


@cache
def _names() -> dict[str, list[tuple[str, str, str, bool]]]:
    """Index every spelling by its first word: (spelling, kind, value, whether a surname alone), longest
    first."""
    spellings: dict[str, tuple[str, str, bool]] = {}
    for code, names in country_spellings().items():
        if len(code) != 3:
            # An aggregate of the ledger: its names are read as words.
            continue
        spellings |= {name: ("C", code, False) for name in names if len(name) > 3 and name != "Georgia"}
    spellings |= dict.fromkeys(("United States", "U.S.", "US", "America", "USA"), ("C", "USA", False))
    spellings |= dict.fromkeys(("UK", "U.K.", "Britain"), ("C", "GBR", False))
    spellings |= dict.fromkeys(("Ukraine",), ("C", "UKR", False))
    spellings |= {name: ("J", code, False) for name, code in DEMONYMS.items()}
    for row in institution_table("summits").rows:
        spellings.setdefault(row["place"], ("L", row["place"], False))
    for name, code in METONYMS.items():
        spellings.setdefault(name, ("L", code, False))
    for row in institution_table("organisations").rows:
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            spellings[name] = ("G", row["name"], False)
    for row in institution_table("people").rows:
        spellings[row["name"]] = ("P", row["name"], False)
        for name in filter(None, row["aliases"].split("|")):
            spellings[name] = ("P", row["name"], " " not in name)
    index: dict[str, list[tuple[str, str, str, bool]]] = {}
    for name, (kind, value, surname) in spellings.items():
        first = _FIRST.match(name)
        if first:
            index.setdefault(first[0], []).append((name, kind, value, surname))
    return {word: sorted(names, key=lambda name: -len(name[0])) for word, names in index.items()}


_NOT_FIRST_NAMES = SENTENCE_STARTERS | words(
    "General Minister President Chancellor Chief Leader Head Boss Premier Secretary Mr Mrs Ms Dr NATO New "
    "Former Republican Democratic Democrat Senator Governor Outgoing Incoming Commander Sir Lord Nominee "
    "Candidate Says Why How What Who Is Was Will Can By And Meet Meets Under"
)


def tags_of(text: str) -> list[Tag]:
    """Mark everything in a text.

    Parameters
    ----------
    text : str
        The plain form.

    Returns
    -------
    list of Tag
        In order, without overlaps.
    """
    tags = [*_value_tags(text), *_office_tags(text)]
    tags += [Tag("E", m.start(), m.end(), "NATO_EUR_CAN", m[0]) for m in _EUROPE_AND_CANADA.finditer(text)]
    taken = bytearray(len(text) + 1)
    for tag in tags:
        taken[tag.start : tag.end] = b"\x01" * (tag.end - tag.start)
    tags += _name_tags(text, taken)
    tags.sort(key=lambda t: (t.start, -t.end))
    out: list[Tag] = []
    for tag in tags:
        if not out or tag.start >= out[-1].end:
            out.append(tag)
    return out


def _value_tags(text: str) -> list[Tag]:
    """Mark numbers, rates, money, ordinals and dates, each with the hedge before it."""
    out = []
    for match in VALUE.finditer(text):
        read = read_value(match)
        if read is None:
            continue
        kind, value = read
        start = match.start()
        if isinstance(value, Amount):
            hedge = _HEDGE.search(text, max(0, start - 24), start)
            if hedge:
                value = value.hedged(HEDGES[hedge[1].lower()], hedge[1].lower())
                start = hedge.start(1)
        out.append(Tag(kind, start, match.end(), value, match[0]))
    return out


def _office_tags(text: str) -> list[Tag]:
    """Mark offices."""
    out = []
    for match in OFFICE.finditer(text):
        if match["chief"]:
            value: tuple[str, str | None, str] = (
                "secretary general",
                "NATO",
                (match["before"] or "").lower(),
            )
        else:
            office = OFFICE_NAMES[(match.lastindex or 1) - 1]
            value = (office, BODIES.get(office), "")
        out.append(Tag("O", match.start(), match.end(), value, match[0]))
    return out


def _name_tags(text: str, taken: bytearray) -> list[Tag]:
    """Mark persons, countries, organisations and places by the ledger's spellings."""
    index = _names()
    out: list[Tag] = []
    at = 0
    others: set[str] = set()
    surnames: list[Tag] = []
    for word in _FIRST.finditer(text):
        if word.start() < at or taken[word.start()] or word[0] not in index:
            continue
        for name, kind, value, surname in index[word[0]]:
            end = word.start() + len(name)
            if not text.startswith(name, word.start()) or (end < len(text) and text[end].isalnum()):
                continue
            if name[-1] != "." and text[end : end + 1] == "-" and kind == "P":
                break
            tag = Tag(kind, word.start(), end, value, name)
            if surname:
                before = re.search(
                    r"(?<![.!?\"] )([A-Z][a-z]+) $", text[max(0, word.start() - 20) : word.start()]
                )
                if before and before[1] not in _NOT_FIRST_NAMES and before[1] not in index:
                    others.add(name)
                surnames.append(tag)
            out.append(tag)
            at = end
            break
    return [tag for tag in out if not (tag.kind == "P" and tag.text in others)]


def tag_sentence(text: str, tags: list[Tag], start: int, end: int) -> Tagged:
    """Rewrite a sentence with tokens.

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
    Tagged
        The sentence.
    """
    pieces: list[str] = []
    from_, to = [0], [start]
    at, length = start, 0
    for i, tag in enumerate(tags):
        pieces.append(text[at : tag.start])
        length += tag.start - at
        token = f"⟦{tag.kind}{i}⟧"
        pieces.append(token)
        from_ += [length, length + len(token)]
        to += [tag.start, tag.end]
        length += len(token)
        at = tag.end
    pieces.append(text[at:end])
    from_.append(length + end - at)
    to.append(end)
    from_.append(from_[-1] + 1)
    to.append(to[-1] + 1)
    return Tagged(
        plain=text[start:end],
        text="".join(pieces),
        tags=tuple(tags),
        offset=start,
        _from=tuple(from_),
        _to=tuple(to),
    )
