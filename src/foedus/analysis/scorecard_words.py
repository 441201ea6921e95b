"""A scorecard in words: its answer, its tables and its notes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from foedus.analysis.scorecard_rows import MEASURES, PRIORITIES, Measure, MeasureOnDay
from foedus.analysis.scorecard_tenure import Tenure, tenures
from foedus.forces.us_forces import ROTATIONS
from foedus.results import Answer
from foedus.spending.answers import day_words
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.analysis.scorecard import Scorecard

__all__ = ["moment_words", "priority_tables", "scorecard_answer", "scorecard_notes", "scorecard_tables"]

NO_GRADE = "No grade and no total: what happens in a term is not its holder's work."
"""What stands beside every scorecard."""

FIRST_NAMED = date(2024, 10, 1)
"""The day on which the priorities were named."""


def moment_words(tenure: Tenure, moment: str) -> str:
    """Return a day of a time in office as a heading: "First day, 1 October 2024"."""
    if moment == "first":
        return f"First day, {day_words(tenure.start)}"
    return f"{'As of' if tenure.sitting else 'Last day,'} {day_words(tenure.last)}"


def scorecard_answer(result: Scorecard) -> Answer:
    """Return of how many measures the two days of a holder can be compared, and of the predecessor.

    Parameters
    ----------
    result : Scorecard
        The scorecard.

    Returns
    -------
    Answer
        A number about what is held: none about the holder.
    """
    holder, before = result.holder, result.predecessor
    beside = [NO_GRADE]
    if before is not None:
        beside.append(
            f"Before, {before.name}: {result.compared(before)} of {len(MEASURES)}, between {_span(before)}."
        )
    number, claim = result.compared(holder), f"can be compared for {holder.name}, between {_span(holder)}"
    if holder.start == holder.last:
        number = sum(result.cells(holder, name)[0].value is not None for name in MEASURES)
        claim = f"are held for {holder.name} on the first day, {day_words(holder.start)}"
    return Answer(
        number=str(number),
        unit=f"of {len(MEASURES)} measures",
        claim=f"of five priorities {claim}.",
        beside=tuple(beside),
        title=f"{holder.name}: priorities, {holder.start.year} and {holder.last.year}",
    )


def _span(tenure: Tenure) -> str:
    """Write the two days of a time in office."""
    return f"{day_words(tenure.start)} and {day_words(tenure.last)}"


def scorecard_tables(result: Scorecard) -> tuple[Table, ...]:
    """Return the rows of each holder, the steps in each time in office, and who named the priorities.

    Parameters
    ----------
    result : Scorecard
        The scorecard.

    Returns
    -------
    tuple of Table
        The holder first, the predecessor after.
    """
    names = ("holder", "predecessor")
    own = tuple(_rows(result, tenure, name) for tenure, name in zip(result.tenures, names, strict=False))
    steps = tuple(_steps(result, tenure, name) for tenure, name in zip(result.tenures, names, strict=False))
    return (*own, *(table for table in steps if table.rows), _priorities(result))


def _rows(result: Scorecard, tenure: Tenure, name: str) -> Table:
    """Return one row for each measure: both days, and what lies between."""
    rows, before = [], ""
    for measure in MEASURES.values():
        first, last = result.cells(tenure, measure.name)
        priority = PRIORITIES[measure.priority]
        rows.append(
            {
                "priority": "" if priority == before else priority,
                "measure": measure.label,
                "first": _written(first),
                "last": _written(last),
                "difference": result.change(tenure, measure.name).words,
                "name": measure.name,
                "first_value": first.value,
                "first_edition": first.edition,
                "last_value": last.value,
                "last_edition": last.edition,
                "change": result.change(tenure, measure.name).value,
                "source": "; ".join(dict.fromkeys(c.source for c in (first, last) if c.source)),
            }
        )
        before = priority
    columns = (
        Column("priority", "Priority"),
        Column("measure", "Measure"),
        Column("first", moment_words(tenure, "first")),
        Column("last", moment_words(tenure, "last")),
        Column("difference", "Difference"),
    )
    more = ("name", "first_value", "first_edition", "last_value", "last_edition", "change")
    title = f"{tenure.name}{', the Secretary General before' if name == 'predecessor' else ''}"
    return Table(name, title, columns, tuple(rows), more=more)


def _written(cell: MeasureOnDay) -> str:
    """Write a cell: the value, what it is of, and its edition with the day; or why there is none."""
    if cell.value is None:
        return _value(cell)
    later = f"; later {cell.later}" if cell.later else ""
    return f"{_value(cell)} ({cell.source}{later})"


def _value(cell: MeasureOnDay) -> str:
    """Write the value of a cell and what it is of, or why there is no measure."""
    if cell.value is None:
        return f"{cell.words}: {cell.why}"
    return f"{cell.words}, {cell.of}" if cell.of else cell.words


def priority_tables(result: Scorecard, tenure: Tenure) -> tuple[Table, ...]:
    """Return a narrow table for each priority, three rows a measure: both days, and the difference.

    Parameters
    ----------
    result : Scorecard
        The scorecard.
    tenure : Tenure
        Whose days.

    Returns
    -------
    tuple of Table
        For faces that have room for one edition in a line.
    """
    columns = (
        Column("measure", "Measure"),
        Column("day", "Day", "name"),
        Column("value", "Value"),
        Column("source", "Edition"),
    )
    return tuple(
        Table(
            key,
            label,
            columns,
            tuple(
                row
                for measure in MEASURES.values()
                if measure.priority == key
                for row in _three_rows(result, tenure, measure)
            ),
        )
        for key, label in PRIORITIES.items()
    )


def _three_rows(result: Scorecard, tenure: Tenure, measure: Measure) -> list[dict[str, str]]:
    """Return a measure on both days, and the difference where there is a measure on both."""
    cells = result.cells(tenure, measure.name)
    rows = []
    for cell in cells[: 1 if tenure.start == tenure.last else 2]:
        source = f"{cell.source}; later {cell.later}" if cell.later else cell.source
        rows.append({"measure": "", "day": str(cell.day), "value": _value(cell), "source": source})
    if len(rows) > 1 and all(cell.value is not None for cell in cells):
        words = result.change(tenure, measure.name).words
        rows.append({"measure": "", "day": "difference", "value": words, "source": ""})
    rows[0]["measure"] = measure.label
    return rows


def _steps(result: Scorecard, tenure: Tenure, name: str) -> Table:
    """Return what brought states nearer in a time in office."""
    columns = (
        Column("day", "Day", "name"),
        Column("name", "State", "name"),
        Column("step", "Step"),
        Column("known", "Known"),
        Column("edition", "Record"),
    )
    rows = tuple(vars(step) for step in result.steps[tenure.name])
    title = f"Steps of applicants and partners in the time of {tenure.name}"
    return Table(f"steps_{name}", title, columns, rows, folded=True)


def _priorities(result: Scorecard) -> Table:
    """Return who named each priority."""
    columns = (
        Column("label", "Priority"),
        Column("said_by", "Named by"),
        Column("day", "Day", "name"),
        Column("known", "Known"),
        Column("source", "Source"),
    )
    rows = tuple(vars(each) for each in result.priorities)
    return Table(
        "priorities", "Who named the priorities", columns, rows, folded=True, more=("priority", "url")
    )


def scorecard_notes(
    holder: Tenure, predecessor: Tenure | None, as_of: date, cells: Iterable[MeasureOnDay]
) -> tuple[str, ...]:
    """Return what a reader of a scorecard must know.

    Parameters
    ----------
    holder : Tenure
        Whose scorecard it is.
    predecessor : Tenure or None
        The Secretary General before.
    as_of : datetime.date
        The day of the question.
    cells : iterable of MeasureOnDay
        The rows.

    Returns
    -------
    tuple of str
        Sentences; what concerns no row is not said.
    """
    held = [cell for cell in cells if cell.value is not None]
    named = {cell.measure for cell in held}
    notes = [NO_GRADE]
    if holder.start != FIRST_NAMED:
        notes.append("The priorities were named on 1 October 2024; of another holder nobody asked the same.")
    if any(cell.looks_back for cell in held):
        notes.append(
            "Looking back: no edition that is held was out on the day; the first later one tells it, as its "
            "publisher then saw it."
        )
    if "aid_europe" in named or "aid_united_states" in named:
        notes.append("Aid is what was allocated, in euros of the day; nothing says what arrived.")
    if "us_forces" in named:
        notes.append(ROTATIONS)
    if "brigades_missing" in named:
        notes.append(
            "The minimum is a press report's, on an unpublished document; nobody outside can say whether "
            "it is right."
        )
    return (*notes, *_tenure_notes(holder, predecessor, as_of))


def _tenure_notes(holder: Tenure, predecessor: Tenure | None, as_of: date) -> list[str]:
    """Return what is to be said of times in office: whose days are not verified, and who acted between."""
    both = [tenure for tenure in (holder, predecessor) if tenure is not None]
    notes = [
        f"The days of {tenure.name} in office are not verified ({tenure.checked})."
        for tenure in both
        if tenure.known == "unverified"
    ]
    if predecessor is not None:
        notes += [
            f"Between them {t.name} acted, {day_words(t.start)} to {day_words(t.last)}."
            for t in tenures(as_of)
            if t.acting and predecessor.last <= t.start < holder.start
        ]
    return notes
