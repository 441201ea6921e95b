"""A question about aid to Ukraine, with what can be asked of it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from foedus.aid.donors import donor_code
from foedus.aid.record import Kind

__all__ = ["AidQuestion", "By"]

By = Literal["region", "donor", "route", "month"]
"""What the answer is laid out by."""


class AidQuestion(BaseModel):
    """What is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    donor: tuple[str, ...] = Field(
        default=(), description="Donors by name or code, EUI for the EU institutions; without any, all."
    )
    kind: Kind = Field(default="all", description="What is given; other is financial and humanitarian aid.")
    by: By | None = Field(
        default=None, description="What the answer is laid out by; without it by region, or by donor."
    )
    as_of: date | None = Field(default=None, description="Answer from what had been published by this day.")
    edition: str | None = Field(default=None, description="The release that shall answer, by its edition.")
    real: bool = Field(default=False, description="In euros of 2021, by the deflator of the euro area.")
    compare: tuple[str, str] | None = Field(
        default=None, description="Two spans to compare, the later first: 2025 and 2022-2024."
    )

    @field_validator("donor")
    @classmethod
    def _codes(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return donors by their codes, each once."""
        parts = (part for name in names for part in ([name] if "(" in name else name.split(",")))
        return tuple(dict.fromkeys(donor_code(p.strip(), where="--donor") for p in parts if p.strip()))

    @property
    def laid_out_by(self) -> By:
        """What the answer is laid out by."""
        return self.by or ("donor" if self.donor else "region")
