"""The best flow that ends on a day, and again with other throughputs, permits, readiness and lost links."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from foedus.engine.arrays import Array
from foedus.reinforcement.by_day_result import KINDS, KindOfLink, LeverChange, LinkOfMap, permit_label
from foedus.reinforcement.flow import Flow, FlowProgramme
from foedus.reinforcement.moved import MovedForces
from foedus.reinforcement.problem import days_to_sinks

__all__ = ["MORE_LATE", "MORE_LOST", "BestByDay"]

MORE_LATE, MORE_LOST, CASES = 10, 5, 8
"""What levers change beside trains and permits: days of lateness, and links lost, with how many cases."""

QUARTER = 1.25
FULL = 1.0 - 1e-9


def _programme(moved: MovedForces) -> FlowProgramme | None:
    """Return the programme that ends on the day; None where nothing can arrive by then."""
    problem, last = moved.asked, moved.day
    way = days_to_sinks(problem)
    in_time = any(
        sent.day + way[sent.load][sent.node] <= last for sent in problem.releases if sent.pieces > 0.0
    )
    return FlowProgramme(problem, last) if in_time else None


class BestByDay:
    """The best flow by the day at middle throughputs, and again with other ones."""

    def __init__(self, moved: MovedForces) -> None:
        self._moved = moved
        self._network = moved.corridors.network
        self._capacity = moved.corridors.capacity(moved.question.trains)
        self._programme = _programme(moved)
        self._flow = self._programme.solve() if self._programme else None
        self.best = self._arrived(self._flow)

    def _arrived(self, flow: Flow | None) -> float:
        """Return what has arrived by the last day."""
        return self._moved.each * float(flow.curve[-1]) if flow else 0.0

    @property
    def _leaving(self) -> Array:
        """What enters each arc on each day, (arc, day)."""
        if self._flow is None:
            return np.zeros((len(self._network.arcs), self._moved.day + 1))
        leaving: Array = self._flow.departing.sum(0)
        return leaving

    def _again(self, capacity: Array) -> float:
        """Return how much more arrives by the day with other throughputs."""
        if self._programme is None:
            return 0.0
        self._programme.widen(capacity)
        return self._arrived(self._programme.solve()) - self.best

    def _asked_again(self, **changes: float) -> float:
        """Return how much more arrives by the day with another question."""
        other = self._moved.with_question(**changes)
        if other.moves == self._moved.moves:
            return 0.0
        programme = _programme(other)
        return self._arrived(programme.solve() if programme else None) - self.best

    def changes(self) -> Iterator[LeverChange]:
        """Return what each lever changes."""
        question, corridors = self._moved.question, self._moved.corridors
        yield LeverChange(
            "trains", "Trains twice as many", self._again(corridors.capacity(2.0 * question.trains))
        )
        shortest = min((permit.days for permit in self._moved.permits), default=0.0)
        if shortest < question.permit_days:
            gain = self._asked_again(permit_days=shortest)
            yield LeverChange("permit", f"Permit in {permit_label(shortest)}", gain)
        late = self._asked_again(readiness_days=question.readiness_days + MORE_LATE)
        yield LeverChange("late", f"Ready {MORE_LATE} days later", late)
        lost = corridors.lost_links(question.model_copy(update={"lose": MORE_LOST, "cases": CASES}))
        gains = [self._again(corridors.capacity(question.trains, case)) for case in lost]
        yield LeverChange("lost", f"{MORE_LOST} links lost by chance", float(np.median(gains)))

    def kinds(self) -> tuple[KindOfLink, ...]:
        """Return the kinds of links, with what a quarter more of each brings."""
        leaving = self._leaving
        rows = []
        for kind, label in KINDS.items():
            of_kind = np.array([arc.of_class == kind for arc in self._network.arcs])
            used = of_kind & (leaving.sum(1) > 0.0)
            days = np.flatnonzero(leaving[used].sum(0) > 0.0)
            room = self._capacity[used].sum() * (leaving.shape[1] - days[0]) if len(days) else 0.0
            gain = self._again(np.where(of_kind, QUARTER * self._capacity, self._capacity))
            grades = [
                arc.grade == "assumed"
                for arc, is_of in zip(self._network.arcs, of_kind, strict=True)
                if is_of
            ]
            rows.append(
                KindOfLink(
                    kind,
                    label,
                    float(leaving[used].sum() / room) if room else 0.0,
                    max(0.0, gain),
                    sum(grades) / len(grades),
                )
            )
        return tuple(rows)

    def links(self) -> tuple[LinkOfMap, ...]:
        """Return the corridors for a map, in the direction in which more goes."""
        at = {node.name: (node.lat, node.lon) for node in self._network.nodes}
        leaving = self._leaving
        quantities = self._network.throughputs
        step = quantities["wagons_per_train"].mode * quantities["pieces_per_wagon"].mode
        worths = self._flow.worth if self._flow else np.zeros(len(leaving))
        carried, uses = leaving.sum(1), (leaving > 0.0).sum(1)
        full = (leaving >= FULL * self._capacity[:, None]) & (leaving > 0.0)
        best: dict[tuple[str, str, str], LinkOfMap] = {}
        for place, arc in enumerate(self._network.arcs):
            if at[arc.tail] == at[arc.head] or arc.mode in ("gauge", "assembly"):
                continue
            part = float(full[place].sum() / uses[place]) if uses[place] else 0.0
            amount = self._moved.each * float(carried[place])
            names = self._network.label(arc.tail), self._network.label(arc.head)
            worth = self._moved.each * step * float(worths[place])
            link = LinkOfMap(*names, arc.mode, at[arc.tail], at[arc.head], amount, part, worth)
            other = best.get(arc.link)
            if other is None or other.carried < amount:
                best[arc.link] = link
        return tuple(best.values())
