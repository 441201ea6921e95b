"""Questions about spending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.spending.counts import Basis
    from foedus.spending.status import Status

__all__ = ["status"]


@public
def status(
    country: str | Sequence[str] = (),
    *,
    year: int | None = None,
    as_of: date | str | None = None,
    edition: str | None = None,
    guideline: float = 0.02,
    basis: Basis = "published",
    ledger: Ledger | None = None,
) -> Status:
    """Return who meets the spending guideline.

    Parameters
    ----------
    country : str or sequence of str
        Only these allies, by name or ISO alpha-3 code, or aggregates such as NATO Europe.
    year : int, optional
        The year; without it the last one that an edition holds whole.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    edition : str, optional
        The edition that shall answer.
    guideline : float, default 0.02
        The level, as a fraction of GDP.
    basis : {"published", "computed", "computed-current"}
        How shares come about.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Status
        A row for each ally, the count by every edition, and notes.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    NoDataError
        When no edition that may answer holds a share of the year.
    """
    from foedus.spending.question import StatusQuestion
    from foedus.spending.status import status_of

    question = ask(
        StatusQuestion,
        country=country,
        year=year,
        as_of=as_of,
        edition=edition,
        guideline=guideline,
        basis=basis,
    )
    return status_of(question, ledger)
