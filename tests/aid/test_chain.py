"""Aid in the chain: what donors decide, by region a year, and what comes out of defence spending."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pytest

from foedus.aid.base import aid_base, from_months, from_regions
from foedus.aid.donors import REGIONS, region_of
from foedus.aid.giving import Before, Now, Parameters, Shocks, out_of_defence_spending, step
from foedus.aid.monthly import DonorMonth
from foedus.aid.parameters import FOLDER
from foedus.aid.record import DonorTotal, Kind, Month, RegionYear
from foedus.aid.section import MEASURES, OUT_OF_BUDGETS
from foedus.aid.tracker import tracker
from foedus.analysis.align import resolve_alike
from foedus.analysis.compare import compare_resolved
from foedus.errors import NoDataError, ScenarioError, UnknownNameError
from foedus.evidence import Ledger
from foedus.forces.classes import axis_classes
from foedus.runs.outcome import outcome
from foedus.scenario import resolve
from foedus.scenario.resolved import Resolved

DAY = date(2026, 11, 22)
STOPS: dict[str, Any] = {"levers.aid.donors": {"USA": {"factor": 0.0, "from": 2027}}}
ALL: dict[str, Any] = {
    "levers.aid": {
        "donors": {"DEU": {"factor": 2.0, "from": 2028}, "EUI": {"factor": 0.5, "from": 2027}},
        "common_fund": {"amount_eur": 60e9, "from": 2026, "until": 2027},
        "inside_budget": True,
    }
}


KINDS: tuple[tuple[int, Kind], ...] = ((2, "military"), (3, "other"))


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """The packaged editions."""
    return Ledger.packaged()


def _resolve(ledger: Ledger, changes: dict[str, Any], **more: Any) -> Resolved:
    return resolve("baseline", as_of=DAY, ledger=ledger, changes=changes, **more)


def test_donors_add_up_to_what_regions_gave() -> None:
    """Split by donor, the last whole year keeps each region's sum of military and of other aid."""
    held = tracker(DAY)
    base = aid_base(held)
    assert base.year == 2025
    assert base.is_split
    for region in REGIONS:
        rows = [row for row in base.donors if row[1] == region]
        for at, kind in KINDS:
            given = held.allocated(kind, regions=(region,), year=base.year)
            assert sum(row[at] for row in rows) == pytest.approx(given)


def test_donors_by_month_are_summed_where_they_are_known() -> None:
    """With donors by month a donor's year is its own; a year's other months and kinds do not mix."""
    rows = [
        DonorMonth("DEU", Month(2025, 1), 5, 2, 1, 9, 1),
        DonorMonth("DEU", Month(2025, 12), 10, 0, 0, 9, 1),
        DonorMonth("DEU", Month(2024, 12), 99, 99, 99, 99, 1),
        DonorMonth("JPN", Month(2025, 3), 0, 7, 0, 7, 0),
    ]
    assert from_months(rows, 2025) == (
        ("DEU", "european_states", 15.0, 3.0),
        ("JPN", "asia_pacific", 0.0, 7.0),
    )


def test_a_region_without_totals_of_a_kind_gives_none_of_it() -> None:
    """Donors that never gave a kind are given none of it, and nothing is divided by nought."""
    totals = [DonorTotal("DEU", 30, 0, 0, 0, 0, None), DonorTotal("FRA", 10, 0, 0, 0, 0, None)]
    split = from_regions([RegionYear("european_states", 2025, 8, 0, 0, 0, 0)], totals, 2025)
    assert split == (("DEU", "european_states", 6.0, 0.0), ("FRA", "european_states", 2.0, 0.0))


def test_a_scenario_that_does_not_name_aid_runs_none(ledger: Ledger) -> None:
    """Without the key no measure of aid is reported, the component is left out, its number plays no part."""
    resolved = _resolve(ledger, {})
    assert not set(MEASURES) & set(resolved.measure_names())
    part = resolved.problem().needed_part(resolved.needed())
    assert "aid" not in {component.name for component in part}
    assert "aid.year_error" not in resolved.parameters_in_use()
    older = resolved.to_json()
    del older["aid"]
    assert Resolved.from_json(older).aid == resolved.aid


def test_aid_moves_no_figure_of_spending(ledger: Ledger) -> None:
    """A scenario that names aid has the spending of one that does not, to the bit."""
    without, named = (outcome(_resolve(ledger, c, horizon=2029), draws=60, seed=3) for c in ({}, ALL))
    for name, values in without.measures.items():
        assert np.array_equal(values, named.measures[name])


def test_without_error_aid_is_worked_out_by_hand(ledger: Ledger) -> None:
    """Each region is the base year times the factors, with the fund's half in each of its two years."""
    held = tracker(DAY)
    resolved = _resolve(ledger, {**ALL, "uncertainties.shock_scale": 0.0}, horizon=2029)
    found = outcome(resolved, draws=1, seed=1).measures
    states = held.allocated(regions=("european_states",), year=2025)
    union = held.allocated(regions=("eu_institutions",), year=2025)
    german = next(row[2] + row[3] for row in resolved.aid.base if row[0] == "DEU")
    europe = [states + union + 30e9, states + union / 2 + 30e9, *[states + union / 2 + german] * 2]
    assert found["aid_of_europe_eur"][:, 0] == pytest.approx(europe, rel=1e-12)
    us = held.allocated(regions=("united_states",), year=2025)
    assert found["aid_of_united_states_eur"][:, 0] == pytest.approx([us] * 4, rel=1e-12)
    asia = held.allocated(regions=("asia_pacific",), year=2025)
    assert found["aid_of_asia_pacific_donors_eur"][:, 0] == pytest.approx([asia] * 4, rel=1e-12)
    assert Resolved.from_json(resolved.to_json()).canonical() == resolved.canonical()


def test_regions_add_up_and_a_donor_stopped_never_raises_the_total(ledger: Ledger) -> None:
    """In every draw and year regions add up to all, nothing is negative; a donor less is never more."""
    named, stopped = (
        outcome(_resolve(ledger, changes, horizon=2030), draws=40, seed=5).measures
        for changes in ({"levers.aid": {}}, STOPS)
    )
    for found in (named, stopped):
        assert np.allclose(sum(found[name] for name in MEASURES[:4]), found[MEASURES[4]], rtol=1e-12)
        assert min(found[name].min() for name in MEASURES) >= 0.0
        assert (found[MEASURES[5]] <= found[MEASURES[4]]).all()
    assert (stopped[MEASURES[4]] <= named[MEASURES[4]]).all()
    assert (stopped["aid_of_united_states_eur"][1:] == 0.0).all()
    assert len(np.unique(named[MEASURES[4]][-1])) == 40


def test_the_median_stays_at_the_last_year(ledger: Ledger) -> None:
    """The error moves aid up as often as down: the naive forecast is the median."""
    resolved = _resolve(ledger, {"levers.aid": {}}, horizon=2028)
    last = outcome(resolved, draws=500, seed=2).measures[MEASURES[4]][-1]
    still = resolved.no_change()[MEASURES[4]][-1]
    assert still == tracker(DAY).allocated(year=2025)
    assert 0.44 < np.mean(last > still) < 0.56


def test_military_aid_comes_out_of_budgets_only_where_it_is_said(ledger: Ledger) -> None:
    """Inside budgets military aid comes out in the chain's money; a euro is about a dollar of 2021."""
    resolved = _resolve(ledger, {"levers.aid": {"inside_budget": True}, "uncertainties.shock_scale": 0.0})
    taken = outcome(resolved, draws=1, seed=1).measures[OUT_OF_BUDGETS]
    allied = sum(row[2] for row in resolved.aid.base if row[0] in resolved.countries)
    assert 0.8 * allied < taken[-1, 0] < 1.2 * allied
    assert OUT_OF_BUDGETS not in _resolve(ledger, {"levers.aid": {}}).measure_names()
    assert any(note.step == "aid_inside_budget" for note in resolved.notes)


def test_no_more_comes_out_than_there_is() -> None:
    """What is taken is never more than spending, and nothing where spending or the rate is not known."""
    taken = out_of_defence_spending(
        np.array([5.0, 5.0, 5.0, 0.0]),
        np.array([2.0, 2.0, math.nan, 2.0]),
        np.array([100.0, 4.0, 100.0, math.nan]),
    )
    assert taken.tolist() == [10.0, 4.0, 0.0, 0.0]


def test_one_level_moves_all_donors() -> None:
    """In one step every donor's aid moves by the same factor, and a fund that is agreed does not move."""
    ones = np.ones(2)
    pieces = np.array([0.0, 0.5]).reshape(-1, 1, 1)
    now = Now(ones, 2 * ones, 4.0, 1.0, 1.0, 3.0, 7.0, 0.0, ones, pieces, np.full((3, 2), 9.0))
    result = step(now, Before(np.ones((3, 1))), Shocks(np.array([[-1.0], [0.0], [1.0]])), Parameters(0.3))
    level = np.exp([-0.3, 0.0, 0.3])[:, np.newaxis]
    assert np.allclose(result.aid_military_eur, level * ones, rtol=1e-14)
    assert np.allclose(result.aid_of_european_donors_outside_eur, 4.0 * level + 7.0, rtol=1e-14)
    assert np.allclose(result.aid_military_outside_eur, 3.0 * level + 7.0, rtol=1e-14)
    assert not result.aid_from_defence_spending_constant_usd.any()
    assert np.array_equal(result.donated_equipment[1], 0.5 * result.aid_military_eur)
    assert not result.donated_equipment[0].any()


def test_equipment_goes_with_aid_as_it_did() -> None:
    """A euro from stocks takes what the release's list holds for one, at the last year's part from stocks."""
    held = tracker(DAY)
    base = aid_base(held)
    assert round(base.from_stocks, 3) == 0.066
    pieces = dict(zip(axis_classes(), base.equipment_per_eur, strict=True))
    stocks = sum(row.allocated for row in held.routes if row.route == "stockpile")
    assert pieces["tanks"] == pytest.approx(base.from_stocks * 884 / stocks)
    assert pieces["tube_artillery"] == pytest.approx(base.from_stocks * 977 / stocks)
    assert pieces["submarines"] == pieces["long_range_air_defence_batteries"] == 0.0


def test_the_error_is_that_of_the_naive_forecast() -> None:
    """The size of the error is recomputed from the months of all donors by the formula that it states."""
    months = np.array(list(tracker(DAY).series().values()), dtype=float)
    sums = np.convolve(months, np.ones(12), mode="valid")
    errors = np.log(sums[12:] / sums[:-12])
    assert len(errors) == 29
    size = FOLDER.component("aid")["year_error"].value
    assert size == pytest.approx(math.sqrt(np.mean(errors**2)), abs=5e-5)


def test_a_comparison_gives_the_other_scenario_the_aid_of_the_last_year(ledger: Ledger) -> None:
    """Against a scenario that does not name aid, what a lever does is shown draw by draw."""
    pair = resolve_alike("baseline", "baseline", STOPS, as_of=DAY, ledger=ledger)
    found = compare_resolved(*pair, draws=20, seed=1)
    us = found.differences["aid_of_united_states_eur"]
    assert us.median[1] < 0.0
    assert us.median[0] == 0.0
    assert found.differences["aid_of_europe_eur"].median[-1] == 0.0
    assert {change.name for change in found.changes} == {"donors"}
    neither = compare_resolved(*resolve_alike("baseline", "baseline", {}, as_of=DAY, ledger=ledger), draws=5)
    assert not set(MEASURES) & set(neither.differences)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("donors", {"USA": {"factor": -1.0, "from": 2027}}, "factor = -1"),
        ("donors", {"USA": {"factor": 1.0}}, "from"),
        ("donors", {"Atlantis": {"factor": 1.0, "from": 2027}}, "Atlantis"),
        ("common_fund", {"amount_eur": 60, "from": 2026, "until": 2027}, "write 60e9"),
        ("common_fund", {"amount_eur": 60e9, "from": 2028, "until": 2027}, "swap"),
        ("inside_budget", 2, "inside_budget = 2"),
    ],
)
def test_a_lever_that_cannot_be_is_refused(ledger: Ledger, key: str, value: Any, words: str) -> None:
    """A factor below nought or without a year, an unknown donor and a fund in billions are refused."""
    with pytest.raises((ScenarioError, UnknownNameError), match=words):
        _resolve(ledger, {f"levers.aid.{key}": value})


def test_a_country_that_gives_nothing_is_no_donor(ledger: Ledger) -> None:
    """A factor on a country that has no entry in the release is refused."""
    with pytest.raises(UnknownNameError, match="BRA"):
        _resolve(ledger, {"levers.aid.donors": {"BRA": {"factor": 2.0, "from": 2027}}})


def test_before_the_first_release_nothing_is_known_of_aid(ledger: Ledger) -> None:
    """As of a day before any release that is held, a scenario that names aid is refused."""
    with pytest.raises(NoDataError, match="2026-08-04"):
        resolve("baseline", as_of=date(2026, 6, 1), ledger=ledger, changes={"levers.aid": {}})


def test_every_donor_has_a_region(ledger: Ledger) -> None:
    """Türkiye and Canada give outside Europe, and the institutions of the EU are no country of the chain."""
    resolved = _resolve(ledger, {"levers.aid": {}})
    regions = {row[0]: row[1] for row in resolved.aid.base}
    assert regions["TUR"] == regions["CAN"] == "other_donors"
    assert regions["EUI"] == "eu_institutions"
    assert "EUI" not in resolved.countries
    assert all(region_of(code) == region for code, region in regions.items())
