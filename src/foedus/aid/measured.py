"""What a run reports of aid: which quantities each measure reads, and what each donor adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.engine.section import MeasureParts
from foedus.engine.simulate import State

if TYPE_CHECKING:
    from foedus.aid.section import Resolved

__all__ = ["MEASURES", "OUT_OF_BUDGETS", "OUT_OF_DEFENCE", "READ", "aid_parts", "which_region"]

US = "USA"
MEASURES = (
    "aid_of_europe_eur",
    "aid_of_united_states_eur",
    "aid_of_asia_pacific_donors_eur",
    "aid_of_other_donors_eur",
    "aid_of_all_donors_eur",
    "aid_military_of_all_donors_eur",
)
"""What a scenario that names aid reports of it, by catalogue name."""

OUT_OF_BUDGETS = "aid_from_allies_defence_spending_constant_usd"
"""What it reports besides where aid comes out of defence spending."""

OUT_OF_DEFENCE = "aid_from_defence_spending_constant_usd"
BY_REGION = ("aid_of_europe_eur", "aid_of_other_donors_eur")
UNITED_STATES_ALONE, ALL_DONORS = MEASURES[1], MEASURES[4]

COUNTRIES = ("aid_military_eur", "aid_other_eur")
OUTSIDE: Mapping[str, str] = {
    "aid_of_european_donors_outside_eur": "EU institutions and other European donors",
    "aid_of_asia_pacific_eur": "Asia-Pacific",
    "aid_of_other_donors_outside_eur": "other donors",
    "aid_military_outside_eur": "donors that are no country of the scenario",
}
"""What donors give that are no country of the scenario, in words."""

READ: Mapping[str, tuple[str, ...]] = {
    MEASURES[0]: (*COUNTRIES, "aid_of_european_donors_outside_eur"),
    MEASURES[1]: COUNTRIES,
    MEASURES[2]: ("aid_of_asia_pacific_eur",),
    MEASURES[3]: (*COUNTRIES, "aid_of_other_donors_outside_eur"),
    MEASURES[4]: (*COUNTRIES, *tuple(OUTSIDE)[:3]),
    MEASURES[5]: ("aid_military_eur", "aid_military_outside_eur"),
    OUT_OF_BUDGETS: (OUT_OF_DEFENCE,),
}
"""The quantities that each measure reads."""


def aid_parts(section: Resolved, measure: str, state: State) -> MeasureParts:
    """Return what each donor adds to a measure of aid in a year; of the sum of all donors, each region.

    Parameters
    ----------
    section : Resolved
        The section of aid.
    measure : str
        One of what it reports.
    state : mapping of str to ndarray
        The year's quantities, (draw, country) or broadcasting to it.

    Returns
    -------
    MeasureParts
        Euros of the day, or constant US dollars out of defence spending.
    """
    part = {name: np.atleast_2d(state[name]) for name in READ[measure]}
    if measure == OUT_OF_BUDGETS:
        return MeasureParts(section.countries, part[OUT_OF_DEFENCE])
    if measure == ALL_DONORS:
        values = section.measures(state)
        amounts = np.stack([values[name] for name in MEASURES[:4]], axis=1)
        return MeasureParts(("Europe with the EU", "United States", "Asia-Pacific", "other donors"), amounts)
    names, by_country = _of_countries(section, measure, part)
    beyond = [(label, part[name]) for name, label in OUTSIDE.items() if name in part]
    labels = tuple(label for label, _ in beyond)
    return MeasureParts((*names, *labels), np.hstack([by_country, *(values for _, values in beyond)]))


def _of_countries(
    section: Resolved, measure: str, part: Mapping[str, Array]
) -> tuple[tuple[str, ...], Array]:
    """Return the countries of the scenario that a measure counts, and what each gives."""
    if "aid_military_eur" not in part:
        return (), np.zeros((len(next(iter(part.values()))), 0))
    given = part["aid_military_eur"] + part.get("aid_other_eur", 0.0)
    chosen = np.ones(len(section.countries), dtype=bool)
    if measure in (UNITED_STATES_ALONE, *BY_REGION):
        european, united_states = which_region(section)
        counted = {UNITED_STATES_ALONE: united_states, BY_REGION[0]: european}
        chosen = counted.get(measure, ~european & ~united_states)
    return tuple(c for c, one in zip(section.countries, chosen, strict=True) if one), given[:, chosen]


def which_region(section: Resolved) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which countries of a scenario count to the European states, and which is the United States.

    Parameters
    ----------
    section : Resolved
        The section of aid.

    Returns
    -------
    ndarray, ndarray, (country,)
        Whether each is one.
    """
    regions = {code: region for code, region, *_ in section.base}
    european = [regions.get(code) == "european_states" for code in section.countries]
    return np.array(european), np.array([code == US for code in section.countries])
