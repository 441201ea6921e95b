"""Errors of the flat Python API in Python's words."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from foedus.errors import FoedusError, InputError, nearest, worded

__all__ = ["public"]

P = ParamSpec("P")
R = TypeVar("R")


def public(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function whose errors name arguments and functions, not the command's options.

    A call that does not fit the function's signature is refused with a sentence too.
    """

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except FoedusError as error:
            import foedus

            worded(error, "python", foedus.__all__)
            raise
        except TypeError as error:
            refused = _misfit(function, args, kwargs)
            if refused is None:
                raise
            raise refused from error

    return asked


def _misfit(
    function: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]
) -> InputError | None:
    """Return the error of a call that does not fit the signature, or None where it fits."""
    signature = inspect.signature(function)
    try:
        signature.bind(*args, **kwargs)
    except TypeError:
        pass
    else:
        return None
    name = f"foedus.{function.__name__}"
    known = signature.parameters
    unknown = next((key for key in kwargs if key not in known), None)
    if unknown is not None:
        near = nearest(unknown, known)
        return InputError(
            f"{unknown!r} is not an argument of {name}",
            do=f"did you mean {near!r}?" if near else f"use {', '.join(known)}",
        )
    unnamed = [p.name for p in known.values() if p.kind is not inspect.Parameter.KEYWORD_ONLY]
    if len(args) > len(unnamed):
        allowed = f"{', '.join(unnamed)} alone" if unnamed else "nothing"
        return InputError(
            f"{name} takes {allowed} without a name, and {len(args)} were given",
            do=f"name the others: {', '.join(n for n in known if n not in unnamed)}",
        )
    missing = next(
        (
            n
            for i, n in enumerate(known)
            if known[n].default is inspect.Parameter.empty and i >= len(args) and n not in kwargs
        ),
        None,
    )
    if missing is not None:
        return InputError(
            "it is missing", where=missing, do=f"give it to {name}; help({name}) says what it is"
        )
    twice = next((n for n in unnamed[: len(args)] if n in kwargs), unnamed[0] if unnamed else name)
    return InputError("it is given twice", where=twice, do="give it once")
