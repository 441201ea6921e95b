"""Properties of the count of allies at a guideline, for any guideline and year."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.evidence import Ledger
from foedus.spending.counts import meets
from foedus.spending.status import status
from foedus.spending.thresholds import members_of_year

LEDGER = Ledger.packaged()
GUIDELINES = st.floats(min_value=0.001, max_value=0.08)
YEARS = st.integers(min_value=2014, max_value=2024)
EDITIONS = st.sampled_from(["nato-2024-06", "nato-2025-08"])


@given(GUIDELINES, GUIDELINES, YEARS, EDITIONS)
@settings(max_examples=20, deadline=None)
def test_a_higher_guideline_is_never_met_by_more_allies(one, other, year, edition):
    """Raising the guideline never raises the count."""
    low, high = sorted((one, other))
    counts = [status(LEDGER, year=year, edition=edition, guideline=g).meeting for g in (low, high)]
    assert counts[0] >= counts[1]


@given(GUIDELINES, YEARS, EDITIONS)
@settings(max_examples=20, deadline=None)
def test_every_ally_is_in_exactly_one_group(guideline, year, edition):
    """Each ally meets the guideline, is below it, or has no figure."""
    result = status(LEDGER, year=year, edition=edition, guideline=guideline)
    assert result.meeting + len(result.below) + len(result.without_figure) == len(result.rows)
    assert len(result.rows) == len(members_of_year(year))


@given(GUIDELINES, YEARS)
@settings(max_examples=20, deadline=None)
def test_the_missing_money_closes_the_gap(guideline, year):
    """Spending less the gap, over the GDP the share implies, is the guideline."""
    for row in status(LEDGER, year=year, edition="nato-2025-08", guideline=guideline).rows:
        if row.share is not None and row.gap_usd is not None:
            spending = LEDGER.figures(
                "defence_expenditure_constant_usd_2021",
                edition="nato-2025-08",
                country=[row.country],
                year=year,
            ).value(row.country, year)
            assert (spending - row.gap_usd) / (spending / row.share) == pytest.approx(guideline, rel=1e-9)
            break


@given(st.integers(min_value=0, max_value=1000))
def test_a_share_is_judged_as_printed(cell):
    """A share meets a guideline when its printed figure does: 1.995 % is printed as 2.00 %."""
    share = cell / 1e4
    assert meets(share, share)
    assert meets(share - 0.4e-4, share)
    assert not meets(share - 0.6e-4, share)
