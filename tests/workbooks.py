"""Writes files laid out like the publishers' own, from figures, for the tests of the importers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from book import Book
from foedus.axes import country_name
from foedus.evidence.figure_tables import read_table
from foedus.evidence.packaged import packaged_table
from foedus.evidence.rows import FigureRows

Figures = Mapping[tuple[str, str, int], float]
Edit = Callable[[Book], None]

MEMBERS = ("CZE", "DEU", "POL")
"""The allies of the small workbooks."""

_MILLION, _THOUSAND, _PER_CENT = 1e6, 1e3, 0.01

BLOCKS: dict[str, tuple[tuple[str, str, float], ...]] = {
    "1": (
        ("Current prices", "defence_expenditure_current_lcu", _MILLION),
        ("Constant {base} prices", "defence_expenditure_constant_lcu_{base}", _MILLION),
    ),
    "2": (
        ("Current prices and exchange rates", "defence_expenditure_current_usd", _MILLION),
        ("Constant {base} prices and exchange rates", "defence_expenditure_constant_usd_{base}", _MILLION),
    ),
    "3": (
        ("Share of real GDP (%)", "defence_expenditure_share_of_gdp", _PER_CENT),
        ("Annual real change (%)", "defence_expenditure_real_change", _PER_CENT),
    ),
    "5": (
        ("Current prices and exchange rates", "gdp_current_usd", _MILLION),
        ("Constant {base} prices and exchange rates", "gdp_constant_usd_{base}", _MILLION),
    ),
    "6": (
        ("GDP per capita (thousand US dollars)", "gdp_per_capita_constant_usd_{base}", _THOUSAND),
        (
            "Defence expenditure per capita (US dollars)",
            "defence_expenditure_per_capita_constant_usd_{base}",
            1.0,
        ),
    ),
    "7": (("", "military_personnel", _THOUSAND),),
    "8a": (("Equipment (a)", "equipment_share", _PER_CENT), ("Personnel (b)", "personnel_share", _PER_CENT)),
    "8b": (
        ("Infrastructure (c)", "infrastructure_share", _PER_CENT),
        ("Other (d)", "other_share", _PER_CENT),
    ),
}

TITLES: dict[str, tuple[str, str]] = {
    "1": ("Defence expenditure", "Million national currency units"),
    "2": ("Defence expenditure", "Million US dollars"),
    "3": ("Defence expenditure as a share of GDP and annual real change", "Based on {base} prices"),
    "5": ("GDP", "Million US dollars"),
    "6": ("GDP per capita and defence expenditure per capita", "{base} prices and exchange rates"),
    "7": ("Military personnel", "Thousands"),
    "8a": ("Distribution of defence expenditure by main category", "Percentage of total defence expenditure"),
    "8b": ("Distribution of defence expenditure by main category", "Percentage of total defence expenditure"),
}


@cache
def packaged(edition: str = "nato-2024-06") -> FigureRows:
    """Give a packaged edition's table."""
    return read_table(packaged_table(edition))


def as_figures(table: FigureRows) -> dict[tuple[str, str, int], float]:
    """Give a table's values by indicator, country and year."""
    return {(i, c, y): v for i, c, y, v in table.select("indicator", "country", "year", "value")}


def small(years: Iterable[int] = (2023, 2024), countries: Iterable[str] = MEMBERS) -> dict[Any, float]:
    """Give the packaged figures of a few allies and years."""
    chosen, kept = set(countries) | {"NATO", "NATO_EUR_CAN"}, set(years)
    return {key: v for key, v in as_figures(packaged()).items() if key[1] in chosen and key[2] in kept}


def rebased(figures: Figures, shift: int = 2) -> dict[tuple[str, str, int], float]:
    """Give the figures as if they were in 2021 prices and of later years."""
    return {(i.replace("_2015", "_2021"), c, y + shift): v for (i, c, y), v in figures.items()}


def printed(value: float, factor: float) -> float:
    """Give the number that stands in a cell for a value: the one that the importer turns into exactly it."""
    number = value * 100 if factor == _PER_CENT else value / factor
    for step in (0, 1, -1, 2, -2, 3, -3):
        near = number
        for _ in range(abs(step)):
            near = math.nextafter(near, math.inf if step > 0 else -math.inf)
        if (near / 100 if factor == _PER_CENT else near * factor) == value:
            return near
    raise AssertionError(f"no cell reads back as {value!r}")


def nato_2024(
    path: Path,
    figures: Figures,
    *,
    base: int = 2015,
    edit: Edit | None = None,
) -> Path:
    """Write a workbook in the June 2024 layout: deep headers, currencies in brackets, stars, junk rows."""
    book = Book()
    for number, blocks in BLOCKS.items():
        sheet = book.create_sheet(f"TABLE{number}")
        title, unit = TITLES[number]
        down, right = (12, 1) if number == "7" else (0, 0)
        sheet.cell(4 + down, 2 + right, f"Table {number} : {title}")
        sheet.cell(6 + down, 2 + right, unit.format(base=base))
        years = _years(figures)
        for offset, year in enumerate(years):
            cell = sheet.cell(8 + down, 4 + right + offset, year)
            cell.value = f"{year}e" if year >= years[-1] - 1 else ("2019" if year == 2019 else year)
        row = 10 + down
        for heading, indicator, factor in blocks:
            sheet.cell(row, 2, heading.format(base=base) or None)
            name = indicator.format(base=base)
            for country in _countries(figures, name):
                row += 1
                aggregate = country.startswith("NATO")
                column = (2 if aggregate else 3) + (right if not aggregate else 1)
                starred = (name.replace(f"_{base}", "_2015"), country) in _starred()
                sheet.cell(row, column, _label(country, number, starred))
                for offset, year in enumerate(years):
                    if (name, country, year) in figures:
                        value = printed(figures[name, country, year], factor)
                        sheet.cell(row, 4 + right + offset, value)
            row += 1
            if number in {"1", "8a"}:
                sheet.cell(row, 4 + right, "#REF!")
            row += 1
        sheet.cell(row + 2, 3, "Notes: Figures for the last two years are estimates.")
        sheet.cell(row + 3, 3, "*  A footnote of many words.")
        sheet.cell(row + 4, 4, 17)
    _table_4(book)
    return _save(book, path, edit)


def nato_2026(
    path: Path,
    figures: Figures,
    *,
    base: int = 2021,
    blank: str | None = "..",
    missing: Iterable[tuple[str, str, int]] = (),
    indent: int = 0,
    stars: Sequence[str] = (),
    edit: Edit | None = None,
) -> Path:
    """Write a workbook in the 2025 and 2026 layout: title in A1, a header below each block's heading."""
    book = Book()
    left_out = set(missing)
    for number, blocks in BLOCKS.items():
        sheet = book.create_sheet(f"Table {number}")
        title, unit = TITLES[number]
        sheet.cell(1, 1, f"Table {number}: {title.replace('Defence', 'Core defence', 1)}")
        sheet.cell(2, 1, unit.format(base=base))
        years = _years(figures)
        row = 3
        for heading, indicator, factor in blocks:
            sheet.cell(row, 1 + indent, heading.format(base=base) or None)
            for offset, year in enumerate(years):
                cell = sheet.cell(row + 1, 2 + indent + offset)
                cell.value = f"{year}e" if year >= years[-1] - 1 else year
            row += 2
            name = indicator.format(base=base)
            for country in _countries(figures, name):
                sheet.cell(row, 1 + indent, _label(country, number, country in stars))
                for offset, year in enumerate(years):
                    key = (name, country, year)
                    value = figures.get(key) if key not in left_out else None
                    sheet.cell(row, 2 + indent + offset, blank if value is None else printed(value, factor))
                row += 1
            row += 1
        sheet.cell(row, 1, "Notes:")
        sheet.cell(row + 1, 1, "e  Estimates. * A footnote.")
    return _save(book, path, edit)


def _years(figures: Figures) -> list[int]:
    return sorted({year for _, _, year in figures})


def _countries(figures: Figures, indicator: str) -> list[str]:
    found = {country for name, country, _ in figures if name == indicator}
    return sorted(found, key=lambda code: (code == "NATO", code.startswith("NATO"), country_name(code)))


@cache
def _starred() -> set[tuple[str, str]]:
    """Give the indicators and countries whose packaged figures carry a footnote."""
    return {(indicator, country) for indicator, country, note in _notes() if note}


def _notes() -> FigureRows:
    return packaged().select("indicator", "country", "note")


def _label(country: str, table: str, starred: bool) -> str:
    name = {"NATO": "NATO Total", "NATO_EUR_CAN": "NATO Europe and Canada", "SVK": "Slovak Republic"}.get(
        country, country_name(country)
    )
    star = "*" if starred else ""
    return f"{name}{star}   (Currency)" if table == "1" and not country.startswith("NATO") else name + star


def _table_4(book: Book) -> None:
    sheet = book.create_sheet("TABLE4", 3)
    sheet["B16"] = "Table 4 : Defence expenditure real change 2014-2024e"
    for column, text in enumerate(("2014", "2024e", "Real change 2014-2024e (%)"), start=4):
        sheet.cell(20, column, text)
    sheet["C21"], sheet["D21"] = "Albania", 150.02


def _save(book: Book, path: Path, edit: Edit | None) -> Path:
    if edit is not None:
        edit(book)
    book.save(path)
    return path


SIPRI_SHEETS: tuple[tuple[str, str, str, int], ...] = (
    ("Constant (2023) US$", "military_expenditure_constant_usd", "US $m., at constant 2023 prices", 3),
    ("Current US$", "military_expenditure_current_usd", "US $m., in current prices", 2),
    ("Share of GDP", "military_expenditure_share_of_gdp", "percentage of gross domestic product", 2),
    ("Per capita", "military_expenditure_per_capita_current_usd", "Figures are in current US$", 2),
    (
        "Share of Govt. spending",
        "military_expenditure_share_of_government_spending",
        "percentage of government spending",
        3,
    ),
    (
        "Local currency calendar years",
        "military_expenditure_current_lcu",
        "local currency, current prices",
        3,
    ),
)


def sipri(
    path: Path, rows: Mapping[str, Sequence[object]], years: Sequence[int], *, edit: Edit | None = None
) -> Path:
    """Write a workbook like SIPRI's; each row's cells stand in every sheet, tuples carry a font's colour."""
    book = Book()
    book.create_sheet("Front page")
    for name, _, unit, before in SIPRI_SHEETS:
        sheet = book.create_sheet(name)
        sheet["A1"], sheet["A2"] = f"Military expenditure by country  {name}", unit
        header = ["Country", *["Currency"] * (before - 2), "Notes", *map(str, years)]
        for column, text in enumerate(header, start=1):
            sheet.cell(6, column, text)
        sheet["A8"] = "Europe"
        for row, (country, cells) in enumerate(rows.items(), start=9):
            sheet.cell(row, 1, country)
            sheet.cell(row, before, "§4" if country == "Poland" else None)
            for column, content in enumerate(cells, start=before + 1):
                value, colour = content if isinstance(content, tuple) else (content, None)
                sheet.cell(row, column, value).colour = colour
    return _save(book, path, edit)


WEO_COLUMNS = (
    "WEO Country Code",
    "ISO",
    "WEO Subject Code",
    "Country",
    "Subject Descriptor",
    "Subject Notes",
    "Units",
    "Scale",
    "Country/Series-specific Notes",
)


def weo_classic(
    series: Iterable[tuple[str, str, str, Sequence[str], str]],
    years: Sequence[int],
    *,
    footer: str = "International Monetary Fund, World Economic Outlook Database, April 2024",
) -> str:
    """Write the classic tab-separated text from (ISO code, subject, scale, cells, last actual year)."""
    lines = ["\t".join([*WEO_COLUMNS, *map(str, years), "Estimates Start After"])]
    for iso, subject, scale, cells, last in series:
        before = ["100", iso, subject, iso, "Descriptor", "Notes", "Units", scale, ""]
        lines.append("\t".join([*before, *cells, last]))
    return "\n".join([*lines, "", footer, ""])


def weo_portal(
    series: Iterable[tuple[str, str, str, Sequence[str], str]],
    years: Sequence[int],
    *,
    published: str = "2026-04-14",
) -> str:
    """Write the data portal's CSV text from (ISO code, subject, scale, cells, last actual year)."""
    columns = ["DATASET", "SERIES_CODE", "COUNTRY", "INDICATOR", "SCALE", "PUBLICATION_DATE"]
    lines = [",".join([*columns, "LATEST_ACTUAL_ANNUAL_DATA", *map(str, years)])]
    for iso, subject, scale, cells, last in series:
        before = ["IMF.RES:WEO", f"{iso}.{subject}.A", f'"{iso}, the"', "Name", scale, published, last]
        lines.append(",".join([*before, *(f'"{cell}"' if "," in cell else cell for cell in cells)]))
    return "\n".join([*lines, ""])


def weo_observations(series: Iterable[tuple[str, str, str, Sequence[str], str]], years: Sequence[int]) -> str:
    """Write the data portal's CSV text with one observation a row, from the same series."""
    lines = [
        "DATASET,SERIES_CODE,OBS_MEASURE,COUNTRY.ID,COUNTRY,INDICATOR.ID,INDICATOR,FREQUENCY.ID,FREQUENCY,"
        "LATEST_ACTUAL_ANNUAL_DATA,SCALE.ID,SCALE,TIME_PERIOD,OBS_VALUE"
    ]
    powers = {"": ("0", "Units"), "Units": ("0", "Units"), "Millions": ("6", "Millions")}
    for iso, subject, scale, cells, last in series:
        power, word = powers.get(scale, ("9", "Billions"))
        named = f'IMF.RES:WEO(9.0.0),{iso}.{subject}.A,OBS_VALUE,{iso},"{iso}, the"'
        before = f'{named},{subject},"Name, of it",A,Annual'
        for year, cell in zip(years, cells, strict=True):
            lines.append(f"{before},{last},{power},{word},{year},{cell.replace(',', '')}")
    return "\n".join([*lines, ""])
