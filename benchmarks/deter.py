"""How long the thresholds of the guarantee take beside blocks of draws, and the game beside 50 ms.

    python benchmarks/deter.py [GAMES]

It prints the time of ten blocks of the baseline, of ``foedus deter``'s combinations for all of the flank with
arrivals given (each ally with ranges of its own, so that none is worked out for another), of the equilibria
of 28 allies, and holds equilibria against brute force in GAMES random games of 3 to 12 allies, 200 without
it. A time that is too long, or a game that differs, ends the run. Times are the best of five.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from foedus.engine.blocks import map_blocks
from foedus.engine.draws import BLOCK, generator
from foedus.evidence import Ledger
from foedus.guarantee.deter import ScenarioOfGuarantee, deterrence
from foedus.guarantee.flank import flank_allies
from foedus.guarantee.game import with_substitutes
from foedus.guarantee.orders import past_case
from foedus.guarantee.question import DeterQuestion
from foedus.guarantee.ranges import COMBINATIONS, stated_ranges
from foedus.guarantee.separable import threshold_to_pay, weights
from foedus.guarantee.substitutes import equilibria
from foedus.scenario import resolve

BLOCKS = 10
MOST_SECONDS = 0.05


def best(work: Callable[[], object]) -> float:
    """Return the shortest of five times, seconds."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def blocks() -> float:
    """Return the time of ten blocks of the baseline, every year of every quantity."""
    resolved = resolve("baseline", as_of=date(2026, 9, 1), ledger=Ledger.packaged())
    problem = resolved.problem()
    needed = resolved.needed()

    def run() -> None:
        for _ in map_blocks(
            lambda block: sum(1 for _ in block.passing_years(needed)), problem, draws=BLOCKS * BLOCK, seed=1
        ):
            pass

    return best(run)


def combinations(allies: int) -> float:
    """Return the time of the combinations of some allies with arrivals given, each with its own ranges."""
    stated = stated_ranges()
    ranges = {
        country: tuple(
            replace(s, high=s.high + 0.01 * i) if s.name == "arrivals_over_local" else s for s in stated
        )
        for i, country in enumerate(flank_allies()[:allies])
    }
    return best(lambda: deterrence(DeterQuestion(), ScenarioOfGuarantee("", ""), ranges, stated))


def game() -> float:
    """Return the longest time of the equilibria of 28 allies: of those of 2014, and random ones."""
    case = past_case(Ledger.packaged()).case
    thresholds = threshold_to_pay(case, weights()[0])
    source = generator(3)
    gdp = source.lognormal(0.0, 1.5, len(case.countries))
    longest = 0.0
    for added in np.linspace(0.0, 1.0, 21):
        for rivalry in (0.05, 0.275, 0.5):
            at, by = float(added), rivalry
            longest = max(longest, best(lambda at=at, by=by: with_substitutes(gdp, thresholds, at, by)))
    for _ in range(20):
        costs = source.lognormal(0.0, 1.5, 28)
        limits = source.uniform(-0.1, costs.sum(), 28)
        longest = max(longest, best(lambda c=costs, m=limits: equilibria(c.tolist(), m.tolist())))
    return longest


def against_brute_force(games: int) -> int:
    """Return in how many random games there is more than one equilibrium; end the run where one differs."""
    source, several = generator(20), 0
    for number in range(games):
        n = int(source.integers(3, 13))
        costs = source.integers(0, 65, n) / 64
        limits = source.integers(-64, int(64 * costs.sum()) + 65, n) / 64
        sets = (np.arange(1 << n)[:, None] >> np.arange(n)) & 1
        others = (sets @ costs)[:, None] - sets * costs
        stable = ((others <= limits) == sets.astype(bool)).all(axis=1)
        expected = sorted(tuple(np.flatnonzero(row).tolist()) for row in sets[stable])
        if sorted(equilibria(costs.tolist(), limits.tolist()).payers) != expected:
            sys.exit(f"game {number}: the equilibria are not those of brute force")
        several += len(expected) > 1
    return several


def main() -> None:
    """Print the times and the check."""
    games = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    ten = blocks()
    print(f"{BLOCKS} blocks of the baseline: {1e3 * ten:.0f} ms")
    one, flank = combinations(1), combinations(10)
    print(f"{COMBINATIONS} combinations, one ally: {1e3 * one:.0f} ms; ten allies: {1e3 * flank:.0f} ms")
    longest = game()
    print(f"equilibria of 28 allies, the longest of 83 games: {1e3 * longest:.1f} ms")
    several = against_brute_force(games)
    print(f"{games} random games as by brute force; {several} of them have several equilibria")
    if flank > ten:
        sys.exit("the combinations take longer than ten blocks")
    if longest > MOST_SECONDS:
        sys.exit("the game takes longer than 50 ms")


if __name__ == "__main__":
    main()
