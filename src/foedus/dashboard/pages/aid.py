"""Aid to Ukraine: who committed and allocated what, the months ahead, and what nobody can know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import Field

from foedus.aid.asked import forecast_of
from foedus.aid.question import AidForecastQuestion, AidQuestion
from foedus.aid.stage_words import whole_spans
from foedus.dashboard.pages.aid_view import AidAnswers, aid_view
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.served import served
from foedus.dashboard.views import Control, Page, Route, View
from foedus.errors import FoedusError, NoDataError

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast
    from foedus.aid.result import Aid
    from foedus.dashboard.state import AppState

__all__ = ["AID_FORECAST_ROUTE", "AID_PAGE", "AID_ROUTE", "AidPageQuestion", "release_options"]


class AidPageQuestion(AidQuestion):
    """Who has helped Ukraine, and what the months ahead may bring."""

    forecast: int = Field(
        default=6, ge=0, le=12, description="Over how many months ahead: 1, 3 or 6; 0 for none."
    )


def _release(state: AppState, edition: str | None) -> str | None:
    """Return the release that shall answer: the one asked for, or the one that an address is pinned to."""
    if edition is not None or not state.pins:
        return edition
    held = {value for value, _ in release_options()}
    return next((pin for pin in state.pins if pin in held), None)


def _asked(state: AppState, asked: AidQuestion) -> Aid:
    """Put a question to the record."""
    from foedus.aid.aid import aid

    question = asked.model_copy(update={"edition": _release(state, asked.edition)})
    return state.drawn(("aid", question.model_dump_json()), lambda: aid(question, ledger=state.ledger))


def _ahead(state: AppState, asked: AidForecastQuestion) -> AidForecast:
    """Forecast the months ahead."""
    question = asked.model_copy(update={"edition": _release(state, asked.edition)})
    return state.drawn(("aid forecast", question.model_dump_json()), lambda: forecast_of(question))


def _question(question: AidPageQuestion, **changes: Any) -> AidQuestion:
    """Return a page's question as the record takes it."""
    return AidQuestion(**{**question.model_dump(exclude={"forecast"}), **changes})


def _view(state: AppState, question: AidPageQuestion) -> View:
    """Show the answer."""
    result = _asked(state, _question(question))
    every = _asked(state, _question(question, donor=(), by=None)) if question.donor else result
    compared = _question(question, donor=(), by=None, kind="all", compare=whole_spans(result))
    forecast, missing = _forecast(state, question)
    answers = AidAnswers(result, every, forecast, missing, _asked(state, compared))
    return aid_view(state, answers)


def _forecast(state: AppState, question: AidPageQuestion) -> tuple[AidForecast | None, str]:
    """Return the forecast of a page, or why there is none."""
    if not question.forecast:
        return None, ""
    if question.real:
        return None, "Months ahead are forecast in euros of the day: choose nominal prices to see them."
    if len(question.donor) > 1:
        return None, "Months ahead are forecast of one donor or of all."
    asked = AidForecastQuestion(
        donor=question.donor[0] if question.donor else None,
        kind=question.kind,
        ahead=question.forecast,
        edition=question.edition,
        as_of=question.as_of,
    )
    try:
        return _ahead(state, asked), ""
    except NoDataError as error:
        return None, f"{str(error)[:1].upper()}{str(error)[1:].rstrip('.')}."


def release_options() -> Sequence[tuple[str, str]]:
    """Return the releases that are held, the newest first, by edition and number with the day."""
    from foedus.aid.own import own_releases
    from foedus.aid.record import CARD_ID, packaged_release

    held = {CARD_ID: packaged_release()} | own_releases()
    newest = sorted(held.values(), key=lambda release: (release.published, release.number), reverse=True)
    return [(r.id, f"Release {r.number}, {r.published:%-d %b %Y}") for r in newest]


def _releases(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the releases to choose from; without a choice the newest one answers."""
    first, *others = release_options()
    return [("", first[1]), *others]


def _donors(state: AppState) -> Sequence[tuple[str, str]]:
    """Return the donors to choose from, the one that allocated most first."""
    try:
        rows = _asked(state, AidQuestion()).donors
    except FoedusError:
        return [("", "All, by region")]
    return [("", "All, by region"), *((row.donor, row.name) for row in rows)]


def _command(question: AidPageQuestion) -> str:
    """Write the question as a command."""
    return command_of("aid", question, forecast="", compare="--compare-years")


def _values(question: AidPageQuestion) -> Mapping[str, Any]:
    """Return what each control shows: of several donors the first."""
    shown = question.model_dump(mode="json")
    return shown | {"donor": next(iter(question.donor), None)}


AID_PAGE = Page(
    slug="aid",
    title="Aid",
    group="helps",
    question_title="Who helps Ukraine, and how much?",
    lead="What was committed and allocated to Ukraine, by whom, as of which release, and the months ahead.",
    question=served(AidPageQuestion),
    controls=(
        Control("donor", "Donor", "select", options=_donors),
        Control(
            "kind",
            "Kind",
            "chips",
            options=lambda _: [("all", "all"), ("military", "military"), ("other", "other")],
        ),
        Control(
            "by",
            "By",
            "chips",
            options=lambda _: [("", "region"), ("donor", "donor"), ("route", "route"), ("month", "month")],
        ),
        Control(
            "real",
            "Prices",
            "chips",
            options=lambda _: [("false", "nominal"), ("true", "real, of 2021")],
        ),
        Control("edition", "As of", "select", options=_releases),
        Control(
            "forecast",
            "Forecast",
            "chips",
            options=lambda _: [("0", "none"), ("1", "1"), ("3", "3"), ("6", "6 months")],
        ),
    ),
    answer=_view,
    values=_values,
    command=_command,
    python=lambda q: python_of("foedus.aid", _question(q)),
    parts={name: f"aid/{name}.html" for name in ("aside", "rail", "source")},
)

AID_ROUTE = Route(
    "aid",
    "What was committed and allocated to Ukraine, by whom, as of which release.",
    served(AidQuestion),
    lambda state, asked: _asked(state, asked).payload(),
)

AID_FORECAST_ROUTE = Route(
    "aid-forecast",
    "What donors may allocate in the months ahead, beside the last 12 months drawn again.",
    served(AidForecastQuestion),
    lambda state, asked: _ahead(state, asked).payload(),
)
