"""The scenarios that come with foedus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from foedus.scenario import resolve
from foedus.scenario.find import find, shipped
from foedus.scenario.schema import KEYS

ROOT = Path(__file__).parents[2]
SHIPPED = shipped()


def test_scenarios_are_shipped() -> None:
    """There is a baseline, which `make run` runs, and at least one other scenario."""
    assert "baseline" in SHIPPED
    assert len(SHIPPED) >= 2
    assert {path.parent for path in SHIPPED.values()} == {ROOT / "scenarios"}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_scenario_asks_one_question(name: str) -> None:
    """A shipped scenario has a title of its own and one question: a single sentence that ends in its mark."""
    content = find(name).content
    assert content.title
    assert content.question.count("?") == 1
    assert content.question.endswith("?")
    assert len({find(other).content.title for other in SHIPPED}) == len(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_scenario_resolves(name: str) -> None:
    """A shipped scenario says all that a run needs, and its figures are in the packaged editions."""
    resolved = resolve(name)
    assert resolved.horizon > resolved.start_year
    assert len(resolved.countries) >= 32
    assert all(resolved.editions.values())


def test_a_file_is_named_as_it_is_called() -> None:
    """Scenario files are named in lower case with hyphens, and hold YAML mappings."""
    for name, path in SHIPPED.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict)


def test_the_manual_names_every_key() -> None:
    """The page on scenario files explains every key that the schema admits."""
    page = (ROOT / "docs/reference/scenario-files.md").read_text(encoding="utf-8")
    for part, keys in KEYS.items():
        for key in keys:
            full = f"pledge.{key}" if part == ("levers", "pledge") else key
            assert f"`{full}`" in page or (part == ("levers",) and f"`{key}." in page), full
