"""Every page in a browser without a network: its parts in one screen, by keyboard, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from faces.stage import at, click, complaints, measure, quiet, serious, wait_for, words
from foedus.dashboard.pages import PAGES

pytestmark = pytest.mark.browser

SLUGS = [page.slug for page in PAGES]
ON_STAGE = [page.slug for page in PAGES if page.template == "stage.html" and page.slug]
DESK, LAPTOP, PHONE = (1440, 900), (1280, 640), (390, 844)
MOST_WORDS = 75
"""Words before the chart."""


def within(box: list[int] | None, width: int, height: int) -> bool:
    """Whether a box lies within the first screen."""
    return box is not None and box[0] >= 0 and box[1] >= 0 and box[2] <= width + 1 and box[3] <= height + 1


def area(box: list[int]) -> int:
    """Return the area of a box."""
    return (box[2] - box[0]) * (box[3] - box[1])


def outside(places: dict[str, Any], width: int, height: int) -> list[str]:
    """Name the parts that do not lie within the first screen of a desk."""
    parts = {name: places[name] for name in ("number", "chart", "tabs")}
    parts |= {name: box for name, _, box in places["primary"]}
    parts |= {"rail": places["rail"]} if places["rail"] else {}
    parts |= {"share": next((box for box in places["share"]), None)}
    return [name for name, box in parts.items() if not within(box, width, height)]


@pytest.mark.parametrize("size", [DESK, LAPTOP])
@pytest.mark.parametrize("slug", ON_STAGE)
def test_a_desk_shows_all_of_a_page(browser: Chrome, address: str, slug: str, size: tuple[int, int]) -> None:
    """Number, chart, primary controls, rail, tabs and "Cite & share" lie within a desk's first screen."""
    at(browser, f"{address}/{slug}", *size)
    places = measure(browser)
    assert outside(places, *size) == []
    assert places["width"] <= size[0]
    assert places["words"] <= MOST_WORDS
    if places["drawn"]:
        share = area(places["chart"]) / area(places["frame"])
        tall = places["chart"][3] - places["chart"][1]
        assert share >= (0.60 if size == DESK else 0.55) or (size == LAPTOP and tall >= 360)
    asked = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert [name for name in asked if not name.startswith(address)] == []
    assert complaints(browser) == []


@pytest.mark.parametrize("slug", ON_STAGE)
def test_a_phone_shows_the_chart_beside_its_controls(browser: Chrome, address: str, slug: str) -> None:
    """A phone has number and chart on its first screen, and the chart stays in view beside every slider."""
    at(browser, f"{address}/{slug}", *PHONE)
    places = measure(browser)
    assert places["width"] <= PHONE[0]
    assert within(places["number"], *PHONE)
    if not places["drawn"]:
        return
    assert within(places["chart"], *PHONE)
    sliders = [name for name, kind, _ in places["primary"] if "range" in kind or "stops" in kind]
    for name in sliders:
        script = (
            "const c = document.querySelector(`[data-control='${arguments[0]}']`);"
            "c.scrollIntoView({block: 'end'});"
            "const [a, b] = [document.querySelector('.chart'), c].map((e) => e.getBoundingClientRect());"
            "return [a.top, a.bottom, b.top, b.bottom, innerHeight]"
        )
        top, bottom, upper, lower, height = browser.execute_script(script, name)
        assert top >= -1
        assert bottom <= upper + 1
        assert lower <= height + 1
    assert complaints(browser) == []


@pytest.mark.parametrize("slug", [*SLUGS, "api"])
def test_pages_are_accessible(browser: Chrome, address: str, slug: str) -> None:
    """Every page opens without a fault that axe-core knows, and without a word in the console."""
    at(browser, f"{address}/{slug}", *DESK)
    assert serious(browser) == []
    assert complaints(browser) == []


def test_the_front_page_draws_its_map_in_the_browser(browser: Chrome, address: str) -> None:
    """The front page has one view and no tabs: its map is drawn to its place, and no notice greys it."""
    at(browser, f"{address}/", *DESK)
    quiet(browser)
    assert browser.find_elements(By.CSS_SELECTOR, ".chart .live svg")
    assert browser.find_elements(By.CSS_SELECTOR, ".notice, .frame.stale") == []


def test_a_drawing_waits_for_a_server_that_warms_up(browser: Chrome, address: str) -> None:
    """A first drawing that is refused for a while leaves the server's picture as it is, and comes later."""
    at(browser, f"{address}/pledge", *DESK)
    quiet(browser)
    browser.execute_script(
        "const real = window.fetch; let left = 2;"
        "const refused = () => new Response('{}', {status: 503, headers: {'retry-after': '1'}});"
        "window.fetch = async (...asked) => left-- > 0 ? refused()"
        " : real(...asked).finally(() => { window.answered = true; });"
        "foedus.redraw()"
    )
    wait_for(browser, "return document.getElementById('frame').getAttribute('aria-busy') === 'true'")
    assert browser.find_elements(By.CSS_SELECTOR, ".notice, .frame.stale") == []
    wait_for(browser, "return window.answered")
    quiet(browser)
    assert browser.find_elements(By.CSS_SELECTOR, ".notice, .frame.stale") == []


@pytest.fixture
def without_script(browser: Chrome) -> Iterator[Chrome]:
    """Return a browser that runs no script of a page."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    yield browser
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("slug", ON_STAGE)
def test_a_page_without_a_script(without_script: Chrome, address: str, slug: str) -> None:
    """Without scripts a page has its number and its chart; its table and its sources are links."""
    without_script.get(f"{address}/{slug}")
    assert without_script.find_element(By.CSS_SELECTOR, ".claim").text
    tabs = {t.get_attribute("data-tab"): t for t in without_script.find_elements(By.CSS_SELECTOR, ".tabs a")}
    assert without_script.find_elements(By.CSS_SELECTOR, ".chart .wide svg") or "chart" not in tabs
    forms = without_script.find_elements(By.CSS_SELECTOR, "form[data-live] .submit button")
    assert all(button.is_displayed() for button in forms)
    if "table" in tabs:
        without_script.get(tabs["table"].get_attribute("href"))
        assert without_script.find_element(By.ID, "panel").text.strip()


def test_a_form_without_a_script_asks_by_itself(without_script: Chrome, address: str) -> None:
    """Without scripts a changed control is sent by "Show", and the answer follows."""
    without_script.get(f"{address}/status?year=2024&as_of=2024-10-01&guideline=0.03")
    assert "3 %" in without_script.find_element(By.CSS_SELECTOR, ".claim").text
    without_script.find_element(By.CSS_SELECTOR, "form[data-live] .submit button").click()
    assert "guideline=0.03" in without_script.current_url
    assert "as_of=2024-10-01" in without_script.current_url
    assert "3 %" in without_script.find_element(By.CSS_SELECTOR, ".claim").text
    without_script.find_element(By.CSS_SELECTOR, "button[popovertarget=editions]").click()
    assert without_script.find_element(By.ID, "editions").is_displayed()


def test_sliders_answer_to_the_keyboard(browser: Chrome, address: str) -> None:
    """Every slider moves by an arrow key; the address and the words that are read out follow."""
    for slug in ("status", "pledge"):
        at(browser, f"{address}/{slug}", *DESK)
        quiet(browser)
        for slider in browser.find_elements(By.CSS_SELECTOR, "form[data-live] input[type=range]"):
            before, said = slider.get_attribute("value"), slider.get_attribute("aria-valuetext")
            field = slider.get_attribute("id").removesuffix("-slider").removeprefix("c-")
            slider.send_keys(Keys.ARROW_RIGHT)
            wait_for(browser, f"return location.search.includes('{field}=')")
            quiet(browser)
            assert slider.get_attribute("value") != before
            assert slider.get_attribute("aria-valuetext") != said
        assert browser.find_elements(By.CSS_SELECTOR, ".notice") == []
        assert complaints(browser) == []


def claim(browser: Chrome) -> str:
    """Return the answer on the screen."""
    return words(browser, ".claim")


def test_back_undoes_one_released_change(browser: Chrome, address: str) -> None:
    """Each released change is one step: Back and Ctrl Z undo it, Shift redoes it, and Reset starts anew."""
    at(browser, f"{address}/status?year=2024", *DESK)
    quiet(browser)
    start = claim(browser)
    slider = browser.find_element(By.ID, "c-guideline")
    steps = browser.execute_script("return history.state.step")
    slider.send_keys(Keys.END)
    wait_for(browser, "return location.search.includes('guideline=0.05')")
    quiet(browser)
    moved = claim(browser)
    assert moved != start
    assert browser.execute_script("return history.state.step") == steps + 1
    browser.back()
    wait_for(browser, "return !location.search.includes('guideline')")
    quiet(browser)
    assert claim(browser) == start
    assert browser.find_element(By.ID, "c-guideline").get_attribute("value") == "0.02"
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.CONTROL, Keys.SHIFT, "z")
    wait_for(browser, "return location.search.includes('guideline=0.05')")
    quiet(browser)
    assert claim(browser) == moved
    click(browser, "[data-reset]")
    wait_for(browser, "return location.search === ''")
    quiet(browser)
    assert browser.find_element(By.ID, "c-guideline").get_attribute("value") == "0.02"


def test_the_rail_walks_through_years_and_editions(browser: Chrome, address: str) -> None:
    """The year 2024 is 23 in the edition of June 2024 and 18 in that of August 2025, by a press on each."""
    at(browser, f"{address}/status?year=2023", *DESK)
    quiet(browser)
    click(browser, ".stop[data-value='2024']")
    wait_for(browser, "return location.search.includes('year=2024')")
    quiet(browser)
    click(browser, "[data-open-rail=Editions]")
    for day, count in (("2024-06-17", "23"), ("2025-08-28", "18")):
        click(browser, f".stop[data-value='{day}']")
        wait_for(browser, f"return location.search.includes('as_of={day}')")
        quiet(browser)
        assert words(browser, ".number") == count
        stop = browser.find_element(By.CSS_SELECTOR, ".stops:not([hidden]) .stop[aria-current]")
        assert f"{count} of" in stop.get_attribute("aria-label")


def test_an_ally_is_found_and_highlighted(browser: Chrome, address: str) -> None:
    """The picker finds an ally by a few letters and says when it finds none; answer and links follow."""
    at(browser, f"{address}/status?year=2024", *DESK)
    quiet(browser)
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    field = browser.switch_to.active_element
    field.send_keys("atlantis")
    assert "No ally is called “atlantis”." in words(browser, "#picker-list")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys("ital", Keys.ENTER)
    wait_for(browser, "return location.search.includes('country=ITA')")
    quiet(browser)
    assert "Italy: 1." in words(browser, ".allies-said")
    link = browser.find_element(By.CSS_SELECTOR, ".menu a[href*='burden']").get_attribute("href")
    assert "country=ITA" in link
    field.send_keys(Keys.ESCAPE)
    wait_for(browser, "return !location.search.includes('country')")
    quiet(browser)
    assert browser.find_elements(By.CSS_SELECTOR, ".allies-said") == []


def test_tabs_swap_in_place(browser: Chrome, address: str) -> None:
    """A tab opens by its number key and by the arrows, in the same frame, and the address says which."""
    at(browser, f"{address}/status?year=2024", *DESK)
    quiet(browser)
    height = browser.execute_script("return document.getElementById('frame').offsetHeight")
    browser.find_element(By.TAG_NAME, "body").send_keys("3")
    wait_for(browser, "return document.querySelectorAll('#panel table tbody tr').length > 30")
    assert "view=table" in browser.current_url
    assert browser.execute_script("return document.getElementById('frame').offsetHeight") == height
    browser.find_element(By.CSS_SELECTOR, ".tabs [aria-current]").send_keys(Keys.ARROW_RIGHT)
    wait_for(browser, "return location.search.includes('view=sure')")
    click(browser, ".tabs [data-tab=chart]")
    wait_for(browser, "return document.querySelector('.chart')")
    assert complaints(browser) == []


def test_what_a_page_weighs(browser: Chrome, address: str) -> None:
    """The first page asks for at most six files, and the charting library waits until it is there."""
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    try:
        at(browser, f"{address}/status", *DESK)
        script = (
            "const n = performance.getEntriesByType('navigation')[0];"
            "return performance.getEntriesByType('resource').filter(e => e.startTime < n.loadEventStart)"
            ".map(e => [e.name, e.encodedBodySize]).concat([[n.name, n.encodedBodySize]])"
        )
        asked = browser.execute_script(script)
    finally:
        browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": False})
    assert len(asked) <= 6
    assert not [name for name, _ in asked if "charts" in name]
