"""What a package may be chosen for, as a value of members' total gains and as part of a programme.

``weighted``: the sum of gains, each with the member's influence. ``egalitarian``: the smallest gain.
``kalai_smorodinsky``: the smallest gain over the most the member could gain. ``nash``: the product of
gains, through tangents of its logarithm. Each is concave in the total gains.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from foedus.decisions.agenda import Agenda
from foedus.decisions.solver import Indices, Programme
from foedus.engine.arrays import Array
from foedus.errors import InputError

__all__ = ["AIMS", "Aim", "AimTerms", "add_totals", "aim_terms", "aim_value"]

Aim = Literal["weighted", "egalitarian", "kalai_smorodinsky", "nash"]
AIMS: tuple[Aim, ...] = ("weighted", "egalitarian", "kalai_smorodinsky", "nash")
"""What a package may be chosen for."""

TANGENTS = np.geomspace(1e-3, 10.0, 24)
"""Where the logarithm of a gain is touched by its tangents; nobody may gain less than the first."""

SECOND = 1e-3
"""Among packages with the greatest least gain, the weight of the sum of gains."""


@dataclass(frozen=True)
class AimTerms:
    """An aim with the numbers it needs.

    Attributes
    ----------
    name : str
        One of :data:`AIMS`.
    share : ndarray, (member,)
        Shares of influence, adding up to one.
    most : ndarray, (member,)
        Over what a member's gain is counted in the smallest gain; zero for a member that does not count.
    """

    name: Aim
    share: Array
    most: Array

    @property
    def least_total(self) -> float:
        """The least total gain a member may have."""
        return float(TANGENTS[0]) if self.name == "nash" else 0.0


def aim_terms(asked: Agenda, aim: Aim) -> AimTerms:
    """Return an aim for an agenda.

    Parameters
    ----------
    asked : Agenda
        Issues and members.
    aim : {"weighted", "egalitarian", "kalai_smorodinsky", "nash"}
        What a package is chosen for.

    Returns
    -------
    AimTerms
        With members' shares, and the most each could gain.

    Raises
    ------
    InputError
        When the aim is not one of them.
    """
    if aim not in AIMS:
        raise InputError(f"{aim!r} is not an aim", do=f"use one of {', '.join(AIMS)}")
    # Over the greatest first, so that no sum of influences overflows.
    weight = asked.influence / asked.influence.max()
    best = (asked.salience * np.abs(asked.reversion[:, None] - asked.position) / 100.0).sum(0)
    most = best if aim == "kalai_smorodinsky" else np.ones(len(asked.members))
    return AimTerms(aim, weight / weight.sum(), np.where(most > 1e-9, most, 0.0))


def aim_value(terms: AimTerms, totals: Array) -> float:
    """Return what members' total gains are worth.

    Parameters
    ----------
    terms : AimTerms
        The aim.
    totals : ndarray, (member,)
        Each member's gain over all issues.

    Returns
    -------
    float
        The greater, the better.
    """
    whole = float(terms.share @ totals)
    if terms.name == "weighted":
        return whole
    if terms.name == "nash":
        logs = (totals[:, None] / TANGENTS + np.log(TANGENTS) - 1.0).min(1)
        return float(terms.share @ logs)
    able = terms.most > 0
    return float((totals[able] / terms.most[able]).min()) + SECOND * whole


def add_totals(programme: Programme, terms: AimTerms) -> Indices:
    """Add members' total gains to a programme, and as its cost the aim's value taken away.

    Parameters
    ----------
    programme : Programme
        It grows.
    terms : AimTerms
        The aim.

    Returns
    -------
    ndarray of int, (member,)
        The variables that hold the totals.
    """
    part = {"weighted": 1.0, "nash": 0.0}.get(terms.name, SECOND)
    totals = programme.add_variables(-part * terms.share, low=terms.least_total)
    if terms.name == "nash":
        logs = programme.add_variables(-terms.share, low=-np.inf)
        pairs = np.stack([np.repeat(logs, len(TANGENTS)), np.repeat(totals, len(TANGENTS))], 1)
        slopes = np.tile(np.stack([np.ones(len(TANGENTS)), -1.0 / TANGENTS], 1), (len(totals), 1))
        programme.add_rows(pairs, slopes, high=np.tile(np.log(TANGENTS) - 1.0, len(totals)))
    elif terms.name != "weighted":
        (least,) = programme.add_variables(-1.0, low=-np.inf)
        able = np.flatnonzero(terms.most > 0)
        pairs = np.stack([totals[able], np.full(len(able), least)], 1)
        programme.add_rows(pairs, np.stack([np.ones(len(able)), -terms.most[able]], 1), low=0.0)
    return totals
