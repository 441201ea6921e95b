"""How long support can go on: months at a rate, what binds, and years to replace what was sent."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from foedus.dashboard.drawing import charts_of
from foedus.dashboard.pages.scenarios_api import AsOf, Scenario, Seed
from foedus.dashboard.pages.what_if import shipped_titles
from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import Aside, Control, Key, Page, PageChart, Question, Route, SureSection, View

if TYPE_CHECKING:
    from foedus.aid.sustain import Sustain
    from foedus.dashboard.state import AppState
    from foedus.evidence.cards import Card

__all__ = ["SUSTAIN_PAGE", "SUSTAIN_ROUTE", "SustainQuestion"]

SHELLS = "shells_155mm"
"""The class of which the page lets the rate be chosen."""


SENT_NOTE = "155 mm shells sent by January 2023 (and Javelins), at each rate on record; dashed: a target."
"""What the chart of years shows."""


class SustainQuestion(Question):
    """How long support can go on in a scenario."""

    scenario: Scenario = "baseline"
    shells: Annotated[
        float | None, Field(gt=0.0, le=1e6, description="155 mm shells a month, in the place of the usual.")
    ] = None
    months: Annotated[int, Field(ge=1, le=120, description="How many months are looked at.")] = 60
    draws: Annotated[int, Field(ge=1, le=5000, description="Draws of stocks, makers and floors.")] = 2000
    seed: Seed = 1
    as_of: AsOf = None


def _ask(state: AppState, question: SustainQuestion) -> Sustain:
    """Put the question."""
    from foedus.analysis.support import sustain_scenario

    check_shipped(question.scenario)
    given = question.model_dump(exclude={"scenario", "shells"})
    rates = {} if question.shells is None else {SHELLS: question.shells}
    return state.drawn(
        ("sustain", question.model_dump_json()),
        lambda: sustain_scenario(question.scenario, rates=rates, **given),
    )


def _view(state: AppState, question: SustainQuestion) -> View:
    """Show the answer."""
    from foedus.aid.sustain_charts import support_stage

    result = _ask(state, question)
    named = {chart.name: chart for chart in charts_of(result)}
    first = PageChart(
        "months",
        named["months"].make,
        draw=partial(support_stage, result),
        title="Months",
        note="All donors together, at the rate of each class; mark: half of the draws have ended.",
        keys=(Key("us", "one draw in ten has ended"), Key("above", "nine in ten")),
    )
    years = replace(named["years"], title="Years to replace", note=SENT_NOTE)
    answer = result.answer()
    return View(
        headline=answer.sentence(),
        charts=(first, years),
        tables=result.tables(),
        notes=result.notes,
        cards=_cards(state, question),
        answer=replace(answer, title=f"Shells: {answer.number[:1].lower()}{answer.number[1:]} of support"),
        sure=(
            SureSection("What it rests on", result.notes),
            *((SureSection("What the scenario decides", result.levers),) if result.levers else ()),
        ),
        aside=Aside("What the scenario decides", lines=result.levers or ("Donors give as they did.",)),
    )


def _cards(state: AppState, question: SustainQuestion) -> tuple[Card, ...]:
    """Return the sources: the release, what was sent, and makers' rates."""
    from foedus.aid.own import own_card
    from foedus.aid.replacement import CARD_ID as SENT
    from foedus.aid.tracker import tracker
    from foedus.forces.production import CARD_ID as RATES

    release, known = tracker(question.as_of).release.id, state.ledger.editions
    own = own_card(release)
    cards = tuple(known[name] for name in (release, SENT, RATES) if name in known)
    return cards if own is None or own.id in known else (own, *cards)


def _scenarios(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the shipped scenarios; the baseline decides nothing about support."""
    return [(name, "As it was" if name == "baseline" else t) for name, t in shipped_titles().items()]


def _rates(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the rates of shells to choose from."""
    thousands = (20, 40, 60, 100, 150, 200)
    return [("", "as it was"), *((f"{count}000.0", f"{count},000 a month") for count in thousands)]


def _command(question: SustainQuestion) -> str:
    """Write the question as a command."""
    words = ["foedus", "sustain", question.scenario]
    words += ["--rate", f"{SHELLS}={question.shells:g}"] if question.shells is not None else []
    words += ["--months", str(question.months), "--draws", str(question.draws)]
    words += ["--seed", str(question.seed)] if question.seed != 1 else []
    words += ["--as-of", str(question.as_of)] if question.as_of else []
    return shlex.join(words)


def _python(question: SustainQuestion) -> str:
    """Write the question as Python."""
    more = f", rates={{{SHELLS!r}: {question.shells!r}}}" if question.shells is not None else ""
    more += f", months={question.months}, draws={question.draws}"
    more += f", seed={question.seed}" if question.seed != 1 else ""
    day = ""
    if question.as_of:
        when = question.as_of
        day = "from datetime import date\n\n"
        more += f", as_of=date({when.year}, {when.month}, {when.day})"
    return (
        f"{day}from foedus.analysis.support import sustain_scenario\n\n"
        f"sustain_scenario({question.scenario!r}{more})\n"
    )


SUSTAIN_PAGE = Page(
    slug="sustain",
    title="How long",
    group="helps",
    question_title="How long can support go on?",
    lead="For how many months support can be given at a rate, what binds, and years to replace it.",
    question=SustainQuestion,
    controls=(
        Control("scenario", "Scenario", "select", options=_scenarios),
        Control("shells", "Shells", "select", options=_rates),
        Control(
            "months",
            "Looked at",
            "chips",
            options=lambda _: [("24", "24"), ("36", "36"), ("60", "60"), ("120", "120 months")],
        ),
    ),
    answer=_view,
    command=_command,
    python=_python,
    parts={"source": "aid/source.html"},
)

SUSTAIN_ROUTE = Route(
    "sustain",
    "For how many months support can be given at a rate, what binds, and years to replace what was sent.",
    SustainQuestion,
    lambda state, question: _ask(state, question).payload(),
)
