"""The answer to a decision file, as :func:`foedus.decisions.decide.decide` returns it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.results import Result

if TYPE_CHECKING:
    from foedus.decisions.schema import DecisionFile
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = ["LEVELS", "MEASURES", "Decision", "FrontierPoint", "Holdout", "InstrumentEffect", "Spread"]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The probabilities at which quantiles are given."""

MEASURES: dict[str, str] = {
    "decision_probability_adopted": "Decision.probability_adopted",
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


@dataclass(frozen=True)
class Holdout:
    """One member and its objection.

    Attributes
    ----------
    name : str
        The member.
    position, salience, influence : float
        The middle of its bands.
    probability_objects : float
        Probability that it breaks silence on the draft as tabled.
    probability_holds : float
        Probability that it still objects when the broker has tried everything allowed.
    concession : float
        Points by which the draft must move until the member is no worse off than without a decision.
    acceptable_draft : float
        The draft nearest to the proposal that it would then accept.
    blocking_value : float or None
        By how much the probability of adoption would rise if it never objected; None for those not worked
        out.
    """

    name: str
    position: float
    salience: float
    influence: float
    probability_objects: float
    probability_holds: float
    concession: float
    acceptable_draft: float
    blocking_value: float | None


@dataclass(frozen=True)
class FrontierPoint:
    """A draft, how much of the proposal it keeps, and how likely it is adopted.

    Attributes
    ----------
    draft : float
        Point of the scale.
    ambition : float
        Share of the way from the reversion to the proposal.
    probability_adopted : float
        Probability that this draft or nothing less is adopted, with every instrument allowed but dilution.
    """

    draft: float
    ambition: float
    probability_adopted: float


@dataclass(frozen=True)
class InstrumentEffect:
    """What an instrument does for the question.

    Attributes
    ----------
    instrument : str
        Its name.
    allowed : bool
        Whether the file allows it.
    probability : float or None
        Probability that it wins a holdout over, from ``parameters/decisions.yaml``; None for dilution.
    probability_adopted_alone : float
        Probability of adoption with this instrument and no other.
    probability_adopted_without : float
        Probability of adoption with all that the file allows but this one.
    used_last : float
        Share of the adoptions that came with it.
    """

    instrument: str
    allowed: bool
    probability: float | None
    probability_adopted_alone: float
    probability_adopted_without: float
    used_last: float

    def payload(self) -> dict[str, Any]:
        """Return the effect for programs, where the probability is called ``odds``."""
        return {("odds" if key == "probability" else key): value for key, value in vars(self).items()}


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
        None where no reversion is given.
    probability_first_silence : float or None
        Probability that the draft passes as tabled, with nobody objecting.
    standard_error : float or None
        Of `probability_adopted`, from the number of draws alone.
    outcome : Spread or None
        Where the question ends, the reversion included.
    predicted : Spread
        The distribution fitted to recorded decisions, which knows of no objections.
    nulls : tuple of Spread
        Every null model.
    acceptable : tuple of (float, float)
        The drafts that all accept at the middle of their bands: with a strict veto, and at the disagreement
        cost.
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
    brief : tuple of str
        The answer in five lines.
    notes : tuple of str
        What a reader must know.
    """

    file: DecisionFile
    draws: int
    seed: int
    probability_adopted: float | None
    probability_first_silence: float | None
    standard_error: float | None
    outcome: Spread | None
    predicted: Spread
    nulls: tuple[Spread, ...]
    acceptable: tuple[tuple[float, float], ...]
    challenge: tuple[float, ...]
    holdouts: tuple[Holdout, ...]
    frontier: tuple[FrontierPoint, ...]
    best: FrontierPoint | None
    instruments: tuple[InstrumentEffect, ...]
    brief: tuple[str, ...]
    notes: tuple[str, ...]

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

    def headline(self) -> str:
        """Return how likely the question is adopted, in one sentence."""
        return self.brief[0]

    def sentences(self) -> tuple[str, ...]:
        """Return what stands below the headline: what is asked, and the other lines of the brief."""
        return (f"{self.title}. {' '.join(self.question.split())}", *self.brief[1:])

    def tables(self) -> tuple[Table, ...]:
        """Return members, drafts and instruments where there is a reversion, and the simpler models."""
        from foedus.decisions.tables import decision_tables

        return decision_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs: all but the file, of which only title, question and rule."""
        fields = super().payload()
        del fields["file"]
        about = {"title": self.title, "question": self.question, "rule": self.rule}
        return about | fields | {"instruments": [i.payload() for i in self.instruments]}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.decisions import charts

        return {"positions": charts.decision_chart}
