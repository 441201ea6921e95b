"""A year of spending beside the same year written for other tools, in turns on one machine.

Run it with ``PYTHONPATH=src:benchmarks python -m peers``. The block is one of a run, 500 draws of 32
countries. First the results are held against one another; then each tool takes its turns, and the shortest
CPU time of each is printed with its ratio to that of foedus, operation by operation and, where numba is
installed, compiled. pandas and Mesa are no dependencies of foedus: install them beside it. Nothing here is
a test: times depend on the machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.compiled import compiled_loop
from foedus.engine.workspace import Workspace
from foedus.spending.equations import YEAR
from peers.case import Case, case

TURNS = 15
PEERS = {
    "plain NumPy": "plain_numpy",
    "pandas, wide": "pandas_wide",
    "pandas, long": "pandas_long",
    "Mesa": "mesa_agents",
}
Year = Callable[[], tuple[Array, Array]]


def own(given: Case, workspace: Workspace) -> Year:
    """Return the year as foedus takes it, in arrays that are kept."""

    def year() -> tuple[Array, Array]:
        workspace.next_year()
        out = workspace.array("spent", (2, *given.cells.last.shape))
        workspace.run(YEAR, out, given)
        return out[0], out[1]

    return year


def seconds(year: Year, times: int) -> float:
    """Return the CPU time of a year, over several."""
    begun = time.process_time()
    for _ in range(times):
        year()
    return (time.process_time() - begun) / times


def main() -> None:
    """Compare the results, measure in turns, and print."""
    given = case()
    years = {"foedus": own(given, Workspace(keeps=True))}
    if find_spec("numba") is not None:
        years["foedus, compiled"] = own(given, Workspace(keeps=True, compiler=compiled_loop))
    for name, module in PEERS.items():
        try:
            years[name] = import_module(f"peers.{module}").prepare(given)
        except ImportError as error:
            print(f"{name}: not measured ({error})")
    expected = [values.copy() for values in years["foedus"]()]
    for name, year in years.items():
        for ours, theirs in zip(expected, year(), strict=True):
            assert "compiled" not in name or np.array_equal(ours, theirs), "not the same bits"
            np.testing.assert_allclose(theirs, ours, rtol=1e-11, err_msg=name)
    best = dict.fromkeys(years, float("inf"))
    for _ in range(TURNS):
        for name, year in years.items():
            best[name] = min(best[name], seconds(year, 1 if name == "Mesa" else 10))
    columns = [name for name in years if name.startswith("foedus")]
    print(f"{'a year of 500 draws':24} {'ms':>9}" + "".join(f"{'times ' + name:>24}" for name in columns))
    for name, value in best.items():
        ratios = "".join(f"{value / best[column]:24.2f}" for column in columns)
        print(f"{name:24} {1e3 * value:9.3f}{ratios}")


if __name__ == "__main__":
    main()
