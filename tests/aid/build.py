"""A small release of six files, made for the tests: its amounts are nobody's."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

File = list[list[str]]
Release = dict[str, File]

DONORS = {
    "Germany": ("DEU", 3600.0),
    "Turkiye": ("TUR", 690.0),
    "United States": ("USA", 19700.0),
    "Japan": ("JPN", 4200.0),
    "EU (Commission and Council)": ("EU", 0.0),
}

ENTRIES = (
    # donor, year, month, military, financial, humanitarian, committed
    ("United States", 2022, 1, 0.2, 0.0, 0.1, 4.0),
    ("Germany", 2022, 2, 0.4, 0.1, 0.0, 1.0),
    ("EU (Commission and Council)", 2022, 2, 0.0, 1.2, 0.3, 3.0),
    ("Turkiye", 2022, 3, 0.05, 0.0, 0.0, 0.05),
    ("Japan", 2022, 12, 0.0, 0.6, 0.2, 1.0),
    ("Germany", 2022, 12, 1.0, 0.0, 0.2, 0.5),
    ("United States", 2023, 1, 2.0, 0.5, 0.0, 0.0),
    ("EU (Commission and Council)", 2023, 2, 0.0, 2.0, 0.0, 0.0),
    ("Germany", 2023, 2, 0.6, 0.0, 0.1, 2.0),
)
"""Donor, year, month, then billions of euros: military, financial, humanitarian, committed."""

MONTHS = [(2022, month) for month in range(1, 13)] + [(2023, 1), (2023, 2)]


def release(
    entries: Iterable[tuple[object, ...]] = ENTRIES, number: int = 30, last: tuple[int, int] = (2023, 2)
) -> Release:
    """Return the six files of a release that ends in February 2023, or earlier; the headings first."""
    entries = [row for row in entries if row[1:3] <= last]
    explorer = [
        "country,iso,year,month,total,financial,humanitarian,military,commitments,to_be_allocated,gdp,pct_gdp"
    ]
    for donor, year, month, military, financial, humanitarian, committed in entries:
        iso, gdp = DONORS[str(donor)]
        total = float(military) + float(financial) + float(humanitarian)  # type: ignore[arg-type]
        left = float(committed) - total  # type: ignore[arg-type]
        share = 100 * total / gdp if gdp else 0.0
        explorer.append(
            f'"{donor}",{iso},{year},{month},{total:.6f},{financial},{humanitarian},{military},{committed},'
            f"{left:.6f},{gdp},{share:.9f}"
        )
    totals = ["year,month,total_allocations,military,financial,humanitarian"]
    routes = ["year,month,stockpile,procurement,unspecified,nato_purl"]
    for year, month in (named for named in MONTHS if named <= last):
        m, f, h = (
            sum(float(row[i]) for row in entries if row[1:3] == (year, month))  # type: ignore[arg-type]
            for i in (3, 4, 5)
        )
        totals.append(f"{year},{month},{m + f + h:.6f},{m:.6f},{f:.6f},{h:.6f}")
        routes.append(f"{year},{month},{0.5 * m:.6f},{0.3 * m:.6f},{0.2 * m:.6f},0")
    period = f"{last[1]:02d}/{last[0]}"
    lines = {
        "data_explorer": explorer,
        "total_allocations": totals,
        "procurement_trends": routes,
        "weapons": [
            "donor,category,number_of_weapons,monetary_value_eur,weapons_list",
            'Germany,Tanks,10,20000000,"Leopard-1A5 (10)"',
            'United States,IFV,3,5000000,"Bradley (3)"',
        ],
        "eu_aid_shares": [
            "country,iso,bilateral_pct_gdp,eu_share_pct_gdp,total_pct_gdp,eu_share_bn",
            "Germany,DEU,0.066,0.05,0.116,1.8",
        ],
        "release_info": [
            "release,period,date,label",
            f"{number},{period},2023-04-01,made for a test",
        ],
    }
    return {name: [next(csv.reader([line])) for line in rows] for name, rows in lines.items()}


def write(folder: Path, files: Release, *, delimiter: str = ",") -> Path:
    """Write the files of a release into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
    return folder


def cell(files: Release, name: str, row: int, column: str, value: str) -> Release:
    """Return a release with another value in one cell; the row below the headings is 1."""
    rows = [list(line) for line in files[name]]
    rows[row][rows[0].index(column)] = value
    return {**files, name: rows}
