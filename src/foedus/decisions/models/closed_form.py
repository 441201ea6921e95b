"""The silence procedure in closed form, for the yearly step: one draft, no blocs, no dilution and no other
venue.

Objections are independent given where members stand, so the chance of adoption is a sum over how many object:
where they are few, each is resolved by side payment, opt-out, steps or time; where they are more, by steps
or time alone. A law in the tests holds this against :func:`foedus.decisions.models.silence.play`.
"""

from __future__ import annotations

import numpy as np

from foedus.engine.arrays import Array

__all__ = ["adoption_probability", "release"]


def release(probabilities: tuple[float, ...]) -> float:
    """Return the probability that at least one of several instruments resolves an objection."""
    return 1.0 - float(np.prod([1.0 - p for p in probabilities]))


def adoption_probability(index: Array, released_few: float, released_many: float, most: int) -> Array:
    """Return the chance that no objection is left.

    Parameters
    ----------
    index : ndarray, (draw, member)
        Log odds of each member's objection when the draft is tabled again.
    released_few : float
        Chance that an objection is resolved where at most `most` members object.
    released_many : float
        Chance that it is resolved where more do; not greater.
    most : int
        Up to how many holdouts the instruments work that do not for many.

    Returns
    -------
    ndarray, (draw,)
        ``sum_n P(n) few**n`` to `most` and ``P(n) many**n`` beyond, with P(n) the chance that n object.
    """
    objects = 1.0 / (1.0 + np.exp(-np.clip(index, -700.0, 700.0)))
    objects = np.where(np.isneginf(index), 0.0, objects)
    count = np.zeros((most + 1, *objects.shape[:-1]))
    count[0] = 1.0
    for k in range(objects.shape[-1]):
        p = objects[..., k]
        count[1:] = count[1:] * (1.0 - p) + count[:-1] * p
        count[0] *= 1.0 - p
    n = np.arange(most + 1).reshape(-1, *(1,) * (objects.ndim - 1))
    gain = (count * (released_few**n - released_many**n)).sum(0)
    every = np.prod(1.0 - objects * (1.0 - released_many), -1)
    return np.asarray(np.clip(every + gain, 0.0, 1.0))
