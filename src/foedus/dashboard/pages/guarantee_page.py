"""Guarantee: what European strength and help in time stand in for, over ranges that the reader moves."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from foedus.axes import country_name
from foedus.dashboard.pages.guarantee_view import GuaranteeAnswers, guarantee_view
from foedus.dashboard.pages.what_if import shipped_titles
from foedus.dashboard.query import python_of
from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import Control, Page, Question, View
from foedus.guarantee.flank import flank_allies, flank_among
from foedus.guarantee.question import DeterGameQuestion
from foedus.guarantee.ranges import LIMITS, StatedRange, stated_ranges
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.analysis.deter import StandingFlank
    from foedus.dashboard.state import AppState

__all__ = ["GUARANTEE_PAGE", "GuaranteePageQuestion"]


def _end(name: str, what: str) -> Any:
    """Return a field for a number within the limits of a range; none stands for what is stated."""
    low, high = LIMITS[name]
    return Field(default=None, ge=low, le=high, description=what)


class GuaranteePageQuestion(Question):
    """What stands in for a promise, over ranges."""

    attacker: Annotated[
        float | None,
        Field(
            ge=0.2,
            le=10.0,
            description="The attacker's strength over local strength; stated without it.",
        ),
    ] = None
    us_least: float | None = _end("arrivals_over_local", "US forces in time over local strength, at least.")
    us_most: float | None = _end("arrivals_over_local", "US forces in time over local strength, at most.")
    days: float | None = _end("days_in_time", "Days within which help is in time; the stated range without.")
    cost_least: float | None = _end("cost_over_value", "What an attack costs, of what it wins, at least.")
    cost_most: float | None = _end("cost_over_value", "What an attack costs, of what it wins, at most.")
    extra_least: float | None = _end("extra_cost_over_value", "What it costs more if the US comes, at least.")
    extra_most: float | None = _end("extra_cost_over_value", "What it costs more if the US comes, at most.")
    ally: Annotated[
        str | None, Field(max_length=80, description="An ally on the flank; all of them without.")
    ] = None
    scenario: Annotated[str, Field(max_length=100, description="A scenario that comes with foedus.")] = (
        "baseline"
    )
    as_of: Annotated[date | None, Field(description="Only what had been published by this day.")] = None

    def ranges(self) -> tuple[str, ...]:
        """Return the ranges that differ from those stated, as the command takes them."""
        given = [
            f"{name}={value:g}"
            for name, value in (("attacker_over_local", self.attacker), ("days_in_time", self.days))
            if value is not None
        ]
        for name, (least, most) in ENDS.items():
            asked = getattr(self, least), getattr(self, most)
            if asked != (None, None):
                low, high = sorted(_or_stated(name, asked))
                given.append(f"{name}={low:g}..{high:g}")
        return tuple(given)

    def put(self) -> DeterGameQuestion:
        """Return the question as the room takes it."""
        check_shipped(self.scenario)
        country = (self.ally,) if self.ally else ()
        return ask(
            DeterGameQuestion, scenario=self.scenario, country=country, range=self.ranges(), as_of=self.as_of
        )


ENDS: Mapping[str, tuple[str, str]] = {
    "arrivals_over_local": ("us_least", "us_most"),
    "cost_over_value": ("cost_least", "cost_most"),
    "extra_cost_over_value": ("extra_least", "extra_most"),
}
"""The fields of the two ends of each range."""


@cache
def _stated(name: str) -> StatedRange:
    """Return a range as it is stated."""
    return next(span for span in stated_ranges() if span.name == name)


def _or_stated(name: str, asked: tuple[float | None, float | None]) -> tuple[float, float]:
    """Return the ends asked for, and those stated where none was."""
    span = _stated(name)
    low, high = asked
    return span.low if low is None else low, span.high if high is None else high


def _shown(question: GuaranteePageQuestion) -> Mapping[str, Any]:
    """Return what each control stands at."""
    values = question.model_dump(mode="json")
    for name, (least, most) in ENDS.items():
        values[least], values[most] = _or_stated(name, (values[least], values[most]))
    return values


def _flank(state: AppState, question: GuaranteePageQuestion) -> StandingFlank:
    """Return what the scenario comes to on the flank, drawn once for all ranges."""
    from foedus.analysis.deter import standing_flank

    return state.drawn(
        ("standing flank", question.scenario, question.as_of),
        lambda: standing_flank(question.scenario, question.as_of, state.ledger),
    )


def _view(state: AppState, question: GuaranteePageQuestion) -> View:
    """Show the answer."""
    from foedus.analysis.deter import deter, deter_game

    asked = question.put()
    flank_among(asked.country, asked.as_of)
    standing = _flank(state, question)

    def make() -> GuaranteeAnswers:
        thresholds = deter(asked, ledger=state.ledger, standing=standing)
        return GuaranteeAnswers(
            thresholds, deter_game(asked, ledger=state.ledger, standing=standing, thresholds=thresholds)
        )

    answers: GuaranteeAnswers = state.drawn(("guarantee", question.model_dump_json()), make)
    return guarantee_view(state, answers)


def _attackers() -> Sequence[tuple[str, str]]:
    """Return stops of European strength to the attacker's, with the stated range first."""
    span = _stated("attacker_over_local")
    stops = {4.0: "1 to 4", 3.0: "1 to 3", 2.5: "1 to 2.5", 2.0: "1 to 2", 1.5: "1 to 1.5", 1.25: "1 to 1.25"}
    stops |= {1.0: "even", 0.8: "1.25 to 1", 0.5: "2 to 1", 0.25: "4 to 1"}
    return [
        ("", f"1 to {span.high:g} … {span.low:g}, stated"),
        *((str(v), words) for v, words in stops.items()),
    ]


def _days() -> Sequence[tuple[str, str]]:
    """Return stops of days, with the stated range first."""
    span = _stated("days_in_time")
    stops = ((float(day), f"day {day}") for day in (5, 10, 15, 20, 30, 45, 60, 90))
    return [("", f"day {span.low:g}–{span.high:g}, stated"), *((str(v), words) for v, words in stops)]


MULTIPLES = (0.0, 0.1, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
PARTS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0)


def _multiples() -> Sequence[tuple[str, str]]:
    """Return stops of strength in time."""
    return [(str(v), f"{v:g} × local") for v in MULTIPLES]


def _parts() -> Sequence[tuple[str, str]]:
    """Return stops of costs."""
    return [(str(v), f"{100 * v:g} %") for v in PARTS]


def _allies() -> Sequence[tuple[str, str]]:
    """Return the allies on the flank."""
    return [("", "all on the flank"), *((code, country_name(code)) for code in flank_allies())]


def _command(question: GuaranteePageQuestion) -> str:
    """Write the question as a command."""
    words = ["foedus", "deter", *([question.scenario] if question.scenario != "baseline" else [])]
    words += ["--country", question.ally] if question.ally else []
    words += ["--range", *question.ranges()] if question.ranges() else []
    words += ["--as-of", str(question.as_of)] if question.as_of else []
    return shlex.join(words)


def _python(question: GuaranteePageQuestion) -> str:
    """Write the question as Python."""
    return python_of("foedus.deter", question.put())


def _scenarios() -> Sequence[tuple[str, str]]:
    """Return the scenarios that come with foedus."""
    return list(shipped_titles().items())


def _cost(name: str, label: str) -> Control:
    """Return the control of one end of a cost."""
    return Control(name, label, "stops", options=lambda _: _parts(), group=COSTS)


COSTS, WHOSE = "What an attack costs", "Whose strength"

GUARANTEE_PAGE = Page(
    slug="guarantee",
    title="Guarantee",
    group="helps",
    question_title="What stands in for a promise?",
    lead="How much European strength, or help in time, stands in for a point of belief in the US guarantee.",
    question=GuaranteePageQuestion,
    controls=(
        Control("attacker", "European strength, to the attacker's", "stops", options=lambda _: _attackers()),
        Control("us_least", "US forces in time, at least", "stops", options=lambda _: _multiples()),
        Control("us_most", "US forces in time, at most", "stops", options=lambda _: _multiples()),
        Control("days", "The US may take until", "stops", options=lambda _: _days()),
        _cost("cost_least", "Attack costs, of what it wins, at least"),
        _cost("cost_most", "Attack costs, of what it wins, at most"),
        _cost("extra_least", "Costs more if the US comes, at least"),
        _cost("extra_most", "Costs more if the US comes, at most"),
        Control("ally", "Ally", "select", options=lambda _: _allies(), group=WHOSE),
        Control("scenario", "Scenario", "select", options=lambda _: _scenarios(), group=WHOSE),
    ),
    answer=_view,
    command=_command,
    python=_python,
    values=_shown,
    tabs={"map": "Regions"},
)
