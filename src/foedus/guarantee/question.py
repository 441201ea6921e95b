"""What can be asked of the guarantee: one model for the command, the API and Python."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from pydantic import Field

from foedus.questions import Day, FileName, Names, Question, Texts

__all__ = ["DeterGameQuestion", "DeterQuestion", "ReliabilityQuestion", "SpiralQuestion"]


class DeterQuestion(Question):
    """Where belief in the guarantee matters for allies on the flank, and what stands in for it."""

    SUBJECT: ClassVar[str] = "scenario"

    scenario: FileName = Field(default="baseline", description="A shipped scenario, or a file's path.")
    country: Names = Field(default=(), max_length=32, description="Allies on the flank; all without it.")
    range: Texts = Field(
        default=(),
        max_length=32,
        description="Ranges in place of the stated ones, as decisiveness=1..2 or cost_over_value=0.3.",
    )
    as_of: Day = Field(default=None, description="Only what had been published by this day.")


class DeterGameQuestion(DeterQuestion):
    """Who would pay if the guarantee covered only those who pay."""

    paying_adds: float = Field(
        default=0.25,
        ge=0.0,
        le=1.0,
        description="For the game: what paying adds to the belief that an ally is covered, 0 to 1.",
    )


class ReliabilityQuestion(Question):
    """How often alliances kept their word in war."""

    cases: Path | None = Field(
        default=None,
        description="Count the cases of this file anew: Berkemeier and Fuhrmann's replication table as CSV.",
    )


class SpiralQuestion(Question):
    """Two readings of an arms race."""

    years: int = Field(default=10, ge=1, le=30, description="How many years the scenario runs.")
    less: float = Field(
        default=0.1,
        ge=0.0,
        le=0.5,
        description="How much less one side spends in the question of restraint, a fraction.",
    )
