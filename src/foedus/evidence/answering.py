"""Which edition answers a question: whole tables before points, the preferred series before another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.evidence.cards import Card

if TYPE_CHECKING:
    import polars as pl

__all__ = ["PART", "POINTS", "WHOLE", "answering_rank", "coverage", "preferred_series"]

WHOLE, PART, POINTS = 2, 1, 0
"""How much of a question an edition's whole tables cover: every year, some of them, none."""


def coverage(card: Card, indicator: str, span: tuple[int, int] | None) -> int:
    """Return how many of the years asked for an edition covers with its whole table."""
    held = card.complete.get(indicator)
    if held is None:
        return POINTS
    if span is None or (held[0] <= span[0] and span[1] <= held[1]):
        return WHOLE
    return PART if held[0] <= span[1] and span[0] <= held[1] else POINTS


def answering_rank(
    card: Card, frame: pl.DataFrame, indicator: str, span: tuple[int, int] | None
) -> tuple[int, int]:
    """Rank an edition as the one to answer: whole tables first, then the most of the figures asked for."""
    held = coverage(card, indicator, span)
    return (held, 0 if held == WHOLE else frame.height)


def preferred_series(cards: list[Card], indicator: str, span: tuple[int, int] | None) -> str:
    """Return the series that answers: the first that holds a whole table, else the first.

    Parameters
    ----------
    cards : list of Card
        The editions that hold a figure asked for, of the preferred series first.
    indicator : str
        A name in the catalogue.
    span : (int, int) or None
        First and last year asked for.
    """
    whole = (card.series for card in cards if coverage(card, indicator, span) > POINTS)
    return next(whole, cards[0].series)
