"""Errors of the flat Python API in Python's words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

from foedus.errors import FoedusError, worded

__all__ = ["public"]

_ARGUMENTS = {"set": "changes", "range": "ranges"}
"""Options of a command whose argument in Python has another name."""

P = ParamSpec("P")
R = TypeVar("R")


def public(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function whose errors name arguments and functions, not the command's options."""
    known = signature(function).parameters
    renamed = {option: name for option, name in _ARGUMENTS.items() if name in known and option not in known}

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except FoedusError as error:
            import foedus

            worded(error, "python", foedus.__all__, renamed)
            raise

    return asked
