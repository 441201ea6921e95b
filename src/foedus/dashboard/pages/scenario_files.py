"""Scenarios as files: saved from the stage as the command reads them, and opened on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from pydantic import Field

from foedus.dashboard.addresses import query_of, split
from foedus.dashboard.pages.scenarios_api import Changes, Scenario
from foedus.dashboard.pages.what_if import KEYS, WHAT_IF_PAGE, Name
from foedus.dashboard.query import QuestionError, read_question
from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import Question

if TYPE_CHECKING:
    from foedus.scenario.own import OwnScenario

__all__ = ["MOST_BYTES", "scenario_router"]

MOST_BYTES = 200_000
"""A scenario file is never as large."""

ASKED = "What becomes of spending in this scenario?"
"""The question of a scenario that was made with the sliders."""


class ScenarioFileQuestion(Question):
    """A scenario of one's own, to be saved."""

    scenario: Scenario = "baseline"
    set: Annotated[Changes | None, Field(max_length=20)] = None
    name: Name = None


def scenario_router() -> APIRouter:
    """Return the addresses that save a scenario and open one.

    Returns
    -------
    fastapi.APIRouter
        ``GET /scenario.yaml`` and ``POST /scenario``.
    """
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/scenario.yaml", _save, methods=["GET"])
    router.add_api_route("/scenario", _open, methods=["POST"])
    return router


def _save(request: Request) -> Response:
    """Return a scenario as the file that the command reads."""
    from foedus.scenario.changes import read_changes
    from foedus.scenario.own import OwnScenario, scenario_text

    question = read_question(ScenarioFileQuestion, request.query_params.multi_items())
    changes = read_changes(question.set or ())
    check_shipped(question.scenario, changes)
    own = OwnScenario(question.scenario, changes, question.name or "My scenario", ASKED)
    headers = {"content-disposition": f'attachment; filename="{_file_name(own)}.yaml"'}
    return Response(scenario_text(own), media_type="application/yaml; charset=utf-8", headers=headers)


def _file_name(own: OwnScenario) -> str:
    """Return a file's name in plain letters."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in own.title).split()
    return "-".join(words).lower()[:60] or "scenario"


def _open(
    file: UploadFile,
    side: Annotated[Literal["first", "second"], Form()] = "second",
    back: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Put a scenario file on the stage; the rest of the address stays."""
    from foedus.scenario.own import opened_scenario, written_change

    content = file.file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise QuestionError(f"{file.filename} is larger than any scenario file", do="choose a .yaml file")
    own = opened_scenario(_text(content, file.filename or "the file"), file.filename or "the file")
    sets = [written_change(key, value) for key, value in own.changes.items()]
    if any(len(change) > 200 for change in sets) or len(sets) > 20:
        raise QuestionError(
            f"{file.filename} changes more than an address can carry", do="run it with `foedus run` instead"
        )
    mine = {"first": ("scenario", "first_set", "first_name"), "second": ("other", "set", "name")}[side]
    gone = {*mine, *(KEYS if side == "second" else ())}
    values: dict[str, list[str]] = {}
    for name, value in split(back):
        if name not in gone:
            values.setdefault(name, []).append(value)
    query = query_of({**values, mine[0]: own.parent, mine[1]: sets, mine[2]: own.title[:60]})
    # Relative, so that it holds below whatever stands before the server's addresses.
    return RedirectResponse(f"{WHAT_IF_PAGE.slug}?{query}", status_code=303)


def _text(content: bytes, name: str) -> str:
    """Read a file as text."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionError(f"{name} is not text in UTF-8", do="choose a .yaml file") from error
