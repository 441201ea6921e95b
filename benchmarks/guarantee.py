"""What the two components of the guarantee cost of a block, in the same run.

Run it with ``python benchmarks/guarantee.py``. A block of 500 draws of the baseline with the guarantee named
is run as a run needs it, and so is one of the same scenario that leaves out ``guarantee`` and
``deterrence``; the two take turns in one process, and CPU time is counted, the shortest of all turns. The
same with a requirement named, where forces and reinforcement run too, and with every component run, whatever
is asked. Besides it prints what the components take by themselves, timed step by step. Nothing here is a
test: times depend on the machine.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

TURNS = 25
NAMED: dict[str, Any] = {"levers.guarantee": {"commitment": "conditional", "share": 0.02}}
LAND: dict[str, Any] = {**NAMED, "levers.plans.requirement": "replace-us-land-2025"}
OF_THE_GUARANTEE = ("guarantee", "deterrence")


def best_of(changes: dict[str, Any], *, all_of_them: bool = False) -> tuple[float, float, dict[str, float]]:
    """Return seconds a block without and with the components, and of each by itself."""
    from datetime import date

    from foedus.engine.component import declared_names, shock_axes
    from foedus.engine.draws import shocks_year_by_year
    from foedus.engine.simulate import simulate
    from foedus.engine.workspace import Workspace
    from foedus.evidence import Ledger
    from foedus.scenario import resolve

    day, ledger = date(2026, 11, 1), Ledger.packaged()
    named = resolve("baseline", as_of=day, ledger=ledger, changes=changes)
    bare = replace(named, guarantee=type(named.guarantee).neutral(named.countries))
    spent = dict.fromkeys(OF_THE_GUARANTEE, 0.0)

    def timed(name: str, step: Any) -> Any:
        def run(*given: Any) -> Any:
            begun = time.process_time()
            result = step(*given)
            spent[name] += time.process_time() - begun
            return result

        return run

    problem = named.problem()
    chain = tuple(
        replace(part, step=timed(part.name, part.step)) if part.name in OF_THE_GUARANTEE else part
        for part in problem.chain
    )
    wanted_without, wanted_with = bare.needed(), named.needed()
    if all_of_them:
        wanted_with = frozenset(name for part in problem.chain for name in declared_names(part.result))
        of_them = {n for p in problem.chain if p.name == "deterrence" for n in declared_names(p.result)}
        wanted_without = wanted_with - of_them
    kinds = (
        (bare.problem(), wanted_without, Workspace(keeps=True)),
        (problem, wanted_with, Workspace(keeps=True)),
        (replace(problem, chain=chain), wanted_with, Workspace(keeps=True)),
    )
    best = [float("inf")] * 3
    alone = dict.fromkeys(OF_THE_GUARANTEE, float("inf"))
    for _ in range(TURNS):
        for place, (ready, wanted, work) in enumerate(kinds):
            spent.update(dict.fromkeys(OF_THE_GUARANTEE, 0.0))
            axes = shock_axes(ready.needed_part(wanted))
            begun = time.process_time()
            terms = shocks_year_by_year(1, 0, axes, ready.countries, workspace=work, classes=ready.classes)
            for _ in simulate(ready, terms, work, wanted):
                pass
            best[place] = min(best[place], time.process_time() - begun)
        alone = {name: min(alone[name], spent[name]) for name in alone}
    return best[0], best[1], alone


def main() -> None:
    """Measure and print."""
    for words, changes, every in (
        ("baseline", NAMED, False),
        ("with a requirement", LAND, False),
        ("baseline, every component", NAMED, True),
        ("with a requirement, every component", LAND, True),
    ):
        bare, whole, alone = best_of(changes, all_of_them=every)
        parts = ", ".join(f"{name} {1e3 * taken:.2f}" for name, taken in alone.items())
        print(
            f"{words}: {1e3 * bare:.2f} ms a block without the components, {1e3 * whole:.2f} with them, "
            f"{(whole / bare - 1) * 100:+.1f} %; by themselves {parts} ms, "
            f"{sum(alone.values()) / bare * 100:.1f} %"
        )


if __name__ == "__main__":
    main()
