"""Compute the shipped fits and scores, ``edition_fits.yaml`` and ``skill.yaml`` of
``foedus.spending.hindcast``.

Run it with ``python benchmarks/score_budgets.py DATA FOLDER``, where DATA is a data folder (as
``FOEDUS_DATA``) into which ``foedus data import sipri`` has put an edition of SIPRI's database, and FOLDER
takes the two files. The scores on NATO's editions are made with the fits that the package holds: after a
change of the fit, run it, put the fits in place, and run it again. It prints what it writes.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

HEAD = "# Written by benchmarks/score_budgets.py; do not edit.\n"
DIGITS = 6
JUDGED = ("hold_failure_probability",)


def write(path: Path, table: dict[str, Any]) -> None:
    """Write a table as YAML."""
    import yaml

    text = yaml.safe_dump(table, sort_keys=False, allow_unicode=True, width=110)
    path.write_text(HEAD + text, encoding="utf-8")


def edition_fits(ledger: Any, history: Any) -> dict[str, Any]:
    """Fit every whole NATO edition that a newer one can judge, after the changes of a longer history."""
    from foedus.spending.hindcast.editions import SERIES
    from foedus.spending.hindcast.fit import fit
    from foedus.spending.hindcast.panel import NATO_SHARE, nato_panel

    cards = [c for c in ledger.editions.values() if c.series == SERIES and NATO_SHARE in c.complete]
    fits = {}
    for card in sorted(cards, key=lambda c: (c.published, c.id))[:-1]:
        panel = nato_panel(ledger, card.id)
        fitted = fit(panel, panel.years[-1], history=history)
        scalars = {k: v for k, v in fitted.parameters.items() if isinstance(v, float)}
        fits[card.id] = {
            "tide": round(fitted.tide.tide, DIGITS),
            "parameters": {
                k: round(v, DIGITS) for k, v in scalars.items() if k != "hold_failure_probability"
            },
            "own_error": {
                c: round(float(v), DIGITS)
                for c, v in zip(panel.countries, fitted.parameters["own_error"], strict=True)
            },
        }
    return fits


def main() -> None:
    """Compute, print and write."""
    os.environ["FOEDUS_DATA"] = sys.argv[1]
    folder = Path(sys.argv[2])
    from foedus.evidence import Ledger
    from foedus.spending.hindcast.budgets import hindcast
    from foedus.spending.hindcast.changes import FEATURES
    from foedus.spending.hindcast.editions import edition_cases
    from foedus.spending.hindcast.panel import sipri_panel
    from foedus.spending.hindcast.report import edition_table, sipri_table

    ledger = Ledger.load()
    panel = sipri_panel(ledger)
    write(folder / "edition_fits.yaml", edition_fits(Ledger.packaged(), panel))
    begun = time.perf_counter()
    growth = "growth of imf-weo-2026-04"
    table: dict[str, Any] = {
        "computed_on": {
            "sipri": f"{panel.edition}: {panel.title}; {growth}; final prints, not those of the origin",
            "nato": f"the packaged editions of NATO's tables, each as it was printed; {growth}",
        },
        "sipri": sipri_table(panel, hindcast(panel)),
        "nato": edition_table(edition_cases(Ledger.packaged())),
    }
    print(f"hindcast {time.perf_counter() - begun:.1f} s")
    table["sipri"]["without"] = {
        name: [
            {k: row[k] for k in ("target", "ahead", "span", "score", "skill")}
            for row in sipri_table(panel, hindcast(panel, without=(name,), ahead=(1, 2, 3, 5)))["rows"]
            if row["target"] == "share" and row["span"] == "2016-2024"
        ]
        for name in FEATURES
    }
    write(folder / "skill.yaml", table)
    for row in table["sipri"]["rows"]:
        print(row)
    for part in ("no_change_mae", "five_years_to_2022_24", "without"):
        print(part, table["sipri"][part])
    for row in table["nato"]["rows"]:
        print(row)


if __name__ == "__main__":
    main()
