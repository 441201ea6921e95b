"""Reading NATO's workbooks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import workbooks as w
from foedus.errors import FileFormatError, InputError, StorageError, UnknownNameError
from foedus.evidence.cards import FIGURE_SCHEMA
from foedus.evidence.ingest import read
from foedus.evidence.packaged import packaged_card


def _read(path: Path, **options: Any) -> Any:
    return read("nato", path, **{"members": w.MEMBERS, **options})


def test_the_2024_layout_gives_the_packaged_edition_exactly(tmp_path: Path) -> None:
    """The packaged figures, written in the June 2024 layout, read back as the packaged table and card."""
    path = w.nato_2024(tmp_path / "tables.xlsx", w.as_figures(w.packaged()))
    imported = read("nato", path)
    assert imported.figures == w.packaged()
    assert list(imported.figures.columns) == [name for name, _ in FIGURE_SCHEMA]
    card = packaged_card("nato-2024-06")
    assert card is not None
    assert imported.card.sha256 == card.sha256
    assert imported.card.complete == card.complete
    assert imported.card.caveats == card.caveats
    assert imported.card.members_on == date(2024, 6, 17)
    assert all(check.passed for check in imported.checks)
    assert len(imported.checks) == 6
    assert "Table 4 repeats columns of Tables 2 and 3 and is not read" in imported.notes
    assert "TABLE1: rows without a country are left out (42, 75)" in imported.notes


def test_the_2026_layout_is_read_exactly(tmp_path: Path) -> None:
    """A workbook of the 2025 and 2026 layout, in 2021 prices, reads back figure by figure."""
    figures = w.rebased(w.as_figures(w.packaged()))
    imported = read("nato", w.nato_2026(tmp_path / "def-exp-2026-en.xlsx", figures))
    assert w.as_figures(imported.figures) == figures
    assert imported.card.id == "nato-2026-07"
    assert imported.card.caveats == ()
    assert imported.card.published == date(2026, 7, 10)
    assert imported.card.complete["gdp_constant_usd_2021"] == (2016, 2026)


def test_estimates_are_told_from_actual_figures(tmp_path: Path) -> None:
    """The years whose header carries an e are estimates, the others actual."""
    imported = _read(w.nato_2026(tmp_path / "a.xlsx", w.small((2021, 2022, 2023, 2024)), base=2015))
    statuses = set(imported.figures.select("year", "status"))
    assert statuses == {(2021, "actual"), (2022, "actual"), (2023, "estimate"), (2024, "estimate")}


def test_a_star_becomes_a_note(tmp_path: Path) -> None:
    """A country's footnote star is kept in the note and not in its name."""
    imported = _read(w.nato_2026(tmp_path / "a.xlsx", w.small(), base=2015, stars=["POL"]))
    notes = set(imported.figures.select("country", "note"))
    plain = {(country, "") for country in ("CZE", "DEU", "NATO", "NATO_EUR_CAN")}
    assert notes == {*plain, ("POL", "footnote *")}


@pytest.mark.parametrize("blank", ["..", "n/a", "-", "", None])
def test_a_missing_figure_has_no_row(tmp_path: Path, blank: str | None) -> None:
    """Every mark that publishers use for a missing figure gives no row, and never a zero."""
    gone = ("military_personnel", "POL", 2023)
    path = w.nato_2026(tmp_path / "a.xlsx", w.small(), base=2015, missing=[gone], blank=blank)
    found = w.as_figures(_read(path).figures)
    assert gone not in found
    assert len(found) == len(w.small()) - 1


@pytest.mark.parametrize("indent", [0, 1])
def test_headings_may_stand_in_the_first_or_second_column(tmp_path: Path, indent: int) -> None:
    """The column in which a block's heading and the countries stand does not matter."""
    path = w.nato_2026(tmp_path / "a.xlsx", w.small(), base=2015, indent=indent)
    assert w.as_figures(_read(path).figures) == w.small()


def test_blank_rows_and_other_sheets_are_passed_over(tmp_path: Path) -> None:
    """Blank rows between countries and sheets that are no tables change nothing."""

    def edit(book: Any) -> None:
        book.create_sheet("Graphs")["A1"] = "Graph 1"
        book["TABLE2"].insert_rows(12)
        book["TABLE3"].insert_rows(11, 3)

    assert w.as_figures(_read(w.nato_2024(tmp_path / "a.xlsx", w.small(), edit=edit)).figures) == w.small()


def test_a_repeated_header_is_not_a_country(tmp_path: Path) -> None:
    """A header that stands again above the second block is not read as figures."""

    def edit(book: Any) -> None:
        sheet = book["TABLE3"]
        row = next(r for r in range(1, 40) if sheet.cell(r, 2).value == "Annual real change (%)")
        sheet.cell(row, 4).value, sheet.cell(row, 5).value = "2023e", "2024e"

    assert w.as_figures(_read(w.nato_2024(tmp_path / "a.xlsx", w.small(), edit=edit)).figures) == w.small()


def test_a_number_written_as_text_is_read(tmp_path: Path) -> None:
    """A cell that holds a number as text, with blanks between thousands, is read as that number."""

    def edit(book: Any) -> None:
        book["TABLE1"]["D11"] = "1\xa0234 567.5"

    found = w.as_figures(_read(w.nato_2024(tmp_path / "a.xlsx", w.small(), edit=edit)).figures)
    assert found["defence_expenditure_current_lcu", "CZE", 2023] == 1234567.5 * 1e6


def test_a_heading_may_share_the_headers_row(tmp_path: Path) -> None:
    """A block's heading in the same row as the years opens the block."""

    def edit(book: Any) -> None:
        for sheet in book.worksheets:
            if sheet.title != "Table 7":
                sheet["A4"], sheet["A3"] = sheet["A3"].value, None

    path = w.nato_2026(tmp_path / "a.xlsx", w.small(), base=2015, edit=edit)
    assert w.as_figures(_read(path).figures) == w.small()


def test_a_second_header_in_other_columns_is_refused(tmp_path: Path) -> None:
    """A block whose years stand in other columns than the first block's is refused, not read askew."""

    def edit(book: Any) -> None:
        sheet = book["Table 3"]
        row = next(r for r in range(5, 40) if sheet.cell(r, 2).value == "2023e")
        sheet.cell(row, 2).value, sheet.cell(row, 3).value = "2022", "2023e"

    with pytest.raises(FileFormatError, match=r"Table 3, row 12: this header differs from the one in row 4"):
        _read(w.nato_2026(tmp_path / "a.xlsx", w.small(), base=2015, edit=edit))


def test_an_unknown_edition_asks_for_its_day(tmp_path: Path) -> None:
    """A workbook whose last year is not that of a known edition needs the day of publication."""
    path = w.nato_2024(tmp_path / "a.xlsx", {(i, c, y + 6): v for (i, c, y), v in w.small().items()})
    with pytest.raises(InputError, match="when the edition with tables to 2030 came out") as caught:
        _read(path)
    assert "--published YYYY-MM-DD" in str(caught.value)
    card = _read(path, published=date(2030, 6, 1)).card
    assert (card.id, card.published_known) == ("nato-2030-06", "unverified")
    assert card.title == "Defence Expenditure of NATO Countries (2029-2030)"
    assert _read(path, published=date(2030, 6, 1), edition="nato-draft").card.id == "nato-draft"


def test_a_blank_ally_stays_with_its_other_years(tmp_path: Path) -> None:
    """An ally that is blank in the newest year keeps its older figures; import and card name it."""
    figures = w.rebased(w.small())
    blank = [key for key in figures if key[1:] == ("DEU", 2026) and not key[0].startswith("gdp")]
    imported = _read(w.nato_2026(tmp_path / "a.xlsx", figures, missing=blank), published=date(2026, 9, 1))
    germany = imported.figures.where(country="DEU")
    assert len(germany.where(year=2025)) == 15
    assert len(germany.where(year=2026)) == 15 - len(blank)
    assert all(check.passed for check in imported.checks)
    (note,) = [line for line in imported.notes if "blank" in line]
    assert note.startswith("Germany is blank, as printed, for 2026 in 12 indicators (")
    assert f"{note}." in imported.card.caveats


@pytest.mark.parametrize("blank", ["..", "", None, "n/a"])
def test_an_ally_blank_in_every_year_is_not_missing(tmp_path: Path, blank: str | None) -> None:
    """A row without any figure is an ally that is blank; only a row that is not there is missing."""
    name = "equipment_share"
    missing = [(name, "POL", year) for year in (2025, 2026)]
    path = w.nato_2026(tmp_path / "a.xlsx", w.rebased(w.small()), missing=missing, blank=blank)
    imported = _read(path, published=date(2026, 9, 1))
    assert not len(imported.figures.where(indicator=name, country="POL"))
    assert "Poland is blank, as printed, for 2025, 2026 in equipment_share" in imported.notes


def test_another_day_is_another_edition(tmp_path: Path) -> None:
    """A day that is not the known edition's makes an edition of its own, without the known one's caveats."""
    card = _read(w.nato_2024(tmp_path / "a.xlsx", w.small()), published=date(2025, 4, 24)).card
    assert (card.id, card.caveats) == ("nato-2025-04", ())


def test_prices_of_an_unknown_year_are_refused(tmp_path: Path) -> None:
    """Constant prices of a year the catalogue has no quantity for are named, and not put under another."""
    figures = {(i.replace("2015", "2030"), c, y): v for (i, c, y), v in w.small().items()}
    with pytest.raises(FileFormatError, match="at constant prices of 2030") as caught:
        _read(w.nato_2024(tmp_path / "a.xlsx", figures, base=2030))
    assert "defence_expenditure_constant_lcu_2030" in str(caught.value)


def test_prices_of_no_year_are_refused(tmp_path: Path) -> None:
    """Table 6 without the year of its prices is refused."""

    def edit(book: Any) -> None:
        book["TABLE6"]["B6"] = None

    with pytest.raises(FileFormatError, match="at constant prices of an unnamed year"):
        _read(w.nato_2024(tmp_path / "a.xlsx", w.small(), edit=edit))


Change = Callable[[Any], None]


def _set(sheet: str, cell: str, value: object) -> Change:
    def change(book: Any) -> None:
        book[sheet][cell] = value

    return change


def _delete_rows(sheet: str, row: int, count: int = 1) -> Change:
    def change(book: Any) -> None:
        book[sheet].delete_rows(row, count)

    return change


BAD: dict[str, tuple[Change, list[str]]] = {
    "a sheet is missing": (
        lambda book: book.remove(book["TABLE3"]),
        ["no sheet for Table 3", "its sheets: TABLE1, TABLE2, TABLE4", "with Tables 1 to 8b"],
    ),
    "a header is missing": (
        _delete_rows("TABLE3", 8),
        ["TABLE3: there is no header row with years such as 2014 and 2024e"],
    ),
    "a year is missing from a header": (
        _set("TABLE3", "F8", 2026),
        ["TABLE3, row 8", "years do not follow one another (2023, 2024, 2026)"],
    ),
    "a text in a number's cell": (
        _set("TABLE3", "E11", "about two"),
        ["TABLE3, cell E11: 'about two' is not a number; import NATO's own workbook unchanged."],
    ),
    "an error in a number's cell": (
        _set("TABLE2", "D12", "#REF!"),
        ["TABLE2, cell D12: '#REF!' is not a number"],
    ),
    "a country is missing": (
        _delete_rows("TABLE3", 13),
        ["check no_ally_missing fails: POL is missing from defence_expenditure_share_of_gdp"],
    ),
    "shares that do not add up": (
        _set("TABLE8a", "D11", 99.0),
        ["check shares_add_up fails: the category shares of CZE 2023 sum to ", "instead of 1"],
    ),
    "a country twice": (
        _set("TABLE3", "C12", "Czechia"),
        ["TABLE3, row 12: 'Czechia' stands twice under one heading (first in row 11)"],
    ),
    "a share a hundred times too large": (
        _set("TABLE3", "D13", 212.0),
        ["check units fails: defence_expenditure_share_of_gdp POL 2023 is 2.12", "not a plausible magnitude"],
    ),
    "figures under no heading": (
        _set("TABLE2", "B10", "Prices"),
        ["TABLE2, row 11: the figures of 'Czechia*' stand under no known heading", "'current prices'"],
    ),
    "a block is missing": (
        _delete_rows("TABLE8a", 15, 4),
        ["TABLE8a: Table 8a has no figures under a heading like 'personnel'"],
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_faulty_workbook_is_refused_with_its_place(tmp_path: Path, case: str) -> None:
    """Each fault of a workbook is refused with one sentence that names the file, the sheet and the cell."""
    change, words = BAD[case]
    with pytest.raises(FileFormatError) as caught:
        _read(w.nato_2024(tmp_path / "faulty.xlsx", w.small(), edit=change))
    message = str(caught.value)
    assert "faulty.xlsx" in message
    assert [word for word in words if word not in message] == []


def test_an_unknown_country_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    """A label that is no country is named with its row and the nearest country."""
    path = w.nato_2024(tmp_path / "a.xlsx", w.small(), edit=_set("TABLE3", "C11", "Czechja"))
    with pytest.raises(UnknownNameError, match=r"TABLE3, row 11: 'Czechja' is not a known country") as caught:
        _read(path)
    assert "did you mean 'Czechia'" in str(caught.value)


FILES: dict[str, tuple[bytes, str]] = {
    "no zip": (b"id,value\n1,2\n", "this is not an Excel workbook (.xlsx)"),
    "a web page": (b"\n<!DOCTYPE html><html>", "this is a web page, not an Excel workbook"),
    "an old workbook": (b"\xd0\xcf\x11\xe0rest", "this is a workbook of the old .xls format, not .xlsx"),
    "cut short": (b"PK\x03\x04" + b"\x00" * 60, "the workbook is damaged or cut short"),
    "empty": (b"", "the file is empty"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, case: str) -> None:
    """What is not a workbook is refused, and the message says what it is instead."""
    content, words = FILES[case]
    path = tmp_path / "tables.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileFormatError) as caught:
        _read(path)
    assert words in str(caught.value)


def test_a_workbook_with_a_broken_sheet_is_refused(tmp_path: Path) -> None:
    """A workbook whose sheet cannot be unpacked is refused as damaged."""
    path = w.nato_2024(tmp_path / "a.xlsx", w.small())
    content = bytearray(path.read_bytes())
    start = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[start : start + 200] = b"\xff" * 200
    path.write_bytes(content)
    with pytest.raises(FileFormatError, match="damaged or cut short"):
        _read(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    """A path to nothing and a path to a folder are told apart."""
    with pytest.raises(InputError, match="there is no such file; check its name and folder"):
        _read(tmp_path / "none.xlsx")
    with pytest.raises(InputError, match="this is a folder, not a file; name the file inside it"):
        _read(tmp_path)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without permission to read is a matter of storage and not of format."""

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(StorageError, match=r"the file cannot be read \(Permission denied\)"):
        _read(tmp_path / "a.xlsx")


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    """A workbook whose tables hold no numbers is refused."""
    path = w.nato_2026(tmp_path / "a.xlsx", w.small(), base=2015, missing=w.small())
    with pytest.raises(FileFormatError, match="has no figures under a heading like 'current prices'"):
        _read(path)


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    """A publisher no importer reads is named, with the nearest that one does."""
    with pytest.raises(InputError, match=r"'nat' is not a kind of publisher's file; did you mean 'nato'\?"):
        read("nat", tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="use one of nato, imf, sipri"):
        read("eurostat", tmp_path / "a.xlsx")


def test_an_importer_covers_the_fifteen_indicators(tmp_path: Path) -> None:
    """The eight tables hold fifteen indicators, and all are read."""
    imported = _read(w.nato_2024(tmp_path / "a.xlsx", w.small()))
    assert len(set(imported.figures["indicator"])) == 15
    assert set(imported.figures["known"]) == {"retrieved"}


def test_the_packaged_card_is_the_importers_own() -> None:
    """The packaged card of June 2024 carries the checksum of the publisher's workbook, which it can fetch."""
    card = packaged_card("nato-2024-06")
    assert card is not None
    assert card.download is not None
    assert card.source_sha256 == card.download.sha256
    assert packaged_card("nato-1066-10") is None
