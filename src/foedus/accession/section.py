"""The section of accession: whose protocol is signed when, what is believed of applicants, days to entry."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from pydantic import Field, field_validator

from foedus.accession.forms import RatificationForm
from foedus.engine.arrays import Array, ByCountry
from foedus.engine.section import (
    MeasureGroup,
    MeasureParts,
    MeasureReads,
    ResolvedSection,
    ScenarioParameters,
)
from foedus.engine.simulate import State
from foedus.files.section import Section, country_of, day_of, figure, lever, remark, structure
from foedus.parameters import Provenance

__all__ = [
    "MEASURES",
    "AccessionForms",
    "Applicant",
    "Inputs",
    "Levers",
    "Resolved",
    "Start",
    "Uncertainties",
]

MEASURES = ("allies_count", "allies_personnel", "border_with_russia_and_belarus_km")
"""What a scenario that opens an accession reports of it, by catalogue name."""


class Levers(Section):
    """What members and applicants decide.

    Attributes
    ----------
    accession : mapping of str to datetime.date
        The day on which the protocol of an applicant's accession is signed, by its ISO 3166 alpha-3 code.
    """

    accession: dict[str, date] = Field(default_factory=dict)

    @field_validator("accession", mode="before")
    @classmethod
    def _days_are_dates(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {country_of(str(name)): day_of(day) for name, day in value.items()}


class AccessionForms(Section):
    """Which form of the components of accession a scenario runs.

    Attributes
    ----------
    accession : {"weibull", "lognormal"}
        How the time that an ordinary ratifier takes is distributed.
    """

    accession: RatificationForm = "weibull"


class Applicant(Section):
    """What is believed of an applicant, whom NATO's tables do not hold.

    Attributes
    ----------
    share_of_gdp : float
        Defence expenditure over GDP in the start year, a fraction.
    military_personnel : float
        Persons.
    """

    share_of_gdp: float = Field(ge=0.0, le=1.0)
    military_personnel: float = Field(ge=0.0, le=1e7)


class Uncertainties(Section):
    """What is believed about applicants and about who holds an accession back.

    Attributes
    ----------
    applicants : mapping of str to Applicant
        What is believed of each applicant, by its ISO 3166 alpha-3 code.
    holders : list of str
        Allies that hold an accession back, by ISO 3166 alpha-3 code.
    """

    applicants: dict[str, Applicant] = Field(default_factory=dict)
    holders: list[str] = Field(default_factory=list)

    @field_validator("applicants")
    @classmethod
    def _applicants_are_countries(cls, value: dict[str, Applicant]) -> dict[str, Applicant]:
        return {country_of(name): applicant for name, applicant in value.items()}

    @field_validator("holders")
    @classmethod
    def _holders_are_countries(cls, value: list[str]) -> list[str]:
        return [country_of(name) for name in value]


@dataclass(frozen=True)
class Inputs:
    """What accession hands to the chain, the same every year: a signature is a date, not a path.

    Attributes
    ----------
    accession_signed_year : ndarray, (country,)
        When the protocol of an accession is signed, in years and their fractions; NaN for countries that do
        not accede.
    accession_days_5, accession_days_25, accession_days_50, accession_days_75, accession_days_95 : ndarray,
    (country,)
        Days from there to entry, at five probabilities in per cent; NaN for countries that do not accede.
    """

    accession_signed_year: ByCountry
    accession_days_5: ByCountry
    accession_days_25: ByCountry
    accession_days_50: ByCountry
    accession_days_75: ByCountry
    accession_days_95: ByCountry


@dataclass(frozen=True)
class Start:
    """The last year before the first step.

    Attributes
    ----------
    membership : ndarray, (country,)
        1.0 for allies, 0.0 for countries that may accede.
    """

    membership: ByCountry


@dataclass(frozen=True)
class Resolved(ResolvedSection):
    """Levers, beliefs and figures of accession, as of a day.

    Attributes
    ----------
    countries : tuple of str
        Alpha-3 codes.
    accession_signed : tuple of str
        For each country the day on which the protocol of its accession is signed; empty for countries that
        sign none.
    carried : tuple of str
        Countries that are no allies and sign nothing: another scenario opens their accession, and this one
        carries them so that the two have the same countries.
    accession_holders : tuple of str
        Allies that hold an accession back.
    military_personnel : tuple of float
        Persons by country; no entries where no country may accede.
    border_with_russia_and_belarus_km : tuple of float
        Land border by country; no entries where no country may accede.
    days_to_entry : tuple of tuple of float
        For each country the days from signature to entry at five probabilities; NaN for countries that do not
        accede. They come from the record as of the day, so the run's checksum covers the record.
    provenance : tuple of Provenance
        Where each starting value, each input and each figure of a measure is from.
    ratification_form : str
        How the time that an ordinary ratifier takes is distributed.
    """

    countries: tuple[str, ...] = remark()
    accession_signed: tuple[str, ...] = lever(absent="not signed")
    carried: tuple[str, ...] = remark()
    accession_holders: tuple[str, ...] = figure()
    military_personnel: tuple[float, ...] = figure()
    border_with_russia_and_belarus_km: tuple[float, ...] = figure()
    days_to_entry: tuple[tuple[float, ...], ...] = remark()
    provenance: tuple[Provenance, ...] = remark(default=())
    ratification_form: str = structure(default="weibull")

    @classmethod
    def neutral(cls, countries: tuple[str, ...]) -> Resolved:
        """Return the section of a scenario in which every country is an ally and stays one."""
        none = len(countries)
        return cls(countries, ("",) * none, (), (), (), (), ((math.nan,) * 5,) * none)

    @property
    def is_open(self) -> bool:
        """Whether some country of the scenario is no ally at the start."""
        return bool(self.carried) or any(self.accession_signed)

    @property
    def membership(self) -> tuple[float, ...]:
        """For each country 1.0 for an ally of the start, 0.0 for one that may accede."""
        signed = zip(self.countries, self.accession_signed, strict=True)
        return tuple(0.0 if day or code in self.carried else 1.0 for code, day in signed)

    def start(self) -> Start:
        """Return who is an ally before the first year."""
        return Start(self.by_country(self.membership))

    def inputs(self, year: int, parameters: ScenarioParameters) -> Inputs:
        """Return the signatures and the days from there to entry."""
        del year, parameters
        return Inputs(
            self.by_country([_year(day) for day in self.accession_signed]), *np.array(self.days_to_entry).T
        )

    def no_change(self, years: Sequence[int], parameters: ScenarioParameters) -> list[dict[str, Array]]:
        """Return that nobody enters."""
        del parameters
        return [{"membership": np.array([self.membership])} for _ in years]

    def measure_names(self) -> tuple[str, ...]:
        """Return the measures of accession; none where no country may accede."""
        return MEASURES if self.is_open else ()

    def measure_groups(self) -> tuple[MeasureGroup, ...]:
        """Return the measures of accession in one group."""
        columns = zip(("allies", "personnel", "border, km"), MEASURES, strict=True)
        title = "Accession: allies, their personnel, their land border with Russia and Belarus"
        return (MeasureGroup(title, tuple(columns)),) if self.is_open else ()

    def measured(self) -> tuple[str, ...]:
        """Return what the measures are made of, and what spending counts by."""
        return ("membership",)

    def reads(self) -> Mapping[str, MeasureReads]:
        """Return what each measure reads: who is an ally, and what each ally brings."""
        if not self.is_open:
            return {}
        figures = ((), ("military_personnel",), ("border_with_russia_and_belarus_km",))
        return {m: MeasureReads(("membership",), of) for m, of in zip(MEASURES, figures, strict=True)}

    def parts(self, measure: str, state: State) -> MeasureParts | None:
        """Return what each country brings in a year."""
        each = (np.ones(len(self.countries)), self._personnel(), self._borders())
        brought = each[MEASURES.index(measure)]
        return MeasureParts(self.countries, np.atleast_2d(state["membership"]) * brought)

    def _personnel(self) -> Array:
        """Return persons by country; nought where they are not known."""
        return np.nan_to_num(self.by_country(self.military_personnel))

    def _borders(self) -> Array:
        """Return land borders by country."""
        return self.by_country(self.border_with_russia_and_belarus_km)

    def measures(self, state: State) -> dict[str, Array]:
        """Return allies, their personnel and their border in every draw, (draw,)."""
        if not self.is_open:
            return {}
        allies = np.atleast_2d(state["membership"])
        return {
            "allies_count": allies.sum(axis=1),
            "allies_personnel": allies @ self._personnel(),
            "border_with_russia_and_belarus_km": allies @ self._borders(),
        }


def _year(day: str) -> float:
    """Return a day in years and their fractions; NaN where there is none."""
    if not day:
        return math.nan
    when = date.fromisoformat(day)
    return when.year + (when - date(when.year, 1, 1)).days / 365.25
