"""What can be asked of spending: one model for the command, the web API, the form and Python."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from foedus.questions import Day, Names, Question, Year
from foedus.spending.counts import Basis

__all__ = ["BurdenQuestion", "StatusQuestion"]


class StatusQuestion(Question):
    """Who meets the spending guideline."""

    SUBJECT: ClassVar[str] = "country"

    country: Names = Field(
        default=(),
        description="Only these allies, by name or ISO alpha-3 code, aggregates such as NATO Europe, "
        "or groups such as eastern flank.",
    )
    year: Year | None = Field(
        default=None, description="The year; without it the last one that an edition holds whole."
    )
    as_of: Day = Field(default=None, description="Answer only from what had been published by this day.")
    edition: str | None = Field(default=None, description="The edition that shall answer.")
    guideline: float = Field(default=0.02, gt=0, lt=1, description="The level, as a fraction of GDP.")
    basis: Basis = Field(
        default="published",
        description="How shares come about: as printed, or spending over GDP in constant or current prices.",
    )


class BurdenQuestion(Question):
    """Who bears how much in a year."""

    country: Names = Field(
        default=(),
        description="Only these allies, by name, ISO alpha-3 code or group; ranks stay those among all.",
    )
    year: Year | None = Field(default=None, description="The year; without it the last one held whole.")
    basis: Literal["nato", "sipri"] = Field(
        default="nato", description="Whose definition: nato, or sipri where an edition was imported."
    )
    edition: str | None = Field(default=None, description="The edition that shall answer.")
    as_of: Day = Field(default=None, description="Answer only from what had been published by this day.")
    allies_of: Day = Field(
        default=None,
        description="Compare the allies of this day; without it those of the year's end.",
    )
