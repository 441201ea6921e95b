"""Which question each public function puts: what the documentation, the tests and the faces look it up in."""

from __future__ import annotations

from foedus.questions import Question

__all__ = ["ASKING", "question_of"]

ASKING: tuple[str, ...] = (
    "status",
    "pledge",
    "burden",
    "country",
    "run",
    "compare",
    "ensemble",
    "sensitivity",
    "explain",
    "hindcast",
    "decide",
)
"""The public functions that put a question, in the order of the documentation."""


def question_of(name: str) -> type[Question]:
    """Return the question that a public function puts; each has a case here and its name above."""
    match name:
        case "status":
            from foedus.spending.question import StatusQuestion

            return StatusQuestion
        case "burden":
            from foedus.spending.question import BurdenQuestion

            return BurdenQuestion
        case "run":
            from foedus.runs.question import RunQuestion

            return RunQuestion
        case "ensemble":
            from foedus.runs.question import EnsembleQuestion

            return EnsembleQuestion
        case "pledge" | "country" | "compare" | "sensitivity" | "explain" | "hindcast":
            return _of_analysis(name)
        case "decide":
            from foedus.decisions.question import SheetQuestion

            return SheetQuestion
    raise KeyError(name)


def _of_analysis(name: str) -> type[Question]:
    """Return the question that a public function puts to whole runs."""
    from foedus.analysis import question

    kinds: dict[str, type[Question]] = {
        "pledge": question.PledgeQuestion,
        "country": question.CountryQuestion,
        "compare": question.CompareQuestion,
        "sensitivity": question.SensitivityQuestion,
        "explain": question.ExplainQuestion,
        "hindcast": question.HindcastQuestion,
    }
    return kinds[name]
