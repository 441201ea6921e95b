"""How fast the dashboard answers: slider to redrawn chart, the first page, many clients, and under load.

Run it with ``python benchmarks/dashboard.py [--clients] [--seconds 60]`` where Chromium and its driver are
installed; ``--load`` alone needs no browser. It takes no data folder: the packaged editions are what a new
user has.

- ``--load``: a hundred clients ask for the most draws, each time with another seed, and ask again at once
  when they are refused (or when they were told to, with ``--polite``). Meanwhile a static file and a kept
  page are asked for twenty times a second; their times, and the memory before and after, are printed.
- ``--slider``: the answers of a slider on one kept connection.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import httpx

CLIENTS = 50
MOVES = 30
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
const frame = document.getElementById("frame");
const settled = () => new Promise((resolve) => {
  const watch = new MutationObserver(() => { watch.disconnect(); requestAnimationFrame(resolve); });
  watch.observe(frame, { attributes: true, attributeFilter: ["data-count"] });
});
(async () => {
  const times = [];
  slider.dispatchEvent(new Event("pointerdown", { bubbles: true }));
  for (let i = -3; i < steps; i++) {
    const low = Number(slider.min), high = Number(slider.max), step = Number(slider.step);
    const drawn = settled(), start = performance.now();
    slider.value = String(low + step * (((i + 3) * 7) % Math.round((high - low) / step)));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await drawn;
    if (i >= 0) times.push(performance.now() - start);  // the first moves fetch the charting library
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
  done(times);
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
        times = sorted(driver.execute_async_script(DRAG, slider, MOVES))
        found[f"{name} {slider}"] = {
            "first_page_s": round(took, 2),
            "first_page_shown_ms": round(shown),
            "requests": requests,
            "megabytes": round(weight / 1e6, 2),
            "redraw_median_ms": round(statistics.median(times)),
            "redraw_p95_ms": round(times[int(0.95 * len(times))]),
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


def memory(process: subprocess.Popen[str]) -> float:
    """Return the memory of a server and its workers in megabytes, shared pages counted once."""
    tree, total = [process.pid], 0.0
    for pid in tree:
        for task in Path(f"/proc/{pid}/task").iterdir():
            tree.extend(int(child) for child in (task / "children").read_text().split())
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def wait_until_ready(address: str) -> float:
    """Wait until a server has warmed up, and return the seconds that took."""
    start = time.perf_counter()
    while httpx.get(f"{address}/healthz").json()["status"] != "ready":
        time.sleep(0.2)
    return time.perf_counter() - start


def slider(address: str, moves: int = 60) -> dict[str, Any]:
    """Measure the answers of a slider on one kept connection, each setting for the first time and again."""
    asked = [f"/what-if?target={0.02 + 0.0004 * i:.4f}" for i in range(moves)]
    headers = {"X-Foedus-Part": "move", "X-Foedus-Box": "900x520"}
    shown: dict[str, Any] = {}
    with httpx.Client(base_url=address, timeout=60, headers=headers) as client:
        client.get(asked[0] + "1")
        for name in ("first", "kept"):
            times = []
            for path in asked:
                start = time.perf_counter()
                assert client.get(path).status_code == 200
                times.append(1000 * (time.perf_counter() - start))
            shown[f"slider_{name}_median_ms"] = round(statistics.median(times), 1)
            shown[f"slider_{name}_slowest_ms"] = round(max(times), 1)
    return shown


async def _request(streams: Any, path: str) -> tuple[int, int]:
    """Send one request on an open connection; return its status and the seconds after which to ask again."""
    reader, writer = streams
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    fields = dict(line.split(": ", 1) for line in head.splitlines()[1:] if ": " in line)
    await reader.readexactly(int(fields["content-length"]))
    return int(head.split()[1]), int(fields.get("retry-after", 0))


async def _crowd(port: int, clients: int, seconds: float, polite: bool) -> dict[str, int]:
    """Let clients ask for the most draws until the time is over; count the answers by status."""
    answers: Counter[str] = Counter()
    end = time.monotonic() + seconds

    async def ask(number: int) -> None:
        streams = await asyncio.open_connection("127.0.0.1", port)
        turn = 0
        while time.monotonic() < end:
            turn += 1
            address = ("/what-if?draws=5000&target=0.03", "/api/v1/run?draws=5000", "/pledge?draws=5000")
            own = f"{address[number % 3]}&{'as_of=2025-10-' if number % 3 == 2 else 'seed='}"
            path = f"{own}{turn % 28 + 1:02}" if number % 3 == 2 else f"{own}{number * 10_000 + turn}"
            status, again = await _request(streams, path)
            answers[str(status)] += 1
            if polite and again:
                await asyncio.sleep(again)
        streams[1].close()

    await asyncio.gather(*(ask(i) for i in range(clients)))
    return dict(answers)


def _probe(address: str, seconds: float) -> dict[str, Any]:
    """Ask for a static file and a kept page twenty times a second."""
    times: dict[str, list[float]] = {"/static/foedus.css": [], "/status": []}
    end = time.monotonic() + seconds
    with httpx.Client(base_url=address, timeout=60) as client:
        while time.monotonic() < end:
            for path, taken in times.items():
                start = time.perf_counter()
                assert client.get(path).status_code == 200
                taken.append(1000 * (time.perf_counter() - start))
            time.sleep(0.05)
    return {
        path: {
            "median_ms": round(statistics.median(taken), 1),
            "slowest_ms": round(max(taken), 1),
            "n": len(taken),
        }
        for path, taken in times.items()
    }


def load(process: subprocess.Popen[str], address: str, seconds: float, polite: bool) -> dict[str, Any]:
    """Let a hundred clients ask for the most draws, and measure what answers meanwhile."""
    port = int(address.rsplit(":", 1)[1])
    time.sleep(15)  # the second worker warms up once the first has
    before = memory(process)
    context = multiprocessing.get_context("spawn")  # the clients must not slow the measuring down
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        crowd_of = pool.submit(asyncio_run, port, seconds, polite)
        time.sleep(1)
        probed = _probe(address, seconds - 1)
        answers = crowd_of.result()
    peak = memory(process)
    time.sleep(10)
    after = memory(process)
    return {
        "answers": answers,
        **probed,
        "memory_mb": {"before": round(before), "at_the_end": round(peak), "after_10_s": round(after)},
    }


def asyncio_run(port: int, seconds: float, polite: bool) -> dict[str, int]:
    """Run the crowd in a process of its own."""
    return asyncio.run(_crowd(port, 100, seconds, polite))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", action="store_true", help="also let fifty clients ask")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--load", action="store_true", help="a hundred clients at the most draws, no browser")
    parser.add_argument("--polite", action="store_true", help="with --load: clients wait as they are told")
    parser.add_argument("--slider", action="store_true", help="a slider on a kept connection, no browser")
    given = parser.parse_args()
    process, address = serve()
    try:
        found: dict[str, Any] = {
            "load_before": os.getloadavg()[0],
            "ready_s": round(wait_until_ready(address), 1),
        }
        if given.slider:
            found |= slider(address)
        if given.load:
            found["load"] = load(process, address, 20.0, given.polite)
        if not given.slider and not given.load:
            found |= browse(address)
        if given.clients:
            found["crowd"] = crowd(address, given.seconds)
        print(json.dumps(found, indent=1))
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
