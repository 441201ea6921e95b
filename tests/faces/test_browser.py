"""The pages in a browser without a network: at two widths, by keyboard, shared, downloaded."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.selenium import Axe
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from foedus.dashboard.pages import PAGES

pytestmark = pytest.mark.browser

SLUGS = [page.slug for page in PAGES]
WIDTHS = (1440, 390)


def _open(browser: Chrome, url: str, width: int = 1440) -> None:
    """Open a page at a width and wait until it is quiet."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get_log("browser")
    browser.get(url)
    _quiet(browser)


def _quiet(browser: Chrome) -> None:
    """Wait until the charting library is there and no answer is awaited."""
    script = (
        "const r = document.getElementById('result');"
        "const charts = !document.querySelector('script[type=module]') || !!window.foedusEmbed;"
        "const quiet = !r || r.getAttribute('aria-busy') === 'false';"
        "return document.readyState === 'complete' && charts && quiet"
    )
    WebDriverWait(browser, 60, poll_frequency=0.05).until(lambda b: b.execute_script(script))


def _complaints(browser: Chrome) -> list[str]:
    """Give what the console holds."""
    return [entry["message"] for entry in browser.get_log("browser")]


def _serious(browser: Chrome) -> list[str]:
    """Give what axe-core calls serious or critical."""
    found: dict[str, Any] = Axe().run(browser)
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:120]}"
        for v in found["violations"]
        if v["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("slug", [*SLUGS, "api"])
def test_pages_open_clean(browser: Chrome, address: str, slug: str, width: int) -> None:
    """Every page opens without a console message, a serious fault of access, or anything too wide."""
    _open(browser, f"{address}/{slug}", width)
    assert _complaints(browser) == []
    assert _serious(browser) == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    asked = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert [name for name in asked if not name.startswith(address)] == []


@pytest.mark.parametrize("slug", [page.slug for page in PAGES if page.controls])
def test_every_slider_moves_by_keyboard(browser: Chrome, address: str, slug: str) -> None:
    """Every slider of every page moves by an arrow key, and the address and the answer follow."""
    _open(browser, f"{address}/{slug}")
    browser.execute_script("document.querySelectorAll('details.group').forEach(d => { d.open = true; })")
    sliders = [s.get_attribute("id") for s in browser.find_elements(By.CSS_SELECTOR, "input[type=range]")]
    for name in sliders:
        slider = browser.find_element(By.ID, name)
        before = slider.get_attribute("value")
        at_end = before == slider.get_attribute("max")
        count = browser.find_element(By.ID, "result").get_attribute("data-count") or "0"
        said = slider.get_attribute("aria-valuetext")
        slider.send_keys(Keys.ARROW_LEFT if at_end else Keys.ARROW_RIGHT)
        WebDriverWait(browser, 60, poll_frequency=0.05).until(
            lambda b, c=count: (b.find_element(By.ID, "result").get_attribute("data-count") or "0") != c
        )
        assert slider.get_attribute("value") != before
        assert slider.get_attribute("aria-valuetext") != said
        field = name.removesuffix("-slider").removeprefix("c-")
        assert f"{field}=" in browser.current_url
        assert browser.find_elements(By.CSS_SELECTOR, ".failure") == []
    assert _complaints(browser) == []


def test_a_shared_address_gives_the_same_numbers(browser: Chrome, address: str) -> None:
    """The address of a moved slider, opened anew, shows the numbers that were on the screen."""
    _open(browser, f"{address}/what-if")
    slider = browser.find_element(By.ID, "c-target")
    slider.send_keys(Keys.ARROW_RIGHT * 4)
    WebDriverWait(browser, 60).until(lambda b: "target=0.039" in b.current_url)
    _quiet(browser)
    table = browser.find_element(By.ID, "table-years").text
    headline = browser.find_element(By.CSS_SELECTOR, ".headline").text
    assert "3.9 %" in headline
    _open(browser, browser.current_url)
    assert browser.find_element(By.CSS_SELECTOR, ".headline").text == headline
    assert browser.find_element(By.ID, "table-years").text == table
    assert browser.find_element(By.ID, "c-target").get_attribute("value") == "0.039"


def test_a_file_is_downloaded(browser: Chrome, address: str, downloads: Path) -> None:
    """The CSV behind a table holds the figures that the table shows."""
    _open(browser, f"{address}/status?year=2024&as_of=2024-10-01")
    browser.execute_script("document.querySelector('a[href^=\"/status.csv\"]').click()")
    target = downloads / "foedus-status-allies.csv"
    end = time.monotonic() + 30
    while not target.exists() and time.monotonic() < end:
        time.sleep(0.1)
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert sum(row["meets"] == "True" for row in rows) == 23
    assert browser.find_element(By.CSS_SELECTOR, ".headline").text.startswith("23 of 32 allies")
    assert rows[0]["source"].startswith("nato-2024-06, published 2024-06-17")


def test_the_address_survives_without_a_script(browser: Chrome, address: str) -> None:
    """Without scripts the pages show their charts, and the form asks by itself."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{address}/what-if?target=0.04")
        assert "4 % of GDP" in browser.find_element(By.CSS_SELECTOR, ".headline").text
        assert browser.find_elements(By.CSS_SELECTOR, ".chart svg")
        browser.find_element(By.CSS_SELECTOR, ".submit button").click()
        WebDriverWait(browser, 60).until(lambda b: "deadline=2035" in b.current_url)
        assert "4 % of GDP" in browser.find_element(By.CSS_SELECTOR, ".headline").text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_what_to_copy_is_shown(browser: Chrome, address: str) -> None:
    """The command and the Python that ask the same question stand on the page, and a button copies them."""
    browser.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"origin": address, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    _open(browser, f"{address}/what-if?target=0.04&draws=200")
    browser.find_element(By.CSS_SELECTOR, "[data-copy=as-command]").click()
    WebDriverWait(browser, 20).until(lambda b: b.find_element(By.CSS_SELECTOR, ".done").text == "Copied.")
    browser.execute_script("document.querySelector('.tools details').open = true")
    assert (
        browser.find_element(By.ID, "as-command").text
        == "foedus run --draws 200 --set levers.pledge.target=0.04"
    )


ARTICLE = (
    "Allies meet in Brussels\n17 June 2024\n\nIn 2024, 23 allies are expected to spend at least 2% of GDP on "
    'defence, Jens Stoltenberg said. "NATO has 31 members," he said. '
    '<script>document.title = "caught"</script>\n'
)


def test_an_article_is_pasted_and_shared(browser: Chrome, address: str) -> None:
    """A pasted article is read without running its script, and the address brings it back."""
    _open(browser, f"{address}/article")
    browser.find_element(By.ID, "a-text").send_keys(ARTICLE)
    browser.find_element(By.CSS_SELECTOR, "form[data-article] button").click()
    WebDriverWait(browser, 60).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".reading mark.contradicted"))
    assert browser.title == "Check an article · foedus"
    assert browser.find_elements(By.CSS_SELECTOR, ".reading script") == []
    headline = browser.find_element(By.CSS_SELECTOR, ".headline").text
    WebDriverWait(browser, 20).until(lambda b: "#text=" in b.current_url)
    shared = browser.current_url
    assert _serious(browser) == []
    browser.get("about:blank")
    _open(browser, shared)
    WebDriverWait(browser, 60).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".reading mark"))
    assert browser.find_element(By.CSS_SELECTOR, ".headline").text == headline
    assert _complaints(browser) == []


def test_one_sentence_is_checked(browser: Chrome, address: str) -> None:
    """A sentence has its verdict, as of its day, in an address of its own."""
    _open(browser, f"{address}/article?sentence=NATO+has+31+members.&as_of=2023-05-01")
    assert browser.find_element(By.CSS_SELECTOR, ".headline").text == "Supported, as of 2023-05-01."
    assert _serious(browser) == []
    assert _complaints(browser) == []
