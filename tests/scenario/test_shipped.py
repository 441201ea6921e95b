"""What the shipped scenarios say, as far as it can be said without stored outputs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from foedus.evidence import Ledger
from foedus.runs import Run
from foedus.runs.execute import run_resolved
from foedus.scenario import resolve

DAY = date(2026, 6, 1)
LEDGER = Ledger.packaged()


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Both shipped scenarios with the same draws."""
    folder = tmp_path_factory.mktemp("runs")
    return {
        name: run_resolved(resolve(name, as_of=DAY, ledger=LEDGER), draws=1000, out=folder / name)
        for name in ("baseline", "hague-five-years-late")
    }


def _median(run: Run, name: str) -> list[float]:
    return list(run.summary.measures[name].median)


def test_the_pledge_raises_spending(runs: dict[str, Run]) -> None:
    """Under the pledge spending rises faster than without change, and less than 60 % as much is missing."""
    measures = runs["baseline"].summary.measures
    total, gap = measures["nato_expenditure_constant_usd"], measures["nato_gap_constant_usd"]
    assert total.median[-1] > total.naive[-1] * 1.1
    assert gap.median[-1] < 0.6 * gap.naive[-1]
    assert np.all(np.diff(total.median) > 0)


def test_kept_like_the_last_one_the_pledge_is_missed(runs: dict[str, Run]) -> None:
    """Kept as the pledge of Wales was, 3.5 % by 2035 is reached by fewer than half of the allies."""
    assert _median(runs["baseline"], "allies_at_pledge_count")[-1] < 16


def test_five_years_later_is_less(runs: dict[str, Run]) -> None:
    """A deadline five years later lowers total spending and widens the gap in every draw and year."""
    soon, late = runs["baseline"], runs["hague-five-years-late"]
    total, gap = "nato_expenditure_constant_usd", "nato_gap_constant_usd"
    assert (late.draws(total)[1:] <= soon.draws(total)[1:]).all()
    assert (late.draws(gap)[1:] >= soon.draws(gap)[1:]).all()
    assert _median(late, total)[-1] < 0.95 * _median(soon, total)[-1]


def test_both_start_from_the_same_figures(runs: dict[str, Run]) -> None:
    """The two scenarios differ in the deadline and in nothing else that the model reads."""
    soon, late = (run.resolved.to_json() for run in runs.values())
    differing = {key for key in soon if soon[key] != late[key]}
    assert differing == {"name", "title", "question", "spending"}
    soon, late = soon["spending"], late["spending"]
    assert {key for key in soon if soon[key] != late[key]} == {"pledge_deadline"}


def test_the_shipped_files_hold_no_figures_of_the_past(runs: dict[str, Run]) -> None:
    """Scenario files hold decisions and beliefs; every figure of the past is the ledger's."""
    for name in runs:
        text = (Path(__file__).parents[2] / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
        assert "gdp_constant_usd" not in text
        assert "defence_expenditure" not in text
