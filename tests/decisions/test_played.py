"""Draws in blocks, and numbers too great to be added."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.decisions import played
from foedus.decisions.decide import decide
from foedus.decisions.draws import StanceDraws, draw_stances
from foedus.decisions.find import find_decision
from foedus.decisions.packages import package_of
from foedus.decisions.schema import DecisionFile, decision_from
from foedus.decisions.setup import addable_unit, setup
from foedus.results import to_jsonable

BANDS = setup(find_decision("nsatu-2024")).bands


def _file(influence: Any, weight: float | None = None, rule: str = "consensus") -> DecisionFile:
    votes = {} if weight is None else {"weight": weight}
    content = {
        "title": "t",
        "question": "q",
        "scale": {"zero": "a", "hundred": "b"},
        "reversion": 0,
        "rule": rule,
        "members": [
            {"who": ["A"], "position": [80, 100], "salience": 0.9, "influence": influence, **votes},
            {"who": ["B"], "position": 10, "salience": "high", "influence": 1.0, **votes},
            {"who": ["C"], "position": [50, 60], "salience": "low", "influence": influence, **votes},
        ],
        "instruments": ["side_payment", "dilute", "defer"],
        "issues": [
            {
                "name": "two",
                "scale": {"zero": "a", "hundred": "b"},
                "reversion": 0,
                "members": [{"who": ["B"], "position": 90, "salience": 0.5}],
                "opt_out": True,
            }
        ],
    }
    return decision_from(content, "test")


@settings(max_examples=20, deadline=None)
@given(pieces=st.lists(st.integers(1, 40), min_size=1, max_size=5), seed=st.integers(0, 99))
def test_draws_in_pieces_are_the_draws_at_once(pieces: list[int], seed: int) -> None:
    """However draws are divided, put together they are the same numbers."""
    bands = replace(BANDS, bloc=tuple(i % 3 - 1 for i in range(len(BANDS.bloc))))
    source = StanceDraws(bands, seed)
    parts = [source.take(n) for n in pieces]
    whole = draw_stances(bands, draws=sum(pieces), seed=seed)
    for name in ("own", "bloc", "resolve", "failure", "settled", "pace"):
        together = np.concatenate([getattr(part.chance, name) for part in parts])
        assert np.array_equal(together, getattr(whole.chance, name))
    if len(whole.stances.position) > 1:
        together = np.concatenate([part.stances.position for part in parts])
        assert np.array_equal(together, whole.stances.position)


@pytest.mark.parametrize("name", ["nsatu-2024", "template", "secretary-general-2024"])
def test_the_size_of_a_block_changes_no_digit(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question answered in blocks of a few draws is the question answered at once."""
    file = find_decision(name)
    once = to_jsonable(decide(file, draws=500, seed=4).payload())
    monkeypatch.setattr(played, "CELLS_AT_ONCE", 37 * len(file.names))
    assert to_jsonable(decide(file, draws=500, seed=4).payload()) == once


@pytest.mark.parametrize("rule", ["consensus", "majority"])
def test_enormous_influence_and_votes_are_added(rule: str) -> None:
    """Influence of 1e308 gives a finite answer and package without a warning, as its thousandth does."""
    weight = 1.5e308 if rule == "majority" else None
    file = _file([1e308, 1.7e308], weight, rule)
    answer, packed = decide(file, draws=200), package_of(file)
    shown = {row.name: row.influence for row in answer.holdouts}
    assert shown["A"] == pytest.approx(1.35e308)
    assert shown["B"] == 1.0
    assert all(np.isfinite(null.mean) for null in answer.nulls)
    assert np.isfinite(packed.value)
    smaller = package_of(_file([1e305, 1.7e305], weight, rule))
    assert packed.drafts == pytest.approx(smaller.drafts)


def test_an_ordinary_number_is_its_own_unit() -> None:
    """Numbers are counted in a greater unit, a power of two, from where their sum could overflow only."""
    assert addable_unit(np.array([0.0, 1e99])) == 1.0
    unit = addable_unit(np.array([3.0, 1.7e308]))
    assert 1.0 <= 1.7e308 / unit < 2.0
    assert np.frexp(unit)[0] == 0.5
