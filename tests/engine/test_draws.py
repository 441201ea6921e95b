"""Laws of the random streams and the blocks: draw i is the same whatever runs beside it."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.engine.blocks import default_workers, in_order
from foedus.engine.draws import (
    BLOCK,
    YearByYear,
    block_count,
    block_size,
    shocks,
    shocks_year_by_year,
    stream,
)

AXES = {"common": ("year", "draw"), "own": ("year", "draw", "country"), "once": ("draw",)}


@given(st.integers(1, 10_000_000))
def test_blocks_hold_every_draw(draws: int) -> None:
    """The blocks hold as many draws as were asked for; all but the last are full."""
    count = block_count(draws)
    assert (count - 1) * BLOCK + block_size(draws, count - 1) == draws
    assert 1 <= block_size(draws, count - 1) <= BLOCK
    assert block_size(draws, 0) == min(draws, BLOCK)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**63 - 1), st.integers(0, 5), st.integers(1, 4), st.integers(0, 3))
def test_a_longer_horizon_leaves_earlier_years(seed: int, block: int, years: int, more: int) -> None:
    """A later horizon adds years behind those already drawn and changes none."""
    short = shocks(seed, block, AXES, years, 2)
    long = shocks(seed, block, AXES, years + more, 2)
    assert np.array_equal(short["once"], long["once"])
    for name in ("common", "own"):
        assert np.array_equal(short[name], long[name][:years])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**63 - 1), st.integers(0, 5), st.sampled_from([0.0, 0.5, 1.0]))
def test_terms_drawn_year_by_year_are_the_same(seed: int, block: int, scale: float) -> None:
    """Terms drawn as the years come are those drawn at once."""
    whole = shocks(seed, block, AXES, 3, 2, scale)
    lazy = shocks_year_by_year(seed, block, AXES, 2, scale)
    assert np.array_equal(whole["once"], np.asarray(lazy["once"]))
    for year in range(3):
        for name in ("common", "own"):
            assert np.array_equal(whole[name][year], lazy[name][year])


def test_years_are_drawn_in_order() -> None:
    """A year asked for out of order is refused, because its terms would be another year's."""
    terms = YearByYear(stream(1, "own", 0), (2,), 1.0)
    with pytest.raises(IndexError, match="year 1 was asked for and 0 is the next"):
        terms[1]


@given(st.integers(0, 2**63 - 1), st.integers(0, 1000))
def test_streams_differ_by_name_block_and_seed(seed: int, block: int) -> None:
    """Another name, another block or another seed is another stream."""
    first = [stream(*key).integers(2**62) for key in ((seed, "a", block), (seed, "b", block))]
    first += [stream(seed, "a", block + 1).integers(2**62), stream(seed + 1, "a", block).integers(2**62)]
    assert len(set(first)) == 4


def test_a_stream_is_the_same_on_every_machine() -> None:
    """The first terms of a named stream are fixed: seed 1, block 0."""
    terms = stream(1, "gdp_growth_error_own", 0).standard_normal(3)
    np.testing.assert_allclose(terms, PINNED, rtol=1e-12)


PINNED = (1.3488076277784937, 1.616033063469437, -1.2117405053058237)


def test_terms_are_standard_normal() -> None:
    """Terms over many blocks have mean zero and variance one, and blocks are not correlated."""
    drawn = np.array([shocks(3, b, AXES, 5, 8)["own"].ravel() for b in range(6)])
    assert abs(drawn.mean()) < 0.01
    assert abs(drawn.var() - 1.0) < 0.02
    off = np.corrcoef(drawn)[~np.eye(6, dtype=bool)]
    assert np.abs(off).max() < 0.04


@pytest.mark.parametrize("workers", [1, 2, 3, None])
def test_results_come_in_block_order(workers: int | None) -> None:
    """Results come in the order of the blocks although later blocks may be done first."""

    def work(block: int) -> int:
        time.sleep(0.002 * (5 - block % 5))
        return block

    assert list(in_order(work, 12, workers)) == list(range(12))


def test_few_blocks_are_held_at_a_time() -> None:
    """No more than two blocks for each worker are begun ahead of the one that is consumed."""
    begun: list[int] = []
    ahead = []
    for taken, _ in enumerate(in_order(lambda b: begun.append(b), 40, 2)):
        ahead.append(len(begun) - taken)
    assert max(ahead) <= 5


def test_an_error_in_a_block_stops_the_rest() -> None:
    """An error in one block reaches the caller, and blocks not begun are not run."""
    begun = []

    def work(block: int) -> None:
        begun.append(block)
        if block == 2:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(in_order(work, 1000, 2))
    assert len(begun) < 20
    assert not [t for t in threading.enumerate() if t.name.startswith("foedus-block")]


def test_a_worker_for_each_core() -> None:
    """Without a number of workers there is at least one, one for each core."""
    assert default_workers() >= 1
