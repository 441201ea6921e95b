"""How a number is rounded for print: one rule for commands, API, pages, charts and files.

A number is first taken to :data:`DIGITS` significant digits, which drops what binary fractions add (100
times 0.285 is 28.499999999999996), and then rounded half away from zero: 60.5 is 61 everywhere, and 0.605 of
a whole is 61 per cent. Python's own formatting rounds halves to even and the browser's away from zero, so
that neither is used for print.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal

__all__ = ["ABSENT", "DIGITS", "rounded", "written"]

DIGITS = 14
"""Significant digits that are believed of a number; the two or three beyond are the noise of arithmetic."""

ABSENT = "–"
"""What stands where there is no finite number."""

_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)


def rounded(value: float, digits: int = 0, *, scale: int = 0) -> Decimal:
    """Return a number rounded half away from zero.

    Parameters
    ----------
    value : float
        A finite number.
    digits : int, default 0
        Decimals.
    scale : int, default 0
        The power of ten that it is multiplied by first: 2 for per cent, -9 for billions.

    Returns
    -------
    decimal.Decimal
        Exactly what is printed; never a negative zero.

    Examples
    --------
    >>> rounded(60.5), rounded(-60.5), rounded(0.285, scale=2)
    (Decimal('61'), Decimal('-61'), Decimal('29'))
    """
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{DIGITS}g}")
    nearest = exact.scaleb(scale, _CONTEXT).quantize(Decimal(1).scaleb(-digits), context=_CONTEXT)
    return nearest if nearest else abs(nearest)


def written(
    value: float | None, digits: int = 0, *, scale: int = 0, signed: bool = False, grouped: bool = False
) -> str:
    """Write a number as :func:`rounded` rounds it.

    Parameters
    ----------
    value : float or None
        The number.
    digits, scale : int
        As in :func:`rounded`.
    signed : bool, default False
        Write a plus before what is not negative.
    grouped : bool, default False
        Separate thousands by commas.

    Returns
    -------
    str
        For example "61", "+3.3" or "1,311.4"; a dash for what is no finite number.
    """
    if value is None or not math.isfinite(value):
        return ABSENT
    return f"{rounded(value, digits, scale=scale):{'+' if signed else ''}{',' if grouped else ''}f}"
