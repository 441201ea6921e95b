"""Sustained support: laws of the accounts, the years on record, and what the shipped scenarios decide."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.aid.parameters import FOLDER
from foedus.aid.record import Month
from foedus.aid.replacement import replacements
from foedus.aid.sustain import Sustain, sustain
from foedus.aid.sustain_classes import CLASSES, DONOR_GROUPS, SupportLevers
from foedus.aid.sustain_inputs import setup, support_inputs
from foedus.aid.sustain_model import SupportInputs, run_months
from foedus.aid.tracker import packaged_tracker
from foedus.analysis.support import support_levers, sustain_scenario
from foedus.cli import run_command
from foedus.forces.holdings import HeldCount, Holdings
from foedus.results import to_jsonable
from foedus.scenario.find import find

DRAWS = 40
SHIPPED = ("aid-us-stops", "aid-donor-doubles", "aid-common-fund", "production-doubled")


def _inputs(seed: int, months: int = 24) -> SupportInputs:
    """Return stocks, makers and wishes at random: two groups, three classes, five draws."""
    random = np.random.default_rng(seed)
    shape = (2, 3, 5)
    stock = random.gamma(1.0, 100.0, shape)
    return SupportInputs(
        stock=stock,
        floor=random.random(shape) * stock,
        capacity=random.gamma(0.5, 5.0, shape),
        due=random.gamma(1.0, 20.0, shape),
        own_use=random.gamma(0.5, 1.0, shape),
        asked=random.gamma(0.7, 8.0, (months, 2, 3)),
        growth=1.0 + np.linspace(0.0, random.random(), months)[:, None] * np.ones(5),
        growth_lag=(0, 3, 30),
        lead_months=(1, 6, 40),
    )


@cache
def _sustain(name: str = "baseline") -> Sustain:
    return sustain_scenario(name, draws=DRAWS)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_nothing_is_lost_and_no_floor_is_passed(seed: int) -> None:
    """Start plus produced less given and used is the end; stocks stay above floor and nought."""
    inputs = _inputs(seed)
    flows = run_months(inputs)
    end = inputs.stock + flows.produced - flows.given - flows.used
    assert np.allclose(end, flows.end, rtol=1e-9, atol=1e-7)
    assert (flows.end >= inputs.floor).all()
    assert min(part.min() for part in (flows.end, flows.produced, flows.given, flows.used)) >= 0.0
    assert np.allclose(flows.given_by_month.sum(axis=0), flows.given.sum(axis=0))
    assert (flows.given_by_month <= inputs.asked.sum(axis=1)[:, :, None] * (1 + 1e-9)).all()
    # Makers deliver no more than was sent before, given and used since, and no more than their capacity.
    assert (flows.produced <= inputs.due + flows.given + flows.used + 1e-7).all()
    assert (flows.produced <= inputs.capacity * len(inputs.asked) * inputs.growth.max() + 1e-7).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 1), st.integers(0, 23))
def test_a_donor_that_stops_never_raises_the_total(seed: int, group: int, month: int) -> None:
    """Whoever stops whenever: no class is given more in any draw."""
    inputs = _inputs(seed)
    asked = inputs.asked.copy()
    asked[month:, group] = 0.0
    before, after = run_months(inputs), run_months(replace(inputs, asked=asked))
    assert (after.given.sum(axis=0) <= before.given.sum(axis=0) + 1e-7).all()


def _steady(inputs: SupportInputs) -> SupportInputs:
    """Return the same with what is asked of each group alike in all months."""
    return replace(inputs, asked=np.broadcast_to(inputs.asked[:1], inputs.asked.shape))


def _never_gives_more(less: SupportInputs, more: SupportInputs) -> None:
    """Assert that the first serves no more in any case, nor gives more where what is asked is steady."""
    served, other = (run_months(inputs) for inputs in (less, more))
    assert (served.given + served.used <= other.given + other.used + 1e-7).all()
    steady, better = (run_months(_steady(inputs)) for inputs in (less, more))
    assert (steady.given <= better.given + 1e-7).all()
    assert (steady.short_month <= better.short_month).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.floats(1.0, 4.0))
def test_more_production_never_gives_less(seed: int, factor: float) -> None:
    """More capacity never shortens what can be given, and a later start of growth never lengthens it."""
    inputs = _inputs(seed)
    _never_gives_more(inputs, replace(inputs, capacity=factor * inputs.capacity))
    _never_gives_more(replace(inputs, growth_lag=(5, 8, 40)), inputs)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_a_longer_lead_time_never_gives_more(seed: int) -> None:
    """What is ordered comes later, so that no group gives more or lasts longer."""
    inputs = _inputs(seed)
    _never_gives_more(replace(inputs, lead_months=(4, 12, 50)), inputs)


def test_a_stock_without_makers_lasts_as_division_says() -> None:
    """100 pieces above a floor, given by 7 a month, last 14 months and leave the floor."""
    one = np.ones((1, 1, 1))
    inputs = SupportInputs(
        stock=150.0 * one,
        floor=50.0 * one,
        capacity=0.0 * one,
        due=0.0 * one,
        own_use=0.0 * one,
        asked=np.full((20, 1, 1), 7.0),
        growth=np.ones((20, 1)),
        growth_lag=(0,),
        lead_months=(6,),
    )
    flows = run_months(inputs)
    assert (flows.short_month.item(), flows.given.item(), flows.end.item()) == (14, 100.0, 50.0)
    assert not flows.short_of_orders.item()


def test_what_is_given_comes_back_after_the_lead_time() -> None:
    """With makers that can, the first piece given comes back six months later, and not earlier."""
    one = np.ones((1, 1, 1))
    inputs = SupportInputs(
        stock=100.0 * one,
        floor=0.0 * one,
        capacity=10.0 * one,
        due=0.0 * one,
        own_use=0.0 * one,
        asked=np.array([5.0, *[0.0] * 7]).reshape(8, 1, 1),
        growth=np.ones((8, 1)),
        growth_lag=(0,),
        lead_months=(6,),
    )
    early = replace(inputs, asked=inputs.asked[:6], growth=inputs.growth[:6])
    assert run_months(early).produced.item() == 0.0
    assert run_months(inputs).produced.item() == 5.0


def test_draws_do_not_depend_on_their_number() -> None:
    """The first draws of many are those of few, and another seed draws others."""
    prepared = setup(packaged_tracker(), Holdings(), SupportLevers(), months=6, rates={})
    few, many = (support_inputs(prepared, block=0, draws=n, seed=1) for n in (5, 50))
    assert np.array_equal(few.stock, many.stock[..., :5])
    assert np.array_equal(few.capacity, many.capacity[..., :5])
    other = support_inputs(prepared, block=0, draws=5, seed=2)
    assert not np.array_equal(few.stock, other.stock)


def test_draws_lie_in_their_ranges() -> None:
    """Stocks and makers are drawn between the ends that the numbers state, floors below stocks."""
    values = FOLDER.function("sustain")
    prepared = setup(packaged_tracker(), Holdings(), SupportLevers(), months=6, rates={})
    drawn = support_inputs(prepared, block=0, draws=500, seed=1)
    for i, group in enumerate(DONOR_GROUPS):
        for j, entry in enumerate(CLASSES):
            low, high = values[f"{entry.name}_stock_{group}"].range
            assert low <= drawn.stock[i, j].min() <= drawn.stock[i, j].max() <= high
    assert (drawn.floor <= drawn.stock).all()


def test_the_parts_of_each_class_add_up() -> None:
    """The groups' parts of a class are a whole, and every stock without an import is graded assumed."""
    values = FOLDER.function("sustain")
    for entry in CLASSES:
        parts = [values[f"{entry.name}_share_{group}"].value for group in DONOR_GROUPS]
        assert sum(p for p in parts if isinstance(p, float)) == pytest.approx(1.0)
        assert {values[f"{entry.name}_stock_{group}"].grade for group in DONOR_GROUPS} == {"assumed"}
    assert {row.grade for row in _sustain().groups} == {"assumed"}
    assert "Stocks are secret" in _sustain().headline()


def test_years_of_155_mm_shells() -> None:
    """1,074,000 sent are 6.2 years at 14,400 a month, 2.5 at 36,000, 2.2 at 40,000, 0.9 at the missed one."""
    rows = {r.rate.per_month: r for r in replacements() if r.rate is not None}
    assert {r.sent.pieces for r in rows.values()} == {1_074_000}
    years = {rate: round(row.years, 1) for rate, row in rows.items()}
    assert {rate: years[rate] for rate in (14_400, 36_000, 40_000, 100_000)} == {
        14_400: 6.2,
        36_000: 2.5,
        40_000: 2.2,
        100_000: 0.9,
    }
    assert {rate for rate, r in rows.items() if r.rate and r.rate.missed} == {60_000, 75_000, 100_000}
    assert rows[100_000].at == "missed target for October 2025"
    assert rows[40_000].at == "made by June 2025"


def test_javelins_are_seven_years_of_production() -> None:
    """As CSIS says it, of the fiscal year 2022: no count of pieces is put in its place."""
    row = next(r for r in replacements() if r.sent.equipment == "javelins")
    assert (row.years, row.rate, row.sent.pieces) == (7.0, None, None)
    assert "CSIS" in row.sent.source


@pytest.mark.parametrize(
    ("day", "rates"),
    [
        (date(2022, 12, 31), set()),
        (date(2024, 6, 1), {14_400, 36_000}),
        (date(2024, 11, 1), {14_400, 36_000, 60_000}),
    ],
)
def test_as_of_a_day_only_what_was_known_counts(day: date, rates: set[int]) -> None:
    """Rates and targets stand from their day on."""
    assert {r.rate.per_month for r in replacements(day) if r.rate is not None} == rates


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_decide_something(name: str) -> None:
    """Each of the four is a scenario of the chain and moves the accounts."""
    levers = support_levers(find(name))
    assert levers != SupportLevers()
    result = _sustain(name)
    assert result.levers
    assert result.title == find(name).content.title
    assert [r.given_part for r in result.rows] != [r.given_part for r in _sustain().rows]


def test_the_united_states_stop() -> None:
    """From January 2027 on it gives nothing: all classes end after eight months, by that decision."""
    result = _sustain("aid-us-stops")
    assert (result.start, {row.months_p50 for row in result.rows}) == (Month(2026, 5), {8})
    assert {row.binds for row in result.rows} == {"the decision to give less (United States)"}
    for row, usual in zip(result.rows, _sustain().rows, strict=True):
        assert row.given_part <= usual.given_part
        assert row.lasting_p50 <= usual.lasting_p50


@pytest.mark.parametrize("donor", ["USA", "DEU", "JPN", "TUR", "EUI", "GBR"])
def test_no_donor_that_stops_is_asked_for_more(donor: str) -> None:
    """Whichever donor stops: no group is asked for more in any month."""
    held, none = packaged_tracker(), Holdings()
    usual = setup(held, none, SupportLevers(), months=12, rates={}).asked
    stopped = setup(held, none, SupportLevers(donors=((donor, 0.0, 2026),)), months=12, rates={}).asked
    assert (stopped <= usual).all()
    assert (stopped.sum() < usual.sum()) == (donor != "EUI")  # the EU institutions give no weapons


def test_what_the_other_scenarios_add() -> None:
    """Doubled production never shortens a class; a common fund and a larger donor ask more of stocks."""
    usual = {row.equipment: row for row in _sustain().rows}
    for row in _sustain("production-doubled").rows:
        assert row.holds >= usual[row.equipment].holds
        assert row.lasting_p50 >= usual[row.equipment].lasting_p50
    asked = {"aid-common-fund": 1.1, "aid-donor-doubles": 1.05}
    for name, least in asked.items():
        tanks = next(row for row in _sustain(name).rows if row.equipment == "tanks")
        assert tanks.given_part > least
    replaced = _sustain("production-doubled").replaced
    assert all(row.years_target == pytest.approx(row.years / 2) for row in replaced)


def test_weapons_allocated_are_those_of_the_release() -> None:
    """884 tanks, 1,271 fighting vehicles, 977 howitzers, 111 air-defence systems, and a monthly rate."""
    pieces = {row.equipment: round(row.pieces) for row in _sustain().replaced}
    assert list(pieces.values()) == [884, 1271, 977, 111]
    assert _sustain().row("tanks").rate == pytest.approx(884 / 51)
    assert _sustain().row("tanks").rate_grade == "measured"


def test_an_imported_stock_takes_the_place_of_the_range() -> None:
    """A count from the user's table is the stock in every draw, and the answer says whose were counted."""
    counts = [("DEU", "tanks", 300.0), ("POL", "tanks", 500.0), ("USA", "tube_artillery", 1000.0)]
    day = date(2025, 12, 31)
    holdings = Holdings(tuple(HeldCount(*count, day, "a table") for count in counts))
    result = sustain(holdings=holdings, draws=DRAWS)
    rows = {(r.equipment, r.group): r for r in result.groups}
    assert (rows["tanks", "europe"].stock, rows["tanks", "europe"].grade) == (800.0, "imported")
    howitzers = rows["howitzers", "united_states"]
    assert (howitzers.stock, howitzers.grade) == (1000.0, "imported")
    assert rows["tanks", "united_states"].grade == "assumed"
    assert any("tanks of european states (2 counted)" in note for note in result.notes)


def test_a_rate_that_is_asked_takes_the_place_of_the_usual_one() -> None:
    """A higher rate lasts no longer, and the answer says that it was asked."""
    usual, asked = _sustain(), sustain(rates={"shells_155mm": 160_000.0}, draws=DRAWS)
    assert asked.row("shells_155mm").rate_grade == "asked"
    assert asked.row("shells_155mm").holds <= usual.row("shells_155mm").holds
    assert asked.row("tanks") == usual.row("tanks")


def test_the_answer_lays_itself_out() -> None:
    """Headline, tables, plain values and both charts say the same."""
    result = _sustain()
    assert [table.name for table in result.tables()] == ["support", "years", "replaced", "accounts"]
    payload = json.loads(json.dumps(to_jsonable(result.payload())))
    assert payload["start"] == "2026-05"
    assert payload["on_record"][0]["at"] == "made by September 2022"
    assert "155 mm shells a month" in result.headline()
    assert len(result.given["tanks"]) == result.months
    for kind in ("months", "years"):
        assert result.chart(kind).summary


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("sustain aid-us-stop", "is not a known scenario; did you mean 'aid-us-stops'"),
        ("sustain --rate shells", "--rate: 'shells' is no rate"),
        ("sustain --rate boats=3", "--rate: 'boats' is not a known class of support"),
        ("sustain --rate tanks=0", "--rate: a rate of 0 a month is none"),
        ("sustain --rate tanks=nan", "--rate: a rate of nan a month is none"),
        (
            "sustain --draws 100000 --months 240",
            "100,000 draws over 240 months are too many to hold",
        ),
        ("sustain --draws 0", "--draws: 0 draws are not made"),
        ("sustain --months 0", "--months: 0 months are not looked at"),
        ("sustain --as-of 2020-01-01", "had been published by 2020-01-01"),
    ],
)
def test_bad_input_is_one_sentence(
    command: str, words: str, capsys: pytest.CaptureFixture[str], own_data: Path
) -> None:
    """What cannot be computed is refused with exit code 2 and says what to do."""
    assert run_command(command.split()) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in " ".join(printed.err.split())
