"""The Secretary General's scorecard: five priorities, measured on the first day in office and on a later one.

Claim: the press named five things that the holder of 1 October 2024 was expected to do; for each, one or two
measures are told by what was out on the day, with edition and day. Sources: the records and editions that
each cell names. Left out: any grade, any total, and what a Secretary General has done about it: allies
decide, and what happens in a term is not its holder's work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.aid.record import CARD_ID as AID_CARD
from foedus.aid.twelve_months import CARD_ID as SUMS_CARD
from foedus.analysis.scorecard_forces import REQUIREMENT, forces_readings, gap_readings
from foedus.analysis.scorecard_money import aid_readings, spending_readings
from foedus.analysis.scorecard_nearer import StateStep, nearer_readings, steps_between
from foedus.analysis.scorecard_question import ScorecardQuestion
from foedus.analysis.scorecard_rows import (
    MEASURES,
    PRIORITIES,
    ChangeInOffice,
    DayReading,
    Measure,
    MeasureOnDay,
    Priority,
    difference,
)
from foedus.analysis.scorecard_tenure import Tenure, find_tenure, predecessor_of
from foedus.evidence.institutions import CARD_ID as OFFICE_CARD
from foedus.evidence.records import record_rows
from foedus.forces.studies import CARD_ID as STUDIES_CARD
from foedus.results import Answer, Result

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = ["CARD_ID", "Scorecard", "scorecard_of"]

CARD_ID = "office-priorities-2024-10"
"""The source card of the priorities."""

SOURCE_CARDS: Mapping[str, tuple[str, ...]] = {
    REQUIREMENT: (STUDIES_CARD,),
    AID_CARD: (AID_CARD, SUMS_CARD),
}
"""The source cards behind what a cell names, where they are not one card of that name."""


@dataclass(frozen=True)
class Scorecard(Result):
    """What was known of the priorities of a Secretary General, and of the one before, on two days each.

    Attributes
    ----------
    holder : Tenure
        Whose scorecard it is.
    predecessor : Tenure or None
        The Secretary General before; None of the first.
    as_of : datetime.date
        The day of the question: no edition that came out later answers.
    rows : tuple of MeasureOnDay
        One for each measure and day, the holder's first, those of one measure together.
    changes : tuple of ChangeInOffice
        What lies between the two days, by holder and measure.
    steps : mapping of str to tuple of StateStep
        What brought states nearer in each time in office, by the holder's name.
    priorities : tuple of Priority
        Who named each priority.
    notes : tuple of str
        What the reader must know.
    """

    holder: Tenure
    predecessor: Tenure | None
    as_of: date
    rows: tuple[MeasureOnDay, ...]
    changes: tuple[ChangeInOffice, ...]
    steps: Mapping[str, tuple[StateStep, ...]]
    priorities: tuple[Priority, ...]
    notes: tuple[str, ...]

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """The holder, and the predecessor where there is one."""
        return (self.holder,) if self.predecessor is None else (self.holder, self.predecessor)

    def cells(self, tenure: Tenure, measure: str) -> tuple[MeasureOnDay, MeasureOnDay]:
        """Return what is held of a measure on the first day and on the last of a time in office."""
        first, last = (c for c in self.rows if c.holder == tenure.name and c.measure == measure)
        return first, last

    def change(self, tenure: Tenure, measure: str) -> ChangeInOffice:
        """Return what lies between the two days of a time in office."""
        return next(c for c in self.changes if c.holder == tenure.name and c.measure == measure)

    def compared(self, tenure: Tenure) -> int:
        """Return of how many measures the two days of a time in office can be compared."""
        return sum(self.change(tenure, name).value is not None for name in MEASURES)

    def headline(self) -> str:
        """Return of how many measures both days can be compared: nothing about how the holder did."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return of how many measures both days can be compared, and whose days."""
        from foedus.analysis.scorecard_words import scorecard_answer

        return scorecard_answer(self)

    def tables(self) -> tuple[Table, ...]:
        """Return the holder's rows, the predecessor's, steps in each time in office, and who said what."""
        from foedus.analysis.scorecard_words import scorecard_tables

        return scorecard_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs."""
        return {
            "holder": self.holder,
            "predecessor": self.predecessor,
            "as_of": self.as_of,
            "headline": self.headline(),
            "answer": self.answer().payload(),
            "rows": self.rows,
            "changes": self.changes,
            "steps": self.steps,
            "measures": tuple(MEASURES.values()),
            "priorities": self.priorities,
            "notes": self.notes,
            "editions": self.editions,
        }

    @property
    def editions(self) -> tuple[str, ...]:
        """The source cards of the editions and records that the rows rest on, each once."""
        named = (SOURCE_CARDS.get(cell.edition, (cell.edition,)) for cell in self.rows if cell.edition)
        return tuple(dict.fromkeys((CARD_ID, OFFICE_CARD, *(card for cards in named for card in cards))))

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.analysis.charts import scorecard as charts

        return {"measures": charts.scorecard_chart}


def scorecard_of(question: ScorecardQuestion, ledger: Ledger | None = None) -> Scorecard:
    """Return a Secretary General's scorecard.

    Parameters
    ----------
    question : ScorecardQuestion
        Whose, and as of which day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Scorecard
        The holder's rows and the predecessor's.

    Raises
    ------
    InputError
        When nobody held the office on the day, or the one named had not yet.
    UnknownNameError
        When nobody of that name has held it.
    """
    from foedus.evidence import Ledger

    as_of = question.as_of or date.today()
    holder = find_tenure(question.of, as_of)
    predecessor = predecessor_of(holder)
    ledger = (Ledger.load() if ledger is None else ledger).as_of(as_of)
    rows: list[MeasureOnDay] = []
    changes: list[ChangeInOffice] = []
    for tenure in filter(None, (holder, predecessor)):
        for name, (first, last) in _readings(tenure, as_of, ledger).items():
            measure = MEASURES[name]
            cells = _cell(tenure, measure, "first", first), _cell(tenure, measure, "last", last)
            rows += cells
            changes.append(difference(tenure.name, measure, *cells))
    from foedus.analysis.scorecard_words import scorecard_notes

    return Scorecard(
        holder,
        predecessor,
        as_of,
        tuple(rows),
        tuple(changes),
        {t.name: steps_between(t.days, sitting=t.sitting) for t in (holder, predecessor) if t},
        _priorities(),
        scorecard_notes(holder, predecessor, as_of, rows),
    )


def _readings(tenure: Tenure, as_of: date, ledger: Ledger) -> dict[str, tuple[DayReading, DayReading]]:
    """Return what is held of every measure on the two days of a time in office, in the order of print."""
    days = tenure.days
    held = {
        **aid_readings(days, as_of),
        **spending_readings(days, ledger),
        **forces_readings(days),
        **gap_readings(days, as_of, ledger),
        **nearer_readings(days),
    }
    return {name: held[name] for name in MEASURES}


def _cell(tenure: Tenure, measure: Measure, moment: Any, reading: DayReading) -> MeasureOnDay:
    """Return a reading as a row of the scorecard."""
    day = tenure.start if moment == "first" else tenure.last
    return MeasureOnDay(
        tenure.name,
        measure.priority,
        measure.name,
        measure.unit,
        moment,
        day,
        reading.value,
        "no measure" if reading.value is None else reading.words or measure.write(reading.value),
        reading.of,
        reading.edition,
        reading.published,
        reading.known,
        reading.basis,
        reading.later,
        reading.why,
        reading.among,
        reading.published is not None and reading.published > day,
    )


def _priorities() -> tuple[Priority, ...]:
    """Return who named each priority, in the order of print."""
    every = [
        Priority(
            row["priority"],
            PRIORITIES[row["priority"]],
            row["said_by"],
            row["publisher"],
            date.fromisoformat(row["day"]),
            row["known"],
            row["source"],
            row["url"],
        )
        for row in record_rows("office_priorities", "priorities")
    ]
    return tuple(sorted(every, key=lambda each: list(PRIORITIES).index(each.priority)))
