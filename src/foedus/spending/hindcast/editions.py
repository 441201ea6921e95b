"""The hindcast on NATO's own editions: from each one, with what it printed and nothing else.

The origin is the newest year that the edition prints, as in a run; an ally left blank stands at its last
printed share. What came is what later editions print. The fits stand in ``edition_fits.yaml``: made on
SIPRI's long histories up to the edition's first year and on the edition's own figures after it, by
``benchmarks/score_budgets.py``. Scored are what will be printed first, against the first edition that prints
the year, and what will stand, for which the start is revised as estimates known by the day had been, against
the newest; each with and without the plans that governments had announced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.files.yaml_text import plain_yaml
from foedus.spending.hindcast.fit import HOLD_SEEN, Fit
from foedus.spending.hindcast.forecast import Forecast, Told, forecast, no_change, straight_line
from foedus.spending.hindcast.panel import NATO_SHARE, Panel, nato_panel
from foedus.spending.hindcast.scores import covers, crps, resampled_skill, skill
from foedus.spending.plans import plans_by
from foedus.spending.revision_numbers import revision_numbers
from foedus.spending.rules import EXPOSED
from foedus.spending.tide import TideFit

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card

__all__ = [
    "FORMS",
    "EditionCase",
    "EditionRow",
    "at_guideline",
    "brier",
    "carried",
    "count_score",
    "edition_cases",
    "known_fits",
]

AHEAD = (1, 2, 3, 5)
SERIES = "nato-defence-expenditure"
GUIDELINE = 0.02
DRAWS = 4000

RECENT = "last-ten-years-relative"
"""The naive forecast: no change, with its errors from the ten origins before, relative to the share."""

PLAN_DAYS = 18
"""Days after an edition up to which plans are followed: in September budgets are laid before parliaments."""

FORMS = ("first_print", "what_stands")
"""What the years ahead mean: what is printed first, or what will stand."""


@dataclass(frozen=True)
class EditionRow:
    """The scores of forecasts from one NATO edition.

    Attributes
    ----------
    edition, outcome, form : str
        The edition forecast from, the one that says what came, and one of :data:`FORMS`.
    origin, ahead, allies, plans : int
        The newest year of the edition, years ahead, how many allies, and of how many a plan was followed;
        zero where plans were passed over or none was known.
    closed : bool
        Whether the year was over when the edition came out that says what came; else that is an estimate too.
    mae, mae_no_change, mae_line : float
        Mean absolute error of the model's median, of the median of no change and of the straight line to the
        pledge.
    score, score_no_change : float
        Mean CRPS of the model and of no change with recent errors.
    skill, low, high : float
        One less the ratio of the two, and its interval of 90 % with allies resampled.
    cover80, cover80_no_change : float
        How often the middle intervals of 80 % held the outcome.
    brier, brier_no_change : float
        Mean Brier score of whether an ally is at 2 %, as printed.
    count, count_printed : float
        Median count of allies at 2 %, and the count that came.
    count_score, count_score_no_change : float
        CRPS of the count.
    """

    edition: str
    outcome: str
    form: str
    origin: int
    ahead: int
    allies: int
    plans: int
    closed: bool
    mae: float
    mae_no_change: float
    mae_line: float
    score: float
    score_no_change: float
    skill: float
    low: float
    high: float
    cover80: float
    cover80_no_change: float
    brier: float
    brier_no_change: float
    count: float
    count_printed: float
    count_score: float
    count_score_no_change: float


@dataclass(frozen=True)
class EditionCase:
    """The forecasts of one form from one edition, one horizon ahead, and what came.

    Attributes
    ----------
    edition, outcome, form : str
        As in :class:`EditionRow`.
    origin, ahead, plans, closed : int, int, int, bool
        As in :class:`EditionRow`.
    countries : tuple of str
        The allies, alpha-3 codes.
    came, last, line : ndarray, (ally,)
        What came, the last share at the origin, and the straight line to the pledge.
    model, naive : ndarray, (draw, ally)
        The model's draws and those of no change.
    """

    edition: str
    outcome: str
    form: str
    origin: int
    ahead: int
    plans: int
    closed: bool
    countries: tuple[str, ...]
    came: Array
    last: Array
    line: Array
    model: Array
    naive: Array

    def row(self) -> EditionRow:
        """Return the scores."""
        score, naive = crps(self.model, self.came), crps(self.naive, self.came)
        low, high = resampled_skill(score, naive)
        at, model_at, naive_at = at_guideline(self.came), self.model >= GUIDELINE, self.naive >= GUIDELINE
        return EditionRow(
            edition=self.edition,
            outcome=self.outcome,
            form=self.form,
            origin=self.origin,
            ahead=self.ahead,
            allies=len(self.came),
            plans=self.plans,
            closed=self.closed,
            mae=_mae(np.median(self.model, axis=0), self.came),
            mae_no_change=_mae(np.median(self.naive, axis=0), self.came),
            mae_line=_mae(self.line, self.came),
            score=float(score.mean()),
            score_no_change=float(naive.mean()),
            skill=skill(float(score.mean()), float(naive.mean())),
            low=low,
            high=high,
            cover80=float(covers(self.model, self.came, 0.8)[0].mean()),
            cover80_no_change=float(covers(self.naive, self.came, 0.8)[0].mean()),
            brier=float(brier(model_at, at).mean()),
            brier_no_change=float(brier(naive_at, at).mean()),
            count=float(np.median(model_at.sum(axis=1))),
            count_printed=float(at.sum()),
            count_score=count_score(model_at, at),
            count_score_no_change=count_score(naive_at, at),
        )


@cache
def known_fits() -> Mapping[str, Mapping[str, Any]]:
    """Return the fits that ship, by edition: parameters by name, errors by ally, and the tide."""
    file = resources.files("foedus.spending.hindcast").joinpath("edition_fits.yaml")
    fits: Mapping[str, Mapping[str, Any]] = plain_yaml(file.read_text(encoding="utf-8"))
    return fits


def carried(panel: Panel) -> Panel:
    """Return a panel in which an ally left blank in the last year stands at its share of the year before."""
    share = panel.share.copy()
    blank = ~np.isfinite(share[:, -1])
    share[blank, -1] = share[blank, -2]
    return replace(panel, share=share)


def _shipped_fit(panel: Panel) -> Fit:
    """Return the fit that ships for an edition, in the order of a panel's countries."""
    entry = known_fits()[panel.edition]
    values, origin = dict(entry["parameters"]), panel.years[-1]
    own = entry["own_error"]
    parameters: dict[str, Any] = {
        **values,
        "exposed_border": np.array([float(c in EXPOSED) for c in panel.countries]),
        "own_error": np.array([own[c] for c in panel.countries]),
    }
    if origin < HOLD_SEEN:
        parameters["hold_failure_probability"] = 1.0
    mean, persistence, carry, error = (values[f"tide_{n}"] for n in ("mean", "persistence", "carry", "error"))
    tide = TideFit(mean, persistence, carry, error, entry["tide"], {})
    return Fit(origin, parameters, (), np.zeros(0), tide, {})


def edition_cases(ledger: Ledger, draws: int = DRAWS) -> Iterator[EditionCase]:
    """Yield the forecasts from every NATO edition that a newer one can judge.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    draws : int, default 4000
        How many draws each forecast has.

    Yields
    ------
    EditionCase
        By edition, form, with plans or without, and years ahead. With plans only where any had been
        announced.
    """
    cards = [c for c in ledger.editions.values() if c.series == SERIES and NATO_SHARE in c.complete]
    cards.sort(key=lambda c: (c.published, c.id))
    for i, card in enumerate(cards[:-1]):
        if card.id not in known_fits():
            continue
        panel = carried(nato_panel(ledger, card.id))
        for form, plans, told, fitted in _forms(ledger, card, panel):
            fc = forecast(panel, fitted, max(AHEAD), draws, told=told)
            for h in AHEAD:
                judges = [c for c in cards[i + 1 :] if c.covers(NATO_SHARE, fc.origin + h)]
                if judges:
                    judge = judges[0] if form == "first_print" else judges[-1]
                    yield _case(ledger, panel, fc, h, (judge.id, form, plans))


def _forms(ledger: Ledger, card: Card, panel: Panel) -> Iterator[tuple[str, int, Told, Fit]]:
    """Yield each form with how many plans it follows, what it is told, and its numbers."""
    fitted, day = _shipped_fit(panel), card.published + timedelta(days=PLAN_DAYS)
    numbers = revision_numbers(ledger.as_of(card.published)).parameters()
    revised = replace(fitted, parameters={**fitted.parameters, **numbers})
    frame = ledger.figures(NATO_SHARE, year=fitted.origin, edition=card.id).frame
    marked = set(frame.where(status="estimate")["country"])
    estimates = np.array([c in marked for c in panel.countries])
    ahead = [p for p in plans_by(day) if p.year > fitted.origin and p.country in panel.countries]
    plans = len({p.country for p in ahead})
    for follow in (False, True) if plans else (False,):
        known = day if follow else None
        yield "first_print", plans * follow, Told(known), fitted
        yield "what_stands", plans * follow, Told(known, estimates), revised


def _case(ledger: Ledger, panel: Panel, fc: Forecast, ahead: int, words: tuple[str, str, int]) -> EditionCase:
    """Return one horizon of a forecast with what came."""
    judge, form, plans = words
    codes, year = [panel.countries[r] for r in fc.rows], fc.origin + ahead
    came = ledger.figures(NATO_SHARE, year=year, edition=judge).matrix(codes, [year])[:, 0]
    known = np.isfinite(came)
    rows, model = fc.rows[known], fc.share[ahead][:, known]
    return EditionCase(
        edition=panel.edition,
        outcome=judge,
        form=form,
        origin=fc.origin,
        ahead=ahead,
        plans=plans,
        closed=ledger.editions[judge].published.year > year,
        countries=tuple(panel.countries[r] for r in rows),
        came=came[known],
        last=panel.share[rows, -1],
        line=straight_line(panel, fc.origin, ahead, rows),
        model=model,
        naive=no_change(panel, fc.origin, ahead, rows, RECENT, len(model)),
    )


def at_guideline(share: Array) -> NDArray[np.bool_]:
    """Whether a printed share is at 2 %, at the digits that are printed: 2.00 is.

    Parameters
    ----------
    share : ndarray
        Shares of GDP, fractions.

    Returns
    -------
    ndarray of bool
        Of the same shape.
    """
    at: NDArray[np.bool_] = np.round(share, 4) >= GUIDELINE
    return at


def _mae(point: Array, outcome: Array) -> float:
    """Return the mean absolute error."""
    return float(np.abs(point - outcome).mean())


def brier(drawn: NDArray[np.bool_], at: NDArray[np.bool_]) -> Array:
    """Return the square of probability less outcome.

    Parameters
    ----------
    drawn : ndarray of bool, (draw, ally)
        Who is at 2 % in each draw.
    at : ndarray of bool, (ally,)
        Who is there in print.

    Returns
    -------
    ndarray, (ally,)
        Brier scores.
    """
    square: Array = (drawn.mean(axis=0) - at) ** 2
    return square


def count_score(drawn: NDArray[np.bool_], at: NDArray[np.bool_]) -> float:
    """Return the CRPS of how many are at 2 %.

    Parameters
    ----------
    drawn : ndarray of bool, (draw, ally)
        Who is at 2 % in each draw.
    at : ndarray of bool, (ally,)
        Who is there in print.

    Returns
    -------
    float
        In allies.
    """
    counts = drawn.sum(axis=1, keepdims=True).astype(np.float64)
    return float(crps(counts, np.array([float(at.sum())]))[0])
