"""Read a scenario's YAML and remember on which line every key stands, by :mod:`foedus.files.yaml_text`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import ScenarioError
from foedus.files.yaml_text import LARGEST_BYTES, Lines, parse_yaml, place

__all__ = ["LARGEST_BYTES", "Lines", "SourceText", "place", "read_yaml"]


@dataclass(frozen=True)
class SourceText:
    """Where the values of a file were written, for messages.

    Attributes
    ----------
    shown : str
        How the file is named in messages.
    lines : Lines
        The lines of its keys.
    """

    shown: str
    lines: Lines

    def at(self, *path: str | int) -> str:
        """Return where a key stands: the file, and its line where the file itself holds the key."""
        return place(self.shown, self.lines.get(path))

    def near(self, *path: str | int) -> str:
        """Return where the innermost part stands that the file holds of a path of keys."""
        line = next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), None)
        return place(self.shown, line)


def read_yaml(path: Path, shown: str) -> tuple[dict[str, Any], Lines]:
    """Read a YAML file that holds one mapping.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    shown : str
        How the file is named in messages.

    Returns
    -------
    dict, Lines
        The content, and the line of every key.

    Raises
    ------
    ScenarioError
        When the file cannot be read, is too large, or is not plain YAML with one mapping.
    """
    content, lines = parse_yaml(_text(path, shown), shown, ScenarioError, text_keys=True)
    if not isinstance(content, dict):
        raise ScenarioError(
            "the file holds no mapping", where=shown, do="write keys such as `question: ...`, one per line"
        )
    return content, lines


def _text(path: Path, shown: str) -> str:
    """Read the file's text within the size limit."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise ScenarioError(
            f"the file cannot be read ({error.strerror})", where=shown, do="give a readable file"
        ) from error
    if len(raw) > LARGEST_BYTES:
        raise ScenarioError(
            "the file is larger than 1 MB", where=shown, do="a scenario is a few lines; check the path"
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ScenarioError(
            "the text is not UTF-8", where=place(shown, line), do="save it as UTF-8"
        ) from error
