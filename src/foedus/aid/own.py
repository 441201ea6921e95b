"""Releases of the tracker that the user imported: kept in the data folder whole or not at all.

A release is one table and its card in ``aid/editions/`` of the user's data folder, as an edition of figures
is in ``editions/``: see :mod:`foedus.evidence.userdata`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from foedus.aid.kiel import WEAPONS, KielTables
from foedus.aid.monthly import (
    DonorMonth,
    DonorWeapons,
    EuShare,
    RouteMonth,
    donor_totals,
    month_totals,
    months_between,
    region_years,
    route_years,
    weapon_classes,
)
from foedus.aid.record import Month, TrackerRelease
from foedus.aid.tracker import Tracker
from foedus.evidence.cards import Card
from foedus.evidence.userdata import data_folder, user_editions
from foedus.files.cells import csv_line

__all__ = ["editions_folder", "own_card", "own_releases", "own_tracker", "table_text", "tracker_of"]

_COLUMNS = (
    "table",
    "donor",
    "year",
    "month",
    "item",
    "military",
    "financial",
    "humanitarian",
    "committed",
    "to_be_allocated",
    "value",
    "text",
)


def editions_folder() -> Path:
    """Return the folder that holds imported releases; it need not exist."""
    return data_folder() / "aid" / "editions"


def _own() -> dict[str, tuple[Card, Path]]:
    """Return card and table of every imported release, held against each other."""
    folder = data_folder() / "aid"
    return {card.id: (card, path) for card, path in user_editions(folder)} if folder.is_dir() else {}


def own_card(edition: str) -> Card | None:
    """Return the card of an imported release; None where there is none of that name."""
    own = _own()
    return own[edition][0] if edition in own else None


def own_releases() -> dict[str, TrackerRelease]:
    """Return the releases that the user imported, by edition.

    Raises
    ------
    FileFormatError
        When a card cannot be read.
    IntegrityError
        When a table is not the one that its card was written for.
    StorageError
        When the data folder cannot be read.
    """
    out = {}
    for name, (card, path) in _own().items():
        with path.open(encoding="utf-8", newline="") as lines:
            row = next(csv.DictReader(lines))
        last = Month(int(row["year"]), int(row["month"]))
        out[name] = TrackerRelease(name, int(row["value"]), last, card.published)
    return out


def own_tracker(release: TrackerRelease) -> Tracker:
    """Return the tables of a release that the user imported."""
    card, path = _own()[release.id]
    return _read(release, path, card.sha256 or "")


@lru_cache(maxsize=4)
def _read(release: TrackerRelease, path: Path, _checksum: str) -> Tracker:
    """Read a kept table; one of another checksum is another table."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    of = {name: [row for row in rows if row["table"] == name] for name in {row["table"] for row in rows}}
    donor_months = tuple(
        DonorMonth(
            row["donor"],
            _month(row),
            int(row["military"]),
            int(row["financial"]),
            int(row["humanitarian"]),
            int(row["committed"]),
            int(row["to_be_allocated"]),
        )
        for row in of["donor_months"]
    )
    return tracker_of(
        KielTables(
            release.number,
            release.last,
            date.fromisoformat(of["release"][0]["text"]),
            donor_months,
            {row["donor"]: int(row["value"]) for row in of.get("gdp_2021", ())},
            (),
            tuple(RouteMonth(_month(row), row["item"], int(row["value"])) for row in of["route_months"]),
            tuple(
                DonorWeapons(row["donor"], row["item"], int(row["military"]), int(row["value"]), row["text"])
                for row in of["weapons"]
            ),
            tuple(
                EuShare(row["donor"], float(row["item"]), float(row["text"]), int(row["value"]))
                for row in of["eu_shares"]
            ),
        ),
        release,
    )


def _month(row: dict[str, str]) -> Month:
    """Read the month of a row."""
    return Month(int(row["year"]), int(row["month"]))


def tracker_of(tables: KielTables, release: TrackerRelease) -> Tracker:
    """Return the headline figures and the monthly tables of a release, from its files.

    Parameters
    ----------
    tables : KielTables
        As read and checked; months' totals are the sums of donors.
    release : TrackerRelease
        Which release it is.
    """
    months = months_between(Month(2022, 1), tables.period)
    return Tracker(
        release,
        region_years(tables.donor_months),
        donor_totals(tables.donor_months, dict(tables.gdp_2021)),
        month_totals(tables.donor_months, months),
        route_years(tables.route_months),
        weapon_classes(tables.weapons, WEAPONS.values()),
        imported=True,
        donor_months=tables.donor_months,
        route_months=tables.route_months,
        donor_weapons=tables.weapons,
        eu_shares=tables.eu_shares,
    )


def table_text(tables: KielTables) -> str:
    """Return a release as the text of the one table in which it is kept."""
    lines = (csv_line([row.get(name, "") for name in _COLUMNS], bare=True) for row in _rows(tables))
    return "".join((csv_line(_COLUMNS, bare=True), *lines))


def _rows(tables: KielTables) -> Iterator[dict[str, object]]:
    """Yield every row, the release's own first."""
    yield {"table": "release", **_of(tables.period), "value": tables.number, "text": tables.day.isoformat()}
    for row in tables.donor_months:
        kinds = {name: getattr(row, name) for name in _COLUMNS[5:10]}
        yield {"table": "donor_months", "donor": row.donor, **_of(row.month), **kinds}
    yield from ({"table": "gdp_2021", "donor": d, "value": gdp} for d, gdp in tables.gdp_2021.items())
    yield from _routes(tables.route_months)
    for arms in tables.weapons:
        item = {"item": arms.weapon, "military": arms.pieces, "value": arms.value, "text": arms.what}
        yield {"table": "weapons", "donor": arms.donor, **item}
    for share in tables.eu_shares:
        parts = {"item": repr(share.own_share_of_gdp), "text": repr(share.eu_share_of_gdp)}
        yield {"table": "eu_shares", "donor": share.donor, **parts, "value": share.eu_share}


def _routes(rows: Iterable[RouteMonth]) -> Iterator[dict[str, object]]:
    """Yield the routes of every month."""
    for row in rows:
        yield {"table": "route_months", **_of(row.month), "item": row.route, "value": row.allocated}


def _of(month: Month) -> dict[str, object]:
    """Return the cells of a month."""
    return {"year": month.year, "month": month.month}
