"""Reinforcement: what has arrived by a day, beside what is ready, with permits, trains and lost links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field

from foedus.dashboard.drawing import charts_of
from foedus.dashboard.pages.forces import shipped_requirement
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.served import served
from foedus.dashboard.views import (
    Aside,
    Control,
    Key,
    Page,
    PageChart,
    Rail,
    Route,
    Stop,
    SureSection,
    View,
)
from foedus.forces.fair_shares import RULES
from foedus.forces.requirement import find_requirement, shipped_requirements
from foedus.forces.words import rule_heading
from foedus.reinforcement.by_day_result import KINDS, about, permit_label
from foedus.reinforcement.question import ReinforcementQuestion, ReinforceQuestion, counted
from foedus.reinforcement.result import day_words
from foedus.reinforcement.words import TWO_QUANTITIES
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.reinforcement.by_day_result import ByDay
    from foedus.reinforcement.corridors import Corridors

__all__ = ["REINFORCEMENT_PAGE", "REINFORCEMENT_ROUTE", "ReinforcementPageQuestion"]

CASES = 6
"""How often lost links are drawn: each case is solved once, and its routes are kept."""


class ReinforcementPageQuestion(ReinforcementQuestion):
    """How fast help arrives on the eastern flank, by a day; lost links are drawn a few times."""

    cases: int = Field(default=CASES, ge=1, le=CASES, description="How often lost links are drawn.")
    day: int = Field(default=30, ge=1, le=120, description="By the end of which day after the alert.")
    # Each day is a layer of the network, and each kind of load another, all solved while somebody waits.
    horizon: int = Field(default=60, ge=5, le=60, description="The last day to begin with.")
    within: int = Field(
        default=30, ge=1, le=60, description="Only the tiers that are ready within so many days."
    )
    loads: Annotated[Literal[1], BeforeValidator(counted)] = Field(
        default=1, description="One kind of load; three are a matter of the command."
    )

    def put(self) -> ReinforcementQuestion:
        """Return the question as the room takes it."""
        shipped_requirement(self.requirement)
        return ReinforcementQuestion(**self.model_dump(exclude={"day"}))


def _corridors(state: AppState, question: ReinforcementQuestion) -> Corridors:
    """Return the corridors with what moves, solved once for all permits, trains and lost links."""
    from foedus.reinforcement.corridors import Corridors, shared_part

    def make() -> Corridors:
        return Corridors(question, state.ledger.as_of(question.as_of) if question.as_of else state.ledger)

    return state.drawn(("corridors", shared_part(question).model_dump_json()), make)


def _ask(state: AppState, question: ReinforcementPageQuestion) -> ByDay:
    """Put the question."""
    from foedus.reinforcement.by_day import by_day

    asked = question.put()

    def make() -> ByDay:
        return by_day(asked, question.day, corridors=_corridors(state, asked))

    return state.drawn(("reinforcement", question.model_dump_json()), make)


def _view(state: AppState, question: ReinforcementPageQuestion) -> View:
    """Show the answer."""
    result = _ask(state, question)
    cards = {*result.editions, *result.cards}
    return View(
        headline=result.headline(),
        charts=_charts(result),
        tables=result.tables(),
        notes=result.notes,
        cards=tuple(card for name, card in state.ledger.editions.items() if name in cards),
        answer=result.answer(),
        map=_map(result),
        rail=(_permits_rail(result),),
        sure=_sure(result),
        aside=_aside(result),
    )


def _charts(result: ByDay) -> tuple[PageChart, ...]:
    """Return the curve, and what binds."""
    from foedus.reinforcement.by_day_charts import by_day_stage
    from foedus.reinforcement.kind_charts import kinds_stage

    named = {chart.name: chart for chart in charts_of(result)}
    keys = [Key("us", "arrived"), Key("band", "middle 80 %"), Key("mine", "ready")]
    if result.longest is not None:
        keys.append(Key("nochange", permit_label(result.longest.days)))
    return (
        replace(
            named["arrivals"],
            draw=partial(by_day_stage, result),
            title="By day",
            note=f"{result.what.capitalize()} by days after the alert; thin: other permits.",
            keys=tuple(keys),
        ),
        replace(
            named["kinds"],
            draw=partial(kinds_stage, result),
            title="What binds",
            note=f"In use, of what the used links could take; what a quarter more brings by day "
            f"{result.day}.",
        ),
    )


def _map(result: ByDay) -> PageChart:
    """Return the map of corridors."""
    from foedus.reinforcement.corridor_map import corridor_map_stage

    return PageChart(
        "corridors",
        partial(result.chart, "corridors"),
        draw=partial(corridor_map_stage, result),
        title="Corridors",
        note="Orange: more room would bring most; pale: a little. Lines are no roads; left: North America.",
        keys=(
            Key("mine", "binds"),
            Key("us", "in use"),
            Key("before", "not used"),
        ),
    )


def _permits_rail(result: ByDay) -> Rail:
    """Return the permits on record with what has arrived by the day."""
    stops = tuple(
        Stop(
            value=f"{row.days}",
            label=permit_label(row.days),
            count=about(row.middle),
            text=f"Permit of {permit_label(row.days)}, {row.what}: {about(row.middle)} "
            f"({about(row.low)} to {about(row.high)}) by day {result.day}",
            share=row.middle / result.moving,
            current=row.days == result.question.permit_days,
        )
        for row in result.permits
    )
    return Rail("Permit", "permit_days", stops, look="dots", plays=False)


def _aside(result: ByDay) -> Aside:
    """Return what each lever changes."""
    lines = []
    for change in result.changes:
        gain = about(abs(change.gain))
        sign = "" if gain == "none" else "+" if change.gain > 0.0 else "−"
        lines.append(f"{change.what}: {'nothing' if gain == 'none' else sign + gain}.")
    return Aside(f"What each lever changes by day {result.day}", lines=tuple(lines))


def _sure(result: ByDay) -> tuple[SureSection, ...]:
    """Return what is assumed, the two quantities of 45 days, the replays, and what a network cannot show."""
    from foedus.reinforcement.network import network

    known = network().throughputs.values()
    assumed = [t.name.replace("_", " ") for t in known if t.grade == "assumed"]
    others = [f"{t.name.replace('_', ' ')} ({t.grade})" for t in known if t.grade != "assumed"]
    by_kind = "; ".join(f"{KINDS[kind.kind].lower()} {per_cent(kind.assumed, 0)}" for kind in result.kinds)
    whole = all(kind.assumed == 1.0 for kind in result.kinds)
    return (
        SureSection(
            "Which throughputs are assumed",
            (
                f"Assumed: {', '.join(assumed)}.",
                f"From public facts or judged by them: {', '.join(others)}."
                if others
                else "None is measured.",
                "So the throughput of every link is assumed."
                if whole
                else f"Links whose throughput is assumed: {by_kind}.",
            ),
        ),
        SureSection("Two quantities of 45 days", (TWO_QUANTITIES,)),
        SureSection("How such an answer has done", _replayed()),
        SureSection("A network is no game", (GAME,)),
        SureSection("What to know", tuple(note for note in result.notes if note != TWO_QUANTITIES)),
    )


ONE_REPLAY = (
    "One replay is no validation: it says nothing of many brigades at once, or of a move under attack. The "
    "throughputs were written down before it ran, by people who knew the fourteen days."
)


@cache
def _replayed() -> tuple[str, ...]:
    """Return what the model gives the move of January 2017, beside what was seen, announced and usual."""
    from foedus.reinforcement.replays import replay_ships

    seen, usual = replay_ships(), replay_ships(slow=True)
    return (
        f"A brigade from Bremerhaven to western Poland, January 2017: {day_words(seen.median)} days "
        f"({day_words(seen.low)} to {day_words(seen.high)}) for the {day_words(seen.observed)} that were "
        "seen. Announced beforehand were roughly three weeks.",
        f"With one short train a day and ships over ten days, as was usual: {day_words(usual.median)} days "
        f"({day_words(usual.low)} to {day_words(usual.high)}) for the more than {day_words(usual.observed)} "
        "said.",
        ONE_REPLAY,
    )


GAME = (
    "RAND's games of 2016 were played on a map with terrain, because networks of tubes suit the Baltic "
    "region poorly. This network has no opponent: nobody attacks it, links are lost by chance only, and who "
    "arrives is not who fights."
)


def _requirements() -> Sequence[tuple[str, str]]:
    """Return the requirements that count persons or brigades."""
    needs = {name: find_requirement(name) for name in shipped_requirements()}
    moving = {"persons", "manoeuvre_brigades"}
    return [(name, need.headed) for name, need in needs.items() if moving & set(need.required())]


PERMITS: Mapping[float, str] = {
    0.25: "6 hours, in an emergency",
    1.0: "1 day",
    2.0: "2 days",
    3.0: "3 days, as proposed",
    5.0: "5 days",
    10.0: "10 days",
    15.0: "15 days",
    20.0: "20 days",
    30.0: "30 days",
    45.0: "45 days, as one asks",
}
"""The stops of the permit, with whose figure it is."""


def _stops(values: Mapping[float, str]) -> list[tuple[str, str]]:
    """Return stops as the form takes them."""
    return [(str(value), label) for value, label in values.items()]


def _asked(question: ReinforcementPageQuestion) -> ReinforceQuestion:
    """Return the question in the words of the command."""
    cases = {} if question.lose else {"cases": ReinforceQuestion.model_fields["cases"].default}
    return ReinforceQuestion(**question.model_dump(exclude={"day"}) | cases, on_day=question.day)


def _command(question: ReinforcementPageQuestion) -> str:
    """Write the question as a command."""
    return command_of("reinforce", _asked(question), amounts="--amount")


ASKED = served(ReinforcementPageQuestion, most_draws=2000)

MOVES = "What moves"

REINFORCEMENT_PAGE = Page(
    slug="reinforcement",
    title="Reinforcement",
    group="helps",
    question_title="How fast does help arrive in the east?",
    lead="What has arrived on the eastern flank by a day, beside what is ready, and what holds it up.",
    question=ASKED,
    controls=(
        Control("permit_days", "Border permit", "stops", options=lambda _: _stops(PERMITS)),
        Control(
            "trains",
            "Trains",
            "stops",
            options=lambda _: _stops(
                {n: f"× {n:g}" for n in (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)}
            ),
        ),
        Control(
            "readiness_days",
            "Ready",
            "stops",
            options=lambda _: _stops(
                {0.0: "in time", **{float(n): f"{n} days late" for n in (2, 5, 10, 15, 20, 30)}}
            ),
        ),
        Control(
            "lose",
            "Links lost, by chance",
            "stops",
            options=lambda _: [("0", "none"), *((str(n), str(n)) for n in (1, 2, 5, 10, 20))],
        ),
        Control("requirement", "Asked for", "select", options=lambda _: _requirements(), group=MOVES),
        Control(
            "rule",
            "Shared by",
            "chips",
            options=lambda _: [(rule, rule_heading(rule)) for rule in RULES],
            group=MOVES,
        ),
    ),
    answer=_view,
    command=_command,
    python=lambda q: python_of("foedus.reinforce", _asked(q), first="requirement"),
)

REINFORCEMENT_ROUTE = Route(
    "reinforcement",
    "What has arrived on the eastern flank by a day, beside what is ready, and what holds it up.",
    ASKED,
    lambda state, question: {"scenario": "baseline", **_ask(state, question).payload()},
)
