"""How likely an invitation is: a consensus decision, played by the silence procedure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.accession.result import GIVEN_BARGAIN, GIVEN_QUESTION, Chance, Invitation
from foedus.accession.rows import Position
from foedus.decisions.draws import MemberBands, draw_stances
from foedus.decisions.find import find_decision
from foedus.decisions.kinds import instruments_open_to
from foedus.decisions.models.question import TabledQuestion
from foedus.decisions.models.silence import Game, play
from foedus.decisions.reputation import holding_out
from foedus.decisions.setup import terms
from foedus.engine.arrays import Array

__all__ = ["invitation_probability"]

INFLUENCE_OF = "ukraine-washington-2024"
"""The decision file whose influence of the allies is used."""

DRAWS = 10_000
SEED = 1


def invitation_probability(rows: Sequence[Position]) -> Invitation | None:
    """Compute the probability that allies agree on an invitation, from judged positions.

    Parameters
    ----------
    rows : sequence of Position
        Where each ally stands.

    Returns
    -------
    Invitation or None
        The probability with every ally drawn within its bands, and the band from every ally at its most
        opposed to every ally at its least; None where nobody judged the positions.
    """
    if not rows:
        return None
    # Positions are recorded from -1 to 1; the silence procedure counts points, and 50 is as good as none.
    where = np.array([[50.0 * (1.0 + p) for p in r.position] for r in rows])
    care = np.array([r.salience for r in rows])
    ends = ((where, care), (where[:, [0, 0]], care[:, [1, 1]]), (where[:, [1, 1]], care[:, [0, 0]]))
    plain = [_play(rows, position, salience, ()) for position, salience in ends]
    instruments = instruments_open_to("invitation", rule="consensus", has_venue=False)
    bargained = [_play(rows, position, salience, instruments) for position, salience in ends]
    _, against, favour = plain
    low, high = favour.objects.mean(axis=0), against.objects.mean(axis=0)
    objectors = [(r.ally, float(low[i]), float(high[i])) for i, r in enumerate(rows) if high[i] > 0.0]
    return Invitation(
        chance=_chance(plain, GIVEN_QUESTION),
        bargained=_chance(bargained, GIVEN_BARGAIN),
        objectors=tuple(sorted(objectors, key=lambda o: -o[2] - o[1])),
        unverified=sum(r.known == "unverified" for r in rows),
        allies=len(rows),
    )


def _chance(games: Sequence[Game], given: str) -> Chance:
    """Return the probability of adoption in the middle game, and the band of the other two."""
    middle, low, high = (game.probability_adopted for game in games)
    return Chance("an invitation is agreed", middle, low, high, given, conditional_on_invitation=False)


def _play(rows: Sequence[Position], position: Array, salience: Array, instruments: tuple[str, ...]) -> Game:
    """Play the silence procedure with members within bands."""
    count = len(rows)
    weighs = find_decision(INFLUENCE_OF).influence
    bands, records = [weighs[r.ally] for r in rows], holding_out()
    members = MemberBands(
        position=position,
        salience=salience,
        influence=np.array([[b.low, b.high] for b in bands]),
        pressure=np.zeros(count),
        linkage=np.zeros(count),
        bloc=(-1,) * count,
        reversion=0.0,
        holding_out=np.array([records.get(r.ally, 0.5) for r in rows]),
    )
    question = TabledQuestion(
        reversion=0.0,
        proposal=100.0,
        adopted_from=100.0,
        instruments=instruments,
        veto=True,
        blocking_weight=float(count),
        weight=np.ones(count),
        venue_without=np.zeros(count, dtype=bool),
    )
    drawn = draw_stances(members, draws=DRAWS, seed=SEED)
    return play(question, drawn.stances, drawn.chance, terms())
