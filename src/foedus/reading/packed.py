"""Read documents that are archives of XML: Word (docx), OpenDocument (odt) and books (epub).

Nothing is unpacked whole: each part runs through the parser in pieces, is measured on the way, and the file
is refused before its parts take more than 200 MB. What was read is thrown away paragraph by paragraph.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Literal

from foedus.rounding import written

__all__ = ["UNPACKED_LIMIT", "PackedKind", "packed_kind", "read_packed"]

PackedKind = Literal["docx", "odt", "epub", "zip"]

UNPACKED_LIMIT = 200_000_000
"""Bytes that the parts of a file may take together when they are unpacked."""
TEXT_LIMIT = 4_000_000
"""Characters after which a text is no article."""
PIECE = 1 << 16

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_MIME = {b"application/vnd.oasis.opendocument.text": "odt", b"application/epub+zip": "epub"}
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_TEXT}s": " ", f"{_TEXT}tab": " "}
_BREAKS[f"{_TEXT}line-break"] = "\n"


class PackedError(ValueError):
    """An archive that is no document, or takes too much; its text is the end of a sentence."""


def packed_kind(data: bytes) -> PackedKind:
    """Return what an archive holds, by its own list of parts.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    str
        "zip" where it is none of the documents that are read, or its list is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return "docx"
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    return _MIME.get(part.read(100).strip(), "zip")  # type: ignore[return-value]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return "zip"
    return "zip"


def read_packed(kind: str, data: bytes) -> dict[str, Any]:
    """Read a document that is an archive.

    Parameters
    ----------
    kind : str
        "docx", "odt" or "epub".
    data : bytes
        The file.

    Returns
    -------
    dict
        ``text``, ``title``, ``date``.

    Raises
    ------
    PackedError
        When it is no such document, or unpacks to more than an article can be.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = _Parts(archive)
        return {"docx": _docx, "odt": _odt, "epub": _epub}[kind](parts)


class _Parts:
    """The parts of an archive, measured while they unpack."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.left = UNPACKED_LIMIT
        if sum(part.file_size for part in archive.infolist()) > UNPACKED_LIMIT:
            raise PackedError(_too_large())

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a part piece by piece; raise an error where it is missing or the limit is reached."""
        try:
            part = self.archive.open(name)
        except KeyError as error:
            raise PackedError(f"it has no part {name}") from error
        with part:
            while piece := part.read(PIECE):
                self.left -= len(piece)
                if self.left < 0:
                    raise PackedError(_too_large())
                yield piece

    def elements(self, name: str, *tags: str) -> Iterator[Any]:
        """Yield elements as they end, and forget each with all before it."""
        from lxml import etree

        parser = etree.XMLPullParser(events=("end",), tag=tags, resolve_entities=False, no_network=True)
        for piece in self.pieces(name):
            parser.feed(piece)
            for _, element in parser.read_events():
                yield element
                element.clear(keep_tail=True)
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def first(self, name: str, tag: str) -> str | None:
        """Return the text of the first element of a name in a part that may be missing."""
        if name not in self.archive.namelist():
            return None
        return next((" ".join((e.text or "").split()) or None for e in self.elements(name, tag)), None)


def _too_large() -> str:
    """Write why a file is refused."""
    return f"it unpacks to more than {written(UNPACKED_LIMIT, scale=-6)} MB"


def _joined(paragraphs: Iterator[str]) -> str:
    """Join paragraphs; raise an error where there are too many."""
    lines, length = [], 0
    for paragraph in paragraphs:
        length += len(paragraph) + 1
        if length > TEXT_LIMIT:
            raise PackedError(f"it holds more than {TEXT_LIMIT:,} characters")
        lines.append(paragraph)
    return "\n".join(lines)


def _written(element: Any, text_tag: str | None) -> str:
    """Return the text of a paragraph: of its runs in a Word document, else all there is."""
    out: list[str] = []
    for part in element.iter():
        if part.tag in _BREAKS:
            out.append(_BREAKS[part.tag])
        elif text_tag is None or part.tag == text_tag:
            out.append(part.text or "")
        if text_tag is None and part is not element:
            out.append(part.tail or "")
    return "".join(out)


def _docx(parts: _Parts) -> dict[str, Any]:
    """Read the paragraphs of a Word document, cells too; its days of saving are not days of publication."""
    paragraphs = (_written(p, f"{_W}t") for p in parts.elements("word/document.xml", f"{_W}p"))
    text = _joined(paragraphs)
    return {"text": text, "title": parts.first("docProps/core.xml", f"{_DC}title"), "date": None}


def _odt(parts: _Parts) -> dict[str, Any]:
    """Read the paragraphs and headings of an OpenDocument text."""
    paragraphs = (_written(p, None) for p in parts.elements("content.xml", f"{_TEXT}p", f"{_TEXT}h"))
    text = _joined(paragraphs)
    return {"text": text, "title": parts.first("meta.xml", f"{_DC}title"), "date": None}


def _epub(parts: _Parts) -> dict[str, Any]:
    """Read the chapters of a book in the order of its spine."""
    files = parts.elements("META-INF/container.xml", f"{_CONTAINER}rootfile")
    package = next((f.get("full-path") for f in files), None)
    if not package:
        raise PackedError("it does not say where its contents stand")
    items: dict[str, str] = {}
    spine: list[str] = []
    title = published = None
    for element in parts.elements(package, f"{_OPF}item", f"{_OPF}itemref", f"{_DC}title", f"{_DC}date"):
        if element.tag == f"{_OPF}item":
            items[element.get("id", "")] = element.get("href", "")
        elif element.tag == f"{_OPF}itemref":
            spine.append(element.get("idref", ""))
        elif element.tag == f"{_DC}title":
            title = title or " ".join((element.text or "").split()) or None
        elif re.match(r"\d{4}-\d\d-\d\d", element.text or ""):
            published = published or element.text[:10]
    folder = posixpath.dirname(package)
    names = (posixpath.normpath(posixpath.join(folder, _unquoted(items[i]))) for i in spine if i in items)
    text = _joined(chapter for name in names for chapter in _chapter(parts, name))
    return {"text": text, "title": title, "date": published}


def _unquoted(address: str) -> str:
    """Return an address with its escapes, as in "one%20a.xhtml", as the characters they are."""
    raw = re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes.fromhex(m[1].decode()), address.encode())
    return raw.decode("utf-8", errors="replace")


def _chapter(parts: _Parts, name: str) -> Iterator[str]:
    """Yield the text of one chapter."""
    import trafilatura

    data = io.BytesIO()
    for piece in parts.pieces(name):
        data.write(piece)
        if data.tell() > TEXT_LIMIT:
            raise PackedError(f"its part {name} has more than {TEXT_LIMIT:,} characters")
    yield trafilatura.html2txt(data.getvalue()) or ""
