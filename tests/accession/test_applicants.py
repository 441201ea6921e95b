"""What is specific to an applicant: Article 10, facts with sources, whom they move, and that a holder may
refuse."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.accession.applicants import (
    KINDS,
    all_positions,
    article_10_bar,
    facts,
    opponents,
    partnerships,
    refusals,
)
from foedus.accession.forecast import Seen, forecast
from foedus.accession.posterior import packaged_draws, packaged_pace, ratifiers_of
from foedus.accession.predict import accession
from foedus.accession.record import positions
from foedus.accession.recorded import accession_record
from foedus.cli import run_command
from foedus.evidence.institutions import members_on
from foedus.evidence.records import record_rows

DAY = date(2026, 11, 26)
ALLIES = tuple(members_on(DAY))
APPLICANTS = ("GEO", "BIH", "IRL", "CYP", "XKX", "UKR")


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert run_command(["accession", *words, "--as-of", str(DAY), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_six_applicants_have_six_answers() -> None:
    """No two of them share their facts, and those whose facts move allies differ in their odds as well."""
    answers = [accession(code, as_of=DAY) for code in APPLICANTS]
    assert len({tuple(f.line for f in a.specific) for a in answers}) == len(APPLICANTS)
    odds = [a.invitation.chance.probability for a in answers if a.invitation is not None]
    assert len(odds) == len(set(odds)) == 4
    for answer in answers:
        assert answer.name in answer.what_is_specific()
        for fact in answer.specific:
            assert fact.source
            assert fact.known
            assert fact.kind in KINDS


@pytest.mark.parametrize("words", ["Russia", "RUS"])
def test_a_state_named_a_threat_is_refused(capsys: pytest.CaptureFixture[str], words: str) -> None:
    """The article and the agreed text are named, in one sentence."""
    assert run_command(["accession", words]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Article 10" in shown.err
    assert "threat" in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize("code", ["JPN", "AUS", "KAZ", "ISR", "MAR", "BRA"])
def test_a_state_outside_europe_is_refused(code: str) -> None:
    """Whoever stands in no table of European states is barred by the article."""
    assert "no European state" in (article_10_bar(code, DAY) or "")


def test_every_european_state_outside_is_answered_or_named() -> None:
    """A state of the table is barred only by an agreed text; before that text nobody is."""
    codes = [row["country"] for row in record_rows("applicants", "states")]
    barred = [c for c in codes if article_10_bar(c, DAY)]
    assert barred == ["RUS"]
    assert not any(article_10_bar(c, date(2021, 1, 1)) for c in codes)
    assert not set(codes) & set(ALLIES)


@pytest.mark.parametrize("table", ["states", "facts", "partnerships"])
def test_every_row_has_a_source(table: str) -> None:
    """Nothing in the tables stands without a source and how it is known."""
    for row in record_rows("applicants", table):
        assert row["source"].strip()
        assert row["known"]


def test_a_fact_holds_from_its_day() -> None:
    """As of a day before a fact, the fact is not said."""
    recorded = [f for f in facts("CYP", DAY) if f.since is not None]
    assert recorded
    for fact in recorded:
        before = fact.since - timedelta(days=1)
        assert fact.line not in [f.line for f in facts("CYP", before)]


@pytest.mark.parametrize("code", ["GEO", "CYP", "XKX", "MDA", "BLR"])
def test_facts_move_the_allies_they_name(code: str) -> None:
    """An opponent stands below the allies that no fact names, and each position says by what it is moved."""
    stands = {p.ally: p for p in all_positions(code, DAY, ALLIES)}
    assert set(stands) == set(ALLIES)
    others = [p for ally, p in stands.items() if ally not in opponents(code, DAY)]
    for ally in opponents(code, DAY):
        assert all(stands[ally].position[1] < p.position[1] for p in others)
    assert all("moved by: " in p.source for p in stands.values())


def test_recorded_positions_stay_as_recorded() -> None:
    """A fact moves no ally whose position on the applicant was recorded, and does not say so."""
    assert all_positions("UKR", DAY, ALLIES) == positions("UKR")
    assert not any(f.moves for f in facts("UKR", DAY))
    assert all_positions("IRL", DAY, ALLIES) == ()


def test_partners_are_dated() -> None:
    """The table holds the European Union, the four of the Asia-Pacific, and those who left."""
    partners = {p.partner for p in partnerships()}
    assert {"EU", "AUS", "JPN", "KOR", "NZL", "AUT", "CHE", "IRL", "MLT", "SRB", "BIH"} <= partners
    assert not {"CYP", "XKX"} & partners
    assert any("was in" in f.line for f in facts("BLR", DAY))
    assert sum(f.kind == "partner" for f in facts("MLT", DAY)) == 1
    assert accession_record("MLT").payload()["partners"]


def _never(
    refuses: dict[str, float], holders: tuple[str, ...] = (), objecting: tuple[str, ...] = ()
) -> float:
    ratifiers = ratifiers_of(
        ALLIES, holders=holders, objecting=objecting, ally_pace=packaged_pace(), refuses=refuses
    )
    draws = packaged_draws(6)
    return 1.0 - float(forecast(draws, ratifiers, DAY, np.array([10.0]), Seen()).last_ratification[-1])


@given(st.sampled_from(ALLIES), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_likelier_refusal_is_never_a_likelier_entry(ally: str, first: float, second: float) -> None:
    """Never ratifying gets likelier with a holder's chance of refusing, and is at least as likely."""
    less, more = sorted((first, second))
    low, high = (_never({ally: chance}, (ally,)) for chance in (less, more))
    assert low <= high + 1e-12
    assert low >= less - 1e-9


def test_a_named_holder_may_refuse(capsys: pytest.CaptureFixture[str]) -> None:
    """Naming Türkiye on Cyprus changes whether entry comes, and a chance given with it changes it further."""
    rows = [
        _json(capsys, "CYP", *words)["probabilities"][-1]
        for words in ((), ("--holders", "TUR"), ("--holders", "TUR:0.9"))
    ]
    plain, named, given_chance = (row["probability"] for row in rows)
    assert plain + 0.05 < named < given_chance
    assert all(row["low"] <= row["probability"] <= row["high"] for row in rows)
    assert rows[0]["low"] < rows[0]["high"]


@pytest.mark.parametrize("chance", ["2", "-0.1", "half", ""])
def test_a_chance_of_refusing_is_a_fraction(capsys: pytest.CaptureFixture[str], chance: str) -> None:
    """Anything else is refused in one sentence."""
    assert run_command(["accession", "CYP", "--holders", f"TUR:{chance}"]) == 2
    assert "write it from 0 to 1" in capsys.readouterr().err


def test_opponents_refuse_likelier() -> None:
    """The judged chances lie inside their ranges, and an opponent's is the greater one."""
    value, low, high = refusals(ALLIES, ("TUR",))
    assert value["TUR"] > value["FRA"]
    assert all(low[a] <= value[a] <= high[a] for a in ALLIES)


def test_the_record_of_one_country_is_its_own() -> None:
    """`--record FIN` shows Finland's round alone, with both days that sources give for the invitation."""
    record = accession_record("FIN")
    (only,) = record.rounds
    assert only.acceding == ("FIN",)
    assert only.invitation_also == date(2022, 6, 28)
    by_name = {r.name: r for r in accession_record().rounds}
    assert by_name["1952"].signed_also == date(1951, 10, 22)
