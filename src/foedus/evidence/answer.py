"""The answer of a question for figures: the newest figure where one country is asked for, else how many."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name, is_aggregate
from foedus.evidence.verb_answers import has_verbs, verb_answer
from foedus.results import Answer
from foedus.units import format_value

if TYPE_CHECKING:
    from foedus.evidence.query import FigureAnswer

__all__ = ["figures_answer"]


def figures_answer(answer: FigureAnswer) -> Answer:
    """Return the newest figure of one country, or how many figures of how many countries there are.

    Parameters
    ----------
    answer : FigureAnswer
        The figures.

    Returns
    -------
    Answer
        A value with its publisher and day, or a count.
    """
    if has_verbs(answer):
        sources = "; ".join(dict.fromkeys(_source(answer, card.id) for card in answer.cards))
        return verb_answer(answer, sources, _inside(answer.quantity.label))
    rows = answer.frame.to_dicts()
    published = {card.id: card.published for card in answer.cards}
    label = answer.quantity.label
    countries = {row["country"] for row in rows}
    if len(countries) == 1 and rows:
        newest = max(rows, key=lambda row: (row["year"], published[row["edition"]]))
        return _one(answer, newest, len(rows))
    years = sorted({row["year"] for row in rows})
    span = f"{years[0]} to {years[-1]}" if len(years) > 1 else "".join(map(str, years))
    sources = "; ".join(dict.fromkeys(_source(answer, card.id) for card in answer.cards))
    return Answer(
        number=f"{len(rows):,}",
        unit=f"figures of {_counted(countries)}",
        claim=f"for {span}: {_inside(label)}, by {sources}.",
        beside=(f"Unit: {'per cent' if answer.quantity.unit == 'fraction' else answer.unit}.",),
        title=f"{label}, {span}",
    )


def _counted(codes: Collection[str]) -> str:
    """Count countries and aggregates each for itself."""
    groups = sum(is_aggregate(code) for code in codes)
    counts = ((len(codes) - groups, "country", "countries"), (groups, "aggregate", "aggregates"))
    return " and ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)


def _more(figures: int) -> str:
    """Write how many more figures there are."""
    return "1 more figure stands" if figures == 1 else f"{figures} more figures stand"


def _one(answer: FigureAnswer, row: dict[str, Any], figures: int) -> Answer:
    """Return one figure with what it is and where it is from."""
    name, unit = country_name(row["country"]), answer.quantity.unit
    number = format_value(row["value"], unit)
    what = "" if unit == "fraction" else answer.unit
    status = "" if row["status"] in {"actual", ""} else f" (a {row['status']})".replace("a e", "an e")
    known = {"retrieved": "read in its table", "press": "quoted by the press"}.get(row["known"], row["known"])
    more = (f"{_more(figures - 1)} in the table.",) if figures > 1 else ()
    return Answer(
        number=number,
        unit=what,
        claim=f"is the figure for {name} in {row['year']}{status}: {_inside(answer.quantity.label)}, by "
        f"{_source(answer, row['edition'])}, {known}.",
        beside=more,
        title=f"{name}, {row['year']}: {number}, {_inside(answer.quantity.label)}",
    )


def _source(answer: FigureAnswer, edition: str) -> str:
    """Write publisher and day of an edition."""
    card = next(card for card in answer.cards if card.id == edition)
    return f"{card.publisher}, {card.published.day} {card.published:%B %Y}"


def _inside(label: str) -> str:
    """Write a label within a sentence: a name in capitals stays as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
