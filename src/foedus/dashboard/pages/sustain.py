"""How long support can go on: months at a rate, what binds, and years to replace what was sent."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pydantic import Field

from foedus.aid.question import SustainQuestion
from foedus.dashboard.drawing import charts_of
from foedus.dashboard.pages.what_if import shipped_titles
from foedus.dashboard.query import python_of
from foedus.dashboard.served import served
from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import Aside, Control, Key, Page, PageChart, Route, SureSection, View

if TYPE_CHECKING:
    from foedus.aid.sustain import Sustain
    from foedus.dashboard.state import AppState
    from foedus.evidence.cards import Card

__all__ = ["SUSTAIN_PAGE", "SUSTAIN_ROUTE"]

SHELLS = "shells_155mm"
"""The class of which the page lets the rate be chosen."""


SENT_NOTE = "155 mm shells sent by January 2023 (and Javelins), at each rate on record; dashed: a target."
"""What the chart of years shows."""


class SustainPageQuestion(SustainQuestion):
    """How long support can go on in a scenario; of shells the rate can be chosen."""

    shells: float | None = Field(
        default=None, gt=0.0, le=1e6, description="155 mm shells a month, in the place of the usual."
    )
    months: int = Field(default=60, ge=1, le=120, description="How many months are looked at.")
    draws: int = Field(default=2000, ge=1, le=5000, description="Draws of stocks, makers and floors.")


def _asked(question: SustainPageQuestion) -> SustainQuestion:
    """Return the question in the words of the command."""
    shells = () if question.shells is None else (f"{SHELLS}={question.shells:g}",)
    given = question.model_dump(exclude={"shells"})
    return SustainQuestion(**given | {"rate": (*question.rate, *shells)})


def _ask(state: AppState, question: SustainPageQuestion) -> Sustain:
    """Put the question."""
    from foedus.analysis.support import sustain_of

    check_shipped(question.scenario)
    return state.drawn(("sustain", question.model_dump_json()), lambda: sustain_of(_asked(question)))


def _view(state: AppState, question: SustainPageQuestion) -> View:
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


def _command(question: SustainPageQuestion) -> str:
    """Write the question as a command, which takes another number of draws of itself."""
    asked = _asked(question)
    words = ["foedus", "sustain", asked.scenario]
    words += [word for text in asked.rate for word in ("--rate", text)]
    words += ["--months", str(asked.months), "--draws", str(asked.draws)]
    words += ["--seed", str(asked.seed)] if asked.seed != 1 else []
    words += ["--as-of", str(asked.as_of)] if asked.as_of else []
    return shlex.join(words)


SUSTAIN_PAGE = Page(
    slug="sustain",
    title="How long",
    group="helps",
    question_title="How long can support go on?",
    lead="For how many months support can be given at a rate, what binds, and years to replace it.",
    question=served(SustainPageQuestion),
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
    python=lambda q: python_of("foedus.sustain", _asked(q), first="scenario"),
    parts={"source": "aid/source.html"},
)

SUSTAIN_ROUTE = Route(
    "sustain",
    "For how many months support can be given at a rate, what binds, and years to replace what was sent.",
    served(SustainPageQuestion),
    lambda state, question: _ask(state, question).payload(),
)
