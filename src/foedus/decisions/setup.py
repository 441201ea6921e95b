"""A decision file as arrays, and the numbers of the silence procedure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.draws import Drawn, MemberBands
from foedus.decisions.models.question import SilenceParameters, TabledQuestion
from foedus.decisions.parts import Members
from foedus.decisions.reputation import holding_out
from foedus.decisions.schema import DecisionFile, member_name
from foedus.decisions.suppose import agreeing, agreeing_bands, supposed_members
from foedus.engine.arrays import Array
from foedus.errors import InputError

__all__ = ["Setup", "addable_unit", "setup", "terms"]

ENORMOUS = 1e100
"""From where on numbers are counted in a greater unit."""


@dataclass(frozen=True)
class Setup:
    """A decision file as arrays, on a scale on which the proposal lies above the reversion.

    Attributes
    ----------
    file : DecisionFile
        The file.
    names : tuple of str
        Members in its order.
    mirrored : bool
        Whether points of the file's scale are 100 less those here.
    bands : MemberBands
        Members' bands.
    question : TabledQuestion or None
        The question; None where no reversion is given.
    influence_unit : float
        What one of the influence here is in the file: one, unless its numbers are too great to be added.
    agrees : ndarray of bool, (member,), or None
        Who is supposed to agree; None where nobody is.
    """

    file: DecisionFile
    names: tuple[str, ...]
    mirrored: bool
    bands: MemberBands
    question: TabledQuestion | None
    influence_unit: float = 1.0
    agrees: NDArray[np.bool_] | None = None

    @property
    def supposed(self) -> tuple[str, ...]:
        """The members that are supposed to agree."""
        return () if self.agrees is None else tuple(np.array(self.names)[self.agrees].tolist())

    @property
    def standing(self) -> MemberBands:
        """Members' bands with those that are supposed to agree at the proposal."""
        return agreeing_bands(self.bands, self.agrees, self._proposal)

    def supposing(self, drawn: Drawn) -> Drawn:
        """Return draws in which those agree that are supposed to.

        Parameters
        ----------
        drawn : Drawn
            Draws by the bands of the file.

        Returns
        -------
        Drawn
            The same random terms.
        """
        return replace(drawn, stances=agreeing(drawn.stances, self.agrees, self._proposal))

    @property
    def _proposal(self) -> float:
        return 100.0 - self.file.proposal if self.mirrored else self.file.proposal

    def shown(self, point: Any) -> Any:
        """Return points as the file's scale has them.

        Parameters
        ----------
        point : float or ndarray
            Points here.

        Returns
        -------
        float or ndarray
            Points of the file.
        """
        return 100.0 - point if self.mirrored else point


def terms(**changes: float) -> SilenceParameters:
    """Return the numbers of the silence procedure.

    Parameters
    ----------
    **changes : float
        Other values of single parameters.

    Returns
    -------
    SilenceParameters
        The values of ``parameters/decisions.yaml``.
    """
    from foedus.decisions.parameters import FOLDER

    values: dict[str, Any] = {name: p.value for name, p in FOLDER.component("decisions").items()}
    return SilenceParameters(**(values | changes))


def setup(file: DecisionFile, *, today: date | None = None, suppose: Sequence[str] = ()) -> Setup:
    """Turn a decision file into arrays.

    Parameters
    ----------
    file : DecisionFile
        The file.
    today : datetime.date, optional
        From when days are counted where the file does not say when the question was opened.
    suppose : sequence of str, optional
        Members that are supposed to agree.

    Returns
    -------
    Setup
        Members and question.

    Raises
    ------
    InputError
        When the day asked for lies before that day.
    UnknownNameError
        When somebody that shall agree is no member.
    """
    rows = [(member_name(name), group) for group in file.members for name in group.who]
    names = tuple(name for name, _ in rows)
    mirrored = file.reversion is not None and file.proposal < file.reversion
    ends = np.array([[g.position.low, g.position.high] for _, g in rows])
    influence = [file.influence_of(name, g) for name, g in rows]
    weighs = np.array([[b.low, b.high] for b in influence])
    unit = addable_unit(weighs)
    blocs = {member_name(n): k for k, bloc in enumerate(file.blocs.values()) for n in bloc}
    reversion = 0.0 if file.reversion is None else file.reversion
    bands = MemberBands(
        position=100.0 - ends[:, ::-1] if mirrored else ends,
        salience=np.array([[g.salience.low, g.salience.high] for _, g in rows]),
        influence=weighs / unit,
        pressure=np.array([g.pressure for _, g in rows]),
        linkage=np.array([g.linkage for _, g in rows]),
        bloc=tuple(blocs.get(name, -1) for name in names),
        reversion=100.0 - reversion if mirrored else reversion,
        accepts=_accepted([g for _, g in rows], mirrored),
        holding_out=_records(names),
    )
    votes = np.array([1.0 if g.weight is None else g.weight for _, g in rows])
    votes /= addable_unit(votes)
    question = _question(file, names, votes, mirrored, today or date.today())
    supposed = supposed_members(file, suppose)
    agrees = np.isin(names, supposed) if supposed else None
    return Setup(file, names, mirrored, bands, question, unit, agrees)


def addable_unit(values: Array) -> float:
    """Return a unit in which sums of numbers do not overflow: one for all but enormous numbers.

    Parameters
    ----------
    values : ndarray
        Not negative.

    Returns
    -------
    float
        A power of two, so that dividing by it changes no digit.
    """
    most = float(values.max())
    return 1.0 if most < ENORMOUS else float(2.0 ** np.floor(np.log2(most)))


def _accepted(groups: list[Members], mirrored: bool) -> Array | None:
    """Return the drafts that members accept, NaN where the file does not say; None where it says nothing."""
    if all(g.accepts is None for g in groups):
        return None
    ends = np.array([[np.nan] * 2 if g.accepts is None else [g.accepts.low, g.accepts.high] for g in groups])
    return 100.0 - ends[:, ::-1] if mirrored else ends


def _records(names: tuple[str, ...]) -> Array:
    """Return how often members have held out before, one half where nothing is recorded."""
    records = holding_out()
    return np.array([records.get(name, 0.5) for name in names])


def _days(file: DecisionFile, today: date) -> dict[str, float]:
    """Return the days from the opening to the day asked for and to the deadline, where these are given."""
    start = file.opening or today
    ends = {"days": file.by, "deadline_days": file.deadline}
    for name, day in (("by", file.by), ("deadline", file.deadline)):
        if day is not None and day < start:
            raise InputError(
                f"{name} {day} lies before {start}, from which days are counted without a day of opening",
                where="the decision file",
                do="say in opened when the question was put, or give a later day",
            )
    return {name: float((day - start).days) for name, day in ends.items() if day is not None}


def _question(
    file: DecisionFile, names: tuple[str, ...], votes: Array, mirrored: bool, today: date
) -> TabledQuestion | None:
    """Return the question on the scale on which the proposal lies above the reversion."""
    if file.reversion is None:
        return None
    points = [file.reversion, file.proposal, file.least]
    reversion, proposal, least = (100.0 - p if mirrored else p for p in points)
    absent = {member_name(n) for n in file.venue.without} if file.venue else set()
    total = float(votes.sum())
    # A majority is more than half; a qualified one is at least its quota.
    block = total / 2.0 if file.quota is None else total * (1.0 - file.quota) + 1e-9 * total
    return TabledQuestion(
        reversion=reversion,
        proposal=proposal,
        adopted_from=least,
        instruments=file.allowed,
        veto=file.rule in {"consensus", "unanimity"},
        blocking_weight=block,
        weight=votes,
        venue_without=np.array([name in absent for name in names]),
        **_days(file, today),
    )
