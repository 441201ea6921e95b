"""Read one document: its parts, day, quotations, statements and claims, each claim with its verdict."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from foedus.errors import InputError
from foedus.reading.ahead import still_to_come
from foedus.reading.claims import (
    CONTRADICTED,
    NOT_CHECKABLE,
    REASONS,
    Claim,
    Finding,
    StatedClaim,
    not_checkable,
    parameter,
)
from foedus.reading.context import Context, prepare
from foedus.reading.dating import date_document, phase_of
from foedus.reading.documents import Dating, Document, lay_out
from foedus.reading.frames import CHECKS, find_claims
from foedus.reading.language import NOT_ENGLISH, is_english
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.quotations import Quotation, Statement, find_speech, held_on
from foedus.reading.result import Name, Reading, SentenceCheck
from foedus.reading.tagging import Tagged
from foedus.reading.text import Span
from foedus.reading.trees.parse import BATCH
from foedus.reading.trees.shape import too_long
from foedus.reading.trees.unread import read_sentences
from foedus.reading.verdict import DAY_UNKNOWN, deny

__all__ = ["check_sentence", "read_document", "read_text"]

NEVER_CHECKED = frozenset(
    ["wish", "hypothetical", "prediction", "asked", "reported", "not_finite", "negated", "denied"]
)
"""Modalities that are never checked; each is its own reason."""
NAMED = "PLCOG"
"""The kinds of what a text names."""
DENIALS = frozenset(["negated", "denied"])
"""Of a denial it is shown what the figures say of the claim inside."""
ESTIMATED = {"count_meeting_guideline", "share_of_gdp"}
"""Kinds of which what is expected is itself published: the figures of the running year are estimates."""


def read_text(raw: str, ledger_index: LedgerIndex, *, day: date | None = None, name: str = "text") -> Reading:
    """Read a text.

    Parameters
    ----------
    raw : str
        The text.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date, optional
        The day it was written.
    name : str, default "text"
        What to call it.

    Returns
    -------
    Reading
        What was found.
    """
    return read_document(Document(name=name, kind="text", raw=raw), ledger_index, day=day)


def read_document(
    document: Document, ledger_index: LedgerIndex, *, day: date | None = None, today: date | None = None
) -> Reading:
    """Read a document.

    Parameters
    ----------
    document : Document
        The text.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date, optional
        The day it was written; without it the document's own, or an interval that is inferred.
    today : datetime.date, optional
        The last day that is possible; by default today.

    Returns
    -------
    Reading
        What was found.

    Raises
    ------
    InputError
        When the text is empty, too long, or takes too long.
    """
    _refuse(document)
    deadline = time.monotonic() + parameter("document_time_limit")
    document = lay_out(document)
    context = prepare(
        document.raw, document.body, [p.span for p in document.parts], markdown=document.kind == "markdown"
    )
    quotations, statements = find_speech(context)
    english = is_english(context.text)
    sentences = context.sentences()
    unchecked = list(_claims(sentences, context, document, deadline)) if english else []
    narrator = [c for c in unchecked if context.quotation_at(c.span[0]) is None]
    dating = date_document(
        document,
        narrator,
        ledger_index,
        given=day,
        today=today or date.today(),
        ahead=still_to_come(context, ledger_index),
    )
    quotations = [
        replace(q, speaker=held_on(q.speaker, ledger_index, dating.first, dating.last)) for q in quotations
    ]
    claims = [_judge(c, context, quotations, statements, dating, ledger_index) for c in unchecked]
    claims.sort(key=lambda c: c.span)
    return Reading(
        document,
        dating,
        phase_of(narrator),
        tuple(quotations),
        tuple(statements),
        tuple(claims),
        tuple(_notes(document, context, dating, english=english)),
        read_sentences(sentences, unchecked, context, english=english),
        tuple(_names(context)),
    )


def _names(context: Context) -> Iterator[Name]:
    """Yield the persons, offices, places, countries and organisations that a document names."""
    for tag in context.tags:
        if tag.kind in NAMED and not context.is_skipped(tag.start):
            value = tag.value[0] if tag.kind == "O" else tag.value
            yield Name(tag.kind, value, context.plain.span(tag.start, tag.end))


def _refuse(document: Document) -> None:
    """Raise an error for a document without text, or with more than an article can have."""
    limit = int(parameter("text_length_limit"))
    if not document.raw.strip():
        raise InputError("the document holds no text", where=document.name, do="give a file with text in it")
    if len(document.raw) > limit:
        raise InputError(
            f"the text has {len(document.raw):,} characters, and an article may have {limit:,}",
            where=document.name,
            do="split it into articles",
        )


def _notes(document: Document, context: Context, dating: Dating, *, english: bool) -> Iterator[str]:
    """Yield what the reader should know of how a document was read."""
    yield from document.notes
    if not english:
        yield NOT_ENGLISH
    for i in context.unclosed:
        yield f"the quotation mark at character {context.plain.span(i, i + 1)[0]} is never closed"
    if dating.basis == "unknown":
        yield DAY_UNKNOWN


def _claims(
    sentences: list[Tagged], context: Context, document: Document, deadline: float
) -> Iterator[StatedClaim]:
    """Yield the claims of a document, one for each kind and span."""
    for at in range(0, len(sentences), BATCH):
        if time.monotonic() > deadline:
            raise InputError(
                f"reading took longer than {parameter('document_time_limit'):g} seconds",
                where=document.name,
                do="split the document into articles",
            )
        batch = [s for s in sentences[at : at + BATCH] if not too_long(s.plain)]
        context.parse(batch)
        for sentence in batch:
            yield from _of_sentence(sentence, context)


def _of_sentence(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Yield the claims of a sentence, one for each kind and place."""
    seen: list[tuple[str, Any, Span]] = []
    for claim in find_claims(sentence, context):
        start, end = claim.consumed[0] if claim.consumed else claim.span
        whom = claim.slots.get("country")
        if not any(kind == claim.kind and of == whom and start < b and a < end for kind, of, (a, b) in seen):
            seen.append((claim.kind, whom, (start, end)))
            yield claim


def _judge(
    unchecked: StatedClaim,
    context: Context,
    quotations: list[Quotation],
    statements: list[Statement],
    dating: Dating,
    ledger_index: LedgerIndex,
) -> Claim:
    """Check a claim, with whose claim it is."""
    span = context.plain.span(*unchecked.span)
    voice, speaker = "narrator", ""
    slots = unchecked.slots
    for i, quotation in enumerate(quotations, start=1):
        if quotation.span[0] <= span[0] < quotation.span[1]:
            voice = f"quotation {i}"
            named = quotation.speaker
            speaker = (named.name or named.mention) if named else ""
            if slots.get("person") == "speaker" and named and named.name:
                slots = {**slots, "person": named.name}
    if voice == "narrator":
        for i, statement in enumerate(statements, start=1):
            if (
                statement.span[0] <= span[0]
                and span[1] <= statement.span[1] + 1
                and span[0] > statement.speaker.span[1]
            ):
                voice = f"statement {i}"
                speaker = statement.speaker.name or statement.speaker.mention
    finding = _weigh(unchecked, _check(unchecked.kind, slots, unchecked.modality, dating, ledger_index))
    return Claim(
        kind=unchecked.kind,
        span=span,
        text=context.plain.raw[slice(*span)],
        slots=slots,
        modality=unchecked.modality,
        voice=voice,
        speaker=speaker,
        verdict=finding.verdict,
        reason=finding.reason,
        why=REASONS[finding.reason],
        as_of=(dating.first, dating.last),
        evidence=finding.evidence,
        note=finding.note,
    )


def _weigh(unchecked: StatedClaim, finding: Finding) -> Finding:
    """Take back a verdict on another publisher's figure, and a contradiction that one witness alone gives."""
    if unchecked.source == "other" and finding.reason not in NEVER_CHECKED:
        return replace(finding, verdict=NOT_CHECKABLE, reason="publisher")
    if finding.verdict != CONTRADICTED:
        return finding
    if unchecked.source == "announced":
        return replace(finding, verdict=NOT_CHECKABLE, reason="national")
    return finding if unchecked.firm else replace(finding, verdict=NOT_CHECKABLE, reason="one_witness")


def _check(
    kind: str, slots: dict[str, Any], modality: str, dating: Dating, ledger_index: LedgerIndex
) -> Finding:
    """Check a claim on every day that the text may be of; a verdict must hold on all of them."""
    if modality in DENIALS:
        inside = _check(kind, slots, "actual", dating, ledger_index)
        return deny(inside, modality)
    if modality in NEVER_CHECKED:
        return not_checkable(modality)
    if slots.get("person") == "speaker":
        return not_checkable("no_row")
    first = CHECKS[kind](slots, ledger_index, dating.first)
    if not dating.exact:
        days = _days_between(ledger_index.change_days, dating.first, dating.last)
        others = [CHECKS[kind](slots, ledger_index, d) for d in days]
        if any(o.verdict != first.verdict for o in others):
            rows = tuple(dict.fromkeys(e for f in (first, others[-1]) for e in f.evidence))
            return not_checkable("date_unresolved", *rows)
        first = others[-1] if others else first
    estimated = kind in ESTIMATED and (kind == "count_meeting_guideline" or "day" in slots.get("years", {}))
    if first.verdict == CONTRADICTED and (
        modality == "opinion" or (modality == "expected" and not estimated)
    ):
        return replace(
            first, verdict=NOT_CHECKABLE, reason="opinion" if modality == "opinion" else "prediction"
        )
    return first


@lru_cache(maxsize=512)
def _days_between(days: tuple[date, ...], first: date, last: date) -> tuple[date, ...]:
    """Return the days in an interval on which an answer may change, and its last day; at most two hundred."""
    inside = [d for d in days if first < d < last]
    step = max(1, len(inside) // 200)
    return (*inside[::step], last)


def check_sentence(sentence: str, ledger_index: LedgerIndex, *, as_of: date | None = None) -> SentenceCheck:
    """Check one sentence as of a day.

    Parameters
    ----------
    sentence : str
        The sentence.
    ledger_index : LedgerIndex
        The ledger.
    as_of : datetime.date, optional
        The day; by default today.

    Returns
    -------
    SentenceCheck
        Its claims and quotations, and the verdict on the whole.

    Raises
    ------
    InputError
        When there is nothing to check.
    """
    text = re.sub(r"\s+", " ", sentence).strip()
    if not text:
        raise InputError(
            "there is no sentence to check",
            do='write it in quotation marks: foedus check "NATO has 32 members"',
        )
    reading = read_text(text, ledger_index, day=as_of or date.today(), name="sentence")
    return SentenceCheck(**vars(reading), sentence=sentence)
