"""The class hour: one text for page, command and documentation, whose pages open and whose numbers hold."""

from __future__ import annotations

import json
import shlex
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from foedus.cli import run_command
from foedus.dashboard.pages import PAGES
from foedus.dashboard.pages.words import TEACH_PAGE
from foedus.dashboard.query import read_page
from foedus.evidence import Ledger
from foedus.spending.status import status
from foedus.words.lesson import LessonStep, lesson

STEPS = lesson().steps


def test_the_hour_has_five_steps_and_fills_its_time() -> None:
    """Five steps fill 45 minutes, or 90; each is longer in the long hour, and asks a question."""
    hour = lesson()
    assert len(hour.steps) == 5
    assert (hour.minutes, hour.long) == (45, 90)
    assert all(step.minutes < step.long for step in hour.steps)
    assert all(step.ask.endswith("?") for step in hour.steps)
    assert all(text.endswith(".") for step in hour.steps for text in (step.do, step.look, step.more))
    assert hour.answer().number == "5"


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_a_step_names_a_page_with_its_settings(step: LessonStep) -> None:
    """The address of a step is that of a page, whose question takes its settings."""
    address = urlsplit(step.page)
    page = next(page for page in PAGES if f"/{page.slug}" == address.path)
    settings = parse_qsl(address.query)
    question, shared = read_page(page, settings)
    taken = question.model_dump(mode="json") | {
        n: v for n, v in shared.given().items() if n not in question.given()
    }
    for name, value in settings:
        assert value in (str(taken[name]), *(taken[name] if isinstance(taken[name], (list, tuple)) else ()))


@pytest.mark.parametrize("step", [s for s in STEPS if s.key in ("count", "sentence")], ids=lambda s: s.key)
def test_a_step_names_a_command_that_runs(step: LessonStep, capsys: pytest.CaptureFixture[str]) -> None:
    """The command of a step answers; the first counts what the step says, the last supports its sentence."""
    assert run_command(shlex.split(step.command)[1:]) == 0
    said = capsys.readouterr().out
    assert {"count": "23 of the 31 allies", "sentence": "supported"}[step.key] in said


def test_the_numbers_of_the_hour_are_the_ledgers() -> None:
    """The count of 2024 is what the step says, as known in October 2024 and on the later day."""
    said = STEPS[0].do
    ledger = Ledger.packaged()
    asked = [(date(2024, 10, 1), "counts 23 allies"), (date(2026, 11, 1), "read 17")]
    for day, words in asked:
        assert words in said
        assert str(status(ledger, year=2024, as_of=day).meeting) in words.split()
    assert "1 November 2026" in said


def test_page_command_and_documentation_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """The page's view, ``--json`` and the documentation's text come from the one file."""
    assert run_command(["words", "--teach", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [step["ask"] for step in told["steps"]] == [step.ask for step in STEPS]
    assert TEACH_PAGE.command(TEACH_PAGE.question()) == "foedus words --teach"
    page = (Path(__file__).parents[2] / "docs" / "teach.md").read_text(encoding="utf-8")
    assert "% foedus: teach" in page
    assert all(step.ask in lesson().markdown() for step in STEPS)
