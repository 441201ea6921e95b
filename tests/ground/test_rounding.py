"""One rule of rounding: halves away from zero, after the noise of binary fractions is dropped."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.rounding import rounded, written
from foedus.spending.thresholds import standing
from foedus.tables import write_cell
from foedus.units import billions, format_value, in_per_cent, per_cent, points


@given(st.integers(-(10**9), 10**9), st.integers(0, 4), st.integers(0, 4))
def test_a_decimal_number_is_rounded_as_on_paper(number: int, places: int, digits: int) -> None:
    """A number of at most nine digits is rounded half away from zero, however its binary form lies."""
    exact = Decimal(number).scaleb(-places)
    asked = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    assert rounded(float(exact), digits) == asked


@given(st.decimals(0, 2, places=4))
def test_a_share_and_a_hundred_times_it_read_the_same(share: Decimal) -> None:
    """A fraction in per cent is the same whether it is multiplied before or while it is written."""
    assert in_per_cent(float(share), 1) == written(100 * float(share), 1)


@given(st.floats(-1e12, 1e12))
def test_a_number_and_its_opposite_are_rounded_alike(value: float) -> None:
    """What is written of a number is that of its opposite with another sign, and nought has none."""
    assert rounded(-value, 1) == -rounded(value, 1)
    assert not written(value).startswith("-0")


@given(st.integers(1, 999), st.integers(150, 600))
def test_what_is_printed_at_a_level_is_counted_at_it(tenths: int, level: int) -> None:
    """A share counts at a level exactly where its print to two digits reads at or above that level."""
    share = float(Decimal(tenths).scaleb(-4) + Decimal("0.00005"))
    printed = Decimal(per_cent(share).removesuffix(" %"))
    assert (standing(share, level / 10_000) == "at") == (printed >= Decimal(level) / 100)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (per_cent(0.605, 0), "61 %"),
        (per_cent(0.285, 0), "29 %"),
        (points(-0.00001), "+0.00"),
        (billions(60.5e9, 0), "61"),
        (format_value(60.5, "count"), "61"),
        (write_cell(60.5, "count"), "61"),
        (write_cell(0.605, "per_cent_0"), "61 %"),
        (written(np.float32(2.5)), "3"),
        (written(float("nan")), "–"),
        (written(None), "–"),
        (written(12_345_678_901_234_567, grouped=True), "12,345,678,901,234,567"),
    ],
)
def test_every_face_rounds_alike(text: str, expected: str) -> None:
    """Sixty and a half is sixty-one in sentences, cells and figures; no number has a negative nought."""
    assert text == expected
