"""How the page on what drives a number shows its answer: bars by grade, the tree, numbers, and forms."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from foedus.analysis.driver_words import drivers_answer, fixed_by_grade, within
from foedus.analysis.targets import year_of
from foedus.dashboard.drawing import charts_of
from foedus.dashboard.pages.drivers import NUMBER_DRAWS, PATHS, POINTS
from foedus.dashboard.views import Aside, Key, PageChart, Strip, SureSection, View
from foedus.parameters import GRADES
from foedus.units import per_cent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.analysis.drivers import ShockIndices
    from foedus.analysis.explanation import Explanation
    from foedus.analysis.forms import NumberByForm
    from foedus.analysis.number_result import NumberIndices
    from foedus.analysis.targets import Target
    from foedus.dashboard.pages.drivers import DriversQuestion
    from foedus.dashboard.state import AppState
    from foedus.evidence.cards import Card
    from foedus.scenario import Resolved

__all__ = ["drivers_view"]


def drivers_view(state: AppState, question: DriversQuestion) -> View:
    """Show what drives a number.

    Parameters
    ----------
    state : AppState
        The shared state.
    question : DriversQuestion
        The question.

    Returns
    -------
    View
        Of chances, of numbers or of forms.
    """
    resolved = question.resolved(state)
    target = question.target(resolved)
    year = year_of(resolved, question.year)
    if question.ask == "number":
        return _numbers_view(state, _numbers(state, question, target, year))
    if question.ask == "structure":
        return _forms_view(state, _forms(state, question, target, year))
    result = _chances(state, question, target, year)
    return _chances_view(state, question, result, _explained(state, question, result))


def _key(question: DriversQuestion, *without: str) -> str:
    """Return what an answer is kept under."""
    return question.model_dump_json(exclude={"cut", "ask", *without})


def _chances(state: AppState, question: DriversQuestion, target: Target, year: int) -> ShockIndices:
    """Return the indices of the chances."""
    from foedus.analysis.sensitivity import shock_indices

    def make() -> ShockIndices:
        seeds = (question.seed, question.seed + 1)
        resolved = question.resolved(state)
        return shock_indices(resolved, (target,), year=year, draws=question.draws, seeds=seeds, workers=1)

    return state.drawn(("drivers", "chances", _key(question)), make)


def _explained(state: AppState, question: DriversQuestion, result: ShockIndices) -> Explanation:
    """Return the number down to its sources, by the same indices."""
    from foedus.analysis.explainer import Explainer

    target = result.targets[0]

    def make() -> Explanation:
        explainer = Explainer(
            result.resolved,
            state.ledger,
            draws=question.draws,
            seed=question.seed,
            cut=question.cut,
            indices=result,
        )
        return explainer.explain(target.measure, country=target.country or None, year=result.year)

    return state.drawn(("drivers", "explained", question.cut, _key(question)), make)


def _numbers(state: AppState, question: DriversQuestion, target: Target, year: int) -> NumberIndices:
    """Return what the numbers of the model do."""
    from foedus.analysis.number_sensitivity import number_indices

    def make() -> NumberIndices:
        return number_indices(
            question.resolved(state),
            (target,),
            year=year,
            draws=NUMBER_DRAWS,
            seed=question.seed,
            paths=PATHS,
            points=POINTS,
            workers=1,
        )

    return state.drawn(("drivers", "numbers", _key(question, "draws")), make)


def _forms(state: AppState, question: DriversQuestion, target: Target, year: int) -> NumberByForm:
    """Return the number with each form of the model."""
    from foedus.analysis.forms import number_by_form
    from foedus.scenario.changes import read_changes
    from foedus.scenario.structures import Structure

    changes = read_changes(question.set or ())

    def resolving(form: Structure) -> Resolved:
        changed = {**changes, form.key: form.form}
        return state.resolved(question.scenario, changes=changed, as_of=question.as_of)

    def make() -> NumberByForm:
        resolved = question.resolved(state)
        many = {"draws": question.draws, "seed": question.seed}
        return number_by_form(resolved, target, year, resolving=resolving, **many)

    return state.drawn(("drivers", "forms", _key(question)), make)


def _chances_view(
    state: AppState, question: DriversQuestion, result: ShockIndices, explained: Explanation
) -> View:
    """Show the chances beside the tree."""
    from foedus.analysis.charts.drivers_stage import chances_stage
    from foedus.analysis.charts.explain import tree_chart, tree_stage

    chart = charts_of(result)[0]
    country = result.targets[0].country
    note = "Part of the variance that turns on a chance, by how its size is known; parts overlap."
    whole = explained.left_out
    cut = f"Cut at {per_cent(question.cut, 0)} of the spread; {whole.chances} more chances, "
    cut += f"{whole.numbers} numbers and {whole.figures} figures are left out. Whiskers: 95 %."
    return View(
        headline=result.headline(),
        answer=drivers_answer(result),
        charts=(
            replace(
                chart,
                draw=partial(chances_stage, result, explained, country=country),
                title="What drives this?",
                note=f"{note} Right: where it is from. {cut}",
            ),
            PageChart(
                "tree",
                partial(tree_chart, explained),
                draw=partial(tree_stage, explained),
                title="Where is this from?",
                note=f"Number, chance, source card: lines as thick as the part of the spread. {cut}",
            ),
        ),
        tables=(*result.tables(), *explained.tables()),
        notes=result.notes(),
        cards=_cards(state, (leaf.edition for leaf in explained.sources())),
        rail=_grades(result.resolved, "what has no chance is held fixed and does not spread it"),
        sure=_sure(result, explained),
        aside=_aside(result),
    )


def _cards(state: AppState, names: Iterable[str]) -> tuple[Card, ...]:
    """Return the cards of editions that are held."""
    wanted = set(names)
    return tuple(card for name, card in state.ledger.editions.items() if name in wanted)


def _grades(resolved: Resolved, words: str) -> Strip:
    """Return how many numbers of the model play a part, by grade."""
    in_use = [setting.grade for setting in resolved.parameters_in_use().values()]
    counts = [(grade, in_use.count(grade)) for grade in GRADES]
    items = tuple((str(count), grade) for grade, count in counts if count)
    return Strip(f"Its {len(in_use)} numbers by grade:", (*items, ("", words)))


def _aside(result: ShockIndices) -> Aside | None:
    """Return what knowing the first chance would take away, and the commonest assumption."""
    target = result.targets[0]
    if not target.shocks:
        return None
    first = max(target.shocks, key=lambda shock: shock.index.first)
    fixed = fixed_by_grade(result.resolved)
    alone = per_cent(max(first.index.first, 0.0), 0)
    lines = [f"{first.label}: to know it would take away {alone} of the spread."]
    if assumed := fixed.get("assumed", 0):
        lines.append(
            f"Not drawn, because held fixed: {assumed} assumed number{'s' if assumed > 1 else ''}, and the "
            "form of the model. Ask which “number” or “structure” for those."
        )
    return Aside("If you could settle one thing", lines=tuple(lines))


def _sure(result: ShockIndices, explained: Explanation) -> tuple[SureSection, ...]:
    """Return what indices are, how well known the sizes of chances are, and the forecast's own skill."""
    grades = "In the bars a chance has the grade of the number that sizes it; in the tree, the weakest "
    grades += "grade of all that set its size."
    words = explained.forecast_words()
    return (
        SureSection("What it rests on", (explained.rests(), grades, *((words,) if words else ()))),
        SureSection("What the parts are", result.notes()),
        SureSection("Where its figures are from", tuple(leaf.said for leaf in explained.sources())),
        SureSection("What was filled, chose or left out", tuple(note.text for note in explained.notes)),
    )


def _numbers_view(state: AppState, result: NumberIndices) -> View:
    """Show what each number of the model does."""
    from foedus.analysis.charts.drivers_stage import numbers_stage

    bars, groups = charts_of(result)
    few = (
        f"A screening of {PATHS} paths and {POINTS} points with {NUMBER_DRAWS} draws each, so that the page "
        "need not wait for minutes: errors are wide. The command takes 20 paths, 128 points and 500 draws."
    )
    return View(
        headline=result.headline(),
        answer=result.answer(),
        charts=(
            replace(
                bars,
                draw=partial(numbers_stage, result),
                title="By number",
                note="What moving one number over its whole range does to the mean over draws.",
            ),
            replace(
                groups,
                title="By grade",
                note="Part of the variance over the ranges that all numbers of a grade carry together.",
            ),
        ),
        tables=result.tables(),
        notes=result.notes(),
        cards=_cards(state, result.resolved.editions),
        rail=_grades(result.resolved, "ranges say what makes sense, not how likely it is"),
        sure=(
            SureSection("How finely it was looked at", (few,)),
            SureSection("What to know", result.notes()),
        ),
        aside=Aside("How finely", lines=(few,)),
    )


def _forms_view(state: AppState, result: NumberByForm) -> View:
    """Show the number with each form of the model."""
    from foedus.analysis.charts.forms import forms_chart, forms_stage

    answer = result.answer()
    lines = tuple(f"{form.label}: {within(form.changes)} {form.skill}" for form in result.forms)
    return View(
        headline=answer.sentence(),
        answer=answer,
        charts=(
            PageChart(
                "forms",
                partial(forms_chart, result),
                draw=partial(forms_stage, result),
                title="By form",
                note=f"Median and the middle 80 % of {result.draws:,} draws with each form of the model.",
                keys=(Key("us", "as run"), Key("mine", "another form")),
            ),
        ),
        tables=(result.table(),),
        notes=answer.beside,
        cards=_cards(state, result.resolved.editions),
        rail=_grades(result.resolved, "a form is none of them: nobody decides it"),
        sure=(SureSection("What each form does, and how it has done", lines),),
    )
