"""Runs: a scenario run over many draws, kept in a folder that nothing changes afterwards.

What computes is loaded when it is first used, so that a question about a run costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.runs.execute import run
    from foedus.runs.result import Run

__all__ = ["Run", "run"]


def __getattr__(name: str) -> Any:
    """Load a run's class, or the function that runs a scenario."""
    if name == "Run":
        from foedus.runs.result import Run

        return Run
    if name == "run":
        from foedus.runs.execute import run

        return run
    raise AttributeError(f"module 'foedus.runs' has no attribute {name!r}")
