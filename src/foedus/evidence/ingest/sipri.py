"""SIPRI's Military Expenditure Database workbook.

One sheet per quantity, one row per country, grouped under regions, from 1949 (per head and share of
government spending from 1988). Two dots or three mean that nothing is available, ``xxx`` that the country
did not exist. Figures in blue are SIPRI's estimates and figures in red are highly uncertain; both are taken
as estimates and the red ones say so in their note. SIPRI's figures are not packaged: their terms ask for
non-commercial use.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from foedus.axes import country_code
from foedus.errors import FileFormatError, UnknownNameError
from foedus.evidence.cards import Card, Status
from foedus.evidence.figure_tables import Figure, figures_frame
from foedus.evidence.ingest.editions import finish, publication_day
from foedus.evidence.ingest.frame import Imported
from foedus.evidence.ingest.workbook import Sheet, is_missing, read_sheets

__all__ = ["FORMER_STATES", "SIPRI_DAYS", "read_sipri"]

SIPRI_DAYS: dict[int, date] = {2025: date(2025, 4, 28), 2026: date(2026, 4, 27)}
"""The day on which a year's edition came out, where it is known."""

FORMER_STATES: frozenset[str] = frozenset(
    {
        "czechoslovakia",
        "german democratic republic",
        "german dr",
        "ussr",
        "yemen, north",
        "yemen, south",
        "north yemen",
        "south yemen",
        "yugoslavia",
        "serbia and montenegro",
    }
)
"""States in SIPRI's tables that no longer exist and have no current code."""

_SPELLINGS: dict[str, str] = {
    "bosnia-herzegovina": "BIH",
    "bolivia": "BOL",
    "brunei": "BRN",
    "cape verde": "CPV",
    "central african rep.": "CAF",
    "congo, dem. rep.": "COD",
    "congo, dr": "COD",
    "dr congo": "COD",
    "congo, republic": "COG",
    "congo, republic of": "COG",
    "dominican rep.": "DOM",
    "gambia, the": "GMB",
    "iran": "IRN",
    "kyrgyz republic": "KGZ",
    "laos": "LAO",
    "swaziland": "SWZ",
    "syria": "SYR",
    "tanzania": "TZA",
    "uae": "ARE",
    "venezuela": "VEN",
    "vietnam": "VNM",
}
"""SIPRI's spellings that the common list of names does not hold."""


class _SheetRule(NamedTuple):
    """A sheet's name, what it holds, and the scale of its money."""

    sheet: str
    indicator: str
    scale: float


_RULES: tuple[_SheetRule, ...] = (
    _SheetRule(r"share of gdp", "military_expenditure_share_of_gdp", 1.0),
    _SheetRule(r"current us ?\$", "military_expenditure_current_usd", 1e6),
    _SheetRule(r"constant \(\d{4}\) us ?\$", "military_expenditure_constant_usd", 1e6),
    _SheetRule(r"local currency calendar years", "military_expenditure_current_lcu", 1.0),
    _SheetRule(r"per capita", "military_expenditure_per_capita_current_usd", 1.0),
    _SheetRule(
        r"share of gov(ernmen)?t\.? spending", "military_expenditure_share_of_government_spending", 1.0
    ),
)

_UNCHANGED = "import SIPRI's own workbook unchanged"


@dataclass
class _Contents:
    """What has been read so far."""

    figures: list[Figure] = field(default_factory=list)
    former: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    base_year: str = ""


def read_sipri(path: Path, *, edition: str | None = None, published: date | None = None) -> Imported:
    """Read SIPRI's military expenditure workbook.

    Parameters
    ----------
    path : pathlib.Path
        The ``.xlsx`` file as SIPRI publishes it.
    edition : str, optional
        The edition's name; by default ``sipri-`` and the year after the last year of the figures.
    published : datetime.date, optional
        The day it came out; needed where it is not known.

    Returns
    -------
    Imported
        Six indicators: fractions, single US dollars, single units of national currency.

    Raises
    ------
    InputError
        When the file does not exist, or its day of publication is not known and not given.
    FileFormatError
        When a sheet, header or number is not what it should be, or an error-level check fails.
    """
    contents = _Contents()
    sheets = read_sheets(path)
    names = {rule: _sheet_of(rule, list(sheets), str(path)) for rule in _RULES}
    for rule, name in names.items():
        _read_sheet(rule, sheets[name], contents)
        base = re.search(r"constant \((\d{4})\)", name, re.IGNORECASE)
        contents.base_year = base[1] if base else contents.base_year
    if not contents.figures:
        raise FileFormatError("the workbook holds no figures", where=str(path), do=_UNCHANGED)
    card = _card(contents, str(path), edition, published)
    return finish(path, figures_frame(contents.figures), card, _notes(contents))


def _sheet_of(rule: _SheetRule, names: Sequence[str], file: str) -> str:
    """Return the name of the sheet that a rule reads."""
    for name in names:
        if re.fullmatch(rule.sheet, name.strip(), re.IGNORECASE):
            return name
    example = rule.sheet.replace(r"\(\d{4}\)", "(2023)").replace(" ?\\$", "$").replace("(ernmen)?t\\.?", "t.")
    raise FileFormatError(
        f"the workbook has no sheet {example!r} (its sheets: {', '.join(names)})", where=file, do=_UNCHANGED
    )


def _read_sheet(rule: _SheetRule, sheet: Sheet, contents: _Contents) -> None:
    """Read one sheet's figures."""
    header, years, notes = _header(sheet)
    above = " ".join(str(cell) for row in sheet.rows[:header] for cell in row if isinstance(cell, str))
    scale = rule.scale
    if rule.indicator.endswith("lcu") and re.search(r"\bmillions?\b", above, re.IGNORECASE):
        scale = 1e6
    for index in range(header + 1, len(sheet.rows)):
        label = sheet.cell(index, 0)
        numbers = {c: sheet.cell(index, c) for c in years if not is_missing(sheet.cell(index, c))}
        if not isinstance(label, str) or not label.strip() or not numbers:
            continue  # a region's heading, or a country without any figure
        country = _country(label.strip(), len(numbers), contents)
        if country is None:
            continue
        mark = sheet.cell(index, notes) if notes is not None else None
        footnote = f"footnote {str(mark).strip()}" if mark is not None and str(mark).strip() else ""
        for column, number in numbers.items():
            if isinstance(number, bool) or not isinstance(number, int | float):
                raise FileFormatError(
                    f"{number!r} is not a number", where=sheet.where(index, column), do=_UNCHANGED
                )
            status, remark = _colour(sheet.colours.get((index, column), ""))
            note = "; ".join(part for part in (footnote, remark) if part)
            value = float(number) * scale
            contents.figures.append(
                Figure(rule.indicator, country, years[column], value, status, "retrieved", note)
            )


def _header(sheet: Sheet) -> tuple[int, dict[int, int], int | None]:
    """Find the header; give its row, the year by column, and the column of footnotes."""
    for index, row in enumerate(sheet.rows):
        if row and isinstance(row[0], str) and row[0].strip().casefold() == "country":
            years = {
                column: int(str(cell).strip()[:4])
                for column, cell in enumerate(row)
                if re.fullmatch(r"(19|20)\d\d(\.0)?", str(cell).strip())
            }
            notes = next((c for c, cell in enumerate(row) if str(cell).strip().casefold() == "notes"), None)
            if years:
                return index, years, notes
    raise FileFormatError(
        "there is no header row with Country and years",
        where=f"{sheet.file}: {sheet.name}",
        do=_UNCHANGED,
    )


def _country(label: str, count: int, contents: _Contents) -> str | None:
    """Return a country's code; count and pass over former states and names that are not known."""
    key = label.casefold()
    if key in FORMER_STATES:
        contents.former[label] += count
        return None
    try:
        return _SPELLINGS.get(key) or country_code(label)
    except UnknownNameError:
        contents.unknown[label] += count
        return None


def _colour(colour: str) -> tuple[Status, str]:
    """Read off the colour of a cell's font what the figure is: blue is an estimate, red highly uncertain."""
    if colour in {"0000FF", "indexed 4", "indexed 12"}:
        return "estimate", ""
    if colour in {"FF0000", "indexed 2", "indexed 10"}:
        return "estimate", "highly uncertain"
    return "actual", ""


def _notes(contents: _Contents) -> tuple[str, ...]:
    """Write what was left out."""
    notes = []
    for counts, what in (
        (contents.former, "former states without a current code"),
        (contents.unknown, "names that are not known"),
    ):
        if counts:
            named = ", ".join(sorted(counts))
            notes.append(f"{sum(counts.values())} figures are left out: {what} ({named})")
    return tuple(notes)


def _card(contents: _Contents, file: str, edition: str | None, published: date | None) -> Card:
    """Write the edition's card from its years."""
    first = min(figure.year for figure in contents.figures)
    last = max(figure.year for figure in contents.figures)
    day, how = publication_day(
        edition, SIPRI_DAYS.get(last + 1), published, f"SIPRI's edition with figures to {last}", file
    )
    base = f"; constant prices of {contents.base_year}" if contents.base_year else ""
    return Card(
        id=edition or f"sipri-{last + 1}",
        series="sipri-milex",
        publisher="Stockholm International Peace Research Institute",
        title=f"SIPRI Military Expenditure Database, {first}-{last}",
        published=day,
        published_known=how,
        url="https://www.sipri.org/databases/milex",
        licence="SIPRI terms of use: attribution, non-commercial use; not to be redistributed",
        basis=f"SIPRI's definition of military expenditure, calendar years{base}",
        caveats=("The definition is not NATO's; the two are never mixed.",),
    )
