"""What an analyst makes of figures: sums, parts of a total, changes, levels, ranks and orders.

Each verb takes rows of one indicator and gives rows back; none of them mixes editions, currencies or price
bases, since a row is of one edition and an indicator has one unit and one price basis. What a sum or a part
would mean nothing for is refused. They act in one order: sum, part of a total, change, level, rank, order;
the last of value, part and change that was asked for is what level, rank and order are about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.axes import AGGREGATES, country_name, is_aggregate, name_order
from foedus.errors import InputError
from foedus.evidence.answering import COMPUTED

if TYPE_CHECKING:
    from foedus.catalogue import Quantity
    from foedus.evidence.question import FigureQuestion

__all__ = [
    "MONEY",
    "RowMeasure",
    "change_rows",
    "check_verbs",
    "level_rows",
    "rank_rows",
    "row_name",
    "share_rows",
    "sort_rows",
    "sum_rows",
]

Row = Mapping[str, Any]

MONEY = frozenset({"usd", "eur", "lcu", "int_usd"})
"""Units of money, which add up over countries (but for national currencies) and over years."""

PEOPLE = frozenset({"person"})
"""Units of people, who add up over countries and not over years."""

WEAKEST_STATUS = ("projection", "estimate", "actual")
WEAKEST_KNOWN = ("unverified", "press", "retrieved")


@dataclass(frozen=True)
class RowMeasure:
    """What level, rank and order of rows are about.

    Attributes
    ----------
    key : {"value", "share", "change", "change_ratio"}
        The column.
    unit : str
        Its unit, one of :data:`foedus.units.UNITS`.
    label : str
        What it is, in words.
    is_change : bool
        Whether it is a difference, which is written with its sign, and in points where it is of shares.
    """

    key: str
    unit: str
    label: str
    is_change: bool = False


def row_name(row: Row) -> str:
    """Return the name that a row is printed under: its country's, or how many countries it adds up."""
    return row.get("name") or country_name(row["country"])


def check_verbs(question: FigureQuestion, entry: Quantity, codes: Sequence[str] | None) -> None:
    """Check that what is asked of the figures means something.

    Parameters
    ----------
    question : FigureQuestion
        The verbs.
    entry : Quantity
        The indicator, in the money that is asked for.
    codes : sequence of str or None
        The countries and aggregates.

    Raises
    ------
    InputError
        For a sum of what does not add up, a part of what has no parts, and a rank of what cannot be ranked.
    """
    if question.by and not question.sum:
        raise InputError("it says by what to add up, and nothing is added up", where="--by", do="add --sum")
    if question.sum:
        _check_sum(question, entry, codes)
    if question.share_of and entry.unit not in MONEY | PEOPLE:
        raise InputError(
            f"{entry.name} has no parts: its figures do not add up to a total",
            where="--share-of",
            do="ask for an amount, such as defence_expenditure_constant_usd_2021",
        )
    if question.share_of and entry.unit == "lcu":
        raise InputError(
            "amounts in national currencies are no parts of one total",
            where="--share-of",
            do="ask for --currency usd or eur",
        )
    if question.change_from and question.change_from in question.year and len(question.year) == 1:
        raise InputError(
            f"there is no change from {question.change_from} to {question.change_from}",
            where="--change-from",
            do="give an earlier year, or another --year",
        )
    if question.rank:
        _check_rank(question)


def _check_rank(question: FigureQuestion) -> None:
    """Refuse a rank among rows of several years or editions."""
    if question.all_editions:
        raise InputError(
            "a rank is within one edition",
            where="--rank",
            do="name an --edition, or leave --all-editions out",
        )
    summed = question.sum and question.by == "country"
    if len(question.year) != 1 and not summed:
        raise InputError("a rank is within one year", where="--rank", do="give one --year")


def _check_sum(question: FigureQuestion, entry: Quantity, codes: Sequence[str] | None) -> None:
    """Refuse a sum of what does not add up."""
    where = "--sum"
    if entry.unit not in MONEY | PEOPLE:
        raise InputError(
            f"{entry.name} does not add up: each figure is relative to a total of its own",
            where=where,
            do='ask for the aggregate, such as --country "NATO Europe", or for an amount',
        )
    if question.all_editions:
        raise InputError(
            "figures of different editions are never added up", where=where, do="leave --all-editions out"
        )
    if codes is None:
        raise InputError(
            "it is not said what to add up", where=where, do="name countries, or a group such as --group NATO"
        )
    over_years = len(question.year) != 1 and question.by != "year"
    over_countries = len(codes) > 1 and question.by != "country"
    if over_years and entry.unit in PEOPLE:
        raise InputError(
            "people of several years would be counted several times",
            where=where,
            do="give one --year, or --by year",
        )
    if over_countries and entry.unit == "lcu":
        raise InputError(
            "amounts in national currencies do not add up", where=where, do="ask for --currency usd or eur"
        )
    if over_countries:
        _check_overlap(codes)
    if question.change_from and question.by != "year":
        raise InputError(
            "a sum of several years has no year before it", where="--change-from", do="add --by year"
        )


def _check_overlap(codes: Sequence[str]) -> None:
    """Refuse to add up an aggregate and what it holds already."""
    from foedus.evidence.aggregates import members_of

    whole = [code for code in codes if is_aggregate(code)]
    for aggregate in whole:
        held = set(members_of(aggregate, 9998))
        twice = [c for c in codes if c != aggregate and (c in held or (c in AGGREGATES and c in whole))]
        if twice:
            raise InputError(
                f"{country_name(aggregate)} and {country_name(twice[0])} overlap, and would be counted twice",
                where="--sum",
                do="leave one of them out",
            )


def sum_rows(rows: Sequence[Row], by: str | None) -> list[dict[str, Any]]:
    """Add up figures of one edition.

    Parameters
    ----------
    rows : sequence of mapping
        Figures.
    by : {"year", "country"} or None
        One sum for each year, one for each country, or one in all.

    Returns
    -------
    list of dict
        Rows with ``first_year``, ``figures`` (how many were added up) and, where countries were added up,
        their number as the name; a sum is as sure as the least sure of its figures.
    """
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[by] if by else None, []).append(row)
    return [_summed(group) for group in groups.values()]


def _summed(rows: Sequence[Row]) -> dict[str, Any]:
    """Add up one group of figures."""
    countries = list(dict.fromkeys(row["country"] for row in rows))
    years = sorted({row["year"] for row in rows})
    statuses, known = {row["status"] for row in rows}, {row["known"] for row in rows}
    one = len(countries) == 1
    counts = Counter(row["country"] for row in rows)
    gaps = [country_name(code) for code in countries if counts[code] < len(years)]
    return {
        **rows[0],
        "country": countries[0] if one else "",
        "name": country_name(countries[0]) if one else f"{len(countries)} countries",
        "first_year": years[0],
        "year": years[-1],
        "years": tuple(years),
        "value": sum(row["value"] for row in rows),
        "figures": len(rows),
        "status": next((s for s in WEAKEST_STATUS if s in statuses), ""),
        "known": next(k for k in WEAKEST_KNOWN if k in known),
        "note": f"some years without {', '.join(gaps)}" if gaps else "",
        "rests_on": COMPUTED,
        "printed_to": None,
    }


def share_rows(
    rows: Iterable[Row], total: Callable[[str, Collection[int]], float | None]
) -> list[dict[str, Any]]:
    """Put each figure's part of a total beside it.

    Parameters
    ----------
    rows : iterable of mapping
        Figures or sums.
    total : callable
        From an edition and years to the total; None where the edition has none.

    Returns
    -------
    list of dict
        Rows with ``share``, a fraction; None without a total.
    """
    out = []
    for row in rows:
        whole = total(row["edition"], row.get("years") or (row["year"],))
        out.append({**row, "share": row["value"] / whole if whole else None})
    return out


def change_rows(rows: Sequence[Row], first: int, key: str, *, relative: bool) -> list[dict[str, Any]]:
    """Put the change from a year beside each figure of another year.

    Parameters
    ----------
    rows : sequence of mapping
        Figures, those of the first year among them.
    first : int
        The year from which the change counts.
    key : str
        The column that changes.
    relative : bool
        Whether the change is also given in parts of the first year's value.

    Returns
    -------
    list of dict
        The rows of other years with ``from_year``, ``from_value``, ``change`` and ``change_ratio``; None
        where the same edition has no figure of the first year, or of a sum not of the same countries.
    """
    base = {(row["edition"], row["country"]): row for row in rows if row["year"] == first}
    out = []
    for row in rows:
        if row["year"] == first:
            continue
        before = base.get((row["edition"], row["country"]))
        if before is not None and before.get("figures") != row.get("figures"):
            before = None
        then = None if before is None else before[key]
        known = then is not None and row[key] is not None
        change = row[key] - then if known else None
        ratio = row[key] / then - 1.0 if relative and known and then else None
        out.append({**row, "from_year": first, "from_value": then, "change": change, "change_ratio": ratio})
    return out


def level_rows(rows: Iterable[Row], key: str, at_least: float | None, at_most: float | None) -> list[Row]:
    """Keep the rows at or above one level and at or below another.

    Parameters
    ----------
    rows : iterable of mapping
        The rows.
    key : str
        The column that is held against the levels.
    at_least, at_most : float or None
        The levels, in the unit of the column; None for no bound.

    Returns
    -------
    list of mapping
        In the same order; a row without a value is at no level.
    """
    slack = 1e-12
    return [
        row
        for row in rows
        if row[key] is not None
        and (at_least is None or row[key] >= at_least - slack)
        and (at_most is None or row[key] <= at_most + slack)
    ]


def rank_rows(rows: Sequence[Row], key: str) -> list[dict[str, Any]]:
    """Rank countries by a value, the highest first: equals share the better rank, aggregates have none."""
    values = [row[key] for row in rows if row[key] is not None and not is_aggregate(row["country"])]

    def rank(row: Row) -> int | None:
        if row[key] is None or is_aggregate(row["country"]):
            return None
        return 1 + len([value for value in values if value > row[key]])

    return [{**row, "rank": rank(row)} for row in rows]


def sort_rows(rows: Iterable[Row], key: str | None, editions: Collection[str]) -> list[Row]:
    """Put rows in order: by name and year, or by a value.

    Parameters
    ----------
    rows : iterable of mapping
        The rows.
    key : str or None
        The column by which to sort, the highest first and what has no value last; None for names.
    editions : collection of str
        The editions in their order, where they stand one after the other; else none.

    Returns
    -------
    list of mapping
        Countries before aggregates where names are the order.
    """
    order = {edition: i for i, edition in enumerate(editions)}

    def edition(row: Row) -> int:
        return order.get(row["edition"], 0)

    def name(row: Row) -> tuple[Any, ...]:
        return (name_order(row["country"]) if row["country"] else (False, ""), row["year"])

    if key is None:
        return sorted(rows, key=lambda row: (edition(row), *name(row)))
    return sorted(rows, key=lambda row: (row[key] is None, -(row[key] or 0.0), name(row), edition(row)))
