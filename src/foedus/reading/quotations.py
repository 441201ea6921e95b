"""Who said what: quotations between marks, and indirect statements, each with the person it is attributed to.

A quotation is tier A when its speaker stands next to it with a verb of saying, or when it continues such a
quotation in the same paragraph; tier B when verb and speaker stand in its sentence; otherwise unattributed.
A speaker is never carried into a quotation that stands in a paragraph of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.reading.context import FEMALE, MALE, Context
from foedus.reading.lexicon import CUES
from foedus.reading.patterns.speech import (
    CLAUSE_BEFORE,
    GROUP,
    INFINITIVE,
    LEAD,
    NAME,
    PRONOUN,
    REPORT,
    STAFF,
    THAT,
)
from foedus.reading.tagging import Tag, known_people
from foedus.reading.text import Span

__all__ = ["Quotation", "Speaker", "Statement", "find_quotations", "find_statements"]

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
    """

    mention: str
    span: Span
    name: str | None
    by: str


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


_WORD = re.compile(r"[A-Za-z]+(?:-[a-z]+)?")


def find_quotations(context: Context) -> list[Quotation]:
    """Find the quotations of a document.

    Parameters
    ----------
    context : Context
        The document.

    Returns
    -------
    list of Quotation
        In order. Single words between marks without a speaker are left out: such marks are not speech.
    """
    quotations: list[Quotation] = []
    last: tuple[int, int, Speaker, str] | None = None
    for start, end in context.quotations:
        i = context.outer_at(start)
        attributed = _attribute(context, i, start, end)
        tier = "unattributed"
        if attributed:
            tier, cue, speaker = attributed
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


def _cues(masked: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the verbs of saying between two indices, outside quotations and not as infinitives or nouns."""
    out = []
    for word in _WORD.finditer(masked, start, end):
        if word[0].lower() not in CUES or word[0][0].isupper():
            continue
        if INFINITIVE.search(masked[max(start, word.start() - 10) : word.start()]):
            continue
        out.append((word.start(), word.end(), word[0]))
    return out


def _attribute(context: Context, i: int, start: int, end: int) -> tuple[str, str, Speaker] | None:
    """Find who speaks in the sentence around a quotation: (tier, verb, speaker)."""
    first, stop = context.outer[i]
    masked = context.masked
    after = _cues(masked, end, min(stop, end + 160))
    before = _cues(masked, first, start)
    near = [c for c in after if not re.search(r'[.;"]', masked[end : c[0]])]
    if near and near[0][0] - end <= 80:
        cue = near[0]
        inverted = masked[end : cue[0]].strip(' ,"') == ""
        speaker = (
            _after(context, cue[1], stop) if inverted else _subject(context, end, cue[0], participle=False)
        )
        if speaker:
            return "A", cue[2], speaker
    if before:
        cue = before[-1]
        gap = masked[cue[1] : start].strip(" ,:")
        participle = cue[2].endswith("ing")
        speaker = _subject(context, first, cue[0], participle=participle)
        if speaker:
            adjacent = gap in {"", "that", "so", "of"}
            return ("A" if adjacent and not participle else "B"), cue[2], speaker
    according = re.search(r"\b[Aa]ccording to ", masked[first:stop])
    if according:
        speaker = _after(context, first + according.end(), stop)
        if speaker:
            return "B", "according to", speaker
    if after:
        speaker = _subject(context, end, after[0][0], participle=after[0][2].endswith("ing"))
        if speaker:
            return "B", after[0][2], speaker
    return None


def _speaker_of(context: Context, tag: Tag) -> Speaker:
    """Make the speaker of something marked."""
    return Speaker(tag.text, context.plain.span(tag.start, tag.end), _named(tag), "explicit")


def _named(tag: Tag) -> str:
    """Return the ledger's name for a person, an organisation, or the country behind a country or its
    capital."""
    return str(tag.value)


def _pronoun(context: Context, start: int, text: str) -> Speaker:
    """Make the speaker behind a pronoun."""
    lower = text.lower()
    name = context.antecedent(start, lower) if lower in FEMALE | MALE else None
    return Speaker(text, context.plain.span(start, start + len(text)), name, "pronoun")


def _after(context: Context, start: int, end: int) -> Speaker | None:
    """Find the speaker who stands right after an index: "said Rutte", "according to the minister"."""
    window = context.masked[start : min(end, start + 90)]
    lead = re.match(r"\s*(?:(?:the|a|new|former|outgoing|incoming|[A-Z][\w-]+'s)\s)*", window)
    at = start + (lead.end() if lead else 0)
    for tag in context.tags_in(at, min(end, at + 80)):
        if tag.kind in "OJCG" and not re.search(r"[,.;]", context.masked[at : tag.start]):
            person = next((t for t in context.tags_in(tag.end, tag.end + 40) if t.kind == "P"), None)
            if person and context.masked[tag.end : person.start].strip(" ,") == "":
                return _speaker_of(context, person)
        if tag.kind in "PGC" and tag.start - at <= 1:
            return _speaker_of(context, tag)
        if tag.kind == "P" and re.fullmatch(r"[\w\s'⟦⟧-]{0,50},?\s?", context.masked[at : tag.start]):
            return _speaker_of(context, tag)
        break
    for pattern in (PRONOUN, NAME, GROUP):
        match = pattern.match(context.masked, start + len(window) - len(window.lstrip()))
        if match:
            if pattern is PRONOUN:
                return _pronoun(context, match.start(), match[0])
            return Speaker(match[0], context.plain.span(*match.span()), None, "explicit")
    return None


def _subject(context: Context, start: int, cue: int, *, participle: bool) -> Speaker | None:
    """Find the subject of a verb of saying in the text before it."""
    masked = context.masked
    stop = cue
    clause = CLAUSE_BEFORE.search(masked[start:cue])
    if clause and not participle:
        inside = context.outside(start + clause.start(), cue)
        whole = clause[0].strip(" ,")
        if not (inside and inside[0].text == whole) and context.outside(start, start + clause.start(), "PG"):
            stop = start + clause.start()
    candidates: list[tuple[int, int, Tag | None]] = [
        (t.start, t.end, t) for t in context.outside(start, stop, "PGCL") if context.is_subject(t)
    ]
    taken = [(t.start, t.end) for t in context.outside(start, stop, "PGCLOJ")]
    for pattern in (PRONOUN, GROUP, NAME):
        for m in pattern.finditer(masked, start, stop):
            if any(a < m.end() and m.start() < b for a, b in taken) and pattern is not GROUP:
                continue
            if masked[max(start, m.start() - 3) : m.start()].strip() in {"of", "to", "in", "on"}:
                continue
            candidates.append((m.start(), m.end(), None))
    if not candidates:
        return None
    candidates = [_widened(masked, c, stop) for c in candidates]
    candidates.sort(key=lambda c: (c[0], -c[1]))
    if participle:
        beside = [c for c in candidates if cue - c[1] <= 2]
        chosen = beside[-1] if beside else candidates[0]
    else:
        chosen = candidates[-1]
        people = [c for c in candidates if c[2] is not None and c[2].kind == "P"]
        if (
            people
            and (chosen[2] is None or chosen[2].kind != "P")
            and chosen[0] <= people[-1][0] <= chosen[1] + 2
        ):
            chosen = people[-1]
    return _make(context, chosen)


def _widened(masked: str, candidate: tuple[int, int, Tag | None], stop: int) -> tuple[int, int, Tag | None]:
    """Take "NATO officials" for the officials and not for NATO, and drop a conjunction before a group."""
    start, end, tag = candidate
    if tag is None:
        lead = LEAD.match(masked, start, end)
        return (lead.end(), end, None) if lead else candidate
    staff = STAFF.match(masked, end, stop) if tag.kind in "GC" else None
    return (start, staff.end(), None) if staff else candidate


def _make(context: Context, chosen: tuple[int, int, Tag | None]) -> Speaker | None:
    """Make a speaker of a candidate, refusing one too far from its verb."""
    start, end, tag = chosen
    if tag is not None:
        if tag.kind == "C" and not tag.text[0].isupper():
            return None
        return _speaker_of(context, tag)
    text = context.masked[start:end]
    if PRONOUN.fullmatch(text):
        return _pronoun(context, start, text)
    return Speaker(text, context.plain.span(start, end), None, "explicit")


def _flags(context: Context, i: int, start: int, end: int) -> tuple[str, ...]:
    """Describe a quotation: negated or hypothetical use, ellipsis, a pronoun nobody named before fits."""
    flags = []
    lead = context.masked[context.outer[i][0] : start]
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


def find_statements(context: Context) -> list[Statement]:
    """Find statements reported without quotation marks.

    Parameters
    ----------
    context : Context
        The document.

    Returns
    -------
    list of Statement
        In order; one for each verb of saying that has a clear subject and a clause after it.
    """
    statements: list[Statement] = []
    for first, stop in context.outer:
        if context.is_skipped(first):
            continue
        quoted = context.quotations_in(first, stop)
        cues = [
            (m.start("cue"), m.end("cue"), m["cue"]) for m in REPORT.finditer(context.masked, first, stop)
        ]
        cues += [c for c in _cues(context.masked, first, stop) if not c[2].endswith("ing")]
        done = first
        for start, end, cue in sorted(cues):
            if start < done or not THAT.match(context.masked, end):
                continue
            if any(end <= q[0] <= end + 2 or q[1] <= start <= q[1] + 40 for q in quoted):
                continue
            speaker = _subject(context, max(first, done), start, participle=False)
            if speaker is None or (speaker.by == "pronoun" and speaker.mention.lower() == "it"):
                continue
            span = (speaker.span[0], context.plain.span(start, stop)[1])
            raw = context.plain.raw[slice(*span)].rstrip(".!?")
            statements.append(Statement((span[0], span[0] + len(raw)), raw, cue, speaker))
            done = stop
    return statements


def speaker_country(speaker: Speaker | None) -> str | None:
    """Return the country of a speaker, or None where it is not known."""
    return known_people().country.get(speaker.name) if speaker and speaker.name else None
