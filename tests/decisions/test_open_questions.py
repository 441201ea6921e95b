"""The open questions that come with foedus stand where their sources and stated rules put them."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from foedus.accession.invitation import invitation_probability
from foedus.accession.record import positions
from foedus.decisions.decide import decide
from foedus.decisions.find import find_decision
from foedus.decisions.positions import goal_position
from foedus.decisions.schema import member_name
from foedus.decisions.shipped import list_decisions
from foedus.evidence import Ledger
from foedus.evidence.institutions import members_on

DAY = date(2026, 11, 1)
OPEN = [row.name for row in list_decisions().rows if row.is_open]
REACHES = (0.008, 0.015)
"""How far beyond its share an ally bound itself, halfway down the list, in 2014 and in 2025."""


@pytest.mark.parametrize("name", OPEN)
def test_every_ally_has_one_graded_place(name: str) -> None:
    """An open question has all allies of today, each with a grade and a basis, and no record."""
    file = find_decision(name)
    assert sorted(file.names) == sorted(members_on(DAY))
    assert all(group.known is not None and group.basis for group in file.members)
    assert file.record is None


def test_the_invitation_has_the_positions_of_the_record() -> None:
    """The file and the record of accessions place every ally alike, and so give the same chances."""
    rows = positions("UKR")
    file = find_decision("invite-ukraine")
    stands = {member_name(n): g for g in file.members for n in g.who}
    for row in rows:
        group = stands[row.ally]
        assert (group.position.low, group.position.high) == pytest.approx(
            [50 * (1 + p) for p in row.position]
        )
        assert (group.salience.low, group.salience.high) == row.salience
        assert group.known == row.known
    invitation = invitation_probability(rows)
    assert invitation is not None
    answer = decide(file, draws=10_000, seed=1)
    assert answer.probability_without == invitation.chance.probability
    assert answer.probability_adopted == invitation.bargained.probability
    for band, chance in (
        (answer.band_without, invitation.chance),
        (answer.band_adopted, invitation.bargained),
    ):
        assert band == pytest.approx((chance.low, chance.high), abs=0.01)


def test_the_higher_goal_follows_from_what_allies_spend() -> None:
    """Each ally stands where its share of 2026 and the reach of 2014 and 2025 put it, to the point."""
    figures = Ledger.packaged().figures("defence_expenditure_share_of_gdp", year=2026, edition="nato-2026-07")
    shares = {row["country"]: row["value"] for row in figures.frame.to_dicts()}
    for group in find_decision("higher-goal").members:
        for name in group.who:
            share = np.array([shares.get(name, math.nan)])
            low, high = (float(goal_position(share, np.array([0.035]), 0.04, r)[0]) for r in REACHES)
            assert (group.position.low, group.position.high) == pytest.approx((low, high), abs=0.51)
