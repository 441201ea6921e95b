"""What an analysis of sensitivity costs and how far its figures can be trusted, measured in one run.

``python benchmarks/sensitivity.py`` prints three things:

- the total indices of the chances of ``baseline`` in 2035 from three pairs of seeds, 8,000 draws each, as the
  table of ``docs/explanation/sensitivity.md``, with how far pairs lie apart at most (0.04 is allowed);
- the time of the screening after Morris and of the indices of groups, against that of as many blocks of a
  plain run. Points and blocks take turns, so that both see the same machine. Allowed are 1,400 blocks for
  1,300 runs, and 8,600 for 7,168;
- what one shock costs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np

from foedus.analysis.designs import check_installed, group_points, morris_effects, morris_paths
from foedus.analysis.number_sensitivity import Running
from foedus.analysis.numbers import prepared_numbers
from foedus.analysis.sensitivity import shock_indices
from foedus.analysis.sobol import Exchanges, sobol_indices
from foedus.analysis.targets import TargetReader, targets_of
from foedus.catalogue import catalogue
from foedus.engine.arrays import Array
from foedus.engine.blocks import map_blocks
from foedus.engine.draws import BLOCK
from foedus.scenario import Resolved, resolve

PAIRS = ((1, 2), (3, 4), (5, 6))
LEAST = 0.005
CHUNK = 20

HEADINGS = {
    "allies_at_pledge_count": "at the pledge",
    "allies_at_guideline_count": "at 2 %",
    "nato_expenditure_constant_usd": "spending, NATO",
    "europe_canada_expenditure_constant_usd": "Europe and Canada",
    "nato_gap_constant_usd": "missing",
}


def stability(resolved: Resolved, draws: int) -> None:
    """Print the indices of three pairs of seeds and how far apart they are."""
    begun = time.process_time()
    pairs = [shock_indices(resolved, draws=draws, seeds=seeds) for seeds in PAIRS]
    spent = time.process_time() - begun
    names = sorted({s.name for s in pairs[0].targets[0].shocks}, key=lambda n: -_total(pairs[0], 0, n))
    print(f"\n## Total indices, {resolved.name}, {pairs[0].year}, {draws:,} draws, seeds {PAIRS}\n")
    measures = [target.measure for target in pairs[0].targets]
    print("| chance | " + " | ".join(HEADINGS.get(m, m) for m in measures) + " |")
    print("|---|" + "---|" * len(measures))
    apart = []
    for name in names:
        cells = []
        for k in range(len(measures)):
            values = [_total(result, k, name) for result in pairs]
            apart.append((max(values) - min(values), name, measures[k]))
            cells.append(" ".join(f"{v:.2f}" for v in values))
        print(f"| {catalogue()[name].label} | " + " | ".join(cells) + " |")
    firsts = (" ".join(f"{r.targets[k].first_sum:.2f}" for r in pairs) for k in range(len(measures)))
    print("| *sum of first indices* | " + " | ".join(firsts) + " |")
    print(f"\nfarthest apart: {max(apart)[0]:.3f} ({max(apart)[1]}, {max(apart)[2]}); allowed 0.04")
    runs = pairs[0].runs
    print(f"{3 * runs} runs, {spent:.1f} CPU s; {runs} runs a pair of {-(-draws // BLOCK)} blocks")


def _total(result: object, k: int, name: str) -> float:
    """Return the total index of a shock."""
    return float(result.targets[k].totals()[name])  # type: ignore[attr-defined]


def overhead(resolved: Resolved, paths: int, points: int) -> None:
    """Print the time of points against that of blocks."""
    reader = TargetReader(resolved, targets_of(resolved), resolved.years[-1])
    check_installed()
    prepared, preparing = _timed(lambda: prepared_numbers(reader))
    running = Running(reader, prepared, BLOCK, 1)
    factors = len(prepared.factors)
    print(f"\n## Overhead, {resolved.name}: {factors} numbers; prepared once in {1e3 * preparing:.0f} ms")
    _, resolving = _timed(lambda: resolve(resolved.name, as_of=resolved.as_of))
    print(f"resolving anew: {1e3 * resolving:.0f} ms")

    screening, designing = _timed(lambda: morris_paths(factors, paths, 1))
    values, at_points, blocks = _turns(running, reader, screening)
    _, analysing = _timed(lambda: [morris_effects(screening, row) for t in values for row in t])
    _print("Morris", len(screening), (at_points, designing + analysing, blocks), 1400 / 1300)

    groups = [factor.setting.grade for factor in prepared.factors]
    sets, designing = _timed(lambda: group_points(groups, points, 1))
    values, at_points, blocks = _turns(running, reader, sets.reshape(-1, factors))
    runs = values.reshape(*values.shape[:2], *sets.shape[:2])
    middle = 1 + len(set(groups))
    _, analysing = _timed(
        lambda: [sobol_indices(Exchanges(r[0], r[-1], r[1:middle], r[middle:-1])) for t in runs for r in t]
    )
    _print("Sobol by grade", sets.shape[0] * points, (at_points, designing + analysing, blocks), 8600 / 7168)


def _print(name: str, runs: int, times: tuple[float, float, float], allowed: float) -> None:
    """Print one ratio."""
    at_points, besides, blocks = times
    ratio = (at_points + besides) / blocks
    print(
        f"{name}: {runs} runs, {at_points:.2f} s at points, {besides:.2f} s design and analysis, "
        f"{blocks:.2f} s for as many blocks: {ratio:.3f} (allowed {allowed:.3f})"
    )


def _turns(running: Running, reader: TargetReader, points: Array) -> tuple[Array, float, float]:
    """Run points and blocks in turns and return the answers and both times."""
    parts, at_points, blocks = [], 0.0, 0.0
    problem = running.prepared.problem
    for first in range(0, len(points), CHUNK):
        chunk = points[first : first + CHUNK]
        part, spent = _timed(lambda c=chunk: running.at(c, 1, None))  # type: ignore[misc]
        parts.append(part)
        at_points += spent
        draws = BLOCK * len(chunk)
        blocks += _timed(lambda d=draws: list(map_blocks(reader.read, problem, draws=d, seed=1)))[1]  # type: ignore[misc]
    return np.concatenate(parts, axis=-1), at_points, blocks


def _timed(work: Callable[[], object]) -> tuple[object, float]:
    """Return what some work gives and the processor time it takes."""
    begun = time.process_time()
    result = work()
    return result, time.process_time() - begun


def cost(resolved: Resolved) -> None:
    """Print what one shock costs at 1,000 draws."""
    print(f"\n## Cost of a shock, {resolved.name}, 1,000 draws")
    for both in (False, True):
        begun = time.process_time()
        result = shock_indices(resolved, draws=1000, both=both, workers=1)
        spent = time.process_time() - begun
        print(f"exchanged in {'both runs' if both else 'one run'}: {result.runs} runs, {spent:.2f} s")
    _, spent = _timed(lambda: shock_indices(resolved, targets_of(resolved)[:1], draws=1000, workers=1))
    print(f"one measure alone: {spent:.2f} s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=8000)
    parser.add_argument("--paths", type=int, default=20)
    parser.add_argument("--points", type=int, default=64, help="512 for the whole of what is allowed")
    parser.add_argument("--only", choices=("stability", "overhead", "cost"))
    options = parser.parse_args()
    baseline = resolve("baseline")
    if options.only in {None, "stability"}:
        stability(baseline, options.draws)
    if options.only in {None, "overhead"}:
        for name in ("baseline", "a-higher-goal"):
            overhead(resolve(name), options.paths, options.points)
    if options.only in {None, "cost"}:
        cost(baseline)


if __name__ == "__main__":
    main()
