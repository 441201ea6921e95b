"""Fetching publishers' files, from a server on this machine."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import workbooks as w
from foedus.cli import run_command
from foedus.errors import DownloadError
from foedus.evidence import Ledger
from foedus.evidence.cards import Card, Download
from foedus.evidence.fetch import download, update
from foedus.evidence.packaged import packaged_card
from foedus.evidence.userdata import user_editions
from foedus.files.checksum import sha256_of

NO_PAUSE = (0.0, 0.0, 0.0)
PAGE = b"<!DOCTYPE html><html><body>Not here any more.</body></html>"


class _Server(ThreadingHTTPServer):
    """Serves what `files` holds, counts requests, and can break off or fail a number of times."""

    daemon_threads = True
    files: dict[str, bytes]
    truncated: set[str]
    failures: dict[str, int]
    requests: list[str]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Any = self.server
        server.requests.append(self.path)
        content = server.files.get(self.path)
        if server.failures.get(self.path, 0) > 0:
            server.failures[self.path] -= 1
            self.send_error(503)
        elif content is None:
            self.send_error(404)
        else:
            longer = 1000 if self.path in server.truncated else 0
            self.send_response(200)
            self.send_header("Content-Length", str(len(content) + longer))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the server's log out of the test's output."""


@pytest.fixture(name="server")
def _server() -> Iterator[_Server]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.files, server.truncated, server.failures, server.requests = {}, set(), {}, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module", name="good")
def _good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("good") / "tables.xlsx"
    return w.nato_2024(path, w.as_figures(w.packaged())).read_bytes()


def _card(server: _Server, name: str = "tables.xlsx", **changes: Any) -> Card:
    card = packaged_card("nato-2024-06")
    assert card is not None
    url = f"http://127.0.0.1:{server.server_address[1]}/{name}"
    source = Download(url=url, filename=name, importer="nato", **changes)
    return card.model_copy(update={"download": source})


def _update(card: Card, folder: Path) -> Any:
    return update([card], folder=folder, progress=False, pauses=NO_PAUSE)[0]


def test_a_good_file_is_taken_in(
    server: _Server, good: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A whole file with the card's checksum is imported; its checksum and progress go to standard error."""
    server.files["/tables.xlsx"] = good
    (done,) = update([_card(server, sha256=sha256_of(good))], folder=tmp_path, pauses=NO_PAUSE)
    assert done.error is None
    assert done.sha256 == sha256_of(good)
    assert done.saved.packaged.equal == 5346
    assert [card.id for card, _ in user_editions(tmp_path)] == ["nato-2024-06"]
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"nato-2024-06: sha256 {sha256_of(good)} (as on the card)" in captured.err
    assert "100%" in captured.err


def test_a_checksum_the_card_does_not_know_is_only_told(
    server: _Server, good: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the card knows no checksum the file's own is printed and not compared."""
    server.files["/tables.xlsx"] = good
    (done,) = update([_card(server)], folder=tmp_path, pauses=NO_PAUSE)
    assert done.error is None
    assert "(the card knows none)" in capsys.readouterr().err


def test_a_passing_fault_is_tried_again(server: _Server, good: bytes, tmp_path: Path) -> None:
    """A server that fails twice and then answers gives the file at the third request."""
    server.files["/tables.xlsx"] = good
    server.failures["/tables.xlsx"] = 2
    assert _update(_card(server), tmp_path).error is None
    assert len(server.requests) == 3


def _refused(done: Any, folder: Path, words: str) -> None:
    assert isinstance(done.error, DownloadError)
    assert words in str(done.error)
    assert "\n" not in str(done.error)
    assert done.saved is None
    assert list(folder.iterdir()) == []


def test_a_file_that_breaks_off_is_refused(server: _Server, good: bytes, tmp_path: Path) -> None:
    """A body shorter than it was announced to be is tried again, and then refused."""
    server.files["/tables.xlsx"] = good[:-500]
    server.truncated.add("/tables.xlsx")
    _refused(_update(_card(server), tmp_path), tmp_path, "tables.xlsx: the file breaks off before its end")
    assert len(server.requests) == 4


def test_a_file_that_is_gone_is_refused_at_once(server: _Server, tmp_path: Path) -> None:
    """A 404 is not tried again, and the message says how to do without the download."""
    done = _update(_card(server), tmp_path)
    _refused(done, tmp_path, "tables.xlsx: the server answers 404; open the card's page in a browser")
    assert len(server.requests) == 1


def test_a_server_that_keeps_failing_is_named(server: _Server, tmp_path: Path) -> None:
    """A 503 that does not pass is given up after four requests."""
    server.failures["/tables.xlsx"] = 9
    _refused(_update(_card(server), tmp_path), tmp_path, "the server answers 503")
    assert len(server.requests) == 4


WRONG = {
    "a web page": (PAGE, "what came is not the workbook expected: a web page, not an Excel workbook"),
    "no zip": (b"id;value\n", "what came is not the workbook expected: not an Excel workbook (.xlsx)"),
    "nothing": (b"", "what came is an empty file"),
    "a damaged workbook": (b"PK\x03\x04" + bytes(80), "tables.xlsx: the workbook is damaged or cut short"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_refused(server: _Server, tmp_path: Path, case: str) -> None:
    """What is not the expected kind of file is refused, and the message says what came."""
    server.files["/tables.xlsx"], words = WRONG[case]
    _refused(_update(_card(server), tmp_path), tmp_path, words)


def test_a_web_page_in_place_of_a_table_is_refused(server: _Server, tmp_path: Path) -> None:
    """A web page is refused in place of a text table too."""
    server.files["/weo.xls"] = PAGE
    card = _card(server, "weo.xls")
    assert card.download is not None
    card = card.model_copy(update={"download": card.download.model_copy(update={"importer": "imf"})})
    _refused(_update(card, tmp_path), tmp_path, "what came is not the table expected: a web page")


def test_another_file_than_the_cards_is_refused(server: _Server, good: bytes, tmp_path: Path) -> None:
    """A file whose checksum is not the card's is refused."""
    server.files["/tables.xlsx"] = good
    done = _update(_card(server, sha256="0" * 64), tmp_path)
    _refused(
        done, tmp_path, f"not the one on the card (sha256 {sha256_of(good)[:12]}… and not 000000000000…)"
    )
    assert done.sha256 == sha256_of(good)


def test_figures_that_fail_a_check_are_refused(server: _Server, tmp_path: Path) -> None:
    """A workbook without an ally is refused with the check's sentence and the file's address."""
    path = w.nato_2024(tmp_path / "few.xlsx", w.small())
    server.files["/tables.xlsx"] = path.read_bytes()
    path.unlink()
    done = _update(_card(server), tmp_path)
    _refused(done, tmp_path, "/tables.xlsx: tables.xlsx: check no_ally_missing fails: ALB is missing from")


def test_a_refused_connection_is_named(tmp_path: Path) -> None:
    """A server that is not there is named, with the number of attempts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    source = Download(url=f"http://127.0.0.1:{port}/a.xlsx", filename="a.xlsx", importer="nato")
    with pytest.raises(DownloadError, match="the server refuses the connection; tried 4 times") as caught:
        download(source, tmp_path / "a.xlsx", pauses=NO_PAUSE)
    assert f"http://127.0.0.1:{port}/a.xlsx" in str(caught.value)


FAULTS = {
    "Failed to resolve 'host' ([Errno -2] Name or service not known)": "the server's name cannot be found",
    "something else": "the connection fails (ConnectionError)",
}


@pytest.mark.parametrize("text", FAULTS)
def test_other_faults_of_a_connection_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """A name that cannot be resolved and a fault nobody foresaw are each put into words."""
    fault = type("ConnectionError", (OSError,), {"__module__": "requests.exceptions"})
    _failing(monkeypatch, fault(text))
    with pytest.raises(DownloadError) as caught:
        download(_source(), tmp_path / "a.xlsx", pauses=NO_PAUSE)
    assert FAULTS[text] in str(caught.value)


def test_a_slow_server_and_a_full_disk_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that does not answer in time is one thing, and a disk without space another."""
    _failing(monkeypatch, type("ReadTimeout", (OSError,), {})("timed out"))
    with pytest.raises(DownloadError, match="the server does not answer in time"):
        download(_source(), tmp_path / "a.xlsx", pauses=NO_PAUSE)
    _failing(monkeypatch, OSError(28, "No space left on device"))
    with pytest.raises(DownloadError, match=r"the file cannot be written \(No space left on device\)"):
        download(_source(), tmp_path / "a.xlsx", pauses=NO_PAUSE)


def _source() -> Download:
    return Download(url="http://127.0.0.1:9/a.xlsx", filename="a.xlsx", importer="nato")


def _failing(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    class Failing:
        def __init__(self, **_: object) -> None:
            pass

        def __call__(self, *_: object) -> None:
            raise error

    monkeypatch.setattr("pooch.HTTPDownloader", Failing)


def test_one_failure_does_not_stop_the_others(server: _Server, good: bytes, tmp_path: Path) -> None:
    """A file that is gone leaves the next to be taken in; a card without an address is passed over."""
    server.files["/good.xlsx"] = good
    without = _card(server).model_copy(update={"download": None})
    cards = [without, _card(server, "gone.xlsx"), _card(server, "good.xlsx")]
    done = update(cards, folder=tmp_path, progress=False, pauses=NO_PAUSE)
    assert [item.error is None for item in done] == [False, True]


def test_an_edition_that_was_there_stays(server: _Server, good: bytes, tmp_path: Path) -> None:
    """After a refused download the edition imported before answers as before."""
    server.files["/tables.xlsx"] = good
    assert _update(_card(server), tmp_path).error is None
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    server.files["/tables.xlsx"] = PAGE
    assert isinstance(_update(_card(server), tmp_path).error, DownloadError)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def _packaged(monkeypatch: pytest.MonkeyPatch, cards: list[Card], folder: Path) -> None:
    monkeypatch.setenv("FOEDUS_DATA", str(folder))
    ledger = type("Some", (), {"editions": {str(i): card for i, card in enumerate(cards)}})
    monkeypatch.setattr(Ledger, "packaged", lambda: ledger)


def test_update_prints_one_json_object(
    server: _Server,
    good: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`foedus data update --json` prints one object on standard output and the progress elsewhere."""
    server.files["/tables.xlsx"] = good
    _packaged(monkeypatch, [_card(server)], tmp_path)
    assert run_command(["data", "update", "--json"]) == 0
    payload = json.loads(capsys.readouterr().out)
    assert payload["failed"] == 0
    assert payload["files"][0]["figures"] == 5346
    assert payload["files"][0]["sha256"] == sha256_of(good)


def test_update_ends_with_code_1_when_a_file_fails(
    server: _Server,
    good: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`foedus data update` takes in what it can, says what failed, and ends with code 1: try again."""
    server.files["/tables.xlsx"] = good
    _packaged(monkeypatch, [_card(server), _card(server, "gone.xlsx")], tmp_path)
    assert run_command(["data", "update"]) == 1
    captured = capsys.readouterr()
    assert "it equals the packaged edition in all 5,346 figures." in captured.out
    assert "gone.xlsx: the server answers 404" in captured.err
    assert captured.err.rstrip().splitlines()[-1] == (
        "foedus: 1 of 2 files could not be taken in (nato-2024-06); "
        "the reasons stand above; nothing of these was changed."
    )


def test_a_refusal_leaves_no_connection_open(server: _Server, tmp_path: Path) -> None:
    """A download that the server refuses closes its connection at once."""
    cause = _update(_card(server), tmp_path).error.__cause__
    assert cause.response.status_code == 404
    assert cause.response.raw.closed
