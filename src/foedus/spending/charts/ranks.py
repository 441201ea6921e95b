"""Each ally's ranks over every weighting, upwards: the chart of the burden on the stage."""

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
from foedus.units import in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.spending.burden import Burden

__all__ = ["ranks_chart", "shares_chart"]


def _rows(burden: Burden, *, narrow: bool) -> list[dict[str, Any]]:
    """Return one row for each ally, the highest share of GDP first."""
    return [
        {
            "name": row.country if narrow else SHORT_NAMES.get(row.country, row.name),
            "country": row.country,
            "best": row.best_rank,
            "worst": row.worst_rank,
            "low": row.likely_best_rank,
            "high": row.likely_worst_rank,
            "gdp": i + 1,
            "share": 100 * row.share_of_gdp,
            "text": in_per_cent(row.share_of_gdp),
            "said": f"{row.name}: {per_cent(row.share_of_gdp)} of GDP, rank {row.best_rank} to "
            f"{row.worst_rank}, {row.likely_best_rank} to {row.likely_worst_rank} by nine weightings in ten",
        }
        for i, row in enumerate(burden.rows)
    ]


def ranks_chart(burden: Burden, box: Box) -> Chart:
    """Draw each ally's ranks, the best at the top.

    Parameters
    ----------
    burden : Burden
        Who bears how much.
    box : Box
        Its place.

    Returns
    -------
    Chart
        A thin line from best to worst, a band over nine weightings in ten, a dot at the rank by share.
    """
    rows = _rows(burden, narrow=box.narrow)
    step = step_of(box, len(rows))
    x = names_axis(step, narrow=box.narrow)
    ticks = [1, *range(5, len(rows) + 1, 5)]
    y = values_axis(0, len(rows) + 1, narrow=box.narrow, values=ticks, format="d")
    y["scale"] = y["scale"] | {"reverse": True}
    line = column_layer(rows, x, y, "best", {"type": "rule", "color": token("axis"), "strokeWidth": 1.5})
    line["encoding"]["y2"] = {"field": "worst"}
    wide = {"type": "bar", "color": token("us-3"), "width": {"band": 0.5}, "cornerRadius": 3}
    band = column_layer(rows, x, y, "low", wide)
    band["encoding"]["y2"] = {"field": "high"}
    size = min(80, 3.2 * step)
    dot = column_layer(
        rows, x, y, "gdp", {"type": "circle", "color": token("us"), "opacity": 1, "size": size}
    )
    return _staged(burden, box, [line, band, dot], rows, "Ranks over every weighting of the measures")


def shares_chart(burden: Burden, box: Box) -> Chart:
    """Draw each ally's share of GDP as a column.

    Parameters
    ----------
    burden : Burden
        Who bears how much.
    box : Box
        Its place.

    Returns
    -------
    Chart
        The highest first.
    """
    rows = _rows(burden, narrow=box.narrow)
    step = step_of(box, len(rows))
    x = names_axis(step, narrow=box.narrow)
    y = values_axis(0, max(row["share"] for row in rows) * 1.08, narrow=box.narrow)
    bar = {"type": "bar", "color": token("us"), "width": {"band": 0.76}, "cornerRadiusEnd": 2}
    layers = [column_layer(rows, x, y, "share", bar), *label_layers(rows, x, y, "share", step)]
    return _staged(burden, box, layers, rows, "Share of GDP")


def _staged(
    burden: Burden, box: Box, layers: list[dict[str, Any]], rows: list[dict[str, Any]], what: str
) -> Chart:
    """Return the layers as a chart of the stage."""
    return staged(
        {"layer": layers},
        box=box,
        padding=padding_of(box),
        title=burden.answer().title or burden.headline(),
        description=f"{what} of {len(rows)} allies in {burden.year}, the highest share of GDP first.",
        source=f"Source: {burden.title} ({burden.edition}).",
        summary=[row["said"] for row in rows],
    )
