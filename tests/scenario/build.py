"""A small valid scenario for tests, in which only spending is in use."""

from __future__ import annotations

from datetime import date
from typing import Any

from foedus.engine.section import ResolvedSection
from foedus.parameters import Setting
from foedus.results import Note
from foedus.scenario import Resolved
from foedus.scenario.resolved import section_kinds
from spending.build import COUNTRIES
from spending.build import small_section as spending_section


def neutral_sections(countries: tuple[str, ...]) -> dict[str, ResolvedSection]:
    """Return the section of every room but spending, not in use."""
    return {room: kind.neutral(countries) for room, kind in section_kinds().items() if room != "spending"}


def small_scenario(**spending: Any) -> Resolved:
    """Return a scenario of four countries over two years, with other values of spending where given."""
    return Resolved(
        name="small",
        title="Small",
        question="How small?",
        as_of=date(2026, 6, 1),
        countries=COUNTRIES,
        horizon=2026,
        shock_scale=1.0,
        parameters={
            "a.b": Setting(1.0, "fraction", "estimated", "s"),
            "a.c": Setting(1.0, "fraction", "assumed", "s"),
        },
        editions={"nato-2025-08": ""},
        notes=(Note("left_out", "ISL: none."),),
        spending=spending_section(**spending),
        **neutral_sections(COUNTRIES),
    )
