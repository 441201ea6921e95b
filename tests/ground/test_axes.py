"""Countries resolve however publishers spell them."""

import pytest

from foedus.axes import country_code, country_codes, country_name, is_aggregate, year_range
from foedus.errors import InputError, UnknownNameError
from foedus.evidence.institutions import members_on


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("TÜRKIYE", "TUR"),
        ("Slovak Republic", "SVK"),
        ("UK", "GBR"),
        ("Great Britain", "GBR"),
        ("US", "USA"),
        ("Latvia*", "LVA"),
        ("Czech Republic", "CZE"),
        ("The Netherlands", "NLD"),
        ("Korea", "KOR"),
        ("Kosovo", "XKX"),
        ("KOS", "XKX"),
        ("de", "DEU"),
        ("NATO Europe and Canada", "NATO_EUR_CAN"),
    ],
)
def test_spellings(name, code):
    """The spellings of NATO, the IMF and the press all give one code."""
    assert country_code(name) == code


def test_unknown_country_suggests_the_nearest():
    """An unknown name is an error that names the nearest country."""
    with pytest.raises(
        UnknownNameError, match=r"--country: 'Polland' is not a known country; did you mean 'Poland'\?"
    ):
        country_code("Polland", where="--country")


def test_a_name_near_nothing_says_what_to_write():
    """A name near no country says how to write one."""
    with pytest.raises(UnknownNameError, match="use an ISO 3166-1 alpha-3 code such as POL"):
        country_code("Qwxyz")


def test_several_countries_keep_their_order_and_stand_once():
    """Countries given together, or in one word with commas, keep their order and stand once."""
    assert country_codes(["Poland,Estonia", "POL", "uk"]) == ["POL", "EST", "GBR"]


def test_names_of_allies_are_short():
    """Every ally's printed name is short and resolves back to its code."""
    from datetime import date

    for code in members_on(date(2024, 12, 31)):
        assert len(country_name(code)) <= 16
        assert country_code(country_name(code)) == code


def test_a_code_that_does_not_exist_has_no_name():
    """A code that does not exist is an error."""
    with pytest.raises(UnknownNameError, match="'XYZ' is not a known country code"):
        country_name("XYZ")
    assert is_aggregate("NATO")
    assert not is_aggregate("POL")


@pytest.mark.parametrize(
    ("text", "span"), [("2024", (2024, 2024)), ("2014-2024", (2014, 2024)), ("2014–2016", (2014, 2016))]
)
def test_years(text, span):
    """A year or a range of years is read."""
    assert year_range(text) == span


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("24", "'24' is not a year or a range of years; write it as 2024 or 2014-2024"),
        ("2024-2014", "the range 2024-2014 runs backwards; write 2014-2024"),
    ],
)
def test_bad_years(text, message):
    """What is not a year says how to write one."""
    with pytest.raises(InputError, match=message):
        year_range(text)
