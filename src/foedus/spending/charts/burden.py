"""Charts of burdens: each ally's rank over every weighting, and what later editions make of a count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.rows import across, ally_axis, layers, plot
from foedus.plotting.theme import BLUE, GREY, INK, LIGHT, ORANGE, SKY, WIDTH, finish
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.spending.burden import Burden
    from foedus.spending.revision import Revision

__all__ = ["burden_chart", "revision_chart"]

METRICS = {
    "share_of_gdp": "share of GDP",
    "spending_less_gdp": "part of spending less part of GDP",
    "equipment_share": "equipment share",
    "per_head_usd": "spending per head",
}


def burden_chart(burden: Burden) -> Chart:
    """Draw each ally's rank, from the best to the worst over every weighting of the measures.

    Parameters
    ----------
    burden : Burden
        What :func:`foedus.spending.burden.burden` gives.

    Returns
    -------
    Chart
        A thin line from best to worst rank, a band over the middle 90 % of weightings, and a dot at the rank
        by share of GDP alone.
    """
    rows = _rank_rows(burden)
    measures = ", ".join(METRICS.get(name, name) for name in burden.metrics)
    wide = max(burden.rows, key=lambda r: r.likely_worst_rank - r.likely_best_rank)
    sure = [r.name for r in burden.rows if r.worst_rank <= len(burden.rows) / 3]
    return finish(
        plot(rows, _rank_layers(len(rows)), WIDTH - 170),
        title=f"Who bears most in {burden.year} depends on the weights",
        subtitle=f"Ranks over every weighting of {measures}. Line: from best to worst; band: the middle 90 % "
        "of weightings; dot: by share of GDP alone. There is no single index.",
        source=f"Source: {burden.title} ({burden.edition}).",
        description=f"Range chart of the ranks of {len(rows)} allies in burden sharing in {burden.year}. "
        f"The widest range is that of {wide.name}, from {wide.likely_best_rank} to {wide.likely_worst_rank}.",
        summary=[
            f"In the first third whatever the weights: {', '.join(sure) or 'nobody'}.",
            *(f"{r['name']}: {r['share']} of GDP, rank {r['likely']}." for r in rows),
        ],
    )


def _rank_rows(burden: Burden) -> list[dict[str, Any]]:
    """Return the ranks of every ally, the highest share of GDP first."""
    return [
        {
            "name": row.name,
            "best": row.best_rank,
            "worst": row.worst_rank,
            "low": row.likely_best_rank - 0.3,
            "high": row.likely_worst_rank + 0.3,
            "gdp": i + 1,
            "share": per_cent(row.share_of_gdp),
            "likely": f"{row.likely_best_rank} to {row.likely_worst_rank}",
        }
        for i, row in enumerate(burden.rows)
    ]


def _rank_layers(count: int) -> list[dict[str, Any]]:
    """Draw the line from best to worst, the band and the dot."""
    y = ally_axis()
    ends = {"scale": {"domain": [0, count + 1], "nice": False}}
    axis = {"values": [1, *range(5, count + 1, 5)], "format": "d"}
    x = across("best", "Rank among allies; 1 bears most", **axis) | ends
    tips = [
        {"field": "name", "title": "ally"},
        {"field": "share", "title": "share of GDP"},
        {"field": "likely", "title": "rank, middle 90 %"},
    ]
    return [
        layers({"type": "rule", "color": GREY, "strokeWidth": 1.5}, x=x, x2={"field": "worst"}, y=y),
        layers(
            {"type": "rule", "color": SKY, "strokeWidth": 8},
            x=x | {"field": "low"},
            x2={"field": "high"},
            y=y,
        ),
        layers({"type": "circle", "size": 55, "opacity": 1}, x=x | {"field": "gdp"}, y=y, tooltip=tips),
    ]


def revision_chart(revision: Revision) -> Chart:
    """Draw what later editions may make of a count that rests on estimates.

    Parameters
    ----------
    revision : Revision
        What :func:`foedus.spending.revision.revision` gives.

    Returns
    -------
    Chart
        The chance of every count, the printed one marked, and what later editions printed where they have.
    """
    level = per_cent(revision.guideline, 1)
    rows: list[dict[str, Any]] = [
        {
            "count": str(count),
            "chance": 100 * chance,
            "where": "printed" if count == revision.printed else "inside" if inside else "outside",
        }
        for count, chance in sorted(revision.distribution.items())
        for inside in [revision.low <= count <= revision.high]
    ]
    known = {row["count"]: row["chance"] for row in rows}
    later = [
        {"count": str(count), "chance": known[str(count)], "edition": edition}
        for edition, count in revision.later.items()
        if str(count) in known
    ]
    judged = ", ".join(f"{e.edition} for {e.year}, held against {e.later}" for e in revision.judged_by)
    said = "; ".join(f"{edition} printed {count}" for edition, count in revision.later.items())
    return finish(
        _counts(rows, later, level),
        title=f"Allies at {level} in {revision.year}: {revision.printed} printed, "
        f"{revision.low} to {revision.high} later",
        subtitle=f"Chance of each count in a later print, from the errors of past estimates. "
        f"{'Triangle: ' + said + '.' if later else ''}",
        source=f"Source: {revision.edition}, and the errors of earlier estimates ({judged}).",
        description=f"Bar chart of the chance of each count of allies at {level} of GDP in {revision.year} "
        f"once estimates are revised. Middle 80 %: {revision.low} to {revision.high}; "
        f"printed: {revision.printed}.",
        summary=[f"{r['count']} allies: {written(r['chance'])} %." for r in rows if r["chance"] >= 0.5],
    )


def _counts(rows: list[dict[str, Any]], later: list[dict[str, Any]], level: str) -> dict[str, Any]:
    """Draw the chance of every count, and a mark over those that later editions printed."""
    x = {
        "field": "count",
        "type": "ordinal",
        "sort": None,
        "title": f"Allies at {level}",
        "axis": {"labelAngle": 0},
    }
    y = {"field": "chance", "type": "quantitative", "title": "Chance, %", "axis": {"tickCount": 5}}
    colour = {
        "field": "where",
        "scale": {"domain": ["printed", "inside", "outside"], "range": [ORANGE, BLUE, LIGHT]},
        "legend": {
            "symbolType": "square",
            "symbolStrokeWidth": 0,
            "labelExpr": "{printed: 'as printed', inside: 'middle 80 %', outside: 'beyond'}[datum.label]",
        },
    }
    return {
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "bar"},
                "encoding": {"x": x, "y": y, "color": colour},
            },
            {
                "data": {"values": later},
                "mark": {"type": "point", "shape": "triangle-down", "size": 90, "yOffset": -8, "filled": True}
                | {"color": INK, "opacity": 1},
                "encoding": {"x": x, "y": y, "tooltip": [{"field": "edition"}]},
            },
        ],
        "width": WIDTH - 80,
        "height": 220,
    }
