"""Draw the README's pictures: the map, the run, and the dashboard as a browser shows it.

Run it with ``make pictures``, or ``python benchmarks/pictures.py [FOLDER]``, where Chromium and its driver
are installed. The charts are those of the commands that stand above them in the README, and the screenshot is
of the page "Spending" at 1,280 × 800, from the packaged editions.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from foedus.cli import run_command

DAY = "2026-11-01"
PAGE = f"status?as_of={DAY}"
DRAWN = """
const frame = document.getElementById("frame"), live = document.querySelector(".chart .live");
return !!frame && frame.getAttribute("aria-busy") === "false" && !!live && !live.hidden
  && document.fonts.status === "loaded";
"""


def charts(folder: Path) -> None:
    """Draw the two charts with the commands of the README."""
    for words in (
        ["status", "--as-of", DAY, "--chart", str(folder / "map.svg"), "--chart-kind", "map"],
        ["run", "baseline", "--as-of", DAY, "--chart", str(folder / "run.svg")],
    ):
        code = run_command(words)
        if code:
            sys.exit(code)


def screenshot(path: Path) -> None:
    """Write what a browser shows of the page "Spending"."""
    command = [sys.executable, "-c", "from foedus.cli import main; main()", "serve", "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        address = next(word for word in server.stderr.readline().split() if word.startswith("http"))
        path.write_bytes(_shown(f"{address}{PAGE}"))
    finally:
        server.terminate()
        server.wait(timeout=30)


def _shown(url: str) -> bytes:
    """Return a page at 1,280 × 800 as PNG, once its chart is the browser's own."""
    options = Options()
    options.binary_location = _program("chromium", "chromium-browser", "google-chrome")
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(word)
    browser = Chrome(options=options, service=Service(_program("chromedriver")))
    try:
        size = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get(url)
        WebDriverWait(browser, 120).until(lambda b: b.execute_script(DRAWN))
        return browser.get_screenshot_as_png()
    finally:
        browser.quit()


def _program(*names: str) -> str:
    """Return the path of a program, or stop with a sentence that says what to install."""
    path = next((path for name in names if (path := shutil.which(name))), None)
    return path or sys.exit(
        f"{names[0]} is not installed; on Debian: apt-get install chromium chromium-driver"
    )


def main() -> None:
    """Draw all three, from the packaged editions alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/pictures"))
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as own:
        os.environ.update(FOEDUS_DATA=f"{own}/data", FOEDUS_CACHE=f"{own}/cache")
        charts(folder)
        screenshot(folder / "stage.png")


if __name__ == "__main__":
    main()
