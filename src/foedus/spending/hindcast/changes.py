"""The yearly changes of log shares, each with what the systematic terms of budgets were in that year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array
from foedus.spending.budgets import FULL_ROOM, room
from foedus.spending.convergence import convergence_gap
from foedus.spending.hindcast.panel import Panel
from foedus.spending.lever import BudgetForm
from foedus.spending.parameters import FOLDER
from foedus.spending.rules import EXPOSED, floor_in_force, pledge_pull, rule_in_force, threat_from

__all__ = ["FEATURES", "ShareChanges", "joined_changes", "share_changes", "shipped_number"]

FEATURES = ("compliance", "exposed_border_effect", "reversion", "growth_surprise_effect")
"""The effects of the systematic terms, in the order of their columns; where shares converge, the first is
convergence."""


@dataclass(frozen=True)
class ShareChanges:
    """One row for each change of an ally's share."""

    year: Array
    ally: Array
    change: Array
    design: Array


def shipped_number(name: str) -> float:
    """Return a shipped number of budgets that is the same for all countries."""
    value = FOLDER.component("budgets")[name].value
    assert isinstance(value, float)
    return value


def share_changes(panel: Panel, origin: int, form: BudgetForm = "pull") -> ShareChanges:
    """Return every change of the share of an ally that was one the year before.

    Parameters
    ----------
    panel : Panel
        The figures.
    origin : int
        The last year looked at: what was agreed later is not known.
    form : {"pull", "convergence"}
        Whether the first term is the pull of the pledge in force, or the distance from the mean of those that
        were allies the year before.

    Returns
    -------
    ShareChanges
        One row a change.
    """
    threat = threat_from(origin)
    ceiling = shipped_number("ceiling_share_of_gdp")
    exposed = np.array([float(c in EXPOSED) for c in panel.countries])
    parts = []
    for year in panel.years[1:]:
        k = panel.column(year)
        members = panel.members(year - 1)
        change = panel.log_share[members, k] - panel.log_share[members, k - 1]
        before = panel.log_share[members, k - 1]
        gap = np.full(len(panel.countries), np.nan)
        gap[members[np.isfinite(before)]] = convergence_gap(before[np.isfinite(before)])
        members, change = members[np.isfinite(change)], change[np.isfinite(change)]
        share = panel.share[members, k - 1]
        log_share = panel.log_share[members, k - 1]
        columns = [
            pledge_pull(share, year, rule_in_force(year), floor_in_force(year, origin))
            if form == "pull"
            else gap[members],
            exposed[members] * room(log_share, ceiling) * float(threat is not None and year >= threat),
            -np.maximum(log_share - np.log(FULL_ROOM), 0.0),
            # A surprise not known counts as none: the figures begin in 1985 at the earliest.
            np.nan_to_num(panel.surprise[members, k]),
        ]
        parts.append((np.full(len(members), year), members, change, np.column_stack(columns)))
    year_, ally, change, design = (np.concatenate(part) for part in zip(*parts, strict=True))
    return ShareChanges(year_, ally, change, design)


def joined_changes(earlier: ShareChanges, history: Panel, rows: ShareChanges, panel: Panel) -> ShareChanges:
    """Return the changes of a longer history, of a panel's allies, followed by the panel's own."""
    index = {country: i for i, country in enumerate(panel.countries)}
    ally = np.array([index.get(country, -1) for country in history.countries])[earlier.ally]
    held = ally >= 0
    return ShareChanges(
        np.concatenate([earlier.year[held], rows.year]),
        np.concatenate([ally[held], rows.ally]),
        np.concatenate([earlier.change[held], rows.change]),
        np.concatenate([earlier.design[held], rows.design]),
    )
