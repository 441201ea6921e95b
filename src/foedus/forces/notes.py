"""What a reader must know of a scenario that names a requirement: what is not known, and is not guessed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from foedus.axes import country_name
from foedus.forces.classes import axis_classes, equipment_class
from foedus.forces.words import NO_HOLDINGS
from foedus.results import Note

if TYPE_CHECKING:
    from foedus.forces.holdings import Holdings
    from foedus.forces.requirement import Requirement
    from foedus.forces.resolve import ForcesDay
    from foedus.forces.section import Resolved

__all__ = ["forces_notes"]


def _labels(classes: list[str]) -> str:
    """Return classes as they stand in a sentence."""
    return ", ".join(equipment_class(name).label.lower() for name in classes)


def forces_notes(
    section: Resolved, need: Requirement, holdings: Holdings, asked: ForcesDay
) -> tuple[Note, ...]:
    """Return the notes of a scenario that names a requirement.

    Parameters
    ----------
    section : Resolved
        The section of forces.
    need : Requirement
        What is required.
    holdings : Holdings
        What allies hold, as far as the user has brought it.
    asked : ForcesDay
        Countries and the parts of their spending.

    Returns
    -------
    tuple of Note
        In the order in which they matter.
    """
    states = dict(zip(axis_classes(), section.counted_by, strict=True))
    said = []
    if need.label:
        said.append(f"{need.title}: {need.label}; nobody outside can say whether it is right.")
    said += _held_against(states)
    if need.additional and "holdings" in states.values():
        said.append(
            "The source counts what it asks for on top of what allies hold; held against all that they hold, "
            "the gap is the least that it can be."
        )
    off_axis = [name for name in need.required() if name not in axis_classes()]
    if off_axis:
        said.append(
            f"{_labels(off_axis).capitalize()} are asked for and not bought by the piece: not in the chain."
        )
    said += _who(section, states, holdings, asked)
    return tuple(Note("forces", text) for text in said)


def _held_against(states: dict[str, str]) -> list[str]:
    """Return against what each class is held."""
    groups = {state: [name for name, s in states.items() if s == state] for state in states.values()}
    said = []
    if groups.get("unknown"):
        said.append(f"{_labels(groups['unknown']).capitalize()}: what is missing is not known. {NO_HOLDINGS}")
    if groups.get("report"):
        said.append(
            f"{_labels(groups['report']).capitalize()}: what the report itself says is missing stands at the "
            "start; what is bought from then on is counted item by item, as the report counts."
        )
    if groups.get("on top"):
        said.append(
            f"{_labels(groups['on top']).capitalize()}: the source asks for them on top of what allies hold, "
            "which is not known here: only what is bought from the first year on counts, item by item, and "
            "none of it replaces what is retired. The gap is the least that it can be."
        )
    return said


def _who(section: Resolved, states: dict[str, str], holdings: Holdings, asked: ForcesDay) -> list[str]:
    """Return who orders nothing, and who has no count."""
    said = []
    silent = [
        country_name(c)
        for c, part in zip(asked.countries, asked.equipment_share, strict=True)
        if c in section.asked and math.isnan(part)
    ]
    if silent:
        said.append(
            f"{', '.join(silent)}: the part of spending for equipment is not known; nothing is ordered."
        )
    counts = holdings.counts()
    for name, state in states.items():
        if state != "holdings":
            continue
        lacking = [c for c in section.asked if (c, name) not in counts and equipment_class(name).held_by(c)]
        if lacking:
            named = ", ".join(country_name(c) for c in lacking)
            said.append(f"{_labels([name]).capitalize()}: no count of {named}; counted as holding none.")
    applicants = [c for c in section.asked if c not in asked.allies]
    bare = [country_name(c) for c in applicants if not any(country == c for country, _ in counts)]
    if bare:
        said.append(f"{', '.join(bare)}: no holdings are known of this applicant; it enters with none.")
    return said
