"""The highest resident memory of a run and of a comparison, by the number of draws.

Run it with ``python benchmarks/memory.py [--draws N ...] [--out FOLDER]``. Each is made in a process of its
own, so that its highest memory is its own; the runs' arrays are written below FOLDER and removed. Beside
memory stand CPU seconds. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile

CHILD = """
import resource, sys, time
from datetime import date
from pathlib import Path
from foedus.analysis.compare import compare
from foedus.evidence import Ledger
from foedus.runs.execute import run_resolved
from foedus.scenario import resolve
day, ledger = date(2026, 6, 1), Ledger.packaged()
kind, draws, out = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
begun = time.process_time()
if kind == "run":
    run_resolved(resolve("baseline", as_of=day, ledger=ledger), draws=draws, out=out)
else:
    compare("baseline", "hague-five-years-late", draws=draws, as_of=day, ledger=ledger)
print(time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, nargs="+", default=[1_000, 100_000, 1_000_000])
    parser.add_argument("--out")
    options = parser.parse_args()
    print("what        draws   CPU s   peak MiB")
    for kind in ("run", "compare"):
        for draws in options.draws:
            with tempfile.TemporaryDirectory(dir=options.out) as folder:
                asked = [sys.executable, "-c", CHILD, kind, str(draws), f"{folder}/run"]
                done = subprocess.run(asked, capture_output=True, text=True, check=True)
            seconds, peak = map(float, done.stdout.split())
            print(f"{kind:8} {draws:9,} {seconds:7.1f} {peak:10.0f}", flush=True)


if __name__ == "__main__":
    main()
