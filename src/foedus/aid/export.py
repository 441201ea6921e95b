"""Aid as tidy tables in files that other programs read: one figure a row, with its source."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from foedus.aid.donors import REGIONS, donor_code, donor_name, region_of
from foedus.aid.own import own_card
from foedus.aid.record import KINDS, Month
from foedus.aid.tracker import Tracker, tracker
from foedus.errors import NoDataError, UnknownNameError
from foedus.evidence.cards import Card
from foedus.evidence.column_notes import describe_export
from foedus.evidence.export import Export, check_target, write_frame
from foedus.evidence.packaged import packaged_cards
from foedus.evidence.rows import FigureRows

__all__ = ["AID_TABLES", "COLUMNS", "aid_rows", "export_aid"]

AID_TABLES = (
    "aid_by_region",
    "aid_by_donor",
    "aid_by_month",
    "aid_by_route",
    "aid_weapons",
    "aid_by_donor_and_month",
)
"""The tables that can be written; the last one comes by import."""

COLUMNS = (
    *("table", "donor", "donor_name", "region", "year", "month", "what", "value", "unit", "price_basis"),
    *("known", "edition", "published", "publisher", "title", "url", "licence"),
)
"""The columns of a file. ``what`` is a kind of aid that is allocated, "committed", a route or a class of
weapons; a row without a year is a sum since January 2022."""

_FLOWS = (*KINDS["all"], "committed")

Row = dict[str, Any]


def export_aid(
    tables: Sequence[str],
    to: Path,
    *,
    donor: Sequence[str] = (),
    year: Collection[int] = (),
    as_of: date | None = None,
    edition: str | None = None,
) -> Export:
    """Write tables of aid to a file.

    Parameters
    ----------
    tables : sequence of str
        Of :data:`AID_TABLES`.
    to : pathlib.Path
        The file; its ending says the format.
    donor : sequence of str, default ()
        Only these donors, of the tables that tell donors apart.
    year : collection of int, default ()
        Only these years, of the tables that tell years apart.
    as_of : datetime.date, optional
        Answer from what had been published by this day.
    edition : str, optional
        The release that shall answer, by its edition.

    Returns
    -------
    Export
        What was written.

    Raises
    ------
    UnknownNameError
        When there is no such table or donor.
    NoDataError
        When a table comes by import and nothing was imported, or no row is left.
    InputError, StorageError
        When the file cannot be written.
    """
    unknown = [name for name in tables if name not in AID_TABLES]
    if unknown:
        raise UnknownNameError("table of aid", unknown[0], AID_TABLES, do=f"use {', '.join(AID_TABLES)}")
    check_target(to)
    held = tracker(as_of, edition=edition)
    donors = {donor_code(name, where="--country") for name in donor}
    rows = [
        row
        for name in dict.fromkeys(tables)
        for row in aid_rows(held, name)
        if (not donors or not row["donor"] or row["donor"] in donors)
        and (row["year"] is None or not year or row["year"] in year)
    ]
    if not rows:
        raise NoDataError(
            f"no row of {', '.join(tables)} is of what was asked for",
            do="leave --country or --year out",
        )
    card = _card(held)
    of_card = {
        name: str(getattr(card, name)) for name in ("published", "publisher", "title", "url", "licence")
    }
    about = {"known": "retrieved", "edition": held.release.id, **of_card}
    whole = FigureRows(COLUMNS, (tuple({**row, **about}[c] for c in COLUMNS) for row in rows))
    write_frame(whole, to)
    describe_export(to, whole, f"Aid to Ukraine: {', '.join(tables)}", (card,))
    return Export(to, len(rows), [held.release.id], [])


def aid_rows(held: Tracker, table: str) -> Iterator[Row]:
    """Yield the rows of a table, one figure each.

    Parameters
    ----------
    held : Tracker
        The release.
    table : str
        One of :data:`AID_TABLES`.

    Yields
    ------
    dict
        The columns up to ``price_basis``; euros of the day, or pieces.
    """
    if table == "aid_by_region":
        for row in held.region_years:
            yield from (
                _row(table, what, getattr(row, what), whose=row.region, year=row.year) for what in _FLOWS
            )
    elif table == "aid_by_donor":
        for total in held.donors:
            yield from (_row(table, what, getattr(total, what), whose=total.donor) for what in _FLOWS)
    elif table == "aid_by_month":
        for sums in held.months:
            yield from (_row(table, what, getattr(sums, what), month=sums.month) for what in KINDS["all"])
    elif table == "aid_by_route":
        yield from (_row(table, row.route, row.allocated, year=row.year) for row in held.routes)
    elif table == "aid_weapons":
        for arms in held.weapons:
            yield _row(table, arms.weapon, arms.pieces) | {"unit": "item", "price_basis": "none"}
    else:
        held.require_months()
        for entry in held.donor_months:
            amounts = ((what, getattr(entry, what)) for what in _FLOWS)
            yield from (_row(table, w, v, whose=entry.donor, month=entry.month) for w, v in amounts)


def _row(
    table: str,
    what: str,
    value: float,
    *,
    whose: str = "",
    year: int | None = None,
    month: Month | None = None,
) -> Row:
    """Return one figure with its keys; whose it is, is a donor or a region."""
    donor = "" if whose in REGIONS else whose
    return {
        "table": table,
        "donor": donor,
        "donor_name": donor_name(donor) if donor else "",
        "region": REGIONS[region_of(donor) if donor else whose] if whose else "",
        "year": month.year if month else year,
        "month": month.month if month else None,
        "what": what,
        "value": value,
        "unit": "eur",
        "price_basis": "current",
    }


def _card(held: Tracker) -> Card:
    """Return the source card of a release."""
    own = own_card(held.release.id) if held.imported else None
    return own or next(card for card in packaged_cards() if card.id == held.release.id)
