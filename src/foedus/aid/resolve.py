"""Resolve the section of aid: its levers with the figures of the release that was public on a day."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from foedus.aid.base import AidBase, aid_base
from foedus.aid.donors import EU, donor_name
from foedus.aid.lever import AidLever, CommonFund
from foedus.aid.provenance import aid_provenance
from foedus.aid.section import Resolved
from foedus.aid.tracker import tracker
from foedus.errors import NoDataError, UnknownNameError
from foedus.files.lines import SourceText
from foedus.results import Note
from foedus.units import billions, per_cent

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.spending.section import Resolved as Spending

__all__ = ["AidFigures", "resolve_aid"]

GERMANY = "DEU"
"""The country of the euro whose GDP in both currencies gives the rate of exchange."""


@dataclass(frozen=True)
class AidFigures:
    """The section of aid with what was chosen and left out.

    Attributes
    ----------
    section : Resolved
        The section.
    notes : tuple of Note
        Flags of every fill, choice and omission; none where the scenario does not name aid.
    """

    section: Resolved
    notes: tuple[Note, ...]


def resolve_aid(
    lever: AidLever | None, spending: Spending, known: Ledger, *, as_of: date, source: SourceText
) -> AidFigures:
    """Return the section of aid with its figures as of a day.

    Parameters
    ----------
    lever : AidLever or None
        What the scenario says; None where it does not name aid.
    spending : foedus.spending.section.Resolved
        The resolved section of spending: countries, start year, GDP and spending at the start.
    known : Ledger
        The editions published by the day.
    as_of : datetime.date
        The day whose knowledge is used.
    source : SourceText
        Where the scenario's values were written.

    Returns
    -------
    AidFigures
        The section and its notes.

    Raises
    ------
    NoDataError
        When no release had been published by the day, or GDP in euros is not known.
    UnknownNameError
        When a donor is named that has no entry in the release.
    """
    if lever is None:
        return AidFigures(Resolved.neutral(spending.countries), ())
    held = tracker(as_of)
    base = aid_base(held)
    donors = [code for code, *_ in base.donors]
    for code in lever.donors:
        if code not in donors:
            raise UnknownNameError(
                f"donor in the release of {held.release.published}",
                code,
                donors,
                where=source.at("levers", "aid", "donors"),
            )
    rates: tuple[float, ...] = ()
    spent: tuple[float, ...] = ()
    if lever.inside_budget:
        rates = _usd_per_eur(spending, known)
        spent = tuple(float(v) for v in spending.start().defence_expenditure_constant_usd)
    fund = lever.common_fund
    said = sorted(lever.donors.items())
    section = Resolved(
        countries=spending.countries,
        is_named=True,
        start_year=spending.start_year,
        donors=", ".join(f"{code} × {d.factor:g} from {d.from_year}" for code, d in said),
        factors=tuple((code, d.factor, d.from_year) for code, d in said),
        common_fund=_fund_words(fund) if fund else "",
        common_fund_eur=fund.amount_eur if fund else 0.0,
        common_fund_from=fund.from_year if fund else 0,
        common_fund_until=fund.until if fund else 0,
        inside_budget=lever.inside_budget,
        base=base.donors,
        base_year=base.year,
        release=held.release.id,
        equipment_per_eur=base.equipment_per_eur,
        constant_usd_per_eur=rates,
        defence_expenditure_constant_usd=spent,
    )
    section = replace(section, provenance=aid_provenance(section, held, known, spending))
    return AidFigures(section, tuple(_notes(section, base, held.release.cited, rates)))


def _fund_words(fund: CommonFund) -> str:
    """Return a common fund in words."""
    return f"EUR {billions(fund.amount_eur, 1)} bn, {fund.from_year} to {fund.until}"


def _usd_per_eur(spending: Spending, known: Ledger) -> tuple[float, ...]:
    """Return, by country, constant US dollars in a euro of the start year."""
    year, countries = spending.start_year, spending.countries
    try:
        gdp = known.figures("gdp_current_usd", year=year)
        dollars = gdp.matrix(countries, [year])[:, 0]
        german_dollars = gdp.matrix((GERMANY,), [year])[0, 0]
        german_euros = known.figures("gdp_current_lcu", year=year).matrix((GERMANY,), [year])[0, 0]
    except NoDataError as error:
        raise NoDataError(
            f"no edition has GDP of {year} in US dollars and in euros, which aid inside budgets needs",
            where="levers.aid.inside_budget",
            do="import a World Economic Outlook that reaches the start year, or leave the key out",
        ) from error
    usd_per_eur = float(german_dollars / german_euros)
    return tuple(
        constant / float(current) * usd_per_eur
        for constant, current in zip(spending.gdp_constant_usd, dollars, strict=True)
    )


def _notes(section: Resolved, base: AidBase, cited: str, rates: tuple[float, ...]) -> list[Note]:
    """Return what the section takes for granted."""
    total = sum(military + other for _, _, military, other in base.donors)
    how = (
        "each region's sum is split by what its donors have given to date, for want of donors by month"
        if base.is_split
        else "by donor from the imported files"
    )
    text = f"aid starts from the EUR {billions(total, 1)} bn allocated in {base.year} ({cited}): {how}."
    notes = [Note("aid_base", text)]
    text = (
        f"equipment goes with military aid as to date, at {per_cent(base.from_stocks, 1)} of it that came "
        f"from stocks in {base.year}: no more than that, since some of the list was bought."
    )
    notes.append(Note("aid_equipment", text))
    if section.start_year > base.year:
        text = (
            f"the release ends before {section.start_year} does: aid of {section.start_year} is that of "
            f"{base.year}, with what the scenario sets."
        )
        notes.append(Note("aid_start", text))
    if section.common_fund_eur:
        text = (
            f"the common fund ({section.common_fund}) is spread evenly over its years, comes on top of what "
            f"donors give, counts as aid of {donor_name(EU)}, and comes out of no ally's defence spending."
        )
        notes.append(Note("aid_common_fund", text))
    if section.inside_budget:
        unknown = [c for c, r in zip(section.countries, rates, strict=True) if math.isnan(r)]
        text = (
            "military aid is taken out of defence spending in every country alike; in truth countries book "
            f"it differently. A euro is one of {section.start_year}, turned into constant US dollars by each "
            "country's GDP."
        )
        text += f" No rate is known for {', '.join(unknown)}: nothing is taken." if unknown else ""
        notes.append(Note("aid_inside_budget", text))
    return notes
