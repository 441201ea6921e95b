"""What can be asked of a decision: one model for the command, the web API, the form and Python."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from foedus.decisions.rules import RULE_WORDS, kind_of, rule_of
from foedus.errors import InputError
from foedus.questions import AnyDay, Draws, FileName, Names, Question, Seed, Texts, read_names

__all__ = ["DecideQuestion", "SheetQuestion"]

FEWEST_DRAWS = 100
"""Draws below which a share of them says nothing: its standard error is five points at even odds."""


def _ruled(value: Any) -> Any:
    """Return the rule that a name stands for."""
    return _named(value, rule_of, "rule")


def _kind(value: Any) -> Any:
    """Return the kind of question that a name stands for."""
    return _named(value, kind_of, "kind")


def _named(value: Any, read: Any, where: str) -> Any:
    """Return what a name stands for; another than the known ones is refused in the question's words."""
    if not isinstance(value, str):
        return value
    try:
        return read(value, where)
    except InputError as error:
        raise ValueError(f"{error.what}; {error.do}") from error


def _enough(draws: int) -> int:
    """Return the number of draws, refusing one that says nothing."""
    if draws < FEWEST_DRAWS:
        raise ValueError(f"{draws} draws say nothing; give {FEWEST_DRAWS} or more")
    return draws


def _instruments(value: Any) -> Any:
    """Return the names of instruments; an empty text allows none."""
    return ("none",) if isinstance(value, str) and not value.strip() else read_names(value)


Instruments = Annotated[
    tuple[str, ...],
    BeforeValidator(_instruments),
    WithJsonSchema({"type": "array", "items": {"type": "string"}}),
]
RuleName = Annotated[
    str | None,
    BeforeValidator(_ruled),
    WithJsonSchema({"anyOf": [{"enum": sorted(set(RULE_WORDS.values()))}, {"type": "null"}]}),
]
KindName = Annotated[str | None, BeforeValidator(_kind)]


class DecideQuestion(Question):
    """What can pass, who objects, and what a broker can offer."""

    SUBJECT: ClassVar[str] = "file"

    file: FileName | None = Field(
        default=None,
        description="A shipped decision's name, the path of a .yaml file, or a spreadsheet of positions "
        "(.csv, .tsv): a row an actor with the columns actor, position, salience, influence and, where there "
        "are any, weight, issue, reversion, outcome, accepts_low, accepts_high, rule, group.",
    )
    draws: Annotated[Draws, AfterValidator(_enough)] = Field(
        default=10_000,
        description="How many draws, 100 to 1,000,000.",
        json_schema_extra={"minimum": FEWEST_DRAWS},
    )
    seed: Seed = Field(
        default=1, description="Seed of the random draws; the same seed gives the same numbers."
    )
    issue: str | None = Field(default=None, description="The question, asked without a file.")
    member: Texts = Field(
        default=(),
        description="With an issue, members as NAMES=POSITION,SALIENCE[,INFLUENCE], for example "
        "HUN+SVK=10,high,5 or USA=80-100,0.9,100; once for each group.",
    )
    reversion: float | None = Field(
        default=None,
        description="With an issue, what holds without a decision, 0 unless given; with a spreadsheet of one "
        "issue without a reversion, in its own numbers.",
    )
    proposal: float | None = Field(
        default=None,
        description="With an issue, what is tabled, 100 unless given; with a spreadsheet of one issue, in "
        "its own numbers, the influence × salience mean unless given.",
    )
    rule: RuleName = Field(
        default=None,
        description="With an issue or a spreadsheet: consensus (the usual one), unanimity, "
        "qualified_majority (with a quota) or majority.",
    )
    quota: float | None = Field(
        default=None, description="Under a qualified majority, the share of votes needed, as 0.7."
    )
    kind: KindName = Field(
        default=None,
        description="With an issue or a spreadsheet of one issue: text, person, invitation, operation or "
        "money.",
    )
    allow: Instruments = Field(
        default=(),
        description="The instruments allowed, separated by commas, or none; else those of the kind or of the "
        "file, which they can only narrow.",
    )
    by: AnyDay = Field(default=None, description="The day by which the chance is asked for; else ever.")
    suppose: Names = Field(
        default=(),
        description="Members that are supposed to agree, separated by commas: they accept every draft, and "
        "all other positions stay.",
    )
    against: Names = Field(
        default=(), description="With an issue, allies that are against it; all not named are for it."
    )
    unsure: Names = Field(default=(), description="With an issue, allies that are unsure.")

    @property
    def instruments(self) -> tuple[str, ...] | None:
        """The instruments allowed, or None where all that are open to the question are."""
        return tuple(name for name in self.allow if name != "none") if self.allow else None


class SheetQuestion(DecideQuestion):
    """The same where a spreadsheet can be read, which a server does not."""

    group: str | None = Field(
        default=None,
        description="With a spreadsheet, the heading of the column by which issues belong together; "
        "intervals of scores resample whole groups.",
    )
    scale: str | None = Field(
        default=None,
        description="With a spreadsheet, the ends of the scale of positions, for example 1,10.",
    )
