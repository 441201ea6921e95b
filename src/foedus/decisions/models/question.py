"""The numbers of the silence procedure, as ``parameters/decisions.yaml`` names them."""

from __future__ import annotations

from dataclasses import dataclass, fields

from foedus.engine.arrays import Array

__all__ = [
    "BY_MEMBER",
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

BY_MEMBER = ("side_payment", "opt_out", "sequence", "defer")
"""The instruments that win each holdout by itself or do not; the others work on the whole question."""


@dataclass(frozen=True)
class SilenceParameters:
    """Numbers of ``parameters/decisions.yaml`` by their names; those called ``odds`` are probabilities."""

    objection_base: float
    objection_loss_slope: float
    objection_isolation_slope: float
    objection_pressure_slope: float
    objection_linkage_slope: float
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
    """

    reversion: float
    proposal: float
    adopted_from: float
    instruments: tuple[str, ...]
    veto: bool
    blocking_weight: float
    weight: Array
    venue_without: Array


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
    """

    position: Array
    salience: Array
    influence: Array
    pressure: Array
    linkage: Array
