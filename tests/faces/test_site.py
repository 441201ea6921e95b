"""The static site: files alone, every link resolves, its numbers are those of the pages that are served."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from foedus.cli import run_command
from foedus.dashboard.app import application
from foedus.dashboard.site_build import MOST_BYTES, SiteBuilder, _asker, build_site, file_of_address
from foedus.dashboard.state import AppState
from foedus.evidence import Ledger

LINK = re.compile(r'<(?:a|link|img|iframe)\b[^>]*\b(?:href|src)="([^"]*)"')
DAY = date(2026, 11, 26)
PATHS = ["/", "/status", "/how", "/words"]


def broken(folder: Path) -> list[tuple[str, str]]:
    """Return every link of a site that leads nowhere, with the page it stands on."""
    wrong = []
    for page in folder.rglob("*.html"):
        for match in re.finditer(
            r'<(?:a|link|img|iframe)\b[^>]*\b(?:href|src)="([^"]*)"', page.read_text("utf-8")
        ):
            address = html.unescape(match[1])
            if re.match(r"[a-z]+:", address):
                continue
            parts = urlsplit(address)
            target = page.parent / unquote(parts.path) if parts.path else page
            if (
                address.startswith("/")
                or parts.query
                or not target.is_file()
                or (parts.fragment and f'id="{parts.fragment}"' not in target.read_text("utf-8"))
            ):
                wrong.append((page.relative_to(folder).as_posix(), address))
    return wrong


def number_of(text: str) -> str | None:
    """Return the big number of a page."""
    found = re.search(r'class="number[^"]*">([^<]*)<', text)
    return None if found is None else html.unescape(found[1])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteBuilder]:
    """Build a small site: the first page, two pages of words, who meets the guideline, and one ally."""
    state = AppState(Ledger.packaged().as_of(DAY))
    loop = asyncio.new_event_loop()
    builder = SiteBuilder(_asker(application(state), loop), tmp_path_factory.mktemp("site"), DAY, ("ITA",))
    builder.build(PATHS)
    builder.write()
    yield builder
    loop.close()
    state.close()


def test_a_site_needs_no_server(small: SiteBuilder) -> None:
    """Every link leads to a file of the site; no page has a script or a form."""
    assert broken(small.folder) == []
    for page in small.folder.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "<script" not in text
        assert "<form" not in text
    assert list(small.folder.rglob("*.woff2"))


def test_a_site_says_what_the_server_says(small: SiteBuilder) -> None:
    """Each page has the number that the server gives for its day, in every year and edition that it links."""
    states = [name for name in small._raw if name.startswith("/status")]
    assert len(states) > 20
    for name in states:
        path, _, query = name.partition("?")
        text = (small.folder / file_of_address(path, query)).read_text("utf-8")
        assert number_of(text) == number_of(small._raw[name])
    eighteen = (small.folder / "status/as_of-2025-08-28-year-2024/index.html").read_text("utf-8")
    assert number_of(eighteen) == "18"
    assert number_of((small.folder / "country/ITA/index.html").read_text("utf-8")) == "2.10\u00a0%"
    assert "How it works" in (small.folder / "index.html").read_text("utf-8")


def test_states_have_files_of_their_own() -> None:
    """A page's first state is its folder's index; another has a folder below, whatever its query."""
    assert file_of_address("/") == "index.html"
    assert file_of_address("/status") == "status/index.html"
    assert file_of_address("/status", "view=table") == "status/view-table/index.html"
    odd, other = (file_of_address("/x", f"q={c * 90}") for c in "ab")
    assert odd != other
    assert max(map(len, odd.split("/"))) <= 60
    assert ".." not in file_of_address("/x", "q=../../y")


def test_a_folder_in_use_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that holds anything is left as it is."""
    (tmp_path / "mine.txt").write_text("mine")
    assert run_command(["site", "build", str(tmp_path)]) == 2
    assert "the folder is not empty; give a folder that is new or empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.browser_long
def test_the_whole_site(tmp_path: Path) -> None:
    """The whole site has every ally, resolves every link, and weighs less than 40 MB."""
    site = build_site(tmp_path / "site", as_of=DAY)
    assert broken(site.folder) == []
    assert site.bytes < MOST_BYTES
    assert len(list((site.folder / "country").glob("???/index.html"))) == 32
    json.dumps(str(site))
