"""Read a scenario's YAML and remember on which line every key stands.

A file is at most 1 MB, nests at most 20 deep, and holds neither aliases nor a key twice: a scenario is read
before it is trusted.
"""

from __future__ import annotations

import reprlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import ScenarioError

__all__ = ["LARGEST_BYTES", "Lines", "SourceText", "place", "read_yaml"]

LARGEST_BYTES = 1_000_000
"""The greatest size of a scenario file."""

DEEPEST = 20
"""The deepest nesting of a scenario file."""

Lines = dict[tuple[str | int, ...], int]
"""The line, from 1, on which the value at a path of keys begins."""


def place(file: str, line: int | None = None) -> str:
    """Write where something stands: the file, and the line where it is known."""
    return f"{file}, line {line}" if line else file


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
    import yaml

    text = _text(path, shown)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _guard(yaml.parse(text, Loader=loader), shown)
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ScenarioError(
            f"this is not YAML ({error.problem or error.context})",
            where=place(shown, mark.line + 1 if mark else None),
            do="mend the line",
        ) from error
    except yaml.YAMLError as error:
        raise ScenarioError(
            f"this is not YAML ({str(error).splitlines()[0]})", where=shown, do="write plain text"
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise ScenarioError(
            "the file holds no mapping", where=shown, do="write keys such as `question: ...`, one per line"
        )
    lines: Lines = {}
    content = _construct(node, (), lines, shown)
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


def _guard(events: Any, shown: str) -> None:
    """Refuse aliases and deep nesting before anything is built from the file."""
    import yaml

    depth = 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise ScenarioError(
                f"the alias *{event.anchor} is not allowed",
                where=place(shown, line),
                do="write the value out",
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise ScenarioError(
                    f"the file nests deeper than {DEEPEST} levels", where=place(shown, line), do="flatten it"
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _construct(node: Any, path: tuple[str | int, ...], lines: Lines, shown: str) -> Any:
    """Build the value of a node and note the lines of its keys."""
    import yaml

    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        content: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in content:
                raise ScenarioError(
                    f"the key {key!r} stands twice", where=place(shown, line), do="keep one of them"
                )
            lines[(*path, key)] = line
            content[key] = _construct(value_node, (*path, key), lines, shown)
        return content
    if isinstance(node, yaml.SequenceNode):
        return [_construct(child, (*path, i), lines, shown) for i, child in enumerate(node.value)]
    return _scalar(node, shown)


def _scalar(node: Any, shown: str) -> Any:
    """Build a single value by YAML's safe rules."""
    import yaml

    constructor = yaml.SafeLoader("")
    try:
        return constructor.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        raise ScenarioError(
            f"{reprlib.repr(node.value)} is not a plain value",
            where=place(shown, node.start_mark.line + 1),
            do="write a number, a word or a quoted text",
        ) from error
