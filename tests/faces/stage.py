"""What the tests ask of a page in a browser: where its parts lie, and what the browser complains about."""

from __future__ import annotations

import time
from typing import Any

from axe_core_python.selenium import Axe
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

__all__ = ["at", "complaints", "measure", "quiet", "serious", "wait_for", "words"]

MEASURE = """
const edges = (r) => [r.left, r.top, r.right, r.bottom].map(Math.round);
const box = (e) => edges(e.getBoundingClientRect());
const seen = (e) => e && e.getClientRects().length > 0;
const all = (s) => [...document.querySelectorAll(s)].filter(seen);
const one = (s) => { const e = document.querySelector(s); return seen(e) ? box(e) : null; };
const primary = all('form[data-live] > .control').map((e) => [e.dataset.control, e.className, box(e)]);
const said = document.querySelector('#part-answer') || document.body;
const chart = document.querySelector('.chart') || document.querySelector('#panel');
return {
  number: one('.claim'), frame: one('.frame'), chart: seen(chart) ? box(chart) : null,
  drawn: !!document.querySelector('.chart svg'), primary, rail: one('.rail'), tabs: one('.tabs'),
  share: all('[popovertarget=share]').map(box), side: one('.side'),
  width: document.documentElement.scrollWidth,
  words: said.innerText.split(/\\s+/).filter(Boolean).length,
};
"""


def at(browser: Chrome, url: str, width: int, height: int) -> None:
    """Open a page at a size and wait until its answer is there."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get_log("browser")
    browser.get(url)
    wait_for(
        browser,
        "return document.readyState === 'complete' && !document.querySelector('[http-equiv=refresh]')",
    )


def quiet(browser: Chrome) -> None:
    """Wait until no answer is awaited, and the charts are the browser's own where there is one."""
    wait_for(
        browser,
        "const f = document.getElementById('frame');"
        "return !f || (f.getAttribute('aria-busy') === 'false' && "
        "(!document.querySelector('.chart') || !document.querySelector('.chart .live').hidden))",
    )


def click(browser: Chrome, selector: str) -> None:
    """Press what a selector finds once the page is quiet; an answer in between replaces the element."""
    end = time.monotonic() + 20
    while True:
        quiet(browser)
        try:
            browser.find_element(By.CSS_SELECTOR, selector).click()
            return
        except StaleElementReferenceException:
            if time.monotonic() > end:
                raise


def wait_for(browser: Chrome, script: str) -> Any:
    """Wait until a script returns something true."""
    return WebDriverWait(browser, 60, poll_frequency=0.05).until(lambda b: b.execute_script(script))


def measure(browser: Chrome) -> dict[str, Any]:
    """Return where the parts of a page lie, in pixels: left, top, right, bottom."""
    places: dict[str, Any] = browser.execute_script(MEASURE)
    return places


def complaints(browser: Chrome) -> list[str]:
    """Return what the console holds, refusals of the page's policy among it."""
    return [entry["message"] for entry in browser.get_log("browser")]


def serious(browser: Chrome) -> list[str]:
    """Return what axe-core finds wrong with a page."""
    report: dict[str, Any] = Axe().run(browser)
    return [f"{v['id']}: {node['html'][:160]}" for v in report["violations"] for node in v["nodes"][:3]]


def words(browser: Chrome, selector: str) -> str:
    """Return what an element says; an answer may be put in its place at any moment, so the page is asked."""
    text: str = browser.execute_script("return document.querySelector(arguments[0]).innerText", selector)
    return text.replace("\u00a0", " ")
