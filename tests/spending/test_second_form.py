"""The run from NATO's edition of July 2026, without plans and exceptions: sane in 2035."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from foedus.evidence import Ledger
from foedus.runs.outcome import Outcome, outcome
from foedus.scenario import resolve

SHARE = "defence_expenditure_share_of_gdp"


@pytest.fixture(scope="module")
def run() -> Outcome:
    """Two thousand draws of the baseline without announced plans, Spain held to the pledge of all."""
    resolved = resolve("baseline", as_of=date(2026, 11, 26), ledger=Ledger.packaged())
    count, section = len(resolved.countries), resolved.spending
    none = ((float("nan"),) * count,) * 2
    plain = replace(
        section,
        announced=tuple(none for _ in section.announced),
        announced_goals=(),
        pledge_targets=(section.pledge_target,) * count,
    )
    return outcome(replace(resolved, spending=plain), draws=2000)


def _last(run: Outcome) -> NDArray[np.float64]:
    return 100 * run.quantities[SHARE][-1].astype(np.float64)


@pytest.mark.parametrize(
    ("country", "median", "low", "high"),
    [
        ("LTU", 4.7, 3.4, 7.1),
        ("EST", 4.7, 3.5, 6.5),
        ("LVA", 4.6, 3.4, 7.0),
        ("POL", 4.5, 3.5, 6.1),
        ("FIN", 4.0, 3.1, 5.4),
        ("USA", 3.4, 2.8, 4.4),
        ("DEU", 3.2, 2.7, 3.9),
        ("BEL", 3.0, 2.6, 3.7),
    ],
)
def test_no_ally_is_absurd_in_2035(
    run: Outcome, country: str, median: float, low: float, high: float
) -> None:
    """Shares of 2035 and their middle 80 % are those of a first, separate version of the form."""
    share = _last(run)[:, run.resolved.countries.index(country)]
    assert np.quantile(share, [0.5, 0.1, 0.9]) == pytest.approx([median, low, high], rel=0.05)


def test_counts_and_money_of_2035(run: Outcome) -> None:
    """11 allies at 3.5 % and 31 at 2 % in 2035, 28 in 2027; Europe and Canada spend about 900 bn."""
    measures = run.summary.measures
    years = run.summary.years
    at_pledge, at_two = (measures[f"allies_at_{name}_count"] for name in ("pledge", "guideline"))
    assert at_pledge.interval() == pytest.approx((6, 11, 18), abs=1)
    assert at_two.interval() == pytest.approx((30, 31, 31), abs=1)
    assert at_two.interval(years.index(2027)) == pytest.approx((25, 28, 29), abs=1)
    money = measures["europe_canada_expenditure_constant_usd"]
    assert money.median[0] == pytest.approx(633.9e9, rel=1e-3)
    assert np.array(money.interval()) / 1e9 == pytest.approx([788, 909, 1050], rel=0.05)


def test_extremes_of_2035_are_rare(run: Outcome) -> None:
    """No ally has a probability above .07 of more than 8 % of GDP, or above .03 of less than 2 %."""
    share = _last(run)[:, [i for i, c in enumerate(run.resolved.countries) if c != "ISL"]]
    assert (share > 8.0).mean(axis=0).max() <= 0.07
    assert (share < 2.0 * (1 - 1e-6)).mean(axis=0).max() <= 0.03
