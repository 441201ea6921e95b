"""A scenario of one's own is the same as keys over a shipped one and as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import ScenarioError
from foedus.scenario.changes import changed, read_changes
from foedus.scenario.find import find, shipped
from foedus.scenario.own import OwnScenario, changes_of, opened_scenario, scenario_text, written_change

keys: dict[str, Any] = {
    "levers.pledge.target": st.integers(15, 60).map(lambda n: n / 1000),
    "levers.pledge.deadline": st.integers(2028, 2050),
    "levers.pledge.exceptions": st.dictionaries(st.sampled_from(["ESP", "CAN"]), st.just(0.021)),
    "levers.announced_plans": st.booleans(),
    "uncertainties.growth_shift": st.integers(-30, 30).map(lambda n: n / 1000),
    "uncertainties.compliance": st.integers(0, 10).map(lambda n: n / 10),
    "uncertainties.threat_until": st.integers(2025, 2040),
}
changes = st.fixed_dictionaries({}, optional=keys)


def _said(content: Any) -> Any:
    """Return what a scenario says, whatever it is called."""
    return content.model_dump(mode="json", exclude={"title", "question", "extends"})


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(list(shipped())), changes)
def test_there_and_back_is_the_same_scenario(parent: str, own: dict[str, Any]) -> None:
    """Keys become a file, the file's keys become the same scenario, and so do keys as `--set` takes them."""
    wanted = _said(changed(find(parent), own).content)
    opened = opened_scenario(scenario_text(OwnScenario(parent, own, "Mine", "What then?")), "mine.yaml")
    assert (opened.title, opened.question) == ("Mine", "What then?")
    assert _said(changed(find(opened.parent), opened.changes).content) == wanted
    texts = [written_change(key, value) for key, value in opened.changes.items()]
    assert _said(changed(find(opened.parent), read_changes(texts)).content) == wanted


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scenario_is_the_baseline_with_other_keys(name: str) -> None:
    """What a shipped scenario says is the baseline with the keys in which they differ."""
    content, base = find(name).content, find("baseline")
    assert _said(changed(base, changes_of(content, base.content)).content) == _said(content)
    assert changes_of(base.content, base.content) == {}


def test_a_file_without_a_parent_is_opened_over_the_baseline() -> None:
    """A scenario that extends nothing is held against the baseline."""
    pledge = "{target: 0.03, from: 2025, deadline: 2033}"
    text = f"title: T\nquestion: Q?\nhorizon: 2033\nlevers:\n  pledge: {pledge}\n"
    own = opened_scenario(text, "t.yaml")
    assert own.parent == "baseline"
    assert own.changes["levers.pledge.target"] == 0.03
    assert own.changes["horizon"] == 2033


def test_the_saved_file_is_the_command_s_own(tmp_path: Path) -> None:
    """What is saved is found by its path, as the command does."""
    path = tmp_path / "mine.yaml"
    own = OwnScenario("baseline", {"levers.pledge.deadline": 2030}, "M", "Q?")
    path.write_text(scenario_text(own), encoding="utf-8")
    assert find(str(path)).content.levers.pledge.deadline == 2030


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: T\nquestion: Q?\nextends: /etc/passwd.yaml\n", "does not come with foedus"),
        ("title: T\nquestion: Q?\nextends: other.yaml\n", "does not come with foedus"),
        ("title: T\nquestion: Q?\nextends: baseline\nlevers: {pledge: {aim: 1}}\n", "aim"),
        ("- a list\n", "mapping"),
        ("title: [", "YAML"),
    ],
)
def test_what_is_no_scenario_is_refused_with_its_name(text: str, said: str) -> None:
    """A file that is none, or that would read another file, is refused by the name it was given."""
    with pytest.raises(ScenarioError, match=said) as refused:
        opened_scenario(text, "mine.yaml")
    assert "mine.yaml" in str(refused.value)
