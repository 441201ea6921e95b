"""What is printed of draws holds over seeds: errors are what other seeds show, and digits end there."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.engine.draws import generator
from foedus.engine.precision import STEPS, held, quantile_errors, unit_of

Q = (0.1, 0.5, 0.9)
SIZES = st.floats(1e-9, 1e15)


@pytest.mark.parametrize("draws", [500, 4_000])
def test_an_error_is_what_other_seeds_show(draws: int) -> None:
    """The error of a quantile is the spread of that quantile over seeds, here of a skewed distribution."""
    samples = np.exp(generator(3).standard_normal((draws, 400)))
    spread = np.quantile(samples, Q, axis=0).std(axis=1)
    np.testing.assert_allclose(quantile_errors(samples, Q).mean(axis=1), spread, rtol=0.15)


def test_draws_that_agree_have_no_error() -> None:
    """Without spread there is no error, and a single draw says nothing of one."""
    assert quantile_errors(np.full((50, 2), 3.0), Q).tolist() == [[0.0, 0.0]] * 3
    assert quantile_errors(np.array([[1.0], [2.0]])[:1], Q).tolist() == [[0.0]] * 3
    assert quantile_errors(np.arange(100.0), Q).shape == (3,)


@given(SIZES)
def test_a_step_is_the_least_round_one_above_four_errors(error: float) -> None:
    """A step is 1, 2 or 5 times a power of ten, four errors or more, and less than ten."""
    unit = unit_of(error)
    assert STEPS * error <= unit <= 2.5 * STEPS * error * (1 + 1e-12)
    assert f"{unit:e}"[0] in "125"
    assert float(f"{unit:.0e}") == unit


def test_without_an_error_there_is_no_step() -> None:
    """No error, an infinite one and none that is a number give no step."""
    assert [unit_of(error) for error in (0.0, math.inf, math.nan, -1.0)] == [0.0] * 4
    assert [unit_of(error) for error in (0.25, 0.26, 4.5, 12.5)] == [1.0, 2.0, 20.0, 50.0]


@given(st.lists(SIZES, min_size=1, max_size=3), st.floats(1e-9, 10.0))
def test_rounding_moves_by_half_a_step_at_most(values: list[float], relative: float) -> None:
    """A figure moves by half a step at most, keeps its order and its first digit, and is rounded once."""
    error = relative * max(values)
    figures = held(sorted(values), (error, error / 2.0))
    assert list(figures) == sorted(figures)
    unit = unit_of(error)
    for value, figure in zip(sorted(values), figures, strict=True):
        assert abs(figure - value) <= unit / 2.0 * (1.0 + 1e-9)
        assert figure > 0.0
        assert held((figure,), (error,)) == (figure,)
        assert held((-value,), (error,)) == (-held((value,), (error,))[0],)


def test_figures_that_stand_together_have_one_step() -> None:
    """Median and ends are rounded to the step of the least certain; a share is a plain decimal fraction."""
    assert held((1_604.9, 1_889.6, 2_306.8), (4.5, 2.3, 3.8)) == (1_600.0, 1_880.0, 2_300.0)
    assert held((0.02314, 0.03528, 0.04111), (0.0002,)) == (0.023, 0.035, 0.041)
    assert held((0.0, math.nan, 7.0), (100.0,))[0] == 0.0
    assert held((30.4, 3.0), ()) == (30.4, 3.0)
    assert held((0.4,), (100.0,)) == (0.4,)
