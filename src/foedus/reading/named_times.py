"""Times that are named by an event or a term of office: "when X took office", "by the end of X's term".

A phrase is resolved from the tables of offices, events, summits and entries, as of the day of the text, or is
left open. What cannot be told apart (which of two terms, which invasion) is left open too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Evidence, Finding, not_checkable
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.office_terms import Term, table_evidence
from foedus.reading.tagging import Tag, tags_of

__all__ = ["NamedTime", "judge_over", "named_time"]

Edge = Literal["start", "end", "whole", "first year", "last year", "second year"]


@dataclass(frozen=True)
class NamedTime:
    """A time that a phrase names by an event or a term.

    Attributes
    ----------
    phrase : str
        The words.
    first, last : datetime.date or None
        The interval of the event or term itself; None where it is left open.
    years : tuple of int
        The calendar years that may be meant, in order; empty where it is left open.
    likely : tuple of int
        Those in which a figure that agrees is what the phrase says.
    exact : bool
        Whether a figure that differs in every one of the years is contradicted.
    evidence : tuple of Evidence
        The rows of the tables.
    """

    phrase: str
    first: date | None = None
    last: date | None = None
    years: tuple[int, ...] = ()
    likely: tuple[int, ...] = ()
    exact: bool = False
    evidence: tuple[Evidence, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the tables do not say when that was."""
        return not self.years


@dataclass(frozen=True)
class _Anchor:
    """An event or a term, or one edge of it."""

    first: date
    last: date
    edge: Edge
    evidence: Evidence


_TOOK = re.compile(
    r"\b(?:(?:took|takes|taking|assum\w+|enter\w+|c[ao]m\w+ (?:in)?to) (?:the )?(?:office|power|White House)|"
    r"(?:took|taking) over|inaugurat\w+|sworn in|moved into|(?:became|becoming|was (?:first )?elected) )"
)
_LEFT = re.compile(
    r"\b(?:left|leaves|leaving|lost|depart\w+ from) (?:the )?(?:office|power|White House)\b|"
    r"\b(?:stepped|steps|stepping) down\b|\bhanded over\b|\bdeparture\b|\bresign\w+\b"
)
_TERM = re.compile(
    r"\b(?:terms?|presidency|premiership|chancellorship|tenure|administration|(?:time|years) in office|"
    r"mandate|era|government|rule)\b"
)
_START_OF = re.compile(r"\b(?:start|beginning|outset|early (?:days|months))\b|\binauguration\b")
_END_OF = re.compile(r"\bend\b|\bclose\b")
_BEFORE = re.compile(
    r"^(?:the (?:year|month|day|eve) )?(?:(?:just|right|shortly|even|well) )?"
    r"(?:before|prior to|ahead of|until|up to)\b|^on the eve of\b"
)
_YEAR_BEFORE = re.compile(r"^(?:in |for )?(?:the )?(?:full )?year (?:before|prior to)\b")
_AFTER = re.compile(
    r"^(?:(?:ever|only|just|shortly|soon|right|years?|months?|\w+ years?) ){0,8}(?:after|following|since)\b"
)
_IN_YEAR = re.compile(
    r"^(?:in |for |over |during )?(?:the )?(?:same |very )?(?:calendar )?year (?:of|when|in which|that)\b"
)
_INVASION = re.compile(r"\binva(?:sion|ded|des|ding|de)\b")
_CRIMEA = re.compile(r"\bCrimea\b")
_SEIZED = re.compile(
    r"\b(?:annex\w*|seiz\w+|took|taken|taking|takeover|grab\w*|occup\w+|los[st]\w*|captur\w+)\b"
)
_FOUNDED = re.compile(
    r"\b(?:found\w+|creat\w+|establish\w+|birth|signing|signature)\b.{0,200}\b(?:NATO|alliance|Treaty)\b|"
    r"\b(?:NATO|alliance)\b.{0,200}\b(?:was|were) (?:found|creat|establish)\w+",
    re.IGNORECASE,
)
_SUMMIT = re.compile(r"\bsummits?\b", re.IGNORECASE)
_JOINED = re.compile(
    r"\b(?:join\w*|acce(?:ded|ding|ssion)|entr(?:y|ance)|enter\w*|bec(?:ame|oming) (?:a )?member)\b"
)
_YEAR = re.compile(r"\b(19[4-9]\d|20\d\d)\b")
_SECOND = re.compile(r"\bsecond (?:term|administration|presidency|stint)\b")
_FIRST = re.compile(r"\bfirst (?:term|administration|presidency|stint)\b")
_NTH_YEAR = re.compile(r"\b(first|opening|second|last|final) (?:full )?year\b")
_YEARS: dict[str, Edge] = {
    "first": "first year", "opening": "first year", "second": "second year",
    "last": "last year", "final": "last year",
}  # fmt: skip
_TO_DATE = re.compile(r"by now under\b")
_HEADS = ("secretary general", "president", "prime minister", "chancellor")
"""Offices by which a time is called under a person's name; a minister's only if no other was held."""
EARLY = 90
"""Days: what happens so early in a year may be said of the year before, whose figures were the last known."""
CLASH = date(2022, 2, 24)
"""From this day on "the invasion of Ukraine" is the one of 2022; before, it is not said which."""


def named_time(
    phrase: str, ledger_index: LedgerIndex, day: date, *, about: str | None = None
) -> NamedTime | None:
    """Resolve a phrase of time from the tables of offices and events.

    Parameters
    ----------
    phrase : str
        A phrase with its first word: "when Trump took office", "under Obama", "before Russia's invasion".
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text: what had not begun by then is not meant.
    about : str, optional
        The country or body the sentence speaks of, which decides between the offices of one person.

    Returns
    -------
    NamedTime or None
        Open where no table holds the event or the phrase may mean two; None where it names none.
    """
    words = re.sub(r"\s+", " ", phrase).strip(" ,.;:")
    tags = tags_of(words)
    anchors = _event_anchors(words, tags, ledger_index, day)
    if anchors is None:
        anchors = _term_anchors(words, tags, ledger_index, day, about)
    if anchors is None:
        return None
    anchors = [a for a in anchors if a.first <= day]
    if not anchors or len(anchors) > 2:
        return NamedTime(words)
    times = [_related(words, anchor, day) for anchor in anchors]
    return NamedTime(
        words,
        min(a.first for a in anchors),
        max(a.last for a in anchors),
        tuple(sorted({y for t in times for y in t.years})),
        tuple(sorted({y for t in times for y in t.likely})),
        all(t.exact for t in times),
        tuple(a.evidence for a in anchors),
    )


def _related(words: str, anchor: _Anchor, day: date) -> NamedTime:
    """Return the years that stand in the phrase's relation to the event or term."""
    low = words[:1].lower() + words[1:]
    if anchor.edge in ("first year", "second year", "last year"):
        return _year_of_term(words, anchor)
    at = anchor.last if anchor.edge == "end" else anchor.first
    if _YEAR_BEFORE.match(low):
        return NamedTime(words, years=(at.year - 1,), likely=(at.year - 1,), exact=True)
    if _IN_YEAR.match(low) and anchor.edge != "whole":
        return NamedTime(words, years=(at.year,), likely=(at.year,), exact=True)
    if _BEFORE.match(low) and not re.match(r"by\b", low):
        # "Before" is any time before: a figure of the last year supports, and none contradicts.
        return NamedTime(words, years=(at.year - 1, at.year), likely=(at.year - 1,))
    if _AFTER.match(low):
        later = (at.year,) if at.year == day.year else (at.year, at.year + 1)
        return NamedTime(words, years=later, likely=())
    if anchor.edge == "whole":
        years = tuple(range(anchor.first.year, min(anchor.last, day).year + 1))
        return NamedTime(words, years=years, likely=years if len(years) <= 2 else ())
    early = (at - date(at.year, 1, 1)).days < EARLY
    years = (at.year - 1, at.year) if early else (at.year,)
    return NamedTime(words, years=years, likely=years[:1] if anchor.edge == "end" else years, exact=True)


def _year_of_term(words: str, anchor: _Anchor) -> NamedTime:
    """Return a year counted within a term; one that ends in January had its last year the year before."""
    if anchor.edge == "last year":
        full = anchor.last.year - ((anchor.last - date(anchor.last.year, 1, 1)).days < EARLY)
        return NamedTime(words, years=(full, anchor.last.year), likely=(full,), exact=True)
    year = anchor.first.year + (anchor.edge == "second year")
    # A term that begins late in a year has most of its first year in the next.
    late = anchor.first.month >= 7
    return NamedTime(words, years=(year, year + 1) if late else (year,), likely=(year,), exact=True)


def _point(row: dict[str, str], table: str, text: str, first: date) -> _Anchor:
    """Make an anchor of an event on one day."""
    return _Anchor(first, first, "start", table_evidence(table, row, text, str(first)))


def _events(name: str) -> Iterable[_Anchor]:
    """Yield the days of an event."""
    for row in institution_table("events").rows:
        if row["event"] == name:
            text = f"{row['subject']}, {row['meaning']}: {row['date']}"
            yield _point(row, "events", text, date.fromisoformat(row["date"]))


def _event_anchors(words: str, tags: list[Tag], ledger_index: LedgerIndex, day: date) -> list[_Anchor] | None:
    """Return the events that a phrase names; an empty list where no table holds them; None without any."""
    if _CRIMEA.search(words) and _SEIZED.search(words):
        return list(_events("annexation-of-crimea"))
    if _INVASION.search(words):
        other = re.search(r"\b(?:Georgia|Iraq|Afghanistan|Kuwait|Czechoslovakia|Hungary|2014)\b", words)
        return [] if other or day < CLASH else list(_events("invasion-of-ukraine"))
    if _SUMMIT.search(words):
        return _summits(words, tags, day)
    if re.search(r"\belections?\b", words) and re.search(r"\b(?:US|U\.S\.|American|presidential)\b", words):
        return [a for a in _events("us-presidential-election") if str(a.first.year) in words]
    if _FOUNDED.search(words):
        return list(_events("nato-founded"))
    countries = [str(tag.value) for tag in tags if tag.kind == "C"]
    if (
        _JOINED.search(words)
        and any(c in ledger_index.entries for c in countries)
        and "European Union" not in words
    ):
        entries = [ledger_index.entries[c] for c in countries if c in ledger_index.entries]
        return [_Anchor(first, first, "start", evidence) for first, evidence in entries[-1:]]
    return None


def _summits(words: str, tags: list[Tag], day: date) -> list[_Anchor]:
    """Return the one summit that a phrase names by place or year; none where it may be several."""
    places = {str(tag.value) for tag in tags if tag.kind == "L"}
    stated = _YEAR.search(words)
    last = re.search(r"\b(?:last|previous) year\b", words)
    year = int(stated[1]) if stated else day.year - 1 if last else None
    rows = [
        row
        for row in institution_table("summits").rows
        if (row["place"] in places or re.search(rf"\b{re.escape(row['place'])}\b", words))
        and (year is None or row["start"].startswith(str(year)))
    ]
    if not rows and year is not None and not places:
        rows = [row for row in institution_table("summits").rows if row["start"].startswith(str(year))]
    past = [row for row in rows if row["start"] <= str(day)] or rows
    if len(past) != 1:
        return []
    (row,) = past
    return [
        _point(row, "summits", f"summit at {row['place']}, {row['start']}", date.fromisoformat(row["start"]))
    ]


def _edge(words: str) -> Edge | None:
    """Return which edge of a term a phrase names; None where it names none of it."""
    nth = _NTH_YEAR.search(words)
    if nth:
        return _YEARS[nth[1]]
    if _LEFT.search(words):
        return "end"
    if _TOOK.search(words):
        return "start"
    whole = _TERM.search(words) or re.match(
        r"(?:by now under|under|during|in the [\w.' -]{1,80} years)\b", words, re.IGNORECASE
    )
    if not whole:
        return None
    if _END_OF.search(words):
        return "end"
    return "start" if _START_OF.search(words) else "whole"


def _term_anchors(
    words: str, tags: list[Tag], ledger_index: LedgerIndex, day: date, about: str | None
) -> list[_Anchor] | None:
    """Return the terms that a phrase names by a person; an empty list where it is not said which."""
    edge = _edge(words)
    people = [str(tag.value) for tag in tags if tag.kind == "P"]
    if edge is None:
        return None
    if len(people) != 1:
        # "When he took office", "under her predecessor": somebody is meant, and the phrase does not say who.
        return (
            [] if re.search(r"\b(?:he|she|they|his|her|predecessor|successor)\b", words) or people else None
        )
    terms = [t for t in ledger_index.terms_of(people[0]) if t.start <= day]
    terms = _of_one_office(_joined(terms), words, about)
    if _FIRST.search(words):
        terms = terms[:1]
    elif _SECOND.search(words):
        terms = terms[1:2]
    if _TO_DATE.match(words):
        # What has come about under somebody is of the last day of the term, or of today.
        return [_Anchor(t.start, min(t.end or day, day), "end", t.evidence) for t in terms]
    if edge in ("end", "last year"):
        terms = [t for t in terms if t.end is not None and t.end <= day]
    return [_Anchor(t.start, t.end or day, edge, t.evidence) for t in terms]


def _joined(terms: list[Term]) -> list[Term]:
    """Join terms of one office that follow one another without a break."""
    out: list[Term] = []
    for term in terms:
        before = out[-1] if out else None
        same = before is not None and (before.office, before.body) == (term.office, term.body)
        if before and before.end and same and (term.start - before.end).days <= 1:
            out[-1] = replace(before, end=term.end, seen=term.seen)
        else:
            out.append(term)
    return out


def _of_one_office(terms: list[Term], words: str, about: str | None) -> list[Term]:
    """Return the terms of the office that is meant: the one named, that of the country, or the highest."""
    named = [t for t in terms if re.search(rf"\b{re.escape(t.office)}\b", words, re.IGNORECASE)]
    of_body = [t for t in terms if about is not None and t.body == about]
    heads = [t for t in terms if t.office in _HEADS]
    of_nato = [t for t in terms if t.body == "NATO"]
    return named or of_body or of_nato or heads or terms


def judge_over(time: NamedTime, check: Callable[[int], Finding]) -> Finding:
    """Check a claim in each year that a named time may mean.

    Parameters
    ----------
    time : NamedTime
        The time.
    check : callable
        Checks the claim in one year.

    Returns
    -------
    Finding
        Supported where a likely year supports it; contradicted only where every year does and the
        phrase is exact; otherwise not checkable, with the rows of the event.
    """
    if time.open:
        return not_checkable("date_unclear", *time.evidence)
    findings = {year: check(year) for year in time.years}
    for year in time.likely:
        if findings[year].verdict == SUPPORTED:
            finding = findings[year]
            return replace(finding, evidence=(*finding.evidence, *time.evidence))
    rows = tuple(dict.fromkeys(e for f in findings.values() for e in f.evidence))
    if time.exact and all(f.verdict == CONTRADICTED for f in findings.values()):
        return replace(next(iter(findings.values())), evidence=(*rows, *time.evidence))
    reasons = {f.reason for f in findings.values()}
    reason = reasons.pop() if len(reasons) == 1 and not reasons & {"differs", "match"} else "date_unclear"
    return not_checkable(reason, *rows, *time.evidence)
