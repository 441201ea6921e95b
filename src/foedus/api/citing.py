"""How answers are cited."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.report.citing import Cited

__all__ = ["cite"]


@public
def cite(
    subject: str = "",
    *,
    as_of: date | str | None = None,
    edition: str | None = None,
    ledger: Ledger | None = None,
) -> Cited:
    """Return how foedus, an edition, a figure or a run is cited.

    Parameters
    ----------
    subject : str, default ""
        An edition, such as nato-2024-06; a figure, such as population:POL:2024; a run, its folder or its
        name; without it, foedus itself.
    as_of : datetime.date or str, optional
        The day whose knowledge is cited; without it, today or the run's.
    edition : str, optional
        Of a figure, the edition that shall give it; without it, the newest.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Cited
        With ``text()``, ``bibtex()`` and ``csl()``.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    UnknownNameError
        When the subject is none of these.
    NoDataError
        When there is no such figure, or the edition had not been published by the day.
    """
    from foedus.report.cite_question import CiteQuestion
    from foedus.report.citing import cited

    return cited(ask(CiteQuestion, subject=subject, as_of=as_of, edition=edition), ledger)
