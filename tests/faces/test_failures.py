"""What the pages say where something fails: odd questions, charts not drawn, defects, other roots."""

from __future__ import annotations

import logging
import re
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from foedus.dashboard.app import create_app
from foedus.dashboard.drawing import draw, numbers, picture
from foedus.dashboard.failing import LOG, Failures
from foedus.dashboard.pages import PAGES
from foedus.dashboard.rendering import environment
from foedus.dashboard.state import AppState
from foedus.dashboard.views import PageChart
from foedus.errors import InputError, NoDataError
from foedus.evidence import Ledger
from foedus.evidence.cards import Card
from foedus.evidence.figure_tables import Figure, figures_frame, table_text
from foedus.evidence.ingest import Imported
from foedus.evidence.userdata import save_edition
from foedus.files.checksum import sha256_of
from odd_questions import KINDS, addressed, questions

SHARE = "defence_expenditure_share_of_gdp"


@pytest.mark.browser_long
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_odd_questions_are_answered_or_refused(client: httpx.Client, page: Any) -> None:
    """Whatever a page is asked, in whatever form, it answers or says in a sentence why not."""
    for asked in questions(page, 2, seed=7):
        for kind in KINDS:
            path, headers = addressed(page, kind)
            answer = client.get(path, params=asked, headers=headers)
            assert answer.status_code < 500, (answer.url, kind)
            assert "report it with the number" not in answer.text, (answer.url, kind)
            assert answer.headers["x-content-type-options"] == "nosniff"
            if answer.status_code >= 400:
                part = kind == "part"
                assert answer.json()["error"] if part else "could not be answered" in answer.text, answer.url


@pytest.fixture
def ledger_without_a_whole_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Return a ledger whose newest edition holds a few allies in each of two years, and no year whole."""
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path))
    figures = figures_frame(
        Figure(SHARE, country, year, 0.02 + 0.001 * i, "estimate")
        for year, countries in ((2025, ("POL", "EST")), (2026, ("FRA",)))
        for i, country in enumerate(countries)
    )
    card = Card(
        id="nato-2026-09",
        series="nato-defence-expenditure",
        publisher="NATO",
        title="A table of a few allies",
        published=date(2026, 9, 1),
        url="https://example.org/",
        licence="CC0",
        complete={},
        sha256=sha256_of(table_text(figures)),
    )
    save_edition(Imported(card, figures))
    ledger = Ledger.load()
    assert "nato-2026-09" in ledger.editions
    return ledger


def test_an_edition_without_a_whole_year_is_shown(ledger_without_a_whole_year: Ledger) -> None:
    """Where the newest edition holds few allies and no whole year, no page fails, whatever year is asked."""
    app = create_app(ledger_without_a_whole_year, hosts=())
    addresses = ["/status", "/status?year=2025", "/status?year=2026&edition=nato-2026-09"]
    addresses += ["/status?edition=nato-2026-09", "/status.png?year=2026", "/status.svg?edition=nato-2026-09"]
    addresses += ["/burden?year=2026", "/figures?edition=nato-2026-09", "/what-if?draws=20"]

    async def ask() -> dict[str, httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x", timeout=60) as client:
            return {address: await client.get(address) for address in addresses}

    for address, answer in anyio.run(ask).items():
        assert answer.status_code < 500, address
        assert "report it with the number" not in answer.text, address


def test_charts_that_cannot_be_drawn_leave_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    """The answer stays; in the chart's place stands why, or a number that the log explains."""

    def refuse() -> Any:
        raise InputError("no row has a <year>")

    def fail() -> Any:
        raise ZeroDivisionError

    state = AppState(Ledger.packaged())
    refused = draw(state, "a", PageChart("map", refuse))
    failed = draw(state, "b", PageChart("map", fail))
    assert "the chart 'map' cannot be drawn of this answer (no row has a <year>)" in refused.description
    assert "no row has a &lt;year&gt;" in refused.wide
    assert numbers(state, "a", PageChart("map", fail), (900, 520)) is None  # the browser shows the sentence
    number = re.search(r"report it with the number (\w+)", failed.description)
    assert number is not None
    assert number[1] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    with pytest.raises(NoDataError, match="cannot be drawn of this answer"):
        picture(PageChart("map", fail), "png")


def test_a_defect_is_a_page_with_a_number(caplog: pytest.LogCaptureFixture) -> None:
    """What nobody expected is a page with the security headers and a number; too much memory is said so."""
    app = create_app(hosts=())

    async def fail() -> None:
        raise ZeroDivisionError("nobody expected this")

    async def exhaust() -> None:
        raise MemoryError

    app.add_api_route("/defect", fail)
    app.add_api_route("/api/v1/defect", fail)
    app.add_api_route("/large", exhaust)

    async def ask() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return [await client.get(path) for path in ("/defect", "/api/v1/defect", "/large")]

    page, api, large = anyio.run(ask)
    assert (page.status_code, api.status_code, large.status_code) == (500, 500, 422)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    numbers = [re.search(r"with the number (\w+)", answer.text) for answer in (page, api)]
    assert all(number is not None and number[1] in caplog.text for number in numbers)
    assert "nobody expected this" not in page.text
    assert "this takes more memory than one question may" in large.text


def test_half_an_answer_is_not_taken_back() -> None:
    """A failure after an answer has begun ends the connection: nothing is written after what was sent."""
    sent: list[str] = []

    async def begin(_: Any, __: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ZeroDivisionError

    async def send(message: Any) -> None:
        sent.append(message["type"])

    async def run() -> None:
        failures = Failures(begin, lambda *_: pytest.fail("no second answer"))
        await failures({"type": "http", "method": "GET", "path": "/"}, send, send)

    LOG.setLevel(logging.CRITICAL)
    with pytest.raises(ZeroDivisionError):
        anyio.run(run)
    LOG.setLevel(logging.NOTSET)
    assert sent == ["http.response.start"]


ADDRESS = re.compile(r"""\b(?:href|src|action)=["'](/[^"']*)""")


def test_every_address_of_a_page_keeps_the_root() -> None:
    """Below a path, every address that a page carries begins with it; one without it answers too."""
    app = create_app(root="/foedus", hosts=())

    async def ask() -> dict[str, str]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x", timeout=60) as client:
            first = await client.get("/foedus/")
            texts = {"first": first.headers.get("location", "/foedus/")}
            for path in ("/sources", "/article/", "/api", "/nothing"):
                texts[path] = (await client.get(f"/foedus{path}")).text
                assert (await client.get(path)).text == texts[path]  # where a proxy takes the path off
            return texts

    texts = anyio.run(ask)
    assert texts.pop("first").startswith("/foedus/")
    for path, text in texts.items():
        addresses = ADDRESS.findall(text)
        assert len(addresses) > 8, path
        assert [a for a in addresses if not a.startswith("/foedus/")] == [], path


def test_templates_and_scripts_write_no_address_without_the_root() -> None:
    """Every template's addresses are completed, and no script or style names one from the server's root."""
    from importlib.resources import files

    templates = environment("/foedus")
    for name in templates.list_templates():
        source = templates.loader.get_source(templates, name)[0]  # type: ignore[union-attr]
        left = re.findall(r"""\b(?:href|src|action)=["']/""", str(templates.preprocess(source)))
        assert left == [], name
    for item in (files("foedus.dashboard") / "static").iterdir():
        if item.name.endswith((".js", ".css")):
            text = item.read_text(encoding="utf-8")
            assert re.findall(r"""["'`(]/[a-z][^"'`)]*["'`)]""", text) == [], item.name
