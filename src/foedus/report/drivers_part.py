"""The part of a report that says which chances its headline numbers turn on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.analysis.driver_words import spread_words, together_words
from foedus.tables import Column, Table
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.analysis.drivers import ShockIndices, TargetDrivers
    from foedus.runs import Run

__all__ = ["DRIVES", "HeadlineDrivers", "headline_drivers"]

DRIVES = ("drivers", "What drives the headline numbers")
"""Anchor and name of the section."""

DRAWS = 200
"""Draws of each run of the analysis: enough for the order of chances, and for their size to some points."""


@dataclass(frozen=True)
class HeadlineDrivers:
    """Which chances the measures of a run turn on in its last year.

    Attributes
    ----------
    indices : ShockIndices
        The indices of all measures.
    """

    indices: ShockIndices

    def headline(self) -> str:
        """Return what carries most of the first measure."""
        return self.indices.headline()

    def lines(self) -> tuple[str, ...]:
        """Return what chances carry together, and how the figures were taken."""
        first = self.indices.targets[0]
        taken = (
            f"{self.indices.runs} runs of {self.indices.draws} draws, not the report's own: "
            "ranges differ by their noise. `foedus sensitivity` takes 8,000."
        )
        return (*(() if first.is_constant else (together_words(first),)), taken, *self.indices.notes())

    def table(self) -> Table:
        """Return a row for each measure: its range, and the two chances that carry most of it."""
        columns = (
            Column("label", f"in {self.indices.year}", "name"),
            Column("range", "median and middle 80 %", "text", align="right"),
            Column("first", "turns most on", "text"),
            Column("second", "next", "text"),
        )
        rows = tuple(_row(target) for target in self.indices.targets)
        return Table("drivers", "What carries the spread of each measure", columns, rows)


def headline_drivers(run: Run) -> HeadlineDrivers:
    """Return which chances the measures of a run turn on.

    Parameters
    ----------
    run : Run
        The run.

    Returns
    -------
    HeadlineDrivers
        Of its last year, from the run's own seed and the next one.
    """
    from foedus.analysis.sensitivity import shock_indices

    seed = int(run.manifest["seed"])
    return HeadlineDrivers(shock_indices(run.resolved, draws=DRAWS, seeds=(seed, seed + 1)))


def _row(target: TargetDrivers) -> dict[str, str]:
    """Return the row of a measure."""
    shares = [f"{s.label}, {per_cent(s.index.total, 0)}" for s in target.shocks if s.index.total >= 0.005]
    none = "nothing: it is the same in every draw" if target.is_constant else ""
    first, second = [*shares, none, "", ""][:2] if shares else (none, "")
    return {"label": target.label, "range": spread_words(target), "first": first, "second": second}
