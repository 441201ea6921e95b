"""Why did it rise? Where the rise of spending falls, and what designs make of who made it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from foedus.attribution.periods import PERIODS
from foedus.attribution.question import AttributionQuestion
from foedus.attribution.registry import DESIGNS
from foedus.dashboard.drawing import charts_of
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.served import served
from foedus.dashboard.views import (
    Control,
    Key,
    Page,
    PageChart,
    Route,
    Strip,
    SureSection,
    View,
)
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.attribution.estimates import DesignEstimate
    from foedus.attribution.result import Causes
    from foedus.dashboard.state import AppState

__all__ = ["CAUSES_PAGE", "CAUSES_ROUTE"]


QUESTION = served(AttributionQuestion)


class CausesPageQuestion(QUESTION):  # type: ignore[valid-type,misc]  # a class that is made when it is imported
    """Why did spending rise, and what the chart shows?"""

    placebo: Annotated[
        Literal["shown", "hidden"], Field(description="Whether the range of placebo years is shaded.")
    ] = "shown"

    def put(self) -> AttributionQuestion:
        """Return the question as the room takes it."""
        return AttributionQuestion(**self.model_dump(exclude={"placebo"}))


def _ask(state: AppState, asked: AttributionQuestion) -> Causes:
    """Put the question."""
    from foedus.attribution.attribute import attribution

    return state.drawn(("causes", asked.model_dump_json()), lambda: attribution(state.ledger, asked))


def _view(state: AppState, question: CausesPageQuestion) -> View:
    """Show the answer."""
    from foedus.attribution.charts import designs_title

    result = _ask(state, question.put())
    against = _against(result)
    answer = result.answer()
    beside = (*_short(against), *answer.beside)
    title = designs_title(result) if result.estimates is not None else answer.title
    held = {result.accounting.edition, _card(result)}
    return View(
        headline=result.headline(),
        charts=_charts(result, placebo=question.placebo == "shown") if result.estimates else (),
        tables=result.tables(),
        notes=tuple(note.text for note in result.notes),
        cards=tuple(card for name, card in state.ledger.editions.items() if name in held),
        answer=replace(answer, beside=beside, title=title),
        rail=_strip(result),
        sure=_sure(result),
        parts={"quoted": QUOTED if result.period == PERIODS[1] else None, "growth": _growth(result)},
    )


QUOTED = {
    "words": "He pushed us to spend more, and he achieved that.",
    "whose": "Mark Rutte on Trump, 2024",
}
"""The sentence that the page is about, said of the budgets of 2018–21."""


def _card(result: Causes) -> str:
    """Return the card of the estimates."""
    from foedus.attribution.estimates import CARD_ID

    return CARD_ID if result.estimates is not None else ""


def _against(result: Causes) -> DesignEstimate | None:
    """Return the estimate of the controls asked for."""
    name = result.control[0] if len(result.control) == 1 else "own"
    return next((e for e in result.of_period if e.design == name and not e.variant), None)


def _short(against: DesignEstimate | None) -> Iterator[str]:
    """Yield what the controls asked for give, beside what they give where nothing began."""
    if against is None:
        return
    value, low, high = (
        written(v, 1, signed=True) for v in (against.estimate, against.placebo_low, against.placebo_high)
    )
    whom = WHOM.get(against.design, "your controls")
    least = written(against.least_effect, 1)
    yield f"Against {whom}: {value} points a year (placebo years {low} to {high}); it sees {least} or more."


WHOM = {"never-allied": "seven never-allied Europeans", "with-pacific": "those and the Pacific"}
"""Whom allies are held against, in a few words."""


def _charts(result: Causes, *, placebo: bool) -> tuple[PageChart, ...]:
    """Return the designs with the bar, growth by year, and the placebo years."""
    from foedus.attribution.stage_chart import causes_stage

    named = {chart.name: chart for chart in charts_of(result)}
    keys = [Key("passes", "passes"), Key("fails", "fails")]
    keys += [Key("placebo", "placebo years")] if placebo else []
    keys.append(Key("least", "least it can see"))
    return (
        replace(
            named["designs"],
            draw=partial(_stage_of, causes_stage, result, placebo),
            title="Designs",
            note="Never averaged; points of growth a year (a dose: per standard deviation); whiskers: 90 %.",
            keys=tuple(keys),
        ),
        replace(named["growth"], title="By year", note="Growth on one set of allies; rings: as published."),
        replace(named["placebos"], title="Placebo years", note="Blue: nothing began. Orange: something did."),
    )


def _stage_of(draw: Any, result: Causes, placebo: bool, box: Any) -> Any:
    """Draw the designs for a box."""
    return draw(result, box, placebo=placebo)


def _strip(result: Causes) -> Strip:
    """Return the two what-ifs, and growth on the same members."""
    words = {"stood still": "nothing without pressure", "carried on": "on as in 2015–17"}
    items = [(per_cent(each.part, 0), words[each.name]) for each in result.accounting.what_ifs]
    year = result.accounting.years[-1]
    if year.published_same_members is not None and year.published is not None:
        same, printed = per_cent(year.published_same_members, 1), per_cent(year.published, 1)
        shown = f"{year.year}, same members" + (f", not {printed}" if printed != same else "")
        items.append((f"+{same}", shown))
    return Strip("Two what-ifs, neither a bound" if len(items) > 1 else "Growth", tuple(items))


def _sure(result: Causes) -> tuple[SureSection, ...]:
    """Return what each verdict rests on, which designs fail and why, published results, and the pull."""
    from foedus.attribution.result import pull_words

    fails = tuple(f"{DESIGNS[e.design].label} fails: {e.fails}." for e in result.of_period if e.fails)
    said = tuple(v.sentence for v in result.verdicts if v.period.first == result.period.first)
    whose = tuple(f"{f.citation}: {f.sentence}" for f in result.published)
    pull = (pull_words(result.estimates),) if result.estimates is not None else ()
    sections = (
        SureSection("What can be said of each cause", said),
        SureSection("Which designs fail, and why", fails),
        SureSection("Two what-ifs, neither a bound", result.what_ifs()),
        SureSection("What a placebo leaves of the pull of the pledge", pull),
        SureSection("Published results", whose),
        SureSection("What to know", tuple(note.text for note in result.notes)),
    )
    return tuple(section for section in sections if section.lines)


LOOKS = (
    ("border", "5 on the border"),
    ("others", "21 other allies"),
    ("never-allied", "never allied"),
    ("entrants", "Sweden, Finland"),
)
"""The groups of the aside; each name is also the class of its line."""

RIGHT, LOW, TALL = 176.0, 112.0, 100.0
"""Width of the lines, where the least value stands, and the height above it, in the picture's units."""


def _growth(result: Causes) -> dict[str, Any] | None:
    """Return growth by group and period as lines; None where it was not known."""
    if result.estimates is None:
        return None
    rows = {
        name: sorted((g for g in result.estimates.groups if g.group == name), key=lambda g: g.first)
        for name, _ in LOOKS
    }
    values = [g.growth for each in rows.values() for g in each if math.isfinite(g.growth)]
    least, most = min(values), max(values)

    def height(value: float) -> float:
        return round(LOW - (value - least) / (most - least) * TALL, 1)

    spans = rows["others"]
    step = RIGHT / max(1, len(spans) - 1)
    lines = [
        {
            "name": label,
            "look": name,
            "points": " ".join(
                f"{round(30 + i * step, 1)},{height(g.growth)}" for i, g in enumerate(rows[name])
            ),
            "label_y": height(rows[name][-1].growth) + 4,
        }
        for name, label in LOOKS
    ]
    for above, below in _neighbours(lines):
        below["label_y"] = max(below["label_y"], above["label_y"] + 13)
    return {
        "lines": lines,
        "ticks": [{"y": height(v), "text": written(v, 0)} for v in (0.0, 10.0) if least <= v <= most],
        "heads": [
            {"x": round(30 + i * step, 1), "text": f"{g.first % 100:02d}–{g.last % 100:02d}"}
            for i, g in enumerate(spans)
        ],
        "said": "; ".join(
            f"{label}: {', '.join(written(g.growth, 1) for g in rows[name])}" for name, label in LOOKS
        ),
    }


def _neighbours(lines: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield labels with the one below each, from the top."""
    ordered = sorted(lines, key=lambda line: line["label_y"])
    yield from pairwise(ordered)


def _command(question: CausesPageQuestion) -> str:
    """Write the question as a command."""
    return command_of("attribution", question, placebo="", from_year="--from", to_year="--to")


def _python(question: CausesPageQuestion) -> str:
    """Write the question as Python."""
    return python_of("foedus.attribution", question, placebo="")


def _values(question: CausesPageQuestion) -> Mapping[str, Any]:
    """Return what each control stands at; several controls stand in one field."""
    values: dict[str, Any] = question.model_dump(mode="json")
    return values | {"control": ",".join(question.control)}


def _periods() -> list[tuple[str, str]]:
    """Return the periods of the designs."""
    return [(p.words.replace("–", "-"), p.words) for p in PERIODS]


CAUSES_PAGE = Page(
    slug="causes",
    title="Why did it rise?",
    lead="Where the rise of spending falls, what designs make of it, and what cannot be told apart.",
    group="true",
    question_title="Why did spending rise?",
    question=CausesPageQuestion,
    controls=(
        Control("period", "Budgets of", "chips", options=lambda _: _periods()),
        Control(
            "control",
            "Held against",
            "select",
            options=lambda _: [
                ("never-allied", "seven never-allied Europeans"),
                ("with-pacific", "those and Australia, Japan, Korea"),
            ],
        ),
        Control(
            "placebo",
            "Placebo years",
            "chips",
            options=lambda _: [("shown", "shown"), ("hidden", "hidden")],
        ),
    ),
    answer=_view,
    command=_command,
    python=_python,
    values=_values,
    parts={"answer": "causes/answer.html", "aside": "causes/aside.html"},
)

CAUSES_ROUTE = Route(
    "attribution",
    "Where the rise of spending falls, what designs make of it, and what cannot be told apart.",
    QUESTION,
    lambda state, question: _ask(state, question).payload(),
)
