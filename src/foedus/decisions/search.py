"""A question with draws in which it is played anew: with other members, drafts, instruments and positions."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.draws import Drawn
from foedus.decisions.models.question import SilenceParameters, TabledQuestion
from foedus.decisions.models.silence import play
from foedus.decisions.setup import Setup
from foedus.decisions.suppose import agreeing

__all__ = ["Search"]


@dataclass(frozen=True)
class Search:
    """A question with the draws in which it is searched, each search playing the game anew.

    Attributes
    ----------
    case : Setup
        The decision file as arrays.
    question : TabledQuestion
        Its question.
    drawn : Drawn
        A part of the draws.
    numbers : SilenceParameters
        The numbers of the silence procedure.
    """

    case: Setup
    question: TabledQuestion
    drawn: Drawn
    numbers: SilenceParameters

    def probability(
        self, question: TabledQuestion | None = None, *, silent: NDArray[np.bool_] | None = None
    ) -> float:
        """Return the chance of adoption of a question like this one.

        Parameters
        ----------
        question : TabledQuestion, optional
            The question; without it, this one.
        silent : ndarray of bool, (member,), optional
            Members that never object.

        Returns
        -------
        float
            The share of draws that adopt it.
        """
        asked = question or self.question
        game = play(asked, self.drawn.stances, self.drawn.chance, self.numbers, silent=silent)
        return game.probability_adopted

    def if_agrees(self, member: int) -> tuple[float, float]:
        """Return the chance of adoption if one more member agreed, with what is allowed and with nothing.

        Parameters
        ----------
        member : int
            Its place among the members.

        Returns
        -------
        tuple of float
            Shares of draws that adopt the question.
        """
        agrees = np.arange(len(self.case.names)) == member
        stances = agreeing(self.drawn.stances, agrees, self.question.proposal)
        games = (
            play(replace(self.question, instruments=names), stances, self.drawn.chance, self.numbers)
            for names in (self.question.instruments, ())
        )
        whole, plain = (game.probability_adopted for game in games)
        return whole, plain

    def with_position(self, member: int, point: float) -> float:
        """Return the chance of adoption with one member moved, whatever else it accepts.

        Parameters
        ----------
        member : int
            Its place among the members.
        point : float
            Where it then stands.

        Returns
        -------
        float
            The share of draws that adopt the question.
        """
        stances = self.drawn.stances
        position = stances.position.copy()
        position[:, member] = point
        moved = replace(stances, position=position)
        if stances.accepts_low is not None and stances.accepts_high is not None:
            own = np.arange(len(stances.accepts_low)) == member
            moved = replace(
                moved,
                accepts_low=np.where(own, np.nan, stances.accepts_low),
                accepts_high=np.where(own, np.nan, stances.accepts_high),
            )
        return play(self.question, moved, self.drawn.chance, self.numbers).probability_adopted
