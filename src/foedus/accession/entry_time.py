"""The time from signature to entry that a scenario's accession is drawn from."""

from __future__ import annotations

from datetime import date

import numpy as np

from foedus.accession.forecast import LAST_DAY, closing_lag, forecast, quantile
from foedus.accession.intervals import closing_lags
from foedus.accession.posterior import packaged_draws, packaged_pace, ratifiers_of, standing
from foedus.accession.record import objections, rounds
from foedus.engine.arrays import Array
from foedus.scenario.resolved import Resolved

__all__ = ["LEVELS", "entry_days"]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The probabilities of the knots in :mod:`foedus.accession.membership`."""

DRAWS = 400


def entry_days(resolved: Resolved) -> Array | None:
    """Return the days from signature to entry of every applicant of a scenario.

    Parameters
    ----------
    resolved : Resolved
        The scenario.

    Returns
    -------
    ndarray, (5, country), or None
        Days at :data:`LEVELS`, NaN for countries that do not accede; None where none does. A time beyond
        fifteen years counts as fifteen years.
    """
    if not any(resolved.accession_signed):
        return None
    lag = closing_lag(closing_lags(rounds(), standing()), standing().closing_lag_prior_days)
    allies = [c for c, day in zip(resolved.countries, resolved.accession_signed, strict=True) if not day]
    days = np.full((len(LEVELS), len(resolved.countries)), np.nan)
    for i, (code, signed) in enumerate(zip(resolved.countries, resolved.accession_signed, strict=True)):
        if signed:
            by = min(date.fromisoformat(signed), resolved.as_of)
            against = [o.ally for o in objections(code, by=by) if o.stands(by)]
            ratifiers = ratifiers_of(
                allies, objecting=against, holders=resolved.accession_holders, ally_pace=packaged_pace()
            )
            entry = forecast(packaged_draws(DRAWS), ratifiers, date.fromisoformat(signed), lag).entry
            days[:, i] = [quantile(entry, level) or float(LAST_DAY) for level in LEVELS]
    return days
