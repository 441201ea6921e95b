"""How an answer is cited: text, address and command that give the same number later, and what they rest on.

One function serves the pages, their files and the command line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from foedus.evidence.cards import Card
from foedus.results import Answer
from foedus.spending.answers import day_words

__all__ = ["Citation", "Pins", "cite", "file_stem", "leading_cards"]

NAMED = 3
"""How many sources a citation names; further ones are counted."""

LONGEST_NAME = 90
"""Characters of a file's name without its ending."""


@dataclass(frozen=True)
class Pins:
    """What an answer depends on besides its question.

    Attributes
    ----------
    as_of : datetime.date
        The day whose knowledge it uses.
    version : str
        The version of foedus.
    editions : tuple of str
        The editions that it rests on.
    seed, draws : int or None
        Of a forecast, the seed and the number of draws.
    """

    as_of: date
    version: str
    editions: tuple[str, ...] = ()
    seed: int | None = None
    draws: int | None = None

    def query(self) -> dict[str, str]:
        """Return the pins as fields of an address."""
        fields: dict[str, object] = {"as_of": self.as_of, "seed": self.seed, "draws": self.draws}
        fields |= {"editions": ",".join(self.editions) or None, "v": self.version}
        return {name: str(value) for name, value in fields.items() if value is not None}

    def words(self) -> tuple[str, ...]:
        """Return the pins as a reader sees them, one each."""
        parts = [f"as of {self.as_of}"]
        if self.seed is not None:
            draws = f", {self.draws:,} draws" if self.draws is not None else ""
            parts.append(f"seed {self.seed}{draws}")
        return (*parts, f"foedus {self.version}", *((", ".join(self.editions),) if self.editions else ()))


@dataclass(frozen=True)
class Citation:
    """An answer with all that is needed to name it and to get it again.

    Attributes
    ----------
    text : str
        The citation.
    question, sentence, title : str
        What was asked, the answer, and the answer in a few words.
    pins : Pins
        What it depends on.
    address, path : str
        The pinned address, and the page's part of it.
    command : str
        The same question on the command line.
    sources : tuple of Card
        The cards of the editions that are named.
    """

    text: str
    question: str
    sentence: str
    title: str
    pins: Pins
    address: str
    path: str
    command: str
    sources: tuple[Card, ...]

    @property
    def file_stem(self) -> str:
        """The name of a file of this answer, without its ending."""
        return f"foedus-{file_stem(self.title)}-as-of-{self.pins.as_of}"

    def metadata(self) -> dict[str, Any]:
        """Return the citation for programs, in the fields of the Citation Style Language.

        Returns
        -------
        dict
            An item of type "dataset", with the pins and the sources in ``custom``.
        """
        day = self.pins.as_of
        return {
            "id": self.file_stem,
            "type": "dataset",
            "title": self.title,
            "abstract": self.sentence,
            "author": [{"literal": "foedus"}],
            "version": self.pins.version,
            "issued": {"date-parts": [[day.year, day.month, day.day]]},
            "URL": self.address,
            "custom": {
                "citation": self.text,
                "question": self.question,
                "command": self.command,
                "pins": self.pins.query(),
                "sources": [
                    {
                        "edition": c.id,
                        "publisher": c.publisher,
                        "title": c.title,
                        "published": str(c.published),
                    }
                    | {"url": c.url, "terms": c.licence}
                    for c in self.sources
                ],
            },
        }


def cite(
    answer: Answer,
    *,
    question: str,
    cards: Sequence[Card],
    pins: Pins,
    path: str,
    given: Iterable[tuple[str, str]] = (),
    command: str = "",
    base: str = "",
) -> Citation:
    """Return the citation of an answer.

    Parameters
    ----------
    answer : Answer
        The answer.
    question : str
        What was asked: "Who meets the guideline?".
    cards : sequence of Card
        The source cards of the answer, the editions that answered first or by day.
    pins : Pins
        Day, version, editions, seed and draws.
    path : str
        The page, for example "/status".
    given : iterable of (str, str)
        The fields of the question that differ from their defaults, as its address has them.
    command : str
        The same question on the command line.
    base : str
        Scheme and host of the address.

    Returns
    -------
    Citation
        The same number comes from its address as long as its editions are held.
    """
    sentence = answer.sentence()
    named = leading_cards(cards)
    more = len(cards) - len(named)
    sources = "; ".join(f"{c.publisher}, {c.title}, {day_words(c.published)}" for c in named)
    origin = f", from {sources}{f', and {more} more' if more else ''}" if named else ""
    text = (
        f"foedus {pins.version}, “{question}”: {sentence.rstrip('.')}. As of {day_words(pins.as_of)}{origin}."
    )
    if pins.seed is not None:
        draws = f", {pins.draws:,} draws" if pins.draws is not None else ""
        text = f"{text.removesuffix('.')}; seed {pins.seed}{draws}."
    fixed = pins.query()
    query = urlencode([*(pair for pair in given if pair[0] not in fixed), *fixed.items()])
    return Citation(
        text=text,
        question=question,
        sentence=sentence,
        title=(answer.title or sentence).rstrip("."),
        pins=pins,
        address=f"{base}{path}?{query}",
        path=f"{path}?{query}",
        command=command,
        sources=named,
    )


def leading_cards(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return the newest card of every publication, the newest first, as many as a citation names."""
    newest: dict[str, Card] = {}
    for card in sorted(cards, key=lambda card: (card.published, card.id)):
        newest[card.series] = card
    return tuple(sorted(newest.values(), key=lambda c: c.published, reverse=True)[:NAMED])


def file_stem(title: str) -> str:
    """Return a title as a file's name: small letters, digits and hyphens, at most 90 characters."""
    plain = unicodedata.normalize("NFKD", title.replace("%", "percent")).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=\d)\.(?=\d)", "p", plain.lower())).strip("-")
    return stem[:LONGEST_NAME].rstrip("-") or "answer"
