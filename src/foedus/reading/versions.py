"""Several versions of one event as an answer: how they are related, altered quotations, lost references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foedus.results import Result
from foedus.tables import Column, Table

__all__ = ["AlteredQuotation", "Difference", "Group", "LostReferent", "Pair", "VersionComparison"]


@dataclass(frozen=True)
class Pair:
    """How two versions stand to each other.

    Attributes
    ----------
    first, second : int
        The documents, counted from 0.
    relation : str
        "near verbatim", "same base text", "same event" or "unrelated".
    aligned : tuple of (str, str, float)
        Aligned sentences and how alike they are.
    direction : str
        Which came first and on what ground, or nothing.
    event_likeness : float
        The part of names, places and dates in common.
    """

    first: int
    second: int
    relation: str
    aligned: tuple[tuple[str, str, float], ...]
    direction: str
    event_likeness: float


@dataclass(frozen=True)
class Difference:
    """A fact that versions state differently, or with different verdicts.

    Attributes
    ----------
    kind : str
        The frame.
    about : str
        Who or what.
    stated : tuple of (int, str, str)
        Document, words, verdict.
    """

    kind: str
    about: str
    stated: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Group:
    """Versions that go back to one text.

    Attributes
    ----------
    members : tuple of int
        The documents.
    parent : str
        What is known of the text they go back to.
    arrows : tuple of (int, int, str)
        From which document to which, with the ground; only where dates or credits give one.
    """

    members: tuple[int, ...]
    parent: str
    arrows: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class AlteredQuotation:
    """A quotation and its counterpart in another version.

    Attributes
    ----------
    document, quotation : int
        The quotation: document counted from 0, quotation from 1.
    other, counterpart : int or None
        Its counterpart; None for a paraphrase, or without one.
    change : str
        "verbatim", "trimmed", "extended", "merged" (of several there), "spliced" (into a longer one there),
        "reworded", "turned into paraphrase" or "no counterpart".
    edits : tuple of (str, str, str)
        What became of which words: operation, words here, words there.
    text, twin : str
        Both texts.
    """

    document: int
    quotation: int
    other: int | None
    counterpart: int | None
    change: str
    edits: tuple[tuple[str, str, str], ...]
    text: str
    twin: str


@dataclass(frozen=True)
class LostReferent:
    """A pronoun in a quotation that nobody named before fits, and who it means in other versions.

    Attributes
    ----------
    document, quotation : int
        Where.
    pronoun : str
        The word.
    elsewhere : tuple of (int, str)
        Documents that name a fitting person beside like words, and the person.
    """

    document: int
    quotation: int
    pronoun: str
    elsewhere: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class VersionComparison(Result):
    """Several versions side by side.

    Attributes
    ----------
    names : tuple of str
        The documents.
    pairs : tuple of Pair
        Every two of them.
    groups : tuple of Group
        Those that go back to one text.
    quotations : tuple of AlteredQuotation
        Every quotation with its counterpart.
    lost : tuple of LostReferent
        Lost references.
    differences : tuple of Difference
        Facts stated differently.
    """

    ROWS: ClassVar[str] = "pairs"

    names: tuple[str, ...]
    pairs: tuple[Pair, ...]
    groups: tuple[Group, ...]
    quotations: tuple[AlteredQuotation, ...]
    lost: tuple[LostReferent, ...]
    differences: tuple[Difference, ...]

    def headline(self) -> str:
        """Return how many documents go back to one text."""
        related = sum(len(group.members) for group in self.groups)
        if not related:
            return f"No two of {len(self.names)} documents go back to one text."
        return f"{related} of {len(self.names)} documents go back to one text with another of them."

    def tables(self) -> tuple[Table, ...]:
        """Return how each two documents are related, and every quotation with its counterpart."""
        pairs = tuple(
            {
                "first": self.names[pair.first],
                "second": self.names[pair.second],
                "relation": pair.relation,
                "aligned": len(pair.aligned),
                "direction": pair.direction,
            }
            for pair in self.pairs
        )
        quotations = tuple(
            {
                "document": self.names[q.document],
                "words": q.text,
                "other": None if q.other is None else self.names[q.other],
                "counterpart": q.twin,
                "change": q.change,
            }
            for q in self.quotations
        )
        return (
            Table("pairs", "Each pair", PAIR_COLUMNS, pairs),
            Table("counterparts", "Quotations and their counterparts", QUOTATION_COLUMNS, quotations),
        )


PAIR_COLUMNS = (
    Column("first", "First"),
    Column("second", "Second"),
    Column("relation", "Relation"),
    Column("aligned", "Aligned sentences", "count"),
    Column("direction", "Which came first"),
)

QUOTATION_COLUMNS = (
    Column("document", "Document"),
    Column("words", "Quotation"),
    Column("other", "Other document"),
    Column("counterpart", "Counterpart"),
    Column("change", "Change"),
)
