"""The catalogue: every quantity once, with its label, axes, unit, price basis and definition.

The entries stand in ``ledger.yaml``. Names are the ones used everywhere: in tables, scenario files,
component fields and page anchors.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict

from foedus.errors import UnknownNameError
from foedus.units import Unit

__all__ = ["Quantity", "catalogue", "quantity"]


class Quantity(BaseModel):
    """One entry of the catalogue.

    Attributes
    ----------
    name : str
        The quantity's one name.
    label : str
        How it is headed in print.
    kind : {"indicator", "model", "measure"}
        Whether the ledger, a model component or a run's report holds it.
    dims : tuple of str
        Its axes.
    unit : str
        Its unit inside foedus, one of :data:`foedus.units.UNITS`.
    price_basis : str
        For money and growth: current prices, or constant prices of which year.
    definition : str
        What it means, and how it is computed when it is not observed.
    observed_in : tuple of str
        For indicators: the series that publish it, the preferred first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: str
    kind: Literal["indicator", "model", "measure"]
    dims: tuple[str, ...]
    unit: Unit
    price_basis: str = "none"
    definition: str
    observed_in: tuple[str, ...] = ()


@cache
def catalogue() -> Mapping[str, Quantity]:
    """Give every quantity by name, in the order of ``ledger.yaml``.

    Returns
    -------
    mapping of str to Quantity
        Read-only.
    """
    import yaml

    text = resources.files("foedus.catalogue").joinpath("ledger.yaml").read_text(encoding="utf-8")
    entries = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return MappingProxyType({name: Quantity(name=name, **entry) for name, entry in entries.items()})


def quantity(name: str, *, where: str | None = None) -> Quantity:
    """Give one catalogue entry.

    Parameters
    ----------
    name : str
        The quantity's name.
    where : str, optional
        Where the name stood, for the error message.

    Returns
    -------
    Quantity
        The entry.

    Raises
    ------
    UnknownNameError
        When there is no such entry; the nearest name is suggested.
    """
    entries = catalogue()
    if name not in entries:
        raise UnknownNameError("indicator", name, entries, where=where, do="`foedus indicators` lists them")
    return entries[name]
