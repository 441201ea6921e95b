"""Parts of a document, and the day it was written."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.reading.documents import Document, lay_out, read_full_date
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import read_document, read_text

WORLD = LedgerIndex.load()
BODY = "Mark Rutte met the allies in Brussels, and they spoke at length about what the year had brought them."


def _laid(raw):
    return lay_out(Document(name="a.txt", kind="text", raw=raw))


def test_title_byline_credit_and_boilerplate_are_set_apart():
    """The headline, a byline, a credit and the notices at the foot are no part of the article."""
    foot = "Edited by: A. Example\n\nExample Monitoring\n\nShare.\n"
    raw = f"Allies Meet in Brussels\nBy Anna Example\n{BODY}\n\n{foot}"
    laid = _laid(raw)
    assert laid.title == "Allies Meet in Brussels"
    assert [(p.kind, p.text) for p in laid.parts] == [
        ("byline", "By Anna Example"),
        ("credit", "Edited by: A. Example"),
        ("credit", "Example Monitoring"),
        ("boilerplate", "Share."),
    ]
    for part in laid.parts:
        assert raw[slice(*part.span)] == part.text


def test_a_first_sentence_is_no_title():
    """A text that begins with a sentence has no headline."""
    assert _laid(f"{BODY}\n{BODY}").title is None


def test_claims_in_boilerplate_are_not_read():
    """What a notice at the foot says is no claim of the article."""
    reading = read_text(f"{BODY}\n\nRelated articles: NATO has 31 members", WORLD, day=date(2024, 10, 1))
    assert reading.claims == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("October 1, 2024", date(2024, 10, 1)),
        ("1 Oct. 2024", date(2024, 10, 1)),
        ("2024-10-01", date(2024, 10, 1)),
        ("February 30, 2024", None),
        ("October 2024", None),
    ],
)
def test_full_dates(text, day):
    """A date counts when it has year, month and day and the calendar has it."""
    assert read_full_date(text) == day


def test_a_given_day_goes_before_all_others():
    """The day given is taken, then the file's own, then a dateline's."""
    raw = f"BRUSSELS, October 2, 2024 (Example) - {BODY}"
    given = read_document(
        Document(name="a", kind="text", raw=raw, published=date(2024, 10, 3)), WORLD, day=date(2024, 10, 1)
    )
    assert (given.dating.first, given.dating.basis) == (date(2024, 10, 1), "given")
    published = read_document(Document(name="a", kind="text", raw=raw, published=date(2024, 10, 3)), WORLD)
    assert (published.dating.first, published.dating.basis) == (date(2024, 10, 3), "published")
    dateline = read_text(raw, WORLD)
    assert (dateline.dating.first, dateline.dating.basis) == (date(2024, 10, 2), "dateline")


def test_an_incoming_holder_dates_a_text_before_the_handover():
    """A text with an incoming Secretary General was written between announcement and handover."""
    reading = read_text("Mark Rutte, the incoming Secretary General of NATO, met the allies.", WORLD)
    assert (reading.dating.first, reading.dating.last) == (date(2024, 6, 26), date(2024, 10, 1))
    assert (reading.dating.basis, reading.phase) == ("inferred", "before the handover")
    assert [c.verdict for c in reading.claims] == ["supported"]


def test_a_weekday_with_a_date_fixes_the_day():
    """A weekday with a date fits one day of the interval that the text leaves."""
    text = (
        "On Tuesday, October 1st, Mark Rutte took office as the 14th Secretary-General of NATO before the "
        "upcoming US presidential election."
    )
    reading = read_text(text, WORLD)
    assert reading.dating.first == reading.dating.last == date(2024, 10, 1)
    assert reading.phase == "after the handover"


def test_a_verdict_must_hold_on_every_possible_day():
    """Where the day is not known, a claim whose verdict depends on it is not checked, and another is."""
    reading = read_text("NATO has 32 members. NATO was founded in 1949. NATO was founded in 1950.", WORLD)
    assert reading.dating.basis == "unknown"
    assert [(c.verdict, c.reason) for c in reading.claims] == [
        ("not_checkable", "date_unresolved"),
        ("supported", "match"),
        ("contradicted", "differs"),
    ]
    assert any("--date" in note for note in reading.notes)


def test_markdown_marks_are_overlooked():
    """Marks of Markdown neither hide a claim nor move its span."""
    raw = "# News\n\nThe alliance of **32** [member countries](https://example.org) met in Brussels today."
    reading = read_document(Document(name="a.md", kind="markdown", raw=raw), WORLD, day=date(2024, 10, 1))
    (claim,) = reading.claims
    assert claim.verdict == "supported"
    assert raw[slice(*claim.span)] == claim.text
    assert "32" in claim.text
