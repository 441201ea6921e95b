"""The answer to a decision file, as :func:`foedus.decisions.decide.decide` returns it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from foedus.decisions.effects import FrontierPoint, Holdout, InstrumentEffect, TurningPoint
from foedus.results import Answer, Result

if TYPE_CHECKING:
    from foedus.decisions.schema import DecisionFile
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = [
    "LEVELS",
    "MEASURES",
    "BaseRate",
    "Decision",
    "FrontierPoint",
    "Holdout",
    "InstrumentEffect",
    "Spread",
    "TurningPoint",
]

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""The probabilities at which quantiles are given."""

MEASURES: dict[str, str] = {
    "decision_probability_adopted": "Decision.probability_adopted",
    "decision_probability_without": "Decision.probability_without",
    "decision_probability_tabled": "Decision.probability_tabled",
    "decision_base_rate": "Decision.base_rate",
    "decision_outcome": "Decision.outcome",
    "decision_probability_objects": "Holdout.probability_objects",
    "decision_probability_holds": "Holdout.probability_holds",
    "decision_concession": "Holdout.concession",
    "decision_blocking_value": "Holdout.blocking_value",
    "decision_ambition": "FrontierPoint.ambition",
}
"""The catalogue's name of what an answer holds, and where it stands."""


@dataclass(frozen=True)
class Spread:
    """A quantity over the draws.

    Attributes
    ----------
    name : str
        What it is.
    mean : float
        Over the draws, points of the scale.
    quantiles : tuple of float
        At :data:`LEVELS`.
    """

    name: str
    mean: float
    quantiles: tuple[float, ...]

    def interval(self, share: float) -> tuple[float, float]:
        """Return the ends of the interval in the middle that holds a share of the draws: 0.5, 0.8 or 0.9."""
        tail = round((1.0 - share) / 2.0, 6)
        return self.quantiles[LEVELS.index(tail)], self.quantiles[LEVELS.index(round(1.0 - tail, 6))]


@dataclass(frozen=True)
class BaseRate:
    """How often recorded decisions by a rule passed, and whether the model of objections does better.

    Attributes
    ----------
    rule : str
        How members decided.
    record : str
        Which decisions these are.
    outcome_unknown : bool
        Whether their positions were coded by people who did not know how they ended; a score is no test else.
    adopted, count : int
        How many passed, and of how many.
    model_score, base_score : float
        Brier scores out of fold, of the model and of the base rate.
    gain, gain_low, gain_high : float
        The base rate's score less the model's, with the ends of the 95 % interval by proposal.
    """

    rule: str
    record: str
    outcome_unknown: bool
    adopted: int
    count: int
    model_score: float
    base_score: float
    gain: float
    gain_low: float
    gain_high: float

    @property
    def probability(self) -> float:
        """The share that passed."""
        return self.adopted / self.count

    @property
    def is_beaten(self) -> bool:
        """Whether the model is better beyond doubt: its gain's interval lies above zero, in a fair test."""
        return self.outcome_unknown and self.gain_low > 0.0

    def payload(self) -> dict[str, Any]:
        """Return the base rate for programs."""
        return vars(self) | {"probability": self.probability, "is_beaten": self.is_beaten}


@dataclass(frozen=True)
class Decision(Result):
    """The answer to one decision file.

    Attributes
    ----------
    file : DecisionFile
        The question and where members stand.
    draws, seed : int
        How many draws, and their seed.
    probability_adopted : float or None
        That some text at the file's `adopted_from` or above passes by the day asked for, with every
        instrument open to the broker; None where no reversion is given.
    probability_without : float or None
        The same with no instrument.
    probability_tabled : float or None
        That the text as tabled passes, with every instrument but a weaker text.
    probability_ever : float or None
        As `probability_adopted`, whatever the day.
    probability_first_silence : float or None
        Probability that the draft passes as tabled, with nobody objecting.
    probability_fails : float or None
        Probability that the question fails without an objector.
    standard_error : float or None
        Of `probability_adopted`, from the number of draws alone.
    base_rate : BaseRate
        How often recorded decisions passed; it stands in the model's place while the model does not beat it.
    days : tuple of float
        Days that the question takes, at 10, 50 and 90 %; empty where no reversion is given.
    outcome : Spread
        Where the question ends: the distribution fitted to recorded decisions.
    procedure : Spread or None
        What the silence procedure makes of it, the reversion included where it is blocked.
    nulls : tuple of Spread
        Every null model.
    acceptable : tuple of (float, float) or None
        The drafts that all accept at the middle of their bands: with a strict veto, and at the disagreement
        cost; None where no draft is, since a member accepts only better ones.
    challenge : tuple of float
        Medians of the challenge model's first rounds, from the middle of the bands; empty where it has none.
    holdouts : tuple of Holdout
        Every member, the most likely to hold out first.
    frontier : tuple of FrontierPoint
        From the least to the most ambitious draft.
    best : FrontierPoint or None
        The draft with the greatest product of ambition and probability.
    instruments : tuple of InstrumentEffect
        Each instrument.
    turning_points : tuple of TurningPoint
        The three members that matter most.
    named_least_share : float
        The chance of objecting above which a member is named.
    brief : tuple of str
        The answer in five lines.
    notes : tuple of str
        What a reader must know.
    supposed : tuple of str
        Members that are supposed to agree.
    band_without, band_adopted : (float, float) or None
        `probability_without` and `probability_adopted` with every member at the most and at the least opposed
        end of its bands; None where no band is wider than a point.
    """

    ROWS: ClassVar[str] = "holdouts"

    file: DecisionFile
    draws: int
    seed: int
    probability_adopted: float | None
    probability_without: float | None
    probability_tabled: float | None
    probability_ever: float | None
    probability_first_silence: float | None
    probability_fails: float | None
    standard_error: float | None
    base_rate: BaseRate
    days: tuple[float, ...]
    outcome: Spread
    procedure: Spread | None
    nulls: tuple[Spread, ...]
    acceptable: tuple[tuple[float, float] | None, ...]
    challenge: tuple[float, ...]
    holdouts: tuple[Holdout, ...]
    frontier: tuple[FrontierPoint, ...]
    best: FrontierPoint | None
    instruments: tuple[InstrumentEffect, ...]
    turning_points: tuple[TurningPoint, ...]
    named_least_share: float
    brief: tuple[str, ...]
    notes: tuple[str, ...]
    supposed: tuple[str, ...] = ()
    band_without: tuple[float, float] | None = None
    band_adopted: tuple[float, float] | None = None

    @property
    def title(self) -> str:
        """The question's name in print."""
        return self.file.title

    @property
    def question(self) -> str:
        """What is asked."""
        return self.file.question

    @property
    def rule(self) -> str:
        """How members decide."""
        return self.file.rule

    @property
    def unverified(self) -> int:
        """How many members' positions are assumed or unverified."""
        return sum(len(m.who) for m in self.file.members if m.known in {"assumed", "unverified"})

    @property
    def probability_forecast(self) -> float | None:
        """The chance of adoption that is forecast: the base rate while the model does not beat it."""
        if self.probability_adopted is None or self.base_rate.is_beaten:
            return self.probability_adopted
        return self.base_rate.probability

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return how likely the question is adopted, after its condition."""
        from foedus.decisions.answer import decision_answer

        return decision_answer(self)

    def sentences(self) -> tuple[str, ...]:
        """Return what stands below the headline: what is asked, and the lines of the brief."""
        question = " ".join(self.question.split())
        asked = question if self.title in question else f"{self.title}. {question}"
        return (asked, *(line for line in self.brief if line != self.headline()))

    def tables(self) -> tuple[Table, ...]:
        """Return members, drafts and instruments where there is a reversion, and the simpler models."""
        from foedus.decisions.tables import decision_tables

        return decision_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs: all but the file, of which only title, question and rule."""
        fields = super().payload()
        del fields["file"]
        about = {"title": self.title, "question": self.question, "rule": self.rule}
        asked = {
            "kind": self.file.kind,
            "adopted_from": None if self.file.reversion is None else self.file.least,
            "opened": self.file.opening,
            "by": self.file.by,
            "unverified": self.unverified,
            "probability_forecast": self.probability_forecast,
        }
        parts = {
            "base_rate": self.base_rate.payload(),
            "instruments": [i.payload() for i in self.instruments],
        }
        return about | fields | asked | parts | {"answer": self.answer().payload()}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.decisions import charts, seats_chart

        return {"positions": charts.decision_chart, "seats": seats_chart.seats_chart}
