"""Find a decision file: one that comes with foedus, by name, or the user's own, by path."""

from __future__ import annotations

from pathlib import Path

from foedus.decisions.schema import DecisionFile, read_decision
from foedus.files.shipped import locate, shipped_files

__all__ = ["TEMPLATE", "find_decision", "shipped_decisions"]

TEMPLATE = "template"
"""The shipped file that is there to be copied, and no question of the past."""


def shipped_decisions() -> dict[str, Path]:
    """Return the decision files that come with foedus, by name and in alphabetical order."""
    return shipped_files("decisions")


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
    return read_decision(*locate("decision", name))
