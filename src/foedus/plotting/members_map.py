"""A map of the members, drawn to a box: Europe, and North America in a corner at another scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.plotting.chart import Chart
from foedus.plotting.fit import Box, staged
from foedus.plotting.shapes import shapes
from foedus.plotting.tokens import token

__all__ = ["NONE", "members_map"]

WEST = ("USA", "CAN", "GRL")

NONE = "none"
"""The class of a member without a figure, which is hatched."""


def members_map(
    rows: Sequence[Mapping[str, Any]], colours: Mapping[str, str], box: Box, **words: Any
) -> Chart:
    """Draw a map on which every member has a class.

    Parameters
    ----------
    rows : sequence of mapping
        ``country`` (alpha-3 code), ``ally``, ``class`` and ``said``, what is said of it.
    colours : mapping of str to str
        The token of each class's colour, from low to high; :data:`NONE` has a hatching of its own.
    box : Box
        Its place.
    **words
        Title, description, source and summary, as :func:`~foedus.plotting.fit.staged` takes them.

    Returns
    -------
    Chart
        Other countries are pale; Greenland is a part of the Kingdom of Denmark.
    """
    denmark = next((row for row in rows if row["country"] == "DNK"), None)
    drawn = [*rows, {**denmark, "country": "GRL"}] if denmark else list(rows)
    codes = {row["country"] for row in drawn}
    west, east = (_features(codes, inset) for inset in (True, False))
    datasets: dict[str, Any] = {"still_west": west[0], "still_west_else": west[1]}
    datasets |= {"still_east": east[0], "still_east_else": east[1], "classes": drawn}
    return staged(
        {
            "layer": [*_europe(box, colours), *_america(box, colours)],
            "datasets": datasets,
            "view": {"fill": token("sea")},
        },
        box=box,
        padding=(0, 0, 0, 0),
        **words,
    )


def _features(codes: set[str], west: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the shapes of allies and of other countries, on one side of the Atlantic."""
    here = [shape for shape in shapes() if (shape["id"] in WEST) == west]
    inside = [{**s, "properties": {}} for s in here if s["id"] in codes]
    return inside, [{**s, "properties": {}} for s in here if s["id"] not in codes]


def _europe(box: Box, colours: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the layers of Europe, which fills the box."""
    scale = 1.5 * box.height
    place = {"rotate": [-16, -53], "scale": scale, "translate": [0.64 * box.width, 0.51 * box.height]}
    return _layers("still_east", colours, _projection(place, [[0, 0], [box.width, box.height]]))


def _america(box: Box, colours: Mapping[str, str]) -> list[dict[str, Any]]:
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
    return [ground, *_layers("still_west", colours, inside)]


def _projection(place: dict[str, Any], clip: list[list[float]]) -> dict[str, Any]:
    """Return a projection that is cut off at the edges of its place."""
    return place | {"type": "azimuthalEqualArea", "clipExtent": clip}


def _layers(name: str, colours: Mapping[str, str], projection: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the other countries, the allies by class, and what has no figure."""
    look = {"type": "geoshape", "strokeWidth": 0.7}
    classes = {"data": {"name": "classes"}, "key": "country", "fields": ["ally", "class", "said"]}
    colour = {
        "field": "class",
        "type": "nominal",
        "legend": None,
        "scale": {
            "domain": [*colours, NONE],
            "range": [*(token(name) for name in colours.values()), "url(#hatch-none)"],
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
