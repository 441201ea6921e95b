"""Other indicators beside the rows of an answer: the same countries and years, each by its own edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from foedus.catalogue import Quantity, quantity
from foedus.errors import InputError
from foedus.evidence.derived import KINDS, unit_words
from foedus.evidence.query import FigureAnswer
from foedus.evidence.rows import FigureRows
from foedus.tables import Column

if TYPE_CHECKING:
    from foedus.evidence.ledger import Ledger
    from foedus.evidence.question import FigureQuestion

__all__ = ["with_beside"]

Ask = Callable[["FigureQuestion", "Ledger"], FigureAnswer]
"""What answers a question for figures."""


def with_beside(answer: FigureAnswer, ledger: Ledger, figures: Ask) -> FigureAnswer:
    """Put other indicators beside the rows of an answer, and where changes are asked for their changes.

    Parameters
    ----------
    answer : FigureAnswer
        The rows, with their question.
    ledger : Ledger
        The figures that may answer.
    figures : callable
        What answers a question for figures.

    Returns
    -------
    FigureAnswer
        With a column for each of the indicators; one without a figure is empty, and named as missing.

    Raises
    ------
    InputError
        When the indicator itself is named beside itself, or one cannot be asked so.
    """
    asked = answer.question
    for name in asked.beside if asked is not None else ():
        if name == answer.quantity.name:
            raise InputError(f"{name} stands there already", where="--beside", do="name another indicator")
        answer = _joined(answer, name, ledger, figures)
    return answer


def _joined(answer: FigureAnswer, name: str, ledger: Ledger, figures: Ask) -> FigureAnswer:
    """Put one indicator beside the rows."""
    asked = answer.question
    assert asked is not None
    alone: dict[str, Any] = dict.fromkeys(("at_least", "at_most", "share_of", "sort"))
    entry = quantity(name, where="--beside")
    alone |= {"indicator": name, "beside": (), "rank": False, "codes": ()}
    alone |= {"currency": asked.currency if entry.unit in {"usd", "lcu"} else None}
    alone |= {"edition": asked.edition or _same_edition(answer, name, ledger)}
    other = figures(asked.model_copy(update=alone), ledger)
    values = {_key(row, answer): row for row in other.frame.to_dicts()}
    rows = [{**row, **_cells(name, values.get(_key(row, answer)), other)} for row in answer.frame.to_dicts()]
    columns = _columns(answer, other)
    frame = FigureRows((*answer.frame.columns, *(column.key for column in columns)), ()).plus(rows)
    gaps = tuple(replace(each, indicator=name) for each in other.missing)
    notes = tuple(f"{name}: {line}" for line in other.notes if line not in answer.notes)
    cards = {card.id: card for card in (*answer.cards, *other.cards)}
    return replace(
        answer,
        frame=frame,
        columns=(*answer.columns, *columns),
        missing=(*answer.missing, *(gap for gap in gaps if replace(gap, indicator="") not in answer.missing)),
        notes=(*answer.notes, *notes),
        cards=tuple(cards.values()),
    )


def _same_edition(answer: FigureAnswer, name: str, ledger: Ledger) -> str | None:
    """Return the edition that answers, where it holds the other indicator too."""
    if len(answer.cards) != 1:
        return None
    edition = answer.cards[0].id
    return edition if name in ledger.table(edition).indicators else None


def _key(row: Mapping[str, Any], answer: FigureAnswer) -> tuple[Any, ...]:
    """Return what joins rows: country and year, and the edition where several stand side by side."""
    edition = row["edition"] if answer.question is not None and answer.question.all_editions else ""
    return row["country"], row["year"], edition


def _cells(name: str, row: Mapping[str, Any] | None, other: FigureAnswer) -> dict[str, Any]:
    """Return the value and, where it was asked for, the change of the other indicator."""
    cells: dict[str, Any] = {name: row["value"] if row else None}
    if other.measure.is_change:
        cells[f"{name}_change"] = row[other.measure.key] if row else None
    return cells


def _columns(answer: FigureAnswer, other: FigureAnswer) -> tuple[Column, ...]:
    """Return the columns of the other indicator, headed with its unit, and its edition if that is another."""
    entry: Quantity = other.quantity
    editions = {card.id for card in other.cards} - {card.id for card in answer.cards}
    by = f", {', '.join(sorted(editions))}" if editions else ""
    label = f"{entry.label} ({unit_words(entry, billions=True)}{by})"
    asked = other.question
    name = asked.indicator if asked is not None else entry.name
    columns = [Column(name, label, KINDS.get(entry.unit, "number"))]
    if other.measure.is_change and asked is not None:
        in_points = other.measure.key == "change"
        words = f"{entry.label}, change since {asked.change_from}{' (points)' if in_points else ''}"
        columns.append(Column(f"{name}_change", words, "points" if in_points else "signed_per_cent_1"))
    return tuple(columns)
