"""The page of the Python interface: the public names of the package, read from it, and nothing else."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterable
from typing import Any

__all__ = ["public_api", "public_results", "result_classes"]


def public_api() -> str:
    """Write the public functions.

    Returns
    -------
    str
        Markdown with directives of autodoc.
    """
    entries = (f"```{{eval-rst}}\n.. autofunction:: foedus.{name}\n```\n" for name in _functions())
    return "\n".join(entries)


def public_results() -> str:
    """Write the public classes: those of the package by name, what every answer is, and each answer.

    Returns
    -------
    str
        Markdown with directives of autodoc.
    """
    import foedus

    classes = [getattr(foedus, name) for name in foedus.__all__ if inspect.isclass(getattr(foedus, name))]
    results = [each for each in result_classes(_functions()) if each not in classes]
    parts = [_class_entry("foedus.results.Result", members=True)]
    parts += [_class_entry(f"foedus.{each.__name__}", members=True) for each in classes]
    parts += ["## Answers\n", _RESULTS]
    parts += [_class_entry(f"{each.__module__}.{each.__qualname__}", members=False) for each in results]
    parts += ["## Errors\n", _class_entry("foedus.errors.FoedusError", members=True)]
    return "\n".join(parts)


def _functions() -> list[str]:
    """Return the names of the public functions."""
    import foedus

    return [name for name in foedus.__all__ if inspect.isfunction(getattr(foedus, name))]


_RESULTS = """What the functions answer with. Each has what {py:class}`foedus.results.Result` has, and the
attributes that stand here; what else its class holds is not public.
"""


def result_classes(functions: Iterable[str]) -> list[type]:
    """Return the classes that functions answer with, in their order.

    Parameters
    ----------
    functions : iterable of str
        Names of public functions.

    Returns
    -------
    list of type
        Each once.
    """
    import foedus

    return list(
        dict.fromkeys(
            part
            for name in functions
            for part in _answered(getattr(foedus, name))
            if part.__module__.startswith("foedus")
        )
    )


def _answered(function: Any) -> list[type]:
    """Return the classes of a function's answer; of a union each."""
    annotation = inspect.unwrap(function).__annotations__.get("return")
    if isinstance(annotation, str):
        annotation = eval(annotation, _names_of(function))
    parts = typing.get_args(annotation) or (annotation,)
    return [part for part in parts if inspect.isclass(part)]


def _names_of(function: Any) -> dict[str, Any]:
    """Return what the names of a function's annotations mean, those imported for checkers among them."""
    module = inspect.getmodule(inspect.unwrap(function))
    names: dict[str, Any] = dict(vars(module)) if module else {}
    source = inspect.getsource(module) if module else ""
    for line in _checked_imports(source):
        exec(line, names)
    return names


def _checked_imports(source: str) -> list[str]:
    """Return the imports that a module makes for type checkers alone."""
    import ast

    blocks = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    ]
    return [ast.unparse(line) for block in blocks for line in block.body]


def _class_entry(name: str, *, members: bool) -> str:
    """Write the entry of a class."""
    shown = "   :members:\n" if members else ""
    return f"```{{eval-rst}}\n.. autoclass:: {name}\n{shown}```\n"
