"""A server for others: scripts of other sites, the log of requests, a proxy in front, the container."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from foedus.cli import run_command
from foedus.dashboard.app import create_app
from foedus.dashboard.gateway import served
from foedus.dashboard.middleware import Policy, RequestLimits
from foedus.dashboard.pages import PAGES
from foedus.dashboard.request_log import RequestLog
from foedus.dashboard.server import policy_of

REPOSITORY = Path(__file__).parents[2]
SITE = "https://news.example"


def _answers(application: Any, *requests: tuple[str, str, dict[str, str]]) -> list[httpx.Response]:
    """Ask an application in this process."""

    async def run() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return [await client.request(m, path, headers=headers) for m, path, headers in requests]

    return anyio.run(run)


def _limited(policy: Policy, root: str = "") -> RequestLimits:
    """Return the application of one process behind a policy."""

    async def plain(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    return RequestLimits(plain, most_bytes=1000, policy=policy, root=root)


def test_scripts_of_a_site_that_is_allowed_read_the_api() -> None:
    """An allowed origin is told so by name, also before it sends; any other, and any page, is not shared."""
    app = _limited(policy_of("127.0.0.1", origins=[SITE]))
    before = {"origin": SITE, "access-control-request-method": "GET"}
    allowed, other, page, preflight, foreign = _answers(
        app,
        ("GET", "/api/v1/status", {"origin": SITE}),
        ("GET", "/api/v1/status", {"origin": "https://else.example"}),
        ("GET", "/status", {"origin": SITE}),
        ("OPTIONS", "/api/v1/status", before),
        ("OPTIONS", "/api/v1/status", {**before, "origin": "https://news.example.evil"}),
    )
    assert allowed.headers["access-control-allow-origin"] == SITE
    assert allowed.headers["cross-origin-resource-policy"] == "cross-origin"
    assert {a.headers.get("vary") for a in (allowed, other, preflight)} == {"origin"}
    for answer in (other, page, foreign):
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-methods"] == "GET, POST"


def test_without_cors_nothing_is_shared() -> None:
    """By default no origin is told anything."""
    [answer] = _answers(_limited(policy_of("127.0.0.1")), ("GET", "/api/v1/status", {"origin": SITE}))
    assert "access-control-allow-origin" not in answer.headers
    assert "vary" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["*", "news.example", "https://news.example/", "https://*.example", "null"]
)
def test_an_origin_is_exact(capsys: pytest.CaptureFixture[str], origin: str) -> None:
    """No star, no path and nothing without a scheme is an origin."""
    assert run_command(["serve", "--port", "0", "--cors", origin]) == 2
    assert f"--cors: {origin!r} is not the origin of a site" in capsys.readouterr().err


def test_a_request_is_one_line_of_the_log_without_its_query() -> None:
    """Time, method, path, status, milliseconds and bytes of each request; nothing of what was asked."""
    lines: list[str] = []
    _answers(
        RequestLog(_limited(Policy()), lines.append),
        ("GET", "/api/v1/check?sentence=NATO+has+32+members.", {}),
        ("GET", "/x", {"host": "a"}),
    )
    first, second = (json.loads(line) for line in lines)
    assert list(first) == ["time", "method", "path", "status", "ms", "bytes"]
    assert (first["method"], first["path"], first["status"], first["bytes"]) == (
        "GET",
        "/api/v1/check",
        200,
        2,
    )
    assert second["path"] == "/x"
    assert "NATO" not in "".join(lines)


def test_a_proxy_on_another_name_below_a_path_is_served() -> None:
    """The server answers by the name of the proxy, healthy at once, and every link keeps the proxy's path."""
    policy = policy_of("127.0.0.1", ["other.example"])
    name = {"host": "other.example", "x-forwarded-proto": "https", "x-forwarded-host": "other.example"}
    health, stranger = _answers(
        served(policy, root="/foedus", warm=False),
        ("GET", "/foedus/healthz", name),
        ("GET", "/foedus/healthz", {"host": "stranger.example"}),
    )
    assert health.json()["status"] == "ready"
    assert stranger.status_code == 400
    slug = next(page.slug for page in PAGES if page.slug == "sources")
    [page] = _answers(create_app(hosts=["other.example"], root="/foedus"), ("GET", f"/foedus/{slug}", name))
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)
    assert len(links) > 10
    assert [link for link in links if not link.startswith("/foedus/")] == []
