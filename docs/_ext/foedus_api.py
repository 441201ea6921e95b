"""The page of the Python interface: the public names of the package, read from it, and nothing else."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterable
from typing import Any

__all__ = ["public_api", "result_classes"]


def public_api() -> str:
    """Write the public functions, their results, and the classes that are public by name.

    Returns
    -------
    str
        Markdown with directives of autodoc.
    """
    import foedus

    names = [name for name in foedus.__all__ if not _is_module(getattr(foedus, name))]
    functions = [name for name in names if inspect.isfunction(getattr(foedus, name))]
    classes = [getattr(foedus, name) for name in names if inspect.isclass(getattr(foedus, name))]
    results = [each for each in result_classes(functions) if each not in classes]
    parts = [
        "## Functions\n",
        *(f"```{{eval-rst}}\n.. autofunction:: foedus.{name}\n```\n" for name in functions),
    ]
    parts += ["## Classes\n", *(_class_entry(f"foedus.{each.__name__}", members=True) for each in classes)]
    parts += ["## Results\n", _RESULTS, _class_entry("foedus.results.Result", members=True)]
    parts += [_class_entry(f"{each.__module__}.{each.__qualname__}", members=False) for each in results]
    parts += ["## Errors\n", _class_entry("foedus.errors.FoedusError", members=True)]
    return "\n".join(parts)


_RESULTS = """What a function answers with. Each has what {py:class}`foedus.results.Result` has, and the
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


def _is_module(value: Any) -> bool:
    """Whether a public name is a room that has not given its place to a function yet."""
    return inspect.ismodule(value)


def _class_entry(name: str, *, members: bool) -> str:
    """Write the entry of a class."""
    shown = "   :members:\n" if members else ""
    return f"```{{eval-rst}}\n.. autoclass:: {name}\n{shown}```\n"
