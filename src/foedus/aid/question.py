"""Questions about aid to Ukraine, with what can be asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, field_validator

from foedus.aid.donors import donor_code
from foedus.aid.record import Kind
from foedus.questions import Day, FileName, Names, Question, Seed, Texts

__all__ = ["AheadQuestion", "AidForecastQuestion", "AidQuestion", "By", "SustainQuestion"]

By = Literal["region", "donor", "route", "month"]
"""What the answer is laid out by."""


def _spans(value: Any) -> Any:
    """Return two spans as texts, of a list or of one text with a comma between them."""
    if value is None:
        return None
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, Iterable) or isinstance(items, (bytes, dict)):
        raise ValueError("write two spans, the later first; for example 2025 and 2022-2024")
    spans = tuple(str(item).strip() if isinstance(item, int) else item for item in items)
    if len(spans) != 2 or not all(isinstance(span, str) for span in spans):
        raise ValueError("write two spans, the later first; for example 2025 and 2022-2024")
    return tuple(span.strip() for span in spans)


Spans = Annotated[
    tuple[str, str] | None,
    BeforeValidator(_spans),
    WithJsonSchema({"type": "array", "items": {"type": "string", "maxLength": 20}, "maxItems": 2}),
]


class AidQuestion(Question):
    """Who committed and allocated what to Ukraine."""

    SUBJECT: ClassVar[str] = "donor"

    donor: Names = Field(
        default=(), description="Donors by name or code, EUI for the EU institutions; without any, all."
    )
    kind: Kind = Field(default="all", description="What is given; other is financial and humanitarian aid.")
    by: By | None = Field(
        default=None,
        description="What the answer is laid out by; without it by region, or by donor where some are named.",
    )
    as_of: Day = Field(
        default=None, description="Answer only from what had been published by this day (YYYY-MM-DD)."
    )
    edition: str | None = Field(default=None, description="The release that shall answer, by its edition.")
    real: bool = Field(
        default=False, description="In euros of 2021, by the deflator of the euro area from the IMF."
    )
    compare: Spans = Field(
        default=None,
        description="Two spans, the later first: 2025 2022-2024, or 2025-07/2025-08 2025-01/2025-06.",
    )

    @field_validator("donor")
    @classmethod
    def _codes(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return donors by their codes, each once."""
        return tuple(dict.fromkeys(donor_code(name, where="--donor") for name in names))

    @property
    def laid_out_by(self) -> By:
        """What the answer is laid out by."""
        return self.by or ("donor" if self.donor else "region")


class AheadQuestion(AidQuestion):
    """The same, or what may be allocated in the months ahead."""

    forecast: int | None = Field(
        default=None, description="Forecast sums over the next months instead: 1, 3 or 6 at the most."
    )

    @field_validator("donor")
    @classmethod
    def _codes(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return donors as they are written: a forecast takes regions too."""
        return names


class AidForecastQuestion(Question):
    """What one donor, a region or all donors may allocate in the months ahead."""

    SUBJECT: ClassVar[str] = "donor"

    donor: str | None = Field(default=None, description="A donor or a region; else all.")
    kind: Kind = Field(default="all", description="What is given.")
    ahead: int = Field(default=6, ge=1, le=12, description="Over how many months at the most: 1, 3, 6.")
    edition: str | None = Field(default=None, description="The release that shall answer.")
    as_of: Day = Field(default=None, description="Only what had been published by this day.")


MOST_MONTHS, MOST_DRAWS = 240, 100_000


def _months(months: int) -> int:
    """Return a number of months that can be looked at."""
    if not 1 <= months <= MOST_MONTHS:
        raise ValueError(f"{months} months are not looked at; give 1 to {MOST_MONTHS}")
    return months


def _draws(draws: int) -> int:
    """Return a number of draws that can be made."""
    if not 1 <= draws <= MOST_DRAWS:
        raise ValueError(f"{draws} draws are not made; give 1 to {MOST_DRAWS:,}")
    return draws


class SustainQuestion(Question):
    """How long support can go on in a scenario."""

    SUBJECT: ClassVar[str] = "scenario"

    scenario: FileName = Field(default="baseline", description="A shipped scenario, or the path of a file.")
    rate: Texts = Field(default=(), description="Pieces a month as CLASS=NUMBER; several may follow.")
    months: Annotated[int, AfterValidator(_months)] = Field(
        default=60,
        description="How many months are looked at.",
        json_schema_extra={"minimum": 1, "maximum": MOST_MONTHS},
    )
    draws: Annotated[int, AfterValidator(_draws)] = Field(
        default=10_000,
        description="How many draws of stocks, makers and floors.",
        json_schema_extra={"minimum": 1, "maximum": MOST_DRAWS},
    )
    seed: Seed = Field(default=1, description="The seed of the draws.")
    as_of: Day = Field(
        default=None, description="Answer only from what had been published by this day (YYYY-MM-DD)."
    )
