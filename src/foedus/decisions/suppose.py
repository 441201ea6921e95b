"""Suppose that some members agree: they accept every draft, and tie their consent to nothing.

**Claim.** A member that is supposed to agree breaks silence on no draft, gains by each, and so leaves whoever
still objects more alone; it stands where the proposal does, or as near to it as somebody stood before.
Nothing else changes, and all random terms stay. So a question that was adopted in a draw is adopted in it
still, and agreeing never lowers the chance.

**Leaves out.** Why it agrees, and what it was promised: that costs nobody anything here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.draws import MemberBands
from foedus.decisions.models.question import Stances
from foedus.decisions.schema import DecisionFile, member_name
from foedus.engine.arrays import Array
from foedus.errors import UnknownNameError

__all__ = ["agreeing", "agreeing_bands", "supposed_members"]


def supposed_members(file: DecisionFile, names: Iterable[str]) -> tuple[str, ...]:
    """Return the members that are supposed to agree, in the order of the file.

    Parameters
    ----------
    file : DecisionFile
        The question and its members.
    names : iterable of str
        Names or codes; each may hold several, separated by commas.

    Returns
    -------
    tuple of str
        As :attr:`DecisionFile.names` has them, each once.

    Raises
    ------
    UnknownNameError
        When somebody is no member of this question.
    """
    known = file.names
    parts = [part.strip() for name in names for part in name.split(",") if part.strip()]
    asked = {member_name(part): part for part in parts}
    for code, part in asked.items():
        if code not in known:
            raise UnknownNameError(
                "member of this question", part, known, where="--suppose", do="name one of its members"
            )
    return tuple(name for name in known if name in asked)


def agreeing(stances: Stances, agrees: NDArray[np.bool_] | None, proposal: float) -> Stances:
    """Return where members stand once some of them agree.

    Parameters
    ----------
    stances : Stances
        Where they stand.
    agrees : ndarray of bool, (member,), or None
        Who is supposed to agree.
    proposal : float
        What is tabled.

    Returns
    -------
    Stances
        The same for all others. The range of positions is never wider than before.
    """
    if agrees is None or not agrees.any():
        return stances
    return replace(
        stances,
        position=_moved(stances.position, stances.influence, agrees, proposal),
        linkage=np.where(agrees, 0.0, stances.linkage),
        accepts_low=_accepted(stances.accepts_low, agrees, -np.inf),
        accepts_high=_accepted(stances.accepts_high, agrees, np.inf),
    )


def agreeing_bands(bands: MemberBands, agrees: NDArray[np.bool_] | None, proposal: float) -> MemberBands:
    """Return members' bands once some of them agree: at the proposal, accepting the whole scale.

    Parameters
    ----------
    bands : MemberBands
        As the file has them; draws are named by these.
    agrees : ndarray of bool, (member,), or None
        Who is supposed to agree.
    proposal : float
        What is tabled.

    Returns
    -------
    MemberBands
        The same for all others.
    """
    if agrees is None or not agrees.any():
        return bands
    count = len(bands.bloc)
    accepts = np.full((count, 2), np.nan) if bands.accepts is None else bands.accepts
    return replace(
        bands,
        position=np.where(agrees[:, None], proposal, bands.position),
        linkage=np.where(agrees, 0.0, bands.linkage),
        accepts=np.where(agrees[:, None], (0.0, 100.0), accepts),
    )


def _moved(position: Array, influence: Array, agrees: NDArray[np.bool_], proposal: float) -> Array:
    """Move members to the proposal, as far as the range of positions of those with influence goes."""
    where, weighs = np.broadcast_arrays(position, influence)
    low = np.where(weighs > 0, where, np.inf).min(-1, keepdims=True)
    high = np.where(weighs > 0, where, -np.inf).max(-1, keepdims=True)
    return np.where(agrees, np.clip(proposal, low, high), where)


def _accepted(end: Array | None, agrees: NDArray[np.bool_], whole: float) -> Array:
    """Return one end of the drafts that members accept, NaN where that follows from the position."""
    own: Array | Sequence[float] = np.full(len(agrees), np.nan) if end is None else end
    return np.where(agrees, whole, own)
