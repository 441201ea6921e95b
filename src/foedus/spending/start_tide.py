"""The tide at the start of a run: read off the changes of shares that the starting edition prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.arrays import Array
from foedus.spending.hindcast.changes import FEATURES, ShareChanges, share_changes
from foedus.spending.hindcast.fit import ALLY_SD, FREEDOM
from foedus.spending.hindcast.panel import NATO_SHARE, nato_panel
from foedus.spending.lever import BudgetForm
from foedus.spending.numbers import number_of, numbers_of
from foedus.spending.tide import filtered_tide

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["common_changes", "start_tide", "tide_edition"]

SERIES = "nato-defence-expenditure"
ROUNDS = 30

DIGITS = 10
"""Decimals of the tide that a run starts with: the last bits of sums and logarithms depend on the processor,
and must not make the scenario another one."""


def start_tide(known: Ledger, edition: str, year: int, form: BudgetForm = "pull") -> float:
    """Return the tide of the start's year, with the shipped numbers of a form of budgets.

    Parameters
    ----------
    known : Ledger
        The editions published by the day.
    edition : str
        The edition that the run starts from.
    year : int
        The start's year.
    form : {"pull", "convergence"}
        The form of budgets: where nothing pulls, more of what all did is the tide's.

    Returns
    -------
    float
        A yearly drift of the logarithm of shares. An edition that is not held whole gives way to the newest
        that is; the long-run value where there is none, or it prints a single year.
    """
    return known.keep(("start tide", edition, year, form), lambda: _tide(known, edition, year, form))


def _tide(known: Ledger, edition: str, year: int, form: BudgetForm) -> float:
    """Work the tide out; see :func:`start_tide`."""
    numbers = numbers_of(form)
    mean, persistence, carry = (number_of(numbers, f"tide_{n}") for n in ("mean", "persistence", "carry"))
    whole = tide_edition(known, edition)
    if whole is None:
        return mean
    panel = nato_panel(known, whole)
    panel = panel.until(min(year, panel.years[-1]))
    if len(panel.years) < 2:
        return mean
    errors = np.array(numbers["own_error"].by_country(panel.countries))
    first = FEATURES[0] if form == "pull" else form
    effects = np.array([number_of(numbers, name) for name in (first, *FEATURES[1:])])
    rows = share_changes(panel, panel.years[-1], form)
    # No ally has a rate of convergence of its own, as in the fit.
    common = common_changes(rows, effects, errors, own_sd=ALLY_SD if form == "pull" else 1e-6)
    tide = float(filtered_tide(common, mean, persistence, carry)[-1])
    # Nothing is known of the years after the table: the tide fades.
    return round(mean + persistence ** (year - panel.years[-1]) * (tide - mean), DIGITS)


def tide_edition(known: Ledger, edition: str) -> str | None:
    """Return the edition whose changes the tide is read off: the start's where it holds all shares, else the
    newest that does; None where none does."""
    if NATO_SHARE in known.editions[edition].complete:
        return edition
    cards = [c for c in known.carriers(NATO_SHARE) if c.series == SERIES and NATO_SHARE in c.complete]
    return max(cards, key=lambda c: (c.published, c.id)).id if cards else None


def common_changes(rows: ShareChanges, effects: Array, scale: Array, *, own_sd: float = ALLY_SD) -> Array:
    """Return what all allies' log shares did alike in each year, besides what moves each of them.

    Parameters
    ----------
    rows : ShareChanges
        Changes of log shares with the systematic terms.
    effects : ndarray, (feature,)
        The effects of the terms.
    scale : ndarray, (ally,)
        The scale of each ally's own error.
    own_sd : float
        How far one ally's first effect lies from that of all, standard deviation.

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
        precise = np.bincount(rows.ally, precision * pull**2, len(scale)) + 1.0 / own_sd**2
        own = np.bincount(rows.ally, precision * pull * (rest - common[at]), len(scale)) / precise
        error = left - common[at]
        weight = (FREEDOM + 1.0) / (FREEDOM + (error / scale[rows.ally]) ** 2)
    return common
