"""A static site: every page and ally as files with pinned numbers, for any web server or none.

The pages are those that the server gives. What needs a server is left out: scripts and forms. Links between
pages lead to files, relative to one another, so that the site may stand at any address; a link to what is not
among the files becomes plain words.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from posixpath import relpath
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from foedus.errors import InputError, NoSolutionError, StorageError
from foedus.files.writing import write_bytes

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["MOST_BYTES", "MOST_STATES", "SiteBuilder", "StaticSite", "build_site", "file_of_address"]

MOST_BYTES = 40_000_000
"""The most that a site may weigh."""

MOST_STATES = 48
"""The most states of one page that are made besides its first."""

FOLLOWED = frozenset({"view", "chart", "year", "edition", "layer", "scenario", "file", "applicant"})
"""Fields whose links are followed from the first state of a page; others change with a form or script."""

BY_DAY = "/status"
"""The page whose other days are made as well: the same year reads differently from edition to edition."""

VIEWS_OF_ALLIES = frozenset({"chart", "table", "sure", "sources"})
"""The views that are made of each ally's page."""

PLACE = "https://your.site"
"""Stands for the address that a site is put at, which is not known when it is built."""

FILES = ("csv", "json", "svg")
"""The files that are made of each page's first state."""

_LINK = re.compile(r"<a\b([^>]*?)\bhref=\"([^\"]*)\"([^>]*)>(.*?)</a>", re.DOTALL)
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_FORM = re.compile(r"<form\b[^>]*>(.*?)</form>", re.DOTALL)
_PRESETS = re.compile(r"<p class=\"presets\".*?</p>", re.DOTALL)
_ASSET = re.compile(r"\b(href|src)=\"(/static/[^\"]+)\"")
_NEEDS_SCRIPT = re.compile(r"<button\b[^>]*\bdata-(?:undo|redo|copy|back)\b.*?</button>", re.DOTALL)
_SHARED = re.compile(r"<code id=\"share-(address|embed)\".*?</code>", re.DOTALL)
_PRELOAD = re.compile(r"<link rel=\"preload\"[^>]*>\n?")
_SCROLLED = ('<div class="side" id="part-controls"', '<p class="strip"')
_DATA = re.compile(r" data-(?:charts|root)=\"[^\"]*\"")


@dataclass(frozen=True)
class StaticSite:
    """What was built.

    Attributes
    ----------
    folder : pathlib.Path
        Where it lies.
    pages, files : int
        How many pages, and how many files in all.
    bytes : int
        What it weighs.
    as_of : datetime.date
        The day whose knowledge it uses.
    """

    folder: Path
    pages: int
    files: int
    bytes: int
    as_of: date


def file_of_address(path: str, query: str = "") -> str:
    """Return the file that holds a page: ``/status?view=table`` is ``status/view-table/index.html``."""
    parts = [part for part in path.split("/") if part]
    if query:
        plain = "-".join(f"{name}-{value}" for name, value in parse_qsl(query))
        plain = re.sub(r"[^a-zA-Z0-9.-]+|\.{2,}", "_", plain)
        parts.append(plain if len(plain) <= 60 else f"{plain[:44]}-{sha256(query.encode()).hexdigest()[:12]}")
    return "/".join([*parts, "index.html"])


@dataclass
class SiteBuilder:
    """Builds a static site from the pages of an application.

    Attributes
    ----------
    ask : callable
        Returns status, kind and content of an address.
    folder : pathlib.Path
        Where the files go.
    as_of : datetime.date
        The day that every address is pinned to.
    allies : tuple of str
        The allies that have a page, alpha-3.
    """

    ask: Callable[[str], tuple[int, str, bytes]]
    folder: Path
    as_of: date
    allies: tuple[str, ...]
    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    _raw: dict[str, str] = field(default_factory=dict)

    def key(self, address: str) -> tuple[str, str]:
        """Return an address as the site knows it: its path, and its query without the site's own day."""
        parts = urlsplit(unescape(address))
        pairs = [
            (name, value)
            for name, value in parse_qsl(parts.query)
            if not (name == "as_of" and value == str(self.as_of))
            and name not in {"v", "editions"}
            and not (name == "view" and value == "chart")
        ]
        return parts.path.rstrip("/") or "/", urlencode(sorted(pairs))

    def build(self, paths: list[str]) -> None:
        """Make every page, its states, and its files.

        Parameters
        ----------
        paths : list of str
            The first states of the pages.
        """
        for path in [*paths, *(f"/country/{code}" for code in self.allies)]:
            self._fetch(path, "")
        for path in [path for path, query in map(self._split, list(self._raw)) if not query]:
            for query in self._states(path):
                self._fetch(path, query)
        for year in (self.as_of.year - 2, self.as_of.year - 1):
            for query in self._states(BY_DAY, f"year={year}"):
                self._fetch(BY_DAY, query)
        for path in paths:
            self._attach(path)
            self._fetch(f"/embed{path}" if path != "/" else "/embed/front", "")
        for name in list(self._raw):
            path, query = self._split(name)
            self.pages[file_of_address(path, query)] = self._static(path, query)

    def _split(self, name: str) -> tuple[str, str]:
        """Return path and query of a state."""
        path, _, query = name.partition("?")
        return path, query

    def _fetch(self, path: str, query: str) -> None:
        """Ask for one state of a page; what is refused as of the day is no page of the site."""
        name = f"{path}?{query}" if query else path
        if name in self._raw:
            return
        fields = dict(parse_qsl(query))
        fields.setdefault("as_of", str(self.as_of))
        status, kind, content = self.ask(f"{path}?{urlencode(fields)}")
        if status >= 500:
            raise NoSolutionError(
                f"the page {name} could not be made",
                where="foedus site build",
                do="report the line printed above",
            )
        if status == 200 and kind.startswith("text/html"):
            self._raw[name] = content.decode()

    def _states(self, path: str, query: str = "") -> Iterator[str]:
        """Yield the states that one state of a page links to, as queries; without a query, the first."""
        states: dict[str, None] = {}
        ally = path.startswith("/country/")
        shown = self._raw.get(f"{path}?{query}" if query else path, "")
        for match in _LINK.finditer(shown):
            target, linked = self.key(match[2])
            fields = dict(parse_qsl(linked))
            followed = FOLLOWED | {"as_of"} if path == BY_DAY else FOLLOWED
            if target != path or not fields or not set(fields) <= followed:
                continue
            if ally and (set(fields) != {"view"} or fields["view"] not in VIEWS_OF_ALLIES):
                continue
            states[linked] = None
        yield from list(states)[:MOST_STATES]

    def _attach(self, path: str) -> None:
        """Make the files of a page's first state that its sheet to share links to."""
        if path not in self._raw or path == "/":
            return
        for match in _LINK.finditer(self._raw[path]):
            target = urlsplit(unescape(match[2]))
            kind = target.path.rpartition(".")[2]
            if not target.path.startswith(f"{path}.") or kind not in FILES:
                continue
            name = self._file_name(unescape(match[2]))
            if name in self.files or "whole=yes" in target.query:
                continue
            status, _, content = self.ask(unescape(match[2]))
            if status == 200:
                self.files[name] = content

    def _file_name(self, address: str) -> str:
        """Return where a file of a page stands in the site."""
        parts = urlsplit(address)
        part = dict(parse_qsl(parts.query)).get("part", "")
        stem, _, kind = parts.path.strip("/").rpartition(".")
        return f"{stem}/{stem.rpartition('/')[2]}{f'-{part}' if part else ''}.{kind}"

    def _static(self, path: str, query: str) -> str:
        """Return a page as a file: without scripts and forms, its links leading to files."""
        here = file_of_address(path, query)
        text = self._raw[f"{path}?{query}" if query else path]
        text = _SCRIPT.sub("", text)
        text = _FORM.sub(lambda m: "".join(_PRESETS.findall(m[1])), text)
        text = _NEEDS_SCRIPT.sub("", _DATA.sub("", text))
        text = _ASSET.sub(lambda m: f'{m[1]}="{self._asset(m[2], here)}"', text)
        text = _PRELOAD.sub("", text)
        for part in _SCROLLED:  # what scrolls and holds nothing to press must be reached by key
            text = text.replace(f"{part}>", f'{part} tabindex="0">')
        text = _SHARED.sub(lambda m: self._shared(m, here), text)
        return _LINK.sub(lambda m: self._link(m, here, path), text)

    def _shared(self, match: re.Match[str], here: str) -> str:
        """Return the address of a page, or of its frame, as it will be where the site is put."""
        name = match[1]
        if name == "address":
            return f'<code id="share-address">{PLACE}/{here}</code>'
        frame = f"embed/{Path(here).parent}".rstrip("/.") + "/index.html"
        if frame not in self.pages and self._frame(here) is None:
            return '<code id="share-embed">–</code>'
        words = f'<iframe src="{PLACE}/{frame}" width="100%" height="480" loading="lazy"></iframe>'
        return f'<code id="share-embed">{escape(words, quote=False)}</code>'

    def _frame(self, here: str) -> str | None:
        """Return the state that a page's frame is made of; only first states have one."""
        place = f"/embed/{Path(here).parent}".rstrip("/.")
        return place if place in self._raw else None

    def _asset(self, address: str, here: str) -> str:
        """Fetch a file below ``/static`` once, and return where it stands as seen from a page."""
        name = address.lstrip("/")
        if name not in self.files:
            status, _, content = self.ask(address)
            if status != 200:
                raise StorageError(
                    f"{address} is missing", where="foedus site build", do="install foedus anew"
                )
            self.files[name] = content
            if name.endswith(".css"):
                for font in re.findall(rb"url\(([a-z0-9.-]+\.woff2)\)", content):
                    self._asset(f"/static/{font.decode()}", here)
        return relpath(name, str(Path(here).parent))

    def _link(self, match: re.Match[str], here: str, path: str) -> str:
        """Return a link to a file of the site, or its words alone where there is none."""
        before, address, after, words = match.groups()
        plain = unescape(address)
        if re.match(r"[a-z]+:", plain) or plain.startswith("#"):
            return match[0]
        target = self._target(plain, path)
        if target is None:
            return f"<span>{words}</span>"
        anchor = urlsplit(plain).fragment
        href = quote(relpath(target, str(Path(here).parent))) + (f"#{anchor}" if anchor else "")
        return f'<a{before}href="{escape(href)}"{after}>{words}</a>'

    def _target(self, address: str, path: str) -> str | None:
        """Return the file that an address stands for; None where the site has none."""
        if address.startswith("?"):
            address = f"{path}{address}"
        place, query = self.key(address)
        if (f"{place}?{query}" if query else place) in self._raw:
            return file_of_address(place, query)
        if place.rpartition(".")[2] in FILES:
            name = self._file_name(address)
            return name if name in self.files else None
        return None

    def write(self) -> StaticSite:
        """Write all files.

        Returns
        -------
        StaticSite
            What was written.

        Raises
        ------
        NoSolutionError
            When the site weighs more than 40 MB.
        StorageError
            When a file cannot be written.
        """
        contents = {name: text.encode() for name, text in self.pages.items()} | self.files
        size = sum(map(len, contents.values()))
        if size > MOST_BYTES:
            raise NoSolutionError(
                f"the site weighs {size // 1_000_000} MB, more than {MOST_BYTES // 1_000_000}",
                where="foedus site build",
                do="report it: no site should be so heavy",
            )
        for name, content in contents.items():
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(target, content, "the site")
        return StaticSite(self.folder, len(self.pages), len(contents), size, self.as_of)


def build_site(folder: Path, *, as_of: date, ledger: Ledger | None = None) -> StaticSite:
    """Build the static site.

    Parameters
    ----------
    folder : pathlib.Path
        A folder that is new or empty.
    as_of : datetime.date
        The day whose knowledge all pages use.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    StaticSite
        What was written.

    Raises
    ------
    InputError
        When the folder holds anything.
    StorageError
        When it cannot be written.
    """
    from foedus.dashboard.app import application
    from foedus.dashboard.pages import PAGES
    from foedus.dashboard.state import AppState
    from foedus.evidence import Ledger
    from foedus.evidence.institutions import members_on

    if folder.exists() and any(folder.iterdir()):
        raise InputError(
            "the folder is not empty", where=str(folder), do="give a folder that is new or empty"
        )
    state = AppState((ledger or Ledger.load()).as_of(as_of))
    try:
        loop = asyncio.new_event_loop()
        app = application(state)
        builder = SiteBuilder(_asker(app, loop), folder, as_of, tuple(members_on(as_of)))
        builder.build(["/", *(f"/{page.slug}" for page in PAGES if page.slug)])
        return builder.write()
    finally:
        loop.close()
        state.close()


def _asker(app: Any, loop: asyncio.AbstractEventLoop) -> Callable[[str], tuple[int, str, bytes]]:
    """Return a function that asks an application in this process."""
    from foedus.dashboard.answers import Asked
    from foedus.dashboard.worker import answer_to

    def ask(address: str) -> tuple[int, str, bytes]:
        parts = urlsplit(address)
        answer = loop.run_until_complete(answer_to(app, Asked("GET", parts.path, parts.query)))
        return answer.status, answer.headers.get("content-type", ""), answer.body

    return ask
