"""The parts of a decision file: members, scale, venue, further issues, and the record of what happened."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from foedus.decisions.bands import ValueBand, band, drafts_on_scale, fraction, not_negative, on_scale

__all__ = ["FilePart", "Issue", "IssueStance", "Members", "QuestionKind", "Record", "Scale", "Venue"]

Rule = Literal["consensus", "unanimity", "qualified_majority", "majority"]
QuestionKind = Literal["text", "person", "invitation", "operation", "money"]
"""What a question is about: the instruments open to a broker follow from it."""
Known = Literal["verified", "press", "assumed", "unverified"]
"""How a position is known; what is assumed or unverified is counted in the answer."""
Instrument = Literal[
    "side_payment", "opt_out", "dilute", "sequence", "change_of_venue", "prerogative", "defer"
]


MOST_MEMBERS = 200
"""The most members of one file."""


class FilePart(BaseModel):
    """What every part of a decision file shares: frozen, strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


Position = Annotated[ValueBand, BeforeValidator(band), AfterValidator(on_scale)]
Accepted = Annotated[ValueBand, BeforeValidator(band), AfterValidator(drafts_on_scale)]
Salience = Annotated[ValueBand, BeforeValidator(band), AfterValidator(fraction)]
Influence = Annotated[ValueBand, BeforeValidator(band), AfterValidator(not_negative)]
Share = Annotated[float, Field(ge=0.0, le=1.0, strict=True)]
Point = Annotated[float, Field(ge=0.0, le=100.0, strict=True)]


class Members(FilePart):
    """Members that stand at the same place.

    Attributes
    ----------
    who : tuple of str
        Countries by name or code, or other actors' own names.
    position, salience, influence : ValueBand
        Where they stand, how much they care, and what they weigh; influence is 1 unless the file says
        otherwise.
    weight : float or None
        Votes, under a majority rule; 1 unless given.
    accepts : ValueBand or None
        The lowest and the highest draft that they accept; without it, all drafts that leave them no worse off
        than the reversion, which is assumed.
    pressure, linkage : float
        Fractions: how much others lean on them beyond their isolation, and how much they tie their consent to
        something else.
    known : {"verified", "press", "assumed", "unverified"} or None
        How well the position is known; None where the file does not say.
    basis : str
        How the file knows.
    """

    who: tuple[str, ...] = Field(min_length=1, max_length=MOST_MEMBERS)
    position: Position
    salience: Salience
    influence: Influence | None = None
    weight: float | None = Field(default=None, ge=0.0)
    accepts: Accepted | None = None
    pressure: Share = 0.0
    linkage: Share = 0.0
    known: Known | None = None
    basis: str = ""

    @model_validator(mode="after")
    def _accepts_where_it_stands(self) -> Members:
        band, ideal = self.accepts, self.position
        if band is not None and (band.high < ideal.low or band.low > ideal.high):
            raise ValueError(
                f"the drafts accepted, {band.low:g} to {band.high:g}, leave out the position itself; "
                "widen accepts or mend the position"
            )
        return self


class Scale(FilePart):
    """What the ends of the scale mean.

    Attributes
    ----------
    zero, hundred : str
        In words.
    """

    zero: str = Field(min_length=1)
    hundred: str = Field(min_length=1)


class Venue(FilePart):
    """Another body in which the question can be decided.

    Attributes
    ----------
    name : str
        The body.
    without : tuple of str
        Members that have no seat in it.
    """

    name: str
    without: tuple[str, ...] = Field(min_length=1)


class IssueStance(FilePart):
    """Members that stand at the same place on a further issue.

    Attributes
    ----------
    who : tuple of str
        Members of the file.
    position, salience : ValueBand
        Where they stand and how much they care.
    """

    who: tuple[str, ...] = Field(min_length=1)
    position: Position
    salience: Salience


class Issue(FilePart):
    """A further issue that may be packed together with the question.

    Attributes
    ----------
    name : str
        The issue.
    scale : Scale
        What its ends mean.
    reversion : float
        What holds without a decision.
    members : tuple of IssueStance
        Where members stand; who is not named does not care.
    opt_out : bool
        Whether members can be left out of it.
    """

    name: str = Field(min_length=1)
    scale: Scale
    reversion: Point
    members: tuple[IssueStance, ...] = Field(min_length=1)
    opt_out: bool = False


class Record(FilePart):
    """What happened, for questions of the past; no forecast reads it.

    Attributes
    ----------
    opened, decided : datetime.date
        From when to when the question was open.
    adopted : bool
        Whether the question was adopted, in whatever form counts by `adopted_from`.
    outcome : float
        Where the decision stands on the scale.
    objectors : tuple of str
        Who is documented to have objected; empty where sources do not name them.
    tried, worked : tuple of str
        The instruments documented to have been used, and those that brought a holdout round.
    text : str
        What was decided.
    confidence : {"high", "medium", "low"}
        How sure the coding is.
    """

    opened: date
    decided: date
    adopted: bool
    outcome: Point
    objectors: tuple[str, ...] = ()
    tried: tuple[Instrument, ...] = ()
    worked: tuple[Instrument, ...] = ()
    text: str
    confidence: Literal["high", "medium", "low"]
