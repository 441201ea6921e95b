"""What a scenario file says of spending: the pledge, and beliefs about growth, compliance and threat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from foedus.files.section import LAST_YEAR, Section, country_of, share_of

__all__ = [
    "BELIEVED",
    "CONVERGED",
    "BudgetForm",
    "BudgetForms",
    "ForecastOf",
    "Levers",
    "PledgeLever",
    "Uncertainties",
    "believed_parameters",
    "check_said_once",
]

BELIEVED = ("budgets.compliance", "budgets.compliance_spread")
"""The parameters that the belief in compliance takes the place of."""

CONVERGED = ("budgets.convergence", "budgets.convergence_spread")
"""The parameters that stand in the place of compliance where shares converge."""

BudgetForm = Literal["pull", "convergence"]
"""What moves a share towards where others want it: the pull of a pledge, or plain convergence to the mean."""

ForecastOf = Literal["what_stands", "first_print"]
"""What the years ahead mean: what stands after revision, or what is printed first."""

LARGEST_SHIFT = 0.2
"""The largest shift of growth that a scenario may believe in, a fraction per year."""


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


class Levers(Section):
    """What members decide on spending.

    Attributes
    ----------
    pledge : PledgeLever
        The pledge on spending.
    announced_plans : bool
        Whether governments follow the shares that they have announced, to the degree that announcements have
        been realised; otherwise the plans are passed over.
    """

    pledge: PledgeLever = Field(default_factory=PledgeLever)
    announced_plans: bool = True


class BudgetForms(Section):
    """Which form of the components of spending a scenario runs.

    Attributes
    ----------
    budgets : {"pull", "convergence"}
        Whether shares of GDP follow the pull of a pledge or converge to the allies' mean.
    """

    budgets: BudgetForm = "pull"


class Uncertainties(Section):
    """What is believed about growth, compliance and threat.

    Attributes
    ----------
    growth_shift : float or mapping of str to float
        Added to every country's growth in every projected year, a fraction: -0.01 is one point less. A
        mapping gives the shifts of single countries by ISO 3166 alpha-3 code; those it does not name have
        none.
    compliance : float or None
        How much of the yearly step towards the pledge allies take, 0 to 1; None leaves the estimate. A value
        given here is believed exactly, of every ally: its spread is zero.
    threat_until : int or None
        The last year in which the threat to those who border Russia or Belarus is raised; None: it stays so.
    forecast_of : {"what_stands", "first_print"}
        What the years ahead mean: what will stand once estimates are revised, or what is printed first.
    """

    growth_shift: float | dict[str, float] = 0.0
    compliance: float | None = Field(default=None, ge=0.0, le=1.0)
    threat_until: int | None = Field(default=None, ge=1949, le=LAST_YEAR)
    forecast_of: ForecastOf = "what_stands"

    @field_validator("growth_shift", mode="before")
    @classmethod
    def _shifts_are_fractions(cls, value: Any) -> float | dict[str, float]:
        shifts = value if isinstance(value, dict) else {"": value}
        for shift in shifts.values():
            if isinstance(shift, bool) or not isinstance(shift, (int, float)):
                raise ValueError(
                    f"{shift!r} is no growth shift; write one number, or one for each country, as DEU: -0.01"
                )
            if not -LARGEST_SHIFT <= shift <= LARGEST_SHIFT:
                raise ValueError(
                    f"a growth shift of {shift:g} is not between {-LARGEST_SHIFT:g} and {LARGEST_SHIFT:g}; "
                    "write one point as 0.01"
                )
        if shifts is value:
            return {country_of(str(name)): float(shift) for name, shift in shifts.items()}
        return float(shifts[""])

    def growth_shift_of_all(self) -> float:
        """Return what is added to the growth of every country."""
        return self.growth_shift if isinstance(self.growth_shift, float) else 0.0

    def growth_shifts(self) -> dict[str, float]:
        """Return what is added to the growth of single countries, by alpha-3 code."""
        return self.growth_shift if isinstance(self.growth_shift, dict) else {}


def believed_parameters(beliefs: Uncertainties) -> dict[str, float]:
    """Return the parameters that beliefs set: compliance exactly, without a spread."""
    return {} if beliefs.compliance is None else dict(zip(BELIEVED, (beliefs.compliance, 0.0), strict=True))


def check_said_once(beliefs: Uncertainties, parameters: Mapping[str, float]) -> None:
    """Raise a ValueError where compliance is given both as a belief and as a parameter."""
    if beliefs.compliance is not None and BELIEVED[0] in parameters:
        raise ValueError("compliance is given both as an uncertainty and as a parameter; keep one of them")
