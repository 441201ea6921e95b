"""Where figures of the ledger that a scenario takes are from, cell by cell."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from foedus.errors import NoDataError
from foedus.parameters.provenance import Provenance, grouped

if TYPE_CHECKING:
    from foedus.evidence.ledger import Ledger

__all__ = ["of_figures"]


def of_figures(
    name: str,
    known: Ledger,
    edition: str,
    cells: Collection[tuple[str, int]],
    *,
    indicator: str,
    how: str = "",
) -> tuple[Provenance, ...]:
    """Return where the figures of a quantity are from.

    Parameters
    ----------
    name : str
        The quantity that takes them.
    known : Ledger
        The editions published by the day.
    edition : str
        The edition that gives them.
    cells : collection of (str, int)
        Country and year of each figure taken.
    indicator : str
        What the edition prints.
    how : str, optional
        How the quantity follows from them.

    Returns
    -------
    tuple of Provenance
        Status and how each is known, as the edition's rows have them; cells that it leaves blank have none.
    """
    wanted = frozenset(cells)
    if not wanted:
        return ()
    key = ("provenance", name, edition, indicator, wanted, how)
    return known.keep(key, lambda: _look_up(name, known, edition, wanted, indicator, how))


def _look_up(
    name: str, known: Ledger, edition: str, cells: frozenset[tuple[str, int]], indicator: str, how: str
) -> tuple[Provenance, ...]:
    """Look the rows up; see :func:`of_figures`."""
    years = [year for _, year in cells]
    try:
        figures = known.figures(
            indicator, country=sorted({c for c, _ in cells}), year=(min(years), max(years)), edition=edition
        )
    except NoDataError:
        return ()
    rows = figures.frame.select("country", "year", "status", "known")
    taken = ((c, y, edition, status, how_known) for c, y, status, how_known in rows if (c, y) in cells)
    return grouped(name, taken, of=indicator, how=how)
