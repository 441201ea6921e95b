"""Count how commitments were kept in a file of cases, and resample the wars that they come from.

The file is the replication table of Berkemeier and Fuhrmann (2018), or one with its columns: a row is an
alliance in a war, ``honorLLM`` or ``violateLLM`` is 1 where the war called on it, and ``sample`` is 1 for
1816–1944 and 0 after. The period is that column and not the war's year: four rows of the Second World War
stand after 1944. Rows without an outcome are no cases. Cases of one war are not independent, so that wars
are resampled and not cases.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foedus.engine.draws import generator
from foedus.errors import FileFormatError
from foedus.forces.own_tables import TableRow, read_rows
from foedus.guarantee.reliability_record import COMMITMENTS, HonourCount

__all__ = [
    "RESAMPLES",
    "WITHOUT",
    "AllianceCase",
    "count_honoured",
    "normal_interval",
    "read_cases",
    "resampled_interval",
]

RESAMPLES = 10_000
"""How often the wars are drawn anew."""

WITHOUT = ("Arab League pact", "3205")
"""The treaty whose seven cases after 1944 were all violated, and its number in the file."""

_COLUMNS = {"defense": "defence", "offense": "offence", "neutral": "neutrality", "nonagg": "nonaggression"}
"""The file's columns of what a treaty asks, and our words."""

_NORMAL = 1.959963984540054
"""The standard normal quantile of 97.5 per cent."""


@dataclass(frozen=True)
class AllianceCase:
    """An alliance that a war called on.

    Attributes
    ----------
    war, treaty : str
        Their numbers in the file.
    after_1944 : bool
        Whether the file's column ``sample`` puts it after 1944.
    commitments : frozenset of str
        What the treaty asks; one treaty may ask several things.
    honoured : bool
        Whether it was honoured; otherwise it was violated.
    """

    war: str
    treaty: str
    after_1944: bool
    commitments: frozenset[str]
    honoured: bool


def read_cases(path: Path) -> tuple[AllianceCase, ...]:
    """Read the cases of a replication file.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file with the columns of the replication table.

    Returns
    -------
    tuple of AllianceCase
        The rows with an outcome.

    Raises
    ------
    InputError
        When the file cannot be read.
    FileFormatError
        When a column is missing, a cell is no 1, 0 or blank, or a case is both honoured and violated.
    """
    headings, rows = read_rows(path)
    needed = ("sample", "warid", "atopid", "honorLLM", "violateLLM", *_COLUMNS)
    absent = [name for name in needed if name not in headings]
    if absent:
        raise FileFormatError(
            f"the table has no column {', '.join(absent)}",
            where=str(path),
            do="use the replication table of Berkemeier and Fuhrmann (2018) as CSV",
        )
    cases = tuple(case for row in rows if (case := _case(row)) is not None)
    if not cases:
        raise FileFormatError(
            "no row has an outcome in honorLLM or violateLLM", where=str(path), do="use the whole table"
        )
    return cases


def _case(row: TableRow) -> AllianceCase | None:
    """Read one row; None where the war did not call on the alliance."""
    honoured, violated = _flag(row, "honorLLM"), _flag(row, "violateLLM")
    if not (honoured or violated):
        return None
    if honoured and violated:
        raise FileFormatError(
            "the commitment is both honoured and violated", where=row.where, do="leave one of them blank"
        )
    return AllianceCase(
        _number(row, "warid"),
        _number(row, "atopid"),
        not _flag(row, "sample"),
        frozenset(word for column, word in _COLUMNS.items() if _flag(row, column)),
        honoured,
    )


def _number(row: TableRow, column: str) -> str:
    """Return an identifier, whole numbers without the decimals that statistics programs add."""
    return row.cells[column].removesuffix(".0")


def _flag(row: TableRow, column: str) -> bool:
    """Whether a cell is 1; 0 and blank are no."""
    text = row.cells[column]
    if text in {"", "0", "0.0", "NA"}:
        return False
    if text in {"1", "1.0"}:
        return True
    raise FileFormatError(f"{column} is {text!r}", where=row.where, do="write 1, 0 or nothing")


_PERIODS: tuple[tuple[str, Callable[[AllianceCase], bool]], ...] = (
    ("1816-2003", lambda _: True),
    ("1816-1944", lambda case: not case.after_1944),
    ("after 1944", lambda case: case.after_1944),
)


def count_honoured(cases: Sequence[AllianceCase], *, seed: int = 1) -> tuple[HonourCount, ...]:
    """Count the cases by commitment and period, each with both intervals.

    Parameters
    ----------
    cases : sequence of AllianceCase
        All cases.
    seed : int, default 1
        Of the resampling.

    Returns
    -------
    tuple of HonourCount
        One for each commitment and period, and those without :data:`WITHOUT`; none for an empty group.
    """
    counts = []
    for commitment in COMMITMENTS:
        asked = [c for c in cases if commitment == "all" or commitment in c.commitments]
        for period, within in _PERIODS:
            chosen = [c for c in asked if within(c)]
            counts.append(_count(commitment, period, "", chosen, seed))
            others = [c for c in chosen if c.treaty != WITHOUT[1]]
            if period == "after 1944" and commitment in {"all", "defence"} and len(others) < len(chosen):
                counts.append(_count(commitment, period, WITHOUT[0], others, seed))
    return tuple(count for count in counts if count.cases)


def _count(
    commitment: str, period: str, without: str, cases: Sequence[AllianceCase], seed: int
) -> HonourCount:
    """Count one group."""
    total, honoured = _by_war(cases)
    low, high = resampled_interval(honoured, total, seed=seed)
    normal_low, normal_high = normal_interval(honoured, total)
    return HonourCount(
        commitment,
        period,
        without,
        sum(honoured),
        sum(total),
        len(total),
        max(total, default=0),
        low,
        high,
        normal_low,
        normal_high,
    )


def _by_war(cases: Iterable[AllianceCase]) -> tuple[list[int], list[int]]:
    """Return the cases and the honoured ones of each war, in the wars' order."""
    total: dict[str, int] = {}
    honoured: dict[str, int] = {}
    for case in sorted(cases, key=lambda c: c.war):
        total[case.war] = total.get(case.war, 0) + 1
        honoured[case.war] = honoured.get(case.war, 0) + case.honoured
    return list(total.values()), list(honoured.values())


def resampled_interval(
    honoured: Sequence[int], total: Sequence[int], *, resamples: int = RESAMPLES, seed: int = 1
) -> tuple[float, float]:
    """Return the middle 95 per cent of the share honoured when the wars are drawn anew.

    Parameters
    ----------
    honoured, total : sequence of int
        Honoured cases and all cases of each war that has any.
    resamples : int, default 10000
        How often as many wars are drawn, with replacement.
    seed : int, default 1
        Of the draws.

    Returns
    -------
    tuple of float
        The percentiles 2.5 and 97.5; not a number without a case.
    """
    if not total:
        return math.nan, math.nan
    drawn = generator(seed).integers(0, len(total), (resamples, len(total)))
    shares = np.asarray(honoured)[drawn].sum(axis=1) / np.asarray(total)[drawn].sum(axis=1)
    low, high = np.quantile(shares, (0.025, 0.975))
    return float(low), float(high)


def normal_interval(honoured: Sequence[int], total: Sequence[int]) -> tuple[float, float]:
    """Return the share less and plus 1.96 standard errors that allow for wars, within 0 to 1.

    The variance of the share :math:`p` is :math:`\\sum_w (h_w - p n_w)^2 / n^2` over wars :math:`w`.
    """
    if not total:
        return math.nan, math.nan
    cases = sum(total)
    share = sum(honoured) / cases
    error = math.sqrt(sum((h - share * n) ** 2 for h, n in zip(honoured, total, strict=True))) / cases
    return max(0.0, share - _NORMAL * error), min(1.0, share + _NORMAL * error)
