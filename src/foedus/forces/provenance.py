"""Where the starting values and the inputs of forces are from."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.errors import NoDataError
from foedus.evidence.provenance import of_figures
from foedus.forces.classes import axis_classes
from foedus.forces.force_model import CARD_ID as MODEL_CARD
from foedus.forces.force_model import tiers
from foedus.forces.parameters import FOLDER
from foedus.forces.prices import CARD_ID as PRICE_CARD
from foedus.forces.prices import orders
from foedus.forces.section import DRAWN, ON_ORDER, PERSONS
from foedus.forces.studies import CARD_ID as STUDIES_CARD
from foedus.forces.studies import study_items
from foedus.forces.us_forces import CARD_ID as US_CARD
from foedus.forces.us_forces import us_forces
from foedus.parameters.provenance import (
    Provenance,
    by_convention,
    grouped,
    of_parameter,
    of_record,
    set_by_scenario,
)

if TYPE_CHECKING:
    from foedus.forces.holdings import Holdings
    from foedus.forces.requirement import Requirement
    from foedus.forces.resolve import ForcesDay
    from foedus.forces.section import Resolved

__all__ = ["forces_provenance", "of_requirement"]

MODEL_STUDY = "force-model"
"""The study that is the Force Model itself, which has a record of its own."""

ASKED = ("equipment_required", "requirement_asks", *(f"plan_asks_in_{d}_days" for d in (10, 30, 180)))
"""The inputs that say what the requirement asks for, and of whom."""

FROM_REQUIREMENT = ("forces_gap_by_ally_constant_usd", "equipment_missing")
"""What at the start follows from the requirement and what is held."""

STOCK = ("equipment_stock", "equipment_crewed", "equipment_held_in_all", "equipment_available")
RANGES = {"lead_time": "lead_time", "availability": "readiness"}
"""Of two triangular distributions, the prefix of the inputs that hold the ends, and their parameters."""

READY = tuple(f"ready_part_{days}_days" for days in (10, 30, 180))
UNBEGUN = (
    *("gap_closing_year", "missing_for_money", "missing_in_industry", "missing_for_people"),
    *("equipment_on_order_in_all", *ON_ORDER),
)
"""What has not begun before the first year."""


def forces_provenance(
    section: Resolved, need: Requirement, holdings: Holdings, asked: ForcesDay
) -> tuple[Provenance, ...]:
    """Return where each starting value and each input of forces is from.

    Parameters
    ----------
    section : Resolved
        The section of a scenario that names a requirement.
    need : Requirement
        The requirement.
    holdings : Holdings
        What the user's own tables say allies hold.
    asked : ForcesDay
        Ledger, day, countries and years.

    Returns
    -------
    tuple of Provenance
        For every field of ``Start``, and each of ``Inputs`` that does not follow from parameters alone.
    """
    return (
        *_asked(section, need),
        *_prices(section, asked),
        *_held(section, holdings),
        *_persons(section, asked),
        *_ranges(),
        *_us(section, asked),
        *_ready(),
        *set_by_scenario("orders_are_common", how="levers.industry.common_orders of the scenario"),
        *set_by_scenario("production_capacity", how="levers.industry.production of the scenario"),
        *by_convention("persons_count_at_home", how="those of the United States at home are not in Europe"),
        *by_convention(*UNBEGUN, how="nothing has begun before the first year"),
        *by_convention(*DRAWN, how="drawn in the first year for the whole run"),
    )


def of_requirement(name: str, section: Resolved, need: Requirement, *, how: str = "") -> Provenance:
    """Return that a quantity is from the requirement that a scenario names.

    Parameters
    ----------
    name : str
        The quantity.
    section : Resolved
        The section of forces.
    need : Requirement
        The requirement.
    how : str, optional
        How the quantity follows from it.

    Returns
    -------
    Provenance
        Of the record of studies, or of the file that the scenario names where the study is in no record.
    """
    card = MODEL_CARD if need.study == MODEL_STUDY else STUDIES_CARD if study_items(need.study) else ""
    if card:
        return of_record(name, card, [need.known], of=need.study, how=how)
    said = f"requirement {section.requirement}: {need.study or need.title}"
    return Provenance(name, "", "set", need.known, of=said, how=how)


def _asked(section: Resolved, need: Requirement) -> Iterator[Provenance]:
    """Return where it is from what the requirement asks for, and what follows from it."""
    for name in ASKED:
        yield of_requirement(name, section, need)
    for name in FROM_REQUIREMENT:
        yield of_requirement(name, section, need, how="what is asked for less what is available")
    for name in ("equipment_split", "crew_training_split"):
        yield of_requirement(name, section, need, how="money goes as the price of what is asked for")


def _prices(section: Resolved, asked: ForcesDay) -> Iterator[Provenance]:
    """Return where published prices are from; an assumed one is a parameter."""
    priced = [n for n, p in zip(axis_classes(), section.list_prices, strict=True) if not math.isnan(p)]
    known = [order.known for name in priced for order in orders(name, asked.day)]
    if known:
        how = f"at prices and exchange rates of {asked.price_year}"
        yield of_record(
            "equipment_list_price_constant_usd", PRICE_CARD, known, of="orders with a price", how=how
        )


def _held(section: Resolved, holdings: Holdings) -> Iterator[Provenance]:
    """Return where stocks are from: the user's own tables, or nothing that counts."""
    counts = {(row.country, row.equipment): row for row in holdings.newest().values()}
    stood = zip(axis_classes(), section.counted_by, strict=True)
    counted = {name for name, state in stood if state == "holdings"}
    rows = [row for (code, name), row in counts.items() if name in counted and code in section.asked]
    for name in (*STOCK, "equipment_retiring"):
        if rows:
            cells = [(row.country, row.day.year, "", "record", "unverified") for row in rows]
            yield from grouped(name, cells, of="the user's own tables of holdings")
        else:
            yield from by_convention(name, how="the requirement stands on top of what is held")


def _persons(section: Resolved, asked: ForcesDay) -> Iterator[Provenance]:
    """Return where persons under arms, and those who are ready at the start, are from."""
    indicator, year = "military_personnel", asked.start_year
    try:
        edition = asked.known.figures(indicator, year=year).edition
    except NoDataError:
        yield from by_convention("persons_under_arms", *PERSONS.values(), how="no edition holds personnel")
        return
    cells = [(code, year) for code in section.countries]
    yield from of_figures("persons_under_arms", asked.known, edition, cells, indicator=indicator)
    for name in PERSONS.values():
        yield of_record(
            name, MODEL_CARD, (tier.known for tier in tiers()), of="tiers", how=f"persons of {edition}"
        )


def _ranges() -> Iterator[Provenance]:
    """Return that the ends of triangular distributions are those of the parameters' ranges."""
    for prefix, component in RANGES.items():
        for parameter in (f"{component}.{name}" for name in axis_classes()):
            number = FOLDER.component(component)[parameter.partition(".")[2]]
            for end in ("low", "high"):
                yield of_parameter(f"{prefix}_{end}", parameter, number, how=f"the {end} end of its range")
    persons = FOLDER.component("readiness")["persons"]
    for end in ("low", "high"):
        name = f"persons_available_{end}"
        yield of_parameter(name, "readiness.persons", persons, how=f"the {end} end of its range")


def _us(section: Resolved, asked: ForcesDay) -> Iterator[Provenance]:
    """Return where forces of the United States in Europe are from."""
    name = "us_forces_in_europe"
    if section.us_in_europe:
        yield from set_by_scenario(name, how="levers.forces.us_in_europe of the scenario")
    try:
        record = us_forces(as_of=asked.day)
    except NoDataError:
        yield from by_convention(name, how="no count was public")
        return
    hosts = [code for code, persons in zip(section.countries, section.us_by_host, strict=True) if persons]
    year = record.day.year
    cells = [(code, year, US_CARD, "record", "retrieved") for code in hosts]
    yield from grouped(name, cells, of=f"persons assigned on {record.day}")


def _ready() -> Iterator[Provenance]:
    """Return where the parts that are ready within so many days are from."""
    for name in READY:
        yield of_record(name, MODEL_CARD, (tier.known for tier in tiers()), of="tiers of the Force Model")
