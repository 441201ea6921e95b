"""What takes long in a browser: every width, the dark, accessibility of every page there, print."""

from __future__ import annotations

import base64
import io

import pytest
from pypdf import PdfReader
from selenium.webdriver import Chrome

from faces.stage import at, complaints, measure, serious
from foedus.dashboard.pages import PAGES

pytestmark = pytest.mark.browser_long

SLUGS = [page.slug for page in PAGES]
WIDTHS = ((320, 640), (390, 844), (768, 1024), (1280, 640), (1440, 900), (3440, 1440))


@pytest.mark.parametrize("slug", [*SLUGS, "api"])
def test_no_page_scrolls_sideways(browser: Chrome, address: str, slug: str) -> None:
    """From the smallest phone to the widest screen no page is wider than its window."""
    for width, height in WIDTHS:
        at(browser, f"{address}/{slug}", width, height)
        assert measure(browser)["width"] <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
@pytest.mark.parametrize("slug", SLUGS)
def test_pages_are_accessible_in_both_schemes(
    browser: Chrome, address: str, slug: str, size: tuple[int, int], scheme: str
) -> None:
    """No page has a fault that axe-core knows, by day and in the dark, on desk and phone."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    try:
        at(browser, f"{address}/{slug}", *size)
        assert serious(browser) == []
        assert complaints(browser) == []
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_page_in_print_has_every_row(browser: Chrome, address: str) -> None:
    """Printed, a page has its answer, all 32 allies, its sources and how to cite it."""
    at(browser, f"{address}/status?year=2024", 1440, 900)
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    reader = PdfReader(io.BytesIO(base64.b64decode(printed["data"])))
    text = "\n".join(page.extract_text() for page in reader.pages)
    rows = browser.execute_script(
        "return [...document.querySelectorAll('#part-print table')][0].querySelectorAll('tbody tr').length"
    )
    assert rows == 32
    assert browser.execute_script("return document.querySelector('.number').textContent") in text
    for words in ("Who meets the guideline?", "Iceland", "Luxembourg", "How to cite", "Sources"):
        assert words in text
    assert len(reader.pages) <= 5
