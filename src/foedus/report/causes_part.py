"""The part of a report on why spending rose, as it was known on the day of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.attribution.attribute import attribution
from foedus.attribution.estimates import CARD_ID
from foedus.attribution.question import AttributionQuestion
from foedus.errors import NoDataError
from foedus.questions import known_day

if TYPE_CHECKING:
    from foedus.attribution.result import Causes
    from foedus.evidence import Ledger

__all__ = ["rise_cards", "rise_on_record"]


def rise_on_record(ledger: Ledger) -> Causes | None:
    """Return what the figures public on a day show of the rise, and what designs make of it.

    Parameters
    ----------
    ledger : Ledger
        The figures known on the day of the run.

    Returns
    -------
    Causes or None
        None where no edition held the years by then, or where no design could be put to them.
    """
    try:
        result = attribution(ledger, AttributionQuestion(as_of=known_day(ledger.day)))
    except NoDataError:
        return None
    return result if result.estimates is not None else None


def rise_cards(rise: Causes | None) -> tuple[str, ...]:
    """Return the editions and records that the part rests on."""
    return (rise.accounting.edition, CARD_ID) if rise is not None else ()
