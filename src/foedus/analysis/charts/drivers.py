"""Charts of what drives a number: bars with intervals by grade, and what is held fixed as empty ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from foedus.analysis.driver_words import fixed_by_grade, spread_words, together_words, within
from foedus.plotting.chart import Chart
from foedus.plotting.rows import across, layers, text
from foedus.plotting.theme import BLUE, INK, ORANGE, PLUM, SAND, WIDTH, finish
from foedus.units import in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.analysis.drivers import ShockIndices, TargetDrivers
    from foedus.analysis.number_result import NumberIndices, TargetNumbers

__all__ = ["COLOURS", "GRADE_WORDS", "drivers_chart", "groups_chart", "numbers_chart"]

COLOURS = {"measured": PLUM, "estimated": BLUE, "judged": SAND, "assumed": ORANGE}
"""The colour of each grade."""

GRADE_WORDS = {
    "measured": "read off",
    "estimated": "fitted to past data",
    "judged": "set by hand, with a reason",
    "assumed": "a convenience",
}
"""What each grade means."""

LEAST = 0.005
"""The least index that gets a row: it is printed as one per cent."""

MOST = 15
"""The most numbers that get a row."""

ROW = 20
"""The height of a row, in pixels."""

GRADES_IN_ORDER = ("estimated", "judged", "measured", "assumed")
"""The grades from above to below."""

EMPTY = 15.0
"""The length of an empty bar: it stands for no value."""

Row = dict[str, Any]


def drivers_chart(result: ShockIndices, *, measure: str | None = None, country: str = "") -> Chart:
    """Draw how much of the spread of a number each chance carries.

    Parameters
    ----------
    result : ShockIndices
        The indices.
    measure : str, optional
        The number; without it, the first.
    country : str, default ""
        The ally whose number it is.

    Returns
    -------
    Chart
        A bar with its interval for each chance, grouped by the grade of the number that sizes it; numbers
        that are held fixed are empty bars.
    """
    target = result.targets[0] if measure is None else result.of(measure, country)
    rows = _driver_rows(result, target)
    left_out = sum(shock.index.total < LEAST for shock in target.shocks)
    more = f" {left_out} more chances carry less than half of one per cent." if left_out else ""
    return finish(
        _bars(rows, "Part of the variance, per cent", interval="95 %"),
        title=_title(target, result.year),
        subtitle=f"{target.label} in {result.year} ({spread_words(target)}): total index of each chance, "
        "grouped by "
        f"how the number that sizes it is known. Parts overlap.{more}",
        source=f"Source: foedus, {result.resolved.title}; {result.runs} runs of {result.draws:,} draws, "
        "seeds "
        f"{result.seeds[0]} and {result.seeds[1]}; whiskers: 95 % of resampled draws.",
        description=f"Bars of the part of the spread in {within(target.label)} that each chance carries.",
        summary=[
            *(
                f"{shock.label}: {per_cent(shock.index.total, 0)}."
                for shock in target.shocks
                if shock.index.total >= LEAST
            ),
            "It is the same in every draw." if target.is_constant else together_words(target),
        ],
    )


def _title(target: TargetDrivers, year: int) -> str:
    """Return what the chart of chances shows."""
    if target.is_constant:
        return f"No chance drives {within(target.label)} in {year}"
    first = target.shocks[0]
    return f"{first.label}: {per_cent(first.index.total, 0)} of the spread"


def _driver_rows(result: ShockIndices, target: TargetDrivers) -> list[Row]:
    """Return a heading for each grade, a row for each chance of it, and one for what is held fixed."""
    fixed = fixed_by_grade(result.resolved)
    rows: list[Row] = []
    for grade in GRADES_IN_ORDER:
        shocks = [s for s in target.shocks if s.grade == grade and s.index.total >= LEAST]
        if shocks or fixed.get(grade):
            rows.append(_heading(grade))
        rows += [_row(s.label, grade, s.index.total, s.index.total_low, s.index.total_high) for s in shocks]
        if number := fixed.get(grade, 0):
            label = f"{number} {grade} number{'s' if number > 1 else ''}, held fixed"
            rows.append({"name": label, "grade": grade, "fixed": EMPTY, "words": "not in it"})
    return rows


def _heading(grade: str) -> Row:
    """Return the row that heads a grade."""
    return {"name": f"{grade}: {GRADE_WORDS[grade]}", "grade": grade, "words": ""}


def _row(label: str, grade: str, value: float, low: float, high: float) -> Row:
    """Return a row with a bar: parts of one, drawn in per cent."""
    ends = f"{in_per_cent(max(low, 0.0), 0)} to {in_per_cent(high, 0)}"
    return {
        "name": label,
        "grade": grade,
        "value": 100.0 * value,
        "low": 100.0 * max(low, 0.0),
        "high": 100.0 * high,
        "words": f"{per_cent(value, 0)} ({ends})",
    }


def _bars(rows: Sequence[Row], title: str, *, interval: str) -> dict[str, Any]:
    """Return bars with whiskers over rows, the empty ones dashed."""
    heads = "|".join(GRADE_WORDS)
    bold = {"condition": {"test": f"test(/^({heads}):/, datum.label)", "value": "bold"}, "value": "normal"}
    axis = {"labelColor": INK, "labelLimit": 260, "labelFontWeight": bold, "grid": False}
    # Each layer drops rows without its own value, so that the order must be written out.
    scale = {"domain": [row["name"] for row in rows]}
    y = {"field": "name", "type": "nominal", "scale": scale, "title": None, "axis": axis}
    x = across("value", title)
    ends = [float(row["high"] if "high" in row else row.get("fixed") or 0.0) for row in rows]
    x["scale"] = {"domain": [0.0, 1.4 * max([*ends, 1.0])], "nice": False}
    colour = {
        "field": "grade",
        "type": "nominal",
        "scale": {"domain": list(COLOURS), "range": list(COLOURS.values())},
        "legend": None,
    }
    tips = [{"field": "name"}, {"field": "words", "title": interval}]
    empty = {"type": "bar", "fill": "transparent", "strokeDash": [4, 3], "height": ROW - 8}
    at_end = [{**row, "end": end} for row, end in zip(rows, ends, strict=True)]
    parts = [
        layers({"type": "bar", "height": ROW - 8}, y=y, x=x, color=colour, tooltip=tips),
        layers(empty, y=y, x=x | {"field": "fixed"}, stroke=colour),
        layers(
            {"type": "rule", "color": INK, "strokeWidth": 1.5},
            y=y,
            x=x | {"field": "low"},
            x2={"field": "high"},
        ),
        layers({"type": "tick", "color": INK, "thickness": 1.5, "size": 8}, y=y, x=x | {"field": "low"}),
        layers({"type": "tick", "color": INK, "thickness": 1.5, "size": 8}, y=y, x=x | {"field": "high"}),
        *text("words", x | {"field": "end"}, y),
    ]
    height = max(3, len(rows)) * ROW
    return {"data": {"values": at_end}, "layer": parts, "width": WIDTH - 280, "height": height}


def numbers_chart(result: NumberIndices, *, measure: str | None = None, country: str = "") -> Chart:
    """Draw what each number does to an answer when it alone moves over its range.

    Parameters
    ----------
    result : NumberIndices
        The analysis.
    measure : str, optional
        The answer; without it, the first.
    country : str, default ""
        The ally whose answer it is.

    Returns
    -------
    Chart
        A bar with its interval for each of the numbers that do most, coloured by grade.
    """
    from foedus.analysis.number_words import effect_words, scale_of

    target = result.targets[0] if measure is None else result.of(measure, country)
    factor, unit = scale_of(target.unit)
    rows = [
        {
            "name": number.name,
            "grade": number.grade,
            "value": factor * number.on_mean.size,
            "low": factor * max(number.on_mean.size - number.on_mean.error, 0.0),
            "high": factor * (number.on_mean.size + number.on_mean.error),
            "words": effect_words(number.on_mean, target.unit),
        }
        for number in target.numbers[:MOST]
    ]
    return finish(
        _bars(rows, f"Mean absolute effect of the whole range, {unit}", interval="95 %"),
        title=f"{target.numbers[0].name} does most to {within(target.label)}",
        subtitle=f"{target.label} in {result.year}: what moving one number over its stated range does to "
        "the mean "
        f"over draws. {_legend(target)}",
        source=_numbers_source(result),
        description=f"Bars of what each number of the model does to {within(target.label)}.",
        summary=[
            f"{n.name} ({n.grade}): {effect_words(n.on_mean, target.unit)}." for n in target.numbers[:MOST]
        ],
    )


def _legend(target: TargetNumbers) -> str:
    """Return which colour is which grade."""
    words = {"measured": "plum", "estimated": "blue", "judged": "sand", "assumed": "orange"}
    grades = dict.fromkeys(number.grade for number in target.numbers[:MOST])
    return f"{', '.join(f'{words[grade]}: {grade}' for grade in grades)}.".capitalize()


def groups_chart(result: NumberIndices, *, measure: str | None = None, country: str = "") -> Chart:
    """Draw how much of an answer's variance over the ranges each group of numbers carries.

    Parameters
    ----------
    result : NumberIndices
        The analysis.
    measure : str, optional
        The answer; without it, the first.
    country : str, default ""
        The ally whose answer it is.

    Returns
    -------
    Chart
        A bar with its interval for each group.
    """
    target = result.targets[0] if measure is None else result.of(measure, country)
    rows = [
        _row(
            f"{group.name} ({group.numbers})",
            group.name if group.name in COLOURS else "estimated",
            i.total,
            i.total_low,
            i.total_high,
        )
        for group in target.groups
        if (i := group.on_mean) is not None
    ]
    return finish(
        _bars(rows, "Part of the variance over the ranges, per cent", interval="95 %"),
        title=f"What is known how well: {within(target.label)} in {result.year}",
        subtitle=f"Total index of all numbers of a {result.by} together (in brackets how many), moved "
        "evenly inside "
        "their ranges.",
        source=_numbers_source(result),
        description=f"Bars of the part of the variance that numbers carry, by {result.by}.",
        summary=[f"{row['name']}: {row['words']}." for row in rows],
    )


def _numbers_source(result: NumberIndices) -> str:
    """Return what was run."""
    return (
        f"Source: foedus, {result.resolved.title}; {result.runs:,} runs of {result.draws} draws: "
        f"{result.paths} "
        "paths after "
        f"Morris, {result.points} points of each set after Saltelli."
    )
