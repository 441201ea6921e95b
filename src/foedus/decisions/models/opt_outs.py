"""Drafts and opt-outs of one issue for fixed weights of members' gains, in closed form.

**Claim.** A member's gain is piecewise linear in the draft and bends at its own position alone, and who is
left out neither gains nor loses. So for fixed weights the best draft of an issue is a member's position,
the reversion or an end of the scale, and at a draft the best opt-outs are the members whose weighted gains
are the most negative.

**Leaves out.** That a gain may bend elsewhere, as with bands or a cost of standing alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.models.unanimity import loss
from foedus.engine.arrays import Array

__all__ = ["candidate_drafts", "forced_gains", "issue_gains", "left_out", "weighted_gains"]

OPT_OUT_PRICE = 1e-4
"""Taken from the aim for every member left out, so that nobody is without need."""


def candidate_drafts(position: Array, reversion: Array) -> Array:
    """Return the drafts of each issue among which the best one is.

    Parameters
    ----------
    position : ndarray, (issue, member)
        Points of the scale.
    reversion : ndarray, (issue,)
        What holds without a decision.

    Returns
    -------
    ndarray, (issue, draft)
        Members' positions, the reversion, 0 and 100, the lowest first.
    """
    ends = np.zeros((len(reversion), 1)), np.full((len(reversion), 1), 100.0)
    return np.sort(np.concatenate([position, reversion[:, None], *ends], 1), 1)


def issue_gains(position: Array, salience: Array, reversion: Array, drafts: Array) -> Array:
    """Return every member's gain by every draft.

    Parameters
    ----------
    position, salience : ndarray, (issue, member)
        Points of the scale, and fractions.
    reversion : ndarray, (issue,)
        What holds without a decision.
    drafts : ndarray, (issue, draft)
        Points of the scale.

    Returns
    -------
    ndarray, (issue, draft, member)
        ``s (|r - p| - |x - p|) / 100``.
    """
    worse = loss(position[:, None, :], drafts[:, :, None], reversion[:, None, None])
    return np.asarray(-worse * salience[:, None, :] / 100.0)


def weighted_gains(gains: Array, weight: Array, opt_out: NDArray[np.bool_], most: int) -> Array:
    """Return the weighted gain of every draft with the best opt-outs.

    Parameters
    ----------
    gains : ndarray, (issue, draft, member)
        Of :func:`issue_gains`.
    weight : ndarray, (member,)
        Not negative.
    opt_out : ndarray of bool, (issue,)
        Whether members may be left out.
    most : int
        How many at most.

    Returns
    -------
    ndarray, (issue, draft)
        The sum over members, less :data:`OPT_OUT_PRICE` for each left out.
    """
    weighted = gains * weight
    value: Array = weighted.sum(-1)
    few = min(most, gains.shape[-1])
    if few > 0 and opt_out.any():
        harmed = weighted[opt_out]
        worst = np.partition(harmed, few - 1, axis=-1)[..., :few] if few < gains.shape[-1] else harmed
        value[opt_out] += np.maximum(-worst - OPT_OUT_PRICE, 0.0).sum(-1)
    return value


def left_out(gains: Array, weight: Array, opt_out: NDArray[np.bool_], most: int) -> NDArray[np.bool_]:
    """Return whom the best opt-outs leave out of single drafts.

    Parameters
    ----------
    gains : ndarray, (draft, member)
        Members' gains.
    weight : ndarray, (member,)
        Not negative.
    opt_out : ndarray of bool, (draft,)
        Whether members may be left out.
    most : int
        How many at most.

    Returns
    -------
    ndarray of bool, (draft, member)
        Those with the most negative weighted gains, the first in the order of members where gains are equal.
    """
    weighted = gains * weight
    rank = np.argsort(np.argsort(weighted, axis=-1, kind="stable"), axis=-1, kind="stable")
    return np.asarray((rank < most) & (weighted < -OPT_OUT_PRICE) & opt_out[:, None])


def forced_gains(gains: Array, weight: Array, most: int) -> tuple[Array, Array, Array]:
    """Return what one issue with opt-outs gives at most when something about it is settled.

    Parameters
    ----------
    gains : ndarray, (draft, member)
        Members' gains.
    weight : ndarray, (member,)
        Not negative.
    most : int
        How many may be left out.

    Returns
    -------
    tuple of ndarray, (member,), (member,), (draft,)
        The greatest weighted gain with each member left out, with each not left out, and by each draft.
    """
    weighted = gains * weight
    relief = -weighted - OPT_OUT_PRICE
    positive = np.sort(np.maximum(relief, 0.0), axis=-1)[:, ::-1]
    few = min(most, gains.shape[1])
    value = weighted.sum(-1) + positive[:, :few].sum(-1)
    last = positive[:, few - 1] if few else np.zeros(len(gains))
    following = positive[:, few] if few < gains.shape[1] else np.zeros(len(gains))
    # Members of equal relief are exchangeable, so that the last of those chosen may stand for any of them.
    chosen = (relief > 0) & (relief >= last[:, None]) & (few > 0)
    out = value[:, None] + np.where(chosen, 0.0, relief - last[:, None])
    within = value[:, None] - np.where(chosen, relief - np.minimum(following[:, None], relief), 0.0)
    return out.max(0), within.max(0), value
