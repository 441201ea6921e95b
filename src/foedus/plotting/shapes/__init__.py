"""Country shapes for the map: Europe, its neighbours and North America, from public-domain data.

``SOURCE.yaml`` beside this module says where they come from and how they were simplified. Shapes are for
orientation; they say nothing about borders.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["shapes"]


@cache
def shapes() -> list[dict[str, Any]]:
    """Return the countries' shapes.

    Returns
    -------
    list of dict
        GeoJSON features in degrees; ``id`` is the ISO 3166 alpha-3 code.
    """
    text = resources.files("foedus.plotting.shapes").joinpath("alliance.geojson").read_text(encoding="utf-8")
    features: list[dict[str, Any]] = json.loads(text)["features"]
    return features
