"""Bueno de Mesquita's challenge model on the emission standards of 1994."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.decisions.models.challenge import Variant, challenge_rounds
from foedus.errors import InputError

CAPABILITY = [0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08]
YEARS = [4.0, 7.0, 4.0, 4.0, 10.0, 10.0, 10.0, 7.0, 4.0, 7.0]
SALIENCE = [0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7]
"""Ten members of the Community on the years of delay, from Bueno de Mesquita (1994), table 1."""

MEDIANS = [7.0, 8.41593, 9.61086, 9.96198, 9.96198, 9.96198, 7.47205, 8.82459, 9.67113, 9.67113, 7.0]
MEANS = [7.38996, 7.46131, 7.55250, 7.59015, 7.35813, 7.34917, 7.41488, 7.51046, 7.57245, 7.32499, 7.24213]
PRINTED = [8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6]
"""Rounds 1 to 8 as Scholz, Calbert and Smith (2011) print them in table 2, cut to one decimal."""


def test_the_rounds_of_1994() -> None:
    """The model's medians and means of ten rounds are those of an unrounded replication."""
    rounds = challenge_rounds(CAPABILITY, YEARS, SALIENCE, 10)
    assert rounds.median == pytest.approx(MEDIANS, abs=1e-3)
    assert rounds.mean == pytest.approx(MEANS, abs=1e-3)


def test_the_printed_rounds_but_for_one_digit() -> None:
    """The medians, cut to one decimal, are those printed, but for round 2: 9.6, printed as 9.9."""
    found = np.floor(challenge_rounds(CAPABILITY, YEARS, SALIENCE, 8).median[1:] * 10) / 10
    assert [n for n, (a, b) in enumerate(zip(found, PRINTED, strict=True), 1) if abs(a - b) > 1e-9] == [2]


def test_another_reading_stays_at_the_median() -> None:
    """Read as the text of 1994 has it, votes pair by pair and the least move, the median stays at 7."""
    variant = Variant(votes="pair", compromise="least_move", capitulates=True)
    assert set(challenge_rounds(CAPABILITY, YEARS, SALIENCE, 5, variant).median) == {7.0}


def test_moving_and_stretching_the_scale_changes_nothing() -> None:
    """Positions on another scale give the same rounds on that scale."""
    one = challenge_rounds(CAPABILITY, YEARS, SALIENCE, 3)
    other = challenge_rounds(CAPABILITY, np.array(YEARS) * 7.0 + 3.0, SALIENCE, 3)
    assert other.positions == pytest.approx(one.positions * 7.0 + 3.0)


@pytest.mark.parametrize(("x", "s"), [([5.0, 5.0], [1.0, 1.0]), ([0.0, 5.0], [0.0, 0.0])])
def test_the_model_needs_a_dispute(x: list[float], s: list[float]) -> None:
    """Where all stand at one place, or nobody cares, the model has nothing to say."""
    with pytest.raises(InputError, match=r"needs two different positions and some capability × salience"):
        challenge_rounds([1.0, 1.0], x, s, 1)
