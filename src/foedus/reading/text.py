"""Plain text for matching, with the way back to the raw text.

Articles are matched on a *plain* form: typographic quotation marks and apostrophes made straight, invisible
marks dropped, runs of white space made one space, and one line break left between paragraphs. Every character
of the plain form knows its index in the raw text, so that spans are reported in the raw text and the result
does not depend on the kind of quotation mark or on where lines were broken.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from functools import cached_property

from foedus.reading.lexicon import ABBREVIATIONS, SENTENCE_STARTERS

__all__ = ["Plain", "Span", "mask_quotations", "plain_text", "quotation_spans", "split_sentences"]

Span = tuple[int, int]
"""First character and the one after the last."""

INVISIBLE = (
    "\ufeff\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
)
FOLD = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'",
        "‐": "-", "‑": "-", "‒": "-", "–": "-",
        "⟦": "[", "⟧": "]",
    }
)  # fmt: skip
"""Characters that mean the same to a reader, one for one. The long dash is kept: it separates clauses."""

_NAME = re.compile(r"\bNato\b")
"""The Alliance's name as British newspapers write it; the plain form has it in capitals."""
_SPACE = re.compile(rf"[\s{INVISIBLE}\x00-\x08\x0b\x0e-\x1f\x7f]+")
WRAPPED = 120
"""Lines no longer than this may have been broken by a program; longer ones are paragraphs."""
FULL_LINE = 0.6
"""The part of the longest short line that a wrapped line fills unless a paragraph ends with it."""
LONG_SHARE = 0.25
"""The most long lines of a wrapped text, as a part of all: headings and addresses that nothing wrapped."""
_BLOCK = re.compile(r"#{1,6} |[-*+] |\d+[.)] |\||>|```|(?:[-*_] ?){3,}$|={3,}$")
_HEADING = re.compile(r"#{1,6} |\||```|(?:[-*_] ?){3,}$|={3,}$")


@dataclass(frozen=True)
class Plain:
    """A text in plain form.

    Attributes
    ----------
    raw : str
        The text as it was read.
    text : str
        The plain form.
    raw_index : array of int
        For each character of the plain form, its index in the raw text; one more for the end.
    """

    raw: str
    text: str
    raw_index: array[int]

    def span(self, start: int, end: int) -> Span:
        """Return the span of the raw text behind a span of the plain form."""
        if end <= start:
            return (self.raw_index[start], self.raw_index[start])
        return (self.raw_index[start], self.raw_index[end - 1] + 1)

    @cached_property
    def paragraphs(self) -> list[Span]:
        """The paragraphs, as spans of the plain form."""
        spans, start = [], 0
        for part in self.text.split("\n"):
            if part:
                spans.append((start, start + len(part)))
            start += len(part) + 1
        return spans


def plain_text(raw: str, headline_end: int = 0, *, markdown: str = "") -> Plain:
    """Bring a text to its plain form.

    Parameters
    ----------
    raw : str
        The text as it was read.
    headline_end : int, default 0
        Where the headline ends, if there is one: a paragraph ends there too.
    markdown : str, optional
        The same text with the marks of Markdown in it, where it is Markdown.

    Returns
    -------
    Plain
        The plain form and the way back.
    """
    breaks = _paragraph_breaks(markdown or raw, markdown=bool(markdown))
    if headline_end and (after := raw.find("\n", headline_end)) >= 0:
        breaks.add(after)
    pieces: list[str] = []
    raw_index = array("q")
    at = 0
    for gap in _SPACE.finditer(raw):
        pieces.append(raw[at : gap.start()])
        raw_index.extend(range(at, gap.start()))
        at = gap.end()
        filler = _filler(gap, breaks)
        if filler and pieces and raw_index:
            pieces.append(filler)
            raw_index.append(gap.start())
    pieces.append(raw[at:])
    raw_index.extend(range(at, len(raw)))
    text = _NAME.sub("NATO", "".join(pieces).translate(FOLD)).rstrip(" \n")
    del raw_index[len(text) :]
    raw_index.append(len(raw))
    return Plain(raw=raw, text=text, raw_index=raw_index)


def _filler(gap: re.Match[str], breaks: set[int]) -> str:
    """Return what stands for a gap: nothing for an invisible mark alone, a line break, or a space."""
    if any(index in breaks for index in range(*gap.span())):
        return "\n"
    return " " if any(c.isspace() for c in gap[0]) else ""


def _paragraph_breaks(raw: str, *, markdown: bool) -> set[int]:
    """Return the indices of the line breaks that end a paragraph.

    An empty line always does. In Markdown a single line break never does, but before and after a line that is
    a block of its own. In other text it does unless the text looks wrapped by a program: nearly all its lines
    short, and this one nearly full or not at the end of a sentence.
    """
    lines = [line.strip() for line in raw.splitlines()]
    ends, at = [], 0
    for line in raw.splitlines(keepends=True):
        at += len(line)
        ends.append(at - 1)
    breaks_after = _breaks_in_markdown if markdown else _breaks_in_text
    inner = range(len(lines) - 1)
    blank = {i for i in inner if not lines[i] or not lines[i + 1]}
    return {ends[i] for i in blank.union(breaks_after(lines))}


def _breaks_in_markdown(lines: list[str]) -> set[int]:
    """Return the lines of Markdown after which a block ends: headings, items, rows and rules."""
    return {
        i
        for i in range(len(lines) - 1)
        if _BLOCK.match(lines[i + 1]) or _HEADING.match(lines[i]) or lines[i].endswith(("  ", "\\"))
    }


def _breaks_in_text(lines: list[str]) -> set[int]:
    """Return the lines of plain text after which a paragraph ends."""
    lengths = [len(line) for line in lines if line]
    short = [n for n in lengths if n <= WRAPPED]
    longest = max(short, default=0)
    wrapped = (
        len(short) >= 3
        and len(lengths) - len(short) <= max(1, LONG_SHARE * len(lengths))
        and sum(n > FULL_LINE * longest for n in short) > len(short) / 2
    )
    inner = range(len(lines) - 1)
    if not wrapped:
        return set(inner)
    out = set()
    for i in inner:
        here, following = lines[i], lines[i + 1]
        closed = here.rstrip("\"'”’»)]").endswith((".", "!", "?", "…", ":"))
        heading = len(here) > WRAPPED and not closed and following[:1].isupper()
        if (closed and len(here) <= FULL_LINE * longest) or (heading and (i == 0 or not lines[i - 1])):
            out.add(i)
    return out


_OPENING_BEFORE = " \n([{-—/"
_END = re.compile(r"""[.!?…]+["')\]]*(?=[ \n]|$)|\n""")
_INITIAL = re.compile(r"(?:^|[\s(\"'])(?:[A-Z]\.)+$")


_DOUBLE_MARK = re.compile('"')
_SINGLE_MARK = re.compile(r"(?<![\w'])'(?=[A-Z])|(?<=[.,!?…])'(?![\w'])")


def quotation_spans(plain: Plain) -> tuple[list[Span], list[int]]:
    """Find the pairs of quotation marks.

    Parameters
    ----------
    plain : Plain
        The text.

    Returns
    -------
    list of Span
        Spans of the plain form, marks included.
    list of int
        Indices of marks that open a quotation and are never closed before the paragraph ends.
    """
    pairs: list[Span] = []
    left: list[int] = []
    text = plain.text
    single = '"' not in text
    for start, end in plain.paragraphs:
        opened: int | None = None
        for index in _marks(text, start, end, single):
            before = text[index - 1] if index > start else " "
            after = text[index + 1] if index + 1 < end else " "
            opens = before in _OPENING_BEFORE and after not in " \n.,;:!?)"
            if opened is None:
                if opens or (before in _OPENING_BEFORE and after not in " \n"):
                    opened = index
            elif opens and before in " \n(":
                left.append(opened)
                opened = index
            else:
                pairs.append((opened, index + 1))
                opened = None
        if opened is not None:
            left.append(opened)
    return pairs, left


def _marks(text: str, start: int, end: int, single: bool) -> list[int]:
    """Return the indices of a paragraph's quotation marks, of single ones where there is no double one."""
    pattern = _SINGLE_MARK if single else _DOUBLE_MARK
    return [m.start() for m in pattern.finditer(text, start, end) if single or not _inch(text, m.start())]


def _inch(text: str, index: int) -> bool:
    """Whether a mark follows a number, as in 5", with no quotation to close."""
    return index > 0 and text[index - 1].isdigit() and (index + 1 < len(text) and text[index + 1].isdigit())


def mask_quotations(text: str, quotations: list[Span]) -> str:
    """Blank out what stands between quotation marks, so that sentences are seen from outside.

    Parameters
    ----------
    text : str
        The plain form.
    quotations : list of Span
        Pairs of marks, in order.

    Returns
    -------
    str
        A text of the same length; only the last character inside each pair is kept, for it may end a
        sentence.
    """
    pieces, at = [], 0
    for start, end in quotations:
        if start < at or end - start < 3:
            continue
        pieces.append(text[at : start + 1])
        pieces.append("_" * (end - start - 3))
        pieces.append(text[end - 2 : end])
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Split a text into sentences.

    Parameters
    ----------
    text : str
        The plain form, or one with quotations masked.
    start, end : int, optional
        The part to split; by default all of it.

    Returns
    -------
    list of Span
        Spans of `text`, without the white space around them.
    """
    stop = len(text) if end is None else end
    sentences: list[Span] = []
    at = start
    for mark in _END.finditer(text, start, stop):
        if text[mark.start()] != "\n" and not _ends(text, mark, stop):
            continue
        _add(sentences, text, at, mark.end())
        at = mark.end()
    _add(sentences, text, at, stop)
    return sentences


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    """Add a span without the white space around it, if anything is left."""
    while start < end and text[start] in " \n":
        start += 1
    while end > start and text[end - 1] in " \n":
        end -= 1
    if end > start:
        spans.append((start, end))


def _ends(text: str, mark: re.Match[str], stop: int) -> bool:
    """Whether a full stop ends a sentence: not in abbreviations, and before a capital."""
    after = mark.end() + 1
    while after < stop and text[after] in "\"'([":
        after += 1
    if after >= stop:
        return True
    if not (text[after].isupper() or text[after].isdigit() or text[after] == "_"):
        return False
    if not mark[0].startswith(".") or len(mark[0].rstrip("\"')]")) > 1:
        return True
    word = text[max(0, mark.start() - 14) : mark.start() + 1]
    last = re.split(r"[\s(\"'—]", word)[-1]
    following = re.match(r"[\w'-]+", text[after : after + 20])
    starter = following is not None and following[0] in SENTENCE_STARTERS
    if last in ABBREVIATIONS:
        return False
    if _INITIAL.search(word):
        return starter and len(last) > 2
    return True
