"""By how much defence spending is said to have grown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from foedus.reading.claims import (
    CONTRADICTED,
    SUPPORTED,
    Evidence,
    Finding,
    StatedClaim,
    agreement,
    not_checkable,
)
from foedus.reading.context import Context
from foedus.reading.editions import check_years, judge_editions
from foedus.reading.frames.amounts import CURRENT
from foedus.reading.frames.shares import DEFENCE, GOAL_AFTER
from foedus.reading.frames.stating import slots, stated
from foedus.reading.ledger_index import LedgerIndex, published_by
from foedus.reading.named_times import NamedTime, judge_over
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import SPENDING, Parsed, bind, unit_after
from foedus.reading.trees.parse import Node
from foedus.reading.trees.times import stated_in
from foedus.reading.trees.types import Source
from foedus.reading.values import Amount

__all__ = ["CHECKS", "FINDERS"]

REAL_CHANGE = "defence_expenditure_real_change"
UP = frozenset(
    (
        "raise raised raises raising increase increased increases increasing grow grew grown grows growing "
        "boost boosted boosts boosting lift lifted hike hiked rise rose risen rises rising jump jumped jumps "
        "surge surged surges climb climbed climbs soar soared expand expanded up went go gone swell swelled "
        "leap leapt"
    ).split()
)
DOWN = frozenset(
    (
        "cut cuts cutting reduce reduced reduces reducing fall fell fallen falls falling drop dropped drops "
        "decline declined declines shrink shrank shrunk slash slashed decreased decrease decreases trimmed"
    ).split()
)
_NOUNS = frozenset(
    ("increase rise growth hike jump surge boost uplift cut drop fall decline decrease reduction").split()
)
_CUMULATIVE = re.compile(
    r"^(?: (?:real|annual|further|total|overall|record|nominal))*(?:[- ]point| percentage| (?:since|over|compared|from|in the (?:past|last)|a year|annually|per year|every year|each year|between|more than|higher|lower than|in (?:\w+ )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+) years|on average|within))"
)


def _find_growth(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find by how much defence spending is said to have grown."""
    parsed = context.parsed(sentence)
    if parsed is None or not DEFENCE.search(parsed.text):
        return
    for value in parsed.values("R"):
        down = _grows(parsed, value)
        if down is None:
            continue
        bound = bind(parsed, value)
        if bound is None or not bound.whom or bound.others:
            continue
        if re.search(r"\b[Bb]udgets?\b", parsed.text) and len(bound.whom) == 3 and not bound.source.kind:
            # A national budget follows a national definition.
            bound = replace(bound, source=Source("announced", "budget"))
        rate: Amount = replace(value.value, value=-value.value.value) if down else value.value
        yield stated(
            "growth",
            bound,
            slots(
                scope=bound.whom,
                rate=rate,
                years=stated_in(bound.when),
                real=True
                if re.search(r"\bin real terms\b|\breal\b|inflation[- ]adjusted", parsed.text)
                else None,
            ),
        )


def _grows(parsed: Parsed, value: Tag) -> bool | None:
    """Whether a rate is one by which defence spending falls; None where it is none by which it grows or falls."""
    tree, after = parsed.tree, parsed.after(value.end)
    node = tree.at(value)
    if node is None or unit_after(parsed, value) or GOAL_AFTER.match(after) or _CUMULATIVE.match(after):
        return None
    if re.search(
        r"\b(?:to|from|at|than|of GDP by|against|with|versus|and|or|was|is) (?:about |some |the |a )?$",
        parsed.before(value.start),
    ):
        return None
    noun = tree.head(node)
    if noun.word in _NOUNS:
        spent = [
            o
            for p in tree.children(noun, "prep")
            if p.word in ("in", "of", "to")
            for o in tree.children(p, "pobj")
        ]
        verb = tree.verb_of(noun)
        thing = spent or ([s] if verb is not None and (s := tree.subject_of(verb)) is not None else [])
        down = noun.word in ("cut", "drop", "fall", "decline", "decrease", "reduction")
        return down if any(_is_spending(parsed, o) for o in thing) else None
    verb = tree.verb_of(node)
    if verb is None or verb.word not in UP | DOWN or re.match(r" of (?!the\b)", after):
        return None
    things = tree.children(verb, "dobj", "nsubjpass")
    subject = tree.subject_of(verb)
    things += [subject] if subject is not None else []
    return verb.word in DOWN if any(_is_spending(parsed, t) for t in things) else None


def _is_spending(parsed: Parsed, node: Node) -> bool:
    """Whether a noun is defence spending."""
    words = " ".join(
        n.word for n in parsed.tree.subtree(node) if n.i <= node.i or not parsed.tree.is_clause(n)
    )
    equipment = re.search(
        r"\b(?:equipment|aid|research|stocks|shares|industry|exports|sales|orders|personnel)\b", words
    )
    return node.word in SPENDING and DEFENCE.search(words) is not None and not equipment


def _check_growth(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check growth: real growth as published, and unless the text says real, growth in current dollars
    too."""
    if claim["scope"] == "EUROPE":
        return not_checkable("scope", note="The ledger has European allies with Canada, and NATO in all.")

    def check(year: int) -> Finding:
        return _growth_in(claim, ledger_index, day, year)

    years = claim["years"]
    if "day" not in years and not years.get("open"):
        # What has grown without a date has done so this year or last.
        last = (day.year - 1, day.year)
        return judge_over(NamedTime("", years=last, likely=last, exact=years.get("tense") != "past"), check)
    return check_years(years, ledger_index, day, check, about=claim["scope"])


def _growth_in(claim: dict[str, Any], ledger_index: LedgerIndex, day: date, year: int) -> Finding:
    """Check growth in one year, in real terms and in current dollars."""
    stated: Amount = claim["rate"]
    figures = ledger_index.figures(REAL_CHANGE, claim["scope"], year)
    missing = ledger_index.editions_not_held(REAL_CHANGE, year, day)
    finding = judge_editions(stated, figures, day, missing=missing)
    nominal = [] if claim.get("real") else _nominal(ledger_index, claim["scope"], year, day)
    shown = (*finding.evidence, *(e for _, e in nominal))
    others = [agreement(stated, value) for value, _ in nominal]
    if finding.verdict == SUPPORTED:
        return replace(finding, evidence=shown, note=finding.note or "Growth in real terms.")
    if finding.reason == "no_row":
        return not_checkable("prediction" if year > day.year else "no_row", *shown)
    if finding.reason == "superseded":
        return replace(finding, evidence=shown)
    if "agrees" in others:
        return not_checkable("definition", *shown, note="It agrees with growth in current dollars.")
    if "rounding" in others:
        return not_checkable("rounding", *shown)
    if finding.verdict == CONTRADICTED and claim["scope"] in ledger_index.entries:
        note = "An ally's own figures and those of other publishers count otherwise than NATO."
        return not_checkable("definition", *shown, note=note)
    note = _other_scope(claim, ledger_index, year, day) if finding.verdict == CONTRADICTED else finding.note
    return replace(finding, evidence=shown, note=note)


def _other_scope(claim: dict[str, Any], ledger_index: LedgerIndex, year: int, day: date) -> str:
    """Write where a number agrees with the other group, as when "across Europe and Canada" was dropped."""
    other = {"NATO": "NATO_EUR_CAN", "NATO_EUR_CAN": "NATO"}.get(claim["scope"])
    figures = published_by(ledger_index.figures(REAL_CHANGE, other, year), day)[0] if other else []
    if not any(agreement(claim["rate"], f.value) == "agrees" for f in figures):
        return ""
    group = "Europe and Canada" if other == "NATO_EUR_CAN" else "all of NATO"
    return f"It agrees with the figure for {group}: the group named may have been changed."


def _nominal(ledger_index: LedgerIndex, scope: str, year: int, day: date) -> list[tuple[float, Evidence]]:
    """Return growth in current dollars by the editions published by a day that hold both years."""
    now, _ = published_by(ledger_index.figures(CURRENT, scope, year), day)
    before = {f.card.id: f for f in published_by(ledger_index.figures(CURRENT, scope, year - 1), day)[0]}
    out = []
    for figure in now:
        if figure.card.id in before:
            value = figure.value / before[figure.card.id].value - 1.0
            text = f"{scope}: change in current dollars, {year - 1} to {year}, {100 * value:.1f} %"
            out.append((value, replace(figure.evidence, text=text, value=value)))
    return out


FINDERS = (_find_growth,)
CHECKS = {"growth": _check_growth}
