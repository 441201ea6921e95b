"""Packages: settle several issues together, so that who loses on one gains on another.

**Claim.** A package is acceptable when no member is worse off over all issues together than without any
decision, its gains weighted by how much it cares. For every issue a draft is chosen, and where an issue
allows it a few members may be left out of it, so that they neither lose nor gain by it. Among the
acceptable packages one with a great aim (:mod:`foedus.decisions.aims`) is searched, and what no package
exceeds is proved (:mod:`foedus.decisions.package_search`); asked to be exact, the search goes on until the
two meet.

**Leaves out.** Doubt about positions (the middle of each band is used), trust that all parts of a package
will be kept, and side payments.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.decisions.agenda import Agenda, agenda
from foedus.decisions.aims import AIMS, Aim, aim_terms
from foedus.decisions.models.unanimity import acceptable_set, project
from foedus.decisions.models.voting import weighted_median
from foedus.decisions.package_proof import prove
from foedus.decisions.package_search import Choice, search
from foedus.decisions.schema import DecisionFile
from foedus.engine.arrays import Array
from foedus.results import Result
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.tables import Table

__all__ = ["AIMS", "Agenda", "Aim", "Package", "agenda", "package_of", "solve_package"]

PROVED = 1e-4
"""Up to which gap a package is called the best."""


@dataclass(frozen=True)
class Package(Result):
    """A package, and how near it is to the best.

    Attributes
    ----------
    aim : str
        What it was chosen for.
    issues : tuple of str
        The issues.
    reversions, alone, drafts : tuple of float
        For each issue what holds without a decision, what all accept for it by itself, and the package's
        draft.
    opt_outs : tuple of tuple of str
        For each issue who is left out of it.
    gains : dict of str to float
        Each member's gain over all issues: salience × points over 100.
    least_gain : float
        The smallest of them.
    value : float
        The aim's value, less a small price for each opt-out.
    bound : float
        What no package exceeds.
    """

    aim: Aim
    issues: tuple[str, ...]
    reversions: tuple[float, ...]
    alone: tuple[float, ...]
    drafts: tuple[float, ...]
    opt_outs: tuple[tuple[str, ...], ...]
    gains: dict[str, float]
    least_gain: float
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """How much better a package may be, a share of the value, or for Nash of the mean gain."""
        if self.aim == "nash":
            return math.expm1(self.bound - self.value)
        return (self.bound - self.value) / abs(self.value) if self.bound > self.value else 0.0

    def headline(self) -> str:
        """Return what the package leaves the member that gains least, and how near it is to the best."""
        near = (
            "no package is better"
            if self.gap <= PROVED
            else f"no package is better by more than {100 * self.gap:.2g} %"
        )
        return f"The least gain of a member is {written(self.least_gain, 2)} ({self.aim}); {near}."

    def payload(self) -> dict[str, Any]:
        """Return the package for programs, the gap with it."""
        return super().payload() | {"gap": self.gap}

    def tables(self) -> tuple[Table, ...]:
        """Return the drafts by issue."""
        from foedus.decisions.tables import package_table

        return (package_table(self),)


def package_of(file: DecisionFile, aim: Aim = "weighted", *, exact: bool = False) -> Package:
    """Find a good package of a decision file.

    Parameters
    ----------
    file : DecisionFile
        With further issues.
    aim : {"weighted", "egalitarian", "kalai_smorodinsky", "nash"}
        What it is chosen for.
    exact : bool, default False
        Whether the search goes on until the optimum is proved, which may take minutes.

    Returns
    -------
    Package
        The best that was found, and its gap.

    Raises
    ------
    InputError
        When there is nothing to pack, or the solver is not installed.
    NoSolutionError
        When no package has what the aim asks.
    """
    return solve_package(agenda(file), aim, exact=exact)


def _alone(asked: Agenda) -> Array:
    """Return for each issue the draft with the greatest weighted gain that leaves nobody worse off.

    The weighted gain is concave, so the best acceptable draft is the one nearest to where it is greatest:
    the median by influence × salience.
    """
    weight = asked.salience * (asked.influence / asked.influence.max())
    cares = np.where(weight > 0, weight, 0.0)
    low, high = zip(
        *(
            acceptable_set(p[None], c[None], float(r))
            for p, c, r in zip(asked.position, cares, asked.reversion, strict=True)
        ),
        strict=True,
    )
    interval = np.concatenate(low), np.concatenate(high)
    some = cares.sum(1) > 0
    median = weighted_median(asked.position, np.where(some[:, None], cares, 1.0))
    middle = np.where(some, median, asked.reversion)
    return np.where(some, project(middle, interval), asked.reversion)


def solve_package(asked: Agenda, aim: Aim = "weighted", *, exact: bool = False) -> Package:
    """Find a good package of an agenda.

    Parameters
    ----------
    asked : Agenda
        Issues and members.
    aim : {"weighted", "egalitarian", "kalai_smorodinsky", "nash"}
        What it is chosen for.
    exact : bool, default False
        Whether the search goes on until the optimum is proved, which may take minutes.

    Returns
    -------
    Package
        The best that was found, and its gap.

    Raises
    ------
    InputError
        When the aim is not one of them, or the solver is not installed.
    NoSolutionError
        When no package has what the aim asks, as a product of gains where a member can gain nothing.
    """
    terms = aim_terms(asked, aim)
    choice = search(asked, terms)
    if exact and choice.bound > choice.value:
        choice = prove(asked, terms, choice)
    return _package(asked, aim, choice)


def _package(asked: Agenda, aim: Aim, choice: Choice) -> Package:
    """Write a choice down by issue and by member."""
    outs = (tuple(n for n, gone in zip(asked.members, row, strict=True) if gone) for row in choice.out)
    return Package(
        aim=aim,
        issues=asked.issues,
        reversions=tuple(float(r) for r in asked.reversion),
        alone=tuple(float(d) for d in _alone(asked)),
        drafts=tuple(float(d) for d in choice.drafts),
        opt_outs=tuple(outs),
        gains={name: float(g) for name, g in zip(asked.members, choice.totals, strict=True)},
        least_gain=float(choice.totals.min()),
        value=choice.value,
        bound=choice.bound,
    )
