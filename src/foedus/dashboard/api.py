"""The JSON API: the same objects that `--json` prints, with an OpenAPI description."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import Field, create_model

from foedus.dashboard.pages import ROUTES
from foedus.dashboard.views import Route
from foedus.results import to_jsonable

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["Refusal", "api_router"]


Refusal = create_model(
    "Problem",
    __doc__="What is wrong, in one sentence.",
    error=(str, Field(description="What is wrong, where, and what to do.")),
)
"""How every address refuses; its name is the one that the API's description has."""


REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refusal, "description": "What was given cannot be used."},
    404: {"model": Refusal, "description": "There is no such name, or no figure that answers."},
    413: {"model": Refusal, "description": "The request is too large."},
    422: {"model": Refusal, "description": "A parameter is missing, unknown or out of range."},
    429: {"model": Refusal, "description": "The server is busy; ask again when its header retry-after says."},
    503: {"model": Refusal, "description": "The server stops or has just started; ask again in a moment."},
}
"""How every address may refuse."""


def api_router(state: AppState) -> APIRouter:
    """Build the API.

    Parameters
    ----------
    state : AppState
        The shared state.

    Returns
    -------
    fastapi.APIRouter
        One address for each route.
    """
    router = APIRouter(tags=["foedus"])
    for route in ROUTES:
        router.add_api_route(
            f"/{route.name}",
            _endpoint(state, route),
            methods=["GET"],
            summary=route.summary,
            name=route.name,
            operation_id=route.name.replace("-", "_"),
            response_model=dict[str, Any],
            responses=REFUSALS,
        )
    return router


def _endpoint(state: AppState, route: Route) -> Callable[..., Any]:
    """Make the function that answers one route."""

    def endpoint(question: Any) -> JSONResponse:
        return JSONResponse(to_jsonable(route.payload(state, question)))

    # The framework reads the parameters from the annotation, which is known only here.
    endpoint.__annotations__ = {"question": Annotated[route.question, Query()]}
    endpoint.__doc__ = route.summary
    return endpoint
