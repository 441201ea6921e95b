"""The classes of forces: what is counted, in which pieces, and who cannot hold it.

They stand in ``equipment.yaml`` beside this module. Ten make up the axis of equipment; persons, corps, staffs
and the like are counted beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from foedus.errors import UnknownNameError
from foedus.files.yaml_text import plain_yaml
from foedus.units import Unit

__all__ = ["LAND_LOCKED", "EquipmentClass", "Pieces", "axis_classes", "equipment_class", "equipment_classes"]

Pieces = Literal["whole", "quarters", "divisible"]
"""In what a class is shared: whole items, quarters of one (a brigade in battalions), or any part."""

LAND_LOCKED = frozenset({"AUT", "CHE", "CZE", "HUN", "LUX", "MDA", "MKD", "SRB", "SVK"})
"""States without a coast, which hold no ships."""


class EquipmentClass(BaseModel):
    """One class of forces.

    Attributes
    ----------
    name, label, one : str
        Its key, its heading, and what a single one is called.
    unit : str
        One of :data:`foedus.units.UNITS`.
    on_axis : bool
        Whether it is one of the ten on the axis of equipment.
    pieces : {"whole", "quarters", "divisible"}
        In what it is shared unless a question says otherwise.
    at_sea : bool
        Whether it needs a coast.
    largest : float
        The most that any ally is known or thought to hold.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: str
    one: str
    unit: Unit
    on_axis: bool
    pieces: Pieces
    at_sea: bool
    largest: float = Field(gt=0.0)

    def held_by(self, country: str) -> bool:
        """Whether a country can hold it."""
        return not (self.at_sea and country in LAND_LOCKED)


@cache
def equipment_classes() -> Mapping[str, EquipmentClass]:
    """Return every class by name: the axis of equipment first, then what is counted beside it."""
    text = resources.files("foedus.forces").joinpath("equipment.yaml").read_text(encoding="utf-8")
    return MappingProxyType(
        {name: EquipmentClass(name=name, **entry) for name, entry in plain_yaml(text).items()}
    )


@cache
def axis_classes() -> tuple[str, ...]:
    """Return the names of the ten classes on the axis of equipment, in their order."""
    return tuple(name for name, entry in equipment_classes().items() if entry.on_axis)


def equipment_class(name: str, *, where: str | None = None) -> EquipmentClass:
    """Return a class.

    Parameters
    ----------
    name : str
        Its key; spaces and hyphens stand for underscores.
    where : str, optional
        Where the name stood, for the error message.

    Returns
    -------
    EquipmentClass
        The class.

    Raises
    ------
    UnknownNameError
        When there is no such class; the nearest is suggested.
    """
    known = equipment_classes()
    key = name.strip().lower().replace(" ", "_").replace("-", "_")
    if key not in known:
        raise UnknownNameError(
            "class of forces", name, known, where=where, do=f"the classes are {', '.join(known)}"
        )
    return known[key]
