"""The decisions that come with foedus, with what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.decisions.find import TEMPLATE, shipped_decisions
from foedus.decisions.schema import read_decision
from foedus.results import Result
from foedus.tables import Column, Table

__all__ = ["ShippedDecision", "ShippedDecisions", "list_decisions"]

WHAT_HAPPENED = {True: "adopted", False: "not adopted", None: None}


@dataclass(frozen=True)
class ShippedDecision:
    """One decision file that comes with foedus.

    Attributes
    ----------
    name, title, rule : str
        Its name among the files, its name in print, and how members decide.
    adopted : bool or None
        What happened; None where the file has no record.
    is_open : bool
        Whether it is an open question: neither one of the past nor the template.
    """

    name: str
    title: str
    rule: str
    adopted: bool | None
    is_open: bool


@dataclass(frozen=True)
class ShippedDecisions(Result):
    """Every decision file that comes with foedus.

    Attributes
    ----------
    rows : tuple of ShippedDecision
        Open questions first, then those of the past and the template, each in alphabetical order.
    """

    rows: tuple[ShippedDecision, ...]

    def headline(self) -> str:
        """Return how many there are, and of how many it is recorded what happened."""
        recorded = [row.adopted for row in self.rows if row.adopted is not None]
        questions = sum(row.is_open for row in self.rows)
        return (
            f"{len(self.rows)} decision files come with foedus; of {len(recorded)} it is recorded what "
            f"happened: {sum(recorded)} were adopted; {questions} are open questions."
        )

    def tables(self) -> tuple[Table, ...]:
        """Return the files with their questions and what happened."""
        columns = (
            Column("name", "Name"),
            Column("title", "Question"),
            Column("rule", "Rule"),
            Column("what_happened", "What happened"),
        )
        rows = tuple(
            {**vars(row), "what_happened": "open" if row.is_open else WHAT_HAPPENED[row.adopted]}
            for row in self.rows
        )
        return (Table("decisions", "Decisions that come with foedus", columns, rows),)

    def payload(self) -> dict[str, Any]:
        """Return the list for programs."""
        return {"decisions": self.rows}


def list_decisions() -> ShippedDecisions:
    """Read every decision file that comes with foedus.

    Returns
    -------
    ShippedDecisions
        Names, questions, rules and what happened.
    """
    rows = []
    for name, path in shipped_decisions().items():
        file = read_decision(path, f"decisions/{name}.yaml")
        adopted = None if file.record is None else file.record.adopted
        unsettled = file.record is None and name != TEMPLATE
        rows.append(ShippedDecision(name, file.title, file.rule, adopted, unsettled))
    return ShippedDecisions(tuple(sorted(rows, key=lambda row: (not row.is_open, row.name))))
