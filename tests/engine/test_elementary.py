"""Powers and logarithms have the same bits everywhere, and are right to the last digits."""

from __future__ import annotations

import hashlib
import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.engine.elementary import ERROR, KEPT, LARGEST, exp, log

EXPONENTS = st.lists(st.floats(-LARGEST, LARGEST), min_size=1, max_size=40)
POSITIVE = st.lists(st.floats(2.3e-308, 4.4e307), min_size=1, max_size=40)


@given(EXPONENTS)
def test_powers_are_exact_to_the_last_digits(values: list[float]) -> None:
    """The exponential function is within its stated error at every exponent that a double has."""
    for power, x in zip(exp(np.array(values)), values, strict=True):
        assert abs(power - math.exp(x)) <= ERROR * math.exp(x)


@given(POSITIVE)
def test_logarithms_are_exact_to_the_last_digits(values: list[float]) -> None:
    """The logarithm is within its stated error at every positive number but the very smallest and largest."""
    for result, x in zip(log(np.array(values)), values, strict=True):
        assert abs(result - math.log(x)) <= ERROR * max(1.0, abs(math.log(x)))


def test_the_bits_are_these() -> None:
    """Over grids of a run's numbers the results are these bits, on any processor and system."""
    grid = np.arange(-4000, 4001) / 1000.0
    assert exp(np.zeros(3)).tolist() == [1.0, 1.0, 1.0]
    bits = exp(grid).astype("<f8").tobytes() + log(np.arange(1, 8001) / 40000.0).astype("<f8").tobytes()
    assert (
        hashlib.sha256(bits).hexdigest() == "a5e2a8c256bb42fffc326463848c24172ad0edeb6a9cfc235a4ca523c10ba6a4"
    )


@pytest.mark.parametrize("shape", [(), (1,), (3, 5), (KEPT + 1,)])
def test_any_shape_will_do(shape: tuple[int, ...]) -> None:
    """A number, a small array and one above the kept buffers have the same results, in place or not."""
    x = np.full(shape, 0.3)
    assert exp(x).shape == shape
    assert (exp(x) == exp(np.array([0.3]))[0]).all()
    assert (log(x) == log(np.array([0.3]))[0]).all()
    for function in (exp, log):
        result, own = function(x), x.copy()
        assert function(own, out=own) is own
        assert (own == result).all()
    row = np.broadcast_to(np.array([0.1, 0.2]), (4, 2))
    assert (exp(row) == exp(np.array([0.1, 0.2]))).all()


def test_what_is_no_number_stays_none() -> None:
    """Not-a-number comes back as it is, beside numbers; exponents beyond the largest are cut there."""
    assert np.isnan(exp(np.array([math.nan, 0.0]))).tolist() == [True, False]
    assert np.isnan(log(np.array([1.0, math.nan]))).tolist() == [False, True]
    assert exp(np.array([1e9, -math.inf])).tolist() == exp(np.array([LARGEST, -LARGEST])).tolist()


def test_threads_do_not_share_buffers() -> None:
    """Threads at the same time have the results of one alone."""
    x = np.linspace(-1.0, 1.0, 16_000).reshape(500, 32)
    alone = exp(x)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: exp(x), range(40)))
    assert all((result == alone).all() for result in results)
