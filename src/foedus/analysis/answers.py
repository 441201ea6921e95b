"""The answers of pledges and comparisons in one number and its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.results import Answer
from foedus.rounding import written
from foedus.runs.answer import REACHED, ends
from foedus.runs.skill import doubt
from foedus.units import billions, level_words, per_cent

if TYPE_CHECKING:
    from foedus.analysis.compare import Comparison
    from foedus.analysis.pledge import PledgeReading
    from foedus.analysis.pledge_row import PledgeRow

__all__ = ["comparison_answer", "pledge_answer"]


def pledge_answer(reading: PledgeReading) -> Answer:
    """Return what a pledge costs all allies in its last year, or how fast one ally's spending must grow.

    Parameters
    ----------
    reading : PledgeReading
        The answer's figures.

    Returns
    -------
    Answer
        An amount, or a rate of growth.
    """
    if len(reading.rows) == 1:
        return _one_ally(reading, reading.rows[0])
    level, year = level_words(reading.target), reading.deadline
    at_target = sum(row.odds_no_change >= 1.0 for row in reading.rows)
    below = sum(row.share < row.target for row in reading.rows)
    amount = billions(reading.cost_by_year[-1], 0)
    return Answer(
        number=amount,
        unit="bn dollars",
        claim=f"more would be spent in {year} than at the shares of {reading.start_year}, if allies reached "
        f"{level} of GDP by then.",
        beside=(
            f"At {reading.price_year} prices, the {len(reading.rows)} allies with a figure; {below} of them "
            f"are below their target in {reading.start_year}.",
            f"If nothing changes: {at_target} of {len(reading.rows)} are at their target in {year}.",
        ),
        title=f"{level} of GDP by {year} costs {amount} bn dollars more in that year",
    )


def _one_ally(reading: PledgeReading, row: PledgeRow) -> Answer:
    """Return how fast one ally's spending must grow, what it costs, and the chance that it arrives."""
    level, start, year = level_words(row.target), reading.start_year, reading.deadline
    sentence = row.sentence(start, year, reading.price_year)
    if row.share >= row.target:
        number = per_cent(row.share)
        return Answer(
            number=number,
            unit="of GDP",
            claim=f"was spent by {row.name} in {start}: it is at {level} already, and the pledge asks for "
            "no more.",
            beside=(sentence,),
            title=f"{row.name} is at {level} of GDP already, with {number} in {start}",
        )
    growth, still = per_cent(row.required_growth, 1), per_cent(row.odds_no_change, 0)
    chance = f"Chance of arriving, if nothing changes: {still}"
    if reading.shown == "model":
        chance += f"; by the model: {per_cent(row.odds, 0)}"
    return Answer(
        number=growth,
        unit="a year",
        claim=f"is the real growth that takes {row.name} from {per_cent(row.share)} of GDP in {start} to "
        f"{level} by {year}.",
        beside=(sentence, f"{chance}."),
        title=f"{row.name} needs {growth} real growth a year for {level} of GDP by {year}",
    )


def comparison_answer(result: Comparison) -> Answer:
    """Return how many allies are at the pledge in the second scenario, against the first.

    Parameters
    ----------
    result : Comparison
        Two scenarios.

    Returns
    -------
    Answer
        The second one's count with its range, the first one's and that of no change.
    """
    index, year = len(result.years) - 1, result.years[-1]
    one, two = (head.measures[REACHED] for head in (result.first, result.second))
    first, low_first, high_first, _ = ends(one, index)
    second, low, high, still = ends(two, index)
    levels = [level_words(head.terms.pledge.target) for head in (result.first, result.second)]
    against = f"{first} ({low_first} to {high_first})"
    same = levels[0] == levels[1]
    at = f"spend {levels[1]} of GDP or more in {year}" if same else f"are at {levels[1]} of GDP in {year}"
    than = "" if same else f" at {levels[0]}"
    beside = [f"Counted is the scenario “{result.second.title}”, against “{result.first.title}”."]
    difference = result.differences[REACHED]
    if one.shows_model(index) and two.shows_model(index):
        ends_of = (difference.low[index], difference.high[index])
        least, most = (written(value, signed=True) for value in ends_of)
        middle = written(difference.median[index], signed=True)
        beside.append(f"The difference, draw by draw: {middle} ({least} to {most}).")
    else:
        beside.append("So far ahead the model has not beaten no change, whose figure stands in its place.")
    words = doubt(two, index)
    beside += [f"The model was {words}."] if words else []
    allies = len(result.second.horizon.allies)
    return Answer(
        number=second,
        unit=f"of {allies} allies ({low} to {high})",
        claim=f"{at}, against {against}{than}; if nothing changes: {still}.",
        beside=tuple(beside),
        title=f"{second} of {allies} allies at the pledge in {year}, against {first}",
    )
