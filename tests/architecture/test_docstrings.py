"""Docstrings of the public functions and classes."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_origin

import pytest
from numpydoc.validate import validate

import foedus
from parsed import parsed

ALWAYS = {"GL01", "GL05", "GL06", "GL07", "GL08", "GL10", "SS01", "SS02", "SS04"}
"""What holds for every public docstring: it exists, it opens with a summary, its sections are numpydoc's."""
SECTIONS = {"PR01", "PR02", "PR03", "PR07", "PR10", "RT01", "RT03", "YD01"}
"""What holds where sections are asked for: parameters and results are all named and described."""
IF_THERE = {"Parameters": {"PR01", "PR02", "PR03", "PR07", "PR10"}, "Returns": {"RT03"}}
"""What holds of a section that stands there unasked: it is whole."""
NOT_FIRST = {"Give", "Tell", "Say", "Hold", "Lay"}
"""Verbs that do not say what a function does."""
BY_SUMMARY_ALONE = 2
"""Parameters of a function on plain numbers that one line may describe, the unit with it."""

ARRAY = re.compile(r"\b(?:Array|NDArray|ndarray|ByCountry)\b")
NUMBER = re.compile(r"\bfloat\b")


def _modules() -> list[ModuleType]:
    found = [m.name for m in pkgutil.walk_packages(foedus.__path__, "foedus.")]
    return [foedus, *(importlib.import_module(n) for n in found if not n.rsplit(".", 1)[1].startswith("_"))]


def _public(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Yield the functions and classes a module defines and does not mark as its own affair."""
    for name, value in vars(module).items():
        if name.startswith("_") or getattr(value, "__module__", None) != module.__name__:
            continue
        if inspect.isclass(value):
            yield f"{module.__name__}.{name}", value
            for method, function in vars(value).items():
                if not method.startswith("_") and inspect.isfunction(function):
                    yield f"{module.__name__}.{name}.{method}", function
        elif callable(value):
            yield f"{module.__name__}.{name}", value


OBJECTS = {path: value for module in _modules() for path, value in _public(module)}


def _is_choice(value: Any) -> bool:
    """Whether something names a few values, of which one is chosen."""
    return get_origin(value) is Literal or (inspect.isclass(value) and issubclass(value, enum.Enum))


CHOICES = sorted({name for m in _modules() for name, value in vars(m).items() if _is_choice(value)})
CHOICE = re.compile(rf"\b(?:Literal|{'|'.join(CHOICES)})\b")


def _needs_sections(value: Any) -> bool:
    """Whether a function carries what name and types do not say: shapes, units, or choices.

    Shapes: an array goes in or comes out. Choices: a parameter or the result is one of a few named values.
    Units: a float goes in or comes out of a function of more than two parameters.
    """
    if not inspect.isfunction(value):
        return False
    signature = inspect.signature(value)
    # A question's fields are described once, on its model.
    if "question" in signature.parameters or hasattr(value, "question"):
        return False
    types = " ".join(
        [*(str(p.annotation) for p in signature.parameters.values()), str(signature.return_annotation)]
    )
    many = len([p for p in signature.parameters if p not in {"self", "cls"}]) > BY_SUMMARY_ALONE
    return bool(ARRAY.search(types) or CHOICE.search(types) or (many and NUMBER.search(types)))


def _codes(value: Any) -> set[str]:
    """Return the codes of the faults that a docstring may not have."""
    if _needs_sections(value) and not _overrides(value):
        return ALWAYS | SECTIONS
    codes = set(ALWAYS)
    for section, whole in IF_THERE.items():
        if inspect.isfunction(value) and f"{section}\n---" in (inspect.getdoc(value) or ""):
            codes |= whole
    return codes


def _overrides(value: Any) -> bool:
    """Whether a method takes the place of one that a class above documents with its sections."""
    owner = OBJECTS.get(f"{value.__module__}.{value.__qualname__.rpartition('.')[0]}")
    return owner is not None and any(value.__name__ in vars(base) for base in owner.__mro__[1:])


@pytest.mark.parametrize("path", sorted(OBJECTS))
def test_public_names_are_documented(path: str) -> None:
    """Every public name has a docstring, with sections where shapes, units or choices matter."""
    codes = _codes(OBJECTS[path])
    faults = [f"{code}: {text}" for code, text in validate(path)["errors"] if code in codes]
    assert faults == []


def test_sections_are_asked_for_where_they_matter() -> None:
    """Arrays, choices and floats of many parameters ask for sections; names and records do not."""

    def arrays(share: NDArray) -> None: ...  # type: ignore[name-defined] # noqa: F821
    def choice(known: Literal["press"]) -> None: ...
    def numbers(share: float, year: int, country: str) -> None: ...
    def number(share: float) -> str: ...
    def names(country: str, office: str, body: str) -> bool: ...

    asked = [f.__name__ for f in (arrays, choice, numbers, number, names) if _needs_sections(f)]
    assert asked == ["arrays", "choice", "numbers"]
    assert {"Grade", "Verdict"} <= set(CHOICES)
    assert sum(_needs_sections(value) for value in OBJECTS.values()) > 80


def _first_words() -> Iterator[tuple[str, str, ast.AST]]:
    """Yield file and line, first word and node of every docstring of the package, private ones too."""
    root = Path(foedus.__path__[0])
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                words = (ast.get_docstring(node) or "").split()
                if words:
                    at = f"{path.relative_to(root)}:{getattr(node, 'lineno', 1)}"
                    yield at, words[0].strip(".,:;"), node


def test_docstrings_begin_with_a_plain_verb() -> None:
    """No docstring begins with Give, Tell, Say, Hold or Lay."""
    words = {at: word for at, word, _ in _first_words()}
    assert len(words) > 1500
    assert {at: word for at, word in words.items() if word.removesuffix("s") in NOT_FIRST} == {}


def test_a_predicate_begins_with_whether() -> None:
    """The docstring of a function that answers yes or no begins with Whether."""
    words = {
        at: word
        for at, word, node in _first_words()
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "bool"
    }
    assert len(words) > 30
    assert {at: word for at, word in words.items() if word != "Whether"} == {}


def test_modules_are_documented() -> None:
    """Every module opens with a docstring."""
    assert [m.__name__ for m in _modules() if not (m.__doc__ or "").strip()] == []
