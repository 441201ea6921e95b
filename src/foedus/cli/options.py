"""Options that several commands share, and how their text is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from cyclopts import Parameter, Token

from foedus.errors import InputError

__all__ = ["AsOf", "Countries", "Edition", "Json", "read_date", "read_day"]


def read_date(text: str, *, where: str = "--as-of") -> date:
    """Read a day.

    Parameters
    ----------
    text : str
        A day as 2024-10-01.
    where : str, default "--as-of"
        Where the text stood.

    Returns
    -------
    datetime.date
        The day.

    Raises
    ------
    InputError
        When the text is not a day of the calendar.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(
            f"{text!r} is not a day of the calendar",
            where=where,
            do="write it as YYYY-MM-DD, for example 2024-10-01",
        ) from error


def read_day(_type: Any, tokens: Sequence[Token]) -> date:
    """Read an option's day for cyclopts; an error names the option."""
    token = tokens[0]
    return read_date(token.value, where=token.keyword or "the date")


Json = Annotated[bool, Parameter(name="--json", negative=(), help="Print one JSON object.")]
AsOf = Annotated[
    date | None,
    Parameter(converter=read_day, help="Answer only from what had been published by this day (YYYY-MM-DD)."),
]
Edition = Annotated[
    str | None, Parameter(help="The edition that shall answer; `foedus editions` lists them.")
]
Countries = Annotated[
    list[str] | None,
    Parameter(
        name="--country",
        consume_multiple=True,
        negative=(),
        help="Countries by name or ISO alpha-3 code, or aggregates such as NATO Europe; several may follow, "
        "or be separated by commas.",
    ),
]
