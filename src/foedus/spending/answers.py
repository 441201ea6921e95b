"""The answers of spending in one number and its sentences: who meets a guideline, and who bears how much.

The denominator is the allies of the year. Where an ally lacks a figure it is "the allies with a figure", and
who lacks one is named, or counted where they are many: counted neither way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from foedus.axes import country_name
from foedus.results import Answer
from foedus.units import in_per_cent, level_words, per_cent, points

if TYPE_CHECKING:
    from foedus.spending.burden import Burden
    from foedus.spending.status import Status, StatusRow
    from foedus.spending.status_rows import LevelGap
    from foedus.spending.thresholds import LevelCount

__all__ = ["burden_answer", "day_words", "left_out", "listed", "status_answer"]

FEW = 3
"""How many allies that lack a figure are named; more are counted."""


def day_words(day: date) -> str:
    """Write a day as sentences do: "10 July 2026"."""
    return f"{day.day} {day:%B %Y}"


def listed(words: Sequence[str]) -> str:
    """Write words as a list: "France, Italy and Spain"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def left_out(without_figure: Iterable[str], without_forces: Iterable[str] = ()) -> tuple[str, ...]:
    """Return who is counted neither way: named where they are few, and else how many they are.

    Parameters
    ----------
    without_figure, without_forces : iterable of str
        Allies, alpha-3, that have forces and no figure, and that have no forces.

    Returns
    -------
    tuple of str
        Sentences; none where everybody is counted.
    """
    missing, unarmed = tuple(map(country_name, without_figure)), tuple(map(country_name, without_forces))
    sentences = []
    if len(missing) > FEW:
        sentences.append(f"{len(missing)} allies have no figure: counted neither way.")
    elif missing:
        sentences.append(f"No figure for {listed(missing)}: counted neither way.")
    if unarmed:
        verb = "is" if len(unarmed) == 1 else "are"
        sentences.append(f"{listed(unarmed)}, without armed forces, {verb} counted neither way.")
    return tuple(sentences)


def status_answer(result: Status) -> Answer:
    """Return how many allies meet the guideline; of one ally or aggregate its share.

    Parameters
    ----------
    result : Status
        The answer's figures.

    Returns
    -------
    Answer
        A count with its denominator, or a share.
    """
    first = result.levels[0]
    if len(result.rows) == 1 or not first.allies:
        return _share(result, result.rows[0], result.rows[1:])
    estimate = " (an estimate)" if result.estimate else ""
    level = level_words(first.level)
    unit = first.denominator
    return Answer(
        number=str(first.meeting),
        unit=unit,
        claim=f"spent {level} of GDP or more on defence in {result.year}{estimate}.",
        beside=(*_missing(result, first), *_other_levels(result), _source(result)),
        title=f"{first.meeting} {unit} at {level} of GDP in {result.year}",
    )


def _missing(result: Status, count: LevelCount) -> tuple[str, ...]:
    """Return who is in no count, what a part of an edition bounds, and what NATO itself had said."""
    sentences = [*left_out(count.without_figure, count.without_forces)]
    if count.open:
        names = listed([country_name(code) for code in count.open])
        sentences.append(f"Quoted too coarsely to tell: {names}, counted neither way.")
    if count.lower_bound:
        sentences.append(f"So {count.meeting} is the least.")
    if not count.exact and not count.chosen:
        said = [c for c in result.counts if c.basis == "quoted"]
        sentences += [
            f"By NATO's own count of {day_words(date.fromisoformat(c.published))}: {c.meeting} of "
            f"{c.reported}; {count.reported} of its figures are held here."
            for c in said[-1:]
        ]
    return tuple(sentences)


def _other_levels(result: Status) -> tuple[str, ...]:
    """Return the counts at the other levels that allies adopted, and of the last closed year."""
    others = [f"{level_words(each.level)} or more: {each.meeting}" for each in result.levels[1:]]
    closed = result.closed_words()
    return (*(f"{words}." for words in others), *((closed,) if closed else ()))


def _source(result: Status) -> str:
    """Name publisher and day of the edition, how the shares come about, and the day of the question."""
    how = "" if result.basis == "published" else ", its spending divided by its GDP"
    known = f", as known on {day_words(result.as_of)}" if result.as_of else ""
    return f"By {result.card.publisher}, {day_words(result.card.published)}{how}{known}."


def _share(result: Status, row: StatusRow, others: Sequence[StatusRow]) -> Answer:
    """Return the share of one ally or aggregate, and how far it is from the guideline."""
    if row.share is None:
        why = "no armed forces" if result.levels[0].without_forces else "no figure"
        claim = f"for {row.name} in {result.year}: {why}, counted neither way."
        return Answer(
            "No share",
            "of GDP",
            claim,
            (_source(result),),
            f"No share for {row.name} in {result.year}: {why}",
        )
    estimate = " (an estimate)" if row.status in {"estimate", "projection"} else ""
    beside = [f"That is {_distance(gap)}." for gap in row.levels if gap.gap is not None]
    beside += [f"{other.name}: {per_cent(other.share)}." for other in others]
    number = per_cent(row.share)
    return Answer(
        number=number,
        unit="of GDP",
        claim=f"was spent on defence by {row.name} in {result.year}{estimate}.",
        beside=(*beside, _source(result)),
        title=f"{row.name} spent {number} of GDP on defence in {result.year}",
    )


def _distance(gap: LevelGap) -> str:
    """Write how far a share is from a level."""
    level, distance = level_words(gap.level), in_per_cent(abs(gap.gap or 0.0))
    if gap.standing == "open":
        return f"quoted too coarsely to tell whether it is at {level} of GDP"
    if distance == "0.00":
        return f"at {level} of GDP"
    return f"{distance} points {'above' if (gap.gap or 0.0) > 0.0 else 'below'} {level} of GDP"


def burden_answer(result: Burden) -> Answer:
    """Return the largest share of GDP, whose it is, and the smallest.

    Parameters
    ----------
    result : Burden
        The panel.

    Returns
    -------
    Answer
        A share of GDP.
    """
    first, last = result.rows[0], result.rows[-1]
    beyond = max(result.rows, key=lambda row: row.spending_less_gdp)
    number = per_cent(first.share_of_gdp)
    return Answer(
        number=number,
        unit="of GDP",
        claim=f"was spent on defence by {first.name} in {result.year}, the largest share of the "
        f"{len(result.rows)} allies with a figure.",
        beside=(
            f"The smallest share: {last.name}, {per_cent(last.share_of_gdp)}.",
            f"The largest part of spending beyond its part of GDP: {beyond.name}, "
            f"{points(beyond.spending_less_gdp, 1)} points.",
        ),
        title=f"{first.name} spent the largest share of its GDP on defence in {result.year}, {number}",
    )
