"""The chart of belief needed by European strength, with its regions, every corner, and a step of a tenth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.engine.arrays import Array
from foedus.guarantee.belief_map import STRONGEST, WEAKEST, BeliefMap, Border, belief_map, ranges_shown
from foedus.plotting.chart import Chart
from foedus.plotting.fit import staged
from foedus.plotting.theme import WIDTH, finish
from foedus.plotting.tokens import token
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.guarantee.deter import Deterrence
    from foedus.plotting.fit import Box

__all__ = ["belief_map_chart", "belief_map_stage"]

HEIGHT = 320
"""The height of a file's plot, in pixels."""

TOP = 118.0
"""The upper end of the axis: above a hundred stand the regions' names, and how far their borders can move."""

NAMES, FIRST, SECOND = 113.5, 107.5, 104.0
"""Where they stand on it."""

TITLE = "The weaker Europe is on the spot, the more belief the guarantee needs"


@dataclass(frozen=True)
class _Plot:
    """Both axes, and whether the place is a phone's."""

    narrow: bool = False

    @property
    def x(self) -> dict[str, Any]:
        """European strength over the attacker's; a doubling is one step of equal width."""
        labels = (
            "datum.value == 1 ? 'even' : datum.value < 1 ? '1 to ' + 1 / datum.value : datum.value + ' to 1'"
        )
        return {
            "field": "strength",
            "type": "quantitative",
            "title": "European strength, to the attacker's"
            if self.narrow
            else "European strength on the spot, to the attacker's (a doubling is one step of equal width)",
            "scale": {"type": "log", "domain": [WEAKEST, STRONGEST], "nice": False},
            "axis": {"values": [0.25, 0.5, 1, 2, 4], "labelExpr": labels, "grid": False, "labelFlush": True},
        }

    @property
    def y(self) -> dict[str, Any]:
        """Belief, of a hundred."""
        return {
            "field": "belief",
            "type": "quantitative",
            "title": None if self.narrow else "Attacker's belief that the US decides to help, q, 0 to 100",
            "scale": {"domain": [0, TOP], "nice": False},
            "axis": {"values": [0, 25, 50, 75, 100]},
        }

    def layer(
        self, rows: Sequence[Mapping[str, Any]], mark: Mapping[str, Any], **more: Any
    ) -> dict[str, Any]:
        """Return one layer over rows of its own."""
        return {
            "data": {"values": list(rows)},
            "mark": dict(mark),
            "encoding": {"x": self.x, "y": self.y, **more},
        }


def belief_map_chart(result: Deterrence) -> Chart:
    """Draw belief needed by European strength, with title and source.

    Parameters
    ----------
    result : Deterrence
        What :func:`foedus.analysis.deter.deter` gives.

    Returns
    -------
    Chart
        Three regions, the line with every range at its middle, a band of each range alone, a thin line for
        every corner, and bars above that show how far the borders can move.
    """
    drawn = belief_map(ranges_shown(result))
    return finish(
        {"layer": _layers(drawn, _Plot()), "width": WIDTH - 70, "height": HEIGHT},
        title=TITLE,
        subtitle="Thick: every range at its middle. Band: each range alone. Thin: every corner. Bars above: "
        "how far each border can move. All assumed: order and exchange rate say something, the level little.",
        source=f"Source: foedus, ranges assumed; {', '.join(result.cards)}.",
        description=f"Belief needed by European strength. {result.answer().sentence()}",
        summary=_in_words(drawn),
    )


def belief_map_stage(result: Deterrence, box: Box) -> Chart:
    """Draw the same to fill a box, without words around it.

    Parameters
    ----------
    result : Deterrence
        What :func:`foedus.analysis.deter.deter` gives.
    box : Box
        Its place.

    Returns
    -------
    Chart
        As :func:`belief_map_chart`.
    """
    whole, drawn = belief_map_chart(result), belief_map(ranges_shown(result))
    return staged(
        {"layer": _layers(drawn, _Plot(box.narrow))},
        box=box,
        padding=(34, 4, 14, 42) if box.narrow else (62, 6, 22, 50),
        title=whole.title,
        description=whole.description,
        source=whole.source,
        summary=whole.summary,
    )


def _layers(drawn: BeliefMap, plot: _Plot) -> list[dict[str, Any]]:
    """Return the layers, from the ground up."""
    strengths = drawn.strengths.tolist()
    band = [
        {"strength": s, "belief": 100.0 * low, "high": 100.0 * high}
        for s, low, high in zip(strengths, drawn.low.tolist(), drawn.high.tolist(), strict=True)
    ]
    corners = [
        {**point, "line": number}
        for number, (line, ends) in enumerate(
            zip(drawn.corners, drawn.corner_borders.T.tolist(), strict=True)
        )
        for point in _line(drawn.strengths, line, ends)
    ]
    thin = {"type": "line", "color": token("us-2"), "strokeWidth": 0.8, "opacity": 0.75}
    thick = {"type": "line", "color": token("us"), "strokeWidth": 3}
    tips = [{"field": "strength", "format": ".2f"}, {"field": "belief", "format": ".0f"}]
    return [
        *_grounds(drawn, plot),
        plot.layer(band, {"type": "area", "color": token("us-3"), "opacity": 0.38}, y2={"field": "high"}),
        plot.layer(corners, thin, detail={"field": "line"}),
        *_borders(drawn, plot),
        plot.layer(
            _line(drawn.strengths, drawn.centre, (drawn.suffices.middle, drawn.unneeded.middle)),
            thick,
            tooltip=tips,
        ),
        *_step(drawn, plot),
        *_names(drawn, plot),
    ]


def _line(strengths: Array, needs: Array, borders: Sequence[float]) -> list[dict[str, float]]:
    """Return a line's points between two borders, which are its ends where they lie on the map."""
    inside = (needs > 0.0) & (needs < 1.0)
    points = list(zip(strengths[inside].tolist(), (100.0 * needs[inside]).tolist(), strict=True))
    left, right = borders
    first = [(left, 100.0)] if left > WEAKEST else []
    last = [(right, 0.0)] if right < STRONGEST else []
    return [{"strength": strength, "belief": belief} for strength, belief in (*first, *points, *last)]


def _grounds(drawn: BeliefMap, plot: _Plot) -> list[dict[str, Any]]:
    """Return the grounds of the two outer regions."""
    spans = ((WEAKEST, drawn.suffices.middle, "mine-3"), (drawn.unneeded.middle, STRONGEST, "us-4"))
    return [
        plot.layer(
            [{"strength": left, "right": right, "belief": 0.0, "high": 100.0}],
            {"type": "rect", "color": token(colour), "opacity": 0.8},
            x2={"field": "right"},
            y2={"field": "high"},
        )
        for left, right, colour in spans
        if right > left
    ]


def _borders(drawn: BeliefMap, plot: _Plot) -> list[dict[str, Any]]:
    """Return the borders, and above the plot how far each can move."""
    layers = []
    for border, height, bar, ink in (
        (drawn.suffices, FIRST, "mine-2", "mine"),
        (drawn.unneeded, SECOND, "us-3", "us"),
    ):
        row = {"strength": border.low, "right": border.high, "belief": height}
        rule = {"type": "rule", "color": token(bar), "strokeWidth": 5, "strokeCap": "round"}
        layers.append(plot.layer([row], rule, x2={"field": "right"}))
        if WEAKEST < border.middle < STRONGEST:
            down = {"strength": border.middle, "belief": 0.0, "high": 100.0}
            dashes = {"type": "rule", "color": token(ink), "strokeWidth": 1.6, "strokeDash": [5, 4]}
            dot = {"type": "point", "filled": True, "size": 60, "opacity": 1, "color": token(ink)}
            layers += [
                plot.layer([down], dashes, y2={"field": "high"}),
                plot.layer([{"strength": border.middle, "belief": height}], dot),
            ]
    return layers


def _step(drawn: BeliefMap, plot: _Plot) -> list[dict[str, Any]]:
    """Return the strength asked about, and what a tenth more of it stands in for."""
    at, more = drawn.at, min(1.1 * drawn.at, STRONGEST)
    if not WEAKEST <= at <= STRONGEST:
        return []
    rule = {"type": "rule", "color": token("mine-fill"), "strokeWidth": 1.6}
    down = plot.layer([{"strength": at, "belief": 0.0, "high": 100.0}], rule, y2={"field": "high"})
    if drawn.start in {0.0, 1.0}:
        return [down]
    start, after = 100.0 * drawn.start, 100.0 * drawn.after
    corner = [(at, start), (more, start), (more, after)]
    rows = [
        {"strength": strength, "belief": belief, "turn": i} for i, (strength, belief) in enumerate(corner)
    ]
    line = {"type": "line", "color": token("mine"), "strokeWidth": 2.4}
    dot = {"type": "point", "filled": True, "size": 110, "opacity": 1, "color": token("mine-fill")}
    words = f"+10 %{'' if plot.narrow else ' here'}: −{written(drawn.start - drawn.after, 1, scale=2)}"
    said = {"strength": more, "belief": start, "text": words if plot.narrow else f"{words} points"}
    return [
        down,
        plot.layer(rows, line, order={"field": "turn"}),
        plot.layer(rows[:1], dot | {"stroke": token("paper"), "strokeWidth": 1.5}),
        *_words([said], plot, "mine", align="left", dx=9, dy=-4, fontWeight=600),
    ]


def _names(drawn: BeliefMap, plot: _Plot) -> list[dict[str, Any]]:
    """Return the names of the regions, each above its own."""
    short = plot.narrow
    left, right = _inside(drawn.suffices), _inside(drawn.unneeded)
    layers = []
    if left > 1.25 * WEAKEST:
        layers += _words(
            [_named(WEAKEST, "cannot suffice" if short else "It cannot suffice")], plot, "mine", align="left"
        )
    elif drawn.suffices.high > WEAKEST and not short:
        # With every range at its middle it begins off the map.
        named = _named(WEAKEST, "In some corners it cannot suffice")
        layers += _words([named], plot, "mine", align="left")
    if right < STRONGEST / 1.25:
        layers += _words(
            [_named(STRONGEST, "not needed" if short else "It is not needed")], plot, "us", align="right"
        )
    if right > 1.5 * left:
        layers += _words(
            [_named((left * right) ** 0.5, "it matters" if short else "It matters")], plot, "ink"
        )
    return layers


def _inside(border: Border) -> float:
    """Return the middle of a border within the map."""
    return float(np.clip(border.middle, WEAKEST, STRONGEST))


def _named(strength: float, text: str) -> dict[str, Any]:
    """Return a name of a region as a row."""
    return {"strength": strength, "belief": NAMES, "text": text}


def _words(rows: Sequence[Mapping[str, Any]], plot: _Plot, ink: str, **more: Any) -> list[dict[str, Any]]:
    """Return texts with a halo of paper below them, so that lines do not cross letters."""
    size = 11.5 if plot.narrow else 13.5
    mark = {"type": "text", "baseline": "middle", "fontSize": size, "fontWeight": 600, **more}
    halo = mark | {"stroke": token("paper"), "strokeWidth": 4, "strokeJoin": "round", "color": token("paper")}
    text = {"field": "text", "type": "nominal"}
    return [plot.layer(rows, each, text=text) for each in (halo, mark | {"color": token(ink)})]


def _in_words(drawn: BeliefMap) -> list[str]:
    """Return the main figures in words."""
    return [
        f"No belief suffices below {written(drawn.suffices.middle, 2)} times the attacker's strength "
        f"({written(drawn.suffices.low, 2)} to {written(drawn.suffices.high, 2)}).",
        f"None is needed from {written(drawn.unneeded.middle, 2)} times on "
        f"({written(drawn.unneeded.low, 2)} to {written(drawn.unneeded.high, 2)}).",
        *(
            f"At {written(strength, 2)} times: {written(need, 0, scale=2)} of 100."
            for strength, need in zip(
                drawn.strengths[::16].tolist(), drawn.centre[::16].tolist(), strict=True
            )
        ),
    ]
