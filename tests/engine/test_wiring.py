"""The chain is checked before its first year."""

from __future__ import annotations

from dataclasses import dataclass, fields
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from foedus.catalogue import catalogue
from foedus.engine.arrays import Array, ByDrawCountry, YearlyPerDrawCountry
from foedus.engine.inputs import Start
from foedus.engine.simulate import Problem, simulate
from foedus.engine.wiring import Component, check, component, shock_axes
from foedus.errors import WiringError
from foedus.scenario.chain import CHAIN, all_parameters
from foedus.spending import budgets, economy

KNOWN = set(catalogue())
PARAMETERS: dict[str, list[str]] = {}
for _name in all_parameters():
    PARAMETERS.setdefault(_name.partition(".")[0], []).append(_name.partition(".")[2])


@dataclass(frozen=True)
class Nothing:
    """A block without fields."""


def _component(name: str, **blocks: type) -> Component:
    """Give a component that declares what is given and nothing else."""
    every = {"now": Nothing, "before": Nothing, "shocks": Nothing, "parameters": Nothing, "result": Nothing}
    return Component(name, lambda *_: None, **{**every, **blocks})


@dataclass(frozen=True)
class WritesGdp:
    """A result."""

    gdp_constant_usd: ByDrawCountry


@dataclass(frozen=True)
class WritesYear:
    """A result that the scenario writes."""

    year: ByDrawCountry


@dataclass(frozen=True)
class WritesUnknown:
    """A result that the catalogue does not hold."""

    happiness: ByDrawCountry


@dataclass(frozen=True)
class ReadsUnknown:
    """A reading of what nobody writes."""

    happiness: ByDrawCountry


@dataclass(frozen=True)
class ReadsGap:
    """A reading of last year's gap, which has no start."""

    pledge_gap_constant_usd: ByDrawCountry


@dataclass(frozen=True)
class BareShock:
    """A shock that does not say its axes."""

    gdp_growth_error_pick: Array


@dataclass(frozen=True)
class OtherShock:
    """A shock with other axes than the economy gives it."""

    gdp_growth_error_pick: YearlyPerDrawCountry


def test_the_shipped_chain_fits() -> None:
    """The written chain passes its own check, and draws twelve shocks along the axes they declare."""
    check(CHAIN, KNOWN, PARAMETERS)
    assert [part.name for part in CHAIN] == ["economy", "positions", "decisions", "accession", "budgets"]
    assert dict(shock_axes(CHAIN)) == {
        "gdp_growth_error_pick": ("year", "draw"),
        "question_luck": ("year", "draw"),
        "accession_time_error": ("draw",),
        "compliance_error": ("draw",),
        "calm_drift_error": ("draw",),
        "build_up_drift_error": ("draw",),
        "exposed_border_effect_error": ("draw",),
        "plan_realisation_error": ("draw",),
        "edition_error": ("draw", "country"),
        "build_up_pick": ("year", "draw"),
        "defence_share_error_common": ("year", "draw"),
        "defence_share_error_own": ("year", "draw", "country"),
    }


def test_nothing_is_read_before_it_is_written() -> None:
    """Budgets before the economy is refused, because budgets read this year's GDP."""
    with pytest.raises(WiringError) as caught:
        check((component("budgets", budgets), component("economy", economy)), KNOWN, PARAMETERS)
    assert str(caught.value) == (
        "component 'budgets': 'gdp_constant_usd' is read before it is written; "
        "move the component behind its writer, or read last year's value."
    )


def test_what_nobody_writes_cannot_be_read() -> None:
    """A quantity that neither the scenario nor a component writes cannot be read."""
    with pytest.raises(WiringError, match="no component and no scenario writes it"):
        check((_component("hope", now=ReadsUnknown),), KNOWN, {})


@pytest.mark.parametrize(
    ("result", "first"), [(WritesGdp, "component 'economy'"), (WritesYear, "the scenario")]
)
def test_nothing_is_written_twice(result: type, first: str) -> None:
    """A quantity has one writer, whether a component or the scenario."""
    with pytest.raises(WiringError, match=f"is written twice, first by {first}; let one of them write it"):
        check((component("economy", economy), _component("rival", result=result)), KNOWN, PARAMETERS)


def test_every_name_is_in_the_catalogue() -> None:
    """A quantity that the catalogue does not describe cannot be written."""
    with pytest.raises(WiringError, match="the chain: 'happiness' is not in the catalogue; describe every"):
        check((_component("hope", result=WritesUnknown),), KNOWN, {})


def test_missing_names_are_listed_together() -> None:
    """All names that the catalogue lacks are named at once."""
    with pytest.raises(WiringError, match="'gdp_constant_usd', 'year' are not in the catalogue"):
        check(CHAIN, KNOWN - {"year", "gdp_constant_usd"}, PARAMETERS)


def test_last_years_value_needs_a_writer() -> None:
    """What no component writes has no value of last year."""
    with pytest.raises(WiringError, match="last year's 'happiness' is read and no component writes it"):
        check((_component("hope", before=ReadsUnknown),), KNOWN, {})


def test_last_years_value_needs_a_start() -> None:
    """What is read of last year needs a value for the first year."""
    with pytest.raises(WiringError, match="has no value to start from; add it to "):
        check((*CHAIN, _component("habit", before=ReadsGap)), KNOWN, PARAMETERS)


def test_a_declared_parameter_exists() -> None:
    """A parameter that no file holds cannot be declared."""
    with pytest.raises(
        WiringError, match="'compliance' does not exist; give it a value in parameters/budgets"
    ):
        check(CHAIN, KNOWN, {**PARAMETERS, "budgets": []})


@pytest.mark.parametrize("shocks", [BareShock, OtherShock])
def test_a_shock_says_its_axes(shocks: type) -> None:
    """A shock names its axes, and the same ones in every component."""
    with pytest.raises(WiringError, match="the axes of the shock 'gdp_growth_error_pick' are not clear"):
        shock_axes((component("economy", economy), _component("other", shocks=shocks)))


def test_a_step_takes_four_arguments() -> None:
    """A module whose step takes other arguments is no component."""
    module = ModuleType("foedus.model.odd")

    def step(now: int) -> int:
        return now

    module.step = step  # type: ignore[attr-defined]
    with pytest.raises(
        WiringError, match=r"component 'odd': the step takes \(now\); declare step\(now, before"
    ):
        component("odd", module)


def test_two_components_may_share_a_shock() -> None:
    """A shock that two components read is the same in both, and is drawn once."""

    @dataclass(frozen=True)
    class Shared:
        defence_share_error_own: YearlyPerDrawCountry

    @dataclass(frozen=True)
    class First:
        gdp_constant_usd: ByDrawCountry

    @dataclass(frozen=True)
    class Second:
        defence_expenditure_constant_usd: ByDrawCountry

    def one(_now: Any, _before: Any, shocks: Shared, _parameters: Any) -> First:
        return First(shocks.defence_share_error_own)

    def two(_now: Any, _before: Any, shocks: Shared, _parameters: Any) -> Second:
        return Second(shocks.defence_share_error_own)

    class Once:
        asked = 0

        def __getitem__(self, year: int) -> Array:
            self.asked += 1
            return np.full((2, 3), float(year))

    chain = (
        Component("one", one, Nothing, Nothing, Shared, Nothing, First),
        Component("two", two, Nothing, Nothing, Shared, Nothing, Second),
    )
    terms = Once()
    inputs = _inputs(3)
    start = Start(*(np.ones(3) for _ in fields(Start)))
    problem = Problem(2024, start, (inputs, inputs), {})
    years = list(simulate(problem, {"defence_share_error_own": terms}, chain=chain))
    assert terms.asked == 2
    last = years[-1][1]
    assert last["gdp_constant_usd"] is last["defence_expenditure_constant_usd"]


def _inputs(countries: int) -> Any:
    """Give one year's inputs that nobody reads."""
    from foedus.engine.inputs import Inputs

    flat = np.zeros(countries)
    return Inputs(2025.0, flat, 0.0, 1.0, 1.0, flat, 1.0, 2035.0, flat, flat, 1.0, flat, 1.0)
