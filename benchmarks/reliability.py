"""Recompute how often commitments of alliances were kept from a file of cases, and hold the package against
it.

    python benchmarks/reliability.py PATH
    python benchmarks/reliability.py PATH --write src/foedus/evidence/records

PATH is the replication table of Berkemeier and Fuhrmann (2018) as CSV, which does not ship. Without
``--write`` the first packaged count or interval that differs ends the run. With it the table of counts is
written anew, and the checksum that its card has to bear is printed.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from foedus.evidence.packaged import packaged_cards
from foedus.files.checksum import sha256_of
from foedus.guarantee.reliability_cases import count_honoured, read_cases
from foedus.guarantee.reliability_record import CARD_ID, RECORD, HonourCount, honour_counts

COLUMNS = (
    "commitment,period,without,honoured,cases,wars,largest_war,low,high,normal_low,normal_high,known".split(
        ","
    )
)


def line(count: HonourCount) -> str:
    """Return a row of the table."""
    cells = [f"{v:.6f}" if isinstance(v, float) else str(v) for v in asdict(count).values()]
    return ",".join([*cells, "retrieved"])


def write(records: Path, counts: tuple[HonourCount, ...]) -> None:
    """Write the counts, and print the record's checksum."""
    folder = records / RECORD
    (folder / "counts.csv").write_text("\n".join([",".join(COLUMNS), *map(line, counts)]) + "\n", "utf-8")
    tables = next((c.tables for c in packaged_cards() if c.id == CARD_ID), ("counts", "codings"))
    print(f"{CARD_ID}: {sha256_of(b''.join((folder / f'{name}.csv').read_bytes() for name in tables))}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("--write", type=Path, help="the folder of records")
    asked = parser.parse_args()
    counts = count_honoured(read_cases(asked.path))
    for count in counts:
        without = f" without the {count.without}" if count.without else ""
        print(
            f"{count.commitment + ', ' + count.period + without:55s} {count.honoured:3d}/{count.cases:<3d} "
            f"{count.share:6.1%}  over wars {count.low:.1%}-{count.high:.1%}  normal "
            f"{count.normal_low:.1%}-{count.normal_high:.1%}  wars {count.wars}, largest {count.largest_war}"
        )
    if asked.write:
        write(asked.write, counts)
        return
    for count, shipped in zip(counts, honour_counts(), strict=True):
        if line(count) != line(shipped):
            raise SystemExit(f"DIFFERS: {line(shipped)} is packaged, the file gives {line(count)}")
    print(f"equal: all {len(counts)} counts with both intervals")


if __name__ == "__main__":
    main()
