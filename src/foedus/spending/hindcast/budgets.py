"""The hindcast of spending: from every origin, what the model and the naive forecasts said, and what came.

Targets are each ally's share of GDP, whether it is at the guideline, how many allies are, and what allies
other than the United States spend together. An origin is the end of a year; its allies are those of that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from foedus.engine.arrays import Array
from foedus.spending.hindcast.fit import fit
from foedus.spending.hindcast.forecast import BASELINES, Forecast, forecast, no_change, straight_line
from foedus.spending.hindcast.panel import Panel
from foedus.spending.hindcast.scores import block_bootstrap, covers, crps, skill

__all__ = ["AHEAD", "GUIDELINE", "TARGETS", "Cases", "Row", "hindcast", "no_change_errors", "score"]

AHEAD = (1, 2, 3, 5, 10)
"""Years ahead that are scored. Issue by issue the first four; ten, because pledges run for ten years."""

GUIDELINE = 0.02
DRAWS = 2000

TARGETS = {
    "share": "share of GDP of an ally",
    "meets": "whether an ally is at the guideline (Brier score)",
    "count": "how many allies are at the guideline",
    "spending": "spending of allies other than the United States, over that of the origin",
}
"""What is forecast, and in which unit it is scored: fractions of GDP, squared probability, allies, a
ratio."""

Progress = Callable[[int, int], None]


@dataclass
class Cases:
    """Every forecast of one target, case by case.

    Attributes
    ----------
    columns : dict of str to list of float
        origin, ahead, outcome, the model's score, median error, coverage and width, and those of the naive
        forecasts.
    """

    columns: dict[str, list[float]] = field(default_factory=dict)

    def add(self, **values: Iterable[float]) -> None:
        """Add cases, one for each entry of the values."""
        for name, entries in values.items():
            self.columns.setdefault(name, []).extend(float(v) for v in entries)

    def where(self, ahead: int, first: int, last: int) -> dict[str, Array]:
        """Give the cases of one horizon and a span of origins.

        Parameters
        ----------
        ahead : int
            Years ahead.
        first, last : int
            First and last origin.

        Returns
        -------
        dict of str to ndarray, (case,)
            The columns; empty when there is no case at all.
        """
        arrays = {name: np.array(values) for name, values in self.columns.items()}
        if not arrays:
            return {}
        keep = (arrays["ahead"] == ahead) & (arrays["origin"] >= first) & (arrays["origin"] <= last)
        return {name: values[keep] for name, values in arrays.items()}


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
    shown : str
        "model" where the skill is above zero, else "no change".
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
    shown: str


def no_change_errors(panel: Panel, first: int, last: int, ahead: Iterable[int] = AHEAD) -> dict[int, float]:
    """Give the mean absolute error of the forecast that no share changes.

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
    found = {}
    for h in ahead:
        errors = []
        for origin in range(first, min(last, panel.years[-1] - h) + 1):
            who = panel.members(origin)
            errors.append(
                np.abs(panel.share[who, panel.column(origin + h)] - panel.share[who, panel.column(origin)])
            )
        found[h] = float(np.nanmean(np.concatenate(errors))) if errors else float("nan")
    return found


def hindcast(
    panel: Panel,
    *,
    first: int = 2000,
    last: int | None = None,
    ahead: tuple[int, ...] = AHEAD,
    draws: int = DRAWS,
    without: tuple[str, ...] = (),
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
        fitted = fit(panel, origin, without)
        made = forecast(panel, fitted, min(max(ahead), panel.years[-1] - origin), draws)
        for h in ahead:
            if origin + h <= panel.years[-1]:
                _compare(panel, made, h, draws, cases)
        if progress is not None:
            progress(done, len(origins))
    return cases


def _compare(panel: Panel, made: Forecast, ahead: int, draws: int, cases: dict[str, Cases]) -> None:
    """Score one horizon of one origin."""
    origin = made.origin
    outcome = panel.share[made.rows, panel.column(origin + ahead)]
    known = np.isfinite(outcome)
    rows, outcome = made.rows[known], outcome[known]
    naive = {b: no_change(panel, origin, ahead, rows, b, draws) for b in BASELINES}
    model = made.share[ahead][:, known]
    last = panel.share[rows, panel.column(origin)]
    line = straight_line(panel, origin, ahead, rows)
    _add(cases["share"], origin, ahead, outcome, model, naive, last, line)
    at = {b: (d >= GUIDELINE).astype(float) for b, d in {"model": model, **naive}.items()}
    came = (outcome >= GUIDELINE).astype(float)
    _add_brier(cases["meets"], origin, ahead, came, at, last, line)
    counts = {b: d.sum(axis=1, keepdims=True) for b, d in at.items()}
    _add(
        cases["count"],
        origin,
        ahead,
        np.array([came.sum()]),
        counts.pop("model"),
        counts,
        np.array([(last >= GUIDELINE).sum()]),
        np.array([(line >= GUIDELINE - 1e-12).sum()]),
    )
    _compare_spending(panel, made, ahead, known, naive, line, cases["spending"])


def _compare_spending(
    panel: Panel,
    made: Forecast,
    ahead: int,
    known: Array,
    naive: dict[str, Array],
    line: Array,
    cases: Cases,
) -> None:
    """Score what allies other than the United States spend together, over that of the origin."""
    origin, rows = made.origin, made.rows[known]
    then, now = panel.column(origin + ahead), panel.column(origin)
    who = np.array([panel.countries[r] != "USA" for r in rows]) & np.isfinite(panel.gdp[rows, then])
    who &= np.isfinite(panel.gdp[rows, now])
    if not who.any():
        return
    start = (panel.share[rows, now] * panel.gdp[rows, now])[who].sum()
    outcome = (panel.share[rows, then] * panel.gdp[rows, then])[who].sum() / start
    spending = made.spending[ahead][:, known][:, who]
    # The naive forecasts get the model's own draws of GDP, so that the shares alone make the difference.
    gdp = spending / made.share[ahead][:, known][:, who]
    ratio = {b: (d[:, who] * gdp).sum(axis=1, keepdims=True) / start for b, d in naive.items()}
    middle = np.median(gdp, axis=0)
    still = (panel.share[rows, now][who] * middle).sum() / start
    straight = (line[who] * middle).sum() / start
    total = spending.sum(axis=1, keepdims=True) / start
    _add(cases, origin, ahead, np.array([outcome]), total, ratio, np.array([still]), np.array([straight]))


def _add(
    cases: Cases,
    origin: int,
    ahead: int,
    outcome: Array,
    model: Array,
    naive: dict[str, Array],
    last: Array,
    line: Array,
) -> None:
    """Add the scores of one horizon of one origin to a target's cases."""
    n = len(outcome)
    inside50, _ = covers(model, outcome, 0.5)
    inside80, width80 = covers(model, outcome, 0.8)
    naive80, naive_width = covers(naive["since-1990"], outcome, 0.8)
    cases.add(
        origin=[origin] * n,
        ahead=[ahead] * n,
        outcome=outcome,
        error=np.abs(np.median(model, axis=0) - outcome),
        error_no_change=np.abs(last - outcome),
        error_line=np.abs(line - outcome),
        score=crps(model, outcome),
        inside50=inside50,
        inside80=inside80,
        width80=width80,
        naive80=naive80,
        naive_width=naive_width,
        **{f"score {b}": crps(d, outcome) for b, d in naive.items()},
    )


def _add_brier(
    cases: Cases, origin: int, ahead: int, came: Array, at: dict[str, Array], last: Array, line: Array
) -> None:
    """Add the Brier scores of one horizon of one origin: the square of probability less outcome."""
    n = len(came)
    brier = {b: (d.mean(axis=0) - came) ** 2 for b, d in at.items()}
    nothing = np.full(n, np.nan)
    cases.add(
        origin=[origin] * n,
        ahead=[ahead] * n,
        outcome=came,
        error=np.abs((at["model"].mean(axis=0) >= 0.5) - came),
        error_no_change=np.abs((last >= GUIDELINE) - came),
        error_line=np.abs((line >= GUIDELINE - 1e-12) - came),
        score=brier.pop("model"),
        inside50=nothing,
        inside80=nothing,
        width80=nothing,
        naive80=nothing,
        naive_width=nothing,
        **{f"score {b}": s for b, s in brier.items()},
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
            found = held.where(h, first, last)
            if found and len(found["score"]):
                rows.append(_row(target, h, first, last, found))
    return rows


def _row(target: str, ahead: int, first: int, last: int, found: dict[str, Array]) -> Row:
    """Sum up one target and horizon; the model is held against the better of the no-change forecasts."""
    naive = {b: float(found[f"score {b}"].mean()) for b in BASELINES}
    best = min(naive, key=lambda b: naive[b])
    difference = found["score"] - found[f"score {best}"]
    low, high = block_bootstrap(difference, found["origin"], ahead)
    gain = skill(float(found["score"].mean()), naive[best])

    def mean(name: str) -> float:
        return float(found[name].mean())

    return Row(
        target=target,
        ahead=ahead,
        first=first,
        last=min(last, int(found["origin"].max())),
        cases=len(difference),
        origins=len(np.unique(found["origin"])),
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
        shown="model" if gain > 0.0 else "no change",
    )
