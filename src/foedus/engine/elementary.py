"""The exponential function and the logarithm from additions, multiplications and tables alone.

NumPy and the C library work both out in ways that depend on the vector unit: with AVX-512, with AVX2 and
without fused multiplication the last bit of about one result in six differs, and so would every number that
follows from it. Addition, subtraction, multiplication and division are rounded alike on every processor
(IEEE 754), and here each is a pass of its own, which no compiler can fuse with the next. So the bits of a run
depend on no processor. What it costs is the last digit or two: results lie within :data:`ERROR` of the exact
ones. With buffers that each thread keeps, a pass over a block's array costs as much as NumPy's functions do
without AVX-512.

**Leaves out.** Zero, subnormal, negative and the very largest numbers have no logarithm here, and exponents
beyond :data:`LARGEST` are cut there: callers put a floor under what they pass. Not-a-number comes back as it
is.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from decimal import Context, Decimal
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["ERROR", "LARGEST", "exp", "log", "of_one"]

Array = NDArray[np.float64]

ERROR = 4e-15
"""The largest error of :func:`exp`, relative to the result; of :func:`log`, relative to it or to one."""

LARGEST = 708.0
"""The exponent of the largest power and, negative, of the smallest."""

KEPT = 1 << 16
"""The most values for which a thread keeps its buffers."""

_LOG2_STEPS = 7
_STEPS = 1 << _LOG2_STEPS
"""Points of the tables between one power of two and the next."""

_FRACTION = 52
_BIAS = 1023
"""Bits of a double's fraction, and what is added to its exponent."""

_ROUND = 1.5 * 2.0**_FRACTION
"""Added to a small number, it leaves the nearest whole number in the lowest bits."""

_PRECISE = Context(prec=40)
_LN2 = Decimal(2).ln(_PRECISE)
_STEP = _PRECISE.divide(_LN2, Decimal(_STEPS))
_STEP_HIGH = math.ldexp(round(math.ldexp(float(_STEP), 40)), -40)
"""The first 33 bits of a step: a whole number of steps times it is exact."""

_STEP_LOW = float(_STEP - Decimal(_STEP_HIGH))
_STEPS_PER_ONE = float(_PRECISE.divide(Decimal(1), _STEP))

_local = threading.local()


@cache
def _powers() -> NDArray[np.int64]:
    """Return the bits of two to the power of 0/128, 1/128 and so on."""
    powers = [float(_PRECISE.exp(_PRECISE.multiply(_STEP, Decimal(j)))) for j in range(_STEPS)]
    return np.array(powers).view(np.int64)


@cache
def _centres() -> tuple[NDArray[np.int64], Array]:
    """Return the bits of 1/c with the bias added, and log c, for the middle c of each step from 1 to 2."""
    middle = 1.0 + (np.arange(_STEPS) + 0.5) / _STEPS
    inverse = (1.0 / middle).astype(np.float32).astype(np.float64)
    logs = [float(-_PRECISE.ln(Decimal(float(value)))) for value in inverse]
    return inverse.view(np.int64) + (_BIAS << _FRACTION), np.array(logs)


def _buffers(shape: tuple[int, ...]) -> list[Array]:
    """Return four arrays of a shape that this thread may write to until it asks again."""
    size = math.prod(shape)
    if size > KEPT:
        return [np.empty(shape) for _ in range(4)]
    if not hasattr(_local, "buffers"):
        _local.buffers = np.empty((4, KEPT))
    return [row[:size].reshape(shape) for row in _local.buffers]


def _horner(r: Array, coefficients: tuple[float, ...], out: Array) -> Array:
    """Compute a polynomial in `r` without a constant term, from the highest coefficient down."""
    np.multiply(r, coefficients[0], out=out)
    for coefficient in coefficients[1:]:
        out += coefficient
        out *= r
    return out


def exp(x: Array, *, out: Array | None = None) -> Array:
    """Return the exponential function, with the same bits on every processor.

    Parameters
    ----------
    x : ndarray
        Exponents; beyond :data:`LARGEST` in size they are cut.
    out : ndarray, optional
        Where to write; it may be `x`.

    Returns
    -------
    ndarray
        Of the shape of `x`, within :data:`ERROR` of the exact power.

    Notes
    -----
    ``x = k step + r`` with a whole k and a step of ``log(2) / 128``; then
    ``exp(x) = 2**(k // 128) 2**(k % 128 / 128) (1 + r + r**2/2 + r**3/6 + r**4/24)``. After Tang (1989),
    *ACM Transactions on Mathematical Software* 15(2).
    """
    x = np.asarray(x, dtype=np.float64)
    whole, r, scale, spare = _buffers(x.shape)
    bits, index = whole.view(np.int64), spare.view(np.int64)
    np.minimum(x, LARGEST, out=r)
    np.maximum(r, -LARGEST, out=r)
    np.multiply(r, _STEPS_PER_ONE, out=whole)
    whole += _ROUND
    # The scale's bits: the table's entry, with the whole powers of two added to its exponent.
    np.bitwise_and(bits, _STEPS - 1, out=index)
    power: NDArray[Any] = scale.view(np.int64)
    _powers().take(index, out=power, mode="clip")
    np.subtract(bits, index, out=index)
    index -= int(np.float64(_ROUND).view(np.int64))
    index <<= _FRACTION - _LOG2_STEPS
    power += index
    whole -= _ROUND
    r -= np.multiply(whole, _STEP_HIGH, out=spare)
    whole *= _STEP_LOW
    r -= whole
    result = _horner(r, (1 / 24, 1 / 6, 1 / 2, 1.0), np.empty_like(x) if out is None else out)
    result *= scale
    result += scale
    return result


def log(x: Array, *, out: Array | None = None) -> Array:
    """Return the natural logarithm of positive numbers, with the same bits on every processor.

    Parameters
    ----------
    x : ndarray
        Positive numbers from 2.3e-308, below which they are subnormal, to 4.4e307.
    out : ndarray, optional
        Where to write; it may be `x`.

    Returns
    -------
    ndarray
        Of the shape of `x`, within :data:`ERROR` of the exact logarithm, relative to it or to one where it
        is smaller.

    Notes
    -----
    ``x = 2**k c (1 + r)`` with c the middle of one of 128 steps from 1 to 2; then
    ``log(x) = k log(2) + log(c) + r - r**2/2 + r**3/3 - r**4/4 + r**5/5``. After Tang (1990), *ACM
    Transactions on Mathematical Software* 16(4).
    """
    x = np.asarray(x, dtype=np.float64)
    r, sum_, spare, entry = _buffers(x.shape)
    bits, index, scale = x.view(np.int64), spare.view(np.int64), r.view(np.int64)
    inverses, logs = _centres()
    exponent: NDArray[Any] = sum_.view(np.int64)
    np.right_shift(bits, _FRACTION - _LOG2_STEPS, out=index)
    np.right_shift(index, _LOG2_STEPS, out=exponent)
    index &= _STEPS - 1
    # 1 / (2**k c), of which the table holds the bits of 1 / c with twice the bias to take from.
    inverses.take(index, out=scale, mode="clip")
    logs.take(index, out=entry, mode="clip")
    np.left_shift(exponent, _FRACTION, out=index)
    scale -= index
    r *= x
    r -= 1.0
    # The exponent as a double, by way of the lowest bits of two to the power of 52.
    exponent |= (_BIAS + _FRACTION) << _FRACTION
    sum_ -= 2.0**_FRACTION + _BIAS
    sum_ *= float(_LN2)
    sum_ += entry
    result = _horner(r, (1 / 5, -1 / 4, 1 / 3, -1 / 2, 1.0), np.empty_like(x) if out is None else out)
    result += sum_
    return result


def of_one() -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """Return :func:`exp` and :func:`log` of one double, for a compiler: the same operations and order."""
    powers, (inverses, logs), ln2 = _powers(), _centres(), float(_LN2)
    round_bits, shift = int(np.float64(_ROUND).view(np.int64)), _FRACTION - _LOG2_STEPS

    def exp_of_one(x: Any) -> Any:
        r = np.maximum(np.minimum(x, LARGEST), -LARGEST)
        whole = r * _STEPS_PER_ONE + _ROUND
        bits = np.float64(whole).view(np.int64)
        index = bits & (_STEPS - 1)
        scale = np.int64(powers[index] + ((bits - index - round_bits) << shift)).view(np.float64)
        whole = whole - _ROUND
        r = r - whole * _STEP_HIGH
        r = r - whole * _STEP_LOW
        return (((r * (1 / 24) + 1 / 6) * r + 1 / 2) * r + 1.0) * r * scale + scale

    def log_of_one(x: Any) -> Any:
        bits = np.float64(x).view(np.int64)
        index = (bits >> shift) & (_STEPS - 1)
        exponent = bits >> _FRACTION
        r = np.int64(inverses[index] - (exponent << _FRACTION)).view(np.float64) * x - 1.0
        power = (np.float64(exponent) - _BIAS) * ln2 + logs[index]
        return ((((r * (1 / 5) + -1 / 4) * r + 1 / 3) * r + -1 / 2) * r + 1.0) * r + power

    return exp_of_one, log_of_one
