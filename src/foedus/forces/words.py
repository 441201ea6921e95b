"""How parts and requirements are written, for all faces alike."""

from __future__ import annotations

import math

from foedus.forces.classes import equipment_class

__all__ = ["NOBODY_ASKED", "NO_HOLDINGS", "WHO_WORDS", "about", "counted", "exact", "rule_heading"]

NOBODY_ASKED = "Nobody has been asked for this: what NATO asks of its allies is secret."
"""What stands beside every part of a requirement."""

NO_HOLDINGS = (
    "What is missing needs what allies hold. Lists of that are not free to pass on, and none comes with "
    "foedus: bring your own with `foedus data import holdings FILE`."
)
"""What stands where a gap cannot be worked out."""

WHO_WORDS = {
    "allies": "allies",
    "europe": "European allies",
    "europe-canada": "European allies and Canada",
}
"""How those that share are called."""


def rule_heading(rule: str) -> str:
    """Return a rule as the heading of a column: GDP, Population, Spending, Mix."""
    return "GDP" if rule == "gdp" else rule.capitalize()


def about(number: float, equipment: str) -> str:
    """Write a number of a class to three figures, quarters of a brigade as they are."""
    if equipment_class(equipment).pieces == "quarters" and number < 1000:
        return f"{number:,.2f}".rstrip("0").rstrip(".")
    if number < 100:
        return f"{number:,.1f}".removesuffix(".0")
    digits = 2 - math.floor(math.log10(number))
    return f"{round(number, digits):,.0f}"


def exact(number: float, equipment: str) -> str:
    """Write a number of a class in full."""
    if abs(number - round(number)) < 5e-3:
        return f"{number:,.0f}"
    return f"{number:,.2f}" if equipment_class(equipment).pieces == "quarters" else f"{number:,.1f}"


def counted(number: float, equipment: str) -> str:
    """Write a number with the class it counts: "300,000 persons"."""
    return f"{exact(number, equipment)} {equipment_class(equipment).label.lower()}"
