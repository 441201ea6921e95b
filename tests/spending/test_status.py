"""What `status` refuses, and what it says when it does."""

from dataclasses import replace
from datetime import date

import pytest

from foedus.errors import InputError, NoDataError
from foedus.evidence import Ledger
from foedus.spending.counts import computed_shares
from foedus.spending.status import status


@pytest.fixture(scope="module")
def ledger():
    return Ledger.packaged()


def test_a_guideline_in_per_cent_is_refused(ledger):
    """A guideline of 2 is refused: it is written 0.02."""
    with pytest.raises(InputError, match=r"the guideline 2 is not a fraction of GDP; write 2 % as 0\.02"):
        status(ledger, guideline=2.0)


def test_an_unknown_basis_is_refused(ledger):
    """A basis that does not exist is refused with those that do."""
    with pytest.raises(InputError, match="'guess' is not a basis; use one of published, computed"):
        status(ledger, basis="guess")


def test_an_edition_without_gdp_cannot_compute(ledger):
    """The August 2025 tables in the ledger hold no GDP, so the computed basis is refused."""
    with pytest.raises(NoDataError, match="edition nato-2025-08 lacks the spending or the GDP of 2025"):
        status(ledger, edition="nato-2025-08", basis="computed")


def test_published_shares_are_not_computed(ledger):
    """Asking to compute the published basis is an error."""
    with pytest.raises(InputError, match="published shares are not computed"):
        computed_shares(ledger.table("nato-2024-06"), "published")


@pytest.mark.parametrize(
    ("country", "message"),
    [("Austria", "Austria is not an ally on 2026-07-10"), ("NATO", "NATO total is an aggregate")],
)
def test_only_allies_are_listed(ledger, country, message):
    """A country that is no ally, and an aggregate, are refused with where to look."""
    with pytest.raises(InputError, match=message):
        status(ledger, countries=[country])


def test_only_the_allies_asked_for_are_listed(ledger):
    """Naming allies lists those alone."""
    result = status(ledger, year=2024, countries=["Poland", "Spain"])
    assert [row.country for row in result.rows] == ["POL", "ESP"]
    assert (result.meeting, result.below) == (1, ["ESP"])


def test_membership_follows_the_day(ledger):
    """As of 2022 the table lists 30 allies: Finland and Sweden are not among them."""
    rows = {row.country for row in status(ledger, as_of=date(2022, 1, 1)).rows}
    assert len(rows) == 30
    assert not rows & {"FIN", "SWE"}


def test_iceland_is_neither_above_nor_below(ledger):
    """Iceland has no armed forces and no figure: it is neither meeting nor missing the guideline."""
    result = status(ledger, year=2024)
    assert result.without_figure == ["ISL"]
    assert "no armed forces" in result.rows[-1].note


def test_another_guideline_has_no_quoted_counts(ledger):
    """Counts that publishers quoted are about 2 %; at another level they are left out."""
    assert not [c for c in status(ledger, year=2024, guideline=0.035).counts if c.basis == "quoted"]


def test_an_edition_of_quoted_points_still_answers(ledger):
    """An edition of which only points are held, asked for by name, answers for the last year it quotes."""
    card = ledger.editions["nato-2026-07"].model_copy(update={"complete": {}})
    table = ledger.table("nato-2026-07")
    loaders = {**ledger._loaders, card.id: lambda: table.filter(table["country"].is_in(["ESP", "POL"]))}
    points = replace(ledger, editions={**ledger.editions, card.id: card}, _loaders=loaders)
    result = status(points, edition="nato-2026-07")
    assert result.year == 2026
    assert any("does not hold the whole table" in line for line in result.notes)
