"""Rows of figures with what was asked to be made of them, and the columns that shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.axes import NUMBERS, axis_codes, country_name, state_number
from foedus.catalogue import Quantity
from foedus.errors import NoDataError
from foedus.evidence.checks import WITHOUT_FORCES
from foedus.evidence.currency import currency_of
from foedus.evidence.groups import group_on
from foedus.evidence.rows import FigureRows
from foedus.evidence.verbs import (
    RowMeasure,
    change_rows,
    level_rows,
    rank_rows,
    share_rows,
    sort_rows,
    sum_rows,
)
from foedus.tables import Column, Kind

if TYPE_CHECKING:
    from foedus.evidence.cards import Card
    from foedus.evidence.question import FigureQuestion

__all__ = ["KINDS", "SIGNED", "UNIT_NAMES", "Derived", "Total", "derived", "total_of", "unit_words"]

KINDS: Mapping[str, Kind] = {
    "fraction": "per_cent",
    "usd": "billions",
    "eur": "billions",
    "lcu": "billions",
    "int_usd": "billions",
    "count": "count",
    "person": "count",
    "year": "year",
}
"""How a table writes a value of a unit; of another unit, as a number."""

SIGNED: Mapping[str, Kind] = {
    "fraction": "points",
    "usd": "signed_billions_2",
    "eur": "signed_billions_2",
    "lcu": "signed_billions_2",
    "int_usd": "signed_billions_2",
    "count": "signed_count",
    "person": "signed_count",
}
"""How a table writes a change of a unit; of another unit, as a number with its sign."""

UNIT_NAMES: Mapping[str, str] = {
    "fraction": "per cent",
    "usd": "US dollars",
    "eur": "euros",
    "lcu": "national currency",
    "int_usd": "international dollars",
    "person": "persons",
    "usd_per_person": "US dollars a head",
}
"""What a unit is called in a heading; another is called by its own name."""

EXTRA = (
    *("name", "first_year", "figures", "currency", "share"),
    *("from_year", "from_value", "change", "change_ratio", "rank"),
)
"""What verbs put beside a figure, in the order of the columns."""

Read = Callable[[tuple[str, ...], str], FigureRows]
"""From countries and an edition to figures in the money that is asked for."""


def unit_words(entry: Quantity, *, billions: bool = False) -> str:
    """Return a unit in words, with the prices of money: "US dollars, constant 2021 prices"."""
    words = UNIT_NAMES.get(entry.unit, entry.unit)
    large = "bn " if billions and KINDS.get(entry.unit) == "billions" else ""
    prices = f", {entry.price_basis} prices" if entry.price_basis not in {"none", "constant"} else ""
    real = ", constant prices" if entry.price_basis == "constant" else ""
    return f"{large}{words}{prices}{real}"


@dataclass(frozen=True)
class Total:
    """A total of which figures are parts, by edition and year.

    Attributes
    ----------
    code, label : str
        Whose total it is: a country's or an aggregate's code, or a group's name; and how it is printed.
    values : mapping of (str, int) to float
        By edition and year; none where a part of it has no figure.
    """

    code: str
    label: str
    values: Mapping[tuple[str, int], float]

    def over(self, edition: str, years: Iterable[int]) -> float | None:
        """Return the total of some years, or None where the edition lacks it for one of them."""
        held = [self.values.get((edition, year)) for year in years]
        return None if None in held else sum(value for value in held if value is not None)


def total_of(name: str, day: date, editions: Iterable[str], read: Read) -> Total:
    """Return the total of an aggregate, a group or a country in some editions.

    Parameters
    ----------
    name : str
        Whose total.
    day : datetime.date
        The day on which a group is looked up.
    editions : iterable of str
        The editions.
    read : callable
        What reads figures.

    Returns
    -------
    Total
        Of a group, for the years in which each of its countries with armed forces has a figure.

    Raises
    ------
    NoDataError
        When no edition has the total for any year.
    """
    code, is_group = axis_codes([name], where="--share-of")[0]
    codes = group_on(code, day, where="--share-of").countries if is_group else (code,)
    label = group_on(code, day).label if is_group else country_name(code)
    values: dict[tuple[str, int], float] = {}
    lacking: set[str] = set()
    for edition in editions:
        try:
            rows = read(codes, edition).to_dicts()
        except NoDataError:
            continue
        for year in sorted({row["year"] for row in rows}):
            held = {row["country"]: row["value"] for row in rows if row["year"] == year}
            without = {each for each in codes if each not in held and each not in WITHOUT_FORCES}
            lacking |= without
            if not without:
                values[edition, year] = sum(held.values())
    if not values:
        who = ", ".join(sorted(map(country_name, lacking)))
        raise NoDataError(
            f"there is no total of {label} in {', '.join(editions)}"
            + (f": no figure of {who}" if who else ""),
            where="--share-of",
            do="ask for a part of another total",
        )
    return Total(code, label, values)


@dataclass(frozen=True)
class Derived:
    """Rows with what was made of them.

    Attributes
    ----------
    rows : tuple of mapping
        The rows in their order.
    measure : RowMeasure
        What level, rank and order are about.
    considered : int
        How many rows there were before a level left some out.
    columns : tuple of Column
        The columns that the verbs add.
    """

    rows: tuple[Mapping[str, Any], ...]
    measure: RowMeasure
    considered: int
    columns: tuple[Column, ...]


def derived(
    frame: FigureRows,
    question: FigureQuestion,
    entry: Quantity,
    total: Total | None,
    cards: Mapping[str, Card],
) -> Derived:
    """Make of figures what is asked for: sum, part, change, level, rank and order, in this order.

    Parameters
    ----------
    frame : FigureRows
        Figures of the years asked for, and of the year from which changes count.
    question : FigureQuestion
        The verbs.
    entry : Quantity
        The indicator, in the money that is asked for.
    total : Total or None
        What figures are parts of.
    cards : mapping of str to Card
        The editions' cards, in the order in which the editions stand.

    Returns
    -------
    Derived
        The rows with the columns that were added.
    """
    rows: Sequence[Mapping[str, Any]] = frame.to_dicts()
    if entry.unit == "lcu":
        rows = [{**r, "currency": currency_of(r["country"], cards[r["edition"]].published)} for r in rows]
    if question.sum:
        rows = sum_rows(rows, question.by)
    if total is not None:
        rows = share_rows(rows, total.over)
    measure = _measure(question, entry, total)
    if question.change_from:
        key = "share" if total is not None else "value"
        relative = total is None and entry.unit != "fraction"
        rows = change_rows(rows, question.change_from, key, relative=relative)
    considered = sum(row[measure.key] is not None for row in rows)
    if question.at_least is not None or question.at_most is not None:
        rows = level_rows(rows, measure.key, question.at_least, question.at_most)
    if question.rank:
        rows = rank_rows(rows, measure.key)
    by_value = question.sort == "value" or (question.rank and question.sort is None)
    rows = sort_rows(rows, measure.key if by_value else None, cards if question.all_editions else ())
    if question.codes:
        rows = [{**row, **{c: state_number(row["country"], c) for c in question.codes}} for row in rows]
    return Derived(tuple(rows), measure, considered, _columns(question, entry, total))


def _measure(question: FigureQuestion, entry: Quantity, total: Total | None) -> RowMeasure:
    """Return what was asked for last of value, part and change."""
    part = f"part of {total.label}" if total is not None else ""
    if question.change_from:
        since = f"change of {part} since" if part else "change since"
        if part or entry.unit == "fraction":
            return RowMeasure("change", "fraction", f"{since} {question.change_from}", is_change=True)
        return RowMeasure("change_ratio", "fraction", f"{since} {question.change_from}", is_change=True)
    if part:
        return RowMeasure("share", "fraction", part)
    return RowMeasure("value", entry.unit, "value")


def _columns(question: FigureQuestion, entry: Quantity, total: Total | None) -> tuple[Column, ...]:
    """Return the columns of the verbs, each headed with what it is and its unit."""
    columns = [Column("currency", "Currency")] if entry.unit == "lcu" else []
    if question.sum:
        columns.append(Column("figures", "Figures added", "count"))
    if total is not None:
        columns.append(Column("share", f"Part of {total.label}", "per_cent"))
    if question.change_from:
        columns += _change_columns(question.change_from, entry, total)
    if question.rank:
        columns.append(Column("rank", "Rank", "count"))
    columns += [Column(word, NUMBERS[word], "year") for word in question.codes]
    return tuple(columns)


def _change_columns(first: int, entry: Quantity, total: Total | None) -> list[Column]:
    """Return the columns of a change."""
    unit = "fraction" if total is not None else entry.unit
    words = "points" if unit == "fraction" else unit_words(entry, billions=True)
    columns = [
        Column("from_value", f"In {first}", KINDS.get(unit, "number")),
        Column("change", f"Change since {first} ({words})", SIGNED.get(unit, "signed_1")),
    ]
    if unit != "fraction":
        columns.append(Column("change_ratio", f"Change since {first}", "signed_per_cent_1"))
    return columns
