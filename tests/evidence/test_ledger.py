"""The ledger answers from one edition, and says which."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from foedus.errors import NoDataError, UnknownNameError
from foedus.evidence import Ledger
from foedus.evidence.answering import best_points, newest_whole
from foedus.evidence.kept import MOST_KEPT, KeptAnswers

SHARE = "defence_expenditure_share_of_gdp"


@pytest.fixture(scope="module")
def ledger():
    return Ledger.packaged()


def _in_fragments(ledger, edition, rows):
    """Return the ledger with only some rows of an edition, of which nothing is whole then."""
    table = ledger.table(edition)
    points = table.where(indicator=SHARE, country=rows)
    card = ledger.editions[edition].model_copy(update={"complete": {}})
    editions = {**ledger.editions, edition: card}
    return replace(ledger, editions=editions, _loaders={**ledger._loaders, edition: lambda: points})


def test_the_newest_whole_edition_answers_and_says_so(ledger):
    """Without a day or edition the newest whole table answers."""
    figures = ledger.figures(SHARE, year=2024)
    assert figures.edition == "nato-2026-07"
    assert figures.notes[0] == "nato-2026-07, published 2026-07-10, is the newest edition that answers."
    assert len(figures.frame) == 33


def test_newer_quoted_points_are_named(ledger):
    """A newer edition of which only points are held does not answer, but is named."""
    figures = _in_fragments(ledger, "nato-2026-07", ["ESP", "POL"]).figures(SHARE, year=2024)
    assert figures.edition == "nato-2025-08"
    assert figures.notes[1] == (
        "NATO has published nato-2026-07 (2026-07-10); 2 of its 31 figures of 2024 are held."
    )


def test_a_figure_that_rests_on_one_copy_says_so(ledger):
    """Each figure of a table read from copies says on what it rests; the answer counts single copies."""
    figures = ledger.figures(SHARE, country=["SVN", "ESP"], year=2026)
    assert dict(figures.frame.select("country", "rests_on")) == {
        "ESP": "two sources",
        "SVN": "one copy",
    }
    assert "1 of 2 figures rest on one copy or report." in figures.notes
    assert ledger.editions["nato-2026-07"].one_copy == 6164
    assert set(ledger.figures(SHARE, edition="nato-2024-06").frame["rests_on"]) == {""}


def test_one_answer_comes_from_one_edition(ledger):
    """A range that no edition covers whole is answered by one edition, which says it is not whole."""
    figures = ledger.figures(SHARE, year=(2012, 2026))
    assert set(figures.frame["edition"]) == {figures.edition}
    assert any("does not hold the whole table" in line for line in figures.notes)


def test_the_most_points_answer_where_nothing_is_whole(ledger):
    """Where no edition is whole, the one with more of the figures asked for answers."""
    few = _in_fragments(ledger, "nato-2026-07", ["ESP", "POL"])
    figures = _in_fragments(few, "nato-2025-08", ["ESP", "POL", "USA"]).figures(SHARE, year=2025)
    assert figures.edition == "nato-2025-08"
    assert any("does not hold the whole table" in line for line in figures.notes)


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        ("2019-06-25", "nato-2019-06"),
        ("2024-06-16", "nato-2019-06"),
        ("2019-06-24", "nato-2016-07"),
        ("2024-06-17", "nato-2024-06"),
    ],
)
def test_an_edition_answers_from_the_day_it_is_published(ledger, day, edition):
    """As of the day of publication an edition answers, and not a day earlier."""
    assert ledger.as_of(date.fromisoformat(day)).figures(SHARE).edition == edition


def test_before_the_first_edition_nothing_answers(ledger):
    """As of a day before the first edition there is no answer, and the message says so."""
    with pytest.raises(
        NoDataError, match="no edition that holds defence_expenditure_share_of_gdp had been published"
    ):
        ledger.as_of(date(2015, 6, 21)).figures(SHARE)


def test_an_edition_of_the_future_is_refused(ledger):
    """An edition asked for by name as of a day before it came out is refused."""
    with pytest.raises(NoDataError, match="edition nato-2025-08 had not been published by 2025-01-01"):
        ledger.as_of(date(2025, 1, 1)).edition("nato-2025-08")


def test_an_unknown_edition_is_named_with_the_nearest(ledger):
    """A misspelt edition is refused and the nearest suggested."""
    with pytest.raises(
        UnknownNameError, match=r"'nato-2024-6' is not a known edition; did you mean 'nato-2024-06'\?"
    ):
        ledger.edition("nato-2024-6")


def test_an_edition_without_the_figure_says_so(ledger):
    """An edition that lacks an indicator does not borrow it from another."""
    with pytest.raises(
        NoDataError, match="edition nato-2025-08 holds no figure of gdp_current_usd of Poland for 2024"
    ):
        ledger.figures("gdp_current_usd", country=["POL"], year=2024, edition="nato-2025-08")


def test_a_year_nobody_covers_is_an_error_that_names_the_editions(ledger):
    """A year outside every edition is an error that lists the editions asked."""
    with pytest.raises(
        NoDataError, match=r"there is no figure of .* for 1950 in the editions \(nato-2026-07"
    ):
        ledger.figures(SHARE, year=1950)


def test_an_indicator_of_a_source_that_is_not_packaged(ledger):
    """SIPRI's figures are not packaged; asking for them says how to import them."""
    with pytest.raises(
        NoDataError, match="no edition in the ledger holds military_expenditure_share_of_gdp; import"
    ):
        ledger.figures("military_expenditure_share_of_gdp")


def test_editions_side_by_side_keep_their_names(ledger):
    """The same figure in every edition stands side by side, oldest first."""
    frame = ledger.every_edition(SHARE, country=["Slovak Republic"], year=2014)
    assert frame["edition"] == [
        "nato-2019-06",
        "nato-2023-07",
        "nato-2024-06",
        "nato-2025-08",
        "nato-2026-07",
    ]
    with pytest.raises(NoDataError, match="there is no figure"):
        ledger.every_edition(SHARE, country=["Switzerland"])


def test_matrix_leaves_what_is_missing_missing(ledger):
    """An array of figures has the shape asked for, and nan where the edition has none."""
    values = ledger.figures(SHARE, year=(2023, 2024)).matrix(["POL", "ISL"], [2023, 2024])
    assert values.shape == (2, 2)
    assert np.isnan(values[1]).all()
    assert values[0, 1] > 0.035


def test_projections_begin_after_the_last_actual_year(ledger):
    """WEO figures are actual up to a country's last actual year and projections after it."""
    frame = ledger.figures("gdp_real_growth", country=["USA"], year=(2020, 2031)).frame
    status = dict(frame.select("year", "status"))
    assert status[2024] == "actual"
    assert status[2031] == "projection"
    assert sorted(status.values()) == ["actual"] * list(status.values()).count("actual") + [
        "projection"
    ] * list(status.values()).count("projection")


@pytest.mark.parametrize(
    "country", ["UKR", "RUS", "BLR", "AUS", "JPN", "KOR", "CHE", "AUT", "IRL", "MDA", "GEO", "XKX"]
)
def test_partners_and_neighbours_have_gdp(ledger, country):
    """The economy of Ukraine, Russia, Belarus and the partners is in the ledger beside the allies'."""
    value = ledger.figures("gdp_current_usd", country=[country], year=2024).value(country, 2024)
    assert value is not None
    assert value > 5e9


def test_every_ally_has_an_economy(ledger):
    """All 32 allies have GDP, growth and population in the WEO edition for 2024."""
    for indicator in (
        "gdp_current_usd",
        "gdp_real_growth",
        "population",
        "government_gross_debt_share_of_gdp",
    ):
        values = ledger.figures(indicator, year=2024).matrix(ledger.members(date(2024, 12, 31)), [2024])
        assert np.isfinite(values).all(), indicator


@pytest.mark.parametrize(
    "indicator", [SHARE, "gdp_current_usd", "gdp_real_growth", "equipment_share", "population"]
)
@pytest.mark.parametrize("day", ["2017-01-01", "2019-12-01", "2021-07-01", "2024-07-01", "2026-11-26"])
def test_the_quick_way_gives_the_edition_that_the_whole_search_gives(ledger, indicator, day):
    """Reading only the newest whole table gives the edition that comparing all of them would."""
    known = ledger.as_of(date.fromisoformat(day))
    cards = known.carriers(indicator)
    for span in (None, (2014, 2014), (2017, 2020), (2024, 2026), (1990, 2050)):

        def rows(card, span=span):
            return known._matching(card, indicator, None, span)

        quick, slow = newest_whole(cards, indicator, span, rows), best_points(cards, indicator, span, rows)
        assert quick is None or (slow is not None and quick[0].id == slow[0].id), span


def test_equal_questions_have_one_answer() -> None:
    """The same question to the same figures gives the same object, and another day another ledger."""
    ledger = Ledger.packaged()
    first = ledger.figures("defence_expenditure_share_of_gdp", country=["ITA"], year=2024)
    again = ledger.figures("defence_expenditure_share_of_gdp", country=iter(["ITA"]), year=(2024, 2024))
    assert first is again
    day, later = date(2024, 7, 1), date(2026, 8, 1)
    assert ledger.as_of(day) is ledger.as_of(day)
    assert ledger.as_of(day).editions != ledger.as_of(later).editions


def test_what_is_kept_is_bounded() -> None:
    """Only so many answers are kept, and an error is none."""
    kept = KeptAnswers()
    for key in range(MOST_KEPT + 10):
        assert kept.get(key, lambda key=key: key) == key
    assert kept.get(5, lambda: "made anew") == "made anew"
    with pytest.raises(ZeroDivisionError):
        kept.get("fails", lambda: 1 // 0)
    assert kept.get("fails", lambda: 1) == 1
