"""What is said of one ally: the share as the number, what the pledge asks, and its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.results import Answer
from foedus.tables import Column, Table
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.analysis.country import CountryFacts

__all__ = ["country_answer", "country_headline", "country_tables", "ordinal", "spoken_name"]

WITH_ARTICLE = frozenset({"USA", "GBR", "NLD"})
"""Countries whose names take an article in a sentence."""


def spoken_name(code: str, *, opening: bool = False) -> str:
    """Return a country's name as a sentence has it: "the United States".

    Parameters
    ----------
    code : str
        Alpha-3 code.
    opening : bool, default False
        Whether it opens the sentence.

    Returns
    -------
    str
        The name, with its article where it takes one.
    """
    article = ("The " if opening else "the ") if code in WITH_ARTICLE else ""
    return f"{article}{country_name(code)}"


def ordinal(number: int) -> str:
    """Write a place in a row: "1st", "22nd", "13th"."""
    last = number % 10 if number % 100 not in (11, 12, 13) else 0
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def country_answer(result: CountryFacts) -> Answer:
    """Return the share as the number, with what the pledge asks and the odds that it arrives.

    Parameters
    ----------
    result : CountryFacts
        The answer about an ally.

    Returns
    -------
    Answer
        Without a number for an ally that has no share.
    """
    name = spoken_name(result.country, opening=True)
    if result.share is None:
        why = result.notes[0] if result.notes else "no figure is held"
        claim = f"{name} has no share of GDP in {result.year}: {why}."
        return Answer("", "", claim, title=claim.rstrip("."))
    estimate = ", an estimate" if result.status == "estimate" else ""
    number, unit = per_cent(result.share), f"of GDP in {result.year}{estimate}"
    claim = f"{name} is {_place(result)}.{_asks(result)}"
    return Answer(number, unit, claim, beside=_odds(result), title=f"{result.name}: {number} {unit}")


def country_headline(result: CountryFacts) -> str:
    """Return what an ally spends, its place, and what the pledge asks.

    Parameters
    ----------
    result : CountryFacts
        The answer about an ally.

    Returns
    -------
    str
        One sentence or two.
    """
    answer = country_answer(result)
    if not answer.number:
        return answer.claim
    name = spoken_name(result.country, opening=True)
    estimate = " (an estimate)" if result.status == "estimate" else ""
    share = f"{name} spent {answer.number} of GDP on defence in {result.year}{estimate}"
    return f"{share}: {_place(result)}.{_asks(result)}"


def _place(result: CountryFacts) -> str:
    """Write the place among the allies, and which levels it is at."""
    at = [per_cent(level, 1) for level, meets in result.levels.items() if meets]
    below = [per_cent(level, 1) for level, meets in result.levels.items() if not meets]
    where = f"{ordinal(result.rank or 0)} of the {result.ranked} allies with a figure"
    levels = " and ".join(
        f"{word} {' and '.join(names)}" for word, names in (("at or above", at), ("below", below)) if names
    )
    return f"{where}, {levels}" if levels else where


def _asks(result: CountryFacts) -> str:
    """Write the growth that the pledge needs, or that it is met; empty where none is worked out."""
    asked, forecast = result.pledge, result.forecast
    if asked is None or forecast is None:
        return ""
    goal = f"{per_cent(asked.target, 1)} of GDP"
    if asked.cost_at_deadline <= 0:
        return f" It is at {goal} already, its mark for {forecast.deadline}."
    return (
        f" For {goal} by {forecast.deadline}, spending must grow "
        f"{per_cent(asked.required_growth, 1)} a year in real terms."
    )


def _odds(result: CountryFacts) -> tuple[str, ...]:
    """Write the odds that it arrives, with no change beside them."""
    forecast = result.forecast
    if forecast is None:
        return result.notes[-1:]
    goal = f"{per_cent(forecast.target, 1)} by {forecast.deadline}"
    still = "yes" if forecast.unchanged_is_at_target else "no"
    if forecast.odds_shown == "no change":
        return (f"At {goal} if nothing changes: {still}; so far ahead the model has not been better.",)
    return (
        f"At {goal} in {per_cent(forecast.probability, 0)} of {forecast.draws:,} draws if the pledge is kept "
        f"as the last one; if nothing changes: {still}.",
    )


def country_tables(result: CountryFacts) -> tuple[Table, ...]:
    """Return the facts, the shares by edition, the forecast, and what each question says.

    Parameters
    ----------
    result : CountryFacts
        The answer about an ally.

    Returns
    -------
    tuple of Table
        Those that have rows.
    """
    facts = Table(
        "facts",
        "Facts",
        (
            Column("label", "Fact"),
            Column("year", "Year", "year"),
            Column("written", "Figure", align="right"),
            Column("beside", ""),
            Column("edition", "Edition", blank="computed"),
        ),
        tuple({**vars(fact), "written": fact.written} for fact in result.facts),
    )
    editions = Table(
        "editions",
        "Share of GDP by edition",
        (
            Column("year", "Year", "year"),
            Column("share", "Share of GDP", "per_cent"),
            Column("status", "Status"),
            Column("published", "Published"),
            Column("edition", "Edition"),
        ),
        tuple(vars(row) for row in result.by_edition),
    )
    cards = Table(
        "questions",
        "What each question says",
        (Column("title", "Question"), Column("sentence", "Answer")),
        tuple(vars(card) for card in result.cards),
    )
    return tuple(table for table in (facts, editions, *_path_tables(result), cards) if table.rows)


def _path_tables(result: CountryFacts) -> tuple[Table, ...]:
    """Return the share by year, as printed and as the baseline has it."""
    columns = (
        Column("year", "Year", "year"),
        Column("share", "Share of GDP", "per_cent", ("low", "high")),
        Column("how", "How known"),
    )
    held = [
        {"year": year, "share": share, "low": share, "high": share, "how": result.edition}
        for year, share in result.path.get(result.country, {}).items()
    ]
    forecast = result.forecast
    ahead: list[dict[str, Any]] = []
    if forecast is not None:
        how = "baseline, median and middle 80 %"
        spans = zip(forecast.years, forecast.low, forecast.median, forecast.high, strict=True)
        ahead = [
            {"year": year, "share": middle, "low": low, "high": high, "how": how}
            for year, low, middle, high in spans
        ][1:]
    rows = [*held, *ahead]
    title = f"{country_name(result.country)}, share of GDP by year"
    return (Table("path", title, columns, tuple(rows), folded=True),)
