"""The words that foedus uses, each in at most 45 words: one file that pages, documentation and API read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, ClassVar

from foedus.errors import FileFormatError
from foedus.files.yaml_text import plain_yaml
from foedus.results import Answer, Result
from foedus.tables import Column, Table

__all__ = ["MOST_WORDS", "Chapter", "Chapters", "Glossary", "Word", "chapters", "glossary"]

MOST_WORDS = 45
"""The most words of an explanation."""

FILE = "glossary.yaml"


@dataclass(frozen=True)
class Word:
    """One word with its explanation.

    Attributes
    ----------
    key, title : str
        Its name in addresses, and as a heading.
    text : str
        The explanation.
    phrases : tuple of str
        What opens the explanation where it stands in a sentence.
    """

    key: str
    title: str
    text: str
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Glossary(Result):
    """All words, in the order of their titles.

    Attributes
    ----------
    words : mapping of str to Word
        By key.
    """

    words: Mapping[str, Word]

    def headline(self) -> str:
        """Return how many words there are."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return how many words there are."""
        count = len(self.words)
        claim = f"have an explanation of at most {MOST_WORDS} words each."
        return Answer(str(count), "words", claim, title="All words of foedus")

    def tables(self) -> tuple[Table, ...]:
        """Return one row for each word."""
        columns = (Column("title", "Word"), Column("text", "What it means"))
        rows = tuple({"key": w.key, "title": w.title, "text": w.text} for w in self.words.values())
        return (Table("words", "All words", columns, rows, more=("key",)),)

    def payload(self) -> dict[str, Any]:
        """Return the words for programs."""
        words = [
            {"key": w.key, "title": w.title, "text": w.text, "phrases": list(w.phrases)}
            for w in self.words.values()
        ]
        return {"words": words, "answer": self.answer().payload()}

    def phrases(self) -> Mapping[str, Word]:
        """Return each word by the phrases that open it, the longest first."""
        pairs = [(phrase, word) for word in self.words.values() for phrase in word.phrases]
        return dict(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def glossary() -> Glossary:
    """Return the words.

    Returns
    -------
    Glossary
        Sorted by title.

    Raises
    ------
    FileFormatError
        When the file is no list of words.
    """
    content = plain_yaml((resources.files("foedus.words") / FILE).read_text(encoding="utf-8"))
    if not isinstance(content, Mapping):
        raise FileFormatError("the glossary holds no words", where=FILE, do="give each word a key")
    words = [_word(str(key), entry) for key, entry in content.items()]
    return Glossary({word.key: word for word in sorted(words, key=lambda word: word.title.lower())})


def _word(key: str, entry: Any) -> Word:
    """Read one word, refusing what is too long or has other fields."""
    known = {"title", "text", "phrases"}
    if not isinstance(entry, Mapping) or not {"title", "text"} <= set(entry) <= known:
        raise FileFormatError(f"the word {key!r} needs title and text", where=FILE, do="mend the entry")
    text = " ".join(str(entry["text"]).split())
    if len(re.findall(r"\S+", text)) > MOST_WORDS:
        raise FileFormatError(
            f"the word {key!r} has more than {MOST_WORDS} words", where=FILE, do="say it in fewer"
        )
    return Word(key, str(entry["title"]), text, tuple(entry.get("phrases", ())))


@dataclass(frozen=True)
class Chapter:
    """One paragraph under its heading."""

    title: str
    text: str


@dataclass(frozen=True)
class Chapters(Result):
    """A short text in chapters: how foedus works, or what it cannot tell.

    Attributes
    ----------
    name : str
        "how" or "limits".
    chapters : tuple of Chapter
        In their order.
    """

    ROWS: ClassVar[str] = "chapters"

    name: str
    chapters: tuple[Chapter, ...]

    def headline(self) -> str:
        """Return what the text is about."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return what the text is about."""
        count = str(len(self.chapters))
        if self.name == "how":
            return Answer(count, "things", "make an answer of foedus.", title="How foedus works")
        return Answer(count, "things", "foedus does not know.", title="What foedus cannot tell")

    def tables(self) -> tuple[Table, ...]:
        """Return one row for each chapter."""
        columns = (Column("title", "Chapter"), Column("text", "Text"))
        rows = tuple({"title": part.title, "text": part.text} for part in self.chapters)
        return (Table(self.name, self.answer().title, columns, rows),)

    def payload(self) -> dict[str, Any]:
        """Return the chapters for programs."""
        chapters = [{"title": part.title, "text": part.text} for part in self.chapters]
        return {"chapters": chapters, "answer": self.answer().payload()}


@cache
def chapters(name: str) -> Chapters:
    """Return a text in chapters: "how" or "limits"."""
    content = plain_yaml((resources.files("foedus.words") / f"{name}.yaml").read_text(encoding="utf-8"))
    return Chapters(name, tuple(Chapter(part["title"], " ".join(part["text"].split())) for part in content))
