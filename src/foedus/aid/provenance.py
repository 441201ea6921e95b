"""Where the starting values and the inputs of aid are from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.aid.section import Inputs, Start
from foedus.engine.component import declared_names
from foedus.evidence.provenance import of_figures
from foedus.parameters.provenance import Provenance, by_convention, grouped, of_record, set_by_scenario

if TYPE_CHECKING:
    from foedus.aid.section import Resolved
    from foedus.aid.tracker import Tracker
    from foedus.evidence import Ledger
    from foedus.spending.section import Resolved as Spending

__all__ = ["aid_provenance"]

BY_COUNTRY = ("aid_military_path_eur", "aid_other_path_eur", "aid_military_eur", "aid_other_eur")
"""What each donor of the scenario gives, as an input and at the start."""

SET = ("aid_common_fund_eur", "aid_is_inside_budget")
RATE = "constant_usd_per_eur"
TAKEN = "aid_from_defence_spending_constant_usd"
PIECES = "aid_equipment_per_eur"

SPECIAL = frozenset({*BY_COUNTRY, *SET, RATE, TAKEN, PIECES, "aid_level"})
"""What is not simply the sum of donors outside of the scenario."""


def aid_provenance(
    section: Resolved, held: Tracker, known: Ledger, spending: Spending
) -> tuple[Provenance, ...]:
    """Return where each starting value and each input of aid is from.

    Parameters
    ----------
    section : Resolved
        The section.
    held : Tracker
        The release of figures of aid.
    known : Ledger
        The editions published by the day.
    spending : foedus.spending.section.Resolved
        The resolved section of spending, with where its figures are from.

    Returns
    -------
    tuple of Provenance
        For every field of ``Start`` and ``Inputs`` at least one.
    """
    card, year = section.release, section.base_year
    status, way = ("actual", "") if held.imported else ("computed", "a region's sum, split by donor to date")
    factor = "times the scenario's factor" if section.factors else ""
    how = ", ".join(word for word in (way, factor) if word)
    donors = [c for c, *_ in section.base if c in section.countries]
    cells = [(code, year, card, status, "retrieved") for code in donors]
    outside = [n for n in (*declared_names(Inputs), *declared_names(Start)) if n not in SPECIAL]
    summed = f"sum of donors that are no country of the scenario{', ' * bool(how)}{how}"
    sums = [("", year, card, status, "retrieved")]
    return (
        *(row for name in BY_COUNTRY for row in grouped(name, cells, of="aid allocated", how=how)),
        *(
            row._replace(countries=())
            for name in outside
            for row in grouped(name, sums, of="aid allocated", how=summed)
        ),
        of_record(PIECES, card, ["retrieved"], of="pieces given", how="pieces a euro of military aid"),
        *by_convention("aid_level", how="the level of the last whole year is one"),
        *set_by_scenario(*SET, how="levers.aid of the scenario"),
        *_inside_budgets(section, known, spending),
    )


def _inside_budgets(section: Resolved, known: Ledger, spending: Spending) -> tuple[Provenance, ...]:
    """Return where the rate of exchange and what comes out of defence spending are from."""
    if not section.inside_budget:
        return by_convention(RATE, TAKEN, how="aid comes out of no ally's defence spending")
    year, indicator = section.start_year, "gdp_current_usd"
    edition = known.figures(indicator, year=year).edition
    cells = [(code, year) for code in section.countries]
    how = "each country's GDP in constant and in current dollars, and Germany's in euros"
    rate = of_figures(RATE, known, edition, cells, indicator=indicator, how=how)
    spent = (row for row in spending.provenance if row.name == "defence_expenditure_constant_usd")
    taken = tuple(row._replace(name=TAKEN, how="military aid, at most the spending") for row in spent)
    return (*rate, *taken)
