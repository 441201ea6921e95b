"""The pages: a question from the address, the answer as HTML, and the same answer as files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from foedus.dashboard.allies import last_shares, marked_row
from foedus.dashboard.assets import asset_name, asset_router
from foedus.dashboard.downloads import as_csv, as_xlsx
from foedus.dashboard.drawing import draw, numbers, picture
from foedus.dashboard.navigation import GROUPS, menu
from foedus.dashboard.pages import PAGES
from foedus.dashboard.query import read_page
from foedus.dashboard.rendering import WITHIN, environment, failure
from foedus.dashboard.stage import Stage, by_group, stressed, unbroken
from foedus.dashboard.views import Page, Question, Shared, View
from foedus.errors import UnknownNameError
from foedus.plotting.fit import Box

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

BOX = "x-foedus-box"
"""The header that says how large the chart's place is, and thereby that the browser draws it: "900x520"."""

HOLDS = "x-foedus-holds"
"""The header with the mark of the specification that the browser holds."""

MOVED = ("answer", "head", "source", "rail")
SETTLED = (*MOVED, "tabs", "controls", "aside", "actions", "share", "print")
"""The parts that change while a control moves, and all of them."""

FRESH = {"cache-control": "no-cache"}


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
        from importlib.metadata import version

        self.state = state
        self.app = app
        self.root = root
        self.pages = {page.slug: page for page in PAGES}
        self.templates = environment(root)
        grouped = {slug for group in GROUPS for slug in group.slugs}
        self.templates.globals |= {
            "groups": menu(PAGES),
            "footer": tuple(page for page in PAGES if page.slug not in grouped and page.slug),
            "on_stage": frozenset(self.pages),
            "version": version("foedus"),
            "asset": lambda asset: f"{root}/static/{asset_name(asset)}",
            # What a page that is no answer has not.
            "carried": "",
            "marked": (),
            "page_group": "",
            "tab_title": "",
            "as_of": "",
        }
        self.templates.filters |= {
            "groupby_order": by_group,
            "unbroken": unbroken,
            "stressed": stressed,
            "marked_row": marked_row,
        }

    def router(self) -> APIRouter:
        """Return the addresses of the pages and their files.

        Returns
        -------
        fastapi.APIRouter
            None of them is in the API's description.
        """
        router = APIRouter(include_in_schema=False)
        if "" not in self.pages:
            router.add_api_route("/", _first, methods=["GET", "HEAD"])
        router.add_api_route("/api", self._api, methods=["GET"])
        router.include_router(asset_router())
        for page in PAGES:
            router.add_api_route(f"/{page.slug}", self._show(page), methods=["GET", "HEAD"])
            if page.slug:
                router.add_api_route(f"/{page.slug}.{{kind}}", self._file(page), methods=["GET"])
        return router

    def warm(self) -> None:
        """Answer the first question of every page, and look the allies up."""
        last_shares(self.state)
        for page in PAGES:
            question = page.question()
            view = page.answer(self.state, question)
            for chart in view.charts[:1]:
                draw(self.state, (page.slug, question.model_dump_json()), chart)

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
            The whole page, or the sentence alone where the script asked for parts.
        """
        return failure(self.templates, self.pages, request, status, sentence)

    def show(
        self,
        request: Request,
        page: Page,
        question: Question,
        view: View,
        *,
        shared: Shared | None = None,
        **words: Any,
    ) -> Response:
        """Show a view: the whole page, or the parts that the script asks for.

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
        shared : Shared, optional
            What the address carries besides.
        **words
            What else the page's templates show, in the place of the usual.

        Returns
        -------
        Response
            HTML, or JSON that holds parts of it.
        """
        stage = Stage(self.state, page, question, shared or Shared(), view, self.root, words)
        context = stage.context()
        if WITHIN in request.headers:
            return self._parts(request, stage, context)
        context["drawn"] = stage.drawn()
        return HTMLResponse(self._render(page.template, context), headers=FRESH)

    def _parts(self, request: Request, stage: Stage, context: dict[str, Any]) -> Response:
        """Answer with parts of a page, and what the browser needs to draw the chart itself."""
        names = MOVED if request.headers[WITHIN] == "move" else SETTLED
        box = _box(request.headers.get(BOX, ""))
        draws = box is not None and stage.tab in ("chart", "map") and stage.chart is not None
        context["drawn"] = None if draws else stage.drawn()
        parts = {name: self._render(context["parts"][name], context) for name in names}
        chart = None
        if draws and box is not None and stage.chart is not None:
            needs = numbers(self.state, stage.key, stage.chart, box, stage.marked)
            holds = request.headers.get(HOLDS) == needs.shape
            chart = {"name": stage.chart.name, "shape": needs.shape, "rows": needs.rows, "label": needs.label}
            chart |= {"bar": stage.chart.bar} | ({"rows": needs.moving()} if holds else {"spec": needs.spec})
        else:
            parts["panel"] = self._render(context["parts"][stage.tab], context)
        answer = {"parts": parts, "chart": chart, "title": context["tab_title"], "tab": stage.tab}
        return JSONResponse(answer, headers=FRESH)

    def _render(self, name: str, context: Mapping[str, Any]) -> str:
        """Render a template."""
        return self.templates.get_template(name).render(context)

    def _show(self, page: Page) -> Any:
        """Make the function that shows one page."""

        def show(request: Request) -> Response:
            question, shared = read_page(page, request.query_params.multi_items())
            view = page.answer(self.state, question)
            return self.show(request, page, question, view, shared=shared)

        return show

    def _file(self, page: Page) -> Any:
        """Make the function that gives a page's files."""

        def file(request: Request, kind: str) -> Response:
            if kind not in FILES:
                raise UnknownNameError("kind of file", kind, FILES, do=f"use one of {', '.join(FILES)}")
            items = request.query_params.multi_items()
            part = next((value for name, value in items if name == "part"), None)
            question, _ = read_page(page, [(n, v) for n, v in items if n != "part"])
            view = page.answer(self.state, question)
            content, name = _content(view, kind, part)
            headers = {"content-disposition": f'attachment; filename="foedus-{page.slug}-{name}.{kind}"'}
            return Response(content, media_type=FILES[kind], headers=headers)

        return file

    def _api(self) -> HTMLResponse:
        """Show what the API answers."""
        return HTMLResponse(self._render("api.html", {"schema": self.app.openapi(), "page": None}))


def _first() -> RedirectResponse:
    """Lead to the first page; what stands before every request puts the root before it."""
    return RedirectResponse(f"/{PAGES[0].slug}")


def _content(view: View, kind: str, part: str | None) -> tuple[bytes, str]:
    """Return a file's content and the name of the table or chart in it."""
    if kind == "xlsx":
        return as_xlsx(view), "tables"
    charts = (*view.charts, *((view.map,) if view.map else ()))
    known = {item.name: item for item in (view.tables if kind == "csv" else charts)}
    if not known or (part is not None and part not in known):
        what = "table" if kind == "csv" else "chart"
        raise UnknownNameError(what, part or kind, known, do=f"this page has {', '.join(known) or 'none'}")
    chosen: Any = known[part] if part is not None else next(iter(known.values()))
    return (as_csv(chosen) if kind == "csv" else picture(chosen, kind)), chosen.name


def _box(text: str) -> Box | None:
    """Read the size of the chart's place, in steps that let neighbours share what was drawn."""
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()) or len(text) > 12:
        return None
    return Box(min(2400, max(240, int(width))), min(1600, max(120, int(height))))
