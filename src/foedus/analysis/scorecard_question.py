"""The question about a Secretary General's scorecard."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from foedus.questions import Day, Question

__all__ = ["ScorecardQuestion"]


class ScorecardQuestion(Question):
    """What was known of a Secretary General's priorities on the first day and on a later one."""

    SUBJECT: ClassVar[str] = "of"

    of: Annotated[
        Annotated[str, StringConstraints(max_length=80)] | None,
        Field(description="The Secretary General, by name; without it, the holder of the office on the day."),
    ] = None
    as_of: Annotated[
        Day, Field(description="Only what had been published by this day; without it, what is known today.")
    ] = None
