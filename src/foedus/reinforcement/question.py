"""What can be asked of reinforcement: one model for the command, the page, the API and Python."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from foedus.errors import InputError
from foedus.forces.fair_shares import Rule
from foedus.reinforcement.parameters import FOLDER

__all__ = ["MOST_CASES", "ReinforcementQuestion", "number", "reinforcement_question"]

MOST_CASES = 1000
"""Cases of loss that one question may ask for."""


def number(name: str) -> float:
    """Return the middle value of a number of :mod:`foedus.reinforcement.parameters`."""
    return float(FOLDER.function("moves")[name].value)  # type: ignore[arg-type]  # none is by country


class ReinforcementQuestion(BaseModel):
    """A question about how fast help arrives; every field has a default, so that nothing asked is a question.

    Attributes
    ----------
    requirement : str
        A shipped requirement's name, or the path of a file.
    rule : {"gdp", "population", "spending", "mix"}
        By what it is shared among allies.
    exclude : tuple of str
        Allies that send nothing.
    amounts : tuple of str
        Pieces by ally as ``ALLY=PIECES`` or ``ALLY=PIECES@DAY``, in place of a requirement.
    within : int
        The requirement's tiers that are ready within so many days.
    readiness_days : float
        By how many days every tier is late.
    permit_days : float
        Days from the alert until a force may cross its first border.
    trains : float
        What the trains a day are multiplied by.
    loads : {1, 3}
        Kinds of load: one, or tracked, wheeled and containers.
    hosts : {"equal", "any"}
        Whether hosts are to get equal parts, or any host may take all.
    lose : int
        How many links, drawn at random, are lost before the first day.
    cases : int
        How often they are drawn.
    horizon : int
        The last day to begin with.
    draws, seed : int
        Of the draws of throughput.
    as_of : datetime.date or None
        Use only what had been published by this day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    requirement: str = Field(default="force-model", description="A shipped requirement, or a file's path.")
    rule: Rule = Field(default="gdp", description="By what the requirement is shared among allies.")
    exclude: tuple[str, ...] = Field(default=(), description="Allies that send nothing.")
    amounts: tuple[str, ...] = Field(
        default=(), description="Pieces by ally as ALLY=PIECES or ALLY=PIECES@DAY, in place of a requirement."
    )
    within: int = Field(
        default=30, ge=1, le=3650, description="Only the tiers that are ready within so many days."
    )
    readiness_days: float = Field(default=0.0, ge=0.0, le=365.0, description="Days that tiers are late.")
    permit_days: float = Field(
        default_factory=lambda: number("permit_days"),
        ge=0.0,
        le=365.0,
        description="Days from the alert until a force may cross its first border.",
    )
    trains: float = Field(default=1.0, ge=0.0, le=20.0, description="What trains a day are multiplied by.")
    loads: Literal[1, 3] = Field(
        default=1, description="One kind of load, or 3: tracked, wheeled, containers."
    )
    hosts: Literal["equal", "any"] = Field(
        default="equal", description="Whether hosts get equal parts, or any may take all."
    )
    lose: int = Field(default=0, ge=0, le=60, description="How many links, drawn at random, are lost.")
    cases: int = Field(default=100, ge=1, le=MOST_CASES, description="How often lost links are drawn.")
    horizon: int = Field(default=60, ge=5, le=480, description="The last day to begin with.")
    draws: int = Field(default=500, ge=1, le=20_000, description="Draws of throughput.")
    seed: int = Field(default=1, ge=0, description="Of the draws.")
    as_of: date | None = Field(default=None, description="Only what had been published by this day.")


def reinforcement_question(**asked: Any) -> ReinforcementQuestion:
    """Return a question, or say in one sentence what cannot be asked.

    Parameters
    ----------
    **asked
        Fields of :class:`ReinforcementQuestion`.

    Raises
    ------
    InputError
        When a field is unknown or its value cannot be.
    """
    try:
        return ReinforcementQuestion.model_validate(asked)
    except ValidationError as error:
        detail = error.errors()[0]
        name = str(detail["loc"][0]) if detail["loc"] else "the question"
        message = detail["msg"].removeprefix("Value error, ")
        raise InputError(
            f"{detail['input']!r} cannot be used ({message[0].lower()}{message[1:]})",
            where=f"--{name.replace('_', '-')}",
            do=_remedy(name),
        ) from error


def _remedy(name: str) -> str:
    """Return what to write instead."""
    if name == "permit_days":
        return "give days of nought or more, such as 45, 3, 2 or 0.25"
    field = ReinforcementQuestion.model_fields.get(name)
    return (
        f"give {field.description[0].lower()}{field.description[1:-1]}"
        if field and field.description
        else (f"use {', '.join(ReinforcementQuestion.model_fields)}")
    )
