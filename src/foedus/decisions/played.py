"""All draws of a question, played and summed up a block at a time, so that their number fills no memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from foedus.decisions.draws import Drawn, StanceDraws
from foedus.decisions.models import bargaining, voting
from foedus.decisions.models.question import FOR_EVER, SilenceParameters, TabledQuestion
from foedus.decisions.models.silence import BLOCKED, Game, play
from foedus.decisions.setup import Setup
from foedus.engine.arrays import Array

__all__ = ["FAR", "Played", "PlayedGame", "null_points", "play_all", "shown_weight"]

FAR = 200.0
"""Distance of the far disagreement point of the weighted Nash product: twice the scale."""

CELLS_AT_ONCE = 400_000
"""Draws × members of a block: some ten arrays of three megabytes."""


@dataclass(frozen=True)
class PlayedGame:
    """What came of the silence procedure over all draws.

    Attributes
    ----------
    probability_adopted, probability_without, probability_tabled, probability_ever : float
        Shares of draws that adopt the question, that do without instruments, with none that weakens it, and
        whatever the day.
    probability_first_silence, probability_fails : float
        Shares in which nobody objects at first, and in which the question fails without an objector.
    objects, holds : ndarray, (member,)
        Shares in which each member objects at first, and still does at the last attempt.
    adopted_with : dict of str to float
        Among adoptions, the share of each stage's name.
    outcome, days : ndarray, (draw,)
        Where the decision stands, and how long it takes.
    """

    probability_adopted: float
    probability_without: float
    probability_tabled: float
    probability_ever: float
    probability_first_silence: float
    probability_fails: float
    objects: Array
    holds: Array
    adopted_with: dict[str, float]
    outcome: Array
    days: Array


@dataclass(frozen=True)
class Played:
    """What came of all draws.

    Attributes
    ----------
    draws : int
        How many.
    nulls : dict of str to ndarray, (draw,)
        Where the simple concepts put the outcome; one value where no band is wider than a point.
    game : PlayedGame or None
        None where no reversion is given.
    """

    draws: int
    nulls: dict[str, Array]
    game: PlayedGame | None


def play_all(case: Setup, numbers: SilenceParameters, *, draws: int, seed: int) -> Played:
    """Play a question in every draw.

    Parameters
    ----------
    case : Setup
        The question as arrays.
    numbers : SilenceParameters
        The numbers of the silence procedure.
    draws : int
        How many draws.
    seed : int
        Not negative.

    Returns
    -------
    Played
        The same, whatever the size of a block.
    """
    size = max(1, CELLS_AT_ONCE // len(case.names))
    source = StanceDraws(case.bands, seed)
    nulls: list[dict[str, Array]] = []
    games = None if case.question is None else _Games(case.question, numbers)
    for first in range(0, draws, size):
        drawn = case.supposing(source.take(min(size, draws - first)))
        x, weight, present = shown_weight(case, drawn)
        # Without bands every draw has the same stances, and one of them says all.
        if not nulls or len(x) > 1:
            nulls.append(null_points(case, x, weight, present))
        if games is not None:
            games.add(drawn)
    every = {name: np.concatenate([block[name] for block in nulls]) for name in nulls[0]}
    return Played(draws, every, None if games is None else games.sum(draws))


def shown_weight(case: Setup, drawn: Drawn) -> tuple[Array, Array, Array]:
    """Return positions on the file's scale, influence × salience, and who has any influence.

    Parameters
    ----------
    case : Setup
        The question.
    drawn : Drawn
        Some draws.

    Returns
    -------
    tuple of ndarray, each (draw, member)
        One row where no band is wider than a point; influence alone is the weight where nobody cares.
    """
    s = drawn.stances
    x, weight = case.shown(s.position), s.salience * s.influence
    x, weight = np.broadcast_arrays(x, np.where(weight.sum(-1, keepdims=True) > 0, weight, s.influence))
    return x, weight, np.broadcast_to((s.influence > 0).astype(float), x.shape)


def null_points(case: Setup, x: Array, weight: Array, present: Array) -> dict[str, Array]:
    """Return where the simple concepts put the outcome, those that need a reversion where there is one.

    Parameters
    ----------
    case : Setup
        The question.
    x, weight, present : ndarray, (draw, member)
        Of :func:`shown_weight`.

    Returns
    -------
    dict of str to ndarray, (draw,)
        By the concept's name in print.
    """
    points = {
        "influence × salience mean": voting.weighted_mean(x, weight),
        "plain mean": voting.weighted_mean(x, present),
        "weighted median": voting.weighted_median(x, weight),
        "plain median": voting.weighted_median(x, present),
        "weighted Nash, far disagreement": bargaining.nash_far(x, weight, FAR),
    }
    if case.question is not None:
        back = np.full(len(x), case.shown(case.question.reversion))
        points |= {
            "Nash at the reversion": bargaining.nash(x, weight, back),
            "Kalai–Smorodinsky": bargaining.kalai_smorodinsky(x, weight, back),
            "egalitarian": bargaining.egalitarian(x, weight, back),
        }
    return points


class _Games:
    """The silence procedure, summed up block by block."""

    def __init__(self, question: TabledQuestion, numbers: SilenceParameters) -> None:
        undiluted = tuple(i for i in question.instruments if i != "dilute")
        self.question, self.numbers = question, numbers
        self.variants: dict[str, dict[str, Any]] = {
            "probability_without": {"instruments": ()},
            "probability_tabled": {"instruments": undiluted},
            "probability_ever": {"days": FOR_EVER},
        }
        self.counts: Counter[str] = Counter()
        self.last: Counter[str] = Counter()
        self.members: list[tuple[Array, Array]] = []
        self.values: list[tuple[Array, Array]] = []

    def _play(self, drawn: Drawn, **changes: Any) -> Game:
        return play(replace(self.question, **changes), drawn.stances, drawn.chance, self.numbers)

    def add(self, drawn: Drawn) -> None:
        """Play a block."""
        game = self._play(drawn)
        adopted = game.adopted_at[game.adopted_at != BLOCKED]
        for stage, count in enumerate(np.bincount(adopted, minlength=len(game.stages))):
            self.last[game.stages[stage].name] += int(count)
        self.counts["probability_adopted"] += len(adopted)
        self.counts["probability_first_silence"] += int((game.adopted_at == 0).sum())
        self.counts["probability_fails"] += int(game.fails.sum())
        for name, changes in self.variants.items():
            same = all(getattr(self.question, key) == value for key, value in changes.items())
            other = game if same else self._play(drawn, **changes)
            self.counts[name] += int((other.adopted_at != BLOCKED).sum())
        self.members.append((game.objects.sum(0), game.holds.sum(0)))
        self.values.append((game.outcome, game.days))

    def sum(self, draws: int) -> PlayedGame:
        """Return shares of all draws."""
        objects, holds = (sum(parts) / draws for parts in zip(*self.members, strict=True))
        outcome, days = (np.concatenate(parts) for parts in zip(*self.values, strict=True))
        adopted = self.counts["probability_adopted"]
        names = (*self.variants, "probability_adopted", "probability_first_silence", "probability_fails")
        shares: dict[str, Any] = {name: self.counts[name] / draws for name in names}
        return PlayedGame(
            objects=np.asarray(objects, float),
            holds=np.asarray(holds, float),
            adopted_with={name: count / adopted if adopted else 0.0 for name, count in self.last.items()},
            outcome=outcome,
            days=days,
            **shares,
        )
