"""Compute every estimate anew from a panel: all designs, periods, placebos and simulated effects."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from foedus.attribution.designs import (
    DOSES,
    Window,
    difference_in_differences,
    dose_response,
    regression,
    timing,
)
from foedus.attribution.doses import doses_before
from foedus.attribution.estimate_rows import Recomputed, blank, with_comparison, with_errors
from foedus.attribution.estimates import DesignEstimate, DesignEstimates, GroupGrowth, SimulatedEffect
from foedus.attribution.panel import GrowthPanel
from foedus.attribution.periods import (
    BORDER,
    ENTRANTS,
    GROWTH_PERIODS,
    NEVER_ALLIED,
    OTHERS,
    PACIFIC,
    PERIODS,
    Period,
)
from foedus.attribution.permuting import permutation_p
from foedus.attribution.placebos import (
    PlaceboYears,
    failure_of_size,
    leave_one_out,
    placebo_row,
    placebo_window,
    placebo_years,
)
from foedus.attribution.power import Power, simulated
from foedus.attribution.pull import PULLED, pull_skill, pull_to_target
from foedus.attribution.student import Contrast
from foedus.attribution.twins import twin_estimates
from foedus.axes import country_name
from foedus.engine.arrays import Array
from foedus.errors import InputError

__all__ = ["GROUPS", "own_estimates", "recompute"]

GROUPS = {
    "others": OTHERS,
    "border": BORDER,
    "never-allied": NEVER_ALLIED,
    "pacific": PACIFIC,
    "entrants": ENTRANTS,
}
"""The groups whose growth is shown."""

NORDIC_ALLIES = ("DNK", "NOR")

BEFORE_PRESSURE = (
    Window(Period(2015, 2016), Period(2017, 2020)),
    Window(Period(2015, 2017), Period(2018, 2019)),
)
"""Other windows for 2018–21: a year earlier, and its first two years alone, before the pandemic."""

EFFECTS = (0.0, 2.0, 5.0)
PULL_BREAKS = range(1996, 2012)
"""Windows of four years that end before the pledge of Wales."""


def windows(last: int) -> Iterator[tuple[Window, str]]:
    """Yield each period with the one before it, to the last year on record, and then the other windows."""
    for before, after in zip(GROWTH_PERIODS, PERIODS, strict=False):
        if after.first < last:
            yield Window(before, Period(after.first, min(after.last, last))), ""
    for window in BEFORE_PRESSURE:
        if window.after.last <= last:
            yield window, window.after.words


@dataclass(frozen=True)
class TwoGroups:
    """Allies against controls, in every window.

    Attributes
    ----------
    panel : GrowthPanel
        The figures.
    design : str
        The design.
    allies, controls : tuple of str
        Who is compared.
    """

    panel: GrowthPanel
    design: str
    allies: tuple[str, ...]
    controls: tuple[str, ...]

    def _changes(self, window: Window) -> tuple[Array, Array]:
        """Return the changes of growth of both groups."""
        return window.change(self.panel, self.allies)[1], window.change(self.panel, self.controls)[1]

    def comparison(self, window: Window) -> Contrast:
        """Return the difference in differences."""
        return difference_in_differences(self.panel, window, self.allies, self.controls)

    @cached_property
    def placebos(self) -> PlaceboYears:
        """The placebo years."""
        return placebo_years(self.design, self.comparison)

    def form(self, window: Window) -> Contrast:
        """Return the estimate in the form of the placebo years; NaN where its years are not on record."""
        as_placebo = placebo_window(window.after.first)
        if as_placebo.after.first >= self.panel.last:
            return Contrast(math.nan, math.nan, math.nan)
        return self.comparison(as_placebo)

    def estimate(self, window: Window, variant: str) -> tuple[DesignEstimate, Power]:
        """Return the estimate of a window, and what the design sees of known effects in it."""
        treated, controls = self._changes(window)
        power = simulated(treated, controls)
        low, high = leave_one_out(treated, controls)
        row = replace(
            with_comparison(blank(self.design, window, variant), self.comparison(window)),
            permutation_p=permutation_p(treated, controls),
            treated=len(treated),
            controls=len(controls),
            loo_low=low,
            loo_high=high,
            power_2=power.power(2.0),
            power_5=power.power(5.0),
            least_effect=power.least_effect,
            fails=failure_of_size(len(treated), len(controls)),
        )
        return self.placebos.entered(row, self.form(window)), power

    def recomputed(self, every: Sequence[tuple[Window, str]]) -> Recomputed:
        """Return all that the design gives."""
        estimates, effects = [], []
        for window, variant in every:
            row, power = self.estimate(window, variant)
            estimates.append(row)
            if not variant:
                effects += list(simulation_rows(self.design, window.after, power))
        return Recomputed(tuple(estimates), self.placebos.rows, tuple(effects))


def simulation_rows(design: str, period: Period, power: Power) -> Iterator[SimulatedEffect]:
    """Yield what a design makes of each known effect."""
    for effect in EFFECTS:
        yield SimulatedEffect(
            design,
            period.first,
            period.last,
            effect,
            power.bias,
            power.coverage,
            power.normal_coverage,
            power.power(effect),
        )


def timing_estimates(panel: GrowthPanel, every: Sequence[tuple[Window, str]]) -> Recomputed:
    """Return the estimates before and after, with their placebo years."""

    def comparison(window: Window) -> Contrast:
        return timing(panel, window, OTHERS)

    placebos = placebo_years("timing", comparison)
    rows = []
    for window, variant in every:
        change = window.change(panel, OTHERS)[1]
        without = (change.sum() - change) / (len(change) - 1.0)
        row = with_errors(blank("timing", window, variant), comparison(window))
        row = replace(row, treated=len(change), loo_low=float(without.min()), loo_high=float(without.max()))
        rows.append(placebos.entered(row, comparison(placebo_window(window.after.first))))
    return Recomputed(tuple(rows), placebos.rows)


def dose_estimates(panel: GrowthPanel, every: Sequence[tuple[Window, str]]) -> Iterator[Recomputed]:
    """Yield the estimates of each dose, from one regression a window."""

    def comparisons(window: Window) -> dict[str, Contrast]:
        return dict(dose_response(panel, window, doses_before(panel, window)))

    usual = [Window(Period(2010, w.after.first - 1), w.after) for w, variant in every if not variant]
    real = [comparisons(window) for window in usual]
    forms = [comparisons(placebo_window(window.after.first)) for window in usual]
    for name in DOSES:
        placebos = placebo_years(name, _one(comparisons, name))
        rows = []
        for window, held, form in zip(usual, real, forms, strict=True):
            row = with_errors(blank(name, window), held[name])
            row = replace(row, treated=len(doses_before(panel, window).countries))
            low, high = _without_each(panel, window, name)
            rows.append(placebos.entered(replace(row, loo_low=low, loo_high=high), form[name]))
        yield Recomputed(tuple(rows), placebos.rows)


def _one(comparisons: Callable[[Window], dict[str, Contrast]], name: str) -> Callable[[Window], Contrast]:
    """Return the function from a window to the effect of one dose."""
    return lambda window: comparisons(window)[name]


def _without_each(panel: GrowthPanel, window: Window, name: str) -> tuple[float, float]:
    """Return the least and the greatest effect of a dose with one ally left out."""
    doses = doses_before(panel, window)
    countries, change = window.change(panel, doses.countries)
    values = doses.values[[doses.countries.index(code) for code in countries]]
    at = DOSES.index(name)
    estimates = [
        regression(np.delete(change, i), np.delete(values, i, axis=0))[0][at] for i in range(len(change))
    ]
    return float(min(estimates)), float(max(estimates))


def pull_estimates(panel: GrowthPanel, last: int) -> Recomputed:
    """Return the pull of the pledge by period, with the same windows before there was one."""

    def comparison(period: Period) -> Contrast:
        return pull_to_target(panel, period)

    periods = tuple(Period(first, first + 3) for first in PULL_BREAKS)
    placebos = PlaceboYears(tuple(placebo_row("pull", period, comparison(period)) for period in periods))
    rows = []
    for window, variant in windows(last):
        if variant:
            continue
        held = comparison(window.after)
        row = with_errors(blank("pull", window), held)
        without = [
            pull_to_target(panel, window.after, [c for c in PULLED if c != code], permutations=0).estimate
            for code in PULLED
        ]
        row = replace(row, treated=len(PULLED), loo_low=min(without), loo_high=max(without))
        rows.append(placebos.entered(row, held))
    return Recomputed(tuple(rows), placebos.rows)


def group_growth(panel: GrowthPanel) -> Iterator[GroupGrowth]:
    """Yield the mean yearly growth of every group in every period."""
    for group, countries in GROUPS.items():
        for period in GROWTH_PERIODS:
            span = Period(period.first, min(period.last, panel.last))
            means = panel.means(countries, span)
            known = means[np.isfinite(means)]
            if len(known):
                yield GroupGrowth(group, span.first, span.last, float(known.mean()), len(known))


def recompute(panel: GrowthPanel, sipri: str, outlook: str) -> DesignEstimates:
    """Return every estimate, placebo and simulated effect of a panel.

    Parameters
    ----------
    panel : GrowthPanel
        The figures, from 1995 or earlier.
    sipri, outlook : str
        The editions they are from.

    Returns
    -------
    DesignEstimates
        In the order of :data:`foedus.attribution.designs.DESIGNS`.
    """
    every = tuple(windows(panel.last))
    usual = tuple((window, variant) for window, variant in every if not variant)
    pacific = (*NEVER_ALLIED, *PACIFIC)
    parts = [
        timing_estimates(panel, usual),
        TwoGroups(panel, "never-allied", OTHERS, NEVER_ALLIED).recomputed(every),
        TwoGroups(panel, "with-pacific", OTHERS, pacific).recomputed(every),
        TwoGroups(panel, "border", BORDER, NEVER_ALLIED).recomputed(usual),
        TwoGroups(panel, "entrants", ENTRANTS, NEVER_ALLIED).recomputed(usual),
        TwoGroups(panel, "nordic", NORDIC_ALLIES, ENTRANTS).recomputed(usual),
        *dose_estimates(panel, every),
        pull_estimates(panel, panel.last),
        *twin_estimates(panel, [window for window, _ in usual]),
    ]
    return DesignEstimates(
        sipri,
        outlook,
        tuple(row for part in parts for row in part.estimates),
        tuple(row for part in parts for row in part.placebos),
        tuple(group_growth(panel)),
        tuple(row for part in parts for row in part.simulation),
        pull_skill(panel),
    )


def own_estimates(
    estimates: DesignEstimates, panel: GrowthPanel, window: Window, controls: Sequence[str]
) -> DesignEstimates:
    """Return estimates with those of a window and controls that were asked for.

    Parameters
    ----------
    estimates : DesignEstimates
        Of the usual periods and controls.
    panel : GrowthPanel
        The figures.
    window : Window
        The years that are compared.
    controls : sequence of str
        The countries that allies are held against; empty for the usual ones.

    Returns
    -------
    DesignEstimates
        Before and after, and allies against each set of controls, in the window.
    """
    every = ((window, ""),)
    held = any(e.period == window.after and not e.variant for e in estimates.estimates)
    sets = {"never-allied": NEVER_ALLIED, "with-pacific": (*NEVER_ALLIED, *PACIFIC)}
    parts = [] if held else [TwoGroups(panel, n, OTHERS, c).recomputed(every) for n, c in sets.items()]
    if not held:
        parts.append(timing_estimates(panel, every))
    if controls:
        named = known_controls(panel, window, controls)
        parts.append(TwoGroups(panel, "own", OTHERS, named).recomputed(every))
    means = panel.means(OTHERS, window.after)
    span = window.after
    growth = GroupGrowth("others", span.first, span.last, float(np.nanmean(means)), len(OTHERS))
    return replace(
        estimates,
        estimates=(*estimates.estimates, *(row for part in parts for row in part.estimates)),
        placebos=(*estimates.placebos, *(row for part in parts[-1:] for row in part.placebos if controls)),
        groups=estimates.groups if held else (*estimates.groups, growth),
    )


def known_controls(panel: GrowthPanel, window: Window, controls: Sequence[str]) -> tuple[str, ...]:
    """Return the controls with growth in the window.

    Raises
    ------
    InputError
        When a control has none, so that it would be left out unsaid.
    """
    held, _ = window.change(panel, controls)
    missing = [code for code in controls if code not in held]
    if missing:
        names = ", ".join(map(country_name, missing))
        raise InputError(
            f"no growth is held of {names} in {window.before.words} and {window.after.words}",
            where="--control",
            do="name other countries; the outlook holds real GDP of some 50",
        )
    return held
