"""The six CSV files of a release as rows of text, from a folder or a zip file."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from typing import IO

from foedus.errors import FileFormatError, InputError

__all__ = ["FILES", "KielRow", "read_files"]

FILES: Mapping[str, tuple[str, ...]] = {
    "data_explorer": (
        "country",
        "iso",
        "year",
        "month",
        "total",
        "financial",
        "humanitarian",
        "military",
        "commitments",
        "to_be_allocated",
        "gdp",
        "pct_gdp",
    ),
    "total_allocations": ("year", "month", "total_allocations", "military", "financial", "humanitarian"),
    "procurement_trends": ("year", "month", "stockpile", "procurement", "unspecified", "nato_purl"),
    "weapons": ("donor", "category", "number_of_weapons", "monetary_value_eur", "weapons_list"),
    "eu_aid_shares": (
        "country",
        "iso",
        "bilateral_pct_gdp",
        "eu_share_pct_gdp",
        "total_pct_gdp",
        "eu_share_bn",
    ),
    "release_info": ("release", "period", "date"),
}
"""The files of a release without their ending, with the columns that are read."""

MOST_BYTES = 50_000_000
"""The most that one file may hold: the largest of a release holds a five-hundredth of it."""


LARGEST = Decimal("1e13")
"""A number beyond it is none of the tracker's: its largest are the values of weapons in euros."""


@dataclass(frozen=True)
class KielRow:
    """One row of a file.

    Attributes
    ----------
    where : str
        File and line.
    cells : mapping of str to str
        By column.
    """

    where: str
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return the text of a cell, which is not empty."""
        text = self.cells[column].strip()
        if not text:
            raise FileFormatError(
                f"the column {column} is empty", where=self.where, do="download the files again"
            )
        return text

    def decimal(self, column: str) -> Decimal:
        """Read a number."""
        text = self.text(column)
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or abs(value) > LARGEST:
            what = f"{text[:40]!r} in the column {column} is not a number of the tracker's"
            do = "write decimals with a point" if "," in text else "download the files again"
            raise FileFormatError(what, where=self.where, do=do)
        return value

    def number(self, column: str) -> float:
        """Read a number that is not negative."""
        return float(self._not_negative(column))

    def euros(self, column: str, *, negative: bool = False) -> int:
        """Read billions of euros as whole euros."""
        value = self.decimal(column) if negative else self._not_negative(column)
        return int(value.scaleb(9).to_integral_value())

    def whole(self, column: str) -> int:
        """Read a whole number that is not negative."""
        value = self._not_negative(column)
        if value != value.to_integral_value():
            raise FileFormatError(
                f"{self.text(column)!r} in the column {column} is no whole number",
                where=self.where,
                do="download the files again",
            )
        return int(value)

    def _not_negative(self, column: str) -> Decimal:
        """Read a number that is not negative."""
        value = self.decimal(column)
        if value < 0:
            raise FileFormatError(
                f"{column} is {self.text(column)}, which is negative",
                where=self.where,
                do="only to_be_allocated may be negative in a month; download the files again",
            )
        return value


def read_files(path: Path) -> dict[str, list[KielRow]]:
    """Read the rows of the six files.

    Parameters
    ----------
    path : pathlib.Path
        A folder or a zip file; in the zip file they may stand in a folder.

    Returns
    -------
    dict of str to list of KielRow
        By the file's name without its ending.

    Raises
    ------
    InputError
        When there is nothing that can be read.
    FileFormatError
        When a file is missing, is no CSV file in UTF-8, or lacks a column.
    """
    try:
        contents = _of_folder(path) if path.is_dir() else _of_zip(path)
    except zipfile.BadZipFile as error:
        raise InputError(
            "this is neither a folder nor a zip file",
            where=str(path),
            do=f"give the folder that holds {_listed(FILES)}",
        ) from error
    except (RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
        raise InputError(
            "the zip file cannot be unpacked",
            where=str(path),
            do="unpack it, and give the folder",
        ) from error
    except OSError as error:
        raise InputError(
            f"the files cannot be read ({error.strerror or error})",
            where=str(path),
            do="check the name and the folder",
        ) from error
    missing = [name for name in FILES if name not in contents]
    if missing:
        raise FileFormatError(
            f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} missing: "
            f"a release has six files, and {len(FILES) - len(missing)} are there",
            where=str(path),
            do="download all six from the tracker's site, of one release",
        )
    return {name: _rows(f"{path}: {name}.csv", contents[name], columns) for name, columns in FILES.items()}


def _listed(names: Iterable[str]) -> str:
    """Return files by their names."""
    return ", ".join(f"{name}.csv" for name in names)


def _of_folder(path: Path) -> dict[str, bytes]:
    """Read the files of a folder."""
    contents = {}
    for name in FILES:
        file = path / f"{name}.csv"
        if file.is_file():
            with file.open("rb") as content:
                contents[name] = _read(content, str(path), file.name)
    return contents


def _read(content: IO[bytes], where: str, name: str) -> bytes:
    """Read a file that is not too large for a table of the tracker."""
    text = content.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise FileFormatError(
            f"{name} is too large for a table of the tracker", where=where, do="download the files again"
        )
    return text


def _of_zip(path: Path) -> dict[str, bytes]:
    """Read the files of a zip file."""
    contents: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            name = PurePosixPath(entry.filename)
            hidden = any(part.startswith((".", "__")) for part in name.parts)
            if name.suffix != ".csv" or name.stem not in FILES or hidden:
                continue
            if name.stem in contents:
                raise FileFormatError(
                    f"{name.name} stands twice in it", where=str(path), do="give the files of one release"
                )
            with archive.open(entry) as content:
                contents[name.stem] = _read(content, str(path), name.name)
    return contents


def _rows(where: str, content: bytes, columns: tuple[str, ...]) -> list[KielRow]:
    """Read the rows of one file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileFormatError(
            "the text is not UTF-8", where=f"{where}, line {line}", do="download the files again"
        ) from error
    reader = csv.DictReader(io.StringIO(text), restval="")
    headings = tuple(reader.fieldnames or ())
    missing = [name for name in columns if name not in headings]
    if missing:
        semicolons = len(headings) == 1 and ";" in headings[0]
        raise FileFormatError(
            "the columns are separated by semicolons"
            if semicolons
            else f"there is no column {', '.join(missing)}",
            where=where,
            do="separate them by commas and write decimals with a point, as the tracker's site does"
            if semicolons
            else f"the columns are {','.join(columns)}",
        )
    try:
        rows = list(_cells(reader, where))
    except csv.Error as error:
        raise FileFormatError(
            f"the table cannot be read ({error})",
            where=f"{where}, line {reader.line_num}",
            do="download the files again",
        ) from error
    if not rows:
        raise FileFormatError("the table holds no rows", where=where, do="download the files again")
    return rows


def _cells(reader: csv.DictReader[str], where: str) -> Iterator[KielRow]:
    """Yield the rows of a table, each with as many cells as there are headings."""
    for row in reader:
        if None in row:
            raise FileFormatError(
                "the line has more cells than there are headings",
                where=f"{where}, line {reader.line_num}",
                do="write decimals with a point and put text that holds commas in quotation marks",
            )
        yield KielRow(f"{where}, line {reader.line_num}", row)
