"""Thresholds of the guarantee in a scenario, and who would pay if it covered only those who pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.guarantee.deter import Deterrence, ScenarioOfGuarantee, deterrence
from foedus.guarantee.flank import CARDS, flank_among
from foedus.guarantee.question import DeterQuestion
from foedus.guarantee.ranges import StatedRange, read_range, stated_ranges, with_ranges
from foedus.guarantee.words import deter_notes
from foedus.scenario import Resolved, resolve

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["deter"]


def deter(question: DeterQuestion | None = None, *, ledger: Ledger | None = None) -> Deterrence:
    """Return where belief in the guarantee matters for allies on the flank, and what stands in for it.

    Parameters
    ----------
    question : DeterQuestion, optional
        Without it, all of the flank over the stated ranges.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Deterrence
        By ally.

    Raises
    ------
    InputError, UnknownNameError
        When a country is not on the flank, or a range cannot be.
    NoDataError
        When a figure that the scenario needs had not been published by the day.
    """
    asked = DeterQuestion() if question is None else question
    given = tuple(read_range(text) for text in asked.range)
    flank = flank_among(asked.country, asked.as_of)
    resolved = resolve(asked.scenario, as_of=asked.as_of, ledger=ledger)
    stated = with_ranges(stated_ranges(), given)
    ranges = dict.fromkeys(flank, stated)
    scenario = scenario_of(resolved)
    return deterrence(
        asked, scenario, ranges, stated, notes=deter_notes(scenario, _changed(ranges, stated)), cards=CARDS
    )


def scenario_of(resolved: Resolved) -> ScenarioOfGuarantee:
    """Return what an answer says of its scenario."""
    return ScenarioOfGuarantee(
        resolved.name, resolved.title, resolved.forces.requirement or "", tuple(resolved.editions)
    )


def _changed(ranges: dict[str, tuple[StatedRange, ...]], stated: tuple[StatedRange, ...]) -> tuple[str, ...]:
    """Return the allies whose ranges are not those stated."""
    return tuple(country for country, of_ally in ranges.items() if of_ally != stated)
