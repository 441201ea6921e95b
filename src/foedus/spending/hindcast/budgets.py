"""The hindcast of spending: from every origin, what the model and the naive forecasts said, and what came.

Targets are each ally's share of GDP, whether it is at the guideline, how many allies are, and what allies
other than the United States spend together. An origin is the end of a year; its allies are those of that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.spending.hindcast.cases import Cases, Held, add_brier_scores, add_scores
from foedus.spending.hindcast.fit import fit
from foedus.spending.hindcast.forecast import BASELINES, Forecast, forecast, no_change, straight_line
from foedus.spending.hindcast.panel import Panel
from foedus.spending.hindcast.scores import block_bootstrap, skill
from foedus.spending.lever import BudgetForm

__all__ = ["AHEAD", "GUIDELINE", "TARGETS", "Row", "hindcast", "no_change_errors", "score"]

AHEAD = (1, 2, 3, 5, 10)
"""Years ahead that are scored. Issue by issue the first four; ten, because pledges run for ten years."""

GUIDELINE = 0.02
DRAWS = 2000

RELATIVE = ("share", "spending", "spending_outlook")
"""Targets whose changes are taken over what was there."""

TARGETS = {
    "share": "share of GDP of an ally",
    "meets": "whether an ally is at the guideline (Brier score)",
    "count": "how many allies are at the guideline",
    "spending": "spending of allies other than the United States, over that of the origin",
    "spending_outlook": "the same from 2019 on, with the growth that an Outlook of the day expected",
}
"""What is forecast, and in which unit it is scored: fractions of GDP, squared probability, allies, a ratio.
Growth is expected to be the mean of the last five years at every origin, so that origins compare; only the
last target takes an Outlook's."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Row:
    """The scores of one target, horizon and span of origins.

    Attributes
    ----------
    target, ahead, first, last : str, int, int, int
        What was forecast, years ahead, first and last origin.
    cases, origins : int
        How many forecasts, from how many origins.
    mae, mae_no_change, mae_line : float
        Mean absolute error of the model's median, of no change and of the straight line to the pledge.
    score : float
        The model's mean CRPS; for "meets" the Brier score.
    score_no_change : dict of str to float
        That of no change, by where its errors come from.
    cover50, cover80, width80 : float
        How often the model's middle intervals held the outcome, and the mean width of the second.
    cover80_no_change, width80_no_change : float
        The same of no change with errors in points since 1990.
    difference, low, high : float
        The model's score less that of the better no-change forecast, and the interval of 90 % of that mean by
        the block bootstrap over origins. Below zero the model is better.
    skill : float
        One less the ratio of the two scores.
    change_low, change_high : float
        The 10 % and 90 % quantiles of what changed since the origin: for a count in allies, for shares and
        money over what was there.
    shown : str
        "model" where the skill is above zero, else "no change"; whether it is surely so, the interval says.
    """

    target: str
    ahead: int
    first: int
    last: int
    cases: int
    origins: int
    mae: float
    mae_no_change: float
    mae_line: float
    score: float
    score_no_change: dict[str, float]
    cover50: float
    cover80: float
    width80: float
    cover80_no_change: float
    width80_no_change: float
    difference: float
    low: float
    high: float
    skill: float
    change_low: float
    change_high: float
    shown: str


def no_change_errors(panel: Panel, first: int, last: int, ahead: Iterable[int] = AHEAD) -> dict[int, float]:
    """Return the mean absolute error of the forecast that no share changes.

    Parameters
    ----------
    panel : Panel
        The figures.
    first, last : int
        First and last origin.
    ahead : iterable of int
        Years ahead.

    Returns
    -------
    dict of int to float
        Fractions of GDP, by years ahead; allies are those at the end of the origin's year.
    """
    mean_errors = {}
    for h in ahead:
        errors = []
        for origin in range(first, min(last, panel.years[-1] - h) + 1):
            members = panel.members(origin)
            errors.append(
                np.abs(
                    panel.share[members, panel.column(origin + h)]
                    - panel.share[members, panel.column(origin)]
                )
            )
        mean_errors[h] = float(np.nanmean(np.concatenate(errors))) if errors else float("nan")
    return mean_errors


def hindcast(
    panel: Panel,
    *,
    first: int = 2000,
    last: int | None = None,
    ahead: tuple[int, ...] = AHEAD,
    draws: int = DRAWS,
    without: tuple[str, ...] = (),
    form: BudgetForm = "pull",
    progress: Progress | None = None,
) -> dict[str, Cases]:
    """Forecast from every origin and hold the forecasts against what came.

    Parameters
    ----------
    panel : Panel
        The figures.
    first, last : int
        First and last origin; the last is by default the year before the panel's last.
    ahead : tuple of int
        Years ahead.
    draws : int
        How many draws each forecast has.
    without : tuple of str
        Effects left out of the model, for comparison.
    form : {"pull", "convergence"}
        The form of budgets, for comparison.
    progress : callable, optional
        Called after every origin with the origins done and the origins asked for.

    Returns
    -------
    dict of str to Cases
        By target.
    """
    cases = {name: Cases() for name in TARGETS}
    origins = range(first, (last or panel.years[-1] - 1) + 1)
    for done, origin in enumerate(origins, 1):
        fitted = fit(panel, origin, without, form=form)
        horizon = min(max(ahead), panel.years[-1] - origin)
        model_forecast = forecast(replace(panel, outlooks=()), fitted, horizon, draws)
        of_day = forecast(panel, fitted, horizon, draws) if panel.until(origin).outlooks else None
        for h in ahead:
            if origin + h <= panel.years[-1]:
                _compare(panel, model_forecast, h, draws, cases)
                if of_day is not None:
                    _compare_spending(panel, of_day, h, draws, cases["spending_outlook"])
        if progress is not None:
            progress(done, len(origins))
    return cases


def _compare(panel: Panel, model_forecast: Forecast, ahead: int, draws: int, cases: dict[str, Cases]) -> None:
    """Score one horizon of one origin."""
    shares, known = _shares(panel, model_forecast, ahead, draws)
    add_scores(cases["share"], shares)
    at = replace(
        shares,
        outcome=(shares.outcome >= GUIDELINE).astype(float),
        model=(shares.model >= GUIDELINE).astype(float),
        naive={b: (d >= GUIDELINE).astype(float) for b, d in shares.naive.items()},
        last=(shares.last >= GUIDELINE).astype(float),
        line=(shares.line >= GUIDELINE - 1e-12).astype(float),
    )
    add_brier_scores(cases["meets"], at)
    add_scores(cases["count"], _counted(at))
    spending = _spending(panel, model_forecast, known, shares)
    if spending is not None:
        add_scores(cases["spending"], spending)


def _shares(panel: Panel, model_forecast: Forecast, ahead: int, draws: int) -> tuple[Held, NDArray[np.bool_]]:
    """Return the forecasts of shares one horizon ahead with what came, and of which allies it is known."""
    origin = model_forecast.origin
    outcome = panel.share[model_forecast.rows, panel.column(origin + ahead)]
    known = np.isfinite(outcome)
    rows, outcome = model_forecast.rows[known], outcome[known]
    naive = {b: no_change(panel, origin, ahead, rows, b, draws) for b in BASELINES}
    model = model_forecast.share[ahead][:, known]
    last = panel.share[rows, panel.column(origin)]
    line = straight_line(panel, origin, ahead, rows)
    return Held(origin, ahead, outcome, model, naive, last, line), known


def _compare_spending(panel: Panel, model_forecast: Forecast, ahead: int, draws: int, cases: Cases) -> None:
    """Score spending alone, one horizon of one origin."""
    shares, known = _shares(panel, model_forecast, ahead, draws)
    spending = _spending(panel, model_forecast, known, shares)
    if spending is not None:
        add_scores(cases, spending)


def _counted(at: Held) -> Held:
    """Return how many allies are at the guideline, of which ally is."""
    return replace(
        at,
        outcome=np.array([at.outcome.sum()]),
        model=at.model.sum(axis=1, keepdims=True),
        naive={b: d.sum(axis=1, keepdims=True) for b, d in at.naive.items()},
        last=np.array([at.last.sum()]),
        line=np.array([at.line.sum()]),
    )


def _spending(panel: Panel, model_forecast: Forecast, known: NDArray[np.bool_], shares: Held) -> Held | None:
    """Return what allies other than the United States spend together, over that of the origin.

    None where GDP is known of none of them.
    """
    rows = model_forecast.rows[known]
    then, now = panel.column(shares.origin + shares.ahead), panel.column(shares.origin)
    others = np.array([panel.countries[r] != "USA" for r in rows]) & np.isfinite(panel.gdp[rows, then])
    others &= np.isfinite(panel.gdp[rows, now])
    if not others.any():
        return None
    start = (panel.share[rows, now] * panel.gdp[rows, now])[others].sum()
    outcome = (panel.share[rows, then] * panel.gdp[rows, then])[others].sum() / start
    spending = model_forecast.spending[shares.ahead][:, known][:, others]
    # The naive forecasts get the model's own draws of GDP, so that the shares alone make the difference.
    gdp = spending / shares.model[:, others]
    middle = np.median(gdp, axis=0)
    return replace(
        shares,
        outcome=np.array([outcome]),
        model=spending.sum(axis=1, keepdims=True) / start,
        naive={b: (d[:, others] * gdp).sum(axis=1, keepdims=True) / start for b, d in shares.naive.items()},
        last=np.array([(panel.share[rows, now][others] * middle).sum() / start]),
        line=np.array([(shares.line[others] * middle).sum() / start]),
    )


def score(cases: dict[str, Cases], first: int, last: int, ahead: tuple[int, ...] = AHEAD) -> list[Row]:
    """Sum up the cases of a span of origins.

    Parameters
    ----------
    cases : dict of str to Cases
        What :func:`hindcast` gave.
    first, last : int
        First and last origin.
    ahead : tuple of int
        Years ahead.

    Returns
    -------
    list of Row
        One for each target and horizon that has cases.
    """
    rows = []
    for target, held in cases.items():
        for h in ahead:
            scores = held.where(h, first, last)
            if scores and len(scores["score"]):
                rows.append(_row(target, h, first, last, scores))
    return rows


def _row(target: str, ahead: int, first: int, last: int, scores: dict[str, Array]) -> Row:
    """Sum up one target and horizon; the model is held against the better of the no-change forecasts."""
    naive = {b: float(scores[f"score {b}"].mean()) for b in BASELINES}
    best = min(naive, key=lambda b: naive[b])
    difference = scores["score"] - scores[f"score {best}"]
    low, high = block_bootstrap(difference, scores["origin"], ahead)
    gain = skill(float(scores["score"].mean()), naive[best])
    change = scores["change"] / scores["last"] if target in RELATIVE else scores["change"]

    def mean(name: str) -> float:
        return float(scores[name].mean())

    return Row(
        target=target,
        ahead=ahead,
        first=first,
        last=min(last, int(scores["origin"].max())),
        cases=len(difference),
        origins=len(np.unique(scores["origin"])),
        mae=mean("error"),
        mae_no_change=mean("error_no_change"),
        mae_line=mean("error_line"),
        score=mean("score"),
        score_no_change=naive,
        cover50=mean("inside50"),
        cover80=mean("inside80"),
        width80=mean("width80"),
        cover80_no_change=mean("naive80"),
        width80_no_change=mean("naive_width"),
        difference=float(difference.mean()),
        low=low,
        high=high,
        skill=gain,
        change_low=float(np.quantile(change, 0.1)),
        change_high=float(np.quantile(change, 0.9)),
        shown="model" if gain > 0.0 else "no change",
    )
