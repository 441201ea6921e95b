"""What accompanies a release: how it is cited, how it is checked, what it is of."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from foedus.evidence import Ledger

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CITATION: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def _script(name: str) -> ModuleType:
    """Load a script of the folder benchmarks, which is no package."""
    specification = importlib.util.spec_from_file_location(name, ROOT / f"benchmarks/{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_citation_is_of_this_version() -> None:
    """CITATION.cff names the version of pyproject.toml, and its day is that of the changelog's heading."""
    project = PROJECT["project"]
    assert CITATION["version"] == project["version"]
    assert [a["name"] for a in CITATION["authors"]] == [a["name"] for a in project["authors"]]
    assert isinstance(CITATION["date-released"], date)
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    days = dict(re.findall(r"^## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)$", changelog, re.MULTILINE))
    assert days.get(project["version"], str(CITATION["date-released"])) == str(CITATION["date-released"])


def test_the_citation_is_complete() -> None:
    """It is valid in what version 1.2.0 of the format requires, and tells what a catalogue asks."""
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] == "software"
    assert {"message", "title", "authors", "abstract", "keywords", "license", "references"} <= set(CITATION)
    assert CITATION["license"] == ["Apache-2.0"]
    assert set(CITATION["keywords"]) <= set(PROJECT["project"]["keywords"])
    for reference in CITATION["references"]:
        assert {"type", "title", "authors", "url"} <= set(reference)


def test_the_citation_names_every_publisher() -> None:
    """Each publisher of packaged figures is among the references, by name or by its short name."""
    named = {
        name for r in CITATION["references"] for a in r["authors"] for name in (a.get("name"), a.get("alias"))
    }
    publishers = {card.publisher for card in Ledger.packaged().editions.values()}
    assert publishers - {"foedus"} <= named


def test_the_workflow_runs_the_one_script() -> None:
    """The workflow of the host does what anybody does: it checks the state out and calls .ci/run."""
    (path,) = (ROOT / ".github/workflows").glob("*")
    (job,) = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step] == ["actions/checkout"]


def test_hooks_call_what_is_installed() -> None:
    """Each hook is a program of the environment that `make test` makes; nothing is fetched."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repository["repo"] for repository in hooks] == ["local"]
    for hook in hooks[0]["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")


def test_the_bill_of_materials_holds_the_lock_and_the_tables() -> None:
    """Every locked package with its checksums, and every packaged card with its terms, is a component."""
    bill = _script("sbom").bill()
    components = {component["bom-ref"]: component for component in bill["components"]}
    lock = (ROOT / "lock/run.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w.-]+==[^\s;]+)", lock, re.MULTILINE))
    assert {f"pkg:pypi/{line.replace('==', '@')}" for line in locked} <= set(components)
    assert all(c["hashes"] for c in components.values() if c["type"] == "library")
    tables = {reference for reference in components if reference.startswith("edition:")}
    assert tables == {f"edition:{name}" for name in Ledger.packaged().editions}
    assert all(components[reference]["licenses"][0]["license"]["name"] for reference in tables)
    assert len(components) == len(bill["components"])
    assert bill == _script("sbom").bill()


def test_extras_name_one_another_and_none_is_missing() -> None:
    """The extra `all` holds every other one, each of which is tried at its lowest versions."""
    extras = PROJECT["project"]["optional-dependencies"]
    (everything,) = extras["all"]
    named = set(re.fullmatch(r"foedus\[(.+)\]", everything)[1].split(","))  # type: ignore[index]
    assert named == set(extras) - {"all"}
    lowest = _script("lowest")
    assert named | {"core"} == set(lowest.COMMANDS) | set(lowest.PYTHON_LINES)
