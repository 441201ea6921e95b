"""The silence procedure in closed form, for the yearly step: one draft, no blocs, no dilution and no other
venue.

Objections and resolves are independent between members given where they stand, so the chance of adoption is a
sum over how many object: where they are few, each is won over by side payment, opt-out, steps or time; where
they are more, by steps or time alone. A law in the tests holds this against
:func:`foedus.decisions.models.silence.play`.
"""

from __future__ import annotations

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.elementary import exp

__all__ = ["adoption_probability"]


def adoption_probability(index: Array, won_few: Array, won_many: Array, most: int) -> Array:
    """Return the chance that no objection is left.

    Parameters
    ----------
    index : ndarray, (draw, member)
        Log odds of each member's objection when the draft is tabled again.
    won_few : ndarray, (draw, member)
        Chance that each member is won over where at most `most` members object.
    won_many : ndarray, (draw, member)
        Chance that it is won over where more do; not greater.
    most : int
        Up to how many holdouts the instruments work that do not for many.

    Returns
    -------
    ndarray, (draw,)
        The chance that at most `most` object and all are won over by the first, plus the chance that more
        object and all are won over by the second.
    """
    objects = 1.0 / (1.0 + exp(-np.clip(index, -700.0, 700.0)))
    objects = np.where(np.isneginf(index), 0.0, objects)
    few, many = objects * won_few, objects * won_many
    # By the number that object, zero to `most`: the chance that so many do and all are won over.
    count = np.zeros((2, most + 1, *objects.shape[:-1]))
    count[:, 0] = 1.0
    for k in range(objects.shape[-1]):
        silent = 1.0 - objects[..., k]
        for way, won in enumerate((few, many)):
            count[way, 1:] = count[way, 1:] * silent + count[way, :-1] * won[..., k]
            count[way, 0] *= silent
    every = np.prod(1.0 - objects + many, -1)
    return np.asarray(np.clip(every + (count[0] - count[1]).sum(0), 0.0, 1.0))
