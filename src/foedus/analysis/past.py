"""Which forecasts from the past a question scores: those of spending, or those of aid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.aid.hindcast import AidHindcast
    from foedus.analysis.question import HindcastQuestion
    from foedus.evidence import Ledger
    from foedus.spending.hindcast.result import SpendingHindcast

__all__ = ["hindcast_of"]

OF_ONE = {"budgets": ("basis",), "aid": ("as_of", "recompute")}
"""What is asked of one kind of forecast alone."""


def hindcast_of(
    question: HindcastQuestion,
    ledger: Ledger | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> SpendingHindcast | AidHindcast:
    """Score the forecasts of a question against what came, and against naive forecasts.

    Parameters
    ----------
    question : HindcastQuestion
        Which forecasts.
    ledger : Ledger, optional
        The figures of spending; those of aid come from the tracker that is held.
    progress : callable, optional
        Called with what is done and what there is to do.

    Returns
    -------
    SpendingHindcast or AidHindcast
        The scores.

    Raises
    ------
    InputError
        When something is asked of one kind of forecast that belongs to the other.
    """
    from foedus.aid.hindcast import aid_hindcast
    from foedus.spending.hindcast.result import spending_hindcast

    given = question.given()
    for kind, names in OF_ONE.items():
        wrong = [name for name in names if name in given and kind != question.forecast]
        if wrong:
            raise InputError(f"this is asked of forecasts of {kind} alone", where=wrong[0], do="leave it out")
    if question.forecast == "budgets":
        return spending_hindcast(ledger, basis=question.basis or "", progress=progress)
    if ledger is not None:
        raise InputError("forecasts of aid rest on the tracker alone", where="ledger", do="leave it out")
    return aid_hindcast(question.as_of, recompute=question.recompute, progress=progress)
