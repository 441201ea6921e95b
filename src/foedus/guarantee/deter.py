"""Thresholds of the guarantee for the allies on the flank, and what stands in for a point of credibility."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.axes import country_name
from foedus.guarantee.exchange import (
    ALIKE,
    LEVERS,
    Agreement,
    Tried,
    agreement,
    foremost,
    gains_at,
    needed,
    tried,
)
from foedus.guarantee.question import DeterQuestion
from foedus.guarantee.ranges import COMBINATIONS, LABELS, StatedRange, grid, middle
from foedus.guarantee.threshold import REGIONS, Region
from foedus.results import Answer, Result
from foedus.tables import Table

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart

__all__ = [
    "AllyThreshold",
    "Deterrence",
    "Replaced",
    "ScenarioOfGuarantee",
    "Swing",
    "deterrence",
]


@dataclass(frozen=True)
class Replaced:
    """For how much belief one lever stands in.

    Attributes
    ----------
    lever, label : str
        Its key, and its name in print.
    low, high : float
        Least and most over all combinations in which the guarantee matters, parts of belief.
    middle : float or None
        With every range at its middle; None where the guarantee does not matter there.
    """

    lever: str
    label: str
    low: float
    middle: float | None
    high: float


@dataclass(frozen=True)
class Swing:
    """How far one range moves the threshold, the others at their middle.

    Attributes
    ----------
    name, label : str
        The range.
    at_low, at_high : float
        The threshold at its ends; one where no belief suffices.
    """

    name: str
    label: str
    at_low: float
    at_high: float

    @property
    def size(self) -> float:
        """How far apart the two are."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class AllyThreshold:
    """What belief an ally's protection needs, and what stands in for it.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and name.
    region : Agreement
        Which region the combinations say it is in, as a number of
        :class:`~foedus.guarantee.threshold.Region`.
    lowest, middle, highest : float or None
        q*: least and most over the combinations in which a belief suffices, and with every range at its
        middle; None where none suffices.
    replaced : tuple of Replaced
        The exchange rate of each lever.
    first : Agreement
        Which lever replaces most, by its place in :data:`~foedus.guarantee.exchange.LEVERS`.
    in_every_corner : bool
        Whether it does in every corner of the ranges where the guarantee matters.
    swings : tuple of Swing
        What moves the threshold, the most first.
    attacker, arrivals : (float, float)
        The attacker's strength, and that of the United States in time, over local strength: low and high.
    of_forces : tuple of str
        The ranges that forces and reinforcement say, by name; the others are assumed.
    """

    country: str
    name: str
    region: Agreement
    lowest: float | None
    middle: float | None
    highest: float | None
    replaced: tuple[Replaced, ...]
    first: Agreement
    in_every_corner: bool
    swings: tuple[Swing, ...]
    attacker: tuple[float, float]
    arrivals: tuple[float, float]
    of_forces: tuple[str, ...] = ()

    @property
    def region_words(self) -> str:
        """The region in words."""
        return _words(REGIONS[self.region.answer], self.region)

    @property
    def first_words(self) -> str:
        """Which lever comes first, in words."""
        name = _lever(self.first)
        return _words(LEVERS.get(name, name), self.first) if name else "none: it matters nowhere"


@dataclass(frozen=True)
class ScenarioOfGuarantee:
    """The scenario that an answer is of.

    Attributes
    ----------
    name, title : str
        What it is called.
    requirement : str
        The requirement that it names; empty where it names none.
    editions : tuple of str
        The editions that answered.
    guarantee : str
        Whom the guarantee covers in it, where not all, in words.
    """

    name: str
    title: str
    requirement: str = ""
    editions: tuple[str, ...] = ()
    guarantee: str = ""


@dataclass(frozen=True)
class Deterrence(Result):
    """Where belief in the guarantee matters, how much is needed, and what stands in for it.

    Attributes
    ----------
    question : DeterQuestion
        What was asked.
    scenario : ScenarioOfGuarantee
        Whose forces, where it names a requirement.
    rows : tuple of AllyThreshold
        By ally.
    ranges : tuple of StatedRange
        The ranges, where forces do not say otherwise.
    combinations : int
        How many combinations of them were tried for each ally.
    notes, cards : tuple of str
        What the reader must know, and the records that answered.
    """

    question: DeterQuestion
    scenario: ScenarioOfGuarantee
    rows: tuple[AllyThreshold, ...]
    ranges: tuple[StatedRange, ...]
    combinations: int
    notes: tuple[str, ...]
    cards: tuple[str, ...]

    def replaced(self, lever: str) -> tuple[float | None, float, float]:
        """Return what a lever replaces over all allies: middle of the first, least, most; parts of belief."""
        parts = [part for row in self.rows for part in row.replaced if part.lever == lever]
        if not parts:
            return None, 0.0, 0.0
        return parts[0].middle, min(part.low for part in parts), max(part.high for part in parts)

    def answer(self) -> Answer:
        """Return what more European strength stands in for."""
        from foedus.guarantee.deter_answer import deter_answer

        return deter_answer(self)

    def headline(self) -> str:
        """Return the answer and what must be said beside it."""
        return self.answer().lines()

    def tables(self) -> tuple[Table, ...]:
        """Return allies, exchange rates, what moves the threshold, and the ranges."""
        from foedus.guarantee.deter_tables import deter_tables

        return deter_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs, with its words."""
        rows = [
            {
                **vars(row),
                "region": {"name": REGIONS[row.region.answer], **_said(row.region)},
                "first": {"name": _lever(row.first), **_said(row.first)},
            }
            for row in self.rows
        ]
        return super().payload() | {"headline": self.headline(), "rows": rows}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.guarantee.deter_charts import isoquants_chart, regions_chart

        return {"regions": regions_chart, "isoquants": isoquants_chart}


def _lever(given: Agreement) -> str:
    """Return the key of the lever that replaces most; empty where the guarantee matters nowhere."""
    if given.answer < 0:
        return ""
    return "two alike" if given.answer == ALIKE else tuple(LEVERS)[given.answer]


def _said(given: Agreement) -> dict[str, str]:
    """Return how many combinations say so, and what it depends on."""
    return {"how": given.how, "depends_on": given.depends_on}


def _words(label: str, given: Agreement) -> str:
    """Return an answer with how many combinations give it, and what it depends on."""
    if given.how == "in all":
        return f"{label}, in all"
    depends = f"it depends, on {LABELS[given.depends_on]}"
    return depends if given.how == "it depends" else f"{label}, in most; {depends}"


def deterrence(
    question: DeterQuestion,
    scenario: ScenarioOfGuarantee,
    ranges: Mapping[str, tuple[StatedRange, ...]],
    stated: tuple[StatedRange, ...],
    *,
    notes: tuple[str, ...] = (),
    cards: tuple[str, ...] = (),
) -> Deterrence:
    """Return the thresholds of allies.

    Parameters
    ----------
    question : DeterQuestion
        What was asked.
    scenario : ScenarioOfGuarantee
        The scenario.
    ranges : mapping of str to tuple of StatedRange
        By ally, the ranges that hold for it.
    stated : tuple of StatedRange
        Those that hold where forces say nothing.
    notes, cards : tuple of str
        What the reader must know, and the records that answered.

    Returns
    -------
    Deterrence
        Allies with the same ranges are worked out once.
    """
    worked: dict[tuple[StatedRange, ...], AllyThreshold] = {}
    rows = []
    for country, of_ally in ranges.items():
        if of_ally not in worked:
            worked[of_ally] = _threshold(country, of_ally)
        of_forces = tuple(r.name for r in of_ally if r not in stated)
        same = {**vars(worked[of_ally]), "country": country, "name": country_name(country)}
        rows.append(AllyThreshold(**{**same, "of_forces": of_forces}))
    return Deterrence(question, scenario, tuple(rows), stated, COMBINATIONS, notes, cards)


def _threshold(country: str, ranges: tuple[StatedRange, ...]) -> AllyThreshold:
    """Return the threshold of an ally."""
    points = grid(ranges)
    over, centre = tried(points.values), tried(middle(ranges))
    levels = over.threshold[~np.isnan(over.threshold)]
    least = float(centre.threshold[0])
    first = foremost(over.replaced)
    matters = over.region == Region.MATTERS
    everywhere = np.ones(len(first), dtype=bool)
    lead = agreement(first, points.values, matters)
    return AllyThreshold(
        country=country,
        name=country_name(country),
        region=agreement(over.region, points.values, everywhere),
        lowest=float(levels.min()) if levels.size else None,
        middle=None if np.isnan(least) else least,
        highest=float(levels.max()) if levels.size else None,
        replaced=tuple(_replaced(over, centre)) if matters.any() else (),
        first=lead,
        in_every_corner=bool(matters.any() and (first[matters & points.corner] == lead.answer).all()),
        swings=_swings(ranges),
        attacker=_ends(ranges, "attacker_over_local"),
        arrivals=_ends(ranges, "arrivals_over_local"),
    )


def _ends(ranges: tuple[StatedRange, ...], name: str) -> tuple[float, float]:
    """Return the ends of a range."""
    span = next(span for span in ranges if span.name == name)
    return span.low, span.high


def _replaced(over: Tried, centre: Tried) -> Iterable[Replaced]:
    """Yield what each lever replaces."""
    for place, (lever, label) in enumerate(LEVERS.items()):
        values, at_middle = over.replaced[place], float(centre.replaced[place, 0])
        yield Replaced(
            lever,
            label,
            float(np.nanmin(values)),
            None if np.isnan(at_middle) else at_middle,
            float(np.nanmax(values)),
        )


def _swings(ranges: tuple[StatedRange, ...]) -> tuple[Swing, ...]:
    """Return how far each open range moves the threshold with the others at their middle, the most first."""
    swings = []
    for span in ranges:
        if not span.is_open:
            continue
        ends = {**middle(ranges), span.name: np.array([span.low, span.high])}
        values = dict(zip(ends, np.broadcast_arrays(*ends.values()), strict=True))
        at_low, at_high = needed(gains_at(values)).tolist()
        swings.append(Swing(span.name, span.label, at_low, at_high))
    moving = [swing for swing in swings if swing.size > 0.0]
    return tuple(sorted(moving, key=lambda swing: -swing.size))
