"""The numbers of the silence procedure, as ``parameters/decisions.yaml`` names them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from foedus.decisions.models.unanimity import loss
from foedus.engine.arrays import Array

__all__ = [
    "FOR_EVER",
    "INSTRUMENTS",
    "SilenceParameters",
    "Stances",
    "TabledQuestion",
    "instrument_probability",
    "keeps",
]

INSTRUMENTS = (
    "side_payment",
    "opt_out",
    "dilute",
    "sequence",
    "change_of_venue",
    "prerogative",
    "defer",
)
"""What a broker can use."""

FOR_EVER = float("inf")
"""Days to the day asked for where no day is."""


@dataclass(frozen=True)
class SilenceParameters:
    """Numbers of ``parameters/decisions.yaml`` by their names; those called ``odds`` are probabilities."""

    objection_base: float
    objection_loss_slope: float
    objection_isolation_slope: float
    objection_pressure_slope: float
    objection_linkage_slope: float
    failure_share: float
    holdout_stake_slope: float
    holdout_influence_slope: float
    holdout_record_slope: float
    holdout_stake_reference: float
    holdout_influence_reference: float
    further_instrument_share: float
    duration_log_mean: float
    duration_log_deviation: float
    duration_deadline_share: float
    duration_deadline_part: float
    silence_isolation_share: float
    bloc_correlation: float
    disagreement_cost: float
    dilution_step_count: float
    side_payment_most_count: float
    opt_out_most_count: float
    prerogative_most_count: float
    side_payment_odds: float
    opt_out_odds: float
    sequence_odds: float
    change_of_venue_odds: float
    prerogative_odds: float
    defer_odds: float
    opt_out_kept_share: float
    sequence_kept_share: float
    change_of_venue_kept_share: float
    prerogative_kept_share: float


def instrument_probability(terms: SilenceParameters, instrument: str) -> float:
    """Return the probability that an instrument wins a holdout over, or that it works at all."""
    return float(getattr(terms, f"{instrument}_odds"))


def keeps(terms: SilenceParameters, instrument: str) -> float:
    """Return how much of the way from the reversion to the draft is left when an instrument is used."""
    name = f"{instrument}_kept_share"
    return float(getattr(terms, name)) if name in {f.name for f in fields(terms)} else 1.0


@dataclass(frozen=True)
class TabledQuestion:
    """One question put to members.

    Attributes
    ----------
    reversion, proposal : float
        What holds without a decision, and what is tabled.
    adopted_from : float
        The draft nearest to the reversion that still answers the question.
    instruments : tuple of str
        What the broker may use, among :data:`INSTRUMENTS`.
    veto : bool
        Whether one objection is enough (consensus and unanimity).
    blocking_weight : float
        Otherwise, the weight of objections from which they block.
    weight : ndarray, (member,)
        Votes under a majority rule.
    venue_without : ndarray of bool, (member,)
        Who has no seat in the other venue.
    days : float
        Days from the opening to the day asked for; :data:`FOR_EVER` where none is.
    deadline_days : float or None
        Days from the opening to the summit for which the question is tabled.
    """

    reversion: float
    proposal: float
    adopted_from: float
    instruments: tuple[str, ...]
    veto: bool
    blocking_weight: float
    weight: Array
    venue_without: Array
    days: float = FOR_EVER
    deadline_days: float | None = None


@dataclass(frozen=True)
class Stances:
    """Where members stand.

    Attributes
    ----------
    position : ndarray, (draw, member)
        Points of the scale.
    salience : ndarray, (draw, member)
        Fractions: how much each cares, against everything else on its table.
    influence : ndarray, (draw, member)
        In any one unit.
    pressure, linkage : ndarray, (member,)
        Fractions: how much others lean on a member, and how much it ties its consent to something else.
    accepts_low, accepts_high : ndarray, (member,), or None
        The drafts that members accept, NaN where that follows from the position; None where it does for all.
    holding_out : ndarray, (member,), or None
        How often each has held out before, from 0 (least) to 1; one half for no record, as is None.
    """

    position: Array
    salience: Array
    influence: Array
    pressure: Array
    linkage: Array
    accepts_low: Array | None = None
    accepts_high: Array | None = None
    holding_out: Array | None = None

    def worse(self, draft: float, reversion: float) -> Array:
        """Return how far a draft leaves what each member accepts.

        Parameters
        ----------
        draft, reversion : float
            What is tabled, and what holds without a decision.

        Returns
        -------
        ndarray, (draw, member)
            Points of the scale, negative within what a member accepts.

        Notes
        -----
        Without accepted drafts of its own a member accepts what leaves it no worse off than the reversion:
        ``|x - p| - |r - p|``; with them it is the distance to the nearer end.
        """
        by_position = loss(self.position, draft, reversion)
        if self.accepts_low is None or self.accepts_high is None:
            return by_position
        outside = np.maximum(self.accepts_low - draft, draft - self.accepts_high)
        return np.where(np.isnan(outside), by_position, outside)
