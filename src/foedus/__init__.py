"""foedus: an open model and workbench of a collective-defence alliance.

Every figure has a source, an edition and a date, so any question can be asked as of a day.

>>> import foedus
>>> foedus.status(year=2024, edition="nato-2024-06").meeting
23

The names here are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.api.accession import accession
    from foedus.api.aid import aid, sustain
    from foedus.api.citing import cite
    from foedus.api.decisions import decide
    from foedus.api.drivers import explain, hindcast, sensitivity
    from foedus.api.evidence import editions, export, figure, indicators, institutions, sources
    from foedus.api.forces import reinforce
    from foedus.api.guarantee import attribution, deter, deter_game, reliability, spiral
    from foedus.api.office import scorecard
    from foedus.api.reading import check, read
    from foedus.api.runs import compare, ensemble, run
    from foedus.api.spending import burden, country, pledge, status
    from foedus.evidence import Ledger
    from foedus.runs import Run

__all__ = [
    "Ledger",
    "Run",
    "accession",
    "aid",
    "attribution",
    "burden",
    "check",
    "cite",
    "compare",
    "country",
    "decide",
    "deter",
    "deter_game",
    "editions",
    "ensemble",
    "explain",
    "export",
    "figure",
    "hindcast",
    "indicators",
    "institutions",
    "pledge",
    "read",
    "reinforce",
    "reliability",
    "run",
    "scorecard",
    "sensitivity",
    "sources",
    "spiral",
    "status",
    "sustain",
]

_HOMES = {
    "Ledger": "foedus.evidence",
    "Run": "foedus.runs",
    "accession": "foedus.api.accession",
    "aid": "foedus.api.aid",
    "attribution": "foedus.api.guarantee",
    "burden": "foedus.api.spending",
    "check": "foedus.api.reading",
    "cite": "foedus.api.citing",
    "compare": "foedus.api.runs",
    "country": "foedus.api.spending",
    "decide": "foedus.api.decisions",
    "deter": "foedus.api.guarantee",
    "deter_game": "foedus.api.guarantee",
    "editions": "foedus.api.evidence",
    "ensemble": "foedus.api.runs",
    "explain": "foedus.api.drivers",
    "export": "foedus.api.evidence",
    "figure": "foedus.api.evidence",
    "hindcast": "foedus.api.drivers",
    "indicators": "foedus.api.evidence",
    "institutions": "foedus.api.evidence",
    "pledge": "foedus.api.spending",
    "read": "foedus.api.reading",
    "reinforce": "foedus.api.forces",
    "reliability": "foedus.api.guarantee",
    "run": "foedus.api.runs",
    "scorecard": "foedus.api.office",
    "sensitivity": "foedus.api.drivers",
    "sources": "foedus.api.evidence",
    "spiral": "foedus.api.guarantee",
    "status": "foedus.api.spending",
    "sustain": "foedus.api.aid",
}


class _Package(ModuleType):
    """The package, in which a public function keeps its name where a room has it too (`foedus.accession`)."""

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute; a room that is imported does not take the place of a function."""
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    """Load a public name from its home, or read the installed version."""
    if name == "__version__":
        from importlib.metadata import version

        return version("foedus")
    if name not in _HOMES:
        raise AttributeError(f"module 'foedus' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted([*__all__, "__version__"])
