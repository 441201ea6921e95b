"""An answer to take along: its citation with pinned address, and files that say what the page says."""

from __future__ import annotations

import json
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from foedus.dashboard.addresses import pairs_of
from foedus.dashboard.downloads import as_csv, as_xlsx
from foedus.dashboard.drawing import boxed, undrawn
from foedus.errors import UnknownNameError
from foedus.plotting.cards import CARD_SIZES, PictureWords, chart_place, picture_svg
from foedus.plotting.fit import Box
from foedus.report.citation import Citation, Pins, cite, leading_cards
from foedus.results import to_jsonable

if TYPE_CHECKING:
    from jinja2 import Environment

    from foedus.dashboard.stage import Stage
    from foedus.dashboard.views import PageChart
    from foedus.tables import Table

__all__ = ["FILES", "citation_of", "file_of"]

FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
"""What can be downloaded, by ending."""

SHEET = (1200, 675)
"""The size of a picture for which none is asked, in pixels."""


def citation_of(stage: Stage) -> Citation:
    """Return the citation of the answer on a stage, its address pinned.

    Parameters
    ----------
    stage : Stage
        The answer.

    Returns
    -------
    Citation
        With day, version, editions, seed and draws; its address is below the server's root.
    """
    question, shared = stage.question, stage.shared
    day = getattr(question, "as_of", None) or shared.as_of or date.today()
    seed, draws = (getattr(question, name, None) or getattr(shared, name) for name in ("seed", "draws"))
    leading = {card.series: card for card in reversed(leading_cards(stage.view.cards))}
    asked = shared.editions or tuple(sorted(card.id for card in leading.values()))
    pins = Pins(
        as_of=day if isinstance(day, date) else date.fromisoformat(str(day)),
        version=version("foedus"),
        editions=tuple(asked),
        seed=seed,
        draws=draws,
    )
    dated = question.model_copy(update={"as_of": pins.as_of}) if hasattr(question, "as_of") else question
    return cite(
        stage.answer,
        question=stage.page.heading,
        cards=stage.view.cards,
        pins=pins,
        path=f"{stage.root}/{stage.page.slug}",
        given=pairs_of(stage.given()),
        command=stage.page.command(dated),
    )


def file_of(
    stage: Stage, templates: Environment, kind: str, *, part: str | None, size: str | None, whole: bool
) -> tuple[bytes, str]:
    """Return the answer on a stage as a file.

    Parameters
    ----------
    stage : Stage
        The answer.
    templates : jinja2.Environment
        The server's templates.
    kind : str
        One of :data:`FILES`.
    part : str, optional
        Which table or chart; without it the first.
    size : str, optional
        Of a picture, one of :data:`~foedus.plotting.cards.CARD_SIZES`, with title and source around it.
    whole : bool
        Of a table, every key of its rows and not those alone that are shown.

    Returns
    -------
    content : bytes
        The file.
    name : str
        Its name with its ending.

    Raises
    ------
    UnknownNameError
        When there is no such kind, part or size.
    """
    if kind not in FILES:
        raise UnknownNameError("kind of file", kind, FILES, do=f"use one of {', '.join(FILES)}")
    citation = citation_of(stage)
    if kind in {"xlsx", "json", "html"}:
        content = {
            "xlsx": lambda: as_xlsx(stage.view),
            "json": lambda: json.dumps(as_object(stage, citation), ensure_ascii=False).encode(),
            "html": lambda: alone(stage, templates, citation).encode(),
        }[kind]()
        return content, f"{citation.file_stem}.{kind}"
    view = stage.view
    if kind == "csv":
        table = _chosen("table", part, {table.name: table for table in view.tables}, kind)
        return as_csv(_all_keys(table) if whole else table), f"{citation.file_stem}-{table.name}.csv"
    charts = {chart.name: chart for chart in (*view.charts, *((view.map,) if view.map else ()))}
    chart = _chosen("chart", part, charts, kind)
    content = _picture(stage, chart, citation, kind, size)
    return content, f"{citation.file_stem}-{chart.name}{f'-{size}' if size else ''}.{kind}"


def as_object(stage: Stage, citation: Citation) -> dict[str, Any]:
    """Return the answer for programs: its sentence, its citation, and its tables with raw values."""
    content: dict[str, Any] = to_jsonable(
        {
            "answer": stage.answer.payload(),
            "citation": citation.metadata(),
            "tables": {table.name: list(table.rows) for table in stage.view.tables},
            "notes": stage.view.notes,
        }
    )
    return content


def alone(stage: Stage, templates: Environment, citation: Citation) -> str:
    """Return the answer as one page that needs nothing else: no script, no network."""
    from foedus.plotting.tokens import DARK, LIGHT

    tokens = [";".join(f"--{name}: {value}" for name, value in part.items()) for part in (LIGHT, DARK)]
    context = stage.context() | {"cited": citation, "light": tokens[0], "dark": tokens[1]}
    context["drawn"] = stage.drawn()
    return templates.get_template("alone.html").render(context)


def _chosen(what: str, part: str | None, known: dict[str, Any], kind: str) -> Any:
    """Return the part asked for, or the first."""
    if not known or (part is not None and part not in known):
        raise UnknownNameError(what, part or kind, known, do=f"this page has {', '.join(known) or 'none'}")
    return next(iter(known.values())) if part is None else known[part]


def _all_keys(table: Table) -> Table:
    """Return a table whose file has every key of its rows."""
    from dataclasses import replace

    shown = {key for column in table.columns for key in (column.key, *(column.span or ()), column.shown)}
    keys = dict.fromkeys(key for row in table.rows for key in row)
    return replace(table, more=tuple(key for key in keys if key not in shown and key != "source"))


def _picture(stage: Stage, chart: PageChart, citation: Citation, kind: str, size: str | None) -> bytes:
    """Draw a chart as a file: with its own title and source, or on a sheet of a given size."""
    from foedus.plotting.write import svg_as

    if size is not None and size not in CARD_SIZES:
        raise UnknownNameError("size of a picture", size, CARD_SIZES, do=f"use {' or '.join(CARD_SIZES)}")
    pixels = SHEET if size is None else CARD_SIZES[size]
    words = PictureWords(
        citation.title, citation.sentence, citation.text.split(": ", 1)[0] + _origin(citation)
    )
    try:
        if size is None and kind != "pdf":
            plot = chart.make()
            png: bytes = plot.png() if kind == "png" else plot.svg().encode()
            return png
        _, _, width, height = chart_place(words, pixels)
        svg = boxed(chart, Box(width, height), stage.marked).svg()
        return svg_as(picture_svg(svg, words, pixels), kind)
    except Exception as error:
        raise undrawn(chart, error) from error


def _origin(citation: Citation) -> str:
    """Write day and sources for the foot of a picture."""
    sources = "; ".join(f"{card.publisher}, {card.title} ({card.id})" for card in citation.sources)
    return f". As of {citation.pins.as_of}. {f'Source: {sources}.' if sources else ''}"
