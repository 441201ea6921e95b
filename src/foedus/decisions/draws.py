"""Draw where members stand and how ready they are to object, from streams that are named by the stance.

A member's stream is named by where it stands as seen from the reversion, what it weighs and its bloc: not
by its name, and not by its salience. So members may be renamed, reordered or the scale be mirrored, and
every draw is the same; a member may be added, or care more, and the draws of the others stay theirs.
Members that differ in salience alone take their streams in the order of salience, the highest first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.decisions.models.question import BY_MEMBER, INSTRUMENTS, Stances
from foedus.decisions.models.silence import RandomTerms
from foedus.engine.arrays import Array
from foedus.engine.draws import stream

__all__ = ["Drawn", "MemberBands", "draw_stances"]

WHOLE = tuple(i for i in INSTRUMENTS if i not in BY_MEMBER and i != "dilute")


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
    """

    position: Array
    salience: Array
    influence: Array
    pressure: Array
    linkage: Array
    bloc: tuple[int, ...]
    reversion: float


@dataclass(frozen=True)
class Drawn:
    """What one set of draws holds.

    Attributes
    ----------
    stances : Stances
        Where members stand; of one row where no band is wider than a point.
    chance : RandomTerms
        Readiness to object, and whether instruments work.
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
    order = sorted(range(len(keys)), key=lambda i: (-bands.salience[i].sum(), -bands.salience[i][0]))
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
    members = len(bands.bloc)
    uniform = np.empty((3, draws, members))
    own, alone = np.empty((draws, members)), np.empty((draws, members))
    instrument_terms = np.empty((len(BY_MEMBER), draws, members))
    for i, name in enumerate(_names(bands)):
        terms = stream(seed, name, 0).random((draws, 3 + len(BY_MEMBER)))
        uniform[:, :, i], instrument_terms[:, :, i] = terms[:, :3].T, terms[:, 3:].T
        own[:, i] = stream(seed, name, 1).standard_normal(draws)
        if bands.bloc[i] < 0:
            alone[:, i] = stream(seed, name, 2).standard_normal(draws)
    shared = {b: stream(seed, f"decision bloc {b}", 0).standard_normal(draws) for b in set(bands.bloc) - {-1}}
    bloc = np.stack([shared[b] if b >= 0 else alone[:, i] for i, b in enumerate(bands.bloc)], -1)
    whole = {name: stream(seed, f"decision {name}", 0).random(draws) for name in WHOLE}
    stances = Stances(
        position=_within(bands.position, uniform[0]),
        salience=_within(bands.salience, uniform[1]),
        influence=_within(bands.influence, uniform[2]),
        pressure=bands.pressure,
        linkage=bands.linkage,
    )
    return Drawn(
        stances, RandomTerms(own, bloc, {**dict(zip(BY_MEMBER, instrument_terms, strict=True)), **whole})
    )
