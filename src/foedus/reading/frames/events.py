"""Events and rules: the invasion, elections, summits, handovers, days of the week, treaty articles,
consensus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, Found, not_checkable, parameter
from foedus.reading.context import Context
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.lexicon import WEEKDAYS
from foedus.reading.patterns.events import (
    ALL_FOR_ONE,
    ARTICLE,
    COLLECTIVE,
    CONSENSUS,
    CONSULT,
    ELECTION,
    EVENT_OF_SPEECH,
    HANDOVER,
    INVASION,
    POSTURE,
    RANK,
    SEAT,
    SUMMIT,
    TRANSFER,
)
from foedus.reading.patterns.grammar import modality, slots
from foedus.reading.tagging import Tagged
from foedus.reading.values import Day
from foedus.reading.world import World, table_evidence

__all__ = ["CHECKS", "FINDERS"]


def _find_events(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find when the invasion of Ukraine or an election is said to be."""
    for pattern in INVASION if re.search(r"inva|assault|attack|war|offens|aggress", sentence.text) else ():
        match = pattern.search(sentence.text)
        if match is None:
            continue
        on, by = sentence.tag(f"⟦{match['on']}⟧"), sentence.tag(f"⟦{match['by']}⟧") if match["by"] else None
        tag = sentence.tag(f"⟦{match['day']}⟧")
        if on is None or on.value != "UKR" or (by is not None and by.value != "RUS") or tag is None:
            continue
        if tag.value.year is None and tag.value.month is None and tag.value.relative is None:
            continue
        kind = "event_year" if tag.value.month is None else "event_date"
        named = re.search(r"inva|full-scale", match[0]) is not None
        yield Found(
            kind,
            sentence.span(match),
            slots(event="invasion-of-ukraine", day=tag.value, loose=None if named else True),
        )
        break
    for pattern in ELECTION if re.search(r"lection|vote|Vote", sentence.text) else ():
        match = pattern.search(sentence.text)
        if match is None:
            continue
        groups = match.groupdict()
        place = (
            sentence.tag(f"⟦{groups.get('by') or groups.get('where')}⟧")
            if groups.get("by") or groups.get("where")
            else None
        )
        american = place.value == "USA" if place else _american(sentence, context)
        if not american or re.search(r"midterm|Senate|parliament|congress|general", match[0]):
            continue
        token = groups.get("later") or groups.get("day")
        tag = sentence.tag(f"⟦{token}⟧") if token else None
        if place is None and tag is None:
            continue
        upcoming = pattern is ELECTION[0]
        yield Found(
            "event_date",
            sentence.span(match),
            slots(
                event="us-presidential-election", day=tag and tag.value, upcoming=True if upcoming else None
            ),
        )
        break


def _american(sentence: Tagged, context: Context) -> bool:
    """Tell whether an election without a country is the American one: an American candidate is spoken of."""
    people = {t.value for t in sentence.tags if t.kind == "P"}
    return bool(people & {"Donald Trump", "Kamala Harris", "Joe Biden"}) or any(
        t.kind == "C" and t.value == "USA"
        for t in context.tags_in(max(0, sentence.offset - 300), sentence.offset)
    )


def _check_event(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check the day of an event; an upcoming one is the next of its kind after the day of the text."""
    rows = [
        r
        for r in institution_table("events").rows
        if r["event"] == claim["event"] and r["announced"] <= day.isoformat()
    ]
    if not rows:
        return not_checkable("no_row")
    days = {date.fromisoformat(r["date"]): r for r in rows}
    named: Day | None = claim.get("day")
    if claim.get("upcoming"):
        horizon = day + timedelta(days=parameter("event_horizon_days"))
        ahead = sorted(d for d in days if day <= d <= horizon)
        if not ahead:
            return not_checkable("date_unclear")
        evidence = _event_row(days[ahead[0]])
        if named is None:
            return Finding(SUPPORTED, "match", (evidence,))
        resolved = resolve(named, day, past=False)
        if resolved is None:
            return not_checkable("date_unclear", evidence)
        agrees = compare_day(resolved, ahead[0]) == "agrees"
        return (
            Finding(SUPPORTED, "match", (evidence,))
            if agrees
            else Finding(CONTRADICTED, "differs", (evidence,))
        )
    if named is None:
        return not_checkable("date_unclear")
    # Without a year, the event of its kind that is nearest to the text is meant.
    nearest = min(days, key=lambda d: abs((d - day).days))
    resolved = (
        named.in_year(nearest.year) if named.year is None and named.relative is None else resolve(named, day)
    )
    if resolved is None:
        return not_checkable("date_unclear")
    evidences = tuple(_event_row(r) for r in days.values())
    if any(compare_day(resolved, d) == "agrees" for d in days):
        return Finding(
            SUPPORTED,
            "match",
            tuple(_event_row(r) for d, r in days.items() if compare_day(resolved, d) == "agrees"),
        )
    # The war began in 2014, the full-scale invasion in 2022: a year of the first is another definition.
    # An attack or an offensive may be another one than the invasion.
    if claim["event"] == "invasion-of-ukraine" and (resolved.year == 2014 or claim.get("loose")):
        return not_checkable("definition", *evidences)
    span = resolved.span
    if span is None or (named.year is None and named.month is None):
        return not_checkable("date_unclear", *evidences)
    if claim["event"] == "us-presidential-election" and (
        named.year is None or resolved.year not in {d.year for d in days}
    ):
        return not_checkable("date_unclear", *evidences)
    return Finding(CONTRADICTED, "differs", evidences)


def _event_row(row: dict[str, str]) -> Any:
    """Make evidence of an event."""
    place = f", {row['place']}" if row["place"] else ""
    return table_evidence("events", row, f"{row['meaning']}: {row['date']}{place}", row["date"])


def _find_places(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find where the handover of the office of Secretary General is said to be."""
    match = HANDOVER.search(sentence.text)
    if match:
        place = sentence.tag(f"⟦{match['place']}⟧")
        # The place a ceremony is held at stands in other words first; the town is what the table has.
        if place:
            about = any(t.kind == "O" and t.value[0] == "secretary general" for t in sentence.tags) or any(
                t.kind == "P" and t.value in ("Mark Rutte", "Jens Stoltenberg") for t in sentence.tags
            )
            yield Found(
                "event_place",
                sentence.span(match),
                slots(event="handover", place=place.text, named=about or None),
            )
            return
    seat = SEAT.search(sentence.text)
    if seat:
        organisation, place = sentence.tag(f"⟦{seat['org']}⟧"), sentence.tag(f"⟦{seat['place']}⟧")
        if organisation and place:
            yield Found(
                "event_place", sentence.span(seat), {"organisation": organisation.value, "place": place.text}
            )


def _check_place(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check the place of a handover near the day of the text, or the seat of an organisation."""
    if "organisation" in claim:
        rows = [
            r
            for r in institution_table("organisations").rows
            if r["name"] == claim["organisation"] and r["seat"]
        ]
        evidence = tuple(
            table_evidence("organisations", r, f"{r['name']}: seat {r['seat']}", r["seat"]) for r in rows
        )
        if any(r["seat"] == claim["place"] for r in rows):
            return Finding(SUPPORTED, "match", evidence)
        return not_checkable("no_row", *evidence)
    near = [
        r
        for r in institution_table("events").rows
        if r["event"].startswith("handover")
        and abs((date.fromisoformat(r["date"]) - day).days) <= parameter("event_horizon_days")
    ]
    if not near:
        return not_checkable("no_row")
    evidence = tuple(_event_row(r) for r in near)
    if any(r["place"] == claim["place"] for r in near):
        return Finding(SUPPORTED, "match", evidence)
    return (
        Finding(CONTRADICTED, "differs", evidence)
        if claim.get("named")
        else not_checkable("scope", *evidence)
    )


def _find_summits(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find where and when a summit is said to be held."""
    if "ummit" not in sentence.text:
        return
    for pattern in SUMMIT:
        match = pattern.search(sentence.text)
        if match is None:
            continue
        organisation = sentence.tag(f"⟦{match['g']}⟧") if match["g"] else None
        if (organisation and organisation.value != "NATO") or (
            organisation is None and "NATO" not in context.text
        ):
            continue
        place = sentence.tag(f"⟦{match['place']}⟧")
        token = match["day"] or match["d2"] or match["when"] or match["d0"]
        day = sentence.tag(f"⟦{token}⟧") if token else None
        if place is None or day is None:
            continue
        yield Found("summit", sentence.span(match), {"place": place.text, "day": day.value})
        return


def _check_summit(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check the place and time of a summit; a meeting may last into the days after its first."""
    stated = resolve(claim["day"], day)
    if stated is None or stated.span is None:
        return not_checkable("date_unclear")
    rows = institution_table("summits").rows
    here = [r for r in rows if r["place"] == claim["place"]]
    evidence = tuple(
        table_evidence("summits", r, f"{r['place']} summit from {r['start']}", r["start"]) for r in here
    )
    starts = [date.fromisoformat(r["start"]) for r in here]
    if any(stated.span[0] - timedelta(days=2) <= d <= stated.span[1] for d in starts):
        return Finding(SUPPORTED, "match", evidence)
    same = tuple(
        table_evidence("summits", r, f"{r['place']} summit from {r['start']}", r["start"])
        for r in rows
        if r["start"][:4] == str(stated.year)
    )
    if stated.span[0] > day or not (here or same) or any(e.known == "unverified" for e in evidence or same):
        return not_checkable("no_row", *evidence, *same)
    return Finding(CONTRADICTED, "differs", (*evidence, *same))


def _find_weekdays(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find dates that state the day of the week."""
    for tag in sentence.tags:
        if tag.kind == "D" and tag.value.weekday is not None and tag.value.day is not None:
            yield Found(
                "weekday_date",
                (tag.start, tag.end),
                {"day": tag.value, "weekday": WEEKDAYS[tag.value.weekday]},
            )


def _check_weekday(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check the day of the week by the calendar; without a stated year, in the year nearest to the text."""
    resolved = resolve(claim["day"], day, past=False)
    if resolved is None or resolved.span is None:
        return not_checkable("date_unclear")
    true = WEEKDAYS[resolved.span[0].weekday()]
    evidence = table_evidence("calendar", {"known": "retrieved"}, f"{resolved.span[0]} is a {true}", true)
    agrees = true == claim["weekday"]
    if not agrees and claim["day"].year is None and abs((resolved.span[0] - day).days) > NEAR_DAYS:
        return not_checkable("date_unclear", evidence)
    return (
        Finding(SUPPORTED, "match", (evidence,)) if agrees else Finding(CONTRADICTED, "differs", (evidence,))
    )


NEAR_DAYS = 21
"""A date without a year that lies further off may be of another year."""
_NUMBERS = {"three": 3, "four": 4, "five": 5}


def _find_rules(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find what a treaty article is said to say, and how decisions are said to be made."""
    text, start = sentence.plain, sentence.offset
    article = ARTICLE.search(text)
    numbers = [int(m[1]) if m[1].isdigit() else _NUMBERS[m[1].lower()] for m in ARTICLE.finditer(text)]
    organisations = {t.value for t in sentence.tags if t.kind == "G"}
    about_nato = "NATO" in organisations or (
        not organisations
        and ("NATO" in context.text or "North Atlantic" in context.text or "alliance" in context.text)
    )
    mutual = ALL_FOR_ONE.search(text)
    if mutual and (about_nato or numbers):
        at = (start + mutual.start(), start + mutual.end())
        number = _article_for("collective_defence", numbers)
        yield Found(
            "treaty_article",
            at,
            slots(article=number, meaning="collective_defence"),
            _rule_mode(text, mutual),
        )
    elif numbers and about_nato and article:
        meaning = "consultation" if CONSULT.search(text) else None
        if COLLECTIVE.search(text):
            meaning = "collective_defence"
        if meaning:
            at = (start + article.start(), start + article.end())
            yield Found("treaty_article", at, slots(article=_article_for(meaning, numbers), meaning=meaning))
    rule = CONSENSUS.search(text)
    if rule and about_nato:
        how = (rule["how"] or rule["how2"]).lower()
        at = (start + rule.start(), start + rule.end())
        yield Found(
            "rule", at, {"rule": "majority" if "majority" in how else "consensus"}, _rule_mode(text, rule)
        )


def _article_for(meaning: str, numbers: list[int]) -> int | None:
    """Give the article that a sentence speaks of: of several, the one that says so."""
    true = int(MEANINGS[meaning])
    return true if true in numbers else (numbers[0] if len(set(numbers)) == 1 else None)


def _rule_mode(text: str, match: re.Match[str]) -> str:
    """Tell whether what a rule says is stated or denied."""
    around = text[max(0, match.start() - 30) : match.end()]
    return "negated" if re.search(r"\bnot\b|n't\b|\bno longer\b", around) else "actual"


MEANINGS = {"collective_defence": "5", "consultation": "4"}


def _check_article(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check which article says what, by its summary in the ledger."""
    true = MEANINGS[claim["meaning"]]
    row = next(r for r in institution_table("treaty-articles").rows if r["article"] == true)
    evidence = table_evidence(
        "treaty-articles", row, f"Article {row['article']}: {row['summary']}", row["article"]
    )
    stated = claim.get("article")
    if stated is None or str(stated) == true:
        return Finding(SUPPORTED, "match", (evidence,))
    # Collective defence may be spoken of beside another article in the same sentence.
    return (
        not_checkable("definition", evidence)
        if stated in (3, 6, 10, 42)
        else Finding(CONTRADICTED, "differs", (evidence,))
    )


def _check_rule(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check how decisions are made: by consensus in practice; the treaty's text sets no rule of voting."""
    row = next(r for r in institution_table("treaty-articles").rows if r["article"] == "9")
    evidence = table_evidence("treaty-articles", row, f"Article 9: {row['summary']}", "consensus")
    if claim["rule"] == "consensus":
        return Finding(SUPPORTED, "match", (evidence,))
    return not_checkable("definition", evidence)


def _find_outside(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find claims of kinds for which the ledger has no table, so that the reader sees them as not checked."""
    for kind, pattern in (("arms_transfer", TRANSFER), ("posture", POSTURE)):
        match = pattern.search(sentence.plain)
        if match:
            at = (sentence.offset + match.start(), sentence.offset + match.end())
            yield Found(kind, at, {}, modality(sentence, 0, 0))
    rank = RANK.search(sentence.text)
    if rank:
        yield Found("ranking", sentence.span(rank), {})
    speech = EVENT_OF_SPEECH.search(sentence.text)
    if speech:
        yield Found("statement_event", sentence.span(speech), {})


def _check_outside(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Say that the ledger has no table for a claim."""
    return not_checkable("no_table")


def _check_ranking(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Say that a rank without a measure cannot be compared."""
    return not_checkable("vague")


FINDERS = (_find_events, _find_places, _find_summits, _find_weekdays, _find_rules, _find_outside)
CHECKS = {
    "event_date": _check_event,
    "event_year": _check_event,
    "event_place": _check_place,
    "summit": _check_summit,
    "weekday_date": _check_weekday,
    "treaty_article": _check_article,
    "rule": _check_rule,
    "arms_transfer": _check_outside,
    "posture": _check_outside,
    "statement_event": _check_outside,
    "ranking": _check_ranking,
}
