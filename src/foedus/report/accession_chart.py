"""A calendar chart of an accession, written as SVG without any plotting library."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.measures.accession_answer import Accession, AllyRow

__all__ = ["calendar_svg"]

WIDTH = 900
LEFT, RIGHT, TOP, ROW, CURVE = 150, 30, 70, 17, 180
DAYS = 1096
"""The days that the chart spans: three years from the signature."""


def _x(days: float) -> float:
    """Give the place of a day."""
    return LEFT + (WIDTH - LEFT - RIGHT) * min(max(days, 0.0), DAYS) / DAYS


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", size: int = 11, weight: str = "normal"
) -> str:
    """Give one line of words."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}">'
        f"{escape(words)}</text>"
    )


def _axis(signed: date, top: float, bottom: float) -> list[str]:
    """Give a line and a date for the first day of each quarter."""
    marks = []
    for year in range(signed.year, signed.year + 4):
        for month in (1, 4, 7, 10):
            days = (date(year, month, 1) - signed).days
            if 0 <= days <= DAYS:
                x = _x(days)
                marks.append(f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{bottom}" stroke="#ddd"/>')
                marks.append(_text(x, top - 5, f"{year}-{month:02d}", anchor="middle", size=9))
    return marks


def _curve(answer: Accession, top: float) -> list[str]:
    """Give the probability of entry by day, with its axis."""
    points = " ".join(f"{_x(r.days):.1f},{top + CURVE * (1.0 - r.entry):.1f}" for r in answer.calendar)
    marks = [f'<polyline points="{points}" fill="none" stroke="#1b5e8c" stroke-width="2.5"/>']
    for level in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = top + CURVE * (1.0 - level)
        marks.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#eee"/>')
        marks.append(_text(LEFT - 6, y + 4, f"{100 * level:.0f} %", anchor="end", size=9))
    return marks


def _ally(row: AllyRow, y: float) -> list[str]:
    """Give one ally's line: the middle half of its completion, and its median."""
    marks = [
        _text(LEFT - 6, y + 4, row.name, anchor="end", size=10, weight="bold" if row.objects else "normal")
    ]
    if row.done:
        return [*marks, _text(LEFT + 4, y + 4, "done", size=10)]
    start, end = (DAYS if d is None else d for d in (row.days_p25, row.days_p75))
    marks.append(
        f'<rect x="{_x(start):.1f}" y="{y - 4:.1f}" width="{max(_x(end) - _x(start), 1.0):.1f}" height="8" '
        'fill="#9ec3dd"/>'
    )
    if row.days_p50 is not None and row.days_p50 <= DAYS:
        x = _x(row.days_p50)
        marks.append(
            f'<line x1="{x:.1f}" y1="{y - 6:.1f}" x2="{x:.1f}" y2="{y + 6:.1f}" '
            'stroke="#1b5e8c" stroke-width="2"/>'
        )
    return marks


def calendar_svg(answer: Accession) -> str:
    """Draw the calendar of an accession.

    Parameters
    ----------
    answer : Accession
        What :func:`foedus.measures.accession.accession` gives.

    Returns
    -------
    str
        An SVG picture: the probability of entry by day, and below it for each ally the middle half and the
        median of its completion; allies with an objection on record are in bold. All of it is given the
        signature.
    """
    below = TOP + CURVE + 40
    height = below + ROW * len(answer.allies) + 30
    title = f"{answer.name}: probability of entry by day, and each ally's completion"
    signed = "given" if answer.signed_is == "given" else "supposed"
    under = f"Given an invitation and a signature on {answer.signed} ({signed}); from ten rounds"
    marks = [
        _text(10, 22, title, size=15, weight="bold"),
        _text(10, 40, under),
        *_axis(answer.signed, TOP, height - 25),
        *_curve(answer, TOP),
    ]
    for i, row in enumerate(answer.allies):
        marks += _ally(row, below + ROW * i)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" '
        'font-family="sans-serif" fill="#222"><rect width="100%" height="100%" fill="white"/>'
        + "".join(marks)
        + "</svg>\n"
    )
