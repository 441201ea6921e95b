"""Whose turn it is: a few answers are worked on at once, a few requests wait, others are told to ask again.

Waiting happens in the event loop, so that it holds no thread: what is answered from memory never waits.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from foedus.dashboard.state import BusyError

__all__ = ["InTurn", "Turns"]

LONGEST_RETRY = 30
"""The most seconds after which a request is told to ask again."""
REMEMBERED = 0.8
"""The weight of what earlier answers took in the estimate of what the next will take."""


class Turns:
    """A queue of bounded depth before a bounded number of places.

    Parameters
    ----------
    at_once : int
        How many work at the same time.
    depth : int
        How many may wait.
    seconds : float
        How long one waits at most.
    """

    def __init__(self, at_once: int, depth: int, seconds: float) -> None:
        self._at_once = at_once
        self._depth = depth
        self._seconds = seconds
        self._places = asyncio.Semaphore(at_once)
        self._usual = 1.0
        self.waiting = 0

    def check(self) -> None:
        """Refuse a request at once where as many wait as may.

        Raises
        ------
        BusyError
            With the seconds after which to ask again in its data.
        """
        if self._places.locked() and self.waiting >= self._depth:
            raise self._busy()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn to work.

        Yields
        ------
        None
            While it is this request's turn.

        Raises
        ------
        BusyError
            When too many wait already, or the turn did not come in time.
        """
        self.check()
        self.waiting += 1
        try:
            async with asyncio.timeout(self._seconds):
                await self._places.acquire()
        except TimeoutError as error:
            raise self._busy() from error
        finally:
            self.waiting -= 1
        start = time.monotonic()
        try:
            yield
        finally:
            self._places.release()
            self._usual = REMEMBERED * self._usual + (1 - REMEMBERED) * (time.monotonic() - start)

    def _busy(self) -> BusyError:
        """Make the error that says when to ask again."""
        seconds = math.ceil(self._usual * (self.waiting + 1) / self._at_once)
        retry = min(LONGEST_RETRY, max(1, seconds))
        return BusyError(
            "the server is busy", where="foedus serve", do=f"ask again in {retry} s", retry_after=retry
        )


class InTurn:
    """Lets requests to an application through in their turn; static files do not wait.

    Parameters
    ----------
    app : ASGI application
        What answers.
    turns : Turns
        The queue.
    answer : callable
        Makes the answer that carries a sentence.
    """

    def __init__(self, app: ASGIApp, turns: Turns, answer: Callable[[Request, int, str], Response]) -> None:
        self.app = app
        self.turns = turns
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self.turns.turn())
            except BusyError as error:
                answer = self.answer(Request(scope), 429, str(error))
                answer.headers["retry-after"] = str(error.data["retry_after"])
                await answer(scope, receive, send)
                return
            await self.app(scope, receive, send)
