"""Forecasts of monthly allocations: a hurdle on the last 24 months, and the last 12 drawn again.

**Claim.** Months are alike: there is no trend and no season in them, so that the forecast of every month
ahead is the same and its band is flat. In each month something is allocated with a chance (beta, with its
uncertainty from a flat prior); what is allocated is lognormal, its mean known no better than so many months
allow.

**Sources.** Kiel Institute, Ukraine Support Tracker; hurdle models after Cragg (1971), *Econometrica* 39(5).

**Leaves out.** What is committed and not yet allocated: a hazard on it forecast worse than the mean of the
last 12 months (see :mod:`foedus.aid.backtest`). Totals are modelled by themselves and are no sum of donors'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np

from foedus.aid.record import Month
from foedus.engine.arrays import Array
from foedus.engine.draws import stream
from foedus.engine.elementary import exp, log

__all__ = [
    "AHEAD",
    "DRAWS",
    "REPEATED",
    "WINDOW",
    "MonthlyAllocations",
    "hurdle_months",
    "repeated_months",
    "sums",
]

AHEAD = (1, 3, 6)
"""Over how many of the next months sums are forecast."""

WINDOW = 24
"""The months that the hurdle learns from."""

REPEATED = 12
"""The months that are drawn again by the simple forecast."""

DRAWS = 4000
"""Draws of a forecast."""

LARGEST = 2.0
"""No month is drawn larger than so many times the largest of the months learned from: with few months in
which anything was allocated the lognormal's tail is a guess."""

SPREAD_OF_ONE = 1.0
"""The spread of the logarithm where one month alone has a size."""


@dataclass(frozen=True)
class MonthlyAllocations:
    """What was allocated by month, by one donor or several, of one kind.

    Attributes
    ----------
    name, kind : str
        Of whom (a donor's code, a region or a group of regions) and of what ("military", "all", ...).
    first : Month
        The month of the first value.
    values : tuple of float
        Euros, one value for each month without a gap; a month without an entry is zero.
    open : tuple of float
        What was committed and not allocated at the end of each month, all kinds together; empty where it is
        not known by month.
    """

    name: str
    kind: str
    first: Month
    values: tuple[float, ...]
    open: tuple[float, ...] = ()

    @property
    def last(self) -> Month:
        """The month of the last value."""
        return self.first.plus(len(self.values) - 1)

    @property
    def active(self) -> int:
        """In how many months anything was allocated."""
        return sum(1 for value in self.values if value > 0.0)

    def since(self, first: Month) -> MonthlyAllocations:
        """Return the months from one on."""
        skipped = max(0, first.since(self.first))
        begin = self.first.plus(skipped)
        return MonthlyAllocations(self.name, self.kind, begin, self.values[skipped:], self.open[skipped:])


def _random(months: Sequence[float], name: str, seed: int) -> np.random.Generator:
    """Return a stream that depends on the seed, the name and how many months are known."""
    return stream(seed, f"aid {name}", len(months))


@cache
def _normal_points(draws: int) -> Array:
    """Return as many normal terms as there are draws, at even steps of probability."""
    inverse = NormalDist().inv_cdf
    return np.array([inverse((i + 0.5) / draws) for i in range(draws)])


def _shuffled(points: Array, rows: int, random: np.random.Generator) -> Array:
    """Return rows of the same points, each in an order of its own (a Latin hypercube): (row, draw)."""
    return random.permuted(np.broadcast_to(points, (rows, points.size)), axis=1)


def hurdle_months(
    months: Sequence[float], ahead: int, *, name: str = "", draws: int = DRAWS, seed: int = 1
) -> Array:
    """Draw the months ahead from a hurdle on the last :data:`WINDOW` months.

    Parameters
    ----------
    months : sequence of float
        What was allocated by month up to the origin, not negative; nothing later.
    ahead : int
        How many months to draw.
    name : str
        Names the stream of random numbers.
    draws, seed : int
        How many draws, and of which seed.

    Returns
    -------
    ndarray, (ahead, draw)
        Never negative; zero throughout where nothing was allocated in the months learned from.

    Notes
    -----
    With k of n months above zero, mean m and spread s of their logarithms,

    .. math:: p \\sim \\mathrm{Beta}(k + 1, n - k + 1), \\quad \\mu \\sim N(m, s^2 / k), \\quad
              \\log x \\sim N(\\mu, s^2)

    with s by maximum likelihood and x cut at :data:`LARGEST` times the largest month. Normal terms and
    months with an allocation are drawn as a Latin hypercube: sums then need fewer draws.
    """
    learned = np.asarray(months[-WINDOW:], dtype=np.float64)
    sizes = learned[learned > 0.0]
    if not sizes.size:
        return np.zeros((ahead, draws))
    random = _random(months, f"hurdle {name}", seed)
    logs = log(sizes)
    spread = float(logs.std()) if sizes.size > 1 else SPREAD_OF_ONE
    chance = random.beta(sizes.size + 1.0, learned.size - sizes.size + 1.0, size=draws)
    terms = _shuffled(_normal_points(draws), ahead + 1, random)
    mean = logs.mean() + spread / np.sqrt(sizes.size) * terms[0]
    allocated = _shuffled((np.arange(draws) + 0.5) / draws, ahead, random) < chance
    drawn = exp(mean + spread * terms[1:])
    return np.where(allocated, np.minimum(drawn, LARGEST * sizes.max()), 0.0)


def repeated_months(
    months: Sequence[float], ahead: int, *, name: str = "", draws: int = DRAWS, seed: int = 1
) -> Array:
    """Draw the months ahead from the last :data:`REPEATED` months, each as likely as the other.

    Parameters
    ----------
    months, ahead, name, draws, seed
        As for :func:`hurdle_months`.

    Returns
    -------
    ndarray, (ahead, draw)
        Months that were.
    """
    learned = np.asarray(months[-REPEATED:], dtype=np.float64)
    random = _random(months, f"repeated {name}", seed)
    # Every month equally often in each month ahead, in an order of its own.
    return _shuffled(learned[np.arange(draws) % learned.size], ahead, random)


def sums(months: Array, ahead: Sequence[int] = AHEAD) -> dict[int, Array]:
    """Return the sums over the next months of the same draws, so that a longer sum is never less.

    Parameters
    ----------
    months : ndarray, (month, draw)
        The months ahead.
    ahead : sequence of int
        Over how many of them.

    Returns
    -------
    dict of int to ndarray, (draw,)
        By number of months.
    """
    running = np.cumsum(months, axis=0)
    return {count: running[count - 1] for count in ahead}
