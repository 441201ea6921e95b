"""Questions about the guarantee, and about why spending rose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.attribution.result import Causes
    from foedus.evidence import Ledger
    from foedus.guarantee.deter import Deterrence
    from foedus.guarantee.game_result import GuaranteeGame
    from foedus.guarantee.reliability import Reliability
    from foedus.guarantee.spiral import Spiral

__all__ = ["attribution", "deter", "deter_game", "reliability", "spiral"]


@public
def deter(
    scenario: str | PathLike[str] = "baseline",
    *,
    country: str | Sequence[str] = (),
    range: str | Sequence[str] = (),
    as_of: date | str | None = None,
    ledger: Ledger | None = None,
) -> Deterrence:
    """Return where belief in the guarantee matters for allies on the flank, and what stands in for it.

    Parameters
    ----------
    scenario : str or path, default "baseline"
        A shipped scenario's name, or a file's path.
    country : str or sequence of str
        Allies on the flank; all of them without it.
    range : str or sequence of str
        Ranges in place of the stated ones, as ``decisiveness=1..2`` or ``cost_over_value=0.3``.
    as_of : datetime.date or str, optional
        Only what had been published by this day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Deterrence
        For each ally the least belief that deters, over all ranges; no chance that a promise holds.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    """
    from foedus.analysis.deter import deter as answer
    from foedus.guarantee.question import DeterQuestion

    question = ask(DeterQuestion, scenario=scenario, country=country, range=range, as_of=as_of)
    return answer(question, ledger=ledger)


@public
def deter_game(
    scenario: str | PathLike[str] = "baseline",
    *,
    country: str | Sequence[str] = (),
    range: str | Sequence[str] = (),
    paying_adds: float = 0.25,
    as_of: date | str | None = None,
    ledger: Ledger | None = None,
) -> GuaranteeGame:
    """Return who would pay if the guarantee covered only those who pay.

    Parameters
    ----------
    scenario : str or path, default "baseline"
        A shipped scenario's name, or a file's path.
    country : str or sequence of str
        Allies on the flank; all of them without it.
    range : str or sequence of str
        Ranges in place of the stated ones, as ``decisiveness=1..2`` or ``cost_over_value=0.3``.
    paying_adds : float, default 0.25
        What paying adds to the belief that an ally is covered, 0 to 1.
    as_of : datetime.date or str, optional
        Only what had been published by this day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    GuaranteeGame
        The game, and how its order fits the past beside orders that take no model.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    """
    from foedus.analysis.deter import deter_game as answer
    from foedus.guarantee.question import DeterGameQuestion

    question = ask(
        DeterGameQuestion,
        scenario=scenario,
        country=country,
        range=range,
        paying_adds=paying_adds,
        as_of=as_of,
    )
    return answer(question, ledger=ledger)


@public
def reliability(*, cases: str | PathLike[str] | None = None) -> Reliability:
    """Return how often alliances kept their word in war, by several codings; none is a rate for NATO.

    Parameters
    ----------
    cases : str or path, optional
        Count the cases of this file anew: Berkemeier and Fuhrmann's replication table as CSV.

    Returns
    -------
    Reliability
        Counts with intervals, and rival codings.

    Raises
    ------
    InputError
        When the file cannot be used.
    """
    from foedus.guarantee.question import ReliabilityQuestion
    from foedus.guarantee.reliability import reliability as answer

    return answer(ask(ReliabilityQuestion, cases=cases).cases)


@public
def spiral(*, years: int = 10, less: float = 0.1, ledger: Ledger | None = None) -> Spiral:
    """Return two readings of an arms race, beside how badly such equations forecast.

    Parameters
    ----------
    years : int, default 10
        How many years the scenario runs, 1 to 30.
    less : float, default 0.1
        How much less one side spends in the question of restraint, a fraction from 0 to 0.5.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Spiral
        Both readings, and the errors of the equations out of sample.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    """
    from foedus.guarantee.question import SpiralQuestion
    from foedus.guarantee.spiral import spiral as answer

    return answer(**ask(SpiralQuestion, years=years, less=less).model_dump(), ledger=ledger)


@public
def attribution(
    period: str = "2018-21",
    *,
    from_year: int = 2014,
    to_year: int | None = None,
    control: str | Sequence[str] = ("never-allied",),
    edition: str | None = None,
    as_of: date | str | None = None,
    recompute: bool = False,
    ledger: Ledger | None = None,
) -> Causes:
    """Return why spending rose: where the rise falls, what designs make of it, and what cannot be told apart.

    Parameters
    ----------
    period : str, default "2018-21"
        The budget years whose causes are asked about: 2015-17, 2018-21, 2022-25.
    from_year : int, default 2014
        The year before the rise.
    to_year : int, optional
        The last year of the rise; without it 2024, or the last that an edition holds.
    control : str or sequence of str
        Whom allies are held against: never-allied, with-pacific, or four countries or more.
    edition : str, optional
        The edition that answers the accounting.
    as_of : datetime.date or str, optional
        Answer from what had been published by this day.
    recompute : bool, default False
        Recompute the estimates from the user's import of SIPRI, and compare.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Causes
        The accounting, the designs with their placebos, and verdicts.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    NoDataError
        When the figures that must answer are not held.
    """
    from foedus.attribution.attribute import attribution as answer
    from foedus.attribution.question import AttributionQuestion

    question = ask(
        AttributionQuestion,
        period=period,
        from_year=from_year,
        to_year=to_year,
        control=control,
        edition=edition,
        as_of=as_of,
        recompute=recompute,
    )
    return answer(ledger, question)
