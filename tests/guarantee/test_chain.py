"""The guarantee in the chain: whom it covers, how budgets may answer, and the order of the flank."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.analysis.align import resolve_alike
from foedus.analysis.compare import compare, compare_resolved
from foedus.engine.blocks import map_blocks
from foedus.errors import FoedusError, InputError, ScenarioError
from foedus.evidence import Ledger
from foedus.forces.us_forces import us_forces
from foedus.guarantee import conditions
from foedus.guarantee.conditions import is_covered
from foedus.guarantee.deterrence import OnTheSpot, Ratios, least_belief, strengths
from foedus.guarantee.section import COVERED, STATED, THRESHOLD
from foedus.guarantee.threshold import attack_gains, threshold
from foedus.runs.outcome import outcome
from foedus.scenario import Resolved, resolve
from foedus.scenario.find import find, shipped
from foedus.scenario.pairs import pair_of

DAY = date(2026, 11, 26)
LEDGER = Ledger.packaged()
RESPONSE = "parameters.budgets.guarantee_response"
ASKS: dict[str, Any] = {"levers.guarantee": {"commitment": "conditional", "from": 2027, "share": 0.035}}
LAND = {"levers.plans.requirement": "replace-us-land-2025", "levers.guarantee": {}}
MIDDLE = Ratios(2.5, 1.65, 2.0, 0.275, 0.8)

shares = st.lists(st.floats(0.0, 0.06), min_size=3, max_size=3).map(lambda v: np.array([v]))
levels = st.floats(0.0, 0.06)


def _resolve(changes: dict[str, Any], **more: Any) -> Resolved:
    return resolve("baseline", as_of=DAY, ledger=LEDGER, changes=changes, horizon=2029, **more)


@given(shares, shares, levels, levels)
def test_more_spending_never_uncovers_and_more_asked_never_covers(
    one: Any, more: Any, asked: float, extra: float
) -> None:
    """Coverage rises with last year's share and falls with what is asked; nothing asked covers all."""
    applies, asks = np.ones((1, 3)), np.full(3, asked)
    covered = is_covered(one, asks, 0.0, applies)
    assert set(covered.ravel()) <= {0.0, 1.0}
    assert (is_covered(one + more, asks, 0.0, applies) >= covered).all()
    assert (is_covered(one, asks + extra, 0.0, applies) <= covered).all()
    assert is_covered(one, np.zeros(3), 0.0, applies).all()
    assert not is_covered(one, asks, 1.0, applies).any()
    assert is_covered(one, asks, 1.0, np.zeros((1, 3))).all()


def test_nothing_is_held_against_guarantor_outsider_and_who_has_no_forces() -> None:
    """Of four below the condition one is covered no more: the ally; last year's share decides, by draw."""
    now = conditions.Now(np.full(4, 0.02), 0.0, np.array([1.0, 0.0, 1.0, 1.0]))
    last = np.array([[0.01, 0.01, 0.01, np.nan], [0.02, 0.01, 0.01, np.nan]])
    before = conditions.Before(last, np.array([1.0, 1.0, 0.0, 1.0]))
    step = conditions.step(now, before, conditions.Shocks(), conditions.Parameters())
    assert step.guarantee_condition_is_met.tolist() == [[0.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]]


def test_a_condition_looks_at_last_year_as_it_is_printed() -> None:
    """In a run an ally is covered just where its printed share of the year before was what is asked."""
    resolved = _resolve(ASKS)
    ran = outcome(resolved, draws=20, seed=2)
    shares_by_year = ran.quantities["defence_expenditure_share_of_gdp"]
    covers = np.array([code not in {"USA", "ISL"} for code in resolved.countries])
    for index, year in enumerate(resolved.years[1:], start=1):
        met = (shares_by_year[index - 1] >= 0.035 - 0.5e-4)[:, covers]
        # Shares of the first year are revised within the next, after the guarantee has looked at them.
        expected = met.sum(axis=1) + 1.0 if year >= 2027 else np.full(20, len(resolved.countries) - 1.0)
        assert np.abs(ran.measure(COVERED, index) - expected).max() == 0.0
    still = resolved.no_change()[COVERED]
    assert still[0] == len(resolved.countries) - 1
    assert len(set(still[1:])) == 1


def test_without_the_lever_no_number_moves_and_nothing_more_runs() -> None:
    """The lever moves no other measure to the bit; without it deterrence does not run and nothing is kept."""
    plain, named = (outcome(_resolve(changes), draws=60, seed=3) for changes in ({}, ASKS))
    for name, values in plain.measures.items():
        assert np.array_equal(values, named.measures[name])
    assert set(named.measures) - set(plain.measures) == {COVERED}
    assert THRESHOLD not in plain.quantities
    needed = {part.name for part in plain.resolved.problem().needed_part(plain.resolved.needed())}
    assert "deterrence" not in needed
    assert "deterrence.spending_effect" not in plain.resolved.parameters_in_use()
    older = plain.resolved.to_json()
    del older["guarantee"]
    assert Resolved.from_json(older).guarantee == plain.resolved.guarantee
    assert Resolved.from_json(named.resolved.to_json()).canonical() == named.resolved.canonical()


@pytest.mark.parametrize(("response", "sign"), [(0.05, 1.0), (-0.07, -1.0)])
def test_a_response_moves_those_that_are_not_covered(response: float, sign: float) -> None:
    """In every draw spending moves the way of the response, and in the first year by no more than it says."""
    still, moved = (
        outcome(_resolve({**ASKS, RESPONSE: value, "uncertainties.shock_scale": 0.0}), draws=1, seed=3)
        for value in (0.0, response)
    )
    name = "defence_expenditure_share_of_gdp"
    apart = np.log(moved.quantities[name][1, 0]) - np.log(still.quantities[name][1, 0])
    uncovered = [c for c, share in zip(still.resolved.countries, still.quantities[name][0, 0], strict=True)]
    assert (sign * np.nan_to_num(apart) >= 0.0).all()
    free = (np.abs(apart - response) < 1e-5).sum()
    assert 0.5 * len(uncovered) < free < len(uncovered)
    usa = still.resolved.countries.index("USA")
    assert apart[usa] == 0.0


def test_the_response_stays_inside_its_range() -> None:
    """Outside of -0.07 to 0.05 the response is refused in one sentence."""
    for value in (-0.0701, 0.0501):
        with pytest.raises(ScenarioError, match=r"leaves the range -0\.07 to 0\.05"):
            _resolve({RESPONSE: value})


def test_compiled_or_not_a_response_has_the_same_bits() -> None:
    """Operation by operation and draw by draw the equation of budgets answers the guarantee alike."""
    from foedus.spending.equations import Cell, Drift, Numbers, Traits, year, year_loop

    def of(*values: float) -> Any:
        return np.array(values)

    covered = np.array([[1.0, 0.0], [0.0, 0.0]])
    cells = Cell(*(np.full((2, 2), v) for v in (0.02, 0.1, 0.0, 1e12)), np.full((1, 2), -3.5), covered)
    drift = Drift(*(of(v, v) for v in (0.01, 0.0, 0.0, 0.0, 0.5, 0.9)))
    wide = drift._replace(**{k: v[:, np.newaxis] for k, v in drift._asdict().items()})
    traits = Traits(*(of(v, v) for v in (0.0, 0.05, np.nan, 1.0, -2.0, np.nan)))
    numbers = Numbers(
        reversion=0.03,
        log_floor=-4.0,
        deadline_left=0.2,
        surprise_effect=-0.3,
        tail=(1.0, 0.1, 0.0, 0.0),
        scale=1.0,
        is_planned=False,
        lowest_held=-np.inf,
        is_printed=False,
        guarantee_response=0.03,
        converges=False,
    )
    out = np.empty((2, 2, 2))
    year_loop(out, cells, drift, traits, numbers)
    whole = year(cells, wide, traits, numbers)
    assert np.array_equal(out[0], whole.share)
    assert whole.share[0, 1] == whole.share[1, 1] > whole.share[0, 0]


@settings(max_examples=60)
@given(st.floats(0.3, 3.0), st.floats(0.0, 5.0), st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_stronger_own_forces_and_more_help_never_ask_for_more_belief(
    local: float, arrivals: float, grown: float, more: float
) -> None:
    """q* of the chain falls with own forces and with help, and is that of the pure functions."""

    def asked(own: float, arrived: float) -> float:
        least = least_belief(np.array([[own]]), np.array([[arrived]]), MIDDLE)
        return float(np.nan_to_num(least, nan=1.0)[0, 0])

    assert asked(local + grown, arrivals) <= asked(local, arrivals) + 1e-12
    assert asked(local, arrivals + more) <= asked(local, arrivals) + 1e-12
    least = threshold(attack_gains(2.5, local, arrivals, 2.0, (0.275, 0.275 + 0.8)))
    assert asked(local, arrivals) == float(np.nan_to_num(least, nan=1.0))


def test_help_is_that_of_forces_or_a_stated_ratio() -> None:
    """With a requirement strengths are persons over those of the start; without one the ratio is stated."""
    grown, others = np.array([[1.0, 1.5], [2.0, 1.0]]), np.array([[20.0], [10.0]])
    forces = OnTheSpot(np.array([30.0, 60.0]), others, 10.0, np.array([[80.0], [40.0]]))
    local, arrivals = strengths(grown, forces, 1.65)
    assert local == pytest.approx(np.array([[50 / 40, 110 / 70], [70 / 40, 70 / 70]]))
    assert arrivals == pytest.approx(np.array([[80 / 40, 80 / 70], [40 / 40, 40 / 70]]))
    local, arrivals = strengths(grown, forces._replace(own=np.zeros(2)), 1.65)
    assert (local.tolist(), arrivals.tolist()) == (grown.tolist(), [[1.65, 1.65]])


def test_the_chain_takes_the_middle_of_the_stated_ranges() -> None:
    """What the chain assumes is the middle of each range; without a requirement it is alike on the flank."""
    resolved = _resolve({"levers.guarantee": {}})
    assert dict(zip(STATED, resolved.guarantee.stated, strict=True)) == pytest.approx(
        dict(zip(Ratios._fields, MIDDLE, strict=True))
    )
    start = resolved.guarantee.start().guarantee_threshold
    on_flank = np.array([code in resolved.guarantee.flank for code in resolved.countries])
    assert np.isnan(start[~on_flank]).all()
    assert len(np.unique(start[on_flank])) == 1
    assert THRESHOLD not in resolved.stored()
    assert {"EST", "POL", "FIN", "ROU"} <= set(resolved.guarantee.flank) <= set(resolved.countries)
    assert any("assumed and alike for every ally" in note.text for note in resolved.notes)


def test_fewer_us_forces_ask_for_more_belief_on_the_whole_flank() -> None:
    """With a requirement, half of the US forces asks for more belief for every flank ally in every draw."""
    half = {**LAND, "levers.forces.us_in_europe": {2027: 33964}}
    pair = resolve_alike("baseline", "baseline", half, first_changes=LAND, as_of=DAY, ledger=LEDGER)
    result = compare_resolved(*pair, draws=30, seed=1)
    assert result.order is not None
    assert {(row.move, row.how) for row in result.order.rows} == {("more", "in all")}
    assert {row.country for row in result.order.rows} == set(pair[0].guarantee.flank)
    assert sorted(row.first for row in result.order.rows) == list(range(1, len(result.order.rows) + 1))
    change = next(c for c in result.changes if c.name == "us_in_europe")
    assert (change.first, change.second) == ("as in the last record", "33,964")


def test_a_conditional_guarantee_moves_spending_by_exactly_nothing() -> None:
    """At the response that ships spending is the same in every draw, and a note says why."""
    result = compare("baseline", "us-guarantee-conditional", draws=50, as_of=DAY, ledger=LEDGER)
    for name in (*resolve("baseline", as_of=DAY, ledger=LEDGER).spending.measure_names(),):
        entry = result.differences[name]
        assert {*entry.low, *entry.median, *entry.high} == {0.0}
    assert {(ally.low, ally.median, ally.high) for ally in result.allies} == {(0.0, 0.0, 0.0)}
    assert result.differences[COVERED].low[1] < 0.0
    assert [change.name for change in result.changes] == ["guarantee"]
    assert any("budgets.guarantee_response is 0" in note for note in result.notes)


def test_an_order_is_not_taken_over_different_forces() -> None:
    """Where one scenario names a requirement and the other none, no order is given."""
    pair = resolve_alike("baseline", "baseline", LAND, as_of=DAY, ledger=LEDGER)
    assert compare_resolved(*pair, draws=5, seed=1).order is None


def test_a_pair_is_compared_and_never_run_as_one() -> None:
    """The two ways of the election stand side by side, with common draws; alone the name is refused."""
    assert pair_of("us-election-two-ways") == ("us-election-two-ways-a", "us-election-two-ways-b")
    assert pair_of("baseline") is None
    assert "us-election-two-ways" not in shipped()
    result = compare("us-election-two-ways", draws=5, as_of=DAY, ledger=LEDGER)
    ways = [find(f"us-election-two-ways-{way}").content.title for way in "ab"]
    assert [result.first.title, result.second.title] == ways
    changed = {"levers.pledge.target": 0.03}
    both = compare("us-election-two-ways", changes=changed, draws=5, as_of=DAY, ledger=LEDGER)
    assert [change.name for change in both.changes] == ["guarantee"]
    with pytest.raises(ScenarioError, match=r"pair of scenarios.*us-election-two-ways-a"):
        resolve("us-election-two-ways", as_of=DAY, ledger=LEDGER)
    with pytest.raises(InputError, match="only one scenario"):
        compare("us-election-two-ways-a", draws=5, as_of=DAY, ledger=LEDGER)


def test_the_scenarios_say_what_they_are_called_for() -> None:
    """Half of the US forces is half of the last record; before the war they were those of the end of 2021."""
    halved, quick = (
        find(name).content.levers.forces.us_in_europe for name in ("us-forces-halved-2027", "us-quick-deal")
    )
    allies = set(LEDGER.as_of(DAY).members(on=DAY))
    last, before = (
        sum(row.persons for row in us_forces(day, as_of=DAY).rows if row.host in allies)
        for day in (None, date(2021, 12, 31))
    )
    assert halved == {2027: last / 2}
    assert quick == {2028: before}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("guarantee", {"commitment": "maybe"}, "'maybe' is no commitment; write full, conditional or with"),
        ("guarantee", {"commitment": "conditional", "share": 2.0}, r"write 0\.02 for 2 %"),
        ("guarantee", {"commitment": "withdrawn", "share": 0.02}, "asks for no share"),
        ("guarantee", {"commitment": "full", "from": 2027}, "begins in no year"),
        ("guarantee", "conditional", "write `commitment: conditional` under it"),
        ("forces.us_in_europe", {2027: -5}, "-5 is not from 0 to"),
        ("forces.us_in_europe", {2027: None}, "None is no number of persons; write for example 2027: 60000"),
        ("forces.us_in_europe", [60000], "is not persons by year"),
        ("forces.us_in_europe", {"": 60000}, "'' is not a year"),
    ],
)
def test_a_lever_that_cannot_be_is_refused(key: str, value: Any, words: str) -> None:
    """A commitment that does not exist, a share in per cent, a path without a year: one sentence each."""
    with pytest.raises(FoedusError, match=words) as refused:
        _resolve({f"levers.{key}": value})
    assert refused.value.exit_code == 2


def test_the_flank_alone_has_a_threshold_and_it_stands_between_the_years() -> None:
    """It is worked out in the first, the middle and the last year, from spending, persons and who arrives."""
    resolved = _resolve(
        {**LAND, "uncertainties.shock_scale": 0.0, "parameters.deterrence.spending_effect": 1.0}
    )
    states = dict(next(map_blocks(lambda block: list(block.years()), resolved.problem(), draws=1, seed=1)))
    assert resolved.guarantee.worked_out == (2027, 2028, 2029)
    at = resolved.countries.index("POL")
    first, last = (
        np.atleast_2d(states[year]["defence_expenditure_constant_usd"])[0, at] for year in (2026, 2029)
    )
    persons = [np.atleast_2d(states[year]["persons_under_arms"])[0, at] for year in (2026, 2029)]
    revised = first * np.atleast_2d(states[2027]["defence_share_revision_factor"])[0, at]
    grown = last / revised * persons[1] / persons[0]
    part = resolved.parameters["readiness.persons"].value
    own, arrived = part * persons[0], states[2029]["land_persons_arrived_in_30_days"][0, 0]
    # The study asks Europe and Canada alone: what arrives stands on the spot, and help is that of US forces.
    local = own * grown + arrived
    assert states[2029]["local_strength_over_start"][0, at] == pytest.approx(grown, rel=1e-9)
    started = own + resolved.reinforcement.start_arrived[1]
    assert states[2029]["attacker_over_local"][0, at] == pytest.approx(2.5 * started / local, rel=1e-9)
    helpers = part * sum(resolved.forces.us_by_host)
    assert states[2029]["arrivals_over_local"][0, at] == pytest.approx(helpers / local, rel=1e-9)
    outside = [i for i, code in enumerate(resolved.countries) if code not in resolved.guarantee.flank]
    assert np.isnan(states[2029][THRESHOLD][:, outside]).all()
    longer = resolve("baseline", as_of=DAY, ledger=LEDGER, changes=LAND, horizon=2033)
    assert longer.guarantee.worked_out == (2027, 2030, 2033)
