"""The charts of the guarantee as a page draws them: to fill a box, without words and keys around."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.guarantee.deter_charts import isoquants_chart, regions_chart
from foedus.guarantee.game_charts import condition_chart, ladder_chart
from foedus.plotting.fit import Box, staged

if TYPE_CHECKING:
    from foedus.guarantee.deter import Deterrence
    from foedus.guarantee.game_result import GuaranteeGame
    from foedus.plotting.chart import Chart

__all__ = ["condition_stage", "isoquants_stage", "ladder_stage", "regions_stage"]

NAMES = 118
"""What the names of allies take at the left."""


def regions_stage(result: Deterrence, box: Box) -> Chart:
    """Draw the map of regions to fill a box; see :func:`~foedus.guarantee.deter_charts.regions_chart`."""
    return _filled(regions_chart(result), box)


def isoquants_stage(result: Deterrence, box: Box) -> Chart:
    """Draw belief needed by strength to fill a box; see
    :func:`~foedus.guarantee.deter_charts.isoquants_chart`."""
    return _filled(isoquants_chart(result), box)


def ladder_stage(result: GuaranteeGame, box: Box) -> Chart:
    """Draw the ladder to fill a box; see :func:`~foedus.guarantee.game_charts.ladder_chart`."""
    return _filled(ladder_chart(result), box, left=NAMES)


def condition_stage(result: GuaranteeGame, box: Box) -> Chart:
    """Draw what a condition does to fill a box; see
    :func:`~foedus.guarantee.game_charts.condition_chart`."""
    return _filled(condition_chart(result), box)


def _filled(whole: Chart, box: Box, *, left: int = 0) -> Chart:
    """Return a chart's one plot without title, legend and source, to fill a box."""
    inner = whole.spec["concat"][0] if "concat" in whole.spec else whole.spec
    body = {key: part for key, part in inner.items() if key not in {"title", "width", "height"}}
    return staged(
        _without_legends(body),
        box=box,
        padding=(left or (44 if box.narrow else 56), 10, 14, 44),
        title=whole.title,
        description=whole.description,
        source=whole.source,
        summary=whole.summary,
    )


def _without_legends(part: Any) -> Any:
    """Return a part of a specification without its legends: the page draws keys of its own."""
    if isinstance(part, dict):
        return {key: None if key == "legend" else _without_legends(inner) for key, inner in part.items()}
    return [_without_legends(inner) for inner in part] if isinstance(part, list) else part
