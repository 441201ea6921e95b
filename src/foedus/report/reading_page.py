"""The reading page: articles with their claims marked by verdict, the evidence, and versions side by side.

One file without scripts and without anything fetched from elsewhere, from a template that escapes every
value. What is shown on hover stands in a table too, for print and for readers who do not see or point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from foedus.errors import InputError
from foedus.extending import install
from foedus.reading.claims import CONTRADICTED, NOT_CHECKABLE, SUPPORTED, Claim
from foedus.reading.office_terms import person_evidence
from foedus.reading.quotations import Quotation
from foedus.reading.result import VERDICT_WORDS, Reading
from foedus.reading.verdict import READ_WORDS, UNREAD_REASONS, read_sentence
from foedus.reading.versions import VersionComparison
from foedus.report.marked_text import in_passing, marked_paragraphs

__all__ = ["body", "marks_style", "page", "versions_html"]

SIGNS = {SUPPORTED: "✓", CONTRADICTED: "✗", NOT_CHECKABLE: "?"}
SHOWN = 6
"""Rows of evidence shown on hover; the table has them all."""
FLAGS = {
    "lost_referent": "a pronoun that nobody named before fits",
    "negated_use": "used in a negation",
    "hypothetical": "used in a condition",
    "ellipsis": "words left out",
}


def _file(name: str) -> str:
    """Read a file of the report."""
    return resources.files("foedus.report").joinpath(name).read_text(encoding="utf-8")


def marks_style() -> str:
    """Return the style sheet of marks, tables and asides, which every page that shows a reading uses."""
    return _file("marks.css")


@cache
def _environment() -> Any:
    """Return the templates; every value is escaped unless a template says that it is HTML."""
    try:
        import jinja2
    except ImportError as error:
        raise InputError(
            "the library that writes pages is not installed",
            where="the reading page",
            do=install("reading"),
        ) from error
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: _file(f"templates/{name}")),
        autoescape=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.globals.update(signs=SIGNS, words=VERDICT_WORDS, shown=SHOWN, passing=in_passing)
    return environment


def page(readings: Sequence[Reading], comparison: VersionComparison | None = None) -> str:
    """Write the reading page.

    Parameters
    ----------
    readings : sequence of Reading
        The documents, read.
    comparison : VersionComparison, optional
        The versions side by side.

    Returns
    -------
    str
        An HTML document.
    """
    written: str = (
        _environment()
        .get_template("reading_page.html")
        .render(
            title=_short(readings[0]) if len(readings) == 1 else f"{len(readings)} articles",
            style=marks_style() + _file("reading_page.css"),
            articles=[_article(i, r) for i, r in enumerate(readings, start=1)],
            comparison=None if comparison is None else _versions(comparison),
        )
    )
    return written


def body(readings: Sequence[Reading], comparison: VersionComparison | None = None) -> str:
    """Write the readings without the page around them, for another page.

    Parameters
    ----------
    readings : sequence of Reading
        The documents, read.
    comparison : VersionComparison, optional
        The versions side by side.

    Returns
    -------
    str
        The marks explained, the versions and the articles as HTML; every text of an article is escaped.
    """
    module = _environment().get_template("reading_body.html").module
    articles = [_article(i, r) for i, r in enumerate(readings, start=1)]
    versions = None if comparison is None else _versions(comparison)
    return f"{module.legend()}{module.body(articles, versions)}"


def versions_html(comparison: VersionComparison) -> str:
    """Write articles side by side, for another page.

    Parameters
    ----------
    comparison : VersionComparison
        The versions.

    Returns
    -------
    str
        HTML; every text of an article is escaped.
    """
    module = _environment().get_template("reading_body.html").module
    return str(module.versions(_versions(comparison)))


def _short(reading: Reading) -> str:
    """Return a document's headline, or its file's name without the folder."""
    return reading.document.title or _base(reading.document.name)


def _base(name: str) -> str:
    """Return a file's name without its folder."""
    return re.split(r"[/\\]", name)[-1]


def _tally(claims: list[tuple[int, Claim]]) -> list[tuple[str, int]]:
    """Count verdicts."""
    return [(v, sum(c.verdict == v for _, c in claims)) for v in VERDICT_WORDS]


def _article(number: int, reading: Reading) -> dict[str, Any]:
    """Return what the template shows of one document.

    Offices that are named in passing are counted and listed apart, so that they do not hide the news.
    """
    numbered = list(enumerate(reading.claims, start=1))
    news = [(n, c) for n, c in numbered if not in_passing(c)]
    passing = [(n, c) for n, c in numbered if in_passing(c)]
    document = reading.document
    facts = [
        ("File", document.name),
        ("Written", _written(reading)),
        ("Phase", reading.phase),
        ("Credits", "; ".join(document.credits)),
    ]
    return {
        "number": number,
        "title": _short(reading),
        "tally": _tally(news),
        "read": read_sentence(reading.unread),
        "facts": [(name, value) for name, value in facts if value],
        "notes": reading.notes,
        "paragraphs": marked_paragraphs(reading),
        "claims": news,
        "passing": passing,
        "passing_tally": _tally(passing),
        "unread": _unread(reading),
        "quotations": [_quotation(q) for q in reading.quotations],
        "statements": [
            {"text": s.text, "speaker": s.speaker.name or s.speaker.mention} for s in reading.statements
        ],
        "persons": _persons(reading),
    }


def _written(reading: Reading) -> str:
    """Write when a document was written and how that is known."""
    dating = reading.dating
    day = str(dating.first) if dating.exact else f"between {dating.first} and {dating.last}"
    why = f": {'; '.join(dating.why)}" if dating.why else ""
    return f"{day} ({dating.basis}{why})"


def _unread(reading: Reading) -> list[dict[str, str]]:
    """Return the sentences with figures that were not read, or not whole."""
    raw = reading.document.raw
    return [
        {
            "sentence": " ".join(raw[slice(*s.span)].split()),
            "read": READ_WORDS[s.read],
            "words": "; ".join(u.text for u in s.unread),
            "why": UNREAD_REASONS[s.reason],
        }
        for s in reading.unread
        if s.read != "whole"
    ]


def _quotation(quotation: Quotation) -> dict[str, str]:
    """Return a quotation with its speaker."""
    speaker = quotation.speaker
    name = (speaker.name or speaker.mention) if speaker else "unattributed"
    return {
        "text": quotation.text,
        "speaker": name,
        "mention": speaker.mention if speaker and speaker.name and speaker.mention != name else "",
        "tier": quotation.tier,
        "remarks": "; ".join(FLAGS.get(f, f) for f in quotation.flags),
    }


def _persons(reading: Reading) -> list[tuple[str, Any]]:
    """Return the persons who speak, with the offices they held when the text was written."""
    speakers = [q.speaker for q in reading.quotations] + [s.speaker for s in reading.statements]
    names = dict.fromkeys(s.name for s in speakers if s is not None and s.name)
    return [(name, person_evidence(name, reading.dating.first, reading.dating.last)) for name in names]


def _versions(comparison: VersionComparison) -> dict[str, Any]:
    """Return what the template shows of versions side by side."""
    names = [f"{i}. {_base(n)}" for i, n in enumerate(comparison.names, start=1)]
    return {
        "groups": [
            {
                "members": [names[m] for m in g.members],
                "parent": g.parent,
                "arrows": [(names[a], names[b], why) for a, b, why in g.arrows],
            }
            for g in comparison.groups
        ],
        "pairs": [
            {"first": names[p.first], "second": names[p.second], "relation": p.relation, "rows": p.aligned}
            for p in comparison.pairs
        ],
        "altered": _altered(comparison, names),
        "alone": sum(q.change == "no counterpart" for q in comparison.quotations),
        "lost": [
            {
                "document": names[lost.document],
                "quotation": lost.quotation,
                "pronoun": lost.pronoun,
                "elsewhere": ", ".join(f"{person} ({names[j]})" for j, person in lost.elsewhere),
            }
            for lost in comparison.lost
        ],
        "differences": [
            {
                "kind": d.kind.replace("_", " "),
                "about": d.about.replace("_", " "),
                "stated": [(names[j], text, v.replace("_", " ")) for j, text, v in d.stated],
            }
            for d in comparison.differences
        ],
    }


def _altered(comparison: VersionComparison, names: list[str]) -> list[dict[str, Any]]:
    """Return what became of each quotation that has a counterpart."""
    return [
        {
            "text": q.text,
            "document": names[q.document],
            "twin": q.twin,
            "other": names[q.other] if q.other is not None else "",
            "change": q.change,
            "edits": [(own, other) for _, own, other in q.edits],
        }
        for q in comparison.quotations
        if q.change != "no counterpart"
    ]
