"""A question simulated over fixed routes: what has arrived by every day, with every permit on record."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foedus.engine.arrays import Array
from foedus.reinforcement import facts as mobility
from foedus.reinforcement.amounts import Amounts, amounts
from foedus.reinforcement.by_day_result import CurveDay, ReadyBy, WithPermit
from foedus.reinforcement.corridors import Corridors
from foedus.reinforcement.draws import capacity_draws, piece_draws
from foedus.reinforcement.problem import FlowProblem, Supply
from foedus.reinforcement.question import ReinforcementQuestion, number
from foedus.reinforcement.setup import flow_problem
from foedus.reinforcement.simulate import SentByDraw, arrivals

__all__ = ["LAST_DAY", "MovedForces", "Moves"]

LAST_DAY = 60
"""The last day of the curve, where the day asked about is no later."""

Moves = tuple[Supply, ...]
"""What leaves where from which day on."""

ENDS = (0.1, 0.5, 0.9)


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
class MovedForces:
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

    def with_question(self, **changes: float) -> MovedForces:
        """Return the same with a question of which some fields differ."""
        return MovedForces(self.question.model_copy(update=changes), self.day, self.corridors)
