"""What holds for ratification and membership, whatever the numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.accession.forecast import DAYS, Seen, closing_lag, forecast, quantile
from foedus.accession.frailty import PACE, hold_points, pace_weights
from foedus.accession.membership import KNOTS, Before, Now, Parameters, Shocks, days_to_entry, step
from foedus.accession.posterior import packaged_draws, ratifiers_of, standing
from foedus.accession.ratification import interval_probability, kinds, survival, weekly_hazard
from foedus.accession.recess import recess_days, working_days

ALLIES = ("CAN", "DEU", "HUN", "ISL", "SVK", "TUR", "USA")
SIGNED = date(2027, 5, 3)
LAG = closing_lag([3.0, 10.0, 40.0], 14.0)
DRAWS = packaged_draws(25)

shares = st.floats(0.001, 0.6)
draws = st.builds(
    replace,
    st.just(standing()),
    ordinary_days=st.floats(20, 900),
    ordinary_shape=st.floats(0.6, 4.0),
    ordinary_dispersion=st.floats(0.02, 4.0),
    recess_tempo=st.floats(0.02, 0.98),
    pace_spread=st.floats(0.2, 3.0),
    expedited_share=shares,
    holder_share=shares,
    holder_spread=st.floats(0.1, 3.0),
    objection_effect=st.floats(0.0, 6.0),
    holder_days=st.floats(80, 1500),
    holder_shape=st.floats(0.7, 3.0),
)


@given(draw=draws)
def test_the_three_kinds_are_all(draw: object) -> None:
    """An ally is ordinary, expedited or a holder: the three chances are not negative and sum to one."""
    chances = kinds(draw, ratifiers_of(ALLIES, objecting=["HUN"], holders=["TUR"]))  # type: ignore[arg-type]
    assert np.allclose(sum(chances), 1.0)
    assert min(c.min() for c in chances) >= 0.0
    assert np.all(chances[2][ALLIES.index("TUR")] == 1.0)
    assert np.all(chances[2][ALLIES.index("HUN")] >= chances[2][ALLIES.index("ISL")])


@given(draw=draws, first=st.integers(0, 900), more=st.integers(0, 400))
def test_nobody_takes_a_ratification_back(draw: object, first: int, more: int) -> None:
    """The chance of not being done never rises with time, and starts at one."""
    who, recess = ratifiers_of(ALLIES), recess_days(SIGNED, 1400)
    for a, b in ((0, first), (first, first + more)):
        early, late = (
            survival(draw, who, np.full(7, float(d)), np.full(7, recess[d]))  # type: ignore[arg-type]
            for d in (a, b)
        )
        assert all(np.all(x >= y - 1e-12) for x, y in zip(early, late, strict=True))
    start = survival(draw, who, np.zeros(7), np.zeros(7))  # type: ignore[arg-type]
    assert all(np.all(s > 0.99) for s in start)


@given(draw=draws, days=st.lists(st.integers(0, 1200), min_size=3, max_size=3, unique=True))
def test_intervals_add_up(draw: object, days: list[int]) -> None:
    """The chances of two neighbouring intervals add up to that of both together."""
    a, b, c = sorted(days)
    who, recess = ratifiers_of(ALLIES), recess_days(SIGNED, 1400)
    at = {d: (np.full(7, float(d)), np.full(7, recess[d])) for d in (a, b, c)}
    parts = [interval_probability(draw, who, at[x], at[y]) for x, y in ((a, b), (b, c), (a, c))]  # type: ignore[arg-type]
    assert np.allclose(parts[0] + parts[1], parts[2], atol=1e-9)


@given(draw=draws)
@settings(max_examples=20)
def test_weekly_hazards_are_probabilities(draw: object) -> None:
    """The hazard of a week lies between zero and one, and is lower for an ally with two chambers."""
    lower = replace(draw, two_chambers_effect=-1.0)  # type: ignore[type-var]
    hazard = weekly_hazard(lower, ratifiers_of(ALLIES), SIGNED, 60)
    assert np.all(hazard >= -1e-12)
    assert np.all(hazard <= 1.0 + 1e-12)
    assert np.all(hazard[ALLIES.index("DEU"), :4] <= hazard[ALLIES.index("ISL"), :4] + 1e-12)


def test_a_week_in_recess_is_slower() -> None:
    """August counts for less: the hazard of its weeks is below that of the last week of July."""
    hazard = weekly_hazard(standing(), ratifiers_of(["ISL"]), SIGNED, 20)[0]
    july, august = (date(2027, 7, 26) - SIGNED).days // 7, (date(2027, 8, 16) - SIGNED).days // 7
    assert hazard[august] < 0.6 * hazard[july]
    counted = recess_days(SIGNED, 200)
    assert counted[(date(2027, 8, 31) - SIGNED).days] - counted[(date(2027, 7, 31) - SIGNED).days] == 31
    assert working_days(np.array([10.0]), np.array([10.0]), 0.25)[0] == pytest.approx(2.5)


def test_shared_terms_have_their_distributions() -> None:
    """The hold's terms have mean one and the contention's mean zero and variance one; pace weights are
    even."""
    points = hold_points(4000)
    assert points[0].mean() == pytest.approx(1.0, abs=0.01)
    assert points[1].mean() == pytest.approx(0.0, abs=1e-6)
    assert points[1].var() == pytest.approx(1.0, abs=0.01)
    assert abs(np.corrcoef(points)[0, 1]) < 0.02
    weights = pace_weights(0.7)
    assert weights.sum() == pytest.approx(1.0)
    assert float(weights @ PACE) == pytest.approx(0.0, abs=0.02)


def test_a_forecast_is_a_distribution() -> None:
    """Entry comes after the last ratification, both never fall, and somebody is the last one."""
    made = forecast(DRAWS, ratifiers_of(ALLIES), SIGNED, LAG)
    for curve in (made.last_ratification, made.entry, *made.each):
        assert np.all(np.diff(curve) >= -1e-9)
        assert curve.min() >= 0.0
        assert curve.max() <= 1.0 + 1e-9
    assert np.all(made.entry <= made.last_ratification + 1e-9)
    assert made.is_last.sum() == pytest.approx(1.0)
    assert np.all(made.last_ratification <= made.each.min(axis=0) + 1e-9)


def test_ratifiers_depend_on_one_another() -> None:
    """Sharing pace and hold, all are done more often than if they were independent."""
    made = forecast(DRAWS, ratifiers_of(ALLIES), SIGNED, LAG)
    independent = made.each.prod(axis=0)
    middle = (independent > 0.05) & (independent < 0.95)
    assert middle.any()
    assert np.all(made.last_ratification[middle] > independent[middle])


def test_holders_and_more_ratifiers_never_speed_a_round() -> None:
    """Taking an ally for a holder, or asking one more ally, delays the last ratification."""
    plain = forecast(DRAWS, ratifiers_of(ALLIES), SIGNED, LAG)
    held = forecast(DRAWS, ratifiers_of(ALLIES, holders=["HUN"]), SIGNED, LAG)
    fewer = forecast(DRAWS, ratifiers_of(ALLIES[:-1]), SIGNED, LAG)
    day = int(np.searchsorted(DAYS, 300.0))
    assert held.last_ratification[day] < plain.last_ratification[day] < fewer.last_ratification[day]
    assert held.is_last[ALLIES.index("HUN")] > plain.is_last[ALLIES.index("HUN")]
    assert held.is_holder[ALLIES.index("HUN")] == pytest.approx(1.0)


def test_what_is_seen_counts() -> None:
    """With all done the end is certain; the days before the question are past; a laggard is more likely a
    holder."""
    everyone = tuple(range(len(ALLIES)))
    done = forecast(DRAWS, ratifiers_of(ALLIES), SIGNED, LAG, Seen(200, everyone, (100,) * 7, (150,) * 7))
    assert done.last_ratification[-1] == pytest.approx(1.0)
    assert done.is_last.sum() == 0.0
    some = Seen(200, everyone[:-1], (20,) * 6, (40,) * 6)
    late = forecast(DRAWS, ratifiers_of(ALLIES), SIGNED, LAG, some)
    assert np.all(late.last_ratification[DAYS <= 200] < 1e-12)
    assert late.is_last[-1] == pytest.approx(1.0)
    assert late.is_holder[-1] > 3 * forecast(DRAWS, ratifiers_of(ALLIES), SIGNED, LAG).is_holder[-1]


def test_a_quantile_beyond_the_last_day_is_none() -> None:
    """A probability that is never reached has no day."""
    assert quantile(np.linspace(0.0, 0.4, DAYS.size), 0.5) is None
    assert quantile(np.linspace(0.0, 1.0, DAYS.size), 0.0) == 0.0


@given(lags=st.lists(st.floats(0, 100), min_size=1, max_size=10), prior=st.floats(1, 50))
def test_the_closing_lag_is_heavier_than_exponential(lags: list[float], prior: float) -> None:
    """The points of the last lag rise, and their longest is longer than an exponential's of the same mean."""
    points = closing_lag(lags, prior)
    assert np.all(np.diff(points) > 0)
    mean = (sum(lags) + prior) / (len(lags) + 1)
    assert points[-1] > mean * -np.log(0.5 / points.size) * 0.999


knots = st.lists(st.floats(1.05, 3.0), min_size=5, max_size=5).map(lambda r: 50.0 * np.cumprod(r))


@given(days=knots)
def test_the_yearly_step_holds_to_the_forecast(days: np.ndarray) -> None:
    """The chain's closed form gives the forecast's own days at its five probabilities, and rises in
    between."""
    found = days_to_entry(days[:, np.newaxis], KNOTS[:, np.newaxis])[:, 0]
    assert np.allclose(found, days)
    fine = days_to_entry(days[:, np.newaxis], np.linspace(-3, 3, 50)[:, np.newaxis])[:, 0]
    assert np.all(np.diff(fine) > 0)


@given(days=knots, signed=st.floats(2026.0, 2032.0), error=st.floats(-2.5, 2.5))
def test_membership_once_gained_stays(days: np.ndarray, signed: float, error: float) -> None:
    """An applicant is no ally before its signature, and once an ally it stays one; allies are untouched."""
    nan = np.nan
    spread = [np.array([nan, d]) for d in days]
    membership = np.array([1.0, 0.0])
    seen = []
    for year in range(2025, 2060):
        now = Now(float(year), np.array([nan, signed]), *spread)
        membership = step(now, Before(membership), Shocks(np.array([[error]])), Parameters()).membership
        seen.append(membership[0, 1])
        assert membership[0, 0] == 1.0
        if year + 1 <= signed:
            assert membership[0, 1] == 0.0
    assert seen == sorted(seen)
