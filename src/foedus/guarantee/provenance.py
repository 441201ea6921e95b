"""Where the starting values and the inputs of the guarantee are from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.evidence.records import record_rows
from foedus.forces.parameters import FOLDER as FORCES
from foedus.guarantee.flank import CARD_ID, CARDS
from foedus.guarantee.parameters import FOLDER
from foedus.guarantee.section import MET, STATED, THRESHOLD
from foedus.parameters.provenance import (
    Provenance,
    by_convention,
    of_parameter,
    of_record,
    set_by_scenario,
)

if TYPE_CHECKING:
    from foedus.forces.section import Resolved as ForcesSection

__all__ = ["guarantee_provenance"]

LEVERS = ("guarantee_share_asked_of_gdp", "guarantee_is_withdrawn")
FLANK, OWN = "is_on_flank", "own_persons_at_start"
FROM_BELOW = ("others_arrived_at_start", "guarantor_part_of_arrivals")
RATIOS = ("attacker_over_local", "arrivals_over_local")
PERSONS = "persons_under_arms"
"""The starting value of forces that persons available are a part of."""


def guarantee_provenance(flank: tuple[str, ...], forces: ForcesSection) -> tuple[Provenance, ...]:
    """Return where each starting value and each input of the guarantee is from.

    Parameters
    ----------
    flank : tuple of str
        The allies on the flank.
    forces : Resolved
        The resolved section of forces, with where its figures are from.

    Returns
    -------
    tuple of Provenance
        For every field of ``Start`` and ``Inputs`` at least one.
    """
    borders = record_rows("borders_with_russia", "borders_with_russia")
    known = [row.get("known", "unverified") for row in borders if row["country"] in flank]
    return (
        *by_convention(MET, how="every ally is covered before the first year"),
        *by_convention("local_strength_over_start", how="forces of the start are one"),
        *by_convention("revised_start_spending_constant_usd", how="not known before the first year"),
        *by_convention("deterrence_is_worked_out", how="the first year, the middle one and the last"),
        *by_convention(*FROM_BELOW, how="from the start of reinforcement, forces and GDP"),
        *set_by_scenario(*LEVERS, how="levers.guarantee of the scenario"),
        *by_convention("guarantee_may_cover", how="the guarantor does not cover itself"),
        *(of_record(FLANK, card, known, of="hosts and borders", countries=flank) for card in CARDS),
        *_stated(),
        *_own(forces),
        *(
            of_record(name, CARD_ID, known, of="borders", countries=flank, how="on the flank, at the start")
            for name in (*RATIOS, THRESHOLD)
        ),
    )


def _stated() -> Iterator[Provenance]:
    """Yield the stated ranges, whose middles the chain takes, and from which the start follows."""
    numbers = FOLDER.function("ranges")
    for number, name in STATED.items():
        for quantity in (name, *RATIOS, THRESHOLD):
            yield of_parameter(quantity, f"ranges.{number}", numbers[number], how="the middle of its range")


def _own(forces: ForcesSection) -> Iterator[Provenance]:
    """Yield where each country's own persons are from."""
    if not forces.is_named:
        yield from by_convention(OWN, how="no requirement is named, so forces are not counted")
        return
    part = FORCES.component("readiness")["persons"]
    yield of_parameter(OWN, "readiness.persons", part, how="the part that is available")
    for row in forces.provenance:
        if row.name == PERSONS:
            yield row._replace(name=OWN, how="times the part that is available")
