"""What is worked out of one ally: the baseline's forecast of its share, and what the pledge asks of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from foedus.analysis.pledge_row import PledgeRow, pledge_row
from foedus.engine.arrays import Array
from foedus.engine.section import QUANTILES
from foedus.errors import FoedusError
from foedus.evidence import Ledger
from foedus.evidence.country_facts import CountryFact
from foedus.runs.outcome import Outcome, outcome
from foedus.scenario import resolve
from foedus.spending.hindcast.skill import skill_ahead
from foedus.spending.measures import SHARE, at_level
from foedus.spending.status import Status
from foedus.units import per_cent

__all__ = [
    "CountryCase",
    "ShareForecast",
    "baseline_run",
    "pledge_asked",
    "pledge_facts",
    "share_forecast",
]


@dataclass(frozen=True)
class ShareForecast:
    """A country's share of GDP in the baseline, year by year, with no change beside it.

    Attributes
    ----------
    title : str
        The scenario's title.
    years : tuple of int
        The start year and every year to the horizon.
    low, median, high : tuple of float
        Quantiles over the draws, fractions of GDP.
    unchanged : float
        The share at the start, which no change repeats.
    target : float
        What the pledge asks of this country, a fraction of GDP.
    deadline : int
        By when.
    probability : float
        Part of the draws in which it is at the target in the deadline's year.
    unchanged_is_at_target : bool
        Whether no change is at the target.
    draws, seed : int
        Of the run.
    shown, odds_shown : {"model", "both", "no change"}
        Which forecast of the share at the horizon may be shown, and which of the odds at the deadline.
    """

    title: str
    years: tuple[int, ...]
    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]
    unchanged: float
    target: float
    deadline: int
    probability: float
    unchanged_is_at_target: bool
    draws: int
    seed: int
    shown: str
    odds_shown: str

    @property
    def shows_model(self) -> bool:
        """Whether the model's own share may be shown at the horizon."""
        return self.shown != "no change"


@dataclass(frozen=True)
class CountryCase:
    """What the functions that say something of a country are given.

    Attributes
    ----------
    ledger : Ledger
        The figures.
    country : str
        Alpha-3 code.
    day : datetime.date
        The day whose knowledge is used.
    standing : Status
        Who meets the guideline, as of the day.
    keep : callable
        Keeps what several countries share: gives what stands under a key, made where it is not there.
    """

    ledger: Ledger
    country: str
    day: date
    standing: Status
    keep: Callable[[Hashable, Callable[[], Any]], Any]


def baseline_run(case: CountryCase, draws: int, seed: int) -> tuple[Outcome | None, tuple[str, ...]]:
    """Run the baseline as of the day; where the day's figures do not allow it, say so.

    Parameters
    ----------
    case : CountryCase
        The figures and the day.
    draws, seed : int
        How many draws, and their seed.

    Returns
    -------
    Outcome or None, tuple of str
        The run, or why there is none.
    """

    def make() -> Outcome | str:
        try:
            return outcome(resolve("baseline", as_of=case.day, ledger=case.ledger), draws=draws, seed=seed)
        except FoedusError as error:
            return f"There is no forecast as of {case.day}: {error}"

    result: Outcome | str = case.keep(("country run", case.day, draws, seed), make)
    return (None, (result,)) if isinstance(result, str) else (result, ())


def share_forecast(run: Outcome, code: str, seed: int) -> ShareForecast | None:
    """Return where the baseline leaves a country.

    Parameters
    ----------
    run : Outcome
        The baseline.
    code : str
        Alpha-3 code.
    seed : int
        The run's seed.

    Returns
    -------
    ShareForecast or None
        None for a country that takes no part.
    """
    resolved = run.resolved
    i = resolved.countries.index(code) if code in resolved.countries else -1
    if i < 0 or not resolved.spending.participates[i]:
        return None
    shares = run.quantities[SHARE][:, :, i].astype(np.float64)
    low, median, high = (tuple(q.tolist()) for q in np.quantile(shares, QUANTILES, axis=1))
    target, deadline = resolved.spending.pledge_targets[i], resolved.spending.pledge_deadline
    last = min(deadline, resolved.years[-1]) - resolved.years[0]
    start = float(resolved.spending.defence_expenditure_share_of_gdp[i])
    return ShareForecast(
        title=resolved.title,
        years=resolved.years,
        low=low,
        median=median,
        high=high,
        unchanged=start,
        target=target,
        deadline=deadline,
        probability=float(at_level(shares[last], target).mean()),
        unchanged_is_at_target=bool(at_level(np.array(start), target)),
        draws=run.draws,
        seed=seed,
        shown=skill_ahead("share", len(resolved.years) - 1).shown,
        odds_shown=skill_ahead("meets", last).shown,
    )


def pledge_asked(run: Outcome, code: str) -> PledgeRow | None:
    """Return what the pledge asks of a country.

    Parameters
    ----------
    run : Outcome
        The baseline.
    code : str
        Alpha-3 code.

    Returns
    -------
    PledgeRow or None
        None for a country that takes no part.
    """
    resolved = run.resolved
    i = resolved.countries.index(code) if code in resolved.countries else -1
    ahead = resolved.spending.pledge_deadline - resolved.start_year
    if i < 0 or not resolved.spending.participates[i] or not 0 < ahead < len(resolved.years):
        return None
    growth = np.array(resolved.spending.gdp_real_growth_path)[:ahead, i]
    gdp: Array = resolved.spending.gdp_constant_usd[i] * np.cumprod(1.0 + growth, dtype=np.float64)
    share = run.quantities[SHARE][ahead, :, i].astype(np.float64)
    reached = float(at_level(share, resolved.spending.pledge_targets[i]).mean())
    return pledge_row(resolved, i, gdp, growth, reached)


def pledge_facts(asked: PledgeRow | None, run: Outcome | None) -> Iterable[CountryFact]:
    """Return what the pledge asks, as facts.

    Parameters
    ----------
    asked : PledgeRow or None
        What it asks.
    run : Outcome or None
        The baseline.

    Returns
    -------
    iterable of CountryFact
        Nothing where nothing is asked.
    """
    if asked is None or run is None:
        return ()
    deadline, prices = run.resolved.spending.pledge_deadline, run.resolved.price_year
    goal = per_cent(asked.target, 1)
    if asked.cost_at_deadline <= 0:
        return (CountryFact("pledge_cost", f"Cost of {goal}", "nothing", "text", beside="at it already"),)
    return (
        CountryFact(
            "pledge_cost",
            f"Cost of {goal} in {deadline}",
            asked.cost_at_deadline,
            "billions",
            "bn USD",
            f"more, that year; {prices} prices",
        ),
        CountryFact(
            "pledge_required_growth",
            f"For {goal} by {deadline}",
            asked.required_growth,
            "per_cent_1",
            "a year",
            "in real terms",
        ),
    )
