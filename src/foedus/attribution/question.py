"""What can be asked about why spending rose."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from foedus.questions import Day, Names, Question

__all__ = ["FIRST_YEAR", "AttributionQuestion"]

FIRST_YEAR = 2014
"""The year of the pledge of Wales, from which the rise is counted."""


class AttributionQuestion(Question):
    """Why spending rose."""

    SUBJECT: ClassVar[str] = "period"

    from_year: int = Field(default=FIRST_YEAR, ge=1949, le=2100, description="The year before the rise.")
    to_year: int | None = Field(
        default=None,
        ge=1949,
        le=2100,
        description="The last year of the rise; without it 2024, or the last that an edition holds.",
    )
    period: str = Field(
        default="2018-21",
        description="The budget years whose causes are asked about: 2015-17, 2018-21, 2022-25.",
    )
    control: Names = Field(
        default=("never-allied",),
        description="Whom allies are held against: never-allied, with-pacific, or four countries or more.",
    )
    edition: str | None = Field(default=None, description="The edition that answers the accounting.")
    as_of: Day = Field(default=None, description="Answer from what had been published by this day.")
    recompute: bool = Field(
        default=False, description="Recompute the estimates from the user's import of SIPRI, and compare."
    )
