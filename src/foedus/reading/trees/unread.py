"""What of a sentence no frame consumed: figures, dates, ranks, limits, comparisons, countries with verbs of
their own, and clauses joined to one that was read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from foedus.reading.claims import StatedClaim
from foedus.reading.context import Context
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.text import Plain, Span
from foedus.reading.trees.bind import Parsed, country_of
from foedus.reading.trees.shape import too_long
from foedus.reading.trees.types import SentenceReading, Unread, UnreadKind

__all__ = ["read_sentences"]

_FIGURE = re.compile(r"(?:[C€£$]+\$?)?\d[\d.,]*\d|\d")
_RANK = re.compile(
    r"\b(?:most|least|largest|biggest|smallest|highest|lowest|greatest|strongest|weakest|fewest|heaviest|fastest|slowest|poorest|richest|"
    r"biggest-spending|top|leading|leads?|main|record|worst|best|latest|newest|oldest|youngest|nearest|first|last|second-\w+|third-\w+|"
    r"unprecedented|never before|ever|majority|minority|third|quarter|twice|thrice|double[sd]?|doubling|tripled?|tripling|trebled?|quadrupled?|halved|half|\w+fold)\b",
    re.IGNORECASE,
)
_NO_RANK = re.compile(
    r"\b(?:at (?:least|most|first|last|best|worst)|last (?:year|week|month|night|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|most of|for the first time|first of all|first and foremost|most recently|lasts?\b.{0,3}until|first minister|first lady|hardly ever|ever since|than ever)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:only|alone|sole|solely|exclusively|merely|uniquely|unique|nobody|no other|no one else|all others|the rest|nowhere|none)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|greater|better|worse|faster|slower|longer|shorter|earlier|later|bigger|further|rather|other|ahead|behind|above|below)\b[^.;,]{0,40}?\bthan\b|"
    r"\b(?:as (?:many|much|high|low|large|big|few|little)|the same|times (?:as|more|the|higher|what)|unlike|outspends?|outspent|overtook|overtaken|overtakes|surpass\w*|exceeds?|trails?|matches|"
    r"together|combined|on average|every year|each year|annually|per capita|per head|per person)\b",
    re.IGNORECASE,
)
_SAYING = frozenset(
    (
        "say says said tell tells told add adds added note notes noted state states stated report reports "
        "reported show shows showed announce announces announced confirm confirms confirmed according explain "
        "explained argue argues argued warn warned declare declared insist insists insisted stress stressed "
        "write wrote estimate estimated expect expects expected believe believes think thinks know knows find "
        "found remind reminded recall recalled mean means let is was are were be"
    ).split()
)
LIMIT = 40
"""The most words of a leftover clause that are shown."""


def read_sentences(
    sentences: Iterable[Tagged], claims: list[StatedClaim], context: Context, *, english: bool = True
) -> tuple[SentenceReading, ...]:
    """Return how much of each sentence with a figure, a year or a rank was read.

    Parameters
    ----------
    sentences : iterable of Tagged
        The sentences.
    claims : list of StatedClaim
        The claims found in them.
    context : Context
        The document.
    english : bool, default True
        Whether the text is English; of another nothing is read.

    Returns
    -------
    tuple of SentenceReading
        In order. A sentence in which a claim was found is there too, whatever it holds.
    """
    ordered = sorted(claims, key=lambda c: c.span)
    starts = [c.span[0] for c in ordered]
    out: list[SentenceReading] = []
    for sentence in sentences:
        start, end = sentence.offset, sentence.offset + len(sentence.plain)
        own = ordered[bisect_left(starts, start) : bisect_left(starts, end)]
        parsed = context.parsed(sentence)
        counted = _is_counted(sentence)
        if not counted and not own:
            continue
        left = list(_left(sentence, parsed, own, context.plain)) if not too_long(sentence.plain) else []
        if not own:
            if not counted:
                continue
            out.append(
                SentenceReading(
                    context.plain.span(start, end), "not", tuple(left), _reason(sentence, parsed, english)
                )
            )
            continue
        out.append(SentenceReading(context.plain.span(start, end), "part" if left else "whole", tuple(left)))
    return tuple(out)


def _reason(sentence: Tagged, parsed: Parsed | None, english: bool) -> str:
    """Return why a sentence was not read."""
    if not english:
        return "not_english"
    if too_long(sentence.plain):
        return "too_long"
    return "no_frame" if parsed is not None else "not_parsed"


def _is_counted(sentence: Tagged) -> bool:
    """Whether a sentence holds a figure, a year or a rank."""
    if re.search(r"\d", sentence.plain):
        return True
    return (
        any(_is_figure(t, sentence) or t.kind in "RM" for t in sentence.tags) or _ranks(sentence.plain) != []
    )


def _is_figure(tag: Tag, sentence: Tagged) -> bool:
    """Whether a number, an ordinal or a date states something."""
    if tag.kind == "N":
        after = sentence.plain[tag.end - sentence.offset :]
        return (
            tag.text.lower() not in ("one", "zero")
            or re.match(r" (?:ally|member|country|nation|state)\\b", after) is not None
        )
    if tag.kind == "D":
        return tag.value.year is not None or tag.value.relative is not None
    return tag.kind in "RMK"


def _ranks(text: str) -> list[re.Match[str]]:
    """Return the words of rank in a sentence."""
    no = [m.span() for m in _NO_RANK.finditer(text)]
    return [m for m in _RANK.finditer(text) if not any(a <= m.start() < b for a, b in no)]


def _left(
    sentence: Tagged, parsed: Parsed | None, claims: list[StatedClaim], plain: Plain
) -> Iterator[Unread]:
    """Yield the words of a sentence that no claim accounts for."""
    taken = [span for c in claims for span in (c.consumed or (c.span,))]
    offset = sentence.offset
    shown: list[Span] = []

    def free(start: int, end: int) -> bool:
        return not any(a < end and start < b for a, b in (*taken, *shown))

    def mark(start: int, end: int, kind: UnreadKind) -> Unread:
        shown.append((start, end))
        raw = plain.span(start, end)
        return Unread(raw, plain.raw[slice(*raw)], kind)

    tags = [t for t in sentence.tags if _is_figure(t, sentence) and free(t.start, t.end)]
    for tag in tags:
        yield mark(tag.start, tag.end, {"D": "date", "K": "rank"}.get(tag.kind, "figure"))  # type: ignore[arg-type]
    for match in _FIGURE.finditer(sentence.plain):
        if free(offset + match.start(), offset + match.end()) and not _inside(
            sentence.tags, offset + match.start()
        ):
            yield mark(offset + match.start(), offset + match.end(), "figure")
    if not claims:
        return
    spots: list[tuple[re.Match[str], UnreadKind]] = [(m, "rank") for m in _ranks(sentence.plain)]
    spots += [(m, "only") for m in _ONLY.finditer(sentence.plain)]
    spots += [(m, "comparison") for m in _COMPARED.finditer(sentence.plain)]
    for match, kind in spots:
        if free(offset + match.start(), offset + match.end()):
            yield mark(offset + match.start(), offset + match.end(), kind)
    if parsed is not None:
        for start, end in _superlatives(parsed):
            if free(start, end):
                yield mark(start, end, "rank")
        for start, end, kind in _clauses(parsed, taken):
            if free(start, end):
                yield mark(start, end, kind)


def _superlatives(parsed: Parsed) -> Iterator[Span]:
    """Yield the superlatives of a sentence that no list names: "the steepest rise"."""
    no = [m.span() for m in _NO_RANK.finditer(parsed.text)]
    for node in parsed.tree.nodes:
        at = node.span[0] - parsed.tree.offset
        if node.pos in ("JJS", "RBS") and node.tag is None and not any(a <= at < b for a, b in no):
            yield node.span


def _inside(tags: tuple[Tag, ...], index: int) -> bool:
    """Whether something is marked at an index."""
    return any(t.start <= index < t.end for t in tags)


def _clauses(parsed: Parsed, taken: list[Span]) -> Iterator[tuple[int, int, UnreadKind]]:
    """Yield countries with a verb of their own, and clauses joined to one that was read, that stand unread."""
    tree = parsed.tree
    for verb in tree.nodes:
        if (
            not tree.is_clause(verb)
            or not tree.is_finite(verb)
            or (verb.word in _SAYING and verb.dep == "ROOT")
        ):
            continue
        nodes = tree.clause_nodes(verb)
        if any(a < n.span[1] and n.span[0] < b for n in nodes for a, b in taken):
            continue
        subjects = tree.children(verb, "nsubj", "nsubjpass")
        below = {n.i for s in subjects for n in tree.subtree(s)}
        country = next((n for n in nodes if n.i in below and n.tag is not None and country_of(n.tag)), None)
        if country is not None:
            yield country.span[0], country.span[1], "country"
        elif verb.dep in ("conj", "ROOT") and subjects and verb.word not in _SAYING:
            words = nodes[:LIMIT]
            yield words[0].span[0], words[-1].span[1], "clause"
