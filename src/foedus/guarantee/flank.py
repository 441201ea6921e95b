"""The flank: who hosts forward forces or borders Russia or Belarus, and how far each ally is from Russia.

The distances stand in ``evidence/records/borders_with_russia`` under the card
``borders-with-russia-2026-11``; the hosts are those of the record of forward land forces.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.axes import country_codes, country_name
from foedus.errors import InputError
from foedus.evidence.records import record_rows
from foedus.forces.forward import CARD_ID as FORWARD_CARD
from foedus.forces.forward import forward_forces

__all__ = ["CARDS", "CARD_ID", "GUARANTOR", "Nearness", "flank_allies", "flank_among", "nearness"]

CARD_ID = "borders-with-russia-2026-11"
"""The source card of the distances."""

CARDS = (CARD_ID, FORWARD_CARD)
"""The cards that say who is on the flank."""

GUARANTOR = "USA"
"""The ally that gives the guarantee."""


@dataclass(frozen=True)
class Nearness:
    """How near an ally is to Russia.

    Attributes
    ----------
    country : str
        Alpha-3 code.
    km : float
        The least distance between the two territories; zero for neighbours.
    borders : tuple of str
        Which of Russia and Belarus it borders by land.
    """

    country: str
    km: float
    borders: tuple[str, ...]


@cache
def nearness() -> dict[str, Nearness]:
    """Return how near each ally but the guarantor is to Russia, by country."""
    rows = record_rows("borders_with_russia", "borders_with_russia")
    return {
        row["country"]: Nearness(row["country"], float(row["km_to_russia"]), tuple(row["borders"].split(";")))
        if row["borders"]
        else Nearness(row["country"], float(row["km_to_russia"]), ())
        for row in rows
    }


def flank_allies(as_of: date | None = None) -> tuple[str, ...]:
    """Return the allies on the flank: hosts of a forward battlegroup, and neighbours of Russia or Belarus.

    Parameters
    ----------
    as_of : datetime.date, optional
        Only hosts that were public by this day.

    Returns
    -------
    tuple of str
        Alpha-3 codes in alphabetical order.
    """
    hosts = {force.host for force in forward_forces(as_of, scope="battlegroup")}
    neighbours = {near.country for near in nearness().values() if near.borders}
    return tuple(sorted(hosts | neighbours))


def flank_among(names: tuple[str, ...], as_of: date | None = None) -> tuple[str, ...]:
    """Return the flank, or those of it that are named.

    Parameters
    ----------
    names : tuple of str
        Names or codes of countries; none for all of the flank.
    as_of : datetime.date, optional
        Only hosts that were public by this day.

    Returns
    -------
    tuple of str
        Alpha-3 codes, in alphabetical order.

    Raises
    ------
    UnknownNameError
        When there is no such country.
    InputError
        When a country is not on the flank.
    """
    flank = flank_allies(as_of)
    chosen = sorted(country_codes(names, where="--country")) if names else flank
    for country in chosen:
        if country not in flank:
            raise InputError(
                f"{country_name(country)} is not on the flank: it hosts no forward force and borders neither "
                "Russia nor Belarus",
                where="--country",
                do=f"name some of {', '.join(flank)}",
            )
    return tuple(dict.fromkeys(chosen))
