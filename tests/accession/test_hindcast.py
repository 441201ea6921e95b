"""Forecasts of accession out of sample, beside their baselines."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.accession import hindcast, skill
from foedus.accession import packaged as packaged_module
from foedus.accession.backtest import (
    AT_DAYS,
    HeldOut,
    LeaveOneOut,
    held_out,
    late_last_ratification,
    leave_one_out,
)
from foedus.accession.estimate import SAMPLED, estimate
from foedus.accession.packaged import packaged_hindcast
from foedus.accession.parameters import FOLDER
from foedus.accession.posterior import packaged_draws
from foedus.accession.record import rounds
from foedus.accession.scores import crps
from foedus.accession.skill import accession_skill, packaged_skill
from foedus.errors import InputError


@pytest.fixture(scope="module")
def held() -> tuple[HeldOut, ...]:
    return held_out(proposals=2048, draws=1000)


@pytest.fixture(scope="module")
def left() -> tuple[LeaveOneOut, ...]:
    """The packaged rows, which a test holds against the code for a part of the rounds."""
    packaged = packaged_hindcast()
    assert packaged is not None
    return packaged[1]


def test_the_packaged_hindcast_is_what_comes_out(
    held: tuple[HeldOut, ...], left: tuple[LeaveOneOut, ...]
) -> None:
    """A middle round, forecast anew from the others, is the packaged row; so are the held-out rounds, within
    what fewer draws move them by. ``benchmarks/accession_fit.py`` makes all of them anew."""
    every = rounds()
    names = {every[5].name}
    rows = {row.round: row for row in left}
    assert list(rows) == [r.name for r in every]
    for row in leave_one_out(names=names):
        packaged = rows[row.round]
        for name, value in vars(row).items():
            assert value == (
                value if isinstance(value, str) else pytest.approx(getattr(packaged, name), rel=0.02)
            )
    shipped, _, late = packaged_hindcast() or ((), (), 0.0)
    assert [(h.round, h.day, h.actual_days) for h in shipped] == [
        (h.round, h.day, h.actual_days) for h in held
    ]
    for one, other in zip(shipped, held, strict=True):
        assert one.crps == pytest.approx(other.crps, rel=0.25)
        assert one.crps_kaplan_meier == pytest.approx(other.crps_kaplan_meier, rel=1e-9)
    assert late == pytest.approx(late_last_ratification(proposals=2048, draws=1000), abs=0.1)


def test_a_packaged_hindcast_of_another_record_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checksum covers rounds, objections and numbers; where it differs, the forecasts are made anew."""
    monkeypatch.setattr(packaged_module, "rounds", lambda: rounds()[1:])
    assert packaged_hindcast() is None
    anew = ((), (), 0.5)
    monkeypatch.setattr(hindcast, "_recomputed", lambda: anew)
    monkeypatch.setattr(skill, "accession_skill", lambda held, left: (held, left))
    assert hindcast.accession_hindcast().late_last_ratification == 0.5
    assert hindcast.PACKAGED not in hindcast.accession_hindcast().notes


def test_late_ratification_is_not_ruled_out() -> None:
    """Known at day 31 of 2022, a last ratification at day 265 or later has a chance of 0.3 to 0.8."""
    assert 0.3 < late_last_ratification(proposals=2048, draws=1000) < 0.8


def test_the_first_interval_holds_both_rounds(held: tuple[HeldOut, ...]) -> None:
    """At day 0 the 90 % interval from rounds to 2020 contains both 273 and 611 days."""
    for row in held:
        if row.day == 0:
            assert row.p05 is not None
            assert row.p95 is not None
            assert row.p05 < 273 < 611 < row.p95


def test_held_out_rounds_are_scored_at_every_day(held: tuple[HeldOut, ...]) -> None:
    """Finland's and Sweden's rounds are scored at day 0, 30, 90 and 180 by log, Brier and ranked scores."""
    assert [(h.round, h.day) for h in held] == [(r, d) for r in ("2023", "2024") for d in AT_DAYS]
    for h in held:
        assert h.log_score > -12
        assert h.ally_log_score is not None
        assert h.ally_brier is not None
        assert 0.0 <= h.ally_brier <= 1.0
        assert 0.0 < h.position < 1.0


def test_the_length_is_forecast_better_than_by_the_baselines(
    held: tuple[HeldOut, ...], left: tuple[LeaveOneOut, ...]
) -> None:
    """At the signature the ranked score of a length beats every baseline, held out and leaving one out."""
    rows = [s for s in accession_skill(held, left) if s.over in {"held out at day 0", "leave one out"}]
    assert len(rows) == 5
    for row in rows:
        assert row.crps < row.crps_baseline, row
        assert row.low < row.difference < row.high
        assert row.rounds == (10 if row.over == "leave one out" else 2)


def test_the_positions_are_not_all_on_one_side(left: tuple[LeaveOneOut, ...]) -> None:
    """The ten lengths fall on both sides of their medians, and at least nine within their 90 % intervals."""
    places = np.array([r.position for r in left])
    assert 3 <= (places < 0.5).sum() <= 7
    assert ((places > 0.05) & (places < 0.95)).sum() >= 9


def test_the_packaged_skill_is_what_comes_out(
    held: tuple[HeldOut, ...], left: tuple[LeaveOneOut, ...]
) -> None:
    """The skill printed beside a forecast is that of the code; fewer draws move it by 7 %, in a running
    round 25 %."""
    for packaged, found in zip(packaged_skill(), accession_skill(held, left), strict=True):
        assert (packaged.over, packaged.baseline) == (found.over, found.baseline)
        running = packaged.over.startswith("held out") and not packaged.over.endswith(" 0")
        assert found.crps == pytest.approx(packaged.crps, rel=0.25 if running else 0.07)
        assert found.crps_baseline == pytest.approx(packaged.crps_baseline, abs=0.1)


def test_the_packaged_draws_are_what_comes_out() -> None:
    """Estimating on the ten rounds gives the packaged draws again, within a third of their spread."""
    found, packaged = estimate(rounds()), FOLDER.draws("ratification")
    for name in SAMPLED:
        spread = float(packaged[name].std())
        assert abs(np.median(found.draws[name]) - np.median(packaged[name])) < spread / 3, name
    assert found.effective_draws > 50
    assert len(packaged_draws()) == 1000


def test_one_round_is_too_few() -> None:
    """Nothing is estimated on a single round."""
    with pytest.raises(InputError, match="one round does not tell rounds apart"):
        estimate(rounds()[:1])


def test_the_ranked_score_of_a_point_is_its_error() -> None:
    """A forecast that is sure of one day scores the days it is off."""
    grid = np.array([0.0, 349.99, 350.0, 1000.0])
    sure = np.array([0.0, 0.0, 1.0, 1.0])
    assert crps(sure, 250.0, grid) == pytest.approx(100.0, abs=1.0)
    assert crps(sure, 350.0, grid) < 1.0
