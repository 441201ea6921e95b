"""Serve a built wheel behind a proxy on another name and below a path, and ask through the proxy.

    python benchmarks/proxy.py

The wheel is built and installed into a new environment; its libraries are those of the interpreter at hand.
The proxy is a few lines that do what nginx or Caddy do: they take a request for http://other.example/foedus/,
pass it on with that name and X-Forwarded-*, and give the answer back. Asked are the health check until the
server is ready, a page whose every link must keep the path, the API, and a name that is not the server's.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
import venv
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_server

REPOSITORY = Path(__file__).parents[1]
NAME, ROOT = "other.example", "/foedus"


def installed(folder: Path) -> Path:
    """Build the wheel, install it into a new environment, and return its command."""
    run = {"check": True, "cwd": REPOSITORY, "capture_output": True}
    wheel = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", folder, "."]
    subprocess.run(wheel, **run)
    venv.create(folder / "env", with_pip=False)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "env/lib" / version / "site-packages"
    built = next(folder.glob("foedus-*.whl"))
    install = ["install", "--quiet", "--no-deps", "--target", packages, built]
    subprocess.run([sys.executable, "-m", "pip", *install], **run)
    # The libraries alone: a path after the environment's own, so that its foedus is the wheel's.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "env/bin/python"


class Proxy(BaseHTTPRequestHandler):
    """Passes a request on with the name it was asked by."""

    upstream = 0

    def do_GET(self) -> None:
        """Ask the server behind, and give its answer back."""
        behind = HTTPConnection("127.0.0.1", self.upstream, timeout=60)
        passed = {
            "Host": self.headers["Host"],
            "X-Forwarded-Host": self.headers["Host"],
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.1",
            "Accept": self.headers.get("Accept", "*/*"),
        }
        try:
            behind.request("GET", self.path, headers=passed)
            answer = behind.getresponse()
            body = answer.read()
        except OSError:
            self.send_error(502)
            return
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "connection", "date", "server"):
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep silent."""


@contextmanager
def proxied(port: int):
    """Run the proxy before a port, and give its own."""
    handler = type("ProxyOfPort", (Proxy,), {"upstream": port})
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    yield proxy.server_port
    proxy.shutdown()


def asked(port: int, path: str, host: str = NAME) -> tuple[int, str]:
    """Ask the proxy by a name."""
    connection = HTTPConnection("127.0.0.1", port, timeout=90)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def main() -> None:
    """Serve, ask, and print what was seen."""
    with tempfile.TemporaryDirectory() as place:
        python = installed(Path(place))
        with create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        options = ["--port", str(port), "--allow-host", NAME, "--root-path", ROOT, "--log", "json"]
        log = Path(place, "log")
        with log.open("w") as errors:
            server = subprocess.Popen(
                [python, "-m", "foedus", "serve", *options], cwd=place, stdout=errors, stderr=errors
            )
        try:
            with proxied(port) as front:
                report(front, log)
        finally:
            server.terminate()
            server.wait(timeout=30)


def report(front: int, log: Path) -> None:
    """Ask through the proxy, and stop where an answer is not as it must be."""
    start = time.monotonic()
    while True:
        try:
            status, text = asked(front, f"{ROOT}/healthz")
            if status == 200:
                break
        except OSError:
            pass
        if time.monotonic() - start > 120:
            raise SystemExit("the health check did not become green")
        time.sleep(0.3)
    print(f"healthz: {status} {text} after {time.monotonic() - start:.1f} s")
    while json.loads(asked(front, f"{ROOT}/healthz")[1])["status"] != "ready":
        time.sleep(0.5)
    print(f"ready after {time.monotonic() - start:.1f} s")
    status, page = asked(front, f"{ROOT}/status")
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
    astray = [link for link in links if not link.startswith(f"{ROOT}/")]
    print(f"status page: {status}, {len(links)} links, {len(astray)} without the path")
    status, answer = asked(front, f"{ROOT}/api/v1/status?year=2024")
    content = json.loads(answer)
    print(f"API: {status}, as of {content['as_of']}, {content['editions']}")
    stranger = asked(front, f"{ROOT}/healthz", "stranger.example")
    print(f"another name: {stranger[0]} {stranger[1]}")
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    print(f"log: {len(lines)} lines, the last {lines[-1]}")
    if astray or stranger[0] != 400 or status != 200 or not links:
        raise SystemExit("not as it must be")


if __name__ == "__main__":
    main()
