"""Applicants in a scenario: who accedes, with what, and where the Alliance's border would run."""

from __future__ import annotations

import math
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from foedus.accession.record import rounds
from foedus.axes import country_name
from foedus.errors import NoDataError, ScenarioError, UnknownNameError
from foedus.evidence.records import record_rows
from foedus.files.lines import place
from foedus.results import Note

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.scenario.find import Found

__all__ = ["accession_fields", "accession_notes", "applicants_of", "border_km", "with_applicants"]


@cache
def border_km() -> dict[str, float]:
    """Give the land border with Russia and Belarus by country, kilometres; countries without one are left
    out."""
    found: dict[str, float] = {}
    for row in record_rows("accession", "borders"):
        found[row["country"]] = found.get(row["country"], 0.0) + float(row["km"])
    return found


def applicants_of(found: Found, allies: tuple[str, ...], day: date) -> tuple[str, ...]:
    """Give the applicants whose accession a scenario opens.

    Parameters
    ----------
    found : Found
        The scenario.
    allies : tuple of str
        The allies of the day.
    day : datetime.date
        The day whose knowledge is used.

    Returns
    -------
    tuple of str
        Alpha-3 codes.

    Raises
    ------
    ScenarioError
        When an applicant is an ally already, nothing is said of it, or its signature lies before the day.
    UnknownNameError
        When a holder is no ally.
    """
    signed = found.content.levers.accession
    believed = found.content.uncertainties.applicants
    learned = rounds()[-1].entry
    if signed and day < learned:
        raise ScenarioError(
            f"the time to entry is learned from rounds to {learned}, which nobody knew on {day}",
            where=place(found.shown, found.lines.get(("levers", "accession"))),
            do=f"run as of {learned} or later",
        )
    for code, when in signed.items():
        where = place(found.shown, found.lines.get(("levers", "accession")))
        if code in allies:
            raise ScenarioError(
                f"{country_name(code)} is an ally on {day}", where=where, do="name an applicant"
            )
        if code not in believed:
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
    for code in found.content.uncertainties.holders:
        if code not in allies:
            line = found.lines.get(("uncertainties", "holders"))
            raise UnknownNameError("ally on that day", code, allies, where=place(found.shown, line))
    return tuple(sorted(signed))


def with_applicants(
    found: Found, countries: tuple[str, ...], allies: tuple[str, ...], shares: tuple[float, ...]
) -> tuple[float, ...]:
    """Give the shares of GDP of allies and applicants.

    Parameters
    ----------
    found : Found
        The scenario.
    countries : tuple of str
        Allies and applicants.
    allies : tuple of str
        The allies, in the order of `shares`.
    shares : tuple of float
        Their shares of GDP.

    Returns
    -------
    tuple of float
        One share for each country.
    """
    known = dict(zip(allies, shares, strict=True))
    believed = found.content.uncertainties.applicants
    return tuple(known[c] if c in known else believed[c].share_of_gdp for c in countries)


def accession_fields(
    found: Found, known: Ledger, countries: tuple[str, ...], applicants: tuple[str, ...], year: int
) -> dict[str, Any]:
    """Give what a resolved scenario holds of an accession; nothing where it opens none.

    Parameters
    ----------
    found : Found
        The scenario.
    known : Ledger
        The editions published by the day.
    countries, applicants : tuple of str
        All countries of the scenario, and the applicants among them.
    year : int
        The year of the start.

    Returns
    -------
    dict
        Fields of :class:`foedus.scenario.resolved.Resolved`.
    """
    if not applicants:
        return {}
    signed, believed = found.content.levers.accession, found.content.uncertainties.applicants
    try:
        people = known.figures("military_personnel", year=year).matrix(countries, [year])[:, 0]
        counted = [float(v) for v in people]
    except NoDataError:
        counted = [math.nan] * len(countries)
    return {
        "accession_signed": tuple(signed[c].isoformat() if c in signed else "" for c in countries),
        "accession_holders": tuple(found.content.uncertainties.holders),
        "military_personnel": tuple(
            believed[c].military_personnel if c in applicants else counted[i] for i, c in enumerate(countries)
        ),
        "border_with_russia_and_belarus_km": tuple(border_km().get(c, 0.0) for c in countries),
    }


def accession_notes(applicants: tuple[str, ...]) -> tuple[Note, ...]:
    """Say what a scenario that opens an accession takes for granted."""
    if not applicants:
        return ()
    names = ", ".join(country_name(code) for code in applicants)
    return (
        Note(
            "accession",
            f"{names}: all is conditional on the signature that is set; the time to entry comes from "
            "ten rounds, its share and personnel from the scenario, borders from unverified lengths.",
        ),
    )
