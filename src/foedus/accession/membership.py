"""Accession: an applicant is an ally from the year in which the last parliament has ratified.

**Claim.** The time from the signature of the protocol to entry is drawn once per draw from five quantiles,
which the scenario has from the forecast of a round (:mod:`foedus.accession.forecast`). Between
them the logarithm of the time is linear in a standard normal term, and beyond the outer ones it goes on as
between the outermost two. Who is an ally stays one.

**Sources.** Ten rounds of accession, by way of ``parameters/functions/ratification.yaml``. Membership at
the end of a year is what counts for the year.

**Leaves out.** Whether there is an invitation at all: a scenario opens an accession by saying when its
protocol is signed. What members do in waiting, and leaving the Alliance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array, ByCountry, ByDrawCountry, OncePerDraw
from foedus.engine.elementary import exp, log
from foedus.engine.workspace import repeated

__all__ = ["KNOTS", "Before", "Now", "Parameters", "Result", "Shocks", "days_to_entry", "step"]

KNOTS: Array = np.array([-1.6448536, -0.6744898, 0.0, 0.6744898, 1.6448536])
"""The standard normal terms at which the time is given: probabilities 0.05, 0.25, 0.5, 0.75 and 0.95."""

YEAR_DAYS = 365.25


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    year: float
    accession_signed_year: ByCountry
    accession_days_5: ByCountry
    accession_days_25: ByCountry
    accession_days_50: ByCountry
    accession_days_75: ByCountry
    accession_days_95: ByCountry


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    membership: ByDrawCountry


@dataclass(frozen=True)
class Shocks:
    """Standard normal terms."""

    accession_time_error: OncePerDraw


@dataclass(frozen=True)
class Parameters:
    """It has none of its own: the time to entry comes with the scenario."""


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    membership: ByDrawCountry


def days_to_entry(knots: Array, error: Array) -> Array:
    """Return the days from signature to entry at a standard normal term.

    Parameters
    ----------
    knots : ndarray, (5, country)
        Days at :data:`KNOTS`, rising; NaN for countries that do not accede.
    error : ndarray, (draw, 1)
        Standard normal terms.

    Returns
    -------
    ndarray, (draw, country)
        Days; NaN for countries that do not accede.
    """
    log_days = log(knots)
    interval = np.clip(np.searchsorted(KNOTS, error, side="right") - 1, 0, KNOTS.size - 2)
    rise = (log_days[1:] - log_days[:-1]) / np.diff(KNOTS)[:, np.newaxis]
    start, slope, left = log_days[interval[:, 0]], rise[interval[:, 0]], KNOTS[interval[:, 0]]
    days: Array = exp(start + slope * (error - left[:, np.newaxis]))
    return days


def step(now: Now, before: Before, shocks: Shocks, parameters: Parameters) -> Result:  # noqa: ARG001
    """Let those enter whose time has come by the end of the year.

    Parameters
    ----------
    now : Now
        The year, the signature in years and their fractions (NaN for countries that do not accede), and the
        days from there to entry at the five knots.
    before : Before
        Last year's membership: 1.0 for allies.
    shocks : Shocks
        One standard normal term per draw, for all applicants of the draw.
    parameters : Parameters
        None.

    Returns
    -------
    Result
        Membership at the end of the year: 1.0 or 0.0, (draw, country).
    """
    signed = np.atleast_1d(np.asarray(now.accession_signed_year, dtype=np.float64))
    if np.isnan(signed).all():
        return Result(membership=repeated(before.membership, len(shocks.accession_time_error)))
    spread = (
        now.accession_days_5,
        now.accession_days_25,
        now.accession_days_50,
        now.accession_days_75,
        now.accession_days_95,
    )
    knots = np.stack([np.broadcast_to(np.asarray(days, dtype=np.float64), signed.shape) for days in spread])
    entry = signed + days_to_entry(knots, shocks.accession_time_error) / YEAR_DAYS
    entered = (entry < now.year + 1.0).astype(np.float64)
    return Result(membership=np.maximum(before.membership, entered))
