"""What every page offers: allies to highlight, what an answer says of them, and days to ask as of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.dashboard.views import View
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.evidence.cards import Card

__all__ = [
    "AllyChoice",
    "EditionDay",
    "ally_sentences",
    "edition_days",
    "last_shares",
    "marked_row",
    "row_names",
]


@dataclass(frozen=True)
class AllyChoice:
    """An ally to choose.

    Attributes
    ----------
    code, name, last : str
        Its ISO code, its name, and its last share of GDP with the year.
    """

    code: str
    name: str
    last: str


def last_shares(state: AppState) -> list[AllyChoice]:
    """Return today's allies in the order of their names, with the last share that is held of each.

    Parameters
    ----------
    state : AppState
        Has the ledger.

    Returns
    -------
    list of AllyChoice
        What the picker offers.
    """
    return state.drawn("allies", lambda: _last_shares(state))


def _last_shares(state: AppState) -> list[AllyChoice]:
    """Look the last shares up."""
    from foedus.evidence.institutions import members_on
    from foedus.spending.status import status

    answer = status(state.ledger)
    rows = {row.country: row for row in answer.rows}
    choices = []
    for code in members_on(date.today()):
        share = rows[code].share if code in rows else None
        last = f"{per_cent(share, 1)} in {answer.year}" if share is not None else "no figure"
        choices.append(AllyChoice(code, country_name(code), last))
    return sorted(choices, key=lambda choice: choice.name)


def row_names(codes: Sequence[str]) -> frozenset[str]:
    """Return how rows of tables may name some allies."""
    return frozenset([*codes, *(country_name(code) for code in codes)])


def marked_row(row: Mapping[str, Any], names: frozenset[str]) -> bool:
    """Whether a row is one of the highlighted allies'."""
    return bool(names) and any(row.get(key) in names for key in ("country", "name", "ally", "code", "member"))


def ally_sentences(view: View, codes: Sequence[str]) -> list[str]:
    """Return what the answer says of the highlighted allies, one sentence each.

    Parameters
    ----------
    view : View
        The answer.
    codes : sequence of str
        Their ISO codes.

    Returns
    -------
    list of str
        The view's own sentence, or the ally's row of the first table that has one, or that it has no part.
    """
    return [view.allies.get(code) or _from_tables(view, code) for code in codes]


def _from_tables(view: View, code: str) -> str:
    """Write an ally's row as a sentence."""
    names, name = row_names([code]), country_name(code)
    for table in view.tables:
        row = next((row for row in table.rows if marked_row(row, names)), None)
        if row is None:
            continue
        cells = [(column.label, column.write(row)) for column in table.columns]
        said = [f"{label} {text}" for label, text in cells if text not in {"", "–", name, code}]
        return f"{name}: {', '.join(said[:4])}."
    return f"{name} has no part in this answer."


@dataclass(frozen=True)
class EditionDay:
    """A day on which what is known changed.

    Attributes
    ----------
    value, label, holds : str
        The day as an address has it and as a sentence has it, and what was published.
    current : bool
        Whether the answer shown is asked as of it.
    """

    value: str
    label: str
    holds: str
    current: bool


def edition_days(state: AppState, as_of: str | None) -> list[EditionDay]:
    """Return the days on which shares of GDP were published, the newest first.

    Parameters
    ----------
    state : AppState
        Has the ledger.
    as_of : str, optional
        The day that is asked as of.

    Returns
    -------
    list of EditionDay
        What the sheet of editions offers.
    """
    from foedus.spending.thresholds import SHARE

    cards = {card.published: card for card in state.ledger.carriers(SHARE)}
    return [
        EditionDay(str(day), f"{day.day} {day:%B %Y}", _holds(card), str(day) == as_of)
        for day, card in sorted(cards.items(), reverse=True)
    ]


def _holds(card: Card) -> str:
    """Write what an edition holds of the shares of GDP."""
    from foedus.spending.thresholds import SHARE

    years = card.complete.get(SHARE)
    return f"{card.id}: {f'{years[0]} to {years[1]} whole' if years else 'in part'}"
