"""Style, scripts and fonts under names with a mark of their content, packed once and kept by browsers."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from foedus.dashboard.answers import Reply

__all__ = ["asset_files", "asset_name", "asset_router", "late_assets"]

SCRIPTS = (
    "core.js",
    "charts.js",
    "stage.js",
    "keys.js",
    "picker.js",
    "rail.js",
    "share.js",
    "article.js",
    "scenarios.js",
    "offers.js",
)
"""The parts of ``stage.js``, below ``static/stage``, in their order."""

STYLES = ("stages.css",)
"""The parts of ``foedus.css`` that single pages bring, below ``static/stage``."""

WRITTEN_LATER = frozenset({"charts.js", "reading.css"})
"""Files that libraries write, which the server's own process does not load."""

FOREVER = {"cache-control": "public, max-age=31536000, immutable"}
BRIEFLY = {"cache-control": "public, max-age=300"}

TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
    "json": "application/json",
}


def asset_router() -> APIRouter:
    """Return the addresses below ``/static``."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/static/{name}", _serve, methods=["GET", "HEAD"])
    return router


def asset_name(name: str) -> str:
    """Return a file's name with the mark of its content.

    Parameters
    ----------
    name : str
        For example "foedus.css".

    Returns
    -------
    str
        For example "foedus.0123456789ab.css".
    """
    stem, _, kind = name.rpartition(".")
    return f"{stem}.{_mark(name)}.{kind}"


def asset_files(prefix: str) -> Iterator[tuple[str, Reply]]:
    """Yield the files that need no library, by their addresses, packed.

    Parameters
    ----------
    prefix : str
        What stands before their names: "/static/".

    Yields
    ------
    (str, Reply)
        Each file twice: by its marked name, which browsers keep for good, and by its plain one.
    """
    for name in sorted(_names() - WRITTEN_LATER):
        for address, headers in ((asset_name(name), FOREVER), (name, BRIEFLY)):
            yield f"{prefix}{address}", _answer(name, headers)


def late_assets(prefix: str) -> tuple[str, ...]:
    """Return the addresses of the files that libraries write."""
    return tuple(f"{prefix}{asset_name(name)}" for name in sorted(WRITTEN_LATER))


@cache
def _packed(name: str) -> bytes:
    """Return a file packed as well as can be; nothing for what is packed already."""
    return b"" if name.endswith("woff2") else gzip.compress(_content(name), 9, mtime=0)


def _answer(name: str, headers: Mapping[str, str]) -> Reply:
    """Return a file as an answer."""
    content = _content(name)
    kind = TYPES[name.rpartition(".")[2]]
    tag = f'W/"{_mark(name)}"'
    return Reply(200, {**headers, "content-type": kind, "etag": tag}, content, _packed(name))


def _serve(name: str) -> Response:
    """Answer with a file: by its marked name for good, by its plain name for a few minutes."""
    match = re.fullmatch(r"([A-Za-z0-9_-]+)(?:\.([0-9a-f]{12}))?\.([a-z0-9]+)", name)
    plain = f"{match[1]}.{match[3]}" if match else ""
    if match is None or plain not in _names():
        raise HTTPException(404)
    headers = FOREVER if match[2] == _mark(plain) else BRIEFLY
    return Response(_content(plain), media_type=TYPES[match[3]], headers=headers)


def _names() -> set[str]:
    """Return the plain names that can be asked for."""
    folder = resources.files("foedus.dashboard") / "static"
    files = {entry.name for entry in folder.iterdir() if entry.name.rpartition(".")[2] in TYPES}
    return files | set(_WRITTEN)


@cache
def _mark(name: str) -> str:
    """Return the mark of a file's content; of the charting library, that of its version."""
    source = _charts_version() if name == "charts.js" else _content(name)
    return sha256(source).hexdigest()[:12]


@cache
def _content(name: str) -> bytes:
    """Return a file's content."""
    if name in _WRITTEN:
        written: bytes = _WRITTEN[name]()
        return written
    folder = resources.files("foedus.dashboard") / "static"
    content: bytes = (folder / name).read_bytes()
    if name == "foedus.css":
        content = b"\n".join([content, *((folder / "stage" / part).read_bytes() for part in STYLES)])
        text = re.sub(r"url\(([a-z0-9-]+\.woff2)\)", lambda m: f"url({asset_name(m[1])})", content.decode())
        return text.replace("/* tokens */", _tokens()).encode()
    return content


def _tokens() -> str:
    """Return the colours by meaning, as they are in daylight and in the dark; print is by day."""
    from foedus.plotting.tokens import DARK, LIGHT

    light, dark = ("".join(f"--{k}: {v};" for k, v in part.items()) for part in (LIGHT, DARK))
    return f":root{{{light}}}@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}"


def _stage_script() -> bytes:
    """Return the stage's script, one file of its parts."""
    folder = resources.files("foedus.dashboard") / "static" / "stage"
    return b"\n".join((folder / name).read_bytes() for name in SCRIPTS)


def _charts_version() -> bytes:
    """Return what tells one charting library from another, without writing the library."""
    from importlib.metadata import version

    return version("vl-convert-python").encode()


def _charts_script() -> bytes:
    """Return the charting library as one script, from the installed package."""
    from foedus.plotting.write import charts_library

    return charts_library()


def _reading_style() -> bytes:
    """Return the style of a reading, kept to the part of the page that shows one."""
    from foedus.report.reading_page import marks_style

    return f".reading {{\n{marks_style()}}}\n".encode()


_WRITTEN: dict[str, Callable[[], Any]] = {
    "stage.js": _stage_script,
    "charts.js": _charts_script,
    "reading.css": _reading_style,
}
"""Files that are put together here."""
