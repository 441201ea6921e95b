"""Designs and their placebos: a planted effect is seen, none is where there is none, labels are labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from attribution.build import LAST_YEAR, simulated_panel
from foedus.attribution.designs import (
    Window,
    difference_in_differences,
    dose_response,
    synthetic_control,
    timing,
)
from foedus.attribution.doses import doses_before, hosted_in
from foedus.attribution.panel import GrowthPanel
from foedus.attribution.periods import BEFORE, BORDER, NEVER_ALLIED, OTHERS, PACIFIC, PERIODS, Period
from foedus.attribution.permuting import dose_permutation_p, permutation_p
from foedus.attribution.placebos import (
    failure_of_fit,
    failure_of_placebos,
    failure_of_size,
    leave_one_out,
)
from foedus.attribution.power import power_of_errors, simulated
from foedus.attribution.pull import pull_skill, pull_to_target
from foedus.attribution.simplex import simplex_weights
from foedus.attribution.student import quantile, two_sided_p, welch

AT_2022 = Window(PERIODS[1], PERIODS[2])


def test_a_planted_effect_is_found_and_shifts_the_estimate_by_itself() -> None:
    """Seven points a year laid on allies move the difference in differences by seven, to the last digit."""
    without, planted = (
        difference_in_differences(simulated_panel(e), AT_2022, OTHERS, NEVER_ALLIED) for e in (0.0, 7.0)
    )
    assert planted.estimate - without.estimate == pytest.approx(7.0, abs=1e-9)
    assert planted.se == pytest.approx(without.se, abs=1e-9)
    assert planted.p < 0.02 < without.p


def test_what_all_share_is_no_effect_of_allies() -> None:
    """Growth common to all moves before and after, and not the difference in differences."""
    panel = simulated_panel()
    shocked = replace(panel, growth=panel.growth + 9.0 * (np.arange(panel.first, panel.last + 1) >= 2022))
    before = difference_in_differences(panel, AT_2022, OTHERS, NEVER_ALLIED)
    after = difference_in_differences(shocked, AT_2022, OTHERS, NEVER_ALLIED)
    assert after.estimate == pytest.approx(before.estimate, abs=1e-9)
    moved = timing(shocked, AT_2022, OTHERS).estimate - timing(panel, AT_2022, OTHERS).estimate
    assert moved == pytest.approx(9.0)


def test_names_do_not_matter() -> None:
    """Relabelling countries and changing their order leaves every estimate as it was."""
    panel = simulated_panel(4.0)
    order = np.random.default_rng(1).permutation(len(panel.countries))
    shuffled = GrowthPanel(
        tuple(panel.countries[i] for i in order), panel.first, panel.share[order], panel.growth[order]
    )
    for design in (
        lambda p: difference_in_differences(p, AT_2022, OTHERS, NEVER_ALLIED),
        lambda p: difference_in_differences(p, AT_2022, OTHERS[::-1], NEVER_ALLIED[::-1]),
        lambda p: pull_to_target(p, PERIODS[1], permutations=0),
        lambda p: dose_response(p, AT_2022, doses_before(p, AT_2022))["us-forces"],
    ):
        assert design(shuffled).estimate == pytest.approx(design(panel).estimate, abs=1e-9)


def test_swapping_sides_turns_the_sign_and_nothing_else() -> None:
    """Controls against allies give the same with the other sign, and labels permuted the same p."""
    panel = simulated_panel(3.0)
    one = difference_in_differences(panel, AT_2022, OTHERS, NEVER_ALLIED)
    other = difference_in_differences(panel, AT_2022, NEVER_ALLIED, OTHERS)
    assert (one.estimate, one.se, one.df) == pytest.approx((-other.estimate, other.se, other.df))


def test_permuted_labels_find_what_is_there_and_not_what_is_not() -> None:
    """Groups ten apart are told apart, equal ones are not; the p is never nought."""
    random = np.random.default_rng(5)
    a, b = random.normal(size=21), random.normal(size=7)
    assert permutation_p(a + 10.0, b, permutations=2000) == pytest.approx(1 / 2001)
    assert permutation_p(a - a.mean(), b - b.mean(), permutations=2000) == 1.0
    dose, others = random.normal(size=26), np.column_stack([np.ones(26), random.normal(size=26)])
    assert dose_permutation_p(5.0 * dose + others[:, 1], dose, others, permutations=500) == 1 / 501
    assert dose_permutation_p(others[:, 1], dose, others, permutations=500) > 0.05


def test_welch_and_student_are_those_of_the_tables() -> None:
    """Quantiles of Student's t are those of the tables, and Welch's degrees of freedom those of his paper."""
    assert quantile(0.95, np.array([1.0, 2.0, 10.0])) == pytest.approx([6.3138, 2.9200, 1.8125], abs=2e-3)
    assert two_sided_p(2.228, 10.0) == pytest.approx(0.05, abs=1e-4)
    assert two_sided_p(0.0, 3.0) == 1.0
    effect = welch(np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 4.0]))
    assert (effect.estimate, effect.se) == pytest.approx((-0.5, np.sqrt(5 / 12 + 1.0)))
    assert effect.df == pytest.approx((5 / 12 + 1) ** 2 / ((5 / 12) ** 2 / 3 + 1.0))


def test_one_country_left_out_is_the_estimate_without_it() -> None:
    """The range over one left out holds the estimate, and its ends are those of the country left out."""
    a, b = np.array([1.0, 2.0, 9.0]), np.array([0.0, 1.0])
    assert leave_one_out(a, b) == (1.0, 5.0)


def test_known_effects_are_seen_as_often_as_said() -> None:
    """Without bias, the intervals by Welch hold nine of ten; a larger effect is never seen less often."""
    random = np.random.default_rng(7)
    power = simulated(random.normal(0, 5, 21), random.normal(0, 5, 21), draws=4000)
    assert abs(power.bias) < 0.1
    assert 0.87 <= power.coverage <= 0.92
    assert power.normal_coverage < power.coverage
    seen = [power.power(e) for e in (0.0, 2.0, 5.0, 10.0)]
    assert seen == sorted(seen)
    assert power.power(power.least_effect) >= 0.8 > power.power(power.least_effect - 0.2)
    assert power_of_errors(1.0, 1000.0, (0.0, 100.0)) == pytest.approx((0.1, 1.0), abs=1e-3)


def test_the_twin_is_a_mean_of_donors_that_follows_the_target() -> None:
    """Weights are nowhere negative and add up to one; a target among the donors' means is followed."""
    random = np.random.default_rng(2)
    donors = random.normal(size=(1, 14, 6))
    truth = np.array([0.5, 0.3, 0.2, 0.0, 0.0, 0.0])
    weights = simplex_weights((donors @ truth), donors, penalty=1e-8)[0]
    assert weights == pytest.approx(truth, abs=1e-4)
    wide = random.normal(size=(3, 14, 40))
    many = simplex_weights(wide.mean(axis=2), wide)
    assert (many >= 0).all()
    assert many.sum(axis=1) == pytest.approx(1.0)
    # Among weights without error the most even is taken, here the equal ones.
    assert many == pytest.approx(1 / 40, abs=1e-6)


def test_the_twin_finds_an_effect_that_was_planted() -> None:
    """The gap to rich donors widens by what was laid on allies, and by nothing before."""
    plain, planted = (
        synthetic_control(
            simulated_panel(e, spread=1.0), OTHERS, (*NEVER_ALLIED, *PACIFIC), Period(2000, 2013)
        )
        for e in (0.0, 6.0)
    )
    assert planted.rise(PERIODS[2]) - plain.rise(PERIODS[2]) == pytest.approx(24.0, abs=1e-6)
    assert planted.rise(PERIODS[1]) == pytest.approx(plain.rise(PERIODS[1]), abs=1e-6)


def test_designs_fail_by_rules_that_know_no_design() -> None:
    """Four of eleven placebo years with p below .10 fail a design and three do not; over-fit and few do."""
    assert failure_of_placebos(3, 11) == ""
    assert "4 of 11" in failure_of_placebos(4, 11)
    assert failure_of_placebos(0, 0) == ""
    assert "any" in failure_of_fit(69, 14, 0.01, 3.0)
    assert failure_of_fit(10, 14, 0.01, 3.0) == failure_of_fit(69, 14, 2.0, 3.0) == ""
    assert failure_of_size(3, 7)
    assert failure_of_size(21, 3)
    assert failure_of_size(4, 4) == ""


def test_doses_are_standardised_facts_of_before() -> None:
    """Doses have mean nought and spread one; a year that is left out gives way to the one before."""
    doses = doses_before(simulated_panel(), AT_2022)
    assert len(doses.countries) == 26
    assert np.allclose(doses.values.mean(axis=0), 0.0)
    assert np.allclose(doses.values.std(axis=0), 1.0)
    assert hosted_in(2008) == hosted_in(2007) != hosted_in(2009)
    nearest = doses.values[[doses.countries.index(code) for code in BORDER], 0]
    assert (nearest == doses.values[:, 0].max()).all()
    assert hosted_in(2016)["DEU"] > 30_000 > hosted_in(2016)["ITA"]


def test_the_pull_cannot_be_told_from_convergence_where_there_is_no_pledge() -> None:
    """Shares that go back to a common mean show a pull to 2 % in any window, though nobody pledged."""
    random, codes = np.random.default_rng(4), simulated_panel().countries
    years = LAST_YEAR - 1994
    logs = np.log(0.014) + 0.4 * random.normal(size=(len(codes), 1)) * 0.85 ** np.arange(years)
    logs = logs + 0.01 * random.normal(size=logs.shape)
    panel = GrowthPanel(codes, 1995, np.exp(logs), np.zeros_like(logs))
    assert pull_to_target(panel, Period(1998, 2001), permutations=200).chance < 0.05
    skills = {(k.rival, k.years_ahead): k for k in pull_skill(panel)}
    assert len(skills) == 15
    assert all(k.low <= k.skill <= k.high for k in skills.values())


def test_a_mean_is_over_the_years_that_are_known() -> None:
    """A year without growth is left out of a country's mean, and a country without any is left out whole."""
    panel = simulated_panel()
    growth = panel.growth.copy()
    i = panel.countries.index("CHE")
    growth[i, 2010 - panel.first] = np.nan
    less = replace(panel, growth=growth)
    rest_of_span = growth[i, 2011 - panel.first : 2015 - panel.first].mean()
    assert less.means(("CHE",), BEFORE)[0] == pytest.approx(rest_of_span)
    growth[i] = np.nan
    assert AT_2022.change(replace(panel, growth=growth), ("CHE", "AUT"))[0] == ("AUT",)
