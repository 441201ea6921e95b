"""The table of members as a ring of seats: who accepts, who may break silence, and how likely.

A seat is a wedge; outwards stands how likely its member is to break silence on the draft as tabled, from the
reading of its position that opposes most to the one that opposes least. Positions are in pixels, so that the
ring keeps its place in any box.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import cos, sin
from typing import TYPE_CHECKING, Any

from foedus.decisions.seats import Seat, seat_words, seats_of, seats_title
from foedus.decisions.seats_list import seat_list, text_at, text_layer
from foedus.errors import InputError
from foedus.plotting.chart import Chart
from foedus.plotting.fit import Box, staged
from foedus.plotting.theme import finish
from foedus.plotting.tokens import token

if TYPE_CHECKING:
    from foedus.decisions.result import Decision

__all__ = ["seats_chart", "seats_in_box"]

MOST_NAMED = 44
"""Seats that are still wide enough for a name."""

LIST = 350.0
"""What the list beside the ring takes at least, in pixels."""

INNER, RING = 0.54, 0.61
"""Where a seat begins, and where the ring of those that accept ends, as parts of the outer radius."""


def seats_chart(answer: Decision) -> Chart:
    """Draw the table of members with title and source.

    Parameters
    ----------
    answer : Decision
        The answer, which has a reversion: without one nobody can be said to lose.

    Returns
    -------
    Chart
        A ring of seats, and beside it the members that may break silence.
    """
    if not answer.holdouts:
        raise InputError(
            "no reversion is given, so that nobody can be said to object",
            where="--chart-kind seats",
            do="draw positions",
        )
    return replace(_titled(answer, Box(700, 420)), slim=partial(_titled, answer, Box(290, 330)))


def _titled(answer: Decision, box: Box) -> Chart:
    """Draw the table of members in a box, with title and source."""
    body = _body(answer, box) | {"width": box.width, "height": box.height}
    return finish(
        body,
        title=seats_title(answer),
        subtitle=f"{' '.join(answer.question.split())} Outwards: how likely a member is to break silence on "
        "the draft as put; pale: by how its position is read.",
        source=f"Source: positions judged in the file; foedus, {answer.draws:,} draws, seed {answer.seed}.",
        description=f"A ring of {len(answer.holdouts)} seats. {seats_title(answer)}.",
        summary=seat_words(answer),
    )


def seats_in_box(answer: Decision, box: Box) -> Chart:
    """Draw the table of members alone, to a box.

    Parameters
    ----------
    answer : Decision
        The answer.
    box : Box
        The place; in a narrow one the ring stands alone.

    Returns
    -------
    Chart
        Without title and source.
    """
    return staged(
        _body(answer, box),
        box=box,
        padding=(0, 0, 0, 0),
        title=seats_title(answer),
        description=f"A ring of {len(answer.holdouts)} seats. {seats_title(answer)}.",
        source="",
        summary=seat_words(answer),
    )


def _body(answer: Decision, box: Box) -> dict[str, Any]:
    """Return the layers of ring and list."""
    seats = seats_of(answer)
    listed = not box.narrow
    ring = box.width - max(LIST, 0.38 * box.width) if listed else box.width
    outer = max(60.0, min(ring - 68.0, box.height - (56.0 if box.narrow else 40.0)) / 2.0)
    middle = (ring / 2.0, box.height / 2.0)
    layers = [*_wedges(seats, middle, outer), *_names(seats, middle, outer), *_centre(seats, middle, outer)]
    if listed:
        layers += seat_list(answer, seats, (ring + 16.0, box.width), box.height)
    return {"layer": layers, "view": {"stroke": None}}


def _arc(rows: list[dict[str, Any]], middle: tuple[float, float], **mark: Any) -> dict[str, Any]:
    """Return one layer of wedges."""
    return {
        "data": {"values": rows},
        "mark": {"type": "arc", "x": middle[0], "y": middle[1], **mark},
        "encoding": {
            "theta": {"field": "start", "type": "quantitative", "scale": None},
            "theta2": {"field": "end"},
            "radius": {"field": "to", "type": "quantitative", "scale": None},
            "radius2": {"field": "from"},
            "detail": {"field": "code", "type": "nominal"},
            "tooltip": {"field": "tip"},
        },
    }


def _wedges(seats: list[Seat], middle: tuple[float, float], outer: float) -> list[dict[str, Any]]:
    """Draw the seats: pale blue for those that accept, orange outwards for those that may object."""
    inner, ring = INNER * outer, RING * outer

    def row(seat: Seat, first: float, last: float, trim: float = 0.0) -> dict[str, Any]:
        width = seat.end - seat.start
        ends = {"start": seat.start + trim * width, "end": seat.end - trim * width}
        return ends | {"from": first, "to": last, "code": seat.code, "tip": seat.tip}

    accepting = [seat for seat in seats if not seat.may_object and not seat.supposed]
    objecting = [seat for seat in seats if seat.may_object and not seat.supposed]
    agreeing = [seat for seat in seats if seat.supposed]
    reach = outer - inner
    return [
        _arc([row(seat, inner, outer) for seat in accepting], middle, color=token("us-4")),
        _arc([row(seat, inner, ring) for seat in accepting], middle, color=token("us")),
        _arc([row(seat, inner, outer) for seat in objecting], middle, color=token("sunk")),
        _arc(
            [row(seat, inner + reach * seat.low, inner + reach * seat.high) for seat in objecting],
            middle,
            color=token("mine-2"),
        ),
        _arc(
            [row(seat, inner, inner + max(reach * seat.chance, 1.5), 0.18) for seat in objecting],
            middle,
            color=token("mine-fill"),
        ),
        _arc(
            [row(seat, inner, outer) for seat in agreeing],
            middle,
            color=token("us-4"),
            stroke=token("us"),
            strokeWidth=1.5,
            strokeDash=[3, 3],
        ),
    ]


def _names(seats: list[Seat], middle: tuple[float, float], outer: float) -> list[dict[str, Any]]:
    """Write the members' names around the ring, those that may object in bold."""
    if len(seats) > MOST_NAMED:
        return []
    groups: dict[tuple[bool, str], list[dict[str, Any]]] = {}
    for i, seat in enumerate(seats):
        angle = (seat.start + seat.end) / 2.0
        # In a small ring the names above and below stand in two rows, so that none covers the next.
        away = outer + 8.0 + (10.0 * (i % 2) if outer < 120 and abs(sin(angle)) < 0.55 else 0.0)
        side = "center" if abs(sin(angle)) < 0.35 else "left" if sin(angle) > 0 else "right"
        place = {"x": middle[0] + away * sin(angle), "y": middle[1] - away * cos(angle)}
        key = (seat.may_object and not seat.supposed, side)
        groups.setdefault(key, []).append(place | {"text": seat.code[:4]})
    looks = {
        True: {"color": token("mine"), "fontWeight": "bold"},
        False: {"color": token("soft"), "fontWeight": "normal"},
    }
    size = 11.5 if outer > 120 else 10.5
    return [
        text_layer(rows, align=side, fontSize=size, **looks[bold]) for (bold, side), rows in groups.items()
    ]


def _centre(seats: list[Seat], middle: tuple[float, float], outer: float) -> list[dict[str, Any]]:
    """Write in the ring's middle how many accept and how many may break silence."""
    objecting = sum(seat.may_object and not seat.supposed for seat in seats)
    x, y = middle
    large, small = min(44.0, 0.2 * outer), min(19.0, max(10.5, 0.092 * outer))
    lines = (
        (str(len(seats) - objecting), large, "us", -0.30),
        ("accept", small, "soft", -0.115),
        (str(objecting), large, "mine", 0.1),
        ("may break silence" if outer > 130 else "may object", small, "soft", 0.285),
    )
    return [
        text_at(
            (x, y + shift * outer),
            words,
            align="center",
            fontSize=size,
            color=token(colour),
            fontWeight="bold" if size == large else "normal",
        )
        for words, size, colour, shift in lines
    ]
