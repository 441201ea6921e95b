"""A ledger pinned to the editions that an answer rested on, so that later ones do not change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from foedus.errors import NoDataError
from foedus.evidence.ledger import Ledger

__all__ = ["pinned"]


def pinned(ledger: Ledger, editions: Iterable[str]) -> Ledger:
    """Return the ledger in which no edition answers that came after the pinned ones.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    editions : iterable of str
        The editions that an answer rested on; without any, nothing is left out.

    Returns
    -------
    Ledger
        Of a publication of which an edition is pinned, newer editions are left out; so is every edition that
        a user imported and that is not pinned. What else is held stays, since it did not answer.

    Raises
    ------
    NoDataError
        When a pinned edition is not held.
    """
    wanted = set(editions)
    if not wanted:
        return ledger
    missing = sorted(wanted - set(ledger.editions))
    if missing:
        raise NoDataError(
            f"the answer rests on {', '.join(missing)}, which is not held here",
            where="editions",
            do="import it with `foedus data import`, or leave the editions out of the address",
        )
    newest: dict[str, date] = {}
    for name in wanted:
        card = ledger.editions[name]
        newest[card.series] = max(card.published, newest.get(card.series, card.published))
    answering = {
        name: card
        for name, card in ledger.editions.items()
        if name in wanted
        or (name not in ledger.imported and card.published <= newest.get(card.series, date.max))
    }
    return replace(ledger, editions=MappingProxyType(answering))
