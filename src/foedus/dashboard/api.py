"""The JSON API: the same objects that `--json` prints, with an OpenAPI description."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field, create_model

from foedus.dashboard.answers import API
from foedus.dashboard.formats import ARROW, CSV, JSON, FormatError, accepted, as_arrow, as_csv_text, main_rows
from foedus.dashboard.history_api import HISTORY_ROUTE
from foedus.dashboard.holding import held_for
from foedus.dashboard.lists_api import LIST_ROUTES
from foedus.dashboard.pages import ROUTES
from foedus.dashboard.query import QuestionError
from foedus.dashboard.served import parameters_of
from foedus.dashboard.views import Route
from foedus.errors import FoedusError, sentence_of, worded
from foedus.questions import takes_several
from foedus.results import to_jsonable

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.questions import Question

__all__ = ["API_ROUTES", "REFUSALS", "Refusal", "api_router", "in_api_words"]

API_ROUTES: tuple[Route, ...] = (*ROUTES, HISTORY_ROUTE, *LIST_ROUTES)
"""Every address of the API that is asked by GET."""

Refusal = create_model(
    "Problem",
    __doc__="What is wrong, in one sentence.",
    error=(str, Field(description="What is wrong, where, and what to do.")),
)
"""How every address refuses; its name is the one that the API's description has."""


LISTED = ("`/api/v1/decide?list=true`", "`/api/v1/decisions`")
"""What the command lists by an option stands at an address of its own."""

REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refusal, "description": "What was given cannot be used."},
    404: {"model": Refusal, "description": "There is no such name, or no figure that answers."},
    406: {"model": Refusal, "description": "It is not given in any form that is accepted."},
    413: {"model": Refusal, "description": "The request is too large."},
    422: {"model": Refusal, "description": "A parameter is missing, unknown, repeated or out of range."},
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
    for route in API_ROUTES:
        router.add_api_route(
            f"/{route.name}",
            _endpoint(state, route),
            methods=["GET"],
            summary=route.summary,
            name=route.name,
            operation_id=route.name.replace("-", "_"),
            response_model=None,
            responses=REFUSALS,
        )
    return router


def in_api_words(error: FoedusError) -> FoedusError:
    """Return an error in the words of the API: parameters and addresses, no options and commands.

    A command that has no address is for whoever runs the server.
    """
    worded(error, "api", [route.name for route in API_ROUTES])
    if error.where:
        error.where = error.where.removeprefix("foedus ")
    if error.do:
        error.do = _for_askers(error.do.replace(*LISTED))
    error.args = (sentence_of(error.what, error.where, error.do),)
    return error


def _for_askers(do: str) -> str:
    """Return what to do without what only a command can; where nothing is left, the server's keeper must."""
    if all(_can_be_asked(named) for named in re.findall(r"`([^`]+)`", do)):
        return do
    clauses = re.split(r",? or ", do)
    usable = [c for c in clauses if all(_can_be_asked(named) for named in re.findall(r"`([^`]+)`", c))]
    return " or ".join(usable) or "whoever runs this server can mend that"


def _can_be_asked(named: str) -> bool:
    """Whether what stands in an error's text is no command, and no address with parameters it has not."""
    address, _, query = named.partition("?")
    route = next((r for r in API_ROUTES if f"{API}/{r.name}" == address), None)
    names = {pair.partition("=")[0] for pair in query.split("&") if pair}
    return not named.startswith("foedus ") and (route is None or names <= set(parameters_of(route.question)))


def _endpoint(state: AppState, route: Route) -> Callable[..., Any]:
    """Make the function that answers one route."""

    def endpoint(request: Request, question: Any) -> Response:
        _check_once(request, route.question)
        form = _form(request, route)
        content = to_jsonable(route.payload(state, question))
        return written(content | held_for(state, question, content, route.name), form, route.name)

    # The framework reads the parameters from the annotation, which is known only here.
    endpoint.__annotations__ = {"request": Request, "question": Annotated[route.question, Query()]}
    endpoint.__doc__ = route.summary
    return endpoint


def _check_once(request: Request, kind: type[Question]) -> None:
    """Refuse a parameter of one value that is given twice."""
    several = {name for name, field in parameters_of(kind).items() if takes_several(field.annotation)}
    given = Counter(name for name, _ in request.query_params.multi_items() if name not in several)
    twice = next((name for name, times in given.items() if times > 1), None)
    if twice is not None:
        raise QuestionError(f"the parameter {twice[:80]!r} is given more than once", do="give it once")


def _form(request: Request, route: Route) -> str:
    """Return the form in which a request accepts the answer."""
    from foedus.dashboard.schemas.main_rows import MAIN_ROWS

    offered = (JSON, CSV, ARROW) if route.name in MAIN_ROWS else (JSON,)
    form = accepted(request.headers.get("accept", ""), offered)
    if form is None:
        raise FormatError(
            "this address does not answer in a form that the request accepts",
            do=f"accept {' or '.join(offered)}",
        )
    return form


def written(content: Mapping[str, Any], form: str, address: str) -> Response:
    """Write an answer in a form.

    Parameters
    ----------
    content : mapping
        The answer as JSON has it.
    form : str
        JSON, CSV or Arrow, by its media type.
    address : str
        Whose answer it is.

    Returns
    -------
    Response
        With the day it holds for in a header, since a table has no place for it.
    """
    headers = {"vary": "accept", "x-foedus-as-of": str(content["as_of"])}
    if form == JSON:
        return JSONResponse(content, headers=headers)
    from foedus.dashboard.schemas.document import columns_of
    from foedus.dashboard.schemas.main_rows import MAIN_ROWS

    rows, columns = main_rows(content, MAIN_ROWS[address]), columns_of(address)
    if form == CSV:
        return Response(as_csv_text(rows, columns), media_type=f"{CSV}; charset=utf-8", headers=headers)
    return Response(as_arrow(rows, columns), media_type=ARROW, headers=headers)
