"""NATO's "Defence Expenditure of NATO Countries" workbooks: the 2024 and the 2025/2026 layouts.

Each sheet is one table: a title, a header row of years (an ``e`` marks estimates), and blocks, each headed by
its price basis or category and holding one row per ally and the two aggregates, until ``Notes:``. Tables
1 and 2 hold spending, 3 shares of GDP and real change, 5 and 6 GDP and amounts per head, 7 personnel, 8a and
8b the shares of the four categories. Table 4 sums up columns of Tables 2 and 3 and holds no figures of its
own, so it is not read. Amounts are multiplied out to single units and percentages divided by 100; nothing is
rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from foedus.axes import country_code
from foedus.catalogue import catalogue
from foedus.errors import FileFormatError, UnknownNameError
from foedus.evidence.cards import Status
from foedus.evidence.figure_tables import Figure, figures_frame
from foedus.evidence.ingest.blanks import Blank, blank_notes
from foedus.evidence.ingest.frame import Imported, WorkbookTables
from foedus.evidence.ingest.workbook import Sheet, is_missing, number_in, read_sheets

__all__ = ["TABLES", "read_nato"]

TABLES: tuple[str, ...] = ("1", "2", "3", "5", "6", "7", "8a", "8b")
"""The tables that hold figures of their own."""

_UNCHANGED = "import NATO's own workbook unchanged"

_SCALES = {"billion": 1e9, "million": 1e6, "thousand": 1e3}


class _BlockRule(NamedTuple):
    """A block's heading and the quantity it holds; ``{year}`` stands for the year of constant prices."""

    heading: str
    indicator: str
    scale: str = ""
    percent: bool = False

    @property
    def example(self) -> str:
        """The heading as it could stand in a workbook, for error messages."""
        return re.sub(r"\((\w+ )\)\?", r"\1", self.heading).replace(r"\d{4}", "2021")


_RULES: dict[str, tuple[_BlockRule, ...]] = {
    "1": (
        _BlockRule(r"current prices", "defence_expenditure_current_lcu", "million"),
        _BlockRule(r"constant \d{4} prices", "defence_expenditure_constant_lcu_{year}", "million"),
    ),
    "2": (
        _BlockRule(r"current prices", "defence_expenditure_current_usd", "million"),
        _BlockRule(r"constant \d{4} prices", "defence_expenditure_constant_usd_{year}", "million"),
    ),
    "3": (
        _BlockRule(r"share of (real )?gdp", "defence_expenditure_share_of_gdp", percent=True),
        _BlockRule(r"(annual )?real change", "defence_expenditure_real_change", percent=True),
    ),
    "5": (
        _BlockRule(r"current prices", "gdp_current_usd", "million"),
        _BlockRule(r"constant \d{4} prices", "gdp_constant_usd_{year}", "million"),
    ),
    "6": (
        _BlockRule(r"gdp per capita", "gdp_per_capita_constant_usd_{year}", "thousand"),
        _BlockRule(r"defence expenditure per capita", "defence_expenditure_per_capita_constant_usd_{year}"),
    ),
    "7": (_BlockRule(r"military personnel", "military_personnel", "thousand"),),
    "8a": (
        _BlockRule(r"equipment", "equipment_share", percent=True),
        _BlockRule(r"personnel", "personnel_share", percent=True),
    ),
    "8b": (
        _BlockRule(r"infrastructure", "infrastructure_share", percent=True),
        _BlockRule(r"other", "other_share", percent=True),
    ),
}


@dataclass(frozen=True)
class _Block:
    """The block that the rows below a heading belong to."""

    indicator: str
    factor: float
    percent: bool

    def value(self, number: float) -> float:
        """Return a printed number in the catalogue's unit."""
        return number / 100 if self.percent else number * self.factor


def read_nato(
    path: Path,
    *,
    edition: str | None = None,
    published: date | None = None,
    members: Iterable[str] | None = None,
) -> Imported:
    """Read a NATO defence expenditure workbook.

    Parameters
    ----------
    path : pathlib.Path
        The ``.xlsx`` file as NATO publishes it.
    edition : str, optional
        The edition's name; by default the known edition whose last year the workbook ends with.
    published : datetime.date, optional
        The day it came out; needed where the edition is not a known one.
    members : iterable of str, optional
        Alpha-3 codes of the allies the tables must hold; by default the allies on the day of publication.

    Returns
    -------
    Imported
        Up to fifteen indicators; fractions, single currency units, single persons.

    Raises
    ------
    InputError
        When the file does not exist, or the edition is not known and `published` is not given.
    FileFormatError
        When a sheet, header, country or number is not what it should be, or an error-level check fails.
    """
    from foedus.evidence.ingest.editions import Stated, finish_nato

    tables = read_tables(read_sheets(path), str(path))
    return finish_nato(path, tables, Stated(edition, published, members))


def read_tables(sheets: Mapping[str, Sheet], file: str) -> WorkbookTables:
    """Read the tables of a workbook.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        The workbook's sheets by name.
    file : str
        The workbook, for error messages.

    Returns
    -------
    WorkbookTables
        Figures, notes, blank cells and the last year of the headers.

    Raises
    ------
    FileFormatError
        When a table is missing or is not what it should be.
    """
    by_table = {_table_number(name): sheet for name, sheet in sheets.items()}
    missing = [table for table in TABLES if table not in by_table]
    if missing:
        raise FileFormatError(
            f"the workbook has no sheet for Table {', '.join(missing)} (its sheets: {', '.join(sheets)})",
            where=file,
            do="import NATO's own workbook with Tables 1 to 8b",
        )
    figures: list[Figure] = []
    notes: list[str] = []
    blanks: list[Blank] = []
    headers = {table: _header(by_table[table]) for table in TABLES}
    for number, (header, years) in headers.items():
        table = _Table(number, by_table[number], header, years)
        notes += table.read()
        figures += table.figures
        blanks += table.blanks
    if "4" in by_table:
        notes.append("Table 4 repeats columns of Tables 2 and 3 and is not read")
    last_year = max(year for _, years in headers.values() for year, _ in years.values())
    return WorkbookTables(figures_frame(figures), (*notes, *blank_notes(blanks)), last_year, tuple(blanks))


def _table_number(name: str) -> str:
    """Return the table's number from a sheet's name, such as 8a for TABLE8a; else the name itself."""
    match = re.fullmatch(r"\s*table\s*[-_]?\s*(\d+)\s*\(?([ab]?)\)?\s*", name, re.IGNORECASE)
    return f"{match[1]}{match[2].lower()}" if match else name


def _header(sheet: Sheet) -> tuple[int, dict[int, tuple[int, Status]]]:
    """Find the header row; give its index and, by column, the year and what the figures are."""
    for index, row in enumerate(sheet.rows):
        years = {column: year for column, cell in enumerate(row) if (year := _year(cell)) is not None}
        if len(years) >= 2:
            listed = [year for year, _ in years.values()]
            if listed != list(range(listed[0], listed[0] + len(listed))):
                raise FileFormatError(
                    f"the header's years do not follow one another ({', '.join(map(str, listed))})",
                    where=sheet.where(index),
                    do=_UNCHANGED,
                )
            return index, years
    raise FileFormatError(
        "there is no header row with years such as 2014 and 2024e",
        where=f"{sheet.file}: {sheet.name}",
        do=_UNCHANGED,
    )


def _year(cell: object) -> tuple[int, Status] | None:
    """Read a header cell: 2014, "2019" or "2024e"."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    match = re.fullmatch(r"((?:19|20)\d\d)(?:\.0)?\s*(\(?e\)?)?", str(cell).strip(), re.IGNORECASE)
    return (int(match[1]), "estimate" if match[2] else "actual") if match else None


@dataclass
class _Table:
    """One sheet while it is read: the block that is open, and what was found so far."""

    number: str
    sheet: Sheet
    header: int
    years: Mapping[int, tuple[int, Status]]
    block: _Block | None = None
    figures: list[Figure] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    unlabelled: list[str] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def read(self) -> list[str]:
        """Read every row, and give what was passed over."""
        self.open_first()
        for row in _rows(self.sheet, self.header):
            self.read_row(row)
        _all_blocks(self.number, self.figures, self.sheet)
        rows = ", ".join(self.unlabelled)
        return [f"{self.sheet.name}: rows without a country are left out ({rows})"] if rows else []

    def open_first(self) -> None:
        """Open the block whose heading stands in the header's row or above it, if one does.

        The 2024 layout has one header and puts every heading below it; the 2025 and 2026 layout repeats the
        header below each heading. Table 7 has one block, headed by the title alone.
        """
        if self.number == "7":
            self.open_block(self.above, self.header)
            return
        for row in range(self.header, -1, -1):
            label = self.label(row)
            if label and not label.casefold().startswith("table") and self.open_block(label, row):
                return

    @property
    def above(self) -> str:
        """The words above the header: title, scale and price basis."""
        return " ".join(_text(cell) for row in self.sheet.rows[: self.header] for cell in row).strip()

    def label(self, row: int) -> str:
        """Return the first text left of the first year's column."""
        texts = (_text(self.sheet.cell(row, column)) for column in range(min(self.years)))
        return next((text for text in texts if text), "")

    def open_block(self, label: str, row: int) -> bool:
        """Whether a label heads a block, which is opened then."""
        block = _block(self.number, label, self.above, self.sheet.where(row))
        self.block = block or self.block
        return block is not None

    def read_row(self, row: int) -> None:
        """Read a heading, or the figures of one country."""
        label = self.label(row)
        cells = {column: self.sheet.cell(row, column) for column in self.years}
        if all(is_missing(cell) for cell in cells.values()):
            if not self.open_block(label, row):
                self.read_blank_row(label, row)
        elif all(_year(cell) == self.years[column] for column, cell in cells.items()):
            self.open_block(label, row)  # the header again, for a second block
        elif not label:
            self.same_header(row)
            self.unlabelled.append(str(row + 1))
        else:
            block = self.open_for(label, row)
            country, note = _country(label, self.sheet.where(row))
            self.once(block, country, label, row)
            for column, cell in cells.items():
                year, status = self.years[column]
                if is_missing(cell):
                    self.blanks.append(Blank(block.indicator, country, year))
                else:
                    value = block.value(number_in(self.sheet, row, column, _UNCHANGED))
                    self.figures.append(
                        Figure(block.indicator, country, year, value, status, "retrieved", note)
                    )

    def read_blank_row(self, label: str, row: int) -> None:
        """Record a country whose row holds no figure at all; another label without figures is a title."""
        try:
            country, _ = _country(label, self.sheet.where(row))
        except UnknownNameError:
            return
        if self.block is not None:
            self.blanks += [Blank(self.block.indicator, country, year) for year, _ in self.years.values()]

    def same_header(self, row: int) -> None:
        """Refuse a second header whose years stand in other columns than the first one's."""
        years = [year for cell in self.sheet.rows[row] if (year := _year(cell)) is not None]
        if len(years) >= 2:
            raise FileFormatError(
                f"this header differs from the one in row {self.header + 1}",
                where=self.sheet.where(row),
                do=_UNCHANGED,
            )

    def open_for(self, label: str, row: int) -> _Block:
        """Return the open block, or refuse figures that stand under no heading."""
        if self.block is None:
            headings = " and ".join(repr(rule.example) for rule in _RULES[self.number])
            raise FileFormatError(
                f"the figures of {label!r} stand under no known heading",
                where=self.sheet.where(row),
                do=f"Table {self.number} should have headings like {headings}",
            )
        return self.block

    def once(self, block: _Block, country: str, label: str, row: int) -> None:
        """Refuse a country that stands twice under one heading."""
        first = self.seen.setdefault((block.indicator, country), row)
        if first != row:
            raise FileFormatError(
                f"{label!r} stands twice under one heading (first in row {first + 1})",
                where=self.sheet.where(row),
                do=_UNCHANGED,
            )


def _rows(sheet: Sheet, header: int) -> Iterator[int]:
    """Return the indices of the rows below the header, until the notes."""
    for row in range(header + 1, len(sheet.rows)):
        words = " ".join(_text(cell) for cell in sheet.rows[row]).strip().casefold()
        if words.startswith(("notes:", "note:", "notes ")):
            return
        yield row


def _text(cell: object) -> str:
    """Return a cell's text with single spaces, or nothing for a number."""
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _block(table: str, label: str, above: str, where: str | None = None) -> _Block | None:
    """Return the block that a heading opens, or None when the text is no heading of this table."""
    for rule in _RULES[table]:
        if re.search(rf"\b{rule.heading}\b", label, re.IGNORECASE):
            break
    else:
        return None
    indicator = rule.indicator
    if "{year}" in indicator:
        base = re.search(r"\b((?:19|20)\d\d)\b(?= prices)", f"{label} {above}", re.IGNORECASE)
        indicator = indicator.format(year=base[1] if base else "?")
        if indicator not in catalogue():
            raise FileFormatError(
                f"the catalogue has no quantity for {label!r} at constant prices of "
                f"{base[1] if base else 'an unnamed year'}",
                where=where,
                do=f"add {indicator!r} to catalogue/ledger.yaml" if base else _UNCHANGED,
            )
    scale = _scale(label) or _scale(above if table != "6" else "") or rule.scale
    return _Block(indicator, _SCALES.get(scale, 1.0), rule.percent)


def _scale(text: str) -> str:
    """Return the word for a scale that a heading holds, or nothing."""
    match = re.search(r"\b(billion|million|thousand)s?\b", text, re.IGNORECASE)
    return match[1].lower() if match else ""


def _country(label: str, where: str) -> tuple[str, str]:
    """Return the code of a row's country, and a note where the label carries a footnote."""
    name = re.sub(r"\s*\([^()]*\)", "", label)
    match = re.fullmatch(r"(.*?)\s*([*¹²³⁴†]+)?", name)
    name, mark = (match[1], match[2]) if match else (name, None)
    return country_code(name, where=where), f"footnote {mark}" if mark else ""


def _all_blocks(table: str, figures: list[Figure], sheet: Sheet) -> None:
    """Refuse a table of which a block was not found."""
    indicators = {figure.indicator for figure in figures}
    for rule in _RULES[table]:
        stem = rule.indicator.replace("{year}", "")
        if not any(name.startswith(stem) for name in indicators):
            raise FileFormatError(
                f"Table {table} has no figures under a heading like {rule.example!r}",
                where=f"{sheet.file}: {sheet.name}",
                do=_UNCHANGED,
            )
