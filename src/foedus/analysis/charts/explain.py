"""The tree of an explanation: the number, the chances that spread it, what sets them, and source cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from foedus.analysis.explanation_words import left_out_words, number_value, share_words
from foedus.plotting.fit import staged
from foedus.plotting.rows import layers
from foedus.plotting.theme import BLUE, GREY, INK, MUTED, ORANGE, PAPER, SAND, SKY, finish

if TYPE_CHECKING:
    from foedus.analysis.explanation import Explanation, GivenFigure, SpreadingChance
    from foedus.plotting.chart import Chart
    from foedus.plotting.fit import Box

__all__ = ["tree_chart", "tree_layers", "tree_stage"]

INKS = {"measured": BLUE, "estimated": BLUE, "figures": BLUE, "judged": SAND, "assumed": ORANGE}
"""The rim of a chance by the weakest grade of what sets its size; judged and assumed are orange."""

WIDE, SLIM, ROW = 640, 290, 52
NARROW, LEAST_ROW = 560, 34
"""The width of a picture and of one for a phone, the height of a row; the width below which it has two
columns, and the height below which its words would meet."""

LETTER, HIGH = 6.0, 46
"""What a bold letter takes, and the height from which a row has room for three lines."""

MOST_FIGURES = 4
"""So many editions of what is held fixed have a row; the others are in the line below."""


def tree_chart(explanation: Explanation) -> Chart:
    """Draw the number, a box for each chance with a line as thick as its index, and where it is from.

    Parameters
    ----------
    explanation : Explanation
        What :func:`foedus.analysis.explain.explain` gives.

    Returns
    -------
    Chart
        From left to right.
    """
    return replace(_titled(explanation, WIDE), slim=partial(_titled, explanation, SLIM))


def _titled(explanation: Explanation, width: int) -> Chart:
    """Return the tree with its words, so wide."""
    rows = list(_rows(explanation))
    height = ROW * max(len(rows), 2)
    body = {"layer": _layers(explanation, rows, width, height), "width": width, "height": height}
    return finish(
        body,
        title=explanation.answer().title,
        subtitle="Lines are as thick as the part of the spread that turns on a chance; dashed: held fixed, "
        "in no spread. A rim in orange: a number that sets the chance is judged or assumed.",
        source=f"Source: foedus, {explanation.title}, as of {explanation.as_of}, {explanation.draws:,} draws."
        f" {left_out_words(explanation).capitalize()}.",
        description=f"A tree of {len(explanation.chances)} chances. {explanation.headline()}",
        summary=[explanation.rests(), *(row["said"] for row in rows)],
    )


def tree_stage(explanation: Explanation, box: Box) -> Chart:
    """Draw the same tree without words around it, to fill a box.

    Parameters
    ----------
    explanation : Explanation
        The number.
    box : Box
        Its place.

    Returns
    -------
    Chart
        As :func:`tree_chart`.
    """
    width, height = box.width - 12, box.height - 12
    whole, rows = tree_chart(explanation), _fitting(_rows(explanation), height)
    return staged(
        {"layer": _layers(explanation, rows, width, height)},
        box=box,
        padding=(6, 6, 6, 6),
        title=whole.title,
        description=whole.description,
        source=whole.source,
        summary=whole.summary,
    )


def tree_layers(explanation: Explanation, left: float, width: float, height: float) -> list[dict[str, Any]]:
    """Return the tree as layers of a wider picture, three columns wide however narrow they are.

    Parameters
    ----------
    explanation : Explanation
        The number.
    left, width, height : float
        Its place, in pixels.

    Returns
    -------
    list of dict
        Each with rows of its own.
    """
    return _layers(explanation, _fitting(_rows(explanation), height), width, height, left=left)


def _fitting(rows: Iterable[dict[str, Any]], height: float) -> list[dict[str, Any]]:
    """Return as many rows as there is height for, the greatest chances first; the last one says how many
    more there are."""
    every, room = list(rows), max(int(height // LEAST_ROW), 2)
    if len(every) <= room:
        return every
    more = f"{len(every) - room + 1} more"
    return [
        *every[: room - 1],
        _held(more, "in the table", "all of them", GREY) | {"line": "smaller, or held fixed"},
    ]


def _rows(explanation: Explanation) -> Iterator[dict[str, Any]]:
    """Yield what stands in each row: a chance with what sets it and its source, then what is held fixed."""
    for chance in explanation.chances:
        names = [f"{number_value(number)}, {number.grade}" for number in chance.numbers]
        names += [figure.label for figure in chance.figures] if not names else []
        yield {
            "head": chance.label,
            "line": share_words(chance) or chance.component,
            "width": max(12.0 * max(chance.total or 0.0, 0.0), 1.0),
            "rim": INKS[chance.grade],
            "held": False,
            "card": _cards(chance) or f"no card: {chance.grade}",
            "from": _first(names),
            "short": _short([number.name for number in chance.numbers] or names),
            "said": f"{chance.label}: {share_words(chance)}, set by {'; '.join(names) or 'no number'}.",
        }
    by_card: dict[str, list[GivenFigure]] = {}
    for figure in explanation.figures:
        by_card.setdefault(figure.source.edition if figure.source else "", []).append(figure)
    for card, figures in sorted(by_card.items(), key=lambda item: (not item[0], -len(item[1])))[
        :MOST_FIGURES
    ]:
        labels = list(dict.fromkeys(f.label for f in figures))
        ways = [f"{f.status}, {f.known}" for f in figures if card] or [f.how for f in figures if f.how]
        yield _held(_first(labels), card or "the scenario", next(iter(ways), ""), GREY)
    if assumed := [number.name for number in explanation.numbers if number.grade == "assumed"]:
        yield _held(_first(assumed), "no card: assumed", "a number without a chance", ORANGE)


def _held(head: str, card: str, way: str, rim: str) -> dict[str, Any]:
    """Return a row of what is held fixed."""
    said = f"Held fixed, from {card}: {head}."
    words = {
        "head": head,
        "line": "held fixed, in no spread",
        "card": card,
        "from": way,
        "short": way,
        "said": said,
    }
    return words | {"width": 1.0, "rim": rim, "held": True}


def _first(names: list[str]) -> str:
    """Return the first of some names, and how many more there are."""
    if len(names) < 2:
        return "".join(names)
    return f"{names[0]}, and {len(names) - 1} more"


def _short(names: list[str]) -> str:
    """Return the first of some names, and how many more there are, in as few letters as go."""
    return names[0] if len(names) == 1 else f"{names[0]} (+{len(names) - 1})" if names else ""


def _cards(chance: SpreadingChance) -> str:
    """Return the cards that a chance ends in; nothing where its numbers name none."""
    cards = [card.edition for number in chance.numbers for card in number.cards]
    cards += [figure.source.edition for figure in chance.figures if figure.source]
    return _first(list(dict.fromkeys(cards)))


def _layers(
    explanation: Explanation,
    rows: list[dict[str, Any]],
    width: float,
    height: float,
    *,
    left: float = 0.0,
) -> list[dict[str, Any]]:
    """Return links, boxes and words; places are pixels of the picture."""
    narrow = width < NARROW and not left
    step, root = height / max(len(rows), 2), left + (0.15 if left else 0.17) * width
    beside = bool(left)
    first = left + (0.19 if beside else 0.22) * width
    right = left + (width if narrow else (0.63 if beside else 0.58) * width)
    boxes = [
        {
            **row,
            "line": f"{row['line']}; {row['card']}" if narrow else row["line"],
            "x": first,
            "x2": right,
            "y": index * step + 3,
            "y2": (index + 1) * step - 5,
            "mid": (index + 0.5) * step,
            "dash": [3, 3] if row["held"] else [1, 0],
            "x0": root,
            "y0": height / 2,
            "x3": right + 0.03 * width,
            "from": row["short"] if beside else row["from"],
            "x4": left + width,
        }
        for index, row in enumerate(rows)
    ]
    boxes = [row | _lines(row, right - first, step) for row in boxes]
    label = wrap(f"{explanation.label}, {explanation.year}", 11 if narrow or left else 18)
    half = 24 + 7 * len(label)
    centre: dict[str, Any] = {"x": left, "x2": root, "y": height / 2 - half, "y2": height / 2 + half}
    centre |= {
        "head": explanation.written(explanation.value),
        "line": label,
    }
    return [
        *_boxes(boxes, right - first),
        *([] if narrow else _sources(boxes, left + 0.97 * width - right)),
        *_root(centre, root - left),
    ]


def _lines(row: dict[str, Any], room: float, step: float) -> dict[str, Any]:
    """Return where the words of a row stand: on two lines where they are long and the row is high."""
    mid, head = row["mid"], wrap(row["head"], max(int((room - 14) / LETTER), 8))
    places = {"above": mid - 8, "below": mid + 8}
    if len(head) == 2 and step >= HIGH:
        return places | {"head": head, "first": mid - 14, "second": mid + 11}
    return places | {"first": mid - 8, "second": mid + 8}


def _at(name: str) -> dict[str, Any]:
    """Return a place in pixels."""
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}


def _boxes(rows: list[dict[str, Any]], room: float) -> list[dict[str, Any]]:
    """Return a link and a box for each row, with two lines of words."""
    values = {"data": {"values": rows}}
    link = layers(
        {"type": "rule", "opacity": 0.7, "strokeCap": "round"},
        x=_at("x0"),
        x2={"field": "x"},
        y=_at("y0"),
        y2={"field": "mid"},
        stroke={"field": "rim", "type": "nominal", "scale": None},
        strokeWidth={"field": "width", "type": "quantitative", "scale": None},
        strokeDash={"field": "dash", "type": "nominal", "scale": None},
    )
    outline = {"type": "rect", "cornerRadius": 4, "fill": PAPER, "strokeWidth": 1.6}
    box = layers(
        outline,
        x=_at("x"),
        x2={"field": "x2"},
        y=_at("y"),
        y2={"field": "y2"},
        stroke={"field": "rim", "type": "nominal", "scale": None},
    )
    # A rectangle takes its dashes from the mark alone.
    dashed = box | {"mark": outline | {"strokeDash": [4, 3]}}
    words = _two_lines("x", "head", "line", room)
    return [
        values | link,
        {"data": {"values": [row for row in rows if not row["held"]]}} | box,
        {"data": {"values": [row for row in rows if row["held"]]}} | dashed,
        *(values | part for part in words),
    ]


def _sources(rows: list[dict[str, Any]], room: float) -> list[dict[str, Any]]:
    """Return the source of each row: the card, and below it what sets the chance."""
    rule = layers({"type": "rule", "color": SKY}, x=_at("x2"), x2={"field": "x3"}, y=_at("mid"))
    words = _two_lines("x3", "card", "from", room)
    return [{"data": {"values": rows}} | part for part in (rule, *words)]


def _two_lines(x: str, first: str, second: str, room: float) -> list[dict[str, Any]]:
    """Return two lines of words, the first one bold."""
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 8, "limit": room - 14}
    return [
        {
            "mark": mark | {"fontSize": 11.5, "lineHeight": 12, "fontWeight": "bold", "color": INK},
            "encoding": {
                "x": _at(x),
                "y": _at("first" if first == "head" else "above"),
                "text": {"field": first},
            },
        },
        {
            "mark": mark | {"fontSize": 10.5, "color": MUTED},
            "encoding": {
                "x": _at(x),
                "y": _at("second" if first == "head" else "below"),
                "text": {"field": second},
            },
        },
    ]


def _root(centre: dict[str, Any], room: float) -> list[dict[str, Any]]:
    """Return the box of the number itself."""
    values = {"data": {"values": [centre | {"mid": centre["y"] + 36, "at": centre["x"] + room / 2}]}}
    box = layers(
        {"type": "rect", "cornerRadius": 5, "fill": BLUE, "stroke": BLUE},
        x=_at("x"),
        x2={"field": "x2"},
        y=_at("y"),
        y2={"field": "y2"},
    )
    mark = {"type": "text", "align": "center", "baseline": "middle", "color": PAPER, "limit": room - 8}
    large = min(19.0, 1.6 * (room - 8) / max(len(centre["head"]), 1))
    lines = [
        {
            "mark": mark | {"dy": dy, "fontSize": size, "fontWeight": weight},
            "encoding": {"x": _at("at"), "y": _at("mid"), "text": {"field": field}},
        }
        for field, dy, size, weight in (("head", -16, large, "bold"), ("line", 8, 10.5, "normal"))
    ]
    return [values | part for part in (box, *lines)]
