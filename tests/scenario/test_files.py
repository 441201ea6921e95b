"""A scenario file is read strictly, and every mistake is named with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.errors import ScenarioError, UnknownNameError
from foedus.files.lines import LARGEST_BYTES
from foedus.scenario.find import find, shipped
from foedus.scenario.schema import read_scenario

GOOD = """\
title: A test
question: What happens?
horizon: 2030
levers:
  pledge:
    target: 0.03
    from: 2025
    deadline: 2030
"""


def _write(folder: Path, text: str | bytes, name: str = "case.yaml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def _message(folder: Path, text: str | bytes) -> str:
    """Give the message for a file, with the folder's name cut off."""
    with pytest.raises(ScenarioError) as caught:
        find(str(_write(folder, text)))
    return str(caught.value).replace(str(folder) + "/", "")


def test_a_good_file_is_read(tmp_path: Path) -> None:
    """A file that follows the schema gives its content, and the line of every key."""
    content, lines = read_scenario(_write(tmp_path, GOOD), "case.yaml")
    assert content.levers.pledge.target == 0.03
    assert content.levers.pledge.from_year == 2025
    assert content.uncertainties.shock_scale == 1.0
    assert lines[("levers", "pledge", "deadline")] == 8


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "target:",
            "targett:",
            "line 6: 'targett' is not a known key; did you mean 'target'?",
        ),
        (
            "horizon: 2030",
            "zzzz: 1",
            "line 3: 'zzzz' is not a known key; "
            "the keys here are title, question, extends, horizon, levers, uncertainties, structures, "
            "parameters.",
        ),
        (
            "question: What happens?\n",
            "",
            "line 1: the key 'question' is missing; every scenario has one.",
        ),
        (
            "target: 0.03",
            "target: 3.5",
            "line 6: 3.5 is not a share of GDP between 0 and 0.2; write 0.035 for 3.5 %.",
        ),
        (
            "target: 0.03",
            "target: -1",
            "line 6: -1 is not a share of GDP between 0 and 0.2; mend it.",
        ),
        (
            "target: 0.03",
            "target: much",
            "line 6: target = 'much' cannot be used (input should be a valid number); mend the value.",
        ),
        (
            "horizon: 2030",
            "horizon: 2300",
            "line 3: horizon = 2300 cannot be used (input should be less than or equal to 2100); "
            "mend the value.",
        ),
        (
            "horizon: 2030",
            "horizon: 2030.5",
            "line 3: horizon = 2030.5 cannot be used (input should be a valid integer); mend the value.",
        ),
        (
            "deadline: 2030",
            "deadline: 2020",
            "line 5: the deadline 2020 lies before the first year 2025; let the pledge run forward.",
        ),
        (
            "deadline: 2030",
            "deadline: 2030\n    exceptions: {Spian: 0.02}",
            "line 9: 'Spian' is not a known country; did you mean 'Spain'?",
        ),
        (
            "deadline: 2030",
            "deadline: 2030\n    exceptions: {NATO: 0.02}",
            "line 9: 'NATO' is an aggregate; name a country.",
        ),
        (
            "levers:",
            "uncertainties:",
            "line 5: 'pledge' is a lever, which members decide, not one of the uncertainties; "
            "move it under `levers`.",
        ),
        (
            "levers:",
            "levers:\n  growth_shift: 0.01",
            "line 5: 'growth_shift' is an uncertainty, a belief about the world, not one of the levers; "
            "move it under `uncertainties`.",
        ),
        (
            "horizon: 2030",
            "compliance: 0.5",
            "line 3: 'compliance' is an uncertainty, a belief about the world; "
            "move it under `uncertainties`.",
        ),
        (
            "horizon: 2030",
            "parameters: {budgets.complience: 0.5}",
            "line 3: 'budgets.complience' is not a known parameter; did you mean 'budgets.compliance'?",
        ),
        (
            "horizon: 2030",
            "parameters: {budgets.compliance: 2.5}",
            "line 3: budgets.compliance = 2.5 leaves the range 0 to 1.5; stay inside it.",
        ),
        (
            "horizon: 2030",
            "parameters: {budgets.ceiling_share_of_gdp: 0.035}",
            "line 3: budgets.ceiling_share_of_gdp = 0.035 leaves the range 0.036 to 0.08; stay inside it.",
        ),
        (
            "horizon: 2030",
            "parameters: {budgets.tide_carry: 1.2}",
            "line 3: budgets.tide_carry = 1.2 leaves the range 0 to 1; stay inside it.",
        ),
        (
            "horizon: 2030",
            "parameters: {budgets.tide_persistence: -0.1}",
            "line 3: budgets.tide_persistence = -0.1 leaves the range 0 to 1; stay inside it.",
        ),
        (
            "horizon: 2030",
            "parameters: {budgets.compliance: 0.5}\nuncertainties: {compliance: 0.4}",
            "line 1: compliance is given both as an uncertainty and as a parameter; keep one of them.",
        ),
        (
            "horizon: 2030",
            "uncertainties: {compliance: yes}",
            "line 3: compliance = 'yes' cannot be used (input should be a valid number); mend the value.",
        ),
        (
            "horizon: 2030",
            "title: Again",
            "line 3: the key 'title' stands twice; keep one of them.",
        ),
        (
            "title: A test",
            "title: &a A test\nextends: *a",
            "line 2: the alias *a is not allowed; write the value out.",
        ),
        (
            "horizon: 2030",
            "horizon: !!python/object:os.system 1",
            "line 3: the tag !!python/object:os.system is not allowed; leave it out.",
        ),
        (
            "horizon: 2030",
            "horizon: " + "[" * 30 + "]" * 30,
            "line 3: the file nests deeper than 20 levels; flatten it.",
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Each mistake gives one sentence with the file, the line and what to do."""
    assert old in GOOD
    assert _message(tmp_path, GOOD.replace(old, new)) == f"case.yaml, {message}"


def test_a_long_value_is_cut_in_the_message(tmp_path: Path) -> None:
    """A message shows the beginning and the end of a long value, not all of it."""
    for text in (GOOD.replace("2030", "9" * 10_000), GOOD.replace("A test", "a" * 10_000)):
        assert len(_message(tmp_path, text)) < 400


def test_every_mistake_is_listed(tmp_path: Path) -> None:
    """A file with several mistakes names all of them, by line."""
    text = GOOD.replace("target", "targett").replace("horizon: 2030", "horizn: 2030")
    assert _message(tmp_path, text).splitlines() == [
        "case.yaml, line 3: 'horizn' is not a known key; did you mean 'horizon'?",
        "case.yaml, line 6: 'targett' is not a known key; did you mean 'target'?",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "title: [",
            "case.yaml, line 2: this is not YAML (did not find expected node content); mend the line.",
        ),
        ("title: a\x07b", "case.yaml: this is not YAML (unacceptable character #x0007"),
        ("- a\n- b\n", "case.yaml: the file holds no mapping; write keys such as"),
        ("", "case.yaml: the file holds no mapping"),
        ("5", "case.yaml: the file holds no mapping"),
        (b"title: ok\nquestion: \xff\xfe\n", "case.yaml, line 2: the text is not UTF-8; save it as UTF-8."),
        (b"#" * (LARGEST_BYTES + 1), "case.yaml: the file is larger than 1 MB; a scenario is a few lines"),
    ],
)
def test_what_is_not_a_scenario_is_refused(tmp_path: Path, text: str | bytes, message: str) -> None:
    """A file that is not plain YAML with one mapping is refused before anything is built from it."""
    assert _message(tmp_path, text).startswith(message)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A path that cannot be read as a file is refused."""
    with pytest.raises(ScenarioError, match=r"the file cannot be read \(Is a directory\); give a readable"):
        read_scenario(tmp_path, "folder")


def test_norway_is_no_truth_value(tmp_path: Path) -> None:
    """A country's code is a key as it is written, NO as much as ESP."""
    text = GOOD + "    exceptions:\n      NO: 0.02\n      Spain: 0.021\n"
    content, _ = read_scenario(_write(tmp_path, text), "case.yaml")
    assert content.levers.pledge.exceptions == {"NOR": 0.02, "ESP": 0.021}


def test_a_child_lays_its_keys_over_its_parents(tmp_path: Path) -> None:
    """A child's keys win one by one, down to single exceptions; the rest is the parent's."""
    _write(tmp_path, GOOD + "    exceptions: {ESP: 0.021, ITA: 0.02}\n", "parent.yaml")
    child = _write(
        tmp_path,
        "title: B\nquestion: And now?\nextends: parent.yaml\n"
        "levers: {pledge: {deadline: 2035, exceptions: {ITA: 0.025}}}\n",
    )
    pledge = find(str(child)).content.levers.pledge
    assert (pledge.target, pledge.from_year, pledge.deadline) == (0.03, 2025, 2035)
    assert pledge.exceptions == {"ESP": 0.021, "ITA": 0.025}


def test_a_child_may_extend_a_shipped_scenario(tmp_path: Path) -> None:
    """A file of one's own can extend a shipped scenario by its name."""
    child = _write(tmp_path, "title: B\nquestion: And now?\nextends: baseline\nhorizon: 2028\n")
    assert find(str(child)).content.horizon == 2028
    assert find(str(child)).content.levers == find("baseline").content.levers


def test_a_scenario_does_not_extend_itself(tmp_path: Path) -> None:
    """A scenario that names itself as its parent is refused."""
    message = _message(tmp_path, "extends: case.yaml\n" + GOOD)
    assert message == "case.yaml, line 1: the scenario extends itself; name another one."


def test_a_scenario_has_no_grandparent(tmp_path: Path) -> None:
    """A parent with a parent is refused, which leaves no room for a cycle."""
    _write(tmp_path, "extends: case.yaml\n" + GOOD, "parent.yaml")
    message = _message(tmp_path, GOOD + "extends: parent.yaml\n")
    assert message == (
        "case.yaml, line 9: 'parent.yaml' extends 'case.yaml' in its turn; "
        "extend a scenario that has no parent."
    )


def test_a_parents_mistake_is_the_parents(tmp_path: Path) -> None:
    """A mistake in the parent is named with the parent's file."""
    _write(tmp_path, GOOD.replace("target", "targett"), "parent.yaml")
    assert _message(tmp_path, GOOD + "extends: parent.yaml\n").startswith("parent.yaml, line 6: 'targett'")


def test_a_missing_parent_is_named(tmp_path: Path) -> None:
    """A parent that does not exist is refused at the line that names it."""
    message = _message(tmp_path, GOOD + "extends: gone.yaml\n")
    assert message == (
        "case.yaml, line 9: there is no scenario file 'gone.yaml'; check the path, or give a shipped name."
    )


def test_rules_that_join_both_files_hold(tmp_path: Path) -> None:
    """A child and a parent that are sound alone may not contradict one another together."""
    _write(tmp_path, GOOD, "parent.yaml")
    text = "title: B\nquestion: And now?\nextends: parent.yaml\nlevers: {pledge: {deadline: 2020}}\n"
    message = _message(tmp_path, text)
    assert message.startswith(
        "case.yaml: together with its parent, the deadline 2020 lies before the first year"
    )


def test_an_unknown_name_suggests_the_nearest() -> None:
    """A scenario's name that does not exist suggests the nearest that does."""
    with pytest.raises(UnknownNameError, match="'baselin' is not a known scenario; did you mean 'baseline'"):
        find("baselin")
    with pytest.raises(UnknownNameError, match=f"use {', '.join(shipped())} or the path of a .yaml file"):
        find("xyzxyz")


def test_the_repository_ships_its_scenarios() -> None:
    """Scenarios are found by name, in alphabetical order."""
    assert list(shipped()) == sorted(shipped())
    assert shipped()["baseline"].name == "baseline.yaml"
