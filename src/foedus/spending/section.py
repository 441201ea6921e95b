"""The section of spending: what a scenario says of pledge, growth and threat, what the chain is given.

A lever is what members decide, an uncertainty what is believed about the world.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.section import (
    DerivedQuantity,
    MeasureGroup,
    MeasureParts,
    MeasureReads,
    ResolvedSection,
    ScenarioParameters,
    SkillByYear,
    SkillRow,
    quantities_read,
)
from foedus.engine.simulate import State
from foedus.engine.slabs import Columns
from foedus.files.section import belief, figure, lever, remark, structure
from foedus.parameters import Provenance
from foedus.spending.inputs import Inputs, InputsAlone, Start
from foedus.spending.lever import (
    BELIEVED,
    CONVERGED,
    BudgetForms,
    Levers,
    Uncertainties,
    believed_parameters,
    check_said_once,
)
from foedus.spending.measures import (
    GDP,
    MEASURES,
    SHARE,
    AllySpan,
    PledgeTerms,
    ally_spans,
    derived_quantities,
    measure_groups,
    measure_parts,
    measure_reads,
    measure_skill,
    measure_year,
    unchanged_years,
)
from foedus.spending.rules import floor_of

__all__ = [
    "BELIEVED",
    "BudgetForms",
    "Inputs",
    "InputsAlone",
    "Levers",
    "Resolved",
    "Start",
    "Uncertainties",
    "believed_parameters",
    "check_said_once",
]


@dataclass(frozen=True)
class Resolved(ResolvedSection):
    """Levers, beliefs and figures of spending, as of a day.

    Attributes
    ----------
    countries : tuple of str
        Alpha-3 codes.
    start_year : int
        The year of the starting figures.
    participates : tuple of bool
        Whether each country has a share of GDP to start from; one that has none counts in no total.
    price_year : int
        The year whose prices and exchange rates all money is in.
    gdp_constant_usd : tuple of float
        GDP of the start year by country, US dollars of `price_year`.
    defence_expenditure_share_of_gdp : tuple of float
        Share of GDP of the start year by country, a fraction; NaN for a country that does not participate.
    gdp_real_growth_path : tuple of tuple of float
        For each year after the start, growth by country, fractions per year.
    growth_projected_from : int
        The first year whose growth is a projection in the edition used.
    growth_shift : float
        Added to every country's growth in every projected year, a fraction.
    growth_shift_by_country : tuple of float
        Added besides to the growth of each country; empty where no country has a shift of its own.
    outlook_is_of_october : bool
        Whether the growth path is that of an Outlook of October.
    pledge_target : float
        The share of GDP pledged by all, a fraction.
    pledge_targets : tuple of float
        The share pledged by each country, its own where it has an exception.
    pledge_from, pledge_deadline : int
        Its first year and its deadline.
    announced : tuple of (tuple of float, tuple of float)
        For each year after the start, the next share that each government has announced and its year, or NaN.
    threat_until : int or None
        The last year in which the threat to those who border Russia or Belarus is raised; None: it stays so.
    start_is_estimate : tuple of bool
        For each country, whether the edition prints its starting share as an estimate.
    printed : tuple of tuple of float
        Shares by country in the years after the start in which some are printed; NaN for the others.
    forecast_of : str
        Whether the years ahead are what will stand, for which the start is revised, or a first print.
    defence_share_tide : float
        The drift of log shares that all allies share, as the changes up to the start's year show it.
    earlier_pledges : tuple of (int, float)
        Deadline and share of GDP of every pledge by all allies that asks for less than this one. Once its
        deadline is past, its share is a floor.
    announced_goals : tuple of float
        The highest share that each country has announced for a year to come, NaN where there is none.
    equipment_share, infrastructure_share, other_share : tuple of float
        Parts of defence expenditure at the start by country, fractions of it; NaN where not known.
    provenance : tuple of Provenance
        Where each starting value and each input is from.
    budget_form : str
        What moves shares: the pull of a pledge, or convergence to the allies' mean.
    convergence_weights : tuple of float
        The weight of each country's share in that mean, an ally's one over their number; empty without it.
    """

    countries: tuple[str, ...] = remark()
    start_year: int = remark()
    participates: tuple[bool, ...] = figure()
    price_year: int = figure()
    gdp_constant_usd: tuple[float, ...] = figure()
    defence_expenditure_share_of_gdp: tuple[float, ...] = figure()
    gdp_real_growth_path: tuple[tuple[float, ...], ...] = remark()
    growth_projected_from: int = figure()
    growth_shift: float = belief()
    growth_shift_by_country: tuple[float, ...] = belief(default=())
    outlook_is_of_october: bool = figure(default=False)
    pledge_target: float = lever()
    pledge_targets: tuple[float, ...] = lever(follows="pledge_target")
    pledge_from: int = lever()
    pledge_deadline: int = lever()
    announced: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...] = lever()
    threat_until: int | None = belief()
    start_is_estimate: tuple[bool, ...] = figure()
    equipment_share: tuple[float, ...] = figure()
    infrastructure_share: tuple[float, ...] = figure()
    other_share: tuple[float, ...] = figure()
    forecast_of: str = belief(default="what_stands")
    printed: tuple[tuple[float, ...], ...] = figure(default=())
    defence_share_tide: float = figure(follows="budget_form", default=0.0)
    earlier_pledges: tuple[tuple[int, float], ...] = figure(follows="pledge_target", default=())
    announced_goals: tuple[float, ...] = lever(default=())
    provenance: tuple[Provenance, ...] = remark(default=())
    budget_form: str = structure(default="pull")
    convergence_weights: tuple[float, ...] = figure(follows="budget_form", default=())

    def start(self) -> Start:
        """Return the figures of the start year."""
        gdp = self.by_country(self.gdp_constant_usd)
        share = self.by_country(self.defence_expenditure_share_of_gdp)
        return Start(
            gdp_constant_usd=gdp,
            defence_expenditure_share_of_gdp=share,
            defence_expenditure_constant_usd=share * gdp,
            defence_share_tide=np.array([self.defence_share_tide]),
            equipment_share=self.by_country(self.equipment_share),
            infrastructure_share=self.by_country(self.infrastructure_share),
            other_share=self.by_country(self.other_share),
        )

    def inputs(self, year: int, parameters: ScenarioParameters) -> Inputs:
        """Return what the chain is given in a year."""
        del parameters
        return Inputs(**self._growth(year), pledge_target_share_of_gdp=self.by_country(self.pledge_targets))

    def inputs_alone(self, year: int) -> InputsAlone:
        """Return what a chain of economy and budgets alone is given in a year."""
        targets, covered = self.by_country(self.pledge_targets), np.ones(len(self.countries))
        return InputsAlone(
            **self._growth(year), agreed_target_share_of_gdp=targets, guarantee_condition_is_met=covered
        )

    def shift_by_country(self) -> Array:
        """Return what the scenario adds to the growth of each country.

        Returns
        -------
        ndarray, (country,)
            Fractions per year.
        """
        own = self.growth_shift_by_country or (0.0,) * len(self.countries)
        return self.growth_shift + self.by_country(own)

    def printed_in(self, year: int) -> Array:
        """Return the shares that are printed for a year after the start.

        Parameters
        ----------
        year : int
            The year.

        Returns
        -------
        ndarray, (country,)
            Fractions of GDP; NaN where none is printed.
        """
        index = year - self.start_year - 1
        nothing = (np.nan,) * len(self.countries)
        return self.by_country(self.printed[index] if index < len(self.printed) else nothing)

    @property
    def is_revised(self) -> bool:
        """Whether a start that is printed as an estimate is revised before the years ahead follow it."""
        return self.forecast_of == "what_stands"

    def _growth(self, year: int) -> dict[str, Any]:
        """Return the fields that both kinds of inputs share."""
        index = year - self.start_year - 1
        shares, years = self.announced[index]
        return {
            "gdp_real_growth_path": self.by_country(self.gdp_real_growth_path[index]),
            "gdp_real_growth_shift": self.shift_by_country(),
            "gdp_real_growth_is_projected": float(year >= self.growth_projected_from),
            "gdp_real_growth_years_ahead": float(max(0, year - self.growth_projected_from + 1)),
            "gdp_outlook_is_of_october": float(self.outlook_is_of_october),
            "pledge_is_active": float(year >= self.pledge_from),
            "pledge_deadline": float(self.pledge_deadline),
            "pledge_floor_share_of_gdp": floor_of(self.earlier_pledges, year),
            "announced_share_of_gdp": self.by_country(shares),
            "announced_year": self.by_country(years),
            "announced_goal_share_of_gdp": self.by_country(
                self.announced_goals or (np.nan,) * len(self.countries)
            ),
            "threat_is_raised": float(self.threat_until is None or year <= self.threat_until),
            "printed_share_of_gdp": self.printed_in(year),
            "start_is_estimate": np.array(self.start_is_estimate) * float(index == 0 and self.is_revised),
            "share_convergence_weight": self.by_country(
                self.convergence_weights or (0.0,) * len(self.countries)
            ),
        }

    def idle_parameters(self) -> frozenset[str]:
        """Return the numbers of the form of budgets that is not run."""
        return frozenset(CONVERGED if self.budget_form == "pull" else BELIEVED)

    def no_change(self, years: Sequence[int], parameters: ScenarioParameters) -> list[dict[str, Array]]:
        """Return the forecast of no change."""
        return unchanged_years(self, years, parameters)

    def measure_names(self) -> tuple[str, ...]:
        """Return the measures of spending."""
        return MEASURES

    def measures(self, state: State) -> dict[str, Array]:
        """Return the measures of one year in every draw, (draw,)."""
        return measure_year(self, state)

    def measured(self) -> tuple[str, ...]:
        """Return what the measures are made of."""
        return quantities_read(self.reads())

    def reads(self) -> Mapping[str, MeasureReads]:
        """Return what each measure reads."""
        return measure_reads()

    def parts(self, measure: str, state: State) -> MeasureParts | None:
        """Return what each country adds to a measure in a year: all are sums by country."""
        return measure_parts(self, measure, state)

    def skill(self, measure: str, years: int) -> SkillByYear:
        """Return the skill over no change that forecasts of a measure have had."""
        return measure_skill(measure, years, self.forecast_of, sum(self.participates))

    def stored(self) -> tuple[str, ...]:
        """Return GDP and its share: spending, requirement and gap follow from them."""
        return (SHARE, GDP)

    def shown(self) -> tuple[str, ...]:
        """Return the share of GDP, which the allies' spans are of."""
        return (SHARE,)

    def derived(self) -> Mapping[str, DerivedQuantity]:
        """Return spending, requirement and gap."""
        return derived_quantities(self)

    def measure_groups(self) -> tuple[MeasureGroup, ...]:
        """Return counts of allies, then money."""
        return measure_groups(self)

    def skill_note(self) -> str:
        """Return what the skill of forecasts of spending is, and on what it was computed."""
        from foedus.spending.hindcast.skill import skill_note

        return skill_note(self.forecast_of)

    def skill_rows(self) -> tuple[SkillRow, ...]:
        """Return the skill of forecasts of spending by target and years ahead."""
        from foedus.spending.hindcast.skill import skill_table

        return tuple(SkillRow(**row) for row in skill_table(self.forecast_of))

    def pledge_terms(self) -> PledgeTerms:
        """Return the pledge, its exceptions by country."""
        pairs = zip(self.countries, self.pledge_targets, strict=True)
        return PledgeTerms(
            target=self.pledge_target,
            from_year=self.pledge_from,
            deadline=self.pledge_deadline,
            exceptions={code: target for code, target in pairs if target != self.pledge_target},
        )

    def ally_spans(self, share: Columns, draws: int) -> dict[str, AllySpan]:
        """Return each participating ally's share at the start and at the horizon.

        Parameters
        ----------
        share : callable
            Gives the shares of GDP of some countries at the horizon, (draw, country), fractions.
        draws : int
            How many draws.

        Returns
        -------
        dict of str to AllySpan
            By alpha-3 code.
        """
        return ally_spans(self, share, draws)
