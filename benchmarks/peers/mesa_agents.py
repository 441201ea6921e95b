"""The year in Mesa: one model a draw, one agent a country, each agent a step."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from mesa import Agent, Model

from foedus.engine.arrays import Array, tail_coefficients
from foedus.spending.equations import HELD, LOG_FULL_ROOM, SMALLEST_SHARE, Cell, Drift, Numbers, Traits
from peers.case import FREEDOM, Case

TAIL = tail_coefficients(FREEDOM)


class Ally(Agent):  # type: ignore[misc]
    """A country of one draw."""

    def __init__(self, model: Draw, cell: Cell, traits: Traits) -> None:
        super().__init__(model)
        self.cell, self.traits = cell, traits
        self.share = self.spending = 0.0

    def step(self) -> None:
        """Move the share by one year, and spend."""
        c, t, d, n = self.cell, self.traits, self.model.drift, self.model.numbers
        log_share = math.log(max(c.last, SMALLEST_SHARE))
        above = max(log_share - LOG_FULL_ROOM, 0.0)
        room = max(1.0 + above * t.room_slope, 0.0)
        moved = room * (d.border * t.exposed + d.rise) - n.reversion * above + d.fall
        pull = max((c.log_target - log_share) * n.deadline_left, n.log_floor - log_share, 0.0)
        moved += pull * d.compliance
        if not math.isnan(t.log_announced):
            moved = (t.log_announced - log_share) * (d.realisation / t.announced_left) + d.common
        cut = min(max(c.own, -3.5), 3.5)
        square = cut * cut
        tailed = (((square * TAIL[3] + TAIL[2]) * square + TAIL[1]) * square + TAIL[0]) * cut
        moved += n.surprise_effect * c.surprise + tailed * t.own_scale
        share = c.last * math.exp(moved)
        if share < HELD <= c.last and c.own > n.lowest_held:
            share = HELD
        self.share, self.spending = share, share * c.gdp


class Draw(Model):  # type: ignore[misc]
    """One draw of the alliance."""

    def __init__(self, cells: list[Cell], drift: Drift, traits: list[Traits], numbers: Numbers) -> None:
        super().__init__(seed=1)
        self.drift, self.numbers = drift, numbers
        for cell, trait in zip(cells, traits, strict=True):
            Ally(self, cell, trait)

    def step(self) -> None:
        """Let every country take its year."""
        self.agents.do("step")


def prepare(given: Case) -> Callable[[], tuple[Array, Array]]:
    """Return the function of a year that is timed: the models stand ready."""
    c, d, t, n = given
    draws, countries = c.last.shape
    traits = [Traits(*(float(value[j]) for value in t)) for j in range(countries)]
    models = []
    for i in range(draws):
        cells = [
            Cell(
                *(float(v[i, j]) for v in (c.last, c.own, c.surprise, c.gdp)), float(c.log_target[0, j]), 1.0
            )
            for j in range(countries)
        ]
        models.append(Draw(cells, Drift(*(float(value[i, 0]) for value in d)), traits, n))

    def year() -> tuple[Array, Array]:
        for model in models:
            model.step()
        figures = np.array([[(ally.share, ally.spending) for ally in model.agents] for model in models])
        return figures[..., 0], figures[..., 1]

    return year
