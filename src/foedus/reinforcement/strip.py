"""The strip of kinds below the curve: a cell for each, with what a quarter more of it brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.plotting.tokens import token
from foedus.reinforcement.by_day_result import about
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.reinforcement.by_day_result import ByDay, KindOfLink

__all__ = ["STRIP", "PlotFrame", "kind_gain", "strip_layers"]

STRIP = 94
"""The height of the strip with its heading, in pixels."""

GAP, EDGE, INSIDE = 9, 14, 9
"""Between two cells, beside the first, and between a cell's edge and its words, in pixels."""

SMALL = 118
"""A cell narrower than this has shorter words, in pixels."""


@dataclass(frozen=True)
class PlotFrame:
    """The plot above the strip, whose axes the strip is drawn in.

    Attributes
    ----------
    width, height : float
        In pixels.
    top, last : float
        The upper ends of its axes, upwards and across.
    left, right : float
        What stands beside it, which the strip fills too, in pixels.
    """

    width: float
    height: float
    top: float
    last: float
    left: float
    right: float

    def across(self, pixels: float) -> float:
        """Return a place so many pixels to the right of the plot's left edge."""
        return pixels * self.last / self.width

    def down(self, pixels: float) -> float:
        """Return a place so many pixels below the plot's lower edge."""
        return -pixels * self.top / self.height


def strip_layers(result: ByDay, frame: PlotFrame) -> list[dict[str, Any]]:
    """Return the strip of kinds in the coordinates of the plot above it.

    Parameters
    ----------
    result : ByDay
        What has arrived by a day.
    frame : PlotFrame
        The plot.

    Returns
    -------
    list of dict
        Cells, bars and words.
    """
    data = {"values": _cells(result, frame)}
    raw, said = {"type": "nominal", "scale": None}, {"field": "said", "type": "nominal"}
    box = {"type": "rect", "fillOpacity": 0, "strokeWidth": 1.3, "cornerRadius": 6}
    bar = {"type": "rule", "strokeWidth": 5, "strokeCap": "round"}
    words = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12}
    more = f"More {result.what} by day {result.day} if each link of a kind held a quarter more, solved again:"
    heading = {"x0": frame.across(EDGE - frame.left), "y0": frame.down(38), "text": f"What binds. {more}"}
    filled = _at("b0", "by", x2={"field": "bx"}, color=raw | {"field": "fill"})
    edge = _at("x0", "y0", x2={"field": "x1"}, y2={"field": "y1"}, stroke=raw | {"field": "edge"})
    lines: tuple[tuple[str, str, dict[str, int]], ...] = (
        ("kind", "ty", {"fontWeight": 600}),
        ("use", "uy", {}),
        ("more", "gy", {}),
    )
    return [
        {
            "data": {"values": [heading]},
            "mark": words | {"fontSize": 13, "color": token("ink")},
            "encoding": _at("x0", "y0", text={"field": "text", "type": "nominal"}),
        },
        {"data": data, "mark": box, "encoding": edge | {"description": said, "tooltip": said}},
        {
            "data": data,
            "mark": bar | {"color": token("sunk")},
            "encoding": _at("b0", "by", x2={"field": "b1"}),
        },
        {"data": data, "mark": bar, "encoding": filled},
        *(
            {
                "data": data,
                "mark": words | look,
                "encoding": _at(
                    "b0", line, text={"field": name, "type": "nominal"}, color=raw | {"field": "ink"}
                ),
            }
            for name, line, look in lines
        ),
    ]


def _at(x: str, y: str, **more: Any) -> dict[str, Any]:
    """Return the channels of a mark at two fields."""
    quantity = {"type": "quantitative"}
    return {"x": quantity | {"field": x}, "y": quantity | {"field": y}, **more}


def _cells(result: ByDay, frame: PlotFrame) -> list[dict[str, Any]]:
    """Return a row for each kind, with where its cell, bar and words stand."""
    first, whole = EDGE - frame.left, frame.width + frame.left + frame.right - EDGE - 6
    wide = (whole - GAP * (len(result.kinds) - 1)) / len(result.kinds)
    rows = {"y0": 50, "ty": 61, "by": 74, "uy": 88, "gy": 104, "y1": STRIP + 18}
    cells = []
    for place, kind in enumerate(result.kinds):
        x, binds = first + place * (wide + GAP), kind is result.binding
        inner = wide - 2 * INSIDE
        columns = {"x0": x, "x1": x + wide, "b0": x + INSIDE, "b1": x + INSIDE + inner}
        columns["bx"] = x + INSIDE + inner * min(1.0, kind.used)
        cells.append(
            {
                "kind": kind.label,
                **{name: frame.across(pixels) for name, pixels in columns.items()},
                **{name: frame.down(pixels) for name, pixels in rows.items()},
                "edge": token("mine-fill" if binds else "line"),
                "fill": token("mine-fill" if binds else "us-2"),
                "ink": token("mine" if binds else "ink"),
                "use": f"{per_cent(kind.used, 0)} in use",
                "more": kind_gain(kind, result.day, small=wide < SMALL),
                "said": f"{kind.label}: {kind_gain(kind, result.day)}",
            }
        )
    return cells


def kind_gain(kind: KindOfLink, day: int, *, small: bool = False) -> str:
    """Return what a quarter more brings, as it stands in a cell."""
    gain = about(kind.gain)
    if gain == "none":
        return "nothing more"
    return f"+{gain}" if small else f"+{gain} by day {day}"
