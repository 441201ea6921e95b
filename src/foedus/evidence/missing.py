"""The error for a question that no edition answers, which says what there is instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from foedus.errors import NoDataError

__all__ = ["nothing_held"]


def nothing_held(
    indicator: str,
    codes: list[str] | None,
    span: tuple[int, int] | None,
    *,
    only: str | None,
    day: date | None,
    carriers: Sequence[str],
) -> NoDataError:
    """Return the error for a question that no edition answers.

    Parameters
    ----------
    indicator : str
        What was asked for.
    codes : list of str or None
        Of which countries.
    span : (int, int) or None
        First and last year.
    only : str or None
        The single edition that could answer.
    day : datetime.date or None
        The day as of which it was asked.
    carriers : sequence of str
        The editions that hold the indicator.

    Returns
    -------
    NoDataError
        Its sentence names the editions, or says how to get one.
    """
    asked = indicator
    if codes is not None:
        asked += f" of {', '.join(codes)}"
    if span is not None:
        asked += f" for {span[0]}" if span[0] == span[1] else f" for {span[0]}-{span[1]}"
    data: dict[str, Any] = {"indicator": indicator, "countries": codes, "years": span}
    if only is not None:
        return NoDataError(f"edition {only} holds no figure of {asked}", do="ask another edition", **data)
    if not carriers and day is not None:
        return NoDataError(
            f"no edition that holds {indicator} had been published by {day}",
            do="`foedus editions` lists the editions and their days",
            **data,
        )
    if not carriers:
        return NoDataError(
            f"no edition in the ledger holds {indicator}", do="import one with `foedus data import`", **data
        )
    by = f" published by {day}" if day else ""
    return NoDataError(
        f"there is no figure of {asked} in the editions{by} ({', '.join(carriers)})",
        do="ask for another country or year",
        **data,
    )
