"""Checks that the six files of a release agree with each other and with the release that they name."""

from __future__ import annotations

from collections import Counter, defaultdict

from foedus.aid.donors import donor_name
from foedus.aid.kiel import ROUNDING, KielTables
from foedus.aid.monthly import NO_ENTRY, month_totals, months_between
from foedus.aid.record import KINDS, Month
from foedus.errors import FileFormatError
from foedus.evidence.checks import CheckResult
from foedus.rounding import written

__all__ = ["FIRST_MONTH", "check_kiel", "kiel_notes"]

FIRST_MONTH = Month(2022, 1)
"""The month with which the tracker begins."""

LARGEST_MONTH = 500_000_000_000
"""Euros of a month above which an amount is a slip of the unit: the largest on record is 23 bn."""

LARGEST_GDP = 100_000_000_000_000
"""Euros of GDP above which an amount is a slip of the unit."""

_AGAIN = "download all six files again, of one release"


def check_kiel(tables: KielTables) -> tuple[CheckResult, ...]:
    """Check a release's tables.

    Parameters
    ----------
    tables : KielTables
        As read.

    Returns
    -------
    tuple of CheckResult
        What was checked; every check passed.

    Raises
    ------
    FileFormatError
        When one fails.
    """
    _check_months(tables)
    _check_donors(tables)
    _check_units(tables)
    _check_sums(tables)
    passed = {
        "release_period": f"the data end in {tables.period}, as the release says",
        "every_month": f"totals and routes hold every month from {FIRST_MONTH} to {tables.period}, once",
        "no_duplicates": "no donor has two entries in a month, by whatever spelling",
        "billions_of_euros": "amounts are billions of euros, by the shares of GDP beside them",
        "kinds_add_up": "military, financial and humanitarian add up to the total in every row",
        "donors_add_up": "the donors of a month add up to its total in every kind",
        "not_negative": "no allocation, commitment or count is negative",
    }
    return tuple(CheckResult(name, True, "error", message) for name, message in passed.items())


def kiel_notes(tables: KielTables) -> tuple[str, ...]:
    """Return what a reader of the tables must know."""
    months = tables.period.since(FIRST_MONTH) + 1
    donors = Counter(row.donor for row in tables.donor_months)
    absent = sum(months - count for count in donors.values())
    negative = sum(row.to_be_allocated < 0 for row in tables.donor_months)
    routes = sum(row.allocated for row in tables.route_months)
    military = sum(row.military for row in tables.month_totals)
    return (
        f"{len(donors)} donors have no entry in {absent:,} of {len(donors) * months:,} donor-months. "
        f"{NO_ENTRY}",
        f"to_be_allocated is negative in {negative:,} of {len(tables.donor_months):,} rows: what was "
        "promised before is allocated then.",
        f"The routes add up to EUR {written(routes, 1, scale=-9)} bn and military aid to EUR "
        f"{written(military, 1, scale=-9)} bn: shares by route are of the routes' own sum.",
    )


def _check_months(tables: KielTables) -> None:
    """Check that every table ends in the release's last month and leaves none out."""
    wanted = months_between(FIRST_MONTH, tables.period)
    routes: dict[Month, int] = Counter(row.month for row in tables.route_months)
    lists = {
        "data_explorer.csv": [row.month for row in tables.donor_months],
        "total_allocations.csv": [row.month for row in tables.month_totals],
        "procurement_trends.csv": list(routes),
    }
    for name, months in lists.items():
        if max(months) != tables.period:
            raise FileFormatError(
                f"release {tables.number} says that its data end in {tables.period}, and {name} ends in "
                f"{max(months)}",
                where="release_info.csv",
                do="the site was being renewed; download all six files again",
                period=str(tables.period),
                last=str(max(months)),
            )
    for name in ("total_allocations.csv", "procurement_trends.csv"):
        missing = [str(month) for month in wanted if month not in lists[name]]
        if missing:
            raise FileFormatError(f"{', '.join(missing)} is missing", where=name, do=_AGAIN)
    totals = Counter(row.month for row in tables.month_totals)
    twice = [m for m, n in totals.items() if n > 1] + [m for m, n in routes.items() if n > 4]
    if twice:
        raise FileFormatError(
            f"{twice[0]} stands twice", where="total_allocations.csv, procurement_trends.csv", do=_AGAIN
        )
    early = [m for m in (*totals, *routes, *lists["data_explorer.csv"]) if m < FIRST_MONTH]
    if early:
        raise FileFormatError(f"{early[0]} is before {FIRST_MONTH}", do=_AGAIN)


def _check_donors(tables: KielTables) -> None:
    """Check that no donor has two entries for the same."""
    entries: dict[str, Counter[tuple[str, str]]] = {
        "data_explorer.csv": Counter((row.donor, str(row.month)) for row in tables.donor_months),
        "weapons.csv": Counter((row.donor, row.weapon.replace("_", " ")) for row in tables.weapons),
        "eu_aid_shares.csv": Counter((row.donor, "its share") for row in tables.eu_shares),
    }
    for name, counts in entries.items():
        for (donor, what), count in counts.items():
            if count > 1:
                raise FileFormatError(
                    f"{donor_name(donor)} stands {count} times with {what}, perhaps in two spellings",
                    where=name,
                    do="keep one of the rows, or add them up",
                )


def _check_units(tables: KielTables) -> None:
    """Check that amounts are billions of euros, as far as a table can tell by itself."""
    for row in tables.month_totals:
        amount = row.military + row.financial + row.humanitarian
        if amount > LARGEST_MONTH:
            raise FileFormatError(
                f"the total of {row.month} is EUR {written(amount, scale=-9, grouped=True)} bn, more than "
                "any month can hold",
                where="total_allocations.csv",
                do="give amounts in billions of euros, not in millions",
            )
    for donor, gdp in tables.gdp_2021.items():
        if gdp > LARGEST_GDP:
            raise FileFormatError(
                f"the GDP of {donor_name(donor)} is EUR {written(gdp, scale=-9, grouped=True)} bn",
                where="data_explorer.csv",
                do="give amounts in billions of euros, not in millions",
            )


def _check_sums(tables: KielTables) -> None:
    """Check that the donors of a month add up to its total."""
    totals = {row.month: row for row in tables.month_totals}
    by_month: dict[Month, list[int]] = defaultdict(list)
    for sums in month_totals(tables.donor_months, totals):
        for kind in KINDS["all"]:
            donors, total = getattr(sums, kind), getattr(totals[sums.month], kind)
            by_month[sums.month].append(donors)
            if abs(donors - total) <= ROUNDING:
                continue
            slip = total and not 0.01 < donors / total < 100
            raise FileFormatError(
                f"in {sums.month} the donors' {kind} aid adds up to {written(donors, 6, scale=-9)} and the "
                f"total is {written(total, 6, scale=-9)}",
                where="data_explorer.csv, total_allocations.csv",
                do="one of the files is in millions; give billions of euros" if slip else _AGAIN,
            )
