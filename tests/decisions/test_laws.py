"""What holds for any decision by consensus, whatever members want."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
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
DAY = date(2026, 11, 1)
GENTLE = ["side_payment", "opt_out", "dilute", "sequence", "prerogative", "defer"]

points = st.integers(0, 20).map(lambda n: 5.0 * n)
bands = st.tuples(points, points).map(sorted).map(list)
saliences = st.integers(1, 10).map(lambda n: n / 10)


def _with_accepts(stance: dict[str, Any], ends: tuple[float, float] | None) -> dict[str, Any]:
    """Add the drafts that a member accepts, which hold its position."""
    if ends is None:
        return stance
    low, high = stance["position"]
    return stance | {"accepts": [min(low, *ends), max(high, *ends)]}


member = st.builds(
    _with_accepts,
    st.fixed_dictionaries(
        {"position": bands, "salience": saliences, "influence": st.sampled_from([1, 5, 20])}
    ),
    st.none() | st.tuples(points, points),
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


def _alike_accept_alike(stances: list[dict[str, Any]]) -> bool:
    """Whether members of one position and influence accept the same drafts."""
    by_key: dict[str, set[str]] = {}
    for stance in stances:
        key = repr((stance["position"], stance["influence"]))
        by_key.setdefault(key, set()).add(repr(stance.get("accepts")))
    return all(len(drafts) == 1 for drafts in by_key.values())


@LAWS
@given(members, allowed, st.integers(0, 6), saliences)
def test_a_member_that_cares_more_never_helps(
    stances: list[dict[str, Any]], instruments: list[str], which: int, more: float
) -> None:
    """More salience of any member adopts the question in no draw in which it was not adopted before.

    Members alike in position and influence draw their luck in the order of their salience. Where they
    accept different drafts as well, no order is the harder one in both, and the law holds of chances alone.
    """
    assume(_alike_accept_alike(stances))
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
    turned = [
        {key: [100 - v[1], 100 - v[0]] if key in {"position", "accepts"} else v for key, v in s.items()}
        for s in stances
    ]
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


def test_every_instrument_helps() -> None:
    """Each instrument by itself adopts a question that three holdouts would block without any."""
    stances = [{"position": 0, "salience": 1.0} for _ in range(3)]
    stances += [{"position": 100, "salience": 0.5} for _ in range(30)]
    venue = {"name": "v", "without": ["M0", "M1", "M2"]}
    file = _file(stances, list(INSTRUMENTS), venue=venue, adopted_from=20.0)
    answer = decide(file, draws=2000)
    assert answer.probability_without is not None
    # The prerogative goes round one holdout alone, so three seldom leave it one.
    for row in answer.instruments:
        more = row.probability_adopted_alone - answer.probability_without
        assert more > (0.0 if row.instrument == "prerogative" else 0.05), row.instrument


def _chance(file: DecisionFile, draws: int = 2000, **changes: float) -> float:
    """Give the chance of adoption with other numbers."""
    case = setup(file, today=DAY)
    assert case.question is not None
    drawn = draw_stances(case.bands, draws=draws, seed=7)
    return play(case.question, drawn.stances, drawn.chance, terms(**changes)).probability_adopted


@LAWS
@given(members, allowed)
def test_instruments_are_no_independent_tries(stances: list[dict[str, Any]], instruments: list[str]) -> None:
    """Instruments pass a question as often as perfectly correlated ones would, and a stated share more."""
    file = _file(stances, instruments, adopted_from=50.0)
    share = NUMBERS.further_instrument_share
    correlated = _chance(file, further_instrument_share=0.0)
    # The share bounds each holdout's chance; over draws of members' stances it holds up to their noise.
    assert correlated <= _chance(file) <= correlated + share * (1.0 - correlated) + 0.02


@LAWS
@given(
    saliences, st.sampled_from([1, 10, 100, 1000]), st.lists(st.sampled_from(GENTLE), min_size=1, unique=True)
)
def test_on_a_lone_holdout_the_best_instrument_counts(cares: float, weighs: int, names: list[str]) -> None:
    """Several instruments win a lone holdout over as often as the best, and a tenth of the rest more."""
    stances = [{"position": 0, "salience": cares, "influence": weighs}]
    stances += [{"position": 100, "salience": 0.5, "influence": 20}] * 4
    whole = {"adopted_from": 100.0}
    best = max(_chance(_file(stances, [name], **whole)) for name in names)
    assert best <= _chance(_file(stances, names, **whole)) <= best + 0.1 * (1.0 - best) + 0.015


ALL = ["side_payment", "opt_out", "dilute", "sequence", "prerogative", "defer"]


@LAWS
@given(saliences, saliences, st.integers(1, 200), st.integers(1, 200), st.booleans())
def test_a_lone_holdout_that_weighs_or_cares_more_is_won_over_less(
    care: float, more_care: float, weight: int, more: int, divisible: bool
) -> None:
    """The chance falls with the influence and the salience of a lone holdout."""

    def chance(cares: float, weighs: int) -> float:
        stances = [{"position": 0, "salience": cares, "influence": weighs}]
        stances += [{"position": 100, "salience": 0.5, "influence": 20}] * 4
        return _chance(_file(stances, ALL, adopted_from=50.0 if divisible else 100.0))

    light = chance(care, weight)
    assert chance(max(care, more_care), weight) <= light
    # Another influence names other streams, so the law holds up to their noise.
    assert chance(care, weight + more) <= light + 0.03


@LAWS
@given(st.floats(0.34, 0.99), saliences, st.integers(1, 30), st.sampled_from([40.0, 50.0, 80.0, 100.0]))
def test_a_lone_holdout_with_a_third_of_influence_is_never_almost_sure_to_yield(
    share: float, cares: float, others: int, wanted: float
) -> None:
    """Below 0.97 lies the chance against a holdout at the reversion that holds above a third of influence."""
    stances = [{"position": 0, "salience": cares, "influence": 100.0 * share}]
    stances += [{"position": wanted, "salience": 0.9, "influence": 100.0 * (1.0 - share) / others}] * others
    file = _file(stances, ALL, proposal=wanted, adopted_from=wanted / 2.0)
    assert _chance(file) < 0.97


def test_two_great_allies_against_four_are_no_certainty() -> None:
    """The United States and Germany against four eastern allies pass less often than three times in four."""
    stances = [
        {"who": ["USA"], "position": 0, "salience": 0.9, "influence": 100},
        {"who": ["DEU"], "position": 0, "salience": 0.9, "influence": 40},
        {"who": ["POL"], "position": 100, "salience": 0.9, "influence": 20},
        {"who": ["EST", "LVA", "LTU"], "position": 100, "salience": 0.9, "influence": 3},
    ]
    others = {"who": [f"ally {i}" for i in range(26)], "position": [0, 100], "salience": 0.1, "influence": 10}
    for rows in (stances, [*stances, others]):
        assert _chance(_file([], ALL, members=rows)) < 0.75


@LAWS
@given(members, allowed, st.integers(0, 4000), st.integers(0, 4000), st.none() | st.integers(0, 800))
def test_a_later_day_never_lowers_the_chance(
    stances: list[dict[str, Any]], instruments: list[str], days: int, more: int, deadline: int | None
) -> None:
    """What passes by a day passes by every later one, and ever."""
    dates = {"opened": DAY} | ({} if deadline is None else {"deadline": DAY + timedelta(deadline)})
    early, late = (
        _adopted(_file(stances, instruments, **dates, by=DAY + timedelta(n))) for n in (days, days + more)
    )
    ever = _adopted(_file(stances, instruments, **dates))
    assert not (early & ~late).any()
    assert not (late & ~ever).any()


@LAWS
@given(members, allowed, st.integers(0, 6), points, points)
def test_wider_accepted_drafts_never_lower_the_chance(
    stances: list[dict[str, Any]], instruments: list[str], which: int, below: float, above: float
) -> None:
    """A member that accepts more drafts adopts the question in no fewer draws."""
    i = which % len(stances)
    low, high = stances[i].get("accepts", stances[i]["position"])
    narrow = [*stances[:i], stances[i] | {"accepts": [low, high]}, *stances[i + 1 :]]
    ends = [max(low - below, 0.0), min(high + above, 100.0)]
    wide = [*stances[:i], stances[i] | {"accepts": ends}, *stances[i + 1 :]]
    least = {"adopted_from": 50.0}
    assert not (
        _adopted(_file(narrow, instruments, **least)) & ~_adopted(_file(wide, instruments, **least))
    ).any()


@LAWS
@given(st.lists(points, min_size=2, max_size=6), saliences, points.filter(lambda p: p < 100))
def test_what_follows_from_a_position_can_as_well_be_said(
    ideals: list[float], cares: float, reversion: float
) -> None:
    """The band of drafts no worse than the reversion, written as accepts, changes no draw."""
    plain = [{"position": p, "salience": cares, "influence": 1} for p in ideals]
    said = [
        s | {"accepts": [max(p - abs(p - reversion), 0.0), min(p + abs(p - reversion), 100.0)]}
        for s, p in zip(plain, ideals, strict=True)
    ]
    asked = {"reversion": reversion, "proposal": 100.0}
    assert np.array_equal(_adopted(_file(plain, GENTLE, **asked)), _adopted(_file(said, GENTLE, **asked)))


def test_a_member_holds_out_for_a_better_text() -> None:
    """A member that gains over the reversion may still refuse a draft that gives it too little."""
    keen = {"position": 100, "salience": 1.0, "influence": 20}
    others = [{"position": 40, "salience": 0.6, "influence": 20}] * 3
    asked = {"proposal": 40.0}
    assert _chance(_file([keen, *others], [], **asked)) > _chance(
        _file([keen | {"accepts": [80, 100]}, *others], [], **asked)
    )


@LAWS
@given(members, allowed)
def test_the_text_as_tabled_passes_less_often_than_some_text(
    stances: list[dict[str, Any]], instruments: list[str]
) -> None:
    """Without instruments a question passes less often than with them, and as tabled less than diluted."""
    answer = decide(_file(stances, instruments, adopted_from=50.0), draws=200)
    assert answer.probability_without is not None
    assert answer.probability_tabled is not None
    assert answer.probability_adopted is not None
    assert answer.probability_without <= answer.probability_tabled <= answer.probability_adopted


@LAWS
@given(members)
def test_a_question_fails_without_an_objector_where_members_differ(stances: list[dict[str, Any]]) -> None:
    """With nobody able to object a question fails with the stated share times how far apart members stand."""
    accepting = [{"position": s["position"][0], "salience": 0.5, "accepts": [0, 100]} for s in stances]
    apart = max(s["position"] for s in accepting) - min(s["position"] for s in accepting)
    file = _file(accepting, [])
    assert 1.0 - _chance(file, failure_share=0.3) == pytest.approx(0.3 * apart / 100.0, abs=0.04)
