"""What stands in for a point of credibility: how far more strength or earlier help lowers the threshold.

European strength counts without help and with it; the guarantor's forces, and their day, count only if it
decides to help. So as many more troops on the spot lower the threshold at least as much as the same number
that come from outside in time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.guarantee.threshold import Gains, Region, attack_gains, region, threshold

__all__ = [
    "ALIKE",
    "LEVERS",
    "MORE",
    "Agreement",
    "Tried",
    "agreement",
    "foremost",
    "gains_at",
    "needed",
    "tried",
]

MORE = 0.1
"""By what part strength rises."""

LEVERS = {
    "european_strength": "+10 % European strength",
    "day_earlier": "arrival a day earlier",
    "us_forces": "+10 % US forces in time",
}
"""What may stand in, with its name in print."""

ALIKE = len(LEVERS)
"""The number that says that two of them come first alike."""

EQUAL = 1e-12
"""Parts of belief by which two that are equal may differ."""


class Tried(NamedTuple):
    """What combinations of ranges come to.

    Attributes
    ----------
    region : ndarray of int8, (combination,)
        Numbers of :class:`~foedus.guarantee.threshold.Region`.
    threshold : ndarray, (combination,)
        q*; not-a-number where the guarantee cannot suffice.
    replaced : ndarray, (lever, combination)
        By how much each lever lowers q*, parts of belief; not-a-number where the guarantee does not matter.
    """

    region: NDArray[np.int8]
    threshold: Array
    replaced: Array


class Agreement(NamedTuple):
    """What can be said of several answers over combinations.

    Attributes
    ----------
    answer : int
        The answer that most give; -1 where there is none.
    how : {"in all", "in most", "it depends"}
        How many give it.
    depends_on : str
        The range that turns it most; empty where all say the same.
    """

    answer: int
    how: str
    depends_on: str


def gains_at(values: Mapping[str, Array], *, local: float = 1.0, arrivals: float | Array = 1.0) -> Gains:
    """Return an attack's gains in combinations of ranges.

    Parameters
    ----------
    values : mapping of str to ndarray, (combination,)
        By the name of the range.
    local : float, default 1.0
        What local strength is multiplied by.
    arrivals : float or ndarray, default 1.0
        What the forces that arrive in time are multiplied by.

    Returns
    -------
    Gains
        Local strength is one, and costs are parts of a gain of one.
    """
    cost = values["cost_over_value"]
    return attack_gains(
        values["attacker_over_local"],
        local,
        values["arrivals_over_local"] * arrivals,
        values["decisiveness"],
        (cost, cost + values["extra_cost_over_value"]),
        values["value"],
    )


def needed(gains: Gains) -> Array:
    """Return q*, with one where no belief suffices: it rises to one there, so that swings can be compared.

    Parameters
    ----------
    gains : Gains
        A0 and A1.

    Returns
    -------
    ndarray
        From 0 to 1, of the shape of the gains.
    """
    needs: Array = np.where(region(gains) == Region.CANNOT_SUFFICE, 1.0, threshold(gains))
    return needs


def tried(values: Mapping[str, Array]) -> Tried:
    """Return region, threshold and what each lever replaces, in combinations of ranges.

    Parameters
    ----------
    values : mapping of str to ndarray, (combination,)
        By the name of the range.

    Returns
    -------
    Tried
        A day earlier brings one part more in as many as there are days in time: arrivals are even.
    """
    base = gains_at(values)
    kind, least = region(base), threshold(base)
    matters = kind == Region.MATTERS
    changed = (
        gains_at(values, local=1.0 + MORE),
        gains_at(values, arrivals=1.0 + 1.0 / values["days_in_time"]),
        gains_at(values, arrivals=1.0 + MORE),
    )
    replaced = [np.where(matters, least - needed(gains), np.nan) for gains in changed]
    return Tried(kind, least, np.stack(replaced))


def foremost(replaced: Array) -> NDArray[np.int8]:
    """Return which lever replaces most in each combination.

    Parameters
    ----------
    replaced : ndarray, (lever, combination)
        Parts of belief; not-a-number where the guarantee does not matter.

    Returns
    -------
    ndarray of int8, (combination,)
        Its place in :data:`LEVERS`; :data:`ALIKE` where two replace as much.
    """
    filled = np.where(np.isnan(replaced), -1.0, replaced)
    best = filled.max(axis=0)
    several = (filled >= best - EQUAL).sum(axis=0) > 1
    return np.where(several, ALIKE, filled.argmax(axis=0)).astype(np.int8)


def agreement(answers: NDArray[np.int8], values: Mapping[str, Array], where: NDArray[np.bool_]) -> Agreement:
    """Return whether all, most or only some of the combinations say the same.

    Parameters
    ----------
    answers : ndarray of int8, (combination,)
        What each says, a number from nought on.
    values : mapping of str to ndarray, (combination,)
        By range.
    where : ndarray of bool, (combination,)
        The combinations that say something.

    Returns
    -------
    Agreement
        What it depends on is the range between whose lower and upper half the answers differ most.
    """
    said = answers[where]
    if not said.size:
        return Agreement(-1, "in all", "")
    counts = np.bincount(said)
    first = int(counts.argmax())
    if counts[first] == said.size:
        return Agreement(first, "in all", "")
    how = "in most" if 2 * counts[first] > said.size else "it depends"
    return Agreement(first, how, _turning(said == first, {n: v[where] for n, v in values.items()}))


def _turning(is_first: NDArray[np.bool_], values: Mapping[str, Array]) -> str:
    """Return the range that turns an answer most."""
    strongest, most = "", -1.0
    for name, points in values.items():
        low, high = points.min(), points.max()
        upper = points > 0.5 * (low + high)
        if high > low and upper.any() and not upper.all():
            apart = abs(float(is_first[upper].mean() - is_first[~upper].mean()))
            if apart > most:
                strongest, most = name, apart
    return strongest
