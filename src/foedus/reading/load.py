"""Read articles from files, folders or standard input: text, Markdown, HTML, PDF, DOCX, ODT and EPUB.

All but text and Markdown are taken apart in a process of its own that is ended when a document takes too
long, so that a hostile file can neither hang nor bring down the reading.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

from foedus.errors import FileFormatError, InputError
from foedus.extending import install
from foedus.files.missing import read_error
from foedus.reading import extract
from foedus.reading.claims import parameter
from foedus.reading.documents import Document
from foedus.reading.packed import packed_kind
from foedus.rounding import written

__all__ = ["SUFFIXES", "Extractor", "article_files", "document_from_bytes", "read_file"]

SUFFIXES: dict[str, str] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf",
    ".docx": "docx", ".odt": "odt", ".epub": "epub",
}  # fmt: skip
"""The suffixes of article files, with what they hold."""
OUTSIDE = {"html", "pdf", "docx", "odt", "epub"}
"""Kinds that are taken apart in a process of their own."""
REFUSED = {
    "doc": "an old or an encrypted Word document (doc)",
    "rtf": "a document in rich text (rtf)",
    "zip": "an archive (zip)",
}
"""Kinds that are known and not read, in words."""
SNIFFED = 2048


def article_files(paths: list[str]) -> Iterator[Path]:
    """Yield the files that paths name, folders opened in order of name.

    Parameters
    ----------
    paths : list of str
        Files and folders.

    Yields
    ------
    pathlib.Path
        Files.

    Raises
    ------
    InputError
        When there is no such file or folder, or a folder holds no article.
    """
    for name in paths:
        path = Path(name)
        if path.is_dir():
            articles = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            if not articles:
                raise InputError(
                    "the folder holds no article",
                    where=str(path),
                    do=f"put files ending in {', '.join(SUFFIXES)} in it",
                )
            yield from articles
        elif path.is_file():
            yield path
        else:
            raise InputError(
                "there is no such file or folder", where=str(path), do="check the spelling of the path"
            )


class Extractor:
    """The process that takes files other than text apart; it starts with the first such file and is reused.

    Parameters
    ----------
    seconds : float, optional
        How long one document may take.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = parameter("document_time_limit") if seconds is None else seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Extractor:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.close()

    def close(self) -> None:
        """End the process, if it runs."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
        process.wait()

    def extract(self, kind: str, data: bytes, *, where: str) -> dict[str, Any]:
        """Take a file apart.

        Parameters
        ----------
        kind : str
            "html", "pdf", "docx", "odt" or "epub".
        data : bytes
            The file.
        where : str
            Its name, for the error message.

        Returns
        -------
        dict
            ``text``, ``title`` and ``date``, the last two perhaps None.

        Raises
        ------
        FileFormatError
            When the file cannot be read as what it is said to be.
        InputError
            When it takes too long, or a library for it is not installed.
        """
        process = self._start()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self.seconds, stop)
        timer.start()
        try:
            answer = _ask(process, kind, data)
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            if late.is_set():
                raise InputError(
                    f"reading took longer than {self.seconds:g} seconds",
                    where=where,
                    do="save it as plain text",
                )
            raise FileFormatError(
                f"the file broke the reading of {kind}", where=where, do="save it as plain text"
            )
        if "missing" in answer:
            raise InputError(
                f"reading {kind} needs the library {answer['missing']}",
                where=where,
                do=install("reading"),
            )
        if "error" in answer:
            raise FileFormatError(
                f"this is not a readable {kind} file ({answer['error']})",
                where=where,
                do="save it as plain text",
            )
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        """Return the running process, started if need be."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", extract.__name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process


def _ask(process: subprocess.Popen[bytes], kind: str, data: bytes) -> dict[str, Any] | None:
    """Send one file and read the answer; None when the process ended."""
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        return None
    try:
        stdin.write(f"{kind} {len(data)}\n".encode())
        stdin.write(data)
        stdin.flush()
        line = stdout.readline()
    except (BrokenPipeError, OSError, ValueError):
        return None
    if not line.endswith(b"\n"):
        return None
    answer: dict[str, Any] = json.loads(line)
    return answer


def read_file(path: Path, extractor: Extractor) -> Document:
    """Read one article file.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    extractor : Extractor
        The process for files other than text.

    Returns
    -------
    Document
        The text, not yet laid out.

    Raises
    ------
    StorageError
        When the file cannot be read.
    InputError
        When it is too large, empty, or not text.
    """
    limit = int(parameter("file_size_limit"))
    try:
        size = path.stat().st_size
        if size > limit:
            raise InputError(
                f"the file has {written(size, 1, scale=-6)} MB, and an article may have "
                f"{written(limit, scale=-6)} MB",
                where=str(path),
                do="split it into articles",
            )
        data = path.read_bytes()
    except OSError as error:
        raise read_error(error, path) from error
    return document_from_bytes(data, str(path), extractor, kind=SUFFIXES.get(path.suffix.lower()))


def read_stream(stream: IO[bytes]) -> bytes:
    """Read standard input, up to the size of one article.

    Parameters
    ----------
    stream : file
        Bytes.

    Returns
    -------
    bytes
        What it held.

    Raises
    ------
    InputError
        When it is too large.
    """
    limit = int(parameter("file_size_limit"))
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(
            f"there is more than the {written(limit, scale=-6)} MB that an article may have",
            where="standard input",
            do="split it into articles",
        )
    return data


def document_from_bytes(data: bytes, name: str, extractor: Extractor, *, kind: str | None = None) -> Document:
    """Read a document out of a file's bytes.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What to call it.
    extractor : Extractor
        The process for files other than text.
    kind : str, optional
        What it holds; without it that is told from the first bytes.

    Returns
    -------
    Document
        The text, not yet laid out.

    Raises
    ------
    InputError
        When it is empty or not text.
    """
    if not data.strip():
        raise InputError("the file is empty", where=name, do="give a file with text in it")
    kind = _sniff(data, kind)
    if kind in REFUSED:
        raise InputError(
            f"this is {REFUSED[kind]}, which is not read", where=name, do="save it as docx or plain text"
        )
    if kind in OUTSIDE:
        answer = extractor.extract(kind, data, where=name)
        text = str(answer["text"] or "")
        if not text.strip():
            raise InputError(f"no text was found in the {kind} file", where=name, do="save it as plain text")
        published = date.fromisoformat(answer["date"]) if answer.get("date") else None
        return Document(
            name=name, kind=kind, raw=text, title=answer.get("title") or None, published=published
        )
    text, notes = _decode(data, name)
    return Document(name=name, kind=kind, raw=text, notes=notes)


def _sniff(data: bytes, kind: str | None) -> str:
    """Return what a file holds, by its first bytes, which outweigh its suffix."""
    start = data[:SNIFFED].lstrip()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        packed = packed_kind(data)
        # A broken archive is called what its name says it is.
        return kind if packed == "zip" and kind in ("docx", "odt", "epub") else packed
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "doc"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    lower = start.lower()
    if (
        kind in (None, "text")
        and lower.startswith((b"<!doctype html", b"<html", b"<?xml"))
        and b"<html" in lower + data[:20000].lower()
    ):
        return "html"
    return kind or "text"


def _decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Decode text: UTF-8, UTF-16 with its mark, or else Windows-1252, which is noted."""
    notes: tuple[str, ...] = ()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
            notes = ("the text is not UTF-8; it was read as Windows-1252",)
    sample = text[:20000]
    odd = sum(
        (unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\t\n\r\x0b\x0c\x85") or c == "\ufffd"
        for c in sample
    )
    if "\x00" in sample or odd > len(sample) / 50:
        raise InputError(
            "the file is not text", where=name, do=f"give a file ending in {', '.join(SUFFIXES)}"
        )
    return text, notes
