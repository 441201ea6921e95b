"""The answer of a scenario discovery: boxes with their limits, and the way to the first of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from foedus.analysis.discovery_inputs import DiscoveryInput
from foedus.results import Result
from foedus.tables import Column, Table
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart

__all__ = ["BoxLimit", "DiscoveredBox", "Discovery", "PathPoint"]


@dataclass(frozen=True)
class BoxLimit:
    """A limit of a box on one input.

    Attributes
    ----------
    input : str
        The input's name.
    label, kind : str
        What it is called; whether it is drawn, decided, believed, a number or a form.
    low, high : float or None
        Standard deviations of a random term, or the value of a choice; None where there is no limit.
    words : str
        The limit in words.
    p_value : float
        The probability that the limit would do as much by chance, on the draws that were counted.
    least, greatest : float
        The least and the greatest value of the input in any draw.
    """

    input: str
    label: str
    kind: str
    low: float | None
    high: float | None
    words: str
    p_value: float
    least: float
    greatest: float

    @property
    def clause(self) -> str:
        """The limit as the end of a sentence."""
        return self.words if self.words.startswith("is ") else f"is {self.words}"


@dataclass(frozen=True)
class DiscoveredBox:
    """A box, counted on the draws that it was not found on.

    Attributes
    ----------
    coverage : float
        The part of the draws that meet the threshold which lie inside; of a later box, of those that no
        earlier box holds.
    density : float
        The part of the draws inside that meet it.
    mass : float
        The part of all draws inside; of a later box, of those left.
    found_coverage, found_density : float
        The same on the draws on which it was found.
    limits : tuple of BoxLimit
        The limits, the surest first.
    """

    coverage: float
    density: float
    mass: float
    found_coverage: float
    found_density: float
    limits: tuple[BoxLimit, ...]


@dataclass(frozen=True)
class PathPoint:
    """A box on the way to the first box, on the draws on which it was found.

    Attributes
    ----------
    coverage, density, mass : float
        As for :class:`DiscoveredBox`.
    limits : int
        How many inputs are limited.
    chosen : bool
        Whether it has the best balance of coverage and density.
    """

    coverage: float
    density: float
    mass: float
    limits: int
    chosen: bool


@dataclass(frozen=True)
class Discovery(Result):
    """The regions in which a threshold is met.

    Attributes
    ----------
    scenarios : tuple of str
        Names of the scenarios.
    threshold, measure, label, unit : str
        The condition as it was read; the measure, what it is called, and its unit.
    year : int
        The year in which it is asked.
    draws, seed : int
        Draws of each scenario, and the seed.
    share : float
        The part of the draws that meet the threshold.
    boxes : tuple of DiscoveredBox
        The boxes, each among the draws that lie in none before; empty where none holds on other draws.
    path : tuple of PathPoint
        The way to the first box.
    inputs : tuple of DiscoveryInput
        What was looked at.
    notes : tuple of str
        What the reader must know.
    """

    ROWS: ClassVar[str] = "boxes"

    scenarios: tuple[str, ...]
    threshold: str
    measure: str
    label: str
    unit: str
    year: int
    draws: int
    seed: int
    share: float
    boxes: tuple[DiscoveredBox, ...]
    path: tuple[PathPoint, ...]
    inputs: tuple[DiscoveryInput, ...]
    notes: tuple[str, ...]

    def headline(self) -> str:
        """Return how often the threshold is met, and where."""
        met = f"{self.threshold} in {self.year}: met in {per_cent(self.share, 0)} of the draws"
        if not self.boxes:
            return f"{met}; no box of inputs holds them better than chance."
        box = self.boxes[0]
        where = " and ".join(f"{limit.label} {limit.clause}" for limit in box.limits)
        return (
            f"{met}. Where {where}, it is {per_cent(box.density, 0)}, and {per_cent(box.coverage, 0)} of all "
            "that meet it lie there."
        )

    def tables(self) -> tuple[Table, ...]:
        """Return the boxes with their limits, and the way to the first one."""
        boxes = tuple(
            {"box": i, **{k: v for k, v in vars(box).items() if k != "limits"}, **vars(limit), "place": j}
            for i, box in enumerate(self.boxes, 1)
            for j, limit in enumerate(box.limits)
        )
        columns = (
            Column("box", "Box", "count"),
            Column("label", "Input"),
            Column("kind", "Kind"),
            Column("words", "Limit"),
            Column("coverage", "Coverage", "per_cent_0"),
            Column("density", "Density", "per_cent_0"),
            Column("mass", "Mass", "per_cent_0"),
            Column("p_value", "By chance", "number_3"),
        )
        way = (
            Column("limits", "Limited inputs", "count"),
            Column("mass", "Mass", "per_cent_1"),
            Column("coverage", "Coverage", "per_cent_1"),
            Column("density", "Density", "per_cent_1"),
            Column("chosen", "Chosen", "yes_no"),
        )
        title = f"Boxes in which {self.threshold} in {self.year}, counted on draws they were not found on"
        return (
            Table("boxes", title, columns, boxes, more=("input", "low", "high")),
            Table("path", "The way to the first box", way, tuple(vars(p) for p in self.path), folded=True),
        )

    def path_in_short(self) -> Table:
        """Return the way with every fifth step, its ends and the chosen one."""
        whole, last = self.table("path"), len(self.path) - 1
        rows = tuple(
            row for i, row in enumerate(whole.rows) if i % 5 == 0 or i == last or self.path[i].chosen
        )
        return replace(whole, rows=rows)

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.analysis.charts import discovery as charts

        return {"boxes": charts.boxes_chart, "path": charts.path_chart}
