"""Reading a pledge: the growth it needs, its cost, its odds, and its dated rules."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.analysis.pledge import faster_than_gdp, pledge, required_growth
from foedus.cli.pledge import pledge_command
from foedus.errors import InputError
from foedus.evidence import Ledger
from foedus.scenario import resolve
from foedus.spending.plans import plans_by
from foedus.spending.realisation import realised_part
from foedus.spending.start import start_parts

DAY = date(2026, 6, 1)
NOVEMBER = date(2026, 11, 26)
LEDGER = Ledger.packaged()


def test_from_2_to_3_5_per_cent_in_ten_years() -> None:
    """From 2.0 to 3.5 % of GDP in ten years spending must grow 5.8 % a year faster than GDP."""
    assert round(faster_than_gdp(0.02, 0.035, 10), 3) == 0.058
    assert (
        "5.8 % a year faster than GDP"
        in pledge(target=0.035, by=2035, as_of=DAY, ledger=LEDGER, draws=2).identity
    )


@given(st.floats(0.001, 0.1), st.floats(0.001, 0.1), st.integers(1, 40), st.floats(-0.1, 0.1))
def test_the_identity_holds(share: float, target: float, years: int, growth: float) -> None:
    """Growing at the required rate for so many years gives the target's share, or keeps a higher one."""
    rate = required_growth(share, target, years, growth)
    end = share * ((1.0 + rate) / (1.0 + growth)) ** years
    assert end == pytest.approx(max(share, target), rel=1e-9)


def test_what_is_asked_of_each_ally() -> None:
    """Every ally with forces has a row; who is at the target is asked nothing, and costs add up."""
    found = pledge(as_of=DAY, ledger=LEDGER, draws=500)
    rows = {r.country: r for r in found.rows}
    assert len(rows) == 31
    assert "ISL" not in rows
    assert (found.target, found.deadline, found.start_year, found.years[-1]) == (0.035, 2035, 2025, 2035)
    assert (rows["ESP"].target, rows["DEU"].target) == (0.021, 0.035)
    poland = rows["POL"]
    assert (poland.faster_than_gdp, poland.cost_cumulative, poland.odds_no_change) == (0.0, 0.0, 1.0)
    assert rows["BEL"].faster_than_gdp > rows["DEU"].faster_than_gdp > rows["USA"].faster_than_gdp > 0.0
    assert all(0.0 <= r.odds <= 1.0 for r in found.rows)
    for r in found.rows:
        assert sum(r.cost_by_year) == pytest.approx(r.cost_cumulative)
        assert r.cost_by_year[-1] == r.cost_at_deadline
    assert sum(found.cost_by_year) == pytest.approx(sum(r.cost_cumulative for r in found.rows))
    assert found.skill.measured_at == 10
    levels = {(r.pledge, r.quantity): r.level for r in found.rules}
    assert levels["wales-2014", "equipment_share"] == 0.2
    assert levels["hague-2025", "security_related_share_of_gdp"] == 0.015
    assert rows["POL"].equipment_share > 0.5


def test_the_deadlines_cost_is_the_gap_without_change() -> None:
    """What the path costs in the deadline's year is what is missing there when shares stay."""
    germany = pledge(as_of=DAY, ledger=LEDGER, draws=2, countries=["DEU"]).rows[0]
    resolved = resolve("baseline", as_of=DAY, ledger=LEDGER)
    i = resolved.countries.index("DEU")
    gdp = resolved.spending.gdp_constant_usd[i] * np.prod(
        [1.0 + row[i] for row in resolved.spending.gdp_real_growth_path]
    )
    assert germany.cost_at_deadline == pytest.approx((0.035 - germany.share) * gdp)


def test_a_later_deadline_lengthens_the_run() -> None:
    """A deadline after the scenario's last year is read to that deadline."""
    found = pledge(by=2040, as_of=DAY, ledger=LEDGER, draws=2, countries=["DEU"])
    assert found.years[-1] == 2040
    assert (
        found.rows[0].faster_than_gdp
        < pledge(as_of=DAY, ledger=LEDGER, draws=2, countries=["DEU"]).rows[0].faster_than_gdp
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"target": 3.5}, r"--target: 3.5 is not a share of GDP; write 3.5 % as 0.035"),
        (
            {"by": 2025},
            "--by: the deadline 2025 is not after 2025, the year of the figures; give a year from 2026",
        ),
        ({"by": 2300}, "--by: 2300 is too far ahead; give a year to 2050"),
        (
            {"countries": ["Iceland"]},
            "--country: Iceland has no figure here; `foedus figure` shows any country",
        ),
        ({"countries": ["Austria"]}, "--country: Austria is not an ally on 2026-06-01"),
    ],
)
def test_a_pledge_that_cannot_be_read(options: dict[str, object], message: str) -> None:
    """A target in per cent, a deadline in the past or too far, and who is no ally are refused in one
    sentence."""
    with pytest.raises(InputError, match=message):
        pledge(as_of=DAY, ledger=LEDGER, draws=2, **options)  # type: ignore[arg-type]


def test_growth_needs_a_share_and_a_year() -> None:
    """No rate leads from nothing, or in no time."""
    with pytest.raises(InputError, match="a share that is not above zero has no rate of growth"):
        faster_than_gdp(0.0, 0.02, 3)
    with pytest.raises(InputError, match="--by: no year is left to the deadline"):
        faster_than_gdp(0.01, 0.02, 0)


def test_the_command_prints_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the reading is one object; without it a table, the skill and the notes."""
    pledge_command(country=["DEU"], as_of=DAY, draws=50, json_output=True)
    payload = json.loads(capsys.readouterr().out)
    assert payload["rows"][0]["country"] == "DEU"
    assert payload["skill"]["target"] == "meets"
    pledge_command(country=["DEU"], as_of=DAY, draws=50)
    out = capsys.readouterr().out
    assert "skill of such odds at 2 %, 10 years ahead" in out
    assert "Note (announced_plans)" in out
    assert "hague-2025: up to 1.5 % of GDP on related security (no audited definition, not modelled)" in out
    assert "wales-2014: at least 20.0 % of spending on equipment by 2024" in out


def test_plans_are_dated() -> None:
    """A plan is known from the day it was public, and one weak source alone is passed over."""
    assert plans_by(date(2024, 12, 31)) == []
    assert {(p.country, p.year) for p in plans_by(date(2025, 1, 31))} == {
        ("LTU", 2026),
        ("LTU", 2030),
        ("POL", 2025),
    }
    late = plans_by(date(2026, 11, 1))
    assert {p.known for p in late} == {"press", "retrieved"}
    assert len(plans_by(date(2026, 11, 1), verified=False)) == len(late) + 1


def test_a_scenario_may_pass_plans_over(tmp_path: object) -> None:
    """Plans are followed unless the scenario says no; the run names those it follows."""
    from pathlib import Path

    resolved = resolve("baseline", as_of=DAY, ledger=LEDGER)
    germany = resolved.countries.index("DEU")
    ahead = [(shares[germany], years[germany]) for shares, years in resolved.spending.announced]
    assert ahead[:4] == [(0.035, 2029)] * 4
    assert np.isnan(ahead[4][0])
    assert any(n.step == "announced_plans" and "POL 4.81 % in 2026" in n.text for n in resolved.notes)
    file = Path(str(tmp_path)) / "no-plans.yaml"
    file.write_text("title: T\nquestion: Q?\nextends: baseline\nlevers:\n  announced_plans: false\n")
    without = resolve(str(file), as_of=DAY, ledger=LEDGER)
    assert np.isnan([v for shares, _ in without.spending.announced for v in shares]).all()


def test_parts_come_from_one_edition() -> None:
    """The parts of spending are those of the newest edition that holds them whole; who is blank for the start
    has its last year, by name; before any edition they are unknown."""
    resolved = resolve("baseline", as_of=NOVEMBER, ledger=LEDGER)
    poland, netherlands = (resolved.countries.index(c) for c in ("POL", "NLD"))
    value = LEDGER.figures("equipment_share", year=2026, edition="nato-2026-07").value("POL", 2026)
    assert resolved.spending.equipment_share[poland] == value
    value = LEDGER.figures("other_share", year=2025, edition="nato-2026-07").value("NLD", 2025)
    assert resolved.spending.other_share[netherlands] == value
    note = next(n.text for n in resolved.notes if n.step == "parts")
    assert note.endswith("taken of the last that is whole: NLD 2025, PRT 2025.")
    none = start_parts(LEDGER.edition("imf-weo-2026-04"), ("POL",), 2024)
    assert np.isnan(none.values["equipment_share"]).all()
    assert none.notes[0].step == "parts_left_out"


def test_the_cost_of_a_named_plan() -> None:
    """To 3.5 % in 2029 Germany goes from 119.2 bn to 160.0, 10.3 % a year, and 73.6 bn above 2.69 %."""
    reading = pledge(target=0.035, by=2029, countries=["DEU"], as_of=NOVEMBER, ledger=LEDGER, draws=2)
    (row,) = reading.rows
    assert reading.headline() == (
        "10.3 % a year is the real growth that takes Germany from 2.69 % of GDP in 2026 to 3.5 % by 2029."
    )
    assert reading.answer().beside[0] == (
        "Germany: 119.2 bn dollars (2021 prices) in 2026, 160.0 in 2029, +10.3 % a year; "
        "73.6 bn above 2.69 % of GDP over 2027–29 on a straight line."
    )
    printed = LEDGER.figures("defence_expenditure_constant_usd_2021", edition="nato-2026-07")
    assert row.spending == pytest.approx(printed.value("DEU", 2026), rel=1e-12)
    assert row.spending * (1.0 + row.required_growth) ** 3 == pytest.approx(row.spending_at_deadline)
    estonia = pledge(target=0.035, countries=["EST"], as_of=NOVEMBER, ledger=LEDGER, draws=2)
    assert "it is at 3.5 % already" in estonia.headline()
    assert "the target costs nothing" in estonia.answer().beside[0]


def test_a_goal_of_five_per_cent_is_priced_at_its_core() -> None:
    """Of the 5 % of The Hague 1.5 is wider security, of which no figures are held: the core is priced.
    Another target above 3.5 % is priced whole, and says so; a lower one says nothing."""
    ask = {"countries": ["DEU"], "as_of": NOVEMBER, "ledger": LEDGER, "draws": 2}
    both, core, four = (pledge(target=t, **ask) for t in (0.05, 0.035, 0.04))  # type: ignore[arg-type]
    assert (both.asked, both.target) == (0.05, 0.035)
    assert both.rows == core.rows
    assert (four.asked, four.target) == (0.04, 0.04)
    assert four.rows[0].cost_at_deadline > core.rows[0].cost_at_deadline
    for reading, priced in ((both, "3.5 %"), (four, "4.0 %")):
        text = next(n.text for n in reading.notes if n.step == "core_defence_only")
        assert text.startswith(
            "1.5 % of the 5.0 % of hague-2025 is wider security, of which no figures are held"
        )
        assert text.endswith(f"at {priced} of GDP.")
    assert "core_defence_only" not in {n.step for n in core.notes}
    before = pledge(target=0.05, countries=["DEU"], as_of=date(2024, 7, 1), ledger=LEDGER, draws=2)
    assert before.target == 0.05


def test_plans_stand_beside_what_came_of_them() -> None:
    """An announcement stands beside the print of its year and the part of the way that came."""
    reading = pledge(countries=["EST", "DEU", "USA"], as_of=NOVEMBER, ledger=LEDGER, draws=2)
    plans = {(p.country, p.year, p.share): p for p in reading.plans}
    estonia = plans["EST", 2026, 0.054]
    assert (estonia.printed, estonia.edition) == (0.051, "nato-2026-07")
    assert estonia.before == pytest.approx(0.0343, abs=1e-4)
    assert estonia.realised == pytest.approx(np.log(0.051 / estonia.before) / np.log(0.054 / estonia.before))
    assert plans["DEU", 2029, 0.035].printed is None
    assert plans["DEU", 2029, 0.035].realised is None
    assert plans["USA", None, None].what == "none found"
    earlier = pledge(countries=["EST"], as_of=date(2025, 6, 1), ledger=LEDGER, draws=2)
    assert {p.printed for p in earlier.plans} == {None}


@given(st.floats(0.001, 0.1), st.floats(0.001, 0.1))
def test_a_plan_that_came_true_is_realised_whole(before: float, announced: float) -> None:
    """The part is one where the announced share was printed, nothing where the old one was."""
    if abs(np.log(announced / before)) < 0.02:
        assert realised_part(before, announced, announced) is None
    else:
        assert realised_part(before, announced, announced) == pytest.approx(1.0)
        assert realised_part(before, announced, before) == pytest.approx(0.0)
