"""Packages with opt-outs, held against every choice of opt-outs and a linear programme of another library."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from foedus.decisions.aims import AIMS, aim_terms, aim_value
from foedus.decisions.models.opt_outs import (
    OPT_OUT_PRICE,
    candidate_drafts,
    forced_gains,
    issue_gains,
    left_out,
    weighted_gains,
)
from foedus.decisions.package_proof import still_open
from foedus.decisions.package_search import search
from foedus.decisions.packages import Agenda, solve_package


def _agenda(seed: int, issues: int, members: int, most: int = 3, opt_out: bool = True) -> Agenda:
    rng = np.random.default_rng(seed)
    return Agenda(
        issues=tuple(f"issue {j}" for j in range(issues)),
        members=tuple(f"member {i}" for i in range(members)),
        reversion=rng.choice([0.0, 30.0, 100.0], issues),
        position=rng.integers(0, 11, (issues, members)) * 10.0,
        salience=rng.integers(0, 11, (issues, members)) / 10.0,
        influence=rng.integers(1, 10, members) * 1.0,
        opt_out=np.full(issues, opt_out) & (np.arange(issues) != 1),
        most_opt_outs=most,
    )


def _outs(asked: Agenda) -> Any:
    """Give every choice of opt-outs."""
    members = range(len(asked.members))
    sets = [s for n in range(asked.most_opt_outs + 1) for s in itertools.combinations(members, n)]
    for chosen in itertools.product(*(sets if may else [()] for may in asked.opt_out)):
        out = np.zeros(asked.position.shape, bool)
        for j, few in enumerate(chosen):
            out[j, list(few)] = True
        yield out


def _weighted_optimum(asked: Agenda, out: Any) -> float:
    """Give the weighted optimum with fixed opt-outs as a linear programme in drafts and gains."""
    issues, members = asked.position.shape
    s, p = asked.salience / 100.0, asked.position
    best = s * np.abs(asked.reversion[:, None] - p)
    share = asked.influence / asked.influence.sum()
    cost = np.concatenate([np.zeros(issues), -np.where(out, 0.0, share).ravel()])
    rows, sides = [], []
    for j, n, sign in itertools.product(range(issues), range(members), (1, -1)):
        row = np.zeros(len(cost))
        row[j], row[issues + j * members + n] = sign * s[j, n], 1.0
        rows.append(row)
        sides.append(best[j, n] + sign * s[j, n] * p[j, n])
    for n in range(members):
        row = np.zeros(len(cost))
        row[issues + n :: members] = -np.where(out[:, n], 0.0, 1.0)
        row[:issues] = 0.0
        rows.append(row)
        sides.append(0.0)
    limits = [(0, 100)] * issues + [(None, None)] * (issues * members)
    # Who is left out stands in no sum, so that its gain is held at a number.
    limits = [(0, 0) if k >= issues and out.ravel()[k - issues] else x for k, x in enumerate(limits)]
    keep = [not (row[issues:] > 0).any() or not out.ravel()[int(np.argmax(row[issues:] > 0))] for row in rows]
    result = linprog(cost, np.array(rows)[keep], np.array(sides)[keep], bounds=limits)
    return float(-result.fun) - OPT_OUT_PRICE * out.sum()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), members=st.integers(2, 4), most=st.integers(0, 2))
def test_the_optimum_over_every_choice_of_opt_outs(seed: int, members: int, most: int) -> None:
    """An exact package is the best over all opt-outs, the fast one not above it, and the bound not below."""
    asked = _agenda(seed, 2, members, most)
    optimum = max(_weighted_optimum(asked, out) for out in _outs(asked))
    fast, exact = solve_package(asked), solve_package(asked, exact=True)
    assert fast.value <= optimum + 1e-7 <= fast.bound + 2e-7
    assert exact.value == pytest.approx(optimum, rel=2e-4, abs=1e-7)
    assert fast.value <= exact.value + 1e-9
    assert exact.bound <= fast.bound + 1e-9
    assert min(exact.least_gain, fast.least_gain) >= -1e-7


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_best_package_is_still_open(seed: int) -> None:
    """What is settled before the exact search is never part of a package better than the known one."""
    asked = _agenda(seed, 2, 4, 1)
    known = search(asked, aim_terms(asked, "weighted"))
    left = still_open(asked, known)
    for out in _outs(asked):
        if _weighted_optimum(asked, out) > known.value + 1e-6:
            assert not (out & ~left.may).any()
            # Opt-outs that help nobody are worth their price less, so that such a package is never better.
            assert not (left.must & ~out).any()


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), most=st.integers(1, 3), members=st.integers(1, 6))
def test_opt_outs_of_one_issue_in_closed_form(seed: int, most: int, members: int) -> None:
    """For fixed weights the best draft and opt-outs, free or forced, are those of trying every choice."""
    asked = _agenda(seed, 1, members, most)
    weight = np.random.default_rng(seed).integers(0, 5, members) / 4.0
    drafts = candidate_drafts(asked.position, asked.reversion)
    gains = issue_gains(asked.position, asked.salience, asked.reversion, drafts)
    value = weighted_gains(gains, weight, asked.opt_out, most)[0]
    fine = issue_gains(asked.position, asked.salience, asked.reversion, np.linspace(0, 100, 201)[None])[0]
    worth = {}
    for out in _outs(asked):
        by_draft = (fine * weight * ~out[0]).sum(1) - OPT_OUT_PRICE * out.sum()
        worth[tuple(out[0])] = by_draft.max()
    assert value.max() == pytest.approx(max(worth.values()), abs=1e-12)
    gone, within, by_draft = forced_gains(gains[0], weight, most)
    assert by_draft == pytest.approx(value)
    for n in range(members):
        assert gone[n] == pytest.approx(max(v for out, v in worth.items() if out[n]), abs=1e-12)
        assert within[n] == pytest.approx(max(v for out, v in worth.items() if not out[n]), abs=1e-12)
    best = int(value.argmax())
    out = left_out(gains[0, [best]], weight, np.array([True]), most)[0]
    assert (gains[0, best] * weight * ~out).sum() - OPT_OUT_PRICE * out.sum() == pytest.approx(value.max())


@pytest.mark.parametrize("aim", AIMS)
def test_without_opt_outs_a_package_is_the_optimum(aim: Any) -> None:
    """Where nobody can be left out, every aim's value meets its bound, at any scale of influence."""
    asked = _agenda(3, 4, 6, opt_out=False)
    asked = Agenda(**{**vars(asked), "reversion": np.zeros(4)})
    packed = solve_package(asked, aim)
    assert packed.gap == pytest.approx(0.0, abs=1e-6)
    heavy = solve_package(Agenda(**{**vars(asked), "influence": asked.influence * 1e307}), aim)
    assert heavy.drafts == pytest.approx(packed.drafts, abs=1e-6)
    assert packed.value == pytest.approx(
        aim_value(aim_terms(asked, aim), np.array(list(packed.gains.values()))), abs=1e-9
    )


def test_an_alliance_with_opt_outs_everywhere() -> None:
    """32 members and 8 issues, each with three opt-outs: nobody loses, and the gap is below two per cent."""
    rng = np.random.default_rng(1)
    asked = Agenda(
        issues=tuple(f"issue {j}" for j in range(8)),
        members=tuple(f"member {i}" for i in range(32)),
        reversion=np.zeros(8),
        position=rng.uniform(0, 100, (8, 32)) * (rng.random((8, 32)) > 0.2),
        salience=rng.uniform(0, 1, (8, 32)),
        influence=rng.uniform(1, 10, 32),
        opt_out=np.ones(8, dtype=bool),
    )
    packed = solve_package(asked)
    assert packed.least_gain >= -1e-9
    assert 0.0 < packed.gap < 0.02
    assert max(len(out) for out in packed.opt_outs) <= 3
    assert f"no package is better by more than {100 * packed.gap:.2g} %" in packed.headline()
