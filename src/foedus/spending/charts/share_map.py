"""The map of each ally's share of GDP, drawn to a box: classes around the bar, North America in an inset."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.fit import Box
from foedus.plotting.members_map import NONE, members_map
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.spending.status import Status

__all__ = ["CLASS_MARKS", "COLOURS", "class_labels", "class_rows", "share_map"]

STEPS = (-0.005, 0.0, 0.005, 0.015)
"""Where classes end, from the bar."""

CLASS_MARKS = ("short", "below", "above", "higher", "highest")
"""The classes from low to high, as the style sheet and the legend name them."""

COLOURS = ("short", "mine-2", "us-3", "us-2", "us")


def class_labels(bar: float) -> list[str]:
    """Return the words of the classes around a bar, from low to high."""
    ends = [per_cent(bar + step, 1).removesuffix(" %") for step in STEPS]
    between = [f"{low} to {high}" for low, high in pairwise(ends)]
    return [f"below {ends[0]}", *between, f"{ends[-1]} % or more"]


def share_map(result: Status, box: Box) -> Chart:
    """Draw the map of each ally's share of GDP.

    Parameters
    ----------
    result : Status
        Who meets the guideline.
    box : Box
        Its place.

    Returns
    -------
    Chart
        Europe, and North America in a corner at another scale; hatched where there is no figure.
    """
    from foedus.spending.charts.status import source_line

    rows = class_rows(result)
    return members_map(
        rows,
        dict(zip(CLASS_MARKS, COLOURS, strict=True)),
        box,
        title=result.answer().title or result.headline(),
        description=f"Map of defence expenditure over GDP by ally in {result.year}, in classes around "
        f"{per_cent(result.guideline, 1)}.",
        source=f"{source_line(result)} Shapes: Natural Earth, public domain, simplified.",
        summary=[row["said"] for row in rows],
    )


def class_rows(result: Status) -> list[dict[str, Any]]:
    """Return the class of every ally around the bar.

    Parameters
    ----------
    result : Status
        Who meets the guideline.

    Returns
    -------
    list of dict
        Code, name, class, and what is said of it.
    """
    rows = []
    for row in result.rows:
        said = "no figure" if row.share is None else per_cent(row.share)
        rows.append(
            {
                "country": row.country,
                "ally": row.name,
                "class": _class(row.share, result.guideline),
                "said": f"{row.name}: {said} in {result.year}",
            }
        )
    return rows


def _class(share: float | None, bar: float) -> str:
    """Return the class of a share, as printed to 0.01 per cent."""
    if share is None:
        return NONE
    return CLASS_MARKS[sum(round(share, 4) >= bar + step - 1e-12 for step in STEPS)]
