"""The schema of a scenario file: one question, levers and uncertainties apart, overrides of parameters.

A lever is what members decide, an uncertainty what is believed about the world. They never mix, so a reader
always knows whether a result comes from a decision or from a belief.
"""

from __future__ import annotations

import reprlib
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from foedus.axes import country_code, is_aggregate
from foedus.decisions.section import PutQuestion
from foedus.errors import FoedusError, ScenarioError, UnknownNameError
from foedus.files.lines import Lines, place, read_yaml

__all__ = [
    "HIGHEST_SHARE",
    "LAST_YEAR",
    "Applicant",
    "Levers",
    "Pledge",
    "ScenarioFile",
    "Uncertainties",
    "read_scenario",
]

HIGHEST_SHARE = 0.2
"""The greatest share of GDP that a pledge may name: a larger number was meant in per cent."""

LAST_YEAR = 2100
"""The last year that a scenario may reach."""


class _Part(BaseModel):
    """What every part of a scenario shares: frozen, strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Pledge(_Part):
    """A pledge to spend a share of GDP on defence by a year.

    Attributes
    ----------
    target : float
        The share of GDP, a fraction.
    from_year : int
        Key ``from``: the first year whose budgets follow the pledge.
    deadline : int
        The year by which the target is to be met.
    exceptions : mapping of str to float
        Other targets of single allies, by ISO 3166 alpha-3 code.
    """

    target: float | None = None
    from_year: int | None = Field(default=None, alias="from", ge=1949, le=LAST_YEAR)
    deadline: int | None = Field(default=None, ge=1949, le=LAST_YEAR)
    exceptions: dict[str, float] = Field(default_factory=dict)

    @field_validator("target")
    @classmethod
    def _target_is_fraction(cls, value: float | None) -> float | None:
        return value if value is None else _share(value)

    @field_validator("exceptions")
    @classmethod
    def _exceptions_are_countries(cls, value: dict[str, float]) -> dict[str, float]:
        return {_country(name): _share(share) for name, share in value.items()}

    @model_validator(mode="after")
    def _runs_forward(self) -> Pledge:
        if self.from_year is not None and self.deadline is not None and self.deadline < self.from_year:
            raise ValueError(
                f"the deadline {self.deadline} lies before the first year {self.from_year}; "
                "let the pledge run forward"
            )
        return self


class Levers(_Part):
    """What members decide.

    Attributes
    ----------
    pledge : Pledge
        The pledge on spending.
    announced_plans : bool
        Whether governments follow the shares that they have announced, to the degree that announcements have
        been realised; otherwise the plans are passed over.
    questions : list of PutQuestion
        Questions put to allies, whose adoption is drawn.
    accession : mapping of str to datetime.date
        The day on which the protocol of an applicant's accession is signed, by its ISO 3166 alpha-3 code.
    """

    pledge: Pledge = Field(default_factory=Pledge)
    announced_plans: bool = True
    questions: list[PutQuestion] = Field(default_factory=list, max_length=100)
    accession: dict[str, date] = Field(default_factory=dict)

    @field_validator("accession", mode="before")
    @classmethod
    def _days_are_dates(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {_country(str(name)): _day(day) for name, day in value.items()}


class Applicant(_Part):
    """What is believed of an applicant, whom NATO's tables do not hold.

    Attributes
    ----------
    share_of_gdp : float
        Defence expenditure over GDP in the start year, a fraction.
    military_personnel : float
        Persons.
    """

    share_of_gdp: float = Field(ge=0.0, le=1.0)
    military_personnel: float = Field(ge=0.0, le=1e7)


class Uncertainties(_Part):
    """What is believed about the world.

    Attributes
    ----------
    growth_shift : float
        Added to every country's growth in every projected year, a fraction: -0.01 is one point less.
    compliance : float or None
        How much of the yearly step towards the pledge allies take, 0 to 1; None leaves the estimate. A value
        given here is believed exactly, of every ally: its spread is zero.
    threat_until : int or None
        The last year in which the threat to those who border Russia or Belarus is raised; None: it stays so.
    shock_scale : float
        Multiplies every random term; 0 gives one path without chance.
    applicants : mapping of str to Applicant
        What is believed of each applicant, by its ISO 3166 alpha-3 code.
    holders : list of str
        Allies that hold an accession back, by ISO 3166 alpha-3 code.
    """

    growth_shift: float = Field(default=0.0, ge=-0.2, le=0.2)
    compliance: float | None = Field(default=None, ge=0.0, le=1.0)
    threat_until: int | None = Field(default=None, ge=1949, le=LAST_YEAR)
    shock_scale: float = Field(default=1.0, ge=0.0, le=3.0)
    applicants: dict[str, Applicant] = Field(default_factory=dict)
    holders: list[str] = Field(default_factory=list)

    @field_validator("applicants")
    @classmethod
    def _applicants_are_countries(cls, value: dict[str, Applicant]) -> dict[str, Applicant]:
        return {_country(name): applicant for name, applicant in value.items()}

    @field_validator("holders")
    @classmethod
    def _holders_are_countries(cls, value: list[str]) -> list[str]:
        return [_country(name) for name in value]


class ScenarioFile(_Part):
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
    parameters : mapping of str to float
        Other values of parameters, by ``component.name``, inside each parameter's stated range.
    """

    title: str = Field(min_length=1, max_length=200)
    question: str = Field(min_length=1, max_length=500)
    extends: str | None = None
    horizon: int | None = Field(default=None, ge=1949, le=LAST_YEAR)
    levers: Levers = Field(default_factory=Levers)
    uncertainties: Uncertainties = Field(default_factory=Uncertainties)
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
    def _compliance_is_said_once(self) -> ScenarioFile:
        if self.uncertainties.compliance is not None and "budgets.compliance" in self.parameters:
            raise ValueError(
                "compliance is given both as an uncertainty and as a parameter; keep one of them"
            )
        return self


def _share(value: float) -> float:
    """Hold a share to a fraction between 0 and :data:`HIGHEST_SHARE`."""
    if not 0.0 <= value <= HIGHEST_SHARE:
        hint = f"write {value / 100:g} for {value:g} %" if 0 < value <= 100 * HIGHEST_SHARE else "mend it"
        raise ValueError(f"{value:g} is not a share of GDP between 0 and {HIGHEST_SHARE:g}; {hint}")
    return value


def _day(value: Any) -> date:
    """Read a day that YAML gives as a day or as text."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError as error:
        raise ValueError(f"{value!r} is not a day of the calendar; write it as 2028-07-01") from error


def _country(name: str) -> str:
    """Give the code of a single country."""
    try:
        code = country_code(name)
    except FoedusError as error:
        raise ValueError(str(error)) from error
    if is_aggregate(code):
        raise ValueError(f"{name!r} is an aggregate; name a country")
    return code


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
        found = sorted((_describe(detail, lines, shown) for detail in error.errors()), key=lambda f: f[0])
        raise ScenarioError("\n".join(sentence for _, sentence in found), count=len(found)) from error


def _describe(detail: ErrorDetails, lines: Lines, shown: str) -> tuple[int, str]:
    """Give the line and the sentence of one error that pydantic found."""
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


KEYS: dict[tuple[str, ...], tuple[str, ...]] = {
    (): ("title", "question", "extends", "horizon", "levers", "uncertainties", "parameters"),
    ("levers",): tuple(Levers.model_fields),
    ("levers", "pledge"): ("target", "from", "deadline", "exceptions"),
    ("levers", "questions"): tuple(PutQuestion.model_fields),
    ("uncertainties",): tuple(Uncertainties.model_fields),
}
"""The keys of every part of a scenario file, by the path of the part."""


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
