"""What the public functions answer with: every class of answer can do the same."""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

import foedus
from foedus.api.questions import ASKING
from foedus.results import Result

CAN = (
    *("headline", "answer", "tables", "payload", "schema", "to_columns", "as_frame", "chart"),
    *("to_pandas", "to_polars", "to_xarray", "__arrow_c_stream__", "_repr_html_"),
)
"""What a notebook or a program may ask of any answer."""


def _returned(name: str) -> list[Any]:
    """Return the classes that a public function says it returns."""
    function = getattr(foedus, name)
    module = sys.modules[function.__module__]
    text = inspect.get_annotations(inspect.unwrap(function))["return"]
    names = _checked_names(module.__file__ or "")
    hint = get_type_hints(inspect.unwrap(function), {**vars(module), **names})["return"]
    assert text
    return list(get_args(hint)) if get_origin(hint) in (Union, UnionType) else [hint]


def _checked_names(path: str) -> dict[str, Any]:
    """Return what a module imports for its type checker alone."""
    import ast
    from pathlib import Path

    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {
        alias.asname or alias.name: getattr(import_module(str(node.module)), alias.name)
        for node in imports
        for alias in node.names
        if str(node.module).startswith("foedus")
    }


@pytest.mark.parametrize("name", ASKING)
def test_every_public_function_answers_with_a_result(name: str) -> None:
    """The class that is returned is a result, can all that a result can, and is represented in one line."""
    for kind in _returned(name):
        assert isinstance(kind, type)
        assert issubclass(kind, Result), (name, kind)
        assert all(callable(getattr(kind, method)) for method in CAN)
        assert kind.__repr__ is Result.__repr__
