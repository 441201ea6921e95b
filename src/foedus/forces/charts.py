"""Charts of a requirement: parts under every rule, parts by class beside fair shares, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from foedus.forces.classes import equipment_class
from foedus.forces.fair_shares import RULE_WORDS
from foedus.forces.gap_result import missing_words
from foedus.forces.words import NOBODY_ASKED, RULE_SHORT, WHO_WORDS, about, capital, counted, exact, whose
from foedus.plotting.chart import Chart
from foedus.plotting.rows import across, ally_axis, layers, plot
from foedus.plotting.theme import BLUE, CONFIG, GREY, INK, LIGHT, MUTED, ORANGE, SAND, SKY, WIDTH, finish
from foedus.rounding import rounded
from foedus.units import billions, per_cent

if TYPE_CHECKING:
    from foedus.forces.gap_result import ClassGap, Gap
    from foedus.forces.result import AllyPart, Apportionment
    from foedus.plotting.fit import Box

__all__ = ["classes_chart", "gap_chart", "rules_chart", "rules_stage"]

SHAPES = {"gdp": "circle", "population": "square", "spending": "triangle-up", "mix": "diamond"}
NARROW_ROWS = 8
"""How many allies a phone shows."""

LABELS = 130
"""Room for the names of allies, in pixels."""


def rules_chart(result: Apportionment) -> Chart:
    """Draw every ally's part of the leading class under every rule.

    Parameters
    ----------
    result : Apportionment
        What :func:`foedus.forces.apportionment.apportion` gives.

    Returns
    -------
    Chart
        A dot for each rule, the chosen one filled, a line from the least to the greatest, and a box over what
        has been said. Two panels, of which the right one is enlarged by the factor that its heading says.
    """
    rows = list(result.rows)
    half = -(-len(rows) // 2) if len(rows) > 16 else len(rows)
    sides = [rows[:half], rows[half:]] if half < len(rows) else [rows]
    tops = [_top(result, side) for side in sides]
    width = (WIDTH - len(sides) * LABELS) // len(sides)
    panels = [
        _rules_panel(result, side, top, width, _side_heading(i, tops))
        for i, (side, top) in enumerate(zip(sides, tops, strict=True))
    ]
    body: dict[str, Any] = {"hconcat": panels, "spacing": 14}
    lead = result.lead
    asked = counted(result.requirement.required()[lead], lead)
    said = ", and boxed what has been said" if result.said else ""
    return finish(
        body,
        title=_rules_title(result),
        subtitle=f"Parts of {asked} among {len(rows)} {WHO_WORDS[result.who]}: circle by GDP, square by "
        f"population, triangle by spending, diamond by the mean{said}. Filled: by {RULE_WORDS[result.rule]}. "
        f"{NOBODY_ASKED}",
        source=_source(result),
        description=f"Dot chart of parts of {asked} under {len(result.by_rule)} rules. "
        f"{result.answer().sentence()}",
        summary=[_in_words(result, row) for row in rows],
    )


def rules_stage(result: Apportionment, box: Box) -> Chart:
    """Draw the same chart without its words, to fill a box; in a narrow one the largest parts alone.

    Parameters
    ----------
    result : Apportionment
        What :func:`foedus.forces.apportionment.apportion` gives.
    box : Box
        Its place.

    Returns
    -------
    Chart
        As :func:`rules_chart`.
    """
    whole = rules_chart(result)
    rows = list(result.rows)
    half = NARROW_ROWS if box.narrow else -(-len(rows) // 2) if len(rows) > 16 else len(rows)
    sides = [rows[:half]] if box.narrow else [side for side in (rows[:half], rows[half:]) if side]
    tops = [_top(result, side) for side in sides]
    labels = 100 if box.narrow else LABELS
    width = max(80, box.width // len(sides) - labels - 22)
    height = max(120, box.height - 66)
    panels = [
        _rules_panel(result, side, top, width, _side_heading(i, tops) if len(sides) > 1 else "")
        | {"height": height}
        for i, (side, top) in enumerate(zip(sides, tops, strict=True))
    ]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": whole.description,
        "background": "transparent",
        "config": CONFIG,
        "padding": 4,
        "concat": [{"hconcat": panels, "spacing": 10}],
    }
    return replace(whole, spec=spec)


def _rules_title(result: Apportionment) -> str:
    """Return the largest part under every rule, the chosen one first."""
    first = result.rows[0]
    rules = sorted(result.by_rule, key=lambda row: row.rule != result.rule)
    said = [f"{about(r.parts[first.country], r.equipment)} by {RULE_SHORT[r.rule]}" for r in rules]
    return f"{capital(whose(first.name))} part of “{result.requirement.headed}”: {', '.join(said)}"


def _top(result: Apportionment, rows: Sequence[AllyPart]) -> float:
    """Return the greatest value that a panel draws."""
    codes = {row.country for row in rows}
    values = [rule.parts[code] for rule in result.by_rule for code in codes]
    values += [said.statement.high for said in result.said if said.statement.country in codes]
    return max([*values, *(row.parts[result.lead] for row in rows), 1e-9])


def _side_heading(side: int, tops: Sequence[float]) -> str:
    """Return the heading of a panel: of the right one, how many times it is enlarged."""
    if len(tops) == 1:
        return ""
    return f"The others, enlarged {rounded(tops[0] / tops[1])} times" if side else "The largest fair shares"


def _rules_rows(result: Apportionment, rows: Sequence[AllyPart], top: float) -> list[dict[str, Any]]:
    """Return what is drawn of each ally: its part under every rule, and what was said."""
    said = {s.statement.country: s.statement for s in result.said}
    data = []
    for row in rows:
        low, high = result.spread(row.country) if result.by_rule else (0.0, 0.0)
        values: dict[str, float] = {r.rule: r.parts[row.country] for r in result.by_rule}
        statement = said.get(row.country)
        data.append(
            {
                "name": row.name,
                "low": low,
                "high": high,
                "said_low": statement.low if statement else None,
                "said_high": statement.high if statement else None,
                "part": about(row.parts[result.lead], result.lead),
                "end": 1.04 * top,
                **values,
            }
        )
    return data


def _rules_panel(
    result: Apportionment, rows: Sequence[AllyPart], top: float, width: int, heading: str
) -> dict[str, Any]:
    """Draw one panel of the parts under every rule."""
    data = _rules_rows(result, rows, top)
    y = ally_axis() | {"sort": [row.name for row in rows]}
    x = across("low", equipment_class(result.lead).label, tickCount=4, format="~s" if top < 10 else ",~f")
    x |= {"scale": {"domain": [0, 1.25 * top], "nice": False}}
    tips = [{"field": "name", "title": "ally"}]
    tips += [
        {"field": rule.rule, "title": f"by {RULE_WORDS[rule.rule]}", "format": ",.1~f"}
        for rule in result.by_rule
    ]
    box = {"type": "bar", "color": SAND, "stroke": ORANGE, "height": 13}
    parts = [layers(box, x=x | {"field": "said_low"}, x2={"field": "said_high"}, y=y)] if result.said else []
    parts.append(layers({"type": "rule", "color": SKY, "strokeWidth": 3}, x=x, x2={"field": "high"}, y=y))
    for rule in sorted(result.by_rule, key=lambda r: r.rule == result.rule):
        chosen = rule.rule == result.rule
        mark = {
            "type": "point",
            "shape": SHAPES[rule.rule],
            "size": 60 if chosen else 40,
            "filled": True,
            "fill": BLUE if chosen else "white",
            "stroke": BLUE,
            "strokeWidth": 1.4,
            "opacity": 1,
        }
        parts.append(layers(mark, x=x | {"field": rule.rule}, y=y, tooltip=tips))
    number = {"type": "text", "align": "left", "fontSize": 10.5, "color": INK}
    parts.append(layers(number, x=x | {"field": "end"}, y=y, text={"field": "part"}))
    panel = plot(data, parts, width)
    return panel | ({"title": {"text": heading, "fontSize": 12, "anchor": "start"}} if heading else {})


def classes_chart(result: Apportionment) -> Chart:
    """Draw every ally's part of every class, with its fair share marked.

    Parameters
    ----------
    result : Apportionment
        What :func:`foedus.forces.apportionment.apportion` gives.

    Returns
    -------
    Chart
        A field for each ally and class, darker for a larger part of the class, its number inside; an orange
        edge where it is further from the fair share than one piece or a tenth.
    """
    required = result.requirement.required()
    cells = [_cell(row, name, number) for row in result.rows for name, number in required.items()]
    order = [equipment_class(name).label for name in required]
    axis = {"orient": "top", "labelAngle": -30, "labelLimit": 190, "labelColor": INK, "grid": False}
    x = {"field": "label", "type": "nominal", "sort": order, "title": None, "axis": axis}
    y = ally_axis()
    y["axis"] |= {"grid": False}
    most = max(cell["part_of_class"] for cell in cells) or 1.0
    scale = {"range": [0.04, 1.0], "domain": [0, most]}
    depth = {"field": "part_of_class", "type": "quantitative", "scale": scale, "legend": None}
    ink = {"condition": {"test": f"datum.part_of_class > {0.55 * most}", "value": "white"}, "value": INK}
    named = (("name", "ally"), ("label", "class"), ("text", "part"), ("fair", "fair share"))
    tips = [{"field": key, "title": title} for key, title in named]
    off = {"type": "rect", "fillOpacity": 0, "stroke": ORANGE, "strokeWidth": 1.4}
    parts = [
        layers({"type": "rect"}, x=x, y=y, fillOpacity=depth, tooltip=tips),
        layers(off, x=x, y=y) | {"transform": [{"filter": "datum.off"}]},
        layers({"type": "text", "fontSize": 9.5}, x=x, y=y, text={"field": "text"}, color=ink),
    ]
    body = plot(cells, parts, WIDTH - LABELS)
    body["height"] = 17 * len(result.rows)
    return finish(
        body,
        title=f"{result.requirement.headed}: who would provide what by {RULE_WORDS[result.rule]}",
        subtitle="Darker: a larger part of the class. Orange edge: further from the fair share than one "
        f"piece and a tenth of it. {NOBODY_ASKED}",
        source=_source(result),
        description=f"Table of the parts of {len(result.rows)} allies in {len(order)} classes.",
        summary=[
            f"{row.name}: {', '.join(counted(part, name) for name, part in row.parts.items())}."
            for row in result.rows
        ],
    )


def _cell(row: AllyPart, name: str, number: float) -> dict[str, Any]:
    """Return one field of the table of parts."""
    part, fair = row.parts[name], row.share * number
    piece = {"whole": 1.0, "quarters": 0.25, "divisible": 1.0}[equipment_class(name).pieces]
    return {
        "name": row.name,
        "label": equipment_class(name).label,
        "part_of_class": part / number if number else 0.0,
        "text": about(part, name) if part else "–",
        "fair": exact(fair, name),
        "off": abs(part - fair) > max(piece, 0.1 * fair),
    }


def gap_chart(result: Gap) -> Chart:
    """Draw what is missing by class, with its interval.

    Parameters
    ----------
    result : Gap
        What :func:`foedus.forces.gap.gap` gives.

    Returns
    -------
    Chart
        For each class the available part of what is required in blue and the missing part in orange, a thin
        line over the middle 80 %; a hollow bar where holdings are not known.
    """
    rows = []
    for row in result.rows:
        known = row.missing is not None and row.required > 0.0
        share = (row.missing or 0.0) / row.required if known else None
        rows.append(
            {
                "name": equipment_class(row.equipment).label,
                "zero": 0.0,
                "one": 1.0,
                "there_to": None if share is None else 1.0 - share,
                "low": None if share is None else 1.0 - (row.missing_high or 0.0) / row.required,
                "high": None if share is None else 1.0 - (row.missing_low or 0.0) / row.required,
                "text": _gap_words(row),
            }
        )
    y = ally_axis()
    y["axis"] |= {"labelLimit": 210}
    x = across("zero", "Part of what is required", format="%") | {"scale": {"domain": [0, 1.0]}}
    bar = {"type": "bar", "height": 12, "yOffset": 7}
    words = {"type": "text", "align": "left", "dx": 2, "dy": -7, "fontSize": 10.5, "color": MUTED}
    parts = [
        layers(bar | {"color": "white", "stroke": LIGHT}, x=x, x2={"field": "one"}, y=y),
        layers(bar | {"color": SAND}, x=x | {"field": "there_to"}, x2={"field": "one"}, y=y),
        layers(bar | {"color": BLUE}, x=x, x2={"field": "there_to"}, y=y),
        layers(
            {"type": "rule", "color": GREY, "strokeWidth": 2, "yOffset": 7},
            x=x | {"field": "low"},
            x2={"field": "high"},
            y=y,
        ),
        layers(words, x={"datum": 0.0, "type": "quantitative"}, y=y, text={"field": "text"}),
    ]
    body = plot(rows, parts, WIDTH - 220)
    body["height"] = 42 * max(3, len(rows))
    return finish(
        body,
        title=result.answer().title,
        subtitle="Blue: available. Orange: missing. Line: the middle 80 % of what may be available. Hollow: "
        f"nobody can say without holdings. {NOBODY_ASKED}",
        source=_source(result.shares),
        description=f"Bar chart of {len(rows)} classes. {result.answer().sentence()}",
        summary=[f"{row['name']}: {row['text']}." for row in rows],
    )


def _gap_words(row: ClassGap) -> str:
    """Return what stands at the end of a class's bar."""
    required = exact(row.required, row.equipment)
    if row.missing is None:
        return f"{required} asked for"
    price = f", USD {billions(row.cost, 1)} bn" if row.cost else ""
    return f"{missing_words(row)} of {required} missing{price}"


def _in_words(result: Apportionment, row: AllyPart) -> str:
    """Return one ally's parts as a sentence."""
    part = about(row.parts[result.lead], result.lead)
    share = per_cent(row.share, 1)
    if not result.by_rule:
        return f"{row.name}: {part}, a fair share of {share}."
    low, high = (about(v, result.lead) for v in result.spread(row.country))
    return f"{row.name}: {part}, a fair share of {share}; {low} to {high} under all rules."


def _source(result: Apportionment) -> str:
    """Return where the figures come from, with the label of the requirement."""
    editions = ", ".join(result.editions)
    known = f"{result.requirement.known}" if result.requirement.known != "retrieved" else "read at its source"
    return f"Source: {result.requirement.headed} ({known}); figures of {result.year}: {editions}."
