"""Documents: title, credits and boilerplate set apart, and the day a text was written.

The raw text stays as it is; every part is a span of it. The day is the one given, else the publisher's own,
else that of a dateline, else it is inferred as an interval from what the text takes for past and for yet to
come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from foedus.reading.lexicon import MONTHS
from foedus.reading.patterns.layout import BOILER, BYLINE, CREDIT, ENDS
from foedus.reading.text import Span

__all__ = ["Dating", "Document", "DocumentPart", "lay_out"]


@dataclass(frozen=True)
class DocumentPart:
    """A part of a text that is not the article: a byline, a credit, a share button, a notice.

    Attributes
    ----------
    kind : str
        "credit", "byline" or "boilerplate".
    span : Span
        In the raw text.
    text : str
        The raw text there.
    """

    kind: str
    span: Span
    text: str


@dataclass(frozen=True)
class Dating:
    """When a text was written.

    Attributes
    ----------
    first, last : datetime.date
        The interval; one day when the day is known.
    basis : str
        "given", "published", "dateline", "inferred" or "unknown".
    why : tuple of str
        For an inferred day: what it was inferred from.
    """

    first: date
    last: date
    basis: str
    why: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


@dataclass(frozen=True)
class Document:
    """A text with its parts set apart.

    Attributes
    ----------
    name : str
        The file's name, or "standard input".
    kind : str
        "text", "markdown", "html", "docx" or "pdf".
    raw : str
        The text; for HTML, DOCX and PDF the text that was read out of the file.
    title : str or None
        The headline.
    title_span : Span or None
        Where it stands in the raw text.
    parts : tuple of DocumentPart
        Bylines, credits and boilerplate.
    published : datetime.date or None
        The day the file itself gives.
    notes : tuple of str
        What the reader should know of how it was read.
    """

    name: str
    kind: str
    raw: str
    title: str | None = None
    title_span: Span | None = None
    parts: tuple[DocumentPart, ...] = ()
    published: date | None = None
    dateline: date | None = None
    notes: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> Span:
        """The article without its headline."""
        return (self.title_span[1] if self.title_span else 0, len(self.raw))

    @property
    def credits(self) -> tuple[str, ...]:
        """The credits, which are evidence of where a text comes from."""
        return tuple(part.text for part in self.parts if part.kind == "credit")


LONGEST_TITLE_WORDS = 22
SHORT_WORDS = 8


def lay_out(document: Document) -> Document:
    """Set title, credits and boilerplate of a document apart.

    Parameters
    ----------
    document : Document
        With its raw text.

    Returns
    -------
    Document
        With its parts.
    """
    lines = _lines(document.raw)
    if not lines:
        return document
    title, span = _title(document, lines)
    parts = _parts(lines, skip=span)
    dateline = _dateline(lines, span)
    return Document(
        name=document.name,
        kind=document.kind,
        raw=document.raw,
        title=document.title or title,
        title_span=span,
        parts=tuple(parts),
        published=document.published,
        dateline=dateline,
        notes=document.notes,
        meta=document.meta,
    )


def _lines(raw: str) -> list[tuple[int, int, str]]:
    """Return the lines that hold anything: start, end, text without the white space around it."""
    out, at = [], 0
    for line in raw.splitlines(keepends=True):
        text = line.strip().strip("\ufeff\u200b").strip()
        if text:
            start = at + line.index(text)
            out.append((start, start + len(text), text))
        at += len(line)
    return out


def _title(document: Document, lines: list[tuple[int, int, str]]) -> tuple[str | None, Span | None]:
    """Find the headline: a first line that is short, ends no sentence, and stands over longer lines."""
    start, end, text = lines[0]
    plain = re.sub(r"^#+ |\*\*", "", text).strip()
    if document.title:
        same = plain.casefold() == document.title.strip().casefold()
        return document.title, (start, end) if same else None
    words = plain.split()
    longer = any(len(line[2]) > len(text) for line in lines[1:4])
    if len(lines) > 1 and 2 <= len(words) <= LONGEST_TITLE_WORDS and not ENDS.search(plain) and longer:
        wrapped = lines[1][0] - end <= 2 and not text.startswith("#") and lines[1][2][:1].islower()
        if not wrapped:
            return plain, (start, end)
    return None, None


def _parts(lines: list[tuple[int, int, str]], skip: Span | None) -> list[DocumentPart]:
    """Find bylines at the top, credits anywhere, and boilerplate with the short lines between at the foot."""
    parts: dict[int, DocumentPart] = {}
    for i, (start, end, text) in enumerate(lines):
        if skip and start == skip[0]:
            continue
        if CREDIT.match(text) and len(text) < 300:
            parts[i] = DocumentPart("credit", (start, end), text)
        elif BYLINE.match(text) and i < 5:
            parts[i] = DocumentPart("byline", (start, end), text)
        elif len(text) < 400 and BOILER.match(text):
            parts[i] = DocumentPart("boilerplate", (start, end), text)
    for i in range(len(lines) - 1, 0, -1):
        start, end, text = lines[i]
        if i in parts:
            continue
        if not parts or len(text.split()) > SHORT_WORDS or ENDS.search(text) or i - 1 not in parts:
            break
        monitoring = re.search(r"monitoring|agenc|desk|news|staff|press", text, re.IGNORECASE)
        parts[i] = DocumentPart("credit" if monitoring else "boilerplate", (start, end), text)
    return [parts[i] for i in sorted(parts)]


_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = (
    re.compile(rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (20\d\d|19\d\d)\b"),
    re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})\.?,? (20\d\d|19\d\d)\b"),
    re.compile(r"\b(20\d\d|19\d\d)-(\d\d)-(\d\d)\b"),
)
_DATELINE = re.compile(
    r"^[A-ZÀ-Ž][A-ZÀ-Ž .,'/-]{2,40}[,(] ?(?P<day>[^—–-]{4,30}?)\)? ?(?:\([^)]{2,30}\) ?)?[—–-]"
)
_POSTED = re.compile(
    r"^(?:Published|Posted|Updated|Last updated|Date|Issued)(?: on)?:? ?(?P<day>.{6,40})$", re.IGNORECASE
)
FIRST_LINES = 6


def _dateline(lines: list[tuple[int, int, str]], title: Span | None) -> date | None:
    """Find a full date in a dateline, in a line that says when the text was published, or alone on a line."""
    for start, _, text in lines[:FIRST_LINES]:
        if title and start == title[0]:
            continue
        for pattern in (_DATELINE, _POSTED):
            match = pattern.match(text)
            day = read_full_date(match["day"]) if match else None
            if day:
                return day
        day = read_full_date(text) if len(text) < 40 else None
        if day and len(text.split()) <= 6:
            return day
    return None


def read_full_date(text: str) -> date | None:
    """Read a date with year, month and day; None without one.

    Parameters
    ----------
    text : str
        For example "October 1, 2024", "1 Oct 2024" or "2024-10-01".

    Returns
    -------
    datetime.date or None
        The day.
    """
    for i, pattern in enumerate(_DAY):
        match = pattern.search(text)
        if not match:
            continue
        try:
            if i == 0:
                return date(int(match[3]), MONTHS[match[1]], int(match[2]))
            if i == 1:
                return date(int(match[3]), MONTHS[match[2]], int(match[1]))
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    return None
