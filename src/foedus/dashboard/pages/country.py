"""Allies: all of them to choose from; one ally's facts, its forecast, and one card for each question."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from foedus.analysis.question import CountryQuestion
from foedus.dashboard.origins import RunNumber
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.served import served
from foedus.dashboard.state import DRAWS
from foedus.dashboard.views import Key, Page, PageChart, Route, Strip, SureSection, View
from foedus.results import Answer
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.analysis.country import CountryFacts
    from foedus.dashboard.state import AppState

__all__ = ["COUNTRY_PAGE", "COUNTRY_ROUTE"]

FIRST = "ITA"
"""The ally that the code names while none is chosen."""


ALLY = (("country", "ally"),)
"""What the ally is called in an address: there, `country` is who is highlighted."""


def _ask(state: AppState, question: CountryQuestion) -> CountryFacts:
    """Put the question to the measure; what allies share is kept."""
    from foedus.analysis.country import country_of

    return country_of(question, state.ledger, keep=lambda key, make: state.drawn(("country", key), make))


def _view(state: AppState, question: CountryQuestion) -> View:
    """Show an ally, or the allies to choose from."""
    return _one(state, question) if question.country else _choice(state, question)


def _one(state: AppState, question: CountryQuestion) -> View:
    """Show one ally."""
    from foedus.analysis.charts.country import chart_note, country_in_box

    result = _ask(state, question)
    own = {row.edition for row in result.by_edition} | {fact.edition for fact in result.facts}
    keys = (Key("us", result.name), Key("band", "middle 80 %"), Key("nochange", "no change"))
    chart = PageChart(
        "share",
        partial(result.chart, "share"),
        draw=partial(country_in_box, result),
        title="Share of GDP",
        note=chart_note(result),
        keys=keys if result.forecast is not None else keys[:1],
    )
    return View(
        headline=result.headline(),
        answer=result.answer(),
        charts=(chart,),
        tables=result.tables(),
        rail=_strip(result),
        sure=_sure(result),
        notes=result.notes,
        number=_number(result, question),
        cards=tuple(card for name, card in state.ledger.editions.items() if name in own | {result.edition}),
        parts={
            "result": result,
            "since": result.member_since,
            "cards": _cards(result, question),
            "facts": result.facts,
        },
    )


def _number(result: CountryFacts, question: CountryQuestion) -> RunNumber | None:
    """Return the forecast of the ally's share; None of an ally without one."""
    if result.forecast is None:
        return None
    return RunNumber(
        "defence_expenditure_share_of_gdp",
        ally=result.country,
        as_of=question.as_of,
        asks="What drives its forecast?",
        is_headline=False,
    )


def _cards(result: CountryFacts, question: CountryQuestion) -> list[dict[str, Any]]:
    """Return what each question says, with its address: the ally highlighted, as of the day."""
    day = [("as_of", str(question.as_of))] if question.as_of else []
    return [
        {**vars(card), "query": [("country", result.country), *card.query, *(day if card.dated else ())]}
        for card in result.cards
    ]


def _strip(result: CountryFacts) -> Strip:
    """Return how each of the last years reads in every edition, and the ally's place."""
    by_year: dict[int, list[str]] = {}
    last: dict[int, str] = {}
    for row in result.by_edition:
        share = per_cent(row.share).removesuffix(" %")
        if last.get(row.year) != share:
            by_year.setdefault(row.year, []).append(f"{share} ({row.published:%b %Y})")
        last[row.year] = share
    items = [(f"{year}:", ", ".join(said)) for year, said in by_year.items()]
    if result.rank is not None:
        items.append((f"Place in {result.year}:", f"{result.rank} of {result.ranked}"))
    return Strip("By edition, % of GDP:", tuple(items))


def _sure(result: CountryFacts) -> tuple[SureSection, ...]:
    """Return what the figures and the forecast rest on."""
    held = f"The share is that of {result.edition}, as it prints it."
    sections = [SureSection("The figures", (held, "How a year was revised stands along the bottom."))]
    forecast = result.forecast
    if forecast is not None:
        said = {
            "model": "The model has been better than no change so far ahead.",
            "both": "The model has not surely been better than no change so far ahead: hold both in view.",
            "no change": "The model has not been better than no change so far ahead, which is shown instead.",
        }[forecast.shown]
        many = f"{forecast.draws:,} draws, seed {forecast.seed}"
        run = f"{forecast.title}, {many}; the band is the middle 80 %."
        sections.append(SureSection("The forecast", (run, said)))
    if result.notes:
        sections.append(SureSection("What to know", result.notes))
    return tuple(sections)


def _choice(state: AppState, question: CountryQuestion) -> View:
    """Show the allies to choose from, with what each spends."""
    from foedus.spending.charts.share_map import CLASS_MARKS, class_labels, share_map
    from foedus.spending.status import status

    standing = state.drawn(
        ("country", ("country status", question.as_of)), lambda: status(state.ledger, as_of=question.as_of)
    )
    marks = zip(CLASS_MARKS, class_labels(standing.guideline), strict=True)
    number = str(len(standing.rows))
    claim = "Choose one: what it spends, by which edition, where that leads, and what each question says."
    chart = PageChart(
        "allies",
        partial(standing.chart, "map"),
        draw=partial(share_map, standing),
        title="Allies",
        note=f"Share of GDP in {standing.year}, per cent",
        keys=(*(Key(mark, label) for mark, label in marks), Key("nofigure", "no figure")),
    )
    return View(
        headline=f"{number} allies.",
        answer=Answer(number, "allies", claim, title=f"The {number} allies"),
        charts=(chart,),
        tables=standing.tables()[:1],
        cards=(standing.card,),
        parts={"rows": sorted(standing.rows, key=lambda row: row.name), "result": None},
    )


def _named(question: CountryQuestion) -> CountryQuestion:
    """Return the question of the command, which names an ally."""
    return question.model_copy(update={"country": question.country or FIRST})


def _payload(state: AppState, question: CountryQuestion) -> dict[str, Any]:
    """Return the answer for programs."""
    return _ask(state, question).payload()


COUNTRY_PAGE = Page(
    slug="country",
    title="Allies",
    group="stand",
    question_title="Allies, one by one",
    lead="One ally: its figures by edition, its forecast, and what each question says of it.",
    question=served(CountryQuestion, most_draws=DRAWS, names=ALLY, optional=("country",)),
    controls=(),
    answer=_view,
    command=lambda q: command_of("country", _named(q), first="country"),
    python=lambda q: python_of("foedus.country", _named(q), first="country"),
    parts={
        "answer": "country/answer.html",
        "controls": "country/controls.html",
        "aside": "country/aside.html",
    },
    in_path="ally",
)

COUNTRY_ROUTE = Route(
    "country",
    "One ally: figures by edition, forecast, and what each question says.",
    served(CountryQuestion, most_draws=DRAWS, names=ALLY),
    _payload,
)
