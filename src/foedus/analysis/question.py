"""What can be asked of whole runs: comparisons, pledges, allies, and what drives or explains a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from foedus.questions import (
    MOST_DRAWS,
    Changed,
    Day,
    Draws,
    Names,
    Question,
    Scenario,
    Scenarios,
    Seed,
    Year,
    whole,
)

__all__ = [
    "AidHindcastQuestion",
    "Best",
    "BudgetsHindcastQuestion",
    "By",
    "ChanceQuestion",
    "CompareQuestion",
    "CountryQuestion",
    "DiscoverQuestion",
    "ExplainQuestion",
    "HindcastQuestion",
    "ManyQuestion",
    "PledgeQuestion",
    "SensitivityQuestion",
    "TwoQuestion",
]

AS_OF = "Answer only from what had been published by this day."
SEED = "Seed of the random draws."
DRAWS = "How many draws, 1 to 1,000,000."
REGRET = "A measure, such as nato_gap_constant_usd: by how much each choice falls short of the best."
BEST = "Which values of that measure are better."

DISCOVER = 'Where a threshold is met, such as "allies_at_pledge_count < 5", and nothing else.'

Best = Literal["most", "least"]
"""Which values of a measure are better."""

By = Literal["grade", "component"]
"""What the numbers of the model are grouped by."""

Count = Annotated[int, BeforeValidator(whole), Field(ge=1, le=1_000_000)]
"""How many paths or points."""

DrawsOrNone = Annotated[int, BeforeValidator(whole), Field(ge=0, le=MOST_DRAWS)]
"""How many random draws, or 0 for none."""


def read_ranges(texts: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Read ranges written as NAME=LOW..HIGH.

    Parameters
    ----------
    texts : iterable of str
        For example "budgets.compliance=0.4..0.6".

    Returns
    -------
    dict of str to (float, float)
        Ends by name.

    Raises
    ------
    ValueError
        When a text is not so written, or a name is given twice.
    """
    ranges: dict[str, tuple[float, float]] = {}
    for text in texts:
        name, _, ends = (part.strip() for part in text.partition("="))
        low, _, high = ends.partition("..")
        try:
            pair = float(low), float(high)
        except ValueError as error:
            raise ValueError(
                f"{text[:60]!r} is not NAME=LOW..HIGH; write for example budgets.compliance=0.4..0.6"
            ) from error
        if name in ranges:
            raise ValueError(f"{name!r} is given twice; keep one of them")
        ranges[name] = pair
    return ranges


def read_range_texts(value: Any) -> Any:
    """Return ranges as texts NAME=LOW..HIGH, of one text, of several, or of a mapping of ends by name."""
    if value is None:
        return ()
    if isinstance(value, Mapping):
        value = [_range_text(name, ends) for name, ends in value.items()]
    texts = (value,) if isinstance(value, str) else value
    if isinstance(texts, bytes) or not isinstance(texts, Iterable):
        raise ValueError('write ends by name, as {"budgets.compliance": (0.4, 0.6)}')
    texts = tuple(texts)
    if not all(isinstance(text, str) for text in texts):
        raise ValueError('write ends by name, as {"budgets.compliance": (0.4, 0.6)}')
    read_ranges(texts)
    return texts


def _range_text(name: Any, ends: Any) -> str:
    """Write a range of a mapping as a text."""
    try:
        low, high = (float(end) for end in ends)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{ends!r} is no range; write the lower and the upper end, as (0.4, 0.6)") from error
    return f"{name}={low!r}..{high!r}"


Ranges = Annotated[
    tuple[str, ...],
    BeforeValidator(read_range_texts),
    WithJsonSchema({"type": "array", "items": {"type": "string"}}),
]
"""Narrower ranges of numbers: a mapping of ends by name, or texts as budgets.compliance=0.4..0.6."""


class PledgeQuestion(Question):
    """What a pledge asks of each ally."""

    SUBJECT: ClassVar[str] = "country"

    country: Names = Field(default=(), description="List only these allies, by name or ISO alpha-3 code.")
    target: float | None = Field(
        default=None, description="The share of GDP, a fraction; without it the pledge of The Hague."
    )
    by: Year | None = Field(default=None, description="The year to reach it by.")
    as_of: Day = Field(default=None, description=AS_OF)
    draws: Draws = Field(default=2000, description="How many draws the odds rest on.")
    seed: Seed = Field(default=1, description=SEED)


class TwoQuestion(Changed):
    """Two scenarios, or one and the same with single keys changed."""

    SUBJECT: ClassVar[str] = "first"
    FURTHER: ClassVar[tuple[str, ...]] = ("second",)

    first: Scenario = Field(
        default="baseline", description="A shipped scenario's name or the path of a .yaml file."
    )
    second: Scenario | None = Field(
        default=None, description="The other scenario; without it, the first one with the changes."
    )
    structures: bool | None = Field(
        default=None,
        description="Also run every other form of the components, two runs more a form; without it, where "
        "the pledge differs.",
    )
    draws: Draws = Field(default=10_000, description=DRAWS)
    seed: Seed = Field(default=1, description=SEED)
    as_of: Day = Field(default=None, description=AS_OF)


class CompareQuestion(TwoQuestion):
    """Scenarios side by side: two of them, each of many against the first, or where a threshold is met."""

    FURTHER: ClassVar[tuple[str, ...]] = ("second", "more")

    more: Scenarios = Field(default=(), description="Further scenarios: each is compared with the first.")
    regret: str | None = Field(default=None, description=REGRET)
    best: Best | None = Field(default=None, description=BEST)
    discover: str | None = Field(default=None, description=DISCOVER)

    def scenarios(self) -> tuple[str, ...]:
        """Return the scenarios in the order in which they are named."""
        return (self.first, *(() if self.second is None else (self.second,)), *self.more)

    def is_of_many(self) -> bool:
        """Whether each of many scenarios is compared with the first."""
        return self.discover is None and (bool(self.more) or self.regret is not None)


class ManyQuestion(Question):
    """Scenarios from the same draws, each against the first."""

    SUBJECT: ClassVar[str] = "scenario"

    scenario: Scenarios = Field(
        default=("baseline", "hague-five-years-late", "a-higher-goal"),
        description="Scenarios; each is compared with the first.",
    )
    regret: str | None = Field(default=None, description=REGRET)
    best: Best | None = Field(default=None, description=BEST)
    draws: Draws = Field(default=10_000, description=DRAWS)
    seed: Seed = Field(default=1, description=SEED)
    as_of: Day = Field(default=None, description=AS_OF)


class DiscoverQuestion(Changed):
    """The region of the draws in which a measure passes a threshold."""

    SUBJECT: ClassVar[str] = "threshold"

    threshold: str = Field(
        default="allies_at_pledge_count < 8", description="A measure, a sign and a number."
    )
    scenario: Scenarios = Field(
        default=("baseline",), description="Scenarios whose draws are looked at together."
    )
    year: Year | None = Field(default=None, description="The year; without it, the last.")
    draws: Draws = Field(default=8000, description=DRAWS)
    seed: Seed = Field(default=1, description=SEED)
    as_of: Day = Field(default=None, description=AS_OF)


class CountryQuestion(Question):
    """One ally."""

    SUBJECT: ClassVar[str] = "country"

    country: str = Field(description="The ally, by name or ISO alpha-3 code.")
    as_of: Day = Field(default=None, description=AS_OF)
    draws: Draws = Field(default=1000, description="How many draws the forecast rests on.")
    seed: Seed = Field(default=1, description=SEED)


class ChanceQuestion(Changed):
    """Numbers of a scenario, of the alliance or of allies, in a year, and which chance drives them."""

    SUBJECT: ClassVar[str] = "scenario"

    scenario: Scenario = Field(
        default="baseline", description="A shipped scenario's name or the path of a .yaml file."
    )
    measure: Names = Field(
        default=(),
        description="Measures by catalogue name; without them, all of the headline. With a country, "
        "quantities of an ally.",
    )
    country: Names = Field(default=(), description="Allies by name or ISO alpha-3 code.")
    year: Year | None = Field(default=None, description="A year of the scenario; without it, the last.")
    draws: Draws | None = Field(
        default=None, description="Draws of each run: 8,000, or 500 where numbers are moved."
    )
    seed: Seed = Field(default=1, description="Seed of the first run; the second has the next one.")
    as_of: Day = Field(default=None, description=AS_OF)


class SensitivityQuestion(ChanceQuestion):
    """What drives a number: which chance, or which number of the model, or where it passes a threshold."""

    numbers: bool = Field(default=False, description="Move the model's numbers instead of its chances.")
    by: By = Field(default="grade", description="With numbers: what they are grouped by.")
    paths: Count = Field(default=20, description="With numbers: paths of the screening.")
    points: Count = Field(default=128, description="With numbers: points behind groups, a power of two.")
    ranges: Ranges = Field(
        default=(),
        description="With numbers: a narrower range of one, as budgets.compliance=0.4..0.6.",
    )
    discover: str | None = Field(default=None, description=DISCOVER)

    def ends(self) -> dict[str, tuple[float, float]]:
        """Return the narrower ranges by name."""
        return read_ranges(self.ranges)


class ExplainQuestion(Changed):
    """One number of a scenario, of the alliance or of one ally, in a year."""

    SUBJECT: ClassVar[str] = "measure"
    FURTHER: ClassVar[tuple[str, ...]] = ("scenario",)

    measure: str = Field(
        default="allies_at_pledge_count",
        description="A measure of the headline, or of an ally where a country is named.",
    )
    scenario: Scenario = Field(
        default="baseline", description="A shipped scenario's name or the path of a .yaml file."
    )
    country: str | None = Field(default=None, description="An ally by name or ISO alpha-3 code.")
    year: Year | None = Field(default=None, description="A year of the scenario; without it, the last.")
    draws: DrawsOrNone = Field(
        default=1000,
        description="Draws of each run of the analysis; with 0 all is listed and nothing drawn.",
    )
    seed: Seed = Field(default=1, description=SEED)
    as_of: Day = Field(default=None, description=AS_OF)


class BudgetsHindcastQuestion(Question):
    """What forecasts of spending from the past were worth."""

    basis: Literal["sipri", "nato", "shipped"] | None = Field(
        default=None,
        description="Of budgets: sipri is long histories from an imported file, nato the packaged editions, "
        "shipped the table that came with foedus; without it, all that can be computed.",
    )


class AidHindcastQuestion(Question):
    """What forecasts of aid to Ukraine from the past were worth."""

    as_of: Day = Field(default=None, description="Of aid: use the release published by this day.")
    recompute: bool = Field(
        default=False,
        description="Of aid: compute anew also where only the sums of all donors are held.",
    )


class HindcastQuestion(AidHindcastQuestion, BudgetsHindcastQuestion):
    """What forecasts from the past were worth."""

    SUBJECT: ClassVar[str] = "forecast"

    forecast: Literal["budgets", "aid"] = Field(
        default="budgets", description="Which forecasts are scored: of spending, or of aid to Ukraine."
    )
