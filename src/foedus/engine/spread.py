"""Quantiles over draws with their errors: what is printed of a quantity that no draw is kept of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.precision import held, quantile_errors
from foedus.engine.section import QUANTILES

__all__ = ["DrawSpread"]


@dataclass(frozen=True)
class DrawSpread:
    """A quantity over the draws, one value a year or a country.

    Attributes
    ----------
    low, median, high : tuple of float
        Quantiles, with all their digits; :meth:`interval` leaves those that are noise.
    error : tuple of float
        The largest standard error of the three over seeds.
    """

    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]
    error: tuple[float, ...]

    @classmethod
    def of(cls, columns: Iterable[Array]) -> DrawSpread:
        """Return the quantiles of some columns of draws, (draw,) each."""
        rows = [(*np.quantile(c, QUANTILES), quantile_errors(c, QUANTILES).max()) for c in columns]
        low, median, high, error = (tuple(float(row[k]) for row in rows) for k in range(4))
        return cls(low, median, high, error)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> DrawSpread:
        """Read plain values."""
        return cls(**{name: tuple(values) for name, values in content.items()})

    def interval(self, index: int = -1) -> tuple[float, float, float]:
        """Return low end, middle and high end by index, without the digits that another seed would change."""
        values = self.low[index], self.median[index], self.high[index]
        low, median, high = held(values, (self.error[index],))
        return low, median, high
