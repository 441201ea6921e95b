"""Laws of industry, forces and readiness: nothing is lost, more is never less, and a path worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.engine.arrays import Array
from foedus.forces.closing import AT_HORIZON, Closing, Limit
from foedus.forces.equations import lead_weights, learning, ramped, triangular
from forces.chain import YEAR, by_class, problem, run

YEARS, COUNTRIES, CLASSES = 7, 3, 2
SINCE = "equipment_delivered_since_start"

few = settings(max_examples=15, deadline=None)
seeds = st.integers(0, 2**32 - 1)
CHANCE = {
    "industry": {"part_for_classes": 0.7, "progress_ratio": 0.85, "unit_price_spread": 0.4},
    "forces": {"intake": 0.12, "losses": 0.08},
}


def _random(seed: int, **other: Any) -> dict[str, Any]:
    """Return a problem's keys drawn at random: money, stocks, capacity, lead times and what leaves."""
    rng = np.random.default_rng(seed)
    low = rng.uniform(1.0, 4.0, CLASSES)
    shape = (CLASSES, 1, COUNTRIES)
    return {
        "spending": rng.uniform(0.0, 1000.0, (YEARS, COUNTRIES)) * rng.integers(0, 2, (YEARS, COUNTRIES)),
        "stock": rng.uniform(0.0, 50.0, (CLASSES, COUNTRIES)),
        "persons": rng.uniform(0.0, 500.0, COUNTRIES),
        "numbers": CHANCE,
        "equipment_list_price_constant_usd": by_class(*rng.uniform(1.0, 20.0, CLASSES)),
        "production_capacity": by_class(*rng.uniform(0.1, 60.0, CLASSES)),
        "production_experience": by_class(*rng.uniform(1.0, 100.0, CLASSES)),
        "lead_time_low": by_class(*low),
        "lead_time_middle": by_class(*(low + 0.5)),
        "lead_time_high": by_class(*(low + 1.5)),
        "cost_growth_low": 1.2,
        "cost_growth_high": 1.54,
        "equipment_retiring": rng.uniform(0.0, 4.0, shape),
        "donated_equipment": rng.uniform(0.0, 4.0, shape) * rng.integers(0, 2),
        "crew_persons": by_class(*rng.uniform(0.0, 6.0, CLASSES)),
        "equipment_required": by_class(*rng.uniform(10.0, 300.0, CLASSES)),
        "availability_low": by_class(0.2, 0.3),
        "availability_middle": by_class(0.5, 0.6),
        "availability_high": by_class(0.9, 1.0),
        "orders_are_common": float(rng.integers(0, 2)),
        **other,
    }


def _closing(out: dict[str, Array]) -> Array:
    """Return the year in which each class is closed, a far one where it is open, for comparisons."""
    return np.nan_to_num(out["gap_closing_year"][-1], nan=np.inf)


@given(seeds)
@few
def test_nothing_is_lost(seed: int) -> None:
    """What is held at the end is what was held, and delivered, less what was retired and given away."""
    asked = _random(seed)
    out = run(problem(**asked), draws=3, seed=seed)
    moved = out["equipment_delivered"] - out["equipment_retired"] - out["equipment_donated"]
    stock = asked["stock"][:, np.newaxis] + np.cumsum(moved, axis=0)
    assert np.allclose(stock, out["equipment_stock"], rtol=0.0, atol=1e-9)
    since = out[SINCE]
    assert np.allclose(out["equipment_ordered_since_start"], since + out["equipment_backlog"], rtol=1e-12)
    assert np.allclose(np.cumsum(out["equipment_delivered"], axis=0), since, rtol=1e-9, atol=1e-9)


@given(seeds)
@few
def test_nothing_is_negative_or_more_than_it_can_be(seed: int) -> None:
    """Items and persons are never below zero, nobody mans what is not there, makers keep to their rates."""
    asked = _random(seed)
    out = run(problem(**asked), draws=3, seed=seed)
    for name, values in out.items():
        assert not (values < 0.0).any(), name
    assert (out["equipment_crewed"] <= out["equipment_stock"]).all()
    delivered = out["equipment_delivered"].sum(axis=-1, keepdims=True)
    assert (delivered <= asked["production_capacity"] * (1.0 + 1e-12)).all()
    parts = sum(out[name][-1] for name in AT_HORIZON[1:])
    assert np.allclose(parts, out["equipment_missing"].sum(axis=0), rtol=1e-9, atol=1e-9)


@given(seeds)
@few
def test_nothing_comes_before_its_lead_time(seed: int) -> None:
    """What has been delivered by a year had been ordered a whole lead time, rounded down, before it."""
    asked = _random(seed)
    out = run(problem(**asked), draws=3, seed=seed)
    lead = np.floor(out["equipment_lead_time"][-1])
    nothing = np.zeros_like(out[SINCE][:1])
    ordered = np.concatenate([nothing, out["equipment_ordered_since_start"]])
    for year in range(YEARS):
        for k, draw in np.ndindex(lead.shape[:2]):
            then = max(year + 1 - int(lead[k, draw, 0]), 0)
            assert (out[SINCE][year, k, draw] <= ordered[then, k, draw] + 1e-9).all()


@given(seeds, st.floats(1.0, 3.0))
@few
def test_more_money_never_means_fewer_deliveries(seed: int, more: float) -> None:
    """More money in any year leads to no fewer deliveries of any class in any year."""
    asked = _random(seed, orders_are_common=1.0)
    rng = np.random.default_rng(seed + 1)
    extra = rng.uniform(1.0, more, (YEARS, COUNTRIES)) * asked["spending"] + rng.integers(0, 50)
    few_out = run(problem(**asked), draws=3, seed=seed)
    much = run(problem(**{**asked, "spending": extra}), draws=3, seed=seed)
    assert (much[SINCE].sum(axis=-1) >= few_out[SINCE].sum(axis=-1) - 1e-9).all()


@given(seeds, st.floats(1.0, 3.0), st.booleans())
@few
def test_more_money_for_all_never_means_fewer_deliveries(seed: int, more: float, common: bool) -> None:
    """The same money times one factor leads to no fewer deliveries, whoever learns from whom."""
    asked = _random(seed, orders_are_common=float(common))
    much = run(problem(**{**asked, "spending": more * asked["spending"]}), draws=3, seed=seed)
    less = run(problem(**asked), draws=3, seed=seed)
    assert (much[SINCE].sum(axis=-1) >= less[SINCE].sum(axis=-1) - 1e-9).all()


@given(seeds, st.floats(0.0, 3.0), st.booleans())
@few
def test_a_longer_lead_time_never_closes_a_gap_earlier(seed: int, longer: float, common: bool) -> None:
    """With longer lead times no more is delivered by any year; with people enough no gap closes earlier."""
    asked = _random(seed, orders_are_common=float(common), persons=1e9)
    later = {n: asked[n] + longer for n in ("lead_time_low", "lead_time_middle", "lead_time_high")}
    short, long = (run(problem(**{**asked, **change}), draws=3, seed=seed) for change in ({}, later))
    assert (long[SINCE].sum(axis=-1) <= short[SINCE].sum(axis=-1) + 1e-9).all()
    assert (_closing(long) >= _closing(short)).all()


@given(seeds, st.floats(1.0, 3.0), st.booleans())
@few
def test_more_production_never_closes_a_gap_later(seed: int, factor: float, common: bool) -> None:
    """Where makers deliver more, no less is delivered by any year and no gap closes later."""
    asked = _random(seed, orders_are_common=float(common))
    more = {"production_capacity": factor * asked["production_capacity"]}
    now, then = (run(problem(**{**asked, **change}), draws=3, seed=seed) for change in ({}, more))
    assert (then[SINCE].sum(axis=-1) >= now[SINCE].sum(axis=-1) - 1e-9).all()
    assert (_closing(then) <= _closing(now)).all()


@given(seeds)
@few
def test_common_orders_are_never_dearer(seed: int) -> None:
    """Where all learn on one curve, one of a class never costs more than where each learns alone."""
    asked = _random(seed, production_capacity=by_class(1e9, 1e9))
    each, common = (
        run(problem(**{**asked, "orders_are_common": flag}), draws=3, seed=seed) for flag in (0.0, 1.0)
    )
    price = "equipment_price_constant_usd"
    assert (common[price] <= each[price] * (1.0 + 1e-9)).all()


def test_a_path_worked_by_hand() -> None:
    """Three allies and one class without chance follow the years worked out with pencil and paper."""
    # A and B spend 300 and 150 a year on items of 10, C nothing; lead times are two years, makers deliver 30
    # a year; one item a year of A's ten and half of one of C's five is retired. One item needs two persons; A
    # has plenty, B ten, of whom a tenth can be added each year. Half of what can be stood up is available, 60
    # are required. Ordered are 30 and 15 a year; of the first 45, due in the third year, 30 are delivered.
    out = run(
        problem(
            [[300.0, 150.0, 0.0]] * 4,
            [[10.0, 0.0, 5.0]],
            persons=[1000.0, 10.0, 100.0],
            equipment_list_price_constant_usd=by_class(10.0),
            production_capacity=by_class(30.0),
            production_experience=by_class(1.0),
            lead_time_low=by_class(2.0),
            lead_time_middle=by_class(2.0),
            lead_time_high=by_class(2.0),
            equipment_retiring=np.array([[[1.0, 0.0, 0.5]]]),
            crew_persons=by_class(2.0),
            equipment_required=by_class(60.0),
            availability_low=by_class(0.5),
            availability_middle=by_class(0.5),
            availability_high=by_class(0.5),
        )
    )
    stock = [[9.0, 0.0, 4.5], [8.0, 0.0, 4.0], [27.0, 10.0, 3.5], [46.0, 20.0, 3.0]]
    assert np.allclose(out["equipment_stock"][:, 0, 0], stock)
    assert np.allclose(out["equipment_ordered_since_start"][:, 0, 0, :2], np.outer(range(1, 5), [30.0, 15.0]))
    assert np.allclose(out["equipment_backlog"][:, 0, 0, :2], [[30, 15], [60, 30], [70, 35], [80, 40]])
    # One of ten can be trained in the third year, half an item's crew, and 1.1 of then eleven in the fourth.
    crewed = [[9.0, 0.0, 4.5], [8.0, 0.0, 4.0], [27.0, 0.5, 3.5], [46.0, 1.05, 3.0]]
    assert np.allclose(out["equipment_crewed"][:, 0, 0], crewed)
    missing = [60.0 - 0.5 * sum(row) for row in crewed]
    assert np.allclose(out["equipment_missing"][:, 0, 0, 0], missing)
    by_ally = out["forces_gap_by_ally_constant_usd"][:, 0]
    assert np.allclose(by_ally, np.outer(missing, [10.0 / 3.0] * 3))
    closing = Closing.of({n: out[n][-1, :, :, 0] for n in AT_HORIZON}, ("tanks",), ("tanks",), (2025, 2029))
    assert closing.share_open() == [1.0]
    # Item-years: 30.75 and 9 were not even ordered in the first two years; 22.5, 45, 39.75 and 25.5 stood on
    # order; 4.75 and 9.475 stood without people in the last two.
    assert np.allclose(closing.waited[:, 0, 0], [39.75, 132.75, 14.225])
    assert closing.limit(0, 0) is Limit.INDUSTRY


def test_a_class_is_closed_in_a_year_of_its_own() -> None:
    """A gap closes in the first year at whose end nothing is missing; one that stays open has no year."""
    common = {
        "production_capacity": by_class(1e9, 1e9),
        "production_experience": by_class(1.0, 1.0),
        "lead_time_low": by_class(1.0, 1.0),
        "lead_time_middle": by_class(1.0, 1.0),
        "lead_time_high": by_class(1.0, 1.0),
        "equipment_list_price_constant_usd": by_class(1.0, 1.0),
    }
    out = run(problem([[20.0]] * 4, [[0.0], [0.0]], equipment_required=by_class(20.0, 31.0), **common))
    year = out["gap_closing_year"][-1, :, 0, 0]
    assert year[0] == YEAR + 3
    assert np.isnan(year[1])
    assert out["gap_is_closed"][:, :, 0, 0].tolist() == [[0, 0], [0, 0], [1, 0], [1, 0]]


def test_a_donation_leaves_the_stock_and_never_more_than_there_is() -> None:
    """What is given away is missing from the stock, and who has less gives what he has."""
    give = np.array([[[4.0, 4.0]]])
    out = run(problem([[0.0, 0.0]] * 2, [[10.0, 3.0]], donated_equipment=give))
    assert out["equipment_donated"][:, 0, 0].tolist() == [[4.0, 3.0], [4.0, 0.0]]
    assert out["equipment_stock"][:, 0, 0].tolist() == [[6.0, 0.0], [2.0, 0.0]]


def test_learning_follows_wright() -> None:
    """Each doubling of all that was made takes the price to the progress ratio."""
    output = np.array([0.0, 1.0, 3.0])
    assert np.allclose(learning(output, 1.0, 0.8), [1.0, 0.8, 0.64], rtol=2e-5)
    x = np.linspace(0.0, 15.0, 301)
    for ratio in (0.8, 0.9, 0.95, 1.0):
        exact = (1.0 + x) ** np.log2(ratio)
        assert np.abs(learning(x, 1.0, ratio) / exact - 1.0).max() < 5e-4
        assert np.abs(learning(x[x <= 1.0], 1.0, ratio) / exact[x <= 1.0] - 1.0).max() < 1e-6
        assert (np.diff(learning(x, 1.0, ratio)) <= 0.0).all()


def test_equations_hold_at_their_ends() -> None:
    """Weights of a lead time add up to one, a ramp ends where it should, and a triangle keeps to its ends."""
    for lead in (1.0, 2.25, 3.9, 10.0):
        assert np.isclose(sum(lead_weights(np.array(lead), float(j)) for j in range(1, 12)), 1.0)
    ends = np.array([10.0]), np.array([20.0])
    assert [ramped(*ends, y, np.array([4.0]))[0] for y in (-1, 0, 2, 4, 9)] == [10.0, 10.0, 15.0, 20.0, 20.0]
    terms = np.linspace(-6.0, 6.0, 121)[np.newaxis, :, np.newaxis]
    values = triangular(terms, by_class(0.4), by_class(0.6), by_class(0.75))
    assert (np.diff(values[0, :, 0]) >= 0.0).all()
    assert np.isclose(values.min(), 0.4, atol=1e-3)
    assert np.isclose(values.max(), 0.75, atol=1e-3)
    assert (triangular(terms, by_class(0.5), by_class(0.5), by_class(0.5)) == 0.5).all()
