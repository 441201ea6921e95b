"""The pages: a question from the address, the answer as HTML, and the same answer as files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from foedus.dashboard.addresses import joined, query_of
from foedus.dashboard.allies import last_shares, marked_row
from foedus.dashboard.assets import asset_name, asset_router
from foedus.dashboard.controls import by_group
from foedus.dashboard.drawing import draw, numbers
from foedus.dashboard.navigation import GROUPS, menu
from foedus.dashboard.pages import PAGES
from foedus.dashboard.query import read_page
from foedus.dashboard.rendering import WITHIN, environment, failure
from foedus.dashboard.sharing import FILES, file_of
from foedus.dashboard.stage import Stage, coded, stressed, unbroken
from foedus.dashboard.terms import termed
from foedus.dashboard.views import Page, Question, Shared, View
from foedus.plotting.fit import Box
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["Site"]

FILE_FIELDS = ("part", "size", "whole")
"""What the address of a file carries besides: which table or chart, of which size, with every column."""

BOX = "x-foedus-box"
"""The header that says how large the chart's place is, and thereby that the browser draws it: "900x520"."""

HOLDS = "x-foedus-holds"
"""The header with the mark of the specification that the browser holds."""

MOVED = ("answer", "head", "source", "rail")
SETTLED = (*MOVED, "tabs", "controls", "aside", "actions", "share", "print")
"""The parts that change while a control moves, and all of them."""

NAMES: Mapping[str, tuple[str, ...]] = {"draw": (), "move": MOVED}
"""What the script asks for: the chart alone, the parts that move, or by any other word all."""

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
            "staged": False,
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
            "as_query": query_of,
            "as_pairs": joined,
            "as_share": per_cent,
            "groupby_order": by_group,
            "unbroken": unbroken,
            "coded": coded,
            "stressed": stressed,
            "termed": termed(root),
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
            if page.in_path:
                path = f"/{page.slug}/{{{page.in_path}}}"
                router.add_api_route(path, self._show(page), methods=["GET", "HEAD"])
            router.add_api_route(f"/{page.file_slug}.{{kind}}", self._file(page), methods=["GET"])
            router.add_api_route(f"/embed/{page.file_slug}", self._embed(page), methods=["GET", "HEAD"])
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
        shared = shared or Shared()
        state = self.state.pinned(shared.editions)
        stage = Stage(state, page, question, shared, view, self.root, words)
        context = stage.context()
        if WITHIN in request.headers:
            return self._parts(request, stage, context)
        context["drawn"] = context["chart_words"] = stage.drawn()
        return HTMLResponse(self._render(page.template, context), headers=FRESH)

    def _parts(self, request: Request, stage: Stage, context: dict[str, Any]) -> Response:
        """Answer with parts of a page, and what the browser needs to draw the chart itself."""
        names = NAMES.get(request.headers[WITHIN], SETTLED)
        box = _box(request.headers.get(BOX, ""))
        needs = None
        if box is not None and stage.tab in ("chart", "map") and stage.chart is not None:
            needs = numbers(self.state, stage.key, stage.chart, box, stage.marked)
        context["drawn"] = None if needs else stage.drawn()
        context["chart_words"] = needs or context["drawn"]
        parts = {name: self._render(context["parts"][name], context) for name in names}
        chart: dict[str, Any] | None = None
        if needs is not None and stage.chart is not None:
            holds = request.headers.get(HOLDS) == needs.shape
            chart = {
                "name": stage.chart.name,
                "shape": needs.shape,
                "label": needs.label,
                "bar": stage.chart.bar,
            }
            chart |= {"rows": needs.moving()} if holds else {"rows": needs.rows, "spec": needs.spec}
        else:
            parts["panel"] = self._render(context["parts"][stage.tab], context)
        if context["posted"]:
            # What was sent is not kept, so that no tab of it can be asked for later.
            panels = {tab: self._render(context["parts"][tab], context) for tab in stage.tabs}
            return JSONResponse({"parts": parts, "panels": panels, "chart": None} | _named(stage, context))
        return JSONResponse({"parts": parts, "chart": chart} | _named(stage, context), headers=FRESH)

    def _render(self, name: str, context: Mapping[str, Any]) -> str:
        """Render a template."""
        return self.templates.get_template(name).render(context)

    def _show(self, page: Page) -> Any:
        """Make the function that shows one page."""

        def show(request: Request) -> Response:
            items = [*request.query_params.multi_items(), *request.path_params.items()]
            question, shared = read_page(page, items)
            state = self.state.pinned(shared.editions)
            view = page.answer(state, question)
            return self.show(request, page, question, view, shared=shared)

        return show

    def _file(self, page: Page) -> Any:
        """Make the function that gives a page's files."""

        def file(request: Request, kind: str) -> Response:
            items = request.query_params.multi_items()
            own = {name: value for name, value in items if name in FILE_FIELDS}
            question, shared = read_page(page, [(n, v) for n, v in items if n not in FILE_FIELDS])
            state = self.state.pinned(shared.editions)
            stage = Stage(state, page, question, shared, page.answer(state, question), self.root)
            content, name = file_of(
                stage,
                self.templates,
                kind,
                part=own.get("part"),
                size=own.get("size"),
                whole=own.get("whole") == "yes",
            )
            headers = {"content-disposition": f'attachment; filename="{name}"'}
            return Response(content, media_type=FILES[kind], headers=headers)

        return file

    def _embed(self, page: Page) -> Any:
        """Make the function that shows one answer alone, for a frame on another site."""

        def embed(request: Request) -> Response:
            question, shared = read_page(page, request.query_params.multi_items())
            state = self.state.pinned(shared.editions)
            stage = Stage(state, page, question, shared, page.answer(state, question), self.root)
            context = stage.context() | {"drawn": stage.drawn()}
            return HTMLResponse(self._render("embed.html", context), headers=FRESH)

        return embed

    def _api(self) -> HTMLResponse:
        """Show what the API answers."""
        return HTMLResponse(self._render("api.html", {"schema": self.app.openapi(), "page": None}))


def _named(stage: Stage, context: Mapping[str, Any]) -> dict[str, str]:
    """Return the title of an answer and the tab that is open."""
    return {"title": context["tab_title"], "tab": stage.tab}


def _first() -> RedirectResponse:
    """Lead to the first page; what stands before every request puts the root before it."""
    return RedirectResponse(f"/{PAGES[0].slug}")


def _box(text: str) -> Box | None:
    """Read the size of the chart's place, in steps that let neighbours share what was drawn."""
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()) or len(text) > 12:
        return None
    return Box(min(2400, max(240, int(width))), min(1600, max(120, int(height))))
