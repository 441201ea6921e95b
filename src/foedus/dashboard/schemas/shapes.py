"""JSON schemas of what :func:`foedus.results.to_jsonable` writes, from the types of what it is given.

A record becomes an object of its fields with their docstring's words, a number that may be missing or not
finite a number or null, a day a text. Nothing here looks at a value: an answer has the same schema whatever
it holds.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
import types
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

__all__ = [
    "Composed",
    "Declared",
    "Schema",
    "Shapes",
    "by_name",
    "declared",
    "described_fields",
    "or_none",
    "rows",
    "worded",
]

Schema = dict[str, Any]

NUMBER: Schema = {"type": ["number", "null"]}
"""A number that is not finite, as one that nobody knows, is written as null."""

PLAIN: Mapping[type, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: NUMBER,
    str: {"type": "string"},
    Path: {"type": "string"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
}


@dataclasses.dataclass(frozen=True)
class Declared:
    """An object of an answer that is no record: some fields of one, and others beside or in their place.

    Attributes
    ----------
    name : str
        Its name among the schemas.
    base : type, optional
        The record whose fields it has.
    without : tuple of str
        Those of them that it leaves out.
    fields : mapping of str to type
        What it has beside, or with another type.
    perhaps : frozenset of str
        Fields that are left out where there is nothing to say.
    more : type, optional
        What stands under names that only the question knows.
    """

    name: str
    base: type | None = None
    without: tuple[str, ...] = ()
    fields: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    perhaps: frozenset[str] = frozenset()
    more: Any = None


@dataclasses.dataclass(frozen=True)
class Composed:
    """A type that is composed of a declared one.

    Attributes
    ----------
    how : {"rows", "by name", "or none", "worded"}
        A list of it, an object that has it under every name, it or null, or it with words.
    of : type, annotation, Declared or Composed
        The type.
    words : str
        What it is.
    """

    how: Literal["rows", "by name", "or none", "worded"]
    of: Any
    words: str = ""


def rows(kind: Any) -> Composed:
    """Return the type of a list of objects."""
    return Composed("rows", kind)


def by_name(kind: Any) -> Composed:
    """Return the type of objects under names."""
    return Composed("by name", kind)


def or_none(kind: Any) -> Composed:
    """Return the type of an object that may be absent."""
    return Composed("or none", kind)


def worded(kind: Any, words: str) -> Composed:
    """Return a type with what it is in words."""
    return Composed("worded", kind, words)


def declared(
    name: str,
    base: type | None = None,
    /,
    *,
    without: Iterable[str] = (),
    perhaps: Iterable[str] = (),
    **fields: Any,
) -> Declared:
    """Return the declaration of an object.

    Parameters
    ----------
    name : str
        Its name among the schemas.
    base : type, optional
        The record whose fields it has.
    without, perhaps : iterable of str
        Fields of the record that it has not, and fields that it does not always have.
    **fields : type
        What it has beside.

    Returns
    -------
    Declared
        To be given to :meth:`Shapes.schema` in the place of a type.
    """
    return Declared(name, base, tuple(without), fields, frozenset(perhaps))


class Shapes:
    """Schemas by name, each once.

    Parameters
    ----------
    known : mapping of str to type
        The types that annotations name and their modules import for type checkers alone.
    prefix : str
        What stands before a name in a reference.
    """

    def __init__(self, known: Mapping[str, Any] | None = None, prefix: str = "#/components/schemas/") -> None:
        self.named: dict[str, Schema] = {}
        self._known = dict(known or {})
        self._prefix = prefix
        self._homes: dict[str, type | None] = {}

    def schema(self, kind: Any) -> Schema:
        """Return the schema of what a type is written as.

        Parameters
        ----------
        kind : type, annotation or Declared
            What is written.

        Returns
        -------
        dict
            A schema; a record's is a reference into :attr:`named`.

        Raises
        ------
        TypeError
            When the type says nothing of what is written.
        """
        if isinstance(kind, Declared):
            return self._named(kind.name, kind)
        if isinstance(kind, Composed):
            return self._of_declared(kind)
        if kind in (Any, object):
            return {}
        if isinstance(kind, TypeVar):
            return self.schema(kind.__bound__ or Any)
        origin = get_origin(kind)
        if origin is not None:
            return self._composed(origin, get_args(kind))
        if isinstance(kind, type):
            return self._plain(kind)
        raise TypeError(f"{kind!r} says nothing of what is written")

    def _of_declared(self, kind: Composed) -> Schema:
        """Return the schema of a type that is composed of a declared one."""
        of = self.schema(kind.of)
        if kind.how == "rows":
            return {"type": "array", "items": of}
        if kind.how == "by name":
            return {"type": "object", "additionalProperties": of}
        return of if kind.how == "worded" else _either([of, {"type": "null"}])

    def _plain(self, kind: type) -> Schema:
        """Return the schema of a type without parameters."""
        for plain, schema in PLAIN.items():
            if issubclass(kind, plain):
                return dict(schema)
        if dataclasses.is_dataclass(kind) or issubclass(kind, BaseModel):
            return self._named(kind.__name__, Declared(kind.__name__, kind))
        if issubclass(kind, Mapping):
            return {"type": "object"}
        if issubclass(kind, tuple) and hasattr(kind, "_fields"):
            return self._row(tuple(get_type_hints(kind).values()))
        if hasattr(kind, "__iter__"):
            return {"type": "array"}
        raise TypeError(f"{kind!r} says nothing of what is written")

    def _composed(self, origin: Any, of: tuple[Any, ...]) -> Schema:
        """Return the schema of a type with parameters."""
        if origin is Annotated:
            return self.schema(of[0])
        if origin is Literal:
            return {"enum": list(of)}
        if origin in (Union, types.UnionType):
            return _either([self.schema(kind) for kind in of])
        if issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.schema(of[1])}
        if origin is tuple and of and of[-1] is not Ellipsis:
            return self._row(of)
        if hasattr(origin, "tolist"):
            return {"type": "array"}
        return {"type": "array", "items": self.schema(of[0])}

    def _row(self, of: tuple[Any, ...]) -> Schema:
        """Return the schema of a tuple of so many items, of one type or of several."""
        items = [self.schema(kind) for kind in of]
        size = {"minItems": len(of), "maxItems": len(of)}
        return {"type": "array", "items": _either(items), **size}

    def _named(self, name: str, kind: Declared) -> Schema:
        """Return a reference to an object, and write it down the first time."""
        if self._homes.setdefault(name, kind.base) is not kind.base and kind.base is not None:
            name = f"{kind.base.__module__.rpartition('.')[2].title().replace('_', '')}{name}"
        if name not in self.named:
            self.named[name] = {}  # so that a record that holds its like comes to an end
            self.named[name] = self._object(kind)
        return {"$ref": self._prefix + name}

    def _object(self, kind: Declared) -> Schema:
        """Return the schema of an object: every field with its type and words, each of them required."""
        words = described_fields(kind.base) if kind.base is not None else {}
        own = {} if kind.base is None else self._fields(kind.base, {*kind.without, *kind.fields})
        properties = {}
        for name, annotation in {**own, **kind.fields}.items():
            text = (isinstance(annotation, Composed) and annotation.words) or words.get(name, "")
            properties[name] = ({"description": text} if text else {}) | self.schema(annotation)
        required = [name for name in properties if name not in kind.perhaps]
        more = {} if kind.more is None else {"additionalProperties": self.schema(kind.more)}
        return {"type": "object", "properties": properties, "required": required, **more}

    def _fields(self, kind: type, without: set[str]) -> dict[str, Any]:
        """Return the fields of a record or model with their types, but for some."""
        if issubclass(kind, BaseModel):
            fields = kind.model_fields.items()
            return {n: f.annotation for n, f in fields if n not in without and not f.exclude}
        # In the order of the record; what the class keeps beside its fields is no part of it.
        names = [f.name for f in dataclasses.fields(kind) if f.name not in without]  # type: ignore[arg-type]
        hints: dict[str, Any] = {}
        for base in reversed(kind.__mro__):
            own = inspect.get_annotations(base)
            bare = types.SimpleNamespace(__annotations__={n: own[n] for n in own if n in names})
            # Read in the base's own module: its annotations are text, and name what stands there.
            hints |= get_type_hints(bare, self._known | vars(sys.modules[base.__module__]))
        return {name: hints[name] for name in names}


def _either(schemas: list[Schema]) -> Schema:
    """Return the schema of what fits one of several, written as short as it can be."""
    distinct: list[Schema] = []
    for schema in schemas:
        if schema not in distinct:
            distinct.append(schema)
    if {} in distinct:
        return {}
    if len(distinct) == 1:
        return distinct[0]
    if all(set(schema) == {"type"} for schema in distinct):
        kinds: dict[str, None] = {}
        for schema in distinct:
            given = schema["type"]
            kinds |= dict.fromkeys([given] if isinstance(given, str) else given)
        if "number" in kinds:
            kinds.pop("integer", None)
        return {"type": list(kinds)}
    return {"anyOf": distinct}


_FIELD = re.compile(r"^(\w+(?:, \w+)*) : (.+)$")


def described_fields(kind: type) -> dict[str, str]:
    """Return what the docstrings of a record say of its fields.

    Parameters
    ----------
    kind : type
        A class whose docstring has a section "Attributes", or that derives from one.

    Returns
    -------
    dict of str to str
        One text for each field that is described, without marks of the documentation.
    """
    words: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        doc = inspect.cleandoc(vars(base).get("__doc__") or "")
        names: list[str] = []
        for line in doc.partition("Attributes\n----------\n")[2].splitlines():
            head = _FIELD.match(line)
            if head:
                names = head[1].split(", ")
                words |= dict.fromkeys(names, "")
            elif line.startswith("    ") and names:
                words |= {name: f"{words[name]} {_unmarked(line)}".strip() for name in names}
            elif line.strip():
                break
    if issubclass(kind, BaseModel):
        words |= {n: f.description for n, f in kind.model_fields.items() if f.description}
    return {name: text for name, text in words.items() if text}


def _unmarked(line: str) -> str:
    """Return a line of a docstring without roles and code marks."""
    return re.sub(r":\w+:`~?\.?([^`]+)`", r"\1", line.strip()).replace("``", "").replace("`", "")
