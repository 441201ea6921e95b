"""What can be asked of forces: one model each for the command, the web API, the form and Python."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from foedus.forces.fair_shares import Rule
from foedus.forces.requirement import Who
from foedus.questions import Changes, Day, Draws, FileName, Names, Question, Seed, Texts

__all__ = ["ApportionQuestion", "GapQuestion", "SharesQuestion"]


class SharesQuestion(Question):
    """Who would provide what a published plan asks for."""

    SUBJECT: ClassVar[str] = "requirement"

    requirement: FileName | None = Field(
        default=None, description="A shipped requirement, or the path of a file."
    )
    rule: Rule = Field(default="gdp", description="By what; mix is the mean of the three.")
    who: Who | None = Field(
        default=None, description="Among whom; without it, those that the requirement names."
    )
    cap: float = Field(
        default=0.5, description="The greatest part of any class that one ally may have, a fraction."
    )
    exclude: Names = Field(default=(), description="Allies that take no part, by name or code.")
    as_of: Day = Field(
        default=None, description="Answer only from what had been published by this day (YYYY-MM-DD)."
    )


class ApportionQuestion(SharesQuestion):
    """The same with bounds and whole units."""

    whole: Names = Field(default=(), description="Classes to share in whole units, such as brigades.")
    divisible: bool = Field(default=False, description="Share every class to fractions, without rounding.")
    at_least: Texts = Field(default=(), description="Bounds as ALLY:CLASS=NUMBER; several may follow.")
    at_most: Texts = Field(default=(), description="Bounds as ALLY:CLASS=NUMBER; several may follow.")
    within_holdings: bool = Field(
        default=False, description="Nobody provides more than it holds by the imported tables."
    )
    year: int | None = Field(default=None, description="The year of GDP, population and spending.")


class GapQuestion(SharesQuestion):
    """What is missing of a requirement, and what a scenario buys of it by when."""

    scenario: FileName | None = Field(
        default=None,
        description="Print what this scenario buys of it, by when: a shipped one, or a .yaml file.",
    )
    changes: Changes = Field(
        default=(),
        description="Change a key of the scenario, as levers.industry.production.factor=2; may be repeated.",
    )
    draws: Draws | None = Field(
        default=None, description="How many draws of the scenario, 1 to 100,000; 10,000 without it."
    )
    seed: Seed = Field(default=1, description="Seed of the random draws.")
