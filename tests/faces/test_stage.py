"""The stage: places in the menu, what an address carries, charts that fit, allies that stand out."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.dashboard.navigation import GROUPS, menu
from foedus.dashboard.pages import PAGES
from foedus.dashboard.pages.status import STATUS_PAGE
from foedus.dashboard.query import read_page
from foedus.dashboard.stage import MOST_WORDS, fitting
from foedus.errors import InputError
from foedus.evidence import Ledger
from foedus.plotting.fit import Box, fitted, shape_and_data
from foedus.plotting.highlight import highlighted
from foedus.plotting.write import chart_svg
from foedus.results import Answer, Result
from foedus.spending.charts.columns import Columns, columns_chart
from foedus.spending.charts.share_map import class_labels, share_map
from foedus.spending.status import Status, status
from foedus.spending.years import YearShares, shares_by_year

BOXES = (Box(900, 520), Box(780, 330), Box(374, 210), Box(1900, 900))
MOVE = {"x-foedus-part": "move", "x-foedus-box": "900x520"}


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Return the packaged figures."""
    return Ledger.packaged()


@pytest.fixture(scope="module")
def years(ledger: Ledger) -> tuple[YearShares, ...]:
    """Return the shares of every year."""
    return shares_by_year(ledger)


def test_every_page_has_its_place() -> None:
    """A page of the menu stands in the group that it names, and no place is held twice."""
    slugs = [slug for group in GROUPS for slug in group.slugs]
    assert len(slugs) == len(set(slugs))
    places = {slug: group.key for group in GROUPS for slug in group.slugs}
    assert {page.slug: page.group for page in PAGES if page.group} == {
        page.slug: places[page.slug] for page in PAGES if page.slug in places
    }
    assert all(group.pages for group in menu(PAGES))
    assert max(len(group.slugs) for group in GROUPS) <= 5


def test_an_address_carries_more_than_the_question() -> None:
    """Ally, tab, chart and version are the stage's; the day is the question's where it has one."""
    items = [("country", "ITA,ESP"), ("view", "map"), ("as_of", "2024-10-01"), ("v", "0.1"), ("seed", "3")]
    question, shared = read_page(STATUS_PAGE, items)
    assert question.given() == {"as_of": "2024-10-01"}
    assert (shared.country, shared.view, shared.v, shared.seed) == (["ITA", "ESP"], "map", "0.1", 3)
    with pytest.raises(InputError, match="view"):
        read_page(STATUS_PAGE, [("view", "nowhere")])


@pytest.mark.parametrize("slug", [page.slug for page in PAGES if page.template == "stage.html" and page.slug])
def test_every_page_names_the_ally_that_is_highlighted(client: httpx.Client, slug: str) -> None:
    """The answer says what it has of the ally, or that it has no part in it; an unknown one is refused."""
    page = client.get(f"/{slug}", params={"country": "ITA"}).text
    said = re.search(r'<ul class="allies-said">(.*?)</ul>', page, re.DOTALL)
    assert said is not None
    assert "Italy" in said[1]
    refused = client.get(f"/{slug}", params={"country": "Atlantis"})
    assert refused.status_code == 404
    assert "Atlantis" in refused.text


def test_parts_are_those_of_the_page(client: httpx.Client) -> None:
    """What the script is sent while a control moves says what the whole page says."""
    address = "/status?year=2024&guideline=0.03"
    whole = client.get(address).text
    moved = client.get(address, headers=MOVE).json()
    assert moved["title"] in unescape(whole)
    claim = re.search(r'<p class="claim.*?</p>', whole, re.DOTALL)[0]  # type: ignore[index]
    assert claim in moved["parts"]["answer"]
    assert "spec" in moved["chart"]
    assert "panel" not in moved["parts"]


def test_a_move_sends_numbers(client: httpx.Client) -> None:
    """A browser that holds the specification gets rows alone; another shape brings the specification anew."""
    first = client.get("/status?year=2024", headers=MOVE).json()["chart"]
    holds = MOVE | {"x-foedus-holds": first["shape"]}
    second = client.get("/status?year=2024&guideline=0.025", headers=holds).json()["chart"]
    assert second["shape"] == first["shape"]
    assert "spec" not in second
    assert second["rows"] != first["rows"]
    assert len(json.dumps(second)) < 0.5 * len(json.dumps(first))
    smaller = client.get("/status?year=2024", headers=holds | {"x-foedus-box": "700x400"}).json()["chart"]
    assert "spec" in smaller


def test_a_map_that_moves_sends_no_shapes(client: httpx.Client) -> None:
    """The shapes of countries are sent once."""
    first = client.get("/status?view=map&year=2024", headers=MOVE).json()["chart"]
    holds = MOVE | {"x-foedus-holds": first["shape"]}
    moved = client.get("/status?view=map&year=2024&guideline=0.025", headers=holds).json()["chart"]
    assert any(name.startswith("still_") for name in first["rows"])
    assert not [name for name in moved["rows"] if name.startswith("still_")]


def test_what_needs_an_import_is_said_where_it_is_missing(client: httpx.Client) -> None:
    """Without donors by month a donor has no months on its page, and says what brings them; in euros of 2021
    there is no forecast, and it says so; what no release tells is refused in a sentence."""
    donor = client.get("/aid?donor=DEU", headers=MOVE).json()["parts"]["answer"]
    assert "EUR 29.9" in donor.replace("\u00a0", " ")
    assert "come with an import" in donor
    assert "in euros of the day alone" in client.get("/aid?real=true", headers=MOVE).json()["parts"]["answer"]
    refused = client.get("/aid?donor=DEU&by=month", headers=MOVE)
    assert (refused.status_code, "foedus data import kiel" in refused.json()["error"]) == (404, True)


def test_a_failure_is_one_sentence(client: httpx.Client) -> None:
    """The script is told what is wrong and keeps the last answer; a page says it whole."""
    answer = client.get("/status?guideline=7", headers=MOVE)
    assert answer.status_code == 422
    assert list(answer.json()) == ["error"]
    assert answer.json()["error"] in unescape(client.get("/status?guideline=7").text)


def test_files_under_a_marked_name_are_kept(client: httpx.Client) -> None:
    """A page names its files by their content, and they may be kept for good."""
    page = client.get("/sources").text
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert names
    assert "/static/charts" not in "".join(names)
    for name in names:
        answer = client.get(name)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/stage.000000000000.js").headers["cache-control"] != "immutable"
    assert client.get("/static/..%2Fviews.py").status_code == 404


def test_years_are_counted_as_the_answer_counts(ledger: Ledger, years: tuple[YearShares, ...]) -> None:
    """The rail's count of a year is the answer to a question about that year."""
    for year in years[-4:]:
        result = status(ledger, year=year.year)
        for level in (0.02, 0.035):
            here = next(each for each in status(ledger, year=year.year, guideline=level).levels)
            assert year.count(level) == here
        assert year.card.id == result.card.id
    known = {year.year: year.count(0.02).meeting for year in shares_by_year(ledger, as_of=date(2024, 10, 1))}
    assert known[2024] == 23


def drawn(years: tuple[YearShares, ...], result: Status) -> Columns:
    """Return what the columns of an answer are drawn from."""
    shares = {year.year: year.shares for year in years}
    return Columns(result, shares[result.year], shares.get(result.year - 1, {}))


@pytest.mark.parametrize("guideline", [0.0105, 0.0185, 0.02, 0.0207, 0.035, 0.05])
def test_no_mark_crosses_a_label(ledger: Ledger, years: tuple[YearShares, ...], guideline: float) -> None:
    """Above a column stands its value, clear of the bar and of the dash of the year before."""
    result = status(ledger, year=2024, guideline=guideline)
    box = Box(900, 520)
    chart = columns_chart(drawn(years, result), box)
    rows = next(data for data in shape_and_data(chart.spec)[1].values() if "at" in data[0])
    room = 17 * chart.spec["layer"][0]["encoding"]["y"]["scale"]["domain"][1] / chart.spec["height"]
    for row in rows:
        if row["at"] is None:
            continue
        assert row["at"] >= row["share"]
        for mark in (row["before"], 100 * guideline):
            assert mark is None or not row["at"] < mark < row["at"] + room


@pytest.mark.parametrize("box", BOXES, ids=str)
def test_a_chart_fills_its_box(ledger: Ledger, years: tuple[YearShares, ...], box: Box) -> None:
    """The columns and the map are as large as their place, whatever that is."""
    result = status(ledger, year=2024)
    for chart in (columns_chart(drawn(years, result), box), share_map(result, box)):
        size = re.search(r'viewBox="0 0 (\d+) (\d+)"', chart_svg(chart, named=True))
        assert size is not None
        assert (int(size[1]), int(size[2])) == (box.width, box.height)


def test_a_moved_bar_changes_numbers_alone(ledger: Ledger, years: tuple[YearShares, ...]) -> None:
    """Columns and map have one shape for every bar, so that a browser keeps what it drew."""
    results = [status(ledger, year=2024, guideline=level) for level in (0.02, 0.031)]
    for draw in (lambda r: columns_chart(drawn(years, r), BOXES[0]), lambda r: share_map(r, BOXES[0])):
        assert len({shape_and_data(draw(result).spec)[2] for result in results}) == 1


def test_the_classes_of_the_map_meet() -> None:
    """Each class begins where the one before ends, and the bar is one of the ends."""
    labels = class_labels(0.02)
    assert labels == ["below 1.5", "1.5 to 2.0", "2.0 to 2.5", "2.5 to 3.5", "3.5 % or more"]


def test_every_chart_can_be_fitted_and_highlighted(gallery: dict[str, Result]) -> None:
    """Whatever the chart, it is drawn without its title, near its box, and with an ally that stands out."""
    for result in gallery.values():
        for kind in result.charts():
            chart = result.chart(kind)
            before = json.dumps(chart.spec)
            plain = fitted(chart, BOXES[0])
            bold = highlighted(plain, ["ITA"])
            assert json.dumps(chart.spec) == before
            assert "title" not in plain.spec
            assert json.dumps(bold.spec).count("Italy") >= json.dumps(plain.spec).count("Italy")


@given(
    words=st.lists(st.integers(1, 40), max_size=8),
    said=st.lists(st.integers(1, 30), max_size=3),
)
def test_what_does_not_fit_before_the_chart_waits(words: list[int], said: list[int]) -> None:
    """No sentence is lost, none changes its place, and more than one stands only where there is room."""
    beside = tuple(" ".join(["w"] * count) + "." for count in words)
    answer = Answer("18", "of 31", "met it.", beside)
    allies = [" ".join(["a"] * count) for count in said]
    shown, later = fitting("Who?", answer, allies)
    assert (*shown, *later) == beside
    assert not beside or shown
    total = len(" ".join(("Who?", answer.sentence(), *allies, *shown)).split())
    assert total <= MOST_WORDS or len(shown) <= 1


def test_a_link_changes_one_field(client: httpx.Client) -> None:
    """A tab keeps the question, the day and the ally; a page of the menu keeps the day and the ally."""
    page = client.get("/status?year=2024&as_of=2024-10-01&country=ITA").text
    tabs = [unescape(a) for a in re.findall(r'<a href="([^"]*view=table[^"]*)"', page)]
    assert all(part in tabs[0] for part in ("year=2024", "as_of=2024-10-01", "country=ITA"))
    burden = next(unescape(a) for a in re.findall(r'href="(/burden[^"]*)"', page))
    assert burden == "/burden?as_of=2024-10-01&country=ITA"


def test_a_rail_is_links(client: httpx.Client) -> None:
    """Without a script a year and an edition are addresses that answer with their own number."""
    page = client.get("/status?year=2024").text
    stops = {
        unescape(address): unescape(words)
        for address, words in re.findall(r'<a href="([^"]*)" class="stop[^>]*aria-label="([^"]*)"', page)
    }
    june = next(address for address in stops if "as_of=2024-06-17" in address)
    assert "23 of" in stops[june]
    numbers: list[Any] = re.findall(r'<strong class="number[^>]*>([^<]*)<', client.get(june).text)
    assert numbers == ["23"]
