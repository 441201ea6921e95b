"""The server: the pages, their downloads, the JSON API and what all of them share."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from foedus.dashboard.api import api_router
from foedus.dashboard.middleware import RequestLimits
from foedus.dashboard.query import QuestionError, refusal
from foedus.dashboard.routes import Site
from foedus.dashboard.state import AppState, BusyError, Limits
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

__all__ = ["API", "create_app", "status_of"]

API = "/api/v1"
"""Where the API stands; what changes its answers' shape gets a new number."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def create_app(
    ledger: Ledger | None = None, *, limits: Limits | None = None, hosts: Iterable[str] = LOOPBACK
) -> FastAPI:
    """Build the server.

    Parameters
    ----------
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    limits : Limits, optional
        What one request may ask for.
    hosts : iterable of str
        The names the server may be asked by; empty for any.

    Returns
    -------
    fastapi.FastAPI
        The application.
    """
    from importlib.metadata import version

    from foedus.evidence import Ledger

    state = AppState(ledger or Ledger.load(), limits or Limits())

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
        lifespan=life,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.state = state
    site = Site(state, app)
    app.include_router(api_router(state), prefix=API)
    app.include_router(read_router(state), prefix=API)
    app.include_router(article_page_router(state, site))
    app.include_router(site.router())
    app.add_middleware(RequestLimits, most_bytes=state.limits.upload_bytes, hosts=tuple(hosts))
    _handle_errors(app, site)
    return app


def _warm(site: Site) -> None:
    """Ask the first questions before anybody does: loading libraries and figures takes a second or two."""
    with contextlib.suppress(FoedusError):
        site.warm()


def status_of(error: FoedusError) -> int:
    """Return the HTTP status of an error.

    Parameters
    ----------
    error : FoedusError
        The error.

    Returns
    -------
    int
        404 for what does not exist, 422 for a question that is not well put or has no solution, 429 when the
        server is busy, 500 for a defect, and 400 for everything else that the asker can mend.
    """
    for kinds, status in (
        (BusyError, 429),
        ((UnknownNameError, NoDataError), 404),
        ((QuestionError, NoSolutionError), 422),
        ((StorageError, WiringError), 500),
    ):
        if isinstance(error, kinds):
            return status
    return 400


def _handle_errors(app: FastAPI, site: Site) -> None:
    """Answer every error with its sentence: as JSON below the API, as a page elsewhere."""

    def answer(request: Request, status: int, sentence: str) -> Response:
        if request.url.path.startswith(API):
            return JSONResponse({"error": sentence}, status)
        return site.failure(request, status, sentence)

    def known(request: Request, error: Exception) -> Response:
        status = status_of(error) if isinstance(error, FoedusError) else 500
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
