"""The section of decisions: questions that a scenario puts to allies in a year.

A spending goal, an invitation or a support package; whether it is adopted is drawn, not assumed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from foedus.decisions.find import find_decision
from foedus.decisions.models.resolve import offer
from foedus.decisions.parts import Position, Salience
from foedus.engine.arrays import ByCountry
from foedus.engine.component import declared_names
from foedus.engine.section import ResolvedSection, ScenarioParameters
from foedus.errors import ScenarioError
from foedus.files.section import Section, lever, remark
from foedus.parameters import Provenance
from foedus.parameters.provenance import by_convention, set_by_scenario

__all__ = [
    "KINDS",
    "Inputs",
    "Levers",
    "Others",
    "Put",
    "PutQuestion",
    "QuestionSummary",
    "Resolved",
    "Start",
    "Uncertainties",
    "put_questions",
]

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


class Levers(Section):
    """What members decide together.

    Attributes
    ----------
    questions : list of PutQuestion
        Questions put to allies, whose adoption is drawn.
    """

    questions: list[PutQuestion] = Field(default_factory=list, max_length=100)


class Uncertainties(Section):
    """Nothing is believed of decisions besides their parameters."""


@dataclass(frozen=True)
class Inputs:
    """What decisions hand to the chain in one year; zeros where nothing is put to allies.

    Attributes
    ----------
    question_kind : float
        What is put to allies in the year: 0 nothing, 1 a new spending goal, 2 an invitation, 3 a support
        package.
    question_goal_share_of_gdp : float
        The new goal, a fraction.
    question_position : ndarray, (country,)
        Where allies stand on an invitation or a package, 0 to 100.
    question_salience : ndarray, (country,)
        How much they care, a fraction; also on a goal, unless it is left to the component.
    question_release_few_share, question_release_many_share : float
        Probability that the best instrument allowed wins over a holdout at the reference, where few object
        and where many do.
    question_further_few_share, question_further_many_share : float
        The share of its failures that the other instruments save.
    """

    question_kind: float
    question_goal_share_of_gdp: float
    question_position: ByCountry
    question_salience: ByCountry
    question_release_few_share: float
    question_release_many_share: float
    question_further_few_share: float
    question_further_many_share: float


@dataclass(frozen=True)
class Start:
    """The last year before the first step: nothing has been decided beyond the pledge.

    Attributes
    ----------
    agreed_target_share_of_gdp : float
        What allies agreed beyond the scenario's pledge before the first year.
    invitations_agreed_count, support_packages_agreed_count : float
        Decisions before the first year.
    """

    agreed_target_share_of_gdp: float
    invitations_agreed_count: float
    support_packages_agreed_count: float


@dataclass(frozen=True)
class QuestionSummary:
    """A question put to allies, and what a run came to.

    Attributes
    ----------
    year : int
        When it is put.
    kind : str
        One of :data:`KINDS`.
    goal : float
        The share of GDP of a spending goal, else zero.
    adopted : float
        The share of draws that adopted it.
    """

    year: int
    kind: Kind
    goal: float
    adopted: float


ADOPTED = "question_is_adopted"

WORK_ON_MANY = {"sequence", "defer"}
"""The instruments that work on however many holdouts there are."""


@dataclass(frozen=True)
class Resolved(ResolvedSection):
    """The questions of a scenario, with every ally's position on them.

    Attributes
    ----------
    countries : tuple of str
        Alpha-3 codes.
    questions : tuple of Put
        In the order of their years, one a year.
    provenance : tuple of Provenance
        Where each starting value and each input is from.
    """

    countries: tuple[str, ...] = remark()
    questions: tuple[Put, ...] = lever()
    provenance: tuple[Provenance, ...] = remark(default=())

    @classmethod
    def neutral(cls, countries: tuple[str, ...]) -> Resolved:
        """Return the section of a scenario that puts nothing to allies."""
        return cls(countries, ())

    @classmethod
    def read_value(cls, name: str, value: Any) -> Any:
        """Return questions as they were, read from plain values."""
        if name == "questions":
            return tuple(Put(*q) for q in value)
        return super().read_value(name, value)

    @classmethod
    def of(cls, countries: tuple[str, ...], questions: tuple[Put, ...]) -> Resolved:
        """Return the section of a scenario that puts questions, with where each input is from."""
        return cls(countries, questions, provenance=_provenance() if questions else ())

    def start(self) -> Start:
        """Return that nothing was decided before the first year."""
        return Start(0.0, 0.0, 0.0)

    def inputs(self, year: int, parameters: ScenarioParameters) -> Inputs:
        """Return what is put to allies in a year."""
        zeros = np.zeros(len(self.countries))
        put = next((q for q in self.questions if q.year == year), None)
        if put is None:
            return Inputs(0.0, 0.0, zeros, zeros, 0.0, 0.0, 0.0, 0.0)
        values = {i: parameters[f"decisions.{i}_odds"].value for i in put.instruments}
        chances = {i: float(v) for i, v in values.items() if not isinstance(v, tuple)}
        further = parameters["decisions.further_instrument_share"].value
        share = 0.0 if isinstance(further, tuple) else float(further)
        many = tuple(p for i, p in chances.items() if i in WORK_ON_MANY)
        return Inputs(
            question_kind=float(put.kind),
            question_goal_share_of_gdp=put.goal,
            question_position=self.by_country(put.position) if put.position else zeros,
            question_salience=self.by_country(put.salience) if put.position else zeros,
            question_release_few_share=max(chances.values(), default=0.0),
            question_release_many_share=max(many, default=0.0),
            question_further_few_share=offer(tuple(chances.values()), share).further,
            question_further_many_share=offer(many, share).further,
        )

    def idle_components(self) -> frozenset[str]:
        """Return what plays no part: without a question, none of the components of decisions."""
        return frozenset({"outcomes"} if self.questions else {"outcomes", "positions", "decisions"})

    def counted(self) -> tuple[str, ...]:
        """Return whether the year's question is adopted, where questions are put."""
        return (ADOPTED,) if self.questions else ()

    def question_summaries(
        self, counts: Mapping[str, Mapping[int, int]], draws: int
    ) -> tuple[QuestionSummary, ...]:
        """Return the questions, each with the share of draws that adopted it."""
        adopted = counts.get(ADOPTED, {})
        return tuple(
            QuestionSummary(q.year, KINDS[q.kind - 1], q.goal, adopted.get(q.year, 0) / draws)
            for q in self.questions
        )


def _provenance() -> tuple[Provenance, ...]:
    """Return where the starting values and the inputs of a scenario with questions are from."""
    return (
        *by_convention(*declared_names(Start), how="nothing was decided before the first year"),
        *set_by_scenario(*declared_names(Inputs), how="levers.questions of the scenario"),
    )


def put_questions(
    questions: Sequence[PutQuestion], countries: tuple[str, ...], start_year: int, horizon: int, where: str
) -> tuple[Put, ...]:
    """Return the questions of a scenario with every ally's place on them.

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
    """Return one question with every ally's place on it."""
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
