"""Articles that are sent to be read: one form for the page, one for the API."""

from __future__ import annotations

import base64
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import Response

from foedus.dashboard.api import REFUSALS, written
from foedus.dashboard.downloads import as_csv
from foedus.dashboard.formats import JSON
from foedus.dashboard.holding import held_for
from foedus.dashboard.pages.article import ARTICLE_PAGE, Article, ArticleQuestion, article_view, read_all
from foedus.dashboard.query import QuestionError
from foedus.questions import Question
from foedus.reading.question import ReadQuestion
from foedus.results import to_jsonable

if TYPE_CHECKING:
    from foedus.dashboard.routes import Site
    from foedus.dashboard.state import AppState
    from foedus.dashboard.views import View

__all__ = ["article_page_router", "read_router"]

PASTED = "pasted text"

Text = Annotated[str, Form(description="The text of one article.")]
Files = Annotated[
    list[UploadFile] | None, Form(description="Articles: txt, md, html, pdf, docx, odt or epub.")
]
Day = Annotated[str, Form(max_length=10, description="The day they were written, YYYY-MM-DD.")]
Compare = Annotated[bool, Form(description="Lay the articles side by side.")]


class ReadOn(Question):
    """The day on which articles were written, where it was given."""

    as_of: date | None = None


def read_router(state: AppState) -> APIRouter:
    """Return the API's address that reads articles.

    Parameters
    ----------
    state : AppState
        The shared state.

    Returns
    -------
    fastapi.APIRouter
        ``POST /read``.
    """
    router = APIRouter(tags=["foedus"])

    def read(text: Text = "", files: Files = None, day: Day = "", compare: Compare = False) -> Response:
        """Read articles: quotations with speakers, claims with verdicts, as of the day of each article."""
        when, articles = _day(day), _articles(text, files)
        content = to_jsonable(read_all(state, articles, day=when, compare=compare).payload())
        return written(content | held_for(state, ReadOn(as_of=when), content), JSON, "read")

    summary = "Read articles: quotations with speakers, claims with verdicts, as of the day of each."
    router.add_api_route(
        "/read",
        read,
        methods=["POST"],
        summary=summary,
        operation_id="read",
        response_model=None,
        responses=REFUSALS,
    )
    return router


def article_page_router(state: AppState, site: Site) -> APIRouter:
    """Return the page's address that reads articles.

    Parameters
    ----------
    state : AppState
        The shared state.
    site : Site
        Shows the answer.

    Returns
    -------
    fastapi.APIRouter
        ``POST /article``.
    """
    router = APIRouter(include_in_schema=False)

    def read(
        request: Request, text: Text = "", files: Files = None, day: Day = "", compare: Compare = False
    ) -> Response:
        when, articles = _day(day), _articles(text, files)
        readings = read_all(state, articles, day=when, compare=compare)
        view = article_view(readings)
        words = _words(articles, when, compare)
        return site.show(
            request, ARTICLE_PAGE, ArticleQuestion(), view, **words, files=_files(view), posted=True
        )

    router.add_api_route(f"/{ARTICLE_PAGE.slug}", read, methods=["POST"])
    return router


def _articles(text: str, files: list[UploadFile] | None) -> list[Article]:
    """Collect what was sent; an empty file field sends a file without a name."""
    pasted = [Article(PASTED, text.encode())] if text.strip() else []
    return pasted + [Article(f.filename, f.file.read()) for f in files or [] if f.filename]


def _day(text: str) -> date | None:
    """Read the day."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise QuestionError(
            f"day = {text[:20]!r} is not a day of the calendar", do="write it as YYYY-MM-DD"
        ) from error


def _words(articles: list[Article], day: date | None, compare: bool) -> dict[str, Any]:
    """Write the question as a command and as Python."""
    import shlex

    names = ["-" if a.name == PASTED else a.name for a in articles]
    options = [*(["--date", str(day)] if day else []), *(["--compare"] if compare else [])]
    files = tuple("article.txt" if name == "-" else name for name in names)
    asked = ReadQuestion(article=files, date=day, compare=compare)
    shown = asked.given() | {"article": files[0] if len(files) == 1 else list(files)}
    arguments = ", ".join(
        repr(value) if name == "article" else f"{name}={value!r}" for name, value in shown.items()
    )
    python = f"import foedus\n\nfoedus.read({arguments})\n"
    return {"command": shlex.join(["foedus", "read", *names, *options]), "python": python}


def _files(view: View) -> list[dict[str, str]]:
    """Return the tables as addresses that hold their own content: what was sent is not kept."""
    return [
        {
            "name": f"foedus-article-{table.name}.csv",
            "label": f"{table.title} as CSV",
            "address": "data:text/csv;charset=utf-8;base64," + base64.b64encode(as_csv(table)).decode(),
        }
        for table in view.tables
    ]
