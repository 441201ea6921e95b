"""Make a claim of a bound value: modality, witnesses, publisher, and what of the sentence it accounts for."""

from __future__ import annotations

from typing import Any

from foedus.reading.claims import StatedClaim
from foedus.reading.text import Span
from foedus.reading.trees.types import Bound

__all__ = ["slots", "stated"]


def slots(**items: Any) -> dict[str, Any]:
    """Return the slots that have a value."""
    return {name: value for name, value in items.items() if value not in (None, "")}


def stated(
    kind: str,
    bound: Bound,
    items: dict[str, Any],
    *,
    span: Span | None = None,
    also: tuple[Span | None, ...] = (),
    firm: bool | None = None,
) -> StatedClaim:
    """Return the claim that a bound value states.

    Parameters
    ----------
    kind : str
        The frame.
    bound : Bound
        The value.
    items : dict
        The slots.
    span : Span, optional
        Of the plain text; by default that of the bound value.
    also : tuple of Span or None, optional
        What else of the plain text the claim accounts for.
    firm : bool, optional
        Whether both witnesses agree; by default as the bound value says.

    Returns
    -------
    StatedClaim
        Not yet checked.
    """
    opinion = bound.opinion and bound.truth.value in ("actual", "expected")
    subject = (bound.subject.start, bound.subject.end) if bound.subject else None
    spans = ((bound.value.start, bound.value.end), subject, bound.when.span, *also)
    return StatedClaim(
        kind,
        span or bound.span,
        items,
        "opinion" if opinion else bound.truth.value,
        firm=bound.firm if firm is None else firm,
        source=bound.source.kind,
        consumed=tuple(s for s in spans if s),
    )
