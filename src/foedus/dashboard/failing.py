"""What is answered where the code fails: a page with a number, under which the log has the details."""

from __future__ import annotations

import logging
from collections.abc import Callable
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LOG", "Failures", "log_failure"]

LOG = logging.getLogger(__name__)

Answer = Callable[[Request, int, str], Response]
"""Makes the answer that carries a sentence: a page, a page's part, or an object of the API."""


def log_failure(error: BaseException, where: str) -> str:
    """Write an error and where it came from to the log.

    Parameters
    ----------
    error : BaseException
        What was raised.
    where : str
        What was asked.

    Returns
    -------
    str
        The number that the log has it under.
    """
    number = uuid4().hex[:8]
    LOG.error("%s: %s failed", number, where, exc_info=error)
    return number


class Failures:
    """Answers with a sentence and a number where an application raises what nobody expected.

    Parameters
    ----------
    app : ASGI application
        What answers.
    answer : callable
        Makes the answer.
    """

    def __init__(self, app: ASGIApp, answer: Answer) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            number = log_failure(error, f"{scope['method']} {scope['path']}")
            if started:
                raise  # half an answer cannot be taken back: the connection ends
            status, sentence = _told(error, number)
            await self.answer(Request(scope), status, sentence)(scope, receive, send)


def _told(error: Exception, number: str) -> tuple[int, str]:
    """Return the status and the sentence of an error that nobody expected."""
    if isinstance(error, MemoryError):
        return 422, "this takes more memory than one question may; ask for fewer draws or send less text."
    return 500, f"this question met a defect; report it with the number {number}, which the log explains."
