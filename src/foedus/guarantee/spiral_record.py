"""What is recorded of arms races between NATO Europe and Russia: estimates, and errors out of sample.

The tables stand in ``evidence/records/spiral_results``. They are computed on SIPRI's figures, which do not
ship; ``benchmarks/spiral.py`` recomputes them from an import or a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from foedus.evidence.records import record_rows

__all__ = [
    "CARD_ID",
    "FORMS",
    "FORM_WORDS",
    "RECORD",
    "RESTS_ON",
    "SIDES",
    "SIDE_WORDS",
    "ErrorRow",
    "Form",
    "RaceEstimate",
    "Rival",
    "error_table",
    "estimates",
]

RECORD = "spiral_results"
CARD_ID = "spiral-results-2025"
"""The folder and the source card of the tables."""

RESTS_ON = "sipri-2025"
"""The edition on which they were computed."""

Rival = Literal["europe", "russia"]
Form = Literal["richardson", "coupled_pair", "own_level", "no_change", "growth", "growth_coupled"]

SIDES: tuple[Rival, ...] = ("europe", "russia")
SIDE_WORDS: Mapping[Rival, str] = {"europe": "NATO Europe", "russia": "Russia"}
FORMS: tuple[Form, ...] = ("richardson", "coupled_pair", "own_level", "no_change", "growth", "growth_coupled")
FORM_WORDS: Mapping[Form, str] = {
    "richardson": "Richardson, rival held at its last value",
    "coupled_pair": "Richardson, run as a coupled pair",
    "own_level": "own level alone",
    "no_change": "no change",
    "growth": "growth carried on",
    "growth_coupled": "growth carried on, coupled",
}
"""The forms in words; :mod:`foedus.guarantee.spiral_fit` has their equations."""


@dataclass(frozen=True)
class ErrorRow:
    """How far one form's forecasts have been from what came.

    Attributes
    ----------
    side, form : str
        Whose spending, and by which equation.
    ahead : int
        How many years ahead.
    error : float
        Mean absolute error of the logarithm.
    origins, first_origin, last_origin : int
        From how many years, which first and which last.
    """

    side: Rival
    ahead: int
    form: Form
    error: float
    origins: int
    first_origin: int
    last_origin: int


@dataclass(frozen=True)
class RaceEstimate:
    """The coefficients of one form for one side, fitted on all years.

    Attributes
    ----------
    form, side : str
        Which equation, and whose.
    constant : float
        Growth in log points a year; of the forms in levels at the levels of the last year.
    own, own_error : float
        The coefficient of the side's own level or growth, and its standard error.
    rival, rival_error : float or None
        The same of the rival's; None where the form has none.
    last_growth : float
        The side's growth in the last year, log points.
    first_year, last_year : int
        What it was fitted on.
    """

    form: str
    side: Rival
    constant: float
    own: float
    own_error: float
    rival: float | None
    rival_error: float | None
    last_growth: float
    first_year: int
    last_year: int


@cache
def error_table() -> tuple[ErrorRow, ...]:
    """Return the packaged errors out of sample."""
    return tuple(
        ErrorRow(
            cast("Rival", row["side"]),
            int(row["ahead"]),
            cast("Form", row["form"]),
            float(row["error"]),
            int(row["origins"]),
            int(row["first_origin"]),
            int(row["last_origin"]),
        )
        for row in record_rows(RECORD, "skill")
    )


@cache
def estimates() -> tuple[RaceEstimate, ...]:
    """Return the packaged estimates."""
    return tuple(
        RaceEstimate(
            row["form"],
            cast("Rival", row["side"]),
            float(row["constant"]),
            float(row["own"]),
            float(row["own_error"]),
            float(row["rival"]) if row["rival"] else None,
            float(row["rival_error"]) if row["rival_error"] else None,
            float(row["last_growth"]),
            int(row["first_year"]),
            int(row["last_year"]),
        )
        for row in record_rows(RECORD, "estimates")
    )
