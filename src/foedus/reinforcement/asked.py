"""Answer what is asked of reinforcement: the whole of it, or what has arrived by a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reinforcement.question import ReinforcementQuestion, ReinforceQuestion

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.reinforcement.by_day_result import ByDay
    from foedus.reinforcement.result import Reinforcement

__all__ = ["reinforce_of"]


def reinforce_of(question: ReinforceQuestion, ledger: Ledger | None = None) -> Reinforcement | ByDay:
    """Answer a question about how fast help arrives.

    Parameters
    ----------
    question : ReinforceQuestion
        What is asked.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Reinforcement or ByDay
        The curve and what binds; with a day, what has arrived by its end.
    """
    asked = ReinforcementQuestion(**question.model_dump(exclude={"on_day"}))
    if question.on_day is None:
        from foedus.reinforcement.reinforce import reinforce

        return reinforce(asked, ledger=ledger)
    from foedus.reinforcement.by_day import by_day

    return by_day(asked, question.on_day, ledger=ledger)
