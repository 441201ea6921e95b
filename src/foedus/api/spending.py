"""Questions about spending: who meets a guideline, what a pledge asks, who bears what, and one ally."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.analysis.country import CountryFacts
    from foedus.analysis.pledge import PledgeReading
    from foedus.evidence import Ledger
    from foedus.spending.burden import Burden
    from foedus.spending.counts import Basis
    from foedus.spending.status import Status

__all__ = ["burden", "country", "pledge", "status"]


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


@public
def pledge(
    country: str | Sequence[str] = (),
    *,
    target: float | None = None,
    by: int | None = None,
    as_of: date | str | None = None,
    draws: int = 2000,
    seed: int = 1,
    ledger: Ledger | None = None,
) -> PledgeReading:
    """Compute what a pledge asks of each ally: growth, cost and odds.

    Parameters
    ----------
    country : str or sequence of str
        List only these allies, by name or ISO alpha-3 code.
    target : float, optional
        The share of GDP, a fraction; without it the pledge of The Hague with its exceptions.
    by : int, optional
        The year to reach it by.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    draws : int, default 2000
        How many draws the odds rest on.
    seed : int, default 1
        Seed of the random draws.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    PledgeReading
        A row for each ally, the costs by year, and the skill that such odds have had.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    NoDataError
        When a figure that is needed had not been published by the day.
    """
    from foedus.analysis.pledge import pledge_of
    from foedus.analysis.question import PledgeQuestion

    question = ask(PledgeQuestion, country=country, target=target, by=by, as_of=as_of, draws=draws, seed=seed)
    return pledge_of(question, ledger)


@public
def burden(
    *,
    country: str | Sequence[str] = (),
    year: int | None = None,
    basis: Literal["nato", "sipri"] = "nato",
    edition: str | None = None,
    as_of: date | str | None = None,
    allies_of: date | str | None = None,
    ledger: Ledger | None = None,
) -> Burden:
    """Return who bears how much in a year, by several measures and no single index.

    Parameters
    ----------
    country : str or sequence of str
        Only these allies, by name, code or group; ranks stay those among all.
    year : int, optional
        The year; without it the last one held whole.
    basis : {"nato", "sipri"}
        Whose definition of spending; SIPRI's needs an imported edition.
    edition : str, optional
        The edition that shall answer.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    allies_of : datetime.date or str, optional
        Compare the allies of this day; without it those of the year's end.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Burden
        A row for each ally, tests of whether the large bear more, and notes.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    NoDataError
        When no edition that may answer has spending and GDP of the year.
    """
    from foedus.spending.burden import burden_of
    from foedus.spending.question import BurdenQuestion

    which = {"country": country, "year": year, "edition": edition, "as_of": as_of}
    question = ask(BurdenQuestion, **which, basis=basis, allies_of=allies_of)
    return burden_of(question, ledger)


@public
def country(
    country: str,
    *,
    as_of: date | str | None = None,
    draws: int = 1000,
    seed: int = 1,
    ledger: Ledger | None = None,
) -> CountryFacts:
    """Return one ally: its figures by edition, its forecast, and what each question says of it.

    Parameters
    ----------
    country : str
        The ally, by name or ISO alpha-3 code.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    draws : int, default 1000
        How many draws the forecast rests on.
    seed : int, default 1
        Seed of the random draws.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    CountryFacts
        Share, facts, forecast, and one sentence a question.

    Raises
    ------
    InputError
        When an argument cannot be used, or the country is no ally on the day.
    NoDataError
        When no edition of the day holds a share.
    """
    from foedus.analysis.country import country_of
    from foedus.analysis.question import CountryQuestion

    question = ask(CountryQuestion, country=country, as_of=as_of, draws=draws, seed=seed)
    return country_of(question, ledger)
