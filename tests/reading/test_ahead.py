"""The day of a text is bounded from above by what it calls still to come."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import read_text

LEDGER = LedgerIndex.load()


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Rutte was asked about the November 5 presidential election in the United States.", "2024-11-05"),
        ("Finland joined NATO. Leaders will meet at a summit in Vilnius in July.", "2023-07-11"),
        ("Finland joined NATO. Sweden is set to become a member.", "2024-03-07"),
        ("Sweden joined NATO. Rutte will take over from Stoltenberg on October 1.", "2024-10-01"),
        ("Sweden joined NATO. The next summit will be held in The Hague in June 2025.", "2025-06-24"),
    ],
)
def test_what_is_still_to_come_bounds_the_day(text, last):
    """An election, a summit, an accession and a change of office that lie ahead are the last possible day."""
    dating = read_text(text, LEDGER).dating
    assert dating.last == date.fromisoformat(last)
    assert any("still to" in why for why in dating.why)


@pytest.mark.parametrize(
    "text",
    [
        "Finland joined NATO. Trump won the November 5 presidential election.",
        "Finland joined NATO. Leaders met at a summit in Vilnius in July.",
        "Finland joined NATO. “Sweden is set to become a member,” he said.",
        "Finland joined NATO. Norway will send soldiers to Lithuania.",
    ],
)
def test_what_is_past_or_only_quoted_does_not(text):
    """A past event, a quotation and a future of something else bound nothing from above."""
    assert not any("still to" in why for why in read_text(text, LEDGER).dating.why)
