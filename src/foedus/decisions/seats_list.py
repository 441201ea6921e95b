"""The list beside the ring of seats: who may break silence, each with its chance and range on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.decisions.brief import shown_name
from foedus.decisions.seats import MOST_LISTED, Seat, chance_range, others_words
from foedus.plotting.tokens import token
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.decisions.result import Decision

__all__ = ["pixel", "seat_list", "text_at", "text_layer"]

HEADING = "Who might break silence, and how likely"


def pixel(field: str) -> dict[str, Any]:
    """Return a channel that is a place in pixels.

    Parameters
    ----------
    field : str
        The field of the rows.

    Returns
    -------
    dict
        For `x`, `y` and their like.
    """
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def text_layer(rows: list[dict[str, Any]], **mark: Any) -> dict[str, Any]:
    """Return words at places in pixels.

    Parameters
    ----------
    rows : list of dict
        Each with `x`, `y` and `text`.
    **mark
        Their look.

    Returns
    -------
    dict
        One layer.
    """
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "baseline": "middle", **mark},
        "encoding": {"x": pixel("x"), "y": pixel("y"), "text": {"field": "text"}},
    }


def text_at(place: tuple[float, float], words: str, **mark: Any) -> dict[str, Any]:
    """Return one line of words at a place in pixels.

    Parameters
    ----------
    place : (float, float)
        Across and down.
    words : str
        The words.
    **mark
        Their look.

    Returns
    -------
    dict
        One layer.
    """
    return text_layer([{"x": place[0], "y": place[1], "text": words}], **mark)


def seat_list(
    answer: Decision, seats: list[Seat], across: tuple[float, float], height: float
) -> list[dict[str, Any]]:
    """List the members that may break silence, each with its chance and range on one scale.

    Parameters
    ----------
    answer : Decision
        The answer.
    seats : list of Seat
        The members.
    across : (float, float)
        The left and the right end, in pixels.
    height : float
        Of the whole, in pixels.

    Returns
    -------
    list of dict
        Layers.
    """
    objecting = [seat for seat in seats if seat.may_object and not seat.supposed]
    rows = [seat for seat in seats if seat.supposed][:4] + objecting
    rows = rows[:MOST_LISTED]
    left, right = across
    scale = (left + 0.33 * (right - left), left + 0.72 * (right - left))
    top = max(14.0, 0.03 * height)
    step = min(46.0, (height - top - 90.0) / max(1, len(rows)))
    first = top + 46.0
    layers = [
        text_at((left, top), HEADING, fontWeight="bold", fontSize=13, align="left"),
    ]
    if not rows:
        return [text_at((left, top), "Nobody breaks silence under any reading.", fontSize=13, align="left")]
    layers += _scale(scale, top + 20.0, first - 18.0 + step * len(rows))
    layers += _bars(rows, (left, *scale), first, step)
    accepting = sum(not seat.may_object and not seat.supposed for seat in seats)
    lines = [others_words(accepting, len(seats))] if accepting else []
    if len(objecting) > MOST_LISTED:
        lines.insert(0, f"And {len(objecting) - MOST_LISTED} more, each less likely.")
    if answer.unverified:
        lines.append(f"{answer.unverified} of the {len(seats)} positions are assumed or unverified.")
    below = first + step * len(rows) + 4.0
    return layers + [
        text_at((left, below + 19.0 * i), line, fontSize=12.5, color=token("soft"), align="left")
        for i, line in enumerate(lines)
    ]


def _scale(scale: tuple[float, float], top: float, bottom: float) -> list[dict[str, Any]]:
    """Draw the scale from nought to certain."""
    start, end = scale
    marks = [
        {
            "x": start + part * (end - start),
            "y": top + 10.0,
            "y2": bottom,
            "at": top,
            "text": per_cent(part, 0),
        }
        for part in (0.0, 0.5, 1.0)
    ]
    return [
        {
            "data": {"values": marks},
            "mark": {"type": "rule", "color": token("hair")},
            "encoding": {"x": pixel("x"), "y": pixel("y"), "y2": {"field": "y2"}},
        },
        {
            "data": {"values": marks},
            "mark": {"type": "text", "color": token("soft"), "fontSize": 11},
            "encoding": {"x": pixel("x"), "y": pixel("at"), "text": {"field": "text"}},
        },
    ]


def _bars(
    rows: list[Seat], across: tuple[float, float, float], first: float, step: float
) -> list[dict[str, Any]]:
    """Draw each member's range and chance, with its name before and its figures after."""
    values = _bar_rows(rows, across, first, step)
    drawn = [row for row in values if not row["supposed"]]
    agreed = [row for row in values if row["supposed"]]
    y = pixel("y")
    words = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 13}
    bar = {"type": "rule", "strokeWidth": 10, "strokeCap": "round", "color": token("mine-2")}
    tick = {"type": "tick", "thickness": 4, "size": 18, "color": token("mine-fill"), "opacity": 1}
    return [
        {
            "data": {"values": values},
            "mark": words | {"color": token("ink")},
            "encoding": {"x": pixel("x"), "y": y, "text": {"field": "name"}},
        },
        {
            "data": {"values": drawn},
            "mark": bar,
            "encoding": {"x": pixel("low"), "x2": {"field": "high"}, "y": y, "tooltip": {"field": "tip"}},
        },
        {"data": {"values": drawn}, "mark": tick, "encoding": {"x": pixel("at"), "y": y}},
        {
            "data": {"values": drawn},
            "mark": words | {"color": token("ink")},
            "encoding": {"x": pixel("end"), "y": y, "text": {"field": "text"}},
        },
        {
            "data": {"values": agreed},
            "mark": words | {"color": token("us"), "fontStyle": "italic"},
            "encoding": {"x": pixel("start"), "y": y, "text": {"value": "supposed to agree"}},
        },
    ]


def _bar_rows(
    rows: list[Seat], across: tuple[float, float, float], first: float, step: float
) -> list[dict[str, Any]]:
    """Return each member's places in pixels: its name, its range, its chance, its figures."""
    left, start, end = across
    width = end - start
    return [
        {
            "y": first + step * i,
            "name": shown_name(seat.code),
            "code": seat.code,
            "x": left,
            "low": start + width * seat.low,
            "high": start + width * max(seat.high, seat.low + 0.01),
            "at": start + width * seat.chance,
            "end": end + 10.0,
            "start": start,
            "text": chance_range(seat.chance, seat.low, seat.high),
            "tip": seat.tip,
            "supposed": seat.supposed,
        }
        for i, seat in enumerate(rows)
    ]
