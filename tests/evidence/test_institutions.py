"""The Alliance's institutions, by day."""

from datetime import date

import pytest

from foedus.errors import NoDataError, UnknownNameError
from foedus.evidence.institutions import institution_table, members_on, pledges_by, secretary_general_on


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(1949, 8, 24), 12),
        (date(2023, 4, 3), 30),
        (date(2023, 4, 4), 31),
        (date(2024, 3, 6), 31),
        (date(2024, 3, 7), 32),
    ],
)
def test_membership_by_day(day, count):
    """There are 12 members at first, 30 before Finland, 31 from 4 April 2023, 32 from 7 March 2024."""
    assert len(members_on(day)) == count


def test_rutte_is_the_fourteenth():
    """Mark Rutte is the 14th Secretary General from 1 October 2024; acting ones have no ordinal."""
    assert (
        secretary_general_on(date(2024, 10, 1))["ordinal"],
        secretary_general_on(date(2024, 10, 1))["name"],
    ) == (
        "14",
        "Mark Rutte",
    )
    assert secretary_general_on(date(2024, 9, 30))["name"] == "Jens Stoltenberg"
    acting = secretary_general_on(date(1994, 9, 1))
    assert (acting["name"], acting["ordinal"], acting["acting"]) == ("Sergio Balanzino", "", "yes")
    with pytest.raises(NoDataError, match="nobody is recorded as Secretary General on 1950-01-01"):
        secretary_general_on(date(1950, 1, 1))


def test_pledges_known_by_a_day():
    """Wales 2014 stands alone until Vilnius; The Hague adds 3.5 %, 1.5 % and 5 % by 2035 on 25 June 2025."""
    assert {p.pledge for p in pledges_by(date(2023, 7, 10))} == {"wales-2014"}
    hague = [p for p in pledges_by(date(2025, 6, 25)) if p.pledge == "hague-2025" and not p.country]
    assert {(p.quantity, p.level, p.deadline) for p in hague} == {
        ("defence_expenditure_share_of_gdp", 0.035, 2035),
        ("security_related_share_of_gdp", 0.015, 2035),
        ("defence_and_security_share_of_gdp", 0.05, 2035),
    }
    assert not [p for p in pledges_by(date(2025, 6, 24)) if p.pledge == "hague-2025"]


def test_the_end_of_a_term_is_not_known_before_it_ends():
    """As of 2020 the table shows Stoltenberg's term as open and does not name his successor."""
    rows = institution_table("secretaries-general", as_of=date(2020, 1, 1)).rows
    assert (rows[-1]["name"], rows[-1]["end"]) == ("Jens Stoltenberg", "")


def test_every_row_says_how_it_is_known():
    """Every institutional row is retrieved, press or unverified, and says what it was checked against."""
    for name in ("members", "secretaries-general", "summits", "treaty-articles", "article-uses", "pledges"):
        for row in institution_table(name).rows:
            assert row["known"] in {"retrieved", "press", "unverified"}, row
            assert row["checked"], row


def test_article_five_was_used_once():
    """Article 5 was used once, in 2001; Poland asked for Article 4 consultations in September 2025."""
    rows = institution_table("article-uses").rows
    assert [row["date"] for row in rows if row["article"] == "5"] == ["2001-09-12"]
    assert ("2025-09-10", "POL") in {(row["date"], row["by"]) for row in rows}


def test_an_unknown_table_is_named_with_the_nearest():
    """A misspelt table is refused and the nearest name suggested."""
    with pytest.raises(UnknownNameError, match=r"'sumits' is not a known table; did you mean 'summits'\?"):
        institution_table("sumits")
