"""Where the starting values and the inputs of reinforcement are from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.engine.component import declared_names
from foedus.evidence.records import record_rows
from foedus.parameters.provenance import Provenance, by_convention, of_parameter, of_record
from foedus.reinforcement.network import CARD_ID as NETWORK_CARD
from foedus.reinforcement.parameters import FOLDER
from foedus.reinforcement.section import Start

if TYPE_CHECKING:
    from foedus.forces.section import Resolved as ForcesSection

__all__ = ["reinforcement_provenance"]

PIECES = "pieces_per_person"
ASKED = "equipment_required"
"""The input of forces that says where the requirement is from."""


def reinforcement_provenance(forces: ForcesSection) -> tuple[Provenance, ...]:
    """Return where each starting value and each input of reinforcement is from.

    Parameters
    ----------
    forces : Resolved
        The resolved section of forces, with where the requirement is from.

    Returns
    -------
    tuple of Provenance
        For every field of ``Start`` and ``Inputs`` at least one.
    """
    known = [row["known"] for row in record_rows("reinforcement_network", "arcs")]
    routes = of_record(
        "reinforcement_routes", NETWORK_CARD, known, of="lines, roads and ports", how="the earliest flow"
    )
    numbers = FOLDER.function("moves")
    asked = [row for row in forces.provenance if row.name == ASKED]
    ready = [name for name in declared_names(Start) if name.startswith("plan_persons_ready")]
    moved = [name for name in declared_names(Start) if name not in ready]
    return (
        routes,
        *by_convention("reinforcement_is_worked_out", how="the first year, the middle one and the last"),
        of_parameter("land_part_of_persons", "moves.land_share", numbers["land_share"]),
        *(
            of_parameter(f"{PIECES}_{end}", f"moves.{PIECES}", numbers[PIECES], how=f"the {end} of its range")
            for end in ("low", "middle", "high")
        ),
        *(row._replace(name=name, how="ready at the start") for name in ready for row in asked),
        *(routes._replace(name=name, how="what would arrive at the start") for name in moved),
    )
