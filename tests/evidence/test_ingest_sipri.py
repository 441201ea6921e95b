"""Reading SIPRI's workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import workbooks as w
from foedus.catalogue import catalogue
from foedus.errors import FileFormatError, InputError
from foedus.evidence.ingest import Imported, read

YEARS = (2022, 2023, 2024)
BLUE, RED = "FF0000FF", "FFFF0000"
ROWS: dict[str, tuple[object, ...]] = {
    "Central Europe": (None, None, None),
    "Poland": (0.02, (0.03, BLUE), (0.04, RED)),
    "Germany": ("xxx", ". .", 0.019),
    "Yugoslavia": (0.05, "...", "xxx"),
    "European Union": ("...", "...", 0.01),
    "UAE": (0.03, "...", "..."),
}


def _read(path: Path, rows: Any = ROWS, years: Any = YEARS, **options: Any) -> Imported:
    edit = options.pop("edit", None)
    return read("sipri", w.sipri(path, rows, years, edit=edit), **options)


def test_six_quantities_are_read_in_the_catalogues_units(tmp_path: Path) -> None:
    """Each of six sheets gives its quantity: millions of dollars become dollars, shares stay fractions."""
    values = w.as_figures(_read(tmp_path / "a.xlsx").figures)
    assert values["military_expenditure_share_of_gdp", "POL", 2022] == 0.02
    assert values["military_expenditure_current_usd", "POL", 2022] == 0.02 * 1e6
    assert values["military_expenditure_constant_usd", "POL", 2023] == 0.03 * 1e6
    assert values["military_expenditure_current_lcu", "POL", 2022] == 0.02
    assert values["military_expenditure_per_capita_current_usd", "ARE", 2022] == 0.03
    assert values["military_expenditure_share_of_government_spending", "DEU", 2024] == 0.019
    assert {key[0] for key in values} == {
        q.name for q in catalogue().values() if "sipri-milex" in q.observed_in
    }
    assert len(values) == 6 * 5


def test_local_currency_in_millions_is_multiplied_out(tmp_path: Path) -> None:
    """A sheet of national currency that says it is in millions is read so."""

    def edit(book: Any) -> None:
        book["Local currency calendar years"]["A2"] = "Figures are in millions of local currency"

    values = w.as_figures(_read(tmp_path / "a.xlsx", edit=edit).figures)
    assert values["military_expenditure_current_lcu", "POL", 2022] == 0.02 * 1e6


def test_colours_tell_estimates(tmp_path: Path) -> None:
    """A blue figure is an estimate; a red one is an estimate that says it is highly uncertain."""
    figures = _read(tmp_path / "a.xlsx").figures
    found = figures.where(country="POL", indicator="military_expenditure_share_of_gdp")
    assert found.select("status", "note").rows == (
        ("actual", "footnote §4"),
        ("estimate", "footnote §4"),
        ("estimate", "footnote §4; highly uncertain"),
    )


def test_what_is_left_out_is_counted_and_named(tmp_path: Path) -> None:
    """States that no longer exist and names without a code are left out, and notes say which."""
    assert _read(tmp_path / "a.xlsx").notes == (
        "6 figures are left out: former states without a current code (Yugoslavia)",
        "6 figures are left out: names that are not known (European Union)",
    )


def test_the_edition_is_the_year_after_the_last_figures(tmp_path: Path) -> None:
    """Figures to 2024 are the edition of 2025; the day of an edition that is not known must be given."""
    card = _read(tmp_path / "a.xlsx").card
    assert (card.id, card.published) == ("sipri-2025", date(2025, 4, 28))
    assert card.basis.endswith("constant prices of 2023")
    assert _read(tmp_path / "b.xlsx", years=(2023, 2024, 2025)).card.id == "sipri-2026"
    with pytest.raises(InputError, match="when SIPRI's edition with figures to 2026 came out"):
        _read(tmp_path / "c.xlsx", years=(2024, 2025, 2026))
    card = _read(tmp_path / "d.xlsx", years=(2024, 2025, 2026), published=date(2027, 4, 26)).card
    assert (card.id, card.published_known) == ("sipri-2027", "unverified")


def _header_gone(book: Any) -> None:
    book["Current US$"].delete_rows(6)


def _text(book: Any) -> None:
    book["Share of GDP"]["D10"] = "three"


BAD: dict[str, tuple[Any, str]] = {
    "a sheet is missing": (
        lambda book: book.remove(book["Share of GDP"]),
        "the workbook has no sheet 'share of gdp' (its sheets: Front page, Constant (2023) US$, Current US$",
    ),
    "the dollars' sheet is missing": (
        lambda book: book.remove(book["Constant (2023) US$"]),
        "the workbook has no sheet 'constant (2023) us$'",
    ),
    "a header is missing": (_header_gone, "Current US$: there is no header row with Country and years"),
    "a text in a number's cell": (_text, "Share of GDP, cell D10: 'three' is not a number"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_faulty_workbook_is_refused_with_its_place(tmp_path: Path, case: str) -> None:
    """Each fault of a workbook is refused with one sentence that names the sheet or the cell."""
    edit, words = BAD[case]
    with pytest.raises(FileFormatError) as caught:
        _read(tmp_path / "milex.xlsx", edit=edit)
    assert words in str(caught.value)
    assert "milex.xlsx" in str(caught.value)


def test_a_workbook_without_figures_is_refused(tmp_path: Path) -> None:
    """A workbook in which every cell is a mark for missing is refused."""
    with pytest.raises(FileFormatError, match="the workbook holds no figures; import SIPRI's own workbook"):
        _read(tmp_path / "a.xlsx", rows={"Poland": ("xxx", "...", "...")})


def test_a_share_in_per_cent_is_refused(tmp_path: Path) -> None:
    """A share of GDP given in per cent fails the check of units."""
    with pytest.raises(FileFormatError, match="units fails: military_expenditure_share_of_gdp POL 2022"):
        _read(tmp_path / "a.xlsx", rows={"Poland": (2.1, 3.9, 4.2)})
