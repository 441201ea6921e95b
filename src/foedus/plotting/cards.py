"""Pictures of an answer for news and social media: title, chart and source on one sheet of a given size."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from html import escape

from foedus.plotting.theme import FONT
from foedus.plotting.tokens import LIGHT

__all__ = ["CARD_SIZES", "PictureWords", "chart_place", "picture_svg"]

CARD_SIZES: dict[str, tuple[int, int]] = {"1200x675": (1200, 675), "1080x1080": (1080, 1080)}
"""Sizes in pixels: a news card, and a square for social media."""

MARGIN, TITLE, NOTE, FOOT = 44, 34, 17, 15
"""Margin and sizes of type, in pixels."""

WIDE_LETTER = 0.5
"""What a letter of the sans takes of its size, on average."""


@dataclass(frozen=True)
class PictureWords:
    """What stands around the chart of a picture.

    Attributes
    ----------
    title, sentence, source : str
        The answer in a few words, in one sentence, and where it comes from.
    """

    title: str
    sentence: str
    source: str


def _lines(text: str, size: int, width: int, most: int) -> list[str]:
    """Break a text into lines of a width, and end the last one with dots where there are more."""
    lines = textwrap.wrap(text, int((width - 2 * MARGIN) / (WIDE_LETTER * size)))
    return [*lines[: most - 1], f"{lines[most - 1]} …"] if len(lines) > most else lines


def _rows(words: PictureWords, size: tuple[int, int]) -> tuple[list[str], list[str], list[str]]:
    """Return the lines of title, sentence and source."""
    width, _ = size
    title = _lines(words.title, TITLE, width, 2)
    sentence = [] if words.sentence.rstrip(".") == words.title else _lines(words.sentence, NOTE, width, 3)
    return title, sentence, _lines(words.source, FOOT, width, 3)


def chart_place(words: PictureWords, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return where the chart stands on the sheet: left, top, width and height in pixels."""
    width, height = size
    title, sentence, source = _rows(words, size)
    top = MARGIN + len(title) * (TITLE + 6) + len(sentence) * (NOTE + 6) + 14
    bottom = MARGIN + len(source) * (FOOT + 5) + 8
    return MARGIN, top, width - 2 * MARGIN, height - top - bottom


def picture_svg(chart: str, words: PictureWords, size: tuple[int, int]) -> str:
    """Put title, sentence and source around a chart.

    Parameters
    ----------
    chart : str
        The chart as SVG.
    words : PictureWords
        What stands around it.
    size : (int, int)
        Width and height in pixels.

    Returns
    -------
    str
        SVG of exactly that size, on white.
    """
    width, height = size
    left, top, wide, high = chart_place(words, size)
    title, sentence, source = _rows(words, size)
    texts = [
        *_text(title, MARGIN, MARGIN + TITLE - 6, TITLE, LIGHT["ink"], bold=True),
        *_text(sentence, MARGIN, MARGIN + len(title) * (TITLE + 6) + NOTE, NOTE, LIGHT["soft"]),
        *_text(source, MARGIN, height - MARGIN - (len(source) - 1) * (FOOT + 5), FOOT, LIGHT["faint"]),
    ]
    label = escape(f"{words.title}. {words.sentence}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{label}">'
        f'<rect width="{width}" height="{height}" fill="{LIGHT["paper"]}"/>{"".join(texts)}'
        f"{_placed(chart, left, top, wide, high)}</svg>"
    )


def _text(lines: list[str], x: int, y: int, size: int, colour: str, *, bold: bool = False) -> list[str]:
    """Return lines of text, one element each."""
    weight = "700" if bold else "400"
    step = size + (6 if size != FOOT else 5)
    return [
        f'<text x="{x}" y="{y + i * step}" font-family="{escape(FONT)}" font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}">{escape(line)}</text>'
        for i, line in enumerate(lines)
    ]


def _placed(chart: str, left: int, top: int, width: int, height: int) -> str:
    """Return a chart shrunk or stretched into its place, its proportion kept, as a group of marks.

    A picture within a picture would do as well, but the writer of PDF bounds how deep they nest.
    """
    start = chart.index("<svg")
    head_end = chart.index(">", start)
    head, marks = chart[start:head_end], chart[head_end + 1 : chart.rindex("</svg>")]
    box = re.search(r'viewBox="([^"]+)"', head)
    across, down = (re.search(rf'\b{name}="([\d.]+)', head) for name in ("width", "height"))
    sizes = [float(size[1]) if size else float(place) for size, place in ((across, width), (down, height))]
    x, y, wide, high = map(float, box[1].split()) if box else (0.0, 0.0, *sizes)
    scale = min(width / wide, height / high)
    return f'<g transform="translate({left} {top}) scale({scale:.5g}) translate({-x:g} {-y:g})">{marks}</g>'
