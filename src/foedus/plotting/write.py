"""Charts as files and text: drawn here, by a packaged renderer, without a browser and without a network."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from html import escape
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from foedus.errors import InputError
from foedus.extending import install
from foedus.files.writing import check_writable, write_bytes
from foedus.plotting.chart import Chart

__all__ = [
    "KINDS",
    "chart_html",
    "chart_png",
    "chart_svg",
    "charts_library",
    "check_chart_path",
    "figure_html",
    "svg_as",
    "write_chart",
]

_PART_WORDS = re.compile(
    r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*"|aria-label="[^"]*"|aria-hidden="true")'
)

KINDS = ("png", "svg", "pdf", "html")
"""The endings of a chart's file."""


def check_chart_path(path: Path) -> str:
    """Return the kind of file that a path asks for, before anything is computed.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    str
        One of :data:`KINDS`.

    Raises
    ------
    InputError
        When the ending is another one.
    StorageError
        When no file can be written there.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        endings = ", ".join(f".{k}" for k in KINDS)
        raise InputError(f"{path.name!r} is no chart file", where="--chart", do=f"end the name in {endings}")
    check_writable(path, "the chart")
    return kind


def _renderer() -> Any:
    """Return the library that renders charts, and give it the fonts that pages have."""
    try:
        import vl_convert
    except ImportError as error:
        raise InputError(
            "the library that renders charts is not installed",
            where="charts",
            do=install("charts"),
        ) from error
    _register_fonts(vl_convert)
    return vl_convert


@cache
def _register_fonts(renderer: Any) -> None:
    """Register the fonts that pages have with the renderer."""
    with as_file(files("foedus.plotting") / "fonts") as folder:
        renderer.register_font_directory(str(folder))


def charts_library() -> bytes:
    """Return the charting library for browsers as one script, from the installed package.

    Returns
    -------
    bytes
        A module that puts its one function into ``window.foedusEmbed``.

    Raises
    ------
    InputError
        When the renderer is not installed.
    """
    text: str = _renderer().javascript_bundle(snippet="window.foedusEmbed = vegaEmbed;")
    return text.encode()


def chart_svg(chart: Chart, *, named: bool = False) -> str:
    """Draw a chart as SVG.

    Parameters
    ----------
    chart : Chart
        The chart.
    named : bool, default False
        Leave the colours' names, for a page that says what they are.

    Returns
    -------
    str
        The picture, with the text alternative inside.
    """
    text: str = _renderer().vegalite_to_svg(chart.spec if named else chart.to_dict())
    # The picture is one image with one text; its parts have neither names nor roles of their own.
    text = _own_names(_PART_WORDS.sub("", text))
    label = f"{chart.title}. {chart.description}"
    return text.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1)


def _own_names(svg: str) -> str:
    """Name the parts of a picture after its content.

    The renderer counts them from one picture to the next, so that the same chart would differ each time, and
    two processes would give the same names to parts of two pictures on one page.
    """
    names = list(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg)))
    if not names:
        return svg
    places = {name: str(i) for i, name in enumerate(names)}
    pattern = re.compile(rf'(\bid="|url\(#)({"|".join(map(re.escape, names))})(?=["\)])')
    plain = pattern.sub(lambda m: f"{m[1]}{places[m[2]]}", svg)
    mark = hashlib.sha256(plain.encode()).hexdigest()[:8]
    return pattern.sub(lambda m: f"{m[1]}f{mark}-{places[m[2]]}", svg)


def chart_png(chart: Chart, *, scale: float = 2.0) -> bytes:
    """Draw a chart as PNG.

    Parameters
    ----------
    chart : Chart
        The chart.
    scale : float, default 2
        Pixels of the picture for each pixel of the chart.

    Returns
    -------
    bytes
        The file's content.
    """
    content: bytes = _renderer().vegalite_to_png(chart.to_dict(), scale=scale)
    return content


def chart_html(chart: Chart) -> str:
    """Return a chart as a page of its own, with tooltips, that needs no network.

    Parameters
    ----------
    chart : Chart
        The chart.

    Returns
    -------
    str
        The page, with the scripts inside.
    """
    page: str = _renderer().vegalite_to_html(chart.to_dict(), bundle=True)
    html_head = f'<html lang="en">\n<head>\n<title>{escape(chart.title)}</title>'
    page = page.replace("<html>", '<html lang="en">', 1).replace('<html lang="en">\n  <head>', html_head, 1)
    return page.replace("</body>", f"{_words(chart)}</body>", 1)


def figure_html(chart: Chart) -> str:
    """Return a chart as a ``figure`` element: the picture, and its summary in words below.

    Parameters
    ----------
    chart : Chart
        The chart.

    Returns
    -------
    str
        HTML without scripts.
    """
    return f"<figure>{chart_svg(chart)}{_words(chart)}</figure>"


def _words(chart: Chart) -> str:
    """Return the text alternative and the summary as HTML."""
    items = "".join(f"<li>{escape(line)}</li>" for line in chart.summary)
    more = f"<ul>{items}</ul>" if items else ""
    return (
        f"<details><summary>This chart in words</summary><p>{escape(chart.description)}</p>{more}</details>"
    )


def write_chart(chart: Chart, path: Path) -> None:
    """Write a chart to a file.

    Parameters
    ----------
    chart : Chart
        The chart.
    path : pathlib.Path
        A file that ends in .png, .svg, .pdf or .html.

    Raises
    ------
    InputError
        When the ending is another one, or the library that draws is not installed.
    StorageError
        When the file cannot be written.
    """
    kind = check_chart_path(path)
    if kind == "png":
        content = chart_png(chart)
    elif kind == "pdf":
        content = _renderer().vegalite_to_pdf(json.dumps(chart.to_dict()))
    else:
        content = (chart_svg(chart) if kind == "svg" else chart_html(chart)).encode()
    write_bytes(path, content, "the chart")


def svg_as(svg: str, kind: str) -> bytes:
    """Return an SVG picture as a file of another kind.

    Parameters
    ----------
    svg : str
        The picture.
    kind : {"svg", "png", "pdf"}
        The kind; a PNG has as many pixels as the picture is large.

    Returns
    -------
    bytes
        The file's content.
    """
    if kind == "svg":
        return svg.encode()
    draws = {"png": _renderer().svg_to_png, "pdf": _renderer().svg_to_pdf}
    content: bytes = draws[kind](svg)
    return content
