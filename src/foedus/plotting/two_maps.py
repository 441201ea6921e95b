"""A map of countries by class, in a file: North America and Europe side by side, at different scales."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.plotting.shapes import shapes
from foedus.plotting.theme import GREY, LIGHT, PAPER, WIDTH
from foedus.plotting.tokens import token

__all__ = ["two_maps"]

WEST = ("USA", "CAN", "GRL")

HEIGHT = 400


def two_maps(
    shown: Mapping[str, Mapping[str, str]], colours: Mapping[str, str], tips: Mapping[str, str]
) -> dict[str, Any]:
    """Draw countries by class on two maps.

    Parameters
    ----------
    shown : mapping of str to mapping
        By alpha-3 code the country's ``class`` and what a tip reads out; other countries are pale.
    colours : mapping of str to str
        The colour of each class, in the order of the legend.
    tips : mapping of str to str
        What a tip reads out: keys of `shown`, with their headings.

    Returns
    -------
    dict
        Panels side by side. Greenland has a code of its own and is a part of the Kingdom of Denmark.
    """
    codes = dict(shown) | ({"GRL": shown["DNK"]} if "DNK" in shown else {})
    features = shapes()
    drawn = [{**f, "properties": codes[f["id"]]} for f in features if f["id"] in codes]
    pale = [f for f in features if f["id"] not in codes]
    panels = []
    for west, width, turn, scale, move in (
        (True, 190, [92, -55], 164, [102, 200]),
        (False, WIDTH - 204, [-16, -53], 600, [208, 204]),
    ):
        inside, outside = ([f for f in part if (f["id"] in WEST) == west] for part in (drawn, pale))
        layers = _layers(inside, outside, tips)
        layers[1]["encoding"]["color"]["scale"] = {"domain": list(colours), "range": list(colours.values())}
        place = {"rotate": turn, "scale": scale, "translate": move, "clipExtent": [[0, 0], [width, HEIGHT]]}
        panels.append(
            {
                "width": width,
                "height": HEIGHT,
                "view": {"fill": token("sea"), "stroke": LIGHT},
                "projection": place | {"type": "azimuthalEqualArea"},
                "layer": layers,
            }
        )
    return {"hconcat": panels, "spacing": 12}


def _layers(
    countries: list[dict[str, Any]], others: list[dict[str, Any]], tips: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Draw one part of the map, as a plain specification: Altair would copy every shape several times."""
    key = {"symbolType": "square", "symbolStrokeColor": GREY, "symbolStrokeWidth": 0.6, "columns": 4}
    said = [{"field": f"properties.{name}", "title": title} for name, title in tips.items()]
    lines = {"strokeWidth": 0.6, "type": "geoshape"}
    return [
        {"data": {"values": others}, "mark": lines | {"fill": token("land"), "stroke": LIGHT}},
        {
            "data": {"values": countries},
            "mark": lines | {"stroke": PAPER},
            "encoding": {"color": {"field": "properties.class", "legend": key}, "tooltip": said},
        },
    ]
