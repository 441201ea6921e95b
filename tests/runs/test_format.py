"""Runs that earlier versions wrote can still be opened."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.runs import Run

FOLDER = Path(__file__).parent / "format-1"


@pytest.fixture(scope="module")
def old() -> Run:
    """Return a run of Ukraine's accession to 2026 with four draws, as format 1 has it."""
    return Run.load(FOLDER)


def test_a_run_of_format_1_opens(old: Run) -> None:
    """Its arrays are what was written, and its scenario has one section a room."""
    assert old.manifest["format"] == 1
    old.verify()
    assert old.years == (2024, 2025, 2026)
    assert old.resolved.accession.accession_signed[old.countries.index("UKR")] == "2028-07-03"
    assert old.resolved.accession.membership.count(0.0) == 1
    assert old.resolved.spending.pledge_target == 0.035


def test_its_numbers_are_those_of_its_day(old: Run) -> None:
    """Stored and derived quantities and the headline read as they did."""
    assert old.quantiles("allies_count")[1].tolist() == [32.0, 32.0, 32.0]
    gap = old.quantiles("pledge_gap_constant_usd")[1, -1, :3]
    np.testing.assert_allclose(gap, [3.79673601e08, 1.53913775e10, 1.48956667e09], rtol=1e-8)
    assert old.summary.terms.pledge.deadline == 2035
    assert old.summary.measures["allies_at_guideline_count"].naive[0] == 18.0
    assert {code: span.start for code, span in old.summary.horizon.allies.items()}["UKR"] == 0.10
