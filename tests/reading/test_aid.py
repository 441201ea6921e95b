"""What articles say of aid to Ukraine is checked against the release of their day, slow to contradict."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.aid.tracker import tracker
from foedus.reading.frames.aid_check import check_aid
from foedus.reading.frames.exchange import euro_rates
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import check_sentence
from foedus.reading.values import Amount

LEDGER = LedgerIndex.load()
DAY = date(2026, 9, 15)
YES, NO, OPEN = ("supported", "match"), ("contradicted", "differs"), ("not_checkable", "definition")

UNCLEAR, CONDITION = ("not_checkable", "date_unclear"), ("not_checkable", "hypothetical")


def _verdicts(text, day=DAY):
    claims = [c for c in check_sentence(text, LEDGER, as_of=day).claims if c.kind == "aid_amount"]
    return [(c.verdict, c.reason) for c in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Germany has allocated EUR 24.2 billion of military aid to Ukraine.", YES),
        ("Kyiv has received 115.4 billion euros in aid from the United States.", YES),
        ("European aid to Ukraine totals EUR 214.8 billion.", YES),
        ("Europe has committed EUR 389.7 billion to Ukraine.", YES),
        ("Since the start of the war, the Netherlands has allocated EUR 10.7 billion to Ukraine.", YES),
        ("Military aid to Ukraine from European countries came to 34.7 billion euros in 2025.", YES),
        ("Denmark has given 3.3% of its GDP in aid to Ukraine.", YES),
        ("Europe has given Ukraine more aid than the United States.", YES),
        ("The United States has given Ukraine more military aid than Europe.", NO),
        ("Estonia has given Ukraine a larger share of its GDP than Germany.", YES),
        ("The US has spent $350 billion on Ukraine.", NO),
        ("Germany has allocated EUR 240 billion of military aid to Ukraine.", NO),
        ("Since 2022 Europe has allocated a total of EUR 20 billion of military aid to Ukraine.", NO),
        ("Germany has allocated EUR 20 billion of military aid to Ukraine.", ("not_checkable", "rounding")),
        ("Poland has spent 40 billion euros on Ukraine.", OPEN),
        ("Germany has given Ukraine 47.7 billion euros.", OPEN),
        ("The United States has provided $66.9 billion in military assistance to Ukraine since 2022.", OPEN),
        ("The US has allocated $130 billion to Ukraine.", OPEN),
        ("The US has authorised $400 billion for aid to Ukraine.", OPEN),
        ("Germany allocated EUR 9 billion of aid to Ukraine in 2025.", ("not_checkable", "no_row")),
        (
            "Germany has allocated EUR 9 billion of aid to Ukraine since 2024.",
            ("not_checkable", "date_unclear"),
        ),
        ("Europe has not given Ukraine 200 billion euros in aid.", ("not_checkable", "negated")),
        (
            "If Germany had given Ukraine 500 billion euros, it would be over.",
            ("not_checkable", "hypothetical"),
        ),
    ],
)
def test_an_amount_is_held_against_the_release(text, expected):
    """What the words ask for supports; another definition, currency, period or a part leaves it open."""
    assert _verdicts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Germany and its partners have allocated EUR 160 billion of military aid to Ukraine.",
        "The US and Europe have allocated EUR 170 billion in military aid to Ukraine.",
        "Germany gives Ukraine more military aid than any other European country.",
        "Eastern European countries have given Ukraine more aid than Japan.",
        "In total the US has allocated 5 billion euros to Ukraine for air defence.",
        "The US sent Ukraine weapons worth 20 billion euros in 2025.",
        "Two European countries allocated EUR 40 billion in military aid to Ukraine.",
        "The US gave Israel more military aid than Ukraine.",
        "Ukraine needs 600 billion dollars.",
        "The US has delivered military aid to Ukraine more quickly than Europe.",
        "Denmark spends 3.3% of GDP on defence and on aid to Ukraine.",
        "Germany raised its military aid to Ukraine by 300 billion euros.",
        "NATO allies have pledged Ukraine 400 billion euros in aid.",
    ],
)
def test_what_may_be_true_is_never_contradicted(text):
    """Several donors, parts of a group, purposes, deliveries and other money are never held against a sum."""
    assert check_sentence(text, LEDGER, as_of=DAY).verdict != "contradicted"


def test_without_a_release_of_the_day_nothing_is_checked():
    """As of a day before the first release that is held, an amount is not checked, and the reason says so."""
    text = "Germany has allocated EUR 24.2 billion of military aid to Ukraine."
    (claim,) = check_sentence(text, LEDGER, as_of=date(2025, 3, 1)).claims
    assert (claim.verdict, claim.reason) == ("not_checkable", "no_release")
    assert claim.why == "no release held for that day"


def _claim(**items):
    return {"kind": "all", "stage": "given", "total": True, "bare": True, **items}


@pytest.mark.parametrize("donor", [row.donor for row in tracker(DAY).donors])
def test_no_figure_of_the_release_is_contradicted_under_any_reading(donor):
    """Allocated, committed, military or in all, in euros, dollars or pounds: no true sum is contradicted."""
    row = tracker(DAY).donor(donor)
    in_all = row.military + row.financial + row.humanitarian
    for value in (row.military, in_all, row.committed):
        for currency in ("EUR", "USD", "GBP"):
            low, high = euro_rates(currency, donor, LEDGER, DAY)
            for rate in (low, high):
                stated = Amount(value * rate, 1e8, 1e8, currency=currency)
                for kind in {"all", "military"} if value in (row.military, row.committed) else {"all"}:
                    finding = check_aid(_claim(country=donor, kind=kind, amount=stated), LEDGER, DAY)
                    assert finding.verdict != "contradicted"


def test_what_congress_appropriated_is_within_what_definitions_explain():
    """A sum that counts what was authorised for the response to the war, a third more, is left open."""
    stated = Amount(183e9, 1e9, 1e9, currency="USD")
    assert check_aid(_claim(country="USA", amount=stated), LEDGER, DAY).verdict == "not_checkable"


def test_refugees_may_have_been_counted():
    """What a European state spent in all is never contradicted: some count what they spend on refugees."""
    stated = Amount(500e9, 1e9, 1e9, currency="EUR")
    assert check_aid(_claim(country="DEU", amount=stated), LEDGER, DAY).verdict == "not_checkable"
    of_arms = _claim(country="DEU", kind="military", amount=stated)
    assert check_aid(of_arms, LEDGER, DAY).verdict == "contradicted"


def test_rates_of_exchange_are_as_wide_as_they_have_been():
    """The dollar is between 0.9 and 1.3 to the euro since 2022, and a currency that nobody knows has none."""
    low, high = euro_rates("USD", "USA", LEDGER, DAY)
    assert 0.9 < low < 1.05 < 1.13 < high < 1.3
    assert euro_rates("other", "USA", LEDGER, DAY) is None
    assert euro_rates("EUR", "DEU", LEDGER, DAY) == (1.0, 1.0)
