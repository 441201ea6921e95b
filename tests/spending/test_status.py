"""What `status` refuses, and what it says when it does."""

from dataclasses import replace
from datetime import date

import pytest

from foedus.errors import InputError, NoDataError
from foedus.evidence import Ledger
from foedus.spending.counts import computed_shares
from foedus.spending.status import status
from foedus.spending.thresholds import members_of_year


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
    ("country", "year", "message"),
    [
        ("Austria", None, "Austria is not an ally on 2026-07-10"),
        ("Sweden", 2014, "Sweden is not an ally on 2014-12-31"),
    ],
)
def test_only_allies_are_listed(ledger, country, year, message):
    """A country that was no ally in the year asked about is refused with where to look."""
    with pytest.raises(InputError, match=message):
        status(ledger, year=year, countries=[country])


@pytest.mark.parametrize(
    ("name", "share"), [("NATO", 0.0286), ("NATO Europe and Canada", 0.0253), ("NATO Europe", 0.0257)]
)
def test_aggregates_are_listed_as_countries(ledger, name, share):
    """An aggregate stands against the levels as an ally does, and is counted among none."""
    result = status(ledger, year=2026, countries=[name])
    [row] = result.rows
    assert round(row.share, 4) == share
    assert [gap.standing for gap in row.levels] == ["at", "below"]
    assert (result.levels[0].allies, result.meeting) == (0, 0)
    assert f"{100 * share:.2f} % of GDP" in result.headline()
    both = status(ledger, year=2026, countries=[name, "SVN"])
    assert (len(both.rows), both.levels[0].allies, both.below) == (2, 1, ["SVN"])


def test_only_the_allies_asked_for_are_listed(ledger):
    """Naming allies lists those alone."""
    result = status(ledger, year=2024, countries=["Poland", "Spain"])
    assert [row.country for row in result.rows] == ["POL", "ESP"]
    assert (result.meeting, result.below) == (1, ["ESP"])


def test_membership_follows_the_day(ledger):
    """On 1 March 2024 a question about 2024 lists 31 allies, a week later 32; for 2022 it is 30."""
    assert len(members_of_year(2024, date(2024, 3, 1))) == 31
    assert len(members_of_year(2024, date(2024, 3, 8))) == 32
    assert len(status(ledger, year=2024, as_of=date(2024, 7, 1)).rows) == 32
    rows = {row.country for row in status(ledger, year=2022).rows}
    assert len(rows) == 30
    assert not rows & {"FIN", "SWE"}


def test_the_members_of_2014_are_28(ledger):
    """In 2014 there were 28 allies, 27 with armed forces; Iceland is named, and 3 were at 2 %."""
    result = status(ledger, year=2014)
    assert result.headline() == (
        "3 of the 27 allies with a figure spent 2 % of GDP or more on defence in 2014."
    )
    assert result.answer().beside[0] == "Iceland, without armed forces, is counted neither way."
    assert result.levels[0].without_forces == ("ISL",)
    assert any("Iceland has no armed forces" in note for note in result.notes)


def test_without_a_year_the_newest_whole_one_answers(ledger):
    """Without a year 2026 answers, both levels side by side, and 2024, the last closed year, beneath."""
    result = status(ledger)
    assert (result.year, result.card.id, result.estimate) == (2026, "nato-2026-07", True)
    assert [(each.level, each.meeting, each.with_forces) for each in result.levels] == [
        (0.02, 30, 31),
        (0.035, 5, 31),
    ]
    assert [(each.year, each.meeting) for each in result.closed] == [(2024, 17), (2024, 1)]
    assert (
        result.closed_words()
        == "In 2024, the last closed year: 17 of the 31 allies with a figure at 2 %, 1 at 3.5 %."
    )
    assert not status(ledger, year=2024).closed


def test_before_the_hague_there_is_one_level(ledger):
    """As of October 2024 allies had adopted 2 % alone; a guideline of one's own stands before the adopted
    ones."""
    assert [each.level for each in status(ledger, as_of=date(2024, 10, 1)).levels] == [0.02]
    assert [each.level for each in status(ledger, guideline=0.025).levels] == [0.025, 0.02, 0.035]


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
    loaders = {**ledger._loaders, card.id: lambda: table.where(country=["ESP", "POL"])}
    points = replace(ledger, editions={**ledger.editions, card.id: card}, _loaders=loaders)
    result = status(points, edition="nato-2026-07")
    assert result.year == 2026
    assert any("does not hold the whole table" in line for line in result.notes)


def test_without_a_share_nato_s_own_count_is_named(ledger):
    """In March 2024 no share of 2024 was out, and the answer says that NATO had said 18 of 31."""
    with pytest.raises(NoDataError, match=r"18 of 31 on 2024-02-14 \(nato-statement-2024-02\)"):
        status(ledger, year=2024, as_of=date(2024, 3, 1))
    with pytest.raises(NoDataError, match="no figure"):
        status(ledger, year=2013, as_of=date(2016, 1, 1))
