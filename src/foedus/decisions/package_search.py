"""Search for the best package: columns, a bound, and opt-outs that are tried one issue at a time.

**Method.** With a price on "nobody loses" for every member the issues fall apart, and each is solved in
closed form (:mod:`foedus.decisions.models.opt_outs`). A linear programme over the drafts that came up gives
the next prices; when none comes up that improves it, its value is a bound that no package exceeds. Then the
opt-outs of the heaviest drafts are fixed and the drafts are chosen anew, exactly, and other opt-outs are
tried issue by issue while that helps. Where nobody can be left out the first such programme is the optimum.

**Source.** Dantzig and Wolfe (1960); the bound is the Lagrangian one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.agenda import Agenda
from foedus.decisions.aims import AimTerms, add_totals, aim_value
from foedus.decisions.models.opt_outs import (
    OPT_OUT_PRICE,
    candidate_drafts,
    issue_gains,
    left_out,
    weighted_gains,
)
from foedus.decisions.solver import Programme
from foedus.engine.arrays import Array
from foedus.errors import NoSolutionError

__all__ = ["Choice", "Menu", "menu", "search"]

MOST_ROUNDS = 200
"""Rounds of columns; a handful is usual."""

AT_ONCE = 3
"""Drafts of an issue that are added in a round."""

MOST_TRIED = 5
"""Opt-outs of an issue that are tried against the others'."""

MOST_TRIALS = 150
"""Programmes solved for single opt-outs; each takes a few milliseconds."""

SMALL = 1e-9

Out = NDArray[np.bool_]


@dataclass(frozen=True)
class Menu:
    """The candidate drafts of an agenda.

    Attributes
    ----------
    asked : Agenda
        Issues and members.
    drafts : ndarray, (issue, draft)
        Points of the scale.
    gains : ndarray, (issue, draft, member)
        What each member gains by each.
    """

    asked: Agenda
    drafts: Array
    gains: Array


@dataclass(frozen=True)
class Choice:
    """A package, and what no package exceeds.

    Attributes
    ----------
    drafts : ndarray, (issue,)
        Points of the scale.
    out : ndarray of bool, (issue, member)
        Who is left out.
    totals : ndarray, (member,)
        Each member's gain over all issues.
    value, bound : float
        The aim's value, less the price of opt-outs, and its bound.
    weight : ndarray, (member,)
        The price of a member's gain that gives the bound.
    """

    drafts: Array
    out: Out
    totals: Array
    value: float
    bound: float
    weight: Array


@dataclass(frozen=True)
class Pool:
    """Drafts with opt-outs that have come up, and the optimum over their mixtures.

    Attributes
    ----------
    issue, draft : ndarray of int, (column,)
        Which issue, and which of its drafts.
    out : ndarray of bool, (column, member)
        Who is left out.
    share : ndarray, (column,)
        How much of each the optimum takes; those of an issue add up to one.
    weight : ndarray, (member,)
        The price of a member's gain that gives the bound.
    bound : float
        What no package exceeds.
    """

    issue: NDArray[np.intp]
    draft: NDArray[np.intp]
    out: Out
    share: Array
    weight: Array
    bound: float


def menu(asked: Agenda) -> Menu:
    """Return the candidate drafts of an agenda."""
    drafts = candidate_drafts(asked.position, asked.reversion)
    return Menu(asked, drafts, issue_gains(asked.position, asked.salience, asked.reversion, drafts))


def _candidates(
    offered: Menu, weight: Array, prices: Array | None, fixed: Out | None
) -> tuple[NDArray[np.intp], NDArray[np.intp], Out, float]:
    """Return the drafts that improve most at given weights, who is left out, and by how much they improve."""
    asked, gains = offered.asked, offered.gains
    if fixed is None:
        value = weighted_gains(gains, weight, asked.opt_out, asked.most_opt_outs)
    else:
        value = np.einsum("jcn,jn->jc", gains, weight * ~fixed) - OPT_OUT_PRICE * fixed.sum(1)[:, None]
    profit = value if prices is None else value - prices[:, None]
    few = min(AT_ONCE, profit.shape[1])
    best = np.argsort(-profit, axis=1, kind="stable")[:, :few]
    gain = np.take_along_axis(profit, best, 1)
    issue, rank = np.nonzero(gain > SMALL if prices is not None else np.ones_like(gain, bool))
    draft = best[issue, rank]
    if fixed is None:
        out = left_out(gains[issue, draft], weight, asked.opt_out[issue], asked.most_opt_outs)
    else:
        out = fixed[issue]
    return issue, draft, out, float(np.maximum(gain[:, 0], 0.0).sum())


def columns(
    offered: Menu,
    terms: AimTerms,
    *,
    fixed: Out | None = None,
    weight: Array | None = None,
    floor: float = -np.inf,
    enough: float = np.inf,
) -> Pool:
    """Find the optimum over mixtures of drafts, and with it the bound.

    Parameters
    ----------
    offered : Menu
        Candidate drafts.
    terms : AimTerms
        The aim.
    fixed : ndarray of bool, (issue, member), optional
        Who is left out; without it, that is chosen draft by draft.
    weight : ndarray, (member,), optional
        The weights to begin with; without them, the shares of influence.
    floor : float, optional
        Stop when the bound is not above it.
    enough : float, optional
        Stop when every member gains as much.

    Returns
    -------
    Pool
        All that came up, with the optimum.

    Raises
    ------
    NoSolutionError
        When the aim asks more of a member than any package gives it.
    """
    gains = offered.gains
    issues, members = gains.shape[0], gains.shape[2]
    programme = Programme()
    totals = add_totals(programme, terms)
    sums = programme.add_rows(totals[:, None], -1.0, low=0.0, high=0.0)
    whole = programme.add_rows(np.empty((issues, 0)), 1.0, low=1.0, high=1.0)
    at = terms.share if weight is None else weight
    blocks = [_start(offered, terms, fixed), _candidates(offered, at, None, fixed)[:3]]
    variables: list[NDArray[np.int32]] = []
    bound, priced = np.inf, at
    for _ in range(MOST_ROUNDS):
        for j, c, o in blocks[len(variables) :]:
            factors = np.concatenate([np.where(o, 0.0, gains[j, c]), np.ones((len(j), 1))], 1)
            rows = np.concatenate([np.broadcast_to(sums, (len(j), members)), whole[j][:, None]], 1)
            variables.append(programme.add_columns(OPT_OUT_PRICE * o.sum(1), rows, factors))
        solution = programme.solve()
        at, prices = solution.duals[sums], -solution.duals[whole]
        j, c, o, improvement = _candidates(offered, at, prices, fixed)
        if improvement - solution.objective < bound:
            bound, priced = improvement - solution.objective, at
        optimal = not len(j) or bound <= max(floor, SMALL * max(1.0, abs(bound)) - solution.objective)
        if optimal or solution.values[totals].min() >= enough:
            break
        blocks.append((j, c, o))
    share = np.maximum(solution.values[np.concatenate(variables)], 0.0)
    issue, draft, out = (np.concatenate([b[k] for b in blocks[: len(variables)]]) for k in range(3))
    return Pool(issue, draft, out, share, priced, bound)


def _start(
    offered: Menu, terms: AimTerms, fixed: Out | None
) -> tuple[NDArray[np.intp], NDArray[np.intp], Out]:
    """Return drafts with which the aim has a value: no change, or what gives everybody the least it asks."""
    issues, members = len(offered.gains), offered.gains.shape[2]
    if terms.least_total > 0:
        even = AimTerms("egalitarian", terms.share, np.ones(members))
        pool = columns(offered, even, fixed=fixed, enough=2.0 * terms.least_total)
        if pool.bound < terms.least_total:
            raise NoSolutionError(
                "no package was found (infeasible)",
                where=f"the aim {terms.name}",
                do="take the aim weighted, or leave out members that can gain nothing",
            )
        return pool.issue, pool.draft, pool.out
    unchanged = np.abs(offered.drafts - offered.asked.reversion[:, None]).argmin(1)
    out = np.zeros((issues, members), bool) if fixed is None else fixed
    return np.arange(issues), unchanged, out


def _choice(offered: Menu, terms: AimTerms, pool: Pool, out: Out) -> Choice:
    """Return the package of an optimum with fixed opt-outs, with every gain computed anew from its drafts."""
    asked, issues = offered.asked, len(offered.gains)
    drafts = np.zeros(issues)
    np.add.at(drafts, pool.issue, pool.share * offered.drafts[pool.issue, pool.draft])
    drafts /= np.bincount(pool.issue, pool.share, issues)
    gains = issue_gains(asked.position, asked.salience, asked.reversion, drafts[:, None])[:, 0]
    out = out & (gains < 0)  # whom the draft does not hurt has no need to be left out
    totals = np.where(out, 0.0, gains).sum(0)
    value = aim_value(terms, totals) - OPT_OUT_PRICE * float(out.sum())
    return Choice(drafts, out, totals, value, pool.bound, pool.weight)


def _fixed(offered: Menu, terms: AimTerms, out: Out, weight: Array, floor: float = -np.inf) -> Choice | None:
    """Return the best package with given opt-outs; None where it has no value, or none above a floor."""
    try:
        pool = columns(offered, terms, fixed=out, weight=weight, floor=floor)
    except NoSolutionError:
        return None
    if pool.bound <= floor:
        return None
    return _choice(offered, terms, pool, out)


def _worth(offered: Menu, weight: Array, pool: Pool | None = None) -> list[list[Out]]:
    """Return the opt-outs worth trying for each issue: those of the pool's heaviest drafts first."""
    asked = offered.asked
    value = weighted_gains(offered.gains, weight, asked.opt_out, asked.most_opt_outs)
    worth: list[list[Out]] = []
    for j, gains in enumerate(offered.gains):
        best = np.argsort(-value[j], kind="stable")
        outs = list(
            left_out(gains[best], weight, np.repeat(asked.opt_out[j], len(best)), asked.most_opt_outs)
        )
        if pool is not None:
            own = np.flatnonzero(pool.issue == j)
            heavy = own[np.argsort(-pool.share[own], kind="stable")]
            outs = [*pool.out[heavy[pool.share[heavy] > SMALL]], *outs]
        worth.append(list({out.tobytes(): out for out in outs}.values())[:MOST_TRIED])
    return worth


def search(asked: Agenda, terms: AimTerms) -> Choice:
    """Find a package and a bound.

    Parameters
    ----------
    asked : Agenda
        Issues and members.
    terms : AimTerms
        What it is chosen for.

    Returns
    -------
    Choice
        The best package that came up; where nobody can be left out, the optimum.

    Raises
    ------
    NoSolutionError
        When no package has what the aim asks, or none came up.
    """
    offered = menu(asked)
    pool = columns(offered, terms)
    worth = _worth(offered, pool.weight, pool)
    first = np.stack([outs[0] for outs in worth])
    best = _fixed(offered, terms, first, pool.weight) or _fixed(
        offered, terms, np.zeros_like(first), pool.weight
    )
    if best is None:
        raise NoSolutionError(
            "no package came up by trying opt-outs", where=f"the aim {terms.name}", do="take the aim weighted"
        )
    if asked.opt_out.any():
        best = _improved(offered, terms, best, worth, pool.bound)
    return replace(best, bound=max(pool.bound, best.value), weight=pool.weight)


def _improved(offered: Menu, terms: AimTerms, best: Choice, worth: list[list[Out]], bound: float) -> Choice:
    """Try other opt-outs one issue at a time, while that helps."""
    trials, again = 0, True
    while again and trials < MOST_TRIALS:
        before = best.value
        for j, outs in enumerate(worth):
            for out in outs:
                value = best.value
                if bound - value <= SMALL * max(1.0, abs(bound)):
                    return best
                if (out == best.out[j]).all():
                    continue
                changed = best.out.copy()
                changed[j] = out
                trial = _fixed(offered, terms, changed, best.weight, value + SMALL)
                trials += 1
                if trial is not None and trial.value > value + SMALL:
                    best = trial
        again = best.value > before
        worth = _worth(offered, best.weight)
    return best
