"""The view of two scenarios: two numbers, one chart with the page's other measures as small pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, overload

from foedus.analysis.charts.pair_side import MEASURES, PairSide, figures_of, pair_title, sparks
from foedus.axes import country_name
from foedus.dashboard.origins import RunNumber
from foedus.dashboard.pages.what_if import Side, WhatIf, shipped_titles
from foedus.dashboard.pages.what_if_tables import ally_table, year_table
from foedus.dashboard.views import Key, PageChart, Strip, SureSection, View
from foedus.rounding import written
from foedus.runs.answer import REACHED, headline_answer
from foedus.units import level_words

if TYPE_CHECKING:
    from foedus.analysis.compare import Comparison
    from foedus.dashboard.state import AppState
    from foedus.runs.outcome import Outcome
    from foedus.scenario import Resolved

__all__ = ["what_if_view"]

HALF = 0.5
"""The part of the draws above which an ally is named as being at the mark."""


def _number(question: WhatIf, side: Side) -> RunNumber:
    """Return the number of the newest scenario."""
    return RunNumber(REACHED, scenario=side.parent, as_of=question.as_of, changes=side.sets)


class _Later(Sequence[SureSection]):
    """Sections that are worked out when they are read: they stand behind a tab, and take two runs more."""

    def __init__(self, make: Callable[[], tuple[SureSection, ...]]) -> None:
        self._make = make

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return len(self._make())

    def __iter__(self) -> Iterator[SureSection]:
        return iter(self._make())

    @overload
    def __getitem__(self, index: int) -> SureSection: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[SureSection]: ...
    def __getitem__(self, index: int | slice) -> SureSection | Sequence[SureSection]:
        return self._make()[index]


def what_if_view(state: AppState, question: WhatIf) -> View:
    """Show one scenario, or two side by side.

    Parameters
    ----------
    state : AppState
        Keeps scenarios and what they come to.
    question : WhatIf
        What was asked.

    Returns
    -------
    View
        The answer for the stage.
    """
    first, second = question.first(), question.second()
    one, two = _outcomes(state, question, first, second)
    comparison = None if two is None else _comparison(one, two, question)
    sides = (
        PairSide(first.title, one.summary),
        None if second is None or two is None else PairSide(second.title, two.summary),
    )
    answer = headline_answer(one.summary) if comparison is None else comparison.answer()
    editions = {**one.resolved.editions, **({} if two is None else two.resolved.editions)}
    newest = sides[1] or sides[0]
    return View(
        headline=answer.sentence(),
        sentences=(one.summary.question,),
        answer=answer,
        charts=_charts(sides, question),
        tables=(year_table(newest, sides[0]), ally_table(newest, sides[0])),
        rail=_strip(comparison, sides),
        sure=_Later(lambda: _sure(state, question, one, two)),
        notes=tuple(note.text for note in newest.headline.notes),
        cards=tuple(card for name, card in state.ledger.editions.items() if name in editions),
        allies=_said_of_allies(sides),
        parts=_parts(question, (first, second), sides, one, two),
        number=_number(question, second or first),
    )


def _outcomes(
    state: AppState, question: WhatIf, first: Side, second: Side | None
) -> tuple[Outcome, Outcome | None]:
    """Return what both scenarios come to, each with the countries of either."""
    from foedus.analysis.align import resolve_alike

    many = {"draws": question.draws, "seed": question.seed}

    def resolving(name: str, **words: Any) -> Resolved:
        return state.resolved(name, as_of=question.as_of, **_without(words, "as_of", "ledger"))

    if second is None:
        return state.outcome(resolving(first.parent, changes=dict(first.changes)), **many), None
    pair = resolve_alike(
        first.parent,
        second.parent,
        second.changes,
        first_changes=first.changes,
        as_of=question.as_of,
        ledger=state.ledger,
        resolving=resolving,
    )
    one, two = (state.outcome(resolved, **many) for resolved in pair)
    return one, two


def _without(words: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the words but some."""
    return {name: value for name, value in words.items() if name not in names}


def _comparison(one: Outcome, two: Outcome, question: WhatIf) -> Comparison:
    """Compare what both come to, draw by draw; what rests on the pull is worked out behind its tab."""
    from foedus.analysis.compare import compare_resolved

    return compare_resolved(
        one.resolved,
        two.resolved,
        draws=question.draws,
        seed=question.seed,
        outcomes=(one, two),
        swap=False,
    )


def _charts(sides: tuple[PairSide, PairSide | None], question: WhatIf) -> tuple[PageChart, ...]:
    """Return one chart a measure; each small picture leads to its own."""
    from foedus.analysis.charts.pair import pair_chart, pair_in_box

    note = f"Lines: medians; bands: the middle 80 % of {question.draws:,} draws; dotted: if nothing changes."
    first, second = sides
    keys = (Key("us", first.name), *((Key("mine", second.name),) if second else ()))
    keys += (Key("nochange", "no change"),)
    return tuple(
        PageChart(
            name,
            make=partial(pair_chart, measure, label, first, second),
            draw=partial(_drawn, pair_in_box, (measure, label, first, second)),
            title=label,
            note=note,
            keys=keys,
        )
        for measure, label, name in MEASURES
    )


def _drawn(draw: Callable[..., Any], words: tuple[Any, ...], box: Any) -> Any:
    """Draw a chart to its box."""
    return draw(*words, box)


def _strip(comparison: Comparison | None, sides: tuple[PairSide, PairSide | None]) -> Strip:
    """Return the second scenario less the first, draw by draw, in three figures."""
    if comparison is None or sides[1] is None:
        return Strip("Move a slider to make your own scenario", ())
    words = {
        REACHED: "allies at the pledge",
        "nato_expenditure_constant_usd": "bn a year",
        "nato_gap_constant_usd": "bn missing",
    }
    items = []
    for name, words_of in words.items():
        unit = words_of
        entry = comparison.differences[name]
        scale = 0 if entry.unit == "count" else -9
        low, middle, high = (
            written(part[-1], scale=scale, signed=True, grouped=True)
            for part in (entry.low, entry.median, entry.high)
        )
        if name == REACHED and middle.lstrip("+-") == "1":
            unit = "ally at the pledge"
        items.append((_minus(middle), _minus(f"{unit} ({low} to {high})")))
    return Strip("Second less first:", tuple(items))


def _minus(text: str) -> str:
    """Write a minus as print has it."""
    return text.replace("-", "−")


def _sure(state: AppState, question: WhatIf, one: Outcome, two: Outcome | None) -> tuple[SureSection, ...]:
    """Return how sure the answer is: its skill, its numbers' grades, and what rests on the pull."""
    from foedus.analysis.differences import changes_between
    from foedus.analysis.pull import PLEDGED, pull_swap
    from foedus.runs.skill import skill_line

    headline = (two or one).summary
    grades = ", ".join(f"{count} {grade}" for grade, count in headline.parameters_by_grade.items())
    sections = [SureSection("Skill", (skill_line(headline), headline.skill))]
    changes = [] if two is None else changes_between(one.resolved, two.resolved)
    if two is not None and any(change.name in PLEDGED for change in changes):
        many = {"draws": question.draws, "seed": question.seed}
        year = min(one.resolved.years, two.resolved.years, key=len)[-1]
        swap = pull_swap(one, two, year=year, **many, running=lambda other: state.outcome(other, **many))
        sections.append(SureSection("What rests on the pledge’s pull", (swap.sentence,)))
    if changes:
        lines = tuple(
            f"{change.name}: {change.first} → {change.second} ({change.kind})" for change in changes
        )
        sections.append(SureSection("What the second sets differently", lines))
    sections.append(SureSection("The model’s numbers by grade", (f"{grades}.",)))
    sections.append(SureSection("What was filled, chose or left out", tuple(n.text for n in headline.notes)))
    return tuple(sections)


def _said_of_allies(sides: tuple[PairSide, PairSide | None]) -> dict[str, str]:
    """Return one sentence for each ally: its share at the horizon in both scenarios."""
    first, second = sides
    year = first.headline.years[-1]
    said = {}
    for code, ally in first.headline.horizon.allies.items():
        middle = f"{written(ally.median, 1, scale=2)} % of GDP in {year}"
        span = f"({written(ally.low, 1, scale=2)} to {written(ally.high, 1, scale=2)})"
        line = f"{country_name(code)}: {middle} {span}, from {written(ally.start, 1, scale=2)} %"
        other = second.headline.horizon.allies.get(code) if second else None
        if second is not None and other is not None:
            line += f"; in “{second.name}” {written(other.median, 1, scale=2)} %"
        said[code] = f"{line}."
    return said


def _parts(
    question: WhatIf,
    asked: tuple[Side, Side | None],
    sides: tuple[PairSide, PairSide | None],
    one: Outcome,
    two: Outcome | None,
) -> dict[str, Any]:
    """Return what the page's own templates show."""
    first, second = sides
    thumbs = [
        {
            "name": name,
            "label": label,
            "first": figures_of(first, measure)[0],
            "second": figures_of(second, measure)[0] if second else "",
            "paths": sparks(measure, first, second),
        }
        for measure, label, name in MEASURES
    ]
    return {
        "pair": [_numbers(side) for side in sides if side is not None],
        "claim": _claim(sides),
        "beside": _beside(sides, question),
        "titles": {name: pair_title(label, measure, first, second) for measure, label, name in MEASURES},
        "thumbs": thumbs,
        "marks": _marks(one, two, sides),
        "sides": _addresses(asked),
        "shipped": shipped_titles(),
    }


def _numbers(side: PairSide) -> dict[str, str]:
    """Return a scenario's number with its range."""
    middle, low, high = figures_of(side, REACHED)
    return {"name": side.name, "number": middle, "range": f"{low} to {high}" if low else "no change"}


def _claim(sides: tuple[PairSide, PairSide | None]) -> str:
    """Write what the numbers count."""
    first, second = sides
    allies, year = len(first.headline.horizon.allies), first.headline.years[-1]
    levels = [level_words(side.headline.terms.pledge.target) for side in sides if side is not None]
    one = figures_of(first, REACHED)[0]
    if second is None:
        return f"of {allies} allies spend {levels[0]} of GDP or more in {year}."
    two = figures_of(second, REACHED)[0]
    if levels[0] == levels[1]:
        return (
            f"of {allies} allies spend {levels[0]} of GDP or more in {year}: {one} as it is, {two} in yours."
        )
    return (
        f"of {allies} allies are at the pledge in {year}: {one} at {levels[0]} of GDP, {two} at {levels[1]}."
    )


def _beside(sides: tuple[PairSide, PairSide | None], question: WhatIf) -> list[str]:
    """Write no change, what the ranges are, and where the model has not been better."""
    from foedus.runs.skill import doubt

    first, second = sides
    entry = first.measure(REACHED)
    shared = "; both scenarios share them" if second else ""
    lines = [
        f"If nothing changes: {written(entry.naive[-1])}. Ranges hold the middle 80 % of "
        f"{question.draws:,} draws{shared}."
    ]
    words = doubt((second or first).measure(REACHED))
    return [*lines, *([f"The model was {words}."] if words else [])]


def _marks(one: Outcome, two: Outcome | None, sides: tuple[PairSide, PairSide | None]) -> dict[str, Any]:
    """Return who is at the mark in more than half of the draws, in both scenarios and in one."""
    at = [_at_mark(outcome) for outcome in (one, two) if outcome is not None]
    before, after = at[0], at[-1]
    more = [code for code in after if code not in before]
    less = [code for code in before if code not in after]
    year = sides[0].headline.years[-1]
    said = f"{len(before)} as it is"
    if sides[1] is not None:
        said += f", {len(more)} more" + (f" and {len(less)} fewer" if less else "") + f" in “{sides[1].name}”"
    return {
        "title": f"At the mark in {year} in more than half of the draws",
        "both": [country_name(code) for code in before if code in after],
        "more": [country_name(code) for code in more],
        "less": [country_name(code) for code in less],
        "said": f"{said}. The count can be higher: in each draw some of the others make it too.",
    }


def _at_mark(outcome: Outcome) -> list[str]:
    """Return the allies at what their pledge asks in more than half of the draws, the surest first."""
    import numpy as np

    from foedus.spending.measures import SHARE, at_level

    resolved = outcome.resolved
    shares = outcome.quantities[SHARE][-1].astype(np.float64)
    parts = at_level(shares, np.array(resolved.spending.pledge_targets)).mean(axis=0)
    takes_part = resolved.spending.participates
    rows = [
        (-float(part), code)
        for code, part, takes in zip(resolved.countries, parts, takes_part, strict=True)
        if takes and part > HALF
    ]
    return [code for _, code in sorted(rows)]


def _addresses(asked: tuple[Side, Side | None]) -> list[dict[str, Any]]:
    """Return both scenarios as fields of an address."""
    return [
        {"title": side.title, "parent": side.parent, "sets": side.sets, "name": side.name}
        for side in asked
        if side is not None
    ]
