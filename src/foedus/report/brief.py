"""The brief at the head of a report: five sentences, each with its figure and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.rounding import written
from foedus.runs.skill import doubt, skill_line
from foedus.units import billions, per_cent

if TYPE_CHECKING:
    from foedus.runs.headline import Headline, MeasureSummary
    from foedus.spending.status import Status

__all__ = ["brief"]


def brief(headline: Headline, now: Status) -> list[str]:
    """Write the brief of a run.

    Parameters
    ----------
    headline : Headline
        The headline of a run.
    now : Status
        Who meets the guideline by the edition that the run starts from.

    Returns
    -------
    list of str
        Five sentences: where allies stand, what the scenario asks, what the model says, what is spent and
        missing, and what the answer rests on.
    """
    return [_stands(now), _asks(headline), _reaches(headline), _spends(headline), _rests(headline)]


def _stands(now: Status) -> str:
    """Write where allies stand, and that editions differ where they do."""
    counts = sorted({c.meeting for c in now.counts if c.whole})
    differ = f"; the editions published by then say {_listed(counts)}" if len(counts) > 1 else ""
    first, *others = now.levels
    beside = "".join(f", and {each.meeting} at least {per_cent(each.level, 1)}" for each in others)
    return (
        f"In {now.year}{' (an estimate)' if now.estimate else ''}, {first.phrase()} spent at least "
        f"{per_cent(first.level, 1)} of GDP on defence{beside}, by the edition of "
        f"{now.card.published:%-d %B %Y} ({now.card.id}){differ}."
    )


def _asks(headline: Headline) -> str:
    """Write what the scenario asks."""
    pledge = headline.terms.pledge
    others = len(pledge.exceptions)
    own = f", {others} of them with targets of their own" if others else ""
    own = ", one of them with a target of its own" if others == 1 else own
    return (
        f"The scenario “{headline.title}” has allies pledge {per_cent(pledge.target, 1)} of GDP by "
        f"{pledge.deadline}{own}, and follows them from {headline.years[0]} to {headline.years[-1]} with "
        f"what was known on {headline.as_of}."
    )


def _reaches(headline: Headline) -> str:
    """Write how many reach the pledge."""
    entry = headline.measures["allies_at_pledge_count"]
    low, middle, high, naive = (written(getattr(entry, k)[-1]) for k in ("low", "median", "high", "naive"))
    target, year = per_cent(headline.terms.pledge.target, 1), headline.years[-1]
    if not entry.shows_model():
        return (
            "The model has had no skill in such counts so far ahead, so the forecast of no change stands: "
            f"{naive} allies at {target} in {year} (the model's own draws: {low} to {high})."
        )
    return (
        f"In {year} the model has {middle} allies at {target} (in the middle 80 % of {headline.draws:,} "
        f"draws {low} to {high}); without any change of shares it would be {naive}{_but(entry)}."
    )


def _but(entry: MeasureSummary) -> str:
    """Write that the model was no better than no change, where that is so."""
    words = doubt(entry)
    return f", and the model was {words}" if words else ""


def _spends(headline: Headline) -> str:
    """Write what is spent and what is missing."""
    spent, gap = (headline.measures[n] for n in ("nato_expenditure_constant_usd", "nato_gap_constant_usd"))
    year, price = headline.years[-1], headline.price_year
    words = []
    for entry in (spent, gap):
        if not entry.shows_model():
            words.append(f"{billions(entry.naive[-1], 0)} by the forecast of no change")
        else:
            low, middle, high = (billions(value, 0) for value in entry.interval())
            words.append(f"{middle} ({low} to {high})")
    return (
        f"Allies would then spend {words[0]} billion US dollars at {price} prices in {year}, and {words[1]} "
        "billion would be missing to what they pledged."
    )


def _rests(headline: Headline) -> str:
    """Write what the answer rests on."""
    grades = headline.parameters_by_grade
    total = sum(grades.values())
    weak = grades.get("assumed", 0) + grades.get("judged", 0)
    how = "none is" if weak == 0 else f"{weak} {'is' if weak == 1 else 'are'}"
    skill = skill_line(headline).rstrip(".")
    return (
        f"Of the model's {total} parameters {how} assumed or judged, the rest estimated or measured; "
        f"{_lower(skill)}."
    )


def _lower(text: str) -> str:
    """Let a sentence go on from another one."""
    return text[:1].lower() + text[1:]


def _listed(values: list[int]) -> str:
    """Write numbers as a list in words."""
    return f"{', '.join(map(str, values[:-1]))} or {values[-1]}"
