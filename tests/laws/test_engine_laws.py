"""Laws of the chain: what holds for any start, pledge and parameters."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.model.arrays import Array, correlated_error
from foedus.model.budgets import pledged_step, spending_gap
from foedus.model.engine import Problem, trajectories
from foedus.model.inputs import Inputs, Start

SHARE = "defence_expenditure_share_of_gdp"
GDP = "gdp_constant_usd"
SPENDING = "defence_expenditure_constant_usd"
YEAR = 2024
COUNTRIES = 3

shares = st.lists(st.floats(0.0, 0.06), min_size=COUNTRIES, max_size=COUNTRIES)
gdps = st.lists(st.floats(1e9, 3e13), min_size=COUNTRIES, max_size=COUNTRIES)
growths = st.floats(-0.05, 0.08)
targets = st.floats(0.0, 0.06)
fractions = st.floats(0.0, 1.0)
deadlines = st.integers(YEAR + 1, YEAR + 15)
seeds = st.integers(0, 2**32 - 1)


def _problem(
    share: Any,
    gdp: Any,
    *,
    target: Any = 0.035,
    deadline: int = 2030,
    years: int = 8,
    growth: Any = 0.02,
    shift: float = 0.0,
    active: bool = True,
    compliance: float = 0.5,
    sd: float = 0.0,
) -> Problem:
    """Give a problem of few countries; without `sd` it has no noise."""
    count = len(share)
    inputs = tuple(
        Inputs(
            year=float(YEAR + 1 + i),
            gdp_real_growth_path=np.broadcast_to(np.asarray(growth, dtype=float), (count,)),
            gdp_real_growth_shift=shift,
            gdp_real_growth_is_projected=1.0,
            pledge_target_share_of_gdp=np.broadcast_to(np.asarray(target, dtype=float), (count,)),
            pledge_is_active=float(active),
            pledge_deadline=float(deadline),
        )
        for i in range(years)
    )
    parameters = {
        "economy": {"gdp_growth_error_sd": np.full(count, 10 * sd), "gdp_growth_error_correlation": 0.6},
        "budgets": {
            "compliance": compliance,
            "compliance_spread": 30 * sd,
            "defence_share_error_sd": sd,
            "defence_share_error_correlation": 0.1,
        },
    }
    return Problem(YEAR, Start(np.array(gdp), np.array(share)), inputs, parameters)


def _terms(seed: int, problem: Problem, draws: int = 4) -> dict[str, Array]:
    """Draw terms for a problem."""
    rng, years, count = np.random.default_rng(seed), len(problem.inputs), len(problem.start.gdp_constant_usd)
    return {
        "gdp_growth_error_common": rng.standard_normal((years, draws)),
        "gdp_growth_error_own": rng.standard_normal((years, draws, count)),
        "accession_time_error": rng.standard_normal(draws),
        "compliance_error": rng.standard_normal(draws),
        "defence_share_error_common": rng.standard_normal((years, draws)),
        "defence_share_error_own": rng.standard_normal((years, draws, count)),
    }


def _run(problem: Problem, seed: int = 0) -> dict[str, Array]:
    return trajectories(problem, _terms(seed, problem))


@given(shares, gdps, growths, targets)
def test_without_pledge_and_noise_shares_stay(share: Any, gdp: Any, growth: float, target: float) -> None:
    """Without an active pledge and without noise no share moves, and spending grows as GDP does."""
    out = _run(_problem(share, gdp, growth=growth, target=target, active=False))
    assert np.array_equal(out[SHARE], np.broadcast_to(np.array(share), out[SHARE].shape))
    np.testing.assert_allclose(out[SPENDING], np.array(share) * out[GDP][1:], rtol=1e-12)


@given(shares, gdps, targets, deadlines, fractions, fractions)
def test_more_compliance_never_lowers_a_share(
    share: Any, gdp: Any, target: float, deadline: int, a: float, b: float
) -> None:
    """The more an ally complies, the higher its share in every year."""
    low, high = sorted((a, b))
    less = _run(_problem(share, gdp, target=target, deadline=deadline, compliance=low))[SHARE]
    more = _run(_problem(share, gdp, target=target, deadline=deadline, compliance=high))[SHARE]
    assert (more >= less - 1e-15).all()


@given(shares, gdps, targets, deadlines)
def test_full_compliance_arrives_at_the_deadline(share: Any, gdp: Any, target: float, deadline: int) -> None:
    """With full compliance and no noise everybody below the target reaches it in the deadline's year."""
    years = deadline - YEAR + 2
    out = _run(_problem(share, gdp, target=target, deadline=deadline, compliance=1.0, years=years))[SHARE]
    below = np.array(share) < target
    arrived = out[deadline - YEAR :, :, below]
    np.testing.assert_allclose(arrived, target, atol=1e-15)
    if deadline > YEAR + 1:
        clearly = np.array(share) < target - 1e-6
        assert (out[deadline - YEAR - 1][:, clearly] < target).all()


@given(shares, gdps, deadlines, fractions)
def test_a_target_below_the_share_changes_nothing(
    share: Any, gdp: Any, deadline: int, compliance: float
) -> None:
    """A pledge that every ally keeps already has no effect, whatever the noise would be without it."""
    kept = _run(_problem(share, gdp, target=min(share), deadline=deadline, compliance=compliance))
    none = _run(_problem(share, gdp, active=False))
    assert np.array_equal(kept[SHARE], none[SHARE])


@given(shares, gdps, targets, deadlines, st.integers(0, 20), fractions)
def test_a_later_deadline_never_raises_spending(
    share: Any, gdp: Any, target: float, deadline: int, later: int, compliance: float
) -> None:
    """Moving the deadline back never raises any ally's spending in any year."""
    early = _run(_problem(share, gdp, target=target, deadline=deadline, compliance=compliance))[SPENDING]
    late = _run(_problem(share, gdp, target=target, deadline=deadline + later, compliance=compliance))
    assert (late[SPENDING] <= early * (1 + 1e-12) + 1e-6).all()


@given(shares, gdps, st.floats(0.1, 100.0), seeds)
def test_gdp_scales(share: Any, gdp: Any, factor: float, seed: int) -> None:
    """Money in another unit gives the same shares, and every amount in that unit."""
    one = _run(_problem(share, gdp, sd=0.002), seed)
    other = _run(_problem(share, np.array(gdp) * factor, sd=0.002), seed)
    assert np.array_equal(one[SHARE], other[SHARE])
    for name in (GDP, SPENDING, "pledge_required_constant_usd", "pledge_gap_constant_usd"):
        np.testing.assert_allclose(other[name], one[name] * factor, rtol=1e-9, atol=1e-3)


@given(shares, gdps, seeds, st.permutations(range(COUNTRIES)))
def test_permuting_countries_permutes_results(share: Any, gdp: Any, seed: int, order: list[int]) -> None:
    """Countries in another order, with their shocks, give the same results in that order, bit for bit."""
    problem = _problem(share, gdp, sd=0.002)
    terms = _terms(seed, problem)
    turned = {n: t[..., order] if t.ndim == 3 else t for n, t in terms.items()}
    one = trajectories(problem, terms)
    other = trajectories(_problem(np.array(share)[order], np.array(gdp)[order], sd=0.002), turned)
    for name, values in one.items():
        assert np.array_equal(values[..., order], other[name])


@given(shares, gdps, seeds, st.floats(0.0, 0.02))
def test_shares_and_gdp_are_never_negative(share: Any, gdp: Any, seed: int, sd: float) -> None:
    """However large the errors, no share and no GDP falls below zero, and a share held at zero is flagged."""
    out = _run(_problem(share, gdp, sd=sd, target=0.0), seed)
    assert (out[SHARE] >= 0).all()
    assert (out[GDP] >= 0).all()
    held = out["defence_share_floor_binds"] == 1.0
    assert (out[SHARE][1:][held] == 0.0).all()


@given(shares, gdps, seeds)
def test_amounts_add_up(share: Any, gdp: Any, seed: int) -> None:
    """Spending plus what is missing is at least what the pledge asks, and equal to it below the target."""
    out = _run(_problem(share, gdp, sd=0.002), seed)
    total = out[SPENDING] + out["pledge_gap_constant_usd"]
    required = out["pledge_required_constant_usd"]
    assert (total >= required * (1 - 1e-12)).all()
    below = out[SHARE][1:] < 0.035
    np.testing.assert_allclose(total[below], required[below], rtol=1e-12)


@given(gdps, seeds)
def test_who_has_no_share_keeps_none(gdp: Any, seed: int) -> None:
    """A country without a share has none in any year, and the others are as if it were not there."""
    problem = _problem([0.02, np.nan, 0.03], gdp, sd=0.002)
    terms = _terms(seed, problem)
    out = trajectories(problem, terms)
    assert np.isnan(out[SHARE][:, :, 1]).all()
    assert np.isfinite(out[GDP][:, :, 1]).all()
    others = [0, 2]
    alone = trajectories(
        _problem([0.02, 0.03], np.array(gdp)[others], sd=0.002),
        {n: t[..., others] if t.ndim == 3 else t for n, t in terms.items()},
    )
    assert np.array_equal(out[SHARE][:, :, others], alone[SHARE])


@given(shares, gdps, st.floats(-0.03, 0.03))
def test_the_growth_shift_adds_to_growth(share: Any, gdp: Any, shift: float) -> None:
    """A shift of growth compounds like growth itself."""
    out = _run(_problem(share, gdp, growth=0.02, shift=shift, years=5))[GDP]
    np.testing.assert_allclose(out[-1, 0] / np.array(gdp), (1.02 + shift) ** 5, rtol=1e-12)


@given(targets, targets, st.floats(-5, 12))
def test_the_pledged_step_closes_the_gap_evenly(share: float, target: float, years_left: float) -> None:
    """The step times the years left is the whole gap, and never more than the gap; there is none above it."""
    step = float(pledged_step(np.array([share]), np.array([target]), years_left)[0])
    gap = max(target - share, 0.0)
    assert 0.0 <= step <= gap
    assert np.isclose(step * max(years_left, 1.0), gap, atol=1e-15)
    assert float(spending_gap(np.array([share]), np.array([target]), np.array([2.0]))[0]) == 2.0 * gap


@settings(max_examples=20)
@given(st.floats(0.0, 1.0), st.floats(0.001, 0.1))
def test_correlated_errors_have_their_spread(correlation: float, sd: float) -> None:
    """Errors have the standard deviation and the correlation that they were asked to have."""
    rng = np.random.default_rng(7)
    common, own = rng.standard_normal((40_000, 1)), rng.standard_normal((40_000, 2))
    error = correlated_error(common, own, sd, correlation)
    np.testing.assert_allclose(error.std(axis=0), sd, rtol=0.02)
    assert abs(np.corrcoef(error.T)[0, 1] - correlation) < 0.02
