"""The designs: each a small pure function from figures to an estimate, with its claim and its assumption.

They stand side by side and are never averaged. All estimates are in points of growth a year (log points) but
those of doses and of the pull, which are per unit of the dose. Which of them may speak is decided by their
placebos, see :mod:`foedus.attribution.placebos`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from foedus.attribution.panel import GrowthPanel
from foedus.attribution.periods import Period
from foedus.attribution.permuting import dose_permutation_p
from foedus.attribution.simplex import PENALTY, simplex_weights
from foedus.attribution.student import Contrast, one_mean, welch
from foedus.engine.arrays import Array

__all__ = [
    "DOSES",
    "Doses",
    "Synthetic",
    "Window",
    "difference_in_differences",
    "dose_response",
    "synthetic_control",
    "timing",
]


@dataclass(frozen=True)
class Window:
    """What is compared: the growth of some years with that of years before.

    Attributes
    ----------
    before, after : Period
        The years.
    """

    before: Period
    after: Period

    def change(self, panel: GrowthPanel, countries: Sequence[str]) -> tuple[tuple[str, ...], Array]:
        """Return the change of mean growth of each country with growth in both spans.

        Parameters
        ----------
        panel : GrowthPanel
            The figures.
        countries : sequence of str
            Alpha-3 codes.

        Returns
        -------
        tuple of str
            The countries with growth in both.
        ndarray, (country,)
            The change of each, points a year.
        """
        held = [code for code in countries if code in panel.countries]
        change = panel.means(held, self.after) - panel.means(held, self.before)
        known = np.isfinite(change)
        return tuple(code for code, whole in zip(held, known, strict=True) if whole), change[known]


def timing(panel: GrowthPanel, window: Window, allies: Sequence[str]) -> Contrast:
    """Return by how much allies' growth changed, with its error over allies.

    The error leaves out what all allies share, so that it is far too small: what the placebo years show.
    """
    return one_mean(window.change(panel, allies)[1])


def difference_in_differences(
    panel: GrowthPanel, window: Window, allies: Sequence[str], controls: Sequence[str]
) -> Contrast:
    """Return the change of allies' growth less that of the controls', by Welch."""
    return welch(window.change(panel, allies)[1], window.change(panel, controls)[1])


def regression(change: Array, columns: Array) -> tuple[Array, Array]:
    """Return effects of columns on changes, and their errors, robust to unequal spread.

    J. MacKinnon, H. White, "Some heteroskedasticity-consistent covariance matrix estimators", Journal of
    Econometrics 29, 1985 (HC1).

    Parameters
    ----------
    change : ndarray, (country,)
        Changes of growth.
    columns : ndarray, (country, column)
        Without the constant, which is added.

    Returns
    -------
    effects : ndarray, (column,)
        Without that of the constant.
    errors : ndarray, (column,)
        Their standard errors.
    """
    design = np.column_stack([np.ones(len(change)), columns])
    inverse = np.linalg.pinv(design.T @ design)
    effects = inverse @ design.T @ change
    rest = change - design @ effects
    free = len(change) / (len(change) - design.shape[1])
    spread = inverse @ (design.T * rest**2) @ design @ inverse * free
    return effects[1:], np.sqrt(np.diag(spread))[1:]


@dataclass(frozen=True)
class Doses:
    """What each ally was exposed to before a period, standardised.

    Attributes
    ----------
    countries : tuple of str
        Alpha-3 codes.
    values : ndarray, (country, dose)
        In the order of :data:`DOSES`, each with mean nought and standard deviation one.
    """

    countries: tuple[str, ...]
    values: Array = field(repr=False)


DOSES = ("distance", "gap", "us-forces")


def dose_response(panel: GrowthPanel, window: Window, doses: Doses) -> Mapping[str, Contrast]:
    """Return how the change of growth goes with each dose, the others held, by design.

    The three stand in one regression: who is far from Russia is below 2 % and hosts fewer of its forces.
    """
    countries, change = window.change(panel, doses.countries)
    values = doses.values[[doses.countries.index(code) for code in countries]]
    effects, errors = regression(change, values)
    free = float(len(change) - values.shape[1] - 1)
    whole = np.column_stack([values, np.ones(len(change))])
    return {
        name: Contrast(
            float(effects[i]),
            float(errors[i]),
            free,
            dose_permutation_p(change, values[:, i], np.delete(whole, i, axis=1)),
        )
        for i, name in enumerate(DOSES)
    }


@dataclass(frozen=True)
class Synthetic:
    """The gap between a mean of allies and a weighted mean of donors.

    Attributes
    ----------
    donors : tuple of str
        Alpha-3 codes.
    weights : ndarray, (donor,)
        From nought, adding up to one.
    years : tuple of int
        The years of the gap.
    gap : ndarray, (year,)
        Log points, with mean nought over the years fitted.
    fitted : Period
        The years fitted.
    error : float
        Root mean squared gap in them, log points.
    """

    donors: tuple[str, ...]
    weights: Array
    years: tuple[int, ...]
    gap: Array
    fitted: Period
    error: float

    def rise(self, period: Period) -> float:
        """Return by how much the gap widened over a period, log points."""
        first = self.years[0]
        return float(self.gap[period.last - first] - self.gap[period.first - 1 - first])


def log_shares(panel: GrowthPanel, countries: Sequence[str], first: int) -> Array:
    """Return the logs of shares from a year on.

    Parameters
    ----------
    panel : GrowthPanel
        The figures.
    countries : sequence of str
        Alpha-3 codes.
    first : int
        The first year.

    Returns
    -------
    ndarray, (year, country)
        To the panel's last year.
    """
    return np.log(panel.share[panel.rows(countries), first - panel.first :]).T


def gaps(
    target: Array, donors: Array, fitted: int, *, penalty: float | Array = PENALTY
) -> tuple[Array, Array]:
    """Return the gaps between targets and their donors' weighted means, and the weights, many at once.

    Parameters
    ----------
    target : ndarray, (problem, year)
        Logs.
    donors : ndarray, (problem, year, donor)
        Logs.
    fitted : int
        How many of the first years are fitted, each in deviations from its mean over them.
    penalty : float or ndarray, (problem, donor)
        See :data:`foedus.attribution.simplex.PENALTY`.

    Returns
    -------
    ndarray, (problem, year); ndarray, (problem, donor)
        Log points, and weights.
    """
    target = target - target[:, :fitted].mean(axis=1, keepdims=True)
    donors = donors - donors[:, :fitted].mean(axis=1, keepdims=True)
    weights = simplex_weights(target[:, :fitted], donors[:, :fitted], penalty=penalty)
    return 100.0 * (target - np.einsum("pyd,pd->py", donors, weights)), weights


def synthetic_control(
    panel: GrowthPanel, allies: Sequence[str], donors: Sequence[str], fitted: Period
) -> Synthetic:
    """Return the gap between the mean log share of allies and that of donors fitted to it.

    Parameters
    ----------
    panel : GrowthPanel
        The figures.
    allies, donors : sequence of str
        Those with a share in every year from the first fitted one on.
    fitted : Period
        The years in which donors follow the allies, in deviations from both means.
    """
    target = log_shares(panel, allies, fitted.first).mean(axis=1)
    columns = log_shares(panel, donors, fitted.first)
    gap, weights = gaps(target[None], columns[None], fitted.years)
    years = tuple(range(fitted.first, panel.last + 1))
    error = float(np.sqrt((gap[0, : fitted.years] ** 2).mean()))
    return Synthetic(tuple(donors), weights[0], years, gap[0], fitted, error)
