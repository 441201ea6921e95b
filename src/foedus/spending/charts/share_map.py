"""The map of each ally's share of GDP, drawn to a box: classes around the bar, North America in an inset."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.fit import Box, staged
from foedus.plotting.shapes import shapes
from foedus.plotting.tokens import token
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.spending.status import Status

__all__ = ["CLASS_MARKS", "class_labels", "share_map"]

WEST = ("USA", "CAN", "GRL")
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

    rows = _rows(result)
    codes = {row["country"] for row in rows}
    west, east = (_features(codes, inset) for inset in (True, False))
    datasets = {"still_west": west[0], "still_west_else": west[1]}
    datasets |= {"still_east": east[0], "still_east_else": east[1], "classes": rows}
    return staged(
        {"layer": [*_europe(box), *_america(box)], "datasets": datasets, "view": {"fill": token("sea")}},
        box=box,
        padding=(0, 0, 0, 0),
        title=result.answer().title or result.headline(),
        description=f"Map of defence expenditure over GDP by ally in {result.year}, in classes around "
        f"{per_cent(result.guideline, 1)}.",
        source=f"{source_line(result)} Shapes: Natural Earth, public domain, simplified.",
        summary=[row["said"] for row in rows if row["country"] != "GRL"],
    )


def _rows(result: Status) -> list[dict[str, Any]]:
    """Return the class of every ally; Greenland is a part of the Kingdom of Denmark."""
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
    denmark = next((row for row in rows if row["country"] == "DNK"), None)
    return [*rows, denmark | {"country": "GRL"}] if denmark else rows


def _class(share: float | None, bar: float) -> str:
    """Return the class of a share, as printed to 0.01 per cent."""
    if share is None:
        return "none"
    return CLASS_MARKS[sum(round(share, 4) >= bar + step - 1e-12 for step in STEPS)]


def _features(codes: set[str], west: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the shapes of allies and of other countries, on one side of the Atlantic."""
    here = [shape for shape in shapes() if (shape["id"] in WEST) == west]
    inside = [{**s, "properties": {}} for s in here if s["id"] in codes]
    return inside, [{**s, "properties": {}} for s in here if s["id"] not in codes]


def _europe(box: Box) -> list[dict[str, Any]]:
    """Return the layers of Europe, which fills the box."""
    scale = 1.5 * box.height
    place = {"rotate": [-16, -53], "scale": scale, "translate": [0.64 * box.width, 0.51 * box.height]}
    return _layers("still_east", _projection(place, [[0, 0], [box.width, box.height]]))


def _america(box: Box) -> list[dict[str, Any]]:
    """Return the layers of North America, in a corner."""
    height = min(0.44 * box.height, 290.0)
    width = min(0.26 * box.width, 1.1 * height)
    left, top = 14.0, box.height - height - 14.0
    scale = min(width / 190, height / 200) * 150
    place = {"rotate": [92, -55], "scale": scale, "translate": [left + 0.52 * width, top + 0.53 * height]}
    corner = {"x": {"value": left}, "x2": {"value": left + width}}
    corner |= {"y": {"value": top}, "y2": {"value": top + height}}
    frame = {"type": "rect", "fill": token("sea"), "stroke": token("line"), "cornerRadius": 6}
    ground = {"data": {"values": [{}]}, "mark": frame, "encoding": corner}
    inside = _projection(place, [[left, top], [left + width, top + height]])
    return [ground, *_layers("still_west", inside)]


def _projection(place: dict[str, Any], clip: list[list[float]]) -> dict[str, Any]:
    """Return a projection that is cut off at the edges of its place."""
    return place | {"type": "azimuthalEqualArea", "clipExtent": clip}


def _layers(name: str, projection: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the other countries, the allies by class, and what has no figure."""
    look = {"type": "geoshape", "strokeWidth": 0.7}
    classes = {"data": {"name": "classes"}, "key": "country", "fields": ["ally", "class", "said"]}
    colour = {
        "field": "class",
        "type": "nominal",
        "legend": None,
        "scale": {
            "domain": [*CLASS_MARKS, "none"],
            "range": [*(token(name) for name in COLOURS), "url(#hatch-none)"],
        },
    }
    return [
        {
            "data": {"name": f"{name}_else"},
            "projection": projection,
            "mark": look | {"fill": token("land"), "stroke": token("paper")},
        },
        {
            "data": {"name": name},
            "projection": projection,
            "transform": [{"lookup": "id", "from": classes}],
            "mark": look | {"stroke": token("paper")},
            "encoding": {"fill": colour, "description": {"field": "said", "type": "nominal"}},
        },
    ]
