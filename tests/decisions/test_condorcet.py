"""The probabilistic Condorcet election by cumulated sums, held against sums over members."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.decisions.models import voting

weights = st.sampled_from([0.0, 0.2, 0.5, 1.0, 3.0])
positions = st.one_of(st.integers(0, 4).map(lambda n: 25.0 * n), st.floats(0, 100))
members = st.lists(st.tuples(positions, weights), min_size=1, max_size=9).filter(
    lambda rows: any(w > 0 for _, w in rows)
)


def _by_sums(rows: list[tuple[float, float]]) -> list[float]:
    """Give each member's chance, a pair of distinct positions at a time."""
    present = [(x, w) for x, w in rows if w > 0]
    options = sorted({x for x, _ in present})
    chance = {}
    for a in options:
        product = 1.0
        for b in options:
            if a != b:
                for_a = math.fsum(w * max(0.0, abs(x - b) - abs(x - a)) for x, w in present)
                for_b = math.fsum(w * max(0.0, abs(x - a) - abs(x - b)) for x, w in present)
                product *= for_a / (for_a + for_b)
        chance[a] = product
    total = math.fsum(chance.values())
    sharing = {a: sum(x == a for x, _ in present) for a in options}
    return [chance[x] / total / sharing[x] if w > 0 else 0.0 for x, w in rows]


@settings(max_examples=150, deadline=None)
@given(rows=members.filter(lambda rows: all(abs(a - b) > 1e-6 or a == b for a, _ in rows for b, _ in rows)))
def test_the_chances_are_those_of_sums_over_members(rows: list[tuple[float, float]]) -> None:
    """With ties and absent members too, the chances are those of sums over each pair of positions."""
    x, w = np.array(rows).T
    probabilities = voting.condorcet_probabilities(x[None], w[None])[0]
    assert probabilities == pytest.approx(_by_sums(rows), abs=1e-9)
    assert probabilities.sum() == pytest.approx(1.0)


def test_many_draws_are_draws_one_by_one() -> None:
    """Draws are worked through in blocks that do not change them, with 200 members as with two."""
    rng = np.random.default_rng(3)
    for count in (2, 200):
        x, w = rng.uniform(0, 100, (5, count)), rng.uniform(0.1, 1, (5, count))
        whole = voting.condorcet_probabilities(x, w)
        alone = [voting.condorcet_probabilities(x[i : i + 1], w[i : i + 1])[0] for i in range(5)]
        assert np.array_equal(whole, np.stack(alone))
