"""What would it buy: a published plan on its way in a scenario, when it closes, and what holds it up."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from foedus.dashboard.drawing import charts_of
from foedus.dashboard.pages.forces import requirement_options, shipped_requirement
from foedus.dashboard.pages.scenarios_api import AsOf, Changes, Draws, Scenario, Seed
from foedus.dashboard.pages.what_if import shipped_titles
from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import (
    Aside,
    Control,
    Key,
    Page,
    PageChart,
    Question,
    Rail,
    Route,
    Stop,
    SureSection,
    View,
)
from foedus.forces.classes import equipment_class
from foedus.forces.stock_skill import skill_words
from foedus.forces.time_to_close import closes_words
from foedus.forces.words import NOBODY_ASKED, about
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.forces.time_result import TimeToClose
    from foedus.forces.years_back import YearsBack

__all__ = ["BUYS_PAGE", "BUYS_ROUTE", "BuysQuestion"]

LAND = "replace-us-land-2025"

KEYS: Mapping[str, str] = {
    "target": "levers.pledge.target",
    "production": "levers.industry.production.factor",
    "common_orders": "levers.industry.common_orders",
    "lead_time": "uncertainties.lead_time",
    "cost_growth": "uncertainties.cost_growth",
}
"""The scenario's key that each control sets."""

SHORT: Mapping[str, str] = {
    "manoeuvre_brigades": "Brigades",
    "infantry_fighting_vehicles": "IFVs",
    "tube_artillery": "Guns",
    "rocket_artillery": "Rockets",
    "long_range_air_defence_batteries": "Batteries",
    "combat_aircraft": "Aircraft",
    "destroyers_and_frigates": "Ships",
    "shells_155mm": "Shells",
}
"""How a class is called where room is short."""

Class = Literal[
    "manoeuvre_brigades",
    "tanks",
    "infantry_fighting_vehicles",
    "tube_artillery",
    "rocket_artillery",
    "long_range_air_defence_batteries",
    "combat_aircraft",
    "destroyers_and_frigates",
    "submarines",
    "shells_155mm",
]
"""The classes on the axis of equipment."""


class BuysQuestion(Question):
    """What a scenario buys of a published plan, by when, and what holds it up."""

    requirement: Annotated[str, Field(max_length=60, description="A requirement that comes with foedus.")] = (
        LAND
    )
    scenario: Scenario = "baseline"
    target: Annotated[
        float | None, Field(ge=0.0, le=0.2, description="The share of GDP that is pledged.")
    ] = None
    production: Annotated[
        float | None, Field(gt=0.0, le=20.0, description="What every rate of delivery is multiplied by.")
    ] = None
    common_orders: Annotated[bool | None, Field(description="Whether all order together.")] = None
    lead_time: Annotated[
        float | None, Field(ge=1.0, le=10.0, description="Years from order to delivery, of every class.")
    ] = None
    cost_growth: Annotated[
        float | None,
        Field(ge=0.5, le=5.0, description="How much more a programme costs in the end, a factor."),
    ] = None
    set: Annotated[
        Changes | None, Field(max_length=20, description="Keys of the scenario with other values.")
    ] = None
    only: Annotated[Class | None, Field(description="The class whose path is drawn alone.")] = None
    draws: Draws = 1000
    seed: Seed = 1
    as_of: AsOf = None

    def changes(self) -> dict[str, Any]:
        """Return the keys of the scenario with other values."""
        from foedus.scenario.changes import read_changes

        moved = {KEYS[name]: _plain(getattr(self, name)) for name in KEYS if getattr(self, name) is not None}
        return {**read_changes(self.set or ()), **moved}

    def sets(self) -> list[str]:
        """Return them as `--set` takes them."""
        from foedus.scenario.own import written_change

        return [written_change(key, value) for key, value in self.changes().items()]


def _plain(value: float | bool) -> float | bool:
    """Return a whole number as one, as `--set` reads it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _ask(state: AppState, question: BuysQuestion) -> TimeToClose:
    """Put the question."""
    from foedus.analysis.buys import time_to_close

    shipped_requirement(question.requirement)
    check_shipped(question.scenario, question.changes())
    asked = question.model_copy(update={"only": None})
    return state.drawn(
        ("buys", asked.model_dump_json()),
        lambda: time_to_close(
            question.requirement,
            question.scenario,
            changes=question.changes(),
            draws=question.draws,
            seed=question.seed,
            as_of=question.as_of,
            ledger=state.ledger,
        ),
    )


def _view(state: AppState, question: BuysQuestion) -> View:
    """Show the answer."""
    from foedus.forces.years_back import years_back

    result = _ask(state, question)
    back = years_back()
    cards = {*result.editions, *result.cards}
    return View(
        headline=result.headline(),
        charts=_charts(result, question.only),
        tables=(*result.tables(), *back.tables()),
        notes=result.notes,
        cards=tuple(card for name, card in state.ledger.editions.items() if name in cards),
        answer=result.answer(),
        rail=(_rail(result, question.only),) if result.rows else None,
        sure=_sure(result, back),
        aside=Aside("Back to the stocks of " + str(back.first_year), lines=back.lines()),
        allies={code: result.of_ally(code) for code in result.summary.allies},
    )


def _charts(result: TimeToClose, only: str | None) -> tuple[PageChart, ...]:
    """Return the paths of all classes or of one, and what holds them up."""
    from foedus.forces.closing_charts import stocks_stage
    from foedus.forces.limits_charts import limits_stage

    named = {chart.name: chart for chart in charts_of(result)}
    rows = [row for row in result.rows if only in (None, row.equipment)] or list(result.rows)
    return (
        PageChart(
            "stocks",
            named["stocks"].make,
            draw=partial(stocks_stage, result, only=tuple(row.equipment for row in rows)),
            title="By year",
            note="Part of what is asked for, %; when it closes, middle 80 % of draws.",
            keys=(
                Key("us", "median"),
                Key("band", "middle 80 %"),
                Key("mine", "all that is asked for"),
                Key("nochange", "no change"),
            ),
        ),
        PageChart(
            "limits",
            named["limits"].make,
            draw=partial(limits_stage, result),
            title="What holds it up",
            note=f"What each class waited for most, part of {written(result.draws, grouped=True)} draws.",
        ),
    )


def _rail(result: TimeToClose, only: str | None) -> Rail:
    """Return the classes with the years in which they close: each shows its own path alone."""
    stops = [Stop("", "All", "", "All classes", share=1.0, current=only is None)]
    for row in result.rows:
        label = equipment_class(row.equipment).label
        closes = closes_words(row.closes, result.horizon)
        stops.append(
            Stop(
                value=row.equipment,
                label=SHORT.get(row.equipment, label),
                count=per_cent(1.0 - row.never, 0),
                text=f"{label}: {closes}; {about(row.counts.interval()[1], row.equipment)} of "
                f"{about(row.required, row.equipment)} in {result.horizon}",
                share=min(1.0, row.counts.median[-1] / row.required) if row.required else 1.0,
                current=only == row.equipment,
            )
        )
    return Rail("By class", "only", tuple(stops), look="dots", plays=False)


def _sure(result: TimeToClose, back: YearsBack) -> tuple[SureSection, ...]:
    """Return what the paths' skill is, what they rest on, and what is arithmetic."""
    return (
        SureSection("What is asked for", (NOBODY_ASKED,)),
        SureSection(
            "How such paths have done", (skill_words(result.skill, [row.equipment for row in result.rows]),)
        ),
        SureSection("What it rests on", (result.grades(),)),
        SureSection("What to know", result.notes),
        SureSection("Arithmetic beside it", (back.headline(),)),
    )


def _scenarios(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the shipped scenarios with their titles."""
    return list(shipped_titles().items())


BELIEFS = "Pledge, lead times, growth of cost"


def _values(question: BuysQuestion) -> Mapping[str, Any]:
    """Return what each control stands at: what was asked, or the scenario's own value."""
    from foedus.scenario.changes import changed
    from foedus.scenario.find import find

    check_shipped(question.scenario, question.changes())
    content = changed(find(question.scenario), question.changes()).content
    own = {
        "target": content.levers.pledge.target,
        "production": content.levers.industry.production.factor,
        "common_orders": content.levers.industry.common_orders,
    }
    asked = question.model_dump(mode="json")
    return {**asked, **{name: value if asked[name] is None else asked[name] for name, value in own.items()}}


def _command(question: BuysQuestion) -> str:
    """Write the question as a command."""
    words = ["foedus", "gap", question.requirement, "--scenario", question.scenario]
    for change in question.sets():
        words += ["--set", change]
    words += ["--draws", str(question.draws)]
    words += ["--seed", str(question.seed)] if question.seed != 1 else []
    words += ["--as-of", str(question.as_of)] if question.as_of else []
    return shlex.join(words)


def _python(question: BuysQuestion) -> str:
    """Write the question as Python."""
    day, more = "", f", draws={question.draws}"
    more += f", seed={question.seed}" if question.seed != 1 else ""
    changes = question.changes()
    more += f", changes={changes!r}" if changes else ""
    if question.as_of:
        when = question.as_of
        day = "from datetime import date\n\n"
        more += f", as_of=date({when.year}, {when.month}, {when.day})"
    return (
        f"{day}from foedus.analysis.buys import time_to_close\n\n"
        f"time_to_close({question.requirement!r}, {question.scenario!r}{more})\n"
    )


BUYS_PAGE = Page(
    slug="buys",
    title="What would it buy",
    group="next",
    question_title="What would it buy, and by when?",
    lead="What a scenario's money buys of a published plan, when it closes, and what holds it up.",
    question=BuysQuestion,
    controls=(
        Control(
            "requirement",
            "Asked for",
            "select",
            options=lambda _: requirement_options(on_axis=True),
            reloads=True,
        ),
        Control("scenario", "Scenario", "select", options=_scenarios, reloads=True),
        Control("production", "Makers deliver, times what is announced", low=0.25, high=6.0, step=0.25),
        Control(
            "common_orders",
            "Orders",
            "chips",
            options=lambda _: [("false", "each for itself"), ("true", "together")],
        ),
        Control(
            "target", "Pledge, of GDP", low=0.015, high=0.06, step=0.001, shown="per_cent", group=BELIEFS
        ),
        Control(
            "lead_time",
            "Years from order to delivery",
            "stops",
            options=lambda _: [("", "by class, as on record"), *((f"{y}.0", f"{y}") for y in range(1, 9))],
            group=BELIEFS,
        ),
        Control(
            "cost_growth",
            "Growth of cost",
            "stops",
            options=lambda _: [
                ("", "1.2 to 1.54"),
                *((written(1 + i / 5, 1), f"{written(1 + i / 5, 1)} times") for i in range(6)),
            ],
            group=BELIEFS,
        ),
    ),
    answer=_view,
    values=_values,
    command=_command,
    python=_python,
)

BUYS_ROUTE = Route(
    "buys",
    "What a scenario buys of a published plan, when it closes, and what holds it up.",
    BuysQuestion,
    lambda state, question: _ask(state, question).payload(),
)
