"""What can be asked to be cited."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from foedus.questions import Day, Question

__all__ = ["CiteQuestion"]


class CiteQuestion(Question):
    """How to cite foedus, an edition, a figure or a run."""

    SUBJECT: ClassVar[str] = "subject"

    subject: str = Field(
        default="",
        description="An edition, such as nato-2024-06; a figure, such as population:POL:2024 (indicator, "
        "country and year); a run, its folder or its name; without it, foedus itself.",
    )
    as_of: Day = Field(
        default=None, description="The day whose knowledge is cited; without it, today or the run's."
    )
    edition: str | None = Field(
        default=None, description="Of a figure, the edition that shall give it; without it, the newest."
    )
