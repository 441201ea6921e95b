"""Rows of the table of estimates, filled step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from foedus.attribution.designs import Window
from foedus.attribution.estimates import DesignEstimate, PlaceboEstimate, SimulatedEffect
from foedus.attribution.power import least_effect_of_errors, power_of_errors
from foedus.attribution.student import Contrast

__all__ = ["Recomputed", "blank", "with_comparison", "with_errors"]


@dataclass(frozen=True)
class Recomputed:
    """What one design gives: its estimates, its placebo years, and what it makes of known effects."""

    estimates: tuple[DesignEstimate, ...]
    placebos: tuple[PlaceboEstimate, ...]
    simulation: tuple[SimulatedEffect, ...] = ()


def blank(design: str, window: Window, variant: str = "") -> DesignEstimate:
    """Return an estimate of which nothing is known yet."""
    before, after = window.before, window.after
    return DesignEstimate(design, variant, before.first, before.last, after.first, after.last)


def with_comparison(row: DesignEstimate, comparison: Contrast) -> DesignEstimate:
    """Return an estimate with what a comparison says of it."""
    low, high = comparison.interval
    return replace(
        row,
        estimate=comparison.estimate,
        se=comparison.se,
        df=comparison.df,
        low=low,
        high=high,
        p=comparison.p,
        permutation_p=comparison.permutation_p,
    )


def with_errors(row: DesignEstimate, comparison: Contrast) -> DesignEstimate:
    """Return an estimate with its comparison, and its power by the standard error."""
    row = with_comparison(row, comparison)
    two, five = power_of_errors(row.se, row.df, (2.0, 5.0))
    return replace(row, power_2=two, power_5=five, least_effect=least_effect_of_errors(row.se, row.df))
