"""What holds for any decision by consensus, whatever members want."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.decisions.decide import decide
from foedus.decisions.draws import draw_stances
from foedus.decisions.models import bargaining, unanimity, voting
from foedus.decisions.models.closed_form import adoption_probability
from foedus.decisions.models.question import INSTRUMENTS
from foedus.decisions.models.resolve import offer, reluctance, win_probability
from foedus.decisions.models.silence import Game, objection_index, play, position_range
from foedus.decisions.schema import DecisionFile, decision_from
from foedus.decisions.setup import Setup, setup, terms

NUMBERS = terms()
GENTLE = ["side_payment", "opt_out", "dilute", "sequence", "prerogative", "defer"]

points = st.integers(0, 20).map(lambda n: 5.0 * n)
bands = st.tuples(points, points).map(sorted).map(list)
saliences = st.integers(1, 10).map(lambda n: n / 10)
member = st.fixed_dictionaries(
    {"position": bands, "salience": saliences, "influence": st.sampled_from([1, 5, 20])}
)
members = st.lists(member, min_size=2, max_size=7)
allowed = st.lists(st.sampled_from(GENTLE), unique=True)
LAWS = settings(max_examples=25, deadline=None)


def _file(stances: list[dict[str, Any]], instruments: list[str], **more: Any) -> DecisionFile:
    """Make a decision of members called M0, M1, and so on."""
    rows = [{"who": [f"M{i}"], **stance} for i, stance in enumerate(stances)]
    content = {
        "title": "t",
        "question": "q",
        "scale": {"zero": "a", "hundred": "b"},
        "reversion": 0.0,
        "members": rows,
        "instruments": instruments,
        **more,
    }
    return decision_from(content, "test")


def _game(file: DecisionFile, draws: int = 300) -> tuple[Setup, Game]:
    """Play a decision."""
    made = setup(file)
    assert made.question is not None
    drawn = draw_stances(made.bands, draws=draws, seed=7)
    return made, play(made.question, drawn.stances, drawn.chance, NUMBERS)


def _adopted(file: DecisionFile) -> Any:
    """Give in which draws a decision is adopted."""
    return _game(file)[1].adopted_at >= 0


@LAWS
@given(members, allowed, st.integers(0, 6), saliences)
def test_a_member_that_cares_more_never_helps(
    stances: list[dict[str, Any]], instruments: list[str], which: int, more: float
) -> None:
    """More salience of any member adopts the question in no draw in which it was not adopted before."""
    i = which % len(stances)
    before = _file(stances, instruments)
    raised = [dict(s) for s in stances]
    raised[i]["salience"] = max(more, stances[i]["salience"])
    after = _file(raised, instruments)
    assert not (_adopted(after) & ~_adopted(before)).any()


@LAWS
@given(members, allowed, saliences)
def test_one_more_member_for_the_reversion_never_helps(
    stances: list[dict[str, Any]], instruments: list[str], salience: float
) -> None:
    """A further member that wants the reversion adopts the question in no draw in which it was not before."""
    extra = {"position": 0.0, "salience": salience, "influence": 5}
    before, after = _file(stances, instruments), _file([*stances, extra], instruments)
    assert not (_adopted(after) & ~_adopted(before)).any()


@LAWS
@given(members, allowed, st.randoms(use_true_random=False))
def test_names_and_order_of_members_change_nothing(
    stances: list[dict[str, Any]], instruments: list[str], luck: Any
) -> None:
    """Members under other names and in another order adopt the question in the same draws."""
    order = list(range(len(stances)))
    luck.shuffle(order)
    before, after = _file(stances, instruments), _file([stances[i] for i in order], instruments)
    assert np.array_equal(_adopted(before), _adopted(after))


@LAWS
@given(members, allowed)
def test_a_mirrored_scale_mirrors_the_outcome(stances: list[dict[str, Any]], instruments: list[str]) -> None:
    """With every point x turned into 100 - x the outcomes are mirrored, draw by draw."""
    turned = [{**s, "position": [100 - s["position"][1], 100 - s["position"][0]]} for s in stances]
    before, after = _file(stances, instruments), _file(turned, instruments, reversion=100.0, proposal=0.0)
    (one, first), (other, second) = _game(before), _game(after)
    assert np.array_equal(first.adopted_at, second.adopted_at)
    assert np.allclose(one.shown(first.outcome), 100.0 - other.shown(second.outcome))


@LAWS
@given(members, allowed, st.sampled_from(GENTLE))
def test_one_more_instrument_never_hurts(
    stances: list[dict[str, Any]], instruments: list[str], new: str
) -> None:
    """Whatever is allowed to the broker besides, every draw in which the question passed still passes."""
    least = {"adopted_from": 50.0}
    before = _file(stances, instruments, **least)
    after = _file(stances, sorted({*instruments, new}), **least)
    assert not (_adopted(before) & ~_adopted(after)).any()


@LAWS
@given(points.filter(lambda p: p > 0), st.lists(saliences, min_size=2, max_size=5))
def test_where_all_agree_it_passes(ideal: float, cares: list[float]) -> None:
    """When all hold one ideal, every concept gives it, and a draft at it passes in every draw."""
    stances = [{"position": ideal, "salience": s, "influence": 1} for s in cares]
    file = _file(stances, [], proposal=ideal)
    assert _adopted(file).all()
    x, w = np.full((1, len(cares)), ideal), np.array([cares])
    for solve in (voting.weighted_mean, voting.weighted_median, voting.probabilistic_condorcet):
        assert solve(x, w)[0] == pytest.approx(ideal)
    for point in (bargaining.nash, bargaining.kalai_smorodinsky, bargaining.egalitarian):
        assert point(x, w, 0.0)[0] == pytest.approx(ideal)


@LAWS
@given(members, points)
def test_no_cost_of_standing_alone_is_the_strict_veto(stances: list[dict[str, Any]], draft: float) -> None:
    """With a disagreement cost of zero all accept a draft exactly when nobody loses by it."""
    x = np.array([[s["position"][0] for s in stances]])
    w = np.ones_like(x)
    low, high = unanimity.acceptable_set(x, w, 30.0, 0.0)
    loses = (np.abs(draft - x) > np.abs(30.0 - x)).any()
    assert bool(low[0] <= draft <= high[0]) == (not loses)
    assert bool(unanimity.binding(x, w, draft, 30.0).any()) == loses


@LAWS
@given(members, st.floats(0.0, 50.0), st.floats(0.0, 50.0))
def test_a_greater_cost_of_standing_alone_accepts_more(
    stances: list[dict[str, Any]], cost: float, more: float
) -> None:
    """What all accept never shrinks when standing alone costs more, and always holds the reversion."""
    x = np.array([[s["position"][0] for s in stances]])
    w = np.ones_like(x)
    inner, outer = (unanimity.acceptable_set(x, w, 30.0, c) for c in (cost, cost + more))
    assert outer[0][0] <= inner[0][0] <= 30.0 <= inner[1][0] <= outer[1][0]


@LAWS
@given(members, points)
def test_a_concession_frees(stances: list[dict[str, Any]], draft: float) -> None:
    """A draft moved by a member's concession is one that it accepts, and a smaller move is not."""
    x = np.array([[s["position"][0] for s in stances]])
    move = unanimity.concession(x, draft, 0.0)
    moved = unanimity.loss(x, draft - move, 0.0)
    assert (moved <= 1e-9).all()
    needed = move > 0
    assert (unanimity.loss(x, draft - move + 0.1, 0.0)[needed] > 0).all()


@LAWS
@given(members, st.floats(0.1, 10.0), st.floats(-50.0, 50.0))
def test_concepts_follow_the_scale(stances: list[dict[str, Any]], factor: float, shift: float) -> None:
    """Stretching and moving the scale stretches and moves every concept."""
    x = np.array([[s["position"][0] for s in stances]])
    w = np.array([[s["salience"] * s["influence"] for s in stances]])
    for solve in (voting.weighted_mean, voting.weighted_median, voting.probabilistic_condorcet):
        assert solve(x * factor + shift, w)[0] == pytest.approx(solve(x, w)[0] * factor + shift, abs=1e-6)
    for point in (bargaining.nash, bargaining.kalai_smorodinsky, bargaining.egalitarian):
        there = point(x * factor + shift, w, -5.0 * factor + shift)[0]
        assert there == pytest.approx(point(x, w, -5.0)[0] * factor + shift, abs=1e-6)


@LAWS
@given(members, st.lists(st.sampled_from(["side_payment", "opt_out", "sequence", "defer"]), unique=True))
def test_the_yearly_step_decides_like_the_game(stances: list[dict[str, Any]], instruments: list[str]) -> None:
    """The closed form of the yearly step gives the share of draws in which the game adopts."""
    still = [{**s, "position": s["position"][0]} for s in stances]
    made, game = _game(_file(still, instruments), draws=4000)
    assert made.question is not None
    drawn = draw_stances(made.bands, draws=1, seed=7)
    index = objection_index(drawn.stances, 100.0, 0.0, NUMBERS.silence_isolation_share, NUMBERS)
    odds = {i: getattr(NUMBERS, f"{i}_odds") for i in instruments}
    below = reluctance(drawn.stances, 100.0, 0.0, NUMBERS)
    offers = (
        offer(tuple(o for i, o in odds.items() if i in names), NUMBERS.further_instrument_share)
        for names in (set(odds), {"sequence", "defer"})
    )
    few, many = (win_probability(what.log_odds, what.further, below) for what in offers)
    most = int(NUMBERS.side_payment_most_count)
    survives = 1.0 - NUMBERS.failure_share * position_range(drawn.stances)[0]
    closed = survives * adoption_probability(index, few, many, most)[0]
    assert game.probability_adopted == pytest.approx(closed, abs=0.04)


def test_more_draws_begin_with_the_fewer() -> None:
    """The first draws of many are those of few."""
    file = _file([{"position": [0, 50], "salience": 0.9}, {"position": 100, "salience": 0.5}], [])
    bands_ = setup(file).bands
    few, many = (draw_stances(bands_, draws=n, seed=3) for n in (10, 50))
    assert np.array_equal(many.stances.position[:10], few.stances.position)
    assert np.array_equal(many.chance.own[:10], few.chance.own)


def test_members_of_a_bloc_object_together() -> None:
    """Two members alike agree on objecting more often in one bloc than apart, and object as often."""
    stances = [
        {"position": 0, "salience": 0.3},
        {"position": 0, "salience": 0.3},
        {"position": 100, "salience": 1},
    ]
    apart = _game(_file(stances, []), 4000)[1].objects
    bloc = _game(_file(stances, [], blocs={"b": ["M0", "M1"]}), 4000)[1].objects
    assert bloc.mean(0) == pytest.approx(apart.mean(0), abs=0.03)
    assert (bloc[:, 0] == bloc[:, 1]).mean() > (apart[:, 0] == apart[:, 1]).mean() + 0.05


def test_every_instrument_is_tried() -> None:
    """With all instruments allowed, each is the last one used in some draw."""
    stances = [{"position": 0, "salience": 1.0} for _ in range(3)] + [{"position": 100, "salience": 0.5}]
    file = _file(
        stances, list(INSTRUMENTS), venue={"name": "v", "without": ["M0", "M1", "M2"]}, adopted_from=20.0
    )
    answer = decide(file, draws=4000)
    assert {i.instrument for i in answer.instruments if i.used_last > 0} == set(INSTRUMENTS)
