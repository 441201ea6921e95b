"""The tables of an explanation: chances, grades, parts, numbers and figures with where they are from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.analysis.explanation_words import figure_words, share_words
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.analysis.explanation import Explanation
    from foedus.tables import Kind

__all__ = ["explanation_tables"]


def explanation_tables(explanation: Explanation) -> tuple[Table, ...]:
    """Return the tables of an explanation, the chances first.

    Parameters
    ----------
    explanation : Explanation
        The number.

    Returns
    -------
    tuple of Table
        Those that have rows.
    """
    tables = (
        _chances(explanation),
        _grades(explanation),
        _parts(explanation),
        _numbers(explanation),
        _figures(explanation),
    )
    return tuple(table for table in tables if table.rows)


def _chances(explanation: Explanation) -> Table:
    """Return the chances with their indices."""
    rows = tuple(
        {
            "label": chance.label,
            "share": share_words(chance),
            "first": chance.first,
            "grade": chance.grade,
            "sets": ", ".join((*(n.name for n in chance.numbers), *{f.label: 0 for f in chance.figures})),
        }
        for chance in explanation.chances
    )
    columns = (
        Column("label", "Chance", "name"),
        Column("share", "of the spread", "interval"),
        Column("first", "by itself", "per_cent_0"),
        Column("grade", "grade"),
        Column("sets", "what sets its size"),
    )
    title = f"Chances that spread {explanation.label}, {explanation.year}: total index, in brackets 95 %"
    return Table("chances", title, columns, rows)


def _grades(explanation: Explanation) -> Table:
    """Return how much rests on which grade."""
    rows = tuple({"grade": g.grade, "spread": g.spread, "numbers": g.numbers} for g in explanation.grades)
    columns = (
        Column("grade", "Grade", "name"),
        Column("spread", "of the spread", "per_cent_0"),
        Column("numbers", "numbers reached", "count"),
    )
    return Table("grades", "How much rests on numbers of which grade", columns, rows)


def _parts(explanation: Explanation) -> Table:
    """Return the amounts that add up to the number."""
    kinds: dict[str, Kind] = {"usd": "billions_2", "eur": "billions_2", "count": "number_3"}
    rows = tuple({"label": p.label, "amount": p.amount, "spread": p.spread} for p in explanation.parts)
    columns = (
        Column("label", "Part", "name"),
        Column("amount", "amount", kinds.get(explanation.unit, "number")),
        Column("spread", "of the spread", "per_cent_1"),
    )
    return Table("parts", "Amounts that add up to the number", columns, rows)


def _numbers(explanation: Explanation) -> Table:
    """Return the numbers of the model that are listed."""
    numbers = [*(n for c in explanation.chances for n in c.numbers), *explanation.numbers]
    rows = tuple(
        {
            "name": number.name,
            "value": f"{number.value:g}" if number.ends() is None else "by country",
            "range": " to ".join(f"{end:g}" for end in number.range),
            "grade": number.grade,
            "source": number.source,
        }
        for number in {number.name: number for number in numbers}.values()
    )
    columns = (
        Column("name", "Number", "name"),
        Column("value", "value", align="right"),
        Column("range", "range", "interval"),
        Column("grade", "grade"),
        Column("source", "source"),
    )
    return Table("numbers", "Numbers of the model that it reaches", columns, rows, folded=True)


def _figures(explanation: Explanation) -> Table:
    """Return the figures that are listed."""
    figures = [*(f for c in explanation.chances for f in c.figures), *explanation.figures]
    rows = tuple({"label": f.label, "from": figure_words(f)} for f in dict.fromkeys(figures))
    columns = (Column("label", "Figure", "name"), Column("from", "where it is from"))
    return Table("figures", "Figures and levers that it starts from", columns, rows, folded=True)
