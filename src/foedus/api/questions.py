"""Which question each public function puts: what the documentation, the tests and the faces look it up in."""

from __future__ import annotations

from foedus.questions import Question

__all__ = ["ASKING", "question_of"]

ASKING: tuple[str, ...] = ("status", "run", "compare")
"""The public functions that put a question, in the order of the documentation."""


def question_of(name: str) -> type[Question]:
    """Return the question that a public function puts; each has a case here and its name above."""
    match name:
        case "status":
            from foedus.spending.question import StatusQuestion

            return StatusQuestion
        case "run":
            from foedus.runs.question import RunQuestion

            return RunQuestion
        case "compare":
            from foedus.analysis.question import CompareQuestion

            return CompareQuestion
    raise KeyError(name)
