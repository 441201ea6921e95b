"""Twelve things that people come for, each done from the front page with four presses at most."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from faces.stage import at, click, quiet, wait_for

pytestmark = pytest.mark.browser

MOST = 4
ARTICLE = "In 2024, 23 allies spent at least 2% of GDP on defence, NATO said on 17 June 2024."


class Visitor:
    """Somebody at the front page, whose presses are counted."""

    def __init__(self, browser: Chrome, address: str) -> None:
        self.browser = browser
        self.presses = 0
        at(browser, f"{address}/", 1440, 900)

    def press(self, selector: str, words: str = "") -> None:
        """Press the first thing that matches, or that has these words."""
        self.presses += 1
        assert self.presses <= MOST
        # Found and pressed in one script: an answer that comes in between would replace the element.
        press = (
            "const e = [...document.querySelectorAll(arguments[0])].find((e) => e.getClientRects().length"
            " && (!arguments[1] || (e.innerText || '').includes(arguments[1])));"
            "if (!e) return false; e.scrollIntoView({block: 'center'}); e.click(); return true;"
        )
        pressed = False
        end = time.monotonic() + 20
        while not pressed and time.monotonic() < end:
            pressed = self.browser.execute_script(press, selector, words)
        assert pressed, (selector, words)

    def see(self, selector: str, *words: str) -> str:
        """Wait until something shows all of these words, and return its text."""
        quoted = ", ".join(f"{word!r}" for word in words)
        script = f"const t = [...document.querySelectorAll({selector!r})].map((e) => e.innerText).join(' ')"
        script += f".replaceAll('\\u00a0', ' '); return [{quoted}].every((w) => t.includes(w)) && (t || ' ')"
        return str(wait_for(self.browser, script))


def test_who_missed_the_guideline_as_of_a_day(browser: Chrome, address: str) -> None:
    """Who missed 2 % in 2024, as known on 1 October 2024: 23 met it, and the table names the others."""
    visitor = Visitor(browser, address)
    visitor.press(".starts a", "1 October 2024")
    visitor.see(".number", "23")
    visitor.press(".tabs [data-tab=table]")
    visitor.see("#table-allies", "Spain", "no")


def test_two_scenarios_are_compared(browser: Chrome, address: str) -> None:
    """The baseline beside "A higher goal", with their difference draw by draw."""
    visitor = Visitor(browser, address)
    visitor.press(".layers .open[href$='/what-if']")
    visitor.press("[popovertarget=scenarios]")
    visitor.press("#scenarios a[aria-label^='A higher goal'][aria-label$='second']")
    visitor.see(".pair", "The pledge of The Hague", "A higher goal")
    visitor.see(".strip", "Second less first", "allies at the pledge")


@pytest.mark.parametrize("kind", ["png", "svg", "csv"])
def test_a_chart_of_my_country_as_a_file(browser: Chrome, address: str, downloads: Path, kind: str) -> None:
    """A chart of one ally with the 2 % line and NATO as a whole, as a picture or as its figures."""
    visitor = Visitor(browser, address)
    visitor.press(".go a", "Allies")
    visitor.press(".allies a", "Norway")
    visitor.see("h1", "Norway")
    drawn = visitor.see(".chart .picture.wide", "2.0 %", "NATO")
    assert "no change" in drawn
    visitor.press("[data-share]")
    visitor.press(f"#share a[download][href*='.{kind}']")
    end = time.monotonic() + 40
    while not (files := list(downloads.glob(f"*orway*.{kind}"))) and time.monotonic() < end:
        time.sleep(0.1)
    assert files
    assert files[0].stat().st_size > 200


def test_a_chart_is_embedded(browser: Chrome, address: str) -> None:
    """The lines that embed one ally's answer on another site, pinned to its day."""
    visitor = Visitor(browser, address)
    visitor.press(".go a", "Allies")
    visitor.press(".allies a", "Italy")
    visitor.see("h1", "Italy")
    visitor.press("[data-share]")
    lines = visitor.see("#share-embed", "<iframe", "/embed/country", "ITA", "as_of=")
    assert "<iframe" in lines


def test_where_a_figure_comes_from(browser: Chrome, address: str) -> None:
    """3.79 % for Poland in 2024 was printed in August 2025, between two other editions."""
    visitor = Visitor(browser, address)
    visitor.press(".go a", "Allies")
    visitor.press(".allies a", "Poland")
    visitor.see(".strip", "2024:", "3.79 (Aug 2025)")
    visitor.press(".tabs [data-tab=table]")
    visitor.see("#table-editions", "3.79 %", "nato-2025-08")


def test_an_article_is_checked(browser: Chrome, address: str) -> None:
    """A pasted sentence is held against the ledger as of its day."""
    visitor = Visitor(browser, address)
    visitor.press(".starts a", "article")
    wait_for(browser, "return document.querySelector('#a-text')")
    browser.find_element(By.ID, "a-text").send_keys(ARTICLE)
    visitor.press("form[data-article] button")
    wait_for(browser, "return document.querySelector('#panel mark')")


def test_whether_an_invitation_could_pass(browser: Chrome, address: str) -> None:
    """The chance as put, and what it would be if Slovakia agreed."""
    visitor = Visitor(browser, address)
    visitor.press(".starts a", "invitation to Ukraine")
    before = visitor.see(".number", "%")
    quiet(browser)
    visitor.press("input[name=suppose][value=SVK] + *, .chip:has(input[value=SVK])")
    visitor.see(".condition", "If Slovakia agrees")
    quiet(browser)
    assert int(visitor.see(".number", "%").split()[0]) > int(before.split()[0])


def test_a_link_is_shared(browser: Chrome, address: str) -> None:
    """The address to copy has its day and its version."""
    visitor = Visitor(browser, address)
    visitor.press("[data-share]")
    visitor.see("#share-address", "as_of=", "v=")


def test_how_a_year_was_revised(browser: Chrome, address: str) -> None:
    """Germany's share of 2024, edition by edition, along the bottom of its page."""
    visitor = Visitor(browser, address)
    visitor.press(".starts a", "Germany")
    visitor.see(".strip", "2024:", "(Jun 2024)", "(Jul 2026)")


def test_what_the_pledge_costs_an_ally(browser: Chrome, address: str) -> None:
    """What 3.5 % of GDP costs Italy, said in a sentence."""
    visitor = Visitor(browser, address)
    visitor.press(".starts a", "cost Italy")
    visitor.see(".allies-said", "Italy", "bn above 2.10 % of GDP")


def test_the_map_of_two_years(browser: Chrome, address: str) -> None:
    """The map of 2014, and then of 2024."""
    visitor = Visitor(browser, address)
    visitor.press(".go a", "Who meets what")
    wait_for(browser, "return document.querySelector('.tabs [data-tab=map]')")
    visitor.press(".tabs [data-tab=map]")
    visitor.press(".stop[data-value='2014']")
    visitor.see(".answer", "2014")
    quiet(browser)
    visitor.press(".stop[data-value='2024']")
    visitor.see(".answer", "2024")
    assert browser.find_element(By.ID, "frame").get_attribute("data-tab") == "map"


def test_a_number_is_cited_and_its_skill_told(browser: Chrome, address: str) -> None:
    """A forecast's citation, and how the model did in the past, for a class."""
    visitor = Visitor(browser, address)
    visitor.press(".layers .open[href$='/what-if']")
    wait_for(browser, "return document.querySelector('.tabs [data-tab=sure]')")
    visitor.press(".tabs [data-tab=sure]")
    visitor.see("#panel", "Skill", "no change")
    visitor.press("[data-share]")
    visitor.see("#share-citation", "foedus")


def test_back_undoes_and_the_second_scenario_has_a_name(browser: Chrome, address: str) -> None:
    """A released slider makes a second scenario; it can be named; Back and Ctrl Z each undo one step."""
    at(browser, f"{address}/what-if", 1440, 900)
    quiet(browser)
    visitor = Visitor.__new__(Visitor)
    visitor.browser, visitor.presses = browser, 0
    visitor.see(".pair .second", "move a slider")
    browser.find_element(By.ID, "c-deadline").send_keys(Keys.ARROW_LEFT * 3)
    visitor.see(".pair .second dt", "due 2032")
    quiet(browser)
    name = browser.find_element(By.ID, "c-name")
    name.send_keys("Sooner", Keys.TAB)
    visitor.see(".pair .second dt", "Sooner")
    quiet(browser)
    browser.back()
    visitor.see(".pair .second dt", "due 2032")
    quiet(browser)
    click(browser, "[data-reset]")
    visitor.see(".pair .second", "move a slider")
