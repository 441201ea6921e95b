"""The chart of the model's skill: how much better than no change it has been, by years ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.errors import InputError
from foedus.plotting.chart import Chart
from foedus.plotting.panels import LEFT
from foedus.plotting.theme import BLUE, MUTED, SKY, finish
from foedus.runs.skill import WORDS
from foedus.units import points

if TYPE_CHECKING:
    from foedus.engine.section import SkillRow
    from foedus.runs import Run

__all__ = ["skill_chart"]


def skill_chart(run: Run) -> Chart:
    """Draw the skill of the model that a run used.

    Parameters
    ----------
    run : Run
        The run.

    Returns
    -------
    Chart
        A panel for each target, with the interval of 90 %.

    Raises
    ------
    InputError
        When no skill has been measured.
    """
    rows = run.summary.skill_by_years_ahead
    if not rows:
        raise InputError("the skill of this run's model has not been measured", do="draw another chart")
    low, high = min(100 * r.low for r in rows), max(100 * r.high for r in rows)
    ends = [min(low, -10.0) - 5, high + 5]
    panels = [_panel([r for r in rows if r.target == name], word, ends) for name, word in WORDS.items()]
    lines = [
        f"{WORDS[r.target]}, {r.ahead} ahead: {points(r.skill, 0)} % "
        f"({points(r.low, 0)} to {points(r.high, 0)})."
        for r in rows
    ]
    return finish(
        {
            "vconcat": [{"hconcat": panels[:2], "spacing": 34}, {"hconcat": panels[2:], "spacing": 34}],
            "spacing": 20,
        },
        title="How much better than no change the model has been",
        subtitle="Skill in per cent, by years ahead; above nought the model was better. Bars: middle 90 %.",
        source=f"Source: foedus. {run.summary.skill}",
        description=f"Dot charts with intervals of the model's skill over no change. {lines[0]}",
        summary=lines,
    )


def _panel(rows: list[SkillRow], word: str, ends: list[float]) -> dict[str, Any]:
    """Draw one target."""
    values = [
        {"ahead": str(r.ahead), "skill": 100 * r.skill, "low": 100 * r.low, "high": 100 * r.high}
        for r in rows
    ]
    x = {"field": "ahead", "type": "ordinal", "sort": None, "title": "years ahead", "axis": {"labelAngle": 0}}
    y = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": ends, "nice": False},
        "axis": {"tickCount": 5, "minExtent": LEFT, "format": "+d"},
    }
    tips = [{"field": name, "format": "+.0f"} for name in ("skill", "low", "high")]
    bar = {"type": "rule", "color": SKY, "strokeWidth": 7}
    dot = {"type": "circle", "color": BLUE, "size": 70, "opacity": 1}
    title = {"text": word[0].upper() + word[1:], "fontSize": 12.5, "offset": 8}
    return {
        "data": {"values": values},
        "layer": [
            {"mark": bar, "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}}},
            {"mark": {"type": "rule", "color": MUTED}, "encoding": {"y": y | {"datum": 0}}},
            {"mark": dot, "encoding": {"x": x, "y": y | {"field": "skill"}, "tooltip": tips}},
        ],
        "width": 275,
        "height": 130,
        "title": title,
    }
