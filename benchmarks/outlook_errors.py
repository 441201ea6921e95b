"""What fourteen World Economic Outlooks missed, and how honest candidate tables of growth errors are.

Run it with ``python benchmarks/outlook_errors.py``; ``--load`` takes editions of the user's data folder too.
An error is outcome less forecast, in points; outcomes are those of the newest Outlook, for the allies with
forces. Every candidate forecasts each outcome without the errors of the outcome's own year. Three tables
are printed as they stand in ``docs/explanation/economy-and-budgets.md``: mean absolute errors and means by
years ahead, the ratio of the first year, and scores and coverage by candidate.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.evidence import Ledger
from foedus.scenario.chain import all_parameters
from foedus.spending.hindcast.scores import covers, crps

Floats = NDArray[np.float64]
GROWTH = "gdp_real_growth"
NO_FORCES = ("ISL",)
PANDEMIC = (2020, 2021)
TABLE_YEARS = np.arange(1996, 2025)
APRIL, OCTOBER = 4, 10
LARGEST = 5


@dataclass(frozen=True)
class Errors:
    """Forecasts of growth and what came, one entry each, in points."""

    month: NDArray[np.intp]
    ahead: NDArray[np.intp]
    year: NDArray[np.intp]
    country: list[str]
    forecast: Floats
    outcome: Floats

    @property
    def error(self) -> Floats:
        """Outcome less forecast."""
        return self.outcome - self.forecast

    @property
    def ordinary(self) -> NDArray[np.bool_]:
        """Whether the outcome is of another year than 2020 and 2021."""
        return ~np.isin(self.year, PANDEMIC)


def outlook_errors(ledger: Ledger) -> Errors:
    """Hold every Outlook before the newest against the newest."""
    cards = sorted((c for c in ledger.editions.values() if c.series == "imf-weo"), key=lambda c: c.published)
    judge = cards[-1]
    allies = [c for c in ledger.members() if c not in NO_FORCES]
    last = judge.published.year - 1
    rows = []
    for card in cards[:-1]:
        first = card.published.year
        years = range(first, min(last, first + LARGEST, card.complete[GROWTH][1]) + 1)
        said, came = (
            100 * ledger.figures(GROWTH, edition=e).matrix(allies, years) for e in (card.id, judge.id)
        )
        month = APRIL if card.published.month < OCTOBER else OCTOBER
        rows += [
            (month, year - first, year, ally, said[i, k], came[i, k])
            for k, year in enumerate(years)
            for i, ally in enumerate(allies)
            if np.isfinite(said[i, k] + came[i, k])
        ]
    month, ahead, year, country, forecast, outcome = zip(*rows, strict=True)
    whole = (np.array(v, dtype=np.intp) for v in (month, ahead, year))
    return Errors(*whole, list(country), np.array(forecast), np.array(outcome))


def by_horizon(errors: Errors) -> None:
    """Print mean absolute errors and means by years ahead, outcomes of 2020 and 2021 apart."""
    print("| years ahead | " + " | ".join(str(h) for h in range(LARGEST + 1)) + " |")
    for month, name in ((APRIL, "April"), (OCTOBER, "October")):
        for label, value in (("mean absolute error", np.abs(errors.error)), ("mean", errors.error)):
            cells = [
                f"{value[(errors.month == month) & (errors.ahead == h) & errors.ordinary].mean():.2f}"
                for h in range(LARGEST + 1)
            ]
            print(f"| {name}, {label} | " + " | ".join(cells) + " |")
        one = (errors.month == month) & (errors.ahead == 1)
        sizes = [
            np.abs(errors.error[(errors.month == month) & (errors.ahead == h) & errors.ordinary]).mean()
            for h in (0, 1)
        ]
        print(
            f"{name}: first-year ratio {sizes[0] / sizes[1]:.2f}; one year ahead with 2020 and 2021 "
            f"{np.abs(errors.error[one]).mean():.2f}"
        )
    later = errors.ordinary & (errors.ahead >= 1)
    print(f"mean of one to five years ahead: {errors.error[later].mean():+.2f} points")


Candidate = Callable[[Errors, NDArray[np.bool_]], Floats]
"""Gives draws of growth, (case, draw), for the cases of one outcome year, without that year's errors."""


def whole_table(
    first_year: dict[int, float], bias: float, factor: Callable[[int, int], float] | None = None
) -> Candidate:
    """Return the table of whole past years, narrowed in the first year, or by month and horizon."""
    table = all_parameters()["economy.gdp_growth_error"].value
    assert isinstance(table, dict)

    def draws(errors: Errors, cases: NDArray[np.bool_]) -> Floats:
        index = np.flatnonzero(cases)
        others = errors.year[index[0]] != TABLE_YEARS
        rows = 100 * np.array([table[errors.country[i]] for i in index])[:, others]
        month, ahead = errors.month[index], errors.ahead[index]
        if factor is None:
            scale = np.where(ahead == 0, [first_year[m] for m in month], 1.0)
        else:
            scale = np.array([factor(m, h) for m, h in zip(month, ahead, strict=True)])
        taken = np.where(ahead >= 1, bias, 0.0)
        return (errors.forecast[index] - taken)[:, None] + rows * scale[:, None]

    return draws


def own_errors(*, ordinary: bool) -> Candidate:
    """Return the Outlooks' own errors of the same month and horizon, of other outcome years."""

    def draws(errors: Errors, cases: NDArray[np.bool_]) -> Floats:
        index = np.flatnonzero(cases)
        out = np.empty((len(index), 400))
        quantiles = (np.arange(400) + 0.5) / 400
        usable = errors.ordinary if ordinary else np.ones(len(errors.year), dtype=bool)
        for j, i in enumerate(index):
            others = usable & (errors.year != errors.year[i]) & (errors.month == errors.month[i])
            same = others & (errors.ahead == errors.ahead[i])
            pool = same if same.any() else others
            out[j] = errors.forecast[i] + np.quantile(errors.error[pool], quantiles)
        return out

    return draws


def narrowing(errors: Errors, bias: float) -> Callable[[int, int], float]:
    """Return for each month and horizon the least factor whose interval holds 80 % of ordinary years."""
    factors = {}
    for month in (APRIL, OCTOBER):
        for ahead in range(LARGEST + 1):
            these = (errors.month == month) & (errors.ahead == ahead) & errors.ordinary
            for factor in np.arange(0.2, 1.51, 0.05):
                candidate = whole_table({}, bias, lambda *_, f=factor: f)
                if _inside(errors, candidate, these).mean() >= 0.8:
                    break
            factors[month, ahead] = float(factor)
    return lambda m, h: factors[m, h]


def _by_year(
    errors: Errors, candidate: Candidate, wanted: NDArray[np.bool_]
) -> list[tuple[NDArray[np.intp], Floats]]:
    """Return the draws of a candidate by outcome year."""
    parts = []
    for year in np.unique(errors.year[wanted]):
        cases = wanted & (errors.year == year)
        parts.append((np.flatnonzero(cases), candidate(errors, cases)))
    return parts


def _inside(errors: Errors, candidate: Candidate, wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether the middle interval of 80 % holds what came, for the cases wanted."""
    held = np.zeros(len(errors.year), dtype=bool)
    for index, draws in _by_year(errors, candidate, wanted):
        held[index] = covers(draws.T, errors.outcome[index], 0.8)[0]
    return held[wanted]


def by_candidate(errors: Errors) -> None:
    """Print CRPS and coverage of every candidate."""
    half, none = 0.25, 0.0
    ships = {APRIL: 0.70, OCTOBER: 0.55}
    candidates: dict[str, Candidate] = {
        "whole past years, first year .6, bias .3": whole_table(dict.fromkeys(ships, 0.6), 0.3),
        "**whole past years, first year .70/.55, bias .5**": whole_table(ships, 0.5),
        "whole past years, no bias": whole_table(ships, none),
        "narrowed by month and horizon, no bias": whole_table({}, none, narrowing(errors, none)),
        "narrowed, half bias": whole_table({}, half, narrowing(errors, half)),
        "narrowed, bias .5": whole_table({}, 0.5, narrowing(errors, 0.5)),
        "the Outlooks' own errors": own_errors(ordinary=False),
        "their own errors of ordinary years": own_errors(ordinary=True),
    }
    every = np.ones(len(errors.year), dtype=bool)
    scored, held = (
        ("CRPS April", "October", "ordinary"),
        ("80 % holds April", "October", "ordinary", "2020–21"),
    )
    headings = ("candidate", *scored, *held)
    print(f"| {' | '.join(headings)} |")
    print("|---|---|---|---|---|---|---|---|")
    for name, candidate in candidates.items():
        score = np.empty(len(errors.year))
        for index, draws in _by_year(errors, candidate, every):
            score[index] = crps(draws.T, errors.outcome[index])
        held = _inside(errors, candidate, every)
        april, ordinary = errors.month == APRIL, errors.ordinary
        scores = [f"{score[k].mean():.3f}" for k in (april, ~april, ordinary)]
        shares = [f"{100 * held[k].mean():.0f} %" for k in (april, ~april, ordinary, ~ordinary)]
        print(f"| {name} | " + " | ".join((*scores, *shares)) + " |")


def common_part(errors: Errors) -> None:
    """Print how much of the variance is common to all allies, ordinary outcomes and all."""
    for label, usable in (
        ("ordinary years", errors.ordinary),
        ("all", np.ones(len(errors.year), dtype=bool)),
    ):
        cells = []
        for month in (APRIL, OCTOBER):
            for ahead in range(LARGEST + 1):
                these = usable & (errors.month == month) & (errors.ahead == ahead)
                if len(np.unique(errors.year[these])) < 2:
                    continue
                means = {
                    y: errors.error[these & (errors.year == y)].mean() for y in np.unique(errors.year[these])
                }
                common = np.array([means[y] for y in errors.year[these]])
                cells.append(f"{month}/{ahead} {100 * common.var() / errors.error[these].var():.0f} %")
        print(f"common to all allies, {label} (month/years ahead): " + ", ".join(cells))


def main() -> None:
    """Compute and print."""
    ledger = Ledger.load() if "--load" in sys.argv[1:] else Ledger.packaged()
    errors = outlook_errors(ledger)
    print(f"{len(errors.year)} forecasts")
    by_horizon(errors)
    common_part(errors)
    by_candidate(errors)


if __name__ == "__main__":
    main()
