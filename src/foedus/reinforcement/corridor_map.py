"""A schematic map of corridors between hubs, coloured by what binds: no road, bridge or yard is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.fit import Box, staged
from foedus.plotting.shapes import shapes
from foedus.plotting.theme import WIDTH, finish
from foedus.plotting.tokens import token
from foedus.reinforcement.by_day_result import about
from foedus.reinforcement.result import ASSUMED
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.reinforcement.by_day_result import ByDay, LinkOfMap

__all__ = ["LOOKS", "corridor_map", "corridor_map_stage"]

LOOKS = (("binds", "mine-fill"), ("binds a little", "mine-2"), ("in use", "us-2"), ("not used", "axis"))
"""The classes of corridors with their colours, from what binds to what is not used."""

LITTLE = 0.25
"""Below which part of the greatest worth a corridor binds only a little."""

HEIGHT = 460


def corridor_map(result: ByDay) -> Chart:
    """Draw the corridors, coloured by what binds.

    Parameters
    ----------
    result : ByDay
        What has arrived by a day.

    Returns
    -------
    Chart
        Straight lines between capitals and commercial ports, by what more room on each is worth at the most.
    """
    box = Box(WIDTH - 40, HEIGHT)
    place = _projection(box)
    body = _body(result) | {"width": box.width, "height": box.height, "projection": place}
    return finish(
        body,
        title=f"Which corridors bind by day {result.day}",
        subtitle="Straight lines between capitals and commercial ports, not roads; at the left they lead to "
        "North America. Orange: more room would bring most, by dual prices, which are upper bounds; pale: a "
        f"little; blue: in use; thin: not used. Best flow by day {result.day} at middle throughputs. "
        f"{ASSUMED}",
        source=f"Source: foedus; {', '.join((*result.editions, *result.cards))}. Shapes: Natural Earth.",
        description=f"Map of {len(_pairs(result))} corridors between hubs and ports. {result.bound()}",
        summary=_in_words(result),
    )


def corridor_map_stage(result: ByDay, box: Box) -> Chart:
    """Draw the same map without words around it, to fill a box.

    Parameters
    ----------
    result : ByDay
        What has arrived by a day.
    box : Box
        Its place.

    Returns
    -------
    Chart
        As :func:`corridor_map`.
    """
    whole = corridor_map(result)
    return staged(
        _body(result) | {"projection": _projection(box)},
        box=box,
        padding=(0, 0, 0, 0),
        title=whole.title,
        description=whole.description,
        source=whole.source,
        summary=whole.summary,
    )


def _projection(box: Box) -> dict[str, Any]:
    """Return the projection of Europe that fills a box; what leads over the Atlantic leaves at the left."""
    scale = min(1.42 * box.height, 1.3 * box.width)
    return {
        "type": "azimuthalEqualArea",
        "rotate": [-14, -53],
        "scale": scale,
        "translate": [0.5 * box.width, 0.5 * box.height],
        "clipExtent": [[0, 0], [box.width, box.height]],
    }


def _pairs(result: ByDay) -> dict[tuple[str, str], list[LinkOfMap]]:
    """Return the links between each pair of places, whatever their mode."""
    pairs: dict[tuple[str, str], list[LinkOfMap]] = {}
    for link in result.links:
        first, second = sorted((link.tail, link.head))
        pairs.setdefault((first, second), []).append(link)
    return pairs


def _class(links: list[LinkOfMap], greatest: float) -> str:
    """Return the class of a corridor, by that of its links that is worth most."""
    worth = max(link.worth for link in links)
    if worth > 0.0:
        return LOOKS[0 if worth > LITTLE * greatest else 1][0]
    return LOOKS[2][0] if any(link.carried > 0.0 for link in links) else LOOKS[3][0]


def _said(links: list[LinkOfMap]) -> str:
    """Return what a tip says of a corridor."""
    used = [link for link in links if link.carried > 0.0]
    if not used:
        return f"{links[0].tail} and {links[0].head}: not used"
    first = used[0]
    parts = (
        f"by {link.mode} {about(link.carried)}, full on {per_cent(link.full, 0)} of its days" for link in used
    )
    return f"{first.tail} to {first.head}: {'; '.join(parts)}"


def _rows(result: ByDay) -> list[dict[str, Any]]:
    """Return a row for each corridor, what binds last so that it lies on top."""
    order = [name for name, _ in LOOKS]
    greatest = max((link.worth for link in result.links), default=0.0)
    rows = []
    for links in _pairs(result).values():
        of_class = _class(links, greatest)
        tail, head = links[0].tail_at, links[0].head_at
        rows.append(
            {
                "class": of_class,
                "width": 1.0 if of_class == LOOKS[3][0] else 4.0 if of_class == LOOKS[0][0] else 2.6,
                "lat": tail[0],
                "lon": tail[1],
                "lat2": head[0],
                "lon2": head[1],
                "said": _said(links),
            }
        )
    return sorted(rows, key=lambda row: -order.index(row["class"]))


def _places(result: ByDay) -> list[dict[str, Any]]:
    """Return the ends of all corridors, once each."""
    ends = {
        name: at
        for link in result.links
        for name, at in ((link.tail, link.tail_at), (link.head, link.head_at))
    }
    return [
        {"name": name, "lat": lat, "lon": lon, "port": name.startswith("port of")}
        for name, (lat, lon) in ends.items()
    ]


def _body(result: ByDay) -> dict[str, Any]:
    """Return land, corridors and their ends."""
    land = {"type": "geoshape", "fill": token("land"), "stroke": token("paper"), "strokeWidth": 0.7}
    line = {"type": "rule", "clip": True, "strokeCap": "round", "opacity": 0.95}
    dot = {"type": "circle", "clip": True, "opacity": 1, "stroke": token("paper"), "strokeWidth": 0.8}
    said = {"field": "said", "type": "nominal"}
    at = {"longitude": {"field": "lon"}, "latitude": {"field": "lat"}}
    colour = {
        "field": "class",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": [name for name, _ in LOOKS], "range": [token(ink) for _, ink in LOOKS]},
    }
    ends = at | {"longitude2": {"field": "lon2"}, "latitude2": {"field": "lat2"}}
    thick = {"field": "width", "type": "quantitative", "scale": None}
    ink = {"condition": {"test": "datum.port", "value": token("nochange")}, "value": token("ink")}
    name = {"field": "name", "type": "nominal"}
    return {
        "datasets": {"still_land": [{**shape, "properties": {}} for shape in shapes()]},
        "view": {"fill": token("sea")},
        "layer": [
            {"data": {"name": "still_land"}, "mark": land},
            {
                "data": {"values": _rows(result)},
                "mark": line,
                "encoding": ends
                | {"color": colour, "strokeWidth": thick, "tooltip": said, "description": said},
            },
            {
                "data": {"values": _places(result)},
                "mark": dot,
                "encoding": at | {"color": ink, "size": {"value": 34}, "tooltip": name, "description": name},
            },
        ],
    }


def _in_words(result: ByDay) -> list[str]:
    """Return the corridors that bind in words, what more room would bring most first."""
    used = [links for links in _pairs(result).values() if any(link.carried > 0.0 for link in links)]
    first = sorted(used, key=lambda links: -max(link.worth for link in links))[:8]
    return [f"{_said(links)}." for links in first] or ["No corridor is used by then."]
