"""What can pass, who objects, and what a broker can offer: one decision file, answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.draws import Drawn, draw_stances
from foedus.decisions.models import bargaining, outcome, unanimity, voting
from foedus.decisions.models.challenge import challenge_rounds
from foedus.decisions.models.question import (
    INSTRUMENTS,
    SilenceParameters,
    TabledQuestion,
    instrument_probability,
)
from foedus.decisions.models.silence import BLOCKED, Game, play
from foedus.decisions.result import (
    LEVELS,
    Decision,
    FrontierPoint,
    Holdout,
    InstrumentEffect,
    Spread,
)
from foedus.decisions.schema import DecisionFile
from foedus.decisions.setup import Setup, setup, terms
from foedus.engine.arrays import Array
from foedus.errors import FoedusError, InputError

__all__ = ["decide"]

MOST_DRAWS = 1_000_000
SEARCH_DRAWS = 2_000
"""Draws for searches over drafts, instruments and members, each of which plays the game anew."""
FRONTIER_POINTS = 10
MOST_BLOCKERS = 6
"""Members whose blocking value is worked out: those most likely to object."""
FAR = 200.0
"""Distance of the far disagreement point of the weighted Nash product: twice the scale."""
CHALLENGE_ROUNDS = 3


def decide(
    file: DecisionFile, *, draws: int = 10_000, seed: int = 1, parameters: SilenceParameters | None = None
) -> Decision:
    """Answer a decision file.

    Parameters
    ----------
    file : DecisionFile
        The question and where members stand.
    draws : int, default 10,000
        How many draws, 1 to 1,000,000.
    seed : int, default 1
        Seed of the random streams; the same seed gives the same numbers.
    parameters : SilenceParameters, optional
        Numbers of the silence procedure; without them, those of the parameter file.

    Returns
    -------
    Decision
        Probabilities, holdouts, frontier, instruments and a brief.

    Raises
    ------
    InputError
        When the number of draws or the seed is out of range.
    """
    from foedus.decisions.brief import brief, notes

    if not 1 <= draws <= MOST_DRAWS:
        raise InputError(
            f"{draws} is out of range", where="--draws", do=f"give a number from 1 to {MOST_DRAWS}"
        )
    if not 0 <= seed < 2**63:
        raise InputError(f"{seed} is out of range", where="--seed", do="give a number from 0 to 2**63 - 1")
    numbers = parameters or terms()
    case = setup(file)
    drawn = draw_stances(case.bands, draws=draws, seed=seed)
    answer = _without_game(case, drawn, draws, seed, numbers)
    if case.question is not None:
        answer = _with_game(answer, case, case.question, drawn, numbers)
    return replace(answer, brief=brief(answer), notes=notes(answer))


def _spread(name: str, values: Any) -> Spread:
    """Sum up a quantity over the draws."""
    array = np.asarray(values, float)
    return Spread(name, float(array.mean()), tuple(float(q) for q in np.quantile(array, LEVELS)))


def _nulls(case: Setup, drawn: Drawn) -> tuple[Spread, ...]:
    """Work out every null model in the drawn positions."""
    s = drawn.stances
    x, weight = case.shown(s.position), s.salience * s.influence
    x, weight = np.broadcast_arrays(x, np.where(weight.sum(-1, keepdims=True) > 0, weight, s.influence))
    present = (s.influence > 0).astype(float)
    few = slice(0, SEARCH_DRAWS // 2)
    rows: list[tuple[str, Any]] = [
        ("influence × salience mean", voting.weighted_mean(x, weight)),
        ("plain mean", voting.weighted_mean(x, np.broadcast_to(present, x.shape))),
        ("weighted median", voting.weighted_median(x, weight)),
        ("plain median", voting.weighted_median(x, np.broadcast_to(present, x.shape))),
        ("probabilistic Condorcet", voting.probabilistic_condorcet(x[few], weight[few])),
        ("weighted Nash, far disagreement", bargaining.nash_far(x, weight, FAR)),
    ]
    if case.question is not None:
        back = np.full(len(x), case.shown(case.question.reversion))
        rows += [
            ("Nash at the reversion", bargaining.nash(x, weight, back)),
            ("Kalai–Smorodinsky", bargaining.kalai_smorodinsky(x, weight, back)),
            ("egalitarian", bargaining.egalitarian(x, weight, back)),
        ]
    return tuple(_spread(name, values) for name, values in rows)


def _predicted(case: Setup, drawn: Drawn) -> Spread:
    """Return the distribution that was fitted to recorded decisions."""
    from foedus.decisions.parameters import FOLDER

    values: dict[str, Any] = {name: p.value for name, p in FOLDER.component("outcomes").items()}
    numbers = outcome.outcomes_for(case.file.rule, outcome.OutcomeParameters(**values))
    s = drawn.stances
    weight = s.salience * s.influence
    x, weight = np.broadcast_arrays(
        case.shown(s.position), np.where(weight.sum(-1, keepdims=True) > 0, weight, s.influence)
    )
    distribution = outcome.cdf(x[:SEARCH_DRAWS], weight[:SEARCH_DRAWS], numbers)
    mean = float((1.0 - distribution.mean(0))[:-1].sum() * (outcome.GRID[1] - outcome.GRID[0]))
    return Spread("predicted", mean, tuple(float(q) for q in outcome.quantiles(distribution, LEVELS)))


def _middle(bands: Array) -> Array:
    """Return the middle of each band."""
    return np.asarray(bands.mean(1))


def _challenge(case: Setup) -> tuple[float, ...]:
    """Return the first medians of the challenge model, or nothing where all agree."""
    b = case.bands
    try:
        rounds = challenge_rounds(
            _middle(b.influence), case.shown(_middle(b.position)), _middle(b.salience), CHALLENGE_ROUNDS
        )
    except FoedusError:
        return ()
    return tuple(float(m) for m in rounds.median)


def _without_game(case: Setup, drawn: Drawn, draws: int, seed: int, numbers: SilenceParameters) -> Decision:
    """Return what can be said without a reversion."""
    acceptable: list[tuple[float, float]] = []
    if case.question is not None:
        x, w = _middle(case.bands.position)[None], _middle(case.bands.influence)[None]
        for cost in (0.0, numbers.disagreement_cost):
            low, high = unanimity.acceptable_set(x, w, case.question.reversion, cost)
            ends = sorted(float(np.clip(case.shown(e[0]), 0.0, 100.0)) for e in (low, high))
            acceptable.append((ends[0], ends[1]))
    return Decision(
        file=case.file,
        draws=draws,
        seed=seed,
        probability_adopted=None,
        probability_first_silence=None,
        standard_error=None,
        outcome=None,
        predicted=_predicted(case, drawn),
        nulls=_nulls(case, drawn),
        acceptable=tuple(acceptable),
        challenge=_challenge(case),
        holdouts=(),
        frontier=(),
        best=None,
        instruments=(),
        brief=(),
        notes=(),
    )


def _with_game(
    answer: Decision, case: Setup, question: TabledQuestion, drawn: Drawn, numbers: SilenceParameters
) -> Decision:
    """Add what the silence procedure says."""
    game = play(question, drawn.stances, drawn.chance, numbers)
    p = game.probability_adopted
    few = (
        drawn
        if answer.draws <= SEARCH_DRAWS
        else draw_stances(case.bands, draws=SEARCH_DRAWS, seed=answer.seed)
    )
    frontier = _frontier(case, question, few, numbers)
    return replace(
        answer,
        probability_adopted=p,
        probability_first_silence=float((game.adopted_at == 0).mean()),
        standard_error=float(np.sqrt(p * (1.0 - p) / answer.draws)),
        outcome=_spread("outcome", case.shown(game.outcome)),
        holdouts=_holdouts(case, question, game, few, numbers),
        frontier=frontier,
        best=max(frontier, key=lambda point: point.ambition * point.probability_adopted),
        instruments=_instruments(question, game, few, numbers),
    )


def _holdouts(
    case: Setup, question: TabledQuestion, game: Game, few: Drawn, numbers: SilenceParameters
) -> tuple[Holdout, ...]:
    """List the members, the most likely to hold out first."""
    b = case.bands
    position, salience = _middle(b.position), _middle(b.salience)
    objects, holds = game.objects.mean(0), game.holds.mean(0)
    move = unanimity.concession(position, question.proposal, question.reversion)
    order = sorted(range(len(case.names)), key=lambda i: (-objects[i], -holds[i], -salience[i] * move[i], i))
    base = play(question, few.stances, few.chance, numbers).probability_adopted
    rows = []
    for rank, i in enumerate(order):
        value = None
        if rank < MOST_BLOCKERS and objects[i] > 0:
            silent: NDArray[np.bool_] = np.arange(len(order)) == i
            freed = play(question, few.stances, few.chance, numbers, silent=silent)
            value = freed.probability_adopted - base
        rows.append(
            Holdout(
                name=case.names[i],
                position=float(case.shown(position[i])),
                salience=float(salience[i]),
                influence=float(_middle(b.influence)[i]),
                probability_objects=float(objects[i]),
                probability_holds=float(holds[i]),
                concession=float(move[i]),
                acceptable_draft=float(case.shown(question.proposal - move[i])),
                blocking_value=value,
            )
        )
    return tuple(rows)


def _frontier(
    case: Setup, question: TabledQuestion, few: Drawn, numbers: SilenceParameters
) -> tuple[FrontierPoint, ...]:
    """Search a pool of drafts: the probability of each, with every instrument allowed but dilution."""
    way = question.proposal - question.reversion
    allowed = tuple(i for i in question.instruments if i != "dilute")
    points = []
    for step in range(1, FRONTIER_POINTS + 1):
        draft = question.reversion + way * step / FRONTIER_POINTS
        asked = replace(question, proposal=draft, adopted_from=draft, instruments=allowed)
        probability = play(asked, few.stances, few.chance, numbers).probability_adopted
        points.append(FrontierPoint(float(case.shown(draft)), step / FRONTIER_POINTS, probability))
    return tuple(points)


def _instruments(
    question: TabledQuestion, game: Game, few: Drawn, numbers: SilenceParameters
) -> tuple[InstrumentEffect, ...]:
    """Return what each instrument does by itself, and what is lost without it."""

    def probability_with(instruments: tuple[str, ...]) -> float:
        asked = replace(question, instruments=instruments)
        return play(asked, few.stances, few.chance, numbers).probability_adopted

    adopted = game.adopted_at[game.adopted_at != BLOCKED]
    last = [game.stages[int(i)].name for i in adopted]
    rows = []
    for name in INSTRUMENTS:
        allowed = name in question.instruments
        if not allowed and (name == "change_of_venue" or name == "dilute"):
            continue  # without another venue, or with an indivisible question, there is nothing to try
        rows.append(
            InstrumentEffect(
                instrument=name,
                allowed=allowed,
                probability=None if name == "dilute" else instrument_probability(numbers, name),
                probability_adopted_alone=probability_with((name,)),
                probability_adopted_without=probability_with(
                    tuple(i for i in question.instruments if i != name)
                ),
                used_last=last.count(name) / len(last) if last else 0.0,
            )
        )
    return tuple(rows)
