"""The source cards, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["sources_payload"]


def sources_payload(ledger: Ledger, edition: str | None = None) -> dict[str, Any]:
    """Give the source cards in full.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    edition : str, optional
        One edition; without it, all.

    Returns
    -------
    dict
        The key ``sources`` holds the cards, oldest first.

    Raises
    ------
    UnknownNameError
        When there is no such edition.
    """
    chosen = ledger.edition(edition) if edition is not None else ledger
    return {"sources": list(chosen.editions.values())}
