"""Aid to Ukraine: who committed and allocated what, the months ahead, and what nobody can know of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from foedus.aid.question import AidQuestion, By
from foedus.aid.record import Kind
from foedus.aid.stage_words import whole_spans
from foedus.dashboard.pages.aid_view import AidAnswers, aid_view
from foedus.dashboard.query import command_of
from foedus.dashboard.views import Control, Page, Question, Route, View
from foedus.errors import FoedusError, NoDataError

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast
    from foedus.aid.result import Aid
    from foedus.dashboard.state import AppState

__all__ = ["AID_FORECAST_ROUTE", "AID_PAGE", "AID_ROUTE", "AidAsked", "AidPageQuestion", "release_options"]

Donor = Annotated[str, Field(max_length=80)]


class AidAsked(Question):
    """Who committed and allocated what."""

    donor: Annotated[
        list[Donor] | None, Field(max_length=50, description="Donors by name or code; EUI for the EU's own.")
    ] = None
    kind: Annotated[Kind, Field(description="What is given; other is financial and humanitarian aid.")] = (
        "all"
    )
    by: Annotated[By | None, Field(description="What the answer is laid out by.")] = None
    real: Annotated[bool, Field(description="In euros of 2021 by the IMF's deflator.")] = False
    edition: Annotated[str | None, Field(max_length=60, description="The release that shall answer.")] = None
    as_of: Annotated[date | None, Field(description="Only what had been published by this day.")] = None
    compare: Annotated[
        list[Annotated[str, Field(max_length=20)]] | None,
        Field(min_length=2, max_length=2, description="Two spans, the later first: 2025 and 2022-2024."),
    ] = None


class ForecastAsked(Question):
    """What may be allocated in the months ahead."""

    donor: Annotated[str | None, Field(max_length=80, description="A donor or a region; else all.")] = None
    kind: Annotated[Kind, Field(description="What is given.")] = "all"
    ahead: Annotated[int, Field(ge=1, le=12, description="Over how many months at the most: 1, 3, 6.")] = 6
    edition: Annotated[str | None, Field(max_length=60, description="The release that shall answer.")] = None
    as_of: Annotated[date | None, Field(description="Only what had been published by this day.")] = None


class AidPageQuestion(Question):
    """Who has helped Ukraine, and what the months ahead may bring."""

    donor: Annotated[str | None, Field(max_length=80, description="A donor by name or code; else all.")] = (
        None
    )
    kind: Annotated[Kind, Field(description="What is given; other is financial and humanitarian aid.")] = (
        "all"
    )
    by: Annotated[By | None, Field(description="What the answer is laid out by.")] = None
    real: Annotated[bool, Field(description="In euros of 2021 by the IMF's deflator.")] = False
    edition: Annotated[str | None, Field(max_length=60, description="The release that shall answer.")] = None
    forecast: Annotated[
        int, Field(ge=0, le=12, description="Over how many months ahead: 1, 3 or 6; 0 for none.")
    ] = 6
    as_of: Annotated[date | None, Field(description="Only what had been published by this day.")] = None


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


def _ahead(state: AppState, asked: ForecastAsked) -> AidForecast:
    """Forecast the months ahead."""
    from foedus.aid.forecast import aid_forecast

    given = asked.model_dump() | {"edition": _release(state, asked.edition)}
    return state.drawn(("aid forecast", asked.model_dump_json()), lambda: aid_forecast(**given))


def _question(question: AidPageQuestion, **changes: Any) -> AidQuestion:
    """Return a page's question as the record takes it."""
    given = question.model_dump(exclude={"forecast", "donor"})
    donor = (question.donor,) if question.donor else ()
    return AidQuestion(**{**given, "donor": donor, **changes})


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
    asked = ForecastAsked(
        donor=question.donor,
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
    return command_of("aid", question, forecast="")


def _python(question: AidPageQuestion) -> str:
    """Write the question as Python."""
    given = question.model_dump(exclude_defaults=True, exclude={"forecast", "donor"})
    given |= {"donor": (question.donor,)} if question.donor else {}
    day = "from datetime import date\n\n" if question.as_of else ""
    when = question.as_of
    words = [
        f"{name}=date({when.year}, {when.month}, {when.day})"
        if name == "as_of" and when
        else f"{name}={value!r}"
        for name, value in given.items()
    ]
    imports = "from foedus.aid.aid import aid\nfrom foedus.aid.question import AidQuestion\n"
    return f"{day}{imports}\naid(AidQuestion({', '.join(words)}))\n"


AID_PAGE = Page(
    slug="aid",
    title="Aid",
    group="helps",
    question_title="Who helps Ukraine, and how much?",
    lead="What was committed and allocated to Ukraine, by whom, as of which release, and the months ahead.",
    question=AidPageQuestion,
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
    command=_command,
    python=_python,
    parts={name: f"aid/{name}.html" for name in ("aside", "rail", "source")},
)

AID_ROUTE = Route(
    "aid",
    "What was committed and allocated to Ukraine, by whom, as of which release.",
    AidAsked,
    lambda state, asked: _asked(
        state,
        AidQuestion(
            **asked.model_dump(exclude={"donor", "compare"}),
            donor=tuple(asked.donor or ()),
            compare=tuple(asked.compare) if asked.compare else None,
        ),
    ).payload(),
)

AID_FORECAST_ROUTE = Route(
    "aid-forecast",
    "What donors may allocate in the months ahead, beside the last 12 months drawn again.",
    ForecastAsked,
    lambda state, asked: _ahead(state, asked).payload(),
)
