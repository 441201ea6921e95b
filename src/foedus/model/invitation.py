"""Invitation: may a question put to all allies pass by consensus, when each may object?

**Claim.** An ally whom an invitation leaves worse off than none objects with log odds that rise with
salience times loss. The invitation passes when nobody objects. Positions and saliences are bands, so the
answer is a band.

**Sources.** The form, objections that are chances and not strict vetoes, is that of the silence procedure;
the coefficients are judged (``parameters/functions/invitation.yaml``).

**Leaves out.** Redrafting, side payments, carve-outs and delay, by which lone objections have often been
overcome, and who leans on whom. It is the chance of a question put once and as it is, not of a question
ever being settled; whether and when the question is put is not modelled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.model.arrays import Array

__all__ = ["Parameters", "Passing", "objection_probability", "passing"]


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/functions/invitation.yaml``.

    Attributes
    ----------
    objection_base : float
        Log odds that an ally objects whom the proposal leaves hardly worse off.
    objection_slope : float
        What a full loss at full salience adds to the log odds.
    """

    objection_base: float
    objection_slope: float


@dataclass(frozen=True)
class Passing:
    """The chance that nobody objects.

    Attributes
    ----------
    low, high : float
        With each ally at the end of its bands at which it objects most, or least.
    objects_low, objects_high : ndarray, (member,)
        The chance that each ally objects, at the two ends.
    """

    low: float
    high: float
    objects_low: Array
    objects_high: Array


def objection_probability(position: Array, salience: Array, parameters: Parameters) -> Array:
    """Give the chance that each ally objects to a proposal.

    Parameters
    ----------
    position : ndarray, (member,)
        From -1, no invitation at any price, over 0, as good as none, to 1, an invitation now.
    salience : ndarray, (member,)
        Fractions: how much each cares.
    parameters : Parameters
        The coefficients.

    Returns
    -------
    ndarray, (member,)
        Probabilities; zero for an ally who does not lose.
    """
    loss = np.maximum(-position, 0.0) * salience
    index = parameters.objection_base + parameters.objection_slope * loss
    return np.where(loss > 0.0, 1.0 / (1.0 + np.exp(-index)), 0.0)


def passing(positions: Array, saliences: Array, parameters: Parameters) -> Passing:
    """Give the band of the chance that a proposal passes by consensus.

    Parameters
    ----------
    positions, saliences : ndarray, (member, 2)
        Bands: the lower and the upper end.
    parameters : Parameters
        The coefficients.

    Returns
    -------
    Passing
        The low end takes objections as independent of one another, each at its greatest; the high end takes
        each at its least and all as coming together, so that the likeliest objection decides.

    Notes
    -----
    Independent: ``prod(1 - p)``. Together: ``1 - max(p)``. Chances that are positively related lie in
    between.
    """
    most = objection_probability(positions[:, 0], saliences[:, 1], parameters)
    least = objection_probability(positions[:, 1], saliences[:, 0], parameters)
    return Passing(
        low=float(np.prod(1.0 - most)),
        high=float(1.0 - least.max(initial=0.0)),
        objects_low=least,
        objects_high=most,
    )
