"""What rounds of accession say of the parameters: the rounds as arrays, and their likelihood by pace.

A ratifier contributes the probability of the interval in which its completion is known to lie. Where a round
has no steps, its last deposit bounds the last completion. The hold that a round's holders share is averaged
over here; the pace is left open, so that whoever asks can weigh it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foedus.accession.frailty import HOLD, PACE
from foedus.accession.intervals import Spell, spells
from foedus.accession.posterior import ratifiers_of, standing
from foedus.accession.ratification import Parameters, Ratifiers, interval_probability
from foedus.accession.recess import recess_days
from foedus.accession.record import objections
from foedus.accession.rows import Round
from foedus.engine.arrays import Array

__all__ = ["EarlierHold", "Observations", "RoundEnd", "log_likelihood_by_pace", "observations"]

Days = tuple[Array, Array]
"""Days since the signature, and days in recess among them, (ratifier,) each."""

_LAST_DAY = 1500


@dataclass(frozen=True)
class RoundEnd:
    """A round of which only the end is known: its last ratifier completed after one day and by another."""

    round: int
    ratifiers: Ratifiers
    start: Days
    end: Days


@dataclass(frozen=True)
class EarlierHold:
    """A ratifier that had held until a day, on which it acted for another applicant of the same signature."""

    round: int
    ratifier: Ratifiers
    until: Days


@dataclass(frozen=True)
class Observations:
    """Rounds as arrays.

    Attributes
    ----------
    ratifiers : Ratifiers
        One row per ratifier whose interval is known.
    names : tuple of str
        Alpha-3 codes of these; empty where the record counts an ally without naming it.
    start, end : tuple of ndarray, (ratifier,)
        Not complete by the first, complete by the second: days, and days in recess among them.
    round : ndarray of int, (ratifier,)
        The index of each one's round.
    round_count : int
        How many rounds there are.
    round_ends : tuple of RoundEnd
        Rounds of which only the end is known.
    earlier_holds : tuple of EarlierHold
        What is known before a ratifier's interval begins.
    """

    ratifiers: Ratifiers
    names: tuple[str, ...]
    start: Days
    end: Days
    round: NDArray[np.int64]
    round_count: int
    round_ends: tuple[RoundEnd, ...]
    earlier_holds: tuple[EarlierHold, ...]


@dataclass
class _RatifierRows:
    """Rows of :class:`Observations` as they are gathered."""

    ratifiers: list[Ratifiers] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    recess: list[Array] = field(default_factory=list)
    round: list[int] = field(default_factory=list)

    def add(self, ratifier: Ratifiers, spell: Spell, recess: Array, round_index: int) -> None:
        """Add one ratifier of one round."""
        self.ratifiers.append(ratifier)
        self.names.append(spell.ally)
        self.start.append(spell.start)
        self.end.append(spell.end)
        self.recess.append(recess)
        self.round.append(round_index)

    def counted(self, days: list[int]) -> Days:
        """Return days since the signature, and days in recess among them."""
        recess = np.array([r[d] for r, d in zip(self.recess, days, strict=True)])
        return np.array(days, dtype=np.float64), recess

    def joined(self) -> Ratifiers:
        """Return the ratifiers of all rows in one."""
        return Ratifiers(
            *(np.concatenate([getattr(r, f.name) for r in self.ratifiers]) for f in fields(Ratifiers))
        )


def observations(rounds_: Sequence[Round], ally_pace: dict[str, float]) -> Observations:
    """Return rounds as arrays.

    Of rounds signed on one day the first counts whole. Of the later ones an ally that acted for both at once
    counts no more; one that acted later counts as a holder, given that it had held until it acted for the
    first.

    Parameters
    ----------
    rounds_ : sequence of Round
        The rounds, in order of their signatures.
    ally_pace : dict of str to float
        Each ally's own pace, on the log hazard; zero for those that are not in it.

    Returns
    -------
    Observations
        One row per ratifier whose interval is known, and rounds known by their end only.
    """
    rows = _RatifierRows()
    round_ends: list[RoundEnd] = []
    earlier_holds: list[EarlierHold] = []
    first_of: dict[date, int] = {}
    for index, round_ in enumerate(rounds_):
        if round_.signed in first_of:
            first = first_of[round_.signed]
            earlier_holds += _add_later_round(rows, round_, rounds_[first], first)
            continue
        first_of[round_.signed] = index
        against = _objecting(round_)
        ratifiers = ratifiers_of(round_.ratifiers, objecting=against, ally_pace=ally_pace)
        completions = spells(round_, standing())
        if not completions:
            round_ends.append(_round_end(round_, ratifiers, index))
            continue
        rest = [a for a in round_.ratifiers if a not in {s.ally for s in completions}]
        unnamed = _mean_of(ratifiers_of(rest, objecting=against, ally_pace=ally_pace)) if rest else ratifiers
        for spell in completions:
            named = [round_.ratifiers.index(spell.ally)] if spell.ally else []
            ratifier = ratifiers.take(np.array(named)) if named else unnamed
            rows.add(ratifier, spell, recess_days(round_.signed, _LAST_DAY), index)
    return Observations(
        ratifiers=rows.joined(),
        names=tuple(rows.names),
        start=rows.counted(rows.start),
        end=rows.counted(rows.end),
        round=np.array(rows.round),
        round_count=len(rounds_),
        round_ends=tuple(round_ends),
        earlier_holds=tuple(earlier_holds),
    )


def _objecting(round_: Round) -> list[str]:
    """Return the allies with an objection on record that stands at the signature."""
    return [o.ally for o in objections(round_.name, by=round_.signed) if o.stands(round_.signed)]


def _mean_of(ratifiers: Ratifiers) -> Ratifiers:
    """Return a ratifier whose name is not known: the mean of those it may be."""
    return Ratifiers(*(getattr(ratifiers, f.name).mean(keepdims=True) for f in fields(Ratifiers)))


def _add_later_round(rows: _RatifierRows, round_: Round, first: Round, index: int) -> list[EarlierHold]:
    """Add the allies that acted later for a second applicant, and return until when each had held.

    `index` is that of the first round, whose pace and hold the second shares.
    """
    recess = recess_days(round_.signed, _LAST_DAY)
    earlier = {s.ally: s for s in spells(first, standing())}
    holds = []
    for spell in spells(round_, standing()):
        if spell.end > earlier[spell.ally].end:
            ratifier = ratifiers_of([spell.ally], objecting=_objecting(round_), holders=[spell.ally])
            rows.add(ratifier, spell, recess, index)
            until = earlier[spell.ally].end
            holds.append(EarlierHold(index, ratifier, (np.array([float(until)]), recess[[until]])))
    return holds


def _round_end(round_: Round, ratifiers: Ratifiers, index: int) -> RoundEnd:
    """Return the days between which the last ratifier of a round without steps completed."""
    recess = recess_days(round_.signed, _LAST_DAY)
    last = round_.days_to_last_deposit
    before = max(last - int(standing().completion_to_deposit_days), 0)
    count = len(round_.ratifiers)
    start, end = ((np.full(count, float(d)), np.full(count, recess[d])) for d in (before, last))
    return RoundEnd(index, ratifiers, start, end)


def log_likelihood_by_pace(parameters: Parameters, observed: Observations) -> Array:
    """Compute the log likelihood of each round at each point of the pace, averaged over the hold.

    Parameters
    ----------
    parameters : Parameters
        The numbers at which it is computed.
    observed : Observations
        The rounds.

    Returns
    -------
    ndarray, (round, pace)
        Log likelihoods; that of a round that counts with an earlier one is zero.
    """
    each = np.log(interval_probability(parameters, observed.ratifiers, observed.start, observed.end))
    total = np.zeros((observed.round_count, PACE.size, HOLD.shape[1]))
    np.add.at(total, observed.round, each)
    for last in observed.round_ends:
        total[last.round] = _log_probability_of_end(parameters, last)
    for hold in observed.earlier_holds:
        total[hold.round] -= np.log(interval_probability(parameters, hold.ratifier, hold.until, None))[0]
    top = total.max(axis=2)
    each_pace: Array = np.exp(total - top[:, :, np.newaxis]).mean(axis=2)
    return np.asarray(np.log(each_pace) + top)


def _log_probability_of_end(parameters: Parameters, last: RoundEnd) -> Array:
    """Compute the log probability that all are done by the end and not all by the start, (pace, hold)."""

    def log_done(days: Days) -> Array:
        left = interval_probability(parameters, last.ratifiers, days, None)
        return np.asarray(np.log1p(-np.minimum(left, 1 - 1e-12)).sum(axis=0))

    return np.asarray(np.log(np.maximum(np.exp(log_done(last.end)) - np.exp(log_done(last.start)), 1e-300)))
