"""A question and its answer as they pass between the server and its workers, and as answers are kept.

The question carries only what an answer may depend on: what the browser says beside that never reaches a
page, so that equal questions have equal answers.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import struct
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from starlette.types import Scope, Send

from foedus.dashboard.formats import accepted

__all__ = ["API", "HEADER", "Asked", "Reply", "answer_of", "send_answer"]

PASSED = (b"x-foedus-part", b"x-foedus-box", b"x-foedus-holds", b"content-type")
"""The headers that reach a page as they are."""
PACKED = ("text/", "application/json", "image/svg+xml", "application/javascript")
"""Kinds of content that become smaller when they are packed."""
LEAST_PACKED = 800
"""Bytes below which packing gains nothing."""
LEVEL = 5
VARY = "accept-encoding, x-foedus-part, x-foedus-box, x-foedus-holds"
"""What a page depends on beside its address."""
API = "/api/v1"
"""Where the API stands; what changes its answers' shape gets a new number."""
API_VARY = "accept, accept-encoding"
"""What an answer of the API depends on beside its address."""
WITH_304 = ("etag", "cache-control", "vary")

HEADER = struct.Struct(">III")
"""Before each message stand the lengths of its three parts."""

Header = tuple[bytes, bytes]


@dataclass(frozen=True)
class Asked:
    """A question as a worker gets it.

    Attributes
    ----------
    method, path, query : str
        "GET" or "POST", and the address.
    headers : tuple of (bytes, bytes)
        What an answer may depend on.
    body : bytes
        What was sent.
    """

    method: str
    path: str
    query: str = ""
    headers: tuple[Header, ...] = ()
    body: bytes = b""

    @classmethod
    def of(cls, scope: Scope, body: bytes) -> Asked:
        """Return the question of a request; HEAD asks for what GET does."""
        passed = [(name, value) for name, value in scope["headers"] if name in PASSED]
        if scope["path"].startswith(API):
            passed.append((b"accept", _form(scope)))
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        query = scope["query_string"].decode("latin-1")
        return cls(method, scope["path"], query, tuple(sorted(passed)), body)

    @property
    def key(self) -> Hashable:
        """What the answer is kept under: answers are of their day."""
        return (self.path, self.query, self.headers, date.today())

    def to_bytes(self) -> bytes:
        """Return the message to a worker."""
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in self.headers]
        head = json.dumps([self.method, self.path, self.query, headers]).encode()
        return HEADER.pack(len(head), len(self.body), 0) + head + self.body

    @classmethod
    def from_parts(cls, head: bytes, body: bytes) -> Asked:
        """Read the message at the worker's end."""
        method, path, query, headers = json.loads(head)
        passed = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers)
        return cls(method, path, query, passed, body)


def _form(scope: Scope) -> bytes:
    """Return the form that a request likes best, so that whoever likes the same gets the same answer."""
    header = b",".join(value for name, value in scope["headers"] if name == b"accept")
    best = accepted(header.decode("latin-1"))
    return best.encode() if best is not None else header[:200]


@dataclass(frozen=True)
class Reply:
    """An answer, ready to be sent.

    Attributes
    ----------
    status : int
        The HTTP status.
    headers : mapping of str to str
        Without lengths and packing.
    body : bytes
        The content.
    packed : bytes
        The content packed with gzip, where that is worth it.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    packed: bytes = b""

    @property
    def size(self) -> int:
        """What it takes in memory."""
        return len(self.body) + len(self.packed) + 1_000

    def to_bytes(self) -> bytes:
        """Return the message of a worker."""
        head = json.dumps([self.status, dict(self.headers)]).encode()
        return HEADER.pack(len(head), len(self.body), len(self.packed)) + head + self.body + self.packed

    @classmethod
    def from_parts(cls, head: bytes, body: bytes, packed: bytes) -> Reply:
        """Read the message at the server's end."""
        status, headers = json.loads(head)
        return cls(status, headers, body, packed)


def answer_of(status: int, headers: Mapping[str, str], body: bytes) -> Reply:
    """Return an answer with its tag, packed where that is worth it.

    Parameters
    ----------
    status : int
        The HTTP status.
    headers : mapping of str to str
        As the application gave them.
    body : bytes
        The content.

    Returns
    -------
    Reply
        The same content has the same tag, whenever and by whichever process it was written.
    """
    own = {name.lower(): value for name, value in headers.items() if name.lower() != "content-length"}
    if status == 200:
        # Weak, since the packed content and the other have the same one.
        own["etag"] = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    worth = len(body) >= LEAST_PACKED and own.get("content-type", "").startswith(PACKED)
    return Reply(status, own, body, gzip.compress(body, LEVEL, mtime=0) if worth else b"")


async def send_answer(answer: Reply, scope: Scope, send: Send) -> None:
    """Send an answer as the browser takes it: not again what it has, and packed where it unpacks.

    Parameters
    ----------
    answer : Reply
        The answer.
    scope : mapping
        The request.
    send : callable
        Sends a message.
    """
    asked = {name: value.decode("latin-1") for name, value in scope["headers"]}
    headers = {**answer.headers, "vary": API_VARY if scope["path"].startswith(API) else VARY}
    status, body = answer.status, answer.body
    tag = answer.headers.get("etag")
    if status == 200 and tag is not None and _holds(asked.get(b"if-none-match", ""), tag):
        status, body = 304, b""
        headers = {name: value for name, value in headers.items() if name in WITH_304}
    else:
        if answer.packed and _unpacks(asked.get(b"accept-encoding", "")):
            body = answer.packed
            headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _holds(header: str, tag: str) -> bool:
    """Whether a browser has what carries a tag."""
    held = {item.strip().removeprefix("W/") for item in header.split(",")}
    return "*" in held or tag.removeprefix("W/") in held


def _unpacks(header: str) -> bool:
    """Whether a browser takes gzip: named or by a star, and not with a weight of nought."""
    for item in header.split(","):
        name, _, weight = item.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "").removeprefix("q=").strip("0.") != "" or not weight
    return False
