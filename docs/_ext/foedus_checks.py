"""A Sphinx extension that checks what was built: no other host is asked, and the API page stays small."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx.util import logging

__all__ = ["LARGEST_API", "asked_elsewhere", "setup"]

LARGEST_API = 200_000
"""So many bytes may the page of the Python interface have."""

_ASSET = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)=\"((?:https?:)?//[^\"]+)\"")
_STYLE = re.compile(r"(?:url\(['\"]?|@import\s+['\"])((?:https?:)?//[^'\")]+)")


def asked_elsewhere(folder: Path) -> list[str]:
    """Return what the pages and styles of a folder would fetch from other hosts.

    Parameters
    ----------
    folder : pathlib.Path
        The built documentation.

    Returns
    -------
    list of str
        The file and the address of each.
    """
    found = []
    for pattern, mark in (("*.html", _ASSET), ("*.css", _STYLE)):
        for path in sorted(folder.rglob(pattern)):
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(folder)}: {address}" for address in mark.findall(text)]
    return found


def _on_finish(app: Any, error: Exception | None) -> None:
    """Warn of what a reader without a network would miss, and of an API page that has grown too large."""
    if error is not None or app.builder.format != "html":
        return
    logger = logging.getLogger(__name__)
    folder = Path(app.outdir)
    for line in asked_elsewhere(folder):
        logger.warning("a page asks another host: %s", line)
    page = folder / "reference" / "api.html"
    if page.exists() and page.stat().st_size > LARGEST_API:
        logger.warning("reference/api.html has %d bytes, more than %d", page.stat().st_size, LARGEST_API)


def _on_start(app: Any) -> None:
    """Make the folder of static files: Sphinx would give its name to the first single file copied there."""
    (Path(app.outdir) / "_static").mkdir(parents=True, exist_ok=True)


def setup(app: Any) -> dict[str, Any]:
    """Register the extension with Sphinx.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application.

    Returns
    -------
    dict
        What Sphinx asks an extension to say of itself.
    """
    app.connect("builder-inited", _on_start)
    app.connect("build-finished", _on_finish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
