"""How fast an ensemble runs, beside the bound that drawing its normal terms alone sets on the same machine.

Run it with ``python benchmarks/ensemble.py``. It prints draws per second for 32 allies to 2035, for 1,000 and
100,000 draws and for one and two workers; the same for the normal terms alone; their ratio; the time of a
whole run with arrays written and summed up; and the highest resident memory of that run. Each figure is the
best of three, for 100,000 draws of one. Nothing here is a test: times depend on the machine.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SIZES = (1_000, 100_000)
WORKERS = (1, 2)

CHILD = """
import resource, sys, time
from datetime import date
from pathlib import Path
from foedus.evidence import Ledger
from foedus.runs.execute import run_resolved
from foedus.scenario import resolve
resolved = resolve("baseline", as_of=date(2026, 6, 1), ledger=Ledger.packaged())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begun = time.perf_counter()
run_resolved(resolved, draws=int(sys.argv[1]), workers=int(sys.argv[2]), out=Path(sys.argv[3]))
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, before / 1024)
"""
"""A whole run in a process of its own, so that its highest memory is its own."""


def seconds(work: Callable[[], None], repeats: int) -> float:
    """Give the shortest wall time of several tries."""
    best = float("inf")
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def main() -> None:
    """Measure and print."""
    from datetime import date

    from foedus.engine.blocks import in_order
    from foedus.engine.component import shock_axes
    from foedus.engine.draws import BLOCK, YearByYear, block_count, shocks_year_by_year
    from foedus.engine.simulate import simulate
    from foedus.evidence import Ledger
    from foedus.scenario import resolve

    resolved = resolve("baseline", as_of=date(2026, 6, 1), ledger=Ledger.packaged())
    ready = resolved.problem()
    axes = shock_axes(ready.chain)
    steps, countries = len(resolved.years) - 1, len(resolved.countries)

    def normals(block: int) -> None:
        for terms in shocks_year_by_year(1, block, axes, countries).values():
            for i in range(steps if isinstance(terms, YearByYear) else 0):
                terms[i]

    def chain(block: int) -> None:
        for _ in simulate(ready, shocks_year_by_year(1, block, axes, countries)):
            pass

    normals(0), chain(0)
    print(f"{countries} countries, {resolved.start_year} to {resolved.horizon}, blocks of {BLOCK} draws")
    print("draws    workers  normals/s   chain/s  ratio   whole run s  whole run/s  ratio  peak MB (before)")
    for draws in SIZES:
        for workers in WORKERS:
            blocks, repeats = block_count(draws), 3 if draws < 10_000 else 1
            bound = draws / seconds(lambda b=blocks, w=workers: list(in_order(normals, b, w)), repeats)
            rate = draws / seconds(lambda b=blocks, w=workers: list(in_order(chain, b, w)), repeats)
            with tempfile.TemporaryDirectory() as folder:
                asked = [str(draws), str(workers), str(Path(folder, "run"))]
                done = subprocess.run(
                    [sys.executable, "-c", CHILD, *asked], capture_output=True, text=True, check=True
                )
            wall, peak, before = map(float, done.stdout.split())
            print(
                f"{draws:<8,} {workers:>7} {bound:>10,.0f} {rate:>9,.0f} {rate / bound:>6.2f} {wall:>13.2f}"
                f" {draws / wall:>12,.0f} {draws / wall / bound:>6.2f} {peak:>9.0f} ({before:.0f})"
            )


if __name__ == "__main__":
    main()
