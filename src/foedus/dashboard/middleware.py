"""What stands before every request: which host is asked for, how large it is, and what the browser may do."""

from __future__ import annotations

import json
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foedus.rounding import written

__all__ = ["CONTENT_SECURITY_POLICY", "RequestLimits"]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Only this server's own files, no inline script or style, nothing from elsewhere."""

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
DRAINED = 64_000_000
"""Of a body that is too large, how much is read and thrown away so that the sender gets the answer."""


class RequestLimits:
    """Refuses foreign hosts and bodies that are too large, and puts the security headers on every answer.

    Parameters
    ----------
    app : ASGI application
        What answers.
    most_bytes : int
        The largest body.
    hosts : iterable of str
        The names this server is asked by; empty for any. A page elsewhere that points a name of its own at
        this machine is thereby refused.
    """

    def __init__(self, app: ASGIApp, *, most_bytes: int, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.most_bytes = most_bytes
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((k.encode(), v.encode()) for k, v in HEADERS.items()),
                ]
            await send(message)

        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        if self.hosts and _host(headers.get("host", "")) not in self.hosts:
            await _refuse(guarded, 400, "this server is not asked by that name; use the address it printed.")
            return
        body = await self._body(headers, receive)
        if body is None:
            size = f"{written(self.most_bytes, scale=-6)} MB"
            await _refuse(guarded, 413, f"the request is larger than {size}; send less at once.")
            return
        await self.app(scope, _replay(body, receive), guarded)

    async def _body(self, headers: dict[str, str], receive: Receive) -> bytes | None:
        """Read the body; None when it is too large."""
        length = headers.get("content-length", "")
        if not length and "transfer-encoding" not in headers:
            return b""
        if length.isdecimal() and int(length) > DRAINED:
            return None
        parts: list[bytes] = []
        total = 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return b"".join(parts)
            chunk = message.get("body", b"")
            total += len(chunk)
            if total <= self.most_bytes:
                parts.append(chunk)
            if not message.get("more_body", False) or total > DRAINED:
                return b"".join(parts) if total <= self.most_bytes else None


def _host(header: str) -> str:
    """Return the name in a Host header without its port."""
    name = header.rsplit(":", 1)[0] if header.rsplit(":", 1)[-1].isdecimal() else header
    return name.strip("[]").casefold()


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return the body once more, and after it what the connection says."""
    pending = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again


async def _refuse(send: Send, status: int, sentence: str) -> None:
    """Answer with an error's sentence."""
    content = json.dumps({"error": sentence}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
