"""Fit and score the other forms of components, as the catalogue of structures states them.

Run it with ``python benchmarks/structures.py DATA``, where DATA is a data folder (as ``FOEDUS_DATA``) into
which ``foedus data import sipri`` has put an edition of SIPRI's database. It prints the numbers of
``spending/parameters/functions/convergence.yaml`` and the rate in ``budgets.yaml``, then the mean ranked
scores of shares by both forms of budgets from every origin, re-fitted on nothing later. With ``--accession``
it forecasts each of the ten rounds from the others by both forms of ratification, which takes minutes.
``benchmarks/accession_fit.py --form lognormal --write`` makes the packaged draws of the second.
"""

from __future__ import annotations

import os
import sys
from typing import Any

EDITION = "nato-2026-07"
AHEAD = (1, 2, 3, 5)
SPANS = ((2000, 2015), (2016, 2024))


def fits(ledger: Any) -> None:
    """Print the numbers of both forms on the same shares."""
    import numpy as np

    from foedus.spending.hindcast.fit import fit
    from foedus.spending.hindcast.panel import nato_panel, sipri_panel

    history, panel = sipri_panel(ledger), nato_panel(ledger, EDITION)
    for form in ("pull", "convergence"):
        for longer in (history, None):
            fitted = fit(panel, panel.years[-1], history=longer, form=form)
            plain = {k: round(float(v), 4) for k, v in fitted.parameters.items() if np.ndim(v) == 0}
            own = np.round(fitted.parameters["own_error"], 4)
            what = "SIPRI and NATO" if longer is not None else "NATO alone"
            print(f"{form}, {what}: {plain}; tide {fitted.tide.tide:+.4f}")
            print(
                f"  own errors: median {np.median(own):.4f}",
                dict(zip(panel.countries, own.tolist(), strict=True)),
            )


def scores(ledger: Any) -> None:
    """Print the scores of both forms over no change."""
    from foedus.spending.hindcast.budgets import hindcast, score
    from foedus.spending.hindcast.panel import sipri_panel

    panel, found = sipri_panel(ledger), {}
    for form in ("pull", "convergence"):
        cases = hindcast(panel, ahead=AHEAD, form=form)
        for span in SPANS:
            for row in score(cases, *span, ahead=AHEAD):
                if row.target == "share":
                    found[form, span, row.ahead] = row
    for span in SPANS:
        for ahead in AHEAD:
            one, two = (found[form, span, ahead] for form in ("pull", "convergence"))
            print(
                f"shares, origins {span[0]} to {span[1]}, {ahead} years: "
                f"over no change pull {one.skill:+.3f}, convergence {two.skill:+.3f}; "
                f"pull over convergence {1 - one.score / two.score:+.3f}; "
                f"80 % held {one.cover80:.2f}, {two.cover80:.2f}"
            )


def accession() -> None:
    """Print the scores of both forms of ratification."""
    import numpy as np

    from foedus.accession.backtest import leave_one_out

    for form in ("weibull", "lognormal"):
        rows = leave_one_out(form=form)
        names = ("crps", "crps_kaplan_meier", "crps_lengths")
        print(form, {name: round(float(np.mean([getattr(r, name) for r in rows])), 1) for name in names})


def main() -> None:
    """Fit, score and print."""
    os.environ["FOEDUS_DATA"] = sys.argv[1]
    from foedus.evidence import Ledger

    ledger = Ledger.load()
    fits(ledger)
    scores(ledger)
    if "--accession" in sys.argv[2:]:
        accession()


if __name__ == "__main__":
    main()
