"""What each ally was exposed to before a period: nearness to Russia, the gap to 2 %, US forces hosted.

US forces by host and year stand in ``evidence/records/us_forces_by_year`` under the card
``us-forces-by-year-2026-11``: 2008, when the whole compilation stands twice, is left out by the check
:func:`foedus.forces.us_checks.doubled_periods`, and no host is doubled by
:func:`foedus.forces.us_checks.doubled_hosts`. Distances are those of :mod:`foedus.guarantee.flank`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from foedus.attribution.designs import Doses, Window
from foedus.attribution.panel import GrowthPanel
from foedus.attribution.periods import ALLIES_OF_2009
from foedus.engine.arrays import Array
from foedus.evidence.records import record_rows
from foedus.guarantee.flank import nearness

__all__ = ["CARD_ID", "doses_before", "hosted_in"]

CARD_ID = "us-forces-by-year-2026-11"
"""The source card of US forces by year."""

TARGET = 0.02


@cache
def hosted_in(year: int) -> Mapping[str, int]:
    """Return the US forces assigned to each host in a year, or in the last year on record before it."""
    rows = record_rows("us_forces_by_year", "us_forces_by_year")
    held = max(int(row["year"]) for row in rows if int(row["year"]) <= year)
    return {row["host"]: int(row["persons"]) for row in rows if int(row["year"]) == held}


def doses_before(panel: GrowthPanel, window: Window) -> Doses:
    """Return the doses before a period: forces two years before it, the gap in the year before.

    Parameters
    ----------
    panel : GrowthPanel
        For the shares.
    window : Window
        The years that are compared.

    Returns
    -------
    Doses
        Of the allies of 2009 with a share of that year.
    """
    year = window.after.first - 1
    countries = tuple(c for c in ALLIES_OF_2009 if np.isfinite(panel.shares(c, year)) and c in nearness())
    hosted = hosted_in(year - 1)
    columns = (
        [-nearness()[code].km for code in countries],
        [max(0.0, np.log(TARGET / panel.shares(code, year))) for code in countries],
        [np.log1p(hosted.get(code, 0)) for code in countries],
    )
    return Doses(countries, np.column_stack([_standardised(np.array(column)) for column in columns]))


def _standardised(values: Array) -> Array:
    """Return values with mean nought and standard deviation one."""
    result: Array = (values - values.mean()) / values.std()
    return result
