"""Distances between public coordinates: great circles, by way of points at sea, times a detour factor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["EARTH_KM", "great_circle_km", "path_km"]

EARTH_KM = 6371.0
"""The mean radius of the Earth."""

Point = tuple[float, float]


def great_circle_km(a: Point, b: Point) -> float:
    """Return the length of the great circle between two points, kilometres.

    Parameters
    ----------
    a, b : (float, float)
        Latitude and longitude, degrees.
    """
    lat_a, lon_a, lat_b, lon_b = (math.radians(v) for v in (*a, *b))
    half = (
        math.sin((lat_b - lat_a) / 2.0) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2.0) ** 2
    )
    return 2.0 * EARTH_KM * math.asin(math.sqrt(half))


def path_km(points: Sequence[Point], detour: float) -> float:
    """Return the length of a path, each leg a great circle times a detour factor, kilometres."""
    return detour * sum(great_circle_km(a, b) for a, b in pairwise(points))
