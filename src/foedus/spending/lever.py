"""The pledge as a scenario file says it."""

from __future__ import annotations

from pydantic import Field, field_validator, model_validator

from foedus.files.section import LAST_YEAR, Section, country_of, share_of

__all__ = ["PledgeLever"]


class PledgeLever(Section):
    """A pledge to spend a share of GDP on defence by a year.

    Attributes
    ----------
    target : float
        The share of GDP, a fraction.
    from_year : int
        Key ``from``: the first year whose budgets follow the pledge.
    deadline : int
        The year by which the target is to be met.
    exceptions : mapping of str to float
        Other targets of single allies, by ISO 3166 alpha-3 code.
    """

    target: float | None = None
    from_year: int | None = Field(default=None, alias="from", ge=1949, le=LAST_YEAR)
    deadline: int | None = Field(default=None, ge=1949, le=LAST_YEAR)
    exceptions: dict[str, float] = Field(default_factory=dict)

    @field_validator("target")
    @classmethod
    def _target_is_fraction(cls, value: float | None) -> float | None:
        return value if value is None else share_of(value)

    @field_validator("exceptions")
    @classmethod
    def _exceptions_are_countries(cls, value: dict[str, float]) -> dict[str, float]:
        return {country_of(name): share_of(share) for name, share in value.items()}

    @model_validator(mode="after")
    def _runs_forward(self) -> PledgeLever:
        if self.from_year is not None and self.deadline is not None and self.deadline < self.from_year:
            raise ValueError(
                f"the deadline {self.deadline} lies before the first year {self.from_year}; "
                "let the pledge run forward"
            )
        return self
