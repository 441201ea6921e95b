"""What the stage's templates show: answer, chart, controls, rail and tabs, and the addresses between them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from foedus.axes import country_codes, country_name
from foedus.dashboard.addresses import pairs_of, query_of
from foedus.dashboard.allies import ally_sentences, edition_days, last_shares, row_names
from foedus.dashboard.assets import asset_name
from foedus.dashboard.controls import control_states, is_primary
from foedus.dashboard.drawing import Drawing, draw
from foedus.dashboard.navigation import group_of
from foedus.dashboard.sharing import citation_of
from foedus.dashboard.views import (
    TABS,
    Page,
    PageChart,
    Question,
    Rail,
    Shared,
    Strip,
    SureSection,
    Tab,
    View,
)
from foedus.errors import UnknownNameError
from foedus.evidence.source_card import source_cards
from foedus.results import Answer

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.report.citation import Citation

__all__ = ["PARTS", "Stage", "coded", "stressed", "unbroken"]

PARTS: Mapping[str, str] = {
    name: f"parts/{name}.html"
    for name in (
        "answer",
        "controls",
        "aside",
        "actions",
        "head",
        "chart",
        "source",
        "rail",
        "tabs",
        "table",
        "sure",
        "sources",
        "code",
        "cite",
        "share",
        "print",
    )
} | {"map": "parts/chart.html"}
"""The template of every part of the stage; a map is drawn where a chart is, by the same."""


@dataclass(frozen=True)
class Stage:
    """One answer on the stage.

    Attributes
    ----------
    state : AppState
        The shared state.
    page : Page
        The page.
    question : Question
        The page's question.
    shared : Shared
        What the address carries besides.
    view : View
        The answer.
    root : str
        What stands before every address, where the server stands below a path.
    words : mapping
        What else the page's templates show, in the place of the usual.
    """

    state: AppState
    page: Page
    question: Question
    shared: Shared
    view: View
    root: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def answer(self) -> Answer:
        """The number and its sentences; of a view without them, its headline."""
        view = self.view
        return view.answer or Answer("", "", view.headline, tuple(view.sentences), view.headline)

    @cached_property
    def marked(self) -> list[str]:
        """The codes of the allies that are highlighted."""
        named = self.shared.country
        return list(dict.fromkeys(country_codes(named, where="country"))) if named else []

    @cached_property
    def tabs(self) -> dict[str, str]:
        """The tabs of this page with their words."""
        has = {"map": self.view.map is not None, "table": bool(self.view.tables)}
        words = dict(TABS) | dict(self.page.tabs)
        return {name: words[name] for name in TABS if words[name] and has.get(name, True)}

    @cached_property
    def tab(self) -> Tab:
        """The open tab; a page without that one opens its first."""
        first: Any = next(iter(self.tabs))
        return self.shared.view if self.shared.view in self.tabs else first

    @cached_property
    def chart(self) -> PageChart | None:
        """The chart or the map that the open tab shows; the first chart behind any other tab."""
        if self.tab == "map":
            return self.view.map
        charts = {chart.name: chart for chart in self.view.charts}
        name = self.shared.chart
        if name is not None and name not in charts and charts:
            raise UnknownNameError("chart", name, charts, do=f"this page has {', '.join(charts)}")
        return charts[name] if name in charts else next(iter(charts.values()), None)

    @cached_property
    def key(self) -> tuple[str, str]:
        """What was asked, as drawn charts are kept under it."""
        return self.page.slug, self.question.model_dump_json()

    def drawn(self) -> Drawing | None:
        """Draw the chart of the open tab, or the first one for print."""
        if self.chart is None:
            return None
        return draw(self.state, self.key, self.chart, self.marked)

    def given(self) -> dict[str, Any]:
        """Return all that the address holds, the page's own first."""
        return self.question.given() | self.shared.given()

    def link(self, **changes: Any) -> str:
        """Return the address of this page with some fields changed; None takes a field out."""
        return self._address({**self.given(), **changes})

    def _address(self, values: Mapping[str, Any]) -> str:
        """Write an address of this page."""
        name = self.page.in_path
        path = f"/{values[name]}" if name and values.get(name) else ""
        query = query_of({n: v for n, v in values.items() if not path or n != name})
        return f"{self.root}/{self.page.slug}{path}" + (f"?{query}" if query else "")

    @cached_property
    def citation(self) -> Citation:
        """How the answer is cited, with the address that gives it on any later day."""
        return citation_of(self)

    def carried(self) -> str:
        """Return what a link to another page takes along: the day and the ally."""
        values = {name: self.given().get(name) for name in ("as_of", "country")}
        query = query_of(values)
        return f"?{query}" if query else ""

    def fields(self, without: str) -> list[tuple[str, str]]:
        """Return the address as hidden fields of a form that sets one of them."""
        return pairs_of({n: v for n, v in self.given().items() if n != without})

    def context(self) -> dict[str, Any]:
        """Return what the templates show."""
        return {
            "staged": True,
            "page": self.page,
            "question": self.question,
            "shared": self.shared,
            "view": self.view,
            "parts": {**PARTS, **self.page.parts},
            **self._answer_words(),
            **self._chart_words(),
            **self._control_words(),
            **self._address_words(),
            "files": (),
            "posted": False,
            **self.words,
        }

    def _answer_words(self) -> dict[str, Any]:
        """Return the answer and what is said of the highlighted allies."""
        said = ally_sentences(self.view, self.marked)
        beside, later = fitting(self.page.heading, self.answer, said)
        return {
            "answer": self.answer,
            "beside": beside,
            "sure": sure_sections(self.view, later),
            "marked": self.marked,
            "marked_names": row_names(self.marked),
            "allies_said": said,
            "tab_title": (self.answer.title or self.answer.sentence()).rstrip("."),
            "cited": self.citation,
            "citation": self.citation.text,
            "origin": origin(self.view),
        }

    def _chart_words(self) -> dict[str, Any]:
        """Return what stands around the chart."""
        chart = self.chart
        rails, strip = rails_of(self)
        return {
            "charts_address": f"{self.root}/static/{asset_name('charts.js')}",
            "tabs": self.tabs,
            "tab": self.tab,
            "first_tab": next(iter(self.tabs)),
            "chart_name": chart.name if chart else "",
            "chart_title": self.answer.title or self.answer.sentence(),
            "chart_note": chart.note if chart else "",
            "keys": chart.keys if chart else (),
            "source_line": source_line(self.view),
            "source_cards": source_cards(self.view.cards, day=self.citation.pins.as_of),
            "rails": rails,
            "strip": strip,
        }

    def _control_words(self) -> dict[str, Any]:
        """Return the controls, the allies to choose from and the days to ask as of."""
        controls = control_states(self)
        as_of = self.given().get("as_of")
        return {
            "controls": controls,
            "primary": [c for c in controls if is_primary(self.page, c["control"])],
            "folded": [c for c in controls if not is_primary(self.page, c["control"])],
            "kept": self._kept(),
            "allies": last_shares(self.state),
            "as_of": day_words(as_of),
            "shared_day": as_of or "",
            "days": edition_days(self.state, as_of),
            "has_day": "as_of" in type(self.question).model_fields,
        }

    def _address_words(self) -> dict[str, Any]:
        """Return the addresses, and the question in other words."""
        group = group_of(self.page.slug)
        return {
            "page_group": group.key if group else "",
            "group_title": group.title if group else "",
            "link": self.link,
            "carried": self.carried(),
            "carried_fields": self.fields,
            "query": query_of(self.given()),
            "pinned": self.citation.address,
            "command": self.page.command(self.question),
            "python": self.page.python(self.question),
        }

    def _kept(self) -> list[tuple[str, str]]:
        """Return what the form carries without a control for it."""
        names = {control.name for control in self.page.controls}
        return pairs_of({n: v for n, v in self.given().items() if n not in names})


def rails_of(stage: Stage) -> tuple[list[dict[str, Any]], Strip | None]:
    """Return the rails with the addresses of their stops, the one that is open marked; or the strip."""
    rail = stage.view.rail
    if rail is None or isinstance(rail, Strip):
        return [], rail
    given = stage.given()
    asked = next((r.name for r in reversed(rail) if r.field in given), rail[0].name if rail else "")
    return [rail_state(stage, each, each.name == asked) for each in rail], None


def rail_state(stage: Stage, rail: Rail, is_open: bool) -> dict[str, Any]:
    """Return a rail with addresses."""
    stops = [
        {**vars(stop), "address": stage.link(**rail.sets, **{rail.field: stop.value or None})}
        for stop in rail.stops
    ]
    return {**vars(rail), "open": is_open, "stops": stops}


MOST_WORDS = 70
"""Words before the chart; what does not find room stands under "How sure"."""


def fitting(heading: str, answer: Answer, said: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sentences beside an answer that stand before the chart, and those that wait.

    Parameters
    ----------
    heading : str
        What the page asks.
    answer : Answer
        The answer; its sentences stand in the order of their weight.
    said : sequence of str
        What is said of highlighted allies.

    Returns
    -------
    (tuple of str, tuple of str)
        Together all of them, in their order. The first one always stands before the chart.
    """
    room = MOST_WORDS - len(" ".join((heading, answer.sentence(), *said)).split())
    shown = 0
    for line in answer.beside:
        room -= len(line.split())
        if room < 0 and shown:
            break
        shown += 1
    return answer.beside[:shown], answer.beside[shown:]


def sure_sections(view: View, later: Sequence[str]) -> tuple[SureSection, ...]:
    """Return what the tab "How sure" shows; a view that says nothing of it has its notes there."""
    own = list(view.sure)
    if not own and view.notes:
        own = [SureSection("What to know", tuple(view.notes))]
    return (SureSection("Also", tuple(later)), *own) if later else tuple(own)


def source_line(view: View) -> str:
    """Write in one line where the figures of the chart come from."""
    newest = sorted(view.cards, key=lambda card: card.published, reverse=True)[:2]
    titles = "; ".join(f"{card.publisher}, {day_words(str(card.published))} ({card.id})" for card in newest)
    more = len(view.cards) - len(newest)
    return f"{titles}{f', and {more} more' if more > 0 else ''}." if titles else ""


def origin(view: View) -> str:
    """Write where the rows of a table come from that do not say it themselves."""
    editions = ", ".join(f"{card.id} (published {card.published})" for card in view.cards[:6])
    return f"from {editions}" if editions else ""


def day_words(day: str | None) -> str:
    """Write a day as a sentence has it; empty for none."""
    from datetime import date

    if not day:
        return ""
    when = date.fromisoformat(day)
    return f"{when.day} {when:%B %Y}"


def unbroken(text: str) -> str:
    """Keep a number and its sign on one line."""
    return text.replace(" %", "\u00a0%").replace(" bn", "\u00a0bn")


_STRESSED = re.compile(r"\d[\d.,]*\u00a0%(?: of GDP)?|\b(?:19|20)\d\d(?:–\d\d)?\b")


def stressed(text: str) -> Markup:
    """Set shares and years in bold."""
    return Markup(_STRESSED.sub(lambda m: f"<strong>{m[0]}</strong>", str(escape(text))))


def coded(text: str) -> Markup:
    """Set commands, which stand between backticks, in the type of code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def names_of(codes: Sequence[str]) -> list[str]:
    """Return the names of countries."""
    return [country_name(code) for code in codes]
