"""Fit Richardson's equations and their rivals to two series of spending, and score them out of sample.

In logs, :math:`x` of one side and :math:`z` of the other:

=================  =====================================================================================
richardson         :math:`\\Delta x_{t+1} = a + b x_t + c z_t`, the rival held at its last value
coupled pair       the same, both sides run forward together
own level          :math:`\\Delta x_{t+1} = a + b x_t`
no change          :math:`x_{t+h} = x_t`
growth carried on  :math:`\\Delta x_{t+1} = a + b \\Delta x_t`
growth, coupled    :math:`\\Delta x_{t+1} = a + b \\Delta x_t + c \\Delta z_t`, both run forward together
=================  =====================================================================================

Each is fitted by least squares on the years from the first to the origin, and its error is the mean of
:math:`|\\hat x_{t+h} - x_{t+h}|` over the origins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array
from foedus.errors import NoDataError
from foedus.guarantee.spiral_record import FORMS, SIDES, ErrorRow, Form, RaceEstimate, Rival

__all__ = [
    "AHEAD",
    "FIRST_ORIGIN",
    "FIRST_YEAR",
    "OUTSIDE",
    "TwoSides",
    "error_rows",
    "estimates_of",
    "two_sides",
]

FIRST_YEAR, FIRST_ORIGIN = 1993, 2005
"""The first year that is fitted, and the first year from which is forecast."""

AHEAD = (1, 3)
"""How many years ahead forecasts are scored."""

OUTSIDE = frozenset({"USA", "CAN", "ISL"})
"""Allies that are not counted to NATO Europe: two outside it, and one without armed forces."""


@dataclass(frozen=True)
class TwoSides:
    """Logs of yearly spending of two sides.

    Attributes
    ----------
    years : tuple of int
        Without a gap.
    europe, russia : ndarray, (year,)
        Natural logarithms of constant US dollars.
    """

    years: tuple[int, ...]
    europe: Array
    russia: Array

    def of(self, side: Rival) -> tuple[Array, Array]:
        """Return a side's own series and its rival's.

        Parameters
        ----------
        side : {"europe", "russia"}
            Whose.

        Returns
        -------
        tuple of ndarray, (year,)
            Its own logs, and the rival's.
        """
        return (self.europe, self.russia) if side == "europe" else (self.russia, self.europe)


def two_sides(spending: Mapping[str, Mapping[int, float]], europe: Sequence[str], last: int) -> TwoSides:
    """Return both sides' logs from figures by country and year.

    A country's years before its first figure carry that figure, so that the group is the same in every year:
    a state that enters the tables is no growth.

    Parameters
    ----------
    spending : mapping of str to mapping of int to float
        Constant US dollars by country and year, ``RUS`` among them.
    europe : sequence of str
        The countries that are summed.
    last : int
        The last year.

    Returns
    -------
    TwoSides
        From :data:`FIRST_YEAR` on.

    Raises
    ------
    NoDataError
        When a country has no figure, or lacks one after its first.
    """
    years = tuple(range(FIRST_YEAR, last + 1))
    total = sum(np.array(_whole(spending.get(code, {}), code, years)) for code in europe)
    return TwoSides(years, np.log(total), np.log(np.array(_whole(spending.get("RUS", {}), "RUS", years))))


def _whole(figures: Mapping[int, float], code: str, years: Sequence[int]) -> list[float]:
    """Return a country's figure for each year."""
    known = [year for year in years if year in figures]
    if not known or known != list(range(known[0], years[-1] + 1)):
        raise NoDataError(
            f"{code} has no figure for every year to {years[-1]}",
            where="military expenditure, constant US dollars",
            do="import SIPRI's workbook unchanged",
        )
    return [figures[max(year, known[0])] for year in years]


def error_rows(sides: TwoSides) -> tuple[ErrorRow, ...]:
    """Return the mean absolute error of every form for each side and number of years ahead."""
    rows = []
    for ahead in AHEAD:
        origins = range(FIRST_ORIGIN, sides.years[-1] - ahead + 1)
        for form in FORMS:
            paths = [_forecast(form, sides, origin, ahead) for origin in origins]
            for i, side in enumerate(SIDES):
                own = sides.of(side)[0]
                errors = [
                    abs(p[i] - own[sides.years.index(o + ahead)]) for p, o in zip(paths, origins, strict=True)
                ]
                rows.append(
                    ErrorRow(side, ahead, form, float(np.mean(errors)), len(origins), origins[0], origins[-1])
                )
    return tuple(rows)


def _forecast(form: Form, sides: TwoSides, origin: int, ahead: int) -> tuple[float, float]:
    """Forecast both sides from a year with what was known by then."""
    count = sides.years.index(origin) + 1
    series = [sides.of(side) for side in SIDES]
    known = [(own[:count], rival[:count]) for own, rival in series]
    fits = [_fit(form, own, rival) for own, rival in known]
    level = [own[-1] for own, _ in known]
    growth = [own[-1] - own[-2] for own, _ in known]
    for _ in range(ahead):
        # A pair sees the other side's step of the year before; else the rival stays as at the origin.
        before = (list(level), list(growth))
        for i, fit in enumerate(fits):
            j = 1 - i if form in {"coupled_pair", "growth_coupled"} else None
            rival = before[0][j] if j is not None else known[i][1][-1]
            rival_growth = before[1][j] if j is not None else 0.0
            growth[i] = _step(form, fit, before[0][i], before[1][i], rival, rival_growth)
            level[i] = before[0][i] + growth[i]
    return float(level[0]), float(level[1])


def _step(form: Form, fit: Array, own: float, growth: float, rival: float, rival_growth: float) -> float:
    """Return the growth of the next year by a form's equation."""
    if form == "no_change":
        return 0.0
    in_growth = form in {"growth", "growth_coupled"}
    terms = (1.0, growth, rival_growth) if in_growth else (1.0, own, rival)
    return float(sum(c * t for c, t in zip(fit, terms, strict=False)))


def _terms(form: Form, own: Array, rival: Array) -> tuple[Array, Array]:
    """Return a form's regressors, (year, term), and what they explain, (year,)."""
    step, rival_step = np.diff(own), np.diff(rival)
    if form in {"growth", "growth_coupled"}:
        explained, columns = step[1:], [step[:-1], rival_step[:-1]]
    else:
        explained, columns = step, [own[:-1], rival[:-1]]
    if form in {"own_level", "growth"}:
        columns = columns[:1]
    return np.column_stack([np.ones(len(explained)), *columns]), explained


def _fit(form: Form, own: Array, rival: Array) -> Array:
    """Return a form's coefficients by least squares."""
    if form == "no_change":
        return np.zeros(0)
    terms, explained = _terms(form, own, rival)
    return np.asarray(np.linalg.lstsq(terms, explained, rcond=None)[0])


def estimates_of(sides: TwoSides) -> tuple[RaceEstimate, ...]:
    """Return the coefficients fitted on all years, with standard errors.

    The constant of the forms in levels is given at the levels of the last year, so that it is the growth that
    the equation implies there and no level of spending is passed on.
    """
    rows = []
    for form in ("richardson", "own_level", "growth", "growth_coupled"):
        for side in SIDES:
            own, rival = sides.of(side)
            if form in {"richardson", "own_level"}:
                own, rival = own - own[-1], rival - rival[-1]
            terms, explained = _terms(form, own, rival)
            fit = _fit(form, own, rival)
            residual = explained - terms @ fit
            variance = float(residual @ residual) / (len(explained) - len(fit))
            errors = np.sqrt(np.diag(np.linalg.inv(terms.T @ terms)) * variance)
            pair = len(fit) == 3
            rows.append(
                RaceEstimate(
                    form,
                    side,
                    float(fit[0]),
                    float(fit[1]),
                    float(errors[1]),
                    float(fit[2]) if pair else None,
                    float(errors[2]) if pair else None,
                    float(own[-1] - own[-2]),
                    sides.years[0],
                    sides.years[-1],
                )
            )
    return tuple(rows)
