"""Score forecasts of aid on the institute's own files and write the packaged table of scores.

python benchmarks/aid_scores.py FOLDER            print the scores, and how long they took
python benchmarks/aid_scores.py FOLDER --write    write them into the record of scores
"""

from __future__ import annotations

import argparse
import re
import time
from dataclasses import astuple, fields
from pathlib import Path

from foedus.aid.hindcast import hindcast_of
from foedus.aid.kiel import read_kiel
from foedus.aid.own import tracker_of
from foedus.aid.record import packaged_release
from foedus.aid.skill import SCORES, ForecastScore
from foedus.cli.output import lay_out
from foedus.files.checksum import sha256_of

RECORD = Path(__file__).parents[1] / "src/foedus/evidence/records" / SCORES


def cell(value: object) -> str:
    """Write a number with no more digits than another seed leaves it."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if abs(value) > 1000 else f"{value:.4f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the six files of a release")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    held = tracker_of(read_kiel(options.folder), packaged_release())
    start = time.process_time()
    result = hindcast_of(held)
    seconds = time.process_time() - start
    for table in result.tables():
        print(lay_out(table, title=table.title), end="\n\n")
    print(f"{len(result.scores)} scores in {seconds:.1f} s of one core (asked: under 60 s)")
    if options.write:
        names = ",".join((*(f.name for f in fields(ForecastScore)), "known"))
        rows = [",".join((*map(cell, astuple(score)), "retrieved")) for score in result.scores]
        text = "\n".join([names, *rows]) + "\n"
        RECORD.mkdir(exist_ok=True)
        (RECORD / "scores.csv").write_text(text, encoding="utf-8")
        card = RECORD / "card.yaml"
        stamped = re.sub(
            r"sha256: \S*", f"sha256: {sha256_of(text.encode())}", card.read_text(encoding="utf-8")
        )
        card.write_text(stamped, encoding="utf-8")


if __name__ == "__main__":
    main()
