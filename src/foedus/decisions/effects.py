"""What stands beside the chance of a question: members, drafts, instruments, and positions that turn it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["FrontierPoint", "Holdout", "InstrumentEffect", "TurningPoint"]


@dataclass(frozen=True)
class TurningPoint:
    """Where a member's position turns the answer: the chance of adoption crosses one half.

    Attributes
    ----------
    name : str
        The member.
    position : float
        Where it stands, the middle of its band.
    turns_at : float or None
        The position at which the answer turns; None where no position of this member alone turns it.
    probability_low, probability_high : float
        The chance of adoption with the member at the reversion, and wholly for the proposal.
    """

    name: str
    position: float
    turns_at: float | None
    probability_low: float
    probability_high: float


@dataclass(frozen=True)
class Holdout:
    """One member and its objection.

    Attributes
    ----------
    name : str
        The member.
    position, salience, influence : float
        The middle of its bands.
    probability_objects : float
        Probability that it breaks silence on the draft as tabled.
    probability_holds : float
        Probability that it still objects when the broker has tried everything allowed.
    concession : float
        Points by which the draft must move until the member is no worse off than without a decision.
    acceptable_draft : float
        The draft nearest to the proposal that it would then accept.
    accepts : (float, float)
        The lowest and the highest draft that it accepts.
    accepts_grade : {"given", "assumed"}
        Whether the file says so, or it follows from the position.
    blocking_value : float or None
        By how much the probability of adoption would rise if it never objected; None for those not worked
        out.
    adopted_if_agrees, without_if_agrees : float or None
        The probability of adoption if it alone agreed besides those supposed to, with what is allowed and
        with no instrument; None for those not worked out.
    objects_low, objects_high : float or None
        Its chance of objecting with every member at the least and at the most opposed end of its bands; None
        where no band is wider than a point.
    """

    name: str
    position: float
    salience: float
    influence: float
    probability_objects: float
    probability_holds: float
    concession: float
    acceptable_draft: float
    accepts: tuple[float, float]
    accepts_grade: str
    blocking_value: float | None
    adopted_if_agrees: float | None = None
    without_if_agrees: float | None = None
    objects_low: float | None = None
    objects_high: float | None = None


@dataclass(frozen=True)
class FrontierPoint:
    """A draft, how much of the proposal it keeps, and how likely it is adopted.

    Attributes
    ----------
    draft : float
        Point of the scale.
    ambition : float
        Share of the way from the reversion to the proposal.
    probability_adopted : float
        Probability that this draft or nothing less is adopted, with every instrument allowed but dilution.
    """

    draft: float
    ambition: float
    probability_adopted: float


@dataclass(frozen=True)
class InstrumentEffect:
    """What an instrument does for the question.

    Attributes
    ----------
    instrument : str
        Its name.
    allowed : bool
        Whether the file allows it.
    probability : float or None
        Probability that it wins a holdout over, from ``parameters/decisions.yaml``; None for dilution.
    probability_adopted_alone : float
        Probability of adoption with this instrument and no other.
    probability_adopted_without : float
        Probability of adoption with all that the file allows but this one.
    used_last : float
        Share of the adoptions that came with it.
    """

    instrument: str
    allowed: bool
    probability: float | None
    probability_adopted_alone: float
    probability_adopted_without: float
    used_last: float

    def payload(self) -> dict[str, Any]:
        """Return the effect for programs, where the probability is called ``odds``."""
        return {("odds" if key == "probability" else key): value for key, value in vars(self).items()}
