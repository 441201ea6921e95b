"""Recompute the errors of Richardson's equations and their rivals, and hold the package against them.

    python benchmarks/spiral.py                the user's import of SIPRI's edition of April 2025
    python benchmarks/spiral.py PATH           SIPRI's workbook, or a table of iso3, year, indicator and value
    python benchmarks/spiral.py PATH --write src/foedus/evidence/records

SIPRI's figures do not ship. Without ``--write`` the first packaged number that differs ends the run. With
it the two tables are written anew, and the checksum that their card has to bear is printed.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from foedus.evidence import Ledger
from foedus.evidence.ingest.sipri import SIPRI_DAYS, read_sipri
from foedus.evidence.packaged import packaged_cards
from foedus.evidence.rows import FigureRows
from foedus.files.checksum import sha256_of
from foedus.guarantee.spiral_fit import OUTSIDE, error_rows, estimates_of, two_sides
from foedus.guarantee.spiral_record import CARD_ID, RECORD, RESTS_ON, error_table, estimates

INDICATOR = "military_expenditure_constant_usd"
LAST = 2024
ERRORS = "side,ahead,form,error,origins,first_origin,last_origin".split(",")
ESTIMATES = "form,side,constant,own,own_error,rival,rival_error,last_growth,first_year,last_year".split(",")
Spending = dict[str, dict[int, float]]


def spending(path: Path | None) -> Spending:
    """Return constant US dollars by country and year."""
    if path is None:
        return _figures(Ledger.load().edition(RESTS_ON).table(RESTS_ON))
    if path.suffix == ".xlsx":
        return _figures(read_sipri(path).figures)
    by_country: Spending = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["indicator"] == "usd_2023_m" and row["value"]:
                by_country[row["iso3"]][int(row["year"])] = float(row["value"]) * 1e6
    return by_country


def _figures(rows: FigureRows) -> Spending:
    """Return the figures of the indicator by country and year."""
    by_country: Spending = defaultdict(dict)
    for country, year, value in rows.where(indicator=INDICATOR).select("country", "year", "value"):
        by_country[country][year] = value
    return by_country


def lines(rows: Sequence[Any], columns: Sequence[str]) -> list[str]:
    """Return a table's rows as text."""
    return [",".join([*(_cell(asdict(row)[key]) for key in columns), "retrieved"]) for row in rows]


def _cell(value: object) -> str:
    """Return a cell; numbers with six decimals."""
    return "" if value is None else f"{value:.6f}" if isinstance(value, float) else str(value)


def same(mine: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether two rows are the same to five decimals: copies of the figures carry fewer digits."""
    return all(
        abs(value - theirs[key]) < 5e-6 if isinstance(value, float) else value == theirs[key]
        for key, value in mine.items()
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--write", type=Path, help="the folder of records")
    asked = parser.parse_args()
    day: date = SIPRI_DAYS[LAST + 1]
    europe = [code for code in Ledger.packaged().members(day) if code not in OUTSIDE]
    sides = two_sides(spending(asked.path), europe, LAST)
    errors, fitted = error_rows(sides), estimates_of(sides)
    print(f"NATO Europe ({len(europe)}) and Russia, {sides.years[0]}-{sides.years[-1]}")
    for row in errors:
        print(f"{row.side:7s} {row.ahead} y  {row.form:15s} {row.error:.4f}  {row.origins} origins")
    for fit in fitted:
        print(fit)
    tables = {"estimates": (fitted, ESTIMATES, estimates), "skill": (errors, ERRORS, error_table)}
    if asked.write:
        folder = asked.write / RECORD
        for name, (rows, columns, _) in tables.items():
            text = "\n".join([",".join([*columns, "known"]), *lines(rows, columns)]) + "\n"
            (folder / f"{name}.csv").write_text(text, "utf-8")
        listed = next((c.tables for c in packaged_cards() if c.id == CARD_ID), tuple(tables))
        print(f"{CARD_ID}: {sha256_of(b''.join((folder / f'{n}.csv').read_bytes() for n in listed))}")
        return
    for name, (rows, _, shipped) in tables.items():
        for mine, theirs in zip(rows, shipped(), strict=True):
            if not same(asdict(mine), asdict(theirs)):
                raise SystemExit(f"DIFFERS in {name}: {theirs} is packaged, the figures give {mine}")
        print(f"{name}: equal in all {len(rows)} rows")


if __name__ == "__main__":
    main()
