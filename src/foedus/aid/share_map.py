"""Aid as a share of GDP on the map: the class of each country, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from foedus.aid.answer import KIND_WORDS
from foedus.axes import country_name
from foedus.plotting.members_map import NONE, members_map
from foedus.rounding import written
from foedus.units import billions, in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.aid.result import Aid
    from foedus.plotting.chart import Chart
    from foedus.plotting.fit import Box

__all__ = ["CLASS_ENDS", "CLASS_MARKS", "COLOURS", "NO_ENTRY", "class_labels", "class_rows", "share_map"]

CLASS_ENDS = (0.003, 0.008, 0.02)
"""Where classes end, shares of GDP."""

CLASS_MARKS = ("band", "above", "higher", "highest")
"""The class's mark in the legend, from low to high."""

COLOURS = ("us-4", "us-3", "us-2", "us")
"""The token of each class's colour."""

NO_ENTRY = "no entry"
"""What a country without a row lacks."""


def class_labels() -> tuple[str, ...]:
    """Return the words of the classes, from low to high."""
    ends = [in_per_cent(end, 1) for end in CLASS_ENDS]
    return (f"under {ends[0]}", *(f"{low} to {high}" for low, high in pairwise(ends)), f"{ends[-1]} or more")


def class_rows(result: Aid, countries: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Return what the map shows of each country.

    Parameters
    ----------
    result : Aid
        What :func:`foedus.aid.aid.aid` gives.
    countries : iterable of str, optional
        Which countries; without any, all donors that have a GDP.

    Returns
    -------
    list of dict
        ``country``, ``ally``, ``class`` and ``said``; ``short`` is the figure in a tile.
    """
    donors = {row.donor: row for row in result.donors if row.share_of_gdp_2021 is not None}
    rows = []
    for code in tuple(countries) or tuple(donors):
        name, row = country_name(code), donors.get(code)
        share = row.share_of_gdp_2021 if row else None
        if row is None or share is None:
            rows.append(
                {"country": code, "ally": name, "class": NONE, "said": f"{name}: {NO_ENTRY}", "short": "–"}
            )
            continue
        mark = CLASS_MARKS[sum(share >= end for end in CLASS_ENDS)]
        said = f"{name}: {per_cent(share, 2)} of GDP 2021, EUR {billions(row.allocated, 1)} bn allocated"
        short = written(share, 1, scale=2)
        rows.append({"country": code, "ally": name, "class": mark, "said": said, "short": short})
    return rows


def share_map(result: Aid, box: Box) -> Chart:
    """Draw donors by share of GDP to fill a box.

    Parameters
    ----------
    result : Aid
        What :func:`foedus.aid.aid.aid` gives.
    box : Box
        Its place.

    Returns
    -------
    Chart
        Countries without an entry are pale.
    """
    rows = class_rows(result)
    return members_map(
        rows,
        dict(zip(CLASS_MARKS, COLOURS, strict=True)),
        box,
        title=result.answer().title,
        description=f"Map of {KIND_WORDS[result.kind]} to Ukraine over GDP 2021, {len(rows)} donors.",
        source=f"{result.release.cited}. Shapes: Natural Earth, public domain, simplified.",
        summary=[row["said"] for row in rows],
    )
