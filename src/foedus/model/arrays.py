"""The array types that component fields are declared with; their annotation names the axes.

Inside the year loop every array is float64 and broadcasts against ``(draw, country)``. A quantity that is
the same in every draw has the shape ``(country,)``, one that is the same for every country ``(draw, 1)``, and
one that is the same for both is a plain float.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Array",
    "Axes",
    "ByCountry",
    "ByDraw",
    "ByDrawCountry",
    "OncePerDraw",
    "YearlyPerDraw",
    "YearlyPerDrawCountry",
    "correlated_error",
]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Axes:
    """The axes of a quantity over the whole run.

    Attributes
    ----------
    names : tuple of str
        Among "year", "draw" and "country".
    """

    names: tuple[str, ...]


ByCountry = Annotated[Array, Axes(("country",))]
"""One value for each country."""

ByDraw = Annotated[Array, Axes(("draw",))]
"""One value for each draw, of shape (draw, 1)."""

ByDrawCountry = Annotated[Array, Axes(("draw", "country"))]
"""One value for each draw and country."""

OncePerDraw = Annotated[Array, Axes(("draw",))]
"""A shock drawn once for the whole run: it stands for a number that is fixed but not known exactly."""

YearlyPerDraw = Annotated[Array, Axes(("year", "draw"))]
"""A shock drawn every year that all countries share."""

YearlyPerDrawCountry = Annotated[Array, Axes(("year", "draw", "country"))]
"""A shock drawn every year for each country by itself."""


def correlated_error(common: Array, own: Array, sd: Array | float, correlation: float) -> Array:
    """Give normal errors with a standard deviation and one correlation between all countries.

    Parameters
    ----------
    common : ndarray, (draw, 1)
        Standard normal term that all countries share.
    own : ndarray, (draw, country)
        Standard normal term of each country.
    sd : ndarray, (country,), or float
        Standard deviation of the error, in the error's unit.
    correlation : float
        Correlation between any two countries' errors, 0 to 1.

    Returns
    -------
    ndarray, (draw, country)
        ``sd * (sqrt(correlation) * common + sqrt(1 - correlation) * own)``.
    """
    error: Array = own * (sd * np.sqrt(1.0 - correlation))
    error += common * (sd * np.sqrt(correlation))
    return error
