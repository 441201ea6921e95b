"""What moves the chance of a question: members, drafts, instruments, and positions that turn the answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.decisions.models.question import INSTRUMENTS, TabledQuestion, instrument_probability
from foedus.decisions.played import PlayedGame
from foedus.decisions.readings import ReadingSpread
from foedus.decisions.result import FrontierPoint, Holdout, InstrumentEffect, TurningPoint
from foedus.decisions.search import Search
from foedus.decisions.setup import Setup
from foedus.engine.arrays import Array

__all__ = ["frontier", "holdouts", "instrument_effects", "turning_points"]

FRONTIER_POINTS = 10
MOST_BLOCKERS = 6
"""Members whose blocking value is worked out: those most likely to object."""
MOST_TURNING = 3
CANDIDATES = 8
"""Members whose position is moved from end to end: the heaviest and the likeliest to object."""
HALVINGS = 7
"""Halvings of the scale in which a turning point is sought: to less than a point."""
EVEN = 0.5


def _middle(ends: Array) -> Array:
    """Return the middle of each band."""
    return np.asarray(ends.mean(1))


def _accepted(case: Setup, question: TabledQuestion) -> Array:
    """Return the lowest and the highest draft that each member accepts, (member, 2), mid-band."""
    bands = case.standing
    position = _middle(bands.position)
    reach = np.abs(question.reversion - position)
    ends = np.clip(np.stack([position - reach, position + reach], 1), 0.0, 100.0)
    return ends if bands.accepts is None else np.where(np.isnan(bands.accepts), ends, bands.accepts)


def holdouts(search: Search, game: PlayedGame, spread: ReadingSpread | None) -> tuple[Holdout, ...]:
    """List the members, the most likely to hold out first."""
    case, question, bands = search.case, search.question, search.case.standing
    position, salience, influence = map(_middle, (bands.position, bands.salience, bands.influence))
    objects, holds = game.objects, game.holds
    accepts = _accepted(case, question)
    concedes = np.minimum(
        np.maximum(question.proposal - accepts[:, 1], 0.0), question.proposal - question.reversion
    )
    order = sorted(
        range(len(case.names)), key=lambda i: (-objects[i], -holds[i], -salience[i] * concedes[i], i)
    )
    base = search.probability()
    rows = []
    for rank, i in enumerate(order):
        value = whole = plain = None
        if rank < MOST_BLOCKERS and objects[i] > 0:
            value = search.probability(silent=np.arange(len(order)) == i) - base
            whole, plain = search.if_agrees(i)
        ends = sorted(float(case.shown(end)) for end in accepts[i])
        given = bands.accepts is not None and not np.isnan(bands.accepts[i, 0])
        rows.append(
            Holdout(
                name=case.names[i],
                position=float(case.shown(position[i])),
                salience=float(salience[i]),
                influence=float(influence[i] * case.influence_unit),
                probability_objects=float(objects[i]),
                probability_holds=float(holds[i]),
                concession=float(concedes[i]),
                acceptable_draft=float(case.shown(question.proposal - concedes[i])),
                accepts=(ends[0], ends[1]),
                accepts_grade="given" if given else "assumed",
                blocking_value=value,
                adopted_if_agrees=whole,
                without_if_agrees=plain,
                **_objects_between(spread, i, float(objects[i])),
            )
        )
    return tuple(rows)


def _objects_between(spread: ReadingSpread | None, member: int, objects: float) -> dict[str, float | None]:
    """Return a member's chances of objecting at the ends of the bands, around that within them."""
    if spread is None:
        return {"objects_low": None, "objects_high": None}
    low, high = float(spread.objects_low[member]), float(spread.objects_high[member])
    return {"objects_low": min(low, objects), "objects_high": max(high, objects)}


def frontier(search: Search) -> tuple[FrontierPoint, ...]:
    """Search a pool of drafts: the probability of each, with every instrument open but dilution."""
    question = search.question
    way = question.proposal - question.reversion
    open_to_it = tuple(i for i in question.instruments if i != "dilute")
    points = []
    for step in range(1, FRONTIER_POINTS + 1):
        draft = question.reversion + way * step / FRONTIER_POINTS
        asked = replace(question, proposal=draft, adopted_from=draft, instruments=open_to_it)
        points.append(
            FrontierPoint(float(search.case.shown(draft)), step / FRONTIER_POINTS, search.probability(asked))
        )
    return tuple(points)


def instrument_effects(search: Search, game: PlayedGame) -> tuple[InstrumentEffect, ...]:
    """Return what each instrument does by itself, and what is lost without it."""
    question = search.question

    def probability_with(instruments: tuple[str, ...]) -> float:
        return search.probability(replace(question, instruments=instruments))

    rows = []
    for name in INSTRUMENTS:
        allowed = name in question.instruments
        if not allowed and (name == "change_of_venue" or name == "dilute"):
            continue  # without another venue, or with an indivisible question, there is nothing to try
        rows.append(
            InstrumentEffect(
                instrument=name,
                allowed=allowed,
                probability=None if name == "dilute" else instrument_probability(search.numbers, name),
                probability_adopted_alone=probability_with((name,)),
                probability_adopted_without=probability_with(
                    tuple(i for i in question.instruments if i != name)
                ),
                used_last=game.adopted_with.get(name, 0.0),
            )
        )
    return tuple(rows)


def turning_points(search: Search, game: PlayedGame) -> tuple[TurningPoint, ...]:
    """Return where the positions of the three members that matter most turn the answer.

    Parameters
    ----------
    search : Search
        The question and its draws.
    game : PlayedGame
        The game as played, which says who is likeliest to object.

    Returns
    -------
    tuple of TurningPoint
        The member whose move from the reversion to the proposal changes the chance most stands first.
    """
    bands, question = search.case.bands, search.question
    weight = _middle(bands.influence) * _middle(bands.salience)
    objects = game.objects
    if search.case.agrees is not None:  # what is supposed of a member is not turned
        weight = np.where(search.case.agrees, -1.0, weight)
        objects = np.where(search.case.agrees, -1.0, objects)
    heaviest, likeliest = (np.argsort(-a, kind="stable")[: CANDIDATES // 2] for a in (weight, objects))
    ends = {
        int(i): tuple(search.with_position(int(i), p) for p in (question.reversion, question.proposal))
        for i in dict.fromkeys([*likeliest, *heaviest])
        if objects[i] >= 0
    }
    order = sorted(ends, key=lambda i: -abs(ends[i][1] - ends[i][0]))[:MOST_TURNING]
    return tuple(_turning_point(search, i, *ends[i]) for i in order)


def _turning_point(search: Search, member: int, low: float, high: float) -> TurningPoint:
    """Seek the position of one member at which the chance crosses one half, by halving."""
    question, case = search.question, search.case
    turns: float | None = None
    if (low < EVEN) != (high < EVEN):
        below, above = question.reversion, question.proposal
        for _ in range(HALVINGS):
            middle = (below + above) / 2.0
            same = (search.with_position(member, middle) < EVEN) == (low < EVEN)
            below, above = (middle, above) if same else (below, middle)
        turns = float(case.shown((below + above) / 2.0))
    return TurningPoint(
        name=case.names[member],
        position=float(case.shown(_middle(case.bands.position)[member])),
        turns_at=turns,
        probability_low=low,
        probability_high=high,
    )
