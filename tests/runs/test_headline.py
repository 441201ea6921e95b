"""The headline says who reaches the pledge, what is spent and missing, and the naive forecast beside it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pytest

from foedus.catalogue import catalogue
from foedus.engine.precision import held
from foedus.engine.section import QUANTILES
from foedus.engine.slabs import columns_of
from foedus.evidence import Ledger
from foedus.runs.headline import Headline, headline, quantiles_by_year
from foedus.runs.outcome import outcome
from foedus.scenario import Resolved, resolve
from foedus.spending.hindcast.skill import skill_ahead
from foedus.spending.measures import MEASURES
from scenario.build import small_scenario

SMALL = small_scenario()
SHARE = "defence_expenditure_share_of_gdp"
GDP = "gdp_constant_usd"


def yearly(resolved: Resolved, share: Any, gdp: Any) -> dict[str, Any]:
    """Return the measures of one year in which everybody is an ally."""
    return resolved.measures({SHARE: share, GDP: gdp, "membership": np.ones(4)})


def test_measures_by_hand() -> None:
    """Counts, totals and the gap of one year are those that a reader can check by hand."""
    nan = float("nan")
    share = np.array([[0.021, nan, 0.036, 0.034], [0.010, nan, 0.035, 0.020]])
    gdp = np.array([[100.0, 10.0, 200.0, 1000.0], [100.0, 10.0, 200.0, 1000.0]])
    found = yearly(SMALL, share, gdp)
    assert list(found) == list(MEASURES)
    np.testing.assert_array_equal(found["allies_at_pledge_count"], [1, 1])
    np.testing.assert_array_equal(found["allies_at_guideline_count"], [3, 2])
    np.testing.assert_allclose(found["nato_expenditure_constant_usd"], [2.1 + 7.2 + 34, 1 + 7 + 20])
    np.testing.assert_allclose(found["europe_canada_expenditure_constant_usd"], [2.1 + 7.2, 1 + 7])
    np.testing.assert_allclose(found["nato_gap_constant_usd"], [1.0, 1.1 + 15.0])


def test_an_exception_is_counted_against_the_pledge_of_all() -> None:
    """An ally that meets its own lower target has no gap and is still not at the pledge."""
    share = np.array([[0.021, np.nan, 0.035, 0.035]])
    found = yearly(SMALL, share, np.array([SMALL.spending.gdp_constant_usd]))
    assert found["nato_gap_constant_usd"][0] == 0.0
    assert found["allies_at_pledge_count"][0] == 2


def test_without_iceland_nothing_is_masked() -> None:
    """When every country participates none is left out."""
    everyone = small_scenario(participates=(True,) * 4)
    found = yearly(everyone, np.full((1, 4), 0.04), np.array([SMALL.spending.gdp_constant_usd]))
    assert found["allies_at_pledge_count"][0] == 4
    assert found["nato_expenditure_constant_usd"][0] == pytest.approx(0.04 * 1310)


def test_the_naive_forecast_keeps_shares() -> None:
    """Without change shares stay and GDP grows along its path, shifted in projected years only."""
    found = SMALL.no_change()
    total = 2.0 + 7.0 + 30.0
    assert found["nato_expenditure_constant_usd"] == pytest.approx([total, total * 1.1, total * 1.1 * 1.05])
    assert found["allies_at_pledge_count"] == [1, 1, 1]
    assert found["nato_gap_constant_usd"][0] == pytest.approx(0.1 + 5.0)


def test_quantiles_of_a_count_are_counts() -> None:
    """The median of a count is a count that occurs; that of money may lie between two draws."""
    values = np.array([1.0, 2.0, 3.0, 10.0])
    assert quantiles_by_year("allies_at_pledge_count", values[np.newaxis]) == ((1.0,), (2.0,), (10.0,))
    assert np.ravel(quantiles_by_year("nato_gap_constant_usd", values[np.newaxis])) == pytest.approx(
        [1.3, 2.5, 7.9]
    )


def _headline() -> Headline:
    share = np.array([[0.02, np.nan, 0.03, 0.04], [0.03, np.nan, 0.05, 0.04]])
    return headline(
        SMALL,
        lambda name, i: np.array([float(i), float(i + 2)]),
        {SHARE: columns_of(share)},
        draws=2,
    )


def test_the_headline_is_plain_and_complete() -> None:
    """The headline is JSON with every measure, its naive forecast, each ally, grades and notes."""
    found = json.loads(json.dumps(_headline().to_json(), allow_nan=False))
    assert found["years"] == [2024, 2025, 2026]
    assert found["interval"] == [QUANTILES[0], QUANTILES[2]]
    assert set(found["measures"]) == set(MEASURES)
    for name, measure in found["measures"].items():
        assert measure["label"] == catalogue()[name].label
        assert all(len(measure[key]) == 3 for key in ("low", "median", "high", "naive", "skill", "shown"))
        assert measure["skill"][0] is None
        assert set(measure["shown"]) <= {"model", "both", "no change"}
    assert found["measures"]["nato_gap_constant_usd"]["median"] == [1.0, 2.0, 3.0]
    assert set(found["allies_at_horizon"]) == {"ESP", "POL", "USA"}
    assert found["allies_at_horizon"]["POL"]["median"] == pytest.approx(0.04)
    assert found["pledge"] == {"target": 0.035, "from": 2025, "deadline": 2035, "exceptions": {"ESP": 0.021}}
    assert found["parameters_by_grade"] == {"assumed": 1, "estimated": 1}
    assert found["skill"].startswith("Skill: one less the model's CRPS over that of no change")
    assert {row["ahead"] for row in found["skill_by_years_ahead"]} == {1, 2, 3, 5, 10}
    assert found["notes"] == [{"step": "left_out", "text": "ISL: none."}]


def test_what_may_be_shown_follows_from_the_skill() -> None:
    """Each year's skill and word are those of the hindcast: no change where there has been no skill, both
    where its interval reaches zero."""
    measure = _headline().measures["allies_at_guideline_count"]
    for ahead in (1, 2):
        known = skill_ahead("count", ahead)
        assert (measure.skill[ahead], measure.shown[ahead]) == (known.skill, known.shown)
        assert known.skill is not None
        assert known.low is not None
        assert (known.shown == "no change") == (known.skill <= 0.0)
        assert known.shown != "model" or known.low > 0.0


def test_a_headline_read_again_is_the_same() -> None:
    """What is written as plain values reads back as an equal headline."""
    written = json.loads(json.dumps(_headline().to_json(), allow_nan=False))
    assert Headline.from_json(written) == _headline()


def test_the_start_counts_are_the_ledgers() -> None:
    """The counts of the start year are those of NATO's July 2026 edition: 30 at 2 %, 5 at 3.5 %."""
    from foedus.scenario import resolve

    found = resolve("baseline", as_of=date(2026, 11, 26), ledger=Ledger.packaged()).no_change()
    assert found["allies_at_guideline_count"][0] == 30
    assert found["allies_at_pledge_count"][0] == 5


def test_every_quantile_has_its_error() -> None:
    """Each quantile carries its error over seeds and is printed to it; counts are printed as they are."""
    resolved = resolve("baseline", as_of=date(2026, 6, 1), ledger=Ledger.packaged())
    summaries = [outcome(resolved, draws=1000, seed=seed).summary for seed in range(1, 9)]
    for name, entry in summaries[0].measures.items():
        for key in ("low", "median", "high"):
            errors = np.array([getattr(s.measures[name], f"{key}_error")[-1] for s in summaries])
            values = np.array([getattr(s.measures[name], key)[-1] for s in summaries])
            if entry.unit != "count":
                assert 0.4 * values.std() < errors.mean() < 2.5 * values.std()
        printed = [s.measures[name].interval() for s in summaries]
        if entry.unit == "count":
            assert printed[0] == (entry.low[-1], entry.median[-1], entry.high[-1])
        else:
            assert len({low for low, _, _ in printed}) <= 3
            assert printed[0] != (entry.low[-1], entry.median[-1], entry.high[-1])
    poland = summaries[0].horizon.allies["POL"]
    assert 0.0 < poland.error < 0.002
    assert poland.interval() == held((poland.low, poland.median, poland.high), (poland.error,))
    assert summaries[0].to_json()["measures"]["nato_gap_constant_usd"]["high_error"][-1] > 1e9
