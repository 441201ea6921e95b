"""A part of the chain is a chain."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from foedus.engine.blocks import Block, map_blocks
from foedus.engine.simulate import Problem
from foedus.evidence import Ledger
from foedus.scenario import resolve
from foedus.scenario.chain import CHAIN
from foedus.spending.hindcast.forecast import CHAIN as ALONE

NAMES = (
    "gdp_constant_usd",
    "defence_expenditure_share_of_gdp",
    "defence_expenditure_constant_usd",
    "pledge_gap_constant_usd",
    "equipment_share",
)


def _years(problem: Problem) -> list[dict[str, np.ndarray]]:
    """Return some quantities of every year after the start, of 600 draws."""

    def keep(block: Block) -> list[dict[str, np.ndarray]]:
        return [{n: block.cut(state[n]) for n in NAMES} for _, state in list(block.years())[1:]]

    parts = list(map_blocks(keep, problem, draws=600, seed=5))
    return [{n: np.concatenate([part[i][n] for part in parts]) for n in NAMES} for i in range(len(parts[0]))]


@pytest.mark.parametrize("scenario", ["baseline", "hague-five-years-late"])
def test_spending_alone_is_the_whole_chain_without_questions(scenario: str) -> None:
    """The components of spending alone give the numbers of the whole chain without questions, to the bit."""
    resolved = resolve(scenario, as_of=date(2026, 6, 1), ledger=Ledger.packaged())
    of_budgets = tuple(part for part in CHAIN if part.name in {"parts", "shortfall"})
    whole, alone = _years(resolved.problem()), _years(resolved.problem((*ALONE, *of_budgets)))
    assert len(whole) == len(alone) == len(resolved.years) - 1
    for one, other in zip(whole, alone, strict=True):
        for name in NAMES:
            assert np.array_equal(one[name], other[name], equal_nan=True), name
