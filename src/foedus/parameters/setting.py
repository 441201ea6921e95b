"""A parameter's value in a scenario."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.parameters.parameter import Grade

__all__ = ["Setting"]


@dataclass(frozen=True)
class Setting:
    """A parameter's value in this scenario.

    Attributes
    ----------
    value : float, tuple of float or tuple of tuple of float
        One value, one for each country of the scenario, or a row of values for each country.
    unit : str
        Its unit.
    grade : {"measured", "estimated", "judged", "assumed"}
        How the value is known; a value that the scenario sets is assumed.
    source : str
        Where it comes from.
    """

    value: float | tuple[float, ...] | tuple[tuple[float, ...], ...]
    unit: str
    grade: Grade
    source: str
