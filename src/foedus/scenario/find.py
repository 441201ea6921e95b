"""Find a scenario by name or path, and merge it with the one parent it may have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import ScenarioError
from foedus.files.lines import Lines, SourceText, place
from foedus.files.shipped import locate, shipped_files
from foedus.scenario.pairs import pair_of
from foedus.scenario.schema import ScenarioFile, read_scenario

__all__ = ["Found", "find", "overlay", "shipped"]


@dataclass(frozen=True)
class Found:
    """A scenario merged with its parent.

    Attributes
    ----------
    name : str
        The file's name without its ending.
    shown : str
        How the file is named in messages.
    content : ScenarioFile
        The merged content.
    lines : Lines
        The lines of the scenario's own keys; those of its parent are not in it.
    """

    name: str
    shown: str
    content: ScenarioFile
    lines: Lines

    @property
    def source(self) -> SourceText:
        """Where its values were written."""
        return SourceText(self.shown, self.lines)


def shipped() -> dict[str, Path]:
    """Return the scenarios that come with foedus, by name and in alphabetical order."""
    return shipped_files("scenarios")


def find(name: str) -> Found:
    """Find a scenario and merge it with its parent.

    Parameters
    ----------
    name : str
        A shipped scenario's name, or the path of a file that ends in .yaml or .yml.

    Returns
    -------
    Found
        The scenario.

    Raises
    ------
    UnknownNameError
        When there is no scenario of that name.
    ScenarioError
        When the file, or its parent, is not a scenario, it extends itself or a scenario that extends
        another, or the name is that of a pair.
    """
    ways = pair_of(name)
    if ways is not None:
        raise ScenarioError(
            f"{name!r} is a pair of scenarios, which nothing is averaged over",
            do=f"name {ways[0]} or {ways[1]}, or print both with foedus compare {name}",
        )
    path, shown = locate("scenario", name)
    content, lines = read_scenario(path, shown)
    if content.extends is None:
        return Found(path.stem, shown, content, lines)
    where = place(shown, lines.get(("extends",)))
    parent_path, parent_shown = locate("scenario", content.extends, base=path.parent, where=where)
    if parent_path.resolve() == path.resolve():
        raise ScenarioError("the scenario extends itself", where=where, do="name another one")
    parent, _ = read_scenario(parent_path, parent_shown)
    if parent.extends is not None:
        raise ScenarioError(
            f"{content.extends!r} extends {parent.extends!r} in its turn",
            where=where,
            do="extend a scenario that has no parent",
        )
    return Found(path.stem, shown, _merge(parent, content, place(shown)), lines)


def _merge(parent: ScenarioFile, child: ScenarioFile, where: str) -> ScenarioFile:
    """Merge what the child says into what the parent says."""
    dump: dict[str, Any] = {"by_alias": True, "exclude_unset": True}
    merged = overlay(parent.model_dump(**dump), child.model_dump(**dump))
    try:
        return ScenarioFile.model_validate(merged)
    except ValueError as error:
        # Both files are sound by themselves: only rules that join two keys can fail here.
        detail = str(error.errors()[0]["msg"] if hasattr(error, "errors") else error)
        raise ScenarioError(
            f"together with its parent, {detail.removeprefix('Value error, ')}", where=where
        ) from error


def overlay(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Merge one mapping into another, mapping by mapping, as a child says it over its parent.

    Parameters
    ----------
    below, above : dict
        Plain values.

    Returns
    -------
    dict
        What either says, and of what both say, the one above.
    """
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = overlay(merged[key], value) if both else value
    return merged
