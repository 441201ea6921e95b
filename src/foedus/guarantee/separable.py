"""Who would pay if the guarantee covered only those who pay: one threshold for each ally, in closed form.

**Claim.** An ally raises its spending to the pledge if what that is worth to it is more than it costs. Paying
adds D to the attacker's belief that the guarantee covers it, and own strength, which stands in for s of
belief: so it pays if ``V (D + s)`` exceeds the gap, both as shares of its GDP. Hence it pays above
``D* = gap / V - s``. Each ally decides for itself: there is one answer, and nothing to choose among.

**How the parts are stated.** ``V = v 2**(-km / h)``: v for an ally next to Russia, half of it h kilometres
off. ``s = e log(pledge / share) / log(1.1)``: e for each tenth by which spending rises. The ranges of v, h
and e stand in ``parameters/functions/game.yaml``; all are assumed.

**Leaves out.** What others do (:mod:`foedus.guarantee.substitutes`), whom voters punish, what a government
cannot raise in time, and any reason to pay but protection from Russia.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, product
from typing import NamedTuple

import numpy as np

from foedus.engine.arrays import Array
from foedus.guarantee.parameters import FOLDER

__all__ = [
    "ALLY_NUMBERS",
    "AllyCase",
    "AllyWeights",
    "Ladder",
    "ladder",
    "pays",
    "threshold_to_pay",
    "weights",
]

ALLY_NUMBERS = ("value_next_to_russia", "halving_km", "own_strength_worth")
"""The numbers that an ally's threshold rests on."""

TENTH = 1.1
"""The rise of spending by which the worth of own strength is counted."""


class AllyCase(NamedTuple):
    """What is known of the allies below a pledge.

    Attributes
    ----------
    countries : tuple of str
        Alpha-3 codes.
    shares : ndarray, (country,)
        What each spends, as a share of GDP; above zero and below the pledge.
    km : ndarray, (country,)
        Kilometres from Russia.
    pledge : ndarray or float
        The share of GDP that each is asked for.
    """

    countries: tuple[str, ...]
    shares: Array
    km: Array
    pledge: Array | float


class AllyWeights(NamedTuple):
    """One choice out of the stated ranges.

    Attributes
    ----------
    value, halving_km, own_worth : float
        v, a share of GDP a year; h; and e, parts of belief.
    """

    value: float
    halving_km: float
    own_worth: float


@dataclass(frozen=True)
class Ladder:
    """The allies in the order in which they begin to pay.

    Attributes
    ----------
    countries : tuple of str
        From the one that pays for least.
    low, middle, high : tuple of float
        D* of each: lowest, with the middle of all ranges, highest. Below zero an ally pays without a
        condition; above one no belief makes it pay.
    ties : tuple of tuple of str
        Allies that stand equal, by name.
    """

    countries: tuple[str, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    ties: tuple[tuple[str, ...], ...]


def weights() -> tuple[AllyWeights, tuple[AllyWeights, ...]]:
    """Return the middle of the stated ranges, and every corner of them."""
    numbers = [FOLDER.function("game")[name] for name in ALLY_NUMBERS]
    middle = AllyWeights(*(float(n.value) for n in numbers))  # type: ignore[arg-type]  # none is by country
    return middle, tuple(AllyWeights(*corner) for corner in product(*(n.range for n in numbers)))


def own_strength(case: AllyCase, weight: AllyWeights) -> Array:
    """Return s, the belief for which the strength that an ally's own rise buys stands in.

    Parameters
    ----------
    case : AllyCase
        Shares and the pledge.
    weight : AllyWeights
        One choice out of the stated ranges.

    Returns
    -------
    ndarray, (country,)
        ``e log(pledge / share) / log(1.1)``.
    """
    worth: Array = weight.own_worth * np.log(case.pledge / case.shares) / np.log(TENTH)
    return worth


def protection_worth(case: AllyCase, weight: AllyWeights) -> Array:
    """Return V, what whole belief in the guarantee is worth to an ally a year.

    Parameters
    ----------
    case : AllyCase
        Distances.
    weight : AllyWeights
        One choice out of the stated ranges.

    Returns
    -------
    ndarray, (country,)
        ``v 2**(-km / h)``, shares of GDP.
    """
    worth: Array = weight.value * 0.5 ** (case.km / weight.halving_km)
    return worth


def threshold_to_pay(case: AllyCase, weight: AllyWeights) -> Array:
    """Return D*, the belief that paying must add so that an ally pays.

    Parameters
    ----------
    case : AllyCase
        Shares, distances and the pledge.
    weight : AllyWeights
        One choice out of the stated ranges; its value is above zero.

    Returns
    -------
    ndarray, (country,)
        ``gap / V - s``; it falls as V rises.
    """
    gap = case.pledge - case.shares
    result: Array = gap / protection_worth(case, weight) - own_strength(case, weight)
    return result


def pays(threshold: Array, added: float, belief: float = 0.0) -> Array:
    """Return who pays, 1.0 or 0.0.

    Parameters
    ----------
    threshold : ndarray, (country,)
        D* of each.
    added : float
        D, what paying adds to belief.
    belief : float, default 0.0
        q0, belief in a guarantee for those who do not pay: no more can be added than is missing to one.

    Returns
    -------
    ndarray, (country,)
        An ally pays above its threshold, not at it; with D of zero, those who pay without a condition.
    """
    result: Array = (min(added, 1.0 - belief) > threshold).astype(np.float64)
    return result


def ladder(case: AllyCase) -> Ladder:
    """Return the allies in the order in which they begin to pay.

    Parameters
    ----------
    case : AllyCase
        Allies below the pledge.

    Returns
    -------
    Ladder
        By D* at the middle of all ranges; lowest and highest over their corners, at which both lie since D*
        falls with v and e and rises with neither, and moves one way with h.
    """
    centre, corners = weights()
    middle = threshold_to_pay(case, centre)
    ends = np.stack([threshold_to_pay(case, corner) for corner in corners])
    # Equal thresholds keep the order of the alphabet, and are listed.
    order = sorted(range(len(case.countries)), key=lambda i: (middle[i], case.countries[i]))
    return Ladder(
        tuple(case.countries[i] for i in order),
        tuple(ends.min(0)[order].tolist()),
        tuple(middle[order].tolist()),
        tuple(ends.max(0)[order].tolist()),
        _ties((case.countries[i], float(middle[i])) for i in order),
    )


def _ties(entries: Iterable[tuple[str, float]]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of more than one that stand equal, in order."""
    groups = [tuple(country for country, _ in group) for _, group in groupby(entries, key=lambda e: e[1])]
    return tuple(group for group in groups if len(group) > 1)
