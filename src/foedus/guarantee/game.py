"""A guarantee that covers only those who pay: who begins to pay, what that brings, and what it uncovers.

The separable game (:mod:`foedus.guarantee.separable`) has one answer in closed form; with substitutes
(:mod:`foedus.guarantee.substitutes`) there may be several, and all are listed. Neither says how likely
anything is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.axes import country_name
from foedus.engine.arrays import Array
from foedus.guarantee.parameters import FOLDER
from foedus.guarantee.separable import AllyCase, Ladder, ladder, pays, threshold_to_pay, weights
from foedus.guarantee.substitutes import Equilibria, equilibria

__all__ = [
    "AllyOnLadder",
    "ConditionMap",
    "PlayedGuarantee",
    "WithRivalry",
    "condition_map",
    "play",
    "with_substitutes",
]

STEPS = 101
"""Points of each axis of the map, from nought to one."""


@dataclass(frozen=True)
class AllyOnLadder:
    """What an ally weighs.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and name.
    share, gap, km : float
        What it spends and what is missing to the pledge, as shares of GDP; kilometres from Russia.
    low, middle, high : float
        D*, what paying must add to belief so that it pays: lowest, at the middle of the ranges, highest.
    pays : str
        "without", "with" or "never": without a condition, with it, or not even then, at the middle.
    substitutes : str
        "all", "some" or "none": in how many equilibria it pays where what others pay counts.
    tie : str
        With whom it stands equal; empty where with none.
    """

    country: str
    name: str
    share: float
    gap: float
    km: float
    low: float
    middle: float
    high: float
    pays: str
    substitutes: str
    tie: str


@dataclass(frozen=True)
class WithRivalry:
    """The equilibria where what others pay lowers what paying is worth.

    Attributes
    ----------
    rivalry : float
        How much of belief is lost once all others pay.
    count : int
        How many pure equilibria there are.
    least, most : float
        What is spent more in them, US dollars a year; zero where there is none.
    in_all, in_some, in_none : tuple of str
        Who pays in all of them, in some, in none.
    ties : tuple of str
        Who would do as well not to pay in one of them.
    """

    rivalry: float
    count: int
    least: float
    most: float
    in_all: tuple[str, ...]
    in_some: tuple[str, ...]
    in_none: tuple[str, ...]
    ties: tuple[str, ...]


@dataclass(frozen=True)
class ConditionMap:
    """Where a condition raises spending, and where it uncovers allies.

    Attributes
    ----------
    axis : tuple of float
        Points of D and of q0, from nought to one.
    raises : ndarray of bool, (q0, D)
        Whether some ally pays that would not without a condition.
    lowers : ndarray of bool, (q0, D)
        Whether an ally on the flank that does not pay falls below its q*, which it would reach if the
        guarantee covered all.
    short : ndarray of bool, (q0, D)
        Whether an ally on the flank has less than its q* even if it pays.
    """

    axis: tuple[float, ...]
    raises: NDArray[np.bool_]
    lowers: NDArray[np.bool_]
    short: NDArray[np.bool_]

    def masks(self) -> dict[str, NDArray[np.bool_]]:
        """Return where each combination of them holds.

        Returns
        -------
        dict of str to ndarray of bool, (q0, D)
            Every point is in exactly one.
        """
        return {
            "raises alone": self.raises & ~self.lowers & ~self.short,
            "raises and uncovers": self.raises & self.lowers,
            "raises and falls short": self.raises & ~self.lowers & self.short,
            "uncovers alone": ~self.raises & self.lowers,
            "neither": ~self.raises & ~self.lowers,
        }


@dataclass(frozen=True)
class PlayedGuarantee:
    """The game with one belief that paying adds.

    Attributes
    ----------
    added : float
        D.
    rows : tuple of AllyOnLadder
        In the order in which allies begin to pay.
    spent_without, spent_with : float
        What is spent more than now without a condition and with it, US dollars a year.
    rivalries : tuple of WithRivalry
        With substitutes: at the low end of the range of rivalry, its middle and its high end.
    """

    added: float
    rows: tuple[AllyOnLadder, ...]
    spent_without: float
    spent_with: float
    rivalries: tuple[WithRivalry, ...]


def with_substitutes(costs: Array, thresholds: Array, added: float, rivalry: float) -> Equilibria:
    """Return every equilibrium where what others pay lowers what paying is worth.

    Parameters
    ----------
    costs : ndarray, (country,)
        What each pays if it does, any unit.
    thresholds : ndarray, (country,)
        D* of each if nobody else pays.
    added : float
        D.
    rivalry : float
        How much of belief is lost once all others pay; above zero.

    Returns
    -------
    Equilibria
        An ally pays while the others' part of all costs is at most ``(D - D*) / rivalry``.
    """
    parts = costs / costs.sum()
    limits = (added - thresholds) / rivalry
    return equilibria(parts.tolist(), limits.tolist())


def play(case: AllyCase, gdp: Array, added: float) -> PlayedGuarantee:
    """Return who pays with one belief that paying adds.

    Parameters
    ----------
    case : AllyCase
        The allies below the pledge.
    gdp : ndarray, (country,)
        Their GDP, US dollars.
    added : float
        D, from nought to one.

    Returns
    -------
    PlayedGuarantee
        With D of zero, what is spent without a condition.
    """
    steps, costs = ladder(case), (case.pledge - case.shares) * gdp
    thresholds = threshold_to_pay(case, weights()[0])
    without, with_ = pays(thresholds, 0.0), pays(thresholds, added)
    number = FOLDER.function("game")["rivalry"]
    values = (number.range[0], float(number.value), number.range[1])  # type: ignore[arg-type]  # a number
    solved = [with_substitutes(costs, thresholds, added, value) for value in values]
    rivalries = tuple(_rivalry(case, costs, v, e) for v, e in zip(values, solved, strict=True))
    kinds = ["without" if a else "with" if b else "never" for a, b in zip(without, with_, strict=True)]
    return PlayedGuarantee(
        added,
        _rows(case, steps, dict(zip(case.countries, kinds, strict=True)), rivalries[1]),
        float((without * costs).sum()),
        float((with_ * costs).sum()),
        rivalries,
    )


def _rivalry(case: AllyCase, costs: Array, rivalry: float, solved: Equilibria) -> WithRivalry:
    """Return the equilibria by names and money."""
    names = case.countries
    paid = [float(costs[list(payers)].sum()) for payers in solved.payers]
    paying = {*solved.in_all, *solved.in_some}
    return WithRivalry(
        rivalry,
        len(solved.payers),
        min(paid, default=0.0),
        max(paid, default=0.0),
        tuple(names[i] for i in solved.in_all),
        tuple(names[i] for i in solved.in_some),
        tuple(name for i, name in enumerate(names) if i not in paying),
        tuple(names[i] for i in solved.ties),
    )


def _rows(
    case: AllyCase, steps: Ladder, kinds: Mapping[str, str], middle: WithRivalry
) -> tuple[AllyOnLadder, ...]:
    """Return the allies in the order of the ladder."""
    place = {country: i for i, country in enumerate(case.countries)}
    pledge = np.broadcast_to(case.pledge, case.shares.shape)
    rows = []
    for rung, country in enumerate(steps.countries):
        i = place[country]
        tie = next((group for group in steps.ties if country in group), ())
        rows.append(
            AllyOnLadder(
                country=country,
                name=country_name(country),
                share=float(case.shares[i]),
                gap=float(pledge[i] - case.shares[i]),
                km=float(case.km[i]),
                low=steps.low[rung],
                middle=steps.middle[rung],
                high=steps.high[rung],
                pays=kinds[country],
                substitutes="all"
                if country in middle.in_all
                else "some"
                if country in middle.in_some
                else "none",
                tie=", ".join(other for other in tie if other != country),
            )
        )
    return tuple(rows)


def condition_map(case: AllyCase, needed: Mapping[str, float | None], steps: int = STEPS) -> ConditionMap:
    """Return where a condition raises spending, and where it uncovers allies on the flank.

    Parameters
    ----------
    case : AllyCase
        The allies below the pledge.
    needed : mapping of str to float or None
        q* of the allies on the flank; None where no belief suffices, which no condition changes.
    steps : int, default 101
        Points of each axis.

    Returns
    -------
    ConditionMap
        For who does not pay belief is q0, for who does ``q0 + D``, one at most.
    """
    axis = np.linspace(0.0, 1.0, steps)
    without, added = axis[:, None], np.minimum(axis[None, :], 1.0 - axis[:, None])
    thresholds = threshold_to_pay(case, weights()[0])
    unpaid = thresholds > 0.0
    raises: NDArray[np.bool_] = np.any((added[..., None] > thresholds) & unpaid, axis=-1)
    lowers, short = np.zeros_like(raises), np.zeros_like(raises)
    by_country = dict(zip(case.countries, thresholds.tolist(), strict=True))
    for country, least in needed.items():
        if least is None:
            continue
        short |= without + added < least
        if country not in by_country:
            continue
        does_not_pay = added <= by_country[country]
        lowers |= does_not_pay & (without < least) & (without + added >= least)
    return ConditionMap(tuple(axis.tolist()), raises, lowers, short)


def names_of(countries: Sequence[str]) -> str:
    """Return countries by name, one after the other; "nobody" for none."""
    return ", ".join(country_name(country) for country in countries) or "nobody"
