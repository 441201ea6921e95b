"""Questions about aid to Ukraine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast
    from foedus.aid.question import By
    from foedus.aid.record import Kind
    from foedus.aid.result import Aid
    from foedus.aid.sustain import Sustain
    from foedus.evidence import Ledger

__all__ = ["aid", "sustain"]


@public
def aid(
    donor: str | Sequence[str] = (),
    *,
    kind: Kind = "all",
    by: By | None = None,
    as_of: date | str | None = None,
    edition: str | None = None,
    real: bool = False,
    compare: Sequence[str | int] | str | None = None,
    forecast: int | None = None,
    ledger: Ledger | None = None,
) -> Aid | AidForecast:
    """Return who committed and allocated what to Ukraine, or what may be allocated in the months ahead.

    Parameters
    ----------
    donor : str or sequence of str
        Donors by name or code, EUI for the EU institutions; without any, all.
    kind : {"all", "military", "financial", "humanitarian", "other"}
        What is given; other is financial and humanitarian aid.
    by : {"region", "donor", "route", "month"}, optional
        What the answer is laid out by.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    edition : str, optional
        The release that shall answer.
    real : bool, default False
        In euros of 2021.
    compare : sequence of two spans, optional
        The later first: ("2025", "2022-2024").
    forecast : {1, 3, 6}, optional
        Forecast sums over so many of the next months instead.
    ledger : Ledger, optional
        The figures of GDP and prices; without it, the packaged editions and the user's.

    Returns
    -------
    Aid or AidForecast
        Amounts in euros; with `forecast`, sums with intervals.

    Raises
    ------
    InputError
        When an argument cannot be used.
    NoDataError
        When no release had been published by the day.

    Examples
    --------
    >>> import foedus
    >>> foedus.aid("Germany", edition="kiel-29-2026-08-04").donors[0].donor
    'DEU'
    """
    from foedus.aid.asked import aid_of
    from foedus.aid.question import AheadQuestion

    question = ask(
        AheadQuestion,
        donor=donor,
        kind=kind,
        by=by,
        as_of=as_of,
        edition=edition,
        real=real,
        compare=compare,
        forecast=forecast,
    )
    return aid_of(question, ledger)


@public
def sustain(
    scenario: str | Path = "baseline",
    *,
    rate: str | Sequence[str] = (),
    months: int = 60,
    draws: int = 10_000,
    seed: int = 1,
    as_of: date | str | None = None,
) -> Sustain:
    """Return for how many months support can be given at a rate, what binds, and years to replace.

    Parameters
    ----------
    scenario : str or pathlib.Path, default "baseline"
        A scenario that comes with foedus, or the path of a file.
    rate : str or sequence of str
        Pieces a month as "shells_155mm=100000", in the place of the usual ones.
    months : int, default 60
        How many months are looked at.
    draws : int, default 10,000
        How many draws of stocks, makers and floors.
    seed : int, default 1
        Seed of the random draws.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.

    Returns
    -------
    Sustain
        Months by class, what could be held, what binds, accounts and years to replace.

    Raises
    ------
    InputError
        When an argument cannot be used.

    Examples
    --------
    >>> import foedus
    >>> foedus.sustain(rate="shells_155mm=100000", draws=10).months
    60
    """
    from foedus.aid.question import SustainQuestion
    from foedus.analysis.support import sustain_of

    question = ask(
        SustainQuestion, scenario=scenario, rate=rate, months=months, draws=draws, seed=seed, as_of=as_of
    )
    return sustain_of(question)
