"""How the chance depends on how positions are read: every member at its most opposed, and at its least.

The sources allow every point of a band. The middle game draws every member within its bands; the two others
put every member at the end of its bands that makes an objection likelier, and at the other one, with the same
random terms.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from foedus.decisions.models.question import Stances
from foedus.decisions.models.silence import Game, play
from foedus.decisions.search import Search
from foedus.decisions.suppose import agreeing
from foedus.engine.arrays import Array

__all__ = ["ReadingSpread", "around", "readings"]


@dataclass(frozen=True)
class ReadingSpread:
    """The ends of what the bands of positions and salience allow.

    Attributes
    ----------
    without, adopted : (float, float)
        Chance of adoption with no instrument and with those allowed: all at their most opposed, all at their
        least.
    objects_low, objects_high : ndarray, (member,)
        Chance that each member breaks silence on the draft as tabled.
    """

    without: tuple[float, float]
    adopted: tuple[float, float]
    objects_low: Array
    objects_high: Array


def readings(search: Search) -> ReadingSpread | None:
    """Play a question at both ends of members' bands.

    Parameters
    ----------
    search : Search
        The question and its draws.

    Returns
    -------
    ReadingSpread or None
        The lower chance first; None where no band of position or salience is wider than a point.
    """
    bands = search.case.bands
    if bool((np.ptp(bands.position, axis=1) == 0).all() and (np.ptp(bands.salience, axis=1) == 0).all()):
        return None
    ends = [_at_end(search, opposed=opposed) for opposed in (True, False)]
    plain = [_play(search, stances, instruments=()) for stances in ends]
    whole = [_play(search, stances, instruments=search.question.instruments) for stances in ends]
    objects = np.stack([game.objects.mean(0) for game in plain])
    return ReadingSpread(
        without=_ordered(plain),
        adopted=_ordered(whole),
        objects_low=objects.min(0),
        objects_high=objects.max(0),
    )


def around(band: tuple[float, float], middle: float) -> tuple[float, float]:
    """Return a band that holds the middle chance: members far apart may fail where all opposed would not."""
    return min(band[0], middle), max(band[1], middle)


def _at_end(search: Search, *, opposed: bool) -> Stances:
    """Return every member at one end of its bands; who is supposed to agree still does."""
    case, bands = search.case, search.case.bands
    where, care = (0, 1) if opposed else (1, 0)
    stances = replace(
        search.drawn.stances,
        position=bands.position[None, :, where],
        salience=bands.salience[None, :, care],
        influence=bands.influence.mean(1)[None],
        linkage=bands.linkage,
        accepts_low=None if bands.accepts is None else bands.accepts[:, 0],
        accepts_high=None if bands.accepts is None else bands.accepts[:, 1],
    )
    return agreeing(stances, case.agrees, search.question.proposal)


def _play(search: Search, stances: Stances, *, instruments: tuple[str, ...]) -> Game:
    """Play the question with members at these ends."""
    question = replace(search.question, instruments=instruments)
    return play(question, stances, search.drawn.chance, search.numbers)


def _ordered(games: list[Game]) -> tuple[float, float]:
    """Return two chances of adoption, the lower one first."""
    low, high = sorted(game.probability_adopted for game in games)
    return low, high
