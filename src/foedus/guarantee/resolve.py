"""Resolve the section of the guarantee: what it asks of each ally, by default the pledge, and the flank."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from foedus.guarantee.flank import CARDS, GUARANTOR, flank_allies
from foedus.guarantee.parameters import FOLDER
from foedus.guarantee.provenance import guarantee_provenance
from foedus.guarantee.section import STATED, Resolved
from foedus.results import Note
from foedus.units import per_cent

if TYPE_CHECKING:
    from datetime import date

    from foedus.engine.section import ScenarioParameters
    from foedus.forces.section import Resolved as Forces
    from foedus.guarantee.lever import GuaranteeLever
    from foedus.reinforcement.section import Resolved as Reinforcement
    from foedus.spending.section import Resolved as Spending

__all__ = ["GuaranteeDay", "GuaranteeFigures", "resolve_guarantee"]

IN_TIME = 1
"""The place of day 30 among the days on which who has arrived is counted."""


@dataclass(frozen=True)
class GuaranteeDay:
    """What the guarantee needs of a scenario besides its own keys.

    Attributes
    ----------
    day : datetime.date
        The day whose knowledge is used.
    start_allies : tuple of float
        For each country 1.0 for an ally of the start.
    spending, forces, reinforcement : Resolved
        The sections of the rooms below.
    parameters : mapping of str to Setting
        The scenario's parameters.
    """

    day: date
    start_allies: tuple[float, ...]
    spending: Spending
    forces: Forces
    reinforcement: Reinforcement
    parameters: ScenarioParameters


@dataclass(frozen=True)
class GuaranteeFigures:
    """The section of the guarantee, the cards of records that it rests on, and its notes."""

    section: Resolved
    editions: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


def resolve_guarantee(lever: GuaranteeLever | None, asked: GuaranteeDay) -> GuaranteeFigures:
    """Return the section of the guarantee.

    Parameters
    ----------
    lever : GuaranteeLever or None
        What the scenario says; None where it does not name the guarantee.
    asked : GuaranteeDay
        Day, allies, and the sections of the rooms below.

    Returns
    -------
    GuaranteeFigures
        The section and its notes.
    """
    spending, forces = asked.spending, asked.forces
    if lever is None:
        return GuaranteeFigures(Resolved.neutral(spending.countries))
    part = float(cast("float", asked.parameters["readiness.persons"].value))
    flank, allies = flank_allies(asked.day), dict(zip(spending.countries, asked.start_allies, strict=True))
    numbers = FOLDER.function("ranges")
    section = Resolved(
        countries=spending.countries,
        is_named=True,
        guarantee=_words(lever, _first_year(lever, spending)),
        commitment=lever.commitment,
        from_year=0 if lever.commitment == "full" else _first_year(lever, spending),
        asked=_asked(lever, spending) if lever.commitment == "conditional" else (),
        start_shares=spending.defence_expenditure_share_of_gdp,
        start_allies=asked.start_allies,
        flank=tuple(code for code in flank if allies.get(code)),
        worked_out=_years(spending) if forces.is_named else (),
        own_persons=tuple(part * persons for persons in forces.persons) if forces.is_named else (),
        arrived=asked.reinforcement.start_arrived[IN_TIME],
        guarantor_part=_guarantor_part(spending, forces.asked),
        guarantor_persons=part * sum(forces.us_by_host),
        stated=tuple(float(cast("float", numbers[name].value)) for name in STATED),
    )
    section = replace(section, provenance=guarantee_provenance(section.flank, forces))
    return GuaranteeFigures(section, CARDS, _notes(section))


def _first_year(lever: GuaranteeLever, spending: Spending) -> int:
    """Return the first year that a change of the guarantee holds for."""
    return max(lever.from_year or 0, spending.start_year + 1)


def _years(spending: Spending) -> tuple[int, ...]:
    """Return the first year, the middle one and the last."""
    first, last = spending.start_year + 1, spending.start_year + len(spending.gdp_real_growth_path)
    return tuple(sorted({first, (first + last) // 2, last}))


def _guarantor_part(spending: Spending, asked: tuple[str, ...]) -> float:
    """Return the part of a plan's forces that the guarantor sends: its part of the GDP of those asked."""
    pairs = zip(spending.countries, spending.gdp_constant_usd, strict=True)
    gdp = {country: value for country, value in pairs if country in asked}
    return gdp[GUARANTOR] / sum(gdp.values()) if GUARANTOR in gdp else 0.0


def _asked(lever: GuaranteeLever, spending: Spending) -> tuple[float, ...]:
    """Return the share of GDP that is asked of each country: nothing of the guarantor itself."""
    shares = spending.pledge_targets if lever.share is None else (lever.share,) * len(spending.countries)
    pairs = zip(spending.countries, shares, strict=True)
    return tuple(0.0 if code == GUARANTOR else share for code, share in pairs)


def _words(lever: GuaranteeLever, first: int) -> str:
    """Return whom the guarantee covers in words; nothing where it is full."""
    if lever.commitment == "full":
        return ""
    if lever.commitment == "withdrawn":
        return f"withdrawn from {first}"
    asked = "the pledge" if lever.share is None else f"{per_cent(lever.share, 2)} of GDP"
    return f"conditional on {asked} from {first}"


def _notes(section: Resolved) -> tuple[Note, ...]:
    """Write what a reader must know of whom the guarantee covers, and of the flank."""
    said = []
    if section.commitment == "conditional":
        said.append("An ally is covered where last year's share of GDP was what is asked or more.")
    if section.commitment != "full":
        said.append(
            "Whom the guarantee covers says nothing of whether it would be kept, nor how allies answer: "
            "budgets.guarantee_response is assumed, and 0 unless the scenario sets it."
        )
    said.append(
        "What belief the flank's protection asks for rests on persons, arrivals by day 30 and US forces as "
        "the scenario has them; every other range is assumed and stands at its middle, and levels say little."
        if section.worked_out
        else "No requirement is named: the ratios of strength on the flank are stated ranges, all of them "
        "assumed and alike for every ally, and a run works out nothing from them."
    )
    return tuple(Note("guarantee", text) for text in said)
