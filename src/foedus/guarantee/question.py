"""What can be asked of the guarantee: one model for the command, the API and Python."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from foedus.errors import InputError

__all__ = ["DeterQuestion", "deter_question"]


class DeterQuestion(BaseModel):
    """A question about where belief in the guarantee matters, and what stands in for it.

    Attributes
    ----------
    scenario : str
        A shipped scenario's name, or the path of a file.
    country : tuple of str
        Allies on the flank; none for all of them.
    range : tuple of str
        Ranges in place of the stated ones, as ``name=lo..hi``.
    paying_adds : float
        D: by how much paying raises the belief that an ally is covered, for the game.
    as_of : datetime.date or None
        Use only what had been published by this day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    scenario: str = Field(default="baseline", description="A shipped scenario, or a file's path.")
    country: tuple[str, ...] = Field(
        default=(), max_length=32, description="Allies on the flank; all without it."
    )
    range: tuple[str, ...] = Field(
        default=(), max_length=32, description="Ranges in place of the stated ones, as name=lo..hi."
    )
    paying_adds: float = Field(
        default=0.25, ge=0.0, le=1.0, description="What paying adds to the belief that an ally is covered."
    )
    as_of: date | None = Field(default=None, description="Only what had been published by this day.")


def deter_question(**asked: Any) -> DeterQuestion:
    """Return a question, or say in one sentence what cannot be asked.

    Parameters
    ----------
    **asked
        Fields of :class:`DeterQuestion`.

    Raises
    ------
    InputError
        When a field is unknown or its value cannot be.
    """
    try:
        return DeterQuestion.model_validate(asked)
    except ValidationError as error:
        detail = error.errors()[0]
        name = str(detail["loc"][0]) if detail["loc"] else "the question"
        field = DeterQuestion.model_fields.get(name)
        message = detail["msg"].removeprefix("Value error, ")
        raise InputError(
            f"{detail['input']!r} cannot be used ({message[0].lower()}{message[1:]})",
            where=f"--{name.replace('_', '-')}",
            do=f"give {field.description[0].lower()}{field.description[1:-1]}"
            if field and field.description
            else f"use {', '.join(DeterQuestion.model_fields)}",
        ) from error
