"""What a scenario buys of a requirement, by when, and what holds it up, as every face prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.forces.classes import equipment_class
from foedus.forces.stock_skill import StockSkill, skill_words
from foedus.forces.time_to_close import ClassClosing, ClosingSummary, closes_words, counts_words
from foedus.forces.words import NO_HOLDINGS, NOBODY_ASKED, about, capital, counted, exact
from foedus.results import Answer, Result
from foedus.units import billions, per_cent

if TYPE_CHECKING:
    from foedus.forces.requirement import Requirement
    from foedus.parameters import Setting
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = ["TimeToClose", "closing_line"]


@dataclass(frozen=True)
class TimeToClose(Result):
    """A requirement on its way in a scenario.

    Attributes
    ----------
    requirement : Requirement
        What is needed, by whom it is said.
    summary : ClosingSummary
        Paths, years of closing and limits, by class.
    scenario, title : str
        The scenario's name, and its title.
    as_of : datetime.date
        The day whose knowledge it uses.
    draws, seed, price_year : int
        Of the run.
    skill : tuple of StockSkill
        What the hindcast of stocks says of such paths, by class.
    parameters : mapping of str to Setting
        The numbers that it rests on, by ``component.name``.
    editions, cards : tuple of str
        The editions and the source cards that it uses.
    notes : tuple of str
        What the reader must know.
    """

    requirement: Requirement
    summary: ClosingSummary
    scenario: str
    title: str
    as_of: date
    draws: int
    seed: int
    price_year: int
    skill: tuple[StockSkill, ...]
    parameters: Mapping[str, Setting]
    editions: tuple[str, ...]
    cards: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def rows(self) -> tuple[ClassClosing, ...]:
        """The classes, in the order of the requirement."""
        return self.summary.rows

    @property
    def horizon(self) -> int:
        """The last year."""
        return self.summary.years[-1]

    def headline(self) -> str:
        """Return what is still missing at the horizon, when classes close, and that nobody was asked."""
        return f"{self.answer().sentence()} {NOBODY_ASKED}"

    def answer(self) -> Answer:
        """Return the price of what is still missing at the horizon, and when which class closes."""
        end = self.summary
        if not self.rows:
            return self._unknown()
        low, middle, high = (billions(v, 0) for v in end.money.interval())
        label = f" By a {self.requirement.label}." if self.requirement.label else ""
        line = closed_words(self.rows)
        beside = (
            skill_words(self.skill, [row.equipment for row in self.rows]),
            closing_line(self.rows, self.horizon),
            counts_words(end),
            f"Range: middle 80 % of {self.draws:,} draws.",
        )
        if not end.money.median[-1]:
            words = closes_words(end.all_closes, self.horizon)
            return Answer(
                number=words,
                unit="",
                claim=f"is when all of “{self.requirement.title}” that can be bought is there, if the "
                f"scenario holds, and in {per_cent(end.all_never, 0)} of draws not by {self.horizon}; if "
                f"nothing changes: never.{label}",
                beside=beside,
                title=f"{self.requirement.headed}: closed {words}",
            )
        return Answer(
            number=f"USD {middle} bn",
            unit=f"({low} to {high})",
            claim=f"of “{self.requirement.title}” is still missing in {self.horizon}; if nothing "
            f"changes: {billions(end.money_still, 0)}. {line}{label}",
            beside=beside,
            title=f"{self.requirement.headed}: USD {middle} bn still missing in {self.horizon}",
        )

    def _unknown(self) -> Answer:
        """Return that nobody can say what is missing without holdings."""
        lead = self.requirement.lead
        whole = counted(self.requirement.required()[lead], lead)
        return Answer(
            "",
            "",
            f"{capital(whole)} are asked for; what of that is missing by {self.horizon} cannot be said "
            "without holdings.",
            beside=(NO_HOLDINGS,),
            title=f"What a scenario buys of {self.requirement.headed}",
        )

    def of_ally(self, country: str) -> str:
        """Return what is still missing of an ally's part at the horizon, in a sentence."""
        if country not in self.summary.allies:
            return f"{country_name(country)} has no part in this answer."
        low, middle, high = (billions(v, 1) for v in self.summary.of_ally(country))
        return (
            f"{country_name(country)}: USD {middle} bn ({low} to {high}) of its part is still missing "
            f"in {self.horizon}."
        )

    def grades(self) -> str:
        """Return on how many numbers of which grade it rests, in a sentence."""
        counts = Counter(setting.grade for setting in self.parameters.values())
        listed = ", ".join(
            f"{count} {grade}" for grade, count in sorted(counts.items(), key=lambda g: (-g[1], g[0]))
        )
        return f"Numbers of industry, forces and readiness by grade: {listed}."

    def tables(self) -> tuple[Table, ...]:
        """Return classes, the gap in money by year and by ally, and the numbers that it rests on."""
        from foedus.forces import closing_tables

        return closing_tables.time_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs."""
        content = super().payload()
        content["requirement"] = self.requirement.name or self.requirement.title
        content["label"] = self.requirement.label
        return (
            content
            | self.summary.to_json()
            | {"headline": self.headline(), "answer": self.answer().payload()}
        )

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.forces.closing_charts import stocks_chart
        from foedus.forces.limits_charts import limits_chart

        return {"stocks": stocks_chart, "limits": limits_chart}


def closed_words(rows: Sequence[ClassClosing]) -> str:
    """Return how many classes are closed by the horizon in at least half of the draws."""
    closed = sum(row.never <= 0.5 for row in rows)
    verb = "is" if closed == 1 else "are"
    of = f"{closed} of {len(rows)} classes {verb}" if len(rows) > 1 else "It is" if closed else "It is not"
    return f"{of} closed by then in half of the draws or more."


def closing_line(rows: Sequence[ClassClosing], horizon: int) -> str:
    """Return when classes close: those that may, with their years, and those that hardly do, in one
    sentence."""
    later = [row for row in rows if row.closes[0] is not None]
    never = [row for row in rows if row.closes[0] is None]
    parts = [f"{_label(row)} {closes_words(row.closes, horizon)}" for row in later]
    said = f"Closed in the middle 80 % of draws: {', '.join(parts)}." if parts else ""
    if never:
        least = min(row.never for row in never)
        share = "in all draws" if least == 1.0 else f"in {per_cent(least, 0)} of draws or more"
        said += f" Not by {horizon} {share}: {', '.join(_label(row) for row in never)}."
    return said.strip()


def _label(row: ClassClosing) -> str:
    """Return a class's heading in lower case."""
    label = equipment_class(row.equipment).label
    return label if label[0].isdigit() else label[0].lower() + label[1:]


def counted_words(row: ClassClosing) -> str:
    """Return how much of a class counts at the horizon, with its interval, of how many are asked for."""
    low, middle, high = (about(v, row.equipment) for v in row.counts.interval())
    return f"{middle} ({low} to {high}) of {exact(row.required, row.equipment)}"
