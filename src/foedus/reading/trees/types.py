"""What a sentence's tree tells of a value, and what of a sentence stays unread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from foedus.reading.tagging import Tag
from foedus.reading.text import Span
from foedus.reading.values import Day

__all__ = ["Bound", "SentenceReading", "Source", "Truth", "Unread", "UnreadKind", "When"]


class Truth(StrEnum):
    """How a clause is meant; only what is asserted, or expected where that is itself published, is checked."""

    ASSERTED = "actual"
    NEGATED = "negated"
    """Its own verb is negated: the sentence says that it is not so."""
    DENIED = "denied"
    """A clause above says that it is false: "it is a myth that …"."""
    WISHED = "wish"
    EXPECTED = "expected"
    PREDICTED = "prediction"
    CONDITIONAL = "hypothetical"
    ASKED = "asked"
    REPORTED = "reported"
    """Others are said to claim it, and the words doubt it: "allegedly"."""
    NOT_FINITE = "not_finite"
    """No finite clause states it: a purpose, a goal, a gerund."""


@dataclass(frozen=True)
class When:
    """The time of a clause or of a value.

    Attributes
    ----------
    day : Day or None
        The date stated.
    tense : str
        "present", "past" or "future".
    open : str
        Words of a time without a year that no table resolves: "during the Cold War". With it, no year is
        meant.
    firm : bool
        Whether tree and word order agree on it.
    span : Span or None
        Of the plain text, where it is stated.
    """

    day: Day | None = None
    tense: Literal["present", "past", "future"] = "present"
    open: str = ""
    firm: bool = True
    span: Span | None = None


@dataclass(frozen=True)
class Source:
    """Whose figure a sentence gives.

    Attributes
    ----------
    kind : str
        "" where nothing is said, "nato", "other" (another institute, a ministry, a law) or "announced" (a
        national budget or plan).
    words : str
        The words that say so.
    """

    kind: Literal["", "nato", "other", "announced"] = ""
    words: str = ""


@dataclass(frozen=True)
class Bound:
    """A value with what it is said of.

    Attributes
    ----------
    value : Tag
        The number, rate or amount; its span is ``(value.start, value.end)`` of the plain text.
    noun : str
        The lower-case noun it counts or measures: "allies", "gdp", "spending".
    verb : str
        The lower-case verb of its clause, with no auxiliaries.
    subject : Tag or None
        The country, organisation or group it is said of.
    whom : str
        Alpha-3 code of the subject, or "NATO", "NATO_EUR_CAN", "EUROPE"; nothing where it is not clear.
    span : Span
        Of the plain text, from the subject or the value, whichever stands first, to the end of what belongs
        to them.
    when : When
        Its time.
    truth : Truth
        How its clause is meant.
    source : Source
        Whose figure it is.
    firm : bool
        Whether tree and word order agree on subject and time.
    opinion : bool
        Whether the sentence marks it as an opinion or a guess.
    others : tuple of str
        Further countries of which the same is said.
    """

    value: Tag
    noun: str
    verb: str
    subject: Tag | None
    whom: str
    span: Span
    when: When
    truth: Truth
    source: Source
    firm: bool
    opinion: bool = False
    others: tuple[str, ...] = ()


UnreadKind = Literal["figure", "date", "rank", "country", "only", "comparison", "clause"]


@dataclass(frozen=True)
class Unread:
    """Words that no frame consumed.

    Attributes
    ----------
    span : Span
        Of the raw text.
    text : str
        The raw text there.
    kind : str
        "figure", "date", "rank" (a superlative), "country" (with a verb of its own), "only", "comparison" or
        "clause".
    """

    span: Span
    text: str
    kind: UnreadKind


@dataclass(frozen=True)
class SentenceReading:
    """How much of a sentence that could hold a claim was read.

    Attributes
    ----------
    span : Span
        Of the raw text.
    read : str
        "whole", "part" or "not".
    unread : tuple of Unread
        The words left over; empty when it was read whole.
    reason : str
        Why, where there is a reason: "no_frame", "too_long", "not_parsed", "not_english"; else nothing.
    """

    span: Span
    read: Literal["whole", "part", "not"]
    unread: tuple[Unread, ...] = ()
    reason: str = ""
