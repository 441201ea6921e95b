"""Links lost at random: what becomes of the days. Which are lost is drawn, never chosen."""

from __future__ import annotations

import numpy as np

from foedus.reinforcement.draws import lost_links
from foedus.reinforcement.flow import Flow, FlowProgramme
from foedus.reinforcement.network import Network
from foedus.reinforcement.question import ReinforcementQuestion
from foedus.reinforcement.result import LossSpan

__all__ = ["losses"]

MORE_DAYS = 30
"""Days beyond the horizon of the whole network over which cases are solved."""

ENDS = (0.1, 0.5, 0.9)


def losses(
    network: Network,
    flow: Flow,
    question: ReinforcementQuestion,
    shares: tuple[float, ...],
    *,
    shift: float = 0.0,
) -> tuple[LossSpan, ...]:
    """Return the days of each share over cases in which links are lost before the first day.

    Parameters
    ----------
    network : Network
        Whose rail, road and sea links may be lost, each in both directions.
    flow : Flow
        The flow with all of them.
    question : ReinforcementQuestion
        How many are lost, in how many cases.
    shares : tuple of float
        Of all pieces.
    shift : float
        What is added to a day of the flow's grid.

    Returns
    -------
    tuple of LossSpan
        The middle 80 % over the cases.

    Raises
    ------
    InputError
        When more are to be lost than there are.
    """
    cases = lost_links(network, question)
    programme = FlowProgramme(flow.problem, flow.horizon + MORE_DAYS)
    days = np.full((len(shares), question.cases), np.inf)
    for case, lost in enumerate(cases):
        open_arcs = np.array([arc.link not in lost for arc in network.arcs])
        programme.widen(np.where(open_arcs, flow.problem.capacity, 0.0))
        solution = programme.solve()
        for place, share in enumerate(shares):
            day = solution.day_of(share)
            days[place, case] = np.inf if day is None else day
    ends = np.quantile(days, ENDS, axis=1, method="inverted_cdf")
    spans = []
    for place, share in enumerate(shares):
        low, middle, high = (float(v) + shift if np.isfinite(v) else None for v in ends[:, place])
        spans.append(LossSpan(share, low, middle, high, float(np.isinf(days[place]).mean())))
    return tuple(spans)
