"""Who would pay if the guarantee covered only those who pay, beside how well such an order fits the past."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.guarantee.cells import runs
from foedus.guarantee.deter import ScenarioOfGuarantee
from foedus.guarantee.deter_answer import NO_PROBABILITY
from foedus.guarantee.game import AllyOnLadder, ConditionMap, PlayedGuarantee, names_of
from foedus.guarantee.orders import EDITION, OrderScore
from foedus.guarantee.parameters import FOLDER
from foedus.guarantee.question import DeterGameQuestion
from foedus.results import Answer, Result
from foedus.rounding import written
from foedus.tables import Column, Table
from foedus.units import billions, level_words

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart

__all__ = ["GuaranteeGame"]

WEIGHED = {
    "value_next_to_russia": "Worth of whole belief next to Russia, share of GDP a year",
    "halving_km": "Kilometres from Russia that halve it",
    "own_strength_worth": "Belief that a tenth more own spending stands in for",
    "rivalry": "Belief that paying loses once all others pay",
}
"""The numbers of the game, with their names in print."""


@dataclass(frozen=True)
class GuaranteeGame(Result):
    """Who would pay if the guarantee covered only those who pay.

    Attributes
    ----------
    question : DeterGameQuestion
        What was asked.
    scenario : ScenarioOfGuarantee
        Whose pledge and shares.
    year : int
        The year of the shares.
    pledge : float
        The share of GDP that is asked for.
    played : PlayedGuarantee
        The game.
    map : ConditionMap
        Where a condition raises spending, and where it uncovers allies.
    orders : tuple of OrderScore
        How the game's order, and four that take no model, fit who reached 2 %.
    notes, cards : tuple of str
        What the reader must know, and the records that answered.
    """

    question: DeterGameQuestion
    scenario: ScenarioOfGuarantee
    year: int
    pledge: float
    played: PlayedGuarantee
    map: ConditionMap
    orders: tuple[OrderScore, ...]
    notes: tuple[str, ...]
    cards: tuple[str, ...]

    @property
    def beats_distance(self) -> bool:
        """Whether the order is scored and better than nearness to Russia in every year."""
        if not self.orders:
            return False
        scores = {score.name: score for score in self.orders}
        return scores["game"].beats(scores["near_russia"])

    def standing(self) -> str:
        """Return the first line: how the game's order did against nearness to Russia."""
        if not self.orders:
            return f"How such an order told who reached 2 % is not known on this day: {EDITION} came later."
        scores = {score.name: score for score in self.orders}
        game, near = scores["game"], scores["near_russia"]
        verb = "beats" if self.beats_distance else "does not beat"
        years = ", ".join(str(year) for year in game.areas)
        return (
            f"The game's order {verb} distance to Russia in telling who reached 2 % by {years}: "
            f"areas under the curve {_areas(game)} against {_areas(near)}."
        )

    def answer(self) -> Answer:
        """Return who pays, after how well the order fits the past."""
        rows, played = self.played.rows, self.played
        paying = [row for row in rows if row.pays != "never"]
        alone = [row for row in rows if row.pays == "without"]
        middle = played.rivalries[1]
        several = "there is one equilibrium" if middle.count == 1 else f"there are {middle.count} equilibria"
        spent = billions(middle.least, 0)
        spent += f" to {billions(middle.most, 0)}" if billions(middle.most, 0) != spent else ""
        return Answer(
            condition=self.standing()
            + f" If paying adds {written(played.added, 0, scale=2)} points of belief, each ally by itself,",
            number=str(len(paying)),
            unit=f"of {len(rows)} allies below their pledge ({level_words(self.pledge)} for most)",
            claim=f"pay, {len(alone)} of them without a condition: {billions(played.spent_with, 0)} bn "
            f"dollars a year more, {billions(played.spent_without, 0)} without it. If what others pay "
            f"counts, {several}, with {spent} bn: {len(middle.in_all)} pay in all, {len(middle.in_some)} in "
            f"some, {len(middle.in_none)} in none.",
            beside=(NO_PROBABILITY,),
            title="Who would begin to pay, in order",
        )

    def headline(self) -> str:
        """Return the answer and what must be said beside it."""
        return self.answer().lines()

    def tables(self) -> tuple[Table, ...]:
        """Return the ladder, the equilibria, the orders, the map in words, and what is assumed."""
        return self._ladder(), self._equilibria(), self._orders(), self._regions(), _numbers()

    def _ladder(self) -> Table:
        """Return the allies in the order in which they begin to pay."""
        columns = (
            Column("name", "Ally", "name"),
            Column("share", "Spends, % of GDP", "per_cent"),
            Column("km", "km from Russia", "count"),
            Column("threshold", "Points paying must add", align="right"),
            Column("pays", "Pays by itself"),
            Column("substitutes", "In equilibria"),
            Column("tie", "Equal with"),
        )
        words = {"without": "without a condition", "with": "with it", "never": "no"}
        rows = tuple(
            {**vars(row), "pays": words[row.pays], "threshold": _points(row)} for row in self.played.rows
        )
        return Table(
            "ladder", "Who begins to pay, in order: middle of the ranges, lowest to highest", columns, rows
        )

    def _equilibria(self) -> Table:
        """Return the equilibria for three rivalries."""
        columns = (
            Column("rivalry", "Belief lost if all others pay", "size_points_0"),
            Column("count", "Equilibria", "count"),
            Column("least", "bn USD a year", "billions_0", span=("least", "most"), to=" to "),
            Column("in_all", "Pay in all"),
            Column("in_some", "In some"),
            Column("in_none", "In none"),
            Column("ties", "As well not", blank="nobody"),
        )
        rows = tuple(
            {
                **vars(part),
                **{key: names_of(getattr(part, key)) for key in ("in_all", "in_some", "in_none", "ties")},
            }
            for part in self.played.rivalries
        )
        return Table("equilibria", "Where what others pay counts: every pure equilibrium", columns, rows)

    def _orders(self) -> Table:
        """Return how the orders fit the past."""
        years = tuple(self.orders[0].areas) if self.orders else ()
        columns = (
            Column("label", "Order"),
            Column("allies", "Allies", "count"),
            *(Column(f"by_{year}", f"By {year}", "number") for year in years),
        )
        rows = tuple(
            {
                "label": s.label,
                "name": s.name,
                "allies": s.allies,
                **{f"by_{y}": a for y, a in s.areas.items()},
            }
            for s in self.orders
        )
        return Table("orders", "Who reached 2 %: areas under the curve; 0.50 knows nothing", columns, rows)

    def _regions(self) -> Table:
        """Return which effects a condition can have at all."""
        words = {
            "raises alone": "raises spending and uncovers nobody on the flank",
            "raises and uncovers": "raises spending and leaves an ally on the flank below its threshold",
            "raises and falls short": "raises spending, and belief is too little even for those who pay",
            "uncovers alone": "raises no spending and leaves an ally on the flank below its threshold",
            "neither": "does neither",
        }
        columns = (Column("what", "A condition"), Column("where", "Least that paying adds", "size_points_0"))
        masks = self.map.masks()
        rows = []
        for name, mask in masks.items():
            at = mask.any(axis=0)
            least = self.map.axis[int(at.argmax())] if at.any() else None
            rows.append({"what": words[name], "where": least})
        return Table("regions", "What a condition does, over all beliefs without it", columns, tuple(rows))

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs, with its words; the map as rectangles of each kind."""
        areas = {name: list(runs(mask, self.map.axis)) for name, mask in self.map.masks().items()}
        said = {"headline": self.headline(), "beats_distance": self.beats_distance, "map": areas}
        said["numbers"] = list(_numbers().rows)
        return super().payload() | said

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.guarantee.game_charts import condition_chart, ladder_chart

        return {"ladder": ladder_chart, "condition": condition_chart}


def _numbers() -> Table:
    """Return what an ally is taken to weigh."""
    columns = (
        Column("label", "What an ally weighs", "name"),
        Column("value", "Middle", "number"),
        Column("low", "Low", "number"),
        Column("high", "High", "number"),
        Column("grade", "Grade"),
    )
    numbers = FOLDER.function("game")
    rows = tuple(
        {
            "name": name,
            "label": label,
            "value": numbers[name].value,
            "low": numbers[name].range[0],
            "high": numbers[name].range[1],
            "grade": numbers[name].grade,
            "source": numbers[name].source,
        }
        for name, label in WEIGHED.items()
    )
    return Table("numbers", "What is assumed of allies", columns, rows, more=("source",))


def _points(row: AllyOnLadder) -> str:
    """Return what paying must add for an ally: above a hundred points none is enough."""
    low, middle, high = (
        "over 100" if value > 1.0 else written(value, 0, scale=2) for value in (row.low, row.middle, row.high)
    )
    return f"{middle} ({low} to {high})"


def _areas(score: OrderScore) -> str:
    """Return the areas of an order, one after the other."""
    return " / ".join(written(area, 2) for area in score.areas.values())
