"""The schema of a decision file: one question put to members, where they stand, and what a broker may use.

Positions lie on the question's own scale, 0 to 100, whose ends the file describes in words. Salience is a
fraction. A position, a salience or an influence is one number, or a band of two within which it is drawn.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import (
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from foedus.axes import country_code, is_aggregate
from foedus.decisions.bands import ValueBand
from foedus.decisions.kinds import instruments_open_to
from foedus.decisions.parts import (
    MOST_MEMBERS,
    FilePart,
    Influence,
    Instrument,
    Issue,
    IssueStance,
    Members,
    Point,
    QuestionKind,
    Record,
    Rule,
    Scale,
    Venue,
)
from foedus.errors import FoedusError, ScenarioError, UnknownNameError
from foedus.files.lines import Lines, place, read_yaml

__all__ = [
    "DecisionFile",
    "Issue",
    "Members",
    "Record",
    "Rule",
    "ValueBand",
    "Venue",
    "member_name",
    "read_decision",
]


class DecisionFile(FilePart):
    """One decision file.

    Attributes
    ----------
    title, question : str
        Its name in print, and what is asked.
    scale : Scale
        What 0 and 100 mean.
    reversion : float or None
        What holds without a decision; consensus and unanimity need it.
    proposal : float
        What is tabled.
    kind : {"text", "person", "invitation", "operation", "money"} or None
        What the question is about, from which the instruments open to the broker follow.
    opened, by, deadline : datetime.date or None
        When the question was put; the day by which the chance is asked for, without which it is for ever; and
        the summit or meeting for which it is tabled.
    adopted_from : float or None
        The draft nearest to the reversion that still answers the question; without it the proposal, or half
        way where dilution is allowed.
    hypothetical : bool
        Whether nobody has put the question: its chance is then an "if", and no forecast.
    rule : str
        How members decide.
    quota : float or None
        Under a qualified majority, the share of votes needed.
    members : tuple of Members
        Where members stand.
    influence : dict of str to ValueBand
        What single members weigh, over what their group says.
    blocs : dict of str to tuple of str
        Members whose readiness to object goes together.
    broker : str
        Who seeks the agreement.
    instruments : tuple of str
        What the broker may use, as the file lists it; without a list, what is open to questions of its kind.
        A list narrows that: what is used is in :attr:`allowed`.
    venue : Venue or None
        Where else the question can be decided.
    issues : tuple of Issue
        Further issues for packages.
    sources : tuple of str
        Where the file's facts come from.
    notes : str
        What a reader must know about the coding.
    record : Record or None
        What happened.
    """

    title: str = Field(min_length=1, max_length=200)
    question: str = Field(min_length=1, max_length=1000)
    scale: Scale
    reversion: Point | None = None
    proposal: Point = 100.0
    adopted_from: Point | None = None
    kind: QuestionKind | None = None
    opened: date | None = None
    by: date | None = None
    deadline: date | None = None
    hypothetical: bool = False
    rule: Rule = "consensus"
    quota: float | None = Field(default=None, gt=0.0, le=1.0)
    members: tuple[Members, ...] = Field(min_length=1)
    influence: dict[str, Influence] = Field(default_factory=dict)
    blocs: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    broker: str = ""
    instruments: tuple[Instrument, ...] = ()
    venue: Venue | None = None
    issues: tuple[Issue, ...] = Field(default=(), max_length=20)
    sources: tuple[str, ...] = ()
    notes: str = ""
    record: Record | None = None

    @model_validator(mode="before")
    @classmethod
    def _kind_opens_instruments(cls, content: Any) -> Any:
        """Fill in the instruments of a question's kind where the file lists none."""
        if not isinstance(content, dict) or content.get("kind") is None or "instruments" in content:
            return content
        opened = instruments_open_to(
            str(content["kind"]),
            rule=str(content.get("rule", "consensus")),
            has_venue=content.get("venue") is not None,
        )
        return content | {"instruments": list(opened)}

    @model_validator(mode="after")
    def _members_are_distinct(self) -> DecisionFile:
        names = self.names
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} stands twice among the members; name each once")
        if len(names) < 2:
            raise ValueError("one member decides alone; give at least two members")
        if len(names) > MOST_MEMBERS:
            raise ValueError(f"{len(names)} members are more than {MOST_MEMBERS}; group them")
        if all(m.salience.high == 0.0 for m in self.members):
            raise ValueError("the salience of every member is zero; give those that care a salience above it")
        weighs = [self.influence_of(n, m) for m in self.members for n in map(member_name, m.who)]
        if all(band.high == 0.0 for band in weighs):
            raise ValueError("the influence of every member is zero; give at least one an influence above it")
        return self

    @model_validator(mode="after")
    def _names_are_members(self) -> DecisionFile:
        known = set(self.names)
        groups = {
            "influence": tuple(self.influence),
            **{f"the bloc {bloc}": members for bloc, members in self.blocs.items()},
            "the venue": self.venue.without if self.venue else (),
            **{f"the issue {i.name}": tuple(n for s in i.members for n in s.who) for i in self.issues},
        }
        for where, members in groups.items():
            names = [member_name(name) for name in members]
            strange = [name for name in names if name not in known]
            if strange:
                raise ValueError(
                    f"{where} names {', '.join(strange)}, not among the members; add or mend the name"
                )
            if len(set(names)) < len(names):
                raise ValueError(f"{where} names a member twice; name each once")
        in_blocs = [member_name(n) for members in self.blocs.values() for n in members]
        if len(set(in_blocs)) < len(in_blocs):
            raise ValueError("a member stands in two blocs; keep it in one")
        return self

    @model_validator(mode="after")
    def _rule_is_whole(self) -> DecisionFile:
        if self.rule in {"consensus", "unanimity"} and self.reversion is None:
            raise ValueError(
                f"the reversion is missing; under {self.rule} say what holds when nothing is decided"
            )
        if (self.quota is not None) != (self.rule == "qualified_majority"):
            what = "qualified_majority needs a quota" if self.quota is None else f"{self.rule} has no quota"
            raise ValueError(f"{what}; give it with qualified_majority and only there")
        if self.rule not in {"qualified_majority", "majority"} and any(
            m.weight is not None for m in self.members
        ):
            raise ValueError(f"votes do not count under {self.rule}; leave the weights out")
        if ("change_of_venue" in self.instruments) != (self.venue is not None):
            raise ValueError("a change of venue and a venue go together; give both or neither")
        if self.rule == "unanimity" and {"change_of_venue", "prerogative"} & set(self.instruments):
            raise ValueError(
                "where each must say yes nobody can be gone round; leave out venue and prerogative"
            )
        return self

    @model_validator(mode="after")
    def _days_are_in_order(self) -> DecisionFile:
        start = self.opening
        for name, day in (("by", self.by), ("deadline", self.deadline)):
            if start is not None and day is not None and day < start:
                raise ValueError(
                    f"{name} {day} lies before {start}, when the question was opened; mend the days"
                )
        return self

    @model_validator(mode="after")
    def _drafts_are_in_order(self) -> DecisionFile:
        if self.reversion is None:
            return self
        if self.proposal == self.reversion:
            raise ValueError("the proposal is the reversion; there is nothing to decide")
        least = self.adopted_from
        if least is not None and not min(self.reversion, self.proposal) <= least <= max(
            self.reversion, self.proposal
        ):
            raise ValueError(
                f"adopted_from {least:g} does not lie between the reversion and the proposal; mend it"
            )
        if least is not None and least == self.reversion:
            raise ValueError("adopted_from is the reversion itself; choose a draft that changes something")
        return self

    @property
    def names(self) -> list[str]:
        """Every member's name, in the order of the file; countries by their alpha-3 code."""
        return [member_name(name) for group in self.members for name in group.who]

    def influence_of(self, name: str, group: Members) -> ValueBand:
        """Return a member's influence: its own, its group's, or one.

        Parameters
        ----------
        name : str
            The member, as :attr:`names` gives it.
        group : Members
            Its group.

        Returns
        -------
        ValueBand
            In any one unit.
        """
        own = {member_name(key): band for key, band in self.influence.items()}
        return own.get(name) or group.influence or ValueBand(low=1.0, high=1.0)

    @property
    def opening(self) -> date | None:
        """The day on which the question was put, where the file says."""
        return self.opened if self.opened is not None or self.record is None else self.record.opened

    @property
    def allowed(self) -> tuple[str, ...]:
        """What the broker may use: the instruments listed, as far as they are open to the question's kind."""
        if self.kind is None:
            return self.instruments
        opened = instruments_open_to(self.kind, rule=self.rule, has_venue=self.venue is not None)
        return tuple(name for name in self.instruments if name in opened)

    @property
    def is_indivisible(self) -> bool:
        """Whether nothing less than the proposal answers the question, as with a person or an invitation."""
        whole = self.kind in {"person", "invitation"} or self.adopted_from is not None
        return whole and self.least == self.proposal

    @property
    def least(self) -> float:
        """The draft nearest to the reversion that still answers the question."""
        if self.adopted_from is not None:
            return self.adopted_from
        if "dilute" in self.allowed and self.reversion is not None:
            return (self.reversion + self.proposal) / 2.0
        return self.proposal


@lru_cache(maxsize=4096)
def member_name(name: str) -> str:
    """Return a member's one name: a country's alpha-3 code, or the name as it is."""
    try:
        code = country_code(name)
    except FoedusError:
        return name.strip()
    return name.strip() if is_aggregate(code) else code


def read_decision(path: Path, shown: str) -> DecisionFile:
    """Read a decision file and hold it against the schema.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    shown : str
        How the file is named in messages.

    Returns
    -------
    DecisionFile
        The question and the members.

    Raises
    ------
    ScenarioError
        When the file is not YAML or leaves the schema; the message names each error with its line.
    """
    content, lines = read_yaml(path, shown)
    return decision_from(content, shown, lines)


def decision_from(content: dict[str, Any], shown: str, lines: Lines | None = None) -> DecisionFile:
    """Check a decision given as plain values against the schema.

    Parameters
    ----------
    content : dict
        The keys of a decision file.
    shown : str
        How it is named in messages.
    lines : Lines, optional
        The line of every key.

    Returns
    -------
    DecisionFile
        The question and the members.

    Raises
    ------
    ScenarioError
        When it leaves the schema.
    """
    try:
        return DecisionFile.model_validate(content)
    except ValidationError as error:
        described = sorted(_describe(detail, lines or {}, shown) for detail in error.errors())
        sentences = list(dict.fromkeys(sentence for _, sentence in described))
        raise ScenarioError("\n".join(sentences), count=len(sentences)) from error


def _describe(detail: ErrorDetails, lines: Lines, shown: str) -> tuple[int, str]:
    """Return the line and the sentence of one error that pydantic found."""
    path = detail["loc"]
    known = next((path[:n] for n in range(len(path), -1, -1) if path[:n] in lines), None)
    line = lines[known] if known is not None else None
    where, name = place(shown, line if path else None), str(path[-1]) if path else ""
    if detail["type"] == "extra_forbidden":
        keys = _keys(path[:-1])
        return line or 0, str(
            UnknownNameError("key", name, keys, where=where, do=f"the keys here are {', '.join(keys)}")
        )
    if detail["type"] == "missing":
        return line or 0, f"{where}: the key {name!r} is missing; add it."
    message = detail["msg"].removeprefix("Value error, ").rstrip(".")
    if detail["type"] == "value_error":
        return line or 0, f"{where}: {message}."
    said = message[0].lower() + message[1:]
    return (
        line or 0,
        f"{where}: {name} = {str(detail['input'])[:60]!r} cannot be used ({said}); mend the value.",
    )


def _keys(path: tuple[Any, ...]) -> list[str]:
    """Return the keys of the part of a file at a path."""
    part: Any = DecisionFile
    inner = {"members": Members, "scale": Scale, "venue": Venue, "issues": Issue, "record": Record}
    for step in path:
        if part is Issue and step == "members":
            part = IssueStance
        elif isinstance(step, str) and step in inner:
            part = inner[step]
    return list(part.model_fields)
