"""Questions about forces: who provides what, what is missing, and how fast it arrives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Literal

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.api.runs import Changes
    from foedus.evidence import Ledger
    from foedus.forces.fair_shares import Rule
    from foedus.forces.gap_result import Gap
    from foedus.forces.requirement import Who
    from foedus.forces.result import Apportionment
    from foedus.forces.time_result import TimeToClose
    from foedus.reinforcement.by_day_result import ByDay
    from foedus.reinforcement.result import Reinforcement

__all__ = ["apportion", "gap", "reinforce"]


@public
def reinforce(
    requirement: str | PathLike[str] = "force-model",
    *,
    rule: Rule = "gdp",
    exclude: str | Sequence[str] = (),
    amounts: str | Sequence[str] = (),
    within: int = 30,
    readiness_days: float = 0.0,
    permit_days: float | None = None,
    trains: float | str = 1.0,
    loads: Literal[1, 3] = 1,
    hosts: Literal["equal", "any"] = "equal",
    lose: int = 0,
    cases: int = 100,
    horizon: int = 60,
    on_day: int | None = None,
    draws: int = 500,
    seed: int = 1,
    as_of: date | str | None = None,
    ledger: Ledger | None = None,
) -> Reinforcement | ByDay:
    """Return how fast help arrives on the eastern flank, what binds, and what is worth most.

    Parameters
    ----------
    requirement : str or path, default "force-model"
        A shipped requirement's name, or a file's path.
    rule : {"gdp", "population", "spending", "mix"}
        By what it is shared among allies.
    exclude : str or sequence of str
        Allies that send nothing.
    amounts : str or sequence of str
        Pieces by ally as "USA=2800" or "USA=2800@10", in place of a requirement.
    within : int, default 30
        Only the tiers that are ready within so many days.
    readiness_days, permit_days : float
        Days that tiers are late, and days until a force may cross a border; without it, 3.
    trains : float or str, default 1.0
        What the trains a day are multiplied by.
    loads : {1, 3}
        One kind of load, or 3: tracked, wheeled, containers.
    hosts : {"equal", "any"}
        Whether hosts get equal parts, or any may take all.
    lose, cases : int
        How many links, drawn at random, are lost, and how often they are drawn.
    horizon : int, default 60
        The last day to begin with.
    on_day : int, optional
        Say what has arrived by a day instead.
    draws, seed : int
        Of the draws of throughput.
    as_of : datetime.date or str, optional
        Only what had been published by this day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Reinforcement or ByDay
        The curve and what binds; with `on_day`, what has arrived by the end of that day.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    NoSolutionError
        When the solver proves no optimum.
    """
    from foedus.reinforcement.asked import reinforce_of
    from foedus.reinforcement.question import ReinforceQuestion

    question = ask(
        ReinforceQuestion,
        requirement=requirement,
        rule=rule,
        exclude=exclude,
        amounts=amounts,
        within=within,
        readiness_days=readiness_days,
        permit_days=permit_days,
        trains=trains,
        loads=loads,
        hosts=hosts,
        lose=lose,
        cases=cases,
        horizon=horizon,
        on_day=on_day,
        draws=draws,
        seed=seed,
        as_of=as_of,
    )
    return reinforce_of(question, ledger)


@public
def apportion(
    requirement: str | PathLike[str] | None = None,
    *,
    rule: Rule = "gdp",
    who: Who | None = None,
    cap: float = 0.5,
    exclude: str | Sequence[str] = (),
    whole: str | Sequence[str] = (),
    divisible: bool = False,
    at_least: str | Sequence[str] = (),
    at_most: str | Sequence[str] = (),
    within_holdings: bool = False,
    year: int | None = None,
    as_of: date | str | None = None,
    ledger: Ledger | None = None,
) -> Apportionment:
    """Return who would provide what a requirement asks for, by a rule; nobody has been asked.

    Parameters
    ----------
    requirement : str or path
        A shipped requirement's name, or a file's path.
    rule : {"gdp", "population", "spending", "mix"}
        By what; mix is the mean of the three.
    who : {"allies", "europe", "europe-canada"}, optional
        Among whom; without it, those that the requirement names.
    cap : float, default 0.5
        The greatest part of any class that one ally may have.
    exclude, whole : str or sequence of str
        Allies that take no part; classes to share in whole units.
    divisible : bool, default False
        Share every class to fractions.
    at_least, at_most : str or sequence of str
        Bounds as "POL:brigades=3".
    within_holdings : bool, default False
        Nobody provides more than it holds by the imported tables.
    year : int, optional
        The year of GDP, population and spending.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Apportionment
        Parts by ally, under the rule and beside the others.

    Raises
    ------
    InputError
        When an argument cannot be used; the message names it.
    """
    from foedus.forces.asked import apportion_of
    from foedus.forces.question import ApportionQuestion

    question = ask(
        ApportionQuestion,
        requirement=requirement,
        rule=rule,
        who=who,
        cap=cap,
        exclude=exclude,
        whole=whole,
        divisible=divisible,
        at_least=at_least,
        at_most=at_most,
        within_holdings=within_holdings,
        year=year,
        as_of=as_of,
    )
    return apportion_of(question, ledger)


@public
def gap(
    requirement: str | PathLike[str] | None = None,
    *,
    rule: Rule = "gdp",
    who: Who | None = None,
    cap: float = 0.5,
    exclude: str | Sequence[str] = (),
    scenario: str | PathLike[str] | None = None,
    changes: Changes | None = None,
    draws: int | None = None,
    seed: int = 1,
    as_of: date | str | None = None,
    ledger: Ledger | None = None,
) -> Gap | TimeToClose:
    """Return what is missing of a requirement and what it would cost; with a scenario, when that closes.

    Parameters
    ----------
    requirement : str or path
        A shipped requirement's name, or a file's path.
    rule, who, cap, exclude
        How the cost is shared, as for :func:`foedus.apportion`.
    scenario : str or path, optional
        A scenario, whose money is carried to orders, deliveries and forces.
    changes : mapping of str to object, optional
        Keys of the scenario with other values.
    draws, seed : int, optional
        How many draws of the scenario, 10,000 without it, and their seed.
    as_of : datetime.date or str, optional
        Answer only from what had been published by this day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Gap or TimeToClose
        What is missing; with a scenario, what its money buys by when.

    Raises
    ------
    InputError
        When an argument cannot be used, or says nothing of this question.
    """
    from foedus.analysis.missing import gap_of
    from foedus.forces.question import GapQuestion

    question = ask(
        GapQuestion,
        requirement=requirement,
        rule=rule,
        who=who,
        cap=cap,
        exclude=exclude,
        scenario=scenario,
        changes=changes,
        draws=draws,
        seed=seed,
        as_of=as_of,
    )
    return gap_of(question, ledger)
