"""What drives this: the page says what the analysis says, and headline numbers lead there or to sources."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from foedus.analysis.charts.drivers_stage import chances_stage
from foedus.analysis.driver_words import fixed_by_grade
from foedus.analysis.drivers import ShockIndices
from foedus.analysis.explainer import Explainer
from foedus.analysis.explanation import CUT, Explanation
from foedus.analysis.sensitivity import shock_indices
from foedus.analysis.targets import targets_of
from foedus.dashboard.origins import RunNumber
from foedus.dashboard.pages.drivers import DRIVERS_PAGE, DriversQuestion
from foedus.dashboard.state import AppState
from foedus.plotting.fit import Box

DRAWS = 60
PLEDGE = "allies_at_pledge_count"


@pytest.fixture(scope="module")
def state() -> AppState:
    """Return a server's state with the packaged figures."""
    return AppState()


@pytest.fixture(scope="module")
def indices(state: AppState) -> ShockIndices:
    """Return the indices of one number."""
    resolved = state.resolved("baseline")
    return shock_indices(resolved, targets_of(resolved, (PLEDGE,)), year=2028, draws=DRAWS)


def tree_of(state: AppState, indices: ShockIndices, cut: float = CUT) -> Explanation:
    """Return the tree of the same number."""
    explainer = Explainer(indices.resolved, state.ledger, draws=DRAWS, cut=cut, indices=indices)
    return explainer.explain(PLEDGE, year=2028)


def test_bars_and_tree_rest_on_the_same_indices(state: AppState, indices: ShockIndices) -> None:
    """The page's number is the analysis's, and the tree beside it has the same share of the first chance."""
    view = DRIVERS_PAGE.answer(state, DriversQuestion(draws=DRAWS, year=2028))
    assert view.answer == indices.answer()
    tree = tree_of(state, indices)
    assert tree.chances[0].total == indices.targets[0].shocks[0].index.total
    assert {card.id for card in view.cards} == {leaf.edition for leaf in tree.sources()}


def test_the_cut_lists_more_or_less(state: AppState, indices: ShockIndices) -> None:
    """A lower cut lists fewer chances, and what is left out carries no more than the rest of the spread."""
    short, whole = tree_of(state, indices, 0.5), tree_of(state, indices, 1.0)
    assert len(short.chances) < len(whole.chances)
    assert short.left_out.spread <= 0.5
    assert whole.left_out.spread == pytest.approx(0.0, abs=1e-12)
    assert short.payload()["cut"] == 0.5


def test_what_is_held_fixed_is_an_empty_bar(state: AppState, indices: ShockIndices) -> None:
    """Numbers held fixed and the form of the model are drawn empty, as many as the scenario holds."""
    fixed = fixed_by_grade(indices.resolved)
    tree = tree_of(state, indices)
    for box in (Box(900, 520), Box(374, 210)):
        layers = chances_stage(indices, tree, box).spec["layer"]
        rows = [row for layer in layers for row in layer["data"]["values"]]
        said = [row["held"] for row in rows if isinstance(row.get("held"), str) and row["held"]]
        numbers = {text for text in said if text.endswith("held fixed: not in it")}
        assert numbers == {f"{count} held fixed: not in it" for count in fixed.values()}
        assert "one form: not in it" in said


def test_forms_stand_side_by_side(state: AppState) -> None:
    """Each form has a row of its own with its interval; the number is their range and no mean of them."""
    view = DRIVERS_PAGE.answer(state, DriversQuestion(ask="structure", draws=DRAWS))
    rows = view.tables[0].rows
    assert [row["label"] for row in rows] == ["pull of a pledge, as run", "plain convergence"]
    assert all(re.search(r"\(.+ to .+\)", row["number"]) for row in rows)
    medians = sorted(int(row["number"].split()[0]) for row in rows)
    assert view.answer is not None
    assert view.answer.number == " to ".join(dict.fromkeys(map(str, medians)))


def test_a_number_carries_its_scenario() -> None:
    """The address names measure, ally, year, day and changes, and nothing that it has of itself."""
    assert RunNumber("nato_gap_constant_usd").drives == "drivers?measure=nato_gap_constant_usd"
    number = RunNumber("x", scenario="a-higher-goal", ally="DEU", year=2030, changes=["levers.a=1"])
    assert (
        number.comes
        == "drivers?measure=x&scenario=a-higher-goal&ally=DEU&year=2030&set=levers.a%3D1&chart=tree"
    )


@pytest.mark.parametrize("place", ["what-if?deadline=2030", "pledge", "country/DEU", "front?layer=next"])
def test_a_forecast_leads_to_what_drives_it(client: httpx.Client, place: str) -> None:
    """The link beside the number asks a question that the page takes."""
    page = client.get("/?layer=next" if place.startswith("front") else f"/{place}").text
    links = re.findall(r'<p class="asked">(.*?)</p>', page)
    assert len(links) == 1
    query = unescape(re.search(r'href="/drivers\?([^"]*)"', links[0])[1])  # type: ignore[index]
    assert "Where is this from?" in links[0]
    asked = dict(pair.split("=", 1) for pair in query.split("&"))
    assert set(asked) <= set(DriversQuestion.model_fields)
    assert ("set" in asked) == place.startswith("what-if")


@pytest.mark.parametrize("place", ["status", "burden", "figures", "aid"])
def test_a_figure_leads_to_its_sources(client: httpx.Client, place: str) -> None:
    """The link beside a figure opens the tab of sources of the same answer."""
    page = client.get(f"/{place}").text
    links = re.findall(r'<p class="asked">(.*?)</p>', page)
    assert len(links) == 1
    assert f'href="/{place}?view=sources"' in links[0]
