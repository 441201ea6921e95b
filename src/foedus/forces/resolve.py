"""Forces in a scenario: the requirement, who is asked, what is held, prices, and where US forces stand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from foedus.errors import NoDataError, ScenarioError
from foedus.forces.at_start import at_the_start
from foedus.forces.classes import axis_classes, equipment_class
from foedus.forces.force_model import CARD_ID as MODEL_CARD
from foedus.forces.force_model import tiers
from foedus.forces.holdings import own_holdings
from foedus.forces.lever import Levers, Uncertainties, believed
from foedus.forces.list_prices import constant_prices
from foedus.forces.parameters import FOLDER
from foedus.forces.prices import CARD_ID as PRICE_CARD
from foedus.forces.provenance import forces_provenance
from foedus.forces.requirement import check_public, find_requirement
from foedus.forces.section import Resolved
from foedus.forces.us_forces import CARD_ID as US_CARD
from foedus.forces.us_forces import us_forces
from foedus.results import Note

if TYPE_CHECKING:
    from datetime import date

    from foedus.engine.section import ScenarioParameters
    from foedus.evidence import Ledger
    from foedus.files.lines import SourceText
    from foedus.forces.holdings import Holdings
    from foedus.forces.requirement import Requirement
    from foedus.parameters import Parameter

__all__ = ["ForcesDay", "ForcesFigures", "resolve_forces"]

BEYOND: Mapping[str, frozenset[str]] = {
    "allies": frozenset(),
    "europe": frozenset({"USA", "CAN"}),
    "europe-canada": frozenset({"USA"}),
}
"""Whom a requirement does not ask, by among whom it is shared."""


@dataclass(frozen=True)
class ForcesDay:
    """What forces need of a scenario besides its own keys.

    Attributes
    ----------
    known : Ledger
        The editions published by the day.
    day : datetime.date
        The day whose knowledge is used.
    countries : tuple of str
        Allies and applicants.
    allies : tuple of str
        The allies of the day.
    gdp : tuple of float
        GDP of the start year by country.
    equipment_share : tuple of float
        The part of spending for equipment at the start; NaN where it is not known.
    start_year, horizon, price_year : int
        The first and the last year, and the year of all prices.
    source : SourceText
        Where the scenario's values were written.
    parameters : mapping of str to Setting
        The scenario's parameters.
    """

    known: Ledger
    day: date
    countries: tuple[str, ...]
    allies: tuple[str, ...]
    gdp: tuple[float, ...]
    equipment_share: tuple[float, ...]
    start_year: int
    horizon: int
    price_year: int
    source: SourceText
    parameters: ScenarioParameters


@dataclass(frozen=True)
class ForcesFigures:
    """The section of forces, the cards of records that it rests on, and its notes."""

    section: Resolved
    editions: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()


def resolve_forces(levers: Levers, beliefs: Uncertainties, asked: ForcesDay) -> ForcesFigures:
    """Return the section of forces with its figures as of a day.

    Parameters
    ----------
    levers, beliefs : Levers, Uncertainties
        What the scenario says.
    asked : ForcesDay
        Ledger, day, countries, years and where the scenario was written.

    Returns
    -------
    ForcesFigures
        The neutral section where no requirement is named.

    Raises
    ------
    ScenarioError
        When a year lies outside of the run, or the requirement asks for a class that nobody prices.
    UnknownNameError
        When there is no such requirement.
    InputError
        When the requirement was not public on the day.
    NoDataError
        When a figure that is needed had not been published.
    """
    if levers.plans.requirement is None:
        return ForcesFigures(Resolved.neutral(asked.countries), notes=_idle_notes(levers, beliefs))
    need = find_requirement(levers.plans.requirement)
    check_public(need, asked.day)
    holdings = own_holdings().as_of(asked.day)
    participants = _participants(need, asked)
    prices = {name: price.middle for name, price in constant_prices(asked.known, asked.price_year).items()}
    _check_priced(need, levers, prices, asked)
    counted = {name: _counted_by(name, need, holdings, participants) for name in axis_classes()}
    section = Resolved(
        countries=asked.countries,
        classes=axis_classes(),
        start_year=asked.start_year,
        requirement=levers.plans.requirement,
        requirement_title=need.headed,
        required=tuple(_required(name, need, counted[name]) for name in axis_classes()),
        counted_by=tuple(counted.values()),
        asked=participants,
        split=_split(levers, need, prices, asked),
        stock=_stock(holdings, counted, participants, asked.countries),
        persons=_persons(asked),
        list_prices=tuple(prices.values()),
        lead_time_range=_ranges("lead_time", believed(beliefs.lead_time)),
        availability_range=_availability(counted, believed(beliefs.availability)),
        persons_available=_ends(FOLDER.component("readiness")["persons"]),
        ready_parts=_ready_parts(),
        production_factor=levers.industry.production.factor,
        production_from=_production_from(levers, asked),
        common_orders=levers.industry.common_orders,
        us_in_europe=_us_in_europe(levers, asked),
        us_by_host=_us_by_host(asked),
        gdp_parts=_gdp_parts(asked, participants),
        start_held=(),
        start_available=(),
        start_missing=(),
        start_gap=0.0,
        start_persons_ready=(),
        plan_persons=_plan_persons(need),
    )
    section = replace(section, **at_the_start(section, asked.parameters))
    section = replace(section, provenance=forces_provenance(section, need, holdings, asked))
    cards = frozenset({PRICE_CARD, MODEL_CARD, US_CARD})
    return ForcesFigures(section, cards, _notes(section, need, holdings, asked))


def _idle_notes(levers: Levers, beliefs: Uncertainties) -> tuple[Note, ...]:
    """Return the note on keys of forces that change nothing, as the scenario names no requirement."""
    unset = Levers()
    idle = [f"levers.{n}" for n in ("forces", "industry") if getattr(levers, n) != getattr(unset, n)]
    idle += [f"uncertainties.{name}" for name in sorted(Uncertainties.model_fields) if getattr(beliefs, name)]
    if not idle:
        return ()
    text = (
        f"{', '.join(idle)}: no requirement is named (levers.plans.requirement), so nothing follows from it."
    )
    return (Note("forces", text),)


def _participants(need: Requirement, asked: ForcesDay) -> tuple[str, ...]:
    """Return the countries that a requirement asks: allies, and applicants once they have entered."""
    left_out = BEYOND[need.who] | set(need.without)
    return tuple(code for code in asked.countries if code not in left_out)


def _check_priced(need: Requirement, levers: Levers, prices: Mapping[str, float], asked: ForcesDay) -> None:
    """Raise an error for a class that is asked for, or bought, and has no price by the day."""
    assumed = FOLDER.component("prices")
    for name in axis_classes():
        wanted = name in need.needs or levers.forces.split.get(name, 0.0) > 0.0
        if wanted and math.isnan(prices[name]) and name not in assumed:
            raise ScenarioError(
                f"no price of {equipment_class(name).label.lower()} was public by {asked.day}",
                where=asked.source.near("levers", "plans", "requirement"),
                do="run as of a later day, or leave the class out",
            )


def _counted_by(name: str, need: Requirement, holdings: Holdings, participants: tuple[str, ...]) -> str:
    """Return against what a class is held: holdings, a report, what it stands on top of, or nothing known."""
    if name not in need.needs:
        return ""
    counts = [c for c, k in holdings.counts() if k == name and c in participants]
    existing = need.needs[name].existing
    if counts and (existing is None or 2 * len(counts) >= len(participants)):
        return "holdings"
    if existing is not None:
        return "report"
    return "on top" if need.additional else "unknown"


def _required(name: str, need: Requirement, counted_by: str) -> float:
    """Return how many are to be available: all that is required, or what a report says is missing."""
    if counted_by in {"", "unknown"}:
        return math.nan
    entry = need.needs[name]
    existing = entry.existing if counted_by == "report" else None
    return max(entry.required - (existing or 0.0), 0.0)


def _split(
    levers: Levers, need: Requirement, prices: Mapping[str, float], asked: ForcesDay
) -> tuple[float, ...]:
    """Return the split over classes: the scenario's, or that of the requirement's own money."""
    if levers.forces.split:
        return tuple(levers.forces.split.get(name, 0.0) for name in axis_classes())
    assumed = FOLDER.component("prices")
    required = need.required()
    money = []
    for name, price in prices.items():
        each = float(assumed[name].value) if math.isnan(price) and name in assumed else price  # type: ignore[arg-type]
        money.append(required[name] * each if name in required else 0.0)
    if not sum(money):
        raise ScenarioError(
            f"{need.title} asks for nothing that is bought by the piece",
            where=asked.source.near("levers", "plans", "requirement"),
            do=f"name a requirement with one of {', '.join(axis_classes())}",
        )
    return tuple(value / sum(money) for value in money)


def _stock(
    holdings: Holdings,
    counted: Mapping[str, str],
    participants: tuple[str, ...],
    countries: tuple[str, ...],
) -> tuple[tuple[float, ...], ...]:
    """Return what those that are asked hold at the start, by class; nothing of what is on top of it."""
    counts = holdings.counts()
    return tuple(
        tuple(
            counts.get((country, name), 0.0)
            if country in participants and counted[name] not in {"report", "on top"}
            else 0.0
            for country in countries
        )
        for name in axis_classes()
    )


def _persons(asked: ForcesDay) -> tuple[float, ...]:
    """Return military personnel of the start year by country; zero where no edition holds it."""
    try:
        figures = asked.known.figures("military_personnel", year=asked.start_year)
    except NoDataError:
        return (0.0,) * len(asked.countries)
    people = figures.matrix(asked.countries, [asked.start_year])[:, 0]
    return tuple(0.0 if math.isnan(value) else float(value) for value in people)


def _ends(parameter: Parameter) -> tuple[float, float, float]:
    """Return the low end, the value and the high end of a parameter."""
    return parameter.range[0], float(parameter.value), parameter.range[1]  # type: ignore[arg-type]


def _ranges(component: str, said: Mapping[str, float]) -> tuple[tuple[float, float], ...]:
    """Return the ends of each class's range; what is believed exactly has none."""
    parameters = FOLDER.component(component)
    return tuple((said[n], said[n]) if n in said else parameters[n].range for n in axis_classes())


def _availability(counted: Mapping[str, str], said: Mapping[str, float]) -> tuple[tuple[float, float], ...]:
    """Return the ends of availability; a class whose source counts items as they stand has none."""
    ends = zip(axis_classes(), _ranges("readiness", said), strict=True)
    return tuple((1.0, 1.0) if counted[n] in {"report", "on top"} else pair for n, pair in ends)


def _ready_parts() -> tuple[float, ...]:
    """Return which part of the Force Model's persons is ready within 10, 30 and 180 days."""
    rows = sorted(tiers(), key=lambda tier: tier.days_to)
    whole = sum(tier.persons for tier in rows)
    return tuple(sum(t.persons for t in rows if t.days_to <= days) / whole for days in (10, 30, 180))


def _plan_persons(need: Requirement) -> tuple[float, float, float]:
    """Return the persons that a requirement asks for within 10, 30 and 180 days; zeros for none."""
    required = need.required()
    persons = required.get("persons", 0.0)
    if not persons:
        crew = FOLDER.component("crew")["manoeuvre_brigades"].value
        persons = required.get("manoeuvre_brigades", 0.0) * float(crew)  # type: ignore[arg-type]
    days = need.needs["persons"].within_days if "persons" in need.needs else None
    parts = _ready_parts()
    if days:
        whole = sum(days.values())
        parts = tuple(sum(p for at, p in days.items() if at <= day) / whole for day in (10, 30, 180))
    ten, thirty, all_of_them = (part * persons for part in parts)
    return ten, thirty, all_of_them


def _production_from(levers: Levers, asked: ForcesDay) -> int | None:
    """Return the year in which makers begin to change, which the run must reach."""
    year = levers.industry.production.from_year
    if year is not None and not asked.start_year < year <= asked.horizon:
        raise ScenarioError(
            f"production cannot begin to change in {year}",
            where=asked.source.near("levers", "industry", "production", "from"),
            do=f"give a year from {asked.start_year + 1} to {asked.horizon}",
        )
    return year


def _us_in_europe(levers: Levers, asked: ForcesDay) -> tuple[float, ...]:
    """Return persons of the United States by year after the start; NaN before the first that is named."""
    said = levers.forces.us_in_europe
    if not said:
        return ()
    record = us_forces(as_of=asked.day).day
    for year in said:
        if not record.year < year <= asked.horizon:
            raise ScenarioError(
                f"US forces cannot be set for {year}: the record reaches to {record} and the run to "
                f"{asked.horizon}",
                where=asked.source.near("levers", "forces", "us_in_europe"),
                do=f"give years from {record.year + 1} to {asked.horizon}",
            )
    years = range(asked.start_year + 1, asked.horizon + 1)
    return tuple(said[max(y for y in said if y <= year)] if year >= min(said) else math.nan for year in years)


def _us_by_host(asked: ForcesDay) -> tuple[float, ...]:
    """Return persons of the United States by host in the last record; none where none was public."""
    try:
        record = us_forces(as_of=asked.day)
    except NoDataError:
        return (0.0,) * len(asked.countries)
    return tuple(float(record.persons(code)) for code in asked.countries)


def _gdp_parts(asked: ForcesDay, participants: tuple[str, ...]) -> tuple[float, ...]:
    """Return each asked ally's part of the GDP of all of them at the start."""
    counts = set(participants) & set(asked.allies)
    parts = [g if c in counts else 0.0 for c, g in zip(asked.countries, asked.gdp, strict=True)]
    return tuple(part / sum(parts) for part in parts)


def _notes(section: Resolved, need: Requirement, holdings: Holdings, asked: ForcesDay) -> tuple[Note, ...]:
    """Write what a reader must know of forces."""
    from foedus.forces.notes import forces_notes

    return forces_notes(section, need, holdings, asked)
