"""Where the starting values, the inputs and the figures of measures of accession are from."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from foedus.accession.record import CARD_ID, rounds
from foedus.errors import NoDataError
from foedus.evidence.institutions import CARD_ID as INSTITUTIONS
from foedus.evidence.institutions import member_knowledge
from foedus.evidence.provenance import of_figures
from foedus.evidence.records import record_rows
from foedus.parameters.provenance import Provenance, by_convention, grouped, of_record, set_by_scenario

if TYPE_CHECKING:
    from foedus.accession.section import Resolved
    from foedus.evidence import Ledger

__all__ = ["accession_provenance"]

SIGNED = "accession_signed_year"
DAYS = tuple(f"accession_days_{part}" for part in (5, 25, 50, 75, 95))
PERSONNEL = "military_personnel"
BORDER = "border_with_russia_and_belarus_km"


def accession_provenance(
    section: Resolved, applicants: Collection[str], known: Ledger, year: int
) -> tuple[Provenance, ...]:
    """Return where each starting value, input and figure of accession is from.

    Parameters
    ----------
    section : Resolved
        The section.
    applicants : collection of str
        Countries that are no allies; none where nobody may accede.
    known : Ledger
        The editions published by the day.
    year : int
        The year of the start.

    Returns
    -------
    tuple of Provenance
        For every field of ``Start`` and ``Inputs``, and what the measures read of the section, at least one.
    """
    how_known = member_knowledge()
    allies = [c for c in section.countries if c not in applicants]
    cells = [(c, year, INSTITUTIONS, "record", how_known.get(c, "unverified")) for c in allies]
    members = grouped("membership", cells, of="day of entry into the Alliance")
    if not applicants:
        return (*members, *by_convention(SIGNED, *DAYS, how="no protocol is signed"))
    joining = tuple(sorted(applicants))
    outside = set_by_scenario("membership", how="no ally at the start", countries=joining)
    return (
        *members,
        *outside,
        *set_by_scenario(SIGNED, how="levers.accession of the scenario", countries=joining),
        *(_days(name, joining) for name in DAYS),
        *_personnel(known, allies, year),
        *set_by_scenario(PERSONNEL, how="what is believed of an applicant", countries=joining),
        *_borders(section.countries),
    )


def _days(name: str, joining: tuple[str, ...]) -> Provenance:
    """Return that the days from signature to entry are worked out from the rounds of the record."""
    row = of_record(name, CARD_ID, (r.known for r in rounds()), of="rounds of accession", countries=joining)
    return row._replace(status="computed", how="the forecast of a round, from ratification by parliament")


def _personnel(known: Ledger, allies: list[str], year: int) -> tuple[Provenance, ...]:
    """Return where military personnel is from; nothing where no edition holds it."""
    try:
        edition = known.figures(PERSONNEL, year=year).edition
    except NoDataError:
        return by_convention(PERSONNEL, how="no edition holds it: counted as nought")
    return of_figures(PERSONNEL, known, edition, [(c, year) for c in allies], indicator=PERSONNEL)


def _borders(countries: tuple[str, ...]) -> tuple[Provenance, ...]:
    """Return where the lengths of borders are from, for countries that have one."""
    rows = [row for row in record_rows("accession", "borders") if row["country"] in countries]
    codes = sorted({row["country"] for row in rows})
    return (of_record(BORDER, CARD_ID, (r["known"] for r in rows), of="land borders", countries=codes),)
