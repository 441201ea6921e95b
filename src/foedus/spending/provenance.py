"""Where the starting values and the inputs of spending are from, each with its edition and status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.evidence.institutions import CARD_ID, pledge_knowledge
from foedus.parameters.provenance import Provenance, by_convention, grouped, of_record, set_by_scenario
from foedus.spending.measures import SHARE
from foedus.spending.start_shares import PRINTED_SHARE
from foedus.spending.start_tide import tide_edition

if TYPE_CHECKING:
    from foedus.spending.gdp import Economy
    from foedus.spending.resolve import ScenarioDay
    from foedus.spending.section import Resolved
    from foedus.spending.start import Parts, Plans

__all__ = ["spending_provenance"]

SPENDING = "defence_expenditure_constant_usd"

OF_OUTLOOK = ("gdp_real_growth_is_projected", "gdp_real_growth_years_ahead", "gdp_outlook_is_of_october")
"""The inputs that follow from the day of the edition of the growth path."""

SET = ("gdp_real_growth_shift", "threat_is_raised")
PLEDGE = ("pledge_is_active", "pledge_deadline", "pledge_target_share_of_gdp")
"""The inputs that the scenario sets: beliefs, and the pledge."""


def spending_provenance(
    section: Resolved, asked: ScenarioDay, economy: Economy, plans: Plans, parts: Parts
) -> tuple[Provenance, ...]:
    """Return where each starting value and each input of spending is from.

    Parameters
    ----------
    section : Resolved
        The section.
    asked : ScenarioDay
        The editions known on the day, and the shares of the start.
    economy, plans, parts : Economy, Plans, Parts
        Figures with where they are from.

    Returns
    -------
    tuple of Provenance
        For every field of ``Start`` and ``Inputs`` at least one.
    """
    shares = asked.shares.provenance
    start = [row for row in shares if row.name == SHARE]
    return (
        *shares,
        *(row._replace(name=SPENDING, how="share times GDP") for row in start),
        *_estimates(start, section.is_revised),
        *_unless_said(PRINTED_SHARE, shares, how="no edition prints a share of a year after the start"),
        *economy.provenance,
        *(_of_outlook(name, economy) for name in OF_OUTLOOK),
        *by_convention("share_convergence_weight", how=_form_words(section)),
        *plans.provenance,
        *parts.provenance,
        _tide(section, asked),
        *_floor(section, asked),
        *set_by_scenario(*SET, how="uncertainties of the scenario"),
        *set_by_scenario(*PLEDGE, how="levers.pledge of the scenario"),
    )


def _form_words(section: Resolved) -> str:
    """Return what the weights of shares in the mean follow from."""
    if section.convergence_weights:
        return "one over the number of allies, as the scenario's form of budgets converges to their mean"
    return "none: the pledge pulls, and no mean"


def _estimates(start: list[Provenance], is_revised: bool) -> tuple[Provenance, ...]:
    """Return where it is from that a share is an estimate: from the same figures as the share."""
    name = "start_is_estimate"
    if not is_revised:
        return set_by_scenario(name, how="uncertainties.forecast_of: what is printed first is not revised")
    how = "whether the share is printed as an estimate"
    return tuple(row._replace(name=name, how=how) for row in start if row.edition)


def _unless_said(name: str, rows: tuple[Provenance, ...], *, how: str) -> tuple[Provenance, ...]:
    """Return that a quantity has no figure, where none says where it is from."""
    return () if any(row.name == name for row in rows) else by_convention(name, how=how)


def _of_outlook(name: str, economy: Economy) -> Provenance:
    """Return that an input follows from the day of an edition."""
    return of_record(name, economy.editions[0], ["retrieved"], of="day of publication")


def _tide(section: Resolved, asked: ScenarioDay) -> Provenance:
    """Return where the tide of the start is from."""
    name, edition = "defence_share_tide", tide_edition(asked.known, asked.shares.edition)
    if edition is None:
        return by_convention(name, how="no edition holds the whole table: the long-run value")[0]
    cells = [("NATO", section.start_year, edition, "computed", "retrieved")]
    (row,) = grouped(name, cells, of=SHARE, how="what the changes of all allies' shares have in common")
    return row._replace(countries=())


def _floor(section: Resolved, asked: ScenarioDay) -> tuple[Provenance, ...]:
    """Return where the floor of earlier pledges is from."""
    name = "pledge_floor_share_of_gdp"
    if not section.earlier_pledges:
        return by_convention(name, how="no earlier pledge asks for less")
    return (of_record(name, CARD_ID, pledge_knowledge(asked.day), of="pledges made by the day"),)
