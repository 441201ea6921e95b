"""A running server, a browser without a network, and one result of every kind, for the tests of the faces."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from foedus.dashboard.gateway import served
from foedus.dashboard.server import config_of, listen, policy_of
from foedus.dashboard.state import Limits
from foedus.report.gallery import examples
from foedus.results import Result
from foedus.runs import Run

DAY = date(2026, 11, 1)
DRAWS = 60

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""Nothing but this machine's loopback can be reached."""


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the application on a free port of the loopback."""
    bound: socket.socket = listen("127.0.0.1", 0)
    app = served(policy_of("127.0.0.1"), limits=Limits(at_once=1), warm=False)
    server = uvicorn.Server(config_of(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    end = time.monotonic() + 60
    while not server.started and time.monotonic() < end:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=30)
    bound.close()


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """Give a client of the server."""
    with httpx.Client(base_url=address, timeout=60) as found:
        yield found


def _program(*names: str) -> str:
    """Find a program, or say what to install."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        raise RuntimeError(
            f"{names[0]} is not installed; on Debian: apt-get install chromium chromium-driver"
        )
    return found


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that the browser downloads into."""
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory, downloads: Path) -> Iterator[Chrome]:
    """Start a browser with a fresh profile and no network."""
    options = Options()
    options.binary_location = _program("chromium", "chromium-browser", "google-chrome")
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=Service(_program("chromedriver")))
    driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)}
    )
    driver.set_page_load_timeout(60)
    driver.set_script_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Return one result for each class that has charts."""
    return examples(DAY, tmp_path_factory.mktemp("report") / "run", draws=DRAWS)


@pytest.fixture(scope="session")
def results(gallery: dict[str, Result]) -> dict[str, Any]:
    """Return the same results, of whatever class."""
    return dict(gallery)


@pytest.fixture(scope="session")
def made(results: dict[str, Any]) -> Run:
    """Give a small run of the baseline."""
    run: Run = results["Run"]
    return run
