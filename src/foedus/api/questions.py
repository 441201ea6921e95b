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
    "scorecard",
    "pledge",
    "burden",
    "country",
    "run",
    "compare",
    "ensemble",
    "sensitivity",
    "explain",
    "hindcast",
    "accession",
    "read",
    "check",
    "deter",
    "deter_game",
    "reliability",
    "spiral",
    "attribution",
    "aid",
    "sustain",
    "reinforce",
    "cite",
)
"""The public functions that put a question, in the order of the documentation."""


def question_of(name: str) -> type[Question]:
    """Return the question that a public function puts; each has a case here and its name above."""
    match name:
        case "figure" | "export" | "indicators" | "editions" | "sources" | "institutions":
            return _of_ledger(name)
        case "cite":
            from foedus.report.cite_question import CiteQuestion

            return CiteQuestion
        case "status" | "burden":
            from foedus.spending import question

            return question.StatusQuestion if name == "status" else question.BurdenQuestion
        case "decide":
            from foedus.decisions.question import SheetQuestion

            return SheetQuestion
        case "scorecard":
            from foedus.analysis.scorecard_question import ScorecardQuestion

            return ScorecardQuestion
        case "run":
            from foedus.runs.question import RunQuestion

            return RunQuestion
        case "ensemble":
            from foedus.runs.question import EnsembleQuestion

            return EnsembleQuestion
        case "pledge" | "country" | "compare" | "sensitivity" | "explain" | "hindcast":
            return _of_analysis(name)
        case "accession" | "read" | "check":
            return _of_members(name)
        case "aid" | "sustain" | "reinforce" | "gap" | "apportion":
            return _of_forces(name)
        case "deter" | "deter_game" | "reliability" | "spiral" | "attribution":
            return _of_guarantee(name)
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


def _of_guarantee(name: str) -> type[Question]:
    """Return the question about the guarantee, or about why spending rose, that a public function puts."""
    from foedus.attribution.question import AttributionQuestion
    from foedus.guarantee import question

    kinds: dict[str, type[Question]] = {
        "deter": question.DeterQuestion,
        "deter_game": question.DeterGameQuestion,
        "reliability": question.ReliabilityQuestion,
        "spiral": question.SpiralQuestion,
        "attribution": AttributionQuestion,
    }
    return kinds[name]


def _of_members(name: str) -> type[Question]:
    """Return the question of a function about accession, or about articles."""
    from foedus.accession import asked
    from foedus.reading import question

    kinds: dict[str, type[Question]] = {
        "accession": asked.ObservedQuestion,
        "read": question.ReadQuestion,
        "check": question.CheckQuestion,
    }
    return kinds[name]


def _of_forces(name: str) -> type[Question]:
    """Return the question of a function about aid or forces."""
    from foedus.aid import question
    from foedus.reinforcement.question import ReinforceQuestion

    kinds: dict[str, type[Question]] = {
        "aid": question.AheadQuestion,
        "sustain": question.SustainQuestion,
        "reinforce": ReinforceQuestion,
    }
    return kinds[name]
