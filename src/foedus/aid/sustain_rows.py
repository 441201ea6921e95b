"""From draws to the rows of an answer on sustained support: months, accounts, what binds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foedus.aid.donors import donor_code, donor_name
from foedus.aid.sustain_classes import CLASSES, DONOR_GROUPS, SupportLevers
from foedus.aid.sustain_inputs import SupportSetup, numbers, us_then_and_now
from foedus.aid.tracker import Tracker
from foedus.engine.arrays import Array
from foedus.rounding import written
from foedus.units import billions

__all__ = [
    "ClassSupport",
    "GroupSupport",
    "ReplacedClass",
    "SupportDraws",
    "account_rows",
    "class_row",
    "given_parts",
    "levers_in_words",
    "replaced_rows",
    "support_notes",
]

ENOUGH = 1.0 - 1e-6
"""The part of a rate from which on it counts as given."""

SECRET = (
    "Stocks are secret: where no table was brought they are assumed ranges, and so is most of production."
)
"""What stands beside every answer without an import."""

ALONE = "No donor steps in where another stops, and nothing is said of what is bought abroad."
"""What the accounts leave out."""

LASTS = "nothing by then"
"""What binds where the rate is held to the last month."""


@dataclass(frozen=True)
class ClassSupport:
    """How long one class can be given at its rate.

    Attributes
    ----------
    equipment : str
        The class.
    rate : float
        Pieces a month.
    rate_grade : str
        How the rate is known: "measured" on the tracker, "judged", "assumed", or "asked".
    months_p10, months_p50, months_p90 : int or None
        For how many months it is given, with the middle 80 % of draws; None beyond the last month.
    holds : float
        The part of draws in which it is given to the last month.
    given_part : float
        What is given in all months, as a part of the rate; the median.
    lasting_p10, lasting_p50, lasting_p90 : float
        Pieces a month that the donors that still give could give evenly over all months, at the most.
    binds : str
        What ends it in most draws.
    binds_part : float
        In what part of the draws in which it ends.
    """

    equipment: str
    rate: float
    rate_grade: str
    months_p10: int | None
    months_p50: int | None
    months_p90: int | None
    holds: float
    given_part: float
    lasting_p10: float
    lasting_p50: float
    lasting_p90: float
    binds: str
    binds_part: float


@dataclass(frozen=True)
class GroupSupport:
    """The account of one group of donors and one class: medians over draws, pieces.

    Attributes
    ----------
    equipment, group : str
        Of what and whose.
    stock, floor, produced, given, used, end : float
        At the start, what is kept, what came from makers, what was given, what donors used, and at the end.
    months : int or None
        For how many months the group gives what it is asked for; None beyond the last.
    grade : str
        How the stock is known: "imported" or "assumed".
    """

    equipment: str
    group: str
    stock: float
    floor: float
    produced: float
    given: float
    used: float
    end: float
    months: int | None
    grade: str


@dataclass(frozen=True)
class ReplacedClass:
    """Years to make anew what was allocated of a class, at makers' present rate and at the scenario's.

    Attributes
    ----------
    equipment : str
        The class.
    pieces : float
        What was allocated by the release.
    per_year, per_year_target : float
        Pieces a year now, and with the scenario's production.
    years, years_target : float
        The years at each.
    """

    equipment: str
    pieces: float
    per_year: float
    per_year_target: float
    years: float
    years_target: float


@dataclass(frozen=True)
class SupportDraws:
    """All draws of a question: fields as in :class:`~foedus.aid.sustain_model.Flows` and its inputs."""

    stock: Array
    floor: Array
    end: Array
    produced: Array
    given: Array
    used: Array
    given_by_month: Array
    short_month: Array
    short_of_orders: Array


def _quantiles(values: Array, last: int) -> tuple[int | None, int | None, int | None]:
    """Return the middle 80 % and the median of a number of months; None beyond the last."""
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9], method="inverted_cdf")
    return tuple(None if v >= last else int(v) for v in (low, middle, high))  # type: ignore[return-value]


def class_row(prepared: SupportSetup, draws: SupportDraws, index: int) -> ClassSupport:
    """Return how long one class can be given.

    Parameters
    ----------
    prepared : SupportSetup
        What was asked.
    draws : SupportDraws
        What became of it.
    index : int
        The class's place.

    Returns
    -------
    ClassSupport
        The rate is sustained while all groups together give it.
    """
    rate, last = float(prepared.rates[index]), prepared.months
    given = draws.given_by_month[:, index]
    short = given < rate * ENOUGH
    ends = np.where(short.any(axis=0), short.argmax(axis=0), last)
    active = (prepared.asked[-1, :, index] > 0.0)[:, np.newaxis]
    left = np.maximum(draws.end[:, index] - draws.floor[:, index], 0.0)
    could = ((draws.given[:, index] + left) * active).sum(axis=0) / last
    p10, p50, p90 = np.quantile(could, [0.1, 0.5, 0.9]).tolist()
    binds, part = _what_binds(prepared, draws, index, ends)
    months = _quantiles(ends, last)
    return ClassSupport(
        CLASSES[index].name,
        rate,
        prepared.rate_grades[index],
        *months,
        float((ends == last).mean()),
        float(np.median(given.sum(axis=0))) / (rate * last),
        p10,
        p50,
        p90,
        binds,
        part,
    )


def _what_binds(prepared: SupportSetup, draws: SupportDraws, index: int, ends: Array) -> tuple[str, float]:
    """Return what ends a class in most of the draws in which it ends, and in what part of them."""
    last = prepared.months
    ended = np.flatnonzero(ends < last)
    if not ended.size:
        return LASTS, 1.0
    asked = prepared.asked[:, :, index].sum(axis=1)
    rate = float(prepared.rates[index])
    by_choice = asked[ends[ended]] < rate * ENOUGH
    short = draws.short_month[:, index][:, ended]
    group = short.argmin(axis=0)
    orders = draws.short_of_orders[:, index][group, ended]
    names = list(DONOR_GROUPS.values())
    counts: Counter[str] = Counter()
    counts[_choice(prepared)] = int(by_choice.sum())
    for g, name in enumerate(names):
        own = ~by_choice & (group == g)
        counts[f"the lead time of orders ({name})"] = int((own & orders).sum())
        counts[f"the floor, and makers' capacity ({name})"] = int((own & ~orders).sum())
    words, count = counts.most_common(1)[0]
    return words, count / ended.size


def _choice(prepared: SupportSetup) -> str:
    """Return the words for a donor that is to give less."""
    less = [donor_name(donor_code(name)) for name, factor, _ in prepared.levers.donors if factor < 1.0]
    return f"the decision to give less ({', '.join(less)})"


def account_rows(prepared: SupportSetup, draws: SupportDraws) -> tuple[GroupSupport, ...]:
    """Return the accounts of each class and group, medians over draws."""
    rows = []
    grades = {(stock.group, stock.equipment): stock.grade for stock in prepared.stocks}
    for j, entry in enumerate(CLASSES):
        for i, group in enumerate(DONOR_GROUPS):
            _, months, _ = _quantiles(draws.short_month[i, j], prepared.months)
            flows = ("stock", "floor", "produced", "given", "used", "end")
            medians = {name: float(np.median(getattr(draws, name)[i, j])) for name in flows}
            grade = grades[group, entry.name]
            rows.append(GroupSupport(entry.name, group, months=months, grade=grade, **medians))
    return tuple(rows)


def replaced_rows(prepared: SupportSetup) -> tuple[ReplacedClass, ...]:
    """Return the years that makers need for what was allocated, at the middle of their rates."""
    values = numbers()
    rows = []
    for j, entry in enumerate(CLASSES):
        if not entry.weapon:
            continue
        rates = (values[f"{entry.name}_production_{group}"].value for group in DONOR_GROUPS)
        a_year = sum(float(rate) for rate in rates if isinstance(rate, float))
        target = a_year * prepared.levers.production_factor
        pieces = float(prepared.sent[:, j].sum())
        rows.append(ReplacedClass(entry.name, pieces, a_year, target, pieces / a_year, pieces / target))
    return tuple(rows)


def given_parts(prepared: SupportSetup, given: Array) -> Mapping[str, tuple[tuple[float, float, float], ...]]:
    """Return by class what part of the rate is given in each month.

    Parameters
    ----------
    prepared : SupportSetup
        What was asked.
    given : ndarray, (month, class, draw)
        Pieces given.

    Returns
    -------
    mapping of str to tuple
        For each month the low end, the median and the high end of the middle 80 %.
    """
    parts = {}
    for j, entry in enumerate(CLASSES):
        levels = np.quantile(given[:, j] / prepared.rates[j], [0.1, 0.5, 0.9], axis=1).T
        parts[entry.name] = tuple((float(low), float(mid), float(high)) for low, mid, high in levels)
    return parts


def _times(factor: float) -> str:
    """Write a factor with no more digits than it has."""
    return written(factor, 2).rstrip("0").rstrip(".")


def levers_in_words(levers: SupportLevers) -> tuple[str, ...]:
    """Return what a scenario decides, a sentence each."""
    words = []
    for name, factor, year in levers.donors:
        donor = donor_name(donor_code(name))
        what = "gives nothing" if factor == 0.0 else f"gives {_times(factor)} times as much"
        words.append(f"{donor} {what} from {year} on.")
    if levers.fund_eur:
        words.append(
            f"European states add a common fund of EUR {billions(levers.fund_eur, 0)} bn, spread over "
            f"{levers.fund_from} to {levers.fund_until}."
        )
    if levers.production_factor != 1.0:
        begin = f"from {levers.production_from}" if levers.production_from else "from the start"
        words.append(
            f"Makers go {begin} to {_times(levers.production_factor)} times their rate, after the lead "
            "time and over the ramp."
        )
    return tuple(words)


def support_notes(prepared: SupportSetup, held: Tracker) -> tuple[str, ...]:
    """Return what the reader must know."""
    imported = [stock for stock in prepared.stocks if stock.grade == "imported"]
    notes = [SECRET]
    if imported:
        labels = {entry.name: entry.label for entry in CLASSES}
        counted = ", ".join(
            f"{labels[s.equipment]} of {DONOR_GROUPS[s.group].lower()} ({s.countries} counted)"
            for s in imported
        )
        notes.append(f"From the imported table: {counted}.")
    notes.append(ALONE)
    then = us_then_and_now(held)
    if then is not None:
        year, part = then
        notes.append(
            f"Donors' parts are those since February 2022. In {year} the United States allocated "
            f"{written(part, 0, scale=2)} % of the military aid that it allocated in a mean year before."
        )
    notes.append(
        "Rates of tanks, fighting vehicles, howitzers and air-defence systems are what was allocated a month "
        "since February 2022; those of shells and Javelins are judged or assumed."
    )
    return tuple(notes)
