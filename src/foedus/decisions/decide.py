"""What can pass, who objects, and what a broker can offer: one decision file, answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from foedus.decisions.base_rate import base_rate_of
from foedus.decisions.draws import Drawn, draw_stances
from foedus.decisions.models import outcome, unanimity, voting
from foedus.decisions.models.challenge import challenge_rounds
from foedus.decisions.models.question import SilenceParameters
from foedus.decisions.moves import frontier, holdouts, instrument_effects, turning_points
from foedus.decisions.played import Played, PlayedGame, play_all, shown_weight
from foedus.decisions.readings import ReadingSpread, around, readings
from foedus.decisions.result import LEVELS, Decision, Spread
from foedus.decisions.schema import DecisionFile
from foedus.decisions.search import Search
from foedus.decisions.setup import Setup, setup, terms
from foedus.engine.arrays import Array
from foedus.errors import FoedusError, InputError

__all__ = ["decide"]

MOST_DRAWS = 1_000_000
SEARCH_DRAWS = 2_000
"""Draws for searches over drafts, instruments and members, each of which plays the game anew."""
READING_DRAWS = 10_000
"""Draws for the ends of a chance's range at most, which is printed beside the chance itself."""
ELECTIONS, ELECTION_PAIRS = 1_000, 10_000_000
"""Draws in which an election is held, and its pairs of members over all draws, which more members use up."""
DAY_LEVELS = (0.1, 0.5, 0.9)
CHALLENGE_ROUNDS = 3


def decide(
    file: DecisionFile,
    *,
    draws: int = 10_000,
    seed: int = 1,
    parameters: SilenceParameters | None = None,
    today: date | None = None,
    suppose: Sequence[str] = (),
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
    today : datetime.date, optional
        From when days are counted where the file does not say when the question was opened.
    suppose : sequence of str, optional
        Members that are supposed to agree: they accept every draft, and the rest of the file stays as it is.

    Returns
    -------
    Decision
        Probabilities, holdouts, frontier, instruments and a brief.

    Raises
    ------
    InputError
        When the number of draws or the seed is out of range, or the day asked for has passed.
    UnknownNameError
        When somebody that shall agree is no member of the question.
    """
    from foedus.decisions.brief import brief, notes

    if not 1 <= draws <= MOST_DRAWS:
        raise InputError(
            f"{draws} is out of range", where="--draws", do=f"give a number from 1 to {MOST_DRAWS}"
        )
    if not 0 <= seed < 2**63:
        raise InputError(f"{seed} is out of range", where="--seed", do="give a number from 0 to 2**63 - 1")
    numbers = parameters or terms()
    case = setup(file, today=today, suppose=suppose)
    played = play_all(case, numbers, draws=draws, seed=seed)
    few, many = (
        case.supposing(draw_stances(case.bands, draws=min(draws, most), seed=seed))
        for most in (SEARCH_DRAWS, READING_DRAWS)
    )
    answer = _without_game(case, few, played, seed, numbers)
    if case.question is not None and played.game is not None:
        answer = _with_game(
            answer,
            Search(case, case.question, few, numbers),
            readings(Search(case, case.question, many, numbers)),
            played.game,
        )
    return replace(answer, brief=brief(answer), notes=notes(answer))


def _named_least_share() -> float:
    """Return the chance of objecting above which a member is named."""
    from foedus.decisions.parameters import FOLDER

    value: Any = FOLDER.function("answer")["named_least_share"].value
    return float(value)


def _spread(name: str, values: Any) -> Spread:
    """Sum up a quantity over the draws."""
    array = np.asarray(values, float)
    return Spread(name, float(array.mean()), tuple(float(q) for q in np.quantile(array, LEVELS)))


def _nulls(case: Setup, few: Drawn, played: Played) -> tuple[Spread, ...]:
    """Sum up every null model; elections of all pairs are held in the first draws alone."""
    x, weight, _ = shown_weight(case, few)
    first = slice(0, min(ELECTIONS, max(1, ELECTION_PAIRS // x.shape[1] ** 2)))
    election = {"probabilistic Condorcet": voting.probabilistic_condorcet(x[first], weight[first])}
    named = list(played.nulls.items())
    after = [name for name, _ in named].index("plain median") + 1
    return tuple(_spread(n, v) for n, v in (*named[:after], *election.items(), *named[after:]))


def _fitted(case: Setup, drawn: Drawn) -> Spread:
    """Return the distribution that was fitted to recorded decisions."""
    from foedus.decisions.parameters import FOLDER

    values: dict[str, Any] = {name: p.value for name, p in FOLDER.component("outcomes").items()}
    numbers = outcome.outcomes_for(case.file.rule, outcome.OutcomeParameters(**values))
    s = drawn.stances
    weight = s.salience * s.influence
    x, weight = np.broadcast_arrays(
        s.position, np.where(weight.sum(-1, keepdims=True) > 0, weight, s.influence)
    )
    distribution = outcome.cdf(x[:SEARCH_DRAWS], weight[:SEARCH_DRAWS], numbers)
    mean = float((1.0 - distribution.mean(0))[:-1].sum() * (outcome.GRID[1] - outcome.GRID[0]))
    points = sorted(float(case.shown(q)) for q in outcome.quantiles(distribution, LEVELS))
    return Spread("outcome", float(case.shown(mean)), tuple(points))


def _middle(bands: Array) -> Array:
    """Return the middle of each band."""
    return np.asarray(bands.mean(1))


def _challenge(case: Setup) -> tuple[float, ...]:
    """Return the first medians of the challenge model, or nothing where all agree."""
    b = case.standing
    try:
        rounds = challenge_rounds(
            _middle(b.influence), case.shown(_middle(b.position)), _middle(b.salience), CHALLENGE_ROUNDS
        )
    except FoedusError:
        return ()
    return tuple(float(m) for m in rounds.median)


def _acceptable(case: Setup, cost: float) -> tuple[float, float] | None:
    """Return the drafts that all accept at the middle of their bands; None where there is none."""
    assert case.question is not None
    bands = case.standing
    x, w = _middle(bands.position)[None], _middle(bands.influence)[None]
    low, high = unanimity.acceptable_set(x, w, case.question.reversion, cost, bands.accepts)
    if low[0] > high[0]:
        return None
    ends = sorted(float(np.clip(case.shown(end[0]), 0.0, 100.0)) for end in (low, high))
    return ends[0], ends[1]


def _without_game(case: Setup, few: Drawn, played: Played, seed: int, numbers: SilenceParameters) -> Decision:
    """Return what can be said without a reversion."""
    return Decision(
        file=case.file,
        draws=played.draws,
        seed=seed,
        probability_adopted=None,
        probability_without=None,
        probability_tabled=None,
        probability_ever=None,
        probability_first_silence=None,
        probability_fails=None,
        standard_error=None,
        base_rate=base_rate_of(case.file.rule),
        days=(),
        outcome=_fitted(case, few),
        procedure=None,
        nulls=_nulls(case, few, played),
        acceptable=tuple(_acceptable(case, cost) for cost in (0.0, numbers.disagreement_cost))
        if case.question is not None
        else (),
        challenge=_challenge(case),
        holdouts=(),
        frontier=(),
        best=None,
        instruments=(),
        turning_points=(),
        named_least_share=_named_least_share(),
        brief=(),
        notes=(),
        supposed=case.supposed,
    )


def _with_game(answer: Decision, search: Search, spread: ReadingSpread | None, game: PlayedGame) -> Decision:
    """Add what the silence procedure says."""
    case = search.case
    p = game.probability_adopted
    drafts = () if case.file.is_indivisible else frontier(search)
    return replace(
        answer,
        probability_adopted=p,
        probability_without=game.probability_without,
        probability_tabled=game.probability_tabled,
        probability_ever=game.probability_ever,
        probability_first_silence=game.probability_first_silence,
        probability_fails=game.probability_fails,
        standard_error=float(np.sqrt(p * (1.0 - p) / answer.draws)),
        days=tuple(float(d) for d in np.quantile(game.days, DAY_LEVELS)),
        procedure=_spread("procedure", case.shown(game.outcome)),
        band_without=None if spread is None else around(spread.without, game.probability_without),
        band_adopted=None if spread is None else around(spread.adopted, p),
        holdouts=holdouts(search, game, spread),
        frontier=drafts,
        best=max(drafts, key=lambda point: point.ambition * point.probability_adopted, default=None),
        instruments=instrument_effects(search, game),
        turning_points=turning_points(search, game),
    )
