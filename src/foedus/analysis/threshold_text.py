"""A threshold on a measure, as it is written: ``allies_at_pledge_count < 5``."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.errors import InputError, UnknownNameError

__all__ = ["WHERE", "Threshold", "read_threshold"]

COMPARE: dict[str, Callable[[Array, float], NDArray[np.bool_]]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}

FORM = re.compile(r"\s*([A-Za-z_][\w]*)\s*(<=|>=|<|>)\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*")

WHERE = "--discover"


@dataclass(frozen=True)
class Threshold:
    """A condition on a measure.

    Attributes
    ----------
    measure : str
        The catalogue name.
    relation : {"<", "<=", ">", ">="}
        How the measure is held against the value.
    value : float
        In the measure's unit: allies, fractions, single US dollars.
    """

    measure: str
    relation: str
    value: float

    def met(self, values: Array) -> NDArray[np.bool_]:
        """Whether each value meets it.

        Parameters
        ----------
        values : ndarray
            In the measure's unit.

        Returns
        -------
        ndarray of bool
            Of the same shape.
        """
        return COMPARE[self.relation](values, self.value)

    def __str__(self) -> str:
        return f"{self.measure} {self.relation} {self.value:g}"


def read_threshold(text: str, measures: Collection[str]) -> Threshold:
    """Read a threshold.

    Parameters
    ----------
    text : str
        A measure, one of <, <=, >, >=, and a number.
    measures : collection of str
        The measures that there are.

    Returns
    -------
    Threshold
        The condition.

    Raises
    ------
    InputError
        When the text has another form, or the number is no finite one.
    UnknownNameError
        When there is no such measure; the nearest name is given.
    """
    match = FORM.fullmatch(text)
    value = _number(match[3]) if match else None
    if match is None or value is None:
        raise InputError(
            f"{text[:60]!r} is no threshold",
            where=WHERE,
            do='write a measure, a sign and a number: "allies_at_pledge_count < 5"',
        )
    if match[1] not in measures:
        raise UnknownNameError("measure of this run", match[1], sorted(measures), where=WHERE)
    return Threshold(match[1], match[2], value)


def _number(text: str) -> float | None:
    """Return a finite number; None where the text is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
