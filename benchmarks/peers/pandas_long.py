"""The year in pandas, one row for each draw and country; what differs by one of them is joined on."""

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
    draws, countries = c.last.shape
    names = [f"C{j:02}" for j in range(countries)]
    rows = pd.DataFrame(
        {
            "draw": np.repeat(np.arange(draws), countries),
            "country": names * draws,
            **{name: getattr(c, name).ravel() for name in ("last", "own", "surprise", "gdp")},
        }
    )
    drift = pd.DataFrame({name: value[:, 0] for name, value in d._asdict().items()})
    traits = pd.DataFrame(t._asdict(), index=names).assign(log_target=c.log_target[0])
    constant, linear, quadratic, cubic = tail_coefficients(FREEDOM)

    def year() -> tuple[Array, Array]:
        f = rows.join(drift, on="draw").join(traits, on="country")
        log_share = np.log(f["last"].clip(lower=SMALLEST_SHARE))
        above = (log_share - LOG_FULL_ROOM).clip(lower=0.0)
        room = (1.0 + above * f["room_slope"]).clip(lower=0.0)
        moved = room * (f["border"] * f["exposed"] + f["rise"]) - n.reversion * above + f["fall"]
        to_target = (f["log_target"] - log_share) * n.deadline_left
        pull = np.maximum(np.maximum(to_target, n.log_floor - log_share), 0.0)
        moved = moved + pull * f["compliance"]
        planned = (f["log_announced"] - log_share) * (f["realisation"] / f["announced_left"]) + f["common"]
        moved = planned.where(planned.notna(), moved)
        cut = f["own"].clip(-3.5, 3.5)
        square = cut * cut
        tailed = (((square * cubic + quadratic) * square + linear) * square + constant) * cut
        moved = moved + n.surprise_effect * f["surprise"] + tailed * f["own_scale"]
        share = f["last"] * np.exp(moved)
        share = share.mask((share < HELD) & (f["last"] >= HELD) & (f["own"] > n.lowest_held), HELD)
        spending = share * f["gdp"]
        return share.to_numpy().reshape(draws, countries), spending.to_numpy().reshape(draws, countries)

    return year
