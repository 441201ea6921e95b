"""Spans of months, as a question names them: a year, years, a month, or months."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.aid.record import Month
from foedus.errors import InputError

__all__ = ["Span", "parse_span"]

_SPAN = re.compile(
    r"\s*(\d{4})(?:-(\d{2}))?\s*(?:(?:-|–|/|\.\.)\s*(\d{4})(?:-(\d{2}))?)?\s*",
)
"""Examples: ``2025``, ``2022-2024``, ``2025-07``, ``2025-07/2025-08``."""


@dataclass(frozen=True)
class Span:
    """Months from one to another, both included.

    Attributes
    ----------
    first, last : Month
        Its ends.
    by_month : bool
        Whether months were named, and not years.
    """

    first: Month
    last: Month
    by_month: bool

    @property
    def months(self) -> int:
        """How many months it holds."""
        return self.last.since(self.first) + 1

    @property
    def years(self) -> range:
        """The years that it touches."""
        return range(self.first.year, self.last.year + 1)

    @property
    def whole_years(self) -> bool:
        """Whether it holds whole years alone."""
        return self.first.month == 1 and self.last.month == 12

    @property
    def text(self) -> str:
        """How it is written: as it may be given again."""
        if self.by_month:
            return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"
        first, last = self.first.year, self.last.year
        return str(first) if first == last else f"{first}-{last}"

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def to(self, last: Month) -> Span:
        """Return the span cut at a month."""
        return Span(self.first, min(self.last, last), self.by_month)


def parse_span(text: str, *, where: str = "--compare-years") -> Span:
    """Read a span of years or months.

    Parameters
    ----------
    text : str
        "2025", "2022-2024", "2025-07" or "2025-07/2025-08".
    where : str, default "--compare-years"
        Where the text stood.

    Returns
    -------
    Span
        With both ends.

    Raises
    ------
    InputError
        When it is no such span, or runs backwards.
    """
    match = _SPAN.fullmatch(text)
    months = [int(m) for m in (match[2], match[4]) if m] if match else []
    mixed = match is not None and match[3] is not None and bool(match[2]) != bool(match[4])
    if match is None or mixed or not all(1 <= m <= 12 for m in months):
        raise InputError(
            f"{text!r} is no span of years or months",
            where=where,
            do="write it as 2025, 2022-2024, 2025-07 or 2025-07/2025-08",
        )
    first = Month(int(match[1]), int(match[2] or 1))
    last_year = int(match[3] or match[1])
    last_month = int(match[4] or 12) if match[3] else int(match[2] or 12)
    last = Month(last_year, last_month)
    if last < first:
        raise InputError(
            f"the span {text.strip()} runs backwards", where=where, do="name the earlier end first"
        )
    return Span(first, last, bool(months))
