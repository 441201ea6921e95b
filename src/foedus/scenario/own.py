"""A scenario of one's own as single keys over a shipped one, and as the file that the command reads.

A page carries a scenario in its address as the name of a shipped one and the keys with other values; a file
carries the same. :func:`changes_of` makes keys of a file and :func:`scenario_text` makes a file of keys, so
that either way there and back leads to the same scenario.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foedus.errors import ScenarioError
from foedus.files.changes import written_change
from foedus.files.writing import work_folder, write_text
from foedus.files.yaml_text import dump_yaml
from foedus.scenario.changes import changed
from foedus.scenario.find import Found, find, overlay, shipped
from foedus.scenario.schema import ScenarioFile

__all__ = ["OwnScenario", "changes_of", "opened_scenario", "scenario_text", "written_change"]

SECTIONS = frozenset({"levers", "uncertainties", "parameters"})
"""The parts of a scenario file that have keys of their own."""

WHOLE = frozenset(
    {"exceptions", "accession", "applicants", "announced", "questions"}
    | {"us_in_europe", "split", "lead_time", "availability"}
)
"""Keys whose value is a mapping or a list that is given whole."""


@dataclass(frozen=True)
class OwnScenario:
    """A scenario of one's own.

    Attributes
    ----------
    parent : str
        The shipped scenario that it changes.
    changes : mapping of str to object
        Keys with other values, their parts joined by full stops.
    title, question : str
        Its name in print, and what it asks.
    """

    parent: str
    changes: Mapping[str, Any]
    title: str
    question: str


def changes_of(content: ScenarioFile, base: ScenarioFile) -> dict[str, Any]:
    """Return the keys in which a scenario differs from another one.

    Parameters
    ----------
    content, base : ScenarioFile
        Merged contents.

    Returns
    -------
    dict of str to object
        Values by key, such that the base with these changes says the same; titles and questions are left out.
    """
    other, own = (_leaves(part.model_dump(by_alias=True, mode="json")) for part in (base, content))
    changes: dict[str, Any] = {}
    for key in sorted(set(own) | set(other)):
        if key in {"title", "question", "extends"} or own.get(key) == other.get(key):
            continue
        changes[key] = own.get(key)
    return changes


def _leaves(part: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """Return the values of a scenario by key; a mapping that is a value stays one."""
    leaves: dict[str, Any] = {}
    for name, value in part.items():
        key = f"{above}{name}"
        if isinstance(value, dict) and name not in WHOLE and (above or name in SECTIONS):
            leaves |= _leaves(value, f"{key}.")
        else:
            leaves[key] = value
    return leaves


def scenario_text(own: OwnScenario) -> str:
    """Return a scenario file, as the command reads it.

    Parameters
    ----------
    own : OwnScenario
        The scenario.

    Returns
    -------
    str
        YAML. `foedus run FILE` gives what the page shows.

    Raises
    ------
    ScenarioError
        When a key does not exist or a value cannot stand there.
    """
    wanted = changed(find(own.parent), own.changes).content
    root = find(own.parent).content.extends or own.parent
    base = find(root).content
    said = {"title": own.title, "question": own.question}
    content: dict[str, Any] = said | {"extends": root}
    for key, value in changes_of(wanted, base).items():
        path = _parts(key)
        part = content
        for name in path[:-1]:
            part = part.setdefault(name, {})
        part[path[-1]] = value
    # A file cannot take out of a mapping what its parent put in; such a one says all itself.
    below, above = (c.model_dump(by_alias=True, exclude_unset=True, mode="json") for c in (base, wanted))
    if changes_of(ScenarioFile.model_validate(overlay(below, content)), wanted):
        content = above | said
        content.pop("extends", None)
    return dump_yaml(content, width=100)


def _parts(key: str) -> tuple[str, ...]:
    """Split a key; the name of a parameter holds a full stop of its own."""
    first, _, rest = key.partition(".")
    return (first, rest) if first == "parameters" else tuple(key.split("."))


def opened_scenario(text: str, shown: str) -> OwnScenario:
    """Read a scenario file from somebody else's hands: it may extend a shipped scenario and nothing else.

    Parameters
    ----------
    text : str
        The file's content.
    shown : str
        How it is named in messages.

    Returns
    -------
    OwnScenario
        Its parent, or the baseline for a file that has none, and what it changes.

    Raises
    ------
    ScenarioError
        When it is no scenario file, or extends a file.
    """
    from foedus.scenario.schema import read_scenario

    with work_folder("scenario") as folder:
        path = folder / "scenario.yaml"
        write_text(path, text)
        content, _ = read_scenario(path, shown)
        if content.extends is not None and content.extends not in shipped():
            raise ScenarioError(
                f"the scenario extends {content.extends!r}, which does not come with foedus",
                where=shown,
                do=f"extend one of {', '.join(shipped())}, or nothing",
            )
        merged: Found = find(str(path))
    parent = content.extends or "baseline"
    changes = changes_of(merged.content, find(parent).content)
    return OwnScenario(parent, changes, content.title, content.question)
