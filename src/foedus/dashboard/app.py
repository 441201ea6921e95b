"""The server: the pages, their downloads, the JSON API and what all of them share."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from foedus.dashboard.answers import API
from foedus.dashboard.api import api_router, in_api_words
from foedus.dashboard.failing import Failures
from foedus.dashboard.formats import FormatError
from foedus.dashboard.middleware import LOOPBACK, Policy, RequestLimits
from foedus.dashboard.pages.scenario_files import scenario_router
from foedus.dashboard.query import QuestionError, refusal
from foedus.dashboard.routes import Site
from foedus.dashboard.state import AppState, BusyError, Limits, LostError, OverrunError
from foedus.dashboard.turns import InTurn, Turns
from foedus.dashboard.uploads import article_page_router, read_router
from foedus.errors import (
    FoedusError,
    NoDataError,
    NoSolutionError,
    StorageError,
    UnknownNameError,
    WiringError,
)

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["API", "application", "create_app", "status_of"]


def create_app(
    ledger: Ledger | None = None,
    *,
    limits: Limits | None = None,
    hosts: Iterable[str] = LOOPBACK,
    root: str = "",
) -> FastAPI:
    """Build an application that answers in its own process; `foedus serve` works in processes beside it.

    Parameters
    ----------
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    limits : Limits, optional
        What one request may ask for.
    hosts : iterable of str
        The names the server may be asked by; empty for any.
    root : str, default ""
        What stands before every address of the pages.

    Returns
    -------
    fastapi.FastAPI
        The application.
    """
    limits = limits or Limits()
    app = application(AppState(ledger, limits), root)
    turns = Turns(limits.at_once, limits.depth, limits.wait_seconds)
    app.add_middleware(InTurn, turns=turns, answer=app.state.answer)
    app.add_middleware(
        RequestLimits, most_bytes=limits.upload_bytes, policy=Policy(hosts=frozenset(hosts)), root=root
    )
    return app


def application(state: AppState, root: str = "") -> FastAPI:
    """Build the pages and the API, without what stands before every request.

    Parameters
    ----------
    state : AppState
        The shared state.
    root : str, default ""
        What stands before every address of the pages.

    Returns
    -------
    fastapi.FastAPI
        The application; its ``state.site`` are the pages, its ``state.answer`` makes an error's answer.
    """
    from importlib.metadata import version

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        warm = threading.Thread(target=_warm, args=(site,), daemon=True)
        warm.start()
        yield
        warm.join()
        state.close()

    app = FastAPI(
        title="foedus",
        version=version("foedus"),
        summary="An open model and workbench of a collective-defence alliance.",
        openapi_url=f"{API}/openapi.json",
        docs_url=None,  # the library's own pages fetch scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        servers=[{"url": root}] if root else None,
        lifespan=life,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.state = state
    app.state.site = site = Site(state, app, root)
    app.state.answer = partial(_answer, site)
    app.include_router(api_router(state), prefix=API)
    app.include_router(read_router(state), prefix=API)
    app.include_router(article_page_router(state, site))
    app.include_router(scenario_router())
    app.include_router(site.router())
    app.add_middleware(Failures, answer=app.state.answer)
    _handle_errors(app, app.state.answer)
    _describe(app)
    return app


def _describe(app: FastAPI) -> None:
    """Let the API's description hold the answers; they are derived when it is first asked for."""
    written = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            from foedus.dashboard.schemas.document import completed

            app.openapi_schema = completed(written())
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # the framework's way to extend the description


def _warm(site: Site) -> None:
    """Ask the first questions before anybody does: loading libraries and figures takes a second or two."""
    with contextlib.suppress(FoedusError):
        site.warm()


def _answer(site: Site, request: Request, status: int, sentence: str) -> Response:
    """Answer with a sentence: as JSON below the API, as a page elsewhere."""
    if request.url.path.startswith(API):
        return JSONResponse({"error": sentence}, status)
    return site.failure(request, status, sentence)


def status_of(error: FoedusError) -> int:
    """Return the HTTP status of an error.

    Parameters
    ----------
    error : FoedusError
        The error.

    Returns
    -------
    int
        404 for what does not exist, 406 for a form that nobody writes, 422 for a question that is not well
        put, takes too long, or has no solution, 429 when the server is busy, 500 for a defect, and 400 for
        all else that the asker can mend.
    """
    for kinds, status in (
        (BusyError, 429),
        (FormatError, 406),
        ((OverrunError, LostError), 422),
        ((UnknownNameError, NoDataError), 404),
        ((QuestionError, NoSolutionError), 422),
        ((StorageError, WiringError), 500),
    ):
        if isinstance(error, kinds):
            return status
    return 400


def _handle_errors(app: FastAPI, answer: Callable[[Request, int, str], Response]) -> None:
    """Answer every error with its sentence."""

    def known(request: Request, error: Exception) -> Response:
        status = status_of(error) if isinstance(error, FoedusError) else 500
        if isinstance(error, FoedusError) and request.url.path.startswith(API):
            in_api_words(error)
        return answer(request, status, str(error))

    def invalid(request: Request, error: Exception) -> Response:
        errors: list[Any] = list(error.errors()) if isinstance(error, RequestValidationError) else []
        return answer(request, 422, str(refusal(errors)) if errors else "the request cannot be read.")

    def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        sentences = {404: "there is no such page.", 405: "this address does not take that method."}
        detail = error.detail if isinstance(error, HTTPException) else ""
        return answer(request, status, sentences.get(status, f"{detail or 'the request failed'}."))

    app.add_exception_handler(FoedusError, known)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
