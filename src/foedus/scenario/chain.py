"""The chain: which components run each year, and in which order.

The order is written here and nowhere else; :func:`foedus.engine.wiring.check` holds it against what the
components declare before the first year is run.
"""

from __future__ import annotations

from foedus.accession import membership
from foedus.decisions import adoption, positions
from foedus.engine.component import Component, component
from foedus.spending import budgets, economy

__all__ = ["CHAIN"]

CHAIN: tuple[Component, ...] = (
    component("economy", economy),
    component("positions", positions),
    component("decisions", adoption),
    component("accession", membership),
    component("budgets", budgets),
)
"""The components, in the order in which they run within a year."""
