"""The verdict on a sentence, and the words that stand unread."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foedus.reading.claims import Finding
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import check_sentence
from foedus.reading.result import Readings
from foedus.reading.trees.types import SentenceReading, Unread
from foedus.reading.verdict import deny, inside, read_sentence, sentence_verdict

LEDGER = LedgerIndex.load()
DAY = date(2024, 10, 1)
TEXT = "NATO was founded in 1949, the oldest alliance."
SUPPORTED = check_sentence("NATO was founded in 1949.", LEDGER, as_of=DAY).claims
CONTRADICTED = check_sentence("NATO was founded in 1950.", LEDGER, as_of=DAY).claims
OPEN = check_sentence("Trump won the 2024 US presidential election.", LEDGER, as_of=DAY).claims
RANK = Unread((26, 45), "the oldest alliance", "rank")
WHOLE = SentenceReading((0, 25), "whole")
PART = SentenceReading((0, 46), "part", (RANK,))


@pytest.mark.parametrize(
    ("claims", "readings", "verdict"),
    [
        (SUPPORTED, (), "supported"),
        (SUPPORTED, (WHOLE,), "supported"),
        (SUPPORTED, (PART,), "supported_in_part"),
        (SUPPORTED + OPEN, (WHOLE,), "supported_in_part"),
        (SUPPORTED + CONTRADICTED, (WHOLE,), "contradicted"),
        (CONTRADICTED, (PART,), "contradicted"),
        (OPEN, (PART,), "not_checkable"),
        ((), (PART,), "not_checkable"),
    ],
)
def test_a_sentence_is_supported_only_whole(claims, readings, verdict):
    """What was read must agree, and nothing may stand unread or unchecked."""
    assert sentence_verdict(claims, readings).verdict == verdict


def test_the_unread_words_are_named():
    """A verdict in part names the words that were not read."""
    judgement = sentence_verdict(SUPPORTED, (PART,))
    assert judgement.unread == (RANK,)
    assert "“the oldest alliance”" in judgement.why
    check = replace(check_sentence(TEXT, LEDGER, as_of=DAY), claims=SUPPORTED, unread=(PART,))
    payload = check.payload()
    assert payload["verdict"] == "supported_in_part"
    assert payload["unread"] == (RANK,)
    assert check.headline() == "Supported in part as of 1 October 2024"


@pytest.mark.parametrize(
    ("finding", "says"),
    [
        (Finding("supported", "match"), "supported"),
        (Finding("contradicted", "differs"), "contradicted"),
        (Finding("not_checkable", "no_row"), "not_checkable"),
    ],
)
def test_a_denied_claim_is_denied(finding, says):
    """A denial has no verdict of its own; what the figures say of the claim inside stands beside it."""
    denied = deny(finding)
    assert (denied.verdict, denied.reason) == ("not_checkable", "denied")
    claim = replace(SUPPORTED[0], verdict=denied.verdict, reason=denied.reason, note=denied.note)
    assert inside(claim) == says
    for claims in ((claim,), (claim, *SUPPORTED)):
        judgement = sentence_verdict(claims)
        assert (judgement.verdict, judgement.reason) == ("not_checkable", "denied")
    check = replace(check_sentence(TEXT, LEDGER, as_of=DAY), claims=(claim,))
    assert check.payload()["denied"] == [{"text": claim.text, "verdict": says}]


def test_sentences_with_figures_are_counted():
    """Of the sentences with figures it is said how many were read whole, in part, and not."""
    unread = SentenceReading((0, 46), "not", (), "too_long")
    assert read_sentence((WHOLE, PART, unread, unread)) == (
        "1 of 4 sentences with figures read whole, 1 in part, 2 not."
    )
    assert read_sentence(()) == ""
    reading = replace(check_sentence(TEXT, LEDGER, as_of=DAY), unread=(WHOLE, PART, unread))
    table = next(t for t in Readings((reading,)).tables() if t.name == "unread")
    assert [(row["read"], row["words"]) for row in table.rows] == [
        ("read in part", "the oldest alliance"),
        ("not read", ""),
    ]
    assert "too long" in table.rows[1]["why"]
    assert Readings((reading,)).sentences()[0].startswith("1 of 3 sentences with figures read whole")
