"""Read the parameter files ``<component>.yaml`` that stand beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from foedus.units import Unit

__all__ = ["DEFAULT", "Grade", "Parameter", "all_parameters", "component_parameters"]

Grade = Literal["measured", "estimated", "judged", "assumed"]
"""How a number is known: read off, fitted to figures, an expert's judgement, or a convenience."""

DEFAULT = "default"
"""The key, in a parameter given by country, of the value for a country that has none of its own."""


class Parameter(BaseModel):
    """One number of the model, or one for each country.

    Attributes
    ----------
    value : float or mapping of str to float
        In `unit`. A mapping is by ISO 3166 alpha-3 code and holds the key ``default``.
    range : (float, float)
        The least and the greatest value that make sense, both included.
    unit : str
        One of :data:`foedus.units.UNITS`.
    grade : {"measured", "estimated", "judged", "assumed"}
        How the value is known.
    source : str
        The edition and the formula, or the reason.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float | dict[str, float]
    range: tuple[float, float]
    unit: Unit
    grade: Grade
    source: str

    @model_validator(mode="after")
    def _inside_range(self) -> Parameter:
        """Hold every value to the stated range, and a mapping to its default."""
        if isinstance(self.value, dict) and DEFAULT not in self.value:
            raise ValueError(f"a value by country needs the key {DEFAULT!r}")
        if not self.admits(self.value):
            raise ValueError(f"the value leaves its own range {list(self.range)}")
        return self

    def admits(self, value: float | Mapping[str, float]) -> bool:
        """Tell whether a value, or every value of a mapping, lies in the range."""
        values = value.values() if isinstance(value, Mapping) else [value]
        return all(self.range[0] <= v <= self.range[1] for v in values)

    def by_country(self, countries: tuple[str, ...]) -> list[float]:
        """Give the value for each country.

        Parameters
        ----------
        countries : tuple of str
            ISO 3166 alpha-3 codes.

        Returns
        -------
        list of float
            One value for each, in the same order.
        """
        if isinstance(self.value, dict):
            return [self.value.get(c, self.value[DEFAULT]) for c in countries]
        return [self.value] * len(countries)


@cache
def component_parameters(component: str) -> Mapping[str, Parameter]:
    """Give the parameters of one component.

    Parameters
    ----------
    component : str
        The component's name, for example "economy".

    Returns
    -------
    mapping of str to Parameter
        Read-only; empty when the component has no file.
    """
    import yaml

    file = resources.files("foedus.parameters").joinpath(f"{component}.yaml")
    if not file.is_file():
        return MappingProxyType({})
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    return MappingProxyType({name: Parameter(**entry) for name, entry in entries.items()})


@cache
def all_parameters() -> Mapping[str, Parameter]:
    """Give every parameter of every component, named ``component.name``.

    Returns
    -------
    mapping of str to Parameter
        Read-only, in the order of the files' names.
    """
    folder = resources.files("foedus.parameters")
    names = sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))
    return MappingProxyType(
        {f"{c}.{name}": parameter for c in names for name, parameter in component_parameters(c).items()}
    )
