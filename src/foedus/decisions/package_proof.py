"""The best package by branch and bound, from a package and a bound that are known already.

A gain is concave in the draft, ``g <= s (|r - p| -+ (x - p))``, so that drafts need no whole numbers; only
who is left out does. The bound says what a package would be worth at most in which one member is left out
of one issue, or is not, or a draft is taken: what cannot reach the known package is settled beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.agenda import Agenda
from foedus.decisions.aims import AimTerms, add_totals, aim_value
from foedus.decisions.models.opt_outs import OPT_OUT_PRICE, forced_gains, issue_gains
from foedus.decisions.package_search import Choice, menu
from foedus.decisions.solver import Indices, Programme
from foedus.engine.arrays import Array

__all__ = ["prove"]

EXACT_GAP = 1e-4
"""How near to the optimum, as a share of it, an exact package is proved to lie."""

SAFE = 1e-7
"""By how much something must miss the known package to be settled."""


@dataclass(frozen=True)
class Open:
    """What a package better than the known one may still be.

    Attributes
    ----------
    low, high : ndarray, (issue,)
        Between what its drafts lie.
    may, must : ndarray of bool, (issue, member)
        Who may be left out, and who must be.
    """

    low: Array
    high: Array
    may: NDArray[np.bool_]
    must: NDArray[np.bool_]


def still_open(asked: Agenda, known: Choice) -> Open:
    """Settle what cannot be part of a better package than the known one.

    Parameters
    ----------
    asked : Agenda
        Issues and members.
    known : Choice
        A package, and the bound with its weights.

    Returns
    -------
    Open
        What is left.
    """
    offered = menu(asked)
    shape = asked.position.shape
    low, high = offered.drafts[:, 0].copy(), offered.drafts[:, -1].copy()
    may, must = np.zeros(shape, bool), np.zeros(shape, bool)
    slack = known.bound - known.value + SAFE * max(1.0, abs(known.bound))
    for j, gains in enumerate(offered.gains):
        most = asked.most_opt_outs if asked.opt_out[j] else 0
        out, within, by_draft = forced_gains(gains, known.weight, most)
        least = by_draft.max() - slack
        may[j] = (out >= least) & (most > 0)
        must[j] = (within < least) & (most > 0)
        # Between two neighbouring candidates an issue is worth no more than at the better of them.
        good = np.flatnonzero(by_draft >= least)
        low[j] = offered.drafts[j, max(good[0] - 1, 0)]
        high[j] = offered.drafts[j, min(good[-1] + 1, len(by_draft) - 1)]
    return Open(low, high, may, must)


def prove(asked: Agenda, terms: AimTerms, known: Choice) -> Choice:
    """Find the best package.

    Parameters
    ----------
    asked : Agenda
        Issues and members.
    terms : AimTerms
        What it is chosen for.
    known : Choice
        A package and a bound.

    Returns
    -------
    Choice
        The optimum, to one part in ten thousand.

    Raises
    ------
    NoSolutionError
        When the solver finds none.
    """
    programme = Programme()
    totals = add_totals(programme, terms)
    draft, out = _packages(programme, asked, still_open(asked, known), totals)
    may = out >= 0
    programme.begin_with(np.append(draft, out[may]), np.append(known.drafts, known.out[may]))
    solution = programme.solve(gap=EXACT_GAP)
    drafts = np.clip(solution.values[draft], 0.0, 100.0)
    gains = issue_gains(asked.position, asked.salience, asked.reversion, drafts[:, None])[:, 0]
    gone = np.zeros(out.shape, bool)
    gone[may] = solution.values[out[may]] > 0.5
    total = np.where(gone, 0.0, gains).sum(0)
    value = aim_value(terms, total) - OPT_OUT_PRICE * float(gone.sum())
    if value < known.value:
        drafts, gone, total, value = known.drafts, known.out, known.totals, known.value
    return Choice(drafts, gone, total, value, max(min(-solution.bound, known.bound), value), known.weight)


def _packages(programme: Programme, asked: Agenda, left: Open, totals: Indices) -> tuple[Indices, Indices]:
    """State which packages there are; return the variables of drafts and opt-outs, -1 where there is none."""
    issues = len(asked.issues)
    salience = asked.salience / 100.0
    best = salience * np.abs(asked.reversion[:, None] - asked.position)
    far = np.maximum(asked.position - left.low[:, None], left.high[:, None] - asked.position)
    worst = salience * far - best
    may = (worst > 1e-9) & left.may
    draft = programme.add_variables(np.zeros(issues), low=left.low, high=left.high)
    gain = programme.add_variables(np.zeros(best.size), low=-np.inf, high=best.ravel()).reshape(best.shape)
    out = np.full(best.shape, -1, np.int32)
    if may.any():
        least = left.must[may].astype(float)
        out[may] = programme.add_variables(
            np.full(len(least), OPT_OUT_PRICE), low=least, high=1.0, whole=True
        )
        # Left out, a member neither loses nor gains.
        pairs = np.stack([gain[may], out[may]], 1)
        programme.add_rows(pairs, np.stack([np.ones(len(pairs)), best[may]], 1), high=best[may])
    for j in np.flatnonzero(may.any(1)):
        programme.add_rows(out[j][may[j]][None], 1.0, high=float(asked.most_opt_outs))
    for sign in (1.0, -1.0):
        limit = best + sign * salience * asked.position
        pairs = np.stack([gain, np.broadcast_to(draft[:, None], gain.shape)], -1)
        slopes = np.stack([np.ones_like(best), sign * salience], -1)
        programme.add_rows(pairs[~may], slopes[~may], high=limit[~may])
        if may.any():
            relieved = np.concatenate([pairs[may], out[may][:, None]], 1)
            factors = np.concatenate([slopes[may], -worst[may][:, None]], 1)
            programme.add_rows(relieved, factors, high=limit[may])
    sums = np.concatenate([gain.T, totals[:, None]], 1)
    programme.add_rows(sums, np.append(np.ones(issues), -1.0), low=0.0, high=0.0)
    return draft, out
