"""Thresholds of belief: published cases, and what holds for any strengths and costs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foedus.guarantee.threshold import Region, attack_gains, part_taken, region, threshold


def gains_of(ratio, arrivals, m, c0, c1, *, europe=1.0, value=1.0):
    """Return the gains of an attacker with `ratio` times the local strength."""
    return attack_gains(ratio, europe, arrivals, m, (c0, c1), value)


@pytest.mark.parametrize(
    ("europe", "arrivals", "expected"), [(1.0, 1.0, 0.6087), (1.1, 1.0, 0.5878), (1.0, 1.1, 0.5992)]
)
def test_threshold_of_two_to_one_with_arrivals_as_large_as_local_strength(europe, arrivals, expected):
    """At two to one, costs of 0.2 and 0.8, the threshold is 0.6087; more of either strength lowers it."""
    assert threshold(gains_of(2.0, arrivals, 1.0, 0.2, 0.8, europe=europe)) == pytest.approx(
        expected, abs=5e-5
    )


def test_weak_attacker_with_high_costs_needs_no_guarantee():
    """Half the local strength at a cost of half the prize gains nothing, so the threshold is zero."""
    gains = gains_of(0.5, 1.0, 1.0, 0.5, 0.8)
    assert region(gains) == Region.NOT_NEEDED
    assert threshold(gains) == 0.0


def test_overwhelming_attacker_is_held_back_by_no_belief():
    """Six to one against half the local strength in arrivals still gains if help is certain."""
    gains = gains_of(6.0, 0.5, 1.0, 0.2, 0.5)
    assert region(gains) == Region.CANNOT_SUFFICE
    assert np.isnan(threshold(gains))


CASES = st.tuples(
    st.floats(0.2, 8.0),
    st.floats(0.0, 4.0),
    st.floats(0.5, 4.0),
    st.floats(0.0, 0.9),
    st.floats(0.0, 2.0),
    st.floats(0.0, 2.0),
)


def worth(gains):
    """Return the threshold, with more than one for no belief at all, so that cases can be put in order."""
    return np.where(region(gains) == Region.CANNOT_SUFFICE, 2.0, threshold(gains))


@settings(max_examples=50)
@given(CASES)
def test_threshold_never_rises_with_strength_arrivals_or_cost_and_never_falls_with_the_prize(case):
    """More European strength, arrivals or cost with help never raise it; a larger prize never lowers it."""
    ratio, arrivals, m, c0, extra, more = case
    c1 = c0 + extra
    base = worth(gains_of(ratio, arrivals, m, c0, c1))
    assert worth(gains_of(ratio, arrivals, m, c0, c1, europe=1.0 + more)) <= base + 1e-9
    assert worth(gains_of(ratio, arrivals + more, m, c0, c1)) <= base + 1e-9
    assert worth(gains_of(ratio, arrivals, m, c0, c1 + more)) <= base + 1e-9
    assert worth(gains_of(ratio, arrivals, m, c0, c1, value=1.0 + more)) >= base - 1e-9


@settings(max_examples=50)
@given(st.floats(0.05, 4.0), st.floats(0.5, 4.0), st.floats(0.01, 1.5))
def test_threshold_is_continuous_where_a_region_ends(arrivals, m, extra):
    """It falls to zero where the guarantee becomes unneeded, and rises to one where it no longer suffices."""
    taken = float(part_taken(2.0, 1.0, m))
    outer = threshold(gains_of(2.0, arrivals, m, taken - 1e-9, taken + extra))
    assert outer == pytest.approx(0.0, abs=1e-6)
    helped = float(part_taken(2.0, 1.0 + arrivals, m))
    inner = threshold(gains_of(2.0, arrivals, m, max(helped - 0.01, 0.0), helped + 1e-10))
    assert inner == pytest.approx(1.0, abs=1e-6)


@settings(max_examples=50)
@given(CASES, st.floats(0.01, 100.0))
def test_only_costs_relative_to_the_prize_count(case, scale):
    """With prize and costs multiplied alike the threshold stays."""
    ratio, arrivals, m, c0, extra, _ = case
    c1 = c0 + extra
    gains = gains_of(ratio, arrivals, m, c0, c1)
    assume(min(abs(gains.without), abs(gains.with_help)) > 1e-9)
    base = worth(gains)
    scaled = worth(gains_of(ratio, arrivals, m, scale * c0, scale * c1, value=scale))
    assert scaled == pytest.approx(base, abs=1e-6)


def test_no_strength_on_the_spot_leaves_the_attacker_the_whole_prize():
    """With nobody there, and nobody who comes, all is taken; a missing attacker takes nothing."""
    assert part_taken(1.0, 0.0, 2.0) == 1.0
    assert part_taken(0.0, 1.0, 2.0) == pytest.approx(0.0)
