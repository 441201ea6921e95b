"""What the model's components may be, beyond what the import contracts can say."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from foedus.accession import ratification
from foedus.accession.parameters import FOLDER as ACCESSION
from foedus.catalogue import catalogue
from foedus.decisions.models import outcome
from foedus.engine.wiring import Component
from foedus.evidence import Ledger
from foedus.parameters import Setting
from foedus.scenario import resolve
from foedus.scenario.chain import CHAIN, all_parameters
from parsed import parsed

ROOT = Path(__file__).parents[2]
BLOCKS = ("now", "before", "shocks", "parameters", "result")


def _name(component: Component) -> str:
    return component.name


def _fields(component: Component, block: str) -> set[str]:
    return {field.name for field in dataclasses.fields(getattr(component, block))}


@pytest.mark.parametrize("component", CHAIN, ids=_name)
def test_a_component_is_a_pure_function_of_four_blocks(component: Component) -> None:
    """A component is `step(now, before, shocks, parameters)` with five frozen dataclasses; it may be handed a
    workspace to write to, and needs none."""
    names = list(inspect.signature(component.step).parameters)
    assert names[:4] == ["now", "before", "shocks", "parameters"]
    assert names[4:] == (["workspace"] if component.takes_workspace else [])
    assert inspect.signature(component.step).parameters[names[-1]].default in {None, inspect.Parameter.empty}
    for block in BLOCKS:
        assert getattr(component, block).__dataclass_params__.frozen


@pytest.mark.parametrize("component", CHAIN, ids=_name)
def test_a_component_says_what_it_claims(component: Component) -> None:
    """A component's docstring gives its claim, its sources and what it leaves out, in that order."""
    text = inspect.getmodule(component.step).__doc__ or ""
    places = [text.find(f"**{word}.**") for word in ("Claim", "Sources", "Leaves out")]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("component", CHAIN, ids=_name)
def test_a_component_draws_no_random_numbers(component: Component) -> None:
    """No module of a component names a source of random numbers; draws come from outside."""
    tree = ast.parse(Path(inspect.getfile(component.step)).read_text(encoding="utf-8"))
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {
        n for n in names if n.split(".")[0] == "secrets" or "random" in n.split(".") or n == "default_rng"
    }


def test_every_component_of_the_model_is_in_the_chain() -> None:
    """Every module that has a `step` stands in the chain, once."""
    source = ROOT / "src"
    defining = {
        ".".join(path.relative_to(source).with_suffix("").parts)
        for path in (source / "foedus").rglob("*.py")
        if any(isinstance(node, ast.FunctionDef) and node.name == "step" for node in parsed(path).body)
    }
    assert sorted(defining) == sorted(component.step.__module__ for component in CHAIN)


def test_every_model_quantity_is_a_field() -> None:
    """Each model quantity of the catalogue is a field of some component."""
    fields = set().union(*(_fields(c, block) for c in CHAIN for block in BLOCKS))
    assert {e.name for e in catalogue().values() if e.kind == "model"} - fields == set()


QUESTIONS = {"outcomes": outcome.OutcomeParameters}
"""Parameter files of functions that no yearly step reads, and the dataclass that does."""


def test_every_parameter_is_a_field() -> None:
    """Each number in the parameter files is read by the component or function it is filed under."""
    declared = {f"{c.filed_under}.{field}" for c in CHAIN for field in _fields(c, "parameters")}
    declared |= {f"{n}.{f.name}" for n, part in QUESTIONS.items() for f in dataclasses.fields(part)}
    assert set(all_parameters()) == declared | _read_by_inputs()


class _Noting(dict[str, Setting]):
    """Parameters that note which of them are read."""

    def __init__(self, values: Mapping[str, Setting]) -> None:
        super().__init__(values)
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> Setting:
        self.read.add(name)
        return super().__getitem__(name)


def _read_by_inputs() -> set[str]:
    """Return the parameters that rooms read for what they hand to the chain, by class and otherwise."""
    changes = {"levers.plans.requirement": "replace-us-land-2025"}
    resolved = resolve("baseline", as_of=date(2026, 11, 1), ledger=Ledger.packaged(), changes=changes)
    parameters = _Noting(resolved.parameters)
    for section in resolved.sections:
        section.inputs(resolved.years[1], parameters)
    return parameters.read


FUNCTIONS = {"ratification": ratification.Parameters}
"""Numbers of functions that no yearly step reads, with the dataclass that does."""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_parameter_of_a_function_is_a_field(name: str) -> None:
    """Each number of a function that no yearly step reads is a field of the `Parameters` of its module."""
    assert set(ACCESSION.function(name)) == {f.name for f in dataclasses.fields(FUNCTIONS[name])}


def test_the_contracts_name_every_component() -> None:
    """The import contracts that keep components apart name every component of the chain."""
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contracts = {contract["id"]: contract for contract in settings["contracts"]}
    components = sorted(component.step.__module__ for component in CHAIN)
    assert sorted(contracts["components-apart"]["modules"]) == components
    assert sorted(contracts["components-pure"]["source_modules"]) == components
