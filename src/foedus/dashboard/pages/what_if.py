"""What if: another pledge, another growth, another belief, with the scenario as it stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.state import DRAWS, check_shipped
from foedus.dashboard.views import Control, Page, PageChart, Question, Route, View
from foedus.rounding import written
from foedus.tables import Column, Kind, Table

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.runs.headline import Headline

__all__ = ["COMPARE_ROUTE", "RUN_ROUTE", "WHAT_IF_PAGE", "CompareQuestion", "RunQuestion", "WhatIf"]

Scenario = Annotated[str, Field(max_length=100, description="A scenario that comes with foedus.")]
Draws = Annotated[int, Field(ge=1, le=DRAWS, description="How many draws.")]
Seed = Annotated[int, Field(ge=0, le=2**63 - 1, description="Seed of the random draws.")]
AsOf = Annotated[date | None, Field(description="Only what had been published by this day.")]

KEYS = {
    "target": "levers.pledge.target",
    "deadline": "levers.pledge.deadline",
    "growth": "uncertainties.growth_shift",
    "compliance": "uncertainties.compliance",
    "threat_until": "uncertainties.threat_until",
    "plans": "levers.announced_plans",
}
"""The scenario's key that each control sets."""


class RunQuestion(Question):
    """A scenario, with single keys changed."""

    scenario: Scenario = "baseline"
    draws: Draws = 1000
    seed: Seed = 1
    as_of: AsOf = None
    set: Annotated[
        list[Annotated[str, Field(max_length=200)]] | None,
        Field(max_length=20, description="Keys with other values, as levers.pledge.target=0.04."),
    ] = None


class CompareQuestion(Question):
    """Two scenarios, or one and the same with single keys changed."""

    first: Scenario = "baseline"
    second: Annotated[str | None, Field(max_length=100, description="The other scenario.")] = None
    draws: Draws = 1000
    seed: Seed = 1
    as_of: AsOf = None
    set: Annotated[
        list[Annotated[str, Field(max_length=200)]] | None,
        Field(max_length=20, description="Keys of the second one with other values."),
    ] = None


class WhatIf(Question):
    """A scenario, with what the sliders change."""

    scenario: Scenario = "baseline"
    target: Annotated[float | None, Field(ge=0.0, le=0.2)] = None
    deadline: Annotated[int | None, Field(ge=2025, le=2060)] = None
    growth: Annotated[float | None, Field(ge=-0.05, le=0.05)] = None
    compliance: Annotated[float | None, Field(ge=0.0, le=1.0)] = None
    threat_until: Annotated[int | None, Field(ge=2014, le=2100)] = None
    plans: bool | None = None
    draws: Draws = 1000
    seed: Seed = 1
    as_of: AsOf = None

    def changes(self) -> dict[str, Any]:
        """Return the scenario's keys that differ from its own values."""
        own = _own(self.scenario)
        given = {name: getattr(self, name) for name in KEYS}
        return {KEYS[n]: v for n, v in given.items() if v is not None and v != own.get(n)}


@cache
def _own(scenario: str) -> dict[str, Any]:
    """Return the values that a shipped scenario has itself."""
    from foedus.scenario.find import find, shipped

    if scenario not in shipped():
        return {}
    content = find(scenario).content
    return {
        "target": content.levers.pledge.target,
        "deadline": content.levers.pledge.deadline,
        "growth": content.uncertainties.growth_shift,
        "plans": content.levers.announced_plans,
    }


def _view(state: AppState, question: WhatIf) -> View:
    """Show the changed scenario beside its own."""
    from foedus.analysis.charts.compare import compare_chart
    from foedus.analysis.compare import compare_resolved
    from foedus.runs.answer import headline_answer
    from foedus.runs.charts.paths import headline_chart

    changes = question.changes()
    many = {"draws": question.draws, "seed": question.seed}
    base = state.resolved(question.scenario, as_of=question.as_of)
    one = state.outcome(base, **many)
    editions = tuple(base.editions)
    if changes:
        other = state.resolved(question.scenario, as_of=question.as_of, changes=changes)
        outcomes = (one, state.outcome(other, **many))
        comparison = compare_resolved(base, other, **many, outcomes=outcomes)
        own, headline = comparison.first, comparison.second
        chart = PageChart("paths", lambda: compare_chart(comparison))
        answer = comparison.answer()
        rests_on = (comparison.pull.sentence,) if comparison.pull else ()
    else:
        rests_on = ()
        own = headline = one.summary
        answer = headline_answer(headline)
        chart = PageChart("paths", lambda: headline_chart(headline, editions))
    grades = ", ".join(f"{count} {grade}" for grade, count in headline.parameters_by_grade.items())
    return View(
        headline=answer.sentence(),
        answer=answer,
        sentences=(
            headline.question,
            *answer.beside,
            "A star marks the forecast of no change, shown where the model has had no skill.",
            *rests_on,
        ),
        charts=(chart,),
        tables=(_years(headline, own, bool(changes)), _allies(headline, own, bool(changes))),
        notes=(
            headline.skill,
            f"The model's numbers by grade: {grades}.",
            *(n.text for n in headline.notes),
        ),
        cards=tuple(card for name, card in state.ledger.editions.items() if name in editions),
    )


MEASURES: tuple[tuple[str, str, Kind], ...] = (
    ("allies_at_pledge_count", "At the pledge", "count"),
    ("allies_at_guideline_count", "At 2 %", "count"),
    ("nato_expenditure_constant_usd", "NATO, bn USD", "billions"),
    ("nato_gap_constant_usd", "Missing, bn USD", "billions"),
)


def _years(headline: Headline, own: Headline, changed: bool) -> Table:
    """Return the measures by year, each with its interval, the unchanged scenario's median and no change."""
    columns = [Column("year", "Year", "year")]
    for name, label, kind in MEASURES:
        columns.append(Column(name, label, kind, (f"{name}_low", f"{name}_high"), f"{name}_shown"))
        columns.append(Column(f"{name}_naive", "no change", kind))
        if changed:
            columns.append(Column(f"{name}_own", "unchanged", kind))
    rows = []
    for i, year in enumerate(headline.years):
        row: dict[str, Any] = {"year": year}
        for name, _, _ in MEASURES:
            measure = headline.measures[name]
            shown = measure.shown[i]
            keys = ("naive",) * 3 if shown == "no change" else ("median", "low", "high")
            middle, low, high = (getattr(measure, key)[i] for key in keys)
            row |= {name: middle, f"{name}_low": low, f"{name}_high": high}
            row |= {f"{name}_shown": shown, f"{name}_naive": measure.naive[i]}
            row[f"{name}_own"] = own.measures[name].median[i]
        rows.append(row)
    title = f"By year, median and middle 80 %; money at {headline.price_year} prices and exchange rates"
    return Table("years", title, tuple(columns), tuple(rows))


def _allies(headline: Headline, own: Headline, changed: bool) -> Table:
    """Return each ally's share at the start and at the horizon."""
    from foedus.axes import country_name

    columns = [
        Column("name", "Ally"),
        Column("start", str(headline.years[0]), "per_cent"),
        Column("median", str(headline.years[-1]), "per_cent", ("low", "high")),
    ]
    if changed:
        columns.append(Column("own", "unchanged", "per_cent"))
    ranked = sorted(headline.horizon.allies.items(), key=lambda item: -item[1].median)
    rows = tuple(
        {"name": country_name(code), **vars(ally), "own": own.horizon.allies[code].median}
        for code, ally in ranked
    )
    return Table("allies", "Share of GDP by ally, highest first", tuple(columns), rows, folded=True)


def _values(question: WhatIf) -> Mapping[str, Any]:
    """Return what each control shows: what was asked, or the scenario's own value."""
    own = _own(question.scenario)
    asked = question.model_dump(mode="json")
    return {name: own.get(name) if value is None else value for name, value in asked.items()}


def _scenarios(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the shipped scenarios."""
    from foedus.scenario.find import find, shipped

    return [(name, find(name).content.title) for name in shipped()]


def _threat(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the years until which the threat may stay raised."""
    return [*((str(y), f"raised until {y}") for y in range(2025, 2036)), ("", "stays raised")]


def _controls() -> tuple[Control, ...]:
    """Return the controls."""
    return (
        Control("scenario", "Scenario", "select", options=_scenarios, reloads=True),
        Control("target", "Pledge, share of GDP", low=0.015, high=0.06, step=0.001, shown="per_cent"),
        Control("deadline", "To be met by", low=2027, high=2050, step=1),
        Control(
            "growth",
            "Growth, points a year more or less",
            low=-0.03,
            high=0.03,
            step=0.001,
            shown="points",
            help="Added to every ally's projected growth.",
        ),
        Control(
            "compliance",
            "How far allies keep it",
            "stops",
            options=lambda _: [
                ("", "as estimated"),
                *((written(i / 10, 1), f"{10 * i} % of each step") for i in range(11)),
            ],
            help="The part of the yearly step to the pledge that is taken.",
        ),
        Control("threat_until", "Threat to the eastern allies", "stops", options=_threat),
        Control(
            "plans",
            "Announced plans",
            "select",
            options=lambda _: [("true", "followed as far as in the past"), ("false", "passed over")],
        ),
    )


def _question(question: WhatIf) -> RunQuestion:
    """Return the same question in the words of the run."""
    sets = [f"{key}={_yaml(value)}" for key, value in question.changes().items()]
    shared = question.model_dump(include={"scenario", "draws", "seed", "as_of"})
    return RunQuestion(**shared, set=sets or None)


def _yaml(value: Any) -> str:
    """Write a value as a scenario file has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _python(question: WhatIf) -> str:
    """Write the question as Python."""
    changes = question.changes()
    text = python_of("foedus.run", question, first="scenario", **dict.fromkeys(KEYS, ""))
    return (
        text[:-2].removesuffix("(") + ("(" if text.endswith("()\n") else ", ") + f"changes={changes!r})\n"
        if changes
        else text
    )


def _payload(state: AppState, question: RunQuestion) -> Mapping[str, Any]:
    """Return the headline for programs."""
    from foedus.scenario.changes import read_changes

    run = state.run(
        question.scenario,
        changes=read_changes(question.set or ()),
        draws=question.draws,
        seed=question.seed,
        as_of=question.as_of,
    )
    return run.payload()


def _comparison(state: AppState, question: CompareQuestion) -> Mapping[str, Any]:
    """Return both headlines and the difference for programs."""
    from foedus.analysis.compare import compare
    from foedus.scenario.changes import read_changes

    for name in (question.first, question.second):
        if name is not None:
            check_shipped(name)
    given = question.model_dump(exclude={"set"})
    return compare(**given, changes=read_changes(question.set or ()), ledger=state.ledger).payload()


WHAT_IF_PAGE = Page(
    slug="what-if",
    title="What if",
    group="next",
    question_title="How far does a pledge carry?",
    lead="Another pledge, deadline or growth: what allies would spend, beside the scenario as it stands.",
    question=WhatIf,
    controls=_controls(),
    answer=_view,
    values=_values,
    command=lambda q: command_of("run", _question(q), first="scenario"),
    python=_python,
)

COMPARE_ROUTE = Route(
    "compare", "Two scenarios side by side, with the same random terms.", CompareQuestion, _comparison
)

RUN_ROUTE = Route("run", "Run a scenario and give its headline.", RunQuestion, _payload)
