"""Synthetic twins of the mean ally: from rich donors and from donors worldwide, with their placebos."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from foedus.attribution.designs import Synthetic, Window, gaps, log_shares, synthetic_control
from foedus.attribution.estimate_rows import Recomputed, blank
from foedus.attribution.estimates import DesignEstimate, PlaceboEstimate
from foedus.attribution.panel import GrowthPanel
from foedus.attribution.periods import NEVER_ALLIED, OTHERS, PACIFIC, Period
from foedus.attribution.permuting import share_as_far
from foedus.attribution.placebos import PlaceboYears, failure_of_fit
from foedus.attribution.power import POWER
from foedus.attribution.simplex import PENALTY
from foedus.attribution.student import Contrast
from foedus.engine.arrays import Array
from foedus.engine.draws import generator
from foedus.evidence.institutions import members_on

__all__ = ["FITTED", "twin_estimates", "world_donors"]

FITTED = Period(2000, 2013)
"""The years that donors follow."""

FORMER_SOVIET: tuple[str, ...] = (
    *(
        "RUS",
        "UKR",
        "BLR",
        "MDA",
        "ARM",
        "AZE",
        "GEO",
        "KAZ",
        "KGZ",
        "TJK",
        "TKM",
        "UZB",
        "EST",
        "LVA",
        "LTU",
    ),
)
LEAST_SHARE, GREATEST_SHARE = 0.003, 0.035
"""The mean share of a donor, a fraction."""

WILD = math.log(2.0)
"""A donor whose share halves or doubles in a year is left out."""

MEMBERS = 300
"""How many sets of donors stand in the place of the allies."""

OTHER_WEIGHTS = 200
_LATEST = date(2026, 1, 1)

EARLIER_BREAKS = (2008, 2009, 2010)
"""Placebo years: those with eight years to fit before and four after, to 2013."""


def world_donors(panel: GrowthPanel) -> tuple[str, ...]:
    """Return the donors of all the world: complete from 2000, of a mean share near the allies', not wild.

    States that ever were allies and those of the former Soviet Union are left out.
    """
    allies = set(members_on(_LATEST))
    shares = panel.share[:, FITTED.first - panel.first :]
    whole = np.isfinite(shares).sum(axis=1) == shares.shape[1]
    mean = np.where(whole, np.where(whole[:, None], shares, 0.0).mean(axis=1), np.nan)
    change = np.abs(np.diff(np.log(np.where(whole[:, None], shares, 1.0)), axis=1)).max(axis=1)
    near = (mean >= LEAST_SHARE) & (mean <= GREATEST_SHARE) & (change < WILD)
    return tuple(
        code
        for code, fits in zip(panel.countries, whole & near, strict=True)
        if fits and code not in allies and code not in FORMER_SOVIET
    )


def _complete(panel: GrowthPanel, countries: Sequence[str]) -> tuple[str, ...]:
    """Return the countries with a share in every year from the first fitted one."""
    return tuple(
        c for c in countries if np.isfinite(panel.share[panel.rows([c]), FITTED.first - panel.first :]).all()
    )


@dataclass(frozen=True)
class _Twin:
    """A synthetic twin with what is needed for its placebos.

    Attributes
    ----------
    panel : GrowthPanel
        The figures.
    design : str
        The design.
    donors : tuple of str
        Who may be in it.
    """

    panel: GrowthPanel
    design: str
    donors: tuple[str, ...]

    @cached_property
    def columns(self) -> Array:
        """The log shares of the donors, (year, donor)."""
        return log_shares(self.panel, self.donors, FITTED.first)

    @cached_property
    def allies(self) -> tuple[str, ...]:
        """The allies with a share in every year."""
        return _complete(self.panel, OTHERS)

    @cached_property
    def twin(self) -> Synthetic:
        """The twin of the allies' mean."""
        return synthetic_control(self.panel, self.allies, self.donors, FITTED)

    @cached_property
    def permuted(self) -> tuple[Array, Array]:
        """Sets of donors in the place of the allies: their mean, and the donors left over.

        As many at a time as there are allies; where there are not twice as many donors, each one in turn.
        """
        count = len(self.donors)
        if count >= 2 * len(self.allies):
            order = generator(1).random((MEMBERS, count)).argsort(axis=1)
            chosen = len(self.allies)
        else:
            order = np.array([[i, *(j for j in range(count) if j != i)] for i in range(count)])
            chosen = 1
        target = self.columns[:, order[:, :chosen]].mean(axis=2).T
        return target, self.columns[:, order[:, chosen:]].transpose(1, 0, 2)

    def gaps(self, fitted: int) -> Array:
        """Return the gaps of the sets in the allies' place, (set, year)."""
        return gaps(*self.permuted, fitted)[0]

    def estimate(self, window: Window) -> DesignEstimate:
        """Return the estimate of a period."""
        period, twin = window.after, self.twin
        value = twin.rise(period) / period.years
        errors = _rises(self.gaps(FITTED.years), period)
        reach = float(np.quantile(np.abs(errors), 0.9))
        row = replace(
            blank(self.design, window),
            estimate=value,
            se=float(np.sqrt((errors**2).mean())),
            low=value - reach,
            high=value + reach,
            permutation_p=share_as_far(errors, value),
            treated=len(self.allies),
            controls=len(self.donors),
            power_2=_power(errors, reach, 2.0),
            power_5=_power(errors, reach, 5.0),
            least_effect=_least(errors, reach),
            fit_error=twin.error,
            fit_years=FITTED.years,
            donors=len(self.donors),
        )
        low, high = self._without_each(period)
        other_low, other_high = self._other_weights(period)
        yearly = (
            100.0 * np.abs(np.diff(log_shares(self.panel, self.allies, FITTED.first).mean(axis=1))).mean()
        )
        return replace(
            row,
            loo_low=low,
            loo_high=high,
            other_low=other_low,
            other_high=other_high,
            fails=failure_of_fit(len(self.donors), FITTED.years, twin.error, float(yearly)),
        )

    def _without_each(self, period: Period) -> tuple[float, float]:
        """Return the least and the greatest estimate with one donor left out."""
        count = len(self.donors)
        others = np.array([[j for j in range(count) if j != i] for i in range(count)])
        donors = self.columns[:, others].transpose(1, 0, 2)
        rises = _rises(gaps(self._target(count), donors, FITTED.years)[0], period)
        return float(rises.min()), float(rises.max())

    def _target(self, times: int) -> Array:
        """Return the allies' mean, as often as it is followed."""
        mean = log_shares(self.panel, self.allies, FITTED.first).mean(axis=1)
        return np.broadcast_to(mean, (times, len(mean)))

    def _other_weights(self, period: Period) -> tuple[float, float]:
        """Return the range of the estimate over other weights that fit as well; NaN where there are none."""
        if len(self.donors) < FITTED.years:
            return math.nan, math.nan
        spread = generator(2).normal(0.0, 3.0, (OTHER_WEIGHTS, len(self.donors)))
        donors = np.broadcast_to(self.columns, (OTHER_WEIGHTS, *self.columns.shape))
        each = gaps(self._target(OTHER_WEIGHTS), donors, FITTED.years, penalty=PENALTY * np.exp(spread))[0]
        error = np.sqrt((each[:, : FITTED.years] ** 2).mean(axis=1))
        rises = _rises(each[error <= 1.0], period)
        return float(rises.min()), float(rises.max())

    def placebos(self) -> PlaceboYears:
        """Return what the design finds at earlier breaks, fitted to the years before each."""
        rows = []
        for first in EARLIER_BREAKS:
            fitted, period = Period(FITTED.first, first - 1), Period(first, first + 3)
            value = (
                synthetic_control(self.panel, self.allies, self.donors, fitted).rise(period) / period.years
            )
            errors = _rises(self.gaps(fitted.years), period)
            p, se = share_as_far(errors, value), float(np.sqrt((errors**2).mean()))
            rows.append(PlaceboEstimate(self.design, period.first, period.last, value, se, p))
        return PlaceboYears(tuple(rows))


def _rises(gap: Array, period: Period) -> Array:
    """Return by how much gaps widened over a period, points a year."""
    first = FITTED.first
    return (gap[:, period.last - first] - gap[:, period.first - 1 - first]) / period.years


def _power(errors: Array, reach: float, effect: float) -> float:
    """Return how often an effect would be seen."""
    return float((np.abs(errors + effect) > reach).mean())


def _least(errors: Array, reach: float) -> float:
    """Return the least effect seen in eight of ten."""
    return float(reach - np.quantile(errors, 1.0 - POWER))


def twin_estimates(panel: GrowthPanel, every: Sequence[Window]) -> Iterator[Recomputed]:
    """Yield the estimates of the twin of rich donors and of that of donors worldwide."""
    rich = _complete(panel, (*NEVER_ALLIED, *PACIFIC))
    for design, donors in (("synthetic-rich", rich), ("synthetic-world", world_donors(panel))):
        twin = _Twin(panel, design, donors)
        placebos = twin.placebos()
        rows = []
        for window in every:
            row = twin.estimate(window)
            rows.append(placebos.entered(row, Contrast(row.estimate, row.se, math.nan)))
        yield Recomputed(tuple(rows), placebos.rows)
