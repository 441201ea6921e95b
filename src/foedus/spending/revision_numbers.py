"""How shares printed for the running year were revised, as known on a day: bias, scale, and who lost "at 2
%".

Every edition prints its newest year as an estimate. Held against the newest edition of the day, such
estimates have come down more often than up, and allies printed just above 2 % have fallen below it. Only
pairs of editions that were out by the day are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.arrays import Array
from foedus.parameters import Setting
from foedus.spending.budgets import HELD
from foedus.spending.parameters import FOLDER

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card

__all__ = ["FIRST_PRINTS", "NEAR", "SHIPPED_WITH", "RevisionNumbers", "revision_numbers", "settings_as_of"]

SHARE = "defence_expenditure_share_of_gdp"
SERIES = "nato-defence-expenditure"

NEAR = 0.0214
"""Shares printed from 2 % up to this one say how often "at 2 %" is lost."""

SHIPPED_WITH = "nato-2026-07"
"""The newest edition that the shipped numbers were estimated with: where it is known, they stand."""

FIRST_PRINTS = ("nato-2017-06", "nato-2019-06", "nato-2024-06", "nato-2025-08")
"""The editions whose shares of the running year were held for all allies, or all but one, when the numbers
were settled. Those of July 2016 and July 2023 were found afterwards and are left as a check."""

NORMAL_SCALE = 1.4826
"""The median of the absolute value of normal terms, times this, is their standard deviation."""

NAMES = ("edition_error_bias", "edition_error_size", "edition_hold_failure_probability")


@dataclass(frozen=True)
class RevisionNumbers:
    """What became of shares printed for the running year.

    Attributes
    ----------
    bias, size : float
        Mean of the logarithm of later over printed, and its robust scale: the median distance from its
        median.
    lost_probability : float
        Of the shares printed from 2 % to :data:`NEAR`, the part that is below 2 % later; one where none was.
    pairs, near, lost : int
        How many pairs, how many of them from 2 % to :data:`NEAR`, and how many of those fell below.
    editions : tuple of str
        The editions that printed the estimates.
    """

    bias: float
    size: float
    lost_probability: float
    pairs: int
    near: int
    lost: int
    editions: tuple[str, ...]

    def parameters(self) -> dict[str, float]:
        """Return the numbers under the names of the budgets component's parameters."""
        return dict(zip(NAMES, (self.bias, self.size, self.lost_probability), strict=True))


def revision_numbers(known: Ledger, editions: Sequence[str] = FIRST_PRINTS) -> RevisionNumbers:
    """Estimate how shares printed for the running year are revised, from the editions published by a day.

    Parameters
    ----------
    known : Ledger
        The editions published by the day.
    editions : sequence of str
        Those whose shares of the running year are held against the newest whole table.

    Returns
    -------
    RevisionNumbers
        Without any pair no revision: a bias and a scale of zero.
    """
    whole = [c for c in known.editions.values() if c.series == SERIES and SHARE in c.complete]
    newest = max(whole, key=lambda c: (c.published, c.id), default=None)
    printed, later, used = [], [], []
    for name in editions:
        if name in known.editions and newest is not None and name != newest.id:
            first, second = _pair(known, known.editions[name], newest)
            if len(first):
                printed.append(first)
                later.append(second)
                used.append(name)
    if not printed:
        return RevisionNumbers(0.0, 0.0, 1.0, 0, 0, 0, ())
    before, after = np.concatenate(printed), np.concatenate(later)
    moved = np.log(after / before)
    # At the digits that are printed: 2.00 is at 2 %.
    near = (np.round(before, 4) >= HELD) & (np.round(before, 4) <= NEAR)
    lost = near & (np.round(after, 4) < HELD)
    return RevisionNumbers(
        bias=float(moved.mean()),
        size=float(NORMAL_SCALE * np.median(np.abs(moved - np.median(moved)))),
        lost_probability=float(lost.sum() / near.sum()) if near.any() else 1.0,
        pairs=len(moved),
        near=int(near.sum()),
        lost=int(lost.sum()),
        editions=tuple(used),
    )


def _pair(known: Ledger, card: Card, newest: Card) -> tuple[Array, Array]:
    """Return an edition's estimates of its newest year, and what the newest edition prints."""
    year = card.published.year
    frame = known.figures(SHARE, year=year, edition=card.id).frame
    members = known.members(card.members_on or card.published)
    estimated = set(frame.where(status="estimate")["country"]) & set(members)
    codes = sorted(estimated) if newest.covers(SHARE, year) else []
    if not codes:
        return np.zeros(0), np.zeros(0)
    first, second = (
        known.figures(SHARE, year=year, edition=c.id).matrix(codes, [year])[:, 0] for c in (card, newest)
    )
    both = np.isfinite(first) & np.isfinite(second) & (first > 0.0)
    return first[both], second[both]


def settings_as_of(known: Ledger) -> dict[str, Setting]:
    """Return the parameters of the start's revision by ``component.name``, where less is known than was
    shipped with.

    Parameters
    ----------
    known : Ledger
        The editions published by the day.

    Returns
    -------
    dict of str to Setting
        Empty where the newest edition that the shipped numbers rest on is known.
    """
    if SHIPPED_WITH in known.editions:
        return {}
    numbers = revision_numbers(known)
    seen = f"{', '.join(numbers.editions)}: {numbers.pairs} shares printed for the running year"
    source = (
        f"{seen} and held against the newest edition of the day."
        if numbers.pairs
        else ("no estimate of the running year could be held against a later edition by the day.")
    )
    shipped = FOLDER.component("budgets")
    return {
        f"budgets.{name}": Setting(value, shipped[name].unit, "estimated", source)
        for name, value in numbers.parameters().items()
    }
