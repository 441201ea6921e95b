"""How far the first prints of a share were from what a later edition printed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.evidence.publications import publication, reporting_members

if TYPE_CHECKING:
    from foedus.evidence.ledger import Ledger

__all__ = ["PrintError", "print_error", "print_errors"]

_SHARE = "defence_expenditure_share_of_gdp"


@dataclass(frozen=True)
class PrintError:
    """The revision of an edition's shares of one year.

    Attributes
    ----------
    edition, outcome : str
        The edition that printed first, and the later one it is held against.
    year : int
        The year of the shares.
    running : bool
        Whether the year was not over when the edition came out.
    allies, printed : int
        How many allies are compared, and how many the edition printed.
    mean_absolute_error, bias : float
        Of the outcome less the first print, fractions of GDP.
    """

    edition: str
    outcome: str
    year: int
    running: bool
    allies: int
    printed: int
    mean_absolute_error: float
    bias: float


def print_error(
    ledger: Ledger, edition: str, year: int, *, outcome: str = "nato-2025-08"
) -> PrintError | None:
    """Compare an edition's shares of a year with those of a later edition.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    edition : str
        The edition that printed first.
    year : int
        The year.
    outcome : str, default "nato-2025-08"
        The later edition; the default is the newest one on NATO's definition before core defence.

    Returns
    -------
    PrintError or None
        None where no ally has a figure in both.
    """
    known = publication(edition)
    published = known.published if known else ledger.editions[edition].published
    allies = reporting_members(published, year)
    first, later = (
        dict[str, float](ledger.table(name).where(indicator=_SHARE, year=year).select("country", "value"))
        for name in (edition, outcome)
    )
    change = [later[code] - value for code, value in first.items() if code in later and code in allies]
    if not change:
        return None
    return PrintError(
        edition=edition,
        outcome=outcome,
        year=year,
        running=published.year <= year,
        allies=len(change),
        printed=len(allies),
        mean_absolute_error=math.fsum(map(abs, change)) / len(change),
        bias=math.fsum(change) / len(change),
    )


def print_errors(
    ledger: Ledger, *, outcome: str = "nato-2025-08", least: float = 0.9
) -> tuple[PrintError, ...]:
    """Return the errors of the newest year of every older edition of which nearly all allies are held.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    outcome : str, default "nato-2025-08"
        The edition that the first prints are held against.
    least : float, default 0.9
        The least part of the allies that must be held; those quoted first by the press are not a fair sample.

    Returns
    -------
    tuple of PrintError
        Oldest edition first.
    """
    last = ledger.editions[outcome].published
    errors = []
    for card in ledger.editions.values():
        known = publication(card.id)
        if known is None or known.last_year is None or card.published >= last:
            continue
        error = print_error(ledger, card.id, known.last_year, outcome=outcome)
        if error is not None and error.allies >= least * error.printed:
            errors.append(error)
    return tuple(errors)
