"""The classes and groups of donors of sustained support, and what a scenario decides about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["CLASSES", "DONOR_GROUPS", "SupportClass", "SupportLevers"]

DONOR_GROUPS: Mapping[str, str] = {
    "united_states": "United States",
    "europe": "European states",
    "other_donors": "Other donors",
}
"""The groups of donors, with their labels."""


@dataclass(frozen=True)
class SupportClass:
    """A class of what is given.

    Attributes
    ----------
    name, label : str
        As parameters name it, and in words.
    weapon : str
        The tracker's class; empty where it has none.
    holding : str
        The class of imported holdings; empty where none is the same.
    """

    name: str
    label: str
    weapon: str = ""
    holding: str = ""


CLASSES = (
    SupportClass("shells_155mm", "155 mm shells", holding="shells_155mm"),
    SupportClass("javelins", "Javelins"),
    SupportClass("tanks", "tanks", "tanks", "tanks"),
    SupportClass(
        "infantry_fighting_vehicles",
        "infantry fighting vehicles",
        "infantry_fighting_vehicles",
        "infantry_fighting_vehicles",
    ),
    SupportClass("howitzers", "howitzers", "howitzers", "tube_artillery"),
    SupportClass("air_defence_systems", "air-defence systems", "air_defence_systems"),
)
"""The classes, in the order of print."""


@dataclass(frozen=True)
class SupportLevers:
    """What a scenario decides about support.

    Attributes
    ----------
    donors : tuple of (str, float, int)
        A donor, by what its aid is multiplied, and from which year on.
    fund_eur : float
        A common fund of European donors for military aid; zero is none.
    fund_from, fund_until : int
        Its first and last year.
    production_factor : float
        By what makers' rates are multiplied once the ramp is through.
    production_from : int or None
        The year of the decision; without it, the start.
    """

    donors: tuple[tuple[str, float, int], ...] = ()
    fund_eur: float = 0.0
    fund_from: int = 0
    fund_until: int = 0
    production_factor: float = 1.0
    production_from: int | None = None
