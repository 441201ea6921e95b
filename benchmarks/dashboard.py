"""How fast the dashboard answers: slider to redrawn chart, the first page, and fifty clients for a minute.

Run it with ``python benchmarks/dashboard.py [--clients] [--seconds 60]`` where Chromium and its driver are
installed. It takes no data folder: the packaged editions are what a new user has.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from typing import Any

import httpx

CLIENTS = 50
MOVES = 60
PATHS = (
    "/status",
    "/status?as_of=2024-10-01&year=2024",
    "/what-if?target=0.03",
    "/what-if?target=0.04&growth=-0.01",
    "/pledge",
    "/burden",
    "/sources",
    "/api/v1/status?year=2024",
    "/api/v1/run?draws=1000",
    "/api/v1/figures?country=POL",
)
DRAG = """
const [slider, steps, done] = [document.getElementById(arguments[0]), arguments[1], arguments[2]];
const result = document.getElementById("result");
(async () => {
  const times = [], whole = [];
  for (let i = 0; i < steps; i++) {
    const drawn = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        if (result.querySelector(".chart svg")) { watch.disconnect(); requestAnimationFrame(resolve); }
      });
      watch.observe(result, { childList: true });
    });
    const low = Number(slider.min), high = Number(slider.max), step = Number(slider.step);
    const start = performance.now();
    slider.value = String(low + step * ((i * 7) % Math.round((high - low) / step)));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await drawn;
    times.push(performance.now() - start);
    while (result.getAttribute("aria-busy") === "true") {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    whole.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
  done([times, whole]);
})();
"""
WEIGHT = """
const seen = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
return [seen.length, seen.reduce((sum, e) => sum + e.transferSize, 0), seen[0].domContentLoadedEventEnd];
"""


def serve() -> tuple[subprocess.Popen[str], str]:
    """Start `foedus serve` on a free port and give its address."""
    command = [sys.executable, "-c", "from foedus.cli import main; main()", "serve", "--port", "0"]
    data = {"FOEDUS_DATA": tempfile.mkdtemp()}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **data})
    assert process.stderr is not None
    line = process.stderr.readline()
    return process, line.split()[2].rstrip("/")


def browse(address: str) -> dict[str, Any]:
    """Measure in a browser: first pages and dragged sliders."""
    from selenium.webdriver import Chrome
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = "/usr/bin/chromium"
    profile = tempfile.mkdtemp()
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"):
        options.add_argument(flag)
    driver = Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.set_script_timeout(120)
    found: dict[str, Any] = {}
    for name, slider in (("what-if", "c-target"), ("what-if", "c-growth"), ("status", "c-guideline")):
        driver.execute_cdp_cmd("Network.clearBrowserCache", {})
        start = time.perf_counter()
        driver.get(f"{address}/{name}")
        took = time.perf_counter() - start
        requests, weight, shown = driver.execute_script(WEIGHT)
        time.sleep(1.5)
        times, whole = (sorted(t) for t in driver.execute_async_script(DRAG, slider, MOVES))
        found[f"{name} {slider}"] = {
            "first_page_s": round(took, 2),
            "first_page_shown_ms": round(shown),
            "requests": requests,
            "megabytes": round(weight / 1e6, 2),
            "redraw_median_ms": round(statistics.median(times)),
            "redraw_p95_ms": round(times[int(0.95 * len(times))]),
            "all_charts_median_ms": round(statistics.median(whole)),
        }
    driver.quit()
    return found


def crowd(address: str, seconds: float) -> dict[str, Any]:
    """Let many clients ask for a bounded time, and count the answers by status and what was lost."""
    answers: Counter[int | str] = Counter()
    times: list[float] = []
    end = time.monotonic() + seconds

    def ask(first: int) -> None:
        with httpx.Client(base_url=address, timeout=60) as client:
            i = first
            while time.monotonic() < end:
                start = time.perf_counter()
                try:
                    answers[client.get(PATHS[i % len(PATHS)]).status_code] += 1
                except httpx.HTTPError as error:
                    answers[type(error).__name__] += 1
                times.append(time.perf_counter() - start)
                i += 1

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return {
        "clients": CLIENTS,
        "seconds": seconds,
        "answers": {str(k): v for k, v in answers.items()},
        "median_ms": round(1000 * statistics.median(times)),
        "slowest_ms": round(1000 * times[-1]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", action="store_true", help="also let fifty clients ask")
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args()
    process, address = serve()
    try:
        time.sleep(12)
        found: dict[str, Any] = {"load_before": os.getloadavg()[0], **browse(address)}
        if given.clients:
            found["crowd"] = crowd(address, given.seconds)
        print(json.dumps(found, indent=1))
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
