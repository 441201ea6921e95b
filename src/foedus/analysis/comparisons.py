"""Which comparison a question asks for: of two scenarios, of many, or the region where a threshold is met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.analysis.compare import Comparison, compare
from foedus.analysis.compare_many import ManyComparison, compare_many
from foedus.analysis.discovery import discover
from foedus.analysis.discovery_result import Discovery
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.analysis.question import CompareQuestion, DiscoverQuestion, ManyQuestion, TwoQuestion
    from foedus.evidence import Ledger

__all__ = ["compare_of", "comparison_of", "discovery_of", "many_of", "result_of"]


def result_of(question: CompareQuestion) -> type[Comparison | ManyComparison | Discovery]:
    """Return what kind of result a question has."""
    if question.discover is not None:
        return Discovery
    return ManyComparison if question.is_of_many() else Comparison


def compare_of(
    question: CompareQuestion, ledger: Ledger | None = None
) -> Comparison | ManyComparison | Discovery:
    """Compare the scenarios of a question, or look for the region in which they meet a threshold.

    Parameters
    ----------
    question : CompareQuestion
        The scenarios, and what is asked of them.
    ledger : Ledger, optional
        The figures.

    Returns
    -------
    Comparison, ManyComparison or Discovery
        Of two scenarios; of more, or with a regret; or where a threshold is met.

    Raises
    ------
    InputError
        When what is asked of two scenarios alone is asked of many; see also :func:`compare`.
    """
    from foedus.analysis.question import DiscoverQuestion, ManyQuestion

    if question.discover is None and not question.is_of_many():
        return comparison_of(question, ledger)
    same = {"draws": question.draws, "seed": question.seed, "as_of": question.as_of}
    if question.discover is not None:
        threshold = {"threshold": question.discover, "changes": question.changes}
        return discovery_of(DiscoverQuestion(scenario=question.scenarios(), **threshold, **same), ledger)
    _check_two_alone(question)
    sense = {"regret": question.regret, "best": question.best}
    return many_of(ManyQuestion(scenario=question.scenarios(), **sense, **same), ledger)


def comparison_of(question: TwoQuestion, ledger: Ledger | None = None) -> Comparison:
    """Compare the two scenarios of a question; see :func:`compare`."""
    return compare(
        question.first,
        question.second,
        changes=question.changed_keys(),
        draws=question.draws,
        seed=question.seed,
        as_of=question.as_of,
        ledger=ledger,
        structures=question.structures,
    )


def many_of(question: ManyQuestion, ledger: Ledger | None = None) -> ManyComparison:
    """Compare each scenario of a question with the first; see :func:`compare_many`."""
    return compare_many(
        question.scenario,
        regret=question.regret,
        best=question.best,
        draws=question.draws,
        seed=question.seed,
        as_of=question.as_of,
        ledger=ledger,
    )


def discovery_of(question: DiscoverQuestion, ledger: Ledger | None = None) -> Discovery:
    """Find the regions in which the scenarios of a question meet its threshold; see :func:`discover`."""
    return discover(
        question.scenario,
        question.threshold,
        year=question.year,
        draws=question.draws,
        seed=question.seed,
        as_of=question.as_of,
        changes=question.changed_keys(),
        ledger=ledger,
    )


def _check_two_alone(question: CompareQuestion) -> None:
    """Raise an InputError where what is asked of two scenarios alone is asked of many."""
    for where, given, do in (
        ("--set", bool(question.changes), "write the change into a scenario file that extends the other"),
        ("--structures", bool(question.structures), "name a form in a scenario file, or compare two"),
    ):
        if given:
            raise InputError("this is for a comparison of two scenarios", where=where, do=do)
