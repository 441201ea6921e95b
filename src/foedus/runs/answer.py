"""A run's answer in one number and its sentences: how many allies are at the pledge at the end.

Where the model has had no skill so far ahead, the figure of no change heads the answer.
"""

from __future__ import annotations

from foedus.evidence.checks import WITHOUT_FORCES
from foedus.evidence.institutions import members_on
from foedus.results import Answer
from foedus.rounding import written
from foedus.runs.headline import Headline, MeasureSummary
from foedus.runs.skill import doubt
from foedus.spending.answers import left_out
from foedus.units import level_words

__all__ = ["REACHED", "ends", "headline_answer"]

REACHED = "allies_at_pledge_count"
"""The measure that heads a run."""


def ends(measure: MeasureSummary, index: int = -1) -> tuple[str, str, str, str]:
    """Return the figure of a count that may be shown, the ends of its range, and that of no change.

    Parameters
    ----------
    measure : MeasureSummary
        A count by year.
    index : int, default -1
        The year's index.

    Returns
    -------
    shown, low, high, still : str
        Whole numbers in print; where the model has no skill, the figure of no change with the range of what
        such figures have become, or the model's own where that is not known.
    """
    low, median, high = measure.interval(index)
    still = measure.naive[index]
    if not measure.shows_model(index):
        low, high = measure.naive_range(index) or (low, high)
        median = still
    shown, least, most, naive = (written(value) for value in (median, low, high, still))
    return shown, least, most, naive


def headline_answer(headline: Headline) -> Answer:
    """Return how many allies are at the pledge in a run's last year.

    Parameters
    ----------
    headline : Headline
        The run's headline.

    Returns
    -------
    Answer
        The median with its range and the figure of no change.
    """
    measure, year = headline.measures[REACHED], headline.years[-1]
    shown, low, high, still = ends(measure)
    allies = len(headline.horizon.allies)
    level = level_words(headline.terms.pledge.target)
    if measure.shows_model():
        claim = f"spend {level} of GDP or more in {year}; if nothing changes: {still}."
        title = f"{shown} of {allies} allies at {level} of GDP in {year}"
        range_words = f"In brackets the middle 80 % of {headline.draws:,} draws."
    else:
        claim = f"spend {level} of GDP or more in {year} if nothing changes, which the model has not beaten."
        title = f"{shown} of {allies} allies at {level} of GDP in {year} if nothing changes"
        known = measure.naive_range() is not None
        range_words = "In brackets what such counts have become." if known else "In brackets the model's own."
    words = doubt(measure)
    return Answer(
        number=shown,
        unit=f"of {allies} allies ({low} to {high})",
        claim=claim,
        beside=(
            *((f"The model was {words}.",) if words else ()),
            range_words,
            *_absent(headline),
        ),
        title=title,
    )


def _absent(headline: Headline) -> tuple[str, ...]:
    """Return which allies have no part in the run."""
    absent = [code for code in members_on(headline.as_of) if code not in headline.horizon.allies]
    return left_out(
        [code for code in absent if code not in WITHOUT_FORCES],
        [code for code in absent if code in WITHOUT_FORCES],
    )
