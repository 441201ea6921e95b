"""How fast help arrives, as every face prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.forces.words import in_sentence
from foedus.reinforcement.amounts import Amounts
from foedus.reinforcement.question import ReinforcementQuestion
from foedus.results import Answer, Result
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = [
    "ASSUMED",
    "Arrival",
    "Bottleneck",
    "DaySpan",
    "HostArrival",
    "LossSpan",
    "PermitCase",
    "Reinforcement",
    "day_words",
]

ASSUMED = (
    "Nearly all throughputs are assumed: no public list gives train paths, columns or berths. The model "
    "moves pieces between countries and ports and says nothing of combat."
)
"""What stands beside every answer."""


HOW = {
    "rail": "by rail",
    "road": "by road",
    "sea": "by sea",
    "gauge": "in loading over",
    "assembly": "in taking in",
}
"""How a mode stands in a sentence."""


@dataclass(frozen=True)
class DaySpan:
    """The day by whose end a share has arrived.

    Attributes
    ----------
    share : float
        Of all pieces, a fraction.
    day : float or None
        By the best flow at middle throughputs; None where it has not arrived.
    low, middle, high : float or None
        The middle 80 % and the median over draws, over fixed routes; None where it has not arrived by the
        last day of the simulation.
    """

    share: float
    day: float | None
    low: float | None
    middle: float | None
    high: float | None


@dataclass(frozen=True)
class Arrival:
    """One day of the curve.

    Attributes
    ----------
    day : float
        Days after the alert, at the day's end.
    ready, arrived : float
        Pieces that are ready by then by the requirement's tiers, and that have arrived by the best flow.
    share, low, high : float
        What part of all has arrived, and the middle 80 % over draws.
    """

    day: float
    ready: float
    arrived: float
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class HostArrival:
    """What one host gets.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    pieces : float
        In all.
    day_50, day_90, day_100 : float or None
        The days by whose end half, nine tenths and all of it have arrived.
    """

    country: str
    name: str
    pieces: float
    day_50: float | None
    day_90: float | None
    day_100: float | None


@dataclass(frozen=True)
class Bottleneck:
    """An arc that holds others up.

    Attributes
    ----------
    tail, head, mode : str
        From where to where, in print, and how.
    ends : tuple of str
        The keys of both nodes.
    throughput : float
        Pieces a day at the middle value.
    carried : float
        Pieces that pass it in all.
    full : int
        On how many days it is full.
    step : float
        Pieces a day that are added: a train's load.
    gain : float
        By how many piece-days arrivals come earlier in all with that, by solving again.
    bound : float
        The most that its dual price promises: never below the gain.
    days_mean : float
        By how many days a piece comes earlier with that, on average over all pieces.
    grade, source : str
        How the throughput is known.
    """

    tail: str
    head: str
    mode: str
    ends: tuple[str, str]
    throughput: float
    carried: float
    full: int
    step: float
    gain: float
    bound: float
    days_mean: float
    grade: str
    source: str


@dataclass(frozen=True)
class PermitCase:
    """The answer with another permit.

    Attributes
    ----------
    days : float
        From the alert until a force may cross its first border.
    what, source : str
        Whose figure it is.
    day_50, day_90, day_100 : float or None
        The days by whose end so much has arrived.
    """

    days: float
    what: str
    source: str
    day_50: float | None
    day_90: float | None
    day_100: float | None


@dataclass(frozen=True)
class LossSpan:
    """What becomes of a share's day where links are lost at random.

    Attributes
    ----------
    share : float
        Of all pieces.
    low, middle, high : float or None
        The middle 80 % and the median over cases; None where it never arrives.
    never : float
        In which part of the cases it does not arrive by the horizon.
    """

    share: float
    low: float | None
    middle: float | None
    high: float | None
    never: float


@dataclass(frozen=True)
class Reinforcement(Result):
    """How fast help arrives.

    Attributes
    ----------
    question : ReinforcementQuestion
        What was asked.
    amounts : Amounts
        Who sends what, and when it is ready.
    pieces : float
        All of it.
    rows : tuple of Arrival
        The curve by day.
    spans : tuple of DaySpan
        The days by whose end half, nine tenths and all have arrived.
    hosts : tuple of HostArrival
        By host.
    bottlenecks : tuple of Bottleneck
        What binds, the most valuable first.
    permit_gain : float
        By how many piece-days arrivals come earlier with a permit a day shorter.
    permit_days_mean : float
        By how many days a piece comes earlier with that, on average over all pieces.
    permits : tuple of PermitCase
        The answer with the permits on record.
    losses : tuple of LossSpan
        With links lost at random; empty where none are.
    links : int
        How many links there are to lose.
    notes : tuple of str
        What the reader must know.
    editions, cards : tuple of str
        The editions and records that answered.
    """

    question: ReinforcementQuestion
    amounts: Amounts
    pieces: float
    rows: tuple[Arrival, ...]
    spans: tuple[DaySpan, ...]
    hosts: tuple[HostArrival, ...]
    bottlenecks: tuple[Bottleneck, ...]
    permit_gain: float
    permit_days_mean: float
    permits: tuple[PermitCase, ...]
    losses: tuple[LossSpan, ...]
    links: int
    notes: tuple[str, ...]
    editions: tuple[str, ...]
    cards: tuple[str, ...]

    @property
    def title(self) -> str:
        """What is moved, in print."""
        need = self.amounts.requirement
        return need.headed if need is not None else "Pieces as given"

    def span(self, share: float) -> DaySpan:
        """Return the days of a share."""
        return next(span for span in self.spans if span.share == share)

    def arrived_by(self, day: float) -> float:
        """Return what has arrived by the end of a day, pieces."""
        return max((row.arrived for row in self.rows if row.day <= day), default=0.0)

    def headline(self) -> str:
        """Return when nine tenths have arrived, and what a train and a permit day are worth."""
        return " ".join((self.answer().sentence(), self.best(), self.permit_day()))

    def best(self) -> str:
        """Return the sentence on what one more train's load a day is worth where it is worth most."""
        if not self.bottlenecks:
            return "No throughput binds."
        first = self.bottlenecks[0]
        between = f"from {_in_sentence(first.tail)} to {_in_sentence(first.head)}"
        return (
            f"One train's load a day more ({written(first.step)} pieces) is worth most {HOW[first.mode]} "
            f"{between}: {written(first.gain, grouped=True)} piece-days."
        )

    def permit_day(self) -> str:
        """Return the sentence on what a permit that is a day shorter is worth."""
        if self.permit_gain < 0.5:
            return "A permit a day shorter is worth nothing: forces get ready later than they may leave."
        gain, mean = written(self.permit_gain, grouped=True), written(self.permit_days_mean, 2)
        return f"A permit a day shorter is worth {gain} piece-days: {mean} days for a piece on average."

    def answer(self) -> Answer:
        """Return the day by whose end nine tenths have arrived, and what stands around it."""
        late, half, last = self.span(0.9), self.span(0.5), self.span(1.0)
        places = f"{len(self.hosts)} hosts" if len(self.hosts) > 1 else self.hosts[0].name
        return Answer(
            number=f"{day_words(late.day)} days",
            unit=f"({day_words(late.low)} to {day_words(late.high)})",
            claim=f"after the alert nine tenths of {written(self.pieces, grouped=True)} pieces have reached "
            f"{places}; half by day {day_words(half.day)}, all by day {day_words(last.day)}.",
            beside=("The range holds the middle 80 % over what is assumed of throughputs.", ASSUMED),
            title=f"How fast help arrives: {self.title}",
        )

    def tables(self) -> tuple[Table, ...]:
        """Return days, arrivals by host and by day, what binds, permits, losses and who sends what."""
        from foedus.reinforcement import tables

        return tables.reinforcement_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs."""
        content = super().payload()
        shared = content.pop("amounts")
        content["senders"] = shared.senders
        content["requirement"] = shared.requirement
        content["ready"] = shared.ready
        return content | {"headline": self.headline(), "assumed": ASSUMED}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.reinforcement import charts

        return {"arrivals": charts.arrivals_chart}


def _in_sentence(place: str) -> str:
    """Return a place as it stands in a sentence: the port of Riga, the United States."""
    return f"the {place}" if place.startswith("port of ") else in_sentence(place)


def day_words(day: float | None) -> str:
    """Write a day: whole where it is whole, "never" where there is none."""
    if day is None:
        return "never"
    text = written(day, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text
