"""Donors of aid and the regions in which the Kiel Institute draws them.

A donor is a country by its alpha-3 code, or the institutions of the European Union under :data:`EU`, which is
no country, no ally, and in no sum of allies. The regions are those of the institute's own chart: the European
states leave out Türkiye, Cyprus and Malta, which stand with the rest of the world. Of that rest the donors
of the Asia-Pacific are told apart here, so that the five regions add up to all donors.
"""

from __future__ import annotations

from functools import cache

from foedus.aid.record import RECORD
from foedus.axes import country_code, country_name, is_aggregate
from foedus.errors import UnknownNameError, nearest
from foedus.evidence.records import record_rows

__all__ = [
    "EU",
    "GROUPS",
    "REGIONS",
    "donor_code",
    "donor_name",
    "region_label",
    "region_members",
    "region_of",
]

EU = "EUI"
"""The code of the institutions of the European Union: Commission, Council and Investment Bank."""

REGIONS: dict[str, str] = {
    "european_states": "European states",
    "eu_institutions": "EU institutions",
    "united_states": "United States",
    "asia_pacific": "Asia-Pacific",
    "other_donors": "Other donors",
}
"""The five regions that add up to all donors, with their labels."""

GROUPS: dict[str, tuple[str, ...]] = {
    "europe": ("european_states", "eu_institutions"),
    "rest_of_world": ("asia_pacific", "other_donors"),
    "all_donors": tuple(REGIONS),
}
"""Sums of regions: the institute's Europe with the EU institutions, its rest of the world, and all."""

GROUP_LABELS = {
    "europe": "Europe with the EU institutions",
    "rest_of_world": "Rest of the world",
    "all_donors": "All donors",
}

_EU_SPELLINGS = (
    "eui",
    "eu",
    "european union",
    "eu institutions",
    "eu (commission and council)",
    "eu (commission, council and eib)",
    "european commission",
)


def donor_code(name: str, *, where: str | None = None) -> str:
    """Return the code of a donor, however it is spelled.

    Parameters
    ----------
    name : str
        A country's name or code, or the EU institutions by one of their names.
    where : str, optional
        Where the name stood, for the error message.

    Returns
    -------
    str
        An alpha-3 code, or :data:`EU`.

    Raises
    ------
    UnknownNameError
        When no donor can have that name; the nearest is suggested.
    """
    if " ".join(name.casefold().split()) in _EU_SPELLINGS:
        return EU
    try:
        code = country_code(name, where=where)
    except UnknownNameError as error:
        suggestion = error.suggestion or nearest(name, ("EU institutions",))
        raise UnknownNameError(
            "donor",
            name,
            [suggestion] if suggestion else [],
            where=where,
            do="use an ISO 3166-1 alpha-3 code such as POL, or EUI for the EU institutions",
        ) from error
    if is_aggregate(code):
        raise UnknownNameError(
            "donor", name, [], where=where, do="name countries, or EUI for the EU institutions"
        )
    return code


def donor_name(code: str) -> str:
    """Return the short name of a donor."""
    return REGIONS["eu_institutions"] if code == EU else country_name(code)


@cache
def _regions() -> dict[str, str]:
    """Read the region of each donor."""
    return {row["donor"]: row["region"] for row in record_rows(RECORD, "regions")}


def region_of(donor: str) -> str:
    """Return the region of a donor; one that the institute's chart does not name is of the other donors."""
    return _regions().get(donor, "other_donors")


def region_members(region: str) -> tuple[str, ...]:
    """Return the donors that are listed in a region or group, in the order of the list."""
    regions = GROUPS.get(region, (region,))
    return tuple(donor for donor, own in _regions().items() if own in regions)


def region_label(name: str) -> str:
    """Return the label of a region or of a group of regions."""
    return REGIONS[name] if name in REGIONS else GROUP_LABELS[name]
