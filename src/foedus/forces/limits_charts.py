"""The chart of what holds a requirement up: money, industry or people, by class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.forces.classes import equipment_class
from foedus.forces.closing import LIMITS
from foedus.forces.closing_charts import in_words, source_of
from foedus.forces.time_to_close import closes_words
from foedus.forces.words import NOBODY_ASKED
from foedus.plotting.chart import Chart
from foedus.plotting.fit import staged
from foedus.plotting.theme import WIDTH, finish
from foedus.plotting.tokens import token
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.forces.time_result import TimeToClose
    from foedus.plotting.fit import Box

__all__ = ["limits_chart", "limits_stage"]

COLOURS = {"money": "us", "industry": "mine", "people": "plum", "closed": "us-4"}
"""What holds a class up, by colour; each part of a bar says it in words too."""


def limits_chart(result: TimeToClose) -> Chart:
    """Draw what holds every class up: a bar of draws, and beside it when it closes.

    Parameters
    ----------
    result : TimeToClose
        A requirement on its way.

    Returns
    -------
    Chart
        A bar for each class, its parts named in words.
    """
    body = _bars(result, labels=190, narrow=False)
    body |= {"width": WIDTH - 330, "height": 34 * len(result.rows)}
    return finish(
        body,
        title=f"What holds “{result.requirement.headed}” up",
        subtitle=f"Part of {result.draws:,} draws by what each class waited for most. At the right: when it "
        f"closes, middle 80 % of draws. {NOBODY_ASKED}",
        source=source_of(result),
        description=f"Bar chart of {len(result.rows)} classes. "
        + " ".join(in_words(result, row) for row in result.rows[:2]),
        summary=[in_words(result, row) for row in result.rows],
    )


def limits_stage(result: TimeToClose, box: Box) -> Chart:
    """Draw the same bars without words around them, to fill a box.

    Parameters
    ----------
    result : TimeToClose
        A requirement on its way.
    box : Box
        Its place.

    Returns
    -------
    Chart
        As :func:`limits_chart`.
    """
    whole = limits_chart(result)
    left, right = (8, 104) if box.narrow else (208, 150)
    return staged(
        _bars(result, labels=left, narrow=box.narrow),
        box=box,
        padding=(left, 6, right, 26),
        title=whole.title,
        description=whole.description,
        source=whole.source,
        summary=whole.summary,
    )


def _bars(result: TimeToClose, *, labels: int, narrow: bool) -> dict[str, Any]:
    """Return the bars of what holds classes up, with what stands beside and above them."""
    bars, ends = _rows(result, narrow=narrow)
    axis: dict[str, Any] = {"labelLimit": labels, "labelFontSize": 13, "labelColor": token("ink")}
    axis |= {"grid": False, "labels": not narrow}
    y = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": axis}
    x = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, 1], "nice": False},
        "axis": {"format": ".0%", "tickCount": 5, "grid": False},
    }
    scale = {"domain": list(COLOURS), "range": [token(name) for name in COLOURS.values()]}
    drop = {"yOffset": 8 if narrow else 0}
    ink = {"condition": {"test": "datum.dark", "value": token("paper")}, "value": token("ink")}
    words = {"type": "text", "baseline": "middle", "fontSize": 12} | drop
    bar = {"type": "bar", "height": {"band": 0.42 if narrow else 0.6}}
    said = {"field": "said", "type": "nominal"}
    segment = {
        "x": x | {"field": "from"},
        "x2": {"field": "to"},
        "y": y,
        "color": {"field": "limit", "type": "nominal", "scale": scale, "legend": None},
        "tooltip": [said],
        "description": said,
    }
    inside = {"x": x | {"field": "middle"}, "y": y, "text": {"field": "text"}, "color": ink}
    beside = {"x": x | {"field": "one"}, "y": y, "text": {"field": "closes"}}
    layers: list[dict[str, Any]] = [
        bars | {"mark": bar | drop, "encoding": segment},
        bars | {"mark": words, "encoding": inside},
        ends | {"mark": words | {"align": "left", "dx": 6}, "encoding": beside},
    ]
    if narrow:
        above = {"type": "text", "align": "left", "baseline": "bottom", "dx": 1, "dy": -6, "fontSize": 12}
        names = {"x": x | {"field": "zero"}, "y": y, "text": {"field": "name"}}
        layers.append(ends | {"mark": above, "encoding": names})
    return {"layer": layers}


def _rows(result: TimeToClose, *, narrow: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the data of the bars, and of what stands at their ends."""
    segments, ends = [], []
    for row in result.rows:
        label, start = equipment_class(row.equipment).label, 0.0
        shares = {str(name): row.limits.get(name, 0.0) for name in LIMITS}
        shares["closed"] = max(0.0, 1.0 - sum(shares.values()))
        for name, share in shares.items():
            if share < 0.0005:
                continue
            words = "never missing" if name == "closed" else name
            segments.append(
                {
                    "name": label,
                    "from": start,
                    "to": start + share,
                    "middle": start + share / 2,
                    "limit": name,
                    "text": f"{words} {per_cent(share, 0)}" if share > (0.3 if narrow else 0.16) else "",
                    "dark": name != "closed",
                    "said": f"{label}: {words}, {per_cent(share, 0)} of draws",
                }
            )
            start += share
        closes = closes_words(row.closes, result.horizon)
        ends.append({"name": label, "one": 1.0, "zero": 0.0, "closes": closes})
    return {"data": {"values": segments}}, {"data": {"values": ends}}
