"""Results show themselves: as tables for polars and pandas, as charts, and in notebooks."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

import foedus
from foedus.errors import InputError
from foedus.evidence import Ledger
from foedus.evidence.query import ask_figures
from foedus.spending.burden import burden
from foedus.spending.revision import revision

DAY = date(2026, 11, 1)


def test_a_status_becomes_a_table() -> None:
    """The table of a status has one row per ally with year and edition, the same in polars and pandas."""
    result = foedus.status(year=2024, edition="nato-2024-06")
    frame, table = result.to_polars(), result.to_pandas()
    assert frame.height == len(table) == 32
    assert table.columns.to_list() == frame.columns
    assert table.columns.to_list()[:4] == ["year", "edition", "country", "name"]
    assert table["meets"].sum() == result.meeting == 23


def test_a_run_becomes_a_table(tmp_path: Path) -> None:
    """A run's pandas table has the rows and values of its polars table."""
    made = foedus.run("baseline", draws=5, as_of=DAY, out=tmp_path / "run")
    table = made.to_pandas(["nato_expenditure_constant_usd"])
    assert table.shape == (12 * 5, 3)
    frame = made.to_polars(["nato_expenditure_constant_usd"])
    assert (
        table["nato_expenditure_constant_usd"].to_list() == frame["nato_expenditure_constant_usd"].to_list()
    )


def test_a_comparison_and_figures_become_tables() -> None:
    """A comparison gives a row for each measure and year, and figures a row each."""
    compared = foedus.compare("baseline", "hague-five-years-late", draws=5, as_of=DAY)
    assert compared.to_pandas().shape == (5 * 12, 6)
    answer = ask_figures("population", country=["POL"], year="2024")
    assert answer.to_pandas()["value"].to_list() == answer.to_polars()["value"].to_list()


def test_rows_become_a_table() -> None:
    """A result of rows is a table of them; one without rows says so."""
    found = burden(Ledger.packaged(), year=2024)
    assert found.to_pandas()["country"].to_list() == [row.country for row in found.rows]
    with pytest.raises(InputError, match="to_polars: a Revision has no rows; use its fields"):
        revision(Ledger.packaged(), year=2024, edition="nato-2024-06").to_polars()


def test_a_notebook_shows_a_result() -> None:
    """In a notebook a result is a drawn chart with its words, without scripts."""
    html = foedus.status(year=2024)._repr_html_()
    assert html.startswith('<figure><svg role="img"')
    assert "<script" not in html
    assert "This chart in words" in html


def test_a_result_draws_itself() -> None:
    """A result gives its usual chart, or the one that was asked for."""
    result = foedus.status(year=2024)
    assert result.chart().title == result.chart("bars").title
    assert result.chart("map").description.startswith("Map of")


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pandas the message names the extra to install."""
    # None among the modules makes the import fail as if the library were not installed.
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(
        InputError, match=r"to_pandas: pandas is not installed; run `pip install 'foedus\[notebook\]'`"
    ):
        foedus.status(year=2024).to_pandas()
