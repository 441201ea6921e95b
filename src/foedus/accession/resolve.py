"""Applicants in a scenario: who accedes, with what, and where the Alliance's border would run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from foedus.accession.applicants import article_10_bar
from foedus.accession.entry_time import entry_days
from foedus.accession.forms import RatificationForm
from foedus.accession.provenance import accession_provenance
from foedus.accession.record import rounds
from foedus.accession.section import Applicant, Levers, Resolved, Uncertainties
from foedus.axes import country_name
from foedus.errors import NoDataError, ScenarioError, UnknownNameError
from foedus.evidence.records import record_rows
from foedus.files.lines import SourceText
from foedus.results import Note

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["accession_notes", "applicants_of", "border_km", "resolve_accession"]


@cache
def border_km() -> dict[str, float]:
    """Return the land border with Russia and Belarus by country, kilometres; countries without one are left
    out."""
    lengths: dict[str, float] = {}
    for row in record_rows("accession", "borders"):
        lengths[row["country"]] = lengths.get(row["country"], 0.0) + float(row["km"])
    return lengths


def applicants_of(
    levers: Levers, beliefs: Uncertainties, allies: tuple[str, ...], day: date, source: SourceText
) -> tuple[str, ...]:
    """Return the applicants whose accession a scenario opens.

    Parameters
    ----------
    levers : Levers
        The signatures.
    beliefs : Uncertainties
        What is believed of applicants, and who holds an accession back.
    allies : tuple of str
        The allies of the day.
    day : datetime.date
        The day whose knowledge is used.
    source : SourceText
        Where the scenario's values were written.

    Returns
    -------
    tuple of str
        Alpha-3 codes.

    Raises
    ------
    ScenarioError
        When an applicant is an ally already or Article 10 does not admit it, nothing is said of it, or its
        signature lies before the day.
    UnknownNameError
        When a holder is no ally.
    """
    signed = levers.accession
    where = source.at("levers", "accession")
    learned = rounds()[-1].entry
    if signed and day < learned:
        raise ScenarioError(
            f"the time to entry is learned from rounds to {learned}, which nobody knew on {day}",
            where=where,
            do=f"run as of {learned} or later",
        )
    for code, when in signed.items():
        if code in allies:
            raise ScenarioError(
                f"{country_name(code)} is an ally on {day}", where=where, do="name an applicant"
            )
        bar = article_10_bar(code, day)
        if bar is not None:
            raise ScenarioError(bar, where=where, do="name another state")
        if code not in beliefs.applicants:
            raise ScenarioError(
                f"nothing is said of {country_name(code)}, which NATO's tables do not hold",
                where=where,
                do=f"give uncertainties.applicants.{code} with share_of_gdp and military_personnel",
            )
        if when < day:
            raise ScenarioError(
                f"the signature on {when} lies before {day}, the day of the run",
                where=where,
                do="give a later day, or run as of an earlier one",
            )
    for code in beliefs.holders:
        if code not in allies:
            raise UnknownNameError(
                "ally on that day", code, allies, where=source.at("uncertainties", "holders")
            )
    return tuple(sorted(signed))


def resolve_accession(
    levers: Levers,
    beliefs: Uncertainties,
    known: Ledger,
    countries: tuple[str, ...],
    *,
    carried: Mapping[str, Applicant],
    year: int,
    as_of: date,
    form: RatificationForm = "weibull",
) -> Resolved:
    """Return the section of accession with its figures.

    Parameters
    ----------
    levers, beliefs : Levers, Uncertainties
        What the scenario says.
    known : Ledger
        The editions published by the day.
    countries : tuple of str
        All countries of the scenario.
    carried : mapping of str to Applicant
        Countries that sign nothing and are carried, with what is believed of them.
    year : int
        The year of the start.
    as_of : datetime.date
        The day whose knowledge is used.
    form : {"weibull", "lognormal"}
        How the time that an ordinary ratifier takes is distributed.

    Returns
    -------
    Resolved
        Signatures, personnel, borders, and days from signature to entry.
    """
    signed = tuple(levers.accession[c].isoformat() if c in levers.accession else "" for c in countries)
    believed = {**beliefs.applicants, **carried}
    applicants = {*levers.accession, *carried}
    personnel: tuple[float, ...] = ()
    borders: tuple[float, ...] = ()
    if applicants:
        counted = _personnel(known, countries, year)
        personnel = tuple(
            believed[c].military_personnel if c in applicants else counted[i] for i, c in enumerate(countries)
        )
        borders = tuple(border_km().get(c, 0.0) for c in countries)
    holders = tuple(beliefs.holders) if applicants else ()
    section = Resolved(
        countries=countries,
        accession_signed=signed,
        carried=tuple(c for c in countries if c in carried),
        accession_holders=holders,
        military_personnel=personnel,
        border_with_russia_and_belarus_km=borders,
        days_to_entry=entry_days(
            countries,
            signed,
            allies=frozenset(countries) - applicants,
            holders=holders,
            as_of=as_of,
            form=form,
        ),
        ratification_form=form,
    )
    return replace(section, provenance=accession_provenance(section, applicants, known, year))


def _personnel(known: Ledger, countries: tuple[str, ...], year: int) -> list[float]:
    """Return military personnel by country; NaN where no edition holds it."""
    try:
        people = known.figures("military_personnel", year=year).matrix(countries, [year])[:, 0]
    except NoDataError:
        return [math.nan] * len(countries)
    return [float(v) for v in people]


def accession_notes(applicants: Iterable[str]) -> tuple[Note, ...]:
    """Return the note on what a scenario with applicants takes for granted; none without them."""
    names = ", ".join(country_name(code) for code in sorted(applicants))
    if not names:
        return ()
    return (
        Note(
            "accession",
            f"{names}: all is conditional on the signature that is set; the time to entry comes from "
            "ten rounds, its share and personnel from the scenario, borders from unverified lengths.",
        ),
    )
