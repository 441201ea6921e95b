"""How fast one block of draws is, beside drawing its own normal terms, and how many pages it faults.

Run it with ``python benchmarks/block.py [--against SRC]``, where SRC is the folder ``src`` of an older
tree. The trees take turns, each in a process of its own, and within a process the kinds of work take turns
too. CPU time is counted, the shortest of all turns. For each kind of work it prints milliseconds a block,
the ratio of drawing the normal terms to it, and page faults a block. Kinds: the chain with all quantities;
the same with the measures; the chain as a run needs it, without and with the measures; and a block of a
run, with its arrays filled. Each runs operation by operation, and compiled where numba is installed.
Nothing here is a test: times depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

TURNS = 5

CHILD = """
import json, resource, time
from datetime import date
from foedus.engine.blocks import Block
from foedus.engine.component import shock_axes
from foedus.engine.draws import BLOCK, YearByYear, shocks_year_by_year
from foedus.evidence import Ledger
from foedus.scenario import resolve

resolved = resolve("baseline", as_of=date(2026, 6, 1), ledger=Ledger.packaged())
problem, countries = resolved.problem(), len(resolved.countries)
axes, steps = shock_axes(problem.chain), len(resolved.years) - 1
kinds = {"": ()}
try:
    from foedus.engine.compiled import compiled_loop
    from foedus.engine.workspace import Workspaces
    kinds = {"": (Workspaces(),)}
    import numba
    kinds[", compiled"] = (Workspaces(compiled_loop),)
except ImportError:
    pass


def years(block, *wanted):
    return block.passing_years(*wanted) if hasattr(block, "passing_years") else block.years()


def normals(number, *_):
    for terms in shocks_year_by_year(1, number, axes, countries).values():
        for i in range(steps if isinstance(terms, YearByYear) else 0):
            terms[i]


def chain(number, *spaces):
    for _ in years(Block(problem, 1, number, BLOCK, *spaces)):
        pass


def with_measures(number, *spaces):
    for _, state in years(Block(problem, 1, number, BLOCK, *spaces)):
        resolved.measures(state)


def needed(number, *spaces):
    for _ in years(Block(problem, 1, number, BLOCK, *spaces), *wanted):
        pass


def needed_with_measures(number, *spaces):
    for _, state in years(Block(problem, 1, number, BLOCK, *spaces), *wanted):
        resolved.measures(state)


def whole(number, *spaces):
    from foedus.runs import outcome
    block = Block(problem, 1, number, BLOCK, *spaces)
    if hasattr(outcome, "BlockArrays"):
        arrays = storage.setdefault(spaces, outcome.BlockArrays.new(resolved, BLOCK, resolved.stored()))
        outcome.run_block(resolved, block, arrays)
    else:
        outcome.run_block(resolved, block, resolved.stored())


storage, wanted = {}, (resolved.needed(),) if hasattr(resolved, "needed") else ()
all_kinds = {
    "chain, all quantities": chain, "the same with measures": with_measures, "chain as needed": needed,
    "as needed, with measures": needed_with_measures, "block of a run": whole,
}
work = {"normal terms": (normals, ())}
for word, spaces in kinds.items():
    for name, function in all_kinds.items():
        work[name + word] = (function, spaces)
for function, spaces in work.values():
    function(0, *spaces)
best = {name: [float("inf"), float("inf")] for name in work}
for turn in range(5):
    for name, (function, spaces) in work.items():
        faults, begun = resource.getrusage(resource.RUSAGE_SELF).ru_minflt, time.process_time()
        for number in range(4):
            function(number, *spaces)
        spent = (time.process_time() - begun) / 4
        best[name][0] = min(best[name][0], spent)
        best[name][1] = min(best[name][1], (resource.getrusage(resource.RUSAGE_SELF).ru_minflt - faults) / 4)
print(json.dumps(best))
"""


def turn(tree: Path) -> dict[str, Any]:
    """Return seconds and page faults a block by kind of work, of a tree."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tree), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "OMP_NUM_THREADS": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD], env=environment, capture_output=True, text=True, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main() -> None:
    """Measure in turns and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--against", type=Path)
    options = parser.parse_args()
    trees = {"this tree": Path(__file__).parents[1] / "src"}
    if options.against:
        trees["older tree"] = options.against.resolve()
    best: dict[str, dict[str, Any]] = {name: {} for name in trees}
    for _ in range(TURNS):
        for name, tree in trees.items():
            for kind, figures in turn(tree).items():
                known = best[name].get(kind, figures)
                best[name][kind] = [min(pair) for pair in zip(known, figures, strict=True)]
    for name, kinds in best.items():
        bound = kinds["normal terms"][0]
        print(f"{name:36} ms a block   ratio   faults")
        for kind, (seconds, faults) in kinds.items():
            print(f"  {kind:34} {1e3 * seconds:10.2f} {bound / seconds:7.2f} {faults:8.0f}")


if __name__ == "__main__":
    main()
