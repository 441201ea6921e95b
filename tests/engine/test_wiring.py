"""The chain is checked before its first year."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from foedus.catalogue import catalogue
from foedus.engine.arrays import Array, ByDrawClassCountry, ByDrawCountry, YearlyPerDrawCountry
from foedus.engine.component import Component, component, shock_axes
from foedus.engine.simulate import Problem, simulate
from foedus.engine.wiring import check
from foedus.errors import WiringError
from foedus.scenario.chain import CHAIN, all_parameters
from foedus.spending import economy
from foedus.spending import section as spending
from foedus.spending.hindcast.forecast import CHAIN as ALONE
from scenario.build import small_scenario

KNOWN = set(catalogue())
PARAMETERS: dict[str, list[str]] = {}
for _name in all_parameters():
    PARAMETERS.setdefault(_name.partition(".")[0], []).append(_name.partition(".")[2])
PROBLEM = small_scenario().problem()
INPUTS = tuple(type(given) for given in PROBLEM.inputs[0])
STARTS = tuple(type(start) for start in PROBLEM.starts)


def checked(chain: tuple[Component, ...], **other: Any) -> None:
    """Check a chain with what the rooms give it, or with something else."""
    check(chain, **{"inputs": INPUTS, "starts": STARTS, "known": KNOWN, "parameters": PARAMETERS, **other})


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
    """A result that the clock gives."""

    year: ByDrawCountry


@dataclass(frozen=True)
class WritesDeadline:
    """A result, or an input, that spending gives."""

    pledge_deadline: float


@dataclass(frozen=True)
class GivesTarget:
    """The goal in force and whom the guarantee covers, which a part of the chain is given."""

    agreed_target_share_of_gdp: ByDrawCountry
    guarantee_condition_is_met: ByDrawCountry


@dataclass(frozen=True)
class ReadsMembership:
    """A reading of last year's membership."""

    membership: ByDrawCountry


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
    """The written chain passes its own check, and every shock says along which axes it is drawn."""
    checked(CHAIN)
    axes = shock_axes(CHAIN)
    assert axes["gdp_growth_error_pick"] == ("year", "draw")
    assert axes["accession_time_error"] == ("draw",)
    assert axes["edition_error"] == ("draw", "country")
    assert axes["defence_share_error_own"] == ("year", "draw", "country")
    assert set(axes.values()) <= {
        ("draw",),
        ("draw", "country"),
        ("equipment_class", "draw"),
        ("year", "draw"),
        ("year", "draw", "country"),
    }


def test_a_part_of_the_chain_is_a_chain() -> None:
    """Economy and budgets run alone on the inputs that spending gives for that."""
    checked(ALONE, inputs=(spending.InputsAlone,), starts=(spending.Start,))


def test_nothing_is_read_before_it_is_given() -> None:
    """Budgets before the economy is refused, because budgets read this year's GDP; both are named."""
    with pytest.raises(WiringError) as caught:
        checked(tuple(reversed(ALONE)), inputs=(spending.InputsAlone,), starts=(spending.Start,))
    assert str(caught.value) == (
        "component 'budgets': 'gdp_constant_usd' is read before it is given; move the component behind "
        "component 'economy', which writes it, or read last year's value."
    )


def test_what_nobody_gives_cannot_be_read() -> None:
    """A quantity that neither a room nor a component gives cannot be read."""
    with pytest.raises(WiringError, match=r"'hope': 'happiness' .*no component writes it and no room"):
        checked((*CHAIN, _component("hope", now=ReadsUnknown)))


@pytest.mark.parametrize(
    ("result", "first"),
    [
        (WritesGdp, "component 'economy'"),
        (WritesYear, r"foedus\.engine\.clock\.Clock"),
        (WritesDeadline, r"foedus\.spending\.inputs\.Inputs"),
    ],
)
def test_nothing_is_given_twice(result: type, first: str) -> None:
    """A quantity has one giver: the clock, a room or a component; the second and the first are named."""
    with pytest.raises(WiringError, match=f"component 'rival': .* is given twice, first by {first}; let one"):
        checked((*CHAIN, _component("rival", result=result)))


def test_two_rooms_cannot_give_the_same() -> None:
    """An input that two rooms give is refused, and both are named."""
    with pytest.raises(WiringError, match=r"WritesDeadline: 'pledge_deadline' .* first by foedus\.spending"):
        checked(CHAIN, inputs=(*INPUTS, WritesDeadline))


def test_an_input_is_read_by_somebody() -> None:
    """An input that no component of the chain reads is refused; the room and the chain are named."""
    with pytest.raises(
        WiringError,
        match=r"foedus\.spending\.inputs\.Inputs: 'pledge_target_share_of_gdp' is given and no component of "
        r"\(economy, budgets\) reads it",
    ):
        checked(ALONE, inputs=(spending.Inputs, GivesTarget), starts=(spending.Start,))


def test_every_name_is_in_the_catalogue() -> None:
    """A quantity that the catalogue does not describe cannot be written."""
    with pytest.raises(WiringError, match="the chain: 'happiness' is not in the catalogue; describe every"):
        checked((*CHAIN, _component("hope", result=WritesUnknown)))


def test_missing_names_are_listed_together() -> None:
    """All names that the catalogue lacks are named at once."""
    with pytest.raises(WiringError, match="'gdp_constant_usd', 'year' are not in the catalogue"):
        checked(CHAIN, known=KNOWN - {"year", "gdp_constant_usd"})


def test_last_years_value_needs_a_writer() -> None:
    """What no component writes has no value of last year, even where a start begins it."""
    with pytest.raises(WiringError, match="last year's 'happiness' is read and no component writes it"):
        checked((*CHAIN, _component("hope", before=ReadsUnknown)))
    with pytest.raises(
        WiringError, match=r"'membership' .* writes it, though foedus\.accession\.section\.Start begins it"
    ):
        checked((*ALONE, _component("hope", before=ReadsMembership)), inputs=(spending.InputsAlone,))


def test_last_years_value_needs_a_start() -> None:
    """What is read of last year needs a value for the first year; its writer is named."""
    with pytest.raises(
        WiringError,
        match=r"'pledge_gap_constant_usd', which component 'shortfall' writes, .* no value to start",
    ):
        checked((*CHAIN, _component("habit", before=ReadsGap)))


def test_a_declared_parameter_has_a_value() -> None:
    """A parameter without a value is refused; the component and its file are named."""
    with pytest.raises(
        WiringError, match=r"component 'budgets': .*'compliance' has no value; .* parameters budgets.yaml"
    ):
        checked(CHAIN, parameters={**PARAMETERS, "budgets": []})


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
    problem = Problem(chain, 2024, 3, (), ((), ()), {})
    years = list(simulate(problem, {"defence_share_error_own": terms}))
    assert terms.asked == 2
    last = years[-1][1]
    assert last["gdp_constant_usd"] is last["defence_expenditure_constant_usd"]


@dataclass(frozen=True)
class GdpByClass:
    """A result by class that is none in the catalogue."""

    gdp_constant_usd: ByDrawClassCountry


def test_a_quantity_is_by_class_for_all_or_for_nobody() -> None:
    """One side that declares an axis of classes where another, or the catalogue, has none is named."""
    writer = _component("writer", result=GdpByClass)
    with pytest.raises(WiringError, match="'gdp_constant_usd' is by class, and the catalogue") as caught:
        check((writer,), inputs=(), starts=(), known=catalogue(), parameters={})
    assert "'writer'" in str(caught.value)
    reader = _component("reader", now=WritesGdp)
    with pytest.raises(WiringError, match="is not by class, and component 'writer' says otherwise"):
        check((writer, reader), inputs=(), starts=(), known=KNOWN, parameters={})
    checked(CHAIN, known=catalogue())
