"""Ensembles side by side in one run: peers, a block with and without every component, draws, allies, years,
memory, and threads against a cluster.

Run it with ``PYTHONPATH=src:benchmarks python -m scale [PART ...]``; without parts, all of them::

    peers    a year of spending written for pandas, Mesa and plain NumPy, beside foedus
    block    CPU time of a block: random terms alone, the first five components, every component in use
    sizes    CPU time against draws, years and allies
    memory   highest memory and disk of a whole ensemble in a process of its own (--draws N ...)
    cluster  CPU and wall time of threads against workers of a local cluster (--draws N ...)
    profile  where the CPU time of a block goes, by component and by kind of operation

CPU time is counted, the least of several turns, because wall time depends on who else is at work. The cluster
is started with the engine's own commands and ended again. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

DAY = date(2026, 11, 1)
EVERY = "requirement-us-land"
"""The shipped scenario that uses the most components."""
FIRST_FIVE = ("economy", "positions", "decisions", "accession", "budgets")
TURNS = 9

MEMORY = """
import resource, sys, threading, time
from dataclasses import replace
from datetime import date
from pathlib import Path
from foedus.evidence import Ledger
from foedus.runs.ensemble import ensemble
name, draws, out = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
most, over = 0, threading.Event()
def watch():
    global most
    while not over.wait(0.5):
        size = 0
        for path in out.rglob("*"):
            try:
                size += path.stat().st_size
            except OSError:
                pass
        most = max(most, size)
watcher = threading.Thread(target=watch, daemon=True)
watcher.start()
begun = time.process_time()
ensemble([name], draws=draws, as_of=date(2026, 11, 1), ledger=Ledger.packaged(), out=out)
over.set()
watcher.join()
kept = sum(p.stat().st_size for p in out.rglob("*") if p.is_file())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(time.process_time() - begun, peak, most / 1e6, kept / 1e6)
"""


def least(works: dict[str, Callable[[], Any]], turns: int = TURNS) -> dict[str, float]:
    """Return the least CPU milliseconds of each work; the works take turns."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(turns):
        for name, work in works.items():
            begun = time.process_time()
            work()
            best[name] = min(best[name], 1e3 * (time.process_time() - begun))
    return best


def peers() -> None:
    """Print the peers' table."""
    from peers.__main__ import main as print_peers

    print_peers()


def _block(name: str, **changes: Any) -> tuple[Any, Callable[[], Any], Callable[[], Any]]:
    """Return a scenario, a block of its run, and the random terms of its first five components."""
    from foedus.engine.blocks import Block
    from foedus.engine.component import shock_axes
    from foedus.engine.draws import BLOCK, YearByYear, shocks_year_by_year
    from foedus.engine.workspace import Workspaces
    from foedus.evidence import Ledger
    from foedus.runs.outcome import BlockArrays, run_block
    from foedus.scenario import resolve

    resolved = resolve(name, as_of=DAY, ledger=Ledger.packaged(), changes=changes)
    problem, spaces = resolved.problem(), Workspaces()
    arrays = BlockArrays.new(resolved, BLOCK, resolved.shown())
    axes = shock_axes(tuple(part for part in problem.chain if part.name in FIRST_FIVE))

    def normals() -> None:
        for terms in shocks_year_by_year(1, 0, axes, problem.countries).values():
            for i in range(len(resolved.years) - 1 if isinstance(terms, YearByYear) else 0):
                terms[i]

    return resolved, lambda: run_block(resolved, Block(problem, 1, 0, BLOCK, spaces), arrays), normals


def _cut(resolved: Any) -> Callable[[], Any]:
    """Return a block of a run whose chain has no component that is not in use, nor what it is given."""
    from foedus.engine.blocks import Block
    from foedus.engine.component import declared_names
    from foedus.engine.draws import BLOCK
    from foedus.engine.simulate import Problem
    from foedus.engine.workspace import Workspaces
    from foedus.runs.outcome import BlockArrays, run_block

    class Unchecked(Problem):
        def check(self) -> None: ...

    whole = resolved.problem()
    part = whole.needed_part(resolved.needed())
    read = {name for c in part for kind in (c.now, c.before) for name in declared_names(kind)}
    rooms = [i for i, given in enumerate(whole.inputs[0]) if read & set(declared_names(type(given)))]
    problem = Unchecked(
        chain=part,
        start_year=whole.start_year,
        countries=whole.countries,
        starts=whole.starts,
        inputs=tuple(tuple(year[i] for i in rooms) for year in whole.inputs),
        parameters=whole.parameters,
        shock_scale=whole.shock_scale,
    )
    arrays, spaces = BlockArrays.new(resolved, BLOCK, resolved.shown()), Workspaces()
    return lambda: run_block(resolved, Block(problem, 1, 0, BLOCK, spaces), arrays)


def block() -> None:
    """Print the CPU time of a block with and without every component."""
    resolved, few, normals = _block("baseline")
    _, every, _ = _block(EVERY)
    best = least(
        {
            "random terms of the first five components": normals,
            "baseline, no component that is not in use": _cut(resolved),
            "baseline, as it is run": few,
            f"every component in use ({EVERY})": every,
        }
    )
    bound = next(iter(best.values()))
    components(bound)
    print("a block of 500 draws                          CPU ms  times the random terms")
    for name, value in best.items():
        print(f"{name:44} {value:7.2f} {value / bound:8.1f}")


def components(bound: float) -> None:
    """Print the CPU time of each component of the scenario that uses the most of them."""
    from foedus.engine.blocks import Block
    from foedus.engine.draws import BLOCK
    from foedus.engine.workspace import Workspaces
    from foedus.evidence import Ledger
    from foedus.scenario import resolve

    resolved = resolve(EVERY, as_of=DAY, ledger=Ledger.packaged())
    problem, spaces, spent = resolved.problem(), Workspaces(), dict.fromkeys(("",), 0.0)

    def timed(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any) -> Any:
            begun = time.process_time()
            result = step(*given)
            spent[name] = spent.get(name, 0.0) + time.process_time() - begun
            return result

        return run

    chain = tuple(replace(part, step=timed(part.name, part.step)) for part in problem.chain)
    problem, best = replace(problem, chain=chain), {}
    for _ in range(TURNS):
        spent.clear()
        for _ in Block(problem, 1, 0, BLOCK, spaces).passing_years(resolved.needed()):
            pass
        best = {name: min(1e3 * spent[name], best.get(name, float("inf"))) for name in spent}
    for name, value in best.items():
        print(f"  {name:42} {value:7.2f} {value / bound:8.1f}")


def sizes() -> None:
    """Print CPU time against draws, years and allies."""
    from foedus.evidence import Ledger
    from foedus.runs.outcome import outcome
    from foedus.scenario import resolve

    resolved = resolve("baseline", as_of=DAY, ledger=Ledger.packaged())
    works = {f"{n:,} draws": lambda n=n: outcome(resolved, draws=n) for n in (1_000, 4_000, 16_000)}
    for name, value in least(works, 3).items():
        print(f"baseline, {name:16} {value:9.1f} ms")
    years = {f"to {h}": _block("baseline", horizon=h)[1] for h in (2030, 2035, 2040)}
    for name, value in least(years).items():
        print(f"a block {name:18} {value:9.2f} ms")
    import peers.case
    from foedus.engine.workspace import Workspace
    from peers.__main__ import own

    allies = {}
    for count in (8, 32, 128):
        peers.case.COUNTRIES = count
        allies[f"{count} allies"] = own(peers.case.case(), Workspace(keeps=True))
    for name, value in least(allies, 50).items():
        print(f"a year of spending, {name:6} {value:9.3f} ms")


def memory(draws: list[int]) -> None:
    """Print the highest memory and disk of whole ensembles, each in a process of its own."""
    print("scenario               draws     CPU s  peak MiB  disk MB  kept MB")
    for name in ("baseline", EVERY):
        for count in draws:
            with tempfile.TemporaryDirectory() as folder:
                asked = [sys.executable, "-c", MEMORY, name, str(count), folder]
                done = subprocess.run(asked, capture_output=True, text=True, check=True)
            cpu, peak, disk, left = map(float, done.stdout.split())
            print(f"{name:20} {count:9,} {cpu:8.1f} {peak:9.0f} {disk:8.0f} {left:8.2f}", flush=True)


@contextmanager
def _cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and workers here, and end them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    words = [["scheduler", "--host", "127.0.0.1", "--port", port]]
    words += [["worker", address, "--no-nanny", "--nthreads", "1"]] * workers
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [
        subprocess.Popen([sys.executable, "-m", "dask", *w, "--no-dashboard"], **silent) for w in words
    ]
    try:
        yield address, started
    finally:
        for process in started:
            process.kill()
            process.wait()


def _used(processes: list[subprocess.Popen[bytes]]) -> float:
    """Return the CPU seconds that processes have used, with their threads."""
    ticks = 0
    for process in processes:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def cluster(draws: list[int]) -> None:
    """Print CPU and wall time of two threads here, and of two workers of a cluster."""
    from distributed import Client

    from foedus.evidence import Ledger
    from foedus.runs.ensemble import ensemble

    asked = {"as_of": DAY, "ledger": Ledger.packaged(), "workers": 2}
    begun = time.perf_counter()
    with _cluster(2) as (address, started):
        with Client(address, timeout=300) as client:
            client.wait_for_workers(2, timeout=300)
        print(f"two workers started: {time.perf_counter() - begun:.1f} s wall, {_used(started):.1f} s CPU")
        print("draws        threads: wall s  CPU s   workers: wall s  CPU s there  CPU s here")
        for count in (500, *draws):
            figures = []
            for scheduler in (None, address):
                before, here, wall = _used(started), time.process_time(), time.perf_counter()
                with tempfile.TemporaryDirectory() as folder:
                    ensemble(["baseline"], draws=count, out=folder, scheduler=scheduler, **asked)
                figures += [time.perf_counter() - wall, time.process_time() - here, _used(started) - before]
            print(
                f"{count:<9,} {figures[0]:16.1f} {figures[1]:6.1f} {figures[3]:16.1f} "
                f"{figures[5]:12.1f} {figures[4]:11.1f}",
                flush=True,
            )


def profile() -> None:
    """Print where the CPU time of a block goes."""
    for name in ("baseline", EVERY):
        _, work, _ = _block(name)
        work()
        profiler = cProfile.Profile()
        profiler.enable()
        for _ in range(10):
            work()
        profiler.disable()
        stats: Any = pstats.Stats(profiler)
        total = stats.total_tt
        print(f"{name}: {100 * total:.1f} ms a block under the profiler; own time by function")
        rows = sorted(((own, key) for key, (_, _, own, _, _) in stats.stats.items()), reverse=True)[:14]
        for own, (file, _, function) in rows:
            print(f"  {100 * own / total:5.1f} %  {Path(file).name}:{function}")


def main() -> None:
    """Measure the parts that are asked for and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--draws", type=int, nargs="+", default=[10_000, 100_000])
    options = parser.parse_args()
    parts: dict[str, Callable[[], None]] = {
        "peers": peers,
        "block": block,
        "sizes": sizes,
        "memory": lambda: memory(options.draws),
        "cluster": lambda: cluster(options.draws),
        "profile": profile,
    }
    for name in options.parts or parts:
        print(f"\n{name}")
        parts[name]()


if __name__ == "__main__":
    main()
