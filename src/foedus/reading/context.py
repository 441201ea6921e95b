"""One document prepared for reading: plain form, quotation marks, sentences, and who was named where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property

from foedus.reading.lexicon import SENTENCE_STARTERS
from foedus.reading.patterns.arms import UKRAINE, weapons_in
from foedus.reading.tagging import Tag, Tagged, known_people, tag_sentence, tags_of
from foedus.reading.text import Plain, Span, mask_quotations, plain_text, quotation_spans, split_sentences
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.parse import parse
from foedus.reading.trees.shape import shape, too_long

__all__ = ["PREPOSITIONS", "Context", "prepare"]

PREPOSITIONS = frozenset(
    (
        "of with by from to for under about against on between like over without toward towards after "
        "before at  in into near among regarding concerning versus than as via during per alongside "
        "convince urge tell  told"
    ).split()
)
"""After these a name is not the subject."""
FEMALE, MALE = {"she", "her", "hers", "herself"}, {"he", "his", "him", "himself"}
NEXT = 4
"""Characters between a sentence and the one before it."""
LOOK_BACK = 4
"""How many sentences a pronoun may reach back."""
_SUBJECT_PRONOUN = re.compile(r"(?:^|[,;—\"] ?(?:and |but )?|^\w+, )(He|She|he|she)\b")
_FULL_NAME = re.compile(r"\b([A-Z][a-zà-ž'-]+) ((?:[A-Z]\. )?[A-Z][a-zà-ž'-]+)\b")


@dataclass
class Context:
    """A document prepared for reading.

    Attributes
    ----------
    plain : Plain
        The text in plain form.
    quotations : list of Span
        Pairs of quotation marks, spans of the plain form.
    unclosed : list of int
        Quotation marks that are never closed.
    outer : list of Span
        Sentences as seen with quotations masked.
    masked : str
        The plain form with quotations masked.
    tags : list of Tag
        Everything marked.
    body : Span
        The part that is the article: without title, credits and boilerplate.
    skipped : list of Span
        Titles, credits and boilerplate.
    trees : dict of int to Parsed
        The sentences that are parsed, by where they start.
    """

    plain: Plain
    quotations: list[Span]
    unclosed: list[int]
    outer: list[Span]
    masked: str
    tags: list[Tag]
    body: Span
    skipped: list[Span] = field(default_factory=list)
    trees: dict[int, Parsed] = field(default_factory=dict)
    _firsts: dict[re.Pattern[str], int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The plain form."""
        return self.plain.text

    def first(self, pattern: re.Pattern[str]) -> int:
        """Return where a pattern matches first in the plain form, or its length where it does not."""
        if pattern not in self._firsts:
            match = pattern.search(self.text)
            self._firsts[pattern] = match.start() if match else len(self.text)
        return self._firsts[pattern]

    @cached_property
    def organisations(self) -> frozenset[str]:
        """The organisations that the document names."""
        return frozenset(str(tag.value) for tag in self.tags if tag.kind == "G")

    @cached_property
    def _tag_starts(self) -> list[int]:
        return [tag.start for tag in self.tags]

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [start for start, _ in self.quotations]

    @cached_property
    def _skipped_starts(self) -> list[int]:
        return [start for start, _ in self.skipped]

    @cached_property
    def _outer_starts(self) -> list[int]:
        return [start for start, _ in self.outer]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.plain.paragraphs]

    def tags_in(self, start: int, end: int) -> list[Tag]:
        """Return what is marked between two indices."""
        first = bisect_left(self._tag_starts, start)
        return [tag for tag in self.tags[first : bisect_left(self._tag_starts, end)] if tag.end <= end]

    def quotation_at(self, index: int) -> int | None:
        """Return the number of the quotation at an index, or None."""
        i = bisect_right(self._quotation_starts, index) - 1
        return i if i >= 0 and index < self.quotations[i][1] else None

    def quotations_in(self, start: int, end: int) -> list[Span]:
        """Return the quotations that start between two indices."""
        first = bisect_left(self._quotation_starts, start)
        return self.quotations[first : bisect_left(self._quotation_starts, end)]

    def outer_at(self, index: int) -> int:
        """Return the number of the outer sentence at an index."""
        return max(bisect_right(self._outer_starts, index) - 1, 0)

    def paragraph_at(self, index: int) -> int:
        """Return the number of the paragraph at an index."""
        return max(bisect_right(self._paragraph_starts, index) - 1, 0)

    def is_skipped(self, index: int) -> bool:
        """Whether an index stands in a credit or in boilerplate."""
        i = bisect_right(self._skipped_starts, index) - 1
        return i >= 0 and index < self.skipped[i][1]

    def sentences(self) -> list[Tagged]:
        """Return every sentence of the document, those inside quotations too, with tokens.

        A sentence that is too long for a tree is cut at the marks between its clauses.
        """
        out = []
        for start, end in split_sentences(self.text):
            if self.is_skipped(start):
                continue
            for first, last in _cut(self.text, start, end):
                out.append(tag_sentence(self.text, self.tags_in(first, last), first, last))
        return out

    def parse(self, sentences: list[Tagged]) -> None:
        """Parse those of some sentences that may hold a claim and are not too long."""
        batch = [s for s in sentences if _worth(s) and not too_long(s.plain)]
        shaped = [
            (
                shape(self.text, list(s.tags), s.offset, s.offset + len(s.plain)),
                list(s.tags),
                s.plain,
                s.offset,
            )
            for s in batch
        ]
        for sentence, tree in zip(batch, parse(shaped), strict=True):
            self.trees[sentence.offset] = Parsed(tree, list(sentence.tags), self._earlier(sentence.offset))

    def _earlier(self, offset: int) -> Parsed | None:
        """Return the sentence right before an index, where it is parsed and in the same paragraph."""
        last = next(reversed(self.trees.values()), None)
        if last is None or self.paragraph_at(last.tree.offset) != self.paragraph_at(offset):
            return None
        gap = self.text[last.tree.offset + len(last.text) : offset]
        return last if 0 <= len(gap) < NEXT and not gap.strip(" \"'”’)") else None

    def parsed(self, sentence: Tagged) -> Parsed | None:
        """Return the tree of a sentence, or None where it has none."""
        return self.trees.get(sentence.offset)

    def outside(self, start: int, end: int, kinds: str = "P") -> list[Tag]:
        """Return what is marked outside quotations between two indices.

        Parameters
        ----------
        start, end : int
            Indices in the plain form.
        kinds : str, default "P"
            Letters of the kinds wanted.

        Returns
        -------
        list of Tag
            In order.
        """
        return [t for t in self.tags_in(start, end) if t.kind in kinds and self.quotation_at(t.start) is None]

    def is_subject(self, tag: Tag) -> bool:
        """Whether a name may be a subject: no possessive, and no preposition before it."""
        if self.text.startswith("'", tag.end) and self.text[tag.end : tag.end + 2] in {"'s", "' "}:
            return False
        before = self.text[max(0, tag.start - 40) : tag.start].split()
        while before and before[-1].strip('",.').lower() in _TITLE_WORDS:
            before.pop()
        return not before or before[-1].strip('"(').lower() not in PREPOSITIONS

    def antecedent(self, index: int, pronoun: str, depth: int = 0) -> str | None:
        """Return the person a pronoun means, or None when that is not clear.

        Parameters
        ----------
        index : int
            Where the pronoun stands.
        pronoun : str
            The pronoun.
        depth : int, default 0
            How many pronouns were followed already.

        Returns
        -------
        str or None
            The person's name in the ledger.
        """
        gender = "f" if pronoun.lower() in FEMALE else "m"
        here = self.outer_at(index)
        for i in range(here, max(here - LOOK_BACK, -1), -1):
            start, end = self.outer[i]
            end = min(end, index)
            people = [t for t in self.outside(start, end) if known_people().gender.get(t.value) == gender]
            if i < here and depth < LOOK_BACK:
                chained = self._chained(start, end, gender, depth)
                if chained:
                    return chained
            subjects = [t for t in people if self.is_subject(t)]
            if subjects:
                return str(subjects[0].value)
            if len({t.value for t in people}) == 1:
                return str(people[0].value)
            if people:
                return None
        return None

    def _chained(self, start: int, end: int, gender: str, depth: int) -> str | None:
        """Follow the pronoun that is itself the subject of an earlier sentence."""
        pronoun = _SUBJECT_PRONOUN.search(self.masked[start:end])
        if not pronoun or (pronoun[1].lower() == "she") != (gender == "f"):
            return None
        index = start + pronoun.start(1)
        if any(self.is_subject(t) for t in self.outside(start, index)):
            return None
        return self.antecedent(index, pronoun[1], depth + 1)

    def person_named_before(self, index: int, gender: str) -> bool:
        """Whether anyone of a gender, or anyone of unknown gender, is named before an index."""
        return self._first_of.get(gender, index) < index or self._first_unknown <= index

    @cached_property
    def _first_of(self) -> dict[str, int]:
        """Where a person of each gender is named first."""
        known = known_people().gender
        first: dict[str, int] = {}
        for tag in self.tags:
            if tag.kind == "P" and tag.value in known:
                first.setdefault(known[tag.value], tag.start)
        return first

    @cached_property
    def _first_unknown(self) -> int:
        """Where the first name of a person that the ledger does not know ends."""
        taken = set(self._tag_starts)
        for name in _FULL_NAME.finditer(self.text, self.body[0]):
            words = {name[1], name[2]}
            known = words & SENTENCE_STARTERS or name.start() in taken or name.start(2) in taken
            if not known and not words & _NOT_NAMES:
                return name.end()
        return len(self.text) + 1


_TITLE_WORDS = frozenset(
    ("new former outgoing incoming the then ex-president mr mr. mrs. ms. norwegian dutch").split()
)
_NOT_NAMES = frozenset(
    (
        "White House West East North South Cold War Europe European Western Eastern Secretary General Prime "
        "Minister President Republican Democratic Nominee United Union Central Presidential Office Summit "
        "Treaty Article Defense Defence Ministry Foreign Atlantic Council Alliance State Department Middle "
        "New  York Asia Pacific Baltic Black Sea World Group Day Chief Monday Tuesday Wednesday Thursday "
        "Friday  Saturday Sunday January February March April May June July August September October "
        "November December"
    ).split()
)


_CLAUSE_MARK = re.compile(r"[;:—] |, (?=(?:and|but|which|while|who|where) )")
_PARSED_KINDS = frozenset("RMNKCJE")


def _cut(text: str, start: int, end: int) -> list[Span]:
    """Cut a sentence that is too long for a tree at the marks between its clauses."""
    if not too_long(text[start:end]):
        return [(start, end)]
    out: list[Span] = []
    at = start
    last = start
    for mark in _CLAUSE_MARK.finditer(text, start, end):
        if last > at and too_long(text[at : mark.end()]):
            out.append((at, last))
            at = last
        last = mark.end()
    if last > at and too_long(text[at:end]):
        out.append((at, last))
        at = last
    return [*out, (at, end)]


def _worth(sentence: Tagged) -> bool:
    """Whether a sentence may hold a claim about the Alliance that a tree could tell."""
    kinds = {t.kind for t in sentence.tags}
    if UKRAINE.search(sentence.plain) and weapons_in(sentence.plain):
        return True
    if kinds & _PARSED_KINDS:
        return True
    if "D" in kinds and ("G" in kinds or "lliance" in sentence.plain or "Treaty" in sentence.plain):
        return True
    return _CAUSAL.search(sentence.plain) is not None and _SPENT.search(sentence.plain) is not None


_CAUSAL = re.compile(
    r"\b(?:driven|spurred|prompted|triggered|caused|forced|thanks to|because|due to|owing to|"
    r"result(?:ed|s|ing)?|stem(?:s|med|ming)?|response to|reaction to|consequence|pushed|pressured|"
    r"persuaded|convinced|achieved|compelled|credit\w*|led)\b",
    re.I,
)
_SPENT = re.compile(
    r"\b(?:spend\w*|spent|NATO|[Aa]lliance|[Aa]llies|pay|joined|"
    r"(?:[Dd]efen[cs]e|[Mm]ilitary) (?:budgets?|expenditures?))\b"
)


_MARKDOWN = re.compile(
    r"\*{1,3}|_{2}|^#{1,6} |^> |^[-*+] |`|!?\[(?=[^\]\n]{0,400}\]\()|\]\([^)\s]{0,2000}\)", re.MULTILINE
)


def prepare(
    raw: str,
    body: tuple[int, int] | None = None,
    skipped: list[Span] | None = None,
    *,
    markdown: bool = False,
) -> Context:
    """Prepare a text for reading.

    Parameters
    ----------
    raw : str
        The text as it was read.
    body : (int, int), optional
        The article's part of the raw text.
    skipped : list of Span, optional
        Parts of the raw text to leave out: credits and boilerplate.
    markdown : bool, default False
        Whether to overlook the marks of Markdown.

    Returns
    -------
    Context
        The document.
    """
    visible = _MARKDOWN.sub(lambda m: "\u200b" * len(m[0]), raw) if markdown else raw
    plain = replace(plain_text(visible, body[0] if body else 0, markdown=raw if markdown else ""), raw=raw)
    pairs, unclosed = quotation_spans(plain)
    masked = mask_quotations(plain.text, pairs)
    left = [_inward(plain, span) for span in skipped or []]
    inner = _inward(plain, body) if body else (0, len(plain.text))
    context = Context(
        plain=plain,
        quotations=pairs,
        unclosed=unclosed,
        outer=split_sentences(masked),
        masked=masked,
        tags=tags_of(plain.text),
        body=inner,
        skipped=sorted(left),
    )
    context.quotations = [p for p in pairs if not context.is_skipped(p[0])]
    return context


def _inward(plain: Plain, span: Span) -> Span:
    """Return the span of the plain form for a span of the raw text."""
    return bisect_left(plain.raw_index, span[0]), bisect_left(plain.raw_index, span[1])
