"""Concepts of decisions by consensus against closed forms, published indices and a recorded decision."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.decisions.models import bargaining, outcome, power, unanimity, voting
from foedus.engine.arrays import normal_cdf
from foedus.errors import InputError

THREE = np.array([[20.0, 40.0, 80.0]])
EQUAL = np.ones((1, 3))
SPLIT = np.linspace(0.0, 1.0, 100_001)


def test_two_players_halve_a_pie() -> None:
    """Two players with linear utilities divide in half by Nash, Kalai–Smorodinsky and equal gains."""
    pool = np.stack([SPLIT, 1.0 - SPLIT], 1)
    found = bargaining.pool_points(pool, [0.0, 0.0])
    assert [SPLIT[i] for i in found.values()] == pytest.approx([0.5] * 3, abs=1e-5)


def test_a_player_who_dislikes_risk_gets_less_by_nash() -> None:
    """With the utilities sqrt(x) and 1 - x the Nash point is 1/3, the other two are (3 - sqrt 5) / 2."""
    pool = np.stack([np.sqrt(SPLIT), 1.0 - SPLIT], 1)
    found = bargaining.pool_points(pool, [0.0, 0.0])
    assert SPLIT[found["nash"]] == pytest.approx(1 / 3, abs=1e-5)
    assert SPLIT[found["kalai_smorodinsky"]] == pytest.approx((3 - 5**0.5) / 2, abs=1e-4)
    assert SPLIT[found["egalitarian"]] == pytest.approx((3 - 5**0.5) / 2, abs=1e-4)


def test_a_pool_without_a_fair_option_has_no_point() -> None:
    """Where every option leaves somebody worse off than no agreement there is no bargaining point."""
    assert set(bargaining.pool_points([[1.0, -1.0]], [0.0, 0.0], [1.0, 1.0]).values()) == {-1}


def test_three_ideals_above_the_reversion() -> None:
    """Ideals 20, 40 and 80 over 0 accept up to 40; Nash is 80/3, Kalai–Smorodinsky 32, equal gains 20."""
    low, high = unanimity.acceptable_set(THREE, EQUAL, 0.0)
    assert (low[0], high[0]) == (0.0, 40.0)
    assert bargaining.nash(THREE, EQUAL, 0.0)[0] == pytest.approx(80 / 3, abs=1e-9)
    assert bargaining.nash(THREE, [[1.0, 2.0, 1.0]], 0.0)[0] == pytest.approx(30.0, abs=1e-9)
    assert bargaining.kalai_smorodinsky(THREE, EQUAL, 0.0)[0] == pytest.approx(32.0, abs=1e-12)
    assert bargaining.egalitarian(THREE, EQUAL, 0.0)[0] == pytest.approx(20.0, abs=1e-12)


def test_the_closed_forms_are_those_of_a_search() -> None:
    """On one dimension the three points are those found by trying every draft."""
    drafts = np.linspace(0.0, 40.0, 40_001)
    utility = -np.abs(drafts[:, None] - THREE)
    found = bargaining.pool_points(utility, -THREE[0], [1.0, 2.0, 1.0])
    assert drafts[found["nash"]] == pytest.approx(30.0, abs=2e-3)
    share = (THREE - np.abs(drafts[:, None] - THREE)) / THREE
    assert drafts[share.min(1).argmax()] == pytest.approx(32.0, abs=2e-3)
    assert drafts[found["egalitarian"]] == pytest.approx(20.0, abs=2e-3)


def test_the_broker_goes_to_the_edge_of_what_all_accept() -> None:
    """The weighted mean of 20, 40 and 80, 46.67, lies beyond what all accept, whose nearest draft is 40."""
    mean = voting.weighted_mean(THREE, EQUAL)
    assert mean[0] == pytest.approx(140 / 3)
    assert unanimity.project(mean, unanimity.acceptable_set(THREE, EQUAL, 0.0))[0] == 40.0


def test_a_reversion_between_members_stays() -> None:
    """With ideals on both sides of the reversion every unanimous solution is the reversion."""
    assert unanimity.acceptable_set(THREE, EQUAL, 40.0) == (40.0, 40.0)
    for solve in (bargaining.nash, bargaining.kalai_smorodinsky, bargaining.egalitarian):
        assert solve(THREE, EQUAL, 40.0)[0] == pytest.approx(40.0, abs=1e-9)


def test_power_in_the_council_of_1958() -> None:
    """With votes 4, 4, 4, 2, 2, 1 and a quota of 12 Luxembourg had no power, by either index."""
    votes = [4, 4, 4, 2, 2, 1]
    assert power.banzhaf(votes, 12) == pytest.approx([5 / 21] * 3 + [3 / 21] * 2 + [0.0])
    assert power.shapley_shubik(votes, 12) == pytest.approx([7 / 30] * 3 + [0.15] * 2 + [0.0])


def test_under_unanimity_all_have_the_same_power() -> None:
    """Each of 32 members that must all agree has a power of 1/32 by either index."""
    for index in (power.banzhaf, power.shapley_shubik):
        assert index([1] * 32, 32) == pytest.approx([1 / 32] * 32)


@pytest.mark.parametrize(("votes", "quota"), [([], 1), ([1, -1], 1), ([1, 1], 3), ([1, 1], 0)])
def test_a_game_needs_votes_and_a_quota(votes: list[int], quota: int) -> None:
    """Votes that are negative, or a quota that nobody or everybody misses, make no voting game."""
    with pytest.raises(InputError, match=r"is no voting game; give whole weights"):
        power.banzhaf(votes, quota)


def test_the_core_runs_from_the_lowest_to_the_highest() -> None:
    """Ideals 0, 15, 50, 80 and 400 have a core of length 400."""
    low, high = unanimity.core([[0.0, 15.0, 50.0, 80.0, 400.0]], np.ones((1, 5)))
    assert high[0] - low[0] == 400.0


def test_a_far_disagreement_point_gives_the_mean() -> None:
    """As the disagreement point moves away the weighted Nash point goes to the weighted mean."""
    weight = np.array([[1.0, 5.0, 2.0]])
    mean = voting.weighted_mean(THREE, weight)
    assert bargaining.nash_far(THREE, weight, 1e5)[0] == pytest.approx(mean[0], abs=1e-3)
    assert abs(bargaining.nash_far(THREE, weight, 200.0)[0] - mean[0]) < 1.0


# Position, salience and influence of 16 actors on one issue of a directive decided by unanimity, from the
# DEU III data set (doi:10.34810/data53); the outcome was 20, the reversion 10.
RECORDED = np.array(
    [
        *(
            (100, 30, 100),
            (15, 90, 100),
            (0, 90, 40),
            (15, 90, 50),
            (15, 90, 30),
            (40, 70, 30),
            (15, 90, 100),
        ),
        *((0, 90, 100), (50, 10, 30), (15, 90, 100), (40, 70, 20), (50, 10, 50), (30, 50, 50), (15, 90, 80)),
        *((0, 90, 40), (40, 70, 100)),
    ],
    dtype=float,
)


@pytest.mark.parametrize(
    ("concept", "weighted", "by_hand"),
    [
        (voting.weighted_mean, True, 1820 / 93),
        (voting.weighted_mean, False, 27.5),
        (voting.weighted_median, True, 15.0),
        (voting.weighted_median, False, 15.0),
        (voting.probabilistic_condorcet, True, 16.587315),
    ],
)
def test_concepts_on_a_recorded_decision(concept: Any, weighted: bool, by_hand: float) -> None:
    """On a recorded decision each concept gives what sums on paper give."""
    weight = RECORDED[:, 1] * RECORDED[:, 2] if weighted else np.ones(len(RECORDED))
    assert concept(RECORDED[None, :, 0], weight[None])[0] == pytest.approx(by_hand, abs=1e-4)


def test_a_median_between_two_lies_halfway() -> None:
    """Where the weights divide exactly in half, the median is halfway between the two middle positions."""
    assert voting.weighted_median([[0.0, 10.0, 50.0]], [[1.0, 1.0, 2.0]])[0] == 30.0
    assert voting.weighted_median([[0.0, 10.0, 50.0]], [[1.0, 0.0, 3.0]])[0] == 50.0


def test_the_score_of_a_certain_forecast_is_its_error() -> None:
    """The continuous ranked probability score of a single point is its distance from the outcome."""
    shape = outcome.cdf([[30.0, 30.0]], [[1.0, 2.0]], outcome.Outcomes(1.0, 0.0, 0.5))
    assert outcome.crps(shape, [75.0])[0] == pytest.approx(45.0, abs=0.26)


def test_the_score_of_ignorance() -> None:
    """Anywhere on the scale with equal chance scores 100/12 at the middle and 100/3 at an end."""
    shape = outcome.cdf([[30.0, 60.0]], [[1.0, 1.0]], outcome.Outcomes(0.0, 1.0, 0.5))
    assert outcome.crps(shape, [50.0])[0] == pytest.approx(100 / 12, abs=0.2)
    assert outcome.crps(shape, [0.0])[0] == pytest.approx(100 / 3, abs=0.2)


def test_the_normal_distribution_function() -> None:
    """The normal distribution function has its tabulated values to seven digits."""
    found = normal_cdf(np.array([-1.96, 0.0, 1.0]))
    assert found == pytest.approx([0.0249979, 0.5, 0.8413447], abs=2e-7)


def test_the_benchmark_works_the_concepts_out_twice(tmp_path: Path) -> None:
    """The benchmark's sums over lists and the package's arrays agree on a small table in the data's form."""
    folder = Path(__file__).parents[2] / "benchmarks"
    spec = importlib.util.spec_from_file_location("decisions_data", folder / "decisions_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["decisions_data"] = module
    spec.loader.exec_module(module)
    lines = ["issue,proposal,rule,actor,position,salience,reference_point,outcome,influence"]
    lines += [f"a,p,Unan,m{i},{int(x)},{int(s)},10,20,{c}" for i, (x, s, c) in enumerate(RECORDED)]
    lines += ["b,p,QMV,m0,0,50,,90,1", "b,p,QMV,m1,40,50,,90,1", "b,p,QMV,m2,100,100,,90,2"]
    lines += ["c,p,QMV,m0,0,50,,,1", "d,p,QMV,m0,0,50,,10,1"]
    table = tmp_path / "table.csv"
    table.write_text("\n".join(lines), encoding="utf-8")
    data = module.read_recorded(table)
    assert data.outcome.tolist() == [20.0, 90.0]
    errors = module.hand_check(data)
    assert errors["influence x salience mean"] == pytest.approx(
        ((20 - 1820 / 93 + 90 - 220 / 3) / 2, 20 - 1820 / 93), abs=1e-9
    )
    weight = data.salience * data.influence
    for name, solve in (
        ("weighted median", voting.weighted_median),
        ("probabilistic Condorcet", voting.probabilistic_condorcet),
    ):
        both = np.abs(solve(data.position, weight) - data.outcome)
        assert errors[name] == pytest.approx((both.mean(), both[0]), abs=1e-9)
    del sys.modules["decisions_data"]
