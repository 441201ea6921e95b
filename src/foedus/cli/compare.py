"""``foedus compare``: scenarios side by side, with the same random terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.compare_many import Discover, Shown, check_two_alone, show_discovery, show_many
from foedus.cli.options import AsOf, Json
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.analysis.compare import Comparison, MeasureDifference
    from foedus.runs.headline import MeasureSummary

__all__ = ["compare_command"]


Second = Annotated[str | None, Parameter(help="The other scenario; without it, the first one with --set.")]
More = Annotated[str, Parameter(help="Further scenarios: each is compared with the first.")]
Changed = Annotated[
    list[str] | None,
    Parameter(
        name="--set",
        negative=(),
        help="Change a key of the second scenario, such as levers.pledge.deadline=2040; may be repeated.",
    ),
]
EveryForm = Annotated[
    bool | None,
    Parameter(
        help="Also run every other form of the components, two runs more a form; without it, where the "
        "pledge differs."
    ),
]
Regret = Annotated[
    str | None,
    Parameter(
        help="A measure, such as nato_gap_constant_usd: by how much each choice falls short of the best."
    ),
]
BestIs = Annotated[
    Literal["most", "least"] | None, Parameter(help="Which values of that measure are better.")
]


def compare_command(
    first: Annotated[str, Parameter(help="A shipped scenario's name or the path of a .yaml file.")],
    second: Second = None,
    *more: More,
    changes: Changed = None,
    structures: EveryForm = None,
    regret: Regret = None,
    best: BestIs = None,
    discover: Discover = None,
    draws: Annotated[int, Parameter(help="How many draws, 1 to 1,000,000.")] = 10_000,
    seed: Annotated[int, Parameter(help="Seed of the random draws.")] = 1,
    as_of: AsOf = None,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print the headlines of two scenarios and the difference between them, draw by draw.

    Parameters
    ----------
    first : str
        A shipped scenario's name or the path of a scenario file.
    second : str, optional
        The other scenario.
    *more : str
        Further scenarios, each compared with the first.
    changes : list of str, optional
        Keys of the second scenario with other values.
    structures : bool, optional
        Also run both with every other form of their components; without it, where the pledge differs.
    regret : str, optional
        A measure of which the regret of every choice is taken.
    best : {"most", "least"}, optional
        Which of its values are better.
    discover : str, optional
        A threshold on a measure, whose region is looked for in the draws of all the scenarios.
    draws : int, default 10,000
        How many draws.
    seed : int, default 1
        Seed of the random draws.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    chart : pathlib.Path, optional
        Also draw the comparison.
    chart_kind : str, optional
        Which of the result's charts.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.analysis.compare import Comparison, compare
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.scenario.changes import read_changes

    names, changed = [n for n in (first, second, *more) if n is not None], read_changes(changes or ())
    shown = Shown(draws, seed, as_of, chart, chart_kind, json_output)
    if discover is not None:
        show_discovery(names, discover, shown, changes=changed)
        return
    if more or regret is not None:
        check_two_alone(changes, structures)
        show_many(names, regret, best, shown)
        return
    check_chart(chart, chart_kind, Comparison)
    result = compare(
        first, second, changes=changed, draws=draws, seed=seed, as_of=as_of, structures=structures
    )
    emit(result.payload(), "" if json_output else _text(result), json_output)
    draw(chart, chart_kind, result)


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
