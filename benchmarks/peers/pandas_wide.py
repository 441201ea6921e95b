"""The year in pandas, one row a draw and one column a country."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from foedus.engine.arrays import Array, tail_coefficients
from foedus.spending.equations import HELD, LOG_FULL_ROOM, SMALLEST_SHARE
from peers.case import FREEDOM, Case


def prepare(given: Case) -> Callable[[], tuple[Array, Array]]:
    """Return the function of a year that is timed."""
    c, d, t, n = given
    names = [f"C{j:02}" for j in range(c.last.shape[1])]
    last, own, surprise, gdp = (pd.DataFrame(v, columns=names) for v in (c.last, c.own, c.surprise, c.gdp))
    traits = {name: pd.Series(value, index=names) for name, value in t._asdict().items()}
    drift = {name: pd.Series(value[:, 0]) for name, value in d._asdict().items()}
    log_target = pd.Series(c.log_target[0], index=names)
    constant, linear, quadratic, cubic = tail_coefficients(FREEDOM)
    exposed = pd.DataFrame(np.outer(np.ones(len(last)), t.exposed), columns=names)

    def year() -> tuple[Array, Array]:
        log_share = np.log(last.clip(lower=SMALLEST_SHARE))
        above = (log_share - LOG_FULL_ROOM).clip(lower=0.0)
        room = (1.0 + above.mul(traits["room_slope"], axis=1)).clip(lower=0.0)
        rise = exposed.mul(drift["border"], axis=0).add(drift["rise"], axis=0)
        moved = (room * rise - n.reversion * above).add(drift["fall"], axis=0)
        to_target = log_share.rsub(log_target, axis=1) * n.deadline_left
        pull = to_target.where(to_target > n.log_floor - log_share, n.log_floor - log_share).clip(lower=0.0)
        moved = moved + pull.mul(drift["compliance"], axis=0)
        way = log_share.rsub(traits["log_announced"], axis=1).div(traits["announced_left"], axis=1)
        planned = way.mul(drift["realisation"], axis=0).add(drift["common"], axis=0)
        moved = planned.where(planned.notna(), moved)
        cut = own.clip(-3.5, 3.5)
        square = cut * cut
        tailed = (((square * cubic + quadratic) * square + linear) * square + constant) * cut
        moved = moved + n.surprise_effect * surprise + tailed.mul(traits["own_scale"], axis=1)
        share = last * np.exp(moved)
        share = share.mask((share < HELD) & (last >= HELD) & (own > n.lowest_held), HELD)
        return share.to_numpy(), (share * gdp).to_numpy()

    return year
