"""What a scenario file says of the guarantee: whom the United States stands by, from when on."""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import Field, field_validator, model_validator

from foedus.files.section import LAST_YEAR, Section, share_of

__all__ = ["COMMITMENTS", "Commitment", "GuaranteeLever", "Levers"]

Commitment = Literal["full", "conditional", "withdrawn"]
"""The guarantee covers every ally, those that spent the share that is asked, or none."""

COMMITMENTS: tuple[Commitment, ...] = get_args(Commitment)


class GuaranteeLever(Section):
    """Whom the United States stands by; an empty part asks for the guarantee as it is.

    Attributes
    ----------
    commitment : {"full", "conditional", "withdrawn"}
        Every ally; only allies whose last share of GDP was the one that is asked or more; none.
    from_year : int or None
        Key ``from``: the first year that this holds for; without it, the first year of the run.
    share : float or None
        The share of GDP that a conditional guarantee asks for; without it, what the pledge asks of each ally.
    """

    commitment: Commitment = "full"
    from_year: int | None = Field(default=None, alias="from", ge=1949, le=LAST_YEAR)
    share: float | None = None

    @field_validator("commitment", mode="before")
    @classmethod
    def _commitment_exists(cls, value: Any) -> Any:
        if value not in COMMITMENTS:
            raise ValueError(f"{value!r} is no commitment; write {', '.join(COMMITMENTS[:-1])} or withdrawn")
        return value

    @field_validator("share")
    @classmethod
    def _share_is_fraction(cls, value: float | None) -> float | None:
        return value if value is None else share_of(value)

    @model_validator(mode="after")
    def _says_what_counts(self) -> GuaranteeLever:
        if self.share is not None and self.commitment != "conditional":
            raise ValueError(
                f"a {self.commitment} guarantee asks for no share; leave out the share, or write "
                "commitment: conditional"
            )
        if self.from_year is not None and self.commitment == "full":
            raise ValueError("a full guarantee begins in no year; leave out `from`")
        return self


class Levers(Section):
    """What the guarantor decides.

    Attributes
    ----------
    guarantee : GuaranteeLever or None
        The guarantee; None where the scenario does not name it.
    """

    guarantee: GuaranteeLever | None = None

    @field_validator("guarantee", mode="before")
    @classmethod
    def _has_keys(cls, value: Any) -> Any:
        if value is not None and not isinstance(value, (dict, GuaranteeLever)):
            raise ValueError(f"{value!r} is no guarantee; write `commitment: conditional` under it")
        return value
