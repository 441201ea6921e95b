"""The answer in one sentence where something was made of figures: a sum, part, change, level or rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from foedus.axes import is_aggregate
from foedus.evidence.verbs import row_name
from foedus.results import Answer
from foedus.units import format_value, level_words, points

if TYPE_CHECKING:
    from foedus.evidence.query import FigureAnswer

__all__ = ["has_verbs", "verb_answer"]

Row = Mapping[str, Any]


def has_verbs(answer: FigureAnswer) -> bool:
    """Whether something was made of the figures that the sentence is to be about."""
    asked = answer.question
    levels = asked is not None and (asked.at_least is not None or asked.at_most is not None)
    return asked is not None and bool(
        asked.sum or asked.share_of or asked.change_from or asked.rank or levels
    )


def verb_answer(answer: FigureAnswer, source: str, label: str) -> Answer:
    """Return what was made of figures in one sentence.

    Parameters
    ----------
    answer : FigureAnswer
        The rows.
    source : str
        Publisher and day.
    label : str
        The indicator within a sentence.

    Returns
    -------
    Answer
        Of one row its value; of several how many pass a level, who is first, or how many rose and fell.
    """
    asked = answer.question
    assert asked is not None
    rows = [row for row in answer.frame.to_dicts() if row[answer.measure.key] is not None]
    tail = f"{label}{_in_money(answer)}, by {source}."
    if asked.at_least is not None or asked.at_most is not None:
        return _level(answer, rows, tail)
    if not rows:
        return Answer("", "", f"No {answer.measure.label} is known: {tail}", title=answer.quantity.label)
    if asked.rank:
        return _rank(answer, rows, tail)
    if len({(row["country"], row["edition"]) for row in rows}) == 1 and (len(rows) == 1 or not asked.sum):
        return _one(answer, max(rows, key=lambda row: row["year"]), tail)
    if asked.change_from:
        return _changes(answer, rows, tail)
    return _several(answer, rows, tail)


def _in_money(answer: FigureAnswer) -> str:
    """Return the unit of an amount in brackets, where the rows are about a part or a change of it."""
    return "" if answer.quantity.unit == "fraction" else f" ({answer.unit})"


def _when(rows: Sequence[Row]) -> str:
    """Write the years of rows: "2024", or "2014 to 2024"."""
    first = min(row.get("first_year") or row["year"] for row in rows)
    last = max(row["year"] for row in rows)
    return str(last) if first == last else f"{first} to {last}"


def measured_words(answer: FigureAnswer, row: Row) -> str:
    """Write what a row is about: a value, a part, or a change with its sign."""
    value, measure = row[answer.measure.key], answer.measure
    if measure.is_change:
        return f"{points(value)} points" if measure.key == "change" else f"{points(value, 1)} %"
    return format_value(value, measure.unit)


def _one(answer: FigureAnswer, row: Row, tail: str) -> Answer:
    """Return the answer of one row."""
    name, number = row_name(row), measured_words(answer, row)
    what = answer.measure.label
    if answer.measure.key == "value":
        count = "1 figure" if row["figures"] == 1 else f"{row['figures']} figures"
        what = f"sum of {count}"
    claim = f"is the {what} for {name}, {_when([row])}: {tail}"
    beside = () if answer.measure.key == "value" else (_basis(answer, row),)
    return Answer(number, "", claim, beside=beside, title=f"{name}, {_when([row])}: {number}")


def _basis(answer: FigureAnswer, row: Row) -> str:
    """Write the amounts that a part or a change follows from."""
    unit = answer.quantity.unit
    if answer.measure.key == "share":
        return f"The amount is {format_value(row['value'], unit)}."
    of_share = "share" in answer.frame.columns
    now = format_value(row["share" if of_share else "value"], "fraction" if of_share else unit)
    then = format_value(row["from_value"], "fraction" if of_share else unit)
    return f"From {then} in {row['from_year']} to {now} in {row['year']}."


def _level(answer: FigureAnswer, rows: Sequence[Row], tail: str) -> Answer:
    """Return how many rows pass a level, and who they are."""
    asked = answer.question
    assert asked is not None
    bounds = ((asked.at_least, "or more"), (asked.at_most, "or less"))
    levels = " and ".join(f"{_bound(answer, level)} {words}" for level, words in bounds if level is not None)
    when = f" in {_when(rows)}" if rows else ""
    names = ", ".join(dict.fromkeys(map(row_name, rows))) or "none"
    what = "" if answer.measure.key == "value" else f" ({answer.measure.label})"
    return Answer(
        f"{len(rows)} of {answer.considered}",
        "",
        f"are at {levels}{when}{what}: {tail}",
        beside=(f"They are: {names}." if rows else "None is.",),
        title=f"{len(rows)} of {answer.considered} at {levels}{when}",
    )


def _bound(answer: FigureAnswer, level: float) -> str:
    """Write a level in the unit of what the rows are about."""
    of_share = answer.measure.unit == "fraction" and not answer.measure.is_change
    return level_words(level) if of_share else measured_words(answer, {answer.measure.key: level})


def _rank(answer: FigureAnswer, rows: Sequence[Row], tail: str) -> Answer:
    """Return who is first, and who is last."""
    ranked = sorted((row for row in rows if row["rank"] is not None), key=lambda row: row["rank"])
    if not ranked:
        return _several(answer, rows, tail)
    first, last = ranked[0], ranked[-1]
    leaders = [row_name(row) for row in ranked if row["rank"] == 1]
    number = measured_words(answer, first)
    return Answer(
        number,
        "",
        f"is the highest of {len(ranked)}, {' and '.join(leaders)} in {_when(rows)}: {tail}",
        beside=(f"The lowest is {row_name(last)} with {measured_words(answer, last)}.",),
        title=f"{', '.join(leaders)} first of {len(ranked)}, {_when(rows)}: {number}",
    )


def _changes(answer: FigureAnswer, rows: Sequence[Row], tail: str) -> Answer:
    """Return how many rose and how many fell."""
    asked = answer.question
    assert asked is not None
    single = [row for row in rows if not is_aggregate(row["country"])] or rows
    last = max(row["year"] for row in single)
    newest = [row for row in single if row["year"] == last]
    fell = [row_name(row) for row in newest if row[answer.measure.key] < 0]
    rose = sum(row[answer.measure.key] > 0 for row in newest)
    what = "" if answer.measure.key != "change" or "share" not in answer.frame.columns else " in their part"
    return Answer(
        f"{len(fell)} of {len(newest)}",
        "",
        f"fell{what} from {asked.change_from} to {last}, and {rose} rose: {tail}",
        beside=((f"Fell: {', '.join(fell)}.",) if fell else ()),
        title=f"{answer.quantity.label}, change from {asked.change_from} to {last}",
    )


def _several(answer: FigureAnswer, rows: Sequence[Row], tail: str) -> Answer:
    """Return the highest of several rows."""
    highest = max(rows, key=lambda row: row[answer.measure.key])
    number = measured_words(answer, highest)
    claim = (
        f"is the highest {answer.measure.label} of {len(rows)} rows, {row_name(highest)} in {highest['year']}"
    )
    return Answer(number, "", f"{claim}: {tail}", title=f"{answer.quantity.label}, {_when(rows)}")
