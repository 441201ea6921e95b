"""What can pass, who objects, and what a broker can offer: one decision file, answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.draws import Drawn, MemberBands, draw_stances
from foedus.decisions.models import bargaining, outcome, unanimity, voting
from foedus.decisions.models.challenge import challenge_rounds
from foedus.decisions.models.question import INSTRUMENTS, Parameters, Question, odds
from foedus.decisions.models.silence import BLOCKED, Game, play
from foedus.decisions.result import (
    LEVELS,
    Decision,
    FrontierPoint,
    Holdout,
    InstrumentOdds,
    Spread,
)
from foedus.decisions.schema import DecisionFile, member_name
from foedus.engine.arrays import Array
from foedus.errors import FoedusError, InputError

__all__ = ["Setup", "decide", "setup", "terms"]

MOST_DRAWS = 1_000_000
SEARCH_DRAWS = 2_000
"""Draws for searches over drafts, instruments and members, each of which plays the game anew."""
FRONTIER_POINTS = 10
MOST_BLOCKERS = 6
"""Members whose blocking value is worked out: those most likely to object."""
FAR = 200.0
"""Distance of the far disagreement point of the weighted Nash product: twice the scale."""
CHALLENGE_ROUNDS = 3


@dataclass(frozen=True)
class Setup:
    """A decision file as arrays, on a scale on which the proposal lies above the reversion.

    Attributes
    ----------
    file : DecisionFile
        The file.
    names : tuple of str
        Members in its order.
    mirrored : bool
        Whether points of the file's scale are 100 less those here.
    bands : MemberBands
        Members' bands.
    question : Question or None
        The question; None where no reversion is given.
    """

    file: DecisionFile
    names: tuple[str, ...]
    mirrored: bool
    bands: MemberBands
    question: Question | None

    def shown(self, point: Any) -> Any:
        """Give points as the file's scale has them.

        Parameters
        ----------
        point : float or ndarray
            Points here.

        Returns
        -------
        float or ndarray
            Points of the file.
        """
        return 100.0 - point if self.mirrored else point


def terms(**changes: float) -> Parameters:
    """Give the numbers of the silence procedure.

    Parameters
    ----------
    **changes : float
        Other values of single parameters.

    Returns
    -------
    Parameters
        The values of ``parameters/decisions.yaml``.
    """
    from foedus.decisions.parameters import FOLDER

    values: dict[str, Any] = {name: p.value for name, p in FOLDER.component("decisions").items()}
    return Parameters(**(values | changes))


def setup(file: DecisionFile) -> Setup:
    """Turn a decision file into arrays.

    Parameters
    ----------
    file : DecisionFile
        The file.

    Returns
    -------
    Setup
        Members and question.
    """
    rows = [(member_name(name), group) for group in file.members for name in group.who]
    names = tuple(name for name, _ in rows)
    mirrored = file.reversion is not None and file.proposal < file.reversion
    ends = np.array([[g.position.low, g.position.high] for _, g in rows])
    influence = [file.influence_of(name, g) for name, g in rows]
    blocs = {member_name(n): k for k, who in enumerate(file.blocs.values()) for n in who}
    reversion = 0.0 if file.reversion is None else file.reversion
    bands = MemberBands(
        position=100.0 - ends[:, ::-1] if mirrored else ends,
        salience=np.array([[g.salience.low, g.salience.high] for _, g in rows]),
        influence=np.array([[b.low, b.high] for b in influence]),
        pressure=np.array([g.pressure for _, g in rows]),
        linkage=np.array([g.linkage for _, g in rows]),
        bloc=tuple(blocs.get(name, -1) for name in names),
        reversion=100.0 - reversion if mirrored else reversion,
    )
    votes = np.array([1.0 if g.weight is None else g.weight for _, g in rows])
    return Setup(file, names, mirrored, bands, _question(file, names, votes, mirrored))


def _question(file: DecisionFile, names: tuple[str, ...], votes: Array, mirrored: bool) -> Question | None:
    """Give the question on the scale on which the proposal lies above the reversion."""
    if file.reversion is None:
        return None
    points = [file.reversion, file.proposal, file.least]
    reversion, proposal, least = (100.0 - p if mirrored else p for p in points)
    absent = {member_name(n) for n in file.venue.without} if file.venue else set()
    total = float(votes.sum())
    # A majority is more than half; a qualified one is at least its quota.
    block = total / 2.0 if file.quota is None else total * (1.0 - file.quota) + 1e-9 * total
    return Question(
        reversion=reversion,
        proposal=proposal,
        adopted_from=least,
        instruments=file.instruments,
        veto=file.rule in {"consensus", "unanimity"},
        blocking_weight=block,
        weight=votes,
        venue_without=np.array([name in absent for name in names]),
    )


def decide(
    file: DecisionFile, *, draws: int = 10_000, seed: int = 1, parameters: Parameters | None = None
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
    parameters : Parameters, optional
        Numbers of the silence procedure; without them, those of the parameter file.

    Returns
    -------
    Decision
        Chances, holdouts, frontier, instruments and a brief.

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
    made = setup(file)
    drawn = draw_stances(made.bands, draws=draws, seed=seed)
    answer = _without_game(made, drawn, draws, seed, numbers)
    if made.question is not None:
        answer = _with_game(answer, made, made.question, drawn, numbers)
    return replace(answer, brief=brief(answer, file), notes=notes(answer, file))


def _spread(name: str, values: Any) -> Spread:
    """Sum up a quantity over the draws."""
    array = np.asarray(values, float)
    return Spread(name, float(array.mean()), tuple(float(q) for q in np.quantile(array, LEVELS)))


def _nulls(made: Setup, drawn: Drawn) -> tuple[Spread, ...]:
    """Work out every null model in the drawn positions."""
    s = drawn.stances
    x, weight = made.shown(s.position), s.salience * s.influence
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
    if made.question is not None:
        back = np.full(len(x), made.shown(made.question.reversion))
        rows += [
            ("Nash at the reversion", bargaining.nash(x, weight, back)),
            ("Kalai–Smorodinsky", bargaining.kalai_smorodinsky(x, weight, back)),
            ("egalitarian", bargaining.egalitarian(x, weight, back)),
        ]
    return tuple(_spread(name, values) for name, values in rows)


def _predicted(made: Setup, drawn: Drawn) -> Spread:
    """Give the distribution that was fitted to recorded decisions."""
    from foedus.decisions.parameters import FOLDER

    values: dict[str, Any] = {name: p.value for name, p in FOLDER.component("outcomes").items()}
    numbers = outcome.outcomes_for(made.file.rule, outcome.Parameters(**values))
    s = drawn.stances
    weight = s.salience * s.influence
    x, weight = np.broadcast_arrays(
        made.shown(s.position), np.where(weight.sum(-1, keepdims=True) > 0, weight, s.influence)
    )
    distribution = outcome.cdf(x[:SEARCH_DRAWS], weight[:SEARCH_DRAWS], numbers)
    mean = float((1.0 - distribution.mean(0))[:-1].sum() * (outcome.GRID[1] - outcome.GRID[0]))
    return Spread("predicted", mean, tuple(float(q) for q in outcome.quantiles(distribution, LEVELS)))


def _middle(bands: Array) -> Array:
    """Give the middle of each band."""
    return np.asarray(bands.mean(1))


def _challenge(made: Setup) -> tuple[float, ...]:
    """Give the first medians of the challenge model, or nothing where all agree."""
    b = made.bands
    try:
        rounds = challenge_rounds(
            _middle(b.influence), made.shown(_middle(b.position)), _middle(b.salience), CHALLENGE_ROUNDS
        )
    except FoedusError:
        return ()
    return tuple(float(m) for m in rounds.median)


def _without_game(made: Setup, drawn: Drawn, draws: int, seed: int, numbers: Parameters) -> Decision:
    """Give what can be said without a reversion."""
    acceptable: list[tuple[float, float]] = []
    if made.question is not None:
        x, w = _middle(made.bands.position)[None], _middle(made.bands.influence)[None]
        for cost in (0.0, numbers.disagreement_cost):
            low, high = unanimity.acceptable_set(x, w, made.question.reversion, cost)
            ends = sorted(float(np.clip(made.shown(e[0]), 0.0, 100.0)) for e in (low, high))
            acceptable.append((ends[0], ends[1]))
    return Decision(
        title=made.file.title,
        question=made.file.question,
        rule=made.file.rule,
        draws=draws,
        seed=seed,
        probability_adopted=None,
        probability_first_silence=None,
        standard_error=None,
        outcome=None,
        predicted=_predicted(made, drawn),
        nulls=_nulls(made, drawn),
        acceptable=tuple(acceptable),
        challenge=_challenge(made),
        holdouts=(),
        frontier=(),
        best=None,
        instruments=(),
        brief=(),
        notes=(),
    )


def _with_game(
    answer: Decision, made: Setup, question: Question, drawn: Drawn, numbers: Parameters
) -> Decision:
    """Add what the silence procedure says."""
    game = play(question, drawn.stances, drawn.chance, numbers)
    p = game.probability_adopted
    few = (
        drawn
        if answer.draws <= SEARCH_DRAWS
        else draw_stances(made.bands, draws=SEARCH_DRAWS, seed=answer.seed)
    )
    frontier = _frontier(made, question, few, numbers)
    return replace(
        answer,
        probability_adopted=p,
        probability_first_silence=float((game.adopted_at == 0).mean()),
        standard_error=float(np.sqrt(p * (1.0 - p) / answer.draws)),
        outcome=_spread("outcome", made.shown(game.outcome)),
        holdouts=_holdouts(made, question, game, few, numbers),
        frontier=frontier,
        best=max(frontier, key=lambda point: point.ambition * point.probability_adopted),
        instruments=_instruments(question, game, few, numbers),
    )


def _holdouts(
    made: Setup, question: Question, game: Game, few: Drawn, numbers: Parameters
) -> tuple[Holdout, ...]:
    """List the members, the most likely to hold out first."""
    b = made.bands
    position, salience = _middle(b.position), _middle(b.salience)
    objects, holds = game.objects.mean(0), game.holds.mean(0)
    move = unanimity.concession(position, question.proposal, question.reversion)
    order = sorted(range(len(made.names)), key=lambda i: (-objects[i], -holds[i], -salience[i] * move[i], i))
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
                name=made.names[i],
                position=float(made.shown(position[i])),
                salience=float(salience[i]),
                influence=float(_middle(b.influence)[i]),
                probability_objects=float(objects[i]),
                probability_holds=float(holds[i]),
                concession=float(move[i]),
                acceptable_draft=float(made.shown(question.proposal - move[i])),
                blocking_value=value,
            )
        )
    return tuple(rows)


def _frontier(made: Setup, question: Question, few: Drawn, numbers: Parameters) -> tuple[FrontierPoint, ...]:
    """Search a pool of drafts: the chance of each, with every instrument allowed but dilution."""
    way = question.proposal - question.reversion
    allowed = tuple(i for i in question.instruments if i != "dilute")
    points = []
    for step in range(1, FRONTIER_POINTS + 1):
        draft = question.reversion + way * step / FRONTIER_POINTS
        asked = replace(question, proposal=draft, adopted_from=draft, instruments=allowed)
        chance = play(asked, few.stances, few.chance, numbers).probability_adopted
        points.append(FrontierPoint(float(made.shown(draft)), step / FRONTIER_POINTS, chance))
    return tuple(points)


def _instruments(
    question: Question, game: Game, few: Drawn, numbers: Parameters
) -> tuple[InstrumentOdds, ...]:
    """Give what each instrument does by itself, and what is lost without it."""

    def chance(instruments: tuple[str, ...]) -> float:
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
            InstrumentOdds(
                instrument=name,
                allowed=allowed,
                odds=None if name == "dilute" else odds(numbers, name),
                probability_adopted_alone=chance((name,)),
                probability_adopted_without=chance(tuple(i for i in question.instruments if i != name)),
                used_last=last.count(name) / len(last) if last else 0.0,
            )
        )
    return tuple(rows)
