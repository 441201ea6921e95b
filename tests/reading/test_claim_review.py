"""Verdicts as drafts of ClaimReview."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from foedus.cli import run_command
from foedus.reading.claim_review import claim_reviews
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import read_text
from foedus.reading.trees.types import SentenceReading, Unread

LEDGER = LedgerIndex.load()
SCHEMA = json.loads((Path(__file__).parent / "claim_review.schema.json").read_text(encoding="utf-8"))
TEXT = (
    "“We have 31 allies,” Rutte said. NATO was founded in 1949. Germany spends 2.12% of GDP on defence. "
    "Trump won the 2024 US presidential election."
)


def _reviews(reading):
    graph = claim_reviews([reading], version="1.0")
    jsonschema.Draft202012Validator(SCHEMA).validate(graph)
    return graph["@graph"]


@pytest.mark.parametrize("day", [date(2024, 10, 1), None])
def test_drafts_fit_the_schema_and_lead_back(day):
    """There is one valid draft for each claim with a verdict, with the span of the claim in the text."""
    reading = read_text(TEXT, LEDGER, day=day)
    decided = [c for c in reading.claims if c.verdict != "not_checkable"]
    assert len(decided) < len(reading.claims)
    reviews = _reviews(reading)
    assert len(reviews) == len(decided) > 0
    for review, claim in zip(reviews, decided, strict=True):
        appearance = review["itemReviewed"]["appearance"]
        start, end = (appearance["identifier"][key] for key in ("minValue", "maxValue"))
        assert (start, end) == claim.span
        assert TEXT[start:end] == appearance["text"] == claim.text
        assert ("datePublished" in review["itemReviewed"]) is reading.dating.exact


def test_who_says_it_and_what_the_verdict_is():
    """The speaker of a quotation is the author of its claim, and the rating says the verdict."""
    reading = read_text(TEXT, LEDGER, day=date(2024, 10, 1))
    by_text = {r["claimReviewed"]: r for r in _reviews(reading)}
    members = next(r for text, r in by_text.items() if "31 allies" in text)
    assert members["itemReviewed"]["author"] == {"@type": "Person", "name": "Mark Rutte"}
    assert members["reviewRating"]["alternateName"].startswith("Contradicted")
    assert members["reviewRating"]["ratingValue"] == 1
    share = next(r for text, r in by_text.items() if "2.12%" in text)
    assert share["itemReviewed"]["author"]["@type"] == "Organization"
    assert share["reviewRating"]["ratingValue"] == 3
    assert ("nato-2024-06", "2024-06-17") in {(c["name"], c["datePublished"]) for c in share["citation"]}
    assert all(c["datePublished"] <= "2024-10-01" for c in share["citation"])


def test_beside_unread_words_a_claim_is_supported_in_part():
    """A draft does not call a claim supported where words of its sentence stand unread."""
    text = "NATO was founded in 1949, the oldest alliance."
    reading = read_text(text, LEDGER, day=date(2024, 10, 1))
    unread = SentenceReading((0, len(text)), "part", (Unread((26, 45), text[26:45], "rank"),))
    (review,) = _reviews(replace(reading, unread=(unread,)))
    assert review["reviewRating"]["ratingValue"] == 2
    assert review["reviewRating"]["alternateName"].startswith("Supported in part")


def test_a_text_without_verdicts_gives_nothing():
    """What is not checkable, and what states nothing, gives no draft."""
    for text in ("The weather was fine.", "Trump won the 2024 US presidential election."):
        assert _reviews(read_text(text, LEDGER, day=date(2024, 10, 1))) == []


def test_the_command_writes_the_drafts(tmp_path, capsys):
    """--claimreview writes the drafts of every article, whole or not at all."""
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    target = tmp_path / "drafts.json"
    assert run_command(["read", str(article), "--date", "2024-10-01", "--claimreview", str(target)]) == 0
    graph = json.loads(target.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(graph)
    assert len(graph["@graph"]) > 0
    before = target.read_bytes()
    assert run_command(["read", str(article), "--claimreview", str(tmp_path / "none" / "x.json")]) == 2
    assert "its folder does not exist" in capsys.readouterr().err
    assert target.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "drafts.json"]
