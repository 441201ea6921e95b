"""Which edition answers: whole tables before points, the preferred series first; and what it leaves blank."""

from __future__ import annotations

from collections.abc import Callable

from foedus.axes import AGGREGATES, country_name
from foedus.evidence.cards import Card
from foedus.evidence.caveats import caveats_of
from foedus.evidence.publications import SERIES, reporting_members
from foedus.evidence.rows import FigureRows

__all__ = [
    "COMPUTED",
    "PART",
    "POINTS",
    "WHOLE",
    "answering_rank",
    "best_points",
    "blanks_of",
    "coverage",
    "newest_whole",
    "preferred_series",
    "remarks_on",
]

COMPUTED = "computed"
"""What a figure rests on that is computed from others of its edition."""

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
    card: Card, frame: FigureRows, indicator: str, span: tuple[int, int] | None
) -> tuple[int, int]:
    """Rank an edition as the one to answer: whole tables first, then the most of the figures asked for.

    An aggregate that one edition quotes and another does not makes no difference where there are allies.
    """
    held = coverage(card, indicator, span)
    allies = sum(country not in AGGREGATES for country in frame["country"])
    return (held, 0 if held == WHOLE else allies or len(frame))


Rows = Callable[[Card], "FigureRows"]
"""What reads the figures of an edition that answer a question."""


def newest_whole(
    cards: list[Card], indicator: str, span: tuple[int, int] | None, rows: Rows
) -> tuple[Card, FigureRows] | None:
    """Return the newest edition that holds the whole table for the years asked, without reading the others.

    Parameters
    ----------
    cards : list of Card
        The editions, of the preferred series first, within a series the newest first.
    indicator : str
        A name in the catalogue.
    span : (int, int) or None
        First and last year asked for.
    rows : callable
        What reads an edition's figures.

    Returns
    -------
    (Card, FigureRows) or None
        None where a preferred series holds the whole table for some of the years only, or none holds it.
    """
    for series in dict.fromkeys(card.series for card in cards):
        same = [card for card in cards if card.series == series]
        for card in same:
            if coverage(card, indicator, span) == WHOLE and len(frame := rows(card)):
                return card, frame
        if any(coverage(card, indicator, span) == PART for card in same):
            return None
    return None


def best_points(
    cards: list[Card], indicator: str, span: tuple[int, int] | None, rows: Rows
) -> tuple[Card, FigureRows] | None:
    """Return the edition with the most of the figures asked for, of the series that answers.

    Parameters
    ----------
    cards : list of Card
        The editions, of the preferred series first, within a series the newest first.
    indicator : str
        A name in the catalogue.
    span : (int, int) or None
        First and last year asked for.
    rows : callable
        What reads an edition's figures.

    Returns
    -------
    (Card, FigureRows) or None
        None where no edition holds a figure asked for.
    """
    matches = [(card, frame) for card in cards if len(frame := rows(card))]
    if not matches:
        return None
    preferred = preferred_series([card for card, _ in matches], indicator, span)
    same = [(card, frame) for card, frame in matches if card.series == preferred]
    # `max` keeps the first of equals, and the newest stands first.
    return max(same, key=lambda pair: answering_rank(pair[0], pair[1], indicator, span))


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


def blanks_of(card: Card, frame: FigureRows, span: tuple[int, int] | None) -> list[str]:
    """Return which allies a whole table of NATO's prints no figure of, among the countries asked for.

    Parameters
    ----------
    card : Card
        The edition that answers.
    frame : FigureRows
        Its figures of all allies, of one indicator; of a few countries nothing is said.
    span : (int, int) or None
        First and last year asked for.

    Returns
    -------
    list of str
        "nato-2025-08 prints no figure of Germany for 2025."
    """
    indicator = frame["indicator"][0]
    if card.series != SERIES[0] or indicator not in card.complete:
        return []
    first, last = card.complete[indicator]
    cells = set(frame.select("country", "year"))
    lines = []
    for year in range(max(first, span[0] if span else first), min(last, span[1] if span else last) + 1):
        members = reporting_members(card.published, year)
        blank = [country_name(code) for code in members if (code, year) not in cells]
        if 0 < len(blank) < len(members) / 2:
            lines.append(f"{card.id} prints no figure of {', '.join(blank)} for {year}.")
    return lines


def remarks_on(card: Card, frame: FigureRows, span: tuple[int, int] | None) -> list[str]:
    """Return what a reader must know of some figures of an edition.

    Parameters
    ----------
    card : Card
        The edition's card.
    frame : FigureRows
        Its figures of one indicator.
    span : (int, int) or None
        First and last year asked for.

    Returns
    -------
    list of str
        How they are known, which are blank, and what is odd about them.
    """
    many, known, rests_on = len(frame), frame["known"], frame["rests_on"]
    press, unverified = known.count("press"), known.count("unverified")
    single = sum(text.startswith("one ") for text in rests_on)
    computed = rests_on.count(COMPUTED)
    counts = {
        f"{press} of {many} figures are quoted by the press or others, not read in the table.": press,
        f"{single} of {many} figures rest on one copy or report.": single,
        f"{computed} of {many} figures are computed from figures of the same edition.": computed,
        f"{unverified} of {many} figures are not verified.": unverified,
    }
    said = [line for line, count in counts.items() if count]
    return [*said, *blanks_of(card, frame, span), *caveats_of(frame)]
