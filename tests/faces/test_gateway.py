"""The server's own process: kept answers, turns, ended workers, warming up, who may ask, slow connections."""

from __future__ import annotations

import asyncio
import gzip
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
import uvicorn

from foedus.cli import run_command
from foedus.dashboard import connections, middleware
from foedus.dashboard.answers import Asked, Reply, answer_of
from foedus.dashboard.caching import LruCache
from foedus.dashboard.gateway import Gateway, served
from foedus.dashboard.middleware import Policy, RequestLimits
from foedus.dashboard.server import config_of, listen, policy_of, root_of
from foedus.dashboard.state import FOLDERS, Limits, OverrunError
from foedus.dashboard.workers import WorkerPool, sweep
from foedus.errors import InputError

Ask = Callable[[httpx.AsyncClient], Awaitable[Any]]
ANY = Policy()


def _asked(application: Any, ask: Ask) -> Any:
    """Run what asks an application in this process."""

    async def run() -> Any:
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://foedus.example") as client:
            return await ask(client)

    return anyio.run(run)


class Computing:
    """Stands in for the workers: counts what is asked, and answers when it is let."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float = 0.05) -> None:
        self.paths: list[str] = []
        self.seconds = seconds
        computing = self

        async def ask(pool: WorkerPool, asked: Asked) -> Reply:
            async with pool.turns.turn():
                computing.paths.append(f"{asked.method} {asked.path}?{asked.query}")
                await asyncio.sleep(computing.seconds)
                content = f"{asked.path} {asked.query} {dict(asked.headers)} ".encode() * 100
                return answer_of(200, {"content-type": "text/html"}, content)

        monkeypatch.setattr(WorkerPool, "ask", ask)


def test_equal_questions_are_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal questions at once, and later, are one computation; what a page cannot see makes no difference."""
    computing = Computing(monkeypatch)

    async def ask(client: httpx.AsyncClient) -> list[bytes]:
        many = [client.get("/status?year=2024", headers={"user-agent": f"x{i}"}) for i in range(20)]
        answers = await asyncio.gather(*many)
        answers.append(await client.get("/status?year=2024"))
        return [answer.content for answer in answers]

    contents = _asked(served(ANY, warm=False), ask)
    assert computing.paths == ["GET /status?year=2024"]
    assert len(set(contents)) == 1


def test_what_an_answer_depends_on_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of the page, the place of its chart, another address: each is a question of its own."""
    computing = Computing(monkeypatch)

    async def ask(client: httpx.AsyncClient) -> list[str]:
        variants: list[tuple[str, dict[str, str]]] = [
            ("/status", {}),
            ("/status", {"x-foedus-part": "all"}),
            ("/status", {"x-foedus-part": "all", "x-foedus-box": "900x500"}),
            ("/status", {"x-foedus-part": "all", "x-foedus-box": "300x500"}),
            ("/status?year=2020", {}),
            ("/burden", {}),
        ]
        return [(await client.get(path, headers=headers)).text for path, headers in variants]

    answers = _asked(served(ANY, warm=False), ask)
    assert len(set(answers)) == len(computing.paths) == 6


def test_what_was_sent_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """An article sent twice is read twice, and no browser keeps the answer."""
    computing = Computing(monkeypatch)

    async def ask(client: httpx.AsyncClient) -> list[httpx.Response]:
        return [await client.post("/article", data={"text": "x"}) for _ in range(2)]

    answers = _asked(served(ANY, warm=False), ask)
    assert computing.paths == ["POST /article?"] * 2
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


def test_a_full_queue_refuses_and_the_rest_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond ten that wait, a question gets 429 and a time; files and kept answers do not wait meanwhile."""
    Computing(monkeypatch, seconds=0.4)

    async def ask(client: httpx.AsyncClient) -> tuple[list[httpx.Response], list[float]]:
        await client.get("/status")
        many = [asyncio.create_task(client.get(f"/api/v1/run?seed={i}")) for i in range(30)]
        await asyncio.sleep(0.1)
        waits = []
        for path in ("/static/foedus.css", "/static/foedus.0123456789ab.css", "/status", "/healthz"):
            start = time.perf_counter()
            assert (await client.get(path)).status_code == 200
            waits.append(time.perf_counter() - start)
        assert (await client.get("/healthz")).json() == {"status": "ready", "waiting": 10}
        return await asyncio.gather(*many), waits

    answers, waits = _asked(served(ANY, limits=Limits(at_once=2), warm=False), ask)
    busy = [answer for answer in answers if answer.status_code == 429]
    assert len(busy) == 30 - 2 - 10
    assert all(1 <= int(answer.headers["retry-after"]) <= 30 for answer in busy)
    assert busy[0].json()["error"].startswith("serve: the server is busy; ask again in ")
    assert max(waits) < 0.3


def test_a_page_asked_while_the_server_warms_up_says_so() -> None:
    """Such a page is at once there, asks again without a script, and carries the security headers."""

    async def ask(client: httpx.AsyncClient) -> list[httpx.Response]:
        part = await client.get("/accession", headers={"x-foedus-part": "900"})
        return [await client.get("/accession"), part, await client.get("/healthz")]

    page, part, health = _asked(served(ANY), ask)
    assert page.status_code == part.status_code == 503
    assert page.headers["retry-after"] == "2"
    assert '<meta http-equiv="refresh" content="2">' in page.text
    assert "has just started" in page.text
    assert "has just started" in part.json()["error"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert health.json()["status"] == "warming"


def test_pages_are_warmed_in_the_order_in_which_they_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page that somebody waits for comes next; afterwards all are answered from memory."""
    computing = Computing(monkeypatch, seconds=0.02)

    async def warm() -> list[str]:
        gateway = Gateway(Limits(at_once=1))
        gateway._wanted.append("accession")
        await gateway._warm()
        return gateway._cold

    assert anyio.run(warm) == []
    asked = [path for path in computing.paths if "/static/" not in path and "/check" not in path]
    assert asked[0] == "GET /accession?"
    assert len(asked) == len(set(asked)) > 5


def test_an_answer_is_packed_and_not_sent_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text is packed where it is unpacked, and a browser that has it is told so; HEAD carries no content."""
    Computing(monkeypatch)

    async def ask(client: httpx.AsyncClient) -> list[httpx.Response]:
        client.headers["accept-encoding"] = "gzip"
        first = await client.get("/status")
        held = await client.get("/status", headers={"if-none-match": f'"other", {first.headers["etag"]}'})
        plain = await client.get("/status", headers={"accept-encoding": "br, gzip;q=0"})
        return [first, held, plain, await client.head("/status"), await client.get("/static/foedus.css")]

    first, held, plain, head, style = _asked(served(ANY, warm=False), ask)
    assert first.headers["content-encoding"] == style.headers["content-encoding"] == "gzip"
    assert int(first.headers["content-length"]) < len(first.content) == int(plain.headers["content-length"])
    assert "content-encoding" not in plain.headers
    assert (held.status_code, held.content, held.headers["etag"]) == (304, b"", first.headers["etag"])
    assert "script-src 'self'" in held.headers["content-security-policy"]
    assert (head.content, head.headers["content-length"]) == (b"", first.headers["content-length"])
    assert gzip.decompress(answer_of(200, {"content-type": "text/plain"}, b"a" * 900).packed) == b"a" * 900


def test_a_process_that_takes_too_long_is_ended_and_replaced() -> None:
    """An answer that takes too long is one sentence, its process is gone, and the next one answers."""

    async def ask() -> tuple[str, int, bool]:
        pool = WorkerPool(Limits(), "", size=1, seconds=0.01)
        asked = Asked("GET", "/api/v1/sources", "edition=nato-2024-06")
        worker = pool.workers[0]
        await worker.start()
        first = worker._process
        with pytest.raises(OverrunError) as error:
            await pool.ask(asked)
        pool._seconds = 60
        answer = await pool.ask(asked)
        await pool.stop()
        assert first is not None
        return str(error.value), answer.status, first.returncode is not None

    sentence, status, ended = anyio.run(ask)
    assert sentence == (
        "the answer took longer than 0.01 seconds; ask for fewer draws, or send a shorter text."
    )
    assert (status, ended) == (200, True)


def test_folders_of_processes_that_are_gone_are_removed() -> None:
    """The folder of a process that was killed goes away with the next start, that of one that runs stays."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    ours, left = (tempfile.mkdtemp(prefix=f"{FOLDERS}{n}-") for n in (threading.get_native_id(), gone.pid))
    sweep()
    assert (Path(ours).exists(), Path(left).exists()) == (True, False)
    Path(ours).rmdir()


def test_results_are_made_once_and_bounded_by_their_size() -> None:
    """Threads that ask for the same get one result; a failure is tried again; large ones make room."""
    dropped: list[int] = []
    cache: LruCache[int] = LruCache(9, dropped.append, most_bytes=10, size=lambda n: n)
    calls: list[int] = []

    def make(number: int) -> int:
        calls.append(number)
        time.sleep(0.05)
        if len(calls) == 1:
            raise ValueError
        return number

    def ask() -> None:
        try:
            cache.get("a", lambda: make(6))
        except ValueError:
            calls.append(0)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(calls) == [0, 6, 6]
    assert [cache.get(key, lambda n=n: n) for key, n in (("b", 4), ("c", 5), ("d", 50))] == [4, 5, 50]
    assert dropped == [6, 4, 5]


@pytest.mark.parametrize(
    ("policy", "admitted", "refused"),
    [
        (policy_of("127.0.0.1"), ("127.0.0.1:8321", "localhost", "[::1]:80"), ("192.0.2.1", "evil.example")),
        (policy_of("0.0.0.0"), ("192.0.2.1:80", "localhost", socket.gethostname()), ("evil.example",)),
        (
            policy_of("0.0.0.0", ["foedus.example"]),
            ("foedus.example:80", "FOEDUS.example"),
            ("evil.example",),
        ),
        (policy_of("0.0.0.0", ["*"]), ("evil.example",), ()),
    ],
)
def test_a_server_answers_to_its_own_names(
    policy: Policy, admitted: tuple[str, ...], refused: tuple[str, ...]
) -> None:
    """A server open to the network knows its names too: addresses, its machine's, and those it was given."""
    assert [policy.admits(name) for name in admitted] == [True] * len(admitted)
    assert [policy.admits(name) for name in refused] == [False] * len(refused)


def test_only_pages_to_embed_may_be_shown_elsewhere() -> None:
    """A site that is allowed may show what stands below /embed/, and nothing else; without one nobody may."""
    policy = policy_of("127.0.0.1", (), ["https://news.example"])

    def ancestors(policy: Policy, path: str) -> str:
        value = dict(policy.headers(path))[b"content-security-policy"].decode()
        return value.rsplit("frame-ancestors ", 1)[1]

    assert ancestors(policy, "/embed/status") == "https://news.example"
    assert ancestors(policy, "/status") == ancestors(policy_of("127.0.0.1"), "/embed/status") == "'none'"


def test_options_that_cannot_be_used_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A name, a site and a path that are none each get a sentence, before anything is served."""
    cases = [
        (["--allow-host", "a b"], "--allow-host: 'a b' is not a host's name"),
        (
            ["--allow-embed", "news.example; script-src *"],
            "--allow-embed: 'news.example; script-src *' is not",
        ),
        (["--root-path", "/a b"], "--root-path: '/a b' is not a path; give it as /foedus."),
    ]
    for options, words in cases:
        assert run_command(["serve", "--port", "0", *options]) == 2
        assert words in capsys.readouterr().err
    assert [root_of(path) for path in ("", "/", "/foedus", "foedus/", "/a/b/")] == [
        *("", "", "/foedus", "/foedus", "/a/b"),
    ]
    with pytest.raises(InputError):
        root_of("/a/../b")


@contextmanager
def _serving(application: Any) -> Iterator[int]:
    """Serve an application on a free port of the loopback."""
    with listen("127.0.0.1", 0) as bound:
        server = uvicorn.Server(config_of(application, log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield bound.getsockname()[1]
        server.should_exit = True
        thread.join(timeout=10)


async def _large(scope: Any, receive: Any, send: Any) -> None:
    """Answer with much, or with what the request says of its body."""
    if scope["type"] != "http":
        return
    await receive()
    start = {"type": "http.response.start", "status": 200, "headers": []}
    await send(start)
    for _ in range(200 if scope["path"] == "/large" else 1):
        await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _taken(connection: socket.socket) -> int:
    """Count the bytes that a connection still gives until it ends."""
    count = 0
    try:
        while part := connection.recv(65_536):
            count += len(part)
    except ConnectionResetError:
        return count
    return count


def test_a_connection_that_does_not_get_on_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a head, half a body, or an answer that is not taken ends the connection; others are answered."""
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.3)
    monkeypatch.setattr(connections, "TAKING_SECONDS", 0.3)
    monkeypatch.setattr(middleware, "BODY_SECONDS", 0.3)
    guarded = RequestLimits(_large, most_bytes=1_000, policy=ANY)
    with _serving(guarded) as port:
        heads = (
            b"GET / HTTP/1.1\r\nHost: x\r\nX-Sl",
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhalf",
        )
        for head in heads:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as slow:
                slow.sendall(head)
                answer = b"".join(iter(lambda: slow.recv(65_536), b""))
                assert (b" 408 " in answer) == head.startswith(b"POST")
        with socket.create_connection(("127.0.0.1", port), timeout=10) as idle:
            idle.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(1.0)
            assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 200
            assert _taken(idle) < 20_000_000


def test_small_answers_are_sent_at_once() -> None:
    """The socket names its protocol, without which the event loop leaves answers waiting for 40 ms."""
    with listen("127.0.0.1", 0) as bound:
        assert bound.proto == socket.IPPROTO_TCP
