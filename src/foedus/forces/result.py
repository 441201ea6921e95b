"""A requirement shared out, as every face prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.forces.fair_shares import RULE_WORDS
from foedus.forces.words import NOBODY_ASKED, WHO_WORDS, about, capital, counted, whose
from foedus.results import Answer, Result
from foedus.tables import Table

if TYPE_CHECKING:
    from foedus.forces.fair_shares import Rule
    from foedus.forces.requirement import Requirement, Who
    from foedus.forces.statements import NationalStatement
    from foedus.plotting.chart import Chart

__all__ = ["AllyPart", "Apportionment", "Binding", "ByRule", "Said"]


@dataclass(frozen=True)
class AllyPart:
    """One ally's part.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    share : float
        Its fair share of the whole by the rule, a fraction.
    money, fair_money : float
        The price of its part and its fair share of the price of the whole, US dollars.
    parts : mapping of str to float
        How many by class.
    """

    country: str
    name: str
    share: float
    money: float
    fair_money: float
    parts: Mapping[str, float]


@dataclass(frozen=True)
class Binding:
    """A bound that holds an ally below what its fair share says.

    Attributes
    ----------
    country, name, equipment : str
        Who, and of which class.
    kind : {"cap", "bound"}
        The cap, or a bound of its own.
    part, fair : float
        What it has, and what its fair share among those that can hold the class would be.
    worth : float
        By how many US dollars the money that others bear than fair shares say falls with one more of it;
        zero for what is counted beside the axis of equipment.
    """

    country: str
    name: str
    equipment: str
    kind: str
    part: float
    fair: float
    worth: float


@dataclass(frozen=True)
class ByRule:
    """The parts of the class that leads a requirement, under one rule.

    Attributes
    ----------
    rule : {"gdp", "population", "spending", "mix"}
        By what.
    equipment : str
        The class.
    parts : mapping of str to float
        By ally, before whole units.
    editions : tuple of str
        The editions that answered.
    """

    rule: Rule
    equipment: str
    parts: Mapping[str, float]
    editions: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A statement on forces to come, and the parts that the rules give.

    Attributes
    ----------
    statement : NationalStatement
        What was said.
    parts : mapping of str to float
        By rule.
    """

    statement: NationalStatement
    parts: Mapping[str, float]

    def off(self, rule: str) -> float:
        """Return how far the part by a rule is from the middle of what was said, a fraction."""
        return self.parts[rule] / self.statement.middle - 1.0


@dataclass(frozen=True)
class Apportionment(Result):
    """A requirement shared among allies by a rule.

    Attributes
    ----------
    requirement : Requirement
        What is needed, by whom it is said.
    rule, who : str
        By what, and among whom.
    cap : float
        The greatest part of any class that one ally may have.
    year : int
        The year of GDP, population and spending.
    rows : tuple of AllyPart
        By ally, the largest fair share first.
    money, money_assumed : float
        The price of the whole in US dollars, and how much of it rests on assumed prices.
    unfairness, least_unfairness : float or None
        The part of that money which others bear than fair shares say: of these parts, and the least that the
        bounds allow; None where nothing on the axis of equipment is required.
    binding : tuple of Binding
        The bounds that hold an ally below its fair share.
    by_rule : tuple of ByRule
        The leading class under every rule.
    said : tuple of Said
        What has been said, held against the rules.
    editions, cards : tuple of str
        The editions and records that answered.
    notes : tuple of str
        What the reader must know.
    """

    requirement: Requirement
    rule: Rule
    who: Who
    cap: float
    year: int
    rows: tuple[AllyPart, ...]
    money: float
    money_assumed: float
    unfairness: float | None
    least_unfairness: float | None
    binding: tuple[Binding, ...]
    by_rule: tuple[ByRule, ...]
    said: tuple[Said, ...]
    editions: tuple[str, ...]
    cards: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the requirement, in their order."""
        return tuple(self.requirement.required())

    @property
    def lead(self) -> str:
        """The class that stands for the whole."""
        return self.requirement.lead

    def spread(self, country: str) -> tuple[float, float]:
        """Return the least and the greatest part of the leading class that any rule gives an ally."""
        values = [row.parts[country] for row in self.by_rule]
        return min(values), max(values)

    def headline(self) -> str:
        """Return the largest part, and what other rules make of it."""
        return f"{self.answer().sentence()} {NOBODY_ASKED}"

    def answer(self, country: str | None = None) -> Answer:
        """Return one ally's part of the leading class, and what other rules make of it.

        Parameters
        ----------
        country : str, optional
            Alpha-3 code; without it, the ally with the largest fair share.

        Returns
        -------
        Answer
            With the label of the requirement where it has one.
        """
        row = next((r for r in self.rows if r.country == country), self.rows[0])
        lead, required = self.lead, self.requirement.required()[self.lead]
        number = about(row.parts[lead], lead)
        others = self._by_others(row.country)
        label = f" By a {self.requirement.label}." if self.requirement.label else ""
        return Answer(
            number=number,
            unit=f"of {counted(required, lead)}",
            claim=f"is {whose(row.name)} part if {len(self.rows)} {WHO_WORDS[self.who]} share them by "
            f"{RULE_WORDS[self.rule]}{others}.{label}",
            beside=(NOBODY_ASKED, "It divides a published figure by a rule that the reader chooses."),
            title=f"{capital(whose(row.name))} part of “{self.requirement.headed}”: {number}",
        )

    def _by_others(self, country: str) -> str:
        """Return what the rules that were not chosen make of an ally's part."""
        values = [row.parts[country] for row in self.by_rule if row.rule != self.rule]
        if not values:
            return ""
        low, high = about(min(values), self.lead), about(max(values), self.lead)
        return f"; {low} by other rules" if low == high else f"; {low} to {high} by other rules"

    def tables(self) -> tuple[Table, ...]:
        """Return the parts by ally, the rules side by side, what binds, and what has been said."""
        from foedus.forces import tables

        return tables.apportionment_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs."""
        content = super().payload()
        content["headline"] = self.headline()
        content["label"] = self.requirement.label
        content["said"] = [
            # Without the address: newspapers write there what nobody outside can know.
            {k: v for k, v in vars(s.statement).items() if k != "url"}
            | {"parts": s.parts, "off": {rule: s.off(rule) for rule in s.parts}}
            for s in self.said
        ]
        return content

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.forces import charts

        return {"rules": charts.rules_chart, "classes": charts.classes_chart}
