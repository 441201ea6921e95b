"""The server's own process: it answers from memory, and hands every other question to a worker, in turn.

Nothing is computed here, so that a file, a kept answer, or a refusal never waits for a computation. Equal
questions that are asked at once are computed once.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Hashable

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from foedus.dashboard.answers import API, Asked, Reply, answer_of, send_answer
from foedus.dashboard.api import in_api_words
from foedus.dashboard.app import application, status_of
from foedus.dashboard.assets import asset_files, late_assets
from foedus.dashboard.caching import Recent
from foedus.dashboard.failing import Failures, log_failure
from foedus.dashboard.middleware import Policy, RequestLimits
from foedus.dashboard.pages import PAGES
from foedus.dashboard.pages.article import ARTICLE_PAGE
from foedus.dashboard.rendering import WITHIN, warming
from foedus.dashboard.state import AppState, BusyError, Limits, LostError
from foedus.dashboard.workers import WorkerPool, sweep
from foedus.errors import FoedusError

__all__ = ["HEALTH", "Gateway", "served"]

HEALTH = "/healthz"
"""Where those who watch the server ask whether it lives."""
STATIC = "/static/"
"""Below this address stand files; each is kept for good once it was read or written."""
READING = (f"/{ARTICLE_PAGE.slug}", f"{API}/read", f"{API}/check")
"""What is read in a process of its own, which is ended when a text takes too long."""
SENTENCE = Asked("GET", f"{API}/check", "sentence=NATO+has+32+members.")
"""What the reading process is asked first, so that it has loaded its parser."""
AGAIN = 2
"""Seconds after which a page asks again while the server warms up."""
MOST_ANSWERS = 4_096
_OLD_MARK = re.compile(r"^(/static/[\w-]+)\.[0-9a-f]{12}(?=\.\w+$)")
"""The mark of a file's content in its name: a page that is older than the server asks by an older one."""


class Gateway:
    """The application that `foedus serve` serves.

    Parameters
    ----------
    limits : Limits, optional
        What one request may ask for.
    root : str, default ""
        What stands before every address of the pages.
    warm : bool, default True
        Ask the first question of every page before anybody does.
    """

    def __init__(self, limits: Limits | None = None, *, root: str = "", warm: bool = True) -> None:
        self.limits = limits = limits or Limits()
        self._own = application(AppState(None, limits), root)  # for its sentences; it computes nothing here
        self.sentence = self._own.state.answer
        self.computing = WorkerPool(limits, root, size=limits.at_once, seconds=limits.answer_seconds)
        self.reading = WorkerPool(limits, root, size=1, seconds=limits.reading_seconds)
        self.answers: Recent[Reply] = Recent(
            MOST_ANSWERS, most_bytes=limits.answer_bytes, size=lambda answer: answer.size
        )
        self._largest = limits.answer_bytes // 8
        self._files = dict(asset_files(STATIC))
        self._cold = [page.slug for page in PAGES] if warm else []
        self._wanted: list[str] = []
        self._flights: dict[Hashable, asyncio.Task[Reply]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or begin and end with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            message = await receive()
            answer = await self._answer(scope, Asked.of(scope, message.get("body", b"")))
            await send_answer(answer, scope, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Begin to warm up, and end the workers with the server."""
        await receive()
        sweep()
        warm = asyncio.create_task(self._warm())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        warm.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await warm
        await self.computing.stop()
        await self.reading.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, asked: Asked) -> Reply:
        """Answer a request: from memory where that is possible, else in turn."""
        if asked.path == HEALTH:
            return self._health()
        file = self._files.get(asked.path) or self._files.get(_OLD_MARK.sub(r"\1", asked.path))
        if file is not None:
            return file
        if asked.method != "GET":
            return await self._work(scope, asked)
        existing = self.answers.get(asked.key)
        if existing is not None:
            return existing
        slug = asked.path.strip("/")
        if slug in self._cold:
            if slug not in self._wanted:
                self._wanted.append(slug)
            return self._warming(scope)
        return await self._once(scope, asked)

    async def _once(self, scope: Scope, asked: Asked) -> Reply:
        """Compute an answer, or wait for the same one that is being computed."""
        key = asked.key
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._work(scope, asked))
            self._flights[key] = flight
            flight.add_done_callback(lambda _: self._flights.pop(key, None))
        return await asyncio.shield(flight)  # who asked first may leave; the others still wait

    async def _work(self, scope: Scope, asked: Asked) -> Reply:
        """Let a worker answer, and keep the answer."""
        pool = self.reading if asked.path in READING else self.computing
        try:
            answer = await pool.ask(asked)
        except FoedusError as error:
            return self._failure(scope, error)
        if asked.method != "GET":
            return Reply(answer.status, {**answer.headers, "cache-control": "no-store"}, answer.body)
        if answer.status == 200 and asked.path.startswith(STATIC):
            self._files[asked.path] = answer
        elif answer.status == 200 and answer.size <= self._largest:
            self.answers.put(asked.key, answer)
        return answer

    def _failure(self, scope: Scope, error: FoedusError) -> Reply:
        """Return the sentence of an error as a page, a part of it, or an object of the API."""
        if isinstance(error, LostError):
            log_failure(error, f"{scope['method']} {scope['path']}")
        if scope["path"].startswith(API):
            in_api_words(error)
        response = self.sentence(Request(scope), status_of(error), str(error))
        if isinstance(error, BusyError):
            response.headers["retry-after"] = str(error.data["retry_after"])
        return answer_of(response.status_code, response.headers, response.body)

    def _warming(self, scope: Scope) -> Reply:
        """Return the page that says that the server warms up, and asks again by itself."""
        within = any(name == WITHIN.encode() for name, _ in scope["headers"])
        site = self._own.state.site
        response = warming(site.templates, site.pages[scope["path"].strip("/")], AGAIN, within=within)
        return answer_of(response.status_code, response.headers, bytes(response.body))

    def _health(self) -> Reply:
        """Return whether the server is ready, and how many requests wait."""
        content = {
            "status": "warming" if self._cold else "ready",
            "waiting": self.computing.turns.waiting + self.reading.turns.waiting,
        }
        headers = {"content-type": "application/json", "cache-control": "no-store"}
        return Reply(200, headers, json.dumps(content).encode())

    async def _warm(self) -> None:
        """Ask the first question of every page, those first that somebody waits for; then every process."""
        if not self._cold:
            return
        reading = asyncio.create_task(self._ask_first(SENTENCE))
        questions = []
        while self._cold:
            slug = next((wanted for wanted in self._wanted if wanted in self._cold), self._cold[0])
            asked = Asked("GET", f"/{slug}")
            await self._ask_first(asked)
            self._cold.remove(slug)
            if asked.path not in READING:
                questions.append(asked)
            if len(questions) == 1:
                for path in late_assets(STATIC):
                    await self._ask_first(Asked("GET", path))
        await reading
        await self.computing.warm(questions)

    async def _ask_first(self, asked: Asked) -> None:
        """Ask a question so that its answer is kept, and what it needs is loaded."""
        scope = {
            "type": "http",
            "method": asked.method,
            "path": asked.path,
            "headers": [],
            "query_string": b"",
        }
        answer = await self._once(scope, asked)
        while answer.status == 429:
            await asyncio.sleep(AGAIN)
            answer = await self._once(scope, asked)


def served(
    policy: Policy, *, limits: Limits | None = None, root: str = "", warm: bool = True
) -> RequestLimits:
    """Build the application that `foedus serve` serves, with what stands before every request.

    Parameters
    ----------
    policy : Policy
        Who may ask, and who may show the pages.
    limits : Limits, optional
        What one request may ask for.
    root : str, default ""
        What stands before every address of the pages.
    warm : bool, default True
        Ask the first question of every page before anybody does.

    Returns
    -------
    RequestLimits
        An ASGI application.
    """
    gateway = Gateway(limits, root=root, warm=warm)
    inner = Failures(gateway, gateway.sentence)
    return RequestLimits(inner, most_bytes=gateway.limits.upload_bytes, policy=policy, root=root)
