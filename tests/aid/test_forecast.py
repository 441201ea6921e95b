"""Forecasts of allocations: laws for any months, and the scores that were asked of Release 29."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aid.build import release, write
from foedus.aid import skill
from foedus.aid.backtest import (
    CHOSEN_ON_THESE,
    FINAL_STATE,
    FIRST_MONTH,
    FIRST_ORIGIN,
    KnownMonths,
    monthly_errors,
    past_errors,
    score_series,
)
from foedus.aid.forecast import AidForecast, aid_forecast, forecast_allocations
from foedus.aid.hindcast import AidHindcast, aid_hindcast
from foedus.aid.hurdle import (
    LARGEST,
    REPEATED,
    WINDOW,
    MonthlyAllocations,
    hurdle_months,
    repeated_months,
    sums,
)
from foedus.aid.kiel_import import import_kiel
from foedus.aid.record import Month
from foedus.aid.scores import block_skill, ensemble_crps, judge
from foedus.aid.series import all_donors, forecast_parts, series_of, target_code
from foedus.aid.skill import DONORS, ForecastScore, packaged_scores, pooled_scores, scores_of, skill_of
from foedus.aid.tracker import packaged_tracker
from foedus.cli import run_command
from foedus.errors import InputError, NoDataError
from foedus.results import to_jsonable

AMOUNTS = st.lists(st.floats(0.0, 1e10) | st.just(0.0), min_size=1, max_size=40)


def _series(values: Sequence[float], first: Month = FIRST_MONTH) -> MonthlyAllocations:
    return MonthlyAllocations("DEU", "military", first, tuple(values))


def _made_up(months: int, seed: int = 0) -> tuple[float, ...]:
    random = np.random.default_rng(seed)
    active = random.random(months) < 0.8
    return tuple((active * np.exp(random.normal(20.0, 1.0, months))).tolist())


@cache
def _forecast(kind: str = "military", ahead: int = 6) -> AidForecast:
    return aid_forecast(kind=kind, ahead=ahead, draws=500)  # type: ignore[arg-type]


@cache
def _hindcast() -> AidHindcast:
    return aid_hindcast()


def _score(target: str, kind: str, ahead: int, forecast: str = "hurdle") -> ForecastScore:
    score = _hindcast().score(target, kind, ahead, forecast)
    assert score is not None
    return score


@settings(max_examples=15, deadline=None)
@given(AMOUNTS, st.integers(1, 6))
def test_a_forecast_is_never_negative_and_bounded_by_what_was(months: list[float], ahead: int) -> None:
    """No month is drawn below zero, nor larger than twice the largest of the months learned from."""
    drawn = hurdle_months(months, ahead, draws=50)
    again = repeated_months(months, ahead, draws=50)
    assert drawn.shape == again.shape == (ahead, 50)
    assert drawn.min() >= 0.0
    assert drawn.max() <= LARGEST * max(months[-WINDOW:]) * (1 + 1e-12)
    assert set(again.ravel().tolist()) <= set(months[-REPEATED:])


@settings(max_examples=20, deadline=None)
@given(AMOUNTS, st.integers(0, 5))
def test_the_same_seed_gives_the_same_numbers(months: list[float], seed: int) -> None:
    """A forecast depends on months, name and seed alone; another seed draws others."""
    first, second = (hurdle_months(months, 3, name="DEU", draws=40, seed=seed) for _ in range(2))
    assert np.array_equal(first, second)
    if any(value > 0 for value in months[-WINDOW:]):
        assert not np.array_equal(first, hurdle_months(months, 3, name="DEU", draws=40, seed=seed + 1))


@pytest.mark.parametrize("scale", [1e-3, 1e3])
def test_amounts_in_another_unit_give_the_same_forecast(scale: float) -> None:
    """Multiplying all months by a factor multiplies every draw by it."""
    months = _made_up(30)
    drawn = hurdle_months(months, 6, draws=100)
    assert np.allclose(hurdle_months([scale * m for m in months], 6, draws=100), scale * drawn)


def test_months_older_than_the_window_change_nothing() -> None:
    """The hurdle learns from 24 months and the other forecast draws from 12."""
    months = _made_up(40)
    other = (*(9.0 * m for m in months[:16]), *months[16:])
    assert np.array_equal(hurdle_months(months, 2, draws=60), hurdle_months(other, 2, draws=60))
    assert np.array_equal(repeated_months(months, 2, draws=60), repeated_months(other, 2, draws=60))


def test_a_longer_sum_is_never_less() -> None:
    """Sums over 1, 3 and 6 months are of the same draws."""
    by_ahead = sums(hurdle_months(_made_up(30), 6, draws=200))
    assert (by_ahead[1] <= by_ahead[3]).all()
    assert (by_ahead[3] <= by_ahead[6]).all()


def test_nothing_given_is_forecast_as_nothing() -> None:
    """Where nothing was allocated in the window the hurdle has no size to draw."""
    assert not hurdle_months([5.0, *[0.0] * WINDOW], 3, draws=20).any()


@pytest.mark.parametrize("known", [20, 25, 30])
def test_no_forecast_of_the_past_sees_later_months(known: int) -> None:
    """Altering every month after an origin leaves the scores of all sums that end by then as they are."""
    months = _made_up(36)
    later = (*months[:known], *(3.0 * m + 1e9 for m in months[known:]))
    open_ = tuple(float(i) * 1e9 for i in range(36))
    with_open = [replace(_series(values), open=open_) for values in (months, later)]
    first, second = (score_series(series, draws=40) for series in with_open)
    for cases, altered in zip(first, second, strict=True):
        settled = known - cases.ahead + 1 - FIRST_ORIGIN
        for method, crps in cases.crps.items():
            assert np.array_equal(crps[: max(0, settled)], altered.crps[method][: max(0, settled)])


def test_past_errors_are_of_sums_that_are_known() -> None:
    """A simple forecast's own errors end with the sum whose last month is known."""
    known = KnownMonths(np.arange(20.0), np.zeros(20))
    errors = past_errors(known, 3, lambda before, ahead: float(ahead * before.months[-1]))
    assert errors.size == 20 - 3 - 6 + 1
    assert np.allclose(errors, 6.0)  # three months that each rise by one: 1 + 2 + 3


@settings(max_examples=10, deadline=None)
@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=12), st.floats(-1e3, 1e3))
def test_the_score_is_that_of_its_definition(draws: list[float], outcome: float) -> None:
    """The mean distance to the outcome less half that of all pairs; of one draw the absolute error."""
    values = np.array(draws)
    pairs = np.abs(values[:, None] - values[None, :]).mean()
    defined = np.abs(values - outcome).mean() - pairs / 2
    assert ensemble_crps(values, outcome) == pytest.approx(defined, abs=1e-6)
    assert ensemble_crps(values[:1], outcome) == pytest.approx(abs(draws[0] - outcome))


def test_the_middle_of_an_ensemble_holds_its_median() -> None:
    """An outcome at the median is held, one beyond the largest draw is not."""
    draws = np.arange(101.0)
    assert [judge(draws, x)[1] for x in (10.0, 50.0, 90.0, 9.0, 91.0)] == [True, True, True, False, False]


def test_a_skill_is_one_less_the_ratio_of_scores() -> None:
    """Half the score is a skill of a half with no doubt; equal scores have none."""
    base = np.linspace(1.0, 3.0, 30)
    assert block_skill(0.5 * base, base, 3) == pytest.approx((0.5, 0.5, 0.5))
    assert block_skill(base, base, 6) == pytest.approx((0.0, 0.0, 0.0))
    assert np.isnan(block_skill(base, np.zeros(30), 1)[0])


def test_the_interval_of_a_skill_holds_it_and_is_wider_for_few_origins() -> None:
    """The block bootstrap of noisy scores holds the skill."""
    random = np.random.default_rng(3)
    base = random.gamma(2.0, 1.0, 240)
    own = base * random.uniform(0.6, 1.2, 240)
    wide, narrow = block_skill(own[:30], base[:30], 6), block_skill(own, base, 6)
    assert wide[1] < wide[0] < wide[2]
    assert wide[2] - wide[1] > narrow[2] - narrow[1]


def test_the_packaged_scores_are_those_of_the_packaged_months() -> None:
    """Recomputed from the sums of all donors, basis and scores are the packaged ones."""
    series = all_donors(packaged_tracker(), "military")
    own = [r for r in packaged_scores() if (r.target, r.kind) == ("all_donors", "military")]
    packaged = {(r.ahead, r.forecast): r for r in own}
    computed = scores_of(series)
    assert {row.forecast for row in computed} == {f for _, f in packaged} - {"hazard", "hazard_point"}
    for row in computed:
        other = packaged[row.ahead, row.forecast]
        assert (row.basis, row.origins, row.cases) == (other.basis, other.origins, other.cases)
        assert row.over_repeated == pytest.approx(other.over_repeated, abs=2e-3)
        assert row.over_mean == pytest.approx(other.over_mean, abs=2e-3)
        assert row.covered == pytest.approx(other.covered, abs=1e-3)


@pytest.mark.parametrize(
    ("target", "asked"),
    [("all_donors", (10, 16, 19)), (DONORS, (4, 6, 5)), ("europe", (5, 8, 6))],
)
def test_the_hurdle_beats_the_last_12_months_drawn_again(target: str, asked: tuple[int, int, int]) -> None:
    """Military aid of Release 29: the skills that were measured first, by other code, within three points."""
    for ahead, expected in zip((1, 3, 6), asked, strict=True):
        assert 100 * _score(target, "military", ahead).over_repeated == pytest.approx(expected, abs=3.0)


def test_the_hurdle_beats_the_mean_of_12_months() -> None:
    """Against the mean with its own past errors +10, +27 and +43 %, and the middle 80 % hold 70 to 95 %."""
    rows = [_score("all_donors", "military", ahead) for ahead in (1, 3, 6)]
    assert [row.origins for row in rows] == [33, 31, 28]
    assert [100 * row.over_mean for row in rows] == pytest.approx([10, 27, 43], abs=3.0)
    for target in ("all_donors", DONORS, "europe"):
        covered = [_score(target, "military", ahead).covered for ahead in (1, 3, 6)]
        assert all(0.70 <= part <= 0.95 for part in covered)


def test_nineteen_donors_are_scored() -> None:
    """Donors with 12 or more months with an allocation, forecast from 33 origins each."""
    assert _score(DONORS, "military", 1).cases == 19 * 33
    single = {r.target for r in packaged_scores() if r.kind == "military"} - set(_hindcast().groups)
    assert len(single) == 19


def test_open_commitments_do_not_drive_the_forecast() -> None:
    """As one number a hazard on them is some three times worse than the mean, and worse with its errors."""
    for ahead in (1, 3, 6):
        alone = _score("all_donors", "military", ahead, "hazard_point")
        assert 2.5 < 1.0 - alone.over_mean < 9.0
        assert _score("all_donors", "military", ahead, "hazard").over_mean < 0.0


def test_simple_forecasts_stand_in_the_table() -> None:
    """The last month is 45 % worse than the mean; a mean of three months and Croston's are no better."""
    assert 100 * _score("all_donors", "military", 1, "months_before").over_mean == pytest.approx(-45, abs=2)
    assert _score("all_donors", "military", 1, "mean_3").over_mean < 0.05
    assert _score("all_donors", "military", 6, "tsb").over_mean < 0.05


def test_the_mean_absolute_errors_of_one_month() -> None:
    """From 40 origins, January 2022 in: EUR 1.96 bn by the mean of 12 months, 2.87 by no change."""
    mean, change, origins = monthly_errors(list(packaged_tracker().series("military").values()))
    assert (round(mean / 1e9, 2), round(change / 1e9, 2), origins) == (1.96, 2.87, 40)


def test_the_hindcast_says_what_a_release_is_not() -> None:
    """That past months are in their final state stands in the headline, the table's title and the notes."""
    result = _hindcast()
    assert FINAL_STATE in result.headline()
    assert FINAL_STATE in result.table("hurdle").title
    assert FINAL_STATE in result.notes
    assert CHOSEN_ON_THESE in result.notes
    assert json.loads(json.dumps(to_jsonable(result.payload())))["scores"]
    shown = result.table("hurdle").columns
    assert [c.span for c in shown if c.key.startswith("over")] == [
        ("over_repeated_low", "over_repeated_high"),
        ("over_mean_low", "over_mean_high"),
    ]


def test_without_skill_the_last_12_months_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which forecast stands follows the score of just this series and horizon, not a constant."""
    series = all_donors(packaged_tracker(), "military")
    skills = {1: 0.1, 3: -0.01, 6: 0.1}
    changed = tuple(replace(row, over_repeated=skills[row.ahead]) for row in packaged_scores())
    monkeypatch.setattr(skill, "packaged_scores", lambda: changed)
    published = date(2026, 8, 4)
    result = forecast_allocations(series, source="a release", published=published, draws=100)
    assert [row.stands for row in result.rows] == ["hurdle", "repeated", "hurdle"]
    middle = result.rows[1]
    assert middle.standing == middle.repeated
    assert middle.score is not None
    short = replace(result, rows=result.rows[:2])
    assert "by the last 12 months drawn again" in short.headline()
    assert "not above zero" in short.answer().beside[1]


def test_a_hazard_stands_only_where_it_is_surely_better(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open commitments stay a description, but where the whole interval over the hurdle is above zero."""
    series = all_donors(packaged_tracker(), "military")
    open_ = tuple(1e10 + 1e8 * i for i in range(len(series.values)))

    def with_hazard(low: float) -> tuple[ForecastScore, ...]:
        better = {"over_hurdle": 0.2, "over_hurdle_low": low, "over_repeated": 0.3}
        return tuple(replace(r, **better) if r.forecast == "hazard" else r for r in packaged_scores())  # type: ignore[arg-type]

    for low, known, stands in ((0.01, open_, "hazard"), (-0.01, open_, "hurdle"), (0.01, (), "hurdle")):
        scores = with_hazard(low)
        with monkeypatch.context() as patch:
            patch.setattr(skill, "packaged_scores", lambda scores=scores: scores)
            result = forecast_allocations(
                replace(series, open=known), source="a release", published=date(2026, 8, 4), draws=50
            )
        assert {row.stands for row in result.rows} == {stands}
        for row in result.rows:
            assert (row.hazard is not None) == (stands == "hazard")
            assert row.standing.p10 >= 0.0
        assert ("by a hazard on open commitments" in result.headline()) == (stands == "hazard")


def test_of_all_donors_the_hurdle_stands_and_of_the_united_states_the_hazard() -> None:
    """Of all donors' and Europe's military aid no hazard stands; of all United States aid it does."""
    standing = _hindcast().standing
    assert {standing[t, "military", a] for t in ("all_donors", "europe") for a in (1, 3, 6)} == {"hurdle"}
    assert {standing["USA", "all", ahead] for ahead in (3, 6)} == {"hazard"}
    assert standing["NLD", "military", 6] == "repeated"


def test_scores_of_other_months_are_computed_anew() -> None:
    """A release with other months has another basis, so that the packaged scores do not answer."""
    series = all_donors(packaged_tracker(), "military")
    shorter = replace(series, values=series.values[:-6])
    _, row = skill_of(shorter)[1]
    assert (row.origins, row.basis == skill_of(series)[1][1].basis) == (27, False)


def test_too_few_months_have_no_skill() -> None:
    """A donor with fewer than 12 months with an allocation is not scored, and the last 12 months stand."""
    series = _series([0.0] * 40 + [1e8] * 11)
    assert scores_of(series) == ()
    assert pooled_scores([series]) == ()
    result = forecast_allocations(series, source="a release", published=date(2026, 8, 4), draws=50)
    assert {row.stands for row in result.rows} == {"repeated"}
    assert "No skill is measured" in result.answer().beside[1]


def test_donors_taken_together_are_the_sum_of_their_scores() -> None:
    """All donors' mean score is the mean over donors and origins."""
    donors = [replace(_series(_made_up(30, seed)), name=name) for seed, name in enumerate(("DEU", "FRA"))]
    rows = pooled_scores(donors)
    for ahead in (1, 6):
        each = {r.target: r for r in rows if r.ahead == ahead and r.forecast == "hurdle"}
        assert each[DONORS].crps == pytest.approx((each["DEU"].crps + each["FRA"].crps) / 2)
        assert each[DONORS].cases == each["DEU"].cases + each["FRA"].cases


def test_the_forecast_says_both_and_the_months_before() -> None:
    """The answer names sum, interval, the last 12 months drawn again, the months before and the skill."""
    result = _forecast()
    answer = result.answer()
    assert [row.ahead for row in result.rows] == [1, 3, 6]
    assert (result.longest.first, result.longest.last) == (Month(2026, 5), Month(2026, 10))
    assert answer.number.startswith("EUR 1")
    assert "May to October 2026" in answer.claim
    assert answer.beside[0].startswith("If the last 12 months repeat")
    assert "Skill over the last 12 months drawn again" in answer.beside[1]
    assert FINAL_STATE in answer.beside
    row = result.longest
    assert row.before == pytest.approx(sum(result.series.values[-6:]))
    for spread in (row.hurdle, row.repeated):
        assert 0.0 <= spread.p10 <= spread.p25 <= spread.p50 <= spread.p75 <= spread.p90
    assert json.loads(json.dumps(to_jsonable(result.payload())))["rows"][2]["stands"] == row.stands
    assert [table.name for table in result.tables()] == ["sums", "month"]


def test_parts_add_up_to_the_months() -> None:
    """The kinds that the chart stacks are the months of all kinds."""
    held = packaged_tracker()
    parts = forecast_parts(held, "all_donors", "all")
    assert np.allclose(np.sum(list(parts.values()), axis=0), all_donors(held, "all").values)
    other = forecast_parts(held, "all_donors", "other")
    assert list(other) == ["Financial", "Humanitarian"]


def test_the_band_of_months_ahead_is_flat() -> None:
    """The chart has one box for all months ahead, a dotted one beside, and bars up to the total."""
    chart = _forecast("all").chart()
    layers = chart.to_dict()["concat"][0]["layer"]
    boxes = [layer["data"]["values"] for layer in layers[1:3]]
    assert all(len(rows) == 1 for rows in boxes)
    assert (boxes[0][0]["x"], boxes[0][0]["x2"]) == (boxes[1][0]["x"], boxes[1][0]["x2"])
    assert layers[4]["mark"]["strokeDash"]
    top = max(row["y2"] for row in layers[0]["data"]["values"])
    assert top == pytest.approx(max(_forecast("all").series.values) / 1e9)


def test_a_donor_needs_an_import(own_data: Path) -> None:
    """Without one a donor or region is refused with what to bring; the sum of all answers."""
    with pytest.raises(NoDataError, match="foedus data import kiel"):
        aid_forecast("DEU")
    with pytest.raises(NoDataError, match="foedus data import kiel"):
        series_of(packaged_tracker(), "europe", "all")
    assert [target_code(name) for name in (None, "Europe", "United States", "Deutschland")][:2] == [
        "all_donors",
        "europe",
    ]


def test_an_imported_release_answers_by_donor(tmp_path: Path, own_data: Path) -> None:
    """A short release forecasts a donor from the months it has, and says that no skill is known."""
    import_kiel(write(tmp_path / "release", release()))
    edition = "kiel-30-2023-04-01"
    result = aid_forecast("Germany", kind="military", edition=edition, draws=50)
    assert (result.name, result.longest.first) == ("Germany", Month(2023, 3))
    assert result.rows[0].score is None
    assert sum(result.series.values) == pytest.approx(2.0e9)
    assert set(forecast_parts_of_europe(edition)) == {"European states", "EU institutions"}
    assert "Too few months" in aid_hindcast(date(2023, 5, 1)).headline()


def forecast_parts_of_europe(edition: str) -> dict[str, tuple[float, ...]]:
    """Return the parts of Europe's months in an imported release."""
    return dict(aid_forecast("europe", edition=edition, draws=20).parts)


@pytest.mark.parametrize("ahead", [0, 2, 12, -1])
def test_sums_that_are_not_scored_are_refused(ahead: int) -> None:
    """No skill is measured over 2 or 12 months, so that no forecast is given."""
    with pytest.raises(InputError, match="use 1, 3, 6"):
        aid_forecast(ahead=ahead)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("aid --forecast 2", "--forecast: sums over 2 months are not forecast"),
        ("aid --forecast 6 --real", "--real: a forecast is of one donor or of all"),
        ("aid --forecast 6 --by month", "--by: a forecast is of one donor or of all"),
        ("aid --forecast 3 --donor DEU FRA", "--donor: a forecast is of one donor or of all"),
        ("aid --forecast 3 --as-of 2020-01-01", "had been published by 2020-01-01"),
        ("hindcast aid --as-of 2020-01-01", "had been published by 2020-01-01"),
    ],
)
def test_bad_input_is_one_sentence(
    command: str, words: str, capsys: pytest.CaptureFixture[str], own_data: Path
) -> None:
    """What cannot be forecast is refused with exit code 2 and says what to do."""
    assert run_command(command.split()) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in " ".join(printed.err.split())
