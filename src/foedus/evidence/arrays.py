"""Figures as labelled arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from foedus.evidence.rows import FigureRows

if TYPE_CHECKING:
    import xarray as xr

    from foedus.catalogue import Quantity
    from foedus.evidence.cards import Card

__all__ = ["figure_arrays"]


def figure_arrays(
    entry: Quantity,
    frame: FigureRows,
    cards: Iterable[Card],
    axes: Sequence[str] = ("edition", "country", "year"),
) -> xr.Dataset:
    """Return figures of an indicator as a labelled array, without a value where there is no figure.

    Parameters
    ----------
    entry : Quantity
        The indicator, which names the array.
    frame : FigureRows
        The figures.
    cards : iterable of Card
        The source cards of their editions, whose titles stand among the attributes.
    axes : sequence of str
        The columns that name a figure.

    Returns
    -------
    xarray.Dataset
        One variable, with label, unit and price basis as attributes.

    Raises
    ------
    InputError
        When xarray is not installed, or the axes name several figures at once.
    """
    table = frame.select(*axes, "value").as_frame()
    sources = "; ".join(f"{card.id}: {card.publisher}, {card.title} ({card.published})" for card in cards)
    arrays = table.to_xarray(axes, {"sources": sources}).rename(value=entry.name)
    arrays[entry.name].attrs |= {
        "long_name": entry.label,
        "units": entry.unit,
        "price_basis": entry.price_basis,
    }
    return arrays
