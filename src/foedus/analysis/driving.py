"""Which analysis a question of what drives a number asks for: of chances, of numbers, or of a threshold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from foedus.analysis.comparisons import discovery_of
from foedus.analysis.discovery_result import Discovery
from foedus.analysis.drivers import ShockIndices
from foedus.analysis.number_result import NumberIndices
from foedus.analysis.number_sensitivity import sensitivity_of_numbers
from foedus.analysis.question import DiscoverQuestion
from foedus.analysis.sensitivity import sensitivity
from foedus.errors import InputError
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.analysis.question import ChanceQuestion, SensitivityQuestion
    from foedus.evidence import Ledger

__all__ = ["chances_of", "drivers_of", "drivers_type"]

Progress = Callable[[int, int], None]

DISCOVERY_DRAWS = 8000
"""Draws of each run in which a threshold is looked for, where none are named."""


def drivers_type(question: SensitivityQuestion) -> type[ShockIndices | NumberIndices | Discovery]:
    """Return what kind of result a question has."""
    if question.discover is not None:
        return Discovery
    return NumberIndices if question.numbers else ShockIndices


def drivers_of(
    question: SensitivityQuestion,
    ledger: Ledger | None = None,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> ShockIndices | NumberIndices | Discovery:
    """Return what drives the numbers of a question.

    Parameters
    ----------
    question : SensitivityQuestion
        The numbers, and what is asked of them.
    ledger : Ledger, optional
        The figures.
    workers : int, optional
        Threads; without it one for each core. The answer does not depend on it.
    progress : callable, optional
        Called with what is done and what there is to do.

    Returns
    -------
    ShockIndices, NumberIndices or Discovery
        By chance; by number of the model; or the region in which a threshold is met.

    Raises
    ------
    InputError
        When a range is given and no number moves, or as :func:`sensitivity` does.
    """
    if question.discover is not None:
        threshold = {"threshold": question.discover, "draws": question.draws or DISCOVERY_DRAWS}
        same = question.model_dump(include={"changes", "year", "seed", "as_of"})
        return discovery_of(ask(DiscoverQuestion, scenario=question.scenario, **threshold, **same), ledger)
    if not question.numbers:
        if question.ranges:
            raise InputError("a range is given and no number moves", where="--range", do="add --numbers")
        return chances_of(question, ledger, workers=workers, progress=progress)
    return sensitivity_of_numbers(
        question.scenario,
        **_asked(question, ledger),
        by=question.by,
        paths=question.paths,
        points=question.points,
        ranges=question.ends(),
        workers=workers,
        progress=progress,
    )


def chances_of(
    question: ChanceQuestion,
    ledger: Ledger | None = None,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> ShockIndices:
    """Return which chance drives the numbers of a question; see :func:`drivers_of`."""
    return sensitivity(question.scenario, **_asked(question, ledger), workers=workers, progress=progress)


def _asked(question: ChanceQuestion, ledger: Ledger | None) -> dict[str, Any]:
    """Return what both analyses take; how many draws only where that is said."""
    asked: dict[str, Any] = {
        "measures": question.measure,
        "countries": question.country,
        "year": question.year,
        "seed": question.seed,
        "changes": question.changed_keys(),
        "as_of": question.as_of,
        "ledger": ledger,
    }
    return asked if question.draws is None else asked | {"draws": question.draws}
