"""The section of the guarantee: what a scenario says of it, what the chain is given, what a run reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.engine.arrays import Array, ByCountry, ByDrawCountry
from foedus.engine.section import MeasureGroup, MeasureParts, ResolvedSection, ScenarioParameters
from foedus.engine.simulate import State
from foedus.engine.workspace import same_row
from foedus.files.section import lever, remark
from foedus.guarantee.conditions import is_covered
from foedus.guarantee.lever import Commitment, Levers
from foedus.parameters import Provenance
from foedus.spending.measures import HALF_A_DIGIT

__all__ = ["COVERED", "GUARANTOR", "MEASURES", "MET", "Inputs", "Levers", "Resolved", "Start"]

GUARANTOR = "USA"
"""The ally whose guarantee it is."""

MET = "guarantee_condition_is_met"
COVERED = "allies_covered_by_guarantee_count"
MEASURES = (COVERED,)
"""What a scenario that names the guarantee reports of it, by catalogue name."""


@dataclass(frozen=True)
class Inputs:
    """What the guarantee hands to the chain in one year.

    Attributes
    ----------
    guarantee_share_asked_of_gdp : ndarray, (country,)
        The least share of GDP at which the condition is met, a fraction; zero where nothing is asked.
    guarantee_is_withdrawn : float
        1.0 where the guarantee covers nobody, else 0.0.
    guarantee_may_cover : ndarray, (country,)
        1.0 for countries that it covers or not once they are allies, 0.0 for the guarantor itself.
    """

    guarantee_share_asked_of_gdp: ByCountry
    guarantee_is_withdrawn: float
    guarantee_may_cover: ByCountry


@dataclass(frozen=True)
class Start:
    """The last year before the first step: the guarantee covers every ally."""

    guarantee_condition_is_met: ByDrawCountry


@dataclass(frozen=True)
class Resolved(ResolvedSection):
    """Levers of the guarantee, with what is asked of each ally.

    Attributes
    ----------
    countries : tuple of str
        Alpha-3 codes.
    is_named : bool
        Whether the scenario names the guarantee.
    guarantee : str
        Whom it covers, in words.
    commitment : {"full", "conditional", "withdrawn"}
        Every ally, those that meet the condition, or none.
    from_year : int
        The first year that this holds for; 0 where the guarantee stays full.
    asked : tuple of float
        The share of GDP that a conditional guarantee asks of each country; no entries where it asks for none.
    start_shares, start_allies : tuple of float
        Shares of GDP at the start, NaN where there is none, and 1.0 for allies of the start; no entries where
        the guarantee is not named.
    provenance : tuple of Provenance
        Where each starting value and each input is from.
    """

    countries: tuple[str, ...] = remark()
    is_named: bool = remark()
    guarantee: str = lever(absent="full")
    commitment: Commitment = remark()
    from_year: int = remark()
    asked: tuple[float, ...] = remark()
    start_shares: tuple[float, ...] = remark()
    start_allies: tuple[float, ...] = remark()
    provenance: tuple[Provenance, ...] = remark(default=())

    @classmethod
    def neutral(cls, countries: tuple[str, ...]) -> Resolved:
        """Return the section of a scenario that does not name the guarantee: it covers every ally."""
        return cls(
            countries=countries,
            is_named=False,
            guarantee="",
            commitment="full",
            from_year=0,
            asked=(),
            start_shares=(),
            start_allies=(),
        )

    def as_full(self) -> Resolved:
        """Return the section in which the guarantee covers every ally, and which reports that it does."""
        return replace(self, guarantee="", commitment="full", from_year=0, asked=())

    def start(self) -> Start:
        """Return that the guarantee covers every ally before the first year."""
        return Start(np.ones(len(self.countries)))

    def inputs(self, year: int, parameters: ScenarioParameters) -> Inputs:
        """Return what the chain is given in a year."""
        del parameters
        in_force = self.commitment != "full" and year >= self.from_year
        asks = self.by_country(self.asked) if in_force and self.asked else np.zeros(len(self.countries))
        return Inputs(
            # A share is held against a level as it is printed.
            guarantee_share_asked_of_gdp=np.maximum(asks - HALF_A_DIGIT, 0.0),
            guarantee_is_withdrawn=float(in_force and self.commitment == "withdrawn"),
            guarantee_may_cover=self.may_cover(),
        )

    def may_cover(self) -> Array:
        """Return which countries the guarantee may cover.

        Returns
        -------
        ndarray, (country,)
            0.0 for the guarantor, 1.0 for others.
        """
        return np.array([float(code != GUARANTOR) for code in self.countries])

    def no_change(self, years: Sequence[int], parameters: ScenarioParameters) -> list[dict[str, Array]]:
        """Return whom the guarantee covers if every share stays as it is."""
        if not self.is_named:
            return [{} for _ in years]
        shares, allies = (np.atleast_2d(self.by_country(v)) for v in (self.start_shares, self.start_allies))
        states: list[dict[str, Array]] = [{MET: np.atleast_2d(self.start().guarantee_condition_is_met)}]
        for year in years[1:]:
            given = self.inputs(year, parameters)
            applies = allies * given.guarantee_may_cover
            asked, withdrawn = given.guarantee_share_asked_of_gdp, given.guarantee_is_withdrawn
            states.append({MET: is_covered(shares, asked, withdrawn, applies)})
        return states

    def measure_names(self) -> tuple[str, ...]:
        """Return the measures of the guarantee; none where it is not named."""
        return MEASURES if self.is_named else ()

    def measured(self) -> tuple[str, ...]:
        """Return what the measures are made of."""
        return (MET, "membership") if self.is_named else ()

    def parts(self, measure: str, state: State) -> MeasureParts | None:
        """Return which allies the guarantee covers, 1.0 or 0.0 each."""
        del measure
        allies, met = np.atleast_2d(state["membership"]), np.atleast_2d(state[MET])
        return MeasureParts(self.countries, allies * self.may_cover() * met)

    def measures(self, state: State) -> dict[str, Array]:
        """Return how many allies the guarantee covers in every draw, (draw,)."""
        if not self.is_named:
            return {}
        allies, met = np.atleast_2d(state["membership"]), np.atleast_2d(state[MET])
        # One row stands for all draws; the guarantor is no ally that it covers.
        counts = (same_row(allies) * self.may_cover() * met).sum(axis=1)
        covered: Array = np.broadcast_to(counts, max(len(allies), len(met)))
        return {COVERED: covered}

    def measure_groups(self) -> tuple[MeasureGroup, ...]:
        """Return the measures of the guarantee in one group."""
        title = f"Guarantee, {self.guarantee or 'full'}: allies that it covers, the United States apart"
        return (MeasureGroup(title, (("allies covered", COVERED),)),) if self.is_named else ()
