"""Arrays that are kept, equations that run one value at a time, and components that nobody needs."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from foedus.engine import compiled
from foedus.engine.blocks import Block
from foedus.engine.component import needed_part
from foedus.engine.elementary import LARGEST, exp, log, of_one
from foedus.engine.slabs import columns_of, slab_quantiles
from foedus.engine.workspace import Equation, Workspace, Workspaces, repeated, same_row
from foedus.evidence import Ledger
from foedus.scenario import Resolved, resolve
from foedus.scenario.chain import CHAIN
from foedus.spending.equations import YEAR

DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def accedes() -> Resolved:
    return resolve("ukraine-accedes", as_of=DAY, ledger=Ledger.packaged())


def _loop(equation: Equation) -> Any:
    """Return the loop of an equation as it stands: what a compiler would be given."""
    return equation.loop


def test_kept_arrays_hold_the_numbers_of_new_ones(accedes: Resolved) -> None:
    """Two blocks after one another in the same arrays, with only what a run needs, are bit for bit the blocks
    in arrays of their own with all components."""
    spaces, problem, needed = Workspaces(), accedes.problem(), accedes.needed()
    assert needed is not None
    for number in (0, 1):
        block = Block(problem, 1, number, 500, spaces)
        for (year, kept), (same, fresh) in zip(block.passing_years(needed), block.years(), strict=True):
            assert year == same
            for name in needed & kept.keys():
                assert np.array_equal(kept[name], fresh[name], equal_nan=True), name
            if year > accedes.start_year:
                assert needed <= kept.keys()
                assert "equipment_share" not in kept
                assert "equipment_share" in fresh


def test_one_value_at_a_time_gives_the_bits_of_arrays(
    accedes: Resolved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loop that is compiled, run as it stands over four draws, gives what the equation gives for arrays,
    to the bit, in every year of a scenario with plans, a printed year and a pledge."""
    exp_of_one, log_of_one = of_one()
    scalar = {"exp": exp_of_one, "log": log_of_one}
    seen = 0
    plain = Workspace.run

    def both(self: Workspace, equation: Equation, out: Any, values: Any) -> None:
        nonlocal seen
        plain(self, equation, out, values)
        few = out[:, :4].copy()
        cells, drift, traits, numbers = values
        part = (
            type(cells)(*(np.atleast_2d(v)[:4] for v in cells)),
            type(drift)(*(np.broadcast_to(v, (out.shape[1], 1))[:4] for v in drift)),
            traits,
            numbers,
        )
        with monkeypatch.context() as patch:
            for name, function in scalar.items():
                patch.setitem(equation.loop.__globals__, name, function)
            with np.errstate(all="ignore"):
                plain(Workspace(compiler=_loop), equation, few, part)
        assert np.array_equal(few, out[:, :4], equal_nan=True)
        seen += 1

    monkeypatch.setattr(Workspace, "run", both)
    for scenario in ("baseline", "ukraine-accedes"):
        resolved = resolve(scenario, as_of=DAY, ledger=Ledger.packaged())
        for _ in zip(range(4), Block(resolved.problem(), 1, 0, 4).years(), strict=False):
            pass
    assert seen >= 6


def test_functions_of_one_value_are_those_of_arrays() -> None:
    """Powers and logarithms of one double have the bits of those of arrays, at the ends and for NaN too."""
    random = np.random.default_rng(1)
    exp_of_one, log_of_one = of_one()
    x = np.concatenate([random.standard_normal(500), [0.0, -0.0, np.nan, 1e9, -1e9, LARGEST, -LARGEST]])
    y = np.concatenate([random.uniform(1e-5, 0.2, 500), exp(random.uniform(-700, 700, 300)), [1.0, np.nan]])
    with np.errstate(all="ignore"):
        assert np.array_equal(exp(x), [exp_of_one(value) for value in x], equal_nan=True)
        assert np.array_equal(log(y), [log_of_one(value) for value in y], equal_nan=True)


def test_a_component_runs_where_something_it_writes_is_read() -> None:
    """Of the chain only those components are needed whose results are wanted, or read by a needed one this
    year or the next; everything is needed where everything is wanted."""
    names = [part.name for part in needed_part(CHAIN, frozenset({"defence_expenditure_share_of_gdp"}))]
    assert "budgets" in names
    assert not {"parts", "shortfall"} & set(names)
    assert [p.name for p in needed_part(CHAIN, frozenset({"equipment_share"}))] == [*names, "parts"]
    assert needed_part(CHAIN, frozenset()) == ()


def test_rows_are_repeated_without_being_copied() -> None:
    """A repeated row is one row that cannot be written to; rows that differ stay as they are."""
    row = np.array([1.0, 2.0])
    view = repeated(row, 3)
    assert view.tolist() == [[1.0, 2.0]] * 3
    assert np.shares_memory(view, row)
    assert same_row(view).tolist() == [[1.0, 2.0]]
    with pytest.raises(ValueError, match="read-only"):
        view[0, 0] = 5.0
    rows = np.arange(6.0).reshape(3, 2)
    assert repeated(rows, 3) is rows
    assert same_row(rows) is rows


def test_arrays_of_a_year_outlive_the_next() -> None:
    """What was written in one year is still there in the next, and the year after that takes its place."""
    workspace = Workspace(kept=True)
    workspace.start()
    first = workspace.array("x", (2,))
    workspace.next_year()
    assert workspace.array("x", (2,)) is not first
    workspace.next_year()
    assert workspace.array("x", (2,)) is first
    assert workspace.array("x", (3,)).shape == (3,)
    assert Workspace().array("x", (2,)) is not first


def test_figures_are_worked_out_once_a_year() -> None:
    """Figures that no draw changes are worked out once for each year of a kept workspace, else every time."""
    calls: list[int] = []
    kept, fresh = Workspace(kept=True), Workspace()
    for workspace in (kept, fresh):
        for _ in range(2):
            workspace.start()
            for _ in range(2):
                workspace.next_year()
                workspace.once("figures", lambda: calls.append(1))
    assert len(calls) == 2 + 4


def test_few_draws_are_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equations are compiled for many draws where numba is installed, and never without it."""
    monkeypatch.setattr(compiled, "find_spec", lambda name: object())
    assert compiled.compiler_for(compiled.COMPILED_FROM - 1) is None
    assert compiled.compiler_for(compiled.COMPILED_FROM) is compiled.compiled_loop
    monkeypatch.setattr(compiled, "find_spec", lambda name: None)
    assert compiled.compiler_for(compiled.COMPILED_FROM) is None
    assert {function.__module__ for function in YEAR.parts} >= {"foedus.spending.equations"}


@pytest.mark.parametrize("slab", [1, 7, 10_000])
def test_slabs_do_not_move_quantiles(slab: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quantiles a few countries at a time are those of all at once, bit for bit; NaN where there are none."""
    from foedus.engine import slabs

    monkeypatch.setattr(slabs, "SLAB", slab)
    values = np.random.default_rng(2).standard_normal((5, 7))
    values[:, 3] = np.nan
    q = (0.1, 0.5, 0.9)
    assert np.array_equal(
        slab_quantiles(columns_of(values), 5, 7, q), np.quantile(values, q, axis=0), equal_nan=True
    )
