"""Claims that protection depends on spending: found by a law over wording, checked against dated statements.

Half of the sentences were at hand when the law was written, and the other half was looked at once afterwards.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from foedus.guarantee.statements import guarantee_statements, use_searches
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import check_sentence, read_text

LEDGER = LedgerIndex.load()
DAY = date(2026, 11, 1)
KIND = "conditional_guarantee"
with (Path(__file__).parent / "conditional_guarantee.csv").open(encoding="utf-8", newline="") as file:
    SENTENCES = list(csv.DictReader(file))


def _claims(text, day=DAY):
    return [c for c in check_sentence(text, LEDGER, as_of=day).claims if c.kind == KIND]


@pytest.mark.parametrize("half", ["build", "held_out"])
def test_the_claim_is_found_where_it_stands_and_nowhere_else(half):
    """Of each half, ten sentences hold the claim and ten are near misses; all twenty are told apart."""
    rows = [row for row in SENTENCES if row["half"] == half]
    assert [row["holds"] for row in rows].count("yes") == 10
    assert len(rows) == 20
    wrong = [row["text"] for row in rows if bool(_claims(row["text"])) != (row["holds"] == "yes")]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "day", "outcome"),
    [
        ("In February 2024 Trump said he would not protect NATO allies that do not pay.", DAY, "supported"),
        ("Trump said he would not protect NATO allies that do not pay.", date(2016, 1, 1), "no_row"),
        ("In May 2023 Trump said he would not protect NATO allies that do not pay.", DAY, "no_row"),
        ("Rutte said he would not protect NATO allies that do not pay.", DAY, "no_row"),
        ("Keith Kellogg would take the protection of Article 5 from members below 2%.", DAY, "supported"),
        ("An aide told Kellogg that NATO allies that do not pay would not be helped.", DAY, "unnamed"),
        ("The aide said he would not protect NATO allies that do not pay.", DAY, "unnamed"),
        ("Trump denied that he would not protect NATO allies that do not pay.", DAY, "denied"),
        ("Did Trump say he would not protect NATO allies that do not pay?", DAY, "asked"),
    ],
)
def test_who_said_it_and_when_is_checked(text, day, outcome):
    """A statement is supported by a row of that person by that day; otherwise it is open, with its reason."""
    (claim,) = _claims(text, day)
    assert outcome in (claim.verdict, claim.reason)
    assert text[slice(*claim.span)] == claim.text
    if outcome == "supported":
        assert {e.card for e in claim.evidence} == {"guarantee-statements-2026-11"}
        assert "no decision" in claim.note
    else:
        assert claim.verdict == "not_checkable"


def test_a_quotation_is_its_speakers():
    """The claim in a quotation belongs to the one who is quoted, and the ledger's row is that person's."""
    text = "“If NATO allies don't pay, I'm not going to defend them,” Donald Trump said in the Oval Office."
    (claim,) = [c for c in read_text(text, LEDGER, day=date(2025, 3, 7)).claims if c.kind == KIND]
    assert (claim.speaker, claim.verdict) == ("Donald Trump", "supported")
    assert claim.voice.startswith("quotation")


def test_statements_are_dated_and_sourced():
    """Every statement has a named person, a source and how it is known; a day sees those by then."""
    rows = guarantee_statements()
    assert [row.day for row in rows] == sorted(row.day for row in rows)
    for row in rows:
        assert len(row.speaker.split()) > 1
        assert row.source
        assert row.known in {"press", "retrieved", "unverified"}
    assert len(guarantee_statements(date(2024, 2, 12))) == 2
    assert {row.speaker for row in guarantee_statements(speaker="Keith Kellogg")} == {"Keith Kellogg"}


def test_no_use_of_an_article_was_found_after_september_2025():
    """What was found when uses of Articles 4 and 5 were looked for says that there was none."""
    rows = use_searches()
    assert {row.article for row in rows} == {4, 5}
    assert {row.use for row in rows} == {"none"}
    for row in rows:
        assert date(2025, 9, 19) < row.day <= row.searched
        assert row.url.startswith("https://")


_SAID = ("Trump told NATO allies that ", "The senator said of NATO that ")
_CONSEQUENCES = (
    "he would not protect {0}",
    "the US might not come to the aid of {0}",
    "America would leave {0} on their own",
    "he would encourage Russia to attack {0}",
    "Article 5 would not apply to {0}",
    "{0} would lose American protection",
    "nobody would shield {0}",
)
_THAT_PAY_NOT = (
    ("allies", " if they do not pay"),
    ("allies", " unless they spend 2% of GDP"),
    ("allies that fail to meet the guideline", ""),
    ("delinquent members", ""),
    ("members below the target", ""),
    ("them", " until they reach the target"),
    ("a member state not paying its fair share", ""),
)
_OTHERS = (("allies", " if Russia attacks"), ("members in the east", ""), ("allies that border Russia", ""))
_OTHER_CONSEQUENCES = ("he met {0}", "NATO would write a report on {0}", "he was proud of {0}")


def _spoken(consequences, conditions):
    return [
        f"{said}{consequence.format(whom)}{condition}."
        for said in _SAID
        for consequence in consequences
        for whom, condition in conditions
    ]


def test_a_consequence_and_a_condition_make_the_claim_whatever_their_words():
    """Every consequence with every condition is found; with another condition or another consequence none."""
    texts = [
        " ".join(_spoken(*parts))
        for parts in (
            (_CONSEQUENCES, _THAT_PAY_NOT),
            (_CONSEQUENCES, _OTHERS),
            (_OTHER_CONSEQUENCES, _THAT_PAY_NOT),
        )
    ]
    counts = [len([c for c in read_text(t, LEDGER, day=DAY).claims if c.kind == KIND]) for t in texts]
    assert counts == [len(_SAID) * len(_CONSEQUENCES) * len(_THAT_PAY_NOT), 0, 0]
