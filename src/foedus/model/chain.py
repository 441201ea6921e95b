"""The chain: which components run each year, and in which order.

The order is written here and nowhere else; :func:`foedus.engine.wiring.check` holds it against what the
components declare before the first year is run.
"""

from __future__ import annotations

from foedus.decisions import adoption as decisions
from foedus.decisions import positions
from foedus.engine.wiring import Component, component
from foedus.model import accession
from foedus.spending import budgets, economy

__all__ = ["CHAIN"]

CHAIN: tuple[Component, ...] = (
    component("economy", economy),
    component("positions", positions),
    component("decisions", decisions),
    component("accession", accession),
    component("budgets", budgets),
)
"""The components, in the order in which they run within a year."""
