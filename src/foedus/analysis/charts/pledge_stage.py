"""The pledge on the stage: its cost by year, its cost by ally, and the odds that each ally arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.columns import (
    SHORT_NAMES,
    column_layer,
    label_layers,
    names_axis,
    padding_of,
    step_of,
    values_axis,
)
from foedus.plotting.fit import Box, staged
from foedus.plotting.tokens import token
from foedus.rounding import written
from foedus.units import billions, per_cent

if TYPE_CHECKING:
    from foedus.analysis.pledge import PledgeReading

__all__ = ["ally_costs_chart", "ally_odds_chart", "yearly_cost_chart"]

BAR = {"type": "bar", "color": token("us"), "width": {"band": 0.76}, "cornerRadiusEnd": 2}


def yearly_cost_chart(reading: PledgeReading, box: Box) -> Chart:
    """Draw what all allies spend more, by year.

    Parameters
    ----------
    reading : PledgeReading
        What the pledge asks.
    box : Box
        Its place.

    Returns
    -------
    Chart
        One column a year.
    """
    rows = [
        {
            "name": str(year),
            "value": cost / 1e9,
            "text": billions(cost, 0),
            "said": f"{year}: {billions(cost, 0)} bn",
        }
        for year, cost in zip(reading.years, reading.cost_by_year, strict=True)
    ]
    step = step_of(box, len(rows))
    x = names_axis(step, narrow=False) | {"axis": {"labelAngle": 0, "ticks": False, "labelFontSize": 13}}
    y = _money(rows, box)
    bar = column_layer(rows, x, y, "value", BAR | {"width": {"band": 0.62}})
    return _staged(
        reading, box, [bar, *label_layers(rows, x, y, "value", step)], rows, "Cost of all allies by year"
    )


def ally_costs_chart(reading: PledgeReading, box: Box) -> Chart:
    """Draw what each ally spends more in the deadline's year.

    Parameters
    ----------
    reading : PledgeReading
        What the pledge asks.
    box : Box
        Its place.

    Returns
    -------
    Chart
        The dearest first.
    """
    rows = _rows(reading, narrow=box.narrow)
    rows.sort(key=lambda row: -row["value"])
    step = step_of(box, len(rows))
    x, y = names_axis(step, narrow=box.narrow), _money(rows, box)
    layers = [column_layer(rows, x, y, "value", BAR), *label_layers(rows, x, y, "value", step)]
    return _staged(reading, box, layers, rows, f"Cost by ally in {reading.deadline}")


def ally_odds_chart(reading: PledgeReading, box: Box) -> Chart:
    """Draw the odds that each ally is at its target by the deadline, and what no change says.

    Parameters
    ----------
    reading : PledgeReading
        What the pledge asks.
    box : Box
        Its place.

    Returns
    -------
    Chart
        A dot for each ally; a stroke for no change.
    """
    rows = sorted(_rows(reading, narrow=box.narrow), key=lambda row: -row["odds"])
    step = step_of(box, len(rows))
    x, y = names_axis(step, narrow=box.narrow), values_axis(0, 100, narrow=box.narrow)
    stem = column_layer(rows, x, y, "odds", {"type": "rule", "color": token("line"), "strokeWidth": 3})
    stem["encoding"]["y2"] = {"field": "still"}
    stroke = {"type": "tick", "opacity": 1, "color": token("nochange"), "thickness": 3, "size": 0.7 * step}
    still = column_layer(rows, x, y, "still", stroke)
    size = min(90, 4 * step)
    dot = column_layer(
        rows, x, y, "odds", {"type": "circle", "color": token("us"), "opacity": 1, "size": size}
    )
    labelled = [{**row, "text": row["shown_odds"]} for row in rows]
    return _staged(
        reading, box, [stem, still, dot, *label_layers(labelled, x, y, "odds", step)], rows, "Odds by ally"
    )


def _money(rows: list[dict[str, Any]], box: Box) -> dict[str, Any]:
    """Return the axis of billions."""
    values = [row["value"] for row in rows]
    return values_axis(min(0.0, *values), 1.1 * max(1e-3, *values), narrow=box.narrow)


def _rows(reading: PledgeReading, *, narrow: bool) -> list[dict[str, Any]]:
    """Return one row for each ally."""
    naive = reading.shown == "no change"
    rows = []
    for row in reading.rows:
        odds = row.odds_no_change if naive else row.odds
        rows.append(
            {
                "name": row.country if narrow else SHORT_NAMES.get(row.country, row.name),
                "country": row.country,
                "value": row.cost_at_deadline / 1e9,
                "text": billions(row.cost_at_deadline, 0 if row.cost_at_deadline >= 1e10 else 1),
                "odds": 100 * odds,
                "still": 100 * row.odds_no_change,
                "shown_odds": written(odds, scale=2),
                "said": f"{row.name}: {billions(row.cost_at_deadline)} bn in {reading.deadline}, growth "
                f"{per_cent(row.required_growth, 1)} a year, odds {per_cent(odds, 0)}",
            }
        )
    return rows


def _staged(
    reading: PledgeReading, box: Box, layers: list[dict[str, Any]], rows: list[dict[str, Any]], what: str
) -> Chart:
    """Return the layers as a chart of the stage."""
    return staged(
        {"layer": layers},
        box=box,
        padding=padding_of(box),
        title=reading.answer().title or reading.headline(),
        description=f"{what} of {per_cent(reading.target, 1)} of GDP by {reading.deadline}.",
        source=f"foedus, as of {reading.as_of}, {reading.draws:,} draws.",
        summary=[row["said"] for row in rows],
    )
