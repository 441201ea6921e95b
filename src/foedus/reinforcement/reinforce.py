"""How fast help arrives on the eastern flank: a curve by day, what binds, and what is worth most.

The best flow at middle throughputs says what could arrive when; fixed routes and draws say how sure that is.
What one more train's load or one permit day is worth is found by solving again. Dual prices are upper bounds
only, since a wider arc soon meets the next narrow one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from foedus.axes import country_name
from foedus.reinforcement import facts as mobility
from foedus.reinforcement import network as record
from foedus.reinforcement.amounts import Amounts, amounts
from foedus.reinforcement.draws import capacity_draws, piece_draws
from foedus.reinforcement.flow import Flow, FlowProgramme, settled
from foedus.reinforcement.loss import losses
from foedus.reinforcement.network import Network, network
from foedus.reinforcement.question import ReinforcementQuestion
from foedus.reinforcement.result import (
    Arrival,
    Bottleneck,
    DaySpan,
    HostArrival,
    PermitCase,
    Reinforcement,
)
from foedus.reinforcement.setup import flow_problem
from foedus.reinforcement.simulate import SentByDraw, arrivals, day_by_draw, routes
from foedus.reinforcement.words import reinforcement_notes

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["SHARES", "SolvedCase", "reinforce"]

SHARES = (0.5, 0.9, 1.0)
"""The shares of which the days are given."""

MOST_ARCS = 12
"""How many bottlenecks are solved again."""

ENDS = (0.1, 0.5, 0.9)
DAYS_AFTER = 5
"""Days that the curve goes on after the last arrival."""

NOTHING = 0.5
"""Piece-days below which a gain is none."""


@dataclass(frozen=True)
class SolvedCase:
    """A question solved at middle throughputs.

    Attributes
    ----------
    question : ReinforcementQuestion
        What was asked.
    network : Network
        The corridors.
    sent : Amounts
        Who sends what.
    shift : float
        What is added to a day of the grid.
    programme : FlowProgramme
        To solve again with other throughputs.
    flow : Flow
        The optimum.
    """

    question: ReinforcementQuestion
    network: Network
    sent: Amounts
    shift: float
    programme: FlowProgramme
    flow: Flow

    @classmethod
    def solved(cls, question: ReinforcementQuestion, sent: Amounts, horizon: int | None = None) -> SolvedCase:
        """Solve a question."""
        corridors = network()
        problem, shift = flow_problem(corridors, sent, question)
        last = max(release.day for release in problem.releases)
        programme, flow = settled(problem, horizon or max(question.horizon, last + 30))
        return cls(question, corridors, sent, shift, programme, flow)

    def day(self, share: float, sink: int | None = None) -> float | None:
        """Return the day after the alert by whose end a share has arrived."""
        day = self.flow.day_of(share, sink)
        return None if day is None else day + self.shift

    @cached_property
    def waiting(self) -> float:
        """The sum over time from the alert of what has not arrived, piece-days."""
        return self.flow.objective + self.shift * self.flow.problem.total


def reinforce(
    question: ReinforcementQuestion | None = None, *, ledger: Ledger | None = None
) -> Reinforcement:
    """Work out how fast help arrives.

    Parameters
    ----------
    question : ReinforcementQuestion, optional
        Without it, the Force Model's tiers within 30 days, shared by GDP.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Reinforcement
        The curve, days with intervals, what binds, and what trains and permits are worth.

    Raises
    ------
    InputError, UnknownNameError, NoDataError
        As for :func:`foedus.reinforcement.amounts.amounts` and
        :meth:`foedus.reinforcement.problem.FlowProblem.check`.
    NoSolutionError
        When the solver proves no optimum.
    """
    from foedus.evidence import Ledger

    asked = ReinforcementQuestion() if question is None else question
    ledger = Ledger.load() if ledger is None else ledger
    ledger = ledger.as_of(asked.as_of) if asked.as_of else ledger
    sent = amounts(asked, ledger)
    case = SolvedCase.solved(asked, sent)
    shorter = _with_permit(case, max(0.0, asked.permit_days - 1.0))
    curve, spans = _drawn(case)
    permit_gain = max(0.0, case.waiting - shorter.waiting)
    lost = losses(case.network, case.flow, asked, SHARES, shift=case.shift) if asked.lose else ()
    shared = sent.apportionment
    return Reinforcement(
        question=asked,
        amounts=sent,
        pieces=sent.pieces,
        rows=curve,
        spans=spans,
        hosts=_hosts(case),
        bottlenecks=_bottlenecks(case),
        permit_gain=permit_gain,
        permit_days_mean=permit_gain / sent.pieces,
        permits=_permits(case, asked.as_of),
        losses=lost,
        links=len(case.network.links),
        notes=(*sent.notes, *reinforcement_notes(case.sent, asked)),
        editions=shared.editions if shared is not None else (),
        cards=(*(shared.cards if shared is not None else ()), record.CARD_ID, mobility.CARD_ID),
    )


def _with_permit(case: SolvedCase, days: float) -> SolvedCase:
    """Solve again with another permit; the same case where nothing leaves on another day."""
    if days == case.question.permit_days:
        return case
    other = case.question.model_copy(update={"permit_days": days})
    problem, shift = flow_problem(case.network, case.sent, other)
    if shift == case.shift and problem.releases == case.flow.problem.releases:
        return case
    later = max(r.day for r in problem.releases) - max(r.day for r in case.flow.problem.releases)
    return SolvedCase.solved(other, case.sent, case.flow.horizon + max(0, later) + DAYS_AFTER)


def _permits(case: SolvedCase, as_of: date | None) -> tuple[PermitCase, ...]:
    """Return the days with each permit that is on record."""
    known = mobility.mobility_facts(as_of)
    rows = []
    for name, what in mobility.PERMITS.items():
        fact = known.get(name)
        if fact is None or fact.value is None:
            continue
        other = _with_permit(case, fact.value)
        rows.append(
            PermitCase(fact.value, what, f"{fact.source} ({fact.known})", *(other.day(s) for s in SHARES))
        )
    return tuple(rows)


def _hosts(case: SolvedCase) -> tuple[HostArrival, ...]:
    """Return what each host gets, and when."""
    whole = case.flow.arriving.sum(1)
    return tuple(
        HostArrival(
            country,
            country_name(country),
            float(whole[place]),
            *(case.day(share, place) if whole[place] > 0.0 else None for share in SHARES),
        )
        for place, country in enumerate(case.network.hosts)
    )


def _bottlenecks(case: SolvedCase) -> tuple[Bottleneck, ...]:
    """Return the arcs that bind, with what a train's load a day more is worth, by solving again."""
    flow, throughputs = case.flow, case.network.throughputs
    step = throughputs["wagons_per_train"].mode * throughputs["pieces_per_wagon"].mode
    capacity = flow.problem.capacity
    full = (flow.departing.sum(0) >= capacity[:, None] * (1.0 - 1e-9)) & (capacity[:, None] > 0.0)
    rows = []
    for place in np.argsort(-flow.worth, kind="stable")[:MOST_ARCS]:
        if flow.worth[place] <= 0.0:
            break
        wider = capacity.copy()
        wider[place] += step
        case.programme.widen(wider)
        other = case.programme.solve()
        arc = case.network.arcs[place]
        gain = max(0.0, flow.objective - other.objective)
        if gain < NOTHING:
            continue
        rows.append(
            Bottleneck(
                tail=case.network.label(arc.tail),
                head=case.network.label(arc.head),
                mode=arc.mode,
                ends=(arc.tail, arc.head),
                throughput=float(capacity[place]),
                carried=float(flow.by_arc[place]),
                full=int(full[place].sum()),
                step=step,
                gain=gain,
                bound=float(flow.worth[place]) * step,
                days_mean=gain / flow.problem.total,
                grade=arc.grade,
                source=arc.source,
            )
        )
    case.programme.widen(capacity)
    return tuple(sorted(rows, key=lambda row: -row.gain))


def _shown(flow: Flow) -> int:
    """Return how many days of the curve are shown: some after the last arrival."""
    last = flow.day_of(1.0)
    return flow.horizon + 1 if last is None else min(flow.horizon, last + DAYS_AFTER) + 1


def _drawn(case: SolvedCase) -> tuple[tuple[Arrival, ...], tuple[DaySpan, ...]]:
    """Return the curve and the days of each share with the middle 80 % over draws."""
    question, flow = case.question, case.flow
    capacity = capacity_draws(case.network, question)
    scale = piece_draws(question, counted_in_persons=case.sent.requirement is not None)
    released = [SentByDraw(r.node, r.day, r.pieces * scale, r.load) for r in flow.problem.releases]
    days = 3 * flow.horizon
    arrived = arrivals(routes(flow), capacity, days, released).sum(0)
    whole = flow.problem.total * scale
    shares = arrived[: flow.horizon + 1] / whole
    low, _, high = np.quantile(shares, ENDS, axis=1)
    ready = case.sent.ready
    rows = tuple(
        Arrival(
            day + case.shift,
            max((pieces for at, pieces in ready.items() if at <= day + case.shift), default=0.0),
            float(pieces),
            float(pieces / flow.problem.total),
            float(low[day]),
            float(high[day]),
        )
        for day, pieces in enumerate(flow.curve[: _shown(flow)])
    )
    spans = []
    for share in SHARES:
        ends = np.quantile(day_by_draw(arrived, share, whole), ENDS, method="inverted_cdf")
        dated = [float(v) + case.shift if math.isfinite(v) else None for v in ends]
        spans.append(DaySpan(share, case.day(share), *dated))
    return rows, tuple(spans)
