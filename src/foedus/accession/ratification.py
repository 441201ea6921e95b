"""Ratification: how long each ally takes, from the signature of an accession protocol to its own completion.

**Claim.** An ally is one of three kinds, and nobody knows beforehand which. An *ordinary* ratifier has a
weekly hazard that rises with the weeks in session, is lower where two chambers must consent, and is
multiplied by a pace that all ordinary ratifiers of the round share. An *expedited* one has everything
ready. A *holder* holds the ratification back, for a time with a heavy tail that all holders of a round
share; whose objection on record stands at the signature is a holder more often. The round ends with the
last ally.

**Sources.** Grouped proportional hazards with a frailty are the textbook form (Prentice and Gloeckler 1978
for the weekly hazard, Vaupel, Manton and Stallard 1979 for the frailty); that legal hurdles and political
constraints delay ratification is found by Haftel and Thompson 2013. The parameters are estimated on ten
rounds of accession (``parameters/functions/ratification.yaml``), and their uncertainty is carried by draws
and not dropped.

A holder may also refuse for good, with a chance that is judged: no round on record ended so.

**Leaves out.** Elections and changes of government, what a holder asks for and gets, allies who wait for one
another on purpose, and who is in which kind by name: ten rounds do not tell. The recess calendar is one for
all.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar

import numpy as np

from foedus.accession.frailty import HOLD, PACE
from foedus.accession.recess import recess_days, working_days
from foedus.engine.arrays import Array, normal_cdf

__all__ = [
    "WEEK",
    "LognormalParameters",
    "Parameters",
    "Ratifiers",
    "interval_probability",
    "kinds",
    "lognormal_open",
    "survival",
    "weekly_hazard",
]

WEEK = 7.0
"""Days in a step of the hazard."""

_LEAST = 1e-300


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/functions/ratification.yaml``; of the first thirteen there are also draws.

    Attributes
    ----------
    ordinary_days : float
        Median working days of an ordinary ratifier with one chamber in a round of middling pace.
    ordinary_shape : float
        How the hazard of an ordinary ratifier grows with working days; 1 is constant.
    ordinary_dispersion : float
        Variance of an ordinary ratifier's own frailty.
    two_chambers_effect : float
        What two chambers add to the log hazard.
    recess_tempo : float
        How much of a working day a day in recess is, 0 to 1.
    pace_spread : float
        Scale of the pace that a round's ordinary ratifiers share, on the log hazard.
    expedited_share, expedited_days : float
        The share of ratifiers who have everything ready, and their mean time in days.
    holder_share : float
        The share of holders among allies without a standing objection.
    holder_spread : float
        Standard deviation between rounds of the log odds of being a holder: some rounds are contentious.
    objection_effect : float
        What a standing objection on record adds to the log odds of being a holder.
    holder_days, holder_shape : float
        Median working days of a holder, and the shape of the tail: the smaller, the heavier.
    ally_pace : float
        An ally's own pace in earlier rounds, shrunken, on the log hazard.
    ally_pace_spread : float
        Standard deviation of the allies' own pace.
    parliament_to_completion_days, completion_to_deposit_days : float
        At most so many days lie between the steps of a ratification where only one of them is recorded.
    closing_lag_prior_days : float
        The lag from the last completion to entry that counts as one more observation.
    """

    is_lognormal: ClassVar[bool] = False
    """Whether the time of an ordinary ratifier is lognormal, not Weibull."""

    ordinary_days: float
    ordinary_shape: float
    ordinary_dispersion: float
    two_chambers_effect: float
    recess_tempo: float
    pace_spread: float
    expedited_share: float
    expedited_days: float
    holder_share: float
    holder_spread: float
    objection_effect: float
    holder_days: float
    holder_shape: float
    ally_pace: float = 0.0
    ally_pace_spread: float = 0.0
    parliament_to_completion_days: float = 14.0
    completion_to_deposit_days: float = 42.0
    closing_lag_prior_days: float = 14.0


@dataclass(frozen=True)
class LognormalParameters(Parameters):
    """The same numbers of the form in which the time of an ordinary ratifier is lognormal.

    Shape, effects and pace keep their meaning: at the same shape the logarithm of the time has the standard
    deviation that it has in the Weibull form without a frailty, and an effect shifts it by as much.
    """

    is_lognormal: ClassVar[bool] = True


def lognormal_open(log_hazard: Array, dispersion: float) -> Array:
    """Return the probability that an ordinary ratifier whose time is lognormal is not done.

    Parameters
    ----------
    log_hazard : ndarray
        The shape times the logarithm of working days over their median, plus effects and paces.
    dispersion : float
        Variance of the ratifier's own frailty, on the same scale.

    Returns
    -------
    ndarray
        ``1 - Phi(log_hazard / sqrt(pi^2 / 6 + dispersion))``: the variance of the logarithm of a Weibull time
        is ``pi^2 / 6`` over the square of its shape.
    """
    return normal_cdf(log_hazard / -np.sqrt(np.pi**2 / 6.0 + dispersion))


@dataclass(frozen=True)
class Ratifiers:
    """Who has to ratify, and what is known of them at the signature.

    Attributes
    ----------
    two_chambers : ndarray, (ratifier,)
        1.0 where both chambers must consent; a fraction where the ally is not named.
    objects : ndarray, (ratifier,)
        1.0 where an objection of the ally on record stands at the signature; a fraction where it is not
        named.
    holds : ndarray, (ratifier,)
        1.0 where the question takes the ally for a holder, else 0.0.
    pace : ndarray, (ratifier,)
        The ally's own pace, on the log hazard.
    refuses : ndarray, (ratifier,)
        The chance that the ally, if it holds, never ratifies.
    """

    two_chambers: Array
    objects: Array
    holds: Array
    pace: Array
    refuses: Array

    def take(self, index: Array) -> Ratifiers:
        """Return some of the ratifiers.

        Parameters
        ----------
        index : ndarray of int
            Their positions.

        Returns
        -------
        Ratifiers
            Those, in that order.
        """
        return Ratifiers(*(getattr(self, f.name)[index] for f in fields(Ratifiers)))


def kinds(parameters: Parameters, ratifiers: Ratifiers, hold: Array = HOLD) -> tuple[Array, Array, Array]:
    """Return the probability that each ratifier is ordinary, expedited or a holder.

    Parameters
    ----------
    parameters : Parameters
        Shares of the kinds, and the effect of an objection.
    ratifiers : Ratifiers
        Who objected, and who is taken for a holder.
    hold : ndarray, (2, hold)
        Points of what a round's holders share.

    Returns
    -------
    tuple of ndarray, (ratifier, hold)
        Three arrays that sum to one.
    """
    log_odds = np.log(parameters.holder_share) - np.log1p(-parameters.holder_share)
    each = log_odds + parameters.objection_effect * ratifiers.objects[:, np.newaxis]
    probability = 0.5 * (1.0 + np.tanh(0.5 * (each + parameters.holder_spread * hold[1])))
    holder = np.where(ratifiers.holds[:, np.newaxis] > 0.0, 1.0, probability)
    expedited = (1.0 - holder) * parameters.expedited_share
    return 1.0 - holder - expedited, expedited, holder


def survival(
    parameters: Parameters,
    ratifiers: Ratifiers,
    days: Array,
    recess: Array,
    pace: Array = PACE,
    hold: Array = HOLD,
) -> tuple[Array, Array, Array]:
    """Return the probability that a ratifier of each kind is not done by a day.

    Parameters
    ----------
    parameters : Parameters
        The numbers of one draw.
    ratifiers : Ratifiers
        Who ratifies.
    days, recess : ndarray, (ratifier,)
        Days since the signature, and how many of them lie in recess.
    pace : ndarray, (pace,)
        The shared pace of ordinary ratifiers.
    hold : ndarray, (2, hold)
        Points of what holders share.

    Returns
    -------
    tuple of ndarray
        Ordinary, (ratifier, pace); expedited, (ratifier, 1); holder, (ratifier, hold).

    Notes
    -----
    With working days ``a``: ordinary ``(1 + f H)^(-1/f)`` with ``H = ln 2 (a / m)^k exp(b + u)``; expedited
    ``exp(-t / e)``; holder ``r + (1 - r) exp(-v (a / h)^s)`` with the chance ``r`` of a refusal, where the
    exponential averages over ``v`` to ``1 / (1 + (a / h)^s)``. In the lognormal form the first is
    :func:`lognormal_open`.
    """
    working = working_days(days, recess, parameters.recess_tempo)
    log_hazard = (
        parameters.ordinary_shape * np.log(working / parameters.ordinary_days)
        + parameters.two_chambers_effect * ratifiers.two_chambers
        + ratifiers.pace
    )
    spread = parameters.ordinary_dispersion
    if parameters.is_lognormal:
        ordinary = lognormal_open(log_hazard[:, np.newaxis] + pace, spread)
    else:
        cumulated = np.log(2.0) * np.exp(log_hazard)[:, np.newaxis] * np.exp(pace)
        ordinary = np.exp(-np.log1p(spread * cumulated) / spread)
    expedited = np.exp(-np.asarray(days, dtype=np.float64) / parameters.expedited_days)[:, np.newaxis]
    held = (working / parameters.holder_days)[:, np.newaxis] ** parameters.holder_shape
    refuses = ratifiers.refuses[:, np.newaxis]
    return ordinary, expedited, refuses + (1.0 - refuses) * np.exp(-held * hold[0])


def interval_probability(
    parameters: Parameters,
    ratifiers: Ratifiers,
    start: tuple[Array, Array],
    end: tuple[Array, Array] | None,
    hold: Array = HOLD,
) -> Array:
    """Return the probability that each ratifier is done after one day and not after another.

    Parameters
    ----------
    parameters : Parameters
        The numbers of one draw.
    ratifiers : Ratifiers
        Who ratifies.
    start : tuple of ndarray, (ratifier,)
        Days since the signature, and days in recess among them: not done by then.
    end : tuple of ndarray, (ratifier,), or None
        The same of the day by which it is done; None where it is not done yet.
    hold : ndarray, (2, hold)
        Points of what holders share.

    Returns
    -------
    ndarray, (ratifier, pace, hold)
        Probabilities, given each point of the shared pace and of the shared hold; never quite zero.
    """
    ordinary, expedited, holder = kinds(parameters, ratifiers, hold)
    first = survival(parameters, ratifiers, *start, hold=hold)
    last = (0.0, 0.0, 0.0) if end is None else survival(parameters, ratifiers, *end, hold=hold)
    shared = expedited * (first[1] - last[1]) + holder * (first[2] - last[2])
    probability: Array = (first[0] - last[0])[:, :, np.newaxis] * ordinary[:, np.newaxis, :]
    probability += shared[:, np.newaxis, :]
    np.maximum(probability, _LEAST, out=probability)
    return probability


def weekly_hazard(
    parameters: Parameters, ratifiers: Ratifiers, signed: date, weeks: int, pace: float = 0.0
) -> Array:
    """Return each ratifier's hazard week by week, as the record's grouped model has it.

    Parameters
    ----------
    parameters : Parameters
        The numbers of one draw.
    ratifiers : Ratifiers
        Who ratifies.
    signed : datetime.date
        The day of the signature, from which the recess calendar runs.
    weeks : int
        How many weeks.
    pace : float, default 0.0
        The round's shared pace.

    Returns
    -------
    ndarray, (ratifier, weeks)
        The probability of being done in a week, given that it was not done before; the kinds are mixed.
    """
    recess = recess_days(signed, int(WEEK) * weeks)
    shares = kinds(parameters, ratifiers)
    count = len(ratifiers.pace)
    open_ = np.empty((count, weeks + 1))
    for week in range(weeks + 1):
        day = int(WEEK) * week
        alive = survival(
            parameters, ratifiers, np.full(count, float(day)), np.full(count, recess[day]), np.array([pace])
        )
        mixed = shares[0] * alive[0] + shares[1] * alive[1] + shares[2] * alive[2]
        open_[:, week] = mixed.mean(axis=1)
    hazard: Array = 1.0 - open_[:, 1:] / np.maximum(open_[:, :-1], _LEAST)
    return hazard
