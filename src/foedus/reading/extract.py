"""The process that takes HTML, PDF, DOCX, ODT and EPUB apart.

Files come on standard input, and one JSON line for each goes to standard output. It is started by
:class:`foedus.reading.load.Extractor` and ended from outside when a document takes too long.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import warnings
from typing import Any

from foedus.reading.packed import read_packed

__all__ = ["extract", "serve"]

MEMORY_LIMIT = 1_200_000_000
"""Bytes of address space, libraries among them: a file that unfolds to more is refused."""


def serve() -> None:
    """Answer requests until standard input ends."""
    _limit_memory()
    warnings.simplefilter("ignore")
    stdin = sys.stdin.buffer
    # Libraries may print; only answers go to the pipe.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while line := stdin.readline():
        kind, size = line.decode().split()
        data = stdin.read(int(size))
        answers.write(json.dumps(extract(kind, data)).encode() + b"\n")
        answers.flush()


def _limit_memory() -> None:
    """Bound the memory of the process, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def extract(kind: str, data: bytes) -> dict[str, Any]:
    """Take one file apart.

    Parameters
    ----------
    kind : str
        "html", "pdf", "docx", "odt" or "epub".
    data : bytes
        The file.

    Returns
    -------
    dict
        ``text``, ``title``, ``date``; or ``error``; or ``missing``, the library that is not installed.
    """
    try:
        if kind in ("html", "pdf"):
            return {"html": _html, "pdf": _pdf}[kind](data)
        return read_packed(kind, data)
    except ModuleNotFoundError as error:
        return {"missing": error.name}
    except (MemoryError, RecursionError):
        return {"error": "it unfolds to more than can be held"}
    except (
        Exception
    ) as error:  # Parsers of hostile files fail in many ways; each is one answer, never a traceback.
        return {"error": " ".join(str(error).split())[:160] or type(error).__name__}


def _html(data: bytes) -> dict[str, Any]:
    """Read the article out of a web page, with its title and date."""
    import trafilatura

    page: Any = trafilatura.bare_extraction(
        data, include_comments=False, include_tables=True, with_metadata=True
    )
    text, title, day = "", None, None
    if page is not None:
        text, title, day = page.text or "", page.title, page.date
    if len(text.split()) < 5:
        text = trafilatura.html2txt(data) or text
    return {"text": text, "title": title, "date": day if day and len(day) == 10 else None}


def _pdf(data: bytes) -> dict[str, Any]:
    """Read the text of a PDF, page by page; its dates of creation are not dates of publication."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "it is encrypted"}
    pages = [page.extract_text() for page in reader.pages]
    title = reader.metadata.title if reader.metadata else None
    return {"text": "\n\n".join(pages), "title": title, "date": None}


if __name__ == "__main__":
    serve()
