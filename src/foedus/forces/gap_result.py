"""What is missing of a requirement, as every face prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.forces.classes import equipment_class
from foedus.forces.words import NO_HOLDINGS, NOBODY_ASKED, about, capital, counted, exact
from foedus.results import Answer, Result
from foedus.units import billions

if TYPE_CHECKING:
    from foedus.forces.fair_shares import Rule
    from foedus.forces.requirement import Requirement
    from foedus.forces.result import Apportionment
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = ["AllyCost", "ClassGap", "Gap", "class_label", "missing_words"]


@dataclass(frozen=True)
class ClassGap:
    """One class of a requirement.

    Attributes
    ----------
    equipment : str
        The class.
    required : float
        How many.
    held, available, available_low, available_high : float or None
        What is held, and what of it is available with the middle 80 %; None where nothing is known of it.
    missing, missing_low, missing_high : float or None
        What is missing, with the middle 80 %.
    cost, cost_low, cost_high : float or None
        Its price in US dollars with the middle 80 %; None also where the class has no price.
    price_grade, price_source : str
        Whether the price is measured on orders or assumed, and on which.
    held_by : str
        Where the count of what is held is from.
    allies_counted : int
        How many allies have a count.
    """

    equipment: str
    required: float
    held: float | None = None
    available: float | None = None
    available_low: float | None = None
    available_high: float | None = None
    missing: float | None = None
    missing_low: float | None = None
    missing_high: float | None = None
    cost: float | None = None
    cost_low: float | None = None
    cost_high: float | None = None
    price_grade: str = ""
    price_source: str = ""
    held_by: str = ""
    allies_counted: int = 0


@dataclass(frozen=True)
class AllyCost:
    """One ally's part of the cost of what is missing.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    share : float
        Its part of the whole, a fraction.
    cost, cost_low, cost_high : float
        US dollars, with the middle 80 %.
    """

    country: str
    name: str
    share: float
    cost: float
    cost_low: float
    cost_high: float


@dataclass(frozen=True)
class Gap(Result):
    """What is missing of a requirement.

    Attributes
    ----------
    requirement : Requirement
        What is needed, by whom it is said.
    rule, who : str
        By what the cost is shared, and among whom.
    rows : tuple of ClassGap
        By class, in the order of the requirement.
    by_ally : tuple of AllyCost
        The cost by ally; empty where nothing is known to be missing.
    cost, cost_low, cost_high : float
        The cost of all that is missing, US dollars, with the middle 80 %.
    cost_assumed : float
        How much of the middle rests on assumed prices.
    shares : Apportionment
        The requirement shared by the same rule.
    notes : tuple of str
        What the reader must know.
    """

    requirement: Requirement
    rule: Rule
    who: str
    rows: tuple[ClassGap, ...]
    by_ally: tuple[AllyCost, ...]
    cost: float
    cost_low: float
    cost_high: float
    cost_assumed: float
    shares: Apportionment
    notes: tuple[str, ...]

    @property
    def known(self) -> tuple[ClassGap, ...]:
        """The classes of which it is known what is missing."""
        return tuple(row for row in self.rows if row.missing is not None)

    def headline(self) -> str:
        """Return what is missing, or that nobody can say without holdings."""
        return f"{self.answer().sentence()} {NOBODY_ASKED}"

    def answer(self) -> Answer:
        """Return the cost of what is missing, or the requirement where holdings are not known."""
        label = f" By a {self.requirement.label}." if self.requirement.label else ""
        if not self.known:
            lead = self.shares.lead
            whole = counted(self.requirement.required()[lead], lead)
            return Answer(
                "",
                "",
                f"{capital(whole)} are asked for; what of that is missing cannot be said "
                f"without holdings.{label}",
                beside=(NO_HOLDINGS,),
                title=f"What is missing of {self.requirement.headed}",
            )
        words = [f"{missing_words(row)} {class_label(row)}" for row in self.known]
        priced = [row for row in self.known if row.cost is not None]
        if not priced:
            return Answer(
                words[0],
                f"of {counted(self.known[0].required, self.known[0].equipment)}",
                f"are missing.{label}",
                title=f"What is missing of {self.requirement.headed}",
            )
        span = f"{billions(self.cost_low, 0)} to {billions(self.cost_high, 0)}"
        return Answer(
            number=f"USD {billions(self.cost, 0)} bn",
            unit=f"({span})",
            claim=f"is the price of what is missing: {', '.join(words)}.{label}",
            beside=("The range holds the middle 80 %.", *self.notes[:1]),
            title=f"What is missing of {self.requirement.headed}",
        )

    def tables(self) -> tuple[Table, ...]:
        """Return what is missing by class, its cost by ally, and the parts by ally."""
        from foedus.forces import tables

        return (*tables.gap_tables(self), self.shares.table("parts"))

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs."""
        content = super().payload() | {"headline": self.headline(), "label": self.requirement.label}
        return content | {"shares": self.shares.payload()}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.forces import charts

        return {"gap": charts.gap_chart}


def missing_words(row: ClassGap) -> str:
    """Return how many are missing: in full where a report counts them, else to three figures."""
    write = exact if row.missing_low == row.missing_high else about
    return write(row.missing or 0.0, row.equipment)


def class_label(row: ClassGap) -> str:
    """Return the heading of a row's class, in lower case."""
    return equipment_class(row.equipment).label.lower()
