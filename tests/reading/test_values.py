"""Numbers and dates as newspapers write them."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.reading.claims import agreement
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.tagging import tags_of
from foedus.reading.text import plain_text
from foedus.reading.values import Amount, Day


def _values(text, kinds):
    return [tag.value for tag in tags_of(plain_text(text).text) if tag.kind in kinds]


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("4.12 percent", 0.0412, 0.0001, "eq"),
        ("about 4 per cent", 0.04, 0.01, "approx"),
        ("two percent", 0.02, 0.01, "eq"),
        ("at least 2%", 0.02, 0.01, "ge"),
        ("Twenty-three allies", 23, 1, "eq"),
        ("more than 20 allies", 20, 1, "gt"),
        ("fewer than 300,000 troops", 300_000, 1, "lt"),
        ("$1.2 trillion", 1.2e12, 1e11, "eq"),
        ("€40bn", 40e9, 1e9, "eq"),
        ("380 billion dollars", 380e9, 1e9, "eq"),
        ("nearly two dozen allies", 24, 1, "approx"),
    ],
)
def test_numbers(text, value, unit, comparator):
    """A number is read with its scale, the unit of its last digit, and the hedge before it."""
    (amount,) = _values(text, "NRM")
    assert (amount.value, amount.unit, amount.comparator) == (
        pytest.approx(value),
        pytest.approx(unit),
        comparator,
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On Tuesday, October 1st", Day(None, 10, 1, 1)),
        ("on 1 October 2024", Day(2024, 10, 1)),
        ("in March 2024", Day(2024, 3)),
        ("in February of this year", Day(None, 2, None, None, 0)),
        ("since 1949", Day(1949)),
        ("last year", Day(None, None, None, None, -1)),
        ("2024-10-01", Day(2024, 10, 1)),
    ],
)
def test_dates(text, day):
    """A date is read as far as it is stated."""
    assert _values(text, "D") == [day]


@pytest.mark.parametrize("text", ["They may 2 things", "2024 troops", "the F-16 jet", "page 3-4-5"])
def test_what_only_looks_like_a_date(text):
    """The verb "may", a number of troops and the name of an aircraft are no dates."""
    assert _values(text, "D") == []


def test_a_date_without_a_year_is_the_last_one():
    """A past month is that of this year once it has begun, else of last year."""
    assert resolve(Day(None, 10, 1), date(2024, 10, 5)) == Day(2024, 10, 1)
    assert resolve(Day(None, 12, 1), date(2024, 10, 5)) == Day(2023, 12, 1)
    assert resolve(Day(None, 11, 5), date(2024, 10, 5), past=False) == Day(2024, 11, 5)
    assert resolve(Day(weekday=1), date(2024, 10, 5)) is None


def test_days_compare_within_what_is_stated():
    """A month holds its days, and a day that the calendar lacks compares with nothing."""
    assert compare_day(Day(2024, 3), date(2024, 3, 7)) == "agrees"
    assert compare_day(Day(2023), date(2024, 3, 7)) == "differs"
    assert compare_day(Day(2023, 2, 30), date(2023, 2, 28)) == "no_such_day"
    assert str(Day(None, 10, 1)) == "????-10-01"


@pytest.mark.parametrize(
    ("stated", "true", "result"),
    [
        (Amount(14, 1, 1), 13.7, "agrees"),
        (Amount(12, 1, 1), 13.7, "differs"),
        (Amount(20, 1, 10), 17.9, "rounding"),
        (Amount(20, 1, 10, "gt"), 23, "agrees"),
        (Amount(14, 1, 1, "gt"), 13.7, "rounding"),
        (Amount(20, 1, 10, "lt"), 23, "differs"),
        (Amount(14, 1, 1, "approx"), 13.7, "agrees"),
        (Amount(30, 1, 10, "ge"), 30, "agrees"),
    ],
)
def test_agreement_is_half_a_unit_of_the_stated_precision(stated, true, result):
    """A number agrees when the figure rounds to it, and zeros at its end may be rounding."""
    assert agreement(stated, true) == result


def test_a_count_is_exact():
    """Of counts only the very number agrees, whatever the hedge."""
    assert agreement(Amount(31, 1, 1), 32, exact=True) == "differs"
    assert agreement(Amount(32, 1, 1, "approx"), 32, exact=True) == "agrees"
    assert agreement(Amount(24, 1, 12, "approx"), 23, exact=True) == "rounding"
