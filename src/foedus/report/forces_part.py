"""The part of a report that says what published plans ask for, as of the day of its run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.errors import NoDataError
from foedus.forces.apportionment import apportion
from foedus.forces.requirement import find_requirement

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.forces.result import Apportionment

__all__ = ["BUYS", "PLANS", "asked_for"]

BUYS = ("buys", "What it buys")
"""Anchor and name of the section on a run whose scenario names a requirement."""

PLANS = ("replace-us-land-2025", "force-model")
"""The requirements that a report may show, the preferred one first."""


def asked_for(ledger: Ledger) -> Apportionment | None:
    """Return the newest plan of those that a report may show, shared by GDP.

    Parameters
    ----------
    ledger : Ledger
        The figures known on the day of the run.

    Returns
    -------
    Apportionment or None
        None where no plan had been published by then, or no figures to share it by.
    """
    for name in PLANS:
        need = find_requirement(name)
        if ledger.day is not None and need.day is not None and need.day > ledger.day:
            continue
        try:
            return apportion(need, as_of=ledger.day, ledger=ledger)
        except NoDataError:
            continue
    return None
