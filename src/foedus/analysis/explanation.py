"""What one number rests on: the amounts it is the sum of, the chances that spread it, numbers and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from foedus.analysis.reached import Edge
from foedus.results import Answer, Note, Result, to_jsonable
from foedus.units import format_value, in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.parameters import Grade
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = [
    "CUT",
    "FORMAT",
    "VERSION",
    "Explanation",
    "GivenFigure",
    "GradePart",
    "LeftOut",
    "NumberLeaf",
    "PartOfNumber",
    "SourceLeaf",
    "SpreadingChance",
]

FORMAT, VERSION = "foedus-explanation", 1
"""What ``--json`` calls itself, and the version of its keys: one more where a key changes its meaning."""

CUT = 0.9
"""Chances are listed, the greatest first, until they carry this part of the spread."""


@dataclass(frozen=True)
class SourceLeaf:
    """A source card that a figure or a number ends in.

    Attributes
    ----------
    edition : str
        The card's id.
    publisher, title, url : str
        As the publisher names them.
    published : datetime.date or None
        Its day; None where the card is not held here.
    day_known : str
        How that day is known.
    """

    edition: str
    publisher: str = ""
    title: str = ""
    url: str = ""
    published: date | None = None
    day_known: str = ""

    @property
    def said(self) -> str:
        """The card in words: edition, publisher and day."""
        day = f"{self.published} ({self.day_known})" if self.published else "card not held here"
        return ", ".join(word for word in (self.edition, self.publisher, day) if word)


@dataclass(frozen=True)
class GivenFigure:
    """Where a starting value, an input or a figure of the measure is from, for some countries and years.

    Attributes
    ----------
    name, label : str
        Its catalogue name, and how it is headed.
    status, known, of, how : str
        As :class:`foedus.parameters.Provenance` has them.
    years : tuple of int
        First and last year of the figures.
    countries : tuple of str
        Alpha-3 codes.
    source : SourceLeaf or None
        The card; None where the scenario sets the value, or it is nought by convention.
    """

    name: str
    label: str
    status: str
    known: str
    of: str
    how: str
    years: tuple[int, ...]
    countries: tuple[str, ...]
    source: SourceLeaf | None


@dataclass(frozen=True)
class NumberLeaf:
    """A number of the model.

    Attributes
    ----------
    name : str
        ``component.name``.
    value : float or tuple
        One value, or one for each country of the scenario.
    range : tuple of float
        The least and the greatest that make sense; empty where it is no parameter of this version.
    unit, grade, source : str
        As the scenario has them.
    cards : tuple of SourceLeaf
        The editions that the source names.
    """

    name: str
    value: Any
    range: tuple[float, ...]
    unit: str
    grade: Grade
    source: str
    cards: tuple[SourceLeaf, ...]

    def ends(self) -> tuple[float, float] | None:
        """Return the least and the greatest value over countries; None of a single one."""
        values = tuple(_flat(self.value))
        return (min(values), max(values)) if len(values) > 1 else None


@dataclass(frozen=True)
class SpreadingChance:
    """A chance that spreads the number.

    Attributes
    ----------
    name, label, component : str
        The shock's catalogue name and label, and the component that reads it.
    total, total_low, total_high : float or None
        Its total index with the interval of 95 %: the part of the spread that would be left if all else were
        known; None where nothing was drawn.
    first : float or None
        Its first index: the part that it carries by itself.
    grade : str
        The weakest grade of the numbers that set its size; "figures" where only figures do.
    numbers : tuple of NumberLeaf
        The numbers that set its size.
    figures : tuple of GivenFigure
        The figures that do.
    """

    name: str
    label: str
    component: str
    total: float | None
    total_low: float | None
    total_high: float | None
    first: float | None
    grade: str
    numbers: tuple[NumberLeaf, ...]
    figures: tuple[GivenFigure, ...]


@dataclass(frozen=True)
class PartOfNumber:
    """One of the amounts that the number is the sum of.

    Attributes
    ----------
    name, label : str
        A country's alpha-3 code and name, or words.
    amount : float
        In the number's unit; all of them add up to it.
    spread : float or None
        Its part of the spread: the covariance with the whole over the variance of the whole; None without.
    figures : tuple of GivenFigure
        The figures that this part starts from.
    """

    name: str
    label: str
    amount: float
    spread: float | None
    figures: tuple[GivenFigure, ...]


@dataclass(frozen=True)
class GradePart:
    """How much rests on numbers of one grade.

    Attributes
    ----------
    grade : str
        "measured", "estimated", "judged" or "assumed"; "figures" of what no number but figures set.
    spread : float or None
        The part of the total indices of chances whose weakest number is of the grade.
    numbers : int
        How many numbers of the grade the measure reaches.
    """

    grade: str
    spread: float | None
    numbers: int


@dataclass(frozen=True)
class LeftOut:
    """What is behind the cut.

    Attributes
    ----------
    chances, numbers, figures : int
        How many of each are reached and not listed.
    spread : float
        The part of the total indices that the chances left out carry.
    """

    chances: int
    numbers: int
    figures: int
    spread: float


@dataclass(frozen=True)
class Explanation(Result):
    """What one number rests on.

    Attributes
    ----------
    measure, label, unit, country : str
        The number: a catalogue name, and an alpha-3 code where it is a country's.
    scenario, title : str
        The scenario's name and title.
    as_of : datetime.date
        The day whose knowledge it uses.
    year : int
        The year.
    value, low, high : float or None
        Median and interval of 80 %; None where nothing was drawn.
    naive : float or None
        The forecast of no change of a measure.
    shown : str
        Which forecast may be shown: "model", "both" or "no change"; empty where none is a forecast.
    draws, seed : int
        Of the run that the number is of.
    parts : tuple of PartOfNumber
        The amounts that it is the sum of, the largest first; empty where its form is no sum.
    chances : tuple of SpreadingChance
        The chances that spread it, the greatest total index first, cut at :attr:`cut` of them.
    numbers, figures : tuple
        The numbers and figures held fixed that the components of these chances read.
    left_out : LeftOut
        What is behind the cut.
    grades : tuple of GradePart
        How much rests on which grade.
    edges : tuple of Edge
        Every declaration that leads from the number to what is listed and left out.
    editions : mapping of str to str
        The checksum of the table of each edition used by the scenario.
    notes : tuple of Note
        What a reader must know.
    cut : float
        Chances are listed until they carry this part of the spread.
    """

    ROWS: ClassVar[str] = "chances"

    measure: str
    label: str
    unit: str
    country: str
    scenario: str
    title: str
    as_of: date
    year: int
    value: float | None
    low: float | None
    high: float | None
    naive: float | None
    shown: str
    draws: int
    seed: int
    parts: tuple[PartOfNumber, ...]
    chances: tuple[SpreadingChance, ...]
    numbers: tuple[NumberLeaf, ...]
    figures: tuple[GivenFigure, ...]
    left_out: LeftOut
    grades: tuple[GradePart, ...]
    edges: tuple[Edge, ...]
    editions: Mapping[str, str]
    notes: tuple[Note, ...] = field(default=())
    cut: float = CUT

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return the number, and how much of its spread rests on numbers of which grade."""
        title = f"{self.label}, {self.year}: what it rests on"
        beside = (self.rests(), *(self.forecast_words() and (self.forecast_words(),)))
        if self.value is None:
            return Answer("", "", f"{self.label} in {self.year}, all that it reaches.", beside, title=title)
        span = "" if self.low == self.high else f" ({self.written(self.low)} to {self.written(self.high)})"
        claim = f"{self.label} in {self.year}: {self.leading()}"
        return Answer(self.written(self.value), f"{span.strip()}".strip(), claim, beside, title=title)

    def written(self, value: float | None) -> str:
        """Return a value as its unit is printed."""
        return format_value(value, self.unit)

    def leading(self) -> str:
        """Return which chance carries most of the spread."""
        first = next(iter(self.chances), None)
        if first is None:
            return "it is a figure and no forecast." if self.is_given else "no chance spreads it."
        if first.total is None or first.total_low is None or first.total_high is None:
            return "nothing was drawn."
        ends = (in_per_cent(max(first.total_low, 0.0), 0), per_cent(first.total_high, 0))
        return f"{per_cent(first.total, 0)} ({' to '.join(ends)}) of its spread turns on: {first.label}."

    @property
    def is_given(self) -> bool:
        """Whether the number is of the start, which no component has touched."""
        return all(edge.giver in {"start", "inputs"} for edge in self.edges)

    def rests(self) -> str:
        """Return how much rests on which grade, in one sentence."""
        spread = [f"{per_cent(g.spread, 0)} on {_graded(g.grade)}" for g in self.grades if g.spread]
        held = ", ".join(f"{g.numbers} {g.grade}" for g in self.grades if g.numbers)
        reached = f"It reaches {held or 'no'} numbers; what has no chance is held fixed and in no spread."
        return f"The spread rests to {', '.join(spread)}. {reached}" if spread else reached

    def forecast_words(self) -> str:
        """Return which forecast may be shown, where the model's own may not stand alone."""
        if self.shown == "no change":
            return f"No skill over no change so far ahead: {self.written(self.naive)} is what may be shown."
        if self.shown == "both":
            return f"Not surely better than no change so far ahead, which says {self.written(self.naive)}."
        return ""

    def sources(self) -> tuple[SourceLeaf, ...]:
        """Return every source card that a branch ends in, each once."""
        leaves = (*(f.source for f in self._figures()), *(c for n in self._numbers() for c in n.cards))
        return tuple(dict.fromkeys(leaf for leaf in leaves if leaf is not None))

    def _figures(self) -> Iterator[GivenFigure]:
        """Yield every figure listed."""
        yield from self.figures
        for chance in self.chances:
            yield from chance.figures
        for part in self.parts:
            yield from part.figures

    def _numbers(self) -> Iterator[NumberLeaf]:
        """Yield every number listed."""
        yield from self.numbers
        for chance in self.chances:
            yield from chance.numbers

    def tables(self) -> tuple[Table, ...]:
        """Return chances, numbers, figures and parts as tables."""
        from foedus.analysis.explanation_tables import explanation_tables

        return explanation_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the explanation for programs, with the format's name and version first."""
        content: dict[str, Any] = {"format": FORMAT, "version": VERSION, **to_jsonable(self)}
        return content | {"answer": self.answer().payload()}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.analysis.charts.explain import tree_chart

        return {"tree": tree_chart}


def _flat(value: Any) -> Iterator[float]:
    """Yield the values of a number, of however many axes."""
    if isinstance(value, tuple):
        for inner in value:
            yield from _flat(inner)
    else:
        yield value


def _graded(grade: str) -> str:
    """Return what a grade stands for in a sentence."""
    return "figures" if grade == "figures" else f"{grade} numbers"
