"""What a scorecard is made of: priorities, measures, and what was known of each on a day.

A measure has no value on a day on which nothing that is held tells it; then it says why. Two values are
subtracted only where they rest on one definition and are not the same figure twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from foedus.tables import Kind, write_cell
from foedus.units import Unit

__all__ = [
    "MEASURES",
    "PRIORITIES",
    "ChangeInOffice",
    "DayReading",
    "Days",
    "Measure",
    "MeasureOnDay",
    "Priority",
    "difference",
]

Days = tuple[date, date]
"""The first day of a holder, and the later one."""

PRIORITIES: Mapping[str, str] = MappingProxyType(
    {
        "ukraine": "Sustain support for Ukraine",
        "spending": "Raise spending",
        "us_anchored": "Keep the United States anchored",
        "capabilities": "Close capability gaps",
        "partners": "Bring partners and applicants nearer",
    }
)
"""The priorities, in the order in which they are printed."""


@dataclass(frozen=True)
class Measure:
    """One measure of a priority.

    Attributes
    ----------
    name, priority : str
        Its key, and a key of :data:`PRIORITIES`.
    label, short : str
        Its heading, and the same where room is short.
    unit : str
        One of :data:`foedus.units.UNITS`.
    form : str
        How a value stands in words, with a place for the number: "EUR {} bn".
    kind, change_kind : str
        How a value and a difference are written, kinds of :data:`foedus.tables.Kind`.
    """

    name: str
    priority: str
    label: str
    short: str
    unit: Unit
    form: str = "{}"
    kind: Kind = "count"
    change_kind: Kind = "signed_count"

    def write(self, value: float) -> str:
        """Write a value with its unit."""
        return self.form.format(write_cell(value, self.kind))

    def write_change(self, value: float) -> str:
        """Write a difference with its sign and its unit."""
        if not value:
            return "no difference"
        form = "{} points" if self.kind == "per_cent" else self.form
        return form.format(write_cell(value, self.change_kind))


def _aid(name: str, label: str, short: str) -> Measure:
    """Return a measure of aid."""
    form: tuple[Kind, Kind] = ("billions", "signed_billions")
    return Measure(name, "ukraine", label, short, "eur", "EUR {} bn", *form)


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        measure.name: measure
        for measure in (
            _aid("aid_europe", "Aid of Europe with the EU institutions, twelve months", "Aid of Europe"),
            _aid("aid_united_states", "Aid of the United States, twelve months", "Aid of the US"),
            Measure("allies_at_2", "spending", "Allies at 2 % of GDP", "Allies at 2 %", "count", "{} allies"),
            Measure(
                "share_europe_canada",
                "spending",
                "Spending of NATO Europe and Canada over GDP",
                "Europe and Canada",
                "fraction",
                "{} of GDP",
                "per_cent",
                "points",
            ),
            Measure(
                "us_forces",
                "us_anchored",
                "US forces assigned to Europe",
                "US forces in Europe",
                "person",
                "{} persons",
            ),
            Measure(
                "brigades_missing",
                "capabilities",
                "Brigades missing of a minimum by a press report",
                "Brigades missing",
                "item",
                "{} brigades",
            ),
            Measure(
                "air_defence_missing",
                "capabilities",
                "Air-defence units missing of that minimum",
                "Air defence missing",
                "item",
                "{} units",
            ),
            Measure("open_accessions", "partners", "Open accessions", "Open accessions", "count", "{} open"),
            Measure("partner_states", "partners", "Partner states", "Partner states", "count", "{} states"),
        )
    }
)
"""The measures, those of one priority together."""


@dataclass(frozen=True)
class Priority:
    """One priority, by one who named it.

    Attributes
    ----------
    priority, label : str
        A key of :data:`PRIORITIES`, and its words.
    said_by, publisher : str
        Who named it, and who printed that.
    day : datetime.date
        The day of the report.
    known, source, url : str
        How the row is known, and where from.
    """

    priority: str
    label: str
    said_by: str
    publisher: str
    day: date
    known: str
    source: str
    url: str


@dataclass(frozen=True)
class DayReading:
    """What is held of a measure about one day.

    Attributes
    ----------
    value : float or None
        In the measure's unit inside foedus: fractions, euros, persons; None where there is no measure.
    words : str
        What stands for the value where it needs more words than a number; else empty.
    of : str
        What the value is of: a year, months, a quarter, a count; empty where it is of the day itself.
    edition : str
        The edition or record that tells it.
    published : datetime.date or None
        The day it was public; None where every row of a record is dated by its own event.
    known : str
        How the weakest of its rows is known; empty where the edition tells that by row.
    basis : str
        The definition. Values of two definitions are not subtracted.
    later : str
        What the newest edition says of the same, where that differs.
    why : str
        Why there is no measure; empty where there is one.
    among : int or None
        Of how many allies a count is.
    """

    value: float | None = None
    words: str = ""
    of: str = ""
    edition: str = ""
    published: date | None = None
    known: str = ""
    basis: str = ""
    later: str = ""
    why: str = ""
    among: int | None = None


@dataclass(frozen=True)
class MeasureOnDay:
    """One measure of one holder on one day: a row of the scorecard in long form.

    Attributes
    ----------
    holder, priority, measure, unit : str
        Whose, a key of :data:`PRIORITIES`, a key of :data:`MEASURES`, and one of
        :data:`foedus.units.UNITS`.
    moment : {"first", "last"}
        The first day in office, or the last: of a holder in office, the day of the question.
    day : datetime.date
        That day.
    value : float or None
        Fractions, euros, persons, counts; None where there is no measure.
    words : str
        The value as it is printed; "no measure" where there is none.
    of, edition, known, basis, later, why : str
        As in :class:`DayReading`.
    published : datetime.date or None
        As in :class:`DayReading`.
    among : int or None
        As in :class:`DayReading`.
    looks_back : bool
        Whether the edition came out after the day, and so tells what was not known on it.
    """

    holder: str
    priority: str
    measure: str
    unit: str
    moment: Literal["first", "last"]
    day: date
    value: float | None
    words: str
    of: str
    edition: str
    published: date | None
    known: str
    basis: str
    later: str
    why: str
    among: int | None
    looks_back: bool

    @property
    def source(self) -> str:
        """The edition with its day, and whether it looks back; empty where there is no measure."""
        if self.value is None:
            return ""
        public = f", {self.published}" if self.published else ", rows by their own day"
        weak = ", unverified" if self.known == "unverified" else ""
        back = ", looking back" if self.looks_back else ""
        return f"{self.edition}{public}{weak}{back}"


@dataclass(frozen=True)
class ChangeInOffice:
    """What lies between the two days of a holder.

    Attributes
    ----------
    holder, measure : str
        Whose, and a key of :data:`MEASURES`.
    value : float or None
        The later value less the earlier; None where they cannot be subtracted.
    words : str
        The difference with its unit, or why there is none.
    """

    holder: str
    measure: str
    value: float | None
    words: str


def difference(holder: str, measure: Measure, first: MeasureOnDay, last: MeasureOnDay) -> ChangeInOffice:
    """Return the difference between two days, or why there is none.

    Parameters
    ----------
    holder : str
        Whose days.
    measure : Measure
        What is measured.
    first, last : MeasureOnDay
        The two days, the earlier first.

    Returns
    -------
    ChangeInOffice
        A difference with its unit.
    """
    return ChangeInOffice(holder, measure.name, *_difference(measure, first, last))


def _difference(measure: Measure, first: MeasureOnDay, last: MeasureOnDay) -> tuple[float | None, str]:
    """Return the later value less the earlier with its words, or None and why there is no difference."""
    if first.value is None or last.value is None:
        return None, "no measure on both days"
    if first.day == last.day:
        return None, "one and the same day"
    if first.basis != last.basis:
        return None, f"two definitions: {first.basis}; {last.basis}"
    if first.of and (first.edition, first.of) == (last.edition, last.of):
        return None, f"the same figure twice: {first.of}"
    value = last.value - first.value
    words = [measure.write_change(value)]
    if first.among != last.among:
        words.append(f"of {first.among} and of {last.among}")
    if first.published is not None and (first.edition, first.published) == (last.edition, last.published):
        words.append("both by one edition")
    return value, ", ".join(words)
