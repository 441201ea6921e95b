"""The chart of how often commitments were kept: a point and an interval for each kind and period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from foedus.guarantee.reliability import METHOD, count_words, label_of
from foedus.plotting.fit import staged
from foedus.plotting.rows import ally_axis, layers, text
from foedus.plotting.theme import BLUE, ORANGE, SAND, SKY, finish
from foedus.units import in_per_cent

if TYPE_CHECKING:
    from foedus.guarantee.reliability import Reliability
    from foedus.guarantee.reliability_record import Coding, HonourCount
    from foedus.plotting.chart import Chart
    from foedus.plotting.fit import Box

__all__ = ["intervals_chart", "intervals_stage"]

ROW = 19
"""The height of a row, in pixels."""


def intervals_chart(result: Reliability) -> Chart:
    """Draw each share with its interval over wars, and the rates of rival codings as diamonds.

    Parameters
    ----------
    result : Reliability
        What :func:`foedus.guarantee.reliability.reliability` gives.

    Returns
    -------
    Chart
        Rival codings above, counts below.
    """
    rows = _rows(result)
    return finish(
        {"data": {"values": rows}, "layer": _layers(rows), "width": 330, "height": ROW * len(rows)},
        title=f"{result.answer().title}: no rate is NATO's",
        subtitle="Share of commitments kept, per cent of those that a war called on. Diamond: a study's "
        "rate; point and bar: count and middle 95 % by resampling wars; blue before 1945 or in all, orange "
        "after 1944.",
        source=f"Source: {result.source}; rates of the other studies: their abstracts. {METHOD}",
        description=f"Dots with intervals for {len(result.counts)} counts and {len(result.codings)} studies. "
        f"{result.headline()}",
        summary=[str(row["said"]) for row in rows],
    )


def intervals_stage(result: Reliability, box: Box) -> Chart:
    """Draw the same rows without words around them, to fill a box.

    Parameters
    ----------
    result : Reliability
        The counts.
    box : Box
        Its place.

    Returns
    -------
    Chart
        As :func:`intervals_chart`.
    """
    whole, rows = intervals_chart(result), _rows(result)
    left = 150 if box.narrow else 300
    return staged(
        {"data": {"values": rows}, "layer": _layers(rows, left - 8)},
        box=box,
        padding=(left, 6, 46, 34),
        title=whole.title,
        description=whole.description,
        source=whole.source,
        summary=whole.summary,
    )


def _rows(result: Reliability) -> list[dict[str, Any]]:
    """Return a row for each coding, then one for each count."""
    return [*map(_coding_row, result.codings), *map(_count_row, result.counts)]


def _coding_row(coding: Coding) -> dict[str, Any]:
    """Return the row of a study's rate."""
    return {
        "name": coding.study,
        "study": coding.rate * 100,
        "end": coding.rate * 100,
        "words": f" {coding.rate_words}",
        "said": f"{coding.study}, {coding.years}: {coding.rate_words} kept. Counted: {coding.definition}.",
    }


def _count_row(count: HonourCount) -> dict[str, Any]:
    """Return the row of a count."""
    after = count.period == "after 1944"
    name = f"{label_of(count)}, {count.period}"
    return {
        "name": name,
        "share": count.share * 100,
        "low": count.low * 100,
        "high": count.high * 100,
        "end": count.high * 100,
        "ink": ORANGE if after else BLUE,
        "pale": SAND if after else SKY,
        "words": f" {in_per_cent(count.share, 0)} % ({count.honoured}/{count.cases})",
        "said": f"{name}: {count_words(count)}.",
    }


def _layers(rows: Sequence[Mapping[str, Any]], names: int = 290) -> list[dict[str, Any]]:
    """Return bars, points, diamonds and words; names are cut at a width in pixels."""
    # A layer drops the rows that it has no value for, so that the order has to be said.
    y = ally_axis() | {"sort": [row["name"] for row in rows]}
    y["axis"] = y["axis"] | {"labelLimit": names, "grid": False}

    def x(field: str) -> dict[str, Any]:
        axis = {"values": [0, 25, 50, 75, 100], "title": "per cent"}
        return {
            "field": field,
            "type": "quantitative",
            "scale": {"domain": [0, 118], "nice": False},
            "axis": axis,
        }

    tip = [{"field": "said", "type": "nominal", "title": "kept"}]
    return [
        layers(
            {"type": "bar", "height": 9},
            x=x("low"),
            x2={"field": "high"},
            y=y,
            color={"field": "pale", "type": "nominal", "scale": None},
            tooltip=tip,
        ),
        layers(
            {"type": "point", "filled": True, "size": 54, "opacity": 1},
            x=x("share"),
            y=y,
            color={"field": "ink", "type": "nominal", "scale": None},
            tooltip=tip,
        ),
        layers(
            {"type": "point", "filled": True, "shape": "diamond", "size": 70, "opacity": 1},
            x=x("study"),
            y=y,
            tooltip=tip,
        ),
        *text("words", x("end"), y),
    ]
