"""How fast one step of budgets is, beside a step of another source tree, in turns on the same machine.

Run it with ``python benchmarks/budgets_step.py [OLDER]``, where OLDER is the folder ``src`` of an older tree.
Each tree times its own step in a process of its own, on arrays of one block of 32 countries; the two take
turns, and the shortest time of each is printed with their ratio. Nothing here is a test: times depend on the
machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TURNS = 5

CHILD = """
import time
from dataclasses import fields
import numpy as np
from foedus.engine.draws import BLOCK
from foedus.spending import budgets
from foedus.spending.parameters import FOLDER


def only(kind, values):
    return kind(**{f.name: values[f.name] for f in fields(kind)})


count, random = 32, np.random.default_rng(1)
wide, none = (BLOCK, count), np.full(count, np.nan)
share = np.exp(np.log(0.022) + 0.3 * random.standard_normal(wide))
now = only(budgets.Now, {
    "year": 2027.0, "gdp_constant_usd": np.full(wide, 1e12), "shock_scale": 1.0,
    "gdp_growth_surprise": 0.02 * random.standard_normal(wide),
    "agreed_target_share_of_gdp": np.full(count, 0.035), "pledge_is_active": 1.0,
    "pledge_deadline": 2035.0, "pledge_floor_share_of_gdp": 0.02, "threat_is_raised": 1.0,
    "announced_share_of_gdp": none, "announced_year": none, "announced_goal_share_of_gdp": none,
    "start_is_estimate": np.zeros(count),
    "guarantee_condition_is_met": np.ones(count),

    "share_convergence_weight": np.zeros(count),
})
before = only(budgets.Before, {
    "defence_expenditure_share_of_gdp": share, "defence_expenditure_constant_usd": share * 1e12,
    "equipment_share": np.full(wide, 0.2), "infrastructure_share": np.full(wide, 0.04),
    "other_share": np.full(wide, 0.26), "build_up_is_on": np.zeros((BLOCK, 1)),
    "defence_share_tide": np.full((BLOCK, 1), 0.03),
})
own = {"edition_error", "defence_share_error_own"}
names = [f.name for f in fields(budgets.Shocks)]
terms = {n: random.standard_normal((BLOCK, count if n in own else 1)) for n in names}
shocks, values = budgets.Shocks(**terms), {}
for name, parameter in FOLDER.component("budgets").items():
    varies = isinstance(parameter.value, dict)
    values[name] = np.full(count, parameter.value["default"]) if varies else parameter.value
values["exposed_border"] = (np.arange(count) < 6) * 1.0
parameters, best = only(budgets.Parameters, values), float("inf")
for _ in range(8):
    begun = time.process_time()
    for _ in range(50):
        budgets.step(now, before, shocks, parameters)
    best = min(best, (time.process_time() - begun) / 50)
print(best * 1e6)
"""


def microseconds(tree: Path) -> float:
    """Return the shortest time of one step of a tree."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", CHILD], env=environment, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main() -> None:
    """Measure in turns and print."""
    trees = [Path(__file__).parents[1] / "src", *(Path(p).resolve() for p in sys.argv[1:2])]
    times = [[microseconds(tree) for tree in trees] for _ in range(TURNS)]
    best = [min(column) for column in zip(*times, strict=True)]
    print(f"one step of this tree: {best[0]:.0f} microseconds")
    if len(best) > 1:
        ratios = sorted(row[0] / row[1] for row in times)
        print(
            f"of the older one: {best[1]:.0f}; ratio {best[0] / best[1]:.2f}, median {ratios[TURNS // 2]:.2f}"
        )


if __name__ == "__main__":
    main()
