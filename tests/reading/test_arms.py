"""Arms for Ukraine are checked against the record of transfers, which is slow to contradict."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.aid.transfers import refusals, transfers
from foedus.reading.frames.arms_check import check_arms
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.patterns.arms import WEAPONS, weapons_in
from foedus.reading.read import check_sentence

LEDGER = LedgerIndex.load()
DAY = date(2024, 10, 2)


def _verdicts(text, day=DAY):
    claims = [c for c in check_sentence(text, LEDGER, as_of=day).claims if c.kind == "arms_transfer"]
    return [(c.verdict, c.reason) for c in claims]


YES, NO = ("supported", "match"), ("contradicted", "differs")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("During Trump's presidency, he provided the Ukrainian army with Javelin missiles.", YES),
        ("The United States delivered Javelin missiles to Ukraine in April 2018.", YES),
        ("The US approved the sale of Javelins to Ukraine in March 2018.", YES),
        ("Barack Obama sent Javelins to Ukraine.", NO),
        ("Under Obama, the US sent Javelins to Ukraine.", NO),
        ("Ukraine received Patriot systems from the United States in 2021.", NO),
        ("Germany delivered Patriot systems to Ukraine in April 2023.", YES),
        ("The Netherlands and Denmark announced in August 2023 that they would give F-16s to Ukraine.", YES),
        ("Macron sent Caesars to Kyiv.", YES),
        ("Abrams tanks were delivered to Ukraine in September 2023.", YES),
        ("In 2023, Germany gave Ukraine Taurus missiles.", NO),
        ("Poland sent Leopard tanks to Ukraine.", YES),
        ("Hungary sent Javelins to Ukraine in 2022.", NO),
        ("Boris Johnson gave Ukraine NLAWs.", ("not_checkable", "announced_only")),
        ("Italy delivered Patriots to Ukraine.", ("not_checkable", "no_row")),
        ("Germany has delivered Taurus missiles to Ukraine.", ("not_checkable", "no_row")),
        ("The Netherlands sent F-16s to Ukraine before the war.", ("not_checkable", "date_unclear")),
        (
            "If Germany had sent Leopards to Ukraine in 2022, it would have won.",
            ("not_checkable", "hypothetical"),
        ),
        ("Scholz refused to send Taurus missiles to Ukraine.", ("not_checkable", "wish")),
    ],
)
def test_who_gave_what_and_when(text, expected):
    """A verdict rests on donor, weapon, day and office; what the record lacks is open."""
    assert _verdicts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Russia destroyed Leopard tanks in Ukraine.",
        "Ukrainian pilots trained on F-16s in Denmark.",
        "Germany sent spare parts for Leopard tanks to Ukraine.",
        "Germany sent Patriot systems to Poland, which borders Ukraine.",
        "The Patriot was a film about Ukraine.",
    ],
)
def test_other_things_give_no_verdict(text):
    """What is done with a weapon, what is given for it and what goes to others is no transfer of it."""
    assert all(verdict == "not_checkable" for verdict, _ in _verdicts(text))


def test_of_two_dates_none_contradicts():
    """Where a sentence has several dates, the one of another weapon is never held against this one."""
    text = "The US sent Javelins to Ukraine in 2018 and HIMARS in 2022."
    assert NO not in _verdicts(text)
    assert YES in _verdicts(text)
    assert NO not in _verdicts("Slovakia gave Ukraine a system in April 2022 and MiG-29 jets a year later.")


def test_a_date_of_the_sentence_is_never_left_out():
    """A date that the tree gives to a number beside the weapon still bears on the claim."""
    assert _verdicts("Britain pledged 14 Challenger 2 tanks to Ukraine in January 2021.") == [
        ("not_checkable", "one_witness")
    ]


def test_what_was_published_later_decides_nothing():
    """As of a day before the announcement the claim is open, and the row is shown as later."""
    (claim,) = check_sentence(
        "The United States sent Patriots to Ukraine.", LEDGER, as_of=date(2022, 6, 1)
    ).claims
    assert (claim.verdict, claim.reason) == ("not_checkable", "no_row")
    assert all(evidence.later for evidence in claim.evidence)


SURE = [row for row in transfers() if row.known != "unverified"]


@pytest.mark.parametrize("row", SURE, ids=lambda row: f"{row.donor}-{row.weapon}-{row.public}")
def test_no_row_contradicts_itself(row):
    """What a row says is supported as of the day after, and of no day is it contradicted."""
    for manner, day in (("announced", row.announced), ("handed", row.delivered)):
        if day is None:
            continue
        claim = {"weapon": row.weapon, "donors": (row.donor,), "manner": manner, "years": {"tense": "past"}}
        assert check_arms(claim, LEDGER, day).verdict == "supported"
        other = {**claim, "manner": "handed" if manner == "announced" else "announced"}
        assert check_arms(other, LEDGER, day).verdict != "contradicted"


def test_the_record_says_how_each_row_is_known():
    """Every row has a source with its address, a day, and days in their order; weapons have a name."""
    for row in transfers():
        assert row.source
        assert row.url.startswith("http")
        assert row.known in {"retrieved", "press", "unverified"}
        assert row.announced or row.delivered
        assert bool(row.delivered) == bool(row.delivered_source)
        if row.announced and row.delivered:
            assert row.announced <= row.delivered
        if row.announced and row.none_before:
            assert row.none_before <= row.announced
    assert {row.weapon for row in (*transfers(), *refusals()) if row.weapon} <= set(WEAPONS)


def test_names_of_weapons_are_read_whole():
    """A number behind a name belongs to it, and a word that only begins like one does not name it."""
    text = "Leopard 2A6s, Leopards, an F-16, Patriots and patriotic Marders."
    assert [code for code, *_ in weapons_in(text)] == ["leopard_2", "leopard", "f_16", "patriot", "marder"]
