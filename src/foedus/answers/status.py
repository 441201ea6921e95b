"""Who meets the guideline, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.spending.status import Status

__all__ = ["status_payload"]


def status_payload(result: Status) -> dict[str, Any]:
    """Give the answer for programs.

    Parameters
    ----------
    result : Status
        What `foedus.status` gives.

    Returns
    -------
    dict
        The headline, one row per ally, the count by every edition, notes and source.
    """
    return {
        "year": result.year,
        "guideline": result.guideline,
        "basis": result.basis,
        "edition": result.card.id,
        "published": result.card.published,
        "as_of": result.as_of,
        "members_on": result.members_on,
        "allies": len(result.rows),
        "meeting": result.meeting,
        "below": result.below,
        "without_figure": result.without_figure,
        "counts": result.counts,
        "rows": result.rows,
        "notes": result.notes,
        "source": {
            "publisher": result.card.publisher,
            "title": result.card.title,
            "url": result.card.url,
            "basis": result.card.basis,
            "caveats": result.card.caveats,
        },
    }
