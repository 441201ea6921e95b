"""Structures: the same scenario with another form of a component, never averaged."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import get_args

import numpy as np
import pytest

from foedus.accession import entry_time
from foedus.accession.estimate import SAMPLED, _log_posterior, _transform
from foedus.accession.forms import RatificationForm
from foedus.accession.likelihood import observations
from foedus.accession.posterior import packaged_draws, packaged_pace, standing
from foedus.accession.ratification import LognormalParameters, Ratifiers, lognormal_open, survival
from foedus.accession.record import rounds
from foedus.analysis.compare import compare
from foedus.analysis.differences import changes_between
from foedus.cli import run_command
from foedus.errors import ScenarioError, UnknownNameError
from foedus.evidence import Ledger
from foedus.runs.outcome import outcome
from foedus.scenario import resolve
from foedus.scenario.schema import Structures
from foedus.scenario.structures import forms_of, other_structures, structures
from foedus.spending import budgets
from foedus.spending.convergence import mean_log_share
from foedus.spending.hindcast.fit import fit
from foedus.spending.hindcast.panel import nato_panel
from foedus.spending.lever import BudgetForm
from foedus.spending.numbers import numbers_of, other_numbers

DAY = date(2026, 11, 26)

JOINING_DAY = date(2026, 11, 19)
"""A day on which no other test asks for the days to entry, which are computed here from few draws."""

LATE = "hague-five-years-late"
CONVERGE = {"structures.budgets": "convergence"}
SHARE = "defence_expenditure_share_of_gdp"


@pytest.fixture
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_time, "DRAWS", 12)


def test_every_form_of_the_schema_is_in_the_catalogue() -> None:
    """The catalogue has each form that a scenario may name, one of each component shipped, and says of each
    what it changes, where it comes from, its grade and its skill."""
    known = {"budgets": set(get_args(BudgetForm)), "accession": set(get_args(RatificationForm))}
    assert set(known) == set(Structures.model_fields)
    for component, forms in known.items():
        entries = [s for s in structures() if s.component == component]
        assert {s.form for s in entries} == forms
        (shipped,) = (s.form for s in entries if s.shipped)
        assert shipped == getattr(Structures(), component)
    for entry in structures():
        texts = (entry.changes, entry.source, entry.skill, entry.looked_at)
        assert min(len(text.split()) for text in texts) > 5
        assert entry.grade == "estimated"


def test_naming_the_shipped_forms_changes_nothing() -> None:
    """A scenario that names the shipped forms is the scenario that names none."""
    named = resolve("baseline", as_of=DAY, changes={"structures.budgets": "pull"})
    plain = resolve("baseline", as_of=DAY)
    assert (named.spending, named.parameters) == (plain.spending, plain.parameters)
    assert named.spending.convergence_weights == ()


def test_a_form_brings_the_numbers_that_were_fitted_with_it() -> None:
    """With convergence the numbers of budgets are those of that fit, but one that the scenario sets stands;
    only the numbers of the form that is run count as in use."""
    own = {"parameters.budgets.tide_carry": 0.1}
    other = resolve("baseline", as_of=DAY, changes={**CONVERGE, **own})
    for name, number in other_numbers("convergence").items():
        if isinstance(number.value, float) and name != "tide_carry":
            assert other.parameters[f"budgets.{name}"].value == number.value
    assert other.parameters["budgets.tide_carry"].value == 0.1
    assert {"budgets.convergence", "budgets.convergence_spread"} <= set(other.parameters_in_use())
    assert "budgets.compliance" not in other.parameters_in_use()
    assert "budgets.convergence" not in resolve("baseline", as_of=DAY).parameters_in_use()
    assert set(other_numbers("convergence")) <= {f.name for f in fields(budgets.Parameters)}


def test_the_rate_is_that_of_its_fit() -> None:
    """Fitting on NATO's edition alone, which is packaged, gives the rate that the source states beside the
    one that ships."""
    panel = nato_panel(Ledger.packaged(), "nato-2026-07")
    fitted = fit(panel, panel.years[-1], form="convergence")
    number = numbers_of("convergence")["convergence"]
    rate = fitted.parameters["convergence"]
    assert f"{rate:.4f}" in number.source
    assert isinstance(number.value, float)
    assert 0.0 < number.value < rate
    assert fitted.form == "convergence"
    assert "compliance" not in fitted.parameters


@pytest.mark.usefixtures("few_draws")
def test_the_mean_counts_allies_with_a_share() -> None:
    """The mean is of the logarithms, over those with a weight; who has no share has none."""
    share = np.array([[0.01, np.nan, 0.04, 0.30]])
    mean = mean_log_share(share, np.array([0.5, 0.0, 0.5, 0.0]))
    assert mean == pytest.approx(np.log(0.02))
    resolved = resolve("ukraine-accedes", as_of=JOINING_DAY, changes=CONVERGE)
    weights = dict(zip(resolved.countries, resolved.spending.convergence_weights, strict=True))
    assert weights["UKR"] == weights["ISL"] == 0.0
    assert sum(weights.values()) == pytest.approx(1.0)


def test_shares_close_in_on_their_mean_from_both_sides() -> None:
    """Without chance, drift and plans every share keeps the same part of its distance from the mean."""
    still = {f"parameters.budgets.{n}": v for n, v in (("tide_mean", 0.0), ("exposed_border_effect", 0.0))}
    still |= {"parameters.budgets.reversion": 0.0, "parameters.budgets.convergence": 0.1}
    other = {"levers.announced_plans": False, "uncertainties.shock_scale": 0.0}
    other |= {"uncertainties.forecast_of": "first_print", "parameters.budgets.tide_persistence": 0.0}
    other |= {"parameters.budgets.tide_carry": 0.0, "parameters.budgets.hold_failure_probability": 1.0}
    resolved = resolve("baseline", as_of=DAY, changes={**CONVERGE, **still, **other})
    shares = outcome(resolved, draws=1).quantities[SHARE][:, 0].astype(float)
    logs = np.log(shares[:, np.array(resolved.spending.participates)])
    apart = logs - logs.mean(axis=1, keepdims=True)
    # Growth follows its path and its errors are multiplied by zero.
    np.testing.assert_allclose(apart[2:], 0.9 * apart[1:-1], atol=2e-6)


def test_a_deadline_moves_nothing_where_shares_converge() -> None:
    """Two deadlines differ with the pull and not at all with convergence; the comparison says so without
    being asked, and no form is averaged with another."""
    result = compare("baseline", LATE, draws=200, as_of=DAY)
    spread = result.structures
    assert spread is not None
    assert [(f.component, f.form, f.as_run) for f in spread.forms] == [
        ("", "", True),
        ("budgets", "convergence", False),
    ]
    assert spread.forms[0].differences == result.differences
    for name, entry in spread.forms[1].differences.items():
        assert not any((*entry.low, *entry.median, *entry.high)), name
    least, greatest = spread.medians("europe_canada_expenditure_constant_usd")
    assert (least < 0.0, greatest) == (True, 0.0)
    (row,) = (r for r in spread.table().rows if r["measure"] == "europe_canada_expenditure_constant_usd")
    assert row["range"].endswith("to +0")


@pytest.mark.usefixtures("few_draws")
def test_other_comparisons_run_the_forms_on_demand() -> None:
    """A difference in beliefs is run with the other forms where that is asked for, and the forms in use are
    those of ratification only where a protocol is signed."""
    growth = {"uncertainties.growth_shift": -0.01}
    assert compare("baseline", changes=growth, draws=20, as_of=DAY).structures is None
    asked = compare("baseline", changes=growth, draws=20, as_of=DAY, structures=True).structures
    assert asked is not None
    assert len(asked.forms) == 2
    joining = resolve("ukraine-accedes", as_of=JOINING_DAY)
    assert [s.form for s in other_structures(joining)] == ["convergence", "lognormal"]
    both = compare("baseline", changes=CONVERGE, draws=20, as_of=DAY, structures=True)
    assert both.structures is None
    assert "no probability is put on" in " ".join(both.notes)


def test_a_form_is_a_difference_of_its_own_kind() -> None:
    """The form is named as a structure; the numbers and the tide that follow from it are not named again."""
    plain, other = resolve("baseline", as_of=DAY), resolve("baseline", as_of=DAY, changes=CONVERGE)
    changes = changes_between(plain, other)
    assert [(c.kind, c.name, c.first, c.second) for c in changes] == [
        ("structure", "budget_form", "pull", "convergence")
    ]
    assert forms_of(other) == {"budgets": "convergence", "accession": "weibull"}
    assert "skill is that of the shipped form" in " ".join(n.text for n in other.notes)


def test_a_form_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown form or component is one sentence, exit code 2."""
    with pytest.raises(ScenarioError, match=r"structures\.budgets = 'convergance' cannot be used"):
        resolve("baseline", as_of=DAY, changes={"structures.budgets": "convergance"})
    with pytest.raises(UnknownNameError, match=r"did you mean 'structures\.budgets'"):
        resolve("baseline", as_of=DAY, changes={"structures.budget": "pull"})
    assert run_command(["run", "baseline", "--draws", "10", "--set", "structures.budgets=other"]) == 2
    assert "structures.budgets" in capsys.readouterr().err


def test_both_times_have_the_same_spread_at_the_same_shape() -> None:
    """A lognormal time has its median where a Weibull one has it, and its logarithm the same variance."""
    days = np.exp(np.linspace(np.log(1e-3), np.log(1e7), 200_001))
    shape, median = 2.0, 90.0
    log_hazard = shape * np.log(days / median)
    alive = {
        "lognormal": lognormal_open(log_hazard, 0.0),
        "weibull": np.exp(-np.log(2.0) * np.exp(log_hazard)),
    }
    variance = {}
    for form, left in alive.items():
        assert np.interp(0.5, 1.0 - left, days) == pytest.approx(median, rel=1e-3)
        mass, middle = -np.diff(left), np.log(days[1:])
        variance[form] = mass @ middle**2 - (mass @ middle) ** 2
    assert variance["lognormal"] == pytest.approx(variance["weibull"], rel=1e-3)


def test_the_packaged_lognormal_numbers_are_where_their_posterior_is() -> None:
    """At the medians of the packaged draws the log posterior of the lognormal form is higher than one
    standard deviation to either side, in every number; and those medians are what the file states."""
    draws = packaged_draws(form="lognormal")
    assert len(draws) == 1000
    assert all(isinstance(draw, LognormalParameters) for draw in draws[:3])
    theta = np.array([[_transform(name, getattr(d, name)) for name in SAMPLED] for d in draws])
    observed = observations(rounds(), packaged_pace("lognormal"))
    middle, spread = np.median(theta, axis=0), theta.std(axis=0)
    top = _log_posterior(middle, observed, "lognormal")
    for i, name in enumerate(SAMPLED):
        for sign in (-1.0, 1.0):
            off = middle + sign * spread[i] * (np.arange(middle.size) == i)
            assert _log_posterior(off, observed, "lognormal") < top, name
        stated = _transform(name, getattr(standing("lognormal"), name))
        assert stated == pytest.approx(middle[i], abs=0.01 + 0.01 * abs(middle[i]))


@pytest.mark.usefixtures("few_draws")
def test_a_lognormal_round_differs_and_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    """An accession with lognormal times has other days to entry, rising over the probabilities; all other
    figures of the scenario stay."""
    plain = resolve("ukraine-accedes", as_of=JOINING_DAY)
    other = resolve("ukraine-accedes", as_of=JOINING_DAY, changes={"structures.accession": "lognormal"})
    at = plain.countries.index("UKR")
    before, after = (r.accession.days_to_entry[at] for r in (plain, other))
    assert before != after
    assert list(after) == sorted(after)
    assert plain.spending == other.spending
    one = Ratifiers(*(np.zeros(1) for _ in range(5)))
    ordinary, _, _ = survival(standing("lognormal"), one, np.array([5000.0]), np.array([0.0]))
    assert 0.0 <= float(ordinary.min()) <= float(ordinary.max()) <= 1.0
    run_command(["compare", "baseline", LATE, "--draws", "20", "--no-structures", "--json"])
    assert json.loads(capsys.readouterr().out)["structures"] is None
