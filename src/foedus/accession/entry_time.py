"""The time from signature to entry that a scenario's accession is drawn from."""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache

from foedus.accession.applicants import opponents, refusals
from foedus.accession.forecast import LAST_DAY, closing_lag, forecast, quantile
from foedus.accession.forms import RatificationForm
from foedus.accession.intervals import closing_lags
from foedus.accession.posterior import packaged_draws, packaged_pace, ratifiers_of, standing
from foedus.accession.record import objections, rounds

__all__ = ["LEVELS", "entry_days"]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The probabilities of the knots in :mod:`foedus.accession.membership`."""

DRAWS = 400

NO_DAYS = (math.nan,) * len(LEVELS)
"""Days to entry of a country that does not accede."""

DIGITS = 3
"""Decimals of days to entry: the last bits of the forecast depend on the processor, and must not make the
scenario another one."""


@lru_cache(maxsize=64)
def entry_days(
    countries: tuple[str, ...],
    signed: tuple[str, ...],
    *,
    allies: frozenset[str],
    holders: tuple[str, ...],
    as_of: date,
    form: RatificationForm = "weibull",
) -> tuple[tuple[float, ...], ...]:
    """Return the days from signature to entry of every applicant of a scenario.

    Parameters
    ----------
    countries : tuple of str
        Alpha-3 codes.
    signed : tuple of str
        For each country the day on which its protocol is signed; empty where none is.
    allies : frozenset of str
        Those who have to ratify.
    holders : tuple of str
        Allies that hold an accession back.
    as_of : datetime.date
        The day whose knowledge is used.
    form : {"weibull", "lognormal"}
        How the time that an ordinary ratifier takes is distributed.

    Returns
    -------
    tuple of tuple of float
        For each country days at :data:`LEVELS`, NaN for countries that do not accede. A time beyond fifteen
        years counts as fifteen years.
    """
    if not any(signed):
        return (NO_DAYS,) * len(countries)
    lag = closing_lag(closing_lags(rounds(), standing()), standing().closing_lag_prior_days)
    ratifying = [c for c in countries if c in allies]
    days = []
    for code, day in zip(countries, signed, strict=True):
        if not day:
            days.append(NO_DAYS)
            continue
        by = min(date.fromisoformat(day), as_of)
        opposing = opponents(code, by)
        against = [*opposing, *(o.ally for o in objections(code, by=by) if o.stands(by))]
        ratifiers = ratifiers_of(
            ratifying,
            objecting=against,
            holders=holders,
            ally_pace=packaged_pace(form),
            refuses=refusals(ratifying, opposing)[0],
        )
        entry_forecast = forecast(packaged_draws(DRAWS, form), ratifiers, date.fromisoformat(day), lag)
        days.append(
            tuple(round(float(quantile(entry_forecast.entry, level) or LAST_DAY), DIGITS) for level in LEVELS)
        )
    return tuple(days)
