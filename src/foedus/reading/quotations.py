"""Who said what: quotations between marks, and indirect statements, each with the person it is attributed to.

A quotation is tier A when its speaker stands next to it with a verb of saying, or when it continues such a
quotation in the same paragraph; tier B when verb and speaker stand in its sentence; otherwise unattributed.
A speaker is never carried into a quotation that stands in a paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from foedus.reading.context import FEMALE, Context
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.lexicon import CUES
from foedus.reading.patterns.speech import REPORT, THAT
from foedus.reading.text import Span
from foedus.reading.trees.shape import too_long
from foedus.reading.trees.speakers import Speech, Who

__all__ = [
    "Quotation",
    "Speaker",
    "Statement",
    "find_quotations",
    "find_speech",
    "find_statements",
    "held_on",
]

FRAGMENT_WORDS = 6
"""Fewer words than this, with no full stop inside the marks, make a fragment."""


@dataclass(frozen=True)
class Speaker:
    """Who is said to speak.

    Attributes
    ----------
    mention : str
        The words of the text: "he", "Rutte", "the minister".
    span : Span
        Where they stand in the raw text.
    name : str or None
        The person, organisation or country of the ledger, where that is clear.
    by : str
        "explicit", "pronoun" or "continuation".
    office : tuple of (str, str) or None
        The office, with its country or organisation, that stands for its holder on the day of the text.
    """

    mention: str
    span: Span
    name: str | None
    by: str
    office: tuple[str, str] | None = None


@dataclass(frozen=True)
class Quotation:
    """Words between quotation marks.

    Attributes
    ----------
    span : Span
        In the raw text, marks included.
    text : str
        The raw text there.
    kind : str
        "direct" or "fragment".
    tier : str
        "A", "B" or "unattributed".
    cue : str
        The verb of saying.
    speaker : Speaker or None
        Who is said to speak.
    flags : tuple of str
        "negated_use", "hypothetical", "ellipsis", "lost_referent".
    """

    span: Span
    text: str
    kind: str
    tier: str
    cue: str
    speaker: Speaker | None
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A statement reported without quotation marks.

    Attributes
    ----------
    span : Span
        In the raw text, from the speaker on.
    text : str
        The raw text there.
    cue : str
        The verb of saying.
    speaker : Speaker
        Who is said to speak.
    """

    span: Span
    text: str
    cue: str
    speaker: Speaker


_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_WORD = re.compile(r"[A-Za-z]+(?:-[a-z]+)?")
LEAD = 200
"""Characters before a quotation in which it is negated or supposed."""


def find_quotations(context: Context, speech: Speech | None = None) -> list[Quotation]:
    """Find the quotations of a document.

    Parameters
    ----------
    context : Context
        The document.
    speech : Speech, optional
        Its outer sentences, where some are parsed already.

    Returns
    -------
    list of Quotation
        In order. Single words between marks without a speaker are left out: such marks are not speech.
    """
    quotations: list[Quotation] = []
    last: tuple[int, int, Speaker, str] | None = None
    speech = speech or Speech(context)
    speech.prepare(_around_quotations(context))
    for start, end in context.quotations:
        i = context.outer_at(start)
        attributed = speech.attribute(i, start, end)
        tier = "unattributed"
        if attributed:
            cue, speaker = attributed.cue, _speaker_of(context, attributed.who)
            tier = "A" if attributed.beside else "B"
        elif last and _continues(context, last, i, start, end):
            tier, cue = "A", last[3]
            speaker = Speaker(last[2].mention, last[2].span, last[2].name, "continuation")
        else:
            cue, speaker = "", None
        words = len(re.findall(r"\w+", context.text[start:end]))
        if speaker is None and words < 2:
            continue
        kind = "direct" if words >= FRAGMENT_WORDS or context.text[end - 2] in ".,!?…" else "fragment"
        if speaker and tier != "unattributed":
            last = (i, context.paragraph_at(start), speaker, cue)
        span = context.plain.span(start, end)
        quotations.append(
            Quotation(
                span=span,
                text=context.plain.raw[slice(*span)],
                kind=kind,
                tier=tier if speaker else "unattributed",
                cue=cue,
                speaker=speaker,
                flags=_flags(context, i, start, end),
            )
        )
    return quotations


def _continues(context: Context, last: tuple[int, int, Speaker, str], i: int, start: int, end: int) -> bool:
    """Whether a quotation stands alone right after an attributed one in the same paragraph."""
    alone = context.outer[i][0] == start and context.outer[i][1] <= end + 1
    return alone and i - last[0] <= 1 and context.paragraph_at(start) == last[1]


def _flags(context: Context, i: int, start: int, end: int) -> tuple[str, ...]:
    """Describe a quotation: negated or hypothetical use, ellipsis, a pronoun nobody named before fits."""
    flags = []
    lead = context.masked[max(context.outer[i][0], start - LEAD) : start]
    clause = re.split(r"[,;:—]", lead)[-1].lower()
    text = context.text[start:end]
    if re.search(
        r"\b(?:not|never|n't|refus\w+|declin\w+|stop|without|rather than|instead of)\b[^,]{0,30}$", clause
    ):
        flags.append("negated_use")
    if re.search(r"\b(?:would|could|might|if|as if|as though)\b[^,]{0,30}$", clause):
        flags.append("hypothetical")
    if "…" in text or "..." in text:
        flags.append("ellipsis")
    if _lost_referent(context, start, end):
        flags.append("lost_referent")
    return tuple(flags)


def _lost_referent(context: Context, start: int, end: int) -> bool:
    """Whether a pronoun in a quotation has no person of its gender named before it."""
    for word in re.finditer(r"\b(he|she|him|her|his|hers)\b", context.text[start:end], re.IGNORECASE):
        gender = "f" if word[0].lower() in FEMALE else "m"
        if not context.person_named_before(start + word.start(), gender):
            return True
    return False


def _speaker_of(context: Context, who: Who) -> Speaker:
    """Make a speaker of whom the tree gives."""
    office = None
    if who.office is not None:
        name, body = who.office.value[0], who.office.value[1] or who.body
        office = (name, {"European Union": "EU"}.get(body, body)) if body else None
        if office is None and name == "secretary general":
            office = (name, "NATO")
    return Speaker(who.mention, context.plain.span(*who.span), who.name, who.by, office)


def held_on(speaker: Speaker | None, ledger_index: LedgerIndex, first: date, last: date) -> Speaker | None:
    """Return a speaker with the holder of the office named, where one held it over all the days given.

    Parameters
    ----------
    speaker : Speaker or None
        Who is said to speak.
    ledger_index : LedgerIndex
        The ledger.
    first, last : datetime.date
        The days that the text may be of.

    Returns
    -------
    Speaker or None
        The same where the ledger does not say.
    """
    if speaker is None or speaker.office is None or speaker.name is not None:
        return speaker
    holders = [{t.person for t in ledger_index.holders(*speaker.office, day)} for day in (first, last)]
    same = holders[0] & holders[1]
    return replace(speaker, name=same.pop()) if len(same) == 1 else speaker


def _around_quotations(context: Context) -> list[int]:
    """Return the outer sentences that may say who speaks, with those before in which a pronoun is named."""
    out: list[int] = []
    for i in dict.fromkeys(context.outer_at(start) for start, _ in context.quotations):
        pronoun = _PRONOUN.search(context.masked, *context.outer[i])
        out += range(max(i - 2, 0), i + 1) if pronoun else [i]
    return out


def find_statements(context: Context, speech: Speech | None = None) -> list[Statement]:
    """Find statements reported without quotation marks.

    Parameters
    ----------
    context : Context
        The document.
    speech : Speech, optional
        Its outer sentences, where some are parsed already.

    Returns
    -------
    list of Statement
        In order; one for each verb of saying that has a clear subject and a clause after it.
    """
    speech = speech or Speech(context)
    cues = _reporting(context)
    speech.prepare(list(cues))
    return [s for i, said in cues.items() for s in _statements_in(context, speech, i, said)]


def _reporting(context: Context) -> dict[int, list[tuple[int, int, str]]]:
    """Return the verbs of saying before a clause, by outer sentence."""
    cues: dict[int, list[tuple[int, int, str]]] = {}
    for i, (first, stop) in enumerate(context.outer):
        if context.is_skipped(first) or too_long(context.masked[first:stop]):
            continue
        said = [
            (m.start("cue"), m.end("cue"), m["cue"]) for m in REPORT.finditer(context.masked, first, stop)
        ]
        words = _WORD.finditer(context.masked, first, stop)
        said += [(m.start(), m.end(), m[0]) for m in words if m[0] in CUES and not m[0].endswith("ing")]
        said = [c for c in sorted(set(said)) if THAT.match(context.masked, c[1])]
        if said:
            cues[i] = said
    return cues


def find_speech(context: Context) -> tuple[list[Quotation], list[Statement]]:
    """Return the quotations and the indirect statements of a document, its sentences parsed together."""
    speech = Speech(context)
    speech.prepare(sorted({*_around_quotations(context), *_reporting(context)}))
    return find_quotations(context, speech), find_statements(context, speech)


def _statements_in(
    context: Context, speech: Speech, i: int, cues: list[tuple[int, int, str]]
) -> Iterator[Statement]:
    """Yield the statements of one sentence."""
    stop = context.outer[i][1]
    quoted = context.quotations_in(*context.outer[i])
    for start, end, cue in cues:
        if any(end <= q[0] <= end + 2 or q[1] <= start <= q[1] + 40 for q in quoted):
            continue
        who = speech.subject_at(i, start)
        if who is None or (who.by == "pronoun" and who.mention.lower() == "it"):
            continue
        speaker = _speaker_of(context, who)
        span = (speaker.span[0], context.plain.span(start, stop)[1])
        raw = context.plain.raw[slice(*span)].rstrip(".!?")
        yield Statement((span[0], span[0] + len(raw)), raw, cue, speaker)
        return
