"""Forces in a scenario: what runs when, what is kept, what is refused, and prices."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.dashboard.state import check_shipped
from foedus.engine.blocks import Block, map_blocks
from foedus.errors import FoedusError, InputError, ScenarioError
from foedus.evidence import Ledger
from foedus.forces.classes import axis_classes
from foedus.forces.closing import AT_HORIZON, BY_YEAR, COUNTED, LIMITS, Closing
from foedus.forces.equations import TENTH
from foedus.forces.holdings import import_holdings
from foedus.forces.list_prices import constant_prices, price_spread
from foedus.forces.parameters import FOLDER
from foedus.forces.prices import orders
from foedus.forces.production import production_rates
from foedus.forces.section import COMPONENTS, GAP, GAP_BY_ALLY, MEASURES
from foedus.forces.yearly import split_by_country
from foedus.runs.execute import run_resolved
from foedus.runs.outcome import outcome, outcome_in_years
from foedus.runs.result import Run
from foedus.scenario import Resolved, resolve
from foedus.scenario.resolved import section_kinds

DAY = date(2026, 11, 1)
LEDGER = Ledger.packaged()
LAND = {"levers.plans.requirement": "replace-us-land-2025"}
DRAWS = 600


def resolved(
    changes: dict[str, Any] | None = None, scenario: str = "baseline", horizon: int = 2030
) -> Resolved:
    """Return a scenario that names a requirement, with other keys where given."""
    return resolve(scenario, as_of=DAY, ledger=LEDGER, changes={**LAND, **(changes or {})}, horizon=horizon)


@pytest.fixture(autouse=True, scope="module")
def no_holdings(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Keep the user's own tables out of every test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOEDUS_DATA", str(tmp_path_factory.mktemp("none")))
        yield


@pytest.fixture(scope="module")
def named() -> Resolved:
    """Return the baseline with a requirement."""
    return resolved()


@pytest.fixture(scope="module")
def kept(named: Resolved, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a run of it."""
    return run_resolved(named, draws=DRAWS, out=tmp_path_factory.mktemp("runs") / "run", workers=2)


def test_without_a_requirement_nothing_of_forces_runs() -> None:
    """A scenario that names none reads nothing that forces write, so that their components do not run."""
    plain = resolve("baseline", as_of=DAY, ledger=LEDGER, horizon=2030)
    part = {c.name for c in plain.problem().needed_part(plain.needed())}
    assert part.isdisjoint({"industry", "forces", "readiness"})
    assert plain.forces == type(plain.forces).neutral(plain.countries)
    assert set(MEASURES).isdisjoint(plain.measure_names())
    used = {name.partition(".")[0] for name in plain.parameters_in_use()}
    assert used.isdisjoint(COMPONENTS)
    assert set(COMPONENTS) <= {name.partition(".")[0] for name in plain.parameters}


def test_a_requirement_moves_no_other_number(named: Resolved) -> None:
    """Shares, GDP and measures are the same to the bit whether a scenario names a requirement or not."""
    plain = resolve("baseline", as_of=DAY, ledger=LEDGER, horizon=2030)
    one, two = (outcome(r, draws=40) for r in (plain, named))
    for name, values in one.measures.items():
        assert np.array_equal(values, two.measures[name]), name
    for name, values in one.quantities.items():
        assert np.array_equal(values, two.quantities[name], equal_nan=True), name


def test_a_scenario_of_before_opens_without_forces(named: Resolved) -> None:
    """What was kept before the room came has its neutral section; what has one comes back as it was."""
    content = resolve("baseline", as_of=DAY, ledger=LEDGER, horizon=2030).to_json()
    del content["forces"]
    assert Resolved.from_json(content).forces == section_kinds()["forces"].neutral(named.countries)
    assert Resolved.from_json(named.to_json()).canonical() == named.canonical()


def test_all_of_the_chain_runs_where_somebody_reads_everything() -> None:
    """The neutral inputs give numbers everywhere: nothing is ordered, held, asked for or missing."""
    plain = resolve("baseline", as_of=DAY, ledger=LEDGER, horizon=2028)

    def last(block: Block) -> dict[str, Any]:
        *_, (_, state) = block.years()
        return dict(state)

    (state,) = map_blocks(last, plain.problem(), draws=500, seed=1)
    for name in ("equipment_ordered_since_start", "equipment_stock", "equipment_missing", GAP_BY_ALLY):
        assert not np.any(state[name])


def test_the_gap_is_kept_by_ally_and_draw(kept: Run, named: Resolved) -> None:
    """The gap's parts add up to the whole in every draw, and those that are not asked bear none."""
    last = kept.years[-1]
    by_ally = kept.draws(GAP_BY_ALLY, year=last)
    whole = kept.draws(GAP, year=last)
    assert np.allclose(by_ally.sum(axis=1), whole, rtol=1e-6)
    strangers = [i for i, code in enumerate(named.countries) if code not in named.forces.asked]
    assert not by_ally[:, strangers].any()
    assert {named.countries[i] for i in strangers} == {"CAN", "USA"}
    assert (whole > 0.0).all()


def test_years_of_closing_are_kept_by_draw(kept: Run, named: Resolved) -> None:
    """The shares that a run prints are those of the draws that it keeps; an open class has no year."""
    used = named.classes_in_use()
    assert used == tuple(n for n in axis_classes() if n in {*named.forces.classes_in_use()})
    read = {name: np.stack([kept.at_horizon(name, k) for k in used]) for name in AT_HORIZON}
    closing = Closing.of(read, used, used, kept.years)
    shares = kept.summary.shares_by_class
    assert set(shares) == set(COUNTED)
    for k, name in enumerate(used):
        assert np.allclose(shares["gap_is_closed"][name], closing.share_closed_by()[1:, k])
        for limit in LIMITS:
            assert np.isclose(shares[f"held_up_by_{limit}"][name][-1], closing.share_limited()[limit][k])
    assert np.isnan(closing.year).any()
    assert set(np.unique(closing.year[closing.is_closed])) <= set(map(float, kept.years[1:]))


def test_quantiles_by_class_are_those_of_the_draws(kept: Run, named: Resolved) -> None:
    """What a run keeps of a class by year are the quantiles over its draws, and nothing by draw."""
    spreads = kept.summary.by_class
    assert set(spreads) == set(BY_YEAR)
    assert set(BY_YEAR).isdisjoint(kept.manifest["arrays"])
    drawn = outcome(named, draws=DRAWS)
    for name in BY_YEAR:
        for of_class, spread in spreads[name].items():
            values = drawn.by_class[name][:, :, named.classes.index(of_class)].astype(float)
            assert np.allclose(spread.median, np.quantile(values, 0.5, axis=1))
            assert np.allclose(spread.low, np.quantile(values, 0.1, axis=1))


def test_workers_change_no_bit(kept: Run, named: Resolved, tmp_path: Path) -> None:
    """One worker writes the same arrays and the same headline as two."""
    one = run_resolved(named, draws=DRAWS, out=tmp_path / "one", workers=1)
    assert one.manifest["content_sha256"] == kept.manifest["content_sha256"]
    assert one.summary == kept.summary


def test_many_draws_lie_on_the_disk(named: Resolved, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws that memory shall not hold give the same headline from files without names."""
    import foedus.runs.outcome as module

    monkeypatch.setattr(module, "IN_MEMORY", 10)
    spilled = outcome_in_years(named, draws=40, seed=1, shown_in={0, len(named.years) - 1})
    monkeypatch.undo()
    assert spilled.summary == outcome(named, draws=40).summary


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"levers.industry.production.factor": 0.0}, "not above 0"),
        ({"levers.industry.production.factor": -1.0}, "not above 0"),
        ({"levers.industry.production.from": 2040}, "production cannot begin"),
        ({"levers.forces.split": {"tanks": 0.5}}, "adds up to 0.5"),
        ({"levers.forces.split": {"tanks": 1.5, "submarines": -0.5}}, "fractions"),
        ({"levers.forces.split": {"persons": 1.0}}, "nobody prices"),
        ({"levers.forces.split": {"tankz": 1.0}}, "tanks"),
        ({"levers.forces.us_in_europe": {2031: 1000}}, "US forces cannot be set for 2031"),
        ({"levers.forces.us_in_europe": {2025: 1000}}, "the record reaches to 2025"),
        ({"levers.forces.us_in_europe": {"soon": 1000}}, "not a year"),
        ({"levers.forces.us_in_europe": 1000}, "persons by year"),
        ({"levers.forces.us_in_europe": {2028: -1}}, "persons"),
        ({"levers.plans.requirement": "no-such"}, "no-such"),
        ({"levers.plans.requirement": "force-model"}, "bought by the piece"),
        ({"uncertainties.lead_time": 0.0}, "lead time 0"),
        ({"uncertainties.lead_time": {"tanks": 40}}, "lead time 40"),
        ({"uncertainties.availability": 60}, "write 0.6"),
        ({"uncertainties.availability": True}, "availability"),
        ({"uncertainties.cost_growth": 30.0}, "write 1.3"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(changes: dict[str, Any], words: str) -> None:
    """A key that cannot be used is named with what to do."""
    with pytest.raises(FoedusError, match=words) as caught:
        resolved(changes)
    assert len(str(caught.value).splitlines()) == 1


def test_a_class_that_nobody_prices_is_named(tmp_path: Path) -> None:
    """As of a day on which no order of a class was public, a requirement that asks for it is refused; one
    that was not public itself is refused for that."""
    own = tmp_path / "own.yaml"
    own.write_text("title: Own\nquestion: Q?\nneeds: {tanks: 10}\n", encoding="utf-8")
    early = {"as_of": date(2023, 4, 30), "ledger": LEDGER}
    with pytest.raises(ScenarioError, match="no price of tanks was public"):
        resolve("baseline", **early, changes={"levers.plans.requirement": str(own)})
    with pytest.raises(InputError, match="was public on 2025-02-21, after 2023-04-30"):
        resolve("baseline", **early, changes=LAND)


def test_a_number_is_said_once() -> None:
    """The same number as a belief and as a parameter is refused."""
    twice = {"uncertainties.availability": 0.5, "parameters.readiness.tanks": 0.5}
    with pytest.raises(ScenarioError, match=r"readiness\.tanks is given both"):
        resolved(twice)


def test_keys_without_a_requirement_are_noted() -> None:
    """Levers of forces in a scenario without a requirement change nothing, and a note says so."""
    plain = resolve("baseline", as_of=DAY, ledger=LEDGER, changes={"levers.industry.common_orders": True})
    assert "levers.industry" in next(note.text for note in plain.notes if note.step == "forces")


def test_beliefs_are_exact(named: Resolved) -> None:
    """What is believed has no spread: lead times, availability and the growth of cost."""
    sure = resolved(
        {
            "uncertainties.lead_time": {"tanks": 2.5},
            "uncertainties.availability": 0.5,
            "uncertainties.cost_growth": 1.3,
        }
    )
    inputs = sure.forces.inputs(2028, sure.parameters)
    k = axis_classes().index("tanks")
    lead = (inputs.lead_time_low, inputs.lead_time_middle, inputs.lead_time_high)
    assert [float(v[k, 0, 0]) for v in lead] == [2.5, 2.5, 2.5]
    assert float(inputs.lead_time_low[k + 1, 0, 0]) < float(inputs.lead_time_high[k + 1, 0, 0])
    assert inputs.cost_growth_low == inputs.cost_growth_high == 1.3
    # What a source asks for on top of what is held is counted as it stands.
    assert float(inputs.availability_middle[k, 0, 0]) == 1.0
    assert named.forces.counted_by[k] == "on top"


def test_us_forces_keep_their_hosts() -> None:
    """US persons stand with hosts as in the last record, before the first year that is named too."""
    fewer = resolved({"levers.forces.us_in_europe": {2028: 30000, 2030: 10000}})
    record = np.array(fewer.forces.us_by_host)
    years = (2027, 2028, 2029, 2030)
    by_year = {y: fewer.forces.inputs(y, fewer.parameters).us_forces_in_europe for y in years}
    assert np.array_equal(by_year[2027], record)
    assert np.allclose(by_year[2029], by_year[2028])
    assert math.isclose(by_year[2028].sum(), 30000.0)
    assert math.isclose(by_year[2030].sum(), 10000.0)
    assert np.allclose(by_year[2030] / 10000.0, record / record.sum())


def test_a_split_keeps_ships_from_the_land_locked() -> None:
    """Every asked country's parts add up to one, and one without a coast buys no ships."""
    halves = resolved({"levers.forces.split": {"tanks": 0.5, "submarines": 0.5}})
    parts = split_by_country(halves.forces)[:, 0]
    asked = [code in halves.forces.asked for code in halves.countries]
    assert np.allclose(parts.sum(axis=0), np.array(asked, dtype=float))
    czech = halves.countries.index("CZE")
    assert parts[axis_classes().index("submarines"), czech] == 0.0
    assert parts[axis_classes().index("tanks"), czech] == 1.0


def test_an_applicant_without_holdings_is_named() -> None:
    """An applicant of whom no count is known is named, and holds nothing until it buys."""
    joins = resolved(
        {"levers.plans.requirement": "replace-us-land-2025"}, scenario="ukraine-accedes", horizon=2035
    )
    texts = [note.text for note in joins.notes if note.step == "forces"]
    assert any("Ukraine: no holdings are known of this applicant" in text for text in texts)


def test_without_holdings_nothing_is_guessed(named: Resolved) -> None:
    """Where none were imported the start is empty, and what counts and what is not known is said."""
    assert not np.any(named.forces.stock)
    texts = " ".join(note.text for note in named.notes if note.step == "forces")
    assert "on top of what allies hold" in texts
    assert "Persons are asked for and not bought" in texts
    report = resolved({"levers.plans.requirement": "press-minimum-2024"})
    k = axis_classes().index("manoeuvre_brigades")
    assert report.forces.required[k] == 131.0 - 82.0
    assert report.classes_in_use() == ("manoeuvre_brigades",)
    assert math.isnan(report.forces.required[k + 1])


def test_both_orders_of_tanks_lie_in_the_interval() -> None:
    """18 tanks for EUR 525 m and 105 for 2.93 bn, in constant dollars, lie in the price's middle 80 %."""
    price = constant_prices(LEDGER.as_of(DAY), 2021)["tanks"]
    spread = float(FOLDER.component("industry")["unit_price_spread"].value)  # type: ignore[arg-type]
    low, high = (price.middle * math.exp(side * TENTH * spread) for side in (-1.0, 1.0))
    said = [(order.quantity, order.total) for order in orders("tanks", DAY)]
    assert said == [(18, 525e6), (105, 2.93e9)]
    assert len(price.each) == 2
    assert all(low < each < high for each in price.each)
    # 29.2 and 27.9 million euros: the ratio of the two in constant prices is theirs less a year's inflation.
    assert 1.0 < price.each[0] / price.each[1] < 1.15


def test_the_spread_of_prices_is_that_of_the_record() -> None:
    """The estimated spread is the pooled standard deviation of logarithms over the orders on record."""
    parameter = FOLDER.component("industry")["unit_price_spread"]
    assert parameter.grade == "estimated"
    spread = price_spread(constant_prices(LEDGER.as_of(DAY), 2021))
    assert math.isclose(spread, float(parameter.value), abs_tol=0.005)  # type: ignore[arg-type]


def test_measured_capacity_is_that_of_the_record() -> None:
    """The one capacity that is called measured is the last rate on record that was made."""
    measured = {n: p for n, p in FOLDER.component("capacity_us").items() if p.grade == "measured"}
    rates = production_rates("shells_155mm", DAY)
    made = [r for r in rates if r.kind == "actual" and r.producer == "USA"]
    assert {n: p.value for n, p in measured.items()} == {"shells_155mm": made[-1].rate_per_year}


@pytest.mark.parametrize(
    "component", ["capacity", "capacity_us", "capacity_growth", "ramp", "lead_time", "retirement", "crew"]
)
def test_every_class_has_its_numbers(component: str) -> None:
    """Each file of numbers by class names the ten classes in their order and nothing else."""
    assert tuple(FOLDER.component(component)) == axis_classes()


def test_no_file_is_read_from_a_path_for_a_stranger(tmp_path: Path) -> None:
    """A server takes requirements and decisions that ship, by whichever key they are named, and no path."""
    path = tmp_path / "own.yaml"
    path.write_text("title: t\nneeds: {tanks: 1}\n", encoding="utf-8")
    check_shipped("baseline", LAND)
    asked = {"kind": "invitation", "decision": str(path), "year": 2030}
    for kind, changes in (
        ("requirement", {"levers.plans.requirement": str(path)}),
        ("requirement", {"levers.plans": {"requirement": str(path)}}),
        ("decision", {"levers.questions": [asked]}),
        ("decision", {"levers": {"questions": [asked]}}),
    ):
        with pytest.raises(FoedusError, match=kind):
            check_shipped("baseline", changes)
    check_shipped("baseline", {"levers.questions": [{**asked, "decision": "invite-ukraine"}]})


def test_imported_holdings_count_for_those_that_are_asked(own_data: Path) -> None:
    """What was imported stands at the start for those that are asked; who has no count is named."""
    table = own_data / "made.csv"
    rows = "DEU,tanks,300,2024-12-31,made for a test\nUSA,tanks,5000,2024-12-31,made for a test\n"
    table.write_text(f"country,class,count,day,source\n{rows}", encoding="utf-8")
    import_holdings(table)
    held = resolved()
    k = axis_classes().index("tanks")
    assert held.forces.counted_by[k] == "holdings"
    assert held.forces.start_held[k] == 300.0
    low, high = held.forces.availability_range[k]
    assert low < high
    texts = " ".join(note.text for note in held.notes if note.step == "forces")
    assert "no count of Albania" in texts
    assert "the least that it can be" in texts
