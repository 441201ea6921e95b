"""A number with each form of a component: a dot and its interval for each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from foedus.plotting.fit import staged
from foedus.plotting.theme import BLUE, INK, MUTED, ORANGE, WIDTH, finish

if TYPE_CHECKING:
    from foedus.analysis.forms import NumberByForm
    from foedus.plotting.chart import Chart
    from foedus.plotting.fit import Box

__all__ = ["forms_chart", "forms_stage"]


def forms_chart(result: NumberByForm) -> Chart:
    """Draw the number with each form.

    Parameters
    ----------
    result : NumberByForm
        What each form gives.

    Returns
    -------
    Chart
        A dot with its interval for each form; the scenario as it is in blue.
    """
    answer = result.answer()
    return finish(
        _dots(result) | {"width": WIDTH - 60, "height": 60 * len(result.forms)},
        title=answer.title,
        subtitle=f"{result.target.label} in {result.year}: median and the middle 80 % of {result.draws:,} "
        "draws with each form of a component. Forms have no probability, and are never averaged.",
        source=f"Source: foedus, {result.resolved.title}, as of {result.resolved.as_of}.",
        description=f"Dots of {result.about} with {len(result.forms)} forms of the model.",
        summary=[f"{form.label}: {result.written(form)}." for form in result.forms],
    )


def forms_stage(result: NumberByForm, box: Box) -> Chart:
    """Draw the same without words around it, to fill a box.

    Parameters
    ----------
    result : NumberByForm
        What each form gives.
    box : Box
        Its place.

    Returns
    -------
    Chart
        As :func:`forms_chart`.
    """
    whole = forms_chart(result)
    body: dict[str, Any] = _dots(result)
    return replace(
        staged(
            body,
            box=box,
            padding=(16, 10, 24, 30),
            title=whole.title,
            description=whole.description,
            source=whole.source,
        ),
        summary=whole.summary,
    )


SCALES = {"usd": (1e-9, "bn USD"), "eur": (1e-9, "bn EUR"), "fraction": (100.0, "per cent")}
"""What values of a unit are multiplied by on the axis, and what that is called."""


def _dots(result: NumberByForm) -> dict[str, Any]:
    """Return a row for each form: its words above, dot and interval below."""
    factor, unit = SCALES.get(result.target.unit, (1.0, ""))
    rows = [
        {
            "name": form.label,
            "value": factor * form.median,
            "low": factor * form.low,
            "high": factor * form.high,
            "colour": BLUE if form.as_run else ORANGE,
            "text": f"{form.label}{', as run' if form.as_run else ''}: {result.written(form)}",
        }
        for form in result.forms
    ]
    ends = [factor * value for form in result.forms for value in (form.low, form.high)]
    gap = 0.06 * ((max(ends) - min(ends)) or max(abs(max(ends)), 1.0))
    start, end = min(ends) - gap, max(ends) + gap
    rows = [row | {"start": start} for row in rows]
    y = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": None}
    x = {
        "type": "quantitative",
        "title": unit or None,
        "scale": {"domain": [start, end], "nice": False, "zero": False},
        "axis": {"tickCount": 5, "labelColor": MUTED},
    }
    colour = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    words = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 13, "dy": -16, "color": INK}
    return {
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 7, "opacity": 0.35},
                "encoding": {"y": y, "x": x | {"field": "low"}, "x2": {"field": "high"}, "color": colour},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 130, "opacity": 1},
                "encoding": {"y": y, "x": x | {"field": "value"}, "color": colour},
            },
            {"mark": words, "encoding": {"y": y, "x": x | {"field": "start"}, "text": {"field": "text"}}},
        ],
    }
