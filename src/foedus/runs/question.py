"""What can be asked of a run: a scenario with single keys changed, and its draws."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from foedus.questions import Changed, Day, Draws, Scenario, Scenarios, Seed

__all__ = ["EnsembleQuestion", "Keep", "RunQuestion"]

Keep = Literal["quantiles", "measures", "all"]
"""What an ensemble keeps in the end."""


class RunQuestion(Changed):
    """A scenario, with single keys changed."""

    SUBJECT: ClassVar[str] = "scenario"

    scenario: Scenario = "baseline"
    draws: Draws = Field(default=10_000, description="How many draws, 1 to 10,000,000.")
    seed: Seed = Field(
        default=1, description="Seed of the random draws; the same seed gives the same numbers."
    )
    as_of: Day = Field(default=None, description="Answer only from what had been published by this day.")


class EnsembleQuestion(Changed):
    """Scenarios over very many draws."""

    SUBJECT: ClassVar[str] = "scenario"

    scenario: Scenarios = Field(
        min_length=1,
        description="Shipped scenarios' names or paths of .yaml files; all have the same draws.",
    )
    draws: Draws = Field(default=100_000, description="How many draws, 1 to 10,000,000.")
    seed: Seed = Field(
        default=1, description="Seed of the random draws; the same seed gives the numbers of `foedus run`."
    )
    keep: Keep = Field(
        default="quantiles",
        description="What is kept: the headline; the measures of every draw besides; or a whole run.",
    )
    as_of: Day = Field(default=None, description="Answer only from what had been published by this day.")
