"""Where the rise falls: spending, GDP and the share of GDP between two years, by period and by ally.

Everything is computed on one set of allies throughout, from the figures of one edition. A log point is a
hundredth of a natural logarithm, so that the parts add up: spending = GDP + share, periods add up to the
whole, and so do allies, each by its part of the rise in money (the logarithmic mean, Y. O. Vartia, "Ideal
log-change index numbers", Scandinavian Journal of Statistics 3, 1976). Beside it stand the growth that NATO
prints, and the part of it that is only a change of members.

Accounting says when and where spending rose, and nothing of why.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foedus.attribution.accounting_rows import (
    Accounting,
    AllyRise,
    PeriodRise,
    Supposition,
    YearGrowth,
)
from foedus.attribution.periods import Period, budget_periods
from foedus.axes import country_name
from foedus.errors import InputError, NoDataError
from foedus.evidence.aggregates import SPENDING, growth
from foedus.evidence.cards import Card
from foedus.evidence.checks import WITHOUT_FORCES
from foedus.evidence.institutions import members_on
from foedus.evidence.ledger import Ledger
from foedus.evidence.rows import FigureRows
from foedus.rounding import written
from foedus.spending.thresholds import SHARE
from foedus.units import per_cent

__all__ = ["accounting"]

LEAST_COUNTRIES = 20
"""An edition with fewer spenders quotes single figures."""

AGGREGATE = "NATO_EUR_CAN"
"""Every ally but the United States."""

LAST_YEAR = 2024
"""The last year of the decade that the pledge of Wales set itself."""

LOG_POINTS = 100.0

Amounts = Mapping[tuple[str, int], float]
"""Constant US dollars by country and year."""


def accounting(ledger: Ledger, first: int, last: int | None = None) -> Accounting:
    """Return where the rise of spending between two years falls.

    Parameters
    ----------
    ledger : Ledger
        The figures; the newest edition that holds both years answers.
    first, last : int
        The years that are compared; without the last, 2024 or the last that an edition holds.

    Returns
    -------
    Accounting
        On the allies of the last year with figures of every year, the United States apart.

    Raises
    ------
    InputError
        When the last year is not after the first.
    NoDataError
        When no edition that may answer holds both years.
    """
    if last is None:
        last = min(LAST_YEAR, _last_held(ledger, first))
    if last <= first:
        raise InputError(
            f"{last} is not after {first}", where="--from, --to", do="write the earlier year as --from"
        )
    card, table, indicator = _answering(ledger, first, last)
    years = range(first, last + 1)
    spending = _amounts(table, indicator, years)
    gdp = _amounts(table, indicator.replace("defence_expenditure", "gdp"), years)
    members = [c for c in members_on(min(date(last, 12, 31), _known_until(card))) if c != "USA"]
    implied = not any((code, last) in gdp for code in members)
    if implied:
        shares = _amounts(table, SHARE, years)
        gdp = {key: spending[key] / share for key, share in shares.items() if key in spending and share}
    with_forces = [code for code in members if code not in WITHOUT_FORCES]
    allies = [c for c in with_forces if all((c, y) in spending and (c, y) in gdp for y in years)]
    _check_allies(allies, with_forces, card, first, last)
    return _Sums(allies, spending, gdp).accounting(
        card, table, indicator, Period(first, last), [c for c in with_forces if c not in allies], implied
    )


def _check_allies(
    allies: Sequence[str], with_forces: Sequence[str], card: Card, first: int, last: int
) -> None:
    """Raise an error where too few allies have a figure of every year for the sums to mean anything."""
    if len(allies) < 0.75 * len(with_forces):
        raise NoDataError(
            f"edition {card.id} has figures of every year from {first} to {last} of "
            f"{len(allies)} of {len(with_forces)} allies only",
            where="--edition",
            do="ask for other years, or another edition",
        )


def _known_until(card: Card) -> date:
    """Return the day whose members an edition knows of."""
    return card.members_on or card.published


Span = tuple[Card, FigureRows, str, int, int]
"""An edition's card, figures, name of spending, and the first and last year of it."""


def _spans(ledger: Ledger) -> list[Span]:
    """Return the editions that may answer with spending of most allies in constant prices, oldest first."""
    spans = []
    for indicator in SPENDING:
        for card in ledger.carriers(indicator):
            rows = ledger.table(card.id).where(indicator=indicator)
            if len(set(rows["country"])) >= LEAST_COUNTRIES:
                years = sorted(set(rows["year"]))
                spans.append((card, ledger.table(card.id), indicator, years[0], years[-1]))
    return sorted(spans, key=_newest)


def _last_held(ledger: Ledger, first: int) -> int:
    """Return the last year of the newest edition that holds the first; 2024 where none does."""
    return max((span[4] for span in _spans(ledger) if span[3] <= first), default=LAST_YEAR)


def _answering(ledger: Ledger, first: int, last: int) -> tuple[Card, FigureRows, str]:
    """Return the newest edition with spending of both years of most allies, with the name of its prices."""
    spans = _spans(ledger)
    holding = [each for each in spans if each[3] <= first and last <= each[4]]
    if holding:
        return holding[-1][:3]
    if not spans:
        name = f"edition {ledger.only} does not hold" if ledger.only else "no edition that may answer holds"
        raise NoDataError(
            f"{name} spending in constant prices by ally",
            where="--edition" if ledger.only else "--as-of",
            do="`foedus editions` lists what there is",
        )
    held = "; ".join(f"{card.id} holds {a} to {b}" for card, _, _, a, b in spans[-3:])
    name = f"edition {ledger.only} does not hold" if ledger.only else "no edition that may answer holds"
    raise NoDataError(
        f"{name} both {first} and {last}: {held}",
        where="--from, --to",
        do="ask for years that one edition holds",
    )


def _newest(span: Span) -> tuple[date, str]:
    """Return what editions are sorted by."""
    return span[0].published, span[0].id


def _amounts(table: FigureRows, indicator: str, years: range) -> dict[tuple[str, int], float]:
    """Return an indicator's figures by country and year."""
    rows = table.where(indicator=indicator, year=set(years))
    return {(code, year): value for code, year, value in rows.select("country", "year", "value")}


def _log_points(later: float, earlier: float) -> float:
    """Return the change between two amounts in log points."""
    return LOG_POINTS * math.log(later / earlier)


@dataclass(frozen=True)
class _Sums:
    """Amounts of one set of allies."""

    allies: Sequence[str]
    spending_by: Amounts
    gdp_by: Amounts

    def total(self, amounts: Amounts, year: int) -> float:
        """Return the sum over the allies in a year."""
        return math.fsum(amounts[code, year] for code in self.allies)

    def rise(self, first: int, last: int) -> tuple[float, float, float]:
        """Return the log points of spending, GDP and share between the ends of two years."""
        spending, gdp = (
            _log_points(self.total(each, last), self.total(each, first))
            for each in (self.spending_by, self.gdp_by)
        )
        return spending, gdp, spending - gdp

    def accounting(
        self,
        card: Card,
        table: FigureRows,
        indicator: str,
        span: Period,
        without: Sequence[str],
        implied_gdp: bool,
    ) -> Accounting:
        """Return the accounting between the ends of a span."""
        spending, gdp, share = self.rise(span.first, span.last)
        rows = table.where(indicator=indicator, year=set(span.range()))
        later = [year for year, status in rows.select("year", "status") if status != "actual"]
        periods = self._periods(span, spending)
        return Accounting(
            edition=card.id,
            title=f"{card.publisher}, {card.title}, {card.published:%-d %B %Y}",
            prices=f"constant {indicator[-4:]} USD",
            first=span.first,
            last=span.last,
            allies=tuple(self.allies),
            without=tuple(without),
            implied_gdp=implied_gdp,
            spending=spending,
            gdp=gdp,
            share=share,
            years=tuple(self._year(table, year) for year in range(span.first + 1, span.last + 1)),
            periods=periods,
            rows=self._rows(span, spending),
            what_ifs=_what_ifs(periods, spending),
            estimates_from=min(later, default=None),
        )

    def _year(self, table: FigureRows, year: int) -> YearGrowth:
        """Return the growth of one year with what is published of it."""
        spending, gdp, share = self.rise(year - 1, year)
        printed = growth(table, AGGREGATE, year)
        whole = printed.printed if printed else None
        same = printed.same_members if printed else None
        joined = printed.joined if printed else ()
        return YearGrowth(
            year=year,
            growth=self.total(self.spending_by, year) / self.total(self.spending_by, year - 1) - 1.0,
            spending=spending,
            gdp=gdp,
            share=share,
            published=whole,
            published_same_members=same,
            joined=joined,
            change_of_members=whole - same if joined and whole is not None and same is not None else None,
        )

    def _periods(self, span: Period, whole: float) -> tuple[PeriodRise, ...]:
        """Return what falls in each budget period."""
        rows = []
        for period in budget_periods(span.first, span.last):
            spending, gdp, share = self.rise(period.first - 1, period.last)
            rows.append(PeriodRise(period, spending, gdp, share, spending / whole if whole else math.nan))
        return tuple(rows)

    def _rows(self, span: Period, whole: float) -> tuple[AllyRise, ...]:
        """Return each ally's own rise and its contribution."""
        rows = []
        rise = self.total(self.spending_by, span.last) - self.total(self.spending_by, span.first)
        for code in self.allies:
            before, after = (self.spending_by[code, year] for year in (span.first, span.last))
            spending = _log_points(after, before)
            gdp = _log_points(self.gdp_by[code, span.last], self.gdp_by[code, span.first])
            part = (after - before) / rise if rise else math.nan
            rows.append(AllyRise(code, country_name(code), spending, gdp, spending - gdp, part * whole, part))
        return tuple(sorted(rows, key=lambda row: (-row.contribution, row.country)))


BEFORE_PRESSURE, UNDER_PRESSURE = Period(2015, 2017), Period(2018, 2021)


def _what_ifs(periods: Sequence[PeriodRise], whole: float) -> tuple[Supposition, ...]:
    """Return what 2018–21 would owe to something new in it, on two suppositions of what went on without."""
    by_period = {each.period: each for each in periods}
    before, under = by_period.get(BEFORE_PRESSURE), by_period.get(UNDER_PRESSURE)
    if before is None or under is None or not whole:
        return ()
    carried = under.spending - UNDER_PRESSURE.years * before.spending / BEFORE_PRESSURE.years
    words = UNDER_PRESSURE.words
    rows = (
        ("stood still", under.spending, f"Had spending stood still otherwise, {words} would owe it"),
        (
            "carried on",
            carried,
            f"Had spending otherwise gone on as in {BEFORE_PRESSURE.words}, {words} would owe it",
        ),
    )
    return tuple(
        Supposition(
            name,
            UNDER_PRESSURE,
            points,
            points / whole,
            f"{start} {per_cent(points / whole, 0)} of the rise ({written(points, 1)} log points).",
        )
        for name, points, start in rows
    )
