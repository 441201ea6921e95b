"""foedus: an open model and workbench of a collective-defence alliance.

Every figure has a source, an edition and a date, so any question can be asked as of a day.

>>> import foedus
>>> foedus.status(year=2024, edition="nato-2024-06").meeting
23

The names here are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.analysis.compare import compare
    from foedus.evidence import Ledger
    from foedus.runs import Run, run
    from foedus.spending.status import status

__all__ = ["Ledger", "Run", "compare", "run", "status"]

_HOMES = {
    "Ledger": "foedus.evidence",
    "Run": "foedus.runs",
    "compare": "foedus.analysis.compare",
    "run": "foedus.runs",
    "status": "foedus.spending.status",
}


def __getattr__(name: str) -> Any:
    """Load a public name from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module 'foedus' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
