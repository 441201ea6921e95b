"""Published numbers, read from the record or worked out from it."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from foedus.evidence import Ledger
from foedus.forces.apportionment import Sharing, apportion
from foedus.forces.force_model import tiers
from foedus.forces.forward import battlegroup_totals, forward_forces, strength_on
from foedus.forces.prices import class_prices, euro_in_usd, orders
from foedus.forces.production import production_rates
from foedus.forces.requirement import Need, Requirement, find_requirement, shipped_requirements
from foedus.forces.result import Apportionment
from foedus.forces.spending_side import dutch_money, more_money
from foedus.forces.statements import statements
from foedus.forces.studies import per_brigade, study_items
from foedus.forces.us_checks import doubled_periods
from foedus.forces.us_forces import us_forces

NAMED = frozenset({"ITA", "TUR"})
"""Whose rows were first known to be doubled in the counts of 2025."""


@cache
def _ledger() -> Ledger:
    return Ledger.packaged()


@cache
def _land(rule: str, who: str = "europe") -> Apportionment:
    sharing = Sharing(rule=rule, who=who)  # type: ignore[arg-type]
    return apportion("replace-us-land-2025", sharing, ledger=_ledger())


def test_eight_battlegroups_on_28_june_2022() -> None:
    """On 28 June 2022 eight battlegroups had 9,641 troops, in the parts that NATO's press office gave."""
    total, parts = strength_on(date(2022, 6, 28), "battlegroup")
    assert total == 9641
    assert {p.host: p.strength for p in parts} == {
        "BGR": 968,
        "EST": 1430,
        "HUN": 900,
        "LVA": 1887,
        "LTU": 1632,
        "POL": 1033,
        "ROU": 1148,
        "SVK": 643,
    }
    assert all(p.source and p.known == "press" for p in parts)


def test_forward_forces_are_those_known_by_a_day() -> None:
    """As of 2021 no strength of 2022 is known; as of June 2025 the German brigade of 2027 is a plan."""
    assert all(f.public <= date(2021, 1, 1) for f in forward_forces(date(2021, 1, 1)))
    assert [total for _, total, _ in battlegroup_totals(date(2021, 1, 1))] == [4000]
    plans = {
        f.strength for f in forward_forces(date(2025, 6, 30)) if f.known == "announced" and f.host == "LTU"
    }
    assert plans == {2000, 4800}


def test_us_forces_of_december_2025() -> None:
    """Europe has 68,260 with two hosts mended, and 68,063 with four small ones that are doubled alike."""
    counts = us_forces(date(2025, 12, 31))
    assert counts.total_mending(NAMED) == 68_260
    assert counts.total == 68_063
    assert counts.mended == ("BIH", "CZE", "ITA", "MKD", "ROU", "TUR")
    hosts = {host: counts.persons(host) for host in ("DEU", "ITA", "GBR")}
    assert hosts == {"DEU": 36_436, "ITA": 12_662, "GBR": 10_156}


def test_doubled_periods_are_told_by_those_beside_them() -> None:
    """The sums of 2007 to 2009 show that 2008 stands twice; second quarters to 2021 are left out."""
    check = doubled_periods({"2007": 102_203, "2008": 164_870, "2009": 73_152, "2010": 68_719})
    assert not check.passed
    assert [row["year"] for row in check.rows] == ["2008"]
    quarters = {"2015Q4": 77_663, "2016Q1": 79_974, "2016Q2": 143_172, "2016Q3": 78_429}
    assert [row["year"] for row in doubled_periods(quarters).rows] == ["2016Q2"]
    known = {us_forces(day).day for day in (date(2016, 3, 31), date(2025, 6, 30))}
    assert len(known) == 2
    assert us_forces(as_of=date(2016, 9, 15)).day == date(2016, 3, 31)


def test_a_brigade_of_the_study() -> None:
    """Each of fifty brigades has 6,000 persons, 28 tanks, 40 vehicles and 14 guns."""
    assert per_brigade("bruegel-kiel-2025") == {
        "persons": 6000,
        "tanks": 28,
        "infantry_fighting_vehicles": 40,
        "tube_artillery": 14,
    }


def test_shipped_requirements_are_those_of_the_record() -> None:
    """Every number of a shipped requirement stands in the record of its study or of the force model."""
    for name in shipped_requirements():
        need = find_requirement(name)
        items = {key: item.value for key, item in study_items(need.study).items()}
        if name == "force-model":
            items = {"persons": float(sum(tier.persons for tier in tiers()))}
            assert need.needs["persons"].within_days == {t.days_to: t.persons for t in tiers()}
        assert {key: items[key] for key in need.required()} == need.required()
        for key, entry in need.needs.items():
            assert entry.existing is None or entry.existing == items[f"{key}_in_{entry.existing_year}"]


def test_the_study_s_money_against_gdp() -> None:
    """Of the EU's GDP of 2024, 1.5 % is EUR 270 bn, and 328 with the United Kingdom and Norway."""
    assert more_money(_ledger(), 2024) == pytest.approx((270.3e9, 328.5e9), rel=1e-3)
    assert study_items("bruegel-kiel-2025")["spending_more_a_year"].value == 250e9
    assert euro_in_usd(_ledger(), 2024) == pytest.approx(1.082, abs=1e-3)


@pytest.mark.parametrize(
    ("rule", "who", "country", "part"),
    [
        ("gdp", "europe", "DEU", 58_000),
        ("gdp", "europe-canada", "DEU", 53_300),
        ("population", "europe", "DEU", 41_700),
        ("gdp", "europe", "NLD", 15_300),
        ("population", "europe", "NLD", 9_000),
    ],
)
def test_parts_of_300_000(rule: str, who: str, country: str, part: int) -> None:
    """Of 300,000 an ally's part by a rule, to three figures."""
    row = next(r for r in _land(rule, who).rows if r.country == country)
    assert row.parts["persons"] == pytest.approx(part, rel=5e-3)


def test_statements_held_against_the_rules() -> None:
    """GDP is within 13 % of both statements; population is 24 and 49 % off their middles."""
    said = {s.statement.country: s for s in _land("gdp").said}
    assert (said["DEU"].statement.low, said["DEU"].statement.high) == (50_000, 60_000)
    assert said["DEU"].off("population") == pytest.approx(-0.24, abs=0.005)
    assert said["NLD"].off("population") == pytest.approx(-0.485, abs=0.005)
    assert abs(said["DEU"].off("gdp")) < 0.13
    assert abs(said["NLD"].off("gdp")) < 0.13
    assert statements(date(2025, 1, 1)) == ()


def test_the_dutch_sum_is_no_apportionment() -> None:
    """EUR 16 to 19 bn is 1.5 % of GDP, 16.8 in 2024 and 17.7 in 2025; sharing 250 bn gives 11.7 to 13.7."""
    money = dutch_money(_ledger())
    assert money.said == (16e9, 19e9)
    assert {y: round(v / 1e9, 1) for y, v in money.of_gdp.items()} == {2024: 16.8, 2025: 17.7}
    low, high = min(money.shared.values()), max(money.shared.values())
    assert (round(low / 1e9, 1), round(high / 1e9, 1)) == (11.7, 13.7)


def test_orders_and_prices() -> None:
    """Two orders of Leopards cost 29.2 and 27.9 m each, and only brigades have an assumed price."""
    assert [round(o.unit_price / 1e6, 1) for o in orders("tanks")] == [29.2, 27.9]
    prices = class_prices(_ledger())
    assert len(prices) == 10
    assert {name for name, price in prices.items() if price.grade == "assumed"} == {"manoeuvre_brigades"}
    assert all(p.low <= p.middle <= p.high for p in prices.values())


def test_production_is_kept_apart_by_kind() -> None:
    """As of 2023 the rate of a later year is unknown, and a goal is no rate."""
    rates = production_rates("shells_155mm", date(2023, 1, 1))
    assert {r.rate_per_year for r in rates if r.kind == "actual"} == {174_000, 65_000}
    assert all(r.kind in {"target", "projection"} for r in rates if r.day > date(2023, 1, 1))


def test_the_press_report_s_lists() -> None:
    """82 to 131 brigades, 24 to 38 staffs, 6 to 15 corps and 293 to 1,467 air-defence units."""
    needs = find_requirement("press-minimum-2024").needs
    pairs = {name: (entry.existing, entry.required) for name, entry in needs.items()}
    assert pairs == {
        "manoeuvre_brigades": (82, 131),
        "corps": (6, 15),
        "division_staffs": (24, 38),
        "air_defence_units": (293, 1467),
        "helicopter_units": (90, 104),
    }


def test_a_requirement_is_public_from_a_day() -> None:
    """A study of February 2025 cannot be shared as of 2024."""
    from foedus.errors import InputError

    with pytest.raises(InputError, match="2025-02-21"):
        apportion("replace-us-land-2025", as_of=date(2024, 10, 1), ledger=_ledger())
    earlier = apportion("force-model", as_of=date(2024, 10, 1), ledger=_ledger())
    assert earlier.year == 2023
    assert earlier.editions[0] == "imf-weo-2024-04"


def test_the_documents_name_what_they_are_about() -> None:
    """The catalogue's page lists every class, and the page on forces holds the figures of the rules."""
    from pathlib import Path

    from foedus.forces.classes import axis_classes, equipment_classes

    docs = Path(__file__).parents[2] / "docs"
    catalogue = (docs / "reference/catalogue.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` | {entry.label}" in catalogue for name, entry in equipment_classes().items())
    assert len(axis_classes()) == 10
    page = (docs / "explanation/forces.md").read_text(encoding="utf-8")
    for country in ("DEU", "NLD"):
        said = next(s for s in _land("gdp").said if s.statement.country == country)
        for rule, part in said.parts.items():
            assert f"{part:,.0f} ({100 * said.off(rule):+.0f} %)".replace("-", "\u2212") in page


def test_a_plan_that_replaces_an_ally_s_forces_does_not_ask_it() -> None:
    """The United States takes no part in replacing its own forces, and the answer says so."""
    result = _land("gdp", "allies")
    assert "USA" not in {row.country for row in result.rows}
    assert len(result.rows) == 31
    assert any("does not ask the United States" in note for note in result.notes)


def test_a_requirement_of_nought_gives_noughts() -> None:
    """What is not required is not shared, whatever class it is of."""
    need = Requirement(title="Nothing", needs={name: Need(required=0.0) for name in ("tanks", "persons")})
    result = apportion(need, ledger=_ledger())
    assert {value for row in result.rows for value in row.parts.values()} == {0.0}
    assert result.money == 0.0
    assert result.chart("rules").summary
    assert result.headline()
