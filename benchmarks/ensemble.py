"""How fast an ensemble runs, beside the bound that drawing its normal terms alone sets on the same machine.

Run it with ``python benchmarks/ensemble.py``. It prints draws per second for 32 allies to 2035, for 1,000 and
100,000 draws and for one and two workers; the same for the normal terms alone; their ratio; the time of a
whole run with arrays written and summed up; and the highest resident memory of that run. Each figure is the
best of three, for 100,000 draws of one. Before it stands what the three components of forces cost at ten
classes, beside the normal terms of the first five components, and the command with a requirement beside that
without. Nothing here is a test: times depend on the machine.
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


COMMAND = """
import sys, time
from foedus.cli import run_command
begun = time.process_time()
run_command(["run", "--draws", "1000", "--out", sys.argv[1], "--workers", "1", *sys.argv[2:]])
print(time.process_time() - begun, file=sys.stderr)
"""
"""The command in a process of its own; what the processor took goes to the errors."""

REQUIREMENT = "levers.plans.requirement=replace-us-land-2025"


def forces() -> None:
    """Measure the components of forces at ten classes, and the command with a requirement and without."""
    from datetime import date

    from foedus.engine.component import shock_axes
    from foedus.engine.draws import BLOCK, YearByYear, shocks_year_by_year
    from foedus.engine.simulate import simulate
    from foedus.engine.workspace import Workspace
    from foedus.evidence import Ledger
    from foedus.forces.classes import axis_classes
    from foedus.scenario import resolve

    day, ledger = date(2026, 11, 1), Ledger.packaged()
    split = dict.fromkeys(axis_classes(), 0.1)
    changes = {REQUIREMENT.partition("=")[0]: REQUIREMENT.partition("=")[2], "levers.forces.split": split}
    named = resolve("baseline", as_of=day, ledger=ledger, changes=changes)
    problem, work = named.problem(), Workspace(keeps=True)
    steps, countries = len(named.years) - 1, problem.countries
    five = ("economy", "positions", "decisions", "accession", "budgets")
    first = shock_axes(tuple(part for part in problem.chain if part.name in five))
    plain = frozenset({"defence_expenditure_constant_usd", "equipment_share", "donated_equipment"})

    def normals() -> None:
        for terms in shocks_year_by_year(1, 0, first, countries).values():
            for i in range(steps if isinstance(terms, YearByYear) else 0):
                terms[i]

    def chain(wanted: frozenset[str]) -> None:
        axes = shock_axes(problem.needed_part(wanted))
        terms = shocks_year_by_year(1, 0, axes, countries, workspace=work, classes=problem.classes)
        for _ in simulate(problem, terms, work, wanted):
            pass

    works = (normals, lambda: chain(plain), lambda: chain(plain | {"forces_gap_by_ally_constant_usd"}))
    best = [float("inf")] * len(works)
    for _ in range(20):
        for i, one in enumerate(works):
            begun = time.process_time()
            one()
            best[i] = min(best[i], (time.process_time() - begun) / BLOCK / steps * 1e6)
    cost = best[2] - best[1]
    print(
        f"forces at ten classes: {cost:.2f} us a draw-year; normals of five components {best[0]:.2f}, "
        f"{cost / best[0]:.1f} times; what stands before them {best[1]:.2f}"
    )
    taken = []
    for asked in ([], ["--set", REQUIREMENT]):
        tries = []
        for _ in range(3):
            with tempfile.TemporaryDirectory() as folder:
                argv = [sys.executable, "-c", COMMAND, str(Path(folder, "run")), *asked]
                done = subprocess.run(argv, capture_output=True, text=True, check=True)
            tries.append(float(done.stderr.split()[-1]))
        taken.append(min(tries))
    print(
        f"run of 1,000 draws: {taken[0]:.2f} s, with a requirement {taken[1]:.2f}, "
        f"{taken[1] / taken[0]:.2f} times"
    )


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
    forces()
    from datetime import date

    from foedus.engine.blocks import in_order
    from foedus.engine.component import shock_axes
    from foedus.engine.draws import BLOCK, YearByYear, block_count, shocks_year_by_year
    from foedus.engine.simulate import simulate
    from foedus.evidence import Ledger
    from foedus.scenario import resolve

    resolved = resolve("baseline", as_of=date(2026, 6, 1), ledger=Ledger.packaged())
    ready = resolved.problem()
    wanted = resolved.needed()
    axes = shock_axes(ready.needed_part(wanted))
    steps, countries = len(resolved.years) - 1, len(resolved.countries)

    def normals(block: int) -> None:
        for terms in shocks_year_by_year(1, block, axes, countries, classes=ready.classes).values():
            for i in range(steps if isinstance(terms, YearByYear) else 0):
                terms[i]

    def chain(block: int) -> None:
        terms = shocks_year_by_year(1, block, axes, countries, classes=ready.classes)
        for _ in simulate(ready, terms, wanted=wanted):
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
