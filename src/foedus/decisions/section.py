"""Questions that a scenario puts to allies in a year: a spending goal, an invitation, a support package."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

from foedus.decisions.find import find_decision
from foedus.decisions.parts import Position, Salience
from foedus.errors import ScenarioError

__all__ = ["KINDS", "Others", "Put", "PutQuestion", "put_questions"]

Kind = Literal["spending_goal", "invitation", "support_package"]
Instrument = Literal["side_payment", "opt_out", "sequence", "defer"]
KINDS: tuple[Kind, ...] = ("spending_goal", "invitation", "support_package")
"""The kinds of questions, in the order of their numbers from 1."""


class Put(NamedTuple):
    """A question as the model is given it.

    Attributes
    ----------
    year : int
        When it is put.
    kind : int
        Its place in :data:`KINDS`, from 1.
    goal : float
        For a spending goal, the share of GDP; else zero.
    position, salience : tuple of float
        For the other kinds, one for each country of the scenario; for a spending goal, empty.
    instruments : tuple of str
        What may be used on holdouts.
    """

    year: int
    kind: int
    goal: float
    position: tuple[float, ...]
    salience: tuple[float, ...]
    instruments: tuple[str, ...]


class Others(BaseModel):
    """Where the allies stand that a decision file does not name.

    Attributes
    ----------
    position, salience : Band
        The middle of each is used.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    position: Position
    salience: Salience


class PutQuestion(BaseModel):
    """One question of a scenario file.

    Attributes
    ----------
    kind : {"spending_goal", "invitation", "support_package"}
        What is asked.
    year : int
        When it is put; one question a year.
    target : float or None
        The share of GDP of a spending goal.
    decision : str or None
        For the other kinds, the decision file that says where allies stand: a shipped name or a path.
    others : Others or None
        Where allies stand that the file does not name.
    instruments : list of str
        What may be used on holdouts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: Kind
    year: int = Field(ge=1949, le=2100)
    target: float | None = Field(default=None, gt=0.0, le=0.2)
    decision: str | None = None
    others: Others | None = None
    instruments: list[Instrument] = Field(default_factory=list)

    @model_validator(mode="after")
    def _is_whole(self) -> PutQuestion:
        goal = self.kind == "spending_goal"
        if goal != (self.target is not None):
            raise ValueError("a spending goal has a target, and no other question has; mend the question")
        if goal == (self.decision is not None):
            raise ValueError(
                "an invitation or a support package names a decision file, and a spending goal does not; "
                "mend the question"
            )
        return self


def put_questions(
    questions: Sequence[PutQuestion], countries: tuple[str, ...], start_year: int, horizon: int, where: str
) -> tuple[Put, ...]:
    """Give the questions of a scenario with every ally's place on them.

    Parameters
    ----------
    questions : sequence of PutQuestion
        Those of the file.
    countries : tuple of str
        The allies, alpha-3 codes.
    start_year, horizon : int
        Questions lie after the first and not after the second.
    where : str
        How the scenario is named in messages.

    Returns
    -------
    tuple of Put
        In the order of their years.

    Raises
    ------
    ScenarioError
        When a question lies outside the years, two share one, or an ally's place is not given.
    """
    years = [q.year for q in questions]
    for year in years:
        if not start_year < year <= horizon:
            raise ScenarioError(
                f"the question of {year} lies outside {start_year + 1} to {horizon}",
                where=where,
                do="move it",
            )
        if years.count(year) > 1:
            raise ScenarioError(f"two questions are put in {year}", where=where, do="put one question a year")
    return tuple(_put(q, countries, where) for q in sorted(questions, key=lambda q: q.year))


def _put(question: PutQuestion, countries: tuple[str, ...], where: str) -> Put:
    """Give one question with every ally's place on it."""
    kind = KINDS.index(question.kind) + 1
    instruments = tuple(question.instruments)
    if question.decision is None:
        return Put(question.year, kind, question.target or 0.0, (), (), instruments)
    file = find_decision(question.decision)
    if file.reversion is None or file.rule not in {"consensus", "unanimity"}:
        raise ScenarioError(
            f"the decision {question.decision!r} is not by consensus",
            where=where,
            do="name a file with a reversion and the rule consensus or unanimity",
        )
    groups = dict(zip(file.names, (g for g in file.members for _ in g.who), strict=True))
    absent = [c for c in countries if c not in groups]
    if absent and question.others is None:
        raise ScenarioError(
            f"the decision {question.decision!r} does not say where {', '.join(absent)} stand",
            where=where,
            do="add `others` with a position and a salience to the question",
        )
    way = file.proposal - file.reversion
    stances = [groups.get(c) or question.others for c in countries]
    position = tuple(100.0 * (s.position.middle - file.reversion) / way for s in stances if s is not None)
    salience = tuple(s.salience.middle for s in stances if s is not None)
    return Put(question.year, kind, 0.0, position, salience, instruments)
