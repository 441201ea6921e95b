"""A requirement: what a published source says is needed, as a file that anybody can write.

It is asked of nobody in particular: a requirement names a whole, and a rule makes parts of it. Files come
with foedus in ``requirements/`` and are read from a path as well.
"""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from foedus.errors import InputError, ScenarioError, UnknownNameError
from foedus.files.lines import Lines, place, read_yaml
from foedus.files.shipped import locate, shipped_files
from foedus.forces.classes import equipment_classes

__all__ = [
    "Need",
    "Requirement",
    "Who",
    "check_public",
    "find_requirement",
    "read_requirement",
    "shipped_requirements",
]

Who = Literal["allies", "europe", "europe-canada"]
"""Among whom a requirement is shared: all allies, the European ones, or those and Canada."""


class Need(BaseModel):
    """How much of one class is needed.

    Attributes
    ----------
    required : float
        How many.
    existing : float or None
        How many the same source says exist.
    existing_year : int or None
        The year of that.
    within_days : dict of int to float
        Of the required, how many are to be ready within how many days; they add up to it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    required: float = Field(ge=0.0)
    existing: float | None = Field(default=None, ge=0.0)
    existing_year: int | None = None
    within_days: dict[int, float] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _tiers_add_up(self) -> Need:
        if any(days <= 0 or number < 0 for days, number in self.within_days.items()):
            raise ValueError("within_days holds days above zero and numbers that are not negative; mend them")
        total = sum(self.within_days.values())
        if self.within_days and abs(total - self.required) > 1e-9 * max(1.0, self.required):
            raise ValueError(f"within_days adds up to {total:g} and not to {self.required:g}; mend one")
        return self


def _need(value: Any) -> Any:
    """Read a need that is written as one number."""
    return {"required": value} if isinstance(value, (int, float)) and not isinstance(value, bool) else value


class Requirement(BaseModel):
    """What is needed, by class, and who says so.

    Attributes
    ----------
    name : str
        The file's name without its ending.
    title, question : str
        Its name in print, and what is asked.
    label : str
        What every output says beside the title, such as "press report of an unpublished document".
    study : str
        The study in the record of requirement studies, or the writer's own word for the source.
    day : datetime.date or None
        The day on which it was public.
    known : {"retrieved", "press", "announced", "unverified"}
        How the figures are known.
    who : {"allies", "europe", "europe-canada"}
        Among whom it is shared unless a question says otherwise.
    without : tuple of str
        Alpha-3 codes of allies that it does not ask, such as the one whose forces it replaces.
    additional : bool
        Whether the source counts what it asks for on top of what allies hold.
    needs : dict of str to Need
        By class of :func:`foedus.forces.classes.equipment_classes`.
    notes : str
        What a reader must know.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str = ""
    title: str = Field(min_length=1, max_length=200)
    question: str = Field(default="", max_length=1000)
    label: str = Field(default="", max_length=200)
    study: str = Field(default="", max_length=200)
    day: date | None = None
    known: Literal["retrieved", "press", "announced", "unverified"] = "unverified"
    who: Who = "allies"
    without: tuple[str, ...] = ()
    additional: bool = False
    needs: dict[str, Annotated[Need, BeforeValidator(_need)]] = Field(min_length=1)
    notes: str = ""

    @property
    def headed(self) -> str:
        """The title, with the label where there is one."""
        return f"{self.title}, {self.label}" if self.label else self.title

    @property
    def lead(self) -> str:
        """The class that stands for the whole: persons, else the first that is required."""
        return "persons" if "persons" in self.needs else next(iter(self.required()))

    def required(self) -> dict[str, float]:
        """Return how many are required by class, in the order of the classes."""
        return {name: self.needs[name].required for name in equipment_classes() if name in self.needs}


def shipped_requirements() -> Mapping[str, Path]:
    """Return the requirements that come with foedus, by name and in alphabetical order."""
    return shipped_files("requirements")


def find_requirement(name: str) -> Requirement:
    """Find and read a requirement.

    Parameters
    ----------
    name : str
        A shipped file's name, or the path of a file that ends in .yaml or .yml.

    Returns
    -------
    Requirement
        What is needed.

    Raises
    ------
    UnknownNameError
        When there is no requirement of that name, or a class of the file does not exist.
    ScenarioError
        When the file is not there or leaves the schema; the message names the line.
    """
    return read_requirement(*locate("requirement", name))


def read_requirement(path: Path, shown: str) -> Requirement:
    """Read a requirement and hold it against the schema.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    shown : str
        How it is named in messages.

    Returns
    -------
    Requirement
        What is needed.

    Raises
    ------
    UnknownNameError
        When a class does not exist; the message names the line and the nearest class.
    ScenarioError
        When a key is unknown or a value cannot be used; every error is listed with its line.
    """
    content, lines = read_yaml(path, shown)
    needs = content.get("needs")
    known = equipment_classes()
    for name in needs if isinstance(needs, dict) else ():
        if name not in known:
            raise UnknownNameError(
                "class of forces",
                name,
                known,
                where=place(shown, lines.get(("needs", name))),
                do=f"the classes are {', '.join(known)}",
            )
    try:
        return Requirement.model_validate(content | {"name": path.stem})
    except ValidationError as error:
        sentences = sorted(_describe(detail, lines, shown) for detail in error.errors())
        raise ScenarioError("\n".join(text for _, text in sentences), count=len(sentences)) from error


def _describe(detail: ErrorDetails, lines: Lines, shown: str) -> tuple[int, str]:
    """Return the line and the sentence of one error that pydantic found."""
    path = detail["loc"]
    line = next((lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in lines), 1)
    name, where = str(path[-1]) if path else "", place(shown, line)
    if detail["type"] == "extra_forbidden":
        keys = Need.model_fields if path[0] == "needs" else Requirement.model_fields
        listed = [key for key in keys if key != "name"]
        return line, str(UnknownNameError("key", name, listed, where=where, do=f"use {', '.join(listed)}"))
    if detail["type"] == "missing":
        return line, f"{where}: the key {name!r} is missing; every requirement has one."
    message = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "value_error":
        return line, str(ScenarioError(message, where=where))
    said = f"{name} = {reprlib.repr(detail['input'])} cannot be used ({message[0].lower()}{message[1:]})"
    return line, str(ScenarioError(said, where=where, do="mend the value"))


def check_public(need: Requirement, as_of: date | None) -> None:
    """Raise an error where a requirement was not public by a day.

    Parameters
    ----------
    need : Requirement
        What is asked for.
    as_of : datetime.date or None
        The day; without it, nothing is checked.

    Raises
    ------
    InputError
        When the requirement was published later.
    """
    if as_of is not None and need.day is not None and need.day > as_of:
        raise InputError(
            f"{need.title} was public on {need.day}, after {as_of}",
            where="--as-of",
            do="ask as of a later day, or for another requirement",
        )
