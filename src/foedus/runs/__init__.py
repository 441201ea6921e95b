"""Runs: a scenario run over many draws, kept in a folder that nothing changes afterwards."""

from foedus.runs.execute import run
from foedus.runs.result import Run

__all__ = ["Run", "run"]
