"""What can be asked of reinforcement: one model for the command, the page, the API and Python."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from foedus.forces.fair_shares import Rule
from foedus.questions import Day, Draws, FileName, Names, Question, Seed, Texts, ask
from foedus.reinforcement.parameters import FOLDER

__all__ = [
    "MOST_CASES",
    "ReinforceQuestion",
    "ReinforcementQuestion",
    "counted",
    "number",
    "reinforcement_question",
]

MOST_CASES = 1000
"""Cases of loss that one question may ask for."""


_FACTOR = re.compile(r"[×x]?[ ]?([0-9]{1,6}(?:\.[0-9]{1,6})?)")


def _factor(value: Any) -> Any:
    """Return a factor, with or without a cross before it: ×2, x2, 2."""
    if not isinstance(value, str):
        return value
    match = _FACTOR.fullmatch(value.strip())
    if not match:
        raise ValueError(f"{value!r} is no factor; write ×2, x2 or 2")
    return float(match[1])


def counted(value: Any) -> Any:
    """Return a whole number that an address holds as text."""
    return int(value) if isinstance(value, str) and value.strip().isdecimal() else value


Factor = Annotated[float, BeforeValidator(_factor)]


def number(name: str) -> float:
    """Return the middle value of a number of :mod:`foedus.reinforcement.parameters`."""
    return float(FOLDER.function("moves")[name].value)  # type: ignore[arg-type]  # none is by country


class ReinforcementQuestion(Question):
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

    SUBJECT: ClassVar[str] = "requirement"

    requirement: FileName = Field(
        default="force-model", description="A shipped requirement, or a file's path."
    )
    rule: Rule = Field(default="gdp", description="By what the requirement is shared among allies.")
    exclude: Names = Field(default=(), description="Allies that send nothing.")
    amounts: Texts = Field(
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
    trains: Factor = Field(default=1.0, ge=0.0, le=20.0, description="What trains a day are multiplied by.")
    loads: Annotated[Literal[1, 3], BeforeValidator(counted)] = Field(
        default=1, description="One kind of load, or 3: tracked, wheeled, containers."
    )
    hosts: Literal["equal", "any"] = Field(
        default="equal", description="Whether hosts get equal parts, or any may take all."
    )
    lose: int = Field(default=0, ge=0, le=60, description="How many links, drawn at random, are lost.")
    cases: int = Field(default=100, ge=1, le=MOST_CASES, description="How often lost links are drawn.")
    horizon: int = Field(default=60, ge=5, le=480, description="The last day to begin with.")
    draws: Draws = Field(default=500, le=20_000, description="Draws of throughput.")
    seed: Seed = Field(default=1, description="Of the draws.")
    as_of: Day = Field(default=None, description="Only what had been published by this day.")


class ReinforceQuestion(ReinforcementQuestion):
    """The same, or what has arrived by a day."""

    on_day: int | None = Field(
        default=None, description="Say what has arrived by a day, with permits, levers and what binds."
    )


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
    return ask(ReinforcementQuestion, **asked)
