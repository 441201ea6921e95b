"""What has arrived by a day: with an interval, with every permit on record, and with other levers.

The curve and its interval come from the simulation over the routes of the best flow; the same draws answer
for every permit. What one lever or a quarter more of one kind of link changes is found by solving a programme
that ends on the day again, at middle throughputs and without lost links: with one end and no hosts that bind,
no other flow has more arrived by then.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.arrays import Array
from foedus.errors import InputError
from foedus.reinforcement import facts as mobility
from foedus.reinforcement import network as record
from foedus.reinforcement.amounts import Amounts, amounts
from foedus.reinforcement.by_day_result import (
    KINDS,
    ByDay,
    CurveDay,
    KindOfLink,
    LeverChange,
    LinkOfMap,
    ReadyBy,
    WithPermit,
    permit_label,
)
from foedus.reinforcement.corridors import Corridors
from foedus.reinforcement.draws import capacity_draws, piece_draws
from foedus.reinforcement.flow import Flow, FlowProgramme
from foedus.reinforcement.problem import FlowProblem, Supply, days_to_sinks
from foedus.reinforcement.question import ReinforcementQuestion, number
from foedus.reinforcement.setup import flow_problem
from foedus.reinforcement.simulate import SentByDraw, arrivals
from foedus.reinforcement.words import reinforcement_notes

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["LAST_DAY", "MORE_LATE", "MORE_LOST", "by_day", "check_day"]

LAST_DAY = 60
"""The last day of the curve, where the day asked about is no later."""

LATEST_DAY = 240
"""The latest day that may be asked about."""

MORE_LATE, MORE_LOST, CASES = 10, 5, 8
"""What levers change beside trains and permits: days of lateness, and links lost, with how many cases."""

Moves = tuple[Supply, ...]
"""What leaves where from which day on."""

QUARTER = 1.25
ENDS = (0.1, 0.5, 0.9)
FULL = 1.0 - 1e-9


def by_day(
    question: ReinforcementQuestion | None = None,
    day: int = 30,
    *,
    ledger: Ledger | None = None,
    corridors: Corridors | None = None,
) -> ByDay:
    """Work out what has arrived by a day.

    Parameters
    ----------
    question : ReinforcementQuestion, optional
        Without it, the Force Model's tiers within 30 days, shared by GDP.
    day : int, default 30
        By the end of which day after the alert.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    corridors : Corridors, optional
        The corridors solved for the same amounts; without them they are solved here.

    Returns
    -------
    ByDay
        Arrivals with an interval, permits, levers and what binds.

    Raises
    ------
    InputError, UnknownNameError, NoDataError
        As :func:`foedus.reinforcement.reinforce.reinforce`.
    NoSolutionError
        When the solver proves no optimum.
    """
    from foedus.evidence import Ledger

    asked = ReinforcementQuestion() if question is None else question
    check_day(day)
    if corridors is None:
        ledger = Ledger.load() if ledger is None else ledger
        corridors = Corridors(asked, ledger.as_of(asked.as_of) if asked.as_of else ledger)
    moved = _Moved(asked, day, corridors)
    solved = _Solved(moved)
    low, middle, high = moved.ends(moved.curve)[:, day]
    shared = moved.sent.apportionment
    return ByDay(
        question=asked,
        day=day,
        title=moved.title,
        unit="pieces" if moved.sent.requirement is None else "persons",
        moving=moved.each * moved.sent.pieces,
        low=float(low),
        middle=float(middle),
        high=float(high),
        best=solved.best,
        rows=moved.rows(),
        steps=moved.steps(),
        permits=moved.permits,
        changes=tuple(solved.changes()),
        kinds=solved.kinds(),
        links=solved.links(),
        notes=(*moved.sent.notes, *reinforcement_notes(moved.sent, asked), *_notes(asked)),
        editions=shared.editions if shared is not None else (),
        cards=(*(shared.cards if shared is not None else ()), record.CARD_ID, mobility.CARD_ID),
    )


def check_day(day: int) -> int:
    """Return a day that can be asked about.

    Raises
    ------
    InputError
        When it is none of the days 1 to :data:`LATEST_DAY`.
    """
    if not 1 <= day <= LATEST_DAY:
        raise InputError(
            f"what has arrived by day {day} cannot be told",
            where="--on-day",
            do=f"give a day from 1 to {LATEST_DAY}",
        )
    return day


def _notes(question: ReinforcementQuestion) -> tuple[str, ...]:
    """Write what was taken over from the best flow."""
    notes = ["Other permits and lateness keep the routes of the best flow with a permit of 3 days."]
    if question.permit_days % 1.0:
        notes.append(
            "What has arrived by a day is told in whole days, and a part of a permit's day as a whole one."
        )
    if question.lose:
        notes.append("What binds and what levers change is worked out without lost links.")
    return tuple(notes)


def _released(kinds: tuple[Moves, ...], scale: Array) -> list[SentByDraw]:
    """Return the releases of several questions side by side: each has draws of its own."""
    draws, released = len(scale), []
    for place, releases in enumerate(kinds):
        for release in releases:
            pieces = np.zeros(draws * len(kinds))
            pieces[place * draws : (place + 1) * draws] = release.pieces * scale
            released.append(SentByDraw(release.node, release.day, pieces, release.load))
    return released


@dataclass(frozen=True)
class _Moved:
    """A question, simulated over fixed routes."""

    question: ReinforcementQuestion
    day: int
    corridors: Corridors

    @cached_property
    def sent(self) -> Amounts:
        """Who sends what, late as asked."""
        if self.question.readiness_days == 0.0:
            return self.corridors.sent
        return amounts(self.question, self.corridors.ledger)

    @cached_property
    def asked(self) -> FlowProblem:
        """What the flow is asked, with permits in whole days: then no shorter permit reads as a later one."""
        whole = self.question.model_copy(update={"permit_days": math.ceil(self.question.permit_days)})
        return flow_problem(self.corridors.network, self.sent, whole)[0]

    @property
    def each(self) -> float:
        """How many persons of land forces a piece stands for, at the middle; one where pieces are counted."""
        return 1.0 if self.sent.requirement is None else 1.0 / number("pieces_per_person")

    @property
    def title(self) -> str:
        """What moves, in print."""
        need = self.sent.requirement
        return need.headed if need is not None else "Pieces as given"

    @cached_property
    def scale(self) -> Array:
        """By what the middle number of pieces is multiplied, (draw,)."""
        return piece_draws(self.question, counted_in_persons=self.sent.requirement is not None)

    @cached_property
    def capacity(self) -> Array:
        """Pieces a day, (arc, draw)."""
        return capacity_draws(self.corridors.network, self.question)

    @property
    def curve(self) -> Array:
        """What has arrived by the end of each day of the grid, in the unit of the answer, (day, draw)."""
        return self.curves[self.moves]

    @cached_property
    def permit_facts(self) -> tuple[tuple[mobility.MobilityFact, str], ...]:
        """The permits on record and whose figure each is, the longest first."""
        known = mobility.mobility_facts(self.question.as_of)
        facts = [
            (known[name], what)
            for name, what in mobility.PERMITS.items()
            if name in known and known[name].value is not None
        ]
        return tuple(sorted(facts, key=lambda pair: -(pair[0].value or 0.0)))

    @property
    def moves(self) -> Moves:
        """What leaves where on which day, which is all by which permits and lateness differ."""
        return self.asked.releases

    @cached_property
    def curves(self) -> dict[Moves, Array]:
        """The curves of the question and of all permits on record, by what moves: those that move alike once.

        All are simulated at once, as so many more draws: a simulation of many draws takes little longer.
        """
        others = (self.with_question(permit_days=fact.value or 0.0).moves for fact, _ in self.permit_facts)
        kinds = tuple(dict.fromkeys((self.moves, *others)))
        days, draws = max(LAST_DAY, self.day) + 1, self.question.draws
        cases = self.corridors.lost_links(self.question)[:draws]
        arrived = np.empty((days, len(kinds), draws))
        for case, part in enumerate(np.array_split(np.arange(draws), len(cases))):
            scale = self.scale[part]
            capacity = self.capacity[:, part] * self.corridors.open_arcs(cases[case])[:, np.newaxis]
            ways = self.corridors.routes(self.question.trains, cases[case])
            sums = arrivals(ways, np.tile(capacity, len(kinds)), days, _released(kinds, scale)).sum(0)
            # What arrives is told as a share of what moves, of which the middle number of persons is printed.
            arrived[:, :, part] = sums.reshape(days, len(kinds), len(part)) / scale
        return {kind: self.each * arrived[:, place] for place, kind in enumerate(kinds)}

    @staticmethod
    def ends(curve: Array) -> Array:
        """Return the ends of the middle 80 % and the median of every day, (3, day)."""
        ends: Array = np.quantile(curve, ENDS, axis=1)
        return ends

    def rows(self) -> tuple[CurveDay, ...]:
        """Return the curve."""
        ready = [(step.day, step.ready) for step in self.steps() if step.moves]
        return tuple(
            CurveDay(at, max((r for d, r in ready if d <= at), default=0.0), *map(float, ends))
            for at, ends in enumerate(self.ends(self.curve).T)
        )

    def steps(self) -> tuple[ReadyBy, ...]:
        """Return what is ready by which day, the tiers that do not move here after those that do."""
        moving = [ReadyBy(day, self.each * pieces, True) for day, pieces in self.sent.ready.items()]
        need = self.sent.requirement
        persons = need.needs.get("persons") if need is not None else None
        if persons is None or not persons.within_days:
            return tuple(moving)
        ready, later = moving[-1].ready, []
        for day, more in sorted(persons.within_days.items()):
            if day > self.question.within:
                ready += number("land_share") * more
                later.append(ReadyBy(day + self.question.readiness_days, ready, False))
        return (*moving, *later)

    @cached_property
    def permits(self) -> tuple[WithPermit, ...]:
        """Return the answer with every permit on record, the longest first."""
        rows = []
        for fact, what in self.permit_facts:
            other = self.with_question(permit_days=fact.value or 0.0)
            ends = self.ends(self.curves[other.moves])
            low, middle, high = map(float, ends[:, self.day])
            source = f"{fact.source} ({fact.known})"
            medians = tuple(map(float, ends[1]))
            rows.append(WithPermit(fact.value or 0.0, what, source, low, middle, high, medians))
        return tuple(rows)

    def with_question(self, **changes: float) -> _Moved:
        """Return the same with a question of which some fields differ."""
        return _Moved(self.question.model_copy(update=changes), self.day, self.corridors)


def _programme(moved: _Moved) -> FlowProgramme | None:
    """Return the programme that ends on the day; None where nothing can arrive by then."""
    problem, last = moved.asked, moved.day
    way = days_to_sinks(problem)
    in_time = any(
        sent.day + way[sent.load][sent.node] <= last for sent in problem.releases if sent.pieces > 0.0
    )
    return FlowProgramme(problem, last) if in_time else None


class _Solved:
    """The best flow by the day at middle throughputs, and again with other ones."""

    def __init__(self, moved: _Moved) -> None:
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
