"""``foedus aid``: who committed and allocated what to Ukraine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.aid.question import AheadQuestion
from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import Json

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast
    from foedus.aid.result import Aid

__all__ = ["aid_command"]

SHOWN = {
    "region": ("regions", "years", "matched", "weapons"),
    "donor": ("donors",),
    "route": ("routes", "purl"),
    "month": ("months",),
}
"""The tables that are printed, by what the answer is laid out by."""


@question_command(AheadQuestion, names={"compare": "--compare-years"})
def aid_command(
    question: AheadQuestion,
    *,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print what was committed and allocated to Ukraine, by whom, as of which release of the tracker."""
    from foedus.aid.asked import aid_of
    from foedus.aid.forecast import AidForecast
    from foedus.aid.result import Aid
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, chart_kind, Aid if question.forecast is None else AidForecast)
    result = aid_of(question)
    shown = "" if json_output else _shown(result)
    emit(result.payload() if json_output else {}, shown, json_output)
    draw(chart, chart_kind, result)


def _shown(result: Aid | AidForecast) -> str:
    """Write what was given, or a forecast, for people."""
    from foedus.aid.result import Aid
    from foedus.cli.aid_forecast import forecast_text

    return _text(result) if isinstance(result, Aid) else forecast_text(result)


def _text(result: Aid) -> str:
    """Write the answer for people."""
    from foedus.cli.output import lay_out
    from foedus.units import per_cent

    by = result.question.laid_out_by
    shown = ("comparison",) if result.comparison and not result.question.by else ("comparison", *SHOWN[by])
    parts = [result.answer().lines()]
    parts += [f"{table.title}\n{lay_out(table)}" for table in result.tables() if table.name in shown]
    few = result.concentration
    if few is not None and "years" in shown:
        from foedus.rounding import written

        parts.append(
            f"The largest three of {few.donors} donors ({', '.join(few.largest)}) allocated "
            f"{per_cent(few.share_of_largest, 1)}; Herfindahl index {written(few.herfindahl, 3)}."
        )
    notes = "\n".join(f"- {line}" for line in result.notes)
    return "\n\n".join(
        [*parts, f"Notes\n{notes}\nSource: {result.release.cited}; {', '.join(result.cards)}."]
    )
