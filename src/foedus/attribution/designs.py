"""The designs: each a small pure function from figures to an estimate, with its claim and its assumption.

They stand side by side and are never averaged. All estimates are in points of growth a year (log points) but
those of doses and of the pull, which are per unit of the dose. Which of them may speak is decided by their
placebos, see :mod:`foedus.attribution.placebos`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from foedus.attribution.panel import GrowthPanel
from foedus.attribution.periods import CauseName, Period
from foedus.attribution.permuting import dose_permutation_p
from foedus.attribution.simplex import PENALTY, simplex_weights
from foedus.attribution.student import Comparison, one_mean, welch
from foedus.engine.arrays import Array
from foedus.errors import InputError

__all__ = [
    "DESIGNS",
    "LEAST_CONTROLS",
    "Design",
    "Synthetic",
    "Window",
    "check_controls",
    "difference_in_differences",
    "dose_response",
    "synthetic_control",
    "timing",
]

LEAST_CONTROLS = 4
"""With fewer, labels can be permuted in too few ways for a p to mean anything."""


@dataclass(frozen=True)
class Design:
    """What a design claims, what it assumes, and whose it is.

    Attributes
    ----------
    name, letter, label : str
        Its name, the letter of its kind, and what it is called in print.
    claim, assumption, citation : str
        A sentence each.
    causes : tuple of str
        The causes of which it can say something.
    unit : str
        What an estimate is measured in.
    """

    name: str
    letter: str
    label: str
    claim: str
    assumption: str
    citation: str
    causes: tuple[CauseName, ...]
    unit: str = "points of growth a year"


_ANGRIST = "J. Angrist and J.-S. Pischke, Mostly Harmless Econometrics, 2009, chapter 5"
_ABADIE = (
    "A. Abadie, A. Diamond, J. Hainmueller, JASA 105, 2010; in deviations from the fitted years' mean, "
    "B. Ferman, C. Pinto, Quantitative Economics 12, 2021"
)
_BECKER = "J. Becker, International Studies Perspectives 25, 2024, doi 10.1093/isp/ekad027"
_CHRISTIE = "E. H. Christie, Defence and Peace Economics 30, 2019"
_ALL: tuple[CauseName, ...] = ("threat", "pledge", "pressure")

DESIGNS: Mapping[str, Design] = MappingProxyType(
    {
        design.name: design
        for design in (
            Design(
                "timing",
                "a",
                "Before and after",
                "Growth changed when the cause began.",
                "Without it growth would have gone on as before, with no common shock.",
                "D. Campbell, J. Stanley, Experimental and Quasi-Experimental Designs for Research, 1963",
                _ALL,
            ),
            Design(
                "never-allied",
                "b",
                "Allies and never-allied",
                "Growth of the allies off Russia's border changed more than that of Europeans never allied.",
                "Without the cause both would have changed alike; it does not touch the controls.",
                _ANGRIST,
                _ALL,
            ),
            Design(
                "with-pacific",
                "b",
                "… with the Pacific",
                "The same against never-allied Europeans and rich partners in the Pacific.",
                "Without the cause both would have changed alike; no threat of its own moves the Pacific.",
                _ANGRIST,
                _ALL,
            ),
            Design(
                "border",
                "b",
                "Border allies and never-allied",
                "Growth of the five allies on Russia's border changed by more than that of never-allied.",
                "Without the threat both groups would have changed alike.",
                _ANGRIST,
                ("threat",),
            ),
            Design(
                "entrants",
                "b",
                "Sweden, Finland and never-allied",
                "Growth of the two near Russia outside the Alliance changed more than that of never-allied.",
                "Neither pledge nor pressure bound them; two countries stand for all such.",
                _ANGRIST,
                ("threat",),
            ),
            Design(
                "nordic",
                "b",
                "Denmark, Norway and Sweden, Finland",
                "Growth of the two Nordic allies of 2014 changed by more than that of the two others.",
                "Only the pledge told the four apart: all are near Russia.",
                _BECKER,
                ("pledge",),
            ),
            Design(
                "own",
                "b",
                "Allies and the controls asked for",
                "Growth of the allies off Russia's border changed by more than that of the countries named.",
                "Without the cause both groups would have changed alike.",
                _ANGRIST,
                _ALL,
            ),
            Design(
                "distance",
                "c",
                "Dose: nearness to Russia",
                "The nearer an ally is to Russia, the more its growth changed.",
                "Nothing else that moved growth goes with the distance, given the gap to 2 % and US forces.",
                _CHRISTIE,
                ("threat",),
                "points a year per standard deviation of nearness",
            ),
            Design(
                "gap",
                "c",
                "Dose: gap to 2 %",
                "The further an ally was below 2 %, the more its growth changed.",
                "Nothing else goes with the gap; allies that spent little do not rise of themselves.",
                _BECKER,
                ("pledge", "pressure"),
                "points a year per standard deviation of the gap",
            ),
            Design(
                "us-forces",
                "c",
                "Dose: US forces hosted",
                "The more US forces an ally hosts, the more it had to lose, and the more its growth changed.",
                "Hosts are not otherwise different; rotations, which no count holds, do not matter.",
                "C. Machain, T. Morgan, Armed Forces & Society 39, 2013",
                ("pressure",),
                "points a year per standard deviation of the log",
            ),
            Design(
                "pull",
                "d",
                "Pull of the pledge",
                "Allies below 2 % raised their shares in proportion to the gap.",
                "Allies that spend little do not rise of themselves (no convergence).",
                _BECKER,
                ("pledge",),
                "points a year per 100 log points of the gap",
            ),
            Design(
                "synthetic-rich",
                "e",
                "Synthetic twin, rich donors",
                "The share rose above that of a weighted mean of never-allied and Pacific countries.",
                "The mean that followed the allies from 2000 to 2013 would have gone on following them.",
                _ABADIE,
                _ALL,
            ),
            Design(
                "synthetic-world",
                "e",
                "Synthetic twin, donors worldwide",
                "The share rose above that of a weighted mean of donors from all the world.",
                "The mean that followed the allies from 2000 to 2013 would have gone on following them.",
                _ABADIE,
                _ALL,
            ),
        )
    }
)
"""The designs in the order of print."""


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
        """Return the change of mean growth of each country with growth in both spans, and which those are."""
        held = [code for code in countries if code in panel.countries]
        change = panel.means(held, self.after) - panel.means(held, self.before)
        known = np.isfinite(change)
        return tuple(code for code, whole in zip(held, known, strict=True) if whole), change[known]


def timing(panel: GrowthPanel, window: Window, allies: Sequence[str]) -> Comparison:
    """Return by how much allies' growth changed, with its error over allies.

    The error leaves out what all allies share, so that it is far too small: what the placebo years show.
    """
    return one_mean(window.change(panel, allies)[1])


def difference_in_differences(
    panel: GrowthPanel, window: Window, allies: Sequence[str], controls: Sequence[str]
) -> Comparison:
    """Return the change of allies' growth less that of the controls', by Welch."""
    return welch(window.change(panel, allies)[1], window.change(panel, controls)[1])


def check_controls(controls: Sequence[str], where: str = "--control") -> None:
    """Raise an error where there are too few controls for permutation to mean anything."""
    if len(controls) < LEAST_CONTROLS:
        raise InputError(
            f"{len(controls)} controls are too few: with fewer than {LEAST_CONTROLS}, permuting labels has "
            "no meaning",
            where=where,
            do=f"name {LEAST_CONTROLS} countries or more, or never-allied",
        )


def regression(change: Array, columns: Array) -> tuple[Array, Array]:
    """Return effects of columns and their errors, robust to unequal spread.

    J. MacKinnon, H. White, "Some heteroskedasticity-consistent covariance matrix estimators", Journal of
    Econometrics 29, 1985 (HC1).

    Parameters
    ----------
    change : ndarray, (country,)
    columns : ndarray, (country, column)
        Without the constant, which is added.

    Returns
    -------
    ndarray, (column,); ndarray, (column,)
        Effects and standard errors, without those of the constant.
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


def dose_response(panel: GrowthPanel, window: Window, doses: Doses) -> Mapping[str, Comparison]:
    """Return how the change of growth goes with each dose, the others held, by design.

    The three stand in one regression: who is far from Russia is below 2 % and hosts fewer of its forces.
    """
    countries, change = window.change(panel, doses.countries)
    values = doses.values[[doses.countries.index(code) for code in countries]]
    effects, errors = regression(change, values)
    free = float(len(change) - values.shape[1] - 1)
    whole = np.column_stack([values, np.ones(len(change))])
    return {
        name: Comparison(
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
    """Return the logs of shares from a year on, (year, country)."""
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
