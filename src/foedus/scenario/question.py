"""What questions about scenarios have in common: the scenario, and single keys of it with other values."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from foedus.errors import ScenarioError
from foedus.questions import Question
from foedus.scenario.changes import read_changes, values_of

__all__ = ["Changed", "Changes", "Scenario", "Scenarios"]


def read_scenario_name(value: Any) -> Any:
    """Return a scenario's name or the path of its file as text."""
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def read_scenario_names(value: Any) -> Any:
    """Return scenarios as they are given, of one or of several; a path may hold commas."""
    if value is None:
        return ()
    if isinstance(value, (str, os.PathLike)):
        value = (value,)
    if isinstance(value, (Mapping, bytes)) or not isinstance(value, Iterable):
        raise ValueError("write one scenario, or a list of scenarios")
    names = tuple(read_scenario_name(name) for name in value)
    if not all(isinstance(name, str) for name in names):
        raise ValueError("scenarios are names or paths")
    return names


def read_changed_keys(value: Any) -> Any:
    """Return changes as texts KEY=VALUE, of one text, of several, or of a mapping of values by key."""
    if value is None:
        return ()
    if isinstance(value, Mapping):
        return tuple(_written(key, each) for key, each in value.items())
    texts = (value,) if isinstance(value, str) else value
    if isinstance(texts, bytes) or not isinstance(texts, Iterable):
        raise ValueError('write values by key, as {"levers.pledge.target": 0.04}')
    texts = tuple(texts)
    if not all(isinstance(text, str) for text in texts):
        raise ValueError('write values by key, as {"levers.pledge.target": 0.04}')
    try:
        read_changes(texts)
    except ScenarioError as error:
        raise ValueError(f"{error.what}; {error.do}") from error
    return texts


def _written(key: Any, value: Any) -> str:
    """Write a change of a mapping as a text."""
    import yaml

    from foedus.scenario.own import written_change

    if not isinstance(key, str) or not key.strip() or "=" in key:
        raise ValueError(f"{key!r} is no key of a scenario; write for example levers.pledge.target")
    try:
        return written_change(key.strip(), value)
    except yaml.YAMLError as error:
        raise ValueError(f"{value!r} is no value of {key}; write a number, a word or a day") from error


Scenario = Annotated[
    str,
    BeforeValidator(read_scenario_name),
    Field(description="A shipped scenario's name or the path of a .yaml file."),
]
"""A scenario."""

Scenarios = Annotated[
    tuple[str, ...],
    BeforeValidator(read_scenario_names),
    WithJsonSchema({"type": "array", "items": {"type": "string"}}),
]
"""Scenarios, each as often as it is named."""

Changes = Annotated[
    tuple[str, ...],
    BeforeValidator(read_changed_keys),
    WithJsonSchema({"type": "array", "items": {"type": "string"}}),
]
"""Keys of a scenario with other values: a mapping, or texts as levers.pledge.target=0.04."""


class Changed(Question):
    """A question in which single keys of a scenario have other values."""

    changes: Changes = Field(
        default=(),
        description="Keys of the scenario with other values, as levers.pledge.target=0.04.",
    )

    def changed_keys(self) -> dict[str, Any]:
        """Return the values by key."""
        return values_of(self.changes)
