"""What there is at the start, without chance: held, available, missing, its price, and persons ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.forces.equations import triangular
from foedus.forces.yearly import asked, start_gap, yearly_inputs

if TYPE_CHECKING:
    from foedus.engine.section import ScenarioParameters
    from foedus.forces.section import Resolved

__all__ = ["at_the_start"]


def at_the_start(section: Resolved, parameters: ScenarioParameters) -> dict[str, Any]:
    """Return the fields of the section that say what there is before the first year.

    Parameters
    ----------
    section : Resolved
        The section of forces, without these fields.
    parameters : mapping of str to Setting
        The scenario's parameters.

    Returns
    -------
    dict of str to object
        Items by class, US dollars, and persons.
    """
    given = yearly_inputs(section, section.start_year + 1, parameters)
    held = (np.array(section.stock) * asked(section)).sum(axis=-1)
    ends = (given.availability_low, given.availability_middle, given.availability_high)
    available = held * triangular(np.zeros((1, 1, 1)), *ends)[:, 0, 0]
    missing = np.maximum(given.equipment_required[:, 0, 0] - available, 0.0)
    gap, persons = start_gap(section, parameters)
    return {
        "start_held": tuple(held.tolist()),
        "start_available": tuple(available.tolist()),
        "start_missing": tuple(missing.tolist()),
        "start_gap": gap,
        "start_persons_ready": persons,
    }
