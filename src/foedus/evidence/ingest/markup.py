"""What a reader of values leaves out of a workbook: cells that hold an error, and colours of fonts."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["Markup", "column_letters", "read_markup"]

Place = tuple[int, int]
"""A cell's row and column, from nought."""


@dataclass(frozen=True)
class Markup:
    """What stands in a sheet beside its values.

    Attributes
    ----------
    errors : mapping of (int, int) to str
        The cells that hold an error such as ``#REF!``.
    colours : mapping of (int, int) to str
        The fonts' colours where a cell's style names one: six hexadecimal digits, or ``indexed 12``.
    """

    errors: Mapping[Place, str]
    colours: Mapping[Place, str]


def read_markup(content: bytes) -> dict[str, Markup]:
    """Read what stands beside the values of every sheet of a workbook.

    Parameters
    ----------
    content : bytes
        An .xlsx file.

    Returns
    -------
    dict of str to Markup
        By the sheet's name.

    Raises
    ------
    KeyError, ValueError, SyntaxError, zipfile.BadZipFile, zlib.error, EOFError
        When the file is damaged.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        colours = _style_colours(archive)
        out = {}
        for name, part in _parts(archive).items():
            with archive.open(part) as file:
                out[name] = _sheet_markup(file, colours)
        return out


def column_letters(column: int) -> str:
    """Return the letters of a column that is counted from nought: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return where in the archive each sheet stands."""
    targets = {}
    with archive.open("xl/_rels/workbook.xml.rels") as file:
        for element in _elements(file, "Relationship"):
            targets[element.attrib["Id"]] = posixpath.join("xl", element.attrib["Target"]).lstrip("/")
    with archive.open("xl/workbook.xml") as file:
        identities = {
            element.attrib["name"]: next(v for k, v in element.attrib.items() if k.endswith("}id"))
            for element in _elements(file, "sheet")
        }
    parts = {name: targets[identity] for name, identity in identities.items()}
    return {name: part for name, part in parts.items() if "chartsheets/" not in part}


def _style_colours(archive: zipfile.ZipFile) -> list[str]:
    """Return the colour of every style's font, in the order of the styles; empty for none that is named."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    fonts: list[str] = []
    styles: list[str] = []
    with archive.open("xl/styles.xml") as file:
        for element in _elements(file, "fonts", "cellXfs"):
            if _tag(element) == "fonts":
                fonts = [_colour(font) for font in element if _tag(font) == "font"]
            else:
                styles = [
                    fonts[int(xf.get("fontId", 0))] if fonts else "" for xf in element if _tag(xf) == "xf"
                ]
    return styles


def _colour(font: Element) -> str:
    """Return the colour that a font names."""
    for element in font:
        if _tag(element) == "color":
            if "rgb" in element.attrib:
                return element.attrib["rgb"][-6:].upper()
            if "indexed" in element.attrib:
                return f"indexed {element.attrib['indexed']}"
    return ""


def _sheet_markup(file: IO[bytes], styles: list[str]) -> Markup:
    """Read the cells of a sheet for their errors and colours."""
    errors: dict[Place, str] = {}
    colours: dict[Place, str] = {}
    for place, cell in _cells(file):
        if cell.get("t") == "e":
            errors[place] = next((v.text or "" for v in cell if _tag(v) == "v"), "#N/A")
        style = int(cell.get("s", 0))
        if style < len(styles) and styles[style]:
            colours[place] = styles[style]
    return Markup(errors, colours)


def _cells(file: IO[bytes]) -> Iterator[tuple[Place, Element]]:
    """Yield a sheet's cells with their places; a cell or row that states none follows the one before."""
    row = -1
    for element in _elements(file, "row"):
        row = int(element.get("r", row + 2)) - 1
        column = -1
        for cell in element:
            if _tag(cell) == "c":
                letters = re.match("[A-Z]+", cell.get("r", ""))
                column = _column(letters[0]) if letters else column + 1
                yield (row, column), cell


def _column(letters: str) -> int:
    """Return the number of a column, from nought."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _elements(file: IO[bytes], *tags: str) -> Iterator[Element]:
    """Yield the elements of some kinds, each whole, and forget it then."""
    from xml.etree.ElementTree import iterparse

    for _, element in iterparse(file):
        if _tag(element) in tags:
            yield element
            element.clear()


def _tag(element: Element) -> str:
    """Return an element's name without its namespace: two are in use."""
    return element.tag.rpartition("}")[2]
