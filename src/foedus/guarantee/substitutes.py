"""Who pays if what others pay lowers what paying is worth: every pure equilibrium, exactly.

**Claim.** Ally i pays as long as what the others pay in all is at most its limit. In an equilibrium with the
total T each that pays has ``T - c_i <= limit_i``, and each that does not has ``T > limit_i``. So only the
total matters: of each ally it says that it pays, that it does not, or that it may do either.

**Method.** Branch and bound over the total. Allies are decided one after the other, the largest first; what
is decided bounds the total from both sides, and the bounds decide others or leave no total at all. Nothing is
approximated, and no equilibrium is chosen: there may be several, or none.

**Leaves out.** Mixed strategies, talks before the game, and paying in part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.errors import InputError

__all__ = ["MOST", "Equilibria", "equilibria"]

MOST = 10_000
"""The most equilibria that are listed."""


@dataclass(frozen=True)
class Equilibria:
    """Every pure equilibrium of a game.

    Attributes
    ----------
    payers : tuple of tuple of int
        In each equilibrium, who pays, by place; in order.
    totals : tuple of float
        What is paid in all in each.
    ties : tuple of int
        Allies that in some equilibrium would do as well not to pay: the others pay exactly its limit.
    """

    payers: tuple[tuple[int, ...], ...]
    totals: tuple[float, ...]
    ties: tuple[int, ...]

    @property
    def in_all(self) -> tuple[int, ...]:
        """Who pays in every equilibrium."""
        sets = [set(payers) for payers in self.payers]
        return tuple(sorted(set.intersection(*sets))) if sets else ()

    @property
    def in_some(self) -> tuple[int, ...]:
        """Who pays in some equilibria and not in others."""
        some = {ally for payers in self.payers for ally in payers}
        return tuple(sorted(some - set(self.in_all)))


@dataclass
class _Search:
    """The game with its allies in the order in which they are decided."""

    costs: list[float]
    limits: list[float]
    order: list[int]
    chosen: list[tuple[int, ...]]

    def run(self, depth: int, paid: tuple[int, ...], low: float, high: float, left: float) -> None:
        """Decide the ally at a depth, with the total above `low` and at most `high` by those decided."""
        total = sum(self.costs[i] for i in paid)
        if low > high or total > high or total + left < low:
            return
        if depth == len(self.order):
            if _is_equilibrium(self.costs, self.limits, paid):
                self.chosen.append(tuple(sorted(paid)))
                if len(self.chosen) > MOST:
                    raise InputError(
                        f"the game has more than {MOST} equilibria",
                        where="--game",
                        do="give other ranges or fewer allies",
                    )
            return
        ally = self.order[depth]
        cost, limit = self.costs[ally], self.limits[ally]
        rest = left - cost
        # Paying is open where some total up to limit + cost is left, the other where one above the limit is.
        if max(low, total + cost) <= limit + cost + _slack(limit, cost):
            self.run(depth + 1, (*paid, ally), low, min(high, limit + cost + _slack(limit, cost)), rest)
        if min(high, total + rest) >= limit - _slack(limit, cost):
            self.run(depth + 1, paid, max(low, limit - _slack(limit, cost)), high, rest)


def _slack(limit: float, cost: float) -> float:
    """Return by how much a bound is widened for rounding; what is let through is checked exactly."""
    return 1e-9 * (1.0 + abs(limit) + cost)


def _others(costs: Sequence[float], payers: Sequence[int], ally: int) -> float:
    """Return what the others pay in all, added in one order, so that it has one value."""
    return sum(costs[i] for i in sorted(payers) if i != ally)


def _is_equilibrium(costs: Sequence[float], limits: Sequence[float], payers: Sequence[int]) -> bool:
    """Whether nobody would rather do otherwise."""
    paying = set(payers)
    return all((_others(costs, payers, i) <= limits[i]) == (i in paying) for i in range(len(costs)))


def equilibria(costs: Sequence[float], limits: Sequence[float]) -> Equilibria:
    """Return every pure equilibrium.

    Parameters
    ----------
    costs : sequence of float
        What each ally pays if it does, zero or more.
    limits : sequence of float
        An ally pays as long as the others' total is at most this; below zero it never does.

    Returns
    -------
    Equilibria
        In the order of who pays.

    Raises
    ------
    InputError
        When there are more than :data:`MOST`.
    """
    order = sorted(range(len(costs)), key=lambda i: (-costs[i], i))
    search = _Search(list(costs), list(limits), order, [])
    search.run(0, (), float("-inf"), float("inf"), sum(costs))
    return _listed(costs, limits, search.chosen)


def _listed(costs: Sequence[float], limits: Sequence[float], chosen: Sequence[tuple[int, ...]]) -> Equilibria:
    """Return equilibria in order, with their totals and ties."""
    payers = tuple(sorted(chosen))
    ties = {i for paying in payers for i in paying if _others(costs, paying, i) == limits[i]}
    return Equilibria(payers, tuple(sum(costs[i] for i in paying) for paying in payers), tuple(sorted(ties)))
