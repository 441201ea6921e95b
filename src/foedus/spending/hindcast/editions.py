"""The hindcast on NATO's own editions: from each one, with what it printed and nothing else.

The origin is the newest year that the edition prints, as in a run; an ally left blank stands at its last printed
share. What came is what later editions print. The fits stand in ``edition_fits.yaml``: made on SIPRI's long histories
up to the edition's first year and on the edition's own figures after it, by ``benchmarks/score_budgets.py``. Three
forms are scored: what will be printed first, the same with the plans that governments had announced, and what will
stand, for which the start is revised as estimates known by the day had been.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.engine.arrays import Array
from foedus.files.plain import plain_yaml
from foedus.spending.hindcast.fit import HOLD_SEEN, Fit
from foedus.spending.hindcast.forecast import Forecast, Told, forecast, no_change, straight_line
from foedus.spending.hindcast.panel import NATO_SHARE, Panel, nato_panel
from foedus.spending.hindcast.scores import covers, crps, resampled_skill, skill
from foedus.spending.revision_numbers import revision_numbers
from foedus.spending.rules import EXPOSED
from foedus.spending.tide import TideFit

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card

__all__ = ["FORMS", "EditionRow", "edition_hindcast", "known_fits", "carried"]

AHEAD = (1, 2, 3, 5)
SERIES = "nato-defence-expenditure"
GUIDELINE = 0.02
DRAWS = 4000

RECENT = "last-ten-years-relative"
"""The naive forecast: no change, with the errors that it made from the ten origins before, relative to the share."""

PLAN_DAYS = 18
"""Days after an edition up to which announced plans are followed: in September budgets are laid before parliaments."""

FORMS = {
    "first print": "what is printed first",
    "with plans": "what is printed first, announced plans followed",
    "stands": "what will stand: the start revised",
}
"""The forms of the forecast that are scored."""


@dataclass(frozen=True)
class EditionRow:
    """The scores of forecasts from one NATO edition.

    Attributes
    ----------
    edition, outcome, form : str
        The edition forecast from, the one that says what came, and one of :data:`FORMS`.
    origin, ahead, allies, plans : int
        The newest year of the edition, years ahead, how many allies, and of how many a plan was followed.
    mae, mae_no_change, mae_line : float
        Mean absolute error of the model's median, of the median of no change and of the straight line to the pledge.
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
class _Case:
    """The forecasts of one form from one edition."""

    form: str
    panel: Panel
    forecast: Forecast
    planned: int


@cache
def known_fits() -> Mapping[str, Mapping[str, Any]]:
    """Return the fits that ship, by edition: parameters by name, errors by ally, and the tide."""
    file = resources.files("foedus.spending.hindcast").joinpath("edition_fits.yaml")
    fits: Mapping[str, Mapping[str, Any]] = plain_yaml(file.read_text(encoding="utf-8"))
    return fits


def carried(panel: Panel) -> Panel:
    """Return a panel in which an ally that the last year leaves blank stands at its share of the year before."""
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
    numbers = [values[f"tide_{n}"] for n in ("mean", "persistence", "carry", "error")]
    return Fit(origin, parameters, (), np.zeros(0), TideFit(*numbers, tide=entry["tide"], spread={}), {})


def edition_hindcast(ledger: Ledger, draws: int = DRAWS) -> list[EditionRow]:
    """Forecast from every NATO edition that a newer one can judge.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    draws : int, default 4000
        How many draws each forecast has.

    Returns
    -------
    list of EditionRow
        By edition, years ahead, edition that says what came, and form.
    """
    cards = [c for c in ledger.editions.values() if c.series == SERIES and NATO_SHARE in c.complete]
    cards.sort(key=lambda c: (c.published, c.id))
    rows: list[EditionRow] = []
    for i, card in enumerate(cards[:-1]):
        if card.id not in known_fits():
            continue
        cases = _cases(ledger, card, draws)
        origin = cases[0].forecast.origin
        for h in AHEAD:
            judges = [c for c in cards[i + 1 :] if c.covers(NATO_SHARE, origin + h)]
            for judge in dict.fromkeys((judges[0].id, judges[-1].id) if judges else ()):
                rows += [_row(ledger, case, h, judge) for case in cases]
    return rows


def _cases(ledger: Ledger, card: Card, draws: int) -> list[_Case]:
    """Forecast from one edition in every form; with plans only where any had been announced."""
    known = ledger.as_of(card.published)
    panel = carried(nato_panel(ledger, card.id))
    fitted = _shipped_fit(panel)
    revised = replace(fitted, parameters={**fitted.parameters, **revision_numbers(known).parameters()})
    frame = ledger.figures(NATO_SHARE, year=fitted.origin, edition=card.id).frame
    marked = set(frame.filter(frame["status"] == "estimate")["country"])
    estimates = np.array([c in marked for c in panel.countries])
    day = card.published + timedelta(days=PLAN_DAYS)
    planned = _planned(panel, fitted.origin, day)
    told = {
        "first print": (fitted, Told()),
        "with plans": (fitted, Told(plans_by=day)),
        "stands": (revised, Told(estimates=estimates)),
    }
    return [
        _Case(
            form,
            panel,
            forecast(panel, numbers, max(AHEAD), draws, told=given),
            planned if form == "with plans" else 0,
        )
        for form, (numbers, given) in told.items()
        if form != "with plans" or planned
    ]


def _planned(panel: Panel, origin: int, day: date) -> int:
    """Return how many allies had announced a share for a year to come."""
    from foedus.spending.plans import plans_by

    return len({p.country for p in plans_by(day) if p.year > origin and p.country in panel.countries})


def _row(ledger: Ledger, case: _Case, ahead: int, judge: str) -> EditionRow:
    """Score one horizon of one form of the forecasts from one edition."""
    panel, fc = case.panel, case.forecast
    codes = [panel.countries[r] for r in fc.rows]
    year = fc.origin + ahead
    came = ledger.figures(NATO_SHARE, year=year, edition=judge).matrix(codes, [year])[:, 0]
    known = np.isfinite(came)
    rows, outcome, model = fc.rows[known], came[known], fc.share[ahead][:, known]
    naive = no_change(panel, fc.origin, ahead, rows, RECENT, len(model))
    line = straight_line(panel, fc.origin, ahead, rows)
    score, score_naive = crps(model, outcome), crps(naive, outcome)
    low, high = resampled_skill(score, score_naive)
    # At the digits that are printed: 2.00 is at 2 %.
    at = np.round(outcome, 4) >= GUIDELINE
    model_at, naive_at = model >= GUIDELINE, naive >= GUIDELINE
    return EditionRow(
        edition=panel.edition,
        outcome=judge,
        form=case.form,
        origin=fc.origin,
        ahead=ahead,
        allies=len(rows),
        plans=case.planned,
        mae=_mae(np.median(model, axis=0), outcome),
        mae_no_change=_mae(np.median(naive, axis=0), outcome),
        mae_line=_mae(line, outcome),
        score=float(score.mean()),
        score_no_change=float(score_naive.mean()),
        skill=skill(float(score.mean()), float(score_naive.mean())),
        low=low,
        high=high,
        cover80=float(covers(model, outcome, 0.8)[0].mean()),
        cover80_no_change=float(covers(naive, outcome, 0.8)[0].mean()),
        brier=_brier(model_at, at),
        brier_no_change=_brier(naive_at, at),
        count=float(np.median(model_at.sum(axis=1))),
        count_printed=float(at.sum()),
        count_score=_count_score(model_at, at),
        count_score_no_change=_count_score(naive_at, at),
    )


def _mae(point: Array, outcome: Array) -> float:
    """Return the mean absolute error."""
    return float(np.abs(point - outcome).mean())


def _brier(draws_at: Any, at: Any) -> float:
    """Return the mean square of probability less outcome."""
    return float(((draws_at.mean(axis=0) - at) ** 2).mean())


def _count_score(draws_at: Any, at: Any) -> float:
    """Return the CRPS of how many are at 2 %."""
    counts = draws_at.sum(axis=1, keepdims=True).astype(np.float64)
    return float(crps(counts, np.array([float(at.sum())]))[0])
