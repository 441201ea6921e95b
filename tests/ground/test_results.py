"""Results show themselves: as tables for polars and pandas, as charts, and in notebooks."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path

import pytest

import foedus
from foedus.analysis.pledge import pledge
from foedus.api.evidence import figure
from foedus.decisions.shipped import list_decisions
from foedus.errors import InputError
from foedus.evidence import Ledger
from foedus.evidence.institutions import institution_table
from foedus.evidence.lists import edition_list, indicator_list, institution_list
from foedus.evidence.sources import sources
from foedus.extending import install
from foedus.results import Result, to_jsonable
from foedus.spending.burden import burden
from foedus.spending.hindcast.result import spending_hindcast
from foedus.spending.revision import revision
from foedus.tables import Column, Table

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
    assert table.shape == (10 * 5, 3)
    frame = made.to_polars(["nato_expenditure_constant_usd"])
    assert (
        table["nato_expenditure_constant_usd"].to_list() == frame["nato_expenditure_constant_usd"].to_list()
    )


def test_a_comparison_and_figures_become_tables() -> None:
    """A comparison gives a row for each measure and year, and figures a row each."""
    compared = foedus.compare("baseline", "hague-five-years-late", draws=5, as_of=DAY)
    assert compared.to_pandas().shape == (5 * 10, 6)
    answer = figure("population", country=["POL"], year="2024")
    assert answer.to_pandas()["value"].to_list() == answer.to_polars()["value"].to_list()


def test_rows_become_a_table() -> None:
    """A result of rows is a table of them; one without rows says so."""
    found = burden(Ledger.packaged(), year=2024)
    assert found.to_pandas()["country"].to_list() == [row.country for row in found.rows]
    later = revision(Ledger.packaged(), year=2024, edition="nato-2024-06")
    assert later.to_polars()["name"].to_list() == [row["name"] for row in later.tables()[0].rows]


def test_a_notebook_shows_a_result() -> None:
    """In a notebook a result is a drawn chart with its words, without scripts."""
    html = foedus.status(year=2024)._repr_html_()
    assert html.startswith('<div class="foedus-answer"')
    assert '<figure><svg role="img"' in html
    assert html.index(foedus.status(year=2024).headline()) < html.index("<figure>") < html.index("<table")
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
        InputError, match=re.escape(f"to_pandas: pandas is not installed; {install('notebook')}")
    ):
        foedus.status(year=2024).to_pandas()


def test_a_table_is_cut_to_columns() -> None:
    """A face chooses columns, their order, headings and kinds; the rows stay as they are."""
    rows = ({"a": 0.5, "b": "x", "c": None},)
    table = Table(
        "t", "T", (Column("a", "A", "per_cent_0"), Column("b", "B"), Column("c", "C", "count")), rows
    )
    chosen = table.select("b", "a", labels={"a": "Share"}, kinds={"a": "number_1"})
    assert [column.label for column in chosen.columns] == ["B", "Share"]
    assert [column.write(rows[0]) for column in chosen.columns] == ["x", "0.5"]
    assert chosen.rows == rows
    assert table.select() == table


def test_a_result_without_charts_shows_its_headline_and_table() -> None:
    """In a notebook a result that cannot be drawn is its headline and its rows."""
    shipped = list_decisions()
    assert shipped.headline() in shipped._repr_html_()
    assert "<figure" not in shipped._repr_html_()
    assert shipped._repr_html_().count("<table") == 1


def test_results_say_themselves() -> None:
    """Each result has a sentence, tables whose rows hold every column, and plain values."""
    ledger = Ledger.packaged()
    results: list[Result] = [
        foedus.status(year=2024, as_of=DAY, ledger=ledger),
        revision(ledger, year=2024, edition="nato-2024-06"),
        burden(ledger, year=2024),
        pledge(as_of=DAY, draws=20, ledger=ledger),
        figure("population", country=["POL"], year="2024", ledger=ledger),
        sources(ledger),
        indicator_list(ledger),
        edition_list(ledger),
        institution_list(),
        institution_table("summits"),
        spending_hindcast(basis="shipped"),
    ]
    for result in results:
        assert result.headline()
        assert result.tables()
        json.dumps(to_jsonable(result.payload()), allow_nan=False)
        for table in result.tables():
            assert table.rows
            assert table == result.table(table.name)
            for row in table.rows:
                assert {column.key for column in table.columns} <= set(row)
                assert all(column.write(row) is not None for column in table.columns)


def test_a_status_says_its_count() -> None:
    """The sentence of a status names the count, the level and the year."""
    found = foedus.status(year=2024, edition="nato-2024-06")
    assert found.headline() == (
        "23 of the 31 allies with a figure spent 2 % of GDP or more on defence in 2024 (an estimate)."
    )
    assert found.payload()["meeting"] == 23
    assert len(found.table("allies").rows) == 32


def test_what_may_still_change_is_listed() -> None:
    """Of a revision the open allies are those with a chance of 5 to 95 %, the likeliest first."""
    rows = revision(Ledger.packaged(), year=2024, edition="nato-2024-06").table("open").rows
    chances = [row["chance"] for row in rows]
    assert chances == sorted(chances, reverse=True)
    assert all(0.05 < chance < 0.95 for chance in chances)
