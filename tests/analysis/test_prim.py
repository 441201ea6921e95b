"""PRIM finds planted boxes, and a discovery says where a threshold is met on draws it was not found on."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from foedus.analysis.discovery import discover
from foedus.analysis.discovery_inputs import choices, streams
from foedus.analysis.prim import BoxCount, InputBox, best_step, find_boxes, limit_p_value, peel_and_paste
from foedus.analysis.threshold_text import read_threshold
from foedus.cli import run_command
from foedus.errors import InputError, UnknownNameError
from foedus.scenario import resolve

DAY = date(2026, 11, 26)
LATE = "hague-five-years-late"
MEASURES = ("allies_at_pledge_count", "nato_gap_constant_usd")
COUNT = "allies_at_pledge_count"


def _cases(seed: int = 1, inputs: int = 8, count: int = 2000) -> np.ndarray:
    return np.random.default_rng(seed).random((count, inputs))


@pytest.mark.parametrize("noise", [0.0, 0.02])
def test_a_planted_box_is_found(noise: float) -> None:
    """A box on three of eight inputs is found with coverage and density above 0.9, its limits within a few
    hundredths, and on other cases as well; a part of the outcomes may be turned over."""
    x, other = _cases(), _cases(seed=2)
    planted = [(v[:, 1] > 0.4) & (v[:, 4] < 0.7) & (v[:, 6] > 0.2) for v in (x, other)]
    turned = np.random.default_rng(3).random(len(x)) < noise
    best = best_step(peel_and_paste(x, planted[0] ^ turned))
    assert best.box.limited() == [1, 4, 6]
    for values, inside in zip((x, other), planted, strict=True):
        step = BoxCount.of(best.box, values, inside)
        assert step.coverage > 0.9
        assert step.density > 0.9
    assert best.box.low[[1, 6]] == pytest.approx([0.4, 0.2], abs=0.05)
    assert best.box.high[4] == pytest.approx(0.7, abs=0.05)


def test_two_planted_boxes_are_found_one_after_the_other() -> None:
    """The second box is looked for among the cases that the first leaves."""
    x = _cases(inputs=4, count=3000)
    planted = ((x[:, 0] < 0.3) & (x[:, 1] < 0.4)) | ((x[:, 0] > 0.8) & (x[:, 2] > 0.8))
    boxes = [way.box.box for way in find_boxes(x, planted)[:2]]
    held = np.logical_or(*(box.inside(x) for box in boxes))
    assert (held & planted).sum() / planted.sum() > 0.85
    assert planted[held].mean() > 0.85


def test_a_category_is_taken_as_a_whole() -> None:
    """An input of three values is limited to the one that matters, though a slice of it is a third."""
    x = _cases()
    x[:, 3] = np.floor(3 * x[:, 3])
    best = best_step(peel_and_paste(x, (x[:, 3] == 1.0) & (x[:, 5] < 0.3)))
    assert (best.box.low[3], best.box.high[3]) == (1.0, 1.0)
    assert min(best.coverage, best.density) > 0.9


def test_peels_grow_denser_and_smaller_and_pastes_lose_nothing() -> None:
    """On the way of peels density never falls and mass always does; a paste loses no density."""
    x = _cases(seed=5)
    steps = peel_and_paste(x, x[:, 0] + x[:, 1] > 1.2)
    peels = steps[: next((i for i in range(1, len(steps)) if steps[i].mass >= steps[i - 1].mass), len(steps))]
    assert len(peels) > 5
    assert all(b.density >= a.density and b.mass < a.mass for a, b in pairwise(peels))
    for step in steps[len(peels) :]:
        sources = [p for p in peels if p.mass < step.mass and p.density <= step.density]
        assert sources


def test_what_is_not_there_is_not_found() -> None:
    """Outcomes that no input moves give limits that do no more than chance on other cases."""
    x, random = _cases(inputs=4), np.random.default_rng(9)
    best = best_step(peel_and_paste(x, random.random(len(x)) < 0.2))
    other, outcome = _cases(seed=8, inputs=4), random.random(len(x)) < 0.2
    assert BoxCount.of(best.box, other, outcome).density == pytest.approx(0.2, abs=0.06)
    check = BoxCount.of(InputBox.whole(4).with_limit(0, "low", 0.5), other, outcome)
    assert limit_p_value(check, 0, other, outcome) > 0.01
    assert find_boxes(x, np.zeros(len(x), dtype=bool)) == []


def test_a_limit_that_matters_is_not_by_chance() -> None:
    """The quasi-p-value of a limit that halves the cases and keeps all of interest is next to nothing."""
    x = _cases(inputs=2)
    step = BoxCount.of(InputBox.whole(2).with_limit(0, "low", 0.5), x, x[:, 0] > 0.5)
    assert (step.coverage, step.density) == (1.0, 1.0)
    assert limit_p_value(step, 0, x, x[:, 0] > 0.5) < 1e-6


@pytest.mark.parametrize(
    ("text", "relation", "value"),
    [
        ("allies_at_pledge_count < 5", "<", 5.0),
        ("  nato_gap_constant_usd>=1.5e11 ", ">=", 1.5e11),
        ("allies_at_pledge_count<=-1", "<=", -1.0),
    ],
)
def test_a_threshold_is_read(text: str, relation: str, value: float) -> None:
    """A measure, a sign and a number, with or without spaces."""
    threshold = read_threshold(text, MEASURES)
    assert (threshold.relation, threshold.value) == (relation, value)


@pytest.mark.parametrize(
    "text", ["", "allies_at_pledge_count", "allies_at_pledge_count < ", "5 < 3", "a = 3", "a < 1.2.3"]
)
def test_what_is_no_threshold_is_refused(text: str) -> None:
    """Another form is one sentence that shows the right one."""
    with pytest.raises(InputError, match="is no threshold; write a measure, a sign and a number"):
        read_threshold(text, MEASURES)


def test_an_unknown_measure_has_a_nearest_name() -> None:
    """A misspelt measure names the nearest one."""
    with pytest.raises(UnknownNameError, match="did you mean 'allies_at_pledge_count'"):
        read_threshold("allies_at_plege_count < 5", MEASURES)


def test_a_stream_is_summed_up_as_one_normal_term() -> None:
    """Every stream that the measures need has one column, standard normal, whatever its shape."""
    inputs, values = streams(resolve("baseline", as_of=DAY), year=2035, draws=1200, seed=1)
    assert values.shape == (1200, len(inputs))
    assert {"compliance_error", "defence_share_error_common", "defence_share_error_own"} <= {
        i.name for i in inputs
    }
    assert {i.kind for i in inputs} == {"chance"}
    np.testing.assert_allclose(values.std(axis=0), 1.0, atol=0.15)
    again = streams(resolve("baseline", as_of=DAY), year=2035, draws=700, seed=1)[1]
    np.testing.assert_array_equal(again, values[:700])


def test_a_discovery_names_the_common_tide_and_the_lever() -> None:
    """Few allies at the pledge: the surprise that all share is low, and where the deadlines of two scenarios
    decide, the later one; the box holds on the draws that it was not found on."""
    alone = discover(["baseline"], f"{COUNT} < 8", draws=1000, as_of=DAY)
    assert alone.boxes
    assert "defence_share_error_common" in {limit.input for limit in alone.boxes[0].limits}
    assert alone.boxes[0].density > 1.5 * alone.share
    assert sum(point.chosen for point in alone.path) == 1
    scenarios = [resolve(name, as_of=DAY) for name in ("baseline", LATE)]
    found, values = choices(scenarios)
    assert [(i.name, i.kind) for i in found] == [("pledge_deadline", "lever")]
    assert values.tolist() == [[2035.0], [2040.0]]
    both = discover(
        ["baseline", LATE], "europe_canada_expenditure_constant_usd < 7.5e11", draws=1000, as_of=DAY
    )
    kinds = {limit.kind for box in both.boxes for limit in box.limits}
    assert kinds == {"chance", "lever"}
    assert "is no probability" in " ".join(both.notes).replace("That is no", "is no")


@pytest.mark.parametrize(
    ("threshold", "message"),
    [
        (f"{COUNT} < 0", "is met in none of 100 draws: the measure runs from"),
        (f"{COUNT} < 99", "is met in all of 100 draws"),
        ("allies_at_pledge_cont < 3", "did you mean 'allies_at_pledge_count'"),
    ],
)
def test_a_threshold_never_or_always_met_is_refused(
    threshold: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A threshold that splits no draws, or an unknown measure, is one sentence and exit code 2."""
    words = ["compare", "baseline", "--discover", threshold, "--draws", "100", "--as-of", DAY.isoformat()]
    assert run_command(words) == 2
    assert message in capsys.readouterr().err


def test_the_command_prints_boxes(capsys: pytest.CaptureFixture[str]) -> None:
    """The command says the share, the box and the way; ``--json`` gives the same for programs."""
    words = [
        "compare",
        "baseline",
        "--discover",
        f"{COUNT} < 10",
        "--draws",
        "400",
        "--as-of",
        DAY.isoformat(),
    ]
    run_command(words)
    text = capsys.readouterr().out
    assert "The way to the first box" in text
    assert "Coverage" in text
    run_command([*words, "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["threshold"] == f"{COUNT} < 10"
    assert answer["boxes"][0]["limits"]
    with pytest.raises(InputError, match="2020 is no year of the run"):
        discover(["baseline"], f"{COUNT} < 10", year=2020, draws=50, as_of=DAY)
