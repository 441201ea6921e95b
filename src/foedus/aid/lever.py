"""What a scenario file says of aid: by what factor a donor gives, a common fund, and whose budget pays."""

from __future__ import annotations

from pydantic import Field, field_validator, model_validator

from foedus.aid.donors import donor_code
from foedus.errors import FoedusError
from foedus.files.section import LAST_YEAR, Section

__all__ = ["FIRST_YEAR", "AidLever", "CommonFund", "DonorLever", "Levers", "Uncertainties"]

FIRST_YEAR = 2022
"""The first year of which a release holds aid."""

LARGEST_FACTOR = 10.0
"""The largest factor on a donor's aid: a larger one was meant in per cent."""

SMALLEST_FUND = 1e6
"""The smallest common fund, in euros: a smaller one was meant in billions."""


class DonorLever(Section):
    """By what a donor's aid is multiplied.

    Attributes
    ----------
    factor : float
        What its yearly aid of every kind is multiplied by; 0 stops it.
    from_year : int
        Key ``from``: the first year that this holds for.
    """

    factor: float = Field(ge=0.0, le=LARGEST_FACTOR)
    from_year: int = Field(alias="from", ge=FIRST_YEAR, le=LAST_YEAR)


class CommonFund(Section):
    """A fund for military aid that European donors raise together.

    Attributes
    ----------
    amount_eur : float
        Euros in all, spread evenly over the years.
    from_year : int
        Key ``from``: its first year.
    until : int
        Its last year.
    """

    amount_eur: float = Field(gt=0.0, le=1e13)
    from_year: int = Field(alias="from", ge=FIRST_YEAR, le=LAST_YEAR)
    until: int = Field(ge=FIRST_YEAR, le=LAST_YEAR)

    @field_validator("amount_eur")
    @classmethod
    def _amount_is_in_euros(cls, value: float) -> float:
        if value < SMALLEST_FUND:
            raise ValueError(f"{value:g} euros is no fund; write 60e9 for EUR 60 billion")
        return value

    @model_validator(mode="after")
    def _years_are_in_order(self) -> CommonFund:
        if self.until < self.from_year:
            raise ValueError(f"a common fund from {self.from_year} until {self.until} has no year; swap them")
        return self


class AidLever(Section):
    """What donors decide on aid to Ukraine; an empty part asks for aid as it was.

    Attributes
    ----------
    donors : mapping of str to DonorLever
        By ISO 3166 alpha-3 code; EUI for the institutions of the EU.
    common_fund : CommonFund or None
        A fund besides what donors give.
    inside_budget : bool
        Whether military aid comes out of the donor's defence spending.
    """

    donors: dict[str, DonorLever] = Field(default_factory=dict)
    common_fund: CommonFund | None = None
    inside_budget: bool = False

    @field_validator("donors")
    @classmethod
    def _donors_are_known(cls, value: dict[str, DonorLever]) -> dict[str, DonorLever]:
        return {_donor(name): said for name, said in value.items()}


class Levers(Section):
    """What donors decide.

    Attributes
    ----------
    aid : AidLever or None
        Aid to Ukraine; None where the scenario does not name it.
    """

    aid: AidLever | None = None


class Uncertainties(Section):
    """Nothing is believed about aid beside its parameter."""


def _donor(name: str) -> str:
    """Return the code of a donor, for a validator."""
    try:
        return donor_code(name)
    except FoedusError as error:
        raise ValueError(str(error)) from error
