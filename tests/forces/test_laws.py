"""What must hold of every way of sharing, whatever is shared among whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import InputError, NoSolutionError
from foedus.forces.apportion import check_fits, divide
from foedus.forces.fair_shares import fair_shares
from foedus.forces.rounding import bounded_parts, largest_remainder
from forces.build import problem

SHARES = st.lists(st.floats(0.01, 1.0), min_size=3, max_size=8)
FEW = settings(max_examples=25, deadline=None)


@FEW
@given(SHARES, st.floats(0.51, 1.0), st.booleans())
def test_totals_are_met_and_nobody_is_above_the_cap(shares: list[float], cap: float, rounded: bool) -> None:
    """Parts add up to what is required of every class, and none is above the cap or below nought."""
    case = problem(shares, cap=cap, ashore=(0,))
    check_fits(case, cap)
    parts = divide(case, rounded=rounded).parts
    np.testing.assert_allclose(parts.sum(axis=0), case.required, rtol=1e-9)
    assert (parts <= case.high + 1e-6 * case.required).all()
    assert (parts >= -1e-9 * case.required).all()


@FEW
@given(SHARES)
def test_without_bounds_everybody_has_its_fair_share(shares: list[float]) -> None:
    """Where no bound binds a part is the fair share, so that a higher one never means less money."""
    case = problem(shares)
    division = divide(case, rounded=False)
    np.testing.assert_allclose(division.parts, case.shares[:, None] * case.required, rtol=1e-6)
    assert division.unfairness == pytest.approx(0.0, abs=1e-7)
    order = np.argsort(case.shares)
    money = (division.parts @ case.prices)[order]
    assert (np.diff(money) >= -1e-6 * money.sum()).all()


@FEW
@given(st.floats(0.2, 0.9), st.lists(st.floats(0.05, 1.0), min_size=2, max_size=6))
def test_what_a_cap_takes_goes_to_the_others_in_proportion(cap: float, others: list[float]) -> None:
    """With one ally at the cap the others keep the proportion of their fair shares in every class."""
    rest_shares = np.array(others) / sum(others)
    if (1.0 - cap) * rest_shares.max() > cap:
        cap = 0.9
    first = min(0.97, cap + 0.05)
    case = problem([first, *((1.0 - first) * rest_shares)], cap=cap)
    check_fits(case, cap)
    parts = divide(case, rounded=False).parts / case.required
    np.testing.assert_allclose(parts[0], cap, rtol=1e-6)
    np.testing.assert_allclose(parts[1:], (1.0 - cap) * rest_shares[:, None] * np.ones(3), rtol=1e-3)


@FEW
@given(st.lists(st.floats(0.05, 1.0), min_size=4, max_size=7), st.floats(0.3, 0.5))
def test_a_dual_is_what_a_cap_moved_a_little_changes(shares: list[float], cap: float) -> None:
    """The worth of a cap is the fall of the least unfairness when it is raised a little."""
    moved = 1e-5
    below, at, above = (problem(shares, cap=c) for c in (cap - moved, cap, cap + moved))
    fall = [divide(case, rounded=False).least for case in (below, at, above)]
    left, right = (fall[0] - fall[1]) / moved, (fall[1] - fall[2]) / moved
    worth = float((divide(at, rounded=False).worth * at.required).sum())
    assert min(left, right) - 1e-3 <= worth <= max(left, right) + 1e-3


def test_those_without_a_coast_provide_more_of_the_rest() -> None:
    """An ally that can hold no ships bears its fair share of the money in the other classes."""
    case = problem([0.4, 0.3, 0.2, 0.1], ashore=(3,))
    division = divide(case, rounded=False)
    assert division.parts[3, 2] == pytest.approx(0.0, abs=1e-9)
    assert division.parts[3, 0] > 0.1 * case.required[0]
    assert division.least == pytest.approx(0.0, abs=1e-9)
    assert division.unfairness < 1e-3


def test_whole_classes_are_whole_and_quarters_are_quarters() -> None:
    """With whole units the parts of a class are whole, totals are met, and unfairness stays small."""
    case = problem([0.37, 0.29, 0.21, 0.13], steps=(0.25, 0.0, 1.0), required=(50.0, 400.0, 20.0))
    parts = divide(case).parts
    np.testing.assert_allclose(4 * parts[:, 0], np.round(4 * parts[:, 0]), atol=1e-9)
    np.testing.assert_allclose(parts[:, 1:], np.round(parts[:, 1:]), atol=1e-9)
    np.testing.assert_allclose(parts.sum(axis=0), case.required, atol=1e-9)
    assert divide(case).unfairness < 0.01


def test_relative_deviation_says_nothing_with_whole_units() -> None:
    """Of 50 brigades 20 of 32 allies have a fair share below half of one, so that rounding takes it all."""
    from foedus.evidence import Ledger

    ledger = Ledger.packaged()
    shares = fair_shares(ledger, "gdp", ledger.members()).shares
    assert (50 * shares < 0.5).sum() == 20


def test_a_solver_that_stops_for_time_is_an_error() -> None:
    """No part is given where the solver was stopped before it proved one near the best."""
    random = np.random.default_rng(1)
    case = problem(random.dirichlet(np.ones(30)), steps=(1.0, 1.0, 1.0))
    with pytest.raises(NoSolutionError) as caught:
        divide(case, gap=0.0, seconds=1e-3)
    assert caught.value.exit_code == 3


def test_the_order_of_allies_changes_nothing() -> None:
    """Fair shares and parts are those of the same allies in any other order."""
    from foedus.evidence import Ledger

    ledger = Ledger.packaged()
    names = ledger.members()
    there, back = (fair_shares(ledger, "mix", order) for order in (names, names[::-1]))
    assert there.countries == back.countries
    np.testing.assert_array_equal(there.shares, back.shares)


@FEW
@given(
    st.lists(st.floats(0.0, 1.0), min_size=1, max_size=9).filter(lambda values: sum(values) > 0.1),
    st.floats(0.0, 1e6),
    st.integers(0, 10**6),
)
def test_bounded_parts_add_up_and_keep_the_proportion(shares: list[float], total: float, seed: int) -> None:
    """Parts add up to the total, lie within their bounds, and are proportional where no bound holds them."""
    random = np.random.default_rng(seed)
    weights = np.array(shares) / sum(shares)
    low = random.uniform(0.0, 1.0, len(weights)) * weights * total
    high = np.where(weights > 0.0, random.uniform(1.0, 4.0, len(weights)) * weights * total, 0.0)
    parts = bounded_parts(weights, total, low, high)
    assert parts.sum() == pytest.approx(total, rel=1e-6, abs=1e-9)
    assert (parts >= low - 1e-6 * total).all()
    assert (parts <= high + 1e-6 * total).all()
    free = (weights > 0) & (parts > low * (1 + 1e-6)) & (parts < high * (1 - 1e-6))
    scale = parts[free] / weights[free]
    np.testing.assert_allclose(scale, scale.mean() if free.any() else scale, rtol=1e-4)


@FEW
@given(st.lists(st.floats(0.0, 50.0), min_size=1, max_size=12))
def test_largest_remainder_keeps_the_total(parts: list[float]) -> None:
    """Rounded parts add up to the whole number that they make, and none moves by one or more."""
    values = np.array(parts)
    values[0] += np.ceil(values.sum()) - values.sum()
    rounded = largest_remainder(values)
    assert rounded.sum() == round(values.sum())
    assert (np.abs(rounded - values) < 1.0 + 1e-6).all()


def test_nothing_required_is_nothing_shared() -> None:
    """A requirement of nought gives noughts."""
    assert bounded_parts(np.array([0.6, 0.4]), 0.0, np.zeros(2), np.zeros(2)).tolist() == [0.0, 0.0]


def test_bounds_that_cannot_be_met_are_named() -> None:
    """A class that too few may provide is an error that names it."""
    case = problem([0.5, 0.3, 0.2], ashore=(0, 1, 2))
    with pytest.raises(InputError, match="destroyers and frigates"):
        check_fits(case, 1.0)
    low = case.low.copy()
    low[0, 0] = 1500.0
    with pytest.raises(InputError, match="tanks"):
        check_fits(replace(case, low=low, high=case.high + 1e9), 1.0)
