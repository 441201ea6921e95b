"""The server's own parts: where it listens, what it keeps, when it is busy, how a change is read."""

from __future__ import annotations

import asyncio
import builtins
import re
import socket
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from foedus.cli import run_command
from foedus.dashboard.app import create_app, status_of
from foedus.dashboard.caching import LruCache
from foedus.dashboard.downloads import as_csv
from foedus.dashboard.pages import PAGES, ROUTES
from foedus.dashboard.query import command_of, python_of, read_question
from foedus.dashboard.server import is_loopback, listen
from foedus.dashboard.state import AppState, BusyError, Limits
from foedus.dashboard.turns import Turns
from foedus.errors import InputError, NoSolutionError, StorageError
from foedus.evidence import Ledger
from foedus.extending import install
from foedus.spending.question import StatusQuestion
from foedus.tables import Column, Table, write_cell


def test_only_loopback_is_loopback() -> None:
    """The names and addresses that nobody else can reach are known."""
    assert [is_loopback(h) for h in ("127.0.0.1", "localhost", "::1", "127.8.8.8")] == [True] * 4
    assert [is_loopback(h) for h in ("0.0.0.0", "192.168.1.2", "example.org", "")] == [False] * 4


def test_a_port_that_is_taken_or_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A taken port, a number that is no port, and an address of another machine each get a sentence."""
    with listen("127.0.0.1", 0) as bound:
        bound.listen()
        port = bound.getsockname()[1]
        assert run_command(["serve", "--port", str(port)]) == 2
        assert f"cannot listen on 127.0.0.1, port {port}" in capsys.readouterr().err
    assert run_command(["serve", "--port", "70000"]) == 2
    assert "70000 is not a port; give a number from 0 to 65535." in capsys.readouterr().err
    with pytest.raises(InputError, match="give another --port or --host"):
        listen("192.0.2.1", 8321)


def test_a_missing_library_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the libraries of the dashboard the message names the extra to install."""
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **more: Any) -> Any:
        if name == "uvicorn":
            raise ImportError("no uvicorn", name="uvicorn")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert run_command(["serve"]) == 2
    assert f"needs the library uvicorn; {install('dashboard')}" in capsys.readouterr().err


def test_what_is_kept_is_bounded() -> None:
    """Only the last results are kept, each is made once, and what is let go is dropped."""
    made: list[int] = []
    gone: list[int] = []
    kept: LruCache[int] = LruCache(2, gone.append)
    for key in (1, 2, 1, 3, 1):
        kept.get(key, lambda k=key: made.append(k) or k)
    assert (made, gone) == ([1, 2, 3], [2])


def test_a_busy_server_says_so() -> None:
    """Ten wait for their turn; the eleventh, and one that waited too long, are told when to ask again."""

    async def ask() -> list[str]:
        turns = Turns(at_once=1, depth=10, seconds=0.2)

        async def one() -> str:
            try:
                async with turns.turn():
                    await anyio.sleep(0.05)
            except BusyError as error:
                return f"{error} ({error.data['retry_after']})"
            return "answered"

        return await asyncio.gather(*(one() for _ in range(12)))

    answers = anyio.run(ask)
    busy = [answer for answer in answers if answer != "answered"]
    assert answers[-1] == busy[-1]
    assert 2 <= answers.count("answered") <= 6
    assert re.fullmatch(r"foedus serve: the server is busy; ask again in (\d+) s\. \(\1\)", busy[-1])
    errors = (BusyError("x"), NoSolutionError("x"), StorageError("x"), InputError("x"))
    assert [status_of(error) for error in errors] == [429, 422, 500, 400]


def test_runs_go_away_with_the_server() -> None:
    """The runs of a server lie in a folder of its own, which is removed when it ends."""
    state = AppState(Ledger.packaged(), Limits(kept_runs=1))
    first = state.run(draws=10).folder
    second = state.run(draws=11).folder
    assert (first.exists(), second.exists()) == (False, True)
    state.close()
    assert not Path(second).parent.exists()


def test_a_question_is_read_and_written() -> None:
    """An address becomes a question, empty values left out, and the question a command and Python."""
    items = [("year", "2024"), ("as_of", "2024-10-01"), ("edition", ""), ("guideline", "0.02")]
    question = read_question(StatusQuestion, items)
    assert command_of("status", question) == "foedus status --year 2024 --as-of 2024-10-01"
    assert python_of("foedus.status", question) == (
        "from datetime import date\n\nimport foedus\n\nfoedus.status(year=2024, as_of=date(2024, 10, 1))\n"
    )
    with pytest.raises(InputError, match="did you mean 'guideline'"):
        read_question(StatusQuestion, [("guidelin", "1")])


def test_a_table_cannot_carry_a_formula() -> None:
    """A text that a spreadsheet would take for a formula stays a text."""
    rows = ({"a": "=1+1", "b": -2.5, "source": "@x"}, {"a": None, "b": float("nan"), "source": ["p", "q"]})
    table = Table("t", "T", (Column("a", "A"), Column("b", "B", "number")), rows)
    lines = as_csv(table).decode("utf-8-sig").splitlines()
    assert lines == [
        '"a","b","source"',
        '"=1+1",-2.5,"@x"',
        ',,"p, q"',
    ]


def test_cells_are_written_as_their_kind() -> None:
    """A share in per cent, money in billions, a missing value as a dash, and no change with a star."""
    cells = [
        ("per_cent", 0.0212),
        ("billions", 1.25e9),
        ("yes_no", True),
        ("count", None),
        ("text", ["a", "b"]),
    ]
    assert [write_cell(value, kind) for kind, value in cells] == ["2.12 %", "1.3", "yes", "–", "a, b"]
    column = Column("m", "M", "count", ("l", "h"), "shown")
    row = {"m": 5.0, "l": 3.0, "h": 8.0, "shown": "model"}
    assert column.write(row) == "5 (3–8)"
    assert column.write(row | {"shown": "no change"}) == "5 *"


def test_an_open_server_answers_to_any_name() -> None:
    """A server that was told to listen beyond loopback is asked by names it cannot know."""

    async def ask() -> int:
        transport = httpx.ASGITransport(app=create_app(hosts=()))
        async with httpx.AsyncClient(transport=transport, base_url="http://somewhere.example") as client:
            return (await client.get("/api/v1/sources")).status_code

    assert anyio.run(ask) == 200


def test_every_capability_has_its_address() -> None:
    """The API and the menu hold what the commands can do."""
    names = {route.name for route in ROUTES} | {"read"}
    assert names >= {
        "status",
        "figures",
        "run",
        "compare",
        "pledge",
        "burden",
        "decide",
        "accession",
        "check",
        "sources",
    }
    assert len({page.slug for page in PAGES}) == len(PAGES)
    assert socket.AF_INET


def test_a_day_between_two_editions_stays_in_the_chip(client: httpx.Client) -> None:
    """A day that is no edition's stands in the bar, the form and the links; the editions are offered."""
    page = client.get("/status?as_of=2025-09-15").text
    assert "<strong>15 September 2025</strong>" in page
    assert '<input type="hidden" name="as_of" value="2025-09-15">' in page
    sheet = re.search(r'<div class="sheet editions".*?</form>', page, re.DOTALL)[0]  # type: ignore[index]
    days = re.findall(r"as_of=(\d{4}-\d\d-\d\d)", sheet)
    assert days == sorted(days, reverse=True)
    assert "2025-08-28" in days
