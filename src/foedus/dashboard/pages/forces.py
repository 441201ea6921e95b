"""Forces and gaps: who would provide what a published plan asks for, and what is missing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pydantic import Field

from foedus.dashboard.drawing import charts_of
from foedus.dashboard.pages.status import stops
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
from foedus.errors import UnknownNameError
from foedus.forces.classes import axis_classes
from foedus.forces.fair_shares import RULE_WORDS, RULES
from foedus.forces.question import SharesQuestion
from foedus.forces.requirement import find_requirement, shipped_requirements
from foedus.forces.words import (
    NO_HOLDINGS,
    NOBODY_ASKED,
    UNFAIRNESS,
    WHO_WORDS,
    about,
    capital,
    in_sentence,
    rule_heading,
)
from foedus.tables import Column, Table
from foedus.units import billions, per_cent

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.forces.gap_result import Gap
    from foedus.forces.result import Apportionment

__all__ = [
    "APPORTION_ROUTE",
    "FORCES_PAGE",
    "GAP_ROUTE",
    "ForcesQuestion",
    "requirement_options",
    "shipped_requirement",
]

LAND = "replace-us-land-2025"


class ForcesQuestion(SharesQuestion):
    """Who would provide what a published plan asks for; the page opens with one."""

    requirement: str = Field(default=LAND, description="A requirement that comes with foedus.")
    cap: float = Field(
        default=0.5, gt=0, le=1, description="The greatest part of any class that one ally may have."
    )


def shipped_requirement(name: str) -> str:
    """Return a requirement's name; a path is none of a server's."""
    known = shipped_requirements()
    if name not in known:
        raise UnknownNameError("requirement", name, known, do=f"use one of {', '.join(known)}")
    return name


def _shares(state: AppState, question: ForcesQuestion) -> Apportionment:
    """Put the question who would provide what."""
    from foedus.forces.asked import apportion_of

    shipped_requirement(question.requirement)
    key = ("apportion", question.model_dump_json())
    return state.drawn(key, lambda: apportion_of(question, state.ledger))


def _missing(state: AppState, question: ForcesQuestion) -> Gap:
    """Put the question what is missing."""
    from foedus.forces.asked import missing_of

    shipped_requirement(question.requirement)
    key = ("gap", question.model_dump_json())
    return state.drawn(key, lambda: missing_of(question, state.ledger))


def _view(state: AppState, question: ForcesQuestion) -> View:
    """Show the answer."""
    missing = _missing(state, question)
    result = missing.shares
    cards = {*result.editions, *result.cards}
    tables = [*result.tables(), missing.table("classes")]
    if question.requirement == LAND:
        tables.append(_three_sums(state))
    return View(
        headline=result.headline(),
        sentences=(missing.headline(),) if missing.known else (),
        charts=_charts(result, missing),
        tables=tuple(tables),
        notes=tuple(dict.fromkeys((*result.notes, *missing.notes))),
        cards=tuple(card for name, card in state.ledger.editions.items() if name in cards),
        answer=result.answer(),
        rail=(_rules_rail(result),),
        sure=_sure(result, missing),
        aside=_aside(result, missing),
        allies={row.country: result.answer(row.country).sentence() for row in result.rows},
    )


def _charts(result: Apportionment, missing: Gap) -> tuple[PageChart, ...]:
    """Return the parts under every rule first, then those by class and what is missing."""
    from foedus.forces.charts import rules_stage

    keys = [Key("us", f"by {rule_heading(result.rule)}"), Key("before", "by the other rules")]
    if result.said:
        keys.append(Key("mine", "said"))
    named = {chart.name: chart for chart in (*charts_of(result), *charts_of(missing))}
    lead = capital(result.lead.replace("_", " "))
    first = replace(
        named["rules"],
        draw=partial(rules_stage, result),
        title="Rules",
        note=f"{lead} by ally under every rule; the number: by {RULE_WORDS[result.rule]}.",
        keys=tuple(keys),
    )
    return first, replace(named["classes"], title="By class"), replace(named["gap"], title="Missing")


def _rules_rail(result: Apportionment) -> Rail:
    """Return the largest ally's part under every rule: each is a link to its own."""
    first = result.rows[0]
    top = max((row.parts[first.country] for row in result.by_rule), default=1.0) or 1.0
    known = {row.rule: row.parts[first.country] for row in result.by_rule}
    said = next((s for s in result.said if s.statement.country == first.country), None)
    stops_of = []
    for rule in RULES:
        if rule not in known:
            continue
        off = ""
        if said:
            side = "above" if said.off(rule) > 0 else "below"
            off = f", {per_cent(abs(said.off(rule)), 0)} {side} what was said"
        stops_of.append(
            Stop(
                value=rule,
                label=rule_heading(rule),
                count=about(known[rule], result.lead),
                text=f"{first.name} by {RULE_WORDS[rule]}: {about(known[rule], result.lead)}{off}",
                share=known[rule] / top,
                current=rule == result.rule,
            )
        )
    return Rail(f"{first.name} by rule", "rule", tuple(stops_of), look="dots", plays=False)


def _aside(result: Apportionment, missing: Gap) -> Aside:
    """Return where a ceiling binds, and what is needed to say what is missing."""
    largest = result.rows[0]
    held = [bound for bound in result.binding if bound.equipment == result.lead and bound.kind == "cap"]
    ceiling = f"Below {per_cent(largest.share, 1)} a ceiling holds {in_sentence(largest.name)} back."
    if held:
        names = capital(", ".join(in_sentence(bound.name) for bound in held))
        more = sum(bound.fair - bound.part for bound in held)
        others = len(result.rows) - len(held)
        ceiling = (
            f"{names} stop at {about(held[0].part, result.lead)}; the other {others} take "
            f"{about(more, result.lead)} more."
        )
    lines = (ceiling,) if missing.known else (ceiling, NO_HOLDINGS)
    return Aside("What binds, and what is missing", lines=lines)


def _sure(result: Apportionment, missing: Gap) -> tuple[SureSection, ...]:
    """Return how the requirement is known, how much turns on the rule, and what money rests on."""
    wide = [row.name for row in result.rows if _differs(result, row.country)]
    known = tuple(note for note in result.notes if "requirement is known" in note)
    named = f": {', '.join(wide)}" if wide else ""
    turns = f"{len(wide)} of {len(result.rows)} allies differ twofold or more between the rules{named}."
    sections = [
        SureSection("What is asked for", (NOBODY_ASKED, *known)),
        SureSection("How much turns on the rule", (turns,)),
    ]
    if result.money and result.unfairness is not None:
        lines = (
            f"The whole is USD {billions(result.money, 0)} bn at the prices on record; USD "
            f"{billions(result.money_assumed, 0)} bn of it rest on assumed prices.",
            f"{UNFAIRNESS}: {per_cent(result.unfairness, 1)}; the least that the bounds allow: "
            f"{per_cent(result.least_unfairness, 1)}.",
        )
        sections.append(SureSection("What money rests on", lines))
    sections.append(SureSection("What is missing", missing.notes))
    return tuple(sections)


def _differs(result: Apportionment, country: str) -> bool:
    """Whether an ally's greatest part is at least twice its least."""
    low, high = result.spread(country) if result.by_rule else (0.0, 0.0)
    return high >= 2.0 * low and high > 0.0


def _three_sums(state: AppState) -> Table:
    """Return three sums of Dutch money that are easily taken for one another, side by side."""
    from foedus.forces.spending_side import dutch_money

    money = dutch_money(state.ledger)
    pledge = state.drawn(("pledge of the Netherlands",), lambda: _dutch_pledge(state))
    said = f"{billions(money.said[0], 0)}–{billions(money.said[1], 0)}"
    rows = [{"what": "Said to parliament in May 2025, more a year", "sum": f"EUR {said} bn"}]
    rows += [
        {"what": f"From 2 to 3.5 % of its GDP of {year}", "sum": f"EUR {billions(value)} bn"}
        for year, value in money.of_gdp.items()
    ]
    rows.append(pledge)
    rows += [
        {"what": f"Its part of the study's EUR 250 bn by GDP: {group}", "sum": f"EUR {billions(value)} bn"}
        for group, value in money.shared.items()
    ]
    columns = (Column("what", "The Netherlands: what is counted"), Column("sum", "Sum", align="right"))
    return Table("three_sums", "Three sums that are easily taken for one another", columns, tuple(rows))


def _dutch_pledge(state: AppState) -> dict[str, str]:
    """Return what the pledge of 3.5 % asks of the Netherlands in its last year."""
    from foedus.analysis.pledge import pledge

    reading = pledge(countries=["NLD"], draws=1, ledger=state.ledger)
    (row,) = reading.rows
    span = f"{reading.deadline} than at the share of {reading.start_year}"
    what = f"The pledge: more in {span}, at {reading.price_year} prices"
    return {"what": what, "sum": f"USD {billions(row.cost_at_deadline)} bn"}


def requirement_options(*, on_axis: bool = False) -> Sequence[tuple[str, str]]:
    """Return the requirements that can be chosen, by name and title; all, or those that ask for equipment."""
    needs = {name: find_requirement(name) for name in shipped_requirements()}
    wanted = set(axis_classes())
    return [(n, need.headed) for n, need in needs.items() if not on_axis or wanted & set(need.required())]


def _rules() -> Sequence[tuple[str, str]]:
    """Return the rules."""
    return [(rule, rule_heading(rule)) for rule in RULES]


def _who() -> Sequence[tuple[str, str]]:
    """Return those among whom a whole can be shared."""
    return [(who, capital(words)) for who, words in WHO_WORDS.items()]


def _python(question: ForcesQuestion) -> str:
    """Return the question as Python, with the requirement in its place."""
    return python_of("foedus.apportion", question, positional=repr(question.requirement), requirement="")


def _command(question: ForcesQuestion) -> str:
    """Return the question as a command, with the requirement in its place."""
    words = command_of("apportion", question, requirement="")
    return words.replace("foedus apportion", f"foedus apportion {question.requirement}", 1)


ASKED = served(ForcesQuestion)

FORCES_PAGE = Page(
    slug="forces",
    title="Forces and gaps",
    group="stand",
    question_title="Who would provide what is asked for?",
    lead="Who would provide what a published plan asks for, by a rule that you choose, and what is missing.",
    question=ASKED,
    controls=(
        Control("requirement", "Asked for", "select", options=lambda _: requirement_options(), reloads=True),
        Control("who", "Who", "select", options=lambda _: [("", "as the plan says"), *_who()]),
        Control("rule", "Rule", "chips", options=lambda _: _rules()),
        Control("cap", "No ally bears more than", low=0.05, high=1.0, step=0.01, shown="per_cent"),
        Control("as_of", "As of", "stops", options=stops),
    ),
    answer=_view,
    command=_command,
    python=_python,
)

APPORTION_ROUTE = Route(
    "apportion",
    "Who would provide what a published plan asks for, by a rule.",
    ASKED,
    lambda state, question: _shares(state, question).payload(),
)

GAP_ROUTE = Route(
    "gap",
    "What is missing of a published plan, and what it would cost.",
    ASKED,
    lambda state, question: _missing(state, question).payload(),
)
