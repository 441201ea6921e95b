"""Which question each public function puts: what the documentation, the tests and the faces look it up in."""

from __future__ import annotations

from foedus.questions import Question

__all__ = ["ASKING", "question_of"]

ASKING: tuple[str, ...] = (
    "figure",
    "export",
    "indicators",
    "editions",
    "sources",
    "institutions",
    "status",
    "decide",
    "accession",
    "read",
    "check",
)
"""The public functions that put a question, in the order of the documentation."""


def question_of(name: str) -> type[Question]:
    """Return the question that a public function puts; each has a case here and its name above."""
    match name:
        case "figure" | "export" | "indicators" | "editions" | "sources" | "institutions":
            return _of_ledger(name)
        case "status":
            from foedus.spending.question import StatusQuestion

            return StatusQuestion
        case "decide":
            from foedus.decisions.question import SheetQuestion

            return SheetQuestion
        case "accession":
            return _of_decisions(name)
        case "read" | "check":
            return _of_reading(name)
    raise KeyError(name)


def _of_ledger(name: str) -> type[Question]:
    """Return the question to the ledger that a public function puts."""
    from foedus.evidence import question

    kinds: dict[str, type[Question]] = {
        "figure": question.FigureQuestion,
        "export": question.ExportQuestion,
        "indicators": question.IndicatorsQuestion,
        "editions": question.EditionsQuestion,
        "sources": question.SourcesQuestion,
        "institutions": question.InstitutionsQuestion,
    }
    return kinds[name]


def _of_decisions(name: str) -> type[Question]:
    """Return the question of a function of `foedus.api.decisions`."""
    match name:
        case "accession":
            from foedus.accession.asked import ObservedQuestion

            return ObservedQuestion
    raise KeyError(name)


def _of_reading(name: str) -> type[Question]:
    """Return the question of a function of `foedus.api.reading`."""
    match name:
        case "read":
            from foedus.reading.question import ReadQuestion

            return ReadQuestion
        case "check":
            from foedus.reading.question import CheckQuestion

            return CheckQuestion
    raise KeyError(name)
