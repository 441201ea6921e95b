"""The schema of a scenario file: one question, levers and uncertainties apart, overrides of parameters.

A lever is what members decide, an uncertainty what is believed about the world. They never mix, so a reader
always knows whether a result comes from a decision or from a belief.
"""

from __future__ import annotations

import reprlib
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from foedus.accession import section as accession
from foedus.aid import section as aid
from foedus.decisions import section as decisions
from foedus.errors import FoedusError, ScenarioError, UnknownNameError
from foedus.files.lines import Lines, place, read_yaml
from foedus.files.section import LAST_YEAR, Section
from foedus.forces import lever as forces
from foedus.guarantee import lever as guarantee
from foedus.reinforcement import lever as reinforcement
from foedus.spending import section as spending

__all__ = ["KEYS", "Levers", "ScenarioFile", "Structures", "Uncertainties", "read_scenario"]


class _Chance(Section):
    """What is believed about chance itself."""

    shock_scale: float = Field(default=1.0, ge=0.0, le=3.0)


class Levers(
    guarantee.Levers,
    reinforcement.Levers,
    aid.Levers,
    forces.Levers,
    accession.Levers,
    decisions.Levers,
    spending.Levers,
):
    """What members decide, room by room; the last base's keys come first."""


class Uncertainties(
    aid.Uncertainties,
    forces.Uncertainties,
    accession.Uncertainties,
    decisions.Uncertainties,
    _Chance,
    spending.Uncertainties,
):
    """What is believed about the world, room by room; the last base's keys come first.

    Attributes
    ----------
    shock_scale : float
        Multiplies every random term; 0 gives one path without chance.
    """


class Structures(accession.AccessionForms, spending.BudgetForms):
    """Which form of a component is run, component by component: neither decided nor believed, and never
    averaged."""


class ScenarioFile(Section):
    """One scenario file, before its parent is merged into it.

    Attributes
    ----------
    title, question : str
        The scenario's name in print, and the one question it asks.
    extends : str or None
        The parent's name or path; a parent has none of its own.
    horizon : int or None
        The last year.
    levers : Levers
        What members decide.
    uncertainties : Uncertainties
        What is believed about the world.
    structures : Structures
        Which form of a component is run.
    parameters : mapping of str to float
        Other values of parameters, by ``component.name``, inside each parameter's stated range.
    """

    title: str = Field(min_length=1, max_length=200)
    question: str = Field(min_length=1, max_length=500)
    extends: str | None = None
    horizon: int | None = Field(default=None, ge=1949, le=LAST_YEAR)
    levers: Levers = Field(default_factory=Levers)
    uncertainties: Uncertainties = Field(default_factory=Uncertainties)
    structures: Structures = Field(default_factory=Structures)
    parameters: dict[str, float] = Field(default_factory=dict)

    @field_validator("parameters")
    @classmethod
    def _parameters_exist(cls, value: dict[str, float]) -> dict[str, float]:
        from foedus.scenario.chain import all_parameters

        known = all_parameters()
        for name, number in value.items():
            if name not in known:
                raise ValueError(str(UnknownNameError("parameter", name, known)))
            if known[name].is_table:
                raise ValueError(f"{name} is a table, which one number cannot replace; leave it out")
            if not known[name].admits(number):
                low, high = known[name].range
                raise ValueError(f"{name} = {number:g} leaves the range {low:g} to {high:g}; stay inside it")
        return value

    @model_validator(mode="after")
    def _beliefs_are_said_once(self) -> ScenarioFile:
        spending.check_said_once(self.uncertainties, self.parameters)
        forces.check_beliefs_said_once(self.uncertainties, self.parameters)
        return self


def read_scenario(path: Path, shown: str) -> tuple[ScenarioFile, Lines]:
    """Read a scenario file and hold it against the schema.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    shown : str
        How the file is named in messages.

    Returns
    -------
    ScenarioFile, Lines
        The content, and the line of every key.

    Raises
    ------
    ScenarioError
        When the file is not YAML or leaves the schema; every error is listed with its line.
    """
    content, lines = read_yaml(path, shown)
    try:
        return ScenarioFile.model_validate(content), lines
    except ValidationError as error:
        errors = sorted((_describe(detail, lines, shown) for detail in error.errors()), key=lambda f: f[0])
        raise ScenarioError("\n".join(sentence for _, sentence in errors), count=len(errors)) from error


def _describe(detail: ErrorDetails, lines: Lines, shown: str) -> tuple[int, str]:
    """Return the line and the sentence of one error that pydantic found."""
    path = detail["loc"]
    known = [path[:n] for n in range(len(path), -1, -1) if path[:n] in lines]
    line = lines[known[0]] if known else 1
    name = str(path[-1]) if path else ""
    kind, message = detail["type"], detail["msg"]
    if kind == "extra_forbidden":
        return line, str(_unknown_key(path, place(shown, line)))
    if kind == "missing":
        return line, f"{place(shown, line)}: the key {name!r} is missing; every scenario has one."
    if kind == "value_error":
        return line, str(ScenarioError(message.removeprefix("Value error, "), where=place(shown, line)))
    given = detail["input"]
    said = f"{name} = {reprlib.repr(given)} cannot be used ({message[0].lower()}{message[1:]})"
    return line, str(ScenarioError(said, where=place(shown, line), do="mend the value"))


def _keys(model: type[BaseModel], path: tuple[str, ...] = ()) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the keys of a part of a file and of every part below it that is a model of its own."""
    keys = {path: tuple(entry.alias or name for name, entry in model.model_fields.items())}
    for name, entry in model.model_fields.items():
        inner = [t for t in (entry.annotation, *get_args(entry.annotation)) if isinstance(t, type)]
        for part in inner:
            # A field with a reader of its own, such as a band, is written as a value and not as keys.
            written_as_keys = get_origin(entry.annotation) is not dict and not any(
                isinstance(m, BeforeValidator) for m in entry.metadata
            )
            if issubclass(part, BaseModel) and written_as_keys:
                keys |= _keys(part, (*path, entry.alias or name))
    return keys


KEYS = _keys(ScenarioFile)
"""The keys of every part of a scenario file, by the path of the part, as the models declare them."""


def _unknown_key(path: tuple[Any, ...], where: str) -> FoedusError:
    """Make the error for a key that does not exist: in another part, near another, or unknown."""
    name, part = str(path[-1]), tuple(str(p) for p in path[:-1] if not isinstance(p, int))
    for kind, meaning, other in (
        ("levers", "a lever, which members decide", "uncertainties"),
        ("uncertainties", "an uncertainty, a belief about the world", "levers"),
    ):
        if name in KEYS[(kind,)] and part != (kind,):
            wrong = f", not one of the {other}" if part == (other,) else ""
            return ScenarioError(f"{name!r} is {meaning}{wrong}", where=where, do=f"move it under `{kind}`")
    keys = KEYS.get(part, ())
    return UnknownNameError("key", name, keys, where=where, do=f"the keys here are {', '.join(keys)}")
