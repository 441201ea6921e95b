"""Questions about articles and sentences."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.reading.result import Readings, SentenceCheck

__all__ = ["check", "read"]


@public
def read(
    article: str | Path | Sequence[str | Path] = (),
    *,
    date: datetime.date | str | None = None,
    compare: bool = False,
    ledger: Ledger | None = None,
) -> Readings:
    """Return who said what in articles, and whether it is so as of the day of each.

    Parameters
    ----------
    article : str, pathlib.Path or sequence of these
        Files (txt, md, html, pdf, docx, odt, epub), folders of them, or the text itself: words with spaces
        between them that name no file.
    date : datetime.date or str, optional
        The day the articles were written; without it their own, or an interval that is inferred.
    compare : bool, default False
        Lay the articles side by side.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Readings
        Quotations with speakers and claims with verdicts, and which files could not be read.

    Raises
    ------
    InputError
        When there is nothing to read or to compare, or no article can be read.

    Examples
    --------
    >>> import foedus
    >>> foedus.read("NATO has 31 members.", date="2024-10-01").documents[0].claims[0].verdict
    'contradicted'
    """
    from foedus.reading.asked import readings_of
    from foedus.reading.question import ReadQuestion

    return readings_of(ask(ReadQuestion, article=article, date=date, compare=compare), ledger)


@public
def check(
    sentence: str, *, as_of: datetime.date | str | None = None, ledger: Ledger | None = None
) -> SentenceCheck:
    """Return the verdict on one sentence, as of a day.

    Parameters
    ----------
    sentence : str
        The sentence.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day; without it today.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    SentenceCheck
        Its claims with evidence, and the verdict on the whole.

    Raises
    ------
    InputError
        When there is no sentence, or the day cannot be used.

    Examples
    --------
    >>> import foedus
    >>> foedus.check("NATO has 31 members.", as_of="2023-05-01").verdict
    'supported'
    """
    from foedus.reading.asked import check_of
    from foedus.reading.question import CheckQuestion

    return check_of(ask(CheckQuestion, sentence=sentence, as_of=as_of), ledger)
