"""The order in which allies should begin to pay, held against who did, beside orders that take no model.

The allies are those below 2 % in 2014 in NATO's edition of June 2024, and what they did by 2020, 2023 and
2024 is of the same edition. An order is scored by the area under its curve: the share of pairs of one ally
that reached 2 % and one that did not in which the first stands before the second, equals counted half. Half
of all pairs is what an order says that knows nothing.

The game's order has one form. It was written down with its ranges before it was scored, and scored once;
how well nearness to Russia orders the allies was known by then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.arrays import Array
from foedus.evidence.records import record_rows
from foedus.forces.us_forces import CARD_ID as US_CARD
from foedus.forces.us_forces import quarters, us_forces
from foedus.guarantee.flank import CARD_ID as BORDERS_CARD
from foedus.guarantee.flank import GUARANTOR, nearness
from foedus.guarantee.separable import AllyCase, threshold_to_pay, weights

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = [
    "EDITION",
    "PLEDGE",
    "SCORED_BY",
    "AllyOrder",
    "OrderScore",
    "Past",
    "area_under_curve",
    "order_scores",
    "past_case",
]

EDITION = "nato-2024-06"
"""The edition that says who was below, and who reached it."""

SHARE = "defence_expenditure_share_of_gdp"
START = 2014
PLEDGE = 0.02
SCORED_BY = (2020, 2023, 2024)
"""By which years allies are looked at."""

YEARLY_CARD = "us-forces-by-year-2026-11"
"""The card of the yearly counts, of which that of Canada is taken."""

CARDS = (BORDERS_CARD, US_CARD, YEARLY_CARD)
"""The records that orders rest on."""


@dataclass(frozen=True)
class Past:
    """The allies that were below the guideline, and which of them reached it.

    Attributes
    ----------
    case : AllyCase
        Their shares of 2014, and how far from Russia they are.
    reached : mapping of int to tuple of str
        Who was at 2 % or above in each year.
    """

    case: AllyCase
    reached: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True)
class AllyOrder:
    """One order of allies, as a score: the greater, the earlier an ally should pay.

    Attributes
    ----------
    name, label : str
        Its key, and what it is called.
    score : mapping of str to float
        By country; allies of which nothing is known are left out.
    """

    name: str
    label: str
    score: Mapping[str, float]


@dataclass(frozen=True)
class OrderScore:
    """How an order did.

    Attributes
    ----------
    name, label : str
        The order.
    allies : int
        How many it orders.
    areas : mapping of int to float
        The area under its curve for reaching 2 % by each year.
    """

    name: str
    label: str
    allies: int
    areas: Mapping[int, float]

    def beats(self, other: OrderScore) -> bool:
        """Whether its area is greater in every year."""
        return all(self.areas[year] > other.areas[year] for year in self.areas)


def area_under_curve(score: Sequence[float] | Array, reached: Sequence[bool]) -> float:
    """Return the share of pairs in which the one that reached a goal stands before the one that did not.

    Parameters
    ----------
    score : sequence of float
        The greater, the earlier.
    reached : sequence of bool
        Which of them reached the goal; some did and some did not.

    Returns
    -------
    float
        From 0 to 1; equal scores count half.
    """
    values, yes = np.asarray(score, dtype=np.float64), np.asarray(reached, dtype=bool)
    lead = values[yes][:, None] - values[~yes][None, :]
    return float((0.5 * (1.0 + np.sign(lead))).mean())


def past_case(ledger: Ledger) -> Past:
    """Return the allies below 2 % in 2014, and which of them reached it by when.

    Parameters
    ----------
    ledger : Ledger
        It holds the edition of June 2024.

    Returns
    -------
    Past
        Canada among them, the United States not.
    """
    frame = ledger.figures(SHARE, edition=EDITION).frame
    shares = {(row["country"], row["year"]): round(row["value"], 4) for row in frame.to_dicts()}
    near = nearness()
    below = tuple(sorted(c for (c, y), v in shares.items() if y == START and v < PLEDGE and c in near))
    case = AllyCase(
        below,
        np.array([shares[country, START] for country in below]),
        np.array([near[country].km for country in below]),
        PLEDGE,
    )
    reached = {y: tuple(c for c in below if shares.get((c, y), 0.0) >= PLEDGE) for y in SCORED_BY}
    return Past(case, reached)


def orders(past: Past) -> tuple[AllyOrder, ...]:
    """Return the game's order, and the four that take no model."""
    case, near, hosted = past.case, nearness(), us_hosted()
    borders = {country: float("RUS" in near[country].borders) for country in case.countries}
    thresholds = threshold_to_pay(case, weights()[0])
    return (
        AllyOrder("game", "the game's threshold", _by_country(case, -thresholds)),
        AllyOrder("near_russia", "near to Russia", {c: -near[c].km for c in case.countries}),
        AllyOrder("border", "border with Russia", borders),
        AllyOrder("small_gap", "small gap to 2 %", _by_country(case, case.shares)),
        AllyOrder("us_troops", "US troops hosted", {c: hosted[c] for c in case.countries if c in hosted}),
    )


def _by_country(case: AllyCase, values: Array) -> dict[str, float]:
    """Return values by country."""
    return dict(zip(case.countries, values.tolist(), strict=True))


@cache
def us_hosted() -> dict[str, float]:
    """Return the persons of the United States assigned to each host in 2014.

    They are the mean of the quarters that are held; of a host outside Europe, which the quarterly record
    leaves out, the mean of the yearly record.
    """
    days = [day for day in quarters() if day.year == START]
    counts = [us_forces(day) for day in days]
    hosts = {row.host for count in counts for row in count.rows} - {GUARANTOR}
    quarterly = {host: sum(count.persons(host) for count in counts) / len(counts) for host in sorted(hosts)}
    yearly = record_rows("us_forces_by_year", "us_forces_by_year")
    return {row["host"]: float(row["persons"]) for row in yearly if row["year"] == str(START)} | quarterly


def order_scores(ledger: Ledger) -> tuple[OrderScore, ...]:
    """Return how each order did, the game's first.

    Parameters
    ----------
    ledger : Ledger
        It holds the edition of June 2024.

    Returns
    -------
    tuple of OrderScore
        The orders of :func:`orders`.
    """
    past = past_case(ledger)
    scores = []
    for order in orders(past):
        known = [country for country in past.case.countries if country in order.score]
        values = [order.score[country] for country in known]
        areas = {
            year: area_under_curve(values, [country in reached for country in known])
            for year, reached in past.reached.items()
        }
        scores.append(OrderScore(order.name, order.label, len(known), areas))
    return tuple(scores)
