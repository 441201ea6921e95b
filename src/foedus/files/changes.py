"""Changes of single keys of a scenario as text, one KEY=VALUE each, the value as in a scenario file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from foedus.errors import ScenarioError
from foedus.files.yaml_text import dump_yaml, parse_yaml

__all__ = ["LONGEST", "WHERE", "read_changes", "values_of", "written_change"]

WHERE = "--set"
LONGEST = 200
"""The longest text of one change."""


def read_changes(texts: Iterable[str]) -> dict[str, Any]:
    """Read changes written as KEY=VALUE, the value as in a scenario file.

    Parameters
    ----------
    texts : iterable of str
        For example "levers.pledge.target=0.04".

    Returns
    -------
    dict of str to object
        Values by key.

    Raises
    ------
    ScenarioError
        When a text is not KEY=VALUE, the value is not plain YAML, or a key is given twice.
    """
    texts = tuple(texts)
    for text in texts:
        if len(text) > LONGEST:
            raise _no_change(text)
    return values_of(texts)


def values_of(texts: Iterable[str]) -> dict[str, Any]:
    """Return the values of changes of any length; see :func:`read_changes`.

    Parameters
    ----------
    texts : iterable of str
        KEY=VALUE, as a person or :func:`written_change` writes them.

    Returns
    -------
    dict of str to object
        Values by key.

    Raises
    ------
    ScenarioError
        When a text is not KEY=VALUE, the value is not plain YAML, or a key is given twice.
    """
    changes: dict[str, Any] = {}
    for text in texts:
        key, sign, value = (part.strip() for part in text.partition("="))
        if not sign or not key or not value:
            raise _no_change(text)
        if key in changes:
            raise ScenarioError(f"{key!r} is given twice", where=WHERE, do="keep one of them")
        try:
            changes[key] = parse_yaml(value, WHERE, ScenarioError)[0]
        except ScenarioError as error:
            raise ScenarioError(
                f"{value[:60]!r} is not a value ({error.what})", where=WHERE, do="write a number or a word"
            ) from error
    return changes


def _no_change(text: str) -> ScenarioError:
    """Return the error for a text that is no change."""
    return ScenarioError(
        f"{text[:60]!r} is not KEY=VALUE",
        where=WHERE,
        do="write for example levers.pledge.target=0.04",
    )


def written_change(key: str, value: Any) -> str:
    """Write a change as `--set` takes it.

    Parameters
    ----------
    key : str
        The key.
    value : object
        Its value.

    Returns
    -------
    str
        For example "levers.pledge.target=0.04".
    """
    if isinstance(value, date):
        return f"{key}={value.isoformat()}"
    return f"{key}={dump_yaml(value, one_line=True)}"
