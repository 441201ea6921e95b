"""Charts of who meets a guideline: bars by ally, the map, and the count by edition."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.plotting.chart import Chart
from foedus.plotting.theme import (
    BLUE,
    GREY,
    INK,
    MUTED,
    ORANGE,
    PAPER,
    PLUM,
    SEQUENCE,
    SKY,
    WIDTH,
    altair,
    data,
    finish,
)
from foedus.plotting.tokens import token
from foedus.plotting.two_maps import two_maps
from foedus.spending.thresholds import standing
from foedus.units import in_per_cent, level_words, per_cent

if TYPE_CHECKING:
    from foedus.spending.counts import EditionCount
    from foedus.spending.status import Status, StatusRow

__all__ = ["counts_chart", "map_chart", "status_chart"]

OPEN = "open: quoted too coarsely"


def source_line(result: Status) -> str:
    """Return the line that credits the edition of a status.

    Parameters
    ----------
    result : Status
        The answer.

    Returns
    -------
    str
        Publisher, title, day, edition.
    """
    card = result.card
    return f"Source: {card.publisher}, {card.title}, {card.published:%-d %B %Y} ({card.id})."


def _title(result: Status) -> str:
    """Write the count at every level in a title."""
    beside = "".join(f", {each.meeting} at {level_words(each.level)}" for each in result.levels[1:])
    return result.answer().title + (beside if len(result.rows) > 1 and result.levels[0].allies else "")


def _summary(result: Status) -> list[str]:
    """Write the main figures in words."""
    known = [row for row in result.rows if row.share is not None]
    lines = [
        f"Highest: {', '.join(f'{r.name} {per_cent(r.share)}' for r in known[:3])}.",
        f"Lowest: {', '.join(f'{r.name} {per_cent(r.share)}' for r in known[::-1][:3])}.",
        f"Below {per_cent(result.guideline, 1)}: "
        f"{', '.join(country_name(c) for c in result.below) or 'none'}.",
    ]
    lines += [f"{words}." for words in _absent(result)]
    return lines


def _absent(result: Status) -> list[str]:
    """Write who has no figure, and who has no forces."""
    first = result.levels[0]
    groups = (("No figure", first.without_figure), ("No armed forces", first.without_forces))
    return [f"{words}: {', '.join(map(country_name, codes))}" for words, codes in groups if codes]


def _subtitle(result: Status) -> str:
    """Write what is drawn, which figures are estimates, and who has none."""
    known = [row for row in result.rows if row.share is not None]
    estimates = sum(row.status == "estimate" for row in known)
    how = {"published": "as printed by the edition"}.get(result.basis, "the edition's spending over its GDP")
    levels = " and ".join(per_cent(each.level, 1) for each in result.levels)
    text = f"Share of GDP, {how}. Line{'s' if len(result.levels) > 1 else ''}: {levels}. "
    if estimates:
        text += f"e: an estimate that later editions may revise ({estimates} of {len(known)}). "
    return text + "".join(f"{words}. " for words in _absent(result)).rstrip()


def status_chart(result: Status) -> Chart:
    """Draw each ally's share of GDP as a bar against the guideline.

    Parameters
    ----------
    result : Status
        What :func:`foedus.spending.status.status` gives.

    Returns
    -------
    Chart
        Bars, the highest first; an estimate is marked with e.
    """
    alt = altair()
    rows = _bars(result)
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("ally:N", sort=None, title=None, axis=alt.Axis(labelColor=INK, labelLimit=170)),
        x=alt.X(
            "share:Q",
            title="Defence expenditure, % of GDP",
            axis=alt.Axis(labelExpr="format(100 * datum.value, '.1~f')", tickCount=6),
        ),
        tooltip=["ally:N", alt.Tooltip("shown:N", title="share"), "class:N", "edition:N"],
    )
    colours = _colours(result)
    bars = base.mark_bar(height={"band": 0.72}).encode(
        color=alt.Color(
            "class:N",
            scale=alt.Scale(domain=list(colours), range=list(colours.values())),
            legend=alt.Legend(symbolType="square", symbolStrokeWidth=0),
        )
    )
    halo = base.mark_text(align="left", dx=4, fontSize=10.5, stroke=PAPER, strokeWidth=3).encode(
        text="text:N"
    )
    words = base.mark_text(align="left", dx=4, color=INK, fontSize=10.5).encode(text="text:N")
    levels = [{"level": each.level} for each in result.levels]
    line = alt.Chart(data(levels)).mark_rule(color=ORANGE, strokeWidth=2)
    body = alt.layer(bars, line.encode(x="level:Q"), halo, words).properties(
        width=WIDTH - 170, height=max(3, len(rows)) * 17
    )
    return finish(
        body,
        title=_title(result),
        subtitle=_subtitle(result),
        source=source_line(result),
        description=f"Bar chart of defence expenditure over GDP by ally in {result.year}. {_title(result)}.",
        summary=_summary(result),
    )


def _bars(result: Status) -> list[dict[str, Any]]:
    """Return one row for each bar."""
    return [
        {
            "ally": row.name,
            "share": row.share,
            "class": _class(row),
            "text": f"{in_per_cent(row.share or 0)}{' e' if row.status == 'estimate' else ''}",
            "shown": per_cent(row.share),
            "edition": result.card.id,
        }
        for row in result.rows
        if row.share is not None
    ]


def _class(row: StatusRow) -> str:
    """Name the class of a bar: between which levels the share stands as printed, or that it is open."""
    if any(level.standing == "open" for level in row.levels):
        return OPEN
    at = [level.level for level in row.levels if level.standing == "at"]
    above = [level.level for level in row.levels if level.standing == "below"]
    return _class_name(max(at, default=None), min(above, default=None))


def _class_name(low: float | None, high: float | None) -> str:
    """Write a class by its ends."""
    if high is None:
        return f"{per_cent(low, 1)} or more"
    return f"below {per_cent(high, 1)}" if low is None else f"{per_cent(low, 1)} to below {per_cent(high, 1)}"


def _colours(result: Status) -> dict[str, str]:
    """Return the colour of every class, the darkest for the highest; what is open is grey."""
    ends = [None, *sorted(each.level for each in result.levels), None]
    names = [_class_name(low, high) for low, high in pairwise(ends)]
    shades = {2: [token("short"), BLUE], 3: [token("short"), SKY, BLUE]}.get(len(names), _spread(len(names)))
    colours = dict(zip(names, shades, strict=True))
    return colours | ({OPEN: GREY} if any(each.open for each in result.levels) else {})


def _classes(guideline: float) -> list[tuple[float, str]]:
    """Return the classes of the map: upper bound and label, the guideline among the bounds."""
    bounds = sorted({0.015, guideline, 0.025, 0.03, 0.035})
    labels = [f"under {per_cent(bounds[0], 1)}"]
    labels += [f"{in_per_cent(a, 1)} to {in_per_cent(b, 1)} %" for a, b in pairwise(bounds)]
    labels.append(f"{per_cent(bounds[-1], 1)} and more")
    return list(zip([*bounds, 9.0], labels, strict=True))


def map_chart(result: Status) -> Chart:
    """Draw the map of each ally's share of GDP.

    Parameters
    ----------
    result : Status
        What :func:`foedus.spending.status.status` gives.

    Returns
    -------
    Chart
        North America and Europe; the darker, the higher the share. Other countries are pale.
    """
    classes = _classes(result.guideline)
    colours = dict(zip([label for _, label in classes], _spread(len(classes)), strict=True))
    missing = "no figure"
    shown = {}
    for row in result.rows:
        label = missing
        if row.share is not None:
            label = next(label for bound, label in classes if standing(row.share, bound) == "below")
        shown[row.country] = {
            "ally": row.name,
            "class": label,
            "share": "no figure" if row.share is None else per_cent(row.share),
        }
    if result.without_figure:
        colours |= {missing: PAPER}
    return finish(
        two_maps(shown, colours, {"ally": "Ally", "share": "Share of GDP"}),
        title=_title(result),
        subtitle=f"Defence expenditure as a share of GDP, {result.year}; the darker, the higher. "
        "Countries outside the Alliance are pale. The two maps have different scales.",
        source=f"{source_line(result)} Shapes: Natural Earth, public domain, simplified.",
        description=f"Map of defence expenditure over GDP by ally in {result.year}. {_title(result)}.",
        summary=_summary(result),
    )


def _spread(count: int) -> list[str]:
    """Return a number of colours from light to dark."""
    return (
        list(SEQUENCE[-count:])
        if count <= len(SEQUENCE)
        else [*SEQUENCE, *[SEQUENCE[-1]] * (count - len(SEQUENCE))]
    )


def counts_chart(result: Status) -> Chart:
    """Draw how many allies meet the guideline by every edition and basis.

    Parameters
    ----------
    result : Status
        What :func:`foedus.spending.status.status` gives.

    Returns
    -------
    Chart
        One row for each edition; its bases are told apart by shape. A hollow mark is a lower bound.
    """
    rows = _count_rows(result)
    parts = [_edition(c) for c in result.counts if not c.whole]
    editions = list(dict.fromkeys(r["edition"] for r in rows))
    lowest, highest = min(r["count"] for r in rows), max(r["count"] for r in rows)
    level = per_cent(result.guideline, 1)
    return finish(
        _count_marks(rows, f"Allies at {level} of GDP in {result.year}").properties(
            width=WIDTH - 210, height=max(2, len(editions)) * 42
        ),
        title=f"Allies at {level} in {result.year}: {_what_editions_say(lowest, highest, len(editions))}",
        subtitle="Count of allies by each edition of the figures and each way to compute the share. "
        + (f"Held in part and not drawn: {', '.join(parts)}." if parts else ""),
        source=f"Source: the editions named; {result.levels[0].allies} allies on {result.members_on}.",
        description=f"Dot chart of the number of allies at {level} of GDP in "
        f"{result.year} by edition. The counts run from {lowest} to {highest}.",
        summary=[f"{r['edition']}, {r['basis']}: {r['count']}." for r in rows],
    )


def _what_editions_say(lowest: int, highest: int, editions: int) -> str:
    """Write whether the editions agree."""
    if lowest != highest:
        return "the count depends on the edition"
    return f"{lowest} by every edition" if editions > 1 else f"{lowest} by the one edition held whole"


BASIS_NAMES = {
    "published": "as printed",
    "computed": "spending over GDP, constant prices",
    "computed-current": "spending over GDP, current prices",
    "quoted": "said in words",
}


def _count_rows(result: Status) -> list[dict[str, Any]]:
    """Return the counts of editions that hold the whole table."""
    return [
        {
            "edition": _edition(c),
            "count": c.meeting,
            "basis": BASIS_NAMES[c.basis],
            "why": c.why or "–",
        }
        for c in result.counts
        if c.whole
    ]


def _count_marks(rows: list[dict[str, Any]], heading: str) -> Any:
    """Draw a mark for each count, its shape and colour by basis, with the count above it."""
    alt = altair()
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("edition:N", sort=None, title=None, axis=_edition_axis(alt)),
        x=alt.X(
            "count:Q",
            title=heading,
            scale=alt.Scale(domain=_around([r["count"] for r in rows]), nice=False),
            axis=alt.Axis(format="d", tickMinStep=1),
        ),
        tooltip=["edition:N", "basis:N", "count:Q", "why:N"],
    )
    names = list(BASIS_NAMES.values())
    shapes = ["circle", "square", "diamond", "triangle-up"]
    marks = base.mark_point(size=110, filled=True, opacity=1).encode(
        shape=alt.Shape("basis:N", scale=alt.Scale(domain=names, range=shapes), legend=alt.Legend(columns=2)),
        color=alt.Color("basis:N", scale=alt.Scale(domain=names, range=[BLUE, ORANGE, PLUM, MUTED])),
    )
    words = base.mark_text(dy=-13, fontSize=10.5).encode(text="count:Q")
    return alt.layer(marks, words)


def _edition_axis(alt: Any) -> Any:
    """Return the axis of editions: the day above, the name below."""
    return alt.Axis(
        grid=True,
        labelColor=INK,
        labelLimit=200,
        labelExpr="split(datum.label, ', ')",
        labelBaseline="middle",
        labelOffset=-6,
    )


def _around(counts: list[int]) -> list[int]:
    """Return the ends of an axis of counts, with room on both sides."""
    return [max(0, min(counts) - 2), max(counts) + 2]


def _edition(count: EditionCount) -> str:
    """Name an edition by its day and id."""
    return f"{date.fromisoformat(count.published):%-d %B %Y}, {count.edition}"
