"""What has arrived by a day, as every face prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.reinforcement.question import ReinforcementQuestion
from foedus.reinforcement.result import ASSUMED, day_words
from foedus.results import Answer, Result
from foedus.rounding import rounded, written

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = [
    "KINDS",
    "ByDay",
    "CurveDay",
    "KindOfLink",
    "LeverChange",
    "LinkOfMap",
    "ReadyBy",
    "WithPermit",
    "about",
    "permit_label",
]

KINDS: Mapping[str, str] = {
    "ship": "Ship",
    "rail": "Rail",
    "road": "Road",
    "ferry": "Ferry",
    "gauge": "Gauge change",
    "assembly": "Into the host",
}
"""The kinds of links from the port to the host, each with its name in print."""

KIND_WORDS: Mapping[str, str] = {
    "ship": "on ships",
    "rail": "by rail",
    "road": "by road",
    "ferry": "on ferries",
    "gauge": "at the change of gauge",
    "assembly": "into the host",
}
"""The same in a sentence."""

NOTHING = 0.5
"""Persons or pieces below which nothing has come."""


@dataclass(frozen=True)
class CurveDay:
    """One day of the curve.

    Attributes
    ----------
    day : int
        Days after the alert, at the day's end.
    ready : float
        What is ready by then.
    low, middle, high : float
        What has arrived: the middle 80 % and the median over draws.
    """

    day: int
    ready: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class ReadyBy:
    """What is ready in all by a day.

    Attributes
    ----------
    day, ready : float
        The day, and how much.
    moves : bool
        Whether it is among what moves here; a tier that is ready later is not.
    """

    day: float
    ready: float
    moves: bool


@dataclass(frozen=True)
class WithPermit:
    """The answer with another permit, all else alike.

    Attributes
    ----------
    days : float
        From the alert until a force may cross its first border.
    what, source : str
        Whose figure it is.
    low, middle, high : float
        What has arrived by the day.
    curve : tuple of float
        The medians of every day of the curve.
    """

    days: float
    what: str
    source: str
    low: float
    middle: float
    high: float
    curve: tuple[float, ...]


@dataclass(frozen=True)
class LeverChange:
    """What one lever changes by the day, solved again.

    Attributes
    ----------
    name, what : str
        Its key, and in words.
    gain : float
        How much more arrives; less than nought where less does.
    """

    name: str
    what: str
    gain: float


@dataclass(frozen=True)
class KindOfLink:
    """All links of one kind.

    Attributes
    ----------
    kind, label : str
        Its key and its name in print.
    used : float
        Which part of what its used links could take from the first departure to the day is taken.
    gain : float
        How much more arrives by the day if each link of the kind held a quarter more, solved again.
    assumed : float
        Which part of its links has an assumed throughput.
    """

    kind: str
    label: str
    used: float
    gain: float
    assumed: float


@dataclass(frozen=True)
class LinkOfMap:
    """One corridor between two hubs or ports, in the direction in which more goes.

    Attributes
    ----------
    tail, head, mode : str
        From where to where, in print, and how.
    tail_at, head_at : (float, float)
        Latitude and longitude of both ends.
    carried : float
        How much passes by the day.
    full : float
        On which part of the days on which it is used it is full.
    worth : float
        By how much what has not arrived, summed over days, falls at the most for a train's load a day more.
    """

    tail: str
    head: str
    mode: str
    tail_at: tuple[float, float]
    head_at: tuple[float, float]
    carried: float
    full: float
    worth: float


@dataclass(frozen=True)
class ByDay(Result):
    """What has arrived by a day after the alert, with permits, levers and what binds.

    Attributes
    ----------
    question : ReinforcementQuestion
        What was asked.
    day : int
        By the end of which day.
    title, unit : str
        What moves; "persons" of land forces, or "pieces" where pieces were given.
    moving : float
        All that moves.
    low, middle, high : float
        What has arrived by the day: the middle 80 % and the median over draws, over fixed routes.
    best : float
        The same by the best flow at middle throughputs.
    rows : tuple of CurveDay
        The curve.
    steps : tuple of ReadyBy
        What is ready by which day.
    permits : tuple of WithPermit
        With the permits on record, the longest first.
    changes : tuple of LeverChange
        What each lever changes.
    kinds : tuple of KindOfLink
        From the port to the host.
    links : tuple of LinkOfMap
        For the map.
    notes : tuple of str
        What the reader must know.
    editions, cards : tuple of str
        The editions and records that answered.
    """

    question: ReinforcementQuestion
    day: int
    title: str
    unit: str
    moving: float
    low: float
    middle: float
    high: float
    best: float
    rows: tuple[CurveDay, ...]
    steps: tuple[ReadyBy, ...]
    permits: tuple[WithPermit, ...]
    changes: tuple[LeverChange, ...]
    kinds: tuple[KindOfLink, ...]
    links: tuple[LinkOfMap, ...]
    notes: tuple[str, ...]
    editions: tuple[str, ...]
    cards: tuple[str, ...]

    @property
    def what(self) -> str:
        """What is counted, in words."""
        return "land troops" if self.unit == "persons" else "pieces"

    @property
    def longest(self) -> WithPermit | None:
        """The longest permit on record, where it is not the one that was asked about."""
        first = self.permits[0] if self.permits else None
        return first if first is not None and first.days != self.question.permit_days else None

    @property
    def binding(self) -> KindOfLink | None:
        """The kind of link of which a quarter more brings most; None where nothing binds."""
        first = max(self.kinds, key=lambda kind: kind.gain, default=None)
        return first if first is not None and first.gain > NOTHING else None

    def ready_by(self, day: float) -> float:
        """Return what is ready by a day, of what moves."""
        return max((step.ready for step in self.steps if step.moves and step.day <= day), default=0.0)

    def permit_words(self) -> str:
        """Return whose figure the permit is, as it ends a clause; empty for one that is nobody's."""
        same = next((p for p in self.permits if p.days == self.question.permit_days), None)
        return f" ({same.what})" if same is not None else ""

    def answer(self) -> Answer:
        """Return what has arrived by the day, and what it would be with the longest permit on record."""
        longest = self.longest
        rest = "have arrived."
        proposed = self.permits[-1] if self.permits else None
        if longest is None and proposed is not None:
            rest += f" If it took {permit_label(proposed.days)}, {proposed.what}: {about(proposed.middle)}."
        if longest is not None:
            asked = permit_label(longest.days)
            rest += f" If all asked the {asked} that one country does: {about(longest.middle)}."
        lost = f" and {self.question.lose} links are lost by chance" if self.question.lose else ""
        return Answer(
            condition=f"If a border permit takes {permit_label(self.question.permit_days)}"
            f"{self.permit_words()}{lost},",
            number=about(self.middle),
            unit=f"{self.span()}of {about(self.moving)} {self.what} by day {self.day}",
            claim=rest,
            beside=(
                "The force model says who is ready by then, not who has arrived. Most throughputs are "
                "assumed."
                if self.unit == "persons"
                else ASSUMED,
            ),
            title=f"By day {self.day}, {about(self.middle)} of {about(self.moving)} {self.what} would have "
            "arrived",
        )

    def span(self) -> str:
        """Return the interval in brackets, with a space behind it; nothing where both ends read the same."""
        low, high = about(self.low), about(self.high)
        return "" if low == high else f"({low} to {high}) "

    def headline(self) -> str:
        """Return the answer and what binds."""
        return f"{self.answer().sentence()} {self.bound()}"

    def bound(self) -> str:
        """Return the sentence on what binds."""
        kind = self.binding
        if kind is None:
            return "No throughput binds by then."
        more = f"{about(kind.gain)} more by day {self.day}"
        return f"A quarter more room {KIND_WORDS[kind.kind]} brings most: {more}."

    def tables(self) -> tuple[Table, ...]:
        """Return permits, levers, kinds of links, links and the curve."""
        from foedus.reinforcement.by_day_tables import by_day_tables

        return by_day_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs."""
        return super().payload() | {"headline": self.headline(), "assumed": ASSUMED}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.reinforcement.by_day_charts import by_day_chart
        from foedus.reinforcement.corridor_map import corridor_map
        from foedus.reinforcement.kind_charts import kinds_chart

        return {"arrivals": by_day_chart, "kinds": kinds_chart, "corridors": corridor_map}


def about(number: float) -> str:
    """Write persons or pieces in thousands, hundreds below ten thousand, tens below one; "none" for none."""
    size = abs(number)
    if size < NOTHING:
        return "none"
    digits = 0 if size < 100.0 else -1 if size < 1000.0 else -2 if size < 10_000.0 else -3
    return written(float(rounded(number, digits)), grouped=True)


def permit_label(days: float) -> str:
    """Write how long a permit takes: "3 days", "6 hours"."""
    if 0.0 < days < 1.0:
        return f"{day_words(24.0 * days)} hours"
    return f"{day_words(days)} day{'' if days == 1.0 else 's'}"
