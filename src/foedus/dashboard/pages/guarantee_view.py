"""The view of the guarantee: exchange rates, belief against strength, and which objections hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from foedus.dashboard.rails import Aside, Strip, SureSection
from foedus.dashboard.views import Key, PageChart, View
from foedus.guarantee.deter_answer import NO_PROBABILITY
from foedus.guarantee.exchange import LEVERS
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.guarantee.deter import Deterrence
    from foedus.guarantee.game_result import GuaranteeGame
    from foedus.plotting.chart import Chart
    from foedus.plotting.fit import Box

__all__ = ["OBJECTIONS", "WAYS", "GuaranteeAnswers", "guarantee_view"]

WAYS = (
    ("The election of 2028, two ways", "us-election-two-ways-a", "us-election-two-ways-b"),
    ("A quick deal, or the war goes on", "us-quick-deal", "war-goes-on"),
)
"""Pairs of scenarios that are shown side by side and never averaged."""

OBJECTIONS = (
    "Levels of q* mean little: over plausible ranges it goes from 0.17 to 0.87. Only order and exchange rate "
    "survive, each said with whether it holds in every corner.",
    "Beliefs are not observed: q is an axis, and no figure here says what it is, was or will be.",
    "The attacker is one actor at one moment: no faits accomplis in steps, no nuclear step, no window that "
    "closes.",
    "Signals, hand-tying, entrapment and reassurance are outside.",
    "The status quo is worth zero: an attacker that loses by waiting has another threshold.",
)
"""What can be said against all of it, in short."""

CUT_NOWHERE = "Lowest and highest: every combination tried, none cut off."


ORDERS = {"near_russia": "near Russia", "game": "the game", "us_troops": "US troops"}
"""The orders that stand below the chart; the table has all of them."""


@dataclass(frozen=True)
class GuaranteeAnswers:
    """What the page has asked.

    Attributes
    ----------
    thresholds : Deterrence
        Where belief matters, and what stands in for it.
    game : GuaranteeGame
        Who would begin to pay if the guarantee covered only those who pay.
    """

    thresholds: Deterrence
    game: GuaranteeGame


def guarantee_view(state: AppState, answers: GuaranteeAnswers) -> View:
    """Show an answer.

    Parameters
    ----------
    state : AppState
        Holds the source cards.
    answers : GuaranteeAnswers
        What the page has asked.

    Returns
    -------
    View
        The chart of belief against strength first, then the game's ladder; the map of regions in its tab.
    """
    result, game = answers.thresholds, answers.game
    used = {*result.scenario.editions, *result.cards, *game.cards}
    said = result.answer()
    others = tuple(line for line in said.beside if line != NO_PROBABILITY)
    answer = replace(
        said,
        condition=_first_line(game),
        claim=_claim(result, said.claim),
        beside=(NO_PROBABILITY, *others, CUT_NOWHERE),
    )
    return View(
        headline=answer.sentence(),
        charts=_charts(result, game),
        tables=(*result.tables(), *game.tables()),
        notes=(*result.notes, *game.notes),
        cards=tuple(card for name, card in state.ledger.editions.items() if name in used),
        answer=answer,
        map=_regions(result),
        rail=_strip(game),
        sure=_sure(result, game),
        aside=_aside(result),
        allies=_of_allies(result),
    )


def _first_line(game: GuaranteeGame) -> str:
    """Return how the game's order did against distance to Russia, the first thing that is said."""
    if not game.orders:
        return ""
    verb = "beats" if game.beats_distance else "does not beat"
    return f"The game's order of who would pay {verb} distance to Russia."


def _claim(result: Deterrence, whole: str) -> str:
    """Return what stands in, in fewer words than the command has."""
    if not any(row.replaced for row in result.rows):
        return whole
    _, low, high = result.replaced("us_forces")
    return (
        "of credibility of the US guarantee are what +10 % European strength stands in for; "
        f"{LEVERS['us_forces']}, {_points(low)} to {_points(high)}."
    )


def _charts(result: Deterrence, game: GuaranteeGame) -> tuple[PageChart, ...]:
    """Return belief against strength, the ladder, and what a condition does."""
    from foedus.guarantee.belief_map_charts import belief_map_chart, belief_map_stage
    from foedus.guarantee.stage_charts import condition_stage, ladder_stage

    return (
        PageChart(
            "belief",
            partial(belief_map_chart, result),
            draw=partial(belief_map_stage, result),
            title="Belief",
            note="Above the line belief holds the attacker back. All assumed.",
            keys=(Key("us", "threshold"), Key("band", "each range alone"), Key("before", "every corner")),
        ),
        PageChart(
            "ladder",
            partial(game.chart, "ladder"),
            draw=_drawn(ladder_stage, game),
            title="Ladder",
            note="Points that paying must add to belief before an ally pays by itself. All assumed.",
            keys=(Key("us", "pays"), Key("short", "does not"), Key("band", "lowest to highest")),
        ),
        PageChart(
            "condition",
            partial(game.chart, "condition"),
            draw=_drawn(condition_stage, game),
            title="Condition",
            note="By what paying adds to belief, and by belief for those who do not pay.",
            keys=(
                Key("us", "raises spending"),
                Key("short", "uncovers an ally"),
                Key("band", "too little even for who pays"),
            ),
        ),
    )


def _drawn(stage: Callable[[GuaranteeGame, Box], Chart], game: GuaranteeGame) -> Callable[[Box], Chart]:
    """Return the function that draws the game for a box."""
    return partial(stage, game)


def _regions(result: Deterrence) -> PageChart:
    """Return the map of regions."""
    from foedus.guarantee.stage_charts import regions_stage

    return PageChart(
        "regions",
        partial(result.chart, "regions"),
        draw=partial(regions_stage, result),
        title="Regions",
        note="Other ranges at their middle. Dashed: what the two stated ranges span.",
        keys=(Key("band", "matters"), Key("us", "not needed"), Key("mine", "cannot suffice")),
    )


def _strip(game: GuaranteeGame) -> Strip | None:
    """Return how well orders told who reached 2 %, the best known first."""
    if not game.orders:
        return None
    scores = {score.name: score for score in game.orders}
    first, *later = game.orders[0].areas
    years = "/".join((str(first), *(f"{year % 100:02d}" for year in later)))
    items = [
        (" / ".join(_short(area) for area in scores[name].areas.values()), label)
        for name, label in ORDERS.items()
    ]
    return Strip(f"Told who is at 2 % by {years}, AUC", tuple(items))


def _short(area: float) -> str:
    """Return an area under a curve without its nought."""
    return written(area, 2).removeprefix("0")


def _aside(result: Deterrence) -> Aside:
    """Return what stands in for how many points, and the scenarios two ways."""
    lines = []
    for lever, label in LEVERS.items():
        middle, low, high = result.replaced(lever)
        span = f"{_points(low)} to {_points(high)}"
        label = label[0].upper() + label[1:]
        lines.append(f"{label}: {span}" if middle is None else f"{label}: {_points(middle)} ({span})")
    links = tuple((title, f"/what-if?scenario={one}&other={other}") for title, one, other in WAYS)
    return Aside("What stands in for how many points", lines=tuple(f"{line}." for line in lines), links=links)


def _sure(result: Deterrence, game: GuaranteeGame) -> tuple[SureSection, ...]:
    """Return the objections, the grade of every range, and what to know."""
    grades = tuple(
        f"{span.label[0].upper()}{span.label[1:]}: {span.low:g} to {span.high:g}, {span.grade}. {span.source}"
        for span in result.ranges
    )
    own = [row for row in result.rows if row.of_forces]
    known = tuple(
        f"{row.name}: attacker over local strength {_ends(row.attacker)}, US in time over local strength "
        f"{_ends(row.arrivals)}, of forces and reinforcement."
        for row in own
    )
    return (
        SureSection("Five objections that hold", OBJECTIONS),
        SureSection("Every range and its grade", (*grades, *known)),
        SureSection("How the game's order has done", (game.standing(),)),
        SureSection(
            "Two ways, side by side",
            ("Two ways of a question are compared on common draws and never averaged: `foedus run "
             "us-election-two-ways`, and `foedus compare us-quick-deal war-goes-on`.",),
        ),
        SureSection("What to know", (*result.notes, *game.notes)),
    )  # fmt: skip


def _of_allies(result: Deterrence) -> dict[str, str]:
    """Return one sentence for each ally on the flank."""
    said = {}
    for row in result.rows:
        first = f"For {row.name} the guarantee {_verb(row.region_words)}."
        part = next((part for part in row.replaced if part.lever == "european_strength"), None)
        span = (
            f" +10 % European strength: {_points(part.low)} to {_points(part.high)} points." if part else ""
        )
        said[row.country] = first + span
    return said


def _verb(words: str) -> str:
    """Return a region as it follows "the guarantee"."""
    return f"is {words}" if words.startswith("not") else words


def _ends(span: tuple[float, float]) -> str:
    """Return the ends of a range in words."""
    return " to ".join(written(end, 1) for end in span)


def _points(part: float) -> str:
    """Return a part of belief as points."""
    return written(part, 1, scale=2)
