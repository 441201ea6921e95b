"""Draw where members stand and how ready they are to object, from streams that are named by the stance.

A member's stream is named by where it stands as seen from the reversion, what it weighs and its bloc: not
by its name, and not by its salience. So members may be renamed, reordered or the scale be mirrored, and
every draw is the same; a member may be added, or care more, and the draws of the others stay theirs.
Members that differ in salience, in the drafts they accept or in their record alone take their streams in the
order of salience, the highest first, then of the width of what they accept, the narrowest first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.decisions.models.question import Stances
from foedus.decisions.models.silence import RandomTerms
from foedus.engine.arrays import Array
from foedus.engine.draws import stream

__all__ = ["Drawn", "MemberBands", "StanceDraws", "draw_stances"]


@dataclass(frozen=True)
class MemberBands:
    """Members as bands, on a scale on which the proposal lies above the reversion.

    Attributes
    ----------
    position, salience, influence : ndarray, (member, 2)
        The ends of each band.
    pressure, linkage : ndarray, (member,)
        Fractions.
    bloc : tuple of int
        The number of each member's bloc, -1 for none.
    reversion : float
        What positions are measured from when a stream is named.
    accepts : ndarray, (member, 2), or None
        The drafts that members accept, NaN where that follows from the position; None where it does for all.
    holding_out : ndarray, (member,), or None
        How often each has held out before, from 0 (least) to 1.
    """

    position: Array
    salience: Array
    influence: Array
    pressure: Array
    linkage: Array
    bloc: tuple[int, ...]
    reversion: float
    accepts: Array | None = None
    holding_out: Array | None = None


@dataclass(frozen=True)
class Drawn:
    """What one set of draws holds.

    Attributes
    ----------
    stances : Stances
        Where members stand; of one row where no band is wider than a point.
    chance : RandomTerms
        Readiness to object, resolve, failure without an objector, and time.
    """

    stances: Stances
    chance: RandomTerms


def _names(bands: MemberBands) -> list[str]:
    """Return each member the name of its stream."""
    keys = []
    for i, bloc in enumerate(bands.bloc):
        offset = np.round(bands.position[i] - bands.reversion, 6) + 0.0
        rest = (*np.round(bands.influence[i], 9), bands.pressure[i], bands.linkage[i])
        keys.append(repr((*(float(v) for v in (*offset, *rest)), bloc)))
    accepts = np.zeros((len(keys), 2)) if bands.accepts is None else np.nan_to_num(bands.accepts)
    record = np.zeros(len(keys)) if bands.holding_out is None else bands.holding_out

    def hardest_first(i: int) -> tuple[float, ...]:
        low, high = accepts[i]
        return (-bands.salience[i].sum(), -bands.salience[i][0], high - low, low, -record[i])

    order = sorted(range(len(keys)), key=hardest_first)
    seen: dict[str, int] = {}
    names = [""] * len(keys)
    for i in order:
        seen[keys[i]] = seen.get(keys[i], -1) + 1
        names[i] = f"decision member {keys[i]} {seen[keys[i]]}"
    return names


def _within(ends: Array, uniform: Array) -> Array:
    """Place uniform terms within bands; one row where every band is a point."""
    low, high = ends[:, 0], ends[:, 1]
    if bool(np.all(low == high)):
        return low[None, :].copy()
    return np.asarray(low + (high - low) * uniform)


class StanceDraws:
    """Draws that are taken in pieces: one after another they are the draws that are taken at once.

    Parameters
    ----------
    bands : MemberBands
        Where members may stand.
    seed : int
        Not negative; the same seed gives the same numbers.
    """

    def __init__(self, bands: MemberBands, seed: int) -> None:
        names = _names(bands)
        self._bands = bands
        self._uniform = [stream(seed, name, 0) for name in names]
        self._own = [stream(seed, name, 1) for name in names]
        self._alone = [stream(seed, name, 2) for name in names]
        self._shared = {b: stream(seed, f"decision bloc {b}", 0) for b in sorted(set(bands.bloc) - {-1})}
        self._failure = stream(seed, "decision failure", 0)
        self._settled = stream(seed, "decision time", 0)
        self._pace = stream(seed, "decision time", 1)

    def take(self, draws: int) -> Drawn:
        """Return the next draws.

        Parameters
        ----------
        draws : int
            How many.

        Returns
        -------
        Drawn
            Arrays of shape (draw, member).
        """
        bands, members = self._bands, len(self._bands.bloc)
        uniform = np.empty((4, draws, members))
        own, bloc = np.empty((draws, members)), np.empty((draws, members))
        shared = {b: generator.standard_normal(draws) for b, generator in self._shared.items()}
        for i, b in enumerate(bands.bloc):
            uniform[:, :, i] = self._uniform[i].random((draws, 4)).T
            own[:, i] = self._own[i].standard_normal(draws)
            bloc[:, i] = shared[b] if b >= 0 else self._alone[i].standard_normal(draws)
        accepts = bands.accepts
        stances = Stances(
            position=_within(bands.position, uniform[0]),
            salience=_within(bands.salience, uniform[1]),
            influence=_within(bands.influence, uniform[2]),
            pressure=bands.pressure,
            linkage=bands.linkage,
            accepts_low=None if accepts is None else accepts[:, 0],
            accepts_high=None if accepts is None else accepts[:, 1],
            holding_out=bands.holding_out,
        )
        chance = RandomTerms(
            own=own,
            bloc=bloc,
            resolve=uniform[3],
            failure=self._failure.random(draws),
            settled=self._settled.random(draws),
            pace=self._pace.standard_normal(draws),
        )
        return Drawn(stances, chance)


def draw_stances(bands: MemberBands, *, draws: int, seed: int) -> Drawn:
    """Draw members' stances, their readiness to object, and what instruments do.

    Parameters
    ----------
    bands : MemberBands
        Where members may stand.
    draws : int
        How many draws.
    seed : int
        Not negative; the same seed gives the same numbers, and more draws begin with the fewer.

    Returns
    -------
    Drawn
        Arrays of shape (draw, member).
    """
    return StanceDraws(bands, seed).take(draws)
