"""Numbers are printed in the units people read."""

import pytest

from foedus.errors import InputError
from foedus.units import UNITS, billions, format_value, per_cent, points


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0212, "fraction", "2.12 %"),
        (41.3e9, "usd", "41.30 bn"),
        (5.25e6, "lcu", "5.3 m"),
        (118600.0, "person", "118,600"),
        (1949.0, "year", "1949"),
        (17.345, "index", "17.35"),
        (None, "usd", "–"),
        (float("nan"), "fraction", "–"),
    ],
)
def test_values_are_written_as_people_read_them(value, unit, text):
    """A value is written with its unit's usual digits, and a dash where there is none."""
    assert format_value(value, unit) == text


def test_points_and_billions():
    """A gap carries its sign; amounts are in billions with separators."""
    assert (billions(-1e6, signed=True), billions(2.5e9, signed=True)) == ("+0.0", "+2.5")
    assert (points(-0.0072), points(0.02), billions(1234.5e9), per_cent(None)) == (
        "-0.72",
        "+2.00",
        "1,234.5",
        "–",
    )


def test_an_unknown_unit_lists_the_known():
    """A unit that does not exist is an error that lists the units."""
    with pytest.raises(InputError, match="'furlong' is not a unit; use one of fraction, usd"):
        format_value(1.0, "furlong")
    assert all(UNITS.values())
