"""The arms race: errors out of sample to the digit, the yielding that follows, and laws of the equations."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.cli import run_command
from foedus.errors import InputError, NoDataError
from foedus.evidence import Ledger
from foedus.guarantee.spiral import spiral
from foedus.guarantee.spiral_fit import TwoSides, error_rows, estimates_of, two_sides
from foedus.guarantee.spiral_model import READINGS, SideTerms, paths_of, reading_terms, settles
from foedus.guarantee.spiral_record import FORMS, SIDES, error_table, estimates

RESULT = spiral()
FILED = {
    "richardson": (".030", ".103", ".144", ".272"),
    "coupled_pair": (".030", ".094", ".144", ".353"),
    "own_level": (".027", ".079", ".137", ".345"),
    "no_change": (".034", ".087", ".102", ".241"),
    "growth": (".018", ".062", ".083", ".220"),
    "growth_coupled": (".019", ".060", ".122", ".278"),
}
"""Mean absolute errors of the log: Europe 1 and 3 years ahead, Russia 1 and 3 years ahead."""


@pytest.mark.parametrize("form", FORMS)
def test_the_errors_are_those_that_were_found(form):
    """Each form's packaged errors read the published three digits, for both sides and both horizons."""
    cells = {(r.side, r.ahead): r for r in error_table() if r.form == form}
    places = [("europe", 1), ("europe", 3), ("russia", 1), ("russia", 3)]
    assert tuple(f"{cells[place].error:.3f}".removeprefix("0") for place in places) == FILED[form]
    assert [cells[place].origins for place in places] == [19, 17, 19, 17]
    assert {r.first_origin for r in cells.values()} == {2005}


def test_the_answer_yields_where_richardson_has_no_skill():
    """The first thing said is that the equations won nothing, and what stands is growth carried on."""
    assert RESULT.wins == ()
    assert RESULT.headline().startswith("0 of 4 comparisons")
    assert "growth carried on stands" in RESULT.headline()
    assert RESULT.tables()[0].name == "skill"
    assert {row.year for row in RESULT.carried} == {2024, 2025, 2026, 2027}


def test_a_printed_year_stands_before_the_path():
    """Years that NATO has printed since are given as figures, from the edition known on the day."""
    rows = {row["year"]: row for row in next(t for t in RESULT.tables() if t.name == "carried").rows}
    assert [row.year for row in RESULT.printed] == [2025, 2026]
    assert rows[2025]["printed"] == pytest.approx(RESULT.printed[0].growth)
    assert "printed" not in rows[2027]
    assert f"grew by {RESULT.printed[0].words}" in RESULT.notes[1]
    early = spiral(ledger=Ledger.packaged().as_of(date(2024, 12, 31)))
    assert early.printed == ()
    assert not early.notes[1].startswith("NATO has printed")


def test_the_answer_follows_the_table():
    """Were Richardson's errors the least somewhere, the answer would count it."""
    better = tuple(
        replace(row, error=0.001) if (row.form, row.side, row.ahead) == ("richardson", "europe", 1) else row
        for row in RESULT.errors
    )
    answer = replace(RESULT, errors=better).answer()
    assert answer.number == "1 of 4"
    assert "no skill" not in answer.title


def test_the_readings_differ_in_restraint():
    """In each reading one side's restraint is answered, and the other's changes nothing."""
    change = {(row.reading, row.side): row.rival_change for row in RESULT.restraint}
    assert change["europe_reading", "europe"] == 0.0
    assert change["russia_reading", "russia"] == 0.0
    assert change["europe_reading", "russia"] == pytest.approx(change["russia_reading", "europe"])
    assert change["russia_reading", "europe"] < 0
    assert RESULT.rest == "it depends"


def test_everything_printed_says_that_it_is_assumed():
    """The table of numbers grades each of them, and the notes say what the scenario says nothing of."""
    numbers = RESULT.table("numbers").rows
    assert len(numbers) == 12
    assert {row["grade"] for row in numbers} == {"assumed"}
    assert all(row["low"] <= row["value"] <= row["high"] for row in numbers)
    assert "nothing of whether a war comes" in RESULT.notes[0]
    for row in RESULT.paths:
        assert row.low - 1e-12 <= row.change <= row.high + 1e-12


TERMS = st.builds(SideTerms, st.floats(0, 0.1), st.floats(0, 0.4), st.floats(0.05, 0.5))


@given(TERMS, TERMS)
@settings(max_examples=40, deadline=None)
def test_a_pair_that_settles_comes_to_rest_and_another_does_not(europe, russia):
    """Where reactions outweigh fatigues spending grows without end, and otherwise it comes to rest."""
    terms = {"europe": europe, "russia": russia}
    product = europe.reaction * russia.reaction - europe.fatigue * russia.fatigue
    if abs(product) < 0.01 or europe.ambition + russia.ambition < 0.01:
        return
    path = paths_of(terms, 2000)["europe"] + paths_of(terms, 2000)["russia"]
    assert settles(terms) == (product < 0)
    assert (abs(path[-1] - path[-2]) < 1e-6) == (product < 0)


@given(TERMS, TERMS, st.floats(0, 0.5))
@settings(max_examples=30, deadline=None)
def test_spending_less_never_raises_the_rival(europe, russia, less):
    """With reactions that are not negative, one side's restraint never raises the other's spending."""
    terms = {"europe": europe, "russia": russia}
    without = paths_of(terms, 10)["russia"]
    restrained = paths_of(terms, 10, {"europe": -less})["russia"]
    assert (restrained <= without + 1e-12).all()


def test_a_reading_has_one_side_that_answers():
    """In a reading one side has ambition and no reaction, the other reaction and no ambition."""
    for reading in READINGS:
        sides = reading_terms(reading).values()
        assert sorted((t.ambition > 0, t.reaction > 0) for t in sides) == [(False, True), (True, False)]


def _series(rng, last=2024):
    steps = rng.normal(0.03, 0.05, (2, last - 1993))
    levels = np.concatenate([np.zeros((2, 1)), steps], axis=1).cumsum(axis=1)
    return TwoSides(tuple(range(1993, last + 1)), levels[0], levels[1])


def test_no_change_and_a_straight_line_are_scored_by_hand():
    """Of a series that grows evenly no change misses by the growth, and growth carried on misses nothing."""
    years = tuple(range(1993, 2025))
    line = np.arange(len(years)) * 0.02
    sides = TwoSides(years, line, line * 2)
    errors = {(r.form, r.side, r.ahead): r.error for r in error_rows(sides)}
    assert errors["no_change", "europe", 1] == pytest.approx(0.02)
    assert errors["no_change", "europe", 3] == pytest.approx(0.06)
    assert errors["growth", "europe", 3] == pytest.approx(0.0, abs=1e-9)
    assert errors["growth", "russia", 3] == pytest.approx(0.0, abs=1e-9)


def test_the_future_changes_no_forecast():
    """A forecast from a year is the same whatever comes after, so that errors of earlier origins stand."""
    sides = _series(np.random.default_rng(3))
    later = sides.europe.copy()
    later[-1] += 5.0
    changed = TwoSides(sides.years, later, sides.russia)
    first, second = ({(r.form, r.side, r.ahead): r for r in error_rows(s)} for s in (sides, changed))
    for form in FORMS:
        gap = second[form, "europe", 1].error - first[form, "europe", 1].error
        assert abs(gap) * 19 <= 5.0 + 1e-9
        assert second[form, "russia", 1].error == pytest.approx(first[form, "russia", 1].error)


def test_the_unit_of_money_changes_nothing():
    """Ten times the dollars of both sides give the same errors and estimates."""
    sides = _series(np.random.default_rng(5))
    scaled = TwoSides(sides.years, sides.europe + np.log(10), sides.russia + np.log(10))
    for one, other in zip(error_rows(sides), error_rows(scaled), strict=True):
        assert one.error == pytest.approx(other.error, rel=1e-6)
    for one, other in zip(estimates_of(sides), estimates_of(scaled), strict=True):
        assert one.own == pytest.approx(other.own, rel=1e-6)
        assert one.constant == pytest.approx(other.constant, rel=1e-6, abs=1e-12)


def test_a_state_that_enters_the_tables_is_no_growth():
    """A country's years before its first figure carry it; a gap after it is refused by name."""
    years = range(1993, 2025)
    spending = {"DEU": dict.fromkeys(years, 10.0), "MNE": {y: 2.0 for y in years if y >= 2005}}
    spending["RUS"] = dict.fromkeys(years, 5.0)
    sides = two_sides(spending, ["DEU", "MNE"], 2024)
    assert np.ptp(sides.europe) == pytest.approx(0.0)
    del spending["MNE"][2010]
    with pytest.raises(NoDataError, match="MNE"):
        two_sides(spending, ["DEU", "MNE"], 2024)


def test_the_table_holds_no_level_of_spending():
    """SIPRI's figures do not ship: estimates are growth and coefficients, each less than a few log points."""
    for row in estimates():
        assert abs(row.constant) < 1
        assert abs(row.last_growth) < 1
        assert (row.first_year, row.last_year) == (1993, 2024)
    assert {row.side for row in estimates()} == set(SIDES)


@pytest.mark.parametrize(("years", "less"), [(0, 0.1), (31, 0.1), (10, -0.1), (10, 0.6)])
def test_numbers_out_of_bounds_are_refused(years, less):
    """A scenario of no year or of too many, and a restraint that is none, are refused in a sentence."""
    with pytest.raises(InputError, match="give"):
        spiral(years=years, less=less)


def test_the_command_prints_the_table_with_every_result(capsys):
    """Text and JSON both carry the table out of sample, whatever was asked."""
    assert run_command(["spiral", "--years", "3"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("0 of 4 comparisons")
    assert "0.272" in text
    assert run_command(["spiral", "--years", "3", "--json"]) == 0
    payload = json.loads(capsys.readouterr().out)
    assert len(payload["errors"]) == 24
    assert run_command(["spiral", "--less", "2"]) == 2
    assert "--less: 2.0 is out of range; give a number of 0.5 at most" in capsys.readouterr().err
