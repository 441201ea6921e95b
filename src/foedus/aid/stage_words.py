"""What heads the page on aid: the answer, with the months ahead beside it and a title that says it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.aid.answer import KIND_WORDS, eur
from foedus.aid.forecast_words import skill_words, written_span
from foedus.results import Answer
from foedus.units import billions, per_cent, points

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast
    from foedus.aid.result import Aid, DonorRow

__all__ = [
    "NOT_DELIVERED",
    "ahead_words",
    "changes_in_words",
    "donor_sentence",
    "front_answer",
    "skill_lines",
    "stage_answer",
    "whole_spans",
]

NOT_DELIVERED = "Allocated is not delivered."
"""What stands beside every number, in short."""

REAL = "In euros of 2021, by the IMF's deflator of the euro area."
"""What stands beside amounts that are not in euros of the day."""


def stage_answer(result: Aid, forecast: AidForecast | None) -> Answer:
    """Return the answer of a page.

    Parameters
    ----------
    result : Aid
        What :func:`foedus.aid.aid.aid` gives.
    forecast : AidForecast or None
        Of the same donor and kind.

    Returns
    -------
    Answer
        The result's own, with the months ahead beside it, and a title that holds its number.
    """
    answer = result.answer()
    ahead = (ahead_words(forecast),) if forecast else ()
    own = [REAL if line.startswith("In euros of") else line for line in answer.beside[:-1]]
    beside = (*own, *ahead, NOT_DELIVERED)
    return replace(answer, beside=beside, title=_title(result, answer))


def _title(result: Aid, answer: Answer) -> str:
    """Return a title with the number of the answer."""
    words = KIND_WORDS[result.kind]
    by = result.question.laid_out_by
    if by == "route":
        return f"From stocks came {answer.number} of military aid to Ukraine"
    if by == "month":
        return f"{answer.number} of {words} to Ukraine in {result.months[-1].month}"
    if result.question.donor:
        names = ", ".join(row.name for row in result.donors[:3])
        return f"{names}: {answer.number} of {words} to Ukraine"
    if by == "donor":
        return f"{answer.number} of {words} to Ukraine is from three donors"
    states = billions(result.region("united_states").allocated, 1)
    return f"{words[0].upper()}{words[1:]}: Europe {answer.number}, United States {states}"


def whole_spans(result: Aid) -> tuple[str, str] | None:
    """Return the last whole year and the years before it, as a question compares them.

    Parameters
    ----------
    result : Aid
        What :func:`foedus.aid.aid.aid` gives.

    Returns
    -------
    (str, str) or None
        None where fewer than two whole years are held.
    """
    last = result.release.last
    years = [year for year in result.regions[0].by_year if year < last.year or last.month == 12]
    if len(years) < 2:
        return None
    before = f"{years[0]}-{years[-2]}" if len(years) > 2 else str(years[0])
    return str(years[-1]), before


def front_answer(result: Aid, military: Aid) -> Answer:
    """Return what Europe and the United States allocated, in one sentence for a front page.

    Parameters
    ----------
    result : Aid
        By region.
    military : Aid
        Military aid, two spans compared; without a comparison nothing is said of a change.

    Returns
    -------
    Answer
        Whole billions.
    """
    europe, states = (billions(result.region(name).allocated, 0) for name in ("europe", "united_states"))
    rows = military.comparison.rows if military.comparison else ()
    change = {row.of: row.change for row in rows}
    beside = [NOT_DELIVERED]
    if military.comparison and None not in (change.get("europe"), change.get("united_states")):
        spans = military.comparison
        beside.insert(
            0,
            f"Military aid, {spans.after} against the mean of {spans.before.replace('-', ' to ')}: Europe "
            f"{points(change['europe'], 0)} %, United States {points(change['united_states'], 0)} %.",
        )
    return Answer(
        f"EUR {europe} bn",
        "",
        f"was allocated to Ukraine by Europe since January 2022, EUR {states} bn by the United States.",
        beside=tuple(beside),
        title=f"Aid to Ukraine: Europe EUR {europe} bn, United States {states}",
    )


def ahead_words(forecast: AidForecast) -> str:
    """Write the longest sum ahead in one sentence, with the last 12 months drawn again beside it."""
    row = forecast.longest
    whose = "all donors" if forecast.target == "all_donors" else forecast.name
    when = "Next month" if row.ahead == 1 else f"Next {row.ahead} months"
    low, middle, high = written_span(row.standing)
    again = written_span(row.repeated)
    if row.stands != "repeated":
        other = f"if the last 12 months repeat: {again[1]} ({again[0]} to {again[2]})"
    else:
        other = "by the last 12 months again, since the model has not been better"
    return f"{when}, {whose}: EUR {middle} bn ({low} to {high}); {other}."


def skill_lines(forecast: AidForecast) -> tuple[str, ...]:
    """Return how well sums over 1, 3 and 6 months have been forecast, the longest first."""
    return tuple(dict.fromkeys(skill_words(row) for row in reversed(forecast.rows)))


def changes_in_words(result: Aid) -> tuple[str, ...]:
    """Return how two spans compare, each with what the institute published.

    Parameters
    ----------
    result : Aid
        Of a question that compares two spans.

    Returns
    -------
    tuple of str
        One sentence for each published change; empty where none was published.
    """
    comparison = result.comparison
    if comparison is None:
        return ()
    spans = f"{comparison.after} against {comparison.before}"
    return tuple(
        f"{row.label}, {KIND_WORDS[row.kind]}, {spans}: {points(row.change, 1)} % in {result.prices}; "
        f"published {points(row.published.change, 0)} % (prices {row.published.prices}, data to "
        f"{row.published.data_to})."
        for row in comparison.rows
        if row.published is not None and row.change is not None
    )


def donor_sentence(row: DonorRow) -> str:
    """Write what a donor allocated, of what, and as which share of its GDP."""
    committed = "" if row.committed is None else f" of {billions(row.committed, 1)} bn committed"
    share = (
        "" if row.share_of_gdp_2021 is None else f", {per_cent(row.share_of_gdp_2021, 2)} of its GDP of 2021"
    )
    return f"{row.name}: {eur(row.allocated)}{committed} allocated since January 2022{share}."
