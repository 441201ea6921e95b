"""The question about the office of Secretary General."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.analysis.scorecard import Scorecard
    from foedus.evidence import Ledger

__all__ = ["scorecard"]


@public
def scorecard(
    of: str | None = None,
    *,
    as_of: date | str | None = None,
    ledger: Ledger | None = None,
) -> Scorecard:
    """Return what was known of a Secretary General's priorities on the first day and on a later one.

    Parameters
    ----------
    of : str, optional
        The Secretary General, by name; without it, the holder of the office on the day.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Scorecard
        A row for each measure and day, of the holder and of the one before; no grade and no total.

    Raises
    ------
    InputError
        When nobody held the office on the day, or the one named had not yet.
    UnknownNameError
        When nobody of that name has held it.
    """
    from foedus.analysis.scorecard import scorecard_of
    from foedus.analysis.scorecard_question import ScorecardQuestion

    return scorecard_of(ask(ScorecardQuestion, of=of, as_of=as_of), ledger)
