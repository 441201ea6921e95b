"""Editions known to have been published: their days, NATO's own counts, and what is held of each by a day."""

import re
from datetime import date

import pytest

from foedus.errors import NoDataError, UnknownNameError
from foedus.evidence import Ledger
from foedus.evidence.first_prints import print_error, print_errors
from foedus.evidence.publications import (
    SERIES,
    holding,
    newest_publication,
    publication,
    publications,
    reporting_members,
    require_held,
    stated_counts,
)

LEDGER = Ledger.packaged()
SHARE = "defence_expenditure_share_of_gdp"


def test_thirty_one_editions_are_known() -> None:
    """From 2009 to 2026, 31 editions are known to have come out, oldest first."""
    known = publications()
    assert len(known) == 31
    assert [p.published for p in known] == sorted(p.published for p in known)
    assert (known[0].edition, known[-1].edition) == ("nato-2009-02", "nato-2026-07")


def test_days_agree_with_the_cards() -> None:
    """The list and the source card of an edition give the same day, and what is held of NATO is listed."""
    for card in LEDGER.editions.values():
        if card.series in SERIES and card.id != "nato-statement-2025-08":
            known = publication(card.id)
            assert known is not None, card.id
            assert (known.published, known.known) == (card.published, card.published_known), card.id


def test_a_day_from_memory_is_marked() -> None:
    """Days that rest on memory, or of which only a month or year is known, are unverified and say so."""
    unverified = {p.edition for p in publications() if p.known == "unverified"}
    assert unverified == {
        *(f"nato-{year}" for year in range(2010, 2014)),
        "nato-2014-02",
        "nato-2018-03",
        "nato-annual-report-2020-03",
    }
    march = publication("nato-annual-report-2020-03")
    assert march is not None
    assert (march.published, march.day_in_words) == (date(2020, 3, 31), "2020-03, not verified")


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        ("2009-02-18", None),
        ("2016-07-03", "nato-2016-01"),
        ("2016-07-04", "nato-2016-07"),
        ("2020-03-30", "nato-2019-11"),
        ("2024-02-20", "nato-2023-07"),
        ("2026-11-26", "nato-2026-07"),
    ],
)
def test_the_newest_edition_by_a_day(day: str, edition: str | None) -> None:
    """The newest edition with figures of allies that was out by a day; a spoken count is none."""
    newest = newest_publication(date.fromisoformat(day))
    assert (newest.edition if newest else None) == edition


def test_natos_own_counts_are_facts() -> None:
    """Each count NATO gave for itself is kept with its day, beside the counts in the tables."""
    said = {(h.edition, h.year): (h.count, h.allies) for h in stated_counts()}
    assert said["nato-2025-08", 2025] == (31, 32)
    assert said["nato-statement-2024-02", 2024] == (18, 31)
    assert said["nato-2018-07", 2018] == (8, 29)
    assert [h.count for h in stated_counts(date(2025, 12, 31), year=2024)] == [18, 23, 22]
    assert stated_counts(date(2015, 6, 21)) == ()
    assert {h.edition for h in stated_counts() if h.kind == "counted"} == {"nato-2019-06"}
    counts = LEDGER.figures("allies_meeting_guideline_count", year=2025)
    assert (counts.edition, counts.value("NATO", 2025)) == ("nato-statement-2025-08", 31.0)


@pytest.mark.parametrize(
    ("edition", "year", "count"),
    [
        ("nato-2017-06", 2017, 6),
        ("nato-2018-03", 2017, 4),
        ("nato-2019-03", 2018, 7),
        ("nato-2019-11", 2019, 9),
        ("nato-2020-10", 2020, 10),
        ("nato-2021-03", 2020, 11),
        ("nato-2021-06", 2021, 10),
        ("nato-2022-03", 2021, 8),
        ("nato-2022-06", 2022, 9),
        ("nato-2023-03", 2022, 7),
        ("nato-2023-07", 2023, 11),
        ("nato-annual-report-2024-03", 2023, 11),
    ],
)
def test_the_cells_hold_natos_count(edition: str, year: int, count: int) -> None:
    """In every edition of which the top of the table is held, the shares at 2 % are as many as NATO said."""
    shares = LEDGER.figures(SHARE, edition=edition, year=year).frame
    allies = shares.where(lambda row: not row["country"].startswith("NATO"))
    assert sum(round(value, 4) >= 0.02 for value in allies["value"]) == count
    (said,) = [h for h in stated_counts(year=year) if h.edition == edition]
    assert said.count == count


def test_the_table_of_july_2018_shows_fewer_than_were_said() -> None:
    """In July 2018 eight were said to be at 2 %; the shares that are held show five."""
    shares = LEDGER.figures(SHARE, edition="nato-2018-07", year=2018).frame
    assert sum(round(value, 4) >= 0.02 for value in shares["value"]) == 5


def test_what_is_held_of_an_edition_is_said() -> None:
    """What was out by the day is named, with how many of its figures are held."""
    held = holding(LEDGER, "nato-2020-10")
    assert (held.year, held.held, held.printed, held.whole) == (2020, 18, 29, False)
    assert held.sentence(date(2021, 1, 1)) == (
        "NATO had published nato-2020-10 (2020-10-21) by 2021-01-01; 18 of its 29 figures of 2020 are held."
    )
    assert holding(LEDGER, "nato-2014-02").sentence() == (
        "NATO has published nato-2014-02 (2014-02-24, not verified); it is not held."
    )
    assert holding(LEDGER, "nato-2023-07").whole
    assert holding(LEDGER, "nato-2025-08").held == 30  # Germany is blank in print
    with pytest.raises(UnknownNameError, match="'nato-2020-11' is not a known edition"):
        holding(LEDGER, "nato-2020-11")


def test_an_answer_as_of_a_day_names_the_newer_edition() -> None:
    """As of a day when a newer edition was out than the one that answers, the answer says so."""
    notes = LEDGER.as_of(date(2020, 12, 1)).figures(SHARE, year=2019).notes
    had = "NATO had published nato-2020-10 (2020-10-21) by 2020-12-01; "
    assert f"{had}1 of its 28 figures of 2019 are held." in notes
    notes = LEDGER.as_of(date(2020, 12, 1)).figures("equipment_share", year=2019).notes
    assert f"{had}none of its figures of equipment_share is held." in notes
    assert not [line for line in LEDGER.figures(SHARE, year=2025).notes if "NATO ha" in line]


def test_members_of_the_year_are_those_with_forces() -> None:
    """An edition prints a year for the allies with forces that were members then."""
    assert len(reporting_members(date(2016, 7, 4), 2016)) == 27
    assert len(reporting_members(date(2017, 6, 29), 2017)) == 28
    assert len(reporting_members(date(2024, 3, 14), 2023)) == 30


def test_an_edition_that_is_known_and_not_held_is_refused() -> None:
    """Asking for such an edition says which are held, in one sentence."""
    with pytest.raises(NoDataError) as caught:
        LEDGER.figures(SHARE, edition="nato-2012")
    text = str(caught.value)
    assert text.startswith("NATO published nato-2012 (2012, not verified), but no figure of it is held")
    assert "nato-2019-06, nato-2024-06, nato-2025-08, nato-2026-07" in text
    assert caught.value.exit_code == 2
    require_held("nato-2016-07", LEDGER)
    with pytest.raises(NoDataError, match="edition nato-2014-02 had not been published by 2013-06-01"):
        LEDGER.as_of(date(2013, 6, 1)).edition("nato-2014-02")


def test_first_prints_are_revised() -> None:
    """First prints erred by .08 to .11 points, and those for the running year in July 2023 by .23."""
    errors = {(e.edition, e.year): e for e in print_errors(LEDGER)}
    found = {
        ("nato-2016-07", 2016): 0.084,
        ("nato-2017-06", 2017): 0.113,
        ("nato-2023-03", 2022): 0.102,
        ("nato-annual-report-2024-03", 2023): 0.114,
        ("nato-2023-07", 2023): 0.229,
    }
    for key, error in found.items():
        assert 100 * errors[key].mean_absolute_error == pytest.approx(error, abs=5e-4), key
    assert errors["nato-2023-07", 2023].running
    assert not errors["nato-2023-03", 2022].running
    assert ("nato-2020-10", 2020) not in errors  # 18 of 29, the top of the table
    assert print_error(LEDGER, "nato-2016-07", 1999) is None


def test_every_cell_found_says_how_many_sources_it_has() -> None:
    """The 710 cells of 19 editions, and those of one annual report, say on what they rest."""
    cells = []
    for card in LEDGER.editions.values():
        if card.series in SERIES and card.copies and SHARE not in card.complete:
            words = LEDGER.table(card.id)["rests_on"]
            cells += [card.id for text in words if re.match(r"(one source|\d sources): \S", text)]
    found = [e for e in cells if e not in {"nato-annual-report-2026-03", "nato-statement-2025-08"}]
    assert (len(found), len(set(found))) == (710, 19)
