"""The chain: which components run each year, in which order, and where their numbers stand.

The order is written here and nowhere else; :func:`foedus.engine.wiring.check` holds it against what the
components declare before the first year is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from foedus.accession import membership
from foedus.accession.parameters import FOLDER as ACCESSION
from foedus.aid import giving
from foedus.aid.parameters import FOLDER as AID
from foedus.decisions import adoption, positions
from foedus.decisions.parameters import FOLDER as DECISIONS
from foedus.engine.component import Component, component
from foedus.forces import industry, plans, readiness, stocks
from foedus.forces.parameters import FOLDER as FORCES
from foedus.guarantee import conditions, deterrence
from foedus.guarantee.parameters import FOLDER as GUARANTEE
from foedus.parameters import Parameter, ParameterFolder
from foedus.reinforcement import arrivals
from foedus.spending import budgets, economy, parts, shortfall
from foedus.spending.parameters import FOLDER as SPENDING

__all__ = ["CHAIN", "FOLDERS", "all_parameters"]

CHAIN: tuple[Component, ...] = (
    component("economy", economy),
    component("guarantee", conditions),
    component("positions", positions),
    component("decisions", adoption),
    component("accession", membership),
    component("budgets", budgets),
    component("aid", giving),
    component("parts", parts, shares_numbers_of="budgets"),
    component("shortfall", shortfall),
    component("industry", industry),
    component("forces", stocks),
    component("readiness", readiness),
    component("plans", plans),
    component("reinforcement", arrivals),
    component("deterrence", deterrence),
)
"""The components, in the order in which they run within a year."""

FOLDERS: tuple[ParameterFolder, ...] = (SPENDING, DECISIONS, ACCESSION, FORCES, AID, GUARANTEE)
"""The numbers of each room that has components."""


@cache
def all_parameters() -> Mapping[str, Parameter]:
    """Return every parameter that a scenario may set, named ``component.name``.

    Returns
    -------
    mapping of str to Parameter
        Read-only, by component in alphabetical order.
    """
    parts = {part: folder.component(part) for folder in FOLDERS for part in folder.components()}
    return MappingProxyType(
        {f"{part}.{name}": parameter for part in sorted(parts) for name, parameter in parts[part].items()}
    )
