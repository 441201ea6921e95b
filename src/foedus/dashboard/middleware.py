"""What stands before every request: which host is asked for, how large it is, and what the browser may do."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foedus.dashboard.answers import API
from foedus.rounding import written

__all__ = ["CONTENT_SECURITY_POLICY", "EMBEDDED", "LOOPBACK", "Policy", "RequestLimits"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
CONTENT_SECURITY_POLICY = f"{_POLICY}'none'"
"""Only this server's own files, no inline script or style, nothing from elsewhere."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""The names by which only this machine asks."""
EMBEDDED = "/embed/"
"""Below this address stand the pages that others may show within their own."""

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
SHARED = {
    "cross-origin-resource-policy": "cross-origin",
    "access-control-expose-headers": "etag, retry-after, x-foedus-as-of",
}
"""What an answer says beside where a script of another site may read it."""
PREFLIGHT = (
    (b"access-control-allow-methods", b"GET, POST"),
    (b"access-control-allow-headers", b"accept, content-type, if-none-match"),
    (b"access-control-max-age", b"3600"),
)
"""What a browser is told that asks before it lets such a script send."""
DRAINED = 64_000_000
"""Of a body that is too large, how much is read and thrown away so that the sender gets the answer."""
BODY_SECONDS = 30.0
"""How long a body may take to arrive."""
LATE = f"the request did not arrive within {written(BODY_SECONDS)} s; send it again."


@dataclass(frozen=True)
class Policy:
    """Who may ask this server, and who may show its pages.

    Attributes
    ----------
    hosts : frozenset of str
        The names this server is asked by; empty for any. A page elsewhere that points a name of its own at
        this machine is thereby refused.
    addresses : bool
        Whether any address of the network, as 192.0.2.1, is taken for this server's: nobody else can point
        one at this machine.
    embedders : tuple of str
        The sites that may show what stands below ``/embed/``, as https://news.example.
    origins : tuple of str
        The sites whose scripts may read the API's answers, as https://news.example.
    """

    hosts: frozenset[str] = frozenset()
    addresses: bool = False
    embedders: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()

    def admits(self, host: str) -> bool:
        """Whether a Host header names this server.

        Parameters
        ----------
        host : str
            The header.

        Returns
        -------
        bool
            True for any name where no names are given.
        """
        name = _host(host)
        return not self.hosts or name in self.hosts or (self.addresses and _is_address(name))

    def headers(self, path: str, origin: str = "") -> list[tuple[bytes, bytes]]:
        """Return the security headers of an answer.

        Parameters
        ----------
        path : str
            What was asked for.
        origin : str, default ""
            The site whose script asks, where one does.

        Returns
        -------
        list of (bytes, bytes)
            Names and values.
        """
        values = dict(HEADERS)
        if self.embedders and path.startswith(EMBEDDED):
            values["content-security-policy"] = _POLICY + " ".join(self.embedders)
            values["cross-origin-resource-policy"] = "cross-origin"
        if self.origins and path.startswith(API):
            values["vary"] = "origin"
            if origin in self.origins:
                values |= {**SHARED, "access-control-allow-origin": origin}
        return [(name.encode(), value.encode()) for name, value in values.items()]


class RequestLimits:
    """Refuses foreign hosts and bodies too large or too slow; puts the security headers on every answer.

    Parameters
    ----------
    app : ASGI application
        What answers.
    most_bytes : int
        The largest body.
    policy : Policy
        Who may ask.
    root : str, default ""
        What stands before the server's addresses; it is taken off, and an address without it answers too,
        since some that stand before a server take it off themselves.
    """

    def __init__(self, app: ASGIApp, *, most_bytes: int, policy: Policy, root: str = "") -> None:
        self.app = app
        self.most_bytes = most_bytes
        self.policy = policy
        self.root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = _below(self.root, scope["path"])
        scope = {**scope, "path": path, "raw_path": path.encode(), "root_path": ""}
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        security = self.policy.headers(path, headers.get("origin", ""))

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [_from_root(self.root, name, value) for name, value in message["headers"]]
                message = {**message, "headers": [*headers, *security]}
            await send(message)

        if not self.policy.admits(headers.get("host", "")):
            own = "" if path.startswith(API) else ", or --allow-host"
            sentence = f"this server is not asked by that name; use the address it printed{own}."
            await _refuse(guarded, 400, sentence)
            return
        if scope["method"] == "OPTIONS" and any(
            name == b"access-control-allow-origin" for name, _ in security
        ):
            await guarded({"type": "http.response.start", "status": 204, "headers": list(PREFLIGHT)})
            await guarded({"type": "http.response.body", "body": b""})
            return
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await self._body(headers, receive)
        except TimeoutError:
            await _refuse(guarded, 408, LATE)
            return
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


def _below(root: str, path: str) -> str:
    """Return an address without what stands before all of them, and without a slash at its end."""
    inner = path[len(root) :] if root and (path == root or path.startswith(f"{root}/")) else path
    return inner.rstrip("/") or "/"


def _from_root(root: str, name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Return a header; one that leads to an address of this server leads to it from the root."""
    leads = root and name.lower() == b"location" and value.startswith(b"/") and not value.startswith(b"//")
    return (name, root.encode() + value) if leads else (name, value)


def _host(header: str) -> str:
    """Return the name in a Host header without its port."""
    name = header.rsplit(":", 1)[0] if header.rsplit(":", 1)[-1].isdecimal() else header
    return name.strip("[]").casefold()


def _is_address(name: str) -> bool:
    """Whether a name is an address of the network."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return the body once more, and after it what the connection says."""
    pending = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again


async def _refuse(send: Send, status: int, sentence: str) -> None:
    """Answer with an error's sentence, and end the connection where the request did not come to its end."""
    content = json.dumps({"error": sentence}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    if status == 408:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
