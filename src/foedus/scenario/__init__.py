"""Scenarios: one question each, what members decide and what is believed about the world."""

from foedus.scenario.resolve import resolve
from foedus.scenario.resolved import Resolved

__all__ = ["Resolved", "resolve"]
