"""Forces: what allies hold, who mans it, and what of it can be stood up.

**Claim.** Stocks grow by what is delivered, and fall by what is given away and by what is retired: a part of
what was held at the start each year, in a straight line. What is new is used for decades and is not retired
within a run. People leave every year and are replaced as far as an ally's intake allows; what intake is left
trains crews for new equipment, parted over the classes as the persons are that its money would buy equipment
for. What can be stood up is the least of equipment and of the people for it.

**Sources.** Stock and flow accounting; the rates stand in ``parameters/`` with their grades. What allies hold
comes from tables that the user brings (:mod:`foedus.forces.holdings`).

**Leaves out.** Losses in war, upgrades, people who change from one class to another, and the age of what is
held. Orders of before the first year are not known: for some years they replace what is retired.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array, ByClass, ByClassCountry, ByDrawClassCountry, ByDrawCountry
from foedus.engine.workspace import Workspace

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "step"]


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    equipment_delivered: ByDrawClassCountry
    equipment_retiring: ByClassCountry
    donated_equipment: ByDrawClassCountry
    crew_persons: ByClass
    crew_training_split: ByClassCountry


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    equipment_stock: ByDrawClassCountry
    equipment_crewed: ByDrawClassCountry
    persons_under_arms: ByDrawCountry


@dataclass(frozen=True)
class Shocks:
    """No random terms."""


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/forces.yaml``."""

    intake: float
    losses: float


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    equipment_stock: ByDrawClassCountry
    equipment_retired: ByDrawClassCountry
    equipment_donated: ByDrawClassCountry
    equipment_crewed: ByDrawClassCountry
    persons_under_arms: ByDrawCountry


def step(
    now: Now, before: Before, shocks: Shocks, parameters: Parameters, workspace: Workspace | None = None
) -> Result:
    """Add, retire, give away and man for one year.

    Parameters
    ----------
    now : Now
        What was delivered; what is to be retired and given away; the persons that one item needs, and how
        training is parted over the classes.
    before : Before
        Last year's stock, what of it was manned, and all persons under arms.
    shocks : Shocks
        None.
    parameters : Parameters
        The parts of an ally's persons that can be taken in, and that leave, in a year.
    workspace : Workspace, optional
        Where the results are written; without it, into new arrays.

    Returns
    -------
    Result
        Items by class, draw and country, and persons by draw and country.
    """
    del shocks
    work, shape = workspace or Workspace(), now.equipment_delivered.shape
    stock, crewed = work.array("stocks", (2, *shape))
    # Where nothing leaves, the zeros that say so are one row for all draws.
    retired = _leaving("retired", now.equipment_retiring, shape, work)
    donated = _leaving("donated", now.donated_equipment, shape, work)
    stays = min(1.0, 1.0 - parameters.losses + parameters.intake)
    trained = max(parameters.intake - parameters.losses, 0.0) * before.persons_under_arms
    persons = work.array("persons", shape[1:])
    np.multiply(before.persons_under_arms, stays, out=persons)
    for k in range(shape[0]):
        last, of_class = before.equipment_stock[k], stock[k]
        # Nobody retires or gives away what he does not have.
        if retired.flags.writeable:
            np.minimum(last, now.equipment_retiring[k], out=retired[k])
            last = np.subtract(last, retired[k], out=of_class)
        np.add(last, now.equipment_delivered[k], out=of_class)
        if donated.flags.writeable:
            np.minimum(of_class, now.donated_equipment[k], out=donated[k])
            of_class -= donated[k]
        crew = now.crew_persons.item(k)
        if not crew:
            crewed[k] = of_class
            continue
        manned = before.equipment_crewed[k] if stays == 1.0 else before.equipment_crewed[k] * stays
        np.add(manned, trained * (now.crew_training_split[k] / crew), out=crewed[k])
        np.minimum(crewed[k], of_class, out=crewed[k])
        # Who leaves equipment that went stays under arms; who is trained for new equipment is added.
        persons += crew * np.maximum(crewed[k] - manned, 0.0)
    return Result(stock, retired, donated, crewed, persons)


def _leaving(name: str, items: Array, shape: tuple[int, ...], work: Workspace) -> Array:
    """Return an array for what leaves stocks in a year; where nothing is to leave, zeros to be read only."""
    return work.array(name, shape) if items.any() else np.broadcast_to(items, shape)
