"""Where we stand: who meets the guideline, by the figures known on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from foedus.dashboard.drawing import charts_of
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.served import served
from foedus.dashboard.views import (
    Aside,
    Control,
    Key,
    Page,
    PageChart,
    Rail,
    Route,
    Stop,
    SureSection,
    View,
)
from foedus.spending.question import StatusQuestion
from foedus.spending.thresholds import SHARE
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.spending.charts.columns import Columns
    from foedus.spending.counts import EditionCount
    from foedus.spending.status import Status
    from foedus.spending.years import YearShares

__all__ = ["STATUS_PAGE", "STATUS_ROUTE"]


FEWEST = 8
"""A year of which fewer allies have a figure has no place among the years."""


def _ask(state: AppState, question: StatusQuestion) -> Status:
    """Put the question to the measure."""
    from foedus.spending.status import status_of

    return status_of(question, state.ledger)


def _view(state: AppState, question: StatusQuestion) -> View:
    """Show the answer."""
    result = _ask(state, question)
    years = _years(state, question)
    columns = _columns(result, years)
    every = question.as_of is None and question.edition is None
    counts = result.counts if every else _counts(state, result.year, question.guideline)
    used = {count.edition for count in result.counts} | {result.card.id}
    return View(
        headline=result.headline(),
        sentences=tuple(filter(None, [result.closed_words()])),
        charts=_charts(result, columns),
        tables=result.tables(),
        notes=(*result.notes, *result.card.caveats),
        cards=tuple(card for name, card in state.ledger.editions.items() if name in used),
        answer=result.answer(),
        map=_map(result),
        rail=(_years_rail(result, years), _editions_rail(result, counts)),
        sure=_sure(result),
        aside=_aside(state, question, result, years),
        allies=_said(result, columns),
    )


def _years(state: AppState, question: StatusQuestion) -> tuple[YearShares, ...]:
    """Return the shares of every year, which no slider changes."""
    from foedus.spending.years import shares_by_year

    ledger = state.ledger.edition(question.edition) if question.edition else state.ledger
    key = ("shares by year", question.as_of, question.basis, question.edition)
    return state.drawn(key, lambda: shares_by_year(ledger, as_of=question.as_of, basis=question.basis))


def _columns(result: Status, years: tuple[YearShares, ...]) -> Columns:
    """Return what the columns are drawn from."""
    from foedus.spending.charts.columns import Columns

    shares = {year.year: year.shares for year in years}
    return Columns(result, shares.get(result.year, {}), shares.get(result.year - 1, {}))


def _charts(result: Status, columns: Columns) -> tuple[PageChart, ...]:
    """Return the columns first, then what else the answer can draw."""
    from foedus.spending.charts.columns import columns_chart

    keys = [Key("us", "at or above"), Key("short", "below")]
    if result.levels[0].open:
        keys.append(Key("open", "open"))
    if any(row.known == "press" for row in result.rows):
        keys.append(Key("quoted", "quoted"))
    if columns.before:
        keys.append(Key("before", "a year before"))
    named = {chart.name: chart for chart in charts_of(result)}
    first = PageChart(
        "shares",
        named["bars"].make,
        draw=lambda box: columns_chart(columns, box),
        title="Shares",
        note="Share of GDP by ally. Drag the line.",
        keys=tuple(keys),
        bar="guideline",
    )
    return (first, replace(named["editions"], title="By edition"), replace(named["growth"], title="Growth"))


def _map(result: Status) -> PageChart:
    """Return the map."""
    from foedus.spending.charts.share_map import CLASS_MARKS, class_labels, share_map

    labels = class_labels(result.guideline)
    keys = [Key(mark, label) for mark, label in zip(CLASS_MARKS, labels, strict=True)]
    return PageChart(
        "map",
        partial(result.chart, "map"),
        draw=lambda box: share_map(result, box),
        note=f"Share of GDP in {result.year}, per cent",
        keys=(*keys, Key("nofigure", "no figure")),
    )


def _years_rail(result: Status, years: tuple[YearShares, ...]) -> Rail:
    """Return the years with their counts at the bar."""
    stops = []
    for year in years:
        count = year.count(result.guideline)
        words = f"{year.year}: {count.phrase()} at {per_cent(result.guideline, 1)}"
        whole = count.exact or year.card.covers(SHARE, year.year)
        if not whole and count.reported < FEWEST:
            continue
        stops.append(
            Stop(
                str(year.year),
                str(year.year),
                str(count.meeting) if whole else f"{count.meeting}/{count.reported}",
                words,
                share=count.meeting / max(1, count.allies),
                kind="table" if whole else "part",
                current=year.year == result.year,
            )
        )
    return Rail("Years", "year", tuple(stops))


def _editions_rail(result: Status, counts: tuple[EditionCount, ...]) -> Rail:
    """Return the editions with their counts of the year, also those of which NATO said the number alone."""
    stops: list[Stop] = []
    for count in counts:
        if count.basis not in ("published", "quoted") or any(s.value == count.published for s in stops):
            continue
        said = count.basis == "quoted"
        day = date.fromisoformat(count.published)
        words = f"{day.day} {day:%B %Y}: {count.meeting} of {count.reported}"
        stops.append(
            Stop(
                count.published,
                f"{day.day} {day:%b %Y}",
                f"{count.meeting} said" if said else str(count.meeting),
                f"{words}, said by NATO" if said else words,
                kind="said" if said else "table" if count.whole else "part",
                current=count.edition == result.card.id and not said,
            )
        )
    return Rail("Editions", "as_of", tuple(stops), look="dots", sets={"year": str(result.year)})


def _counts(state: AppState, year: int, guideline: float) -> tuple[EditionCount, ...]:
    """Return the counts of a year by every edition, also by those that came out after the day asked."""
    from foedus.spending.counts import edition_counts

    key = ("counts", year, guideline)
    return state.drawn(key, lambda: tuple(edition_counts(state.ledger, year, guideline)))


def _aside(
    state: AppState, question: StatusQuestion, result: Status, years: tuple[YearShares, ...]
) -> Aside | None:
    """Return the count of a year by the day of the question: of this year, or of the last with several."""
    for year in (result.year, *(y.year for y in reversed(years) if y.year < result.year)):
        rail = _editions_rail(replace(result, year=year), _counts(state, year, question.guideline))
        if len(rail.stops) > 2:
            hollow = " Hollow: said by NATO, no table." if any(s.kind == "said" for s in rail.stops) else ""
            stops = tuple(
                replace(stop, label=f"{date.fromisoformat(stop.value):%b %y}", count=stop.count.split()[0])
                for stop in rail.stops
            )
            title = f"The count of {year}, by the day you asked"
            return Aside(title, replace(rail, stops=stops), (hollow.strip(),) if hollow else ())
    return None


def _sure(result: Status) -> tuple[SureSection, ...]:
    """Return what the count rests on, and what it cannot tell."""
    day = f"{result.card.published.day} {result.card.published:%B %Y}"
    rests = [
        f"{result.card.publisher}, {result.card.title}, {day}. Basis: {result.card.basis or 'as printed'}."
    ]
    if result.estimate:
        rests.append(
            f"{result.year} is an estimate, which later editions may revise. {result.closed_words()}"
        )
    sections = [SureSection("What it rests on", tuple(rests))]
    differ = [f"{c.published}, {c.basis}: {c.meeting}. {c.why}" for c in result.counts if c.why]
    if differ:
        sections.append(SureSection("Why editions and bases differ", tuple(differ)))
    if result.notes:
        sections.append(SureSection("Who is counted", tuple(result.notes)))
    if result.card.caveats:
        sections.append(SureSection("What the publisher says", tuple(result.card.caveats)))
    return tuple(sections)


def _said(result: Status, columns: Columns) -> dict[str, str]:
    """Return what the answer says of each ally."""
    from foedus.spending.charts.columns import said_of

    sides = {True: "at or above the bar", False: "below the bar", None: ""}
    return {
        row.country: f"{said_of(row, columns)}{f': {side}' if (side := sides[row.meets]) else ''}."
        for row in result.rows
    }


def stops(state: AppState) -> Sequence[tuple[str, str]]:
    """Return the days on which what is known changed."""
    cards = sorted({card.published: card for card in state.ledger.carriers(SHARE)}.items())
    return [*((str(day), f"{day.day} {day:%B %Y} · {card.id}") for day, card in cards), ("", "today")]


def years_held(state: AppState) -> Sequence[tuple[str, str]]:
    """Return the years that any edition holds."""
    spans = [card.complete[SHARE] for card in state.ledger.carriers(SHARE) if SHARE in card.complete]
    first, last = min(s[0] for s in spans), max(s[1] for s in spans)
    return [("", "the last one held whole"), *((str(y), str(y)) for y in range(last, first - 1, -1))]


STATUS_PAGE = Page(
    slug="status",
    title="Spending",
    group="stand",
    question_title="Who meets the guideline?",
    lead="Who meets the spending guideline, by the figures that were known on a day.",
    question=served(StatusQuestion),
    controls=(
        Control(
            "guideline",
            "The bar",
            low=0.01,
            high=0.05,
            step=0.001,
            shown="per_cent",
            presets=(("0.02", "2 % Wales"), ("0.035", "3.5 % The Hague"), ("0.05", "5 %")),
        ),
        Control(
            "basis",
            "Counted as",
            "select",
            options=lambda _: [
                ("published", "printed by NATO"),
                ("computed", "spending over GDP, constant prices"),
                ("computed-current", "spending over GDP, current prices"),
            ],
        ),
    ),
    answer=_view,
    command=lambda q: command_of("status", q),
    python=lambda q: python_of("foedus.status", q),
)

STATUS_ROUTE = Route(
    "status",
    "Who meets the spending guideline, by which edition of the figures.",
    served(StatusQuestion),
    lambda state, question: _ask(state, question).payload(),
)
