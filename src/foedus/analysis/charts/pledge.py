"""The chart of a pledge: what it costs by year and by ally, and the odds that each ally arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.rows import across, ally_axis, layers, plot, text
from foedus.plotting.theme import BLUE, INK, LIGHT, ORANGE, finish
from foedus.units import billions, in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.analysis.pledge import PledgeReading

__all__ = ["pledge_chart"]


def pledge_chart(reading: PledgeReading) -> Chart:
    """Draw what a pledge asks of each ally.

    Parameters
    ----------
    reading : PledgeReading
        What :func:`foedus.analysis.pledge.pledge` gives.

    Returns
    -------
    Chart
        Above the cost of all by year; below each ally's cost in the deadline's year, and its odds. The cost
        follows from an identity and has no interval; the odds are what the interval of the shares comes to.
    """
    naive = reading.shown == "no change"
    rows = [
        {
            "name": r.name,
            "cost": r.cost_at_deadline / 1e9,
            "shown": billions(r.cost_at_deadline),
            "growth": in_per_cent(r.required_growth, 1),
            "odds": 100 * (r.odds_no_change if naive else r.odds),
            "odds_shown": in_per_cent(r.odds_no_change if naive else r.odds, 0),
            "still": 100 * r.odds_no_change,
        }
        for r in reading.rows
    ]
    prices = f"bn US dollars at {reading.price_year} prices"
    bars = {
        "vconcat": [
            _by_year(reading, prices),
            {"hconcat": [_cost(rows, reading, prices), _odds(rows, reading)], "spacing": 18},
        ],
        "spacing": 26,
    }
    total = sum(r.cost_at_deadline for r in reading.rows)
    first = reading.rows[0]
    which = "No change, because the model has had no skill so far ahead" if naive else "The model"
    return finish(
        bars,
        title=f"What {per_cent(reading.target, 1)} of GDP by {reading.deadline} asks of allies",
        subtitle="Cost: spending on a straight path to the target less spending at today's share. "
        f"Odds: {which.lower() if naive else 'the part of the draws in which the ally is there'}. "
        "Sorted by the cost of all years.",
        source=f"Source: foedus, as of {reading.as_of}, {reading.draws:,} draws. {reading.skill.sentence}",
        description=f"Bar and dot charts of the cost of the pledge of {per_cent(reading.target, 1)} of GDP "
        f"by {reading.deadline}: {billions(total, 0)} {prices} in {reading.deadline} for "
        f"{len(reading.rows)} allies.",
        summary=[
            f"In all, {billions(total, 0)} {prices} in {reading.deadline}; most for {first.name}, "
            f"{billions(first.cost_at_deadline)}.",
            *(
                f"{r.name}: {billions(r.cost_at_deadline)} bn, growth {per_cent(r.required_growth, 1)}, "
                f"odds {per_cent(r.odds_no_change if naive else r.odds, 0)}."
                for r in reading.rows
            ),
        ],
    )


def _by_year(reading: PledgeReading, prices: str) -> dict[str, Any]:
    """Draw the cost of all allies by year."""
    rows = [
        {"year": str(year), "cost": cost / 1e9, "shown": billions(cost, 0)}
        for year, cost in zip(reading.years, reading.cost_by_year, strict=True)
    ]
    x = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0, "labelOverlap": True}}
    y = {"field": "cost", "type": "quantitative", "title": None, "axis": {"tickCount": 4, "format": ",~f"}}
    words = {"type": "text", "dy": -7, "color": INK, "fontSize": 10.5}
    title = {"text": "Cost of all by year", "subtitle": prices, "fontSize": 12.5, "subtitleFontSize": 11}
    return {
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "bar", "color": BLUE}, "encoding": {"x": x, "y": y}},
            {"mark": words, "encoding": {"x": x, "y": y, "text": {"field": "shown"}}},
        ],
        "width": 560,
        "height": 95,
        "title": title | {"subtitlePadding": 2, "offset": 10},
    }


def _cost(rows: list[dict[str, Any]], reading: PledgeReading, prices: str) -> dict[str, Any]:
    """Draw each ally's cost in the deadline's year."""
    x, y = across("cost", prices, format=",~f"), ally_axis()
    tips = [
        {"field": "name", "title": "ally"},
        {"field": "shown", "title": "cost, bn"},
        {"field": "growth", "title": "growth, % a year"},
    ]
    bar = layers({"type": "bar", "height": {"band": 0.72}}, x=x, y=y, tooltip=tips)
    panel = plot(rows, [bar, *text("shown", x, y)], 250)
    return panel | {"title": _title(f"Cost in {reading.deadline}", "and what it is in billions")}


def _odds(rows: list[dict[str, Any]], reading: PledgeReading) -> dict[str, Any]:
    """Draw each ally's odds, and what no change says."""
    y = ally_axis(labels=False)
    ends = {"scale": {"domain": [0, 100], "nice": False}}
    x = across("odds", f"% of {reading.draws:,} draws") | ends
    still = across("still", f"% of {reading.draws:,} draws") | ends
    tips = [{"field": "name", "title": "ally"}, {"field": "odds_shown", "title": "odds, %"}]
    parts = [
        layers({"type": "rule", "color": LIGHT, "strokeWidth": 3}, x=still, x2={"field": "odds"}, y=y),
        layers(
            {"type": "point", "shape": "stroke", "angle": 90, "size": 120, "color": ORANGE, "strokeWidth": 2},
            x=still,
            y=y,
        ),
        layers({"type": "circle", "size": 60, "opacity": 1}, x=x, y=y, tooltip=tips),
    ]
    panel = plot(rows, parts, 210)
    return panel | {"title": _title("Odds of being there", "dot: odds; orange stroke: no change")}


def _title(heading: str, unit: str) -> dict[str, Any]:
    """Head a plot."""
    sizes = {"fontSize": 12.5, "subtitleFontSize": 11, "subtitlePadding": 2, "offset": 8, "frame": "group"}
    return {"text": heading, "subtitle": unit} | sizes
