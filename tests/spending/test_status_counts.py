"""Counts that NATO's editions give, as published or recomputed from them."""

from datetime import date

import pytest

from foedus.evidence import Ledger
from foedus.spending.status import status


@pytest.fixture(scope="module")
def ledger():
    return Ledger.packaged()


@pytest.mark.parametrize(
    ("edition", "year", "meeting"),
    [
        ("nato-2024-06", 2024, 23),
        ("nato-2026-07", 2024, 17),
        ("nato-2025-08", 2025, 30),
        ("nato-2026-07", 2025, 28),
        ("nato-2026-07", 2026, 30),
        ("nato-2026-07", 2014, 3),
        ("nato-2025-08", 2024, 18),
        ("nato-2024-06", 2014, 3),
        ("nato-2025-08", 2014, 3),
    ],
)
def test_allies_at_two_per_cent_by_edition(ledger, edition, year, meeting):
    """For 2024 successive editions count 23, 18 and 17, for 2025 30 and 28, for 2026 30; for 2014 all 3."""
    assert status(ledger, year=year, edition=edition).meeting == meeting


@pytest.mark.parametrize(
    ("year", "below"), [(2025, ["CZE", "SVN", "ALB"]), (2026, ["SVN"])], ids=["2025", "2026"]
)
def test_who_is_below_two_per_cent_in_july_2026(ledger, year, below):
    """In 2025 Czechia (1.86), Slovenia (1.57) and Albania (1.48) are below 2 %, in 2026 Slovenia (1.61)."""
    result = status(ledger, year=year, edition="nato-2026-07")
    assert (result.below, result.levels[0].reported) == (below, 31)
    shares = {row.country: round(100 * row.share, 2) for row in result.rows if row.country in below}
    assert shares == ({"CZE": 1.86, "SVN": 1.57, "ALB": 1.48} if year == 2025 else {"SVN": 1.61})


@pytest.mark.parametrize(
    ("edition", "year", "at"),
    [
        ("nato-2026-07", 2024, ["POL"]),
        ("nato-2026-07", 2025, ["POL", "LTU", "EST", "LVA"]),
        ("nato-2026-07", 2026, ["LTU", "EST", "LVA", "POL", "GRC"]),
        ("nato-2025-08", 2025, ["POL", "LTU", "LVA"]),
    ],
)
def test_allies_at_three_and_a_half_per_cent(ledger, edition, year, at):
    """By July 2026 1, 4 and 5 allies were at 3.5 % in 2024 to 2026, by August 2025 3 in 2025; Denmark's 3.49
    is not."""
    result = status(ledger, year=year, edition=edition, guideline=0.035)
    assert [row.country for row in result.rows if row.meets] == at
    assert result.meeting == len(at)


def test_a_workbook_counts_as_it_is_printed(ledger):
    """The counts of closed years agree between the workbook of August 2025 and the print of July 2026 but in
    2024."""
    counts = {
        edition: [status(ledger, year=y, edition=edition).meeting for y in range(2014, 2025)]
        for edition in ("nato-2025-08", "nato-2026-07")
    }
    assert counts["nato-2025-08"][:-1] == counts["nato-2026-07"][:-1]
    assert (counts["nato-2025-08"][-1], counts["nato-2026-07"][-1]) == (18, 17)


def test_counts_of_the_june_2024_edition(ledger):
    """The June 2024 edition counts 3, 5, 5, 4, 6, 7, 9, 6, 7, 10 and 23 allies for 2014 to 2024."""
    counts = [status(ledger, year=y, edition="nato-2024-06").meeting for y in range(2014, 2025)]
    assert counts == [3, 5, 5, 4, 6, 7, 9, 6, 7, 10, 23]


def test_equipment_guideline_in_2024(ledger):
    """For 2024 the June 2024 edition has 29 of 31 at a fifth on equipment; Belgium and Canada are below."""
    rows = [
        r for r in status(ledger, year=2024, edition="nato-2024-06").rows if r.equipment_share is not None
    ]
    below = sorted(r.country for r in rows if round(r.equipment_share, 4) < 0.2)
    assert (len(rows), below) == (31, ["BEL", "CAN"])


def test_the_question_as_of_october_2024(ledger):
    """As of 1 October 2024 the June 2024 edition answers: 23 of 32 allies."""
    result = status(ledger, year=2024, as_of=date(2024, 10, 1))
    assert (result.meeting, len(result.rows), result.card.id) == (23, 32, "nato-2024-06")
    assert "nato-2024-06" in result.notes[0]


def test_spending_over_gdp_gives_other_counts_and_says_why(ledger):
    """Dividing the June 2024 edition's tables gives 22 in constant, 21 in current prices, and says why."""
    counts = {c.basis: c for c in status(ledger, year=2024).counts if c.edition == "nato-2024-06"}
    assert {basis: c.meeting for basis, c in counts.items()} == {
        "published": 23,
        "quoted": 23,
        "computed": 22,
        "computed-current": 21,
    }
    why = counts["computed"].why
    assert "Slovakia is printed at 2.00 % and computed at 1.989 %" in why
    assert "3 cells as exactly 2.00 % (France 2020, Lithuania 2019, Slovakia 2024)" in why
    assert "Netherlands" in counts["computed-current"].why


def test_computed_basis_answers_directly(ledger):
    """Asked for the computed basis, the headline itself is 22 (constant prices) or 21 (current prices)."""
    assert status(ledger, year=2024, edition="nato-2024-06", basis="computed").meeting == 22
    assert status(ledger, year=2024, edition="nato-2024-06", basis="computed-current").meeting == 21


def test_the_count_for_2024_moved_from_edition_to_edition(ledger):
    """For 2024 publishers gave 18 and 23 (February and June 2024), 22 and 18 (2025), and 17 (July 2026)."""
    counts = status(ledger, year=2024).counts
    told = [(c.published[:7], c.meeting) for c in counts if c.basis in {"published", "quoted"} and c.whole]
    assert list(dict.fromkeys(told)) == [
        ("2024-02", 18),
        ("2024-06", 23),
        ("2025-04", 22),
        ("2025-08", 18),
        ("2026-07", 17),
    ]


def test_what_nato_said_stands_beside_what_its_tables_show(ledger):
    """For 2025 NATO said 31 of 32 in August 2025, of a table with 30 of 30; by July 2026 it is 28 of 31."""
    counts = {(c.published[:7], c.basis): c for c in status(ledger, year=2025).counts}
    said, shown, newest = (
        counts[key] for key in (("2025-08", "quoted"), ("2025-08", "published"), ("2026-07", "published"))
    )
    assert [(c.meeting, c.reported) for c in (said, shown, newest)] == [(31, 32), (30, 30), (28, 31)]
    assert "Germany counted though not printed" in said.why
    assert shown.why == "no figure: Germany"


def test_what_was_said_later_is_not_known_before(ledger):
    """As of a day, counts that NATO said later are not among the counts."""
    for day in (date(2024, 7, 1), date(2025, 1, 1), date(2025, 5, 1), date(2026, 1, 1)):
        counts = status(ledger, year=2024, as_of=day).counts
        assert {c.basis for c in counts} >= {"published", "quoted"}
        assert all(date.fromisoformat(c.published) <= day for c in counts)


@pytest.mark.parametrize(
    ("day", "year", "meeting", "forces"),
    [
        (date(2016, 12, 1), 2016, 5, 27),
        (date(2018, 1, 1), 2017, 6, 28),
        (date(2023, 12, 1), 2023, 11, 30),
    ],
)
def test_found_first_prints_answer_as_of_their_day(ledger, day, year, meeting, forces):
    """An edition of which every share was found answers for its day: 5 in 2016, 6 in 2017, 11 in 2023, as
    said."""
    result = status(ledger, as_of=day)
    assert (result.year, result.meeting, result.levels[0].with_forces) == (year, meeting, forces)
    assert result.levels[0].exact
    said = {c.edition: c.meeting for c in result.counts if c.basis == "quoted"}
    assert said[result.card.id] == meeting


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2020, 12, 1), "18 of its 29 figures of 2020 are held"),
        (date(2024, 5, 1), "30 of its 30 figures of 2023 are held"),
    ],
)
def test_an_answer_says_what_was_out_and_is_not_held(ledger, day, sentence):
    """As of a day when a newer edition was out, the answer says which and how much of it is held."""
    [note] = [n for n in status(ledger, as_of=day).notes if sentence in n]
    assert note.startswith("NATO had published nato-")
    assert f"by {day}" in note


@pytest.mark.parametrize(
    ("country", "share"), [("POL", 0.0448), ("LTU", 0.04), ("LVA", 0.0373), ("EST", 0.0338), ("USA", 0.0322)]
)
def test_quoted_shares_for_2025(ledger, country, share):
    """For 2025 Poland was quoted at 4.48 %, Lithuania 4.00, Latvia 3.73, Estonia 3.38, the US 3.22."""
    figures = ledger.figures(
        "defence_expenditure_share_of_gdp", edition="nato-2025-08", country=[country], year=2025
    )
    value = figures.value(country, 2025)
    assert value is not None
    assert round(value, 4) == share
    assert set(figures.frame["rests_on"]) == {"two copies"}


def test_totals_quoted_for_2025_in_two_price_bases(ledger):
    """For 2025 the US and Europe with Canada were quoted at 980 and 608 bn, or 845 and 559 in 2021 prices."""
    current = ledger.figures("defence_expenditure_current_usd", edition="nato-2025-08", year=2025)
    constant = ledger.figures("defence_expenditure_constant_usd_2021", edition="nato-2025-08", year=2025)
    found = [f.value(c, 2025) for f in (current, constant) for c in ("USA", "NATO_EUR_CAN")]
    assert [round(value / 1e9) for value in found] == [980, 608, 845, 559]


def test_growth_of_europe_and_canada_in_2024_by_edition(ledger):
    """Real growth of Europe and Canada in 2024 was 17.9, then 19.4, then 18.6 % by successive editions."""
    frame = ledger.edition("nato-2024-06").figures("defence_expenditure_real_change", year=2024)
    first = frame.value("NATO_EUR_CAN", 2024)
    later = [
        ledger.figures("defence_expenditure_real_change", edition=e, year=2024).value("NATO_EUR_CAN", 2024)
        for e in ("nato-annual-report-2025-04", "nato-2025-08")
    ]
    assert [round(v, 3) for v in (first, *later)] == [0.179, 0.194, 0.186]
