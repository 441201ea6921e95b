"""Answer what is asked of forces: who provides what, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.errors import InputError
from foedus.forces.question import ApportionQuestion, SharesQuestion

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.forces.apportionment import Sharing
    from foedus.forces.gap_result import Gap
    from foedus.forces.result import Apportionment

__all__ = ["apportion_of", "missing_of", "named_requirement"]


def apportion_of(question: SharesQuestion, ledger: Ledger | None = None) -> Apportionment:
    """Answer who would provide what a requirement asks for.

    Parameters
    ----------
    question : SharesQuestion
        The requirement and the rule.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Apportionment
        Parts by ally, under the rule and beside the others.

    Raises
    ------
    InputError
        When no requirement is named, or a bound cannot be read.
    """
    from foedus.forces.apportionment import apportion

    return apportion(named_requirement(question), _sharing(question), as_of=question.as_of, ledger=ledger)


def missing_of(question: SharesQuestion, ledger: Ledger | None = None, *, seed: int = 1) -> Gap:
    """Answer what is missing of a requirement, and what it would cost."""
    from foedus.forces.gap import gap

    return gap(
        named_requirement(question), _sharing(question), as_of=question.as_of, ledger=ledger, seed=seed
    )


def named_requirement(question: SharesQuestion) -> str:
    """Return the requirement that was named, or say which there are."""
    from foedus.forces.requirement import shipped_requirements

    if question.requirement is None:
        raise InputError("no requirement was named", do=f"name one of {', '.join(shipped_requirements())}")
    return question.requirement


def _sharing(question: SharesQuestion) -> Sharing:
    """Return how the requirement is to be shared."""
    from foedus.forces.apportionment import Sharing
    from foedus.forces.bounds import parse_bounds

    shared = Sharing(rule=question.rule, who=question.who, cap=question.cap, exclude=question.exclude)
    if not isinstance(question, ApportionQuestion):
        return shared
    return replace(
        shared,
        whole=question.whole,
        divisible=question.divisible,
        at_least=parse_bounds(question.at_least, where="--at-least"),
        at_most=parse_bounds(question.at_most, where="--at-most"),
        within_holdings=question.within_holdings,
        year=question.year,
    )
