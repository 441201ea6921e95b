"""Chart of the growth of the Alliance: of the totals, and of the same members beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.errors import NoDataError
from foedus.plotting.chart import Chart
from foedus.plotting.theme import BLUE, INK, LIGHT, ORANGE, WIDTH, altair, data, finish
from foedus.spending.charts.status import source_line
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.spending.status import Status

__all__ = ["growth_chart"]

TOTALS, SAME = "totals, each of the members of its year", "same members in both years"


def growth_chart(result: Status) -> Chart:
    """Draw the real growth of each aggregate on the year before, totals and same members.

    Parameters
    ----------
    result : Status
        What :func:`foedus.spending.status.status` gives.

    Returns
    -------
    Chart
        A row for each aggregate with a mark for each meaning of growth; one mark covers the other where
        nobody joined.

    Raises
    ------
    NoDataError
        When the edition gives the growth of no aggregate.
    """
    rows = _rows(result)
    if not rows:
        raise NoDataError(
            f"edition {result.card.id} gives no growth of an aggregate in {result.year}",
            do="ask for another year or edition",
        )
    first = result.year - 1
    joined = sorted({code for row in result.alliance for code in row.joined})
    who = f" {', '.join(map(country_name, joined))} joined." if joined else ""
    return finish(
        _marks(rows),
        title=f"Real growth of defence expenditure from {first} to {result.year}: totals and same members",
        subtitle="Per cent at constant prices. A total counts the members of its year, so that an entry "
        f"reads as growth.{who}",
        source=source_line(result),
        description=f"Dot chart of the real growth of the Alliance's spending in {result.year}, of the "
        "totals and among the same members.",
        summary=[f"{r['name']}, {r['meaning']}: {per_cent(r['growth'])}." for r in rows],
    )


def _rows(result: Status) -> list[dict[str, Any]]:
    """Return one row for each aggregate and meaning of growth."""
    return [
        {
            "name": row.name,
            "meaning": meaning,
            "growth": value,
            "text": per_cent(value, 1),
            "shown": per_cent(value),
        }
        for row in result.alliance
        for meaning, value in ((TOTALS, row.growth), (SAME, row.growth_same_members))
        if value is not None
    ]


def _marks(rows: list[dict[str, Any]]) -> Any:
    """Draw a mark for each growth, and a line over what the two meanings span."""
    alt = altair()
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelColor=INK, labelLimit=180, grid=True))
    )
    span = base.mark_rule(color=LIGHT, strokeWidth=3).encode(
        x=alt.X(
            "min(growth):Q",
            title="Real growth",
            axis=alt.Axis(labelExpr="format(100 * datum.value, '.1~f') + ' %'"),
        ),
        x2="max(growth):Q",
    )
    names = [TOTALS, SAME]
    marks = base.mark_point(size=110, filled=True, opacity=0.9).encode(
        x="growth:Q",
        shape=alt.Shape("meaning:N", scale=alt.Scale(domain=names, range=["square", "circle"])),
        color=alt.Color(
            "meaning:N", scale=alt.Scale(domain=names, range=[ORANGE, BLUE]), legend=alt.Legend(columns=1)
        ),
        tooltip=["name:N", "meaning:N", alt.Tooltip("shown:N", title="growth")],
    )
    # One meaning's figure stands above its mark and the other's below, so that neither hides the other.
    words = [
        base.transform_filter(alt.datum.meaning == meaning)
        .mark_text(dy=dy, fontSize=10.5)
        .encode(x="growth:Q", text="text:N")
        for meaning, dy in ((TOTALS, -13), (SAME, 15))
    ]
    return alt.layer(span, marks, *words).properties(
        width=WIDTH - 220, height=max(3, len({r["name"] for r in rows})) * 48
    )
