"""Options that several commands share, and how their text is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any

from cyclopts import Parameter, Token

from foedus.errors import InputError
from foedus.questions import read_day

__all__ = ["AsOf", "Json", "option_day"]


def option_day(read: Callable[[Any], Any]) -> Callable[[Any, Sequence[Token]], Any]:
    """Return what reads an option's day for cyclopts as a question reads one; an error names the option."""

    def convert(_type: Any, tokens: Sequence[Token]) -> Any:
        token = tokens[0]
        try:
            return read(token.value)
        except ValueError as error:
            what, _, do = str(error).partition("; ")
            raise InputError(what, where=token.keyword or "the date", do=do) from error

    return convert


Json = Annotated[bool, Parameter(name="--json", negative=(), help="Print one JSON object.")]
AsOf = Annotated[
    date | None,
    Parameter(
        converter=option_day(read_day),
        help="Answer only from what had been published by this day (YYYY-MM-DD).",
    ),
]
