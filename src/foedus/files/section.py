"""What the sections of a scenario file share: a strict base model, field types, kinds of resolved values.

A section is a room's part of a scenario file. Resolved, it is a frozen dataclass whose fields say what each
value is: something members decide, something believed about the world, a figure of the record, or a remark.
"""

from __future__ import annotations

from dataclasses import MISSING, field
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from foedus.axes import country_code, is_aggregate
from foedus.errors import FoedusError

__all__ = [
    "HIGHEST_SHARE",
    "LAST_YEAR",
    "Kind",
    "Section",
    "belief",
    "country_of",
    "day_of",
    "figure",
    "lever",
    "remark",
    "share_of",
    "structure",
]

HIGHEST_SHARE = 0.2
"""The greatest share that a scenario may name: a larger number was meant in per cent."""

LAST_YEAR = 2100
"""The last year that a scenario may reach."""

Kind = Literal["lever", "uncertainty", "structure", "figures"]
"""What a resolved value is: decided by members, believed, a component's form, or a figure of the record."""


class Section(BaseModel):
    """What every part of a scenario file shares: frozen, strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


def share_of(value: float) -> float:
    """Check that a share is a fraction between 0 and :data:`HIGHEST_SHARE`."""
    if not 0.0 <= value <= HIGHEST_SHARE:
        hint = f"write {value / 100:g} for {value:g} %" if 0 < value <= 100 * HIGHEST_SHARE else "mend it"
        raise ValueError(f"{value:g} is not a share of GDP between 0 and {HIGHEST_SHARE:g}; {hint}")
    return value


def day_of(value: Any) -> date:
    """Read a day that YAML gives as a day or as text."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError as error:
        raise ValueError(f"{value!r} is not a day of the calendar; write it as 2028-07-01") from error


def country_of(name: str) -> str:
    """Return the code of a single country."""
    try:
        code = country_code(name)
    except FoedusError as error:
        raise ValueError(str(error)) from error
    if is_aggregate(code):
        raise ValueError(f"{name!r} is an aggregate; name a country")
    return code


def lever(*, absent: str = "", follows: str = "", default: Any = MISSING) -> Any:
    """Declare a resolved value that members decide.

    Parameters
    ----------
    absent : str, optional
        The word for an empty value, where two scenarios are compared.
    follows : str, optional
        Another field of the section: where that differs too, this one says nothing of its own.
    default : object, optional
        The value of a lever that is not set. A lever that comes after runs have been kept has one, so that
        they still open: in them it was not set.

    Returns
    -------
    dataclasses.Field
        The field, whose metadata say its kind.
    """
    return _declared({"kind": "lever", "absent": absent, "follows": follows}, default)


def belief(*, default: Any = MISSING) -> Any:
    """Declare a resolved value that is believed about the world; a default serves as for :func:`lever`."""
    return _declared({"kind": "uncertainty"}, default)


def structure(*, default: str) -> Any:
    """Declare which form of a component a scenario runs; the default is the form that older runs had."""
    return _declared({"kind": "structure"}, default)


def _declared(metadata: dict[str, Any], default: Any) -> Any:
    """Return a field; one with a default is given by name, so that it may stand anywhere."""
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, kw_only=True, metadata=metadata)


def figure(*, follows: str = "", default: Any = MISSING) -> Any:
    """Declare a resolved value that comes from the record; the options serve as for :func:`lever`."""
    return _declared({"kind": "figures", "follows": follows}, default)


def remark(*, default: Any = MISSING) -> Any:
    """Declare a resolved value that says nothing of its own about how two scenarios differ."""
    return _declared({"kind": None}, default)
