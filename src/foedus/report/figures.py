"""Charts as Altair specifications, and how they are written to a file (extra ``charts``)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError, StorageError
from foedus.measures.decide_brief import shown_name

if TYPE_CHECKING:
    from foedus.measures.decide_result import Decision
    from foedus.scenario.decision_file import DecisionFile

__all__ = ["decision_chart", "write_chart"]

INK, BLUE, RED, GREY, GREEN = "#222222", "#2f6690", "#b23a48", "#8d99ae", "#5b8e7d"
WIDTH, ROW = 620, 17


def _altair() -> Any:
    """Give the charting library, or say how to get it."""
    try:
        import altair
    except ImportError as error:
        raise InputError("charts need another library", do="install foedus[charts]") from error
    return altair


def decision_chart(file: DecisionFile, answer: Decision) -> Any:
    """Draw where members stand, how much they care, what all accept, and the chance of each draft.

    Parameters
    ----------
    file : DecisionFile
        The question.
    answer : Decision
        Its answer.

    Returns
    -------
    altair.VConcatChart
        Positions above, drafts below, on one scale.

    Raises
    ------
    InputError
        When the charting library is not installed.
    """
    alt = _altair()
    upper = _positions(alt, file, answer)
    parts = [upper, _drafts(alt, file, answer)] if answer.frontier else [upper]
    return (
        alt.vconcat(*parts, spacing=14)
        .resolve_scale(x="shared", color="independent", size="independent")
        .configure_view(stroke=None)
        .configure_axis(labelColor=INK, titleColor=INK, grid=False, domainColor=GREY, tickColor=GREY)
        .configure_title(
            anchor="start",
            frame="group",
            color=INK,
            subtitleColor="#555555",
            fontSize=15,
            subtitleFontSize=11,
        )
        .configure_legend(labelColor=INK, titleColor=INK)
    )


def _bands(file: DecisionFile, answer: Decision) -> list[dict[str, Any]]:
    """Give one row per member, those that stand and care alike together."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    objects = {h.name: h.probability_objects for h in answer.holdouts}
    for group in file.members:
        for name in group.who:
            from foedus.scenario.decision_file import member_name

            code = member_name(name)
            loses = objects.get(code, 0.0) > 0
            alike = (group.position.low, group.position.high, group.salience.middle, loses)
            key = alike if len(file.names) > 14 else (*alike, code)
            row = rows.setdefault(
                key,
                {
                    "names": [],
                    "low": group.position.low,
                    "high": group.position.high,
                    "middle": group.position.middle,
                    "salience": group.salience.middle,
                    "stance": "may object" if loses else "gains",
                },
            )
            row["names"].append(code)
    for row in rows.values():
        row["label"] = _label(row.pop("names"))
    return sorted(rows.values(), key=lambda r: (r["middle"], -r["salience"]))


def _label(names: list[str]) -> str:
    """Name a row: one member in full, a few by their codes, many by their number."""
    if len(names) == 1:
        return shown_name(names[0])
    if len(names) <= 5:
        return " ".join(names)
    return f"{' '.join(names[:3])} and {len(names) - 3} more"


def _axis(alt: Any, file: DecisionFile, title: bool) -> Any:
    """Give the axis of positions; the lower chart says what its ends mean."""
    text = f"0: {_short(file.scale.zero)}  ·  100: {_short(file.scale.hundred)}" if title else None
    return alt.X("low:Q", title=text, scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=6))


def _short(text: str, most: int = 48) -> str:
    """Cut a text at a word."""
    return text if len(text) <= most else text[: text.rfind(" ", 0, most)] + " …"


def _positions(alt: Any, file: DecisionFile, answer: Decision) -> Any:
    """Draw the members over what all accept."""
    rows = _bands(file, answer)
    order = [r["label"] for r in rows]
    layers = []
    if answer.acceptable:
        low, high = answer.acceptable[1]
        area = alt.Chart(alt.Data(values=[{"low": low, "end": high}]))
        layers.append(area.mark_rect(color=GREEN, opacity=0.15).encode(x=_axis(alt, file, False), x2="end:Q"))
    y = alt.Y(
        "label:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelLimit=230, labelPadding=16, domain=False, ticks=False),
    )
    colour = alt.Color(
        "stance:N",
        title=None,
        scale=alt.Scale(domain=["gains", "may object"], range=[BLUE, RED]),
        legend=alt.Legend(symbolType="circle", symbolSize=110),
    )
    base = alt.Chart(alt.Data(values=rows))
    layers.append(
        base.mark_rule(strokeWidth=2, opacity=0.6).encode(
            x=_axis(alt, file, False), x2="high:Q", y=y, color=colour
        )
    )
    layers.append(
        base.mark_circle(opacity=0.9).encode(
            x=alt.X("middle:Q"),
            y=y,
            color=colour,
            size=alt.Size(
                "salience:Q",
                title="Salience",
                scale=alt.Scale(domain=[0, 1], range=[10, 260]),
                legend=alt.Legend(values=[0.2, 0.5, 0.9], symbolFillColor=GREY, symbolStrokeColor=GREY),
            ),
        )
    )
    mean = answer.nulls[0].mean
    layers.append(
        alt.Chart(alt.Data(values=[{"low": mean}]))
        .mark_rule(color=INK, strokeDash=[4, 3])
        .encode(x=_axis(alt, file, False))
    )
    about = "Dashed: influence × salience mean."
    if answer.acceptable:
        about = f"Green: what all accept when standing alone has a cost. {about}"
    title = alt.Title(file.title, subtitle=[_short(" ".join(file.question.split()), 110), about])
    return alt.layer(*layers, title=title).properties(width=WIDTH, height=max(4, len(rows)) * ROW)


def _drafts(alt: Any, file: DecisionFile, answer: Decision) -> Any:
    """Draw the chance of each draft of the pool."""
    rows = [
        {"low": p.draft, "chance": p.probability_adopted, "best": p == answer.best} for p in answer.frontier
    ]
    base = alt.Chart(alt.Data(values=rows))
    y = alt.Y(
        "chance:Q",
        title="Chance of adoption",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(
            labelExpr="format(100 * datum.value, '.0f') + ' %'",
            tickCount=5,
            grid=True,
            gridColor="#eeeeee",
        ),
    )
    line = base.mark_line(color=GREY, interpolate="linear").encode(x=_axis(alt, file, True), y=y)
    dots = base.mark_circle(size=70, opacity=1).encode(
        x=alt.X("low:Q"),
        y=y,
        color=alt.condition("datum.best", alt.value(RED), alt.value(GREY)),
    )
    name = (
        alt.Chart(alt.Data(values=[r for r in rows if r["best"]]))
        .mark_text(dy=14, color=RED, align="right")
        .encode(x=alt.X("low:Q"), y=y, text=alt.value("best draft"))
    )
    title = alt.Title(
        "Drafts", subtitle="Chance that a draft passes, with every instrument the question allows"
    )
    return alt.layer(line, dots, name, title=title).properties(width=WIDTH, height=150)


def write_chart(chart: Any, path: Path) -> None:
    """Write a chart to a file.

    Parameters
    ----------
    chart : altair.Chart
        The chart.
    path : pathlib.Path
        A file that ends in .svg or .png.

    Raises
    ------
    InputError
        When the ending is another one, or the library that draws is not installed.
    StorageError
        When the file cannot be written.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in {"svg", "png"}:
        raise InputError(f"{path.name!r} is neither .svg nor .png", where="--chart", do="name one of the two")
    try:
        import vl_convert
    except ImportError as error:
        raise InputError("charts need another library", do="install foedus[charts]") from error
    text = chart.to_json()
    content: bytes = (
        vl_convert.vegalite_to_png(text, scale=2.0)
        if kind == "png"
        else vl_convert.vegalite_to_svg(text).encode()
    )
    try:
        path.write_bytes(content)
    except OSError as error:
        raise StorageError(
            f"the chart cannot be written ({error.strerror})", where=str(path), do="give another file"
        ) from error
