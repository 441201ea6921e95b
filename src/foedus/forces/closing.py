"""When nothing of a requirement is missing any more, and what held it up: by class, in every draw.

A class is closed in the first year at whose end nothing of it is missing. One that is open at the horizon has
no year: it is counted as open, and no year is made up for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array

__all__ = ["AT_HORIZON", "BY_YEAR", "LIMITS", "Closing", "Limit"]

AT_HORIZON = ("gap_closing_year", "missing_for_money", "missing_in_industry", "missing_for_people")
"""The quantities by class and draw that a run keeps of its last year."""

BY_YEAR = (
    "equipment_held_in_all",
    "equipment_on_order_in_all",
    "equipment_available",
    "equipment_missing",
)
"""The quantities by class of which a run keeps quantiles year by year."""

COUNTED = ("gap_is_closed", "held_up_by_money", "held_up_by_industry", "held_up_by_people")
"""The quantities by class of which a run counts the draws year by year: closed by then, and what it had
waited for most by then."""


class Limit(StrEnum):
    """What holds a class up; nothing, where nothing of it was ever missing."""

    MONEY = "money"
    INDUSTRY = "industry"
    PEOPLE = "people"
    NOTHING = "nothing"


LIMITS = (Limit.MONEY, Limit.INDUSTRY, Limit.PEOPLE)
"""What can hold a class up, in the order in which ties are decided."""


@dataclass(frozen=True)
class Closing:
    """When each class of a requirement is closed, and what it waited for, in every draw.

    Attributes
    ----------
    classes : tuple of str
        The classes of which it is known what is missing, in the order of the axis.
    years : tuple of int
        The start year and every year to the horizon.
    year : ndarray, (class, draw)
        The year in which a class is closed; not a number where it is open at the horizon.
    waited : ndarray, (limit, class, draw)
        Item-years missing for want of money, in industry and for want of people: :data:`LIMITS`.
    """

    classes: tuple[str, ...]
    years: tuple[int, ...]
    year: Array
    waited: Array

    @classmethod
    def of(
        cls,
        last_year: Mapping[str, Array],
        axis: tuple[str, ...],
        classes: tuple[str, ...],
        years: tuple[int, ...],
    ) -> Closing:
        """Return it from what a run keeps of its last year.

        Parameters
        ----------
        last_year : mapping of str to ndarray, (class, draw)
            The quantities of :data:`AT_HORIZON`.
        axis, classes : tuple of str
            All classes of the arrays, and those of which it is known what is missing.
        years : tuple of int
            The start year and every year to the horizon.

        Returns
        -------
        Closing
            Of the classes, in their order.
        """
        rows = [axis.index(name) for name in classes]
        year, *waited = (np.asarray(last_year[name], dtype=np.float64)[rows] for name in AT_HORIZON)
        return cls(classes, years, year, np.stack(waited))

    @property
    def is_closed(self) -> NDArray[np.bool_]:
        """Whether a class is closed by the horizon, (class, draw)."""
        return ~np.isnan(self.year)

    def share_open(self) -> Array:
        """Return the share of draws in which a class is open at the horizon.

        Returns
        -------
        ndarray, (class,)
            Fractions.
        """
        share: Array = 1.0 - self.is_closed.mean(axis=1)
        return share

    def share_closed_by(self) -> Array:
        """Return the share of draws in which a class is closed by a year.

        Returns
        -------
        ndarray, (year, class)
            Fractions.
        """
        # A comparison with not-a-number is false: what is open is closed by no year.
        return np.stack([(self.year <= year).mean(axis=1) for year in self.years])

    def limit(self, index: int, draw: int) -> Limit:
        """Return what held a class up most in a draw.

        Parameters
        ----------
        index, draw : int
            The places of the class and of the draw, from 0.

        Returns
        -------
        Limit
            The first of equals; nothing where nothing was ever missing.
        """
        waited = self.waited[:, index, draw]
        return LIMITS[int(waited.argmax())] if waited.any() else Limit.NOTHING

    def share_limited(self) -> Mapping[Limit, Array]:
        """Return the share of draws in which each limit held a class up most, (class,) each.

        Returns
        -------
        mapping of Limit to ndarray, (class,)
            They add up to one over the limits and :attr:`Limit.NOTHING`.
        """
        most, any_at_all = self.waited.argmax(axis=0), self.waited.any(axis=0)
        shares: dict[Limit, Array] = {
            limit: ((most == i) & any_at_all).mean(axis=1) for i, limit in enumerate(LIMITS)
        }
        return {**shares, Limit.NOTHING: (~any_at_all).mean(axis=1)}

    def all_closed(self) -> Array:
        """Return the year in which the last class is closed.

        Returns
        -------
        ndarray, (draw,)
            Not a number where a class is open.
        """
        last: Array = self.year.max(axis=0)
        return last
