"""What a run says of a scenario besides its measures: what was set, and where each ally ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.decisions.section import QuestionSummary
from foedus.engine.slabs import Columns
from foedus.spending.measures import AllySpan, PledgeTerms

if TYPE_CHECKING:
    from foedus.scenario.resolved import Resolved

__all__ = ["HorizonSummary", "ScenarioTerms"]


@dataclass(frozen=True)
class ScenarioTerms:
    """What the scenario sets.

    Attributes
    ----------
    pledge : PledgeTerms
        The pledge.
    questions : tuple of QuestionSummary
        The questions put to allies, each with the share of draws that adopted it.
    """

    pledge: PledgeTerms
    questions: tuple[QuestionSummary, ...]

    @classmethod
    def of(cls, resolved: Resolved, counts: Mapping[str, Mapping[int, int]], draws: int) -> ScenarioTerms:
        """Return the terms of a scenario.

        Parameters
        ----------
        resolved : Resolved
            The scenario.
        counts : mapping of str to mapping
            For each counted quantity, in how many draws it was true, by year.
        draws : int
            The number of draws.
        """
        return cls(resolved.spending.pledge_terms(), resolved.decisions.question_summaries(counts, draws))

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        pledge = self.pledge
        return {
            "pledge": {
                "target": pledge.target,
                "from": pledge.from_year,
                "deadline": pledge.deadline,
                "exceptions": dict(pledge.exceptions),
            },
            "questions": [dict(vars(q)) for q in self.questions],
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> ScenarioTerms:
        """Read what :meth:`to_json` gave."""
        pledge = content["pledge"]
        return cls(
            PledgeTerms(pledge["target"], pledge["from"], pledge["deadline"], pledge["exceptions"]),
            tuple(QuestionSummary(**q) for q in content["questions"]),
        )


@dataclass(frozen=True)
class HorizonSummary:
    """Where the countries of a run end.

    Attributes
    ----------
    allies : mapping of str to AllySpan
        Each participating ally's share of GDP at the start and at the horizon, by alpha-3 code.
    """

    allies: Mapping[str, AllySpan]

    @classmethod
    def of(cls, resolved: Resolved, last: Mapping[str, Columns], draws: int) -> HorizonSummary:
        """Return the summary of the last year's shown quantities, some countries at a time."""
        (shown,) = resolved.spending.shown()
        return cls(resolved.spending.ally_spans(last[shown], draws))

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {"allies_at_horizon": {code: dict(vars(span)) for code, span in self.allies.items()}}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> HorizonSummary:
        """Read what :meth:`to_json` gave."""
        return cls({code: AllySpan(**span) for code, span in content["allies_at_horizon"].items()})
