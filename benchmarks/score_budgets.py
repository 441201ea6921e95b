"""Compute the shipped table of scores, ``src/foedus/measures/hindcast/skill.yaml``.

Run it with ``python benchmarks/score_budgets.py DATA OUT.yaml``, where DATA is a data folder (as
``FOEDUS_DATA``) into which ``foedus data import sipri`` has put an edition of SIPRI's database. It prints
what it writes.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any


def main() -> None:
    """Compute, print and write."""
    data, out = sys.argv[1:3]
    os.environ["FOEDUS_DATA"] = data
    import yaml

    from foedus.evidence import Ledger
    from foedus.spending.hindcast.budgets import hindcast
    from foedus.spending.hindcast.editions import edition_hindcast
    from foedus.spending.hindcast.fit import FEATURES
    from foedus.spending.hindcast.panel import sipri_panel
    from foedus.spending.hindcast.report import edition_table, sipri_table

    ledger = Ledger.load()
    panel = sipri_panel(ledger)
    begun = time.perf_counter()
    table: dict[str, Any] = {
        "computed_on": {
            "sipri": f"{panel.edition}: {panel.title}; growth and balances of imf-weo-2026-04; final "
            "prints, not those of the origin",
            "nato": "the packaged editions of NATO's tables; growth and balances of imf-weo-2026-04",
        },
        "sipri": sipri_table(panel, hindcast(panel)),
        "nato": edition_table(edition_hindcast(Ledger.packaged())),
    }
    print(f"hindcast {time.perf_counter() - begun:.1f} s")
    table["sipri"]["without"] = {
        name: [
            {k: row[k] for k in ("target", "ahead", "span", "score", "skill")}
            for row in sipri_table(panel, hindcast(panel, without=(name,), ahead=(1, 2, 3, 5)))["rows"]
            if row["target"] == "share" and row["span"] == "2014-2023"
        ]
        for name in FEATURES
    }
    head = "# Written by benchmarks/score_budgets.py; do not edit.\n"
    with open(out, "w", encoding="utf-8") as file:
        file.write(head + yaml.safe_dump(table, sort_keys=False, allow_unicode=True, width=110))
    for row in table["sipri"]["rows"]:
        print(row)
    for part in ("no_change_mae", "five_years_to_2022_24", "without"):
        print(part, table["sipri"][part])
    for row in table["nato"]["rows"]:
        print(row)


if __name__ == "__main__":
    main()
