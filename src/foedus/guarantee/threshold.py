"""The belief in a guarantee that holds an attacker back: where it matters, and how much of it is needed.

**Claim.** An attacker who believes with weight q that the guarantor decides to help expects
``(1 - q) A0 + q A1``, where ``A0 = w0 V - c0`` and ``A1 = w1 V - c1``; leaving things as they are is worth
nothing to it. It is held back from ``q* = A0 / (A0 - A1)`` on. ``w = F**m / (1 + F**m)`` is the part of the
prize V that it takes with F times the local strength. What the guarantor can bring *in time* stands in w1
alone, and there once: q is belief in the decision, not in the arrival.

**Sources.** Expected utility of a challenger (Zagare and Kilgour 2000; Quackenbush 2006); the contest success
function of Tullock (1980).

**Leaves out.** More than one attacker or moment, a fait accompli in steps, nuclear steps, signals and
hand-tying; what things as they are would be worth to the attacker is set to nothing. So a level of q* says
little; which way it moves, and what moves it as much, says more.

All functions take arrays that broadcast against one another. Powers come from
:mod:`foedus.engine.elementary`, so that the same bits follow on every processor.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.engine.arrays import Array
from foedus.engine.elementary import exp, log

__all__ = ["REGIONS", "Gains", "Region", "attack_gains", "part_taken", "region", "threshold"]

LEAST = 1e-300
"""In place of a strength of nothing, of which there is no logarithm."""


class Region(IntEnum):
    """Whether belief in the guarantee can matter."""

    NOT_NEEDED = 0
    MATTERS = 1
    CANNOT_SUFFICE = 2

    @property
    def label(self) -> str:
        """Its name in print."""
        return REGIONS[self]


REGIONS = ("not needed", "matters", "cannot suffice")
"""The names of the regions, in the order of their numbers."""


class Gains(NamedTuple):
    """What an attack is worth to the attacker, less what it costs.

    Attributes
    ----------
    without, with_help : ndarray
        A0, if the guarantor does not decide to help, and A1, if it does; in the unit of V.
    """

    without: Array
    with_help: Array


def part_taken(attacker: ArrayLike, defenders: ArrayLike, decisiveness: ArrayLike) -> Array:
    """Return w, the part of the prize that an attacker takes.

    Parameters
    ----------
    attacker, defenders : array_like
        Strengths in one unit, not negative.
    decisiveness : array_like
        m: with 1 the part follows the ratio of strengths, with more the stronger side takes nearly all.

    Returns
    -------
    ndarray
        ``F**m / (1 + F**m)`` with F the attacker's strength over the defenders'; from 0 to 1.
    """
    # F**-m from logarithms, so that no power of a large ratio overflows.
    inverse = log(np.maximum(np.asarray(defenders, dtype=np.float64), LEAST))
    inverse = inverse - log(np.maximum(np.asarray(attacker, dtype=np.float64), LEAST))
    part: Array = 1.0 / (1.0 + exp(np.asarray(decisiveness, dtype=np.float64) * inverse))
    return part


def attack_gains(
    attacker: ArrayLike,
    local: ArrayLike,
    arrivals: ArrayLike,
    decisiveness: ArrayLike,
    costs: tuple[ArrayLike, ArrayLike],
    value: ArrayLike = 1.0,
) -> Gains:
    """Return what an attack is worth without and with the guarantor's help.

    Parameters
    ----------
    attacker, local, arrivals : array_like
        Strength of the attacker, of those who stand where it attacks, and of the guarantor's forces that
        arrive in time; one unit, not negative.
    decisiveness : array_like
        m of :func:`part_taken`.
    costs : pair of array_like
        c0 and c1: what an attack costs the attacker without the guarantor's help and with it, in the unit of
        `value`.
    value : array_like, default 1.0
        V, what the attacker would gain; above zero.

    Returns
    -------
    Gains
        A0 and A1.
    """
    prize, without, with_help = (np.asarray(v, dtype=np.float64) for v in (value, *costs))
    local = np.asarray(local, dtype=np.float64)
    return Gains(
        part_taken(attacker, local, decisiveness) * prize - without,
        part_taken(attacker, local + arrivals, decisiveness) * prize - with_help,
    )


def region(gains: Gains) -> NDArray[np.int8]:
    """Return for each case the number of its :class:`Region`.

    Parameters
    ----------
    gains : Gains
        A0 and A1.

    Returns
    -------
    ndarray of int8
        Not needed where ``A0 <= 0``; else cannot suffice where ``A1 >= 0``; else it matters.
    """
    helped: NDArray[np.int8] = np.where(gains.with_help >= 0.0, Region.CANNOT_SUFFICE, Region.MATTERS)
    return np.where(gains.without <= 0.0, Region.NOT_NEEDED, helped).astype(np.int8)


def threshold(gains: Gains) -> Array:
    """Return q*, the least belief in help that holds the attacker back.

    Parameters
    ----------
    gains : Gains
        A0 and A1.

    Returns
    -------
    ndarray
        ``A0 / (A0 - A1)`` where the guarantee matters, which goes to 0 and to 1 at the ends of that region;
        0 where it is not needed; not-a-number where it cannot suffice, for no belief is enough there.
    """
    kind = region(gains)
    matters = kind == Region.MATTERS
    span = np.where(matters, gains.without - gains.with_help, 1.0)
    inside: Array = np.where(matters, gains.without / span, 0.0)
    return np.where(kind == Region.CANNOT_SUFFICE, np.nan, inside)
