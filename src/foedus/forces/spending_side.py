"""What forces ask of budgets, beside what governments said: arithmetic on GDP, and no apportionment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.forces.fair_shares import fair_shares, participants
from foedus.forces.prices import euro_in_usd
from foedus.forces.statements import statements
from foedus.forces.studies import study_items

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["EUROPEAN_UNION", "DutchMoney", "dutch_money", "more_money"]

EUROPEAN_UNION = tuple(
    "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN "
    "SWE".split()
)
"""The members of the European Union since 2020."""

ABOVE = 0.015
"""From 2 to 3.5 % of GDP."""

YEARS = (2024, 2025)


@dataclass(frozen=True)
class DutchMoney:
    """Three sums that are easily taken for one another, euros a year.

    Attributes
    ----------
    said : (float, float)
        What the minister said the Netherlands would have to spend more.
    of_gdp : mapping of int to float
        By year: 1.5 % of its GDP, from 2 to 3.5 %.
    shared : mapping of str to float
        By those that share: its part of the study's EUR 250 bn by GDP.
    """

    said: tuple[float, float]
    of_gdp: Mapping[int, float]
    shared: Mapping[str, float]


def more_money(ledger: Ledger, year: int) -> tuple[float, float]:
    """Return 1.5 % of the European Union's GDP, and of it with the United Kingdom and Norway.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    year : int
        The year.

    Returns
    -------
    float, float
        Euros.
    """
    rate = euro_in_usd(ledger, year)
    both = (EUROPEAN_UNION, (*EUROPEAN_UNION, "GBR", "NOR"))
    figures = ledger.figures("gdp_current_usd", country=both[1], year=year)
    union, wider = (ABOVE * float(figures.matrix(sorted(group), [year]).sum()) / rate for group in both)
    return union, wider


def dutch_money(ledger: Ledger) -> DutchMoney:
    """Return the three sums, from the newest figures that the ledger knows.

    Parameters
    ----------
    ledger : Ledger
        The figures.

    Returns
    -------
    DutchMoney
        What was said, 1.5 % of GDP, and a part of the study's sum by GDP.
    """
    said = next(s for s in statements(ledger.day) if s.quantity == "additional_spending_a_year")
    gdp = ledger.figures("gdp_current_lcu", country=["NLD"], year=(YEARS[0], YEARS[-1]))
    whole = study_items("bruegel-kiel-2025")["spending_more_a_year"].value
    groups = {
        "European allies": participants(ledger, "europe"),
        "European allies and Canada": participants(ledger, "europe-canada"),
        "allies in the European Union, the United Kingdom and Norway": tuple(
            code for code in ledger.members() if code in {*EUROPEAN_UNION, "GBR", "NOR"}
        ),
    }
    shared = {}
    for name, countries in groups.items():
        fair = fair_shares(ledger, "gdp", countries)
        shared[name] = whole * float(fair.shares[fair.countries.index("NLD")])
    of_gdp = {year: ABOVE * (gdp.value("NLD", year) or float("nan")) for year in YEARS}
    return DutchMoney((said.low, said.high), of_gdp, shared)
