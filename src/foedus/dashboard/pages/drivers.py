"""What drives this: which chance, number or form of the model a number turns on, and where it is from."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from foedus.dashboard.pages.scenarios_api import AsOf, Changes, Scenario, Seed
from foedus.dashboard.pages.what_if import shipped_titles
from foedus.dashboard.views import Control, Page, Question, View

if TYPE_CHECKING:
    from foedus.analysis.targets import Target
    from foedus.dashboard.state import AppState
    from foedus.scenario import Resolved

__all__ = ["DRIVERS_PAGE", "NUMBER_DRAWS", "PATHS", "POINTS", "DriversQuestion"]

PATHS, POINTS, NUMBER_DRAWS = 4, 16, 100
"""How numbers are moved on the page: a screening that an answer has time for; the command takes more."""

MOST_DRAWS = 2000


class DriversQuestion(Question):
    """One number of a scenario, and what it turns on."""

    measure: Annotated[
        str, Field(max_length=100, description="A measure of the headline, or of an ally's with ally.")
    ] = "allies_at_pledge_count"
    scenario: Scenario = "baseline"
    ally: Annotated[str | None, Field(max_length=60, description="An ally by name or code.")] = None
    year: Annotated[
        int | None, Field(ge=1949, le=2100, description="A year of the scenario; without it, the last.")
    ] = None
    ask: Annotated[
        Literal["chance", "number", "structure"], Field(description="Which kind of thing drives it.")
    ] = "chance"
    cut: Annotated[
        float, Field(ge=0.1, le=1.0, description="The part of the spread at which the tree is cut.")
    ] = 0.9
    draws: Annotated[int, Field(ge=2, le=MOST_DRAWS, description="Draws of each run.")] = 1000
    seed: Seed = 1
    as_of: AsOf = None
    set: Annotated[
        Changes | None,
        Field(max_length=20, description="Keys with other values, as levers.pledge.target=0.04."),
    ] = None

    def resolved(self, state: AppState) -> Resolved:
        """Return the scenario with its changes."""
        from foedus.scenario.changes import read_changes

        return state.resolved(self.scenario, changes=read_changes(self.set or ()), as_of=self.as_of)

    def target(self, resolved: Resolved) -> Target:
        """Return the number: of an ally, what is shown of it where a measure of the alliance is named."""
        from foedus.analysis.targets import targets_of

        measures: tuple[str, ...] = (self.measure,)
        if self.ally and self.measure in resolved.measure_names():
            measures = tuple(resolved.shown()[:1])
        return targets_of(resolved, measures, (self.ally,) if self.ally else ())[0]


def _view(state: AppState, question: DriversQuestion) -> View:
    """Show the answer."""
    from foedus.dashboard.pages.drivers_view import drivers_view

    return drivers_view(state, question)


SHORT = {
    "allies_at_pledge_count": "at the pledge",
    "allies_at_guideline_count": "at 2 %",
    "nato_expenditure_constant_usd": "spending",
    "europe_canada_expenditure_constant_usd": "Europe’s and Canada’s",
    "nato_gap_constant_usd": "missing",
}
"""What measures are called on their buttons."""


def _measures(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the measures of the headline."""
    return tuple(SHORT.items())


def _years(state: AppState) -> Sequence[tuple[str, str]]:
    """Return the years ahead; the last one has no name of its own, so that a scenario may have another."""
    years = state.resolved("baseline").years[1:]
    return [*((str(year), str(year)) for year in years[:-1]), ("", f"{years[-1]}, the last")]


def _allies(state: AppState) -> Sequence[tuple[str, str]]:
    """Return the allies that take part."""
    from foedus.axes import country_name

    resolved = state.resolved("baseline")
    pairs = zip(resolved.countries, resolved.spending.participates, strict=True)
    named = sorted((country_name(code), code) for code, takes_part in pairs if takes_part)
    return [("", "all of them"), *((code, name) for name, code in named)]


def _given(question: DriversQuestion) -> list[str]:
    """Return ally, year, seed, day and changes as options."""
    words = []
    for name, value in (("country", question.ally), ("year", question.year), ("as-of", question.as_of)):
        words += [f"--{name}", str(value)] if value else []
    words += ["--seed", str(question.seed)] if question.seed != 1 else []
    for change in question.set or ():
        words += ["--set", change]
    return words


def _command(question: DriversQuestion) -> str:
    """Write the question as commands: what drives the number, and where it is from."""
    if question.ask == "structure":
        changes = [word for change in question.set or () for word in ("--set", change)]
        day = ["--as-of", str(question.as_of)] if question.as_of else []
        seed = ["--seed", str(question.seed)] if question.seed != 1 else []
        form = ["--set", "structures.budgets=convergence", "--draws", str(question.draws)]
        return shlex.join(["foedus", "run", question.scenario, *changes, *form, *seed, *day])
    measure = [] if question.ally and question.measure in SHORT else ["--measure", question.measure]
    words = ["foedus", "sensitivity", question.scenario, *measure, *_given(question)]
    if question.ask == "number":
        draws = ["--draws", str(NUMBER_DRAWS), "--paths", str(PATHS), "--points", str(POINTS)]
        return shlex.join([*words, "--numbers", *draws])
    return shlex.join([*words, "--draws", str(question.draws)])


def _python(question: DriversQuestion) -> str:
    """Write the question as Python."""
    if question.ask == "structure":
        return f"import foedus\n\n{_form_run(question)}\n"
    words: list[str] = [repr(question.scenario)]
    if not (question.ally and question.measure in SHORT):
        words.append(f"measure={question.measure!r}")
    words += [f"country={question.ally!r}"] if question.ally else []
    words += [f"year={question.year}"] if question.year else []
    words += [f"seed={question.seed}"] if question.seed != 1 else []
    words += [f'as_of="{question.as_of}"'] if question.as_of else []
    if question.set:
        from foedus.scenario.changes import read_changes

        words.append(f"changes={dict(read_changes(question.set))!r}")
    if question.ask == "number":
        words.append(f"numbers=True, draws={NUMBER_DRAWS}, paths={PATHS}, points={POINTS}")
    else:
        words.append(f"draws={question.draws}")
    return f"import foedus\n\nfoedus.sensitivity({', '.join(words)})\n"


def _form_run(question: DriversQuestion) -> str:
    """Write a run with another form of the model as Python."""
    from foedus.scenario.changes import read_changes

    changes = {**read_changes(question.set or ()), "structures.budgets": "convergence"}
    seed = f", seed={question.seed}" if question.seed != 1 else ""
    day = f', as_of="{question.as_of}"' if question.as_of else ""
    return f"foedus.run({question.scenario!r}, changes={changes!r}, draws={question.draws}{seed}{day})"


def _values(question: DriversQuestion) -> dict[str, Any]:
    """Return what each control stands at."""
    return question.model_dump(mode="json")


NARROWER = "Scenario and year"

DRIVERS_PAGE = Page(
    slug="drivers",
    title="What drives this",
    group="next",
    question_title="What moves the forecast most?",
    lead="What a forecast turns on: a chance, a number of the model or its form, down to the sources.",
    question=DriversQuestion,
    controls=(
        Control("measure", "Which number", "chips", options=_measures),
        Control(
            "ask",
            "Ask which",
            "chips",
            options=lambda _: [(name, name) for name in ("chance", "number", "structure")],
            help="To move the numbers takes some ten seconds.",
        ),
        Control("cut", "Cut the tree at", low=0.5, high=1.0, step=0.05, shown="per_cent"),
        Control("ally", "Of which ally", "select", options=_allies),
        Control("year", "In", "stops", options=_years, group=NARROWER),
        Control(
            "scenario",
            "Scenario",
            "select",
            options=lambda _: list(shipped_titles().items()),
            group=NARROWER,
        ),
    ),
    answer=_view,
    values=_values,
    command=_command,
    python=_python,
)
