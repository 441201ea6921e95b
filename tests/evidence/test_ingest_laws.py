"""Laws of reading and writing figures."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import workbooks as w
from foedus.evidence.checks import CATEGORIES, no_duplicates, shares_add_up
from foedus.evidence.figure_tables import Figure, figures_frame, read_table, table_text
from foedus.evidence.ingest.nato import read_tables
from foedus.evidence.ingest.workbook import read_sheets
from foedus.evidence.rows import FigureRows
from foedus.evidence.userdata import compare_figures

PER_CENT = st.floats(min_value=0.01, max_value=20.0, allow_subnormal=False)
KEYS = st.tuples(
    st.sampled_from(["population", "gdp_ppp", "equipment_share"]),
    st.sampled_from(["POL", "USA", "NATO"]),
    st.integers(1949, 2031),
)
TABLES = st.dictionaries(KEYS, st.floats(allow_nan=False, allow_infinity=False), max_size=12)


def _frame(table: dict[tuple[str, str, int], float], note: str = "") -> FigureRows:
    return figures_frame(Figure(i, c, y, v, "actual", "retrieved", note) for (i, c, y), v in table.items())


@settings(max_examples=15, deadline=None)
@given(
    shares=st.lists(PER_CENT, min_size=6, max_size=6),
    layout=st.sampled_from(["2024", "2026"]),
)
def test_a_workbook_of_any_shares_reads_back_exactly(shares: list[float], layout: str) -> None:
    """Whatever the printed shares are, each reads back as exactly its hundredth."""
    figures = w.small()
    cells = [("defence_expenditure_share_of_gdp", c, y) for c in w.MEMBERS for y in (2023, 2024)]
    figures |= {key: share / 100 for key, share in zip(cells, shares, strict=True)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.xlsx"
        path = w.nato_2024(path, figures) if layout == "2024" else w.nato_2026(path, figures, base=2015)
        tables = read_tables(read_sheets(path), path.name)
    assert w.as_figures(tables.figures) == figures
    assert tables.last_year == 2024
    assert tables.blanks == ()


@given(table=TABLES, note=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20))
@settings(max_examples=50, deadline=None)
def test_a_written_table_reads_back_exactly(table: dict[tuple[str, str, int], float], note: str) -> None:
    """Writing a table and reading it again changes no digit, whatever the numbers and notes."""
    frame = _frame(table, note)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(table_text(frame), encoding="utf-8", newline="\n")
        assert read_table(path) == frame


@given(old=TABLES, new=TABLES)
@settings(max_examples=50, deadline=None)
def test_a_comparison_counts_every_figure_once(
    old: dict[tuple[str, str, int], float], new: dict[tuple[str, str, int], float]
) -> None:
    """Equal, differing and added figures make up the new table; equal, differing and absent ones the old."""
    change = compare_figures(_frame(old), _frame(new))
    assert change.equal + change.differing + change.added == len(new)
    assert change.equal + change.differing + change.absent == len(old)
    assert compare_figures(_frame(new), _frame(new)).identical
    assert no_duplicates(_frame(new)).passed


@given(parts=st.lists(st.floats(0.01, 100.0), min_size=4, max_size=4), extra=st.floats(0.001, 0.5))
@settings(max_examples=50, deadline=None)
def test_parts_of_a_whole_add_up(parts: list[float], extra: float) -> None:
    """Any four parts of a whole pass the check of shares; with anything added to one they fail it."""
    shares = [part / sum(parts) for part in parts]
    table = {(name, "POL", 2024): share for name, share in zip(CATEGORIES, shares, strict=True)}
    assert shares_add_up(_frame(table)).passed
    table[CATEGORIES[0], "POL", 2024] += extra
    assert not shares_add_up(_frame(table)).passed


@given(
    values=st.lists(st.floats(0.001, 0.1), min_size=4, max_size=30, unique=True),
    digits=st.integers(3, 6),
)
@settings(max_examples=60, deadline=None)
def test_rounding_makes_no_figure_another(values: list[float], digits: int) -> None:
    """A table and the same rounded to fewer digits are equal; moved by two units of them they differ."""
    keys = [("defence_expenditure_share_of_gdp", "POL", 1950 + i) for i in range(len(values))]
    full = _frame(dict(zip(keys, values, strict=True)), "")
    printed = _frame({k: round(v, digits) for k, v in zip(keys, values, strict=True)}, "")
    stated = printed.with_columns(printed_to=10.0**-digits)
    assert compare_figures(stated, full).identical
    assert compare_figures(full, stated).identical
    moved = _frame({k: v + 2 * 10.0**-digits for k, v in zip(keys, values, strict=True)}, "")
    assert compare_figures(stated, moved).equal == 0
    assert compare_figures(full, full, exact=True).identical
