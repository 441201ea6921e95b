"""The one reader of YAML: plain values by the rules of YAML 1.2, within limits, with the line of every key.

``NO`` is Norway and ``3e-2`` a number; ``010`` is ten. A day such as 2024-06-17 is read as a day. A text is
at most 1 MB, nests at most 20 deep, is one document, and holds neither aliases nor a key twice nor a tag of a
program: it is read before it is trusted. The compiled parser is used where it is installed.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any, NoReturn

from foedus.errors import FileFormatError, FoedusError, InputError

__all__ = ["LARGEST_BYTES", "Lines", "dump_yaml", "parse_yaml", "place", "plain_yaml"]

LARGEST_BYTES = 1_000_000
"""The greatest size of a text."""

DEEPEST = 20
"""The deepest nesting of a text."""

Lines = dict[tuple[str | int, ...], int]
"""The line, from 1, on which the value at a path of keys begins."""

_TAG = "tag:yaml.org,2002:"

_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WHOLE = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **{sign + word: float(sign + "inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")},
}
"""The words that are no text."""


def place(file: str, line: int | None = None) -> str:
    """Write where something stands: the file, and the line where it is known."""
    return f"{file}, line {line}" if line else file


def plain_yaml(text: str, shown: str = "") -> Any:
    """Return the plain values of a YAML text.

    Parameters
    ----------
    text : str
        YAML.
    shown : str, optional
        How it is named in messages.

    Returns
    -------
    object
        Mappings, lists, texts, numbers, days and None.

    Raises
    ------
    FileFormatError
        When it is not plain YAML within the limits.
    """
    return parse_yaml(text, shown or "this text", FileFormatError)[0]


def parse_yaml(
    text: str, shown: str, error: type[FoedusError], *, text_keys: bool = False
) -> tuple[Any, Lines]:
    """Return the plain values of a YAML text, and the line of every key.

    Parameters
    ----------
    text : str
        YAML.
    shown : str
        How it is named in messages.
    error : type of FoedusError
        What to raise.
    text_keys : bool, default False
        Whether keys stay as they are written, also where they look like a number.

    Returns
    -------
    object, Lines
        The values, and their lines.

    Raises
    ------
    FoedusError
        Of the class given, when it is not plain YAML within the limits.
    """
    import yaml

    reader = _Reader(shown, error, text_keys)
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_BYTES:
        raise error("the text is larger than 1 MB", where=shown, do="check that this is the right file")
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return reader.document(yaml.parse(text, Loader=loader)), reader.lines
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise _not_yaml(text, shown, error, mark.line + 1 if mark else None, fault) from fault
    except yaml.YAMLError as fault:
        raise error(
            f"this is not YAML ({str(fault).splitlines()[0]})", where=shown, do="write plain text"
        ) from fault


def dump_yaml(content: Any, *, width: int = 110, one_line: bool = False) -> str:
    """Write plain values as YAML that reads back the same by the rules of 1.2 and of 1.1.

    Parameters
    ----------
    content : object
        Mappings, lists, texts, numbers, truth values, days and None.
    width : int, default 110
        The length at which lines are broken.
    one_line : bool, default False
        Whether all stands on one line, as a command's option takes it.

    Returns
    -------
    str
        YAML, in the order of the mappings.
    """
    import yaml

    form: dict[str, Any] = {"default_flow_style": True, "width": 10**6} if one_line else {"width": width}
    try:
        text = str(yaml.dump(content, Dumper=_dumper(), sort_keys=False, allow_unicode=True, **form))
    except yaml.YAMLError as error:
        raise InputError(
            "it holds what is no plain value", do="write numbers, words, days or lists"
        ) from error
    return text.strip().removesuffix("...").strip() if one_line else text


@cache
def _dumper() -> Any:
    """Return a writer that puts a text in quotation marks where either version reads another value."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes texts so that they stay texts."""

    for kind, pattern in (("float", _FLOAT), ("int", _BASED)):
        whole = re.compile(f"(?:{pattern.pattern})$")
        Dumper.add_implicit_resolver(_TAG + kind, whole, list("-+.0123456789"))
    return Dumper


def _not_yaml(text: str, shown: str, error: type[FoedusError], line: int | None, fault: Any) -> FoedusError:
    """Return the error for a text that cannot be parsed; a tab in front is named as such."""
    lines = text.split("\n")
    written = lines[line - 1] if line and line <= len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return error("the line begins with a tab", where=place(shown, line), do="indent with spaces")
    return error(
        f"this is not YAML ({fault.problem or fault.context})", where=place(shown, line), do="mend the line"
    )


class _Reader:
    """Builds values from the events of a parser, and notes the lines of their keys."""

    def __init__(self, shown: str, error: type[FoedusError], text_keys: bool) -> None:
        self.shown, self.error, self.text_keys = shown, error, text_keys
        self.lines: Lines = {}

    def document(self, events: Iterator[Any]) -> Any:
        """Return the value of the one document."""
        value: Any = None
        documents = 0
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    self._refuse(event, "there is a second document", "keep one in each file")
                value = self._value(next(events), events, ())
        return value

    def _value(self, event: Any, events: Iterator[Any], path: tuple[str | int, ...]) -> Any:
        """Return the value that begins with an event."""
        kind = type(event).__name__
        self.lines.setdefault(path, event.start_mark.line + 1)
        if kind == "ScalarEvent":
            return self._scalar(event)
        if kind == "AliasEvent":
            self._refuse(event, f"the alias *{event.anchor} is not allowed", "write the value out")
        if len(path) >= DEEPEST:
            self._refuse(event, f"the file nests deeper than {DEEPEST} levels", "flatten it")
        if event.tag is not None and event.tag not in {"!", f"{_TAG}map", f"{_TAG}seq"}:
            self._refuse(event, f"the tag {_short(event.tag)} is not allowed", "leave it out")
        return (self._mapping if kind == "MappingStartEvent" else self._sequence)(events, path)

    def _sequence(self, events: Iterator[Any], path: tuple[str | int, ...]) -> list[Any]:
        """Return a list, up to its end."""
        out: list[Any] = []
        for event in events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            out.append(self._value(event, events, (*path, len(out))))
        return out

    def _mapping(self, events: Iterator[Any], path: tuple[str | int, ...]) -> dict[Any, Any]:
        """Return a mapping, up to its end."""
        out: dict[Any, Any] = {}
        for event in events:
            kind = type(event).__name__
            if kind == "MappingEndEvent":
                break
            if kind != "ScalarEvent":
                self._refuse(event, "a key is no word", "write a word before the colon")
            key = event.value if self.text_keys else self._scalar(event)
            if key in out:
                self._refuse(event, f"the key {key!r} stands twice", "keep one of them")
            step = key if isinstance(key, (str, int)) else str(key)
            self.lines[(*path, step)] = event.start_mark.line + 1
            out[key] = self._value(next(events), events, (*path, step))
        return out

    def _scalar(self, event: Any) -> Any:
        """Return a single value: by its looks where it is plain, by its tag where it has one."""
        text: str = event.value
        if event.tag is None or event.tag == "!":
            plain = event.implicit[0] and not event.style
            return self._looks(event, text) if plain else text
        kind = event.tag.removeprefix(_TAG)
        if kind == "str":
            return text
        value = self._looks(event, text)
        if kind not in _KINDS:
            self._refuse(event, f"the tag {_short(event.tag)} is not allowed", "leave it out")
        if not _KINDS[kind](value):
            self._refuse(event, f"{reprlib.repr(text)} is not a plain value", "leave the tag out")
        return float(value) if kind == "float" else value

    def _looks(self, event: Any, text: str) -> Any:
        """Return a plain text as what it looks like."""
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in "-+.0123456789":
            return text
        try:
            if _WHOLE.fullmatch(text):
                return int(text)
            if _BASED.fullmatch(text):
                return int(text, 0)
            if _FLOAT.fullmatch(text):
                return float(text)
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            self._refuse(
                event,
                f"{reprlib.repr(text)} is not a plain value",
                "write a number, a word or a quoted text",
            )
        return text

    def _refuse(self, event: Any, what: str, do: str) -> NoReturn:
        """Raise the error for something that is not allowed, with its line."""
        raise self.error(what, where=place(self.shown, event.start_mark.line + 1), do=do)


_KINDS: dict[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "bool": lambda value: isinstance(value, bool),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "float": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "timestamp": lambda value: isinstance(value, date),
}
"""The kinds that a tag may name, and what is one."""


def _short(tag: str) -> str:
    """Return a tag as it is written."""
    return f"!!{tag.removeprefix(_TAG)}" if tag.startswith(_TAG) else tag
