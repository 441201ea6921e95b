"""Causes are found and never judged; those of spending stand beside the bracket of their period."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from foedus.attribution.verdict import packaged_verdicts
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import check_sentence

LEDGER = LedgerIndex.load()
DAY = date(2024, 10, 2)


def _claims(text):
    return check_sentence(text, LEDGER, as_of=DAY).claims


@pytest.mark.parametrize(
    "text",
    [
        "He pushed us to spend more, and he achieved that.",
        "Driven in part by the war in Ukraine, allies raised their defence budgets.",
        "Defence spending rose thanks to pressure from Washington.",
        "The war led Sweden and Finland to join NATO.",
        "Trump forced Germany to spend more on defence.",
        "Allies spend more because Russia invaded Ukraine.",
        "The invasion resulted in higher defence spending.",
        "Poland spends more on its military as a result of the war.",
        "The threat from Moscow prompted allies to rearm, and NATO grew.",
        "Stoltenberg credited Trump for the rise in defence spending.",
        "Defence budgets grew, spurred by the annexation of Crimea.",
    ],
)
def test_a_cause_is_found_and_not_checkable(text):
    """Whatever words say the cause, it is a claim of its kind that no table can check."""
    causes = [c for c in _claims(text) if c.kind == "cause"]
    assert causes
    for cause in causes:
        assert (cause.verdict, cause.reason) == ("not_checkable", "cause")
        assert text[slice(*cause.span)] == cause.text


@pytest.mark.parametrize(
    "text",
    [
        "NATO has 32 members.",
        "The storm forced the team to leave early because of the rain.",
        "Allies met in Brussels to discuss defence spending.",
        "Sweden joined NATO in March 2024.",
    ],
)
def test_other_sentences_say_no_cause(text):
    """What states no cause, or the cause of something else, gives none."""
    assert [c for c in _claims(text) if c.kind == "cause"] == []


def test_what_is_said_to_have_happened_is_checked():
    """Beside the cause, the count stands as a claim of its own, and the sentence is supported in part."""
    what = "23 allies are expected to spend 2% of GDP on defence this year."
    text = f"Driven in part by the war in Ukraine, {what}"
    verdicts = {c.kind: c.verdict for c in _claims(text)}
    assert verdicts == {"cause": "not_checkable", "count_meeting_guideline": "supported"}
    assert check_sentence(text, LEDGER, as_of=DAY).verdict == "supported_in_part"


def test_a_figure_inside_a_cause_is_not_read_by_it():
    """A figure that no other frame reads stands unread, though it stands in what a cause is said of."""
    check = check_sentence("The war forced allies to spend 400 million euros on bridges.", LEDGER, as_of=DAY)
    assert [c.kind for c in check.claims] == ["cause"]
    assert "400 million euros" in [u.text for u in check.judgement.unread]


FILE = Path(__file__).parent / "spending_causes.csv"
SENTENCES = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
"""Half were seen while the law was written: it gave 15 of 15 of those, and 12 of 15 of the others, once."""


def _linked(text, day):
    """Give the causes and periods that a sentence is held against."""
    names = {v.sentence: v.cause for v in packaged_verdicts()}
    causes = [c for c in check_sentence(text, LEDGER, as_of=day).claims if c.kind == "cause"]
    return {f"{names[e.text]} {e.value}" for c in causes for e in c.evidence}


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row["text"])
def test_a_cause_of_spending_stands_beside_its_bracket(row):
    """Cause and period are those that a reader gives; what is no cause of spending has no bracket."""
    wanted = set() if row["links"] == "-" else set(row["links"].split("; "))
    assert _linked(row["text"], date.fromisoformat(row["day"])) == wanted


def test_a_year_that_is_named_brings_its_period():
    """A year in which the cause did not begin stands beside the period in which it did."""
    text = "Allies spent more on defence in 2019 because of the threat from Russia."
    assert _linked(text, DAY) == {"threat 2018-21", "threat 2015-17"}


def test_the_bracket_was_published_later():
    """A verdict on a text of 2024 is shown as of a later day, and decides nothing."""
    claims = _claims("He pushed us to spend more, and he achieved that.")
    (cause,) = [c for c in claims if c.kind == "cause"]
    assert [e.later for e in cause.evidence] == [True]
    assert "not separable" in cause.evidence[0].text
    assert cause.verdict == "not_checkable"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("He pushed us to spend more, and he achieved that.", "supported"),
        ("The invasion resulted in higher defence spending.", "supported"),
        ("He pushed us to spend more.", None),
        ("Pressure from Washington should lead allies to spend more on defence.", None),
        ("The war doubled, because of Russia, what allies spend on defence.", None),
    ],
)
def test_that_spending_rose_is_a_claim_of_its_own(text, verdict):
    """It is checked where it is said to have come, not where it was wanted or is said by how much."""
    rises = [c.verdict for c in _claims(text) if c.kind == "rise"]
    assert rises == ([verdict] if verdict else [])


def test_a_rise_that_did_not_come_is_left_open():
    """Where the figures printed show a fall, the rise is not borne out."""
    text = "Defence spending rose thanks to pressure from Washington."
    claims = check_sentence(text, LEDGER, as_of=date(2014, 1, 1)).claims
    assert [c.verdict for c in claims if c.kind == "rise"] == ["not_checkable"]


def test_what_points_back_is_read_with_the_sentence_before():
    """“That goal” is the guideline of the sentence before; the count beside the cause is still counted."""
    text = (
        "More NATO countries should meet the target of spending 2% of GDP on defence. This year, 23 member "
        "states are expected to reach that goal, driven in part by the war in Ukraine and pressure from "
        "the U.S."
    )
    assert _linked(text, DAY) == {"threat 2022-25", "pressure 2018-21"}
    assert "count_meeting_guideline" in [c.kind for c in _claims(text)]
