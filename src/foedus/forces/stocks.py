"""Forces: what allies hold, who mans it, and what of it can be stood up.

**Claim.** Stocks grow by what is delivered, and fall by what is retired at a rate of their class and by what
is given away. People leave every year, and as many can be trained as an ally's intake allows: first for those
who left, then for new equipment, in proportion to what each class wants. What can be stood up is the least of
equipment and of the people for it.

**Sources.** Stock and flow accounting; the rates stand in ``parameters/`` with their grades. What allies hold
comes from tables that the user brings (:mod:`foedus.forces.holdings`).

**Leaves out.** Losses in war, upgrades, people who change from one class to another, and the age of what is
held. Orders of before the first year are not known: for some years they replace what is retired.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array, ByClass, ByDrawClassCountry, ByDrawCountry
from foedus.engine.workspace import Workspace

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "step"]


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    equipment_delivered: ByDrawClassCountry
    donated_equipment: ByDrawClassCountry
    retirement_rate: ByClass
    crew_persons: ByClass


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
        What was delivered; what is to be given away; the part of each class that is retired in the year, and
        the persons that one item needs.
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
    work, p, shape = workspace or Workspace(), parameters, now.equipment_delivered.shape
    stock, retired, crewed = work.array("stocks", (3, *shape))
    term, wanted, manned = work.array("people", (3, *shape[1:]))
    wanted[...] = manned[...] = 0.0
    # Where nobody gives anything away, the zeros that say so are one row for all draws.
    gives = bool(now.donated_equipment.any())
    donated = work.array("donated", shape) if gives else np.broadcast_to(now.donated_equipment, shape)
    for k in range(shape[0]):
        np.multiply(before.equipment_stock[k], now.retirement_rate[k], out=retired[k])
        np.subtract(before.equipment_stock[k], retired[k], out=stock[k])
        stock[k] += now.equipment_delivered[k]
        if gives:
            # Nobody gives away what he does not have.
            np.minimum(stock[k], now.donated_equipment[k], out=donated[k])
            stock[k] -= donated[k]
        # Whose equipment went is free for other equipment of the class only.
        np.multiply(before.equipment_crewed[k], 1.0 - p.losses, out=crewed[k])
        np.minimum(crewed[k], stock[k], out=crewed[k])
        wanted += np.multiply(stock[k], now.crew_persons[k], out=term)
        manned += np.multiply(crewed[k], now.crew_persons[k], out=term)
    wanted -= manned
    np.maximum(wanted, 0.0, out=wanted)
    persons, part = _people(before.persons_under_arms, manned, wanted, p)
    for k in range(shape[0]):
        np.subtract(stock[k], crewed[k], out=term)
        if now.crew_persons[k].any():
            term *= part
        crewed[k] += term
    return Result(stock, retired, donated, crewed, persons)


def _people(persons: Array, manned: Array, wanted: Array, p: Parameters) -> tuple[Array, Array]:
    """Return persons under arms at the end of the year, and the part of wanted crews that were trained."""
    elsewhere = np.maximum(persons * (1.0 - p.losses) - manned, 0.0)
    replaced = np.minimum(p.intake * persons, persons * p.losses * _part(elsewhere, elsewhere + manned))
    trained = np.minimum(p.intake * persons - replaced, wanted)
    return persons * (1.0 - p.losses) + replaced + trained, _part(trained, wanted)


def _part(some: Array, whole: Array) -> Array:
    """Return some over the whole, and one where there is nothing."""
    part: Array = np.divide(
        some, whole, out=np.ones(np.broadcast_shapes(some.shape, whole.shape)), where=whole > 0.0
    )
    return part
