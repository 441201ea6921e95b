"""The IMF's World Economic Outlook files: the classic one and the data portal's.

The classic file (``WEOApr2024all.xls``) is tab-separated text in spite of its name, one row per country and
subject, years as columns, and a last column "Estimates Start After". The data portal's file is the same
wide table as CSV or as a workbook with a sheet "Countries", with codes such as ``USA.NGDPD.A`` and a column
for the last actual year; or a long table of one observation a row, with the year under ``TIME_PERIOD`` and
the number under ``OBS_VALUE``. Amounts are multiplied out by their scale and percentages divided by 100.
Figures up to a series' last actual year are actual, those after it projections; a series without one takes
the year of nominal GDP, and where that names none either its figures are estimates.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from foedus.axes import country_code
from foedus.catalogue import quantity
from foedus.errors import FileFormatError, UnknownNameError
from foedus.evidence.cards import Card, Status
from foedus.evidence.figure_tables import Figure, figures_frame
from foedus.evidence.ingest.editions import finish, publication_day
from foedus.evidence.ingest.frame import Imported
from foedus.evidence.ingest.workbook import is_missing, not_a_workbook, read_bytes, read_sheets
from foedus.evidence.institutions import members_on

__all__ = ["SUBJECTS", "read_imf"]

SUBJECTS: dict[str, str] = {
    "NGDP": "gdp_current_lcu",
    "NGDPD": "gdp_current_usd",
    "NGDP_R": "gdp_constant_lcu",
    "NGDP_RPCH": "gdp_real_growth",
    "NGDP_D": "gdp_deflator",
    "PPPGDP": "gdp_ppp",
    "LP": "population",
    "GGXWDG_NGDP": "government_gross_debt_share_of_gdp",
    "GGXCNL_NGDP": "government_balance_share_of_gdp",
}
"""The WEO subjects that are read, and the catalogue's names for them."""

_SCALES: dict[str, int] = {
    "": 1,
    "units": 1,
    "0": 1,
    "thousands": 10**3,
    "3": 10**3,
    "millions": 10**6,
    "6": 10**6,
    "billions": 10**9,
    "9": 10**9,
    "trillions": 10**12,
    "12": 10**12,
}

_MONTHS = {"apr": 4, "april": 4, "oct": 10, "october": 10}
_TERRITORIES = {"WBG": "PSE", "KOS": "XKX"}
_UNCHANGED = "import the IMF's own file unchanged"

_OBSERVATION = frozenset({"TIME_PERIOD", "OBS_VALUE"})
"""The columns that tell a table of one observation a row."""


class _Series(NamedTuple):
    """One row of a file: a subject of a country by year."""

    location: str
    country: str
    subject: str
    scale: str
    last_actual: int | None
    values: dict[int, str]


@dataclass
class _File:
    """A file read so far."""

    path: Path
    series: list[_Series] = field(default_factory=list)
    edition: str | None = None
    published: date | None = None


def read_imf(path: Path, *, edition: str | None = None, published: date | None = None) -> Imported:
    """Read a World Economic Outlook file of the IMF.

    Parameters
    ----------
    path : pathlib.Path
        The classic tab-separated file, or the data portal's CSV file or workbook.
    edition : str, optional
        The edition's name; by default ``imf-weo-`` with the year and month the file or its name gives.
    published : datetime.date, optional
        The day it came out; needed where neither the file nor foedus knows it.

    Returns
    -------
    Imported
        The subjects in :data:`SUBJECTS`: single currency units, single persons, fractions.

    Raises
    ------
    InputError
        When the file does not exist, or its day of publication is not known and not given.
    FileFormatError
        When a column or number is not what it should be, or an error-level check fails.
    """
    file = _File(path)
    header, rows = _table(path)
    columns = {name.strip().upper().replace(" ", "_"): i for i, name in enumerate(header)}
    years = {i: int(name) for i, name in enumerate(header) if re.fullmatch(r"(19|20)\d\d", name.strip())}
    named = columns.keys() & {"WEO_SUBJECT_CODE", "SERIES_CODE", "INDICATOR.ID"}
    if named and columns.keys() >= _OBSERVATION:
        _read_observations(file, rows, columns)
    elif named and years:
        _read_wide(file, rows, columns, years)
    else:
        raise FileFormatError(
            "there is no header row with WEO Subject Code or SERIES_CODE, and years or OBS_VALUE",
            where=str(path),
            do=_UNCHANGED,
        )
    figures, notes = _figures(file)
    last_year = max((year for series in file.series for year in series.values), default=0)
    imported = finish(path, figures_frame(figures), _card(file, edition, published, last_year), notes)
    return replace(imported, card=_only_whole(imported))


def _only_whole(imported: Imported) -> Card:
    """Return the card with only those tables called whole that hold every ally of the day."""
    card, figures = imported.card, imported.figures
    allies = set(members_on(card.published))
    held = {name: set(figures.where(indicator=name)["country"]) for name in card.complete}
    return card.model_copy(
        update={"complete": {n: span for n, span in card.complete.items() if allies <= held[n]}}
    )


def _read_wide(
    file: _File, rows: Iterator[tuple[int, list[str]]], columns: Mapping[str, int], years: Mapping[int, int]
) -> None:
    """Read a table with a column for each year."""
    width = max(years)
    for number, row in rows:
        _identify(file, row, columns)
        code, subject = _keys(row, columns)
        if subject in SUBJECTS:
            location = f"{file.path.name}, line {number}"
            if len(row) <= width:
                raise FileFormatError("the line is cut short", where=location, do="download the file again")
            file.series.append(
                _Series(
                    location,
                    code,
                    subject,
                    _field(row, columns, "SCALE"),
                    _last_actual(row, columns),
                    {year: row[i].strip() for i, year in years.items() if not is_missing(row[i])},
                )
            )


def _read_observations(
    file: _File, rows: Iterator[tuple[int, list[str]]], columns: Mapping[str, int]
) -> None:
    """Read a table with one observation a row, and gather the observations of a series."""
    series: dict[tuple[str, str], _Series] = {}
    for number, row in rows:
        _identify(file, row, columns)
        code, subject = _keys(row, columns)
        if subject not in SUBJECTS or not _is_annual(row, columns):
            continue
        location = f"{file.path.name}, line {number}"
        if len(row) <= max(columns[name] for name in _OBSERVATION):
            raise FileFormatError("the line is cut short", where=location, do="download the file again")
        year = _period(row[columns["TIME_PERIOD"]], location)
        scale, last = _field(row, columns, "SCALE", "SCALE.ID"), _last_actual(row, columns)
        entry = series.setdefault((code, subject), _Series(location, code, subject, scale, last, {}))
        if year in entry.values or (scale, last) != (entry.scale, entry.last_actual):
            what = "stands twice" if year in entry.values else "changes its scale or last actual year"
            raise FileFormatError(f"{subject} of {code} {what} in {year}", where=location, do=_UNCHANGED)
        text = row[columns["OBS_VALUE"]].strip()
        if not is_missing(text):
            entry.values[year] = text
    file.series += series.values()


def _is_annual(row: list[str], columns: Mapping[str, int]) -> bool:
    """Whether an observation is of a year; one that does not say is."""
    return _field(row, columns, "FREQUENCY.ID", "FREQUENCY").upper() in {"", "A", "ANNUAL"}


def _period(text: str, location: str) -> int:
    """Read the year of an observation: 2024, or a day in it."""
    match = re.fullmatch(r"((?:19|20)\d\d)(?:-\d\d){0,2}", text.strip())
    if match is None:
        raise FileFormatError(f"{text!r} is not a year", where=location, do=_UNCHANGED)
    return int(match[1])


def _table(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the header and the numbered rows of either kind of file."""
    content = read_bytes(path)
    if not_a_workbook(content) is None:
        sheets = read_sheets(path)
        sheet = sheets.get("Countries") or next(iter(sheets.values()))
        table = [["" if cell is None else str(cell) for cell in row] for row in sheet.rows]
        return (table[0] if table else []), iter(enumerate(table[1:], start=2))
    text = _text(content)
    if text.lstrip()[:64].lower().startswith(("<!doctype", "<html")):
        raise FileFormatError(
            "this is a web page, not a table", where=str(path), do="download the file again"
        )
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    return next(reader, []), ((reader.line_num, row) for row in reader)


def _text(content: bytes) -> str:
    """Decode a file: UTF-16 by its mark or its zero bytes, else UTF-8, else Latin-1."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content[:200]:
        return content.decode("utf-16-le", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _field(row: list[str], columns: Mapping[str, int], *names: str) -> str:
    """Return the first of several columns that is there and not empty."""
    for name in names:
        index = columns.get(name)
        if index is not None and index < len(row) and row[index].strip():
            return row[index].strip()
    return ""


def _keys(row: list[str], columns: Mapping[str, int]) -> tuple[str, str]:
    """Return the country's code and the subject of a row."""
    series = _field(row, columns, "SERIES_CODE").split(".")
    if len(series) >= 2:
        return series[0], series[1]
    return (
        _field(row, columns, "ISO", "COUNTRY.ID", "COUNTRY"),
        _field(row, columns, "WEO_SUBJECT_CODE", "INDICATOR.ID", "INDICATOR"),
    )


def _last_actual(row: list[str], columns: Mapping[str, int]) -> int | None:
    """Read the last actual year: 2023, or FY2022/23 by its first year; None when the row names none."""
    text = _field(row, columns, "ESTIMATES_START_AFTER", "LATEST_ACTUAL_ANNUAL_DATA")
    match = re.search(r"(19|20)\d\d", text)
    return int(match[0]) if match else None


def _identify(file: _File, row: list[str], columns: Mapping[str, int]) -> None:
    """Look for the edition in a row: the classic file's last line, or the portal's date of publication."""
    if file.published is None:
        stated = re.match(r"\d{4}-\d{2}-\d{2}", _field(row, columns, "PUBLICATION_DATE"))
        file.published = date.fromisoformat(stated[0]) if stated else None
    if file.edition is None and row and len([cell for cell in row if cell.strip()]) == 1:
        named = re.search(r"Outlook Database,\s*(April|October)\s+(\d{4})", " ".join(row), re.IGNORECASE)
        if named:
            file.edition = f"imf-weo-{named[2]}-{_MONTHS[named[1].lower()]:02d}"


def _figures(file: _File) -> tuple[list[Figure], tuple[str, ...]]:
    """Turn rows into figures, and say which rows were passed over."""
    nominal = {
        s.country: s.last_actual for s in file.series if s.subject in {"NGDP", "NGDPD"} and s.last_actual
    }
    figures: list[Figure] = []
    skipped: Counter[str] = Counter()
    for series in file.series:
        try:
            code = _TERRITORIES.get(series.country) or country_code(series.country)
        except UnknownNameError:
            skipped[series.country] += 1
            continue
        indicator = SUBJECTS[series.subject]
        percent = quantity(indicator).unit == "fraction"
        scale = _SCALES.get(series.scale.lower())
        if scale is None:
            raise FileFormatError(
                f"{series.scale!r} is not a known scale",
                where=series.location,
                do="write Billions, Millions or Units",
            )
        last = series.last_actual or nominal.get(series.country)
        for year, text in series.values.items():
            number = _number(text, series, year)
            value = number / 100 if percent else number * scale
            figures.append(Figure(indicator, code, year, float(value), _status(year, last)))
    if not skipped:
        return figures, ()
    named = ", ".join(sorted(skipped)[:8]) + (", …" if len(skipped) > 8 else "")
    return figures, (f"{sum(skipped.values())} series of {len(skipped)} groups are left out ({named})",)


def _status(year: int, last_actual: int | None) -> Status:
    """Return what a figure is by its series' last actual year."""
    if last_actual is None:
        return "estimate"
    return "actual" if year <= last_actual else "projection"


def _number(text: str, series: _Series, year: int) -> Decimal:
    """Read a number with or without separators of thousands, exactly as its digits stand."""
    try:
        return Decimal(text.replace(",", ""))
    except ArithmeticError as error:
        raise FileFormatError(
            f"{text!r} is not a number (subject {series.subject} of {series.country}, {year})",
            where=series.location,
            do=_UNCHANGED,
        ) from error


def _card(file: _File, edition: str | None, published: date | None, last_year: int) -> Card:
    """Write the edition's card from what the file and its name say."""
    name = edition or file.edition
    stem = re.search(r"WEO[-_ ]?(Apr|Oct)[a-z]*[-_ ]?(\d{4})", file.path.name, re.IGNORECASE)
    day = published or file.published
    if name is None and stem:
        name = f"imf-weo-{stem[2]}-{_MONTHS[stem[1].lower()]:02d}"
    if name is None and day:
        name = f"imf-weo-{day:%Y-%m}"
    what = f"the World Economic Outlook to {last_year}" if name is None else f"edition {name}"
    day, how = publication_day(name, file.published, published, what, str(file.path))
    month = {4: "April", 10: "October"}.get(day.month, f"{day:%Y-%m-%d}")
    return Card(
        id=name or f"imf-weo-{day:%Y-%m}",
        series="imf-weo",
        publisher="International Monetary Fund",
        title=f"World Economic Outlook Database, {month} {day.year}",
        published=day,
        published_known="retrieved" if file.published == day else how,
        url=f"https://www.imf.org/en/Publications/WEO/weo-database/{day.year}/{month}",
        licence="IMF terms of use: attribution; data not altered",
    )
