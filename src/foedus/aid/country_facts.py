"""What a country's own page says of aid: what it allocated, and as which share of its GDP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from foedus.aid.answer import eur
from foedus.aid.record import DonorTotal, amount_of
from foedus.aid.tracker import Tracker, tracker
from foedus.errors import NoDataError
from foedus.evidence.country_facts import CountryFact
from foedus.evidence.ledger import Ledger
from foedus.units import billions, per_cent

__all__ = ["aid_facts", "aid_sentence"]


def aid_facts(_ledger: Ledger, country: str, day: date) -> Iterator[CountryFact]:
    """Yield what a country allocated to Ukraine by the release of a day.

    Parameters
    ----------
    _ledger : Ledger
        The figures; a release of the tracker stands beside them.
    country : str
        Alpha-3 code.
    day : datetime.date
        The day whose knowledge is used.

    Yields
    ------
    CountryFact
        Nothing of a country without an entry, or before the first release.
    """
    held, row = _entry(country, day)
    if held is None or row is None:
        return
    allocated = amount_of(row, "all")
    share = f"{per_cent(allocated / row.gdp_2021, 2)} of GDP 2021" if row.gdp_2021 else ""
    last = held.release.last
    yield CountryFact(
        "aid_allocated",
        f"Aid to Ukraine to {date(*last, 1):%B}",
        allocated,
        "billions",
        unit="bn EUR",
        beside=", ".join(filter(None, ("since 2022", share))),
        year=last.year,
        edition=held.release.id,
    )


def aid_sentence(country: str, name: str, day: date) -> str | None:
    """Return what a country allocated, of what it committed; None for one without an entry."""
    held, row = _entry(country, day)
    if held is None or row is None:
        return None
    allocated = amount_of(row, "all")
    share = f", {per_cent(allocated / row.gdp_2021, 2)} of its GDP of 2021" if row.gdp_2021 else ""
    return (
        f"{name} allocated {eur(allocated)} of {billions(row.committed, 1)} bn committed to Ukraine from "
        f"January 2022 to {date(*held.release.last, 1):%B %Y}{share}; allocated is not delivered."
    )


def _entry(country: str, day: date) -> tuple[Tracker | None, DonorTotal | None]:
    """Return the release of a day and a country's row in it."""
    try:
        held = tracker(day)
    except NoDataError:
        return None, None
    return held, held.donor(country)
