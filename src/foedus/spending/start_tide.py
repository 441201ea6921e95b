"""The tide at the start of a run: read off the changes of shares that the starting edition prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.arrays import Array
from foedus.spending.hindcast.changes import FEATURES, ShareChanges, share_changes, shipped_number
from foedus.spending.hindcast.fit import ALLY_SD, FREEDOM
from foedus.spending.hindcast.panel import nato_panel
from foedus.spending.parameters import FOLDER
from foedus.spending.tide import filtered_tide

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["common_changes", "start_tide"]

ROUNDS = 30


def start_tide(known: Ledger, edition: str, year: int) -> float:
    """Return the tide of the start's year, with the shipped numbers of budgets.

    Parameters
    ----------
    known : Ledger
        The editions published by the day.
    edition : str
        The edition that the run starts from.
    year : int
        The start's year.

    Returns
    -------
    float
        A yearly drift of the logarithm of shares; the long-run value where the edition prints a single year.
    """
    numbers = FOLDER.component("budgets")
    mean, persistence, carry = (shipped_number(f"tide_{name}") for name in ("mean", "persistence", "carry"))
    panel = nato_panel(known, edition).until(year)
    if len(panel.years) < 2:
        return mean
    scale = np.array(numbers["own_error"].by_country(panel.countries), dtype=np.float64)
    effects = common_changes(
        share_changes(panel, year), np.array([shipped_number(n) for n in FEATURES]), scale
    )
    return float(filtered_tide(effects, mean, persistence, carry)[-1])


def common_changes(rows: ShareChanges, effects: Array, scale: Array) -> Array:
    """Return what all allies' log shares did alike in each year, besides what moves each of them.

    Parameters
    ----------
    rows : ShareChanges
        Changes of log shares with the systematic terms.
    effects : ndarray, (feature,)
        The effects of the terms.
    scale : ndarray, (ally,)
        The scale of each ally's own error.

    Returns
    -------
    ndarray, (year,)
        Means with Student weights, in the order of the years. How far one ally's compliance was from that of
        all is taken out of them, as in the fit.
    """
    at = np.unique(rows.year, return_inverse=True)[1]
    pull, own = rows.design[:, 0], np.zeros(len(scale))
    rest = rows.change - rows.design @ effects
    common, weight = np.zeros(at.max() + 1), np.ones(len(rest))
    for _ in range(ROUNDS):
        precision = weight / scale[rows.ally] ** 2
        left = rest - own[rows.ally] * pull
        common = np.bincount(at, precision * left) / np.bincount(at, precision)
        precise = np.bincount(rows.ally, precision * pull**2, len(scale)) + 1.0 / ALLY_SD**2
        own = np.bincount(rows.ally, precision * pull * (rest - common[at]), len(scale)) / precise
        error = left - common[at]
        weight = (FREEDOM + 1.0) / (FREEDOM + (error / scale[rows.ally]) ** 2)
    return common
