"""What was read out of documents: one, several, or one sentence with a verdict on the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from foedus.reading.claims import CONTRADICTED, NOT_CHECKABLE, SUPPORTED, Claim, Verdict
from foedus.reading.text import Span
from foedus.reading.verdict import (
    READ_WORDS,
    UNREAD_REASONS,
    Judgement,
    SentenceVerdict,
    count_read,
    inside,
    read_sentence,
    sentence_verdict,
)
from foedus.results import Answer, Result
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.reading.documents import Dating, Document
    from foedus.reading.quotations import Quotation, Statement
    from foedus.reading.trees.types import SentenceReading
    from foedus.reading.versions import VersionComparison

__all__ = ["VERDICT_WORDS", "Name", "Reading", "Readings", "SentenceCheck"]

VERDICT_WORDS: dict[Verdict, str] = {
    SUPPORTED: "supported",
    CONTRADICTED: "contradicted",
    NOT_CHECKABLE: "not checkable",
}
"""What the verdicts are called in print."""

CLAIM_KEYS = ("article", "claim", "kind", "voice", "speaker", "verdict", "why", "note", "evidence")
QUOTATION_KEYS = ("article", "words", "speaker", "tier")
UNREAD_KEYS = ("article", "sentence", "read", "words", "why")


@dataclass(frozen=True)
class Name:
    """Something named in a text.

    Attributes
    ----------
    kind : str
        P person, L place, C country, O office, G organisation.
    value : str
        What it is called in the ledger.
    span : (int, int)
        Its place in the raw text.
    """

    kind: str
    value: str
    span: Span


@dataclass(frozen=True)
class Reading(Result):
    """What was read out of one document.

    Attributes
    ----------
    document : Document
        The text and its parts.
    dating : Dating
        When it was written.
    phase : str
        On which side of a handover it stands, or nothing.
    quotations : tuple of Quotation
        In order.
    statements : tuple of Statement
        Indirect statements, in order.
    claims : tuple of Claim
        In order, with verdicts.
    notes : tuple of str
        What the reader should know.
    unread : tuple of SentenceReading
        Every sentence outside titles and credits that holds a figure, a year or a rank, in order, with how
        much of it was read.
    names : tuple of Name
        The persons, offices, places, countries and organisations named, in order.
    """

    ROWS: ClassVar[str] = "claims"

    document: Document
    dating: Dating
    phase: str
    quotations: tuple[Quotation, ...]
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    notes: tuple[str, ...]
    unread: tuple[SentenceReading, ...] = ()
    names: tuple[Name, ...] = ()

    def headline(self) -> str:
        """Return how many claims were found, with how many of each verdict."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return how many claims are contradicted, of those checked."""
        return Readings((self,)).answer()

    def sentences(self) -> tuple[str, ...]:
        """Return what stands below the headline."""
        return Readings((self,)).sentences()

    def tables(self) -> tuple[Table, ...]:
        """Return claims and quotations."""
        return Readings((self,)).tables()

    def payload(self) -> dict[str, Any]:
        """Return the text, its parts, quotations, statements and claims with verdicts, for programs."""
        document = self.document
        return {
            "name": document.name,
            "kind": document.kind,
            "title": document.title,
            "title_span": document.title_span,
            "date": self.dating,
            "phase": self.phase,
            "parts": document.parts,
            "credits": document.credits,
            "characters": len(document.raw),
            "text": document.raw,
            "quotations": self.quotations,
            "statements": self.statements,
            "claims": self.claims,
            "read": count_read(self.unread),
            "unread": [reading for reading in self.unread if reading.read != "whole"],
            "notes": self.notes,
        }


@dataclass(frozen=True)
class SentenceCheck(Reading):
    """What was read out of one sentence, with one verdict on the whole of it.

    Attributes
    ----------
    sentence : str
        The sentence as it was given.
    """

    sentence: str = ""

    @cached_property
    def judgement(self) -> Judgement:
        """The verdict with its reason and the words that stand unread."""
        return sentence_verdict(self.claims, self.unread)

    @property
    def verdict(self) -> SentenceVerdict:
        """The verdict on the sentence."""
        return self.judgement.verdict

    @property
    def why(self) -> str:
        """The reason of the verdict in words."""
        return self.judgement.why

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return the verdict with its day."""
        from foedus.reading.answer import check_answer

        return check_answer(self)

    def sentences(self) -> tuple[str, ...]:
        """Return why, and what a verdict is."""
        return (f"{self.why[:1].upper()}{self.why[1:]}.", *super().sentences())

    def payload(self) -> dict[str, Any]:
        """Return the verdict, why, the claims and the evidence, for programs."""
        denied = ((claim, inside(claim)) for claim in self.claims)
        return {
            "sentence": self.sentence,
            "as_of": self.dating.first,
            "verdict": self.verdict,
            "reason": self.judgement.reason,
            "why": self.why,
            "unread": self.judgement.unread,
            "denied": [{"text": c.text, "verdict": says} for c, says in denied if says is not None],
            "claims": self.claims,
            "quotations": self.quotations,
            "notes": self.notes,
            "answer": self.answer().payload(),
        }


@dataclass(frozen=True)
class Readings(Result):
    """What was read out of several documents, and the documents side by side where that was asked for.

    Attributes
    ----------
    documents : tuple of Reading
        What was read out of each.
    comparison : VersionComparison or None
        The documents as versions of one text or event.
    failures : tuple of str
        Why other documents could not be read.
    """

    documents: tuple[Reading, ...]
    comparison: VersionComparison | None = None
    failures: tuple[str, ...] = ()

    def _claims(self) -> Iterator[tuple[str, Claim]]:
        """Yield every claim with the name of its document."""
        return ((reading.document.name, claim) for reading in self.documents for claim in reading.claims)

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return how many claims are contradicted, of those checked."""
        from foedus.reading.answer import readings_answer

        return readings_answer(self)

    def sentences(self) -> tuple[str, ...]:
        """Return how many quotations were found, and what a verdict is."""
        quotations = sum(len(reading.quotations) for reading in self.documents)
        read = read_sentence(s for reading in self.documents for s in reading.unread)
        return (
            *((read,) if read else ()),
            f"{_counted(quotations, 'quotation')} in {_counted(len(self.documents), 'article')}. "
            "A verdict says what the ledger's tables say as of the day of the text, and no more.",
            *(f"Not read: {failure}" for failure in self.failures),
        )

    def tables(self) -> tuple[Table, ...]:
        """Return claims, quotations and what was not read, each with its document."""
        claims = tuple(
            {
                "article": name,
                "claim": claim.text,
                "kind": claim.kind,
                "voice": claim.voice,
                "speaker": claim.speaker,
                "verdict": VERDICT_WORDS[claim.verdict],
                "why": claim.why,
                "note": claim.note,
                "evidence": "; ".join(f"{e.text} ({e.edition}, {e.known})" for e in claim.evidence),
            }
            for name, claim in self._claims()
        )
        quotations = tuple(
            {
                "article": reading.document.name,
                "words": q.text,
                "speaker": "" if q.speaker is None else (q.speaker.name or q.speaker.mention),
                "tier": q.tier,
            }
            for reading in self.documents
            for q in reading.quotations
        )
        unread = tuple(
            {
                "article": reading.document.name,
                "sentence": " ".join(reading.document.raw[slice(*s.span)].split()),
                "read": READ_WORDS[s.read],
                "words": "; ".join(u.text for u in s.unread),
                "why": UNREAD_REASONS[s.reason],
            }
            for reading in self.documents
            for s in reading.unread
            if s.read != "whole"
        )
        return (
            Table("claims", "Claims", _columns(CLAIM_KEYS), claims),
            Table("quotations", "Quotations", _columns(QUOTATION_KEYS), quotations),
            Table("unread", "Sentences with figures not read whole", _columns(UNREAD_KEYS), unread),
        )

    def payload(self) -> dict[str, Any]:
        """Return the object that ``foedus read --json`` prints."""
        comparison = None if self.comparison is None else self.comparison.payload()
        documents = [reading.payload() for reading in self.documents]
        failures = [{"error": failure} for failure in self.failures]
        return {"documents": documents, "comparison": comparison, "failures": failures, "page": None}


def _counted(number: int, noun: str) -> str:
    """Write a number of things."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _columns(keys: Iterable[str]) -> tuple[Column, ...]:
    """Return one column for each key."""
    return tuple(Column(key, key.capitalize()) for key in keys)
