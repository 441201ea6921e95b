"""A cited answer stays: its address gives the same number and picture when newer editions are held."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import anyio
import httpx
import pytest

from foedus.dashboard.app import application
from foedus.dashboard.state import AppState
from foedus.errors import NoDataError
from foedus.evidence import Ledger
from foedus.evidence.pinning import pinned
from foedus.evidence.rows import FigureRows
from foedus.report.citation import Pins, cite, file_stem
from foedus.results import Answer
from foedus.spending.thresholds import SHARE

NEW = (("nato-2026-12", date(2026, 12, 15)), ("nato-2026-11", date(2026, 11, 2)))
"""Two editions made up: one of a month later, and one that is said to be older and was imported later."""


def later() -> Ledger:
    """Return the packaged ledger with two newer editions imported, in which every share of 2026 is 1 %."""
    ledger = Ledger.packaged()
    old = ledger.editions["nato-2026-07"]
    table = ledger.table("nato-2026-07")
    at, year, of = (table.columns.index(name) for name in ("value", "year", "indicator"))
    editions, loaders = dict(ledger.editions), dict(ledger._loaders)
    for name, day in NEW:
        mark = table.columns.index("edition")
        rows = []
        for row in table.rows:
            cells = list(row)
            cells[mark] = name
            if cells[of] == SHARE and cells[year] == 2026:
                cells[at] = 0.01
            rows.append(tuple(cells))
        copy = FigureRows(table.columns, rows)
        editions[name] = old.model_copy(update={"id": name, "published": day})
        loaders[name] = lambda copy=copy: copy
    return replace(
        ledger,
        editions=MappingProxyType(dict(sorted(editions.items(), key=lambda pair: pair[1].published))),
        _loaders=MappingProxyType(loaders),
        imported=frozenset(name for name, _ in NEW),
    )


def get(app: Any, path: str) -> httpx.Response:
    """Ask an application in this process."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=60) as client:
            return await client.get(path)

    return anyio.run(ask)


@pytest.fixture(scope="module")
def now() -> Iterator[Any]:
    """Return the pages as they are today."""
    state = AppState(Ledger.packaged())
    yield application(state)
    state.close()


@pytest.fixture(scope="module")
def then() -> Iterator[Any]:
    """Return the pages a month later, with two newer editions imported."""
    state = AppState(later())
    yield application(state)
    state.close()


def number_of(page: str) -> str:
    """Return the big number of a page."""
    found = re.search(r'class="number[^"]*">([^<]*)<', page)
    assert found is not None
    return html.unescape(found[1])


def pinned_path(page: str) -> str:
    """Return the pinned address that a page offers."""
    found = re.search(r'data-absolute="([^"]+)"', page)
    assert found is not None
    return html.unescape(found[1])


ASKED = (
    "/status?year=2026&guideline=0.025&basis=published&country=ITA&view=map",
    "/status",
    "/burden",
    "/figures?country=POL&year=2026",
    "/pledge?target=0.03&by=2030&draws=200",
    "/what-if?target=0.04&draws=60&seed=3",
)


@pytest.mark.parametrize("path", ASKED)
def test_a_pinned_address_gives_the_same_number_a_month_later(now: Any, then: Any, path: str) -> None:
    """With newer editions imported the plain address gives another answer, the pinned one the same number."""
    page = get(now, path).text
    address = pinned_path(page)
    assert "as_of=20" in address
    assert "v=" in address
    again = get(then, address)
    assert again.status_code == 200
    assert number_of(again.text) == number_of(page)
    assert get(then, path).text != again.text


def test_a_pinned_address_gives_the_same_picture_a_month_later(now: Any, then: Any) -> None:
    """The picture of a pinned address is the same to the bit; that of the plain address is another."""
    address = pinned_path(get(now, ASKED[0]).text)
    query = address.split("?", 1)[1]
    first, second = (get(app, f"/status.svg?{query}").content for app in (now, then))
    assert first == second
    assert get(then, "/status.svg?year=2026&guideline=0.025").content != first


def test_files_say_what_the_page_says(now: Any) -> None:
    """HTML, JSON and the name of every file carry the page's number and answer."""
    page = get(now, "/status?as_of=2026-11-01").text
    query = pinned_path(page).split("?", 1)[1]
    number = number_of(page)
    alone = get(now, f"/status.html?{query}").text
    assert number_of(alone) == number
    assert "<script" not in alone
    assert not re.search(r'(src|href)="(?!https?://|#|data:)', alone)
    content = json.loads(get(now, f"/status.json?{query}").content)
    assert content["answer"]["number"] == number
    assert content["answer"]["sentence"] in html.unescape(page).replace("\u00a0", " ") or number in page
    assert number_of(get(now, f"/embed/status?{query}").text) == number
    for kind in ("csv", "xlsx", "svg", "json", "html"):
        name = get(now, f"/status.{kind}?{query}").headers["content-disposition"]
        assert f"foedus-{number}-of-the-31-allies-with-a-figure-at-2-percent-of-gdp-in-2026" in name
        assert f".{kind}" in name


def test_pictures_have_the_sizes_asked_for(now: Any) -> None:
    """A news card and a square are PNG of exactly so many pixels; another size is refused with the two."""
    for size in ((1200, 675), (1080, 1080)):
        answer = get(now, f"/burden.png?size={size[0]}x{size[1]}")
        assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"
        assert tuple(int.from_bytes(answer.content[at : at + 4], "big") for at in (16, 20)) == size
    assert get(now, "/burden.pdf").content[:5] == b"%PDF-"
    refused = get(now, "/burden.png?size=1x1")
    assert refused.status_code == 404
    assert "1200x675 or 1080x1080" in refused.text


def test_a_pinned_edition_that_is_not_held_is_named() -> None:
    """Pins to what is not held are refused by name; without pins nothing is left out."""
    ledger = Ledger.packaged()
    assert pinned(ledger, ()) is ledger
    with pytest.raises(NoDataError, match="nato-2031-01, which is not held here"):
        pinned(ledger, ["nato-2031-01"])
    kept = pinned(later(), ["nato-2026-07"])
    assert not {name for name, _ in NEW} & set(kept.editions)
    assert set(ledger.editions) == set(kept.editions)


def test_a_citation_names_answer_sources_and_pins() -> None:
    """The text has version, question, answer, day and source; metadata have the same with the address."""
    card = Ledger.packaged().editions["nato-2026-07"]
    pins = Pins(date(2026, 11, 26), "0.1.0", ("nato-2026-07",), seed=1, draws=1000)
    answer = Answer("12", "of 31 allies (7 to 19)", "spend 3.5 %.", title="12 of 31 allies at 3.5 % of GDP")
    citation = cite(
        answer,
        question="How far?",
        cards=[card],
        pins=pins,
        path="/what-if",
        given=[("seed", "9")],
        base="https://x.org",
    )
    assert citation.text == (
        "foedus 0.1.0, “How far?”: 12 of 31 allies (7 to 19) spend 3.5 %. As of 26 November 2026, from NATO, "
        "Defence Investment of NATO Countries (2014-2026), 10 July 2026; seed 1, 1,000 draws."
    )
    assert citation.address == (
        "https://x.org/what-if?as_of=2026-11-26&seed=1&draws=1000&editions=nato-2026-07&v=0.1.0"
    )
    assert citation.metadata()["URL"] == citation.address
    assert citation.metadata()["custom"]["sources"][0]["edition"] == "nato-2026-07"
    assert citation.file_stem == "foedus-12-of-31-allies-at-3p5-percent-of-gdp-as-of-2026-11-26"
    assert file_stem("Türkiye & “x”") == "turkiye-x"
    assert file_stem("…") == "answer"


STATES = (
    "/status?as_of=2024-10-01",
    "/status?year=2014&guideline=0.015",
    "/status?year=2025&edition=nato-2025-08",
    "/status?as_of=1950-01-01",
    "/status?guideline=7",
    "/burden?year=2020",
    "/figures?of=DEU&indicator=gdp_current_usd",
    "/decide?file=nsatu-2024&draws=300",
    "/accession?applicant=GEO&as_of=2026-11-01",
    "/what-if?draws=40&as_of=2026-11-01&target=0.05",
    "/country/POL?as_of=2026-11-01",
)


@pytest.mark.browser_long
@pytest.mark.parametrize("path", STATES[2:])
def test_every_page_file_and_data_say_the_same_number(now: Any, path: str) -> None:
    """The other states, which take long, say one number too."""
    test_page_file_and_data_say_the_same_number(now, path)


@pytest.mark.parametrize("path", STATES[:2])
def test_page_file_and_data_say_the_same_number(now: Any, path: str) -> None:
    """A state is answered or refused with a sentence; page, one file and JSON have the same answer."""
    page = get(now, path)
    assert page.status_code < 500
    if page.status_code != 200:
        assert page.status_code in {400, 404, 422}
        assert re.search(r'role="alert".*?<p>[^<]{20,}</p>', page.text, re.DOTALL)
        return
    address = pinned_path(page.text)
    slug, query = address.split("?", 1)
    assert query
    content = json.loads(get(now, f"{slug}.json?{query}").content)
    alone = get(now, f"{slug}.html?{query}").text
    number = content["answer"]["number"]
    assert number_of(alone).replace("\u00a0", " ") == number
    assert f"<title>{html.escape(content['answer']['title'], quote=False)}" in html.unescape(
        alone
    ) or content["answer"]["title"] in html.unescape(alone)
    shown = re.findall(r'class="number[^"]*">([^<]*)<', page.text)
    if shown:  # a pair of scenarios shows both; the answer is one of them
        assert number in [html.unescape(each).replace("\u00a0", " ") for each in shown]
