"""The files of the Kiel Institute's Ukraine Support Tracker, read and checked.

The tracker's site publishes six CSV files and replaces them at every release. Number, period and day of a
release stand in ``release_info.csv``, which has been ahead of the others and behind them: so its period is
held against the last month of the data. Amounts are in billions of euros and are read as whole euros.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.aid.donors import EU, donor_code
from foedus.aid.kiel_files import KielRow, read_files
from foedus.aid.monthly import DonorMonth, DonorWeapons, EuShare, RouteMonth
from foedus.aid.record import ROUTES, Month, MonthTotal
from foedus.errors import FileFormatError
from foedus.rounding import written

__all__ = ["ROUNDING", "WEAPONS", "KielTables", "read_kiel"]

WEAPONS: Mapping[str, str] = {
    "Tanks": "tanks",
    "IFV": "infantry_fighting_vehicles",
    "Howitzers": "howitzers",
    "MLRS": "rocket_launchers",
    "Air Defense": "air_defence_systems",
}
"""The classes of weapons, by the institute's names."""

ROUNDING = 1_000
"""Euros by which sums may miss their total: the last digit that the files print."""

_PERIOD = re.compile(r"(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class KielTables:
    """The six tables of a release.

    Attributes
    ----------
    number : int
        The release's number.
    period : Month
        The last month that it says it covers.
    day : datetime.date
        The day that it bears.
    donor_months : tuple of DonorMonth
        ``data_explorer.csv``.
    gdp_2021 : mapping of str to int
        GDP of 2021 in euros, by donor, from the same file.
    month_totals : tuple of MonthTotal
        ``total_allocations.csv``.
    route_months : tuple of RouteMonth
        ``procurement_trends.csv``.
    weapons : tuple of DonorWeapons
        ``weapons.csv``.
    eu_shares : tuple of EuShare
        ``eu_aid_shares.csv``.
    """

    number: int
    period: Month
    day: date
    donor_months: tuple[DonorMonth, ...]
    gdp_2021: Mapping[str, int]
    month_totals: tuple[MonthTotal, ...]
    route_months: tuple[RouteMonth, ...]
    weapons: tuple[DonorWeapons, ...]
    eu_shares: tuple[EuShare, ...]


def read_kiel(path: Path) -> KielTables:
    """Read the six files of a release.

    Parameters
    ----------
    path : pathlib.Path
        A folder, or a zip file, that holds them.

    Returns
    -------
    KielTables
        As the files have it; :func:`foedus.aid.kiel_checks.check_kiel` checks that they agree.

    Raises
    ------
    InputError
        When nothing can be read there.
    FileFormatError
        When a file is missing or is not what it should be; the message names file and line.
    """
    files = read_files(path)
    number, period, day = _release(files["release_info"])
    explorer = [(_donor(row), _month(row), row) for row in files["data_explorer"]]
    for _, _, row in explorer:
        _check_share(row)
    return KielTables(
        number,
        period,
        day,
        tuple(
            DonorMonth(
                donor,
                month,
                *_kinds(row, "total"),
                row.euros("commitments"),
                row.euros("to_be_allocated", negative=True),
            )
            for donor, month, row in explorer
        ),
        {donor: gdp for donor, _, row in explorer if (gdp := row.euros("gdp")) and donor != EU},
        tuple(
            MonthTotal(_month(row), *_kinds(row, "total_allocations")) for row in files["total_allocations"]
        ),
        tuple(
            RouteMonth(_month(row), route, row.euros(route))
            for row in files["procurement_trends"]
            for route in ROUTES
        ),
        tuple(_weapons(row) for row in files["weapons"]),
        tuple(
            EuShare(
                _donor(row),
                row.number("bilateral_pct_gdp") / 100,
                row.number("eu_share_pct_gdp") / 100,
                row.euros("eu_share_bn"),
            )
            for row in files["eu_aid_shares"]
        ),
    )


def _release(rows: list[KielRow]) -> tuple[int, Month, date]:
    """Read number, period and day of the release."""
    row = rows[0]
    match = _PERIOD.fullmatch(row.text("period"))
    if len(rows) != 1 or match is None or not 1 <= int(match[1]) <= 12:
        raise FileFormatError(
            f"the release's period reads {row.text('period')!r}", where=row.where, do="write it as 04/2026"
        )
    try:
        day = date.fromisoformat(row.text("date"))
    except ValueError as error:
        raise FileFormatError(
            f"{row.text('date')!r} is not a day of the calendar", where=row.where, do="write it as 2026-08-04"
        ) from error
    return row.whole("release"), Month(int(match[2]), int(match[1])), day


def _donor(row: KielRow) -> str:
    """Read a donor, whose name and code have to agree."""
    code = donor_code(row.text("country"), where=row.where)
    if donor_code(row.text("iso"), where=row.where) != code:
        raise FileFormatError(
            f"{row.text('country')} bears the code {row.text('iso')}",
            where=row.where,
            do=f"the code of that donor is {code}",
        )
    return code


def _kinds(row: KielRow, total: str) -> tuple[int, int, int]:
    """Read what is allocated by kind, which has to add up to the total of the row."""
    kinds = row.euros("military"), row.euros("financial"), row.euros("humanitarian")
    if abs(sum(kinds) - row.euros(total)) > ROUNDING:
        raise FileFormatError(
            f"{total} is {row.text(total)}, and military, financial and humanitarian add up to "
            f"{written(sum(kinds), 6, scale=-9)}",
            where=row.where,
            do="download the files again",
        )
    return kinds


def _check_share(row: KielRow) -> None:
    """Check that the share of GDP is that of the amount, which a slip of the unit breaks."""
    total, gdp, share = row.number("total"), row.number("gdp"), row.number("pct_gdp") / 100
    if gdp and abs(share * gdp - total) > 1e-6 + 1e-4 * total:
        slip = share and 900 < total / (share * gdp) < 1100
        raise FileFormatError(
            f"the total is {row.text('total')} and the share of GDP that stands beside it makes "
            f"{written(share * gdp, 6)}",
            where=row.where,
            do="give amounts in billions of euros, not in millions" if slip else "download the files again",
        )


def _month(row: KielRow) -> Month:
    """Read a month of the calendar."""
    year, month = row.whole("year"), row.whole("month")
    if not 1 <= month <= 12 or not 2022 <= year <= 2100:
        raise FileFormatError(
            f"month {month} of the year {year} is none of the calendar since 2022",
            where=row.where,
            do="download the files again",
        )
    return Month(year, month)


def _weapons(row: KielRow) -> DonorWeapons:
    """Read the weapons of a class that a donor allocated."""
    category = row.text("category")
    if category not in WEAPONS:
        raise FileFormatError(
            f"{category!r} is no class of weapons that foedus knows",
            where=row.where,
            do=f"the classes are {', '.join(WEAPONS)}",
        )
    return DonorWeapons(
        donor_code(row.text("donor"), where=row.where),
        WEAPONS[category],
        row.whole("number_of_weapons"),
        row.whole("monetary_value_eur"),
        row.text("weapons_list"),
    )
