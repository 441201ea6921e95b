"""Docstrings of the public functions and classes."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from numpydoc.validate import validate

import foedus

ALWAYS = {"GL01", "GL05", "GL06", "GL07", "GL08", "GL10", "SS01", "SS02", "SS04"}
"""What holds for every public docstring: it exists, it opens with a summary, its sections are numpydoc's."""
SECTIONS = {"PR01", "PR02", "PR03", "PR07", "PR10", "RT01", "RT03", "YD01"}
"""What holds once a docstring is more than its summary line: parameters and results are all described."""
BY_SUMMARY_ALONE = 2
"""A function of at most so many parameters may be described by one line."""


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


def _parameters(value: Any) -> list[str]:
    return [p for p in inspect.signature(value).parameters if p not in {"self", "cls"}]


@pytest.mark.parametrize("path", sorted(OBJECTS))
def test_public_names_are_documented(path: str) -> None:
    """Every public function and class has a numpydoc docstring that describes what goes in and comes out."""
    value = OBJECTS[path]
    codes = set(ALWAYS)
    summary_only = len((inspect.getdoc(value) or "").strip().splitlines()) == 1
    if not inspect.isclass(value) and not (summary_only and len(_parameters(value)) <= BY_SUMMARY_ALONE):
        codes |= SECTIONS
    faults = [f"{code}: {text}" for code, text in validate(path)["errors"] if code in codes]
    assert faults == []


def test_modules_are_documented() -> None:
    """Every module opens with a docstring."""
    assert [m.__name__ for m in _modules() if not (m.__doc__ or "").strip()] == []
