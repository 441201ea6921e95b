"""Laws of the chain: what holds for any start, pledge and parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, t

from foedus.engine.arrays import Array, ByCountry, heavy_tailed, normal_cdf
from foedus.engine.component import shock_axes
from foedus.engine.simulate import Problem, trajectories
from foedus.scenario.chain import CHAIN as WHOLE
from foedus.scenario.chain import FOLDERS
from foedus.spending.budgets import spending_gap
from foedus.spending.economy import picked_rows
from foedus.spending.rules import pledged_step
from scenario.build import neutral_sections
from spending.build import small_inputs, small_start

SHARE = "defence_expenditure_share_of_gdp"
GDP = "gdp_constant_usd"
SPENDING = "defence_expenditure_constant_usd"
BEHIND = {"industry", "forces", "readiness", "plans", "reinforcement", "guarantee", "deterrence"}
CHAIN = tuple(part for part in WHOLE if part.name not in BEHIND)
"""What money buys stands behind what is spent, and has laws of its own, as the guarantee has."""

YEAR = 2024
COUNTRIES = 3


@dataclass(frozen=True)
class Covered:
    """What the guarantee writes where nothing depends on it: every ally is covered."""

    guarantee_condition_is_met: ByCountry


shares = st.lists(st.floats(0.001, 0.06), min_size=COUNTRIES, max_size=COUNTRIES)
gdps = st.lists(st.floats(1e9, 3e13), min_size=COUNTRIES, max_size=COUNTRIES)
growths = st.floats(-0.05, 0.08)
targets = st.floats(0.001, 0.06)
fractions = st.floats(0.0, 1.0)
deadlines = st.integers(YEAR + 1, YEAR + 15)
seeds = st.integers(0, 2**32 - 1)

STILL = {
    "convergence": 0.0,
    "convergence_spread": 0.0,
    "tide_mean": 0.0,
    "tide_persistence": 0.6,
    "tide_carry": 0.5,
    "tide_error": 0.0,
    "exposed_border_effect": 0.0,
    "exposed_border_effect_spread": 0.0,
    "ceiling_share_of_gdp": 0.05,
    "reversion": 0.0,
    "hold_failure_probability": 1.0,
    "guarantee_response": 0.0,
    "growth_surprise_effect": 0.0,
    "own_error_factor": 1.0,
    "error_degrees_of_freedom": 4.0,
    "edition_error_bias": 0.0,
    "edition_error_size": 0.0,
    "edition_hold_failure_probability": 1.0,
    "plan_realisation": 1.0,
    "plan_realisation_spread": 0.0,
    "equipment_long_run": 0.2,
    "equipment_return": 0.1,
    "equipment_growth_effect": 0.3,
    "infrastructure_long_run": 0.04,
    "infrastructure_return": 0.1,
    "infrastructure_growth_effect": 0.0,
    "other_long_run": 0.26,
    "other_return": 0.1,
    "other_growth_effect": -0.05,
}
"""Parameters of budgets in which nothing moves but the pledge."""

NOISY = {
    "tide_mean": -0.013,
    "tide_error": 0.024,
    "exposed_border_effect": 0.04,
    "exposed_border_effect_spread": 0.01,
    "reversion": 0.035,
    "hold_failure_probability": 0.05,
    "growth_surprise_effect": -0.4,
    "own_error_factor": 1.2,
    "edition_error_bias": -0.02,
    "edition_hold_failure_probability": 0.3,
    "edition_error_size": 0.05,
}


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
    noise: float = 0.0,
    plan: tuple[float, int] | None = None,
    **other: float,
) -> Problem:
    """Give a problem of few countries; without `noise` it has no chance and moves by the pledge alone."""
    count = len(share)
    sections = neutral_sections(tuple(str(i) for i in range(count)))
    others = [section for room, section in sections.items() if room not in BEHIND]
    plans = plan or (np.nan, np.nan)
    inputs = tuple(
        (
            small_inputs(
                count,
                gdp_real_growth_path=np.broadcast_to(np.asarray(growth, dtype=float), (count,)),
                gdp_real_growth_shift=shift,
                gdp_real_growth_years_ahead=float(i + 1),
                pledge_target_share_of_gdp=np.broadcast_to(np.asarray(target, dtype=float), (count,)),
                pledge_is_active=float(active),
                pledge_deadline=float(deadline),
                announced_share_of_gdp=np.full(count, plans[0] if YEAR + 1 + i <= plans[1] else np.nan),
                announced_year=np.full(count, plans[1] if YEAR + 1 + i <= plans[1] else np.nan),
                threat_is_raised=float(noise > 0.0),
                start_is_estimate=np.full(count, float(noise > 0.0 and i == 0)),
                share_convergence_weight=np.zeros(count),
            ),
            *(room.inputs(YEAR + 1 + i, {}) for room in others),
            Covered(np.ones(count)),
        )
        for i in range(years)
    )
    table = np.tile(np.linspace(-noise, noise, 7), (count, 1))
    parameters: dict[str, dict[str, Any]] = {
        component: {name: p.value for name, p in folder.component(component).items()}
        for folder in FOLDERS
        for component in folder.components()
    }
    parameters |= {
        "economy": {
            "gdp_growth_error": table,
            "gdp_growth_error_first_year_ratio": 0.6,
            "gdp_growth_error_first_year_ratio_october": 0.6,
            "gdp_growth_bias": 0.0,
        },
        "budgets": {
            **STILL,
            **(NOISY if noise else {}),
            "compliance": compliance,
            "compliance_spread": noise,
            "exposed_border": np.linspace(0.0, 1.0, count).round(),
            "own_error": np.full(count, noise),
            **other,
        },
    }
    starts = (small_start(share, gdp), *(room.start() for room in others))
    return Problem(CHAIN, YEAR, count, starts, inputs, parameters, shock_scale=float(noise > 0.0))


def _terms(seed: int, problem: Problem, draws: int = 4) -> dict[str, Array]:
    """Draw terms for a problem."""
    rng, years, count = np.random.default_rng(seed), len(problem.inputs), problem.countries
    length = {"year": years, "draw": draws, "country": count}
    return {
        name: rng.standard_normal(tuple(length[axis] for axis in axes))
        for name, axes in shock_axes(CHAIN).items()
    }


def _run(problem: Problem, seed: int = 0) -> dict[str, Array]:
    return trajectories(problem, _terms(seed, problem))


@given(shares, gdps, growths, targets)
def test_without_pledge_and_noise_shares_stay(share: Any, gdp: Any, growth: float, target: float) -> None:
    """Without an active pledge and without noise no share moves, and spending grows as GDP does."""
    out = _run(_problem(share, gdp, growth=growth, target=target, active=False))
    np.testing.assert_allclose(out[SHARE], np.broadcast_to(np.array(share), out[SHARE].shape), rtol=1e-12)
    np.testing.assert_allclose(out[SPENDING], np.array(share) * out[GDP], rtol=1e-12)


@given(shares, gdps, targets, deadlines, fractions, fractions)
def test_more_compliance_never_lowers_a_share(
    share: Any, gdp: Any, target: float, deadline: int, a: float, b: float
) -> None:
    """The more an ally complies, the higher its share in every year."""
    low, high = sorted((a, b))
    less = _run(_problem(share, gdp, target=target, deadline=deadline, compliance=low))[SHARE]
    more = _run(_problem(share, gdp, target=target, deadline=deadline, compliance=high))[SHARE]
    assert (more >= less * (1 - 1e-12)).all()


@given(shares, gdps, targets, deadlines)
def test_full_compliance_arrives_at_the_deadline(share: Any, gdp: Any, target: float, deadline: int) -> None:
    """With full compliance and no noise everybody below the target reaches it in the deadline's year."""
    years = deadline - YEAR + 2
    out = _run(_problem(share, gdp, target=target, deadline=deadline, compliance=1.0, years=years))[SHARE]
    below = np.array(share) < target
    arrived = out[deadline - YEAR :, :, below]
    np.testing.assert_allclose(arrived, target, rtol=1e-12)
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
    one = _run(_problem(share, gdp, noise=0.05), seed)
    other = _run(_problem(share, np.array(gdp) * factor, noise=0.05), seed)
    assert np.array_equal(one[SHARE], other[SHARE])
    for name in (GDP, SPENDING, "pledge_required_constant_usd", "pledge_gap_constant_usd"):
        np.testing.assert_allclose(other[name], one[name] * factor, rtol=1e-9, atol=1e-3)


@given(shares, gdps, seeds, st.permutations(range(COUNTRIES)))
def test_permuting_countries_permutes_results(share: Any, gdp: Any, seed: int, order: list[int]) -> None:
    """Countries in another order, with their shocks, give the same results in that order, bit for bit."""
    problem = _problem(share, gdp, noise=0.05)
    terms = _terms(seed, problem)
    by_country = {n for n, axes in shock_axes(CHAIN).items() if axes[-1] == "country"}
    turned = {n: t[..., order] if n in by_country else t for n, t in terms.items()}
    one = trajectories(problem, terms)
    again = _problem(np.array(share)[order], np.array(gdp)[order], noise=0.05)
    again.parameters["budgets"]["exposed_border"] = problem.parameters["budgets"]["exposed_border"][order]  # type: ignore[index]
    other = trajectories(again, turned)
    for name, values in one.items():
        assert np.array_equal(
            values[..., order] if values.shape[-1] > 1 else values, other[name], equal_nan=True
        )


@given(shares, gdps, seeds, st.floats(0.001, 0.3))
def test_shares_and_gdp_are_never_negative(share: Any, gdp: Any, seed: int, noise: float) -> None:
    """However large the errors, every share stays finite and above zero, and no GDP falls below zero."""
    out = _run(_problem(share, gdp, noise=noise, target=0.0), seed)
    assert (out[SHARE] > 0).all()
    assert np.isfinite(out[SHARE]).all()
    assert (out[GDP] >= 0).all()


@given(shares, gdps, seeds)
def test_the_four_parts_add_up(share: Any, gdp: Any, seed: int) -> None:
    """Equipment, personnel, infrastructure and other spending are fractions that add up to one."""
    out = _run(_problem(share, gdp, noise=0.1), seed)
    parts = [out[f"{part}_share"][-8:] for part in ("equipment", "personnel", "infrastructure", "other")]
    np.testing.assert_allclose(sum(parts), 1.0, rtol=1e-12)
    assert all(((p >= 0.0) & (p <= 1.0)).all() for p in parts)


@given(shares, gdps, st.floats(0.01, 0.06), st.integers(YEAR + 1, YEAR + 8))
def test_a_plan_kept_whole_arrives(share: Any, gdp: Any, plan: float, by: int) -> None:
    """An announced share that is realised in full is reached in its year, from above or from below."""
    out = _run(_problem(share, gdp, plan=(plan, by), active=False))[SHARE]
    np.testing.assert_allclose(out[by - YEAR], plan, rtol=1e-12)


@given(shares, gdps)
def test_an_exposed_border_raises_only_its_own(share: Any, gdp: Any) -> None:
    """The border's effect lifts the allies that have one and are below the ceiling, and moves no other
    ally."""
    still = {"exposed_border_effect_spread": 0.0, "edition_error_size": 0.0, "edition_error_bias": 0.0}
    with_border = _problem(share, gdp, noise=1e-9, exposed_border_effect=0.2, **still)
    without = _problem(share, gdp, noise=1e-9, exposed_border_effect=0.0, **still)
    one, other = _run(with_border)[SHARE], _run(without)[SHARE]
    border = with_border.parameters["budgets"]["exposed_border"] > 0
    below = border & (np.array(share) < 0.05)
    assert (one[1][:, below] > other[1][:, below]).all()
    assert (one[1:, :, border] >= other[1:, :, border] * (1 - 1e-12)).all()
    assert np.array_equal(one[:, :, ~border], other[:, :, ~border])


@given(shares, gdps, seeds)
def test_amounts_add_up(share: Any, gdp: Any, seed: int) -> None:
    """Spending plus what is missing is at least what the pledge asks, and equal to it below the target."""
    out = _run(_problem(share, gdp, noise=0.05), seed)
    total = out[SPENDING][1:] + out["pledge_gap_constant_usd"]
    required = out["pledge_required_constant_usd"]
    assert (total >= required * (1 - 1e-12)).all()
    below = out[SHARE][1:] < 0.035
    np.testing.assert_allclose(total[below], required[below], rtol=1e-12)


@given(gdps, seeds)
def test_who_has_no_share_keeps_none(gdp: Any, seed: int) -> None:
    """A country without a share has none in any year, and the others are as if it were not there."""
    problem = _problem([0.02, np.nan, 0.03], gdp, noise=0.05)
    terms = _terms(seed, problem)
    out = trajectories(problem, terms)
    assert np.isnan(out[SHARE][:, :, 1]).all()
    assert np.isfinite(out[GDP][:, :, 1]).all()
    others = [0, 2]
    by_country = {n for n, axes in shock_axes(CHAIN).items() if axes[-1] == "country"}
    few = _problem([0.02, 0.03], np.array(gdp)[others], noise=0.05)
    few.parameters["budgets"]["exposed_border"] = problem.parameters["budgets"]["exposed_border"][others]  # type: ignore[index]
    alone = trajectories(
        few,
        {n: t[..., others] if n in by_country else t for n, t in terms.items()},
    )
    assert np.array_equal(out[SHARE][:, :, others], alone[SHARE])


@given(shares, gdps, st.floats(-0.03, 0.03))
def test_the_growth_shift_adds_to_growth(share: Any, gdp: Any, shift: float) -> None:
    """A shift of growth compounds like growth itself."""
    out = _run(_problem(share, gdp, growth=0.02, shift=shift, years=5))[GDP]
    np.testing.assert_allclose(out[-1, 0] / np.array(gdp), (1.02 + shift) ** 5, rtol=1e-12)


@given(targets, targets, st.floats(-5, 12))
def test_the_pledged_step_closes_the_gap_evenly(share: float, target: float, years_left: float) -> None:
    """The step times the years left is the whole gap in logarithms; there is none at or above the target."""
    step = float(pledged_step(np.array([share]), np.array([target]), years_left)[0])
    gap = max(np.log(target / share), 0.0)
    assert 0.0 <= step <= gap + 1e-15
    assert np.isclose(step * max(years_left, 1.0), gap, rtol=1e-12, atol=1e-15)
    missing = float(spending_gap(np.array([share]), np.array([target]), np.array([2.0]))[0])
    assert missing == 2.0 * max(target - share, 0.0)


@given(st.floats(-8, 8))
def test_the_normal_distribution_function_is_right(z: float) -> None:
    """The distribution function is within 7.5e-8 of the exact one, and symmetric."""
    from statistics import NormalDist

    found = float(normal_cdf(np.array([z]))[0])
    assert abs(found - NormalDist().cdf(z)) <= 7.6e-8
    assert abs(found + float(normal_cdf(np.array([-z]))[0]) - 1.0) <= 2e-7


@given(st.floats(-2.576, 2.576), st.floats(3.0, 30.0))
def test_heavy_tails_are_those_of_student(z: float, freedom: float) -> None:
    """A stretched term is within 4 % of the t quantile at its probability over the middle 99 %."""
    found = float(heavy_tailed(np.array([z]), freedom)[0])
    # SciPy gives zero for probabilities within a few 1e-10 of one half; there a straight line is exact.
    slope = float(norm.pdf(0.0) / t.pdf(0.0, freedom))
    exact = slope * z if abs(z) < 1e-6 else float(t.ppf(norm.cdf(z), freedom))
    assert abs(found - exact) <= 0.04 * abs(exact) + 1e-9


@given(st.lists(st.floats(-40, 40), min_size=1, max_size=9), st.integers(1, 40))
def test_a_picked_row_exists(pick: list[float], rows: int) -> None:
    """However extreme the term, the row that it picks is one of the table's."""
    found = picked_rows(np.array(pick)[:, None], rows)
    assert ((found >= 0) & (found < rows)).all()


def test_rows_are_picked_equally_often() -> None:
    """Of 29 rows each is picked in about one of 29 draws."""
    picked = picked_rows(np.random.default_rng(3).standard_normal((290_000, 1)), 29)
    counts = np.bincount(picked, minlength=29)
    assert abs(counts / 10_000 - 1.0).max() < 0.05
