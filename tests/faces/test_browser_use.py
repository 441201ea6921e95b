"""What people do with a page: share it, copy from it, download, check an article."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from faces.stage import at, complaints, quiet, serious, wait_for, words

pytestmark = pytest.mark.browser

DESK = (1440, 900)


def test_a_shared_address_gives_the_same_numbers(browser: Chrome, address: str) -> None:
    """The address of a moved slider, opened anew, shows the answer that was on the screen."""
    at(browser, f"{address}/pledge", *DESK)
    quiet(browser)
    slider = browser.find_element(By.ID, "c-target")
    slider.send_keys(Keys.ARROW_RIGHT * 4)
    wait_for(browser, "return location.search.includes('target=0.039')")
    quiet(browser)
    answer = words(browser, ".claim")
    assert "3.9 %" in answer
    at(browser, browser.current_url, *DESK)
    assert words(browser, ".claim") == answer
    assert browser.find_element(By.ID, "c-target").get_attribute("value") == "0.039"


def test_a_file_is_downloaded(browser: Chrome, address: str, downloads: Path) -> None:
    """The CSV behind a table holds the figures that the table shows."""
    at(browser, f"{address}/status?year=2024&as_of=2024-10-01&view=table", *DESK)
    browser.execute_script("document.querySelector('#panel a[href*=\".csv\"]').click()")
    end = time.monotonic() + 30
    while not list(downloads.glob("*.csv")) and time.monotonic() < end:
        time.sleep(0.1)
    target = next(downloads.glob("*.csv"))
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert sum(row["meets"] == "true" for row in rows) == 23
    assert words(browser, ".number") == "23"
    assert rows[0]["source"].startswith("nato-2024-06, published 2024-06-17")


def test_what_to_copy_is_shown(browser: Chrome, address: str) -> None:
    """The command that asks the same question stands under Code, and a button copies it."""
    granted = {"origin": address, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    browser.execute_cdp_cmd("Browser.grantPermissions", granted)
    at(browser, f"{address}/status?year=2024&guideline=0.035&view=code", *DESK)
    browser.find_element(By.CSS_SELECTOR, "[data-copy=as-command]").click()
    wait_for(browser, "return document.querySelector('[data-copy=as-command]').textContent === 'Copied'")
    command = browser.find_element(By.ID, "as-command").text
    assert command == "foedus status --year 2024 --guideline 0.035"


ARTICLE = (
    "Allies meet in Brussels\n17 June 2024\n\nIn 2024, 23 allies are expected to spend at least 2% of GDP on "
    'defence, Jens Stoltenberg said. "NATO has 31 members," he said. '
    '<script>document.title = "caught"</script>\n'
)


def test_an_article_is_pasted_and_shared(browser: Chrome, address: str) -> None:
    """A pasted article is read without running its script; what is wrong comes first; the address has it."""
    at(browser, f"{address}/article", *DESK)
    browser.find_element(By.ID, "a-text").send_keys(ARTICLE)
    browser.find_element(By.CSS_SELECTOR, "form[data-article] button").click()
    wait_for(browser, "return document.querySelector('mark.contradicted')")
    assert browser.title != "caught"
    assert browser.find_elements(By.CSS_SELECTOR, "#panel script") == []
    first = browser.find_element(By.CSS_SELECTOR, ".claim-card")
    assert "contradicted" in first.get_attribute("class")
    answer = words(browser, ".claim")
    wait_for(browser, "return location.hash.startsWith('#text=')")
    shared = browser.current_url
    assert serious(browser) == []
    browser.find_element(By.CSS_SELECTOR, ".tabs [data-tab=table]").click()
    wait_for(browser, "return document.querySelector('#table-claims')")
    browser.get("about:blank")
    at(browser, shared, *DESK)
    wait_for(browser, "return document.querySelector('mark')")
    assert words(browser, ".claim") == answer
    assert complaints(browser) == []


def test_one_sentence_is_checked(browser: Chrome, address: str) -> None:
    """A sentence has its verdict, as of its day, in an address of its own."""
    at(browser, f"{address}/article?sentence=NATO+has+31+members.&as_of=2023-05-01", *DESK)
    assert words(browser, ".number") == "Supported"
    assert "1 May 2023" in words(browser, ".unit")
    assert browser.find_elements(By.CSS_SELECTOR, "mark.supported")
    assert complaints(browser) == []


def test_another_text_in_the_address_of_an_open_tab(browser: Chrome, address: str) -> None:
    """A text after the # that cannot be unpacked is said to be so, and the page is not asked over it."""
    at(browser, f"{address}/article", *DESK)
    quiet(browser)
    browser.execute_script("location.hash = 'text=%%%'")
    wait_for(browser, "return document.querySelector('.notice')")
    assert "cannot be read" in words(browser, ".notice")
