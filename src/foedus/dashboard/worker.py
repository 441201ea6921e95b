"""A process that answers questions one after another for the server that started it.

It reads a question from its standard input and writes the answer to its standard output, so that whatever
holds its interpreter (a regular expression, a large sum, a picture) holds nobody else, and it can be ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from typing import IO, Any

from starlette.types import Message

from foedus.dashboard.answers import HEADER, Asked, Reply, answer_of
from foedus.dashboard.app import application
from foedus.dashboard.state import AppState, Limits

__all__ = ["NICENESS", "answer_to", "main"]

NICENESS = 5
"""Workers give way to the server, which answers from memory meanwhile."""


def main() -> None:
    """Answer until the input ends."""
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the answers
    logging.basicConfig(format="%(levelname)s: %(message)s")
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    given = json.loads(sys.argv[1])
    limits = Limits(**given["limits"])
    state = AppState(None, limits)
    app = application(state, given["root"])
    _ = state.ledger
    held = False
    loop = asyncio.new_event_loop()
    _write(channel, Reply(200, {}, b""))  # it is ready
    try:
        while (asked := _read(sys.stdin.buffer)) is not None:
            _write(channel, loop.run_until_complete(answer_to(app, asked)))
            if not held:
                held = True  # the first question has loaded what every one needs
                _bound_memory(limits.working_bytes)
    except (BrokenPipeError, KeyboardInterrupt):
        pass
    finally:
        state.close()


def _read(stream: IO[bytes]) -> Asked | None:
    """Read one question; None when the server is gone."""
    lengths = stream.read(HEADER.size)
    if len(lengths) < HEADER.size:
        return None
    head, body, _ = HEADER.unpack(lengths)
    return Asked.from_parts(stream.read(head), stream.read(body))


def _write(channel: IO[bytes], answer: Reply) -> None:
    """Write one answer."""
    channel.write(answer.to_bytes())
    channel.flush()


async def answer_to(app: Any, asked: Asked) -> Reply:
    """Put a question to the application."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": asked.method,
        "path": asked.path,
        "raw_path": asked.path.encode(),
        "root_path": "",
        "query_string": asked.query.encode("latin-1"),
        "headers": [(b"host", b"localhost"), *asked.headers],
        "client": None,
        "server": None,
    }
    sent: list[bytes] = []
    start: dict[str, Any] = {"status": 500, "headers": []}

    async def receive() -> Message:
        return {"type": "http.request", "body": asked.body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            sent.append(message.get("body", b""))

    with contextlib.suppress(Exception):  # the application has logged it
        await app(scope, receive, send)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    return answer_of(start["status"], headers, b"".join(sent))


def _bound_memory(allowance: int) -> None:
    """Let the process take so much more memory than it holds, where the system has such a bound."""
    try:
        import resource

        with open("/proc/self/status", encoding="ascii") as status:
            held = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmData:"))
        resource.setrlimit(resource.RLIMIT_DATA, (held + allowance, resource.RLIM_INFINITY))
    except (ImportError, OSError, ValueError, StopIteration):
        return


if __name__ == "__main__":
    main()
