"""Questions about forces: who provides what, what is missing, and how fast it arrives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Literal

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.forces.fair_shares import Rule
    from foedus.reinforcement.by_day_result import ByDay
    from foedus.reinforcement.result import Reinforcement

__all__ = ["reinforce"]


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
