"""The year in plain NumPy, as one writes it down: an expression a line, every result a new array."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from foedus.engine.arrays import Array, heavy_tailed
from foedus.spending.equations import HELD, LOG_FULL_ROOM, SMALLEST_SHARE
from peers.case import FREEDOM, Case


def prepare(given: Case) -> Callable[[], tuple[Array, Array]]:
    """Return the function of a year that is timed."""
    c, d, t, n = given

    def year() -> tuple[Array, Array]:
        log_share = np.log(np.maximum(c.last, SMALLEST_SHARE))
        above = np.maximum(log_share - LOG_FULL_ROOM, 0.0)
        room = np.maximum(1.0 + above * t.room_slope, 0.0)
        moved = room * (d.border * t.exposed + d.rise) - n.reversion * above + d.fall
        pull = np.maximum((c.log_target - log_share) * n.deadline_left, n.log_floor - log_share)
        moved = moved + d.compliance * np.maximum(pull, 0.0)
        planned = (t.log_announced - log_share) * (d.realisation / t.announced_left) + d.common
        moved = np.where(np.isnan(t.log_announced), moved, planned)
        moved = moved + n.surprise_effect * c.surprise + t.own_scale * heavy_tailed(c.own, FREEDOM)
        share = c.last * np.exp(moved)
        share = np.where((share < HELD) & (c.last >= HELD) & (c.own > n.lowest_held), HELD, share)
        return share, share * c.gdp

    return year
