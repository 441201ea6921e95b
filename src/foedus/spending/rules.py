"""Pledges and the raised threat as dated rules: what budgets were made under, as known at an origin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from foedus.engine.arrays import Array
from foedus.evidence.institutions import pledges_by
from foedus.spending.equations import SMALLEST_SHARE

__all__ = [
    "EXPOSED",
    "Rule",
    "earlier_pledges",
    "floor_in_force",
    "floor_of",
    "known_rule",
    "pledge_pull",
    "pledged_step",
    "rule_in_force",
    "threat_from",
]

SHARE = "defence_expenditure_share_of_gdp"

THREAT_SEEN = 2014
"""The year of the annexation of Crimea; budgets from the next year on could follow it."""

EXPOSED = ("EST", "FIN", "LTU", "LVA", "NOR", "POL")
"""Allies that share a land border with Russia or Belarus."""


def pledged_step(share: Array, target: Array, years_left: Array | float) -> Array:
    """Return the change of the share's logarithm that a straight path in logarithms asks for this year.

    Parameters
    ----------
    share : ndarray, (draw, country)
        Last year's share of GDP, a fraction.
    target : ndarray, (country,)
        The share pledged.
    years_left : float or ndarray, (country,)
        Years to the deadline, this one included; less than one counts as one.

    Returns
    -------
    ndarray, (draw, country)
        ``max(0, log(target / share)) / years_left``: zero for a country at or above the target.

    Notes
    -----
    A target of zero asks for nothing; a share below :data:`SMALLEST_SHARE` is taken as that.
    """
    step_: Array = np.maximum(share, SMALLEST_SHARE)
    np.divide(target, step_, out=step_)
    np.maximum(step_, 1.0, out=step_)
    np.log(step_, out=step_)
    if np.any(np.asarray(years_left) > 1.0):
        step_ /= np.maximum(years_left, 1.0)
    return step_


@dataclass(frozen=True)
class Rule:
    """A pledge as a dated rule.

    Attributes
    ----------
    agreed, deadline : int
        The year in which it was agreed, and the year by which it is to be kept. Budgets of the year after it
        was agreed are the first that could follow it.
    target : float
        The share of GDP, a fraction.
    """

    agreed: int
    deadline: int
    target: float

    def step(self, share: Array, year: int) -> Array:
        """Return the step of log share that a straight path asks for in a year.

        Parameters
        ----------
        share : ndarray, (ally,)
            Last year's shares of GDP, fractions.
        year : int
            The year.

        Returns
        -------
        ndarray, (ally,)
            Changes of the logarithm; zero up to the year in which the rule was made.
        """
        if year <= self.agreed:
            return np.zeros_like(share)
        target = np.full(share.shape[-1], self.target)
        return pledged_step(share, target, float(self.deadline - year + 1))


def known_rule(origin: int) -> Rule | None:
    """Return the pledge on the share of GDP that was in force at the end of a year.

    Parameters
    ----------
    origin : int
        The year.

    Returns
    -------
    Rule or None
        None before the pledge of Wales in 2014. A later pledge that repeats the level of an earlier one, as
        that of Vilnius in 2023, changes nothing.
    """
    rule = None
    for pledge in pledges_by(date(origin, 12, 31)):
        if pledge.quantity == SHARE and not pledge.country and (rule is None or pledge.level > rule.target):
            rule = Rule(pledge.date.year, pledge.deadline, pledge.level)
    return rule


def rule_in_force(year: int) -> Rule | None:
    """Return the pledge under which budgets of a year were made: that in force at the end of the year before.

    Parameters
    ----------
    year : int
        The year of the budgets.

    Returns
    -------
    Rule or None
        None up to 2014.
    """
    return known_rule(year - 1)


def floor_in_force(year: int, origin: int) -> float:
    """Return the share that a pledge whose deadline is past asks to keep, as known at an origin.

    Parameters
    ----------
    year : int
        The year whose budgets are made.
    origin : int
        The last year looked at; a pledge made later is not known.

    Returns
    -------
    float
        A share of GDP, a fraction; zero where there is no such pledge.
    """
    return floor_of(earlier_pledges(date(min(year - 1, origin), 12, 31)), year)


def earlier_pledges(day: date, *, below: float = math.inf) -> tuple[tuple[int, float], ...]:
    """Return deadline and share of every pledge by all allies made by a day and below a share."""
    return tuple(
        (pledge.deadline, pledge.level)
        for pledge in pledges_by(day)
        if pledge.quantity == SHARE and not pledge.country and pledge.level < below
    )


def floor_of(pledges: Sequence[tuple[int, float]], year: int) -> float:
    """Return the highest share among pledges whose deadline is before a year; zero where there is none."""
    return max((level for deadline, level in pledges if deadline < year), default=0.0)


def pledge_pull(share: Array, year: int, rule: Rule | None, floor: float) -> Array:
    """Return the pull of the pledge or of the floor on log shares, whichever is more.

    Parameters
    ----------
    share : ndarray, (ally,)
        Last year's shares of GDP, fractions.
    year : int
        The year.
    rule : Rule or None
        The pledge in force.
    floor : float
        The share that a pledge whose deadline is past asks to keep; zero where there is none.

    Returns
    -------
    ndarray, (ally,)
        Changes of the logarithm that are asked for, not below zero.
    """
    pull = rule.step(share, year) if rule else np.zeros_like(share)
    return np.maximum(pull, np.log(floor / share)) if floor > 0.0 else pull


def threat_from(origin: int) -> int | None:
    """Return the first year whose budgets answer the raised threat, as known at an origin; None before it."""
    return THREAT_SEEN + 1 if origin >= THREAT_SEEN else None
