"""The hindcast that needs no imported file: from each NATO edition, with what it printed and nothing else.

The origin is the last year that the edition prints as past; its estimates of the years after stand beside the
model as a forecast of NATO's own. What came is the newest edition that holds the year. Six years of history
fit a model badly: the priors of :mod:`foedus.spending.hindcast.fit` do most of the work, and are held to
account here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.spending.hindcast.fit import fit
from foedus.spending.hindcast.forecast import BASELINES, forecast, no_change, straight_line
from foedus.spending.hindcast.panel import NATO_SHARE, Panel, nato_panel
from foedus.spending.hindcast.scores import covers, crps, skill

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card
    from foedus.spending.hindcast.forecast import Forecast

__all__ = ["EditionRow", "edition_hindcast"]

AHEAD = (1, 2, 3, 5)
SERIES = "nato-defence-expenditure"


@dataclass(frozen=True)
class EditionRow:
    """The scores of forecasts from one NATO edition.

    Attributes
    ----------
    edition, outcome : str
        The edition forecast from, and the one that says what came.
    origin, ahead, allies : int
        The last past year of the edition, years ahead, and how many allies.
    mae, mae_no_change, mae_line : float
        Mean absolute error of the model's median, of no change and of the straight line to the pledge.
    mae_estimate : float or None
        That of NATO's own estimate of the year in the same edition; None where it prints none.
    score : float
        Mean CRPS of the model.
    score_no_change : float
        That of the best no-change forecast with the errors the edition's own years show.
    skill : float
        One less the ratio of the two.
    cover80 : float
        How often the model's middle interval of 80 % held the outcome.
    """

    edition: str
    outcome: str
    origin: int
    ahead: int
    allies: int
    mae: float
    mae_no_change: float
    mae_line: float
    mae_estimate: float | None
    score: float
    score_no_change: float
    skill: float
    cover80: float


@dataclass(frozen=True)
class _Made:
    """The forecast from one edition: all that the edition prints, its past, and the draws."""

    whole: Panel
    past: Panel
    forecast: Forecast
    draws: int


def edition_hindcast(ledger: Ledger, draws: int = 2000) -> list[EditionRow]:
    """Forecast from every NATO edition that a newer one can judge.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    draws : int, default 2000
        How many draws each forecast has.

    Returns
    -------
    list of EditionRow
        By edition and years ahead.
    """
    cards = [c for c in ledger.editions.values() if c.series == SERIES and NATO_SHARE in c.complete]
    cards.sort(key=lambda c: (c.published, c.id))
    rows: list[EditionRow] = []
    for i, card in enumerate(cards[:-1]):
        origin = _origin(ledger, card)
        whole = nato_panel(ledger, card.id)
        if origin is None or origin - whole.years[0] < 3:
            continue
        panel = whole.until(origin)
        case = _Made(whole, panel, forecast(panel, fit(panel, origin), max(AHEAD), draws), draws)
        for h in AHEAD:
            judges = [c for c in cards[i + 1 :] if c.covers(NATO_SHARE, origin + h)]
            if judges:
                rows.append(_row(ledger, case, h, judges[-1].id))
    return rows


def _origin(ledger: Ledger, card: Card) -> int | None:
    """Return the last year that an edition prints as past, if it prints estimates after it."""
    frame = ledger.figures(NATO_SHARE, edition=card.id).frame
    years = [
        int(y) for y in frame.filter(frame["status"] == "estimate")["year"] if card.covers(NATO_SHARE, y)
    ]
    return min(years) - 1 if years else None


def _row(ledger: Ledger, case: _Made, ahead: int, judge: str) -> EditionRow:
    """Score one horizon of one edition."""
    whole, panel, model_forecast = case.whole, case.past, case.forecast
    year, codes = model_forecast.origin + ahead, [panel.countries[r] for r in model_forecast.rows]
    came = ledger.figures(NATO_SHARE, year=year, edition=judge).matrix(codes, [year])[:, 0]
    known = np.isfinite(came)
    rows, outcome, model = model_forecast.rows[known], came[known], model_forecast.share[ahead][:, known]
    naive = min(
        float(crps(no_change(panel, model_forecast.origin, ahead, rows, b, case.draws), outcome).mean())
        for b in BASELINES
    )
    score = float(crps(model, outcome).mean())
    printed = whole.share[rows, whole.column(year)] if year <= whole.years[-1] else None

    def mae(point: Array) -> float:
        return float(np.abs(point - outcome).mean())

    return EditionRow(
        edition=panel.edition,
        outcome=judge,
        origin=model_forecast.origin,
        ahead=ahead,
        allies=len(rows),
        mae=mae(np.median(model, axis=0)),
        mae_no_change=mae(panel.share[rows, -1]),
        mae_line=mae(straight_line(panel, model_forecast.origin, ahead, rows)),
        mae_estimate=None if printed is None else mae(printed),
        score=score,
        score_no_change=naive,
        skill=skill(score, naive),
        cover80=float(covers(model, outcome, 0.8)[0].mean()),
    )
