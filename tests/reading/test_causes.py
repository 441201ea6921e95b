"""Causes are found and never judged."""

from __future__ import annotations

from datetime import date

import pytest

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
