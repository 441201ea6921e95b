"""Plans and reinforcement in the chain: what arrives of what is ready, and runs without a requirement."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from foedus.engine.component import needed_part
from foedus.evidence import Ledger
from foedus.forces import plans
from foedus.reinforcement import arrivals
from foedus.reinforcement.fixed_routes import CLASSES, FixedRoutes
from foedus.reinforcement.section import MEASURES
from foedus.scenario.chain import CHAIN
from foedus.scenario.resolve import resolve
from foedus.scenario.resolved import Resolved

LEDGER = Ledger.packaged()
DAY = date(2026, 11, 1)
NAMED: dict[str, Any] = {"levers.plans.requirement": "replace-us-land-2025"}

LINE = FixedRoutes(
    arcs=(("rail", 3, 10.0, 10.0, 10.0),),
    legs=((0, 1, (0,), (0.0, 1.0), (0.0, 1.0)),),
    through=(150.0, 0.0),
    sinks=(1,),
    total=150.0,
    releases=((0, 10, 0, 1.0), (0, 30, 1, 1.0)),
)
"""One arc of three days and ten pieces a day."""

DRAWS = 3
NOBODY = np.zeros((DRAWS, 1))


def shocks(**terms: float) -> arrivals.Shocks:
    """Return the terms of all draws, zero where none is given."""
    names = [*(f"{name}_throughput_error" for name in CLASSES), "pieces_per_person_error"]
    return arrivals.Shocks(**{name: np.full((DRAWS, 1), terms.get(name, 0.0)) for name in names})


def now(ten: float = 100.0, thirty: float = 150.0, **more: Any) -> arrivals.Now:
    """Return a year in which a plan asks for 200 land troops of whom so many are ready, a piece each."""
    values: dict[str, Any] = {
        "plan_persons_required_in_10_days": np.full((DRAWS, 1), 100.0),
        "plan_persons_required_in_30_days": np.full((DRAWS, 1), 200.0),
        "plan_persons_required_in_180_days": np.full((DRAWS, 1), 200.0),
        "plan_persons_ready_in_10_days": np.full((DRAWS, 1), ten),
        "plan_persons_ready_in_30_days": np.full((DRAWS, 1), thirty),
        "reinforcement_routes": LINE,
        "reinforcement_is_worked_out": 1.0,
        "land_part_of_persons": 1.0,
        **{f"pieces_per_person_{end}": 1.0 for end in ("low", "middle", "high")},
    }
    return arrivals.Now(**values | more)


START = arrivals.Before(*(np.zeros(1) for _ in range(5)))


def test_a_line_answers_as_by_hand() -> None:
    """A hundred leave on day 10 at ten a day over three days, fifty on day 30: 0, 100, 150 have arrived."""
    result = arrivals.step(now(), START, shocks(), arrivals.Parameters())
    assert result.land_persons_arrived_in_10_days.ravel().tolist() == [0.0] * DRAWS
    assert result.land_persons_arrived_in_30_days.ravel() == pytest.approx([100.0] * DRAWS)
    assert result.land_persons_arrived_in_180_days.ravel() == pytest.approx([150.0] * DRAWS)
    assert result.land_persons_short_in_10_days.ravel() == pytest.approx([100.0] * DRAWS)
    assert result.land_persons_short_in_30_days.ravel() == pytest.approx([100.0] * DRAWS)
    assert result.land_persons_short_in_180_days.ravel() == pytest.approx([50.0] * DRAWS)


def test_pieces_and_land_part_turn_persons_into_load_and_back() -> None:
    """With two pieces a person and half of them land forces, 100 persons are 100 pieces and 50 troops."""
    pieces = {f"pieces_per_person_{end}": 2.0 for end in ("low", "middle", "high")}
    given = now(100.0, 100.0, land_part_of_persons=0.5, **pieces)
    result = arrivals.step(given, START, shocks(), arrivals.Parameters())
    assert result.land_persons_arrived_in_30_days.ravel() == pytest.approx([50.0] * DRAWS)


def test_the_last_curve_stands_in_other_years() -> None:
    """In a year without new arrivals they are last year's, and the shortfall is this year's."""
    before = arrivals.Before(
        NOBODY, NOBODY, np.full((DRAWS, 1), 7.0), np.full((DRAWS, 1), 70.0), np.full((DRAWS, 1), 90.0)
    )
    given = now(reinforcement_is_worked_out=0.0, reinforcement_routes=None)
    result = arrivals.step(given, before, shocks(), arrivals.Parameters())
    assert result.land_persons_arrived_in_30_days.ravel().tolist() == [70.0] * DRAWS
    assert result.land_persons_short_in_30_days.ravel().tolist() == [130.0] * DRAWS


def test_where_the_same_is_ready_the_same_arrives() -> None:
    """What is ready in the same draws as last year is not worked out again, and gives the same to the bit."""
    first = arrivals.step(now(), START, shocks(), arrivals.Parameters())
    carried = arrivals.Before(
        now().plan_persons_ready_in_10_days,
        now().plan_persons_ready_in_30_days,
        first.land_persons_arrived_in_10_days,
        first.land_persons_arrived_in_30_days,
        first.land_persons_arrived_in_180_days,
    )
    again = arrivals.step(now(), carried, shocks(), arrivals.Parameters())
    assert again.land_persons_arrived_in_30_days is first.land_persons_arrived_in_30_days
    more = arrivals.step(now(thirty=200.0), carried, shocks(), arrivals.Parameters())
    assert (more.land_persons_arrived_in_180_days > first.land_persons_arrived_in_180_days).all()


def test_as_many_are_ready_of_a_plan_as_there_are() -> None:
    """Of what a plan asks for no more is ready than exists, and no more is asked for than it says."""
    persons = np.array([[50.0], [500.0]])
    given = plans.Now(100.0, 200.0, 300.0, persons, 2.0 * persons, 4.0 * persons)
    result = plans.step(given, plans.Before(), plans.Shocks(), plans.Parameters())
    assert result.plan_persons_ready_in_10_days.ravel().tolist() == [50.0, 100.0]
    assert result.plan_persons_ready_in_180_days.ravel().tolist() == [200.0, 300.0]
    assert result.plan_persons_required_in_30_days.ravel().tolist() == [200.0, 200.0]


def test_scenarios_without_a_requirement_run_neither_component() -> None:
    """What such a run stores and measures needs neither plans nor reinforcement, and reports none of it."""
    resolved = resolve("baseline", as_of=DAY, ledger=LEDGER)
    assert not set(MEASURES) & set(resolved.measure_names())
    needed = resolved.needed()
    assert needed is not None
    assert not {"plans", "reinforcement"} & {part.name for part in needed_part(CHAIN, needed)}


@pytest.fixture(scope="module")
def named() -> Resolved:
    """Return the baseline with a requirement."""
    return resolve("baseline", as_of=DAY, ledger=LEDGER, changes=NAMED)


def test_a_requirement_is_reported_by_three_days(named: Resolved) -> None:
    """It asks for persons in the Force Model's proportions, and all measures stand in the run's groups."""
    assert named.reinforcement.asked == pytest.approx((37_500.0, 112_500.0, 300_000.0))
    assert named.reinforcement.worked_out == (2027, 2031, 2035)
    assert set(MEASURES) <= set(named.measure_names())
    shown = {name for group in named.measure_groups() for _, name in group.columns}
    assert set(MEASURES) <= shown


def test_a_scenario_with_routes_reads_back_the_same(named: Resolved) -> None:
    """Routes are plain values: written and read they give the same text."""
    assert Resolved.from_json(named.to_json()).canonical() == named.canonical()


def test_a_longer_permit_is_a_lever(named: Resolved) -> None:
    """With a permit of 45 days nobody but hosts' own forces has arrived by day 30; all have by day 180."""
    slow = resolve(
        "baseline", as_of=DAY, ledger=LEDGER, changes=NAMED | {"levers.reinforcement.permit_days": 45.0}
    )
    assert slow.reinforcement.start_arrived[1] < 0.2 * named.reinforcement.start_arrived[1]
    assert slow.reinforcement.start_arrived[2] == pytest.approx(named.reinforcement.start_arrived[2])


def test_a_requirement_without_persons_says_that_nothing_is_worked_out(tmp_path: Any) -> None:
    """A requirement of tanks alone moves nothing, and a note says so."""
    path = tmp_path / "tanks.yaml"
    path.write_text(
        "title: Tanks\nquestion: Who has tanks?\nwho: allies\nneeds:\n  tanks: {required: 100}\n",
        encoding="utf-8",
    )
    resolved = resolve("baseline", as_of=DAY, ledger=LEDGER, changes={"levers.plans.requirement": str(path)})
    assert not resolved.reinforcement.is_named
    assert any("neither persons nor brigades" in n.text for n in resolved.notes if n.step == "reinforcement")
