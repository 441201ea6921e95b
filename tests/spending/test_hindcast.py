"""The hindcast looks at nothing later than its origin, and the shipped scores are those it gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from foedus.errors import InputError, NoDataError, UnknownNameError
from foedus.evidence import Ledger
from foedus.spending.hindcast import scores
from foedus.spending.hindcast.budgets import hindcast, no_change_errors, score
from foedus.spending.hindcast.editions import edition_hindcast
from foedus.spending.hindcast.fit import EXPOSED, fit, known_rule, threat_from
from foedus.spending.hindcast.forecast import BASELINES, error_rows, forecast, no_change, straight_line
from foedus.spending.hindcast.panel import Panel, nato_panel, sipri_panel
from foedus.spending.hindcast.report import edition_table, sipri_table
from foedus.spending.hindcast.skill import (
    MEASURE_TARGETS,
    shipped_scores,
    skill_ahead,
    skill_note,
    skill_sentence,
    skill_table,
)

LEDGER = Ledger.packaged()
ALLIES = ("BEL", "CAN", "DEU", "DNK", "FRA", "GBR", "GRC", "ITA", "NLD", "NOR", "PRT", "TUR", "USA")


def _panel(first: int = 1980, last: int = 2024, seed: int = 4, pull: float = 0.0) -> Panel:
    """Make up a panel of old allies: calm years with noise, and from 2015 a pull to 2 % of known size."""
    random, years = np.random.default_rng(seed), tuple(range(first, last + 1))
    share = np.empty((len(ALLIES), len(years)))
    share[:, 0] = np.linspace(0.01, 0.04, len(ALLIES))
    for k, year in enumerate(years[1:], 1):
        step = np.maximum(0.0, np.log(0.02 / share[:, k - 1])) / max(2024 - year + 1, 1)
        drift = pull * step * (2015 <= year <= 2024) - 0.01
        share[:, k] = share[:, k - 1] * np.exp(drift + 0.03 * random.standard_normal(len(ALLIES)))
    growth = 0.02 + 0.02 * random.standard_normal(share.shape)
    gdp = 1e11 * np.cumprod(1.0 + growth, axis=1)
    return Panel("made-up", "Made up", ALLIES, years, share, growth, np.zeros_like(share), gdp)


PANEL = _panel()


def test_a_fit_sees_nothing_after_its_origin() -> None:
    """Parameters and forecasts are the same whatever came after the origin."""
    other = replace(
        PANEL, **{name: getattr(PANEL, name).copy() for name in ("share", "growth", "balance", "gdp")}
    )
    later = PANEL.column(2011)
    for name in ("share", "growth", "balance", "gdp"):
        getattr(other, name)[:, later:] = np.nan
    one, two = fit(PANEL, 2010), fit(other, 2010)
    for name, value in one.parameters.items():
        np.testing.assert_array_equal(value, two.parameters[name], err_msg=name)
    a, b = (forecast(p, f, 3, 200) for p, f in ((PANEL, one), (other, two)))
    for h in (1, 2, 3):
        np.testing.assert_array_equal(a.share[h], b.share[h])
        for name in BASELINES:
            np.testing.assert_array_equal(
                *(no_change(p, 2010, h, a.rows, name, 50) for p in (PANEL, other)), strict=True
            )


def test_rules_are_dated() -> None:
    """No pledge and no raised threat is known before 2014; Vilnius changes no level, The Hague does."""
    assert known_rule(2013) is None
    assert threat_from(2013) is None
    assert threat_from(2014) == 2015
    wales, vilnius, hague = known_rule(2014), known_rule(2023), known_rule(2025)
    assert wales is not None
    assert wales == vilnius
    assert (wales.target, wales.deadline) == (0.02, 2024)
    assert hague is not None
    assert (hague.target, hague.deadline) == (0.035, 2035)
    below = np.array([0.01])
    assert wales.step(below, 2014)[0] == 0.0
    assert wales.step(below, 2015)[0] == pytest.approx(np.log(2.0) / 10)


def test_the_exposed_are_those_of_the_parameters() -> None:
    """The hindcast and the shipped parameters name the same allies with an exposed border."""
    from foedus.scenario.chain import all_parameters
    from foedus.spending import ranks

    value = all_parameters()["budgets.exposed_border"].value
    assert isinstance(value, dict)
    assert tuple(sorted(c for c, v in value.items() if v == 1.0)) == EXPOSED
    assert ranks.EXPOSED == EXPOSED


@pytest.mark.parametrize("pull", [0.0, 0.8])
def test_the_fit_finds_what_was_put_in(pull: float) -> None:
    """From made-up figures with a known pull to the pledge, the fit finds that pull within two standard
    errors."""
    found = fit(_panel(seed=11, pull=pull), 2024)
    mean = float(np.mean(found.parameters["compliance"]))
    assert abs(mean - pull) < 2.5 * found.spread["compliance"] + 0.05


def test_an_effect_left_out_is_zero() -> None:
    """An effect that is left out is held at zero."""
    found = fit(PANEL, 2024, without=("compliance", "growth_surprise_effect"))
    assert np.abs(found.parameters["compliance"]).max() < 1e-6
    assert abs(found.parameters["growth_surprise_effect"]) < 1e-6


def test_no_change_keeps_the_share_and_its_past_errors() -> None:
    """No change with errors in points is the last share plus errors made before the origin, and never
    negative."""
    rows = np.arange(len(ALLIES))
    made = no_change(PANEL, 2010, 2, rows, "since-1990", 500)
    pool = np.concatenate(error_rows(PANEL.until(2010), 2010, 2, 1990))
    last = PANEL.share[:, PANEL.column(2010)]
    assert len(pool) == 19 * len(ALLIES)
    assert np.isin(np.round(made - last, 12), np.round(pool, 12)).mean() > 0.99
    assert (made >= 0.0).all()
    np.testing.assert_array_equal(
        no_change(PANEL, 1980, 5, rows, "since-1990", 3), np.tile(PANEL.share[:, 0], (3, 1))
    )


def test_the_straight_line_arrives_at_the_deadline() -> None:
    """Below the pledge the line reaches it in the deadline's year; above it, and before 2014, shares stay."""
    rows = np.arange(len(ALLIES))
    last = PANEL.share[:, PANEL.column(2014)]
    np.testing.assert_allclose(straight_line(PANEL, 2014, 10, rows), np.maximum(last, 0.02))
    np.testing.assert_array_equal(straight_line(PANEL, 2013, 5, rows), PANEL.share[:, PANEL.column(2013)])


@pytest.fixture(scope="module")
def cases() -> dict[str, Any]:
    """A short hindcast on made-up figures."""
    return hindcast(PANEL, first=2012, last=2016, ahead=(1, 3), draws=200)


def test_every_target_is_scored(cases: dict[str, Any]) -> None:
    """Each target has a row for each horizon, with as many cases as allies or origins."""
    rows = score(cases, 2012, 2016, (1, 3))
    assert [(r.target, r.ahead) for r in rows] == [
        (t, h) for t in ("share", "meets", "count", "spending") for h in (1, 3)
    ]
    for row in rows:
        assert row.cases == (5 * len(ALLIES) if row.target in {"share", "meets"} else 5)
        assert row.low <= row.difference <= row.high
        assert row.shown == ("model" if row.skill > 0.0 else "no change")
        assert set(row.score_no_change) == set(BASELINES)


def test_the_table_is_plain(cases: dict[str, Any]) -> None:
    """The table that ships is plain values, with the interval of the skill around the skill."""
    table = sipri_table(PANEL, cases)
    assert table["edition"] == "made-up"
    assert table["five_years_to_2022_24"] == {
        "cases": 0,
        "cover80": None,
        "width80": None,
        "cover80_no_change": None,
        "width80_no_change": None,
    }
    for row in table["rows"]:
        assert row["skill_low"] <= row["skill"] + 1e-6
        assert row["skill"] <= row["skill_high"] + 1e-6


def test_the_shipped_scores_of_natos_editions_are_recomputed() -> None:
    """The part of the shipped table that rests on NATO's packaged editions is what the hindcast gives
    today."""
    assert edition_table(edition_hindcast(LEDGER))["rows"] == [
        {k: pytest.approx(v, rel=1e-5, abs=2e-6) if isinstance(v, float) else v for k, v in row.items()}
        for row in shipped_scores()["nato"]["rows"]
    ]


def test_natos_estimate_beats_the_model() -> None:
    """Where NATO prints an estimate of the year it misses by less than the model, which has none."""
    rows = [r for r in shipped_scores()["nato"]["rows"] if r["mae_estimate"] is not None]
    assert len(rows) == 4
    assert all(r["mae_estimate"] < r["mae"] < r["mae_no_change"] for r in rows)


def test_no_change_has_the_published_errors() -> None:
    """On SIPRI's figures no change misses by 0.093, 0.147, 0.185 and 0.257 points, and later by 0.156 to
    0.386."""
    found = shipped_scores()["sipri"]["no_change_mae"]
    assert [round(100 * found["1995-2013"][h], 3) for h in (1, 2, 3, 5)] == [0.093, 0.147, 0.185, 0.257]
    assert [round(100 * found["2014-2023"][h], 3) for h in (1, 2, 3, 5)] == [0.156, 0.233, 0.281, 0.386]


def test_the_record_of_the_model() -> None:
    """At 1, 2 and 3 years its CRPS is below that of every no-change forecast for 2014 to 2023, and surely
    so."""
    for row in shipped_scores()["sipri"]["rows"]:
        if row["target"] == "share" and row["span"] == "2014-2023" and row["ahead"] <= 3:
            assert row["score"] < min(row["score_no_change"].values())
            assert row["high"] < 0.0


def test_the_intervals_cover() -> None:
    """Intervals of 80 % held 70 to 90 % of outcomes at every horizon, and 55 % or more of 2022 to 2024."""
    rows = [
        r for r in shipped_scores()["sipri"]["rows"] if r["target"] == "share" and r["span"] == "2000-2023"
    ]
    assert [r["ahead"] for r in rows] == [1, 2, 3, 5, 10]
    assert all(0.7 <= r["cover80"] <= 0.9 for r in rows)
    assert shipped_scores()["sipri"]["five_years_to_2022_24"]["cover80"] >= 0.55


def test_no_change_errors_by_hand() -> None:
    """The mean absolute error of no change is that of the shares of the allies of the origin."""
    found = no_change_errors(PANEL, 2000, 2001, (1,))
    k = PANEL.column(2000)
    assert found[1] == pytest.approx(np.abs(np.diff(PANEL.share[:, k : k + 3], axis=1)).mean())


def test_the_long_panel_needs_sipri() -> None:
    """Without an imported edition of SIPRI's the error says where to get one."""
    with pytest.raises(
        NoDataError, match=r"no edition of SIPRI's database is at hand.*foedus data import sipri FILE"
    ):
        sipri_panel(LEDGER)


def test_a_panel_is_one_edition() -> None:
    """The panel of NATO's edition of 2024 holds its 31 allies with forces and the years it prints whole."""
    panel = nato_panel(LEDGER, "nato-2024-06")
    assert (len(panel.countries), panel.years[0], panel.years[-1]) == (31, 2014, 2024)
    assert len(panel.members(2016)) == 27
    assert panel.until(2020).years[-1] == 2020
    assert np.isfinite(panel.gdp).all()


def test_skill_of_the_nearest_horizon_speaks() -> None:
    """Eleven years ahead nothing was scored: the sentence gives ten years and says so."""
    far = skill_ahead("share", 11)
    assert (far.measured_at, far.shown) == (10, "model")
    assert "10 years ahead: skill +" in far.sentence
    assert "(not measured 11 years ahead)" in far.sentence
    assert skill_ahead("share", 0).measured_at is None
    with pytest.raises(
        UnknownNameError, match="'shares' is not a known target of the hindcast; did you mean 'share'"
    ):
        skill_ahead("shares", 1)


def test_a_sentence_says_what_is_not_sure() -> None:
    """A skill whose interval reaches zero is called not distinguishable; one below it gives way to no
    change."""
    row = {"ahead": 1, "skill": 0.02, "skill_low": -0.01, "skill_high": 0.05}
    assert skill_sentence(row, 1, "model") == (
        "1 year ahead: skill +2 % (-1 to +5) over no change, not distinguishable from none."
    )
    worse = {"ahead": 2, "skill": -0.02, "skill_low": -0.04, "skill_high": 0.01}
    assert skill_sentence(worse, 2, "no change").endswith("; the forecast of no change is shown instead.")
    assert "marked *" in skill_note()
    assert {r["target"] for r in skill_table()} >= set(MEASURE_TARGETS.values())


def test_scores_by_hand() -> None:
    """The CRPS of one draw is the absolute error, and that of two draws one apart at one of them a
    quarter."""
    assert scores.crps(np.array([[2.0]]), np.array([3.5]))[0] == pytest.approx(1.5)
    assert scores.crps(np.array([[0.0], [1.0]]), np.array([0.0]))[0] == pytest.approx(0.25)
    inside, width = scores.covers(np.linspace(0, 1, 101)[:, None] * np.ones(2), np.array([0.5, 0.95]), 0.8)
    assert (inside.tolist(), width.tolist()) == ([1.0, 0.0], pytest.approx([0.8, 0.8]))
    assert scores.skill(1.0, 2.0) == 0.5
    assert np.isnan(scores.skill(1.0, 0.0))


def test_the_bootstrap_holds_the_mean() -> None:
    """A difference that is the same everywhere has an interval of no width; a varying one holds its mean."""
    origin = np.repeat(np.arange(2000, 2010), 5)
    assert scores.block_bootstrap(np.full(50, -0.2), origin, 3) == pytest.approx((-0.2, -0.2))
    varying = np.random.default_rng(1).standard_normal(50)
    low, high = scores.block_bootstrap(varying, origin, 2)
    assert low < varying.mean() < high


def test_scores_need_their_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without scoringrules the error says how to install it."""
    import sys

    monkeypatch.setitem(sys.modules, "scoringrules", None)
    with pytest.raises(InputError, match=r"scoringrules is not installed; install foedus\[hindcast\]"):
        scores.crps(np.zeros((1, 1)), np.zeros(1))
