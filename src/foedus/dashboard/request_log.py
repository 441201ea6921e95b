"""The log of requests: one JSON object a request, without what was asked in its query or its body.

An article's sentence may stand in an address, so that of an address the path alone is written.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["RequestLog", "json_lines"]

LOG = logging.getLogger(__name__)


def json_lines() -> Callable[[str], None]:
    """Return what writes a line of the log to the standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    return LOG.info


class RequestLog:
    """Writes down every request when its answer has been sent.

    Parameters
    ----------
    app : ASGI application
        What answers.
    write : callable
        Takes one line.
    """

    def __init__(self, app: ASGIApp, write: Callable[[str], None]) -> None:
        self.app = app
        self.write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start = time.perf_counter()
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": scope["method"],
            "path": scope["path"],
            "status": 500,
            "ms": 0,
            "bytes": 0,
        }

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                line["status"] = message["status"]
            else:
                line["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            line["ms"] = round((time.perf_counter() - start) * 1000)
            self.write(json.dumps(line, ensure_ascii=False))
