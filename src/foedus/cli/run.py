"""``foedus run``: run a scenario and print its headline."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import Json
from foedus.rounding import written
from foedus.runs.question import RunQuestion
from foedus.units import in_per_cent, points

if TYPE_CHECKING:
    from foedus.engine.section import MeasureGroup, SkillRow
    from foedus.forces.time_to_close import ClosingSummary
    from foedus.runs import Run
    from foedus.runs.headline import Headline
    from foedus.scenario import Resolved
    from foedus.spending.measures import AllySpan

__all__ = ["progress_bar", "run_command", "run_text"]


@question_command(RunQuestion, names={"changes": "--set"}, one_each=("changes",))
def run_command(
    question: RunQuestion,
    *,
    out: Annotated[
        Path | None,
        Parameter(help="The run's folder, new or empty; without it one in the user's cache folder."),
    ] = None,
    workers: Annotated[
        int | None, Parameter(help="Threads; without it one per core. The numbers do not depend on it.")
    ] = None,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Run a scenario and print its headline."""
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.compare import show_pair
    from foedus.cli.output import emit, note
    from foedus.runs import Run
    from foedus.runs.execute import run_of
    from foedus.scenario.pairs import pair_of

    if pair_of(question.scenario) is not None:
        _check_kept_nowhere(question.scenario, out)
        show_pair(question, chart=chart, chart_kind=chart_kind, json_output=json_output)
        return
    check_chart(chart, chart_kind, Run)
    with progress_bar(question.draws) as progress:
        result = run_of(question, out=out, workers=workers, progress=progress)
    payload = {**result.payload(), "folder": str(result.folder)}
    emit(payload, "" if json_output else _text(result), json_output)
    note(f"The run is kept in {result.folder}")
    draw(chart, chart_kind, result)


def _text(result: Run) -> str:
    """Write a run's headline for people."""
    from foedus.runs.closing import closing_of_run

    return run_text(result.summary, result.resolved, closing_of_run(result))


def _check_kept_nowhere(pair: str, out: Path | None) -> None:
    """Raise an InputError where a folder is named for a pair, which is compared and not kept."""
    from foedus.errors import InputError
    from foedus.scenario.pairs import WAYS

    if out is not None:
        raise InputError(
            f"{pair!r} is a pair of scenarios, which is compared and not kept",
            where="--out",
            do=f"leave it out, or run {pair}{WAYS[0]} and {pair}{WAYS[1]} by themselves",
        )


@contextmanager
def progress_bar(total: int = 0, unit: str = "draws") -> Iterator[Callable[[int, int], None]]:
    """Return a function that moves a progress bar on a terminal, shown only when the work takes a while."""
    from tqdm import tqdm

    hidden = None if sys.stderr.isatty() else True
    with tqdm(total=total, unit=f" {unit}", delay=0.5, disable=hidden, leave=False, file=sys.stderr) as bar:

        def move(done: int, whole: int) -> None:
            bar.total = whole
            bar.update(done - bar.n)

        yield move


def run_text(headline: Headline, resolved: Resolved, closing: ClosingSummary | None) -> str:
    """Write a headline for people: what is asked, every group of measures by year, allies, skill, notes.

    Parameters
    ----------
    headline : Headline
        What a run or an ensemble says.
    resolved : Resolved
        The scenario.
    closing : ClosingSummary or None
        A requirement on its way; None where the scenario names none.

    Returns
    -------
    str
        Lines for the terminal.
    """
    from foedus.runs.answer import headline_answer
    from foedus.units import per_cent

    pledge = headline.terms.pledge
    exceptions = ", ".join(f"{c} {per_cent(t, 1)}" for c, t in pledge.exceptions.items())
    sentences = [
        headline.title,
        headline.question,
        headline_answer(headline).lines(),
        f"Pledge: {per_cent(pledge.target, 1)} of GDP by {pledge.deadline}"
        + (
            f"; exceptions: {exceptions}, counted against {per_cent(pledge.target, 1)}."
            if exceptions
            else "."
        ),
        *(
            f"Put to allies in {q.year}: {q.kind.replace('_', ' ')}"
            f"{' of ' + per_cent(q.goal, 1) if q.goal else ''}, "
            f"adopted in {per_cent(q.adopted, 1)} of draws."
            for q in headline.terms.questions
        ),
    ]
    grades = ", ".join(f"{count} {grade}" for grade, count in headline.parameters_by_grade.items())
    return "\n\n".join(
        [
            "\n".join(sentences),
            *(_years_table(headline, group) for group in resolved.measure_groups()),
            *_closing(closing, resolved),
            _allies_table(headline),
            skill_text(headline.skill_by_years_ahead),
            "\n".join(
                [
                    f"Median, and in brackets the middle 80 % of {headline.draws:,} draws. "
                    "Naive: no change, every share stays as in the first year.",
                    headline.skill,
                    *_doubts(headline),
                    f"The model's parameters by grade: {grades}.",
                    *(f"Note ({n.step}): {n.text}" for n in headline.notes),
                ]
            ),
        ]
    )


def _closing(closing: ClosingSummary | None, resolved: Resolved) -> list[str]:
    """Return when the requirement that the scenario names is met, by class; nothing where it names none."""
    from foedus.cli.output import lay_out
    from foedus.forces.closing_tables import classes_table
    from foedus.forces.stock_skill import skill_words, stock_skill
    from foedus.forces.time_to_close import counts_words

    if closing is None:
        return []
    content = classes_table(closing, resolved.forces.requirement_title)
    skill = skill_words(stock_skill(), [row.equipment for row in closing.rows])
    words = " ".join(part for part in (skill, counts_words(closing)) if part)
    return [f"{lay_out(content, title=content.title)}\n{words}"]


def _years_table(headline: Headline, group: MeasureGroup) -> str:
    """Return some measures by year, narrow enough for 80 columns."""
    from foedus.cli.output import table

    headers = ["year", *(word for label, _ in group.columns for word in (label, "naive"))]
    rows = []
    for i, year in enumerate(headline.years):
        cells = [str(year)]
        for _, name in group.columns:
            measure = headline.measures[name]
            low, middle, high = (_cell(measure.unit, v) for v in measure.interval(i))
            still = _cell(measure.unit, measure.naive[i])
            shown = middle if low == high else f"{middle} ({low}–{high})"
            if not measure.shows_model(i):
                span = measure.naive_range(i)
                ends = f" ({'–'.join(_cell(measure.unit, v) for v in span)})" if span else ""
                shown = f"{still}{ends}*"
            cells += [f"{shown}†" if measure.is_beside_naive(i) else shown, still]
        rows.append(cells)
    return table(headers, rows, title=group.title, right=range(1, len(headers)))


def _doubts(headline: Headline) -> list[str]:
    """Return a sentence for each measure whose forecast at the horizon is not surely above no change."""
    from foedus.runs.skill import doubt

    return [
        f"† {entry.label} in {headline.years[-1]}: {words}."
        for entry in headline.measures.values()
        if (words := doubt(entry))
    ]


def skill_text(rows: Sequence[SkillRow]) -> str:
    """Return the skill of the model by years ahead.

    Parameters
    ----------
    rows : sequence of SkillRow
        As a run's headline holds them.

    Returns
    -------
    str
        A table.
    """
    from foedus.cli.output import table

    words = {"share": "a share", "meets": "at 2 %", "count": "allies at 2 %", "spending": "money"}
    cells = {
        (
            r.target,
            r.ahead,
        ): f"{points(r.skill, 0)} % ({points(r.low, 0)} to {points(r.high, 0)})"
        for r in rows
    }
    ahead = sorted({r.ahead for r in rows})
    lines = [[f"{h} ahead", *(cells.get((t, h), "–") for t in words)] for h in ahead]
    return table(
        ["years", *words.values()], lines, title="Skill over no change", right=range(1, len(words) + 1)
    )


def _cell(unit: str, value: float) -> str:
    """Return one value as text: a count, or billions."""
    from foedus.units import billions

    if unit == "eur":
        return billions(value, 1)
    return billions(value, 0) if unit == "usd" else written(value, grouped=True)


def _span(ally: AllySpan) -> str:
    """Return an ally's share at the horizon with its interval, to the digits that hold."""
    from foedus.units import per_cent

    low, median, high = ally.interval()
    return f"{per_cent(median, 1)} ({in_per_cent(low, 1)}–{in_per_cent(high, 1)})"


def _allies_table(headline: Headline) -> str:
    """Return each ally's share at the start and at the horizon, the highest first."""
    from foedus.axes import country_name
    from foedus.cli.output import table
    from foedus.units import per_cent

    ranked = sorted(headline.horizon.allies.items(), key=lambda item: -item[1].median)
    rows = [
        [
            country_name(code),
            per_cent(ally.start),
            _span(ally),
        ]
        for code, ally in ranked
    ]
    first, last = headline.years[0], headline.years[-1]
    return table(["ally", str(first), str(last)], rows, title="Share of GDP", right=(1, 2))
