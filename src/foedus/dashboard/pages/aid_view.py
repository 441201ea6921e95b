"""How the page on aid shows its answer: charts, map, the years by route, the largest donors, and how sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from foedus.aid.donors import region_of
from foedus.aid.record import ROUTES
from foedus.aid.share_map import CLASS_MARKS, class_labels, share_map
from foedus.aid.stage_chart import PART_COLOURS, month_parts, months_stage
from foedus.aid.stage_words import changes_in_words, donor_sentence, skill_lines, stage_answer
from foedus.aid.tables import year_label
from foedus.dashboard.drawing import boxed, charts_of
from foedus.dashboard.views import Aside, Key, PageChart, SureSection, View
from foedus.units import billions, per_cent

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast
    from foedus.aid.result import Aid
    from foedus.dashboard.state import AppState
    from foedus.evidence.cards import Card
    from foedus.plotting.chart import Chart
    from foedus.plotting.fit import Box
    from foedus.tables import Table

__all__ = ["AidAnswers", "aid_view"]

MARKS = {"us": "us", "us-2": "higher", "us-3": "above", "us-4": "band", "mine-fill": "mine"}
"""The mark in the legend of each colour."""

MOST = 5
"""How many donors stand at the foot of the left column."""

ONE_DONOR = "Its months, and those ahead, come with an import: see How sure."
"""What is said of a donor where its months are not held."""

NOMINAL = "The forecast is in euros of the day alone."
"""What is said where real prices were asked for with a forecast."""

ROW = 19
"""What a donor's bar with its name takes in height, in pixels."""

ROUTE_WORDS = {"stockpile": "stock", "procurement": "bought", "nato_purl": "PURL", "unspecified": "not said"}
"""The routes in short."""


@dataclass(frozen=True)
class AidAnswers:
    """What one page rests on.

    Attributes
    ----------
    result : Aid
        What was asked.
    every : Aid
        The same of all donors.
    forecast : AidForecast or None
        Of the same donor and kind.
    missing : str
        Why there is no forecast; empty where there is one, or none was asked for.
    compared : Aid
        The last whole year against those before it, of all donors.
    """

    result: Aid
    every: Aid
    forecast: AidForecast | None
    missing: str
    compared: Aid


def aid_view(state: AppState, answers: AidAnswers) -> View:
    """Show an answer.

    Parameters
    ----------
    state : AppState
        Holds the source cards.
    answers : AidAnswers
        What the page rests on.

    Returns
    -------
    View
        The months first, or what the answer is laid out by.
    """
    result, forecast = answers.result, answers.forecast
    answer = stage_answer(result, forecast)
    if answers.missing:
        why = ONE_DONOR if result.question.donor and not result.question.real else NOMINAL
        answer = replace(answer, beside=(*answer.beside, why))
    notes = (*((answers.missing,) if answers.missing else ()), *result.notes)
    return View(
        headline=answer.sentence(),
        charts=_charts(answers),
        tables=(*result.tables(), *(forecast.tables() if forecast else ()), _skill_table(state)),
        notes=notes,
        cards=_cards(state, answers),
        answer=answer,
        map=_map(answers),
        sure=_sure(answers),
        aside=Aside("Largest donors"),
        parts={"routes": _routes(answers.every), "largest": _largest(answers.every)},
        allies={row.donor: donor_sentence(row) for row in answers.every.donors},
    )


def _cards(state: AppState, answers: AidAnswers) -> tuple[Card, ...]:
    """Return the sources: of the record, of the release that was imported, and of the scores."""
    from foedus.aid.own import own_card
    from foedus.aid.skill import CARD_ID

    names = dict.fromkeys((*answers.result.cards, *((CARD_ID,) if answers.forecast else ())))
    known = state.ledger.editions
    own = own_card(answers.result.release.id)
    cards = [known[name] for name in names if name in known]
    return tuple(cards) if own is None or own.id in known else (own, *cards)


def _charts(answers: AidAnswers) -> tuple[PageChart, ...]:
    """Return the charts, that of what the answer is laid out by first."""
    result, every = answers.result, answers.every
    of_all = {chart.name: chart for chart in charts_of(every)}
    charts = {}
    if result.months:
        charts["month"] = _months(answers)
    charts["donor"] = replace(
        of_all["donors"],
        draw=partial(_donors, every, result.question.donor),
        title="By donor",
        note="Bar: per cent of GDP 2021; dot: of the last year’s GDP.",
    )
    charts["route"] = replace(
        of_all["routes"],
        draw=partial(_by_route, every),
        title="By route",
        note="Military aid: shares of the four routes’ sum.",
    )
    first = {"region": "month"}.get(result.question.laid_out_by, result.question.laid_out_by)
    if result.question.donor and result.months and not result.question.by:
        first = "month"
    order = sorted(charts, key=lambda name: name != first)
    return tuple(charts[name] for name in order)


def _donors(every: Aid, marked: Sequence[str], box: Box) -> Chart:
    """Draw as many donors as have room, those that were named among them and marked."""
    from foedus.aid.charts import donors_chart

    room = max(3, box.height // ROW)
    ranked = sorted(every.donors, key=lambda row: -(row.share_of_gdp_2021 or 0.0))
    named = [row for row in ranked if row.donor in marked]
    others = [row for row in ranked if row.donor not in marked][: room - len(named)]
    shown = replace(every, donors=(*named, *others))
    return boxed(PageChart("donors", partial(donors_chart, shown)), box, marked)


def _by_route(every: Aid, box: Box) -> Chart:
    """Draw the routes by year; where it is narrow, shares are written in wide parts alone."""
    from foedus.aid.charts import routes_chart

    whole = partial(routes_chart, every, least=0.14 if box.narrow else 0.06)
    return boxed(PageChart("routes", whole), box, ())


def _months(answers: AidAnswers) -> PageChart:
    """Return the months with the band of those ahead."""
    result, forecast = answers.result, answers.forecast
    keys = [Key(MARKS[PART_COLOURS[name]], label) for name, label in month_parts(result).items()]
    note = f"A month, in {result.prices.split(',')[0]}."
    if forecast is not None:
        keys.append(Key("nochange", "12 months again"))
        note = f"{note[:-1]}; band: middle 50 and 80 %."
    if not result.imported:
        note += " By kind; an import adds regions."
    drawn = next(chart for chart in charts_of(result) if chart.name == "months")
    file = partial(forecast.chart, "months") if forecast is not None else drawn.make
    return PageChart(
        "months",
        file,
        draw=partial(months_stage, result, forecast),
        title="By month",
        note=note,
        keys=tuple(keys),
    )


def _map(answers: AidAnswers) -> PageChart:
    """Return the map of donors by share of GDP."""
    every = answers.every
    keys = tuple(Key(mark, label) for mark, label in zip(CLASS_MARKS, class_labels(), strict=True))
    note = "Allocated since January 2022, % of GDP 2021; pale: no entry, or no GDP. Not drawn: Asia-Pacific."
    return PageChart("map", partial(every.chart, "map"), draw=partial(share_map, every), note=note, keys=keys)


def _routes(every: Aid) -> list[dict[str, Any]]:
    """Return the years with their routes: shares from stocks, and the parts of each bar."""
    years = []
    for row in every.routes:
        shares = {route: row.share(route) or 0.0 for route in ROUTES}
        start, parts = 0.0, []
        for route, share in shares.items():
            parts.append({"route": route, "x": round(100 * start, 2), "width": round(100 * share, 2)})
            start += share
        said = ", ".join(f"{ROUTE_WORDS[route]} {per_cent(share, 1)}" for route, share in shares.items())
        years.append(
            {
                "year": year_label(row.year, every.release.last),
                "short": f"’{row.year % 100}",
                "share": per_cent(shares["stockpile"], 1),
                "of": f"of {billions(row.total, 1)}",
                "text": f"{row.year}: {said}, of EUR {billions(row.total, 1)} bn",
                "parts": parts,
            }
        )
    return years


def _largest(every: Aid) -> list[dict[str, Any]]:
    """Return the donors that allocated most, with their bars of what they committed."""
    rows = every.donors[:MOST]
    top = max((max(row.allocated, row.committed or 0.0) for row in rows), default=0.0) or 1.0
    return [
        {
            "name": row.name,
            "kind": PART_COLOURS[region_of(row.donor)],
            "allocated": billions(row.allocated, 0),
            "committed": None if row.committed is None else billions(row.committed, 0),
            "width": round(100 * row.allocated / top, 2),
            "whole": round(100 * max(row.committed or 0.0, row.allocated) / top, 2),
        }
        for row in rows
    ]


def _sure(answers: AidAnswers) -> tuple[SureSection, ...]:
    """Return what is known of the record, of the months ahead, and why published changes differ."""
    result, forecast = answers.result, answers.forecast
    sections = [SureSection("What the figures are", result.notes)]
    if forecast is not None:
        lines = (*skill_lines(forecast), *forecast.notes)
        sections.insert(0, SureSection("How forecasts of months have done", lines))
    elif answers.missing:
        sections.insert(0, SureSection("The months ahead", (answers.missing,)))
    published = changes_in_words(answers.compared)
    if published:
        why = tuple(note for note in answers.compared.notes if "published changes" in note)
        sections.append(SureSection("Why published changes differ", (*published, *why)))
    return tuple(sections)


def _skill_table(state: AppState) -> Table:
    """Return the skill of the forecast as it was measured on the packaged release."""
    return state.drawn(("aid skill",), _skill)


def _skill() -> Table:
    """Read the packaged scores."""
    from foedus.aid.hindcast import SCORED_KINDS, hindcast_allocations
    from foedus.aid.series import all_donors
    from foedus.aid.tracker import packaged_tracker

    held = packaged_tracker()
    total = [all_donors(held, kind) for kind in SCORED_KINDS]
    table = hindcast_allocations(total, held.release.cited).table("hurdle")
    return replace(table, folded=True)
