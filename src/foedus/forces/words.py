"""How parts and requirements are written, for all faces alike."""

from __future__ import annotations

import math

from foedus.forces.classes import equipment_class
from foedus.rounding import rounded, written

__all__ = [
    "NOBODY_ASKED",
    "NO_HOLDINGS",
    "RULE_SHORT",
    "UNFAIRNESS",
    "WHO_WORDS",
    "about",
    "capital",
    "counted",
    "exact",
    "in_sentence",
    "rule_heading",
    "whose",
]

NOBODY_ASKED = "Nobody has been asked for this: what NATO asks of its allies is secret."
"""What stands beside every part of a requirement."""

NO_HOLDINGS = (
    "What is missing needs what allies hold. Lists of that are not free to pass on, and none comes with "
    "foedus: bring your own with `foedus data import holdings FILE`."
)
"""What stands where a gap cannot be worked out."""

UNFAIRNESS = "Part of the money that others bear than fair shares say"
"""What the measure of unfairness is called."""

RULE_SHORT = {"gdp": "GDP", "population": "population", "spending": "spending", "mix": "the mean"}
"""How a rule is called where room is short."""

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
    if equipment_class(equipment).pieces == "quarters" or number < 100.0:
        return exact(number, equipment)
    digits = 2 - math.floor(math.log10(number))
    return written(float(rounded(number, min(digits, 0))), grouped=True)


def exact(number: float, equipment: str) -> str:
    """Write a number of a class in full, with a fraction only where there is one."""
    in_quarters = equipment_class(equipment).pieces == "quarters" and abs(4.0 * number % 1.0) < 1e-6
    digits = 2 if in_quarters else 1
    text = written(number, digits, grouped=True)
    return text.rstrip("0").rstrip(".") if "." in text else text


_WITH_ARTICLE = frozenset({"Netherlands", "United Kingdom", "United States"})


def in_sentence(name: str) -> str:
    """Return a country's name as it stands in a sentence: Germany, the Netherlands."""
    return f"the {name}" if name in _WITH_ARTICLE else name


def whose(name: str) -> str:
    """Return a name in the possessive: Germany's, the Netherlands'."""
    name = in_sentence(name)
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def capital(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def counted(number: float, equipment: str) -> str:
    """Write a number with the class it counts: "300,000 persons"."""
    return f"{exact(number, equipment)} {equipment_class(equipment).label.lower()}"
