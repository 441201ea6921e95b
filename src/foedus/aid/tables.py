"""Tables of aid to Ukraine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.aid.answer import KIND_WORDS
from foedus.aid.donors import REGIONS, region_label
from foedus.aid.record import KINDS, ROUTES, Month
from foedus.aid.result import Aid
from foedus.tables import Column, Table

__all__ = ["WEAPON_LABELS", "aid_tables", "year_label"]

MONTHS = "January February March April May June July August September October November December".split()

WEAPON_LABELS = {
    "tanks": "Tanks",
    "infantry_fighting_vehicles": "Infantry fighting vehicles",
    "howitzers": "Howitzers",
    "rocket_launchers": "Rocket launchers",
    "air_defence_systems": "Air-defence systems",
}
"""The classes of weapons, in print."""


def aid_tables(result: Aid) -> tuple[Table, ...]:
    """Return the tables of a result.

    Parameters
    ----------
    result : Aid
        The result.

    Returns
    -------
    tuple of Table
        What was compared first, then by what the answer is laid out, then the others.
    """
    named: dict[str, Table] = {
        "region": _regions(result),
        "donor": _donors(result),
        "route": _routes(result),
        "month": _months(result),
    }
    by = result.question.laid_out_by
    compared = () if result.comparison is None else (_comparison(result),)
    others = (_years(result), *(table for key, table in named.items() if key != by))
    tables = (*compared, named[by], *others, _matched(result), _weapons(result), _purl(result))
    return tuple(table for table in tables if table.rows)


def _given(result: Aid) -> str:
    """Return which kind of aid, and in which prices."""
    return f"{KIND_WORDS[result.kind]}, billions of {_prices(result)}"


def _prices(result: Aid) -> str:
    """Return in which euros amounts are, in short."""
    return result.prices.split(",")[0]


def year_label(year: int, last: Month) -> str:
    """Return a year, with its last month where it is held in part."""
    return f"{year} to {MONTHS[last.month - 1]}" if year == last.year and last.month < 12 else str(year)


def _regions(result: Aid) -> Table:
    """Return a row for each region, sums of regions before their parts."""
    rows = tuple(
        {**vars(row), "label": row.label if row.is_sum or row.region == "united_states" else f"  {row.label}"}
        for row in result.regions
    )
    promises = (
        (Column("committed", "Committed", "billions"), Column("to_be_allocated", "Open", "billions"))
        if result.kind == "all"
        else ()
    )
    columns = (
        Column("label", "Donors", "name"),
        *promises[:1],
        Column("allocated", "Allocated", "billions"),
        *promises[1:],
        *_kinds(result),
    )
    title = f"Since January 2022: {_given(result)}"
    return Table("regions", title, columns, () if result.question.donor else rows)


def _kinds(result: Aid) -> tuple[Column, ...]:
    """Return the columns of the kinds that make up what was asked for, where it is more than one."""
    kinds = KINDS[result.kind]
    return tuple(Column(name, name.capitalize(), "billions") for name in kinds) if len(kinds) > 1 else ()


def _years(result: Aid) -> Table:
    """Return what regions allocated by year."""
    years = list(result.regions[0].by_year)
    rows = tuple(
        {
            "label": row.label if row.is_sum or row.region == "united_states" else f"  {row.label}",
            "region": row.region,
            **{str(year): row.by_year[year] for year in years},
        }
        for row in result.regions
    )
    columns = (
        Column("label", "Donors", "name"),
        *(Column(str(year), year_label(year, result.release.last), "billions") for year in years),
    )
    title = f"By year: {_given(result)}"
    return Table("years", title, columns, () if result.question.donor else rows, more=("region",))


def _donors(result: Aid) -> Table:
    """Return a row for each donor."""
    gdp_year = result.gdp[0][0] if result.gdp else None
    promises = (
        (Column("committed", "Committed", "billions"), Column("to_be_allocated", "Open", "billions"))
        if result.kind == "all"
        else ()
    )
    columns = [
        Column("name", "Donor", "name"),
        *promises[:1],
        Column("allocated", "Allocated", "billions"),
        *promises[1:],
        *_kinds(result)[:1],
        Column("share_of_all", "Of all donors", "per_cent_1"),
        Column("share_of_gdp_2021", "Of GDP 2021 (release)", "per_cent"),
    ]
    if gdp_year:
        columns.append(Column("share_of_gdp", f"Of GDP {gdp_year} (IMF)", "per_cent"))
    if any(row.eu_share_of_gdp_2021 is not None for row in result.donors):
        columns.append(Column("eu_share_of_gdp_2021", "Through the EU, of GDP 2021", "per_cent"))
    rows = tuple({**vars(row), "region_label": region_label(row.region)} for row in result.donors)
    prices = "euros of the day" if not result.imported else _prices(result)
    title = f"Since January 2022: {KIND_WORDS[result.kind]}, billions of {prices}"
    return Table("donors", title, tuple(columns), rows, more=("donor", "region"))


def _routes(result: Aid) -> Table:
    """Return the routes of military aid by year, with both denominators."""
    rows = tuple(
        {
            "year": row.year,
            "label": year_label(row.year, result.release.last),
            **{f"{route}_share": row.share(route) for route in ROUTES},
            "total": row.total,
            "stock_of_specified": row.stock_of_specified,
            "specified": row.specified,
            "nato_purl": row.nato_purl,
        }
        for row in result.routes
    )
    columns = (
        Column("label", "Year", "name"),
        *(Column(f"{route}_share", label, "per_cent_1") for route, label in ROUTES.items()),
        Column("total", "Of EUR bn", "billions"),
        Column("stock_of_specified", "From stocks without unspecified", "per_cent_1"),
        Column("specified", "Of EUR bn", "billions"),
        Column("nato_purl", "PURL, EUR bn", "billions"),
    )
    title = f"Military aid by route: shares of the four routes' sum, billions of {_prices(result)}"
    return Table("routes", title, columns, rows, more=("year",))


def _months(result: Aid) -> Table:
    """Return the months, with regions where they are there."""
    rows: tuple[Mapping[str, Any], ...] = tuple(
        {
            "month": str(row.month),
            "allocated": row.allocated,
            "military": row.military,
            "financial": row.financial,
            "humanitarian": row.humanitarian,
            **row.by_region,
        }
        for row in result.months
    )
    columns = [
        Column("month", "Month", "name"),
        Column("allocated", "Allocated", "billions"),
        *_kinds(result),
    ]
    if any(row.by_region for row in result.months) and not result.question.donor:
        columns += [Column(region, label, "billions") for region, label in REGIONS.items()]
    return Table("months", f"By month: {_given(result)}", tuple(columns), rows)


def _comparison(result: Aid) -> Table:
    """Return how two spans compare, with what the institute published."""
    comparison = result.comparison
    assert comparison is not None
    rows = tuple(
        {
            "label": row.label,
            "kind": KIND_WORDS[row.kind],
            "after": row.after,
            "before": row.before,
            "change": row.change,
            "published": row.published.change if row.published else None,
            "published_as": f"{row.published.prices}, {row.published.source}" if row.published else "",
        }
        for row in comparison.rows
    )
    columns = (
        Column("label", "Donors", "name"),
        Column("kind", "Given", "name"),
        Column("before", comparison.before, "billions"),
        Column("after", comparison.after, "billions"),
        Column("change", "Change", "signed_per_cent_1"),
        Column("published", "As published", "signed_per_cent_0"),
        Column("published_as", "By", blank="–"),
    )
    spans = f"{comparison.after} against {comparison.before}"
    title = f"{spans}: means a {comparison.per}, billions of {_prices(result)}"
    return Table("comparison", title, columns, rows)


def _matched(result: Aid) -> Table:
    """Return when commitments of a year's end had been allocated."""
    last = result.release.last
    rows = tuple(
        {
            "label": region_label(row.region),
            "region": row.region,
            "committed_to": str(row.committed_to),
            "committed": row.committed,
            "matched_in": str(row.matched_in) if row.matched_in else f"not by {last}",
            "months": row.months,
        }
        for row in result.matched
    )
    columns = (
        Column("label", "Donors", "name"),
        Column("committed_to", "Committed by the end of", "name"),
        Column("committed", "EUR bn", "billions"),
        Column("matched_in", "Matched by allocations in", "name"),
        Column("months", "Months", "count"),
    )
    where = "computed on the import" if result.imported else "as shipped"
    title = f"When commitments were matched by what was allocated ({where})"
    return Table("matched", title, columns, rows, more=("region",))


def _weapons(result: Aid) -> Table:
    """Return weapons by class."""
    rows = tuple({**vars(row), "label": WEAPON_LABELS[row.weapon]} for row in result.weapons)
    columns = (
        Column("label", "Weapons allocated", "name"),
        Column("pieces", "Pieces", "count"),
        Column("donors", "Donors", "count"),
    )
    title = "Allocated since January 2022; undated"
    return Table("weapons", title, columns, rows, more=("weapon",))


def _purl(result: Aid) -> Table:
    """Return what was said of PURL."""
    rows = tuple(
        {**vars(row), "when": _when(row.day.isoformat(), row.to_the), "who": ", ".join(row.donors)}
        for row in result.purl
    )
    columns = (
        Column("when", "Said", "name"),
        Column("who", "By", blank="all"),
        Column("usd", "USD bn", "billions"),
        Column("what", "What"),
        Column("known", "Known"),
        Column("source", "Source"),
    )
    title = "What was said of PURL, billions of US dollars; beside the tracker's figures, in no sum"
    return Table("purl", title, columns, rows, folded=True)


def _when(day: str, to_the: str) -> str:
    """Return a day as closely as it is known."""
    return {"day": day, "month": day[:7]}[to_the]
