"""Fit the parameters of the budgets component: on SIPRI's long histories, followed by NATO's newest edition.

Run it with ``python benchmarks/fit_budgets.py DATA [OUT.yaml]``, where DATA is a data folder (as
``FOEDUS_DATA``) into which ``foedus data import sipri`` has put an edition of SIPRI's database. It prints the
values that ``spending/parameters/budgets.yaml`` states, with their spreads, and what other choices would have
given: NATO's edition alone, an origin a year earlier, the pledge of the origin held to have been in force in
every year.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import Any

EDITION = "nato-2026-07"
DIGITS = 4


def values_of(fitted: Any, countries: tuple[str, ...]) -> dict[str, Any]:
    """Return the values as the parameter file holds them."""
    import numpy as np

    own = fitted.parameters["own_error"]
    names = (
        "compliance",
        "compliance_spread",
        "tide_mean",
        "tide_persistence",
        "tide_carry",
        "tide_error",
        "exposed_border_effect",
        "exposed_border_effect_spread",
        "reversion",
        "growth_surprise_effect",
    )
    plain = {name: round(float(fitted.parameters[name]), DIGITS) for name in names}
    by_country = {c: round(float(v), DIGITS) for c, v in zip(countries, own, strict=True)}
    return {**plain, "own_error": {"default": round(float(np.median(own)), DIGITS), **by_country}}


def main() -> None:
    """Fit, print and write."""
    os.environ["FOEDUS_DATA"] = sys.argv[1]
    import yaml

    from foedus.evidence import Ledger
    from foedus.spending import rules
    from foedus.spending.hindcast import changes
    from foedus.spending.hindcast.fit import fit
    from foedus.spending.hindcast.panel import nato_panel, sipri_panel

    ledger = Ledger.load()
    history, panel = sipri_panel(ledger), nato_panel(ledger, EDITION)
    origin = panel.years[-1]
    fitted = fit(panel, origin, history=history)
    values = values_of(fitted, panel.countries)
    text = yaml.safe_dump(values, sort_keys=False)
    print(text)
    print("spread over the grid", {k: round(v, 3) for k, v in fitted.tide.spread.items()})
    print("standard errors", {k: round(v, 3) for k, v in fitted.spread.items()})
    print(f"tide of {origin}: {fitted.tide.tide:+.4f}")
    others = {
        "NATO's edition alone": fit(panel, origin),
        f"origin {origin - 1}": fit(panel, origin - 1, history=history),
        "SIPRI alone": fit(history, history.years[-1]),
    }
    # What a fit did that took the newest pledge to have been in force in every year.
    newest = rules.known_rule(date.today().year)
    in_force, floor = changes.rule_in_force, changes.floor_in_force
    changes.rule_in_force, changes.floor_in_force = lambda _: newest, lambda *_: 0.0
    others["the newest pledge in every year"] = fit(panel, origin, history=history)
    changes.rule_in_force, changes.floor_in_force = in_force, floor
    for name, other in others.items():
        short = values_of(other, panel.countries if other is not others["SIPRI alone"] else history.countries)
        del short["own_error"]
        print(f"{name}: tide {other.tide.tide:+.4f}, {short}")
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
