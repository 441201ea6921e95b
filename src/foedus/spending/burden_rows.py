"""Some of the rows of a burden-sharing panel; ranks and tests stay those among all allies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from foedus.evidence.groups import allies_among, other_countries

if TYPE_CHECKING:
    from foedus.spending.burden import Burden

__all__ = ["only_of"]


def only_of(answer: Burden, names: Sequence[str], allies_of: date | None) -> Burden:
    """Return a panel with the rows of some allies.

    Parameters
    ----------
    answer : Burden
        The panel of all allies.
    names : sequence of str
        Countries and groups; none for all.
    allies_of : datetime.date or None
        The day on which a group is looked up; None for the end of the panel's year.

    Returns
    -------
    Burden
        Ranks, correlations and concordance are those among all allies; countries that are none are named in
        a note.

    Raises
    ------
    InputError
        When no country that is named has a row.
    """
    if not names:
        return answer
    day = allies_of or date(answer.year, 12, 31)
    codes, others = allies_among(names, on=day, members=[row.country for row in answer.rows])
    rows = tuple(row for row in answer.rows if row.country in codes)
    return replace(answer, rows=rows, notes=(*answer.notes, *other_countries(others, day)))
