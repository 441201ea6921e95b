"""Positions with salience, what all accept, and the chance of each draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.decisions.brief import shown_name
from foedus.plotting.chart import Chart
from foedus.plotting.theme import BLUE, GREY, INK, ORANGE, altair, data, finish
from foedus.plotting.tokens import token

if TYPE_CHECKING:
    from foedus.decisions.parts import Scale
    from foedus.decisions.result import Decision

__all__ = ["decision_chart"]

GREEN = token("green")
WIDTH, ROW = 440, 19


def decision_chart(answer: Decision) -> Chart:
    """Draw where members stand, how much they care, what all accept, and the chance of each draft.

    Parameters
    ----------
    answer : Decision
        The answer, which holds its question.

    Returns
    -------
    Chart
        Positions above, drafts below, on one scale.

    Raises
    ------
    InputError
        When the charting library is not installed.
    """
    alt, file = altair(), answer.file
    upper = _positions(alt, answer)
    parts = [upper, _drafts(alt, answer)] if answer.frontier else [upper]
    body = alt.vconcat(*parts, spacing=14).resolve_scale(
        x="shared", color="independent", shape="independent", size="independent"
    )
    about = "Lines: judged bands. Dashed: influence × salience mean."
    if answer.acceptable and answer.acceptable[1] is not None:
        about = f"Green: what all accept when standing alone has a cost. {about}"
    return finish(
        body,
        title=file.title,
        subtitle=f"{_short(' '.join(file.question.split()), 110)} {about}",
        source=f"Source: positions judged in the file; foedus, {answer.draws:,} draws. A guide to who "
        "would have to move, not a forecast.",
        description=f"Positions of members from 0 to 100, and the chance of each draft. {answer.brief[0]}",
        summary=answer.brief,
    )


def _bands(answer: Decision) -> list[dict[str, Any]]:
    """Return one row per member, those that stand and care alike together."""
    from foedus.decisions.schema import member_name

    file = answer.file
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    objects = {h.name: h.probability_objects for h in answer.holdouts}
    for group in file.members:
        for name in group.who:
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
    """Return the name of a row: one member in full, a few by their codes, many by their number."""
    if len(names) == 1:
        return shown_name(names[0])
    if len(names) <= 5:
        return " ".join(names)
    return f"{' '.join(names[:3])} and {len(names) - 3} more"


def _axis(alt: Any, scale: Scale, title: bool) -> Any:
    """Return the axis of positions; the lower chart says what its ends mean."""
    text = f"0: {_short(scale.zero)}  ·  100: {_short(scale.hundred)}" if title else None
    return alt.X("low:Q", title=text, scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=6))


def _short(text: str, most: int = 48) -> str:
    """Cut a text at a word."""
    return text if len(text) <= most else text[: text.rfind(" ", 0, most)] + " …"


def _positions(alt: Any, answer: Decision) -> Any:
    """Draw the members over what all accept."""
    scale, rows = answer.file.scale, _bands(answer)
    layers = []
    if answer.acceptable and answer.acceptable[1] is not None:
        low, high = answer.acceptable[1]
        area = alt.Chart(data([{"low": low, "end": high}]))
        layers.append(
            area.mark_rect(color=GREEN, opacity=0.15).encode(x=_axis(alt, scale, False), x2="end:Q")
        )
    y = alt.Y(
        "label:N",
        sort=[r["label"] for r in rows],
        title=None,
        axis=alt.Axis(labelLimit=200, labelPadding=14, labelColor=INK, domain=False, ticks=False),
    )
    colour, shape = _stance(alt)
    base = alt.Chart(data(rows))
    layers.append(
        base.mark_rule(strokeWidth=2, opacity=0.6).encode(
            x=_axis(alt, scale, False), x2="high:Q", y=y, color=colour
        )
    )
    layers.append(
        base.mark_point(filled=True, opacity=1).encode(
            x=alt.X("middle:Q"), y=y, color=colour, shape=shape, size=_salience(alt)
        )
    )
    layers.append(
        alt.Chart(data([{"low": answer.nulls[0].mean}]))
        .mark_rule(color=INK, strokeDash=[4, 3])
        .encode(x=_axis(alt, scale, False))
    )
    return alt.layer(*layers).properties(width=WIDTH, height=max(4, len(rows)) * ROW)


def _stance(alt: Any) -> tuple[Any, Any]:
    """Return the colour and the shape of a mark: whether the member gains, or may object."""
    stances = ["gains", "may object"]
    legend = alt.Legend(symbolSize=110, symbolOpacity=1)
    colour = alt.Color(
        "stance:N", title=None, scale=alt.Scale(domain=stances, range=[BLUE, ORANGE]), legend=legend
    )
    shape = alt.Shape(
        "stance:N", title=None, scale=alt.Scale(domain=stances, range=["circle", "diamond"]), legend=legend
    )
    return colour, shape


def _salience(alt: Any) -> Any:
    """Size a mark by how much the member cares."""
    legend = alt.Legend(
        values=[0.2, 0.5, 0.9],
        symbolFillColor=GREY,
        symbolStrokeColor=GREY,
        titleColor=INK,
        titleFontSize=11,
        titleFontWeight="normal",
        titleOrient="left",
    )
    scale = alt.Scale(domain=[0, 1], range=[20, 230])
    return alt.Size("salience:Q", title="Salience:", scale=scale, legend=legend)


def _drafts(alt: Any, answer: Decision) -> Any:
    """Draw the chance of each draft of the pool."""
    rows = [
        {"low": p.draft, "chance": p.probability_adopted, "best": p == answer.best} for p in answer.frontier
    ]
    base = alt.Chart(data(rows))
    y = alt.Y(
        "chance:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(
            labelExpr="format(100 * datum.value, '.0f') + ' %'",
            tickCount=5,
            grid=True,
        ),
    )
    line = base.mark_line(color=GREY, interpolate="linear").encode(x=_axis(alt, answer.file.scale, True), y=y)
    dots = base.mark_circle(size=70, opacity=1).encode(
        x=alt.X("low:Q"),
        y=y,
        color=alt.condition("datum.best", alt.value(BLUE), alt.value(GREY)),
    )
    name = (
        alt.Chart(data([r for r in rows if r["best"]]))
        .mark_text(dy=16, color=BLUE, align="center", fontWeight="bold")
        .encode(x=alt.X("low:Q"), y=y, text=alt.value("best draft"))
    )
    title = alt.Title(
        "Drafts",
        subtitle="Chance that a draft passes, with every instrument the question allows",
        fontSize=12.5,
        subtitleFontSize=11,
        subtitlePadding=2,
        offset=10,
    )
    return alt.layer(line, dots, name, title=title).properties(width=WIDTH, height=150)
