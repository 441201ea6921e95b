"""Read a user's file of the ratifications seen so far in a running round."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from foedus.accession.rows import STEPS, Step
from foedus.axes import country_code, country_name
from foedus.errors import FileFormatError, FoedusError, nearest
from foedus.files.missing import read_error

__all__ = ["COLUMNS", "read_observed"]

COLUMNS = ("ally", "date", "step")
"""The columns of the file; the last may be left out."""

PLAIN = "national_completion"
"""The step that a row without one stands for."""


def read_observed(
    path: Path, ratifiers: tuple[str, ...], signed: date, until: date | None = None
) -> tuple[Step, ...]:
    """Read the ratifications seen so far.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file with the columns ``ally`` and ``date``, and, if it has more, ``step``: one of
        :data:`foedus.accession.rows.STEPS`, where it is empty or missing "national_completion".
    ratifiers : tuple of str
        The allies who have to ratify.
    signed : datetime.date
        The day of the signature.
    until : datetime.date, optional
        The day of the question; nothing later can have been seen.

    Returns
    -------
    tuple of Step
        One per row.

    Raises
    ------
    FileFormatError
        When the file is not such a table, or a row names no ally, no day, a day before the signature or
        after the question, or an ally's step twice.
    InputError, StorageError
        When the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise FileFormatError("this is not a text file", where=str(path), do=_FORM) from error
        raise read_error(error, path) from error
    reader = csv.DictReader(text.splitlines(), skipinitialspace=True)
    header = tuple(name.strip() for name in (reader.fieldnames or ()))
    reader.fieldnames = list(header)
    if not {"ally", "date"} <= set(header) or set(header) - set(COLUMNS):
        columns = ", ".join(header) or "nothing"
        raise FileFormatError(f"the first line names {columns}", where=str(path), do=_FORM)
    steps: dict[tuple[str, str], Step] = {}
    for row in reader:
        line = f"{path}, line {reader.line_num}"
        if None in row or any(value is None for value in row.values()):
            raise FileFormatError(
                f"the row has not {len(header)} cells",
                where=line,
                do="give every row one cell per column",
            )
        step = _step(row, ratifiers, signed, until, line)
        if (step.ally, step.step) in steps:
            raise FileFormatError(
                f"{country_name(step.ally)} has {step.step} twice", where=line, do="keep one of the rows"
            )
        steps[step.ally, step.step] = step
    if not steps:
        raise FileFormatError(
            "the file has no row", where=str(path), do="leave --observed out while nothing has been seen"
        )
    return tuple(steps.values())


_FORM = "give a CSV file whose first line is ally,date or ally,date,step"


def _step(
    row: dict[str, str], ratifiers: tuple[str, ...], signed: date, until: date | None, line: str
) -> Step:
    """Read one row."""
    try:
        ally = country_code(row["ally"].strip())
    except FoedusError as error:
        raise FileFormatError(str(error).rstrip("."), where=line) from error
    if ally not in ratifiers:
        raise FileFormatError(
            f"{country_name(ally)} does not ratify this accession", where=line, do="leave the row out"
        )
    try:
        day = date.fromisoformat(row["date"].strip())
    except ValueError as error:
        raise FileFormatError(
            f"{row['date']!r} is not a day of the calendar", where=line, do="write it as YYYY-MM-DD"
        ) from error
    if day < signed:
        raise FileFormatError(
            f"{day} lies before the signature on {signed}",
            where=line,
            do="mend the day, or give --signed",
        )
    if until is not None and day > until:
        raise FileFormatError(
            f"{day} lies after {until}, the day of the question",
            where=line,
            do="mend it, or give --as-of",
        )
    step = (row.get("step") or "").strip() or PLAIN
    if step not in STEPS:
        near = nearest(step, STEPS)
        raise FileFormatError(
            f"{step!r} is not a step of a ratification",
            where=line,
            do=f"did you mean {near!r}?" if near else f"use one of {', '.join(STEPS)}",
        )
    return Step("running", ally, step, day, day, "unverified", line, "")
