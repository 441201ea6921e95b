"""The corridors with what moves over them, solved once at middle throughputs for many questions.

Permits, lateness, trains and lost links are questions about the same amounts on the same network. The routes
of the best flow are found once; other trains and lost links solve the same programme again from the last
optimum, and permits and lateness only change when pieces leave. So a question costs a simulation and not a
programme.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.arrays import Array
from foedus.reinforcement.amounts import amounts
from foedus.reinforcement.draws import Lost, lost_links
from foedus.reinforcement.flow import settled
from foedus.reinforcement.network import network
from foedus.reinforcement.question import ReinforcementQuestion, number
from foedus.reinforcement.setup import flow_problem
from foedus.reinforcement.simulate import Routes, routes

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["Corridors", "shared_part"]


def shared_part(question: ReinforcementQuestion) -> ReinforcementQuestion:
    """Return the question that all questions about the same amounts share: nothing is late, lost or wider."""
    return question.model_copy(
        update={
            "permit_days": number("permit_days"),
            "trains": 1.0,
            "readiness_days": 0.0,
            "lose": 0,
            "cases": 1,
            "draws": 1,
            "seed": 0,
        }
    )


class Corridors:
    """The best flow's routes, by trains and lost links; safe to ask from several threads.

    Parameters
    ----------
    question : ReinforcementQuestion
        Whose amounts move; only its :func:`shared_part` counts.
    ledger : Ledger
        The figures as of the question's day.
    """

    def __init__(self, question: ReinforcementQuestion, ledger: Ledger) -> None:
        self.question = shared_part(question)
        self.ledger = ledger
        self.network = network()
        self.sent = amounts(self.question, ledger)
        problem, _ = flow_problem(self.network, self.sent, self.question)
        last = max(release.day for release in problem.releases)
        self._programme, flow = settled(problem, max(self.question.horizon, last + 30))
        self._lock = Lock()
        self._routes: dict[tuple[float, Lost], Routes] = {(1.0, ()): routes(flow)}

    def routes(self, trains: float = 1.0, lost: Lost = ()) -> Routes:
        """Return the routes of the best flow with other trains and without lost links."""
        with self._lock:
            if (trains, lost) not in self._routes:
                self._programme.widen(self.capacity(trains, lost))
                self._routes[trains, lost] = routes(self._programme.solve())
            return self._routes[trains, lost]

    def capacity(self, trains: float = 1.0, lost: Lost = ()) -> Array:
        """Return pieces a day at middle values, nought where a link is lost.

        Parameters
        ----------
        trains : float, default 1.0
            What trains a day are multiplied by.
        lost : tuple of links
            Which are lost.

        Returns
        -------
        ndarray, (arc,)
            In the order of the network's arcs.
        """
        capacity: Array = np.where(self.open_arcs(lost), self.network.capacity(trains=trains), 0.0)
        return capacity

    def open_arcs(self, lost: Lost) -> Array:
        """Return 1.0 for arcs that are not lost.

        Parameters
        ----------
        lost : tuple of links
            Which are lost.

        Returns
        -------
        ndarray, (arc,)
            In the order of the network's arcs.
        """
        gone = set(lost)
        return np.array([float(arc.link not in gone) for arc in self.network.arcs])

    def lost_links(self, question: ReinforcementQuestion) -> tuple[Lost, ...]:
        """Return which links are lost in each case, drawn at random; one case without loss where none are.

        Raises
        ------
        InputError
            When more are to be lost than there are.
        """
        return lost_links(self.network, question) if question.lose else ((),)
