"""An explanation in words: its branches as lines of a tree, and what a chart and a table write of a leaf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.units import format_value, in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.analysis.explanation import (
        Explanation,
        GivenFigure,
        NumberLeaf,
        PartOfNumber,
        SpreadingChance,
    )

__all__ = ["Branch", "figure_words", "number_value", "number_words", "share_words", "tree", "tree_lines"]

FEW = 4
"""So many countries are named; of more it is said how many."""

LONGEST = 150
"""The longest source of a number in a line of the tree; `--json` and the table have it whole."""

FIRST_PARTS = 6
"""So many parts have a line each, and the others one together."""


@dataclass(frozen=True)
class Branch:
    """A line of the tree, and what hangs on it."""

    text: str
    below: tuple[Branch, ...] = ()


def tree(explanation: Explanation) -> Branch:
    """Return the explanation as a tree: parts, chances, what is held fixed, and what is left out.

    Parameters
    ----------
    explanation : Explanation
        The number.

    Returns
    -------
    Branch
        The number, and below it each branch down to source cards and numbers.
    """
    branches = [*_of_parts(explanation), *map(_of_chance, explanation.chances)]
    if explanation.figures:
        branches.append(Branch("held fixed: figures and levers", _by_name(explanation.figures)))
    if explanation.numbers:
        below = tuple(map(_of_number, explanation.numbers))
        branches.append(Branch("held fixed: numbers of the model", below))
    left = left_out_words(explanation)
    return Branch(_root(explanation), (*branches, *([Branch(left)] if left else [])))


def tree_lines(branch: Branch, before: str = "") -> list[str]:
    """Return a tree as lines of text.

    Parameters
    ----------
    branch : Branch
        Its top.
    before : str
        What stands before the lines below it.

    Returns
    -------
    list of str
        The top first.
    """
    lines = [branch.text]
    for index, below in enumerate(branch.below):
        is_last = index == len(branch.below) - 1
        first, *others = tree_lines(below)
        lines.append(f"{before}{'└─ ' if is_last else '├─ '}{first}")
        lines += [f"{before}{'   ' if is_last else '│  '}{line}" for line in others]
    return lines


def left_out_words(explanation: Explanation) -> str:
    """Return what is behind the cut, in one line; nothing where all is listed."""
    rest = explanation.left_out
    counts = ((rest.chances, "chance"), (rest.numbers, "number"), (rest.figures, "figure"))
    said = [f"{count} {word}{'s' * (count != 1)}" for count, word in counts if count]
    if rest.chances:
        said[0] += f" ({per_cent(rest.spread, 0)} of the spread)"
    return f"left out: {', '.join(said)}" if said else ""


def share_words(chance: SpreadingChance) -> str:
    """Return the part of the spread that turns on a chance, with its interval."""
    if chance.total is None or chance.total_low is None or chance.total_high is None:
        return ""
    ends = (in_per_cent(max(chance.total_low, 0.0), 0), in_per_cent(chance.total_high, 0))
    return f"{per_cent(max(chance.total, 0.0), 0)} ({' to '.join(ends)})"


def number_words(number: NumberLeaf) -> str:
    """Return a number with its value, range and grade."""
    span = f", from {number.range[0]:g} to {number.range[1]:g}" if number.range else ""
    name, _, value = number_value(number).partition(" ")
    return f"{name} = {value} {number.unit} ({number.grade}{span})"


def number_value(number: NumberLeaf) -> str:
    """Return a number's name and value; of one by country, its least and its greatest."""
    ends = number.ends()
    value = f"{number.value:g}" if ends is None else f"{ends[0]:g} to {ends[1]:g} by country"
    return f"{number.name} {value}"


def figure_words(figure: GivenFigure) -> str:
    """Return where a figure is from: edition, status, how it is known, years and countries."""
    if figure.source is None:
        words = {"set": "set by the scenario", "parameter": f"number {figure.of} ({figure.known})"}
        said = words.get(figure.status, figure.of if figure.known else "by convention")
    else:
        said = f"{figure.source.said}: {figure.status}, {figure.known}"
    # The source of a number stands with the number.
    how = figure.how.partition(". ")[0] if figure.status == "parameter" else figure.how
    more = (_years(figure), _countries(figure), how)
    return "; ".join((said, *(word for word in more if word)))


def _years(figure: GivenFigure) -> str:
    """Return the years of figures."""
    if not figure.years:
        return ""
    first, last = figure.years
    return f"{first}" if first == last else f"{first}–{last}"


def _countries(figure: GivenFigure) -> str:
    """Return the countries of figures, or how many."""
    count = len(figure.countries)
    return f"{count} countries" if count > FEW else ", ".join(figure.countries)


def _root(explanation: Explanation) -> str:
    """Return the number with its interval."""
    at = f"{explanation.label}, {explanation.year}"
    if explanation.value is None:
        return at
    low, value, high = map(explanation.written, (explanation.low, explanation.value, explanation.high))
    return f"{at}: {value}" if low == high else f"{at}: {value} ({low} to {high})"


def _of_parts(explanation: Explanation) -> Iterable[Branch]:
    """Yield the branch of the amounts that add up to the number."""
    parts = explanation.parts
    if not parts:
        return
    shown, others = parts[:FIRST_PARTS], parts[FIRST_PARTS:]
    below = [Branch(_part_words(explanation, part), _by_name(part.figures)) for part in shown]
    if others:
        amount = _amount(sum(part.amount for part in others), explanation.unit)
        below.append(Branch(f"{amount}  the other {len(others)}"))
    yield Branch(f"the sum of {len(parts)} amounts", tuple(below))


def _part_words(explanation: Explanation, part: PartOfNumber) -> str:
    """Return a part with its amount, and how much of the spread goes with it."""
    spread = f", {per_cent(part.spread, 0)} of the spread" if part.spread is not None else ""
    return f"{_amount(part.amount, explanation.unit)}  {part.label}{spread}"


def _amount(value: float, unit: str) -> str:
    """Return an amount; of a count it is a part of one."""
    return f"{value:.3g}" if unit == "count" else format_value(value, unit)


def _of_chance(chance: SpreadingChance) -> Branch:
    """Return the branch of a chance."""
    share = share_words(chance)
    text = f"{share}  {chance.label}" if share else f"chance: {chance.label}"
    below = (*map(_of_number, chance.numbers), *_by_name(chance.figures))
    return Branch(f"{text} [{chance.component}]", below)


def _of_number(number: NumberLeaf) -> Branch:
    """Return the branch of a number: its source, and the cards that this names."""
    return Branch(
        number_words(number), (Branch(number.source), *(Branch(card.said) for card in number.cards))
    )


def _by_name(figures: Sequence[GivenFigure]) -> tuple[Branch, ...]:
    """Return figures of one quantity under its label."""
    rows: dict[str, list[GivenFigure]] = {}
    for figure in figures:
        rows.setdefault(figure.name, []).append(figure)
    return tuple(
        Branch(own[0].label, tuple(Branch(figure_words(figure)) for figure in own)) for own in rows.values()
    )
