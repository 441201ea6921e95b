"""Small problems of industry, forces and readiness alone, with what is spent given from outside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from foedus.engine.arrays import Array, ByDrawClassCountry, ByDrawCountry
from foedus.engine.component import shock_axes
from foedus.engine.simulate import Problem, trajectories
from foedus.forces.section import Resolved
from foedus.forces.yearly import neutral_inputs
from foedus.scenario.chain import CHAIN

FORCES = tuple(part for part in CHAIN if part.name in {"industry", "forces", "readiness", "plans"})

YEAR = 2025
"""The year before the first step."""

NUMBERS = {
    "industry": {"part_for_classes": 1.0, "progress_ratio": 1.0, "unit_price_spread": 0.0},
    "forces": {"intake": 0.2, "losses": 0.1},
}
"""Parameters without chance and without learning."""


@dataclass(frozen=True)
class Outside:
    """What other rooms write in a whole chain."""

    defence_expenditure_constant_usd: ByDrawCountry
    equipment_share: ByDrawCountry
    membership: ByDrawCountry
    gdp_constant_usd: ByDrawCountry
    aid_from_defence_spending_constant_usd: ByDrawCountry
    donated_equipment: ByDrawClassCountry


def by_class(*values: float) -> Array:
    """Return values by class, (class, 1, 1)."""
    return np.array(values, dtype=float)[:, np.newaxis, np.newaxis]


def problem(
    spending: Any, stock: Any, *, persons: Any = 1e6, numbers: Any = NUMBERS, **given: Any
) -> Problem:
    """Return a problem of a few classes and countries.

    Parameters
    ----------
    spending : array_like, (year, country)
        What each country spends on equipment, US dollars; its split is even over the classes.
    stock : array_like, (class, country)
        What is held at the start.
    persons : float or array_like, (country,)
        Under arms at the start.
    numbers : mapping
        Parameters.
    **given
        Fields of the section's inputs with other values; the neutral ones ask for nothing.
    """
    money, held = np.array(spending, dtype=float), np.array(stock, dtype=float)
    classes, countries = held.shape
    donated = given.pop("donated_equipment", np.zeros((classes, 1, countries)))
    neutral = neutral_inputs(countries)
    cut = {n: v[:classes] for n, v in vars(neutral).items() if isinstance(v, np.ndarray) and v.ndim == 3}
    even = np.full((classes, 1, countries), 1.0 / classes)
    inputs = replace(
        neutral,
        **{
            **cut,
            "equipment_split": even,
            "crew_training_split": even,
            "orders_are_common": 0.0,
            "requirement_asks": np.ones(countries),
            **given,
        },
    )
    start = Resolved.neutral(tuple("ABCDEFG"[:countries])).start()
    small = {n: v[:classes] for n, v in vars(start).items() if v.ndim == 3}
    start = replace(
        start,
        **small | {"equipment_stock": held[:, np.newaxis], "equipment_crewed": held[:, np.newaxis]},
        persons_under_arms=np.broadcast_to(np.asarray(persons, dtype=float), (countries,)),
    )
    ones = np.ones((1, countries))
    outside = [
        Outside(2.0 * row[np.newaxis], *(v * ones for v in (0.5, 1.0, 1.0, 0.0)), donated) for row in money
    ]
    return Problem(
        FORCES, YEAR, countries, (start,), tuple((inputs, o) for o in outside), numbers, classes=classes
    )


def run(asked: Problem, draws: int = 1, seed: int | None = None) -> dict[str, Array]:
    """Run a problem and return every quantity of the years after the start.

    Without a seed it has no chance; with one, the terms of that seed.
    """
    length = {"equipment_class": asked.classes, "draw": draws, "country": asked.countries}
    rng = np.random.default_rng(seed or 0)
    scale = 0.0 if seed is None else 1.0
    shapes = {n: tuple(length[axis] for axis in axes) for n, axes in shock_axes(FORCES).items()}
    wide = tuple((i, _in_draws(o, draws)) for i, o in asked.inputs)
    terms = {n: scale * rng.standard_normal(shape) for n, shape in shapes.items()}
    years = len(asked.inputs)
    return {n: v[-years:] for n, v in trajectories(replace(asked, inputs=wide), terms).items()}


def _in_draws(outside: Outside, draws: int) -> Outside:
    """Return the same for so many draws."""
    return Outside(*(np.repeat(v, draws, axis=-2) for v in vars(outside).values()))
