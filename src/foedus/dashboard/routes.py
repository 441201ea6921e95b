"""The pages: a question from the address, the answer as HTML, and the same answer as files."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from foedus.dashboard.downloads import as_csv, as_xlsx
from foedus.dashboard.drawing import NARROW, WIDE, Drawing, charts_script, draw, picture
from foedus.dashboard.pages import PAGES
from foedus.dashboard.query import read_question
from foedus.dashboard.rendering import WITHIN, environment, failure
from foedus.dashboard.views import Control, Page, Question, View
from foedus.errors import UnknownNameError

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["FILES", "Site"]

FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "svg": "image/svg+xml",
}
"""What can be downloaded, by ending."""

DRAWS = "x-foedus-draws"
"""The header by which the script says that the browser draws the charts itself."""

FRESH = {"cache-control": "no-cache"}
KEEP = {"cache-control": "public, max-age=3600"}


class Site:
    """The pages of a server.

    Parameters
    ----------
    state : AppState
        The shared state.
    app : fastapi.FastAPI
        The application, whose description one page lists.
    root : str, default ""
        What stands before every address of the pages, as "/foedus".
    """

    def __init__(self, state: AppState, app: FastAPI, root: str = "") -> None:
        self.state = state
        self.app = app
        self.pages = {page.slug: page for page in PAGES}
        self.templates = environment(root)
        self.templates.globals["pages"] = PAGES
        self.templates.filters["groupby_order"] = _groups
        self.templates.filters["unbroken"] = _unbroken

    def router(self) -> APIRouter:
        """Return the addresses of the pages and their files.

        Returns
        -------
        fastapi.APIRouter
            None of them is in the API's description.
        """
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/", _first, methods=["GET"])
        router.add_api_route("/api", self._api, methods=["GET"])
        router.add_api_route("/static/charts.js", self._charts, methods=["GET"])
        router.add_api_route("/static/reading.css", _reading_style, methods=["GET"])
        for page in PAGES:
            router.add_api_route(f"/{page.slug}", self._show(page), methods=["GET", "HEAD"])
            router.add_api_route(f"/{page.slug}.{{kind}}", self._file(page), methods=["GET"])
        return router

    def warm(self) -> None:
        """Answer the first question of every page, and make the charting script."""
        for page in PAGES:
            question = page.question()
            view = page.answer(self.state, question)
            for chart in view.charts:
                draw(self.state, (page.slug, question.model_dump_json()), chart, WIDE, here=True)
        charts_script(self.state)

    def failure(self, request: Request, status: int, sentence: str) -> Response:
        """Answer with a page that says what is wrong.

        Parameters
        ----------
        request : Request
            What was asked.
        status : int
            The HTTP status.
        sentence : str
            What is wrong.

        Returns
        -------
        Response
            The whole page, or its result alone where the script asked for that.
        """
        return failure(self.templates, self.pages, request, status, sentence)

    def _show(self, page: Page) -> Any:
        """Make the function that shows one page."""

        def show(request: Request) -> Response:
            question = read_question(page.question, request.query_params.multi_items())
            return self._answer(request, page, question)

        return show

    def _answer(self, request: Request, page: Page, question: Question) -> Response:
        """Put the question and show the answer."""
        here = not (WITHIN in request.headers and request.headers.get(DRAWS) == "yes")
        width = _width(request)
        view = page.answer(self.state, question)
        key = (page.slug, question.model_dump_json())
        drawings = [draw(self.state, key, chart, width, here=here) for chart in view.charts]
        return self.show(request, page, question, view, drawings=drawings)

    def show(
        self,
        request: Request,
        page: Page,
        question: Question,
        view: View,
        *,
        drawings: Sequence[Drawing] = (),
        **words: Any,
    ) -> Response:
        """Show a view: the whole page, or its result alone where the script asks for that.

        Parameters
        ----------
        request : Request
            What was asked.
        page : Page
            The page.
        question : Question
            The question as the page read it.
        view : View
            The answer.
        drawings : sequence of Drawing
            Its charts, drawn or to be drawn by the browser.
        **words
            What else the page's template shows, in the place of the usual.

        Returns
        -------
        Response
            HTML, or JSON that holds it.
        """
        within = WITHIN in request.headers
        name = page.template.replace(".html", "_part.html") if within else page.template
        context = {**self._context(page, question, view), "files": (), **words}
        text = self.templates.get_template(name).render(**context, drawings=drawings, width=_width(request))
        if not within:
            return HTMLResponse(text, headers=FRESH)
        labels = {d.name: f"{d.title}. {d.description}" for d in drawings}
        charts = {d.name: {"spec": d.spec, "label": labels[d.name]} for d in drawings if not d.svg}
        return JSONResponse({"html": text, "charts": charts}, headers=FRESH)

    def _context(self, page: Page, question: Question, view: View) -> dict[str, Any]:
        """Return what the templates show."""
        from urllib.parse import urlencode

        given = question.given()
        values = page.shown(question)
        free = [c.name for c in page.controls if not c.reloads]
        unset = question.model_copy(update={n: page.question.model_fields[n].default for n in free})
        own = page.shown(unset)
        controls = [
            {
                "control": c,
                "value": _text(values.get(c.name)),
                "own": _text(own.get(c.name)),
                "changed": c.name in given,
                "options": _with_asked(c, c.options(self.state), _text(values.get(c.name)))
                if c.options
                else (),
            }
            for c in page.controls
        ]
        hidden_fields = {
            name: value for name, value in given.items() if name not in {c.name for c in page.controls}
        }
        return {
            "page": page,
            "question": question,
            "view": view,
            "controls": controls,
            "kept": hidden_fields,
            "query": urlencode(given, doseq=True),
            "command": page.command(question),
            "python": page.python(question),
            "origin": _origin(page, view),
        }

    def _file(self, page: Page) -> Any:
        """Make the function that gives a page's files."""

        def file(request: Request, kind: str) -> Response:
            if kind not in FILES:
                raise UnknownNameError("kind of file", kind, FILES, do=f"use one of {', '.join(FILES)}")
            items = request.query_params.multi_items()
            part = next((value for name, value in items if name == "part"), None)
            question = read_question(page.question, [(n, v) for n, v in items if n != "part"])
            view = page.answer(self.state, question)
            content, name = _content(view, kind, part)
            headers = {"content-disposition": f'attachment; filename="foedus-{page.slug}-{name}.{kind}"'}
            return Response(content, media_type=FILES[kind], headers=headers)

        return file

    def _charts(self) -> Response:
        """Return the charting library."""
        return Response(charts_script(self.state), media_type="text/javascript", headers=KEEP)

    def _api(self) -> HTMLResponse:
        """Show what the API answers."""
        text = self.templates.get_template("api.html").render(schema=self.app.openapi(), page=None)
        return HTMLResponse(text)


def _reading_style() -> Response:
    """Return the style of a reading, kept to the part of the page that shows one."""
    from foedus.report.reading_page import marks_style

    return Response(f".reading {{\n{marks_style()}}}\n", media_type="text/css", headers=KEEP)


def _groups(controls: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Put neighbouring controls of one group together, in their order."""
    return [(group, list(items)) for group, items in groupby(controls, lambda item: item["control"].group)]


def _unbroken(text: str) -> str:
    """Keep a number and its sign on one line."""
    return text.replace(" %", "\u00a0%").replace(" bn", "\u00a0bn")


def _origin(page: Page, view: View) -> str:
    """Write where the rows of a table come from that do not say it themselves."""
    editions = ", ".join(f"{card.id} (published {card.published})" for card in view.cards)
    return f"from {editions}" if editions and page.slug != "sources" else ""


def _text(value: Any) -> Any:
    """Return a control's value as its element has it."""
    return str(value).lower() if isinstance(value, bool) else value


def _with_asked(
    control: Control, options: Sequence[tuple[str, str]], value: Any
) -> Sequence[tuple[str, str]]:
    """Return a slider's stops with the value asked for among them, so that moving nothing changes nothing."""
    text = "" if value is None else str(value)
    if control.kind != "stops" or text in {stop for stop, _ in options}:
        return options
    at = next((i for i, (stop, _) in enumerate(options) if not stop or stop > text), len(options))
    return [*options[:at], (text, text), *options[at:]]


def _first() -> RedirectResponse:
    """Lead to the first page."""
    return RedirectResponse(f"/{PAGES[0].slug}")


def _content(view: View, kind: str, part: str | None) -> tuple[bytes, str]:
    """Return a file's content and the name of the table or chart in it."""
    if kind == "xlsx":
        return as_xlsx(view), "tables"
    known = {item.name: item for item in (view.tables if kind == "csv" else view.charts)}
    if not known or (part is not None and part not in known):
        what = "table" if kind == "csv" else "chart"
        raise UnknownNameError(what, part or kind, known, do=f"this page has {', '.join(known) or 'none'}")
    chosen: Any = known[part] if part is not None else next(iter(known.values()))
    return (as_csv(chosen) if kind == "csv" else picture(chosen, kind)), chosen.name


def _width(request: Request) -> int:
    """Return the width that charts are drawn for: what the script measured, or a guess from the browser."""
    asked = request.headers.get(WITHIN, "")
    if asked.isdecimal():
        return NARROW if int(asked) < 560 else WIDE
    phone = "Mobi" in request.headers.get("user-agent", "") or request.headers.get("sec-ch-ua-mobile") == "?1"
    return NARROW if phone else WIDE
