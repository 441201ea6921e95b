"""``foedus compare``: scenarios side by side, with the same random terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.analysis.question import CompareQuestion, TwoQuestion
from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.compare_many import discovery_text, many_text
from foedus.cli.options import Json
from foedus.questions import ask
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.analysis.compare import Comparison, MeasureDifference
    from foedus.analysis.compare_many import ManyComparison
    from foedus.analysis.discovery_result import Discovery
    from foedus.runs.headline import MeasureSummary
    from foedus.runs.question import RunQuestion

__all__ = ["compare_command", "show_pair"]


@question_command(CompareQuestion, names={"changes": "--set"}, one_each=("changes",))
def compare_command(
    question: CompareQuestion,
    *,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print the headlines of two scenarios and the difference between them, draw by draw."""
    from foedus.analysis.comparisons import compare_of, result_of
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, chart_kind, result_of(question))
    result = compare_of(question)
    emit(result.payload(), "" if json_output else _words(result), json_output)
    draw(chart, chart_kind, result)


def show_pair(question: RunQuestion, *, chart: ChartFile, chart_kind: ChartKind, json_output: bool) -> None:
    """Compare the two ways of a pair, which a run was asked of, and print the answer.

    Parameters
    ----------
    question : RunQuestion
        The pair, with what is changed in both of its ways.
    chart, chart_kind, json_output
        How the answer is wanted.
    """
    from foedus.analysis.compare import Comparison
    from foedus.analysis.comparisons import comparison_of
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, chart_kind, Comparison)
    asked = question.model_dump(exclude={"scenario"})
    result = comparison_of(ask(TwoQuestion, first=question.scenario, **asked))
    emit(result.payload(), "" if json_output else _text(result), json_output)
    draw(chart, chart_kind, result)


def _words(result: Comparison | ManyComparison | Discovery) -> str:
    """Write what a comparison says for people."""
    from foedus.analysis.compare import Comparison
    from foedus.analysis.discovery_result import Discovery

    if isinstance(result, Comparison):
        return _text(result)
    return discovery_text(result) if isinstance(result, Discovery) else many_text(result)


def _text(result: Comparison) -> str:
    """Write the comparison for people."""
    from foedus.cli.output import table

    units = {entry.unit for entry in result.differences.values()}
    changes = table(
        ("what differs", "", "first", "second"),
        [(c.name, c.kind, c.first, c.second) for c in result.changes],
    )
    return "\n\n".join(
        [
            result.answer().lines(),
            f"First:  {result.first.title}\nSecond: {result.second.title}",
            changes if result.changes else "Nothing differs.",
            _measures(result) + (f"\n\n{result.pull.sentence}" if result.pull else ""),
            *_structures(result),
            *_closing(result),
            *_order(result),
            _allies(result),
            "\n".join(
                [
                    f"Median, and in brackets the middle 80 % of {result.draws:,} draws; "
                    f"money in bn USD at {result.price_year} prices"
                    + (", aid in bn EUR of the day." if "eur" in units else "."),
                    result.first.skill,
                    *(f"Note: {n}" for n in result.notes if not result.pull or n != result.pull.sentence),
                ]
            ),
        ]
    )


def _measures(result: Comparison) -> str:
    """Return the measures in the last year of both."""
    from foedus.cli.output import table

    last = len(result.years) - 1
    rows = []
    for name, entry in result.differences.items():
        parts = (result.first.measures[name], result.second.measures[name])
        cells = [entry.label, *(_cell(part, last, entry.unit) for part in parts)]
        rows.append([*cells, _cell(entry, last, entry.unit, signed=True)])
    headers = (f"in {result.years[-1]}", "first", "second", "second less first")
    return table(headers, rows, right=(1, 2, 3))


def _structures(result: Comparison) -> list[str]:
    """Return the range over structures; nothing where it was not asked for or there is none."""
    from foedus.cli.output import lay_out

    if result.structures is None:
        return []
    content = result.structures.table()
    return [lay_out(content, title=content.title)]


def _closing(result: Comparison) -> list[str]:
    """Return how the closing of a requirement differs; nothing where the scenarios name no common one."""
    from foedus.cli.output import lay_out
    from foedus.forces.stock_skill import skill_words, stock_skill

    if result.closing is None:
        return []
    content = result.closing.table()
    words = skill_words(stock_skill(), [row.equipment for row in result.closing.rows])
    return [f"{lay_out(content, title=content.title)}\n{words}"]


def _order(result: Comparison) -> list[str]:
    """Return the order of the flank in both; nothing where they cannot be held against each other."""
    from foedus.analysis.threshold_order import ORDER_ONLY
    from foedus.cli.output import lay_out

    if result.order is None:
        return []
    content = result.order.table()
    return [f"{lay_out(content, title=content.title)}\n{ORDER_ONLY}"]


def _cell(part: MeasureSummary | MeasureDifference, index: int, unit: str, *, signed: bool = False) -> str:
    """Write a median with its interval: counts, or billions."""
    scale, digits = (-9 if unit in {"usd", "eur"} else 0), int(unit == "eur")
    low, middle, high = (
        written(value, digits, scale=scale, signed=signed, grouped=True) for value in part.interval(index)
    )
    return middle if low == high else f"{middle} ({low} to {high})"


def _allies(result: Comparison) -> str:
    """Return the allies whose share differs most."""
    from foedus.cli.output import table
    from foedus.units import per_cent, points

    rows = []
    for ally in result.allies:
        first, second, low, median, high = ally.printed()
        shares = per_cent(first, 1), per_cent(second, 1)
        rows.append((ally.name, *shares, f"{points(median, 1)} ({points(low, 1)} to {points(high, 1)})"))
    headers = (f"share of GDP in {result.years[-1]}", "first", "second", "difference, points")
    return table(headers, rows, right=(1, 2, 3))
