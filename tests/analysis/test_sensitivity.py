"""What drives a number: indices of known functions, exchanged streams, and numbers inside their ranges."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from foedus.analysis import designs
from foedus.analysis.designs import group_points, morris_effects, morris_paths
from foedus.analysis.driver_words import fixed_by_grade
from foedus.analysis.number_sensitivity import number_indices
from foedus.analysis.numbers import prepared_numbers
from foedus.analysis.sensitivity import ExchangePlan, grade_of, sensitivity, shock_indices
from foedus.analysis.sobol import Exchanges, Index, sobol_indices
from foedus.analysis.targets import Target, TargetReader, targets_of
from foedus.catalogue import catalogue
from foedus.cli import run_command
from foedus.engine.arrays import Array, ByDrawCountry, OncePerDraw, YearlyPerDraw, YearlyPerDrawCountry
from foedus.engine.blocks import Block
from foedus.engine.component import component, declared_names, shock_axes
from foedus.engine.draws import generator
from foedus.engine.simulate import Problem
from foedus.engine.workspace import Workspaces
from foedus.extending import install
from foedus.parameters import GRADES
from foedus.scenario import Resolved, resolve
from foedus.scenario.chain import CHAIN, all_parameters

DAY = date(2026, 11, 26)
SHARE = "defence_expenditure_share_of_gdp"
COUNT = "allies_at_pledge_count"


@pytest.fixture(scope="module")
def baseline() -> Resolved:
    """Return the baseline as of a day."""
    return resolve("baseline", as_of=DAY)


def _of_function(function: Any, factors: int) -> tuple[Index, ...]:
    """Return the indices of a function in the unit cube from 1,024 base points."""
    runs = function(group_points([f"x{i}" for i in range(factors)], 1024, seed=1))
    indices = sobol_indices(Exchanges(runs[0], runs[-1], runs[1 : factors + 1], runs[factors + 1 : -1]))
    assert indices is not None
    return indices


def _ishigami(points: Array) -> Array:
    """Return Ishigami's function with a = 7 and b = 0.1."""
    x, y, z = np.moveaxis(np.pi * (2.0 * points - 1.0), -1, 0)
    values: Array = np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)
    return values


def _sobol_g(points: Array) -> Array:
    """Return Sobol's G function with a = 0, 1, 4.5 and 9."""
    a = np.array([0.0, 1.0, 4.5, 9.0])
    values: Array = np.prod((np.abs(4.0 * points - 2.0) + a) / (1.0 + a), axis=-1)
    return values


@pytest.mark.parametrize(
    ("function", "first", "total"),
    [
        (_ishigami, (0.314, 0.442, 0.0), (0.558, 0.442, 0.244)),
        (_sobol_g, (0.716, 0.179, 0.024, 0.007), (0.787, 0.242, 0.034, 0.010)),
    ],
)
def test_known_functions_have_their_published_indices(
    function: Any, first: tuple[float, ...], total: tuple[float, ...]
) -> None:
    """Ishigami and Sobol-G, 1,024 base points: first and total indices within 0.03."""
    indices = _of_function(function, len(first))
    assert [i.first for i in indices] == pytest.approx(first, abs=0.03)
    assert [i.total for i in indices] == pytest.approx(total, abs=0.03)
    for index, true in zip(indices, total, strict=True):
        assert index.total_low <= true <= index.total_high


def test_groups_are_exchanged_whole_and_in_the_order_they_occur() -> None:
    """The runs of a design are the first set, each group of the second in it, and the other way round."""
    runs = group_points(["b", "a", "b"], 8, seed=3)
    first, second = runs[0], runs[-1]
    for columns, one, two in (([0, 2], 1, 3), ([1], 2, 4)):
        assert (runs[one][:, columns] == second[:, columns]).all()
        assert (runs[two][:, columns] == first[:, columns]).all()
        others = [k for k in range(3) if k not in columns]
        assert (runs[one][:, others] == first[:, others]).all()
    single = group_points(["a", "a"], 8, seed=3)
    assert (single[1] == single[-1]).all()
    assert (single[2] == single[0]).all()


def test_screening_gives_the_slopes_of_a_plane() -> None:
    """What a number does to a linear function is its slope, the same on every path."""
    points = morris_paths(3, 5, seed=2)
    effects = morris_effects(points, points @ np.array([2.0, -1.0, 0.0]))
    assert [e.size for e in effects] == pytest.approx([2.0, 1.0, 0.0])
    assert [e.direction for e in effects] == pytest.approx([2.0, -1.0, 0.0])
    assert [e.spread for e in effects] == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)


def test_screening_is_that_of_the_library() -> None:
    """Effects on a curved function are those that SALib gives; intervals are near its resampled ones."""
    from SALib.analyze import morris

    points = morris_paths(3, 40, seed=5)
    values = _ishigami(points)
    effects = morris_effects(points, values)
    problem = {"num_vars": 3, "names": ["x", "y", "z"], "bounds": [[0.0, 1.0]] * 3}
    theirs = morris.analyze(problem, points, values, num_levels=4, seed=1)
    for name, own in (("mu_star", "size"), ("mu", "direction"), ("sigma", "spread")):
        assert [getattr(e, own) for e in effects] == pytest.approx(list(theirs[name]), abs=1e-9)
    assert [e.error for e in effects] == pytest.approx(list(theirs["mu_star_conf"]), rel=0.4, abs=1e-9)


@dataclass(frozen=True)
class Now:
    """Reads the year."""

    year: float


@dataclass(frozen=True)
class Before:
    """Reads last year's value."""

    defence_expenditure_share_of_gdp: ByDrawCountry


@dataclass(frozen=True)
class Shocks:
    """One shock of each shape."""

    compliance_error: OncePerDraw
    defence_share_error_common: YearlyPerDraw
    defence_share_error_own: YearlyPerDrawCountry


@dataclass(frozen=True)
class Parameters:
    """None."""


@dataclass(frozen=True)
class Result:
    """Writes the value."""

    defence_expenditure_share_of_gdp: ByDrawCountry


@dataclass(frozen=True)
class Start:
    """Nought before the first year."""

    defence_expenditure_share_of_gdp: Array


def _step(now: Now, before: Before, shocks: Shocks, parameters: Parameters) -> Result:
    """Add terms of known variance: 1 once, 2 a year, 4 a year by country, and a product of variance 1 a "
    "year."""
    del now, parameters
    once, common = shocks.compliance_error, shocks.defence_share_error_common
    moved = 2.0**0.5 * common + 2.0 * shocks.defence_share_error_own + once * common
    first_year = before.defence_expenditure_share_of_gdp.shape[0] != once.shape[0]
    last = before.defence_expenditure_share_of_gdp + (once if first_year else 0.0)
    return Result(last + moved)


ENDS = ("_low", "", "_high")
"""An interval and what lies in it, as the fields of an index end."""


def _toy() -> tuple[Problem, Any]:
    """Return the chain of one component, and what reads the mean over its countries off a block."""
    chain = (component("toy", SimpleNamespace(step=_step)),)  # type: ignore[arg-type]
    problem = Problem(chain, 2025, 2, (Start(np.zeros((1, 2))),), ((),) * 4, {})

    def read(block: Block) -> Array:
        *_, (_, last) = block.years()
        return block.cut(last[SHARE]).mean(axis=1)[np.newaxis]

    return problem, read


def test_exchanged_streams_give_the_analytic_indices_of_a_linear_chain() -> None:
    """Shocks of every shape, with a product: nine of ten intervals of 95 % or more hold the index itself, and
    the mean over pairs of seeds is as near to it as the intervals say."""
    problem, read = _toy()
    once, common, own, product = 1.0, 2.0 * 4, 4.0 * 4 / 2, 1.0 * 4
    true = np.array([once, common, own, once + product, common + product, own])
    true /= once + common + own + product
    rows = []
    for pair in range(20):
        plan = ExchangePlan(read, tuple((n,) for n in declared_names(Shocks)), (2 * pair, 2 * pair + 1))
        indices = sobol_indices(plan.exchanges(plan.values(problem, draws=2000)[0]))
        assert indices is not None
        rows.append([[getattr(i, f"{k}{end}") for k in ("first", "total") for i in indices] for end in ENDS])
    low, middle, high = np.array(rows).swapaxes(0, 1)
    assert ((low <= true) & (true <= high)).mean() >= 0.9
    assert (np.abs(middle.mean(axis=0) - true) < (high - low).mean(axis=0) / np.sqrt(len(rows))).all()


def test_indices_do_not_depend_on_the_number_of_workers() -> None:
    """Runs with exchanged streams give the same bits in one thread and in two, and one run without the other
    has the same totals but for noise."""
    problem, read = _toy()
    plans = [ExchangePlan(read, (("compliance_error",),), (1, 2), both) for both in (True, False)]
    values = plans[0].values(problem, draws=1100, workers=2)
    assert (values == plans[0].values(problem, draws=1100, workers=1)).all()
    assert (values[:, :3] == plans[1].values(problem, draws=1100)).all()
    both, single = (sobol_indices(plan.exchanges(values[0, : plan.runs])) for plan in plans)
    assert both is not None
    assert single is not None
    assert single[0].total == pytest.approx(both[0].total, abs=0.05)


def test_a_constant_is_said_and_not_divided_by() -> None:
    """A number that is the same in every draw has no indices; nor has one with a spread of rounding alone."""
    flat = np.full(10, 3.0)
    assert sobol_indices(Exchanges(flat, flat, flat[np.newaxis], flat[np.newaxis])) is None
    noisy = 1e12 * (1.0 + 1e-16 * generator(1).standard_normal(10))
    assert sobol_indices(Exchanges(noisy, noisy, noisy[np.newaxis], noisy[np.newaxis])) is None
    result = sensitivity("baseline", changes={"uncertainties.shock_scale": 0}, draws=20, as_of=DAY)
    assert all(target.is_constant and not target.shocks for target in result.targets)
    assert "the same in every draw" in result.headline()
    assert result.chart().summary


def test_indices_are_those_of_the_runs(baseline: Resolved) -> None:
    """Quantiles are those of the first run; indices lie about 0 to 1, and totals are no less than firsts."""
    result = shock_indices(baseline, year=2028, draws=400)
    target = result.of(COUNT)
    assert [t.measure for t in result.targets] == list(baseline.measure_names())
    assert result.runs == 2 + 2 * (len(target.shocks) + len(target.components) - 2)
    assert target.totals()["defence_share_error_common"] > target.totals()["edition_error"] > 0.0
    for shock in target.shocks:
        assert shock.index.first <= shock.index.total + 0.05
        assert shock.index.total_low <= shock.index.total <= shock.index.total_high
    alone = shock_indices(baseline, [Target(COUNT)], year=2028, draws=400, workers=1)
    assert alone.targets == (target,)


def test_shocks_that_cannot_move_a_number_are_no_factors(baseline: Resolved) -> None:
    """A shock of a component that the scenario does not use, exchanged, moves no bit of any measure."""
    result = shock_indices(baseline, draws=2, both=False)
    reader = TargetReader(baseline, targets_of(baseline), 2035)
    problem = baseline.problem()
    block = Block(problem, 1, 0, 40, Workspaces())
    reached = shock_axes(problem.needed_part(reader.wanted))
    idle = [name for name in result.still if name in reached]
    assert idle == ["question_luck"]
    assert set(result.still) | {s.name for s in result.targets[0].shocks} == set(shock_axes(CHAIN))
    own = reader.read(block)
    assert (reader.read(replace(block, exchanged=dict.fromkeys(idle, 2))) == own).all()
    assert (reader.read(replace(block, exchanged={"edition_error": 2})) != own).any()


def test_an_ally_has_drivers_of_its_own(baseline: Resolved) -> None:
    """An ally's share, and what follows from it, in any year."""
    asked = targets_of(baseline, [SHARE, "pledge_gap_constant_usd"], ["Poland"])
    result = shock_indices(baseline, asked, year=2028, draws=300)
    assert [(t.measure, t.country) for t in result.targets] == [(t.measure, "POL") for t in asked]
    assert result.of(SHARE, "POL").shocks[0].name == "defence_share_error_own"
    assert "Poland" in result.headline()


def test_every_chance_has_a_grade(baseline: Resolved) -> None:
    """What sizes a shock is a number of the scenario, a component with numbers, or a grade."""
    components = {name.partition(".")[0] for name in all_parameters()}
    for shock in shock_axes(CHAIN):
        sized_by = catalogue()[shock].sized_by
        assert sized_by in {*all_parameters(), *components, *GRADES}, shock
        assert grade_of(baseline, shock) in GRADES
    assert grade_of(baseline, "plan_realisation_error") == "judged"
    assert grade_of(baseline, "lead_time_error") == "assumed"
    sizing = {catalogue()[shock].sized_by for shock in shock_axes(CHAIN)}
    in_use = baseline.parameters_in_use()
    assert sum(fixed_by_grade(baseline).values()) == len(in_use) - len(sizing & set(in_use))


def test_a_prepared_problem_is_that_of_a_scenario_resolved_anew() -> None:
    """Other numbers in the prepared problem give every bit that a scenario with these numbers gives."""
    scenario = "requirement-us-land"
    values = {
        "budgets.compliance": 0.9,
        "readiness.tanks": 0.5,
        "lead_time.tanks": 2.5,
        "prices.manoeuvre_brigades": 1.5e9,
        "industry.progress_ratio": 0.85,
    }
    one = resolve(scenario, as_of=DAY)
    two = resolve(scenario, as_of=DAY, changes={f"parameters.{name}": v for name, v in values.items()})
    reader = TargetReader(one, targets_of(one), 2027)
    prepared = prepared_numbers(reader)
    assert set(values) <= {factor.name for factor in prepared.factors}
    workspaces = Workspaces()
    own, moved = (
        reader.read(Block(problem, 1, 0, 3, workspaces))
        for problem in (one.problem(), prepared.with_values(values))
    )
    assert (moved == reader.read(Block(two.problem(), 1, 0, 3, Workspaces()))).all()
    anew = {
        t.measure for t, changed in zip(reader.targets, (moved != own).any(axis=1), strict=True) if changed
    }
    assert {"nato_gap_constant_usd", "forces_gap_constant_usd"} <= anew


def test_positions_span_the_stated_ranges(baseline: Resolved) -> None:
    """Both ends of a range are reached, and every value of a table that is scaled stays inside."""
    prepared = prepared_numbers(TargetReader(baseline, targets_of(baseline), 2035))
    for factor in prepared.factors:
        low, high = all_parameters()[factor.name].range
        ends = [np.array(factor.value_at(position)) for position in (0.0, 1.0)]
        for values in ends:
            assert (values >= low - 1e-12).all()
            assert (values <= high + 1e-12).all()
        if not factor.is_scaled:
            assert [float(values) for values in ends] == [low, high]
    assert set(prepared.fixed) | {f.name for f in prepared.factors} == set(baseline.parameters)


def test_numbers_are_screened_and_grouped(baseline: Resolved) -> None:
    """What numbers do to an answer: every one that can move it, with its grade, and each group of them."""
    result = number_indices(baseline, [Target(COUNT)], year=2027, draws=20, paths=2, points=2)
    (target,) = result.targets
    factors = prepared_numbers(TargetReader(baseline, (Target(COUNT),), 2027)).factors
    assert {n.name for n in target.numbers} == {f.name for f in factors} > {"budgets.compliance"}
    assert target.numbers[0].on_mean.size == max(n.on_mean.size for n in target.numbers)
    grades = Counter(factor.setting.grade for factor in factors)
    assert {group.name: group.numbers for group in target.groups} == grades
    assert result.runs == 1 + 2 * (len(factors) + 1) + 2 * (2 * len(grades) + 2)
    again = number_indices(baseline, [Target(COUNT)], year=2027, draws=20, paths=2, points=2, workers=1)
    assert again.targets == result.targets
    assert {"groups", "numbers"} == set(result.charts())
    assert result.chart().summary
    assert len(json.dumps(result.to_columns())) > 100


def test_what_does_not_move_has_no_groups(baseline: Resolved) -> None:
    """With no random terms the spread of an answer is nought at every point, and is said to be so."""
    still = replace(baseline, shock_scale=0.0)
    result = number_indices(still, [Target(COUNT)], year=2027, draws=2, paths=2, points=2)
    assert all(group.on_spread is None for group in result.targets[0].groups)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--measure allies_at_pledge_cuont", "did you mean 'allies_at_pledge_count'"),
        (f"--measure {SHARE}", "name an ally with --country"),
        (f"--measure {COUNT} --country POL", "a measure of the alliance"),
        ("--country Austria", "is not a country of baseline"),
        ("--country Iceland", "has no figures"),
        ("--year 2050", "2050 is not a year of baseline"),
        ("--draws 1", "1 is out of range"),
        ("--range budgets.compliance=0.4..0.6", "add --numbers"),
        ("--numbers --range budgets.compliance=0.4..2", "give two ends from 0 to 1.5"),
        ("--numbers --range budgets.own_error=0.1..0.2", "is a table and not one number"),
        ("--numbers --range budgets.complience=0.1..0.2", "did you mean 'budgets.compliance'"),
        ("--numbers --range crew.tanks=5..6", "cannot move: the scenario does not use it"),
        ("--numbers --range budgets.compliance=much", "is not NAME=LOW..HIGH"),
        ("--numbers --points 100", "100 is no power of two"),
    ],
)
def test_bad_input_is_one_sentence(words: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be asked is refused with what to do, and exit code 2."""
    assert run_command(["sensitivity", "--as-of", str(DAY), *words.split()]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1


def test_without_the_library_of_designs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where SALib is missing, the command says which extra to install; chances need none."""
    monkeypatch.setitem(__import__("sys").modules, "SALib.sample.morris", None)
    assert run_command(["sensitivity", "--numbers"]) == 2
    assert install("sensitivity") in capsys.readouterr().err
    assert designs.LEVELS == 4


def test_a_narrower_range_is_used(baseline: Resolved) -> None:
    """A number moves inside the range that is given."""
    reader = TargetReader(baseline, targets_of(baseline), 2035)
    prepared = prepared_numbers(reader, {"budgets.compliance": (0.4, 0.6)})
    factor = next(f for f in prepared.factors if f.name == "budgets.compliance")
    assert [factor.value_at(p) for p in (0.0, 1.0)] == pytest.approx([0.4, 0.6])
