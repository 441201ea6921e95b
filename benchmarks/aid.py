"""Hold the packaged figures of aid against the tracker's own files, and print the headline figures.

    python benchmarks/aid.py FOLDER
    python benchmarks/aid.py FOLDER --write src/foedus/evidence/records

FOLDER holds the six CSV files of Release 29, which do not ship. Without ``--write`` every packaged table has
to be that of the files, and the shipped results those recomputed from them; the first that differs ends
the run. With it the tables are written anew, and the checksums that their cards have to bear are printed.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from foedus.aid.aid import aid
from foedus.aid.kiel import read_kiel
from foedus.aid.kiel_checks import check_kiel, kiel_notes
from foedus.aid.kiel_import import import_kiel
from foedus.aid.matched import CARD_ID as RESULTS
from foedus.aid.matched import matched
from foedus.aid.own import tracker_of
from foedus.aid.question import AidQuestion
from foedus.aid.record import CARD_ID, RECORD, packaged_release
from foedus.aid.tracker import Tracker, packaged_tracker
from foedus.aid.twelve_months import CARD_ID as SUMS
from foedus.aid.twelve_months import SUMMED_REGIONS, shipped_ends, twelve_months_ending
from foedus.evidence import Ledger
from foedus.evidence.packaged import packaged_cards
from foedus.evidence.records import record_rows
from foedus.files.checksum import sha256_of

TABLES = ("region_years", "donors", "months", "routes", "weapons")
SPANS = (("all", "2025", "2022-2024"), ("military", "2025-07/2025-08", "2025-01/2025-06"))


def rows_of(held: Tracker) -> dict[str, list[tuple[object, ...]]]:
    """Return the packaged tables that a release's own files give, the headings first."""

    def table(rows: Iterable[object], *first: str) -> list[tuple[object, ...]]:
        listed = [vars(row) for row in rows]
        keys = [key for key in listed[0] if key != "month"]
        return [(*first, *keys, "known")] + [
            (*(row["month"] if first else ()), *("" if row[k] is None else row[k] for k in keys), "retrieved")
            for row in listed
        ]

    return {
        "region_years": table(held.region_years),
        "donor_totals": table(held.donors),
        "months": table(held.months, "year", "month"),
        "route_years": table(held.routes),
        "weapons": table(held.weapons),
        "matched": [
            ("region", "committed_to", "committed", "matched_in", "known"),
            *(
                (r.region, r.committed_to, int(r.committed), r.matched_in or "", "retrieved")
                for r in matched(held)
            ),
        ],
        "sums": sums_of(held),
    }


def sums_of(held: Tracker) -> list[tuple[object, ...]]:
    """Return the sums of twelve months that ship, the headings first."""
    ends = shipped_ends(held.months[0].month, held.release.last)
    return [
        ("region", "last_month", "eur", "known"),
        *(
            (name, str(end), int(twelve_months_ending(held, name, end).allocated), "retrieved")
            for name in SUMMED_REGIONS
            for end in ends
        ),
    ]


def write(records: Path, held: Tracker) -> None:
    """Write the tables, and print the checksums of the records."""
    for name, rows in rows_of(held).items():
        folder = records / {"matched": "aid_results", "sums": "aid_twelve_months"}.get(name, RECORD)
        text = "".join(",".join(map(str, row)) + "\n" for row in rows)
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    for folder, card in ((RECORD, CARD_ID), ("aid_results", RESULTS), ("aid_twelve_months", SUMS)):
        names: Sequence[str] = next(c.tables for c in packaged_cards() if c.id == card)
        content = b"".join((records / folder / f"{name}.csv").read_bytes() for name in names)
        print(f"{card}: {sha256_of(content)}")


def compare(held: Tracker) -> None:
    """Hold every packaged table and result against those of the files."""
    shipped = packaged_tracker()
    for name in TABLES:
        same = getattr(shipped, name) == getattr(held, name)
        print(f"{name:14s} {'equal' if same else 'DIFFERS'}")
        if not same:
            raise SystemExit(1)
    same = matched(shipped) == matched(held)
    print(f"{'matched':14s} {'equal' if same else 'DIFFERS'}")
    if not same:
        raise SystemExit(1)
    own = {(row[0], row[1]): row[2] for row in sums_of(held)[1:]}
    same = own == {
        (r["region"], r["last_month"]): int(r["eur"]) for r in record_rows("aid_twelve_months", "sums")
    }
    print(f"{'twelve months':14s} {'equal' if same else 'DIFFERS'}")
    if not same:
        raise SystemExit(1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", type=Path, help="the folder of records")
    asked = parser.parse_args()
    start = time.perf_counter()
    tables = read_kiel(asked.folder)
    check_kiel(tables)
    held = tracker_of(tables, packaged_release())
    print(f"read and checked in {time.perf_counter() - start:.2f} s")
    print("\n".join(kiel_notes(tables)))
    if asked.write:
        write(asked.write, held)
        return
    compare(held)
    with tempfile.TemporaryDirectory() as data:
        os.environ["FOEDUS_DATA"] = data
        print(import_kiel(asked.folder).message)
        ledger = Ledger.packaged()
        print(aid(ledger=ledger).headline())
        for kind, after, before in SPANS:
            question = AidQuestion(kind=kind, compare=(after, before))  # type: ignore[arg-type]
            comparison = aid(question, ledger=ledger).comparison
            for row in comparison.rows if comparison else ():
                print(f"{after} v {before}: {row.label:32s} {row.kind:9s} {100 * (row.change or 0):+7.1f} %")


if __name__ == "__main__":
    main()
