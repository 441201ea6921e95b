"""Change single keys of a scenario without writing a file: `--set levers.pledge.target=0.04`.

A changed scenario is held to the same schema as a file, and its name and title say that it is changed.
"""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from foedus.errors import FoedusError, ScenarioError, UnknownNameError
from foedus.files.changes import LONGEST, WHERE, read_changes
from foedus.scenario.find import Found
from foedus.scenario.schema import KEYS, ScenarioFile

__all__ = ["changed", "read_changes"]


def changed(scenario: Found, changes: Mapping[str, Any]) -> Found:
    """Return a scenario with changes.

    Parameters
    ----------
    scenario : Found
        The scenario.
    changes : mapping of str to object
        Values by key, the parts of a key joined by full stops; under ``parameters`` the rest is one key.

    Returns
    -------
    Found
        The scenario itself when there are no changes; otherwise a changed one, whose title says how.

    Raises
    ------
    ScenarioError
        When a key does not exist or a value cannot stand there.
    """
    if not changes:
        return scenario
    content: dict[str, Any] = scenario.content.model_dump(by_alias=True, exclude_unset=True)
    for key, value in changes.items():
        path = _path(key)
        part = content
        for name in path[:-1]:
            inner = part.setdefault(name, {})
            if not isinstance(inner, dict):
                raise ScenarioError(f"{name!r} has no keys", where=WHERE, do=f"check {key!r}")
            part = inner
        part[path[-1]] = value
    said = ", ".join(f"{_path(key)[-1]} = {value}" for key, value in changes.items())
    try:
        file = ScenarioFile.model_validate(content)
    except ValidationError as error:
        raise _refusal(error) from error
    title = f"{scenario.content.title}, changed: {said}"[:LONGEST]
    content_with_title = file.model_copy(update={"title": title})
    return replace(scenario, name=f"{scenario.name}-changed", content=content_with_title)


def _path(key: str) -> tuple[str, ...]:
    """Split a key; the name of a parameter holds a full stop of its own."""
    parts = key.split(".")
    return (
        ("parameters", ".".join(parts[1:])) if parts[0] == "parameters" and len(parts) > 1 else tuple(parts)
    )


def _refusal(error: ValidationError) -> FoedusError:
    """Write in one sentence what the schema found first."""
    first = error.errors()[0]
    part, message = tuple(str(p) for p in first["loc"][:-1]), first["msg"]
    name = ".".join(str(p) for p in first["loc"])
    if first["type"] == "extra_forbidden":
        keys = [".".join((*part, key)) for key in KEYS.get(part, ())]
        return UnknownNameError("key", name, keys, where=WHERE, do=f"the keys here are {', '.join(keys)}")
    if first["type"] == "value_error":
        return ScenarioError(message.removeprefix("Value error, "), where=WHERE)
    given = reprlib.repr(first["input"])
    return ScenarioError(
        f"{name} = {given} cannot be used ({message[0].lower()}{message[1:]})",
        where=WHERE,
        do="mend the value",
    )
