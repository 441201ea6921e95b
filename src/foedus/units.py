"""Units at the border: fractions, base currency units and persons inside; per cent and billions in print.

Nothing here converts between quantities. Inside foedus a share is a fraction, money is in single units of
its currency, people are counted singly and durations are in days. These functions only write them out.
"""

from __future__ import annotations

import math
from typing import Literal

from foedus.errors import InputError
from foedus.rounding import rounded, written

__all__ = [
    "UNITS",
    "Unit",
    "billions",
    "format_value",
    "gap",
    "in_per_cent",
    "level_words",
    "per_cent",
    "points",
]

Unit = Literal[
    "fraction",
    "usd",
    "eur",
    "lcu",
    "int_usd",
    "person",
    "usd_per_person",
    "index",
    "count",
    "year",
    "years",
    "days",
    "km",
    "scale_point",
    "item",
]
"""The units that a catalogue entry may carry."""

UNITS: dict[str, str] = {
    "fraction": "a fraction of one, printed in per cent",
    "usd": "US dollars",
    "eur": "euros",
    "lcu": "units of the national currency",
    "int_usd": "international dollars, at purchasing power parity",
    "person": "persons",
    "usd_per_person": "US dollars per inhabitant",
    "index": "an index number, as the publisher scales it",
    "count": "a number of countries or events",
    "year": "a calendar year",
    "years": "years",
    "days": "days",
    "km": "kilometres",
    "scale_point": "points of a decision's own scale, 0 to 100",
    "item": "pieces of a class of forces",
}
"""What each unit means, in words."""

_MISSING = "–"


def per_cent(value: float | None, digits: int = 2) -> str:
    """Write a fraction in per cent, or a dash when there is none."""
    return _MISSING if _absent(value) else f"{in_per_cent(value or 0.0, digits)} %"


def in_per_cent(value: float, digits: int = 2) -> str:
    """Write a fraction in per cent without the sign of per cent, as "6" in "6 to 13 %"."""
    return written(value, digits, scale=2)


def level_words(level: float) -> str:
    """Write a level that was set and not measured, with no more digits than it has: "2 %", "3.5 %"."""
    text = written(level, 6, scale=2).rstrip("0").rstrip(".")
    return f"{text} %"


def points(value: float | None, digits: int = 2) -> str:
    """Write a difference of two fractions in percentage points, with its sign."""
    return _MISSING if _absent(value) else written(value or 0.0, digits, scale=2, signed=True)


def billions(value: float | None, digits: int = 1, *, signed: bool = False) -> str:
    """Write an amount in billions, with thousands separated and, where asked for, its sign.

    Parameters
    ----------
    value : float or None
        The amount, in single units.
    digits : int, default 1
        Decimals.
    signed : bool, default False
        Write a plus before what is not negative.

    Returns
    -------
    str
        For example "1,311.4", or a dash when there is no amount.
    """
    if _absent(value):
        return _MISSING
    return written(value or 0.0, digits, scale=-9, signed=signed, grouped=True)


def gap(value: float | None, digits: int, scale: float) -> str:
    """Write a difference with its sign, or that it is under the last printed digit.

    Parameters
    ----------
    value : float or None
        The difference.
    digits : int
        Decimals.
    scale : float
        What it is multiplied by for print: 100 for points, 1e-9 for billions.

    Returns
    -------
    str
        For example "+13.4", or "under 0.05" where it would read as nought and is none.
    """
    if _absent(value):
        return _MISSING
    number = scale * float(value or 0.0)
    if number == 0.0:
        return written(0.0, digits)
    if not rounded(number, digits):
        return f"under {written(0.5 * 10.0**-digits, digits + 1)}"
    return written(number, digits, signed=True, grouped=True)


def format_value(value: float | None, unit: str) -> str:
    """Write a value as its unit is usually printed.

    Parameters
    ----------
    value : float or None
        The value, in the units used inside foedus.
    unit : str
        One of :data:`UNITS`.

    Returns
    -------
    str
        For example "2.12 %", "41.3 bn" or "118,600".

    Raises
    ------
    InputError
        When the unit does not exist.
    """
    if unit not in UNITS:
        raise InputError(f"{unit!r} is not a unit", do=f"use one of {', '.join(UNITS)}")
    if _absent(value):
        return _MISSING
    number = float(value or 0.0)
    if unit == "fraction":
        return per_cent(number)
    if unit in {"usd", "eur", "lcu", "int_usd"} and abs(number) >= 1e9:
        return f"{billions(number, 2)} bn"
    if unit in {"usd", "eur", "lcu", "int_usd"} and abs(number) >= 1e6:
        return f"{written(number, 1, scale=-6, grouped=True)} m"
    if unit in {"person", "count", "item", "year", "days", "km"}:
        return written(number, grouped=unit != "year")
    return written(number, 2, grouped=True)


def _absent(value: float | None) -> bool:
    """Whether there is nothing to write: no value, or not a number."""
    return value is None or math.isnan(value)
