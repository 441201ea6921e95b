"""The hindcast looks at nothing later than its origin, and the shipped scores are those it gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import NoDataError, UnknownNameError
from foedus.evidence import Ledger
from foedus.spending.hindcast import scores
from foedus.spending.hindcast.budgets import hindcast, no_change_errors, score
from foedus.spending.hindcast.edition_skill import LEAST_EDITIONS, as_run, edition_skill
from foedus.spending.hindcast.editions import EditionCase, edition_cases, known_fits
from foedus.spending.hindcast.fit import fit
from foedus.spending.hindcast.forecast import BASELINES, Told, error_rows, forecast, no_change, straight_line
from foedus.spending.hindcast.panel import Panel, nato_panel, sipri_panel
from foedus.spending.hindcast.report import edition_table, sipri_table
from foedus.spending.hindcast.skill import (
    MEASURE_TARGETS,
    shipped_scores,
    skill_ahead,
    skill_note,
    skill_table,
)
from foedus.spending.rules import EXPOSED, known_rule, threat_from

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
def test_the_fit_recovers_what_was_put_in(pull: float) -> None:
    """From made-up figures with a known pull to the pledge, the fit gives that pull within two standard
    errors."""
    fitted = fit(_panel(seed=11, pull=pull), 2024)
    assert abs(fitted.parameters["compliance"] - pull) < 2.5 * fitted.spread["compliance"] + 0.05


@pytest.mark.parametrize("pull", [0.2, 0.8])
def test_a_newer_pledge_leaves_the_older_one_in_its_years(pull: float) -> None:
    """From 2025, when The Hague was agreed, the fit still reads the pull of Wales off 2015 to 2024, as
    before."""
    panel = _panel(last=2025, seed=11, pull=pull)
    before, after = (fit(panel, origin) for origin in (2024, 2025))
    assert after.spread["compliance"] < 1.1 * before.spread["compliance"]
    assert after.parameters["compliance"] == pytest.approx(before.parameters["compliance"], abs=0.1)


def test_an_effect_left_out_is_zero() -> None:
    """An effect that is left out is held at zero."""
    fitted = fit(PANEL, 2024, without=("compliance", "growth_surprise_effect"))
    assert abs(fitted.parameters["compliance"]) < 1e-6
    assert abs(fitted.parameters["growth_surprise_effect"]) < 1e-6


def test_a_longer_history_adds_years_and_no_level() -> None:
    """With a history before it a fit has more years; a history of other levels with the same changes is the
    same."""
    late = replace(
        _panel(first=2000),
        **{
            name: getattr(PANEL, name)[:, PANEL.column(2000) :]
            for name in ("share", "growth", "balance", "gdp")
        },
    )
    alone, joined = fit(late, 2020), fit(late, 2020, history=PANEL)
    assert (alone.years[0], joined.years[0]) == (2001, 1981)
    lower = replace(PANEL, share=PANEL.share * 0.5)
    again = fit(late, 2020, history=lower)
    np.testing.assert_allclose(again.year_effects, joined.year_effects, atol=2e-3)


def test_a_hold_is_known_from_2022_on() -> None:
    """Until the origin of 2021 who is at 2 % may fall below it, later hardly; the shipped number is the later
    one."""
    assert fit(PANEL, 2021).parameters["hold_failure_probability"] == 1.0
    assert "hold_failure_probability" not in fit(PANEL, 2022).parameters


def test_a_forecast_follows_what_it_is_told() -> None:
    """Plans move the ally that announced them and no other; a revision lowers shares printed as estimates."""
    from datetime import date

    panel, fitted = _panel(last=2025), fit(_panel(last=2025), 2025)
    plain, planned = (forecast(panel, fitted, 4, 300, told=t) for t in (Told(), Told(date(2025, 9, 15))))
    moved = {
        panel.countries[r]
        for i, r in enumerate(plain.rows)
        if not np.array_equal(plain.share[4][:, i], planned.share[4][:, i])
    }
    assert "DEU" in moved
    assert not moved & {"TUR", "GRC", "USA"}
    revised = forecast(panel, fitted, 1, 300, told=Told(estimates=np.ones(len(ALLIES), dtype=bool)))
    assert np.median(revised.share[1]) < np.median(plain.share[1])


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


@pytest.fixture(scope="module")
def edition_forecasts() -> list[EditionCase]:
    """The forecasts from NATO's packaged editions."""
    return list(edition_cases(LEDGER))


def test_the_shipped_scores_of_natos_editions_are_recomputed(edition_forecasts: list[EditionCase]) -> None:
    """The part of the shipped table that rests on NATO's packaged editions is what the hindcast gives
    today."""
    computed = edition_table(edition_forecasts)
    for part in ("rows", "skill"):
        assert computed[part] == [
            {k: pytest.approx(v, rel=1e-5, abs=2e-6) if isinstance(v, float) else v for k, v in row.items()}
            for row in shipped_scores()["nato"][part]
        ]


def _edition_row(
    edition: str, ahead: int, form: str = "first_print", *, plans: bool = False
) -> dict[str, Any]:
    (row,) = (
        r
        for r in shipped_scores()["nato"]["rows"]
        if (r["edition"], r["ahead"], r["form"], r["plans"] > 0) == (edition, ahead, form, plans)
    )
    return dict(row)


@pytest.mark.parametrize(
    ("edition", "ahead", "plans", "mae", "score", "no_change"),
    [
        ("nato-2024-06", 1, False, 0.305, 0.227, 0.270),
        ("nato-2024-06", 2, False, 0.445, 0.331, 0.369),
        ("nato-2025-08", 1, False, 0.29, 0.223, 0.209),
        ("nato-2025-08", 1, True, 0.21, 0.160, 0.209),
    ],
)
def test_natos_editions_out_of_sample(
    edition: str, ahead: int, plans: bool, mae: float, score: float, no_change: float
) -> None:
    """From June 2024 and August 2025 the errors are those that a first, separate version of the form had."""
    row = _edition_row(edition, ahead, plans=plans)
    assert 100 * row["mae"] == pytest.approx(mae, rel=0.05)
    assert 100 * row["score"] == pytest.approx(score, rel=0.05)
    assert 100 * row["score_no_change"] == pytest.approx(no_change, rel=0.05)


def test_plans_are_what_beats_no_change_for_2026() -> None:
    """Without plans the form does not beat no change for 2026; with those public by mid-September 2025 it
    does."""
    alone, planned = (_edition_row("nato-2025-08", 1, plans=p) for p in (False, True))
    assert alone["skill"] < 0.0
    assert planned["skill"] == pytest.approx(0.24, abs=0.03)
    assert planned["low"] < 0.0
    assert planned["plans"] == 14


def test_intervals_on_natos_editions_are_too_narrow() -> None:
    """Intervals of 80 % from June 2024 held 58 to 65 % of what came."""
    rows = [r for r in shipped_scores()["nato"]["rows"] if r["edition"] == "nato-2024-06"]
    assert len(rows) == 4
    assert all(0.57 <= r["cover80"] <= 0.66 for r in rows)


def test_skill_is_pooled_as_runs_were(edition_forecasts: list[EditionCase]) -> None:
    """One forecast an edition, form and horizon counts, that with plans where there is one; two editions at
    least."""
    held = as_run(edition_forecasts)
    assert len({(c.edition, c.form, c.ahead) for c in held}) == len(held)
    assert {c.edition for c in held if c.plans} == {"nato-2025-08"}
    rows = edition_skill(held)
    assert {r.ahead for r in rows} == {1, 2}
    assert all(r.editions >= LEAST_EDITIONS for r in rows)
    assert all(r.low <= r.skill <= r.high for r in rows)
    assert all(r.change_low <= r.change_high for r in rows)


def test_the_fits_of_editions_ship_for_every_judged_edition() -> None:
    """Each whole edition but the newest has a fit, with an error for every ally that it prints."""
    assert list(known_fits()) == ["nato-2019-06", "nato-2024-06", "nato-2025-08"]
    for edition, entry in known_fits().items():
        assert set(entry["own_error"]) == set(nato_panel(LEDGER, edition).countries)


def test_no_change_has_its_known_errors() -> None:
    """On SIPRI's figures no change misses by 0.092, 0.148, 0.189 and 0.263 points, and later by 0.152 to
    0.421."""
    errors = shipped_scores()["sipri"]["no_change_mae"]
    assert [round(100 * errors["1995-2013"][h], 3) for h in (1, 2, 3, 5)] == [0.092, 0.148, 0.189, 0.263]
    assert [round(100 * errors["2014-2023"][h], 3) for h in (1, 2, 3, 5)] == [0.152, 0.255, 0.323, 0.421]


RECORD = {
    ("2000-2015", "share"): (1e4, [6.4, 10.1, 12.8, 17.9, 29.5]),
    ("2016-2024", "share"): (1e4, [12.6, 18.2, 21.5, 22.1]),
    ("2000-2015", "spending"): (1e4, [97, 168, 249, 459, 1230]),
    ("2016-2024", "spending"): (1e4, [193, 347, 481, 718]),
    ("2000-2015", "count"): (1.0, [0.32, 0.46, 0.48, 0.88, 2.16]),
    ("2016-2024", "count"): (1.0, [1.34, 1.86, 2.11, 1.51]),
}
"""CRPS of a first, separate version of the form at 1, 2, 3, 5 and 10 years: 1e-4 of GDP, 1e-4 of the origin's
spending, allies."""


@pytest.mark.parametrize("key", RECORD)
def test_the_record_on_long_histories(key: tuple[str, str]) -> None:
    """On SIPRI's histories the scores are within a twentieth of those of a first, separate version of the
    form."""
    unit, expected = RECORD[key]
    rows = [r for r in shipped_scores()["sipri"]["rows"] if (r["span"], r["target"]) == key]
    np.testing.assert_allclose([unit * r["score"] for r in rows], expected, rtol=0.055)


def test_the_record_of_the_model() -> None:
    """At 1, 2 and 3 years its CRPS is below that of every no-change forecast for 2016 to 2024, and surely
    so."""
    for row in shipped_scores()["sipri"]["rows"]:
        if row["target"] == "share" and row["span"] == "2016-2024" and row["ahead"] <= 3:
            assert row["score"] < min(row["score_no_change"].values())
            assert row["high"] < 0.0


def test_the_intervals_cover() -> None:
    """Intervals of 80 % held 75 to 85 % of outcomes at every horizon, and 70 % or more of 2022 to 2024."""
    rows = [
        r for r in shipped_scores()["sipri"]["rows"] if r["target"] == "share" and r["span"] == "2000-2024"
    ]
    assert [r["ahead"] for r in rows] == [1, 2, 3, 5, 10]
    assert all(0.75 <= r["cover80"] <= 0.85 for r in rows)
    assert shipped_scores()["sipri"]["five_years_to_2022_24"]["cover80"] >= 0.7


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
    assert "10 years ahead, sipri-2026: skill +" in far.sentence
    assert "(not measured 11 years ahead)" in far.sentence
    assert skill_ahead("share", 0).measured_at is None
    with pytest.raises(
        UnknownNameError, match="'shares' is not a known target of the hindcast; did you mean 'share'"
    ):
        skill_ahead("shares", 1)


def test_near_years_have_the_skill_of_natos_editions() -> None:
    """As far ahead as two of NATO's editions were judged they speak for a run, further ahead SIPRI's."""
    assert [skill_ahead("count", h).table for h in (1, 2)] == ["NATO's editions", "sipri-2026"]
    first = [skill_ahead("count", h, "first_print").table for h in (1, 2, 3)]
    assert first == ["NATO's editions"] * 2 + ["sipri-2026"]
    assert skill_ahead("spending", 1).table == "sipri-2026"
    assert skill_ahead("share", 1).skill != skill_ahead("share", 1, "first_print").skill


def _scores(skill: float, low: float, long_skill: float, long_low: float) -> dict[str, Any]:
    """Return a table of scores of one target and horizon, on NATO's editions and on long histories."""
    ends = {"change_low": -0.1, "change_high": 0.2, "cases": 25, "target": "share", "ahead": 1}
    near = {
        **ends,
        "form": "what_stands",
        "editions": 3,
        "cases": 90,
        "skill": skill,
        "low": low,
        "high": 0.5,
    }
    far = {"span": "2000-2024", "skill": long_skill, "skill_low": long_low, "skill_high": 0.5, "origins": 25}
    return {"nato": {"skill": [near]}, "sipri": {"edition": "sipri-2026", "rows": [{**ends, **far}]}}


@pytest.mark.parametrize(
    ("scores_", "shown", "cases_", "words"),
    [
        (_scores(0.1, 0.02, 0.1, 0.05), "model", 90, "skill +10 % (+2 to +50) over no change."),
        (_scores(0.1, -0.01, 0.1, 0.05), "both", 90, "no better than no change in 90 past cases of NATO's"),
        (
            _scores(0.1, 0.02, 0.1, 0.0),
            "both",
            25,
            "no better than no change in 25 past cases of sipri-2026.",
        ),
        (_scores(0.0, -0.1, 0.1, 0.05), "no change", 90, "; the newest print is shown instead."),
    ],
)
def test_what_may_be_shown(
    monkeypatch: pytest.MonkeyPatch, scores_: dict[str, Any], shown: str, cases_: int, words: str
) -> None:
    """Both forecasts stand side by side where either interval reaches zero; without skill the newest print
    does."""
    from foedus.spending.hindcast import skill

    monkeypatch.setattr(skill, "shipped_scores", lambda: scores_)
    entry = skill.skill_ahead("share", 1)
    assert (entry.shown, entry.cases) == (shown, cases_)
    assert words in entry.sentence


def test_every_measure_has_its_skill() -> None:
    """Each target of a run's measures is in the table, and the note says what both marks mean."""
    assert {r["target"] for r in skill_table()} >= set(MEASURE_TARGETS.values())
    assert "marked †" in skill_note()
    assert "marked *" in skill_note()


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


@given(
    members=st.integers(1, 40),
    cases=st.integers(1, 6),
    seed=st.integers(0, 10_000),
    step=st.sampled_from([0, 1, 0.25]),
)
def test_the_crps_is_the_librarys(members: int, cases: int, seed: int, step: float) -> None:
    """The score is that of the library scoringrules: of one member, with ties, and where a member came."""
    import scoringrules

    random = np.random.default_rng(seed)
    draws, outcome = random.normal(2.0, 3.0, (members, cases)), random.normal(2.0, 3.0, cases)
    if step:
        draws, outcome = np.round(draws / step) * step, np.round(outcome / step) * step
    expected = scoringrules.crps_ensemble(outcome, np.ascontiguousarray(draws.T), estimator="qd")
    assert scores.crps(draws, outcome) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    pairs = np.abs(draws[:, None, :] - draws[None, :, :]).mean(axis=(0, 1))
    by_definition = np.abs(draws - outcome).mean(axis=0) - pairs / 2
    assert scores.crps(draws, outcome) == pytest.approx(by_definition, rel=1e-12, abs=1e-12)
