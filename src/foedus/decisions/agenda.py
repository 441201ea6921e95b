"""An agenda: issues that may be settled together, and where members stand on each, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.schema import DecisionFile, member_name
from foedus.engine.arrays import Array
from foedus.errors import InputError

__all__ = ["Agenda", "agenda"]


@dataclass(frozen=True)
class Agenda:
    """Issues and members as arrays.

    Attributes
    ----------
    issues, members : tuple of str
        Their names.
    reversion : ndarray, (issue,)
        What holds without a decision.
    position, salience : ndarray, (issue, member)
        Points of the scale, and fractions.
    influence : ndarray, (member,)
        In any one unit.
    opt_out : ndarray of bool, (issue,)
        Whether members may be left out.
    most_opt_outs : int
        How many members at most, for each issue.
    """

    issues: tuple[str, ...]
    members: tuple[str, ...]
    reversion: Array
    position: Array
    salience: Array
    influence: Array
    opt_out: NDArray[np.bool_]
    most_opt_outs: int = 3


def agenda(file: DecisionFile) -> Agenda:
    """Take the question of a decision file and its further issues as one agenda.

    Parameters
    ----------
    file : DecisionFile
        With at least one further issue.

    Returns
    -------
    Agenda
        The middle of every band.

    Raises
    ------
    InputError
        When there is nothing to pack.
    """
    if not file.issues or file.reversion is None:
        raise InputError(
            "a package needs a reversion and at least one further issue",
            where="issues",
            do="add them to the file",
        )
    names = file.names
    index = {name: i for i, name in enumerate(names)}
    rows = [(member_name(n), g) for g in file.members for n in g.who]
    position = np.zeros((1 + len(file.issues), len(names)))
    salience = np.zeros_like(position)
    for i, (_, group) in enumerate(rows):
        position[0, i], salience[0, i] = group.position.middle, group.salience.middle
    for j, issue in enumerate(file.issues, start=1):
        position[j] = issue.reversion
        for stance in issue.members:
            for name in stance.who:
                i = index[member_name(name)]
                position[j, i], salience[j, i] = stance.position.middle, stance.salience.middle
    return Agenda(
        issues=(file.title, *(i.name for i in file.issues)),
        members=tuple(names),
        reversion=np.array([file.reversion, *(i.reversion for i in file.issues)]),
        position=position,
        salience=salience,
        influence=np.array([file.influence_of(n, g).middle for n, g in rows]),
        opt_out=np.array(["opt_out" in file.instruments, *(i.opt_out for i in file.issues)]),
    )
