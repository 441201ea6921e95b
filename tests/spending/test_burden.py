"""The burden-sharing panel: published correlations, ranks over all weightings, and statistics by law."""

from __future__ import annotations

import json
import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foedus.cli.burden import burden_command
from foedus.errors import InputError, NoDataError
from foedus.evidence import Ledger
from foedus.spending.burden import burden, rank_ranges
from foedus.spending.ranks import (
    concordance,
    kendall,
    kendall_p,
    partial,
    permutation_p,
    ranks,
    signed_rank,
    spearman,
)

LEDGER = Ledger.packaged()
values = st.lists(st.integers(-5, 5).map(float), min_size=4, max_size=12)


@given(values, st.randoms(use_true_random=False))
def test_rank_statistics_are_the_known_ones(a: list[float], random: object) -> None:
    """Spearman's and Kendall's correlations and mean ranks, with ties, are those of SciPy."""
    x = np.array(a)
    y = np.random.default_rng(len(a)).integers(0, 6, len(a)).astype(float)
    np.testing.assert_allclose(ranks(x), stats.rankdata(x))
    if np.ptp(x) > 0.0 and np.ptp(y) > 0.0:
        assert spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-12)
        assert kendall(x, y) == pytest.approx(stats.kendalltau(x, y).statistic, abs=1e-12)
    else:
        assert spearman(x, y) == 0.0
        assert kendall(x, y) == 0.0


def test_signed_ranks_are_the_known_ones() -> None:
    """Wilcoxon's statistic and its chance are those of SciPy's normal approximation."""
    d = np.random.default_rng(5).standard_normal(20) + 0.3
    plus, p = signed_rank(d)
    known = stats.wilcoxon(d, correction=True, method="asymptotic", alternative="two-sided")
    assert min(plus, 210 - plus) == known.statistic
    assert p == pytest.approx(known.pvalue, rel=1e-6)
    assert signed_rank(np.zeros(3)) == (0.0, 1.0)


def test_what_is_held_constant_explains_nothing_more() -> None:
    """A correlation that a third variable makes disappears when that variable is held constant."""
    random = np.random.default_rng(2)
    third = random.standard_normal(400)
    a, b = third + 0.3 * random.standard_normal(400), third + 0.3 * random.standard_normal(400)
    assert spearman(a, b) > 0.8
    assert abs(partial(a, b, [third])) < 0.12


def test_a_permutation_chance_is_a_chance() -> None:
    """The chance is small for a perfect order, near one for its reverse, and about a half for none."""
    order = np.arange(10.0)
    assert permutation_p(order, order) < 0.001
    assert permutation_p(order, -order) == 1.0
    assert 0.2 < permutation_p(order, np.array([3.0, 9, 1, 6, 0, 8, 2, 7, 5, 4])) < 0.8


@pytest.mark.parametrize(("year", "rho"), [(2014, 0.246), (2024, -0.023)])
def test_the_published_correlations_of_the_june_2024_edition(year: int, rho: float) -> None:
    """Among the 29 allies of 2022 the share of GDP correlates with GDP by 0.246 in 2014 and -0.023 in
    2024."""
    found = burden(LEDGER, year=year, edition="nato-2024-06", allies_of=date(2022, 12, 31))
    assert found.correlations[0].allies == 29
    assert found.correlations[0].value == pytest.approx(rho, abs=0.001)
    every = burden(LEDGER, year=year, edition="nato-2024-06", allies_of=date(2024, 6, 17))
    assert every.correlations[0].value == pytest.approx(rho, abs=0.03)


def test_the_panel_of_2024() -> None:
    """Poland has the highest share; parts of spending less parts of GDP add up to nothing; ranks are in
    order."""
    found = burden(LEDGER, year=2024, edition="nato-2024-06")
    assert (len(found.rows), found.rows[0].country) == (31, "POL")
    assert sum(r.spending_less_gdp for r in found.rows) == pytest.approx(0.0, abs=1e-9)
    for r in found.rows:
        assert 1 <= r.best_rank <= r.likely_best_rank <= r.likely_worst_rank <= r.worst_rank <= 31
    assert found.benefits is not None
    assert found.benefits.allies == 31
    assert {c.name.split(",")[0] for c in found.correlations} == {"all allies", "without the United States"}


def test_without_options_the_last_whole_year_answers() -> None:
    """Without options the newest edition's last whole year answers with what it holds."""
    found = burden(LEDGER)
    assert (found.year, found.edition) == (2026, "nato-2026-07")
    assert "equipment_share" in found.metrics


def test_ranks_over_all_weightings() -> None:
    """Who leads every measure is first under every weighting; two that each lead one of two share the
    ranks."""
    found = rank_ranges(np.array([[3.0, 3.0], [2.0, 1.0], [1.0, 2.0]]), weightings=500)
    assert found[0].tolist() == [1, 1, 1, 1]
    assert found[1:, :2].tolist() == [[2, 3], [2, 3]]


def test_concordance_needs_population() -> None:
    """Without population there are no benefits to compare with; equal parts give no difference."""
    ones = np.ones(4)
    assert concordance(("BEL", "DEU", "FRA", "ITA"), ones, ones, np.full(4, np.nan)) is None
    found = concordance(("BEL", "DEU", "FRA", "ITA"), ones, ones, ones)
    assert found is not None
    assert (found.above, found.p) == (0, 1.0)


def test_a_burden_that_cannot_be_given() -> None:
    """An unknown basis, an edition that is not at hand, and a year without figures are refused."""
    with pytest.raises(InputError, match="--basis: 'fair' is not a basis; use one of nato, sipri"):
        burden(LEDGER, basis="fair")
    with pytest.raises(NoDataError):
        burden(LEDGER, basis="sipri")
    with pytest.raises(NoDataError):
        burden(LEDGER, year=1990)
    with pytest.raises(NoDataError, match="fewer than three allies in 2014"):
        burden(LEDGER, year=2014, edition="nato-2024-06", allies_of=date(1948, 1, 1))


def test_the_command_prints_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the panel is one object; the text says that there is no single index."""
    burden_command(edition="nato-2024-06", year=2024, json_output=True)
    assert len(json.loads(capsys.readouterr().out)["rows"]) == 31
    burden_command(edition="nato-2024-06", year=2024)
    assert "there is no single index" in capsys.readouterr().out


@pytest.mark.parametrize(("count", "seed"), [(8, 1), (15, 2), (31, 3), (31, 4)])
def test_each_rank_correlation_has_its_own_probability(count: int, seed: int) -> None:
    """Kendall's tau has the exact probability of SciPy and Spearman's rho its own."""
    random = np.random.default_rng(seed)
    a = random.normal(size=count)
    b = 0.2 * a + random.normal(size=count)
    tau = stats.kendalltau(a, b, alternative="greater", method="exact")
    assert kendall(a, b) == pytest.approx(tau.statistic)
    assert kendall_p(a, b) == pytest.approx(tau.pvalue, abs=4 * math.sqrt(0.25 / 20_000))
    rho = stats.permutation_test(
        (a,), lambda x: stats.spearmanr(x, b).statistic, permutation_type="pairings",
        n_resamples=2000, alternative="greater", rng=random,
    )  # fmt: skip
    assert permutation_p(ranks(a), ranks(b)) == pytest.approx(rho.pvalue, abs=0.05)


def test_ties_leave_kendalls_probability_sound() -> None:
    """With ties the probability is that of SciPy's tau over the same kind of orders."""
    random = np.random.default_rng(5)
    a, b = np.round(random.normal(size=20)), random.normal(size=20)
    orders = [stats.kendalltau(a, random.permutation(b)).statistic for _ in range(2000)]
    expected = float(np.mean(np.array(orders) >= stats.kendalltau(a, b).statistic - 1e-12))
    assert kendall_p(a, b) == pytest.approx(expected, abs=0.05)


def test_the_burden_prints_a_probability_for_each_statistic() -> None:
    """Spearman's rho and Kendall's tau of the same allies stand with probabilities of their own."""
    rows = {(c.name, c.statistic): c for c in burden(Ledger.packaged(), year=2024).correlations}
    for (name, statistic), row in rows.items():
        if statistic == "kendall":
            assert row.p != rows[name, "spearman"].p
