"""Find a decision file: one that comes with foedus, by name, or the user's own, by path."""

from __future__ import annotations

from pathlib import Path

from foedus.errors import ScenarioError, UnknownNameError
from foedus.scenario.decision_file import DecisionFile, read_decision

__all__ = ["TEMPLATE", "find_decision", "shipped_decisions"]

TEMPLATE = "template"
"""The shipped file that is there to be copied, and no question of the past."""


def shipped_decisions() -> dict[str, Path]:
    """Give the decision files that come with foedus.

    Returns
    -------
    dict of str to pathlib.Path
        Files by name, in alphabetical order: those of the installed package, or where it runs from its
        repository those of the folder ``decisions`` beside ``src``.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "decisions", package.parents[1] / "decisions"):
        if folder.is_dir():
            return {path.stem: path for path in sorted(folder.glob("*.yaml"))}
    return {}


def find_decision(name: str) -> DecisionFile:
    """Find and read a decision file.

    Parameters
    ----------
    name : str
        A shipped file's name, or the path of a file that ends in .yaml or .yml.

    Returns
    -------
    DecisionFile
        The question and the members.

    Raises
    ------
    UnknownNameError
        When there is no decision file of that name.
    ScenarioError
        When the file is not there or is no decision file.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        path = Path(name).expanduser()
        if not path.is_file():
            raise ScenarioError(
                f"there is no decision file {name!r}", do="check the path, or give a shipped name"
            )
        return read_decision(path, str(path))
    known = shipped_decisions()
    if name not in known:
        raise UnknownNameError(
            "decision", name, known, do=f"use {', '.join(known)} or the path of a .yaml file"
        )
    return read_decision(known[name], f"decisions/{name}.yaml")
