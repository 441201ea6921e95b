"""Charts of an indicator: over the years, or one year across editions, never joined into one series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError
from foedus.evidence.verbs import row_name
from foedus.plotting.chart import Chart
from foedus.plotting.theme import BLUE, INK, LIGHT, MUTED, ORANGE, PAPER, PLUM, WIDTH, altair, data, finish
from foedus.plotting.tokens import token
from foedus.units import format_value

if TYPE_CHECKING:
    from foedus.evidence.query import FigureAnswer

__all__ = ["figure_chart", "unit_of_axis", "value_factor"]

COLOURS = (BLUE, ORANGE, PLUM, token("green"), MUTED, token("rose"))
SHAPES = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross")
DASHES = ([1, 0], [7, 3], [3, 3], [9, 3, 2, 3], [2, 2], [12, 4])
MOST_PANELS, MOST_ROWS = 12, 45


def figure_chart(answer: FigureAnswer) -> Chart:
    """Draw the figures of an indicator.

    Parameters
    ----------
    answer : FigureAnswer
        The figures; of what was made of them, the last is drawn.

    Returns
    -------
    Chart
        For one year a row for each country, with a mark for each edition; for several years a panel for each
        country, with a line for each edition. An estimate or projection has a hollow mark. Where there are
        too many countries, those with the highest values are drawn and the chart says so.
    """
    answer = answer.measured
    if not len(answer.frame):
        raise InputError("no row has a value to draw", where="chart", do="ask for others")
    rows = _rows(answer)
    years = sorted({row["year"] for row in rows})
    most = MOST_ROWS if len(years) == 1 else MOST_PANELS
    highest, cut = _highest(rows, most)
    editions = list(dict.fromkeys(row["edition"] for row in sorted(highest, key=lambda r: r["published"])))
    body = _by_country(highest, editions, answer) if len(years) == 1 else _by_year(highest, editions, answer)
    entry = answer.quantity
    span = str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
    said = f"{entry.label}, {span}"
    more = f" The {most} countries with the highest values of {cut}." if cut else ""
    several = " Editions stand side by side and are never joined." if len(editions) > 1 else ""
    source = "; ".join(f"{c.publisher}, {c.title}, {c.published:%-d %B %Y} ({c.id})" for c in answer.cards)
    return finish(
        body,
        title=said,
        subtitle=f"{unit_of_axis(answer)}. A hollow mark is an estimate or projection.{several}{more}",
        source=f"Source: {source}.",
        description=f"Chart of {entry.label[0].lower()}{entry.label[1:]}, {span}, by "
        f"{len(editions)} edition{'s' if len(editions) > 1 else ''}, for "
        f"{len({r['country'] for r in highest})} countries.",
        summary=[
            f"{r['name']} {r['year']}, {r['edition']}: {format_value(r['value'], entry.unit)}, {r['status']}."
            for r in highest[:40]
        ],
    )


def _rows(answer: FigureAnswer) -> list[dict[str, Any]]:
    """Return the figures as rows, in the unit of print; growth of the same members has rows of its own."""
    published = {card.id: card.published.isoformat() for card in answer.cards}
    factor = value_factor(answer)
    rows: list[dict[str, Any]] = []
    for row in _figures(answer, published, factor):
        rows.append(row)
        growth = answer.growth_of(row)
        if growth is not None and growth.same_members is not None:
            same = {"value": growth.same_members, "shown": factor * growth.same_members}
            name = {"country": f"{row['country']} same", "name": f"{row['name']}, same members"}
            rows.append({**row, **name, **same})
    return rows


def _figures(answer: FigureAnswer, published: dict[str, str], factor: float) -> list[dict[str, Any]]:
    """Return one row for each figure."""
    return [
        {
            "country": row["country"],
            "name": row_name(row),
            "year": row["year"],
            "value": row["value"],
            "shown": factor * row["value"],
            "edition": row["edition"],
            "published": published[row["edition"]],
            "status": row["status"],
            "firm": "actual" if row["status"] == "actual" else "estimate or projection",
            "note": row["note"] or "–",
        }
        for row in answer.frame.to_dicts()
    ]


def value_factor(answer: FigureAnswer) -> float:
    """Return what a value is multiplied by for print: per cent, billions, or as it is."""
    unit = answer.quantity.unit
    if unit == "fraction":
        return 100.0
    high = max(map(abs, answer.frame["value"]))
    return (
        1e-9 if unit in {"usd", "eur", "lcu", "int_usd"} and isinstance(high, float) and high >= 1e9 else 1.0
    )


def unit_of_axis(answer: FigureAnswer) -> str:
    """Name the unit of the axis."""
    entry = answer.quantity
    words = {
        "fraction": "Per cent",
        "usd": "US dollars",
        "eur": "Euros",
        "lcu": "Units of the national currency",
        "int_usd": "International dollars",
        "usd_per_person": "US dollars per inhabitant",
        "person": "Persons",
    }.get(entry.unit, entry.unit.capitalize())
    if value_factor(answer) == 1e-9:
        words = f"Billion {words[0].lower()}{words[1:]}" if not words.startswith("US") else f"Billion {words}"
    prices = f", {entry.price_basis} prices" if entry.price_basis != "none" else ""
    return words + prices


def _highest(rows: list[dict[str, Any]], most: int) -> tuple[list[dict[str, Any]], int]:
    """Keep the countries with the highest latest values; give also how many there were, or 0."""
    latest: dict[str, tuple[int, str, float]] = {}
    for row in rows:
        key = (row["year"], row["published"], row["value"])
        latest[row["country"]] = max(latest.get(row["country"], key), key)
    order = sorted(latest, key=lambda c: -latest[c][2])
    codes = order[:most]
    index = {code: i for i, code in enumerate(codes)}
    chosen = sorted(
        (r for r in rows if r["country"] in index), key=lambda r: (index[r["country"]], r["year"])
    )
    return chosen, len(order) if len(order) > most else 0


def _keys(alt: Any, editions: Sequence[str]) -> tuple[Any, Any, Any]:
    """Return the colour, shape and fill that tell editions apart."""
    count = len(editions)
    colours = [COLOURS[i % len(COLOURS)] for i in range(count)]
    legend = alt.Legend(columns=4, symbolFillColor=PAPER, symbolDash=[1, 0]) if count > 1 else None
    colour = alt.Color("edition:N", scale=alt.Scale(domain=editions, range=colours), legend=legend)
    shapes = [SHAPES[i % len(SHAPES)] for i in range(count)]
    shape = alt.Shape("edition:N", scale=alt.Scale(domain=editions, range=shapes), legend=legend)
    fill = alt.Fill(
        "key:N",
        scale=alt.Scale(domain=[*editions, "hollow"], range=[*colours, PAPER]),
        legend=None,
    )
    return colour, shape, fill


def _marks(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add what fills the mark: the edition's colour, or nothing for an estimate."""
    return [{**r, "key": r["edition"] if r["firm"] == "actual" else "hollow"} for r in rows]


def _tips(alt: Any) -> list[Any]:
    """Return the lines of the tooltip: the figure and its source."""
    return ["name:N", "year:Q", alt.Tooltip("shown:Q", format=",.4~f"), "status:N", "edition:N", "note:N"]


def _by_country(rows: Sequence[dict[str, Any]], editions: Sequence[str], answer: FigureAnswer) -> Any:
    """Draw one year: a row for each country, a mark for each edition, a line over what they span."""
    alt = altair()
    colour, shape, fill = _keys(alt, editions)
    base = alt.Chart(data(_marks(rows))).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelColor=INK, labelLimit=170, grid=True))
    )
    span = base.mark_rule(color=LIGHT, strokeWidth=3).encode(
        x=alt.X("min(shown):Q", title=unit_of_axis(answer), axis=alt.Axis(format=",~f")), x2="max(shown):Q"
    )
    points = base.mark_point(size=60, opacity=1, strokeWidth=1.8).encode(
        x="shown:Q", color=colour, shape=shape, fill=fill, tooltip=_tips(alt)
    )
    count = len({row["country"] for row in rows})
    return alt.layer(span, points).properties(width=WIDTH - 180, height=max(3, count) * 18)


def _by_year(rows: Sequence[dict[str, Any]], editions: Sequence[str], answer: FigureAnswer) -> Any:
    """Draw several years: a panel for each country, a line for each edition."""
    alt = altair()
    names = list(dict.fromkeys(row["name"] for row in rows))
    colour, shape, fill = _keys(alt, editions)
    dash = alt.StrokeDash(
        "edition:N",
        scale=alt.Scale(domain=editions, range=[DASHES[i % len(DASHES)] for i in range(len(editions))]),
        legend=None,
    )
    years = [row["year"] for row in rows]
    step = max(1, -(-(max(years) - min(years)) // (8 if len(names) == 1 else 3)))
    ticks = list(range(max(years), min(years) - 1, -step))
    base = alt.Chart().encode(
        x=alt.X(
            "year:Q",
            title=None,
            axis=alt.Axis(format="d", values=ticks, grid=False),
            scale=alt.Scale(domain=[min(years), max(years)], nice=False),
        ),
        y=alt.Y(
            "shown:Q",
            title=unit_of_axis(answer) if len(names) == 1 else None,
            axis=alt.Axis(format=",~f", tickCount=5),
        ),
        color=colour,
    )
    line = base.mark_line(strokeWidth=1.8).encode(strokeDash=dash)
    points = base.mark_point(size=34, opacity=1, strokeWidth=1.6).encode(
        shape=shape, fill=fill, tooltip=_tips(alt)
    )
    wide, high = (WIDTH - 70, 260) if len(names) == 1 else ((WIDTH - 130) // 3, 120)
    layers = alt.layer(line, points).properties(width=wide, height=high)
    return layers.facet(
        facet=alt.Facet("name:N", sort=names, title=None), columns=3, data=data(_marks(rows))
    ).resolve_axis(x="independent")
