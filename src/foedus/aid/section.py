"""The section of aid: what a scenario says of donors, what the chain is given, what a run reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from foedus.aid.giving import out_of_defence_spending
from foedus.aid.lever import Levers, Uncertainties
from foedus.aid.measured import MEASURES, OUT_OF_BUDGETS, OUT_OF_DEFENCE, READ, aid_parts, which_region
from foedus.engine.arrays import Array, ByClass, ByCountry, ByDraw
from foedus.engine.section import (
    MeasureGroup,
    MeasureParts,
    MeasureReads,
    ResolvedSection,
    ScenarioParameters,
    quantities_read,
)
from foedus.engine.simulate import State
from foedus.files.section import figure, lever, remark
from foedus.forces.classes import axis_classes
from foedus.parameters import Provenance

__all__ = ["MEASURES", "Donor", "Inputs", "Levers", "Resolved", "Start", "Uncertainties"]

Donor = tuple[str, str, float, float]
"""A donor's code, its region, and its military and other aid in the base year, euros."""

Factor = tuple[str, float, int]
"""A donor's code, what its aid is multiplied by, and from which year on."""

EUROPE = frozenset({"european_states", "eu_institutions"})

NO_SKILL = (
    "Aid: the last whole year is the forecast of every year ahead, with the scenario's factors on it; no "
    "skill has been measured a year and more ahead, and the interval is the past error of that forecast."
)


@dataclass(frozen=True)
class Inputs:
    """What aid hands to the chain in one year.

    Attributes
    ----------
    aid_military_path_eur, aid_other_path_eur : ndarray, (country,)
        What each country gives at the level of the base year, with the scenario's factor, in euros.
    aid_path_of_european_donors_outside_eur : float
        The same, of all kinds, of European donors that are no country of the scenario, EU institutions among
        them.
    aid_path_of_asia_pacific_eur, aid_path_of_other_donors_outside_eur : float
        The same, of the donors of the Asia-Pacific, and of others.
    aid_military_path_outside_eur : float
        What of these three is military.
    aid_common_fund_eur : float
        The year's part of a common fund.
    aid_is_inside_budget : float
        1.0 where military aid comes out of defence spending, 0.0 where it does not.
    constant_usd_per_eur : ndarray, (country,)
        Constant US dollars in a euro; NaN where it is not needed or not known.
    aid_equipment_per_eur : ndarray, (equipment_class, 1, 1)
        Pieces of each class that a euro of military aid takes from stocks.
    """

    aid_military_path_eur: ByCountry
    aid_other_path_eur: ByCountry
    aid_path_of_european_donors_outside_eur: float
    aid_path_of_asia_pacific_eur: float
    aid_path_of_other_donors_outside_eur: float
    aid_military_path_outside_eur: float
    aid_common_fund_eur: float
    aid_is_inside_budget: float
    constant_usd_per_eur: ByCountry
    aid_equipment_per_eur: ByClass


@dataclass(frozen=True)
class Start:
    """The last year before the first step.

    Attributes
    ----------
    aid_level : ndarray, (1,)
        1.0: aid is that of the base year.
    aid_military_eur, aid_other_eur : ndarray, (country,)
        By country, euros.
    aid_of_european_donors_outside_eur, aid_of_asia_pacific_eur, aid_of_other_donors_outside_eur : ndarray,
    (1,)
        Of donors that are no country of the scenario, euros.
    aid_military_outside_eur : ndarray, (1,)
        What of these is military.
    aid_from_defence_spending_constant_usd : ndarray, (country,)
        What comes out of defence spending.
    """

    aid_level: ByDraw
    aid_military_eur: ByCountry
    aid_other_eur: ByCountry
    aid_of_european_donors_outside_eur: ByDraw
    aid_of_asia_pacific_eur: ByDraw
    aid_of_other_donors_outside_eur: ByDraw
    aid_military_outside_eur: ByDraw
    aid_from_defence_spending_constant_usd: ByCountry


@dataclass(frozen=True)
class Resolved(ResolvedSection):
    """Levers and figures of aid, as of a day.

    Attributes
    ----------
    countries : tuple of str
        Alpha-3 codes.
    is_named : bool
        Whether the scenario names aid.
    start_year : int
        The year of the starting figures; 0 where aid is not named.
    donors : str
        The factors in words.
    factors : tuple of (str, float, int)
        Donor, factor, and the first year that it holds for.
    common_fund : str
        A common fund for military aid in words.
    common_fund_eur : float
        Euros of it in all; zero where there is none.
    common_fund_from, common_fund_until : int
        Its first and last year.
    inside_budget : bool
        Whether military aid comes out of the donor's defence spending.
    base : tuple of Donor
        Every donor's region, and its military and other aid in the base year, in euros.
    base_year : int
        The last whole year of the release.
    release : str
        The release.
    equipment_per_eur : tuple of float
        Pieces that a euro of military aid takes from stocks by class of the axis of equipment.
    constant_usd_per_eur : tuple of float
        Constant US dollars in a euro of the start year by country; no entries where aid is outside budgets.
    defence_expenditure_constant_usd : tuple of float
        Spending at the start by country, from which aid is taken; no entries likewise.
    provenance : tuple of Provenance
        Where each starting value and each input is from.
    """

    countries: tuple[str, ...] = remark()
    is_named: bool = remark()
    start_year: int = remark()
    donors: str = lever(absent="as in the last year")
    factors: tuple[Factor, ...] = remark()
    common_fund: str = lever(absent="none")
    common_fund_eur: float = remark()
    common_fund_from: int = remark()
    common_fund_until: int = remark()
    inside_budget: bool = lever()
    base: tuple[Donor, ...] = remark()
    base_year: int = figure(follows="release")
    release: str = figure()
    equipment_per_eur: tuple[float, ...] = figure(follows="release")
    constant_usd_per_eur: tuple[float, ...] = remark()
    defence_expenditure_constant_usd: tuple[float, ...] = remark()
    provenance: tuple[Provenance, ...] = remark(default=())

    @classmethod
    def neutral(cls, countries: tuple[str, ...]) -> Resolved:
        """Return the section of a scenario that does not name aid."""
        return cls(
            countries=countries,
            is_named=False,
            start_year=0,
            donors="",
            factors=(),
            common_fund="",
            common_fund_eur=0.0,
            common_fund_from=0,
            common_fund_until=0,
            inside_budget=False,
            base=(),
            base_year=0,
            release="",
            equipment_per_eur=(),
            constant_usd_per_eur=(),
            defence_expenditure_constant_usd=(),
        )

    def factor(self, donor: str, year: int) -> float:
        """Return what a donor's aid of a year is multiplied by."""
        return next((by for code, by, since in self.factors if code == donor and year >= since), 1.0)

    def fund(self, year: int) -> float:
        """Return a year's part of the common fund, in euros."""
        if not self.common_fund_eur or not self.common_fund_from <= year <= self.common_fund_until:
            return 0.0
        return self.common_fund_eur / (self.common_fund_until - self.common_fund_from + 1)

    def as_before(self) -> Resolved:
        """Return the section in which every donor gives what it gave, and nothing else is set."""
        without = replace(self, donors="", factors=(), inside_budget=False)
        return replace(without, common_fund="", common_fund_eur=0.0, common_fund_from=0, common_fund_until=0)

    def inputs(self, year: int, parameters: ScenarioParameters) -> Inputs:
        """Return what the chain is given in a year."""
        del parameters
        given = self._donors_of(year)
        rates = self.constant_usd_per_eur or (np.nan,) * len(self.countries)
        pieces = np.array(self.equipment_per_eur or (0.0,) * len(axis_classes()))
        outside = [row for row in given if row[0] not in self.countries]
        return Inputs(
            aid_military_path_eur=self._by_country({row[0]: row[2] for row in given}),
            aid_other_path_eur=self._by_country({row[0]: row[3] for row in given}),
            aid_path_of_european_donors_outside_eur=sum(r[2] + r[3] for r in outside if r[1] in EUROPE),
            aid_path_of_asia_pacific_eur=sum(r[2] + r[3] for r in outside if r[1] == "asia_pacific"),
            aid_path_of_other_donors_outside_eur=sum(
                r[2] + r[3] for r in outside if r[1] not in {*EUROPE, "asia_pacific"}
            ),
            aid_military_path_outside_eur=sum(r[2] for r in outside),
            aid_common_fund_eur=self.fund(year),
            aid_is_inside_budget=float(self.inside_budget),
            constant_usd_per_eur=self.by_country(rates),
            aid_equipment_per_eur=np.reshape(pieces, (-1, 1, 1)),
        )

    def start(self) -> Start:
        """Return aid of the base year, with what the scenario sets for the start year already."""
        given = self.inputs(self.start_year, MappingProxyType({}))
        taken = np.zeros(len(self.countries))
        if self.inside_budget:
            spending = self.by_country(self.defence_expenditure_constant_usd)
            taken = out_of_defence_spending(given.aid_military_path_eur, given.constant_usd_per_eur, spending)
        return Start(**_at_level_one(given), aid_from_defence_spending_constant_usd=taken)

    def no_change(self, years: Sequence[int], parameters: ScenarioParameters) -> list[dict[str, Array]]:
        """Return that every donor gives what it gave in the base year, and nothing else is agreed."""
        del parameters
        if not self.is_named:
            return [{} for _ in years]
        unchanged = replace(self.as_before(), inside_budget=self.inside_budget)
        state = {name: np.atleast_2d(values) for name, values in vars(unchanged.start()).items()}
        return [state for _ in years]

    def idle_components(self) -> frozenset[str]:
        """Return the component where the scenario does not name aid."""
        return frozenset() if self.is_named else frozenset({"aid"})

    def measure_names(self) -> tuple[str, ...]:
        """Return the measures of aid; none where the scenario does not name it."""
        if not self.is_named:
            return ()
        return (*MEASURES, OUT_OF_BUDGETS) if self.inside_budget else MEASURES

    def measured(self) -> tuple[str, ...]:
        """Return what the measures are made of."""
        return quantities_read(self.reads())

    def reads(self) -> Mapping[str, MeasureReads]:
        """Return what each measure reads; none where the scenario does not name aid."""
        return {name: MeasureReads(READ[name]) for name in self.measure_names()}

    def parts(self, measure: str, state: State) -> MeasureParts | None:
        """Return what each donor adds to a measure in a year; of the sum of all donors, each region."""
        return aid_parts(self, measure, state)

    def measures(self, state: State) -> dict[str, Array]:
        """Return aid by region in every draw, (draw,), euros."""
        if not self.is_named:
            return {}
        part = {name: np.atleast_2d(state[name]) for name in self.measured()}
        military, of_all_kinds = part["aid_military_eur"], part["aid_military_eur"] + part["aid_other_eur"]
        european, united_states = which_region(self)
        europe = of_all_kinds[:, european].sum(axis=1) + part["aid_of_european_donors_outside_eur"][:, 0]
        other = of_all_kinds[:, ~european & ~united_states].sum(axis=1)
        other = other + part["aid_of_other_donors_outside_eur"][:, 0]
        by_region = (
            europe,
            of_all_kinds[:, united_states].sum(axis=1),
            part["aid_of_asia_pacific_eur"][:, 0],
            other,
        )
        total: Array = sum(by_region, start=np.zeros(len(europe)))
        all_military = military.sum(axis=1) + part["aid_military_outside_eur"][:, 0]
        values = dict(zip(MEASURES, (*by_region, total, all_military), strict=True))
        if self.inside_budget:
            values[OUT_OF_BUDGETS] = part[OUT_OF_DEFENCE].sum(axis=1)
        return values

    def measure_groups(self) -> tuple[MeasureGroup, ...]:
        """Return aid by region, then its sums."""
        if not self.is_named:
            return ()
        regions = ("Europe with the EU", "United States", "Asia-Pacific")
        # Of the first year no whole release is known: it stands at the level of the last whole one.
        same = "naive" if self.start_year == self.base_year else f"{self.start_year} and naive"
        title = f"Aid to Ukraine allocated, bn EUR of the day ({same}: as in {self.base_year})"
        sums = tuple(zip(("other donors", "all donors", "of it military"), MEASURES[3:], strict=True))
        groups = [
            MeasureGroup(title, tuple(zip(regions, MEASURES[:3], strict=True))),
            MeasureGroup(f"{title}: others and all", sums),
        ]
        if self.inside_budget:
            title = "Aid out of defence spending, bn USD"
            groups.append(MeasureGroup(title, (("allies", OUT_OF_BUDGETS),)))
        return tuple(groups)

    def skill_note(self) -> str:
        """Return that no skill has been measured so far ahead."""
        return NO_SKILL if self.is_named else ""

    def _donors_of(self, year: int) -> list[Donor]:
        """Return every donor with what it gives in a year at the level of the base year."""
        return [
            (code, region, military * self.factor(code, year), other * self.factor(code, year))
            for code, region, military, other in self.base
        ]

    def _by_country(self, amounts: Mapping[str, float]) -> Array:
        """Return the amounts of the countries of the scenario, zero for one that gives nothing."""
        return self.by_country([amounts.get(code, 0.0) for code in self.countries])


def _at_level_one(given: Inputs) -> Mapping[str, Array]:
    """Return the quantities of aid before any error, by name."""
    fund = given.aid_common_fund_eur
    european = given.aid_path_of_european_donors_outside_eur + fund
    return {
        "aid_level": np.ones(1),
        "aid_military_eur": given.aid_military_path_eur,
        "aid_other_eur": given.aid_other_path_eur,
        "aid_of_european_donors_outside_eur": np.array([european]),
        "aid_of_asia_pacific_eur": np.array([given.aid_path_of_asia_pacific_eur]),
        "aid_of_other_donors_outside_eur": np.array([given.aid_path_of_other_donors_outside_eur]),
        "aid_military_outside_eur": np.array([given.aid_military_path_outside_eur + fund]),
    }
