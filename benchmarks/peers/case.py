"""One block of draws as the peers are given it: a year of shares and spending of 32 countries."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foedus.engine.arrays import Array, tail_coefficients
from foedus.spending.equations import LOG_FULL_ROOM, Cell, Drift, Numbers, Traits

DRAWS, COUNTRIES = 500, 32
FREEDOM = 4.0


class Case(NamedTuple):
    """What differs by draw and country, by draw, by country, and the numbers."""

    cells: Cell
    drift: Drift
    traits: Traits
    numbers: Numbers


def case(draws: int = DRAWS) -> Case:
    """Return a year like those of a run: a pledge, a floor, a threat, five plans; all covered."""
    random, shape = np.random.default_rng(1), (draws, COUNTRIES)
    none = np.full(COUNTRIES, np.nan)
    announced, left = none.copy(), none.copy()
    announced[:5], left[:5] = np.log(0.03), 3.0

    def column(middle: float, spread: float) -> Array:
        return middle + spread * random.standard_normal((draws, 1))

    level, common = column(0.02, 0.01), column(0.0, 0.02)
    return Case(
        Cell(
            last=np.exp(np.log(0.022) + 0.3 * random.standard_normal(shape)),
            own=random.standard_normal(shape),
            surprise=0.02 * random.standard_normal(shape),
            gdp=np.exp(27.0 + random.standard_normal(shape)),
            log_target=np.full((1, COUNTRIES), np.log(0.035)),
            is_covered=np.ones((1, COUNTRIES)),
        ),
        Drift(
            rise=np.maximum(level, 0.0),
            fall=np.minimum(level, 0.0) + common,
            common=common,
            border=column(0.03, 0.01),
            compliance=np.maximum(column(0.2, 0.05), 0.0),
            realisation=column(0.8, 0.1),
        ),
        Traits(
            exposed=(np.arange(COUNTRIES) < 6) * 1.0,
            own_scale=np.linspace(0.03, 0.09, COUNTRIES),
            log_announced=announced,
            announced_left=left,
            room_slope=np.full(COUNTRIES, -1.0 / (np.log(0.05) - LOG_FULL_ROOM)),
            printed=none,
        ),
        Numbers(
            reversion=0.1,
            log_floor=float(np.log(0.02)),
            deadline_left=0.1,
            surprise_effect=-0.5,
            tail=tail_coefficients(FREEDOM),
            scale=1.0,
            is_planned=True,
            lowest_held=-1.5,
            is_printed=False,
            guarantee_response=0.0,
            converges=False,
        ),
    )
