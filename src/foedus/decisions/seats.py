"""The members of a question as seats: who accepts, who may break silence, and how likely, in words."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi
from typing import TYPE_CHECKING, Any

from foedus.decisions.brief import shown_name, supposed_words
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.decisions.result import Decision, Holdout

__all__ = ["Seat", "chance_range", "others_words", "seat_words", "seats_of", "seats_title"]

SEEN = 0.005
"""Below this a chance is nought in print."""

MOST_LISTED = 10


@dataclass(frozen=True)
class Seat:
    """One member's wedge: its angles in radians, clockwise from the top, and its chances of objecting."""

    code: str
    start: float
    end: float
    chance: float
    low: float
    high: float
    supposed: bool

    @property
    def may_object(self) -> bool:
        """Whether some reading of its position lets it object."""
        return self.high >= SEEN

    @property
    def tip(self) -> str:
        """What is said of the seat."""
        name = shown_name(self.code)
        if self.supposed:
            return f"{name}: supposed to agree"
        if not self.may_object:
            return f"{name}: accepts under every reading"
        return f"{name}: breaks silence with {chance_range(self.chance, self.low, self.high)}"


def chance_range(chance: float, low: float, high: float) -> str:
    """Write a chance with its range where it has one.

    Parameters
    ----------
    chance, low, high : float
        The chance, and the ends of its range.

    Returns
    -------
    str
        For example "56 % (32 to 83)".
    """
    span = f" ({written(low, scale=2)} to {written(high, scale=2)})" if high - low >= SEEN else ""
    return f"{per_cent(chance, 0)}{span}"


def _between(row: Holdout) -> tuple[float, float]:
    """Return the ends of a member's chance; both the chance where no band is wide."""
    chance = row.probability_objects
    low, high = row.objects_low, row.objects_high
    return (chance if low is None else low, chance if high is None else high)


def seats_of(answer: Decision) -> list[Seat]:
    """Return the seats: who is supposed to agree, then who may object, then the others by name.

    Parameters
    ----------
    answer : Decision
        The answer.

    Returns
    -------
    list of Seat
        Clockwise from the top.
    """
    rows = [(row, *_between(row)) for row in answer.holdouts]
    supposed = set(answer.supposed)

    def place(item: tuple[Holdout, float, float]) -> tuple[Any, ...]:
        row, _, high = item
        kind = 0 if row.name in supposed else 1 if high >= SEEN else 2
        return (kind, -row.probability_objects if kind == 1 else 0.0, -high if kind == 1 else 0.0, row.name)

    step = 2.0 * pi / max(1, len(rows))
    gap = min(0.012, step / 8.0)
    return [
        Seat(
            code=row.name,
            start=i * step + gap,
            end=(i + 1) * step - gap,
            chance=row.probability_objects,
            low=low,
            high=high,
            supposed=row.name in supposed,
        )
        for i, (row, low, high) in enumerate(sorted(rows, key=place))
    ]


def seats_title(answer: Decision) -> str:
    """Return how likely all accept the draft as put, in a few words.

    Parameters
    ----------
    answer : Decision
        The answer.

    Returns
    -------
    str
        The title of the ring.
    """
    lead = supposed_words(answer)
    chance = per_cent(answer.probability_without, 0)
    words = f"{chance} that all {len(answer.holdouts)} accept as put"
    return f"{lead}: {words}" if lead else words


def seat_words(answer: Decision) -> list[str]:
    """Return who may object, and that the others accept.

    Parameters
    ----------
    answer : Decision
        The answer.

    Returns
    -------
    list of str
        Sentences.
    """
    seats = seats_of(answer)
    objecting = [seat for seat in seats if seat.may_object and not seat.supposed]
    lines = [f"{seat.tip}." for seat in objecting[:MOST_LISTED]]
    accepting = sum(not seat.may_object and not seat.supposed for seat in seats)
    if accepting:
        lines.append(others_words(accepting, len(seats)))
    return lines


def others_words(count: int, total: int) -> str:
    """Write how many accept whatever the reading.

    Parameters
    ----------
    count, total : int
        How many, and of how many.

    Returns
    -------
    str
        One sentence.
    """
    who = "All" if count == total else f"The other {count}"
    return f"{who} accept under every reading of their positions."
