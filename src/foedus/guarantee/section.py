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
from foedus.guarantee.deterrence import OnTheSpot, Ratios, least_belief, strengths
from foedus.guarantee.flank import GUARANTOR
from foedus.guarantee.lever import Levers
from foedus.parameters import Provenance
from foedus.spending.measures import HALF_A_DIGIT

__all__ = ["COVERED", "MEASURES", "MET", "STATED", "THRESHOLD", "Inputs", "Levers", "Resolved", "Start"]

STATED = {
    "attacker_over_local": "attacker_over_local_at_start",
    "arrivals_over_local": "assumed_help_over_local",
    "decisiveness": "decisiveness_of_strength",
    "cost_over_value": "attack_cost_over_value",
    "extra_cost_over_value": "attack_extra_cost_over_value",
}
"""The stated ranges whose middles the chain takes, each with the input that it is."""

THRESHOLD = "guarantee_threshold"
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
    deterrence_is_worked_out : float
        1.0 in the first year, the middle one and the last, else 0.0.
    is_on_flank : ndarray, (country,)
        1.0 for allies on the flank of a scenario that names the guarantee, else 0.0.
    own_persons_at_start : ndarray, (country,)
        Persons of each that are available at the start; zero where no requirement is named.
    others_arrived_at_start : float
        Persons of a plan's land forces that have arrived by day 30 at the start and are not the guarantor's.
    guarantor_part_of_arrivals : float
        Which part of a plan's forces the guarantor sends.
    assumed_help_over_local, attacker_over_local_at_start, decisiveness_of_strength : float
        Help and attacker over local strength at the start, and how far strength decides.
    attack_cost_over_value, attack_extra_cost_over_value : float
        What an attack costs without help, and how much more with it, as parts of what it would gain.
    """

    guarantee_share_asked_of_gdp: ByCountry
    guarantee_is_withdrawn: float
    guarantee_may_cover: ByCountry
    deterrence_is_worked_out: float
    is_on_flank: ByCountry
    own_persons_at_start: ByCountry
    others_arrived_at_start: float
    guarantor_part_of_arrivals: float
    assumed_help_over_local: float
    attacker_over_local_at_start: float
    decisiveness_of_strength: float
    attack_cost_over_value: float
    attack_extra_cost_over_value: float


@dataclass(frozen=True)
class Start:
    """The last year before the first step: the guarantee covers every ally, forces are those of the start."""

    guarantee_condition_is_met: ByDrawCountry
    revised_start_spending_constant_usd: ByDrawCountry
    local_strength_over_start: ByDrawCountry
    attacker_over_local: ByDrawCountry
    arrivals_over_local: ByDrawCountry
    guarantee_threshold: ByDrawCountry


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
    flank : tuple of str
        The allies on the flank; none where the guarantee is not named.
    worked_out : tuple of int
        The years in which what belief their protection asks for is worked out; none where the scenario names
        no requirement: then the stated ranges alone hold, for every ally alike.
    own_persons : tuple of float
        Persons of each country that are available at the start; no entries where no requirement is named.
    arrived : float
        Persons of a plan's land forces that have arrived by day 30 at the start, without chance.
    guarantor_part : float
        Which part of a plan's forces the guarantor sends: its part of the GDP of those that are asked.
    guarantor_persons : float
        Persons of the guarantor in Europe that are available at the start.
    stated : tuple of float
        The middles of the stated ranges, in the order of :data:`STATED`.
    """

    countries: tuple[str, ...] = remark()
    is_named: bool = remark()
    guarantee: str = lever(absent="full")
    commitment: str = remark()
    from_year: int = remark()
    asked: tuple[float, ...] = remark()
    start_shares: tuple[float, ...] = remark()
    start_allies: tuple[float, ...] = remark()
    provenance: tuple[Provenance, ...] = remark(default=())
    flank: tuple[str, ...] = remark()
    worked_out: tuple[int, ...] = remark()
    own_persons: tuple[float, ...] = remark()
    arrived: float = remark()
    guarantor_part: float = remark()
    guarantor_persons: float = remark()
    stated: tuple[float, ...] = remark()

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
            flank=(),
            worked_out=(),
            own_persons=(),
            arrived=0.0,
            guarantor_part=0.0,
            guarantor_persons=0.0,
            stated=(1.0,) * len(STATED),
        )

    def as_full(self, *, has_forces: bool) -> Resolved:
        """Return the section in which the guarantee covers every ally, with forces of its own or without."""
        full = replace(self, guarantee="", commitment="full", from_year=0, asked=())
        return full if has_forces else replace(full, worked_out=(), own_persons=())

    def start(self) -> Start:
        """Return that the guarantee covers every ally before the first year, and what belief it asks for."""
        every, ones = np.ones(len(self.countries)), np.ones((1, len(self.countries)))
        given = Ratios(*self.stated)
        others, part = self.arrived * (1.0 - self.guarantor_part), self.guarantor_part
        helpers = np.array([[self.arrived * part + self.guarantor_persons]])
        forces = OnTheSpot(self._own(), np.array([[others]]), others, helpers)
        local, arrivals = strengths(ones, forces, given.arrivals_over_local)
        least = least_belief(local, arrivals, given)
        ratios = (ones, given.attacker_over_local / local, arrivals / local, least)
        on_flank = self._on_flank() > 0.0
        return Start(every, np.full_like(every, np.nan), *(np.where(on_flank, v[0], np.nan) for v in ratios))

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
            deterrence_is_worked_out=float(year in self.worked_out),
            is_on_flank=self._on_flank(),
            own_persons_at_start=self._own(),
            others_arrived_at_start=self.arrived * (1.0 - self.guarantor_part),
            guarantor_part_of_arrivals=self.guarantor_part,
            **dict(zip(STATED.values(), self.stated, strict=True)),
        )

    def _on_flank(self) -> Array:
        """Return 1.0 for allies on the flank, (country,)."""
        return np.array([float(code in self.flank) for code in self.countries])

    def _own(self) -> Array:
        """Return each country's own available persons at the start, (country,)."""
        return self.by_country(self.own_persons or (0.0,) * len(self.countries))

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

    def stored(self) -> tuple[str, ...]:
        """Return the threshold of each ally on the flank, where the guarantee and a requirement are named."""
        return (THRESHOLD,) if self.worked_out else ()

    def shown(self) -> tuple[str, ...]:
        """Return the same: the order of allies at the horizon is made of it."""
        return self.stored()

    def idle_components(self) -> frozenset[str]:
        """Return the numbers of deterrence where it is not worked out."""
        return frozenset() if self.worked_out else frozenset({"deterrence"})
