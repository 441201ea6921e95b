"""Numbers and bands of a decision file, and the words that stand for a salience."""

from __future__ import annotations

import math
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

__all__ = ["SALIENCE_WORDS", "ValueBand", "band", "drafts_on_scale", "fraction", "not_negative", "on_scale"]

SALIENCE_WORDS: dict[str, tuple[float, float]] = {"low": (0.1, 0.3), "medium": (0.4, 0.7), "high": (0.8, 1.0)}
"""The bands that the words for salience stand for; a judgement, as the word is."""


class ValueBand(BaseModel):
    """A number, or the two ends between which it is drawn.

    Attributes
    ----------
    low, high : float
        The same for a number.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    low: float
    high: float

    @model_validator(mode="after")
    def _runs_up(self) -> ValueBand:
        if self.low > self.high:
            raise ValueError(
                f"the band {self.low:g} to {self.high:g} runs backwards; write the lower end first"
            )
        return self

    @property
    def middle(self) -> float:
        """Halfway between the ends, of which no sum overflows."""
        return self.low / 2.0 + self.high / 2.0


def band(value: Any) -> Any:
    """Read a number, a pair of numbers, or a word for salience."""
    if isinstance(value, str) and value in SALIENCE_WORDS:
        value = list(SALIENCE_WORDS[value])
    if isinstance(value, bool):
        raise ValueError(f"{value!r} is not a number; write a number or a band such as [20, 40]")
    if isinstance(value, (int, float)):
        value = [value, value]
    if isinstance(value, list):
        if len(value) != 2 or not all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in value):
            raise ValueError(f"{value!r} is not a band; write its two ends, such as [20, 40]")
        if not all(math.isfinite(v) for v in value):
            raise ValueError("a value is not a finite number; write a number or a band")
        return {"low": float(value[0]), "high": float(value[1])}
    if isinstance(value, str):
        raise ValueError(
            f"{value!r} is not a number; write a number, a band, or low, medium or high for salience"
        )
    return value


def on_scale(value: ValueBand) -> ValueBand:
    """Check a position against the scale."""
    if value.low < 0.0 or value.high > 100.0:
        shown = f"{value.low:g}" if value.low == value.high else f"{value.low:g} to {value.high:g}"
        raise ValueError(f"the position {shown} is off the scale; positions lie between 0 and 100")
    return value


def drafts_on_scale(value: ValueBand) -> ValueBand:
    """Check the drafts that a member accepts against the scale."""
    if value.low < 0.0 or value.high > 100.0:
        raise ValueError(
            f"accepts runs from {value.low:g} to {value.high:g}, off the scale; drafts lie between 0 and 100"
        )
    return value


def fraction(value: ValueBand) -> ValueBand:
    """Check a salience against a fraction."""
    if value.low < 0.0 or value.high > 1.0:
        raise ValueError(f"the salience {value.high:g} is not a fraction; write 0.8 for 80 %")
    return value


def not_negative(value: ValueBand) -> ValueBand:
    """Check an influence against what can be weighed."""
    if value.low < 0.0:
        raise ValueError(f"the influence {value.low:g} is negative; give a number from 0 on")
    return value
