"""The allies: how many, who joined when, who applied when, when the Alliance was founded, who signed what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from foedus.axes import country_name
from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Evidence, Finding, Found, agreement, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.frames.grammar import ALLIANCE, NATO, modality, slots
from foedus.reading.values import Amount, Day
from foedus.reading.tagging import Tagged
from foedus.reading.world import World, table_evidence

__all__ = ["CHECKS", "FINDERS"]

_NOUN = r"(?:member(?:[- ](?:states?|countries|nations|allies))?|members|allies|countries|nations|states)"
_COUNTS = (
    re.compile(rf"(?P<article>\b[Aa]n? (?:\w+ )?)?\b[Aa]lliance (?:of|with|comprising|made up of) (?:its )?⟦(?P<n>N\d+)⟧ (?:sovereign |member )?{_NOUN}\b(?! in )"),
    re.compile(r"(?P<article>\b[Aa]n? )?⟦(?P<n>N\d+)⟧-(?:member|nation|country|state|strong)(?: strong)? (?:(?:military|defen[cs]e|Western|transatlantic|⟦G\d+⟧) )*(?:alliance|⟦(?P<g>G\d+)⟧)"),
    re.compile(rf"(?:⟦(?P<g>G\d+)⟧(?: \(⟦G\d+⟧\))?|\b[Tt]he (?:military |defen[cs]e |Western )?[Aa]lliance),?(?: which)? (?:now |currently |today |already )?(?P<verb>has|had|counts|counted|comprises|comprised|consists of|consisted of|numbers|numbered|includes|is made up of|groups|unites|boasts)(?: now| currently| today)? (?:a total of )?⟦(?P<n>N\d+)⟧ (?:member |sovereign )?{_NOUN}\b(?! (?:that|who|which|with|in|meeting|spending|to))"),
    re.compile(rf"⟦(?P<n>N\d+)⟧ (?:member )?{_NOUN} (?:of|in|make up|that make up|belong to) (?:⟦(?P<g>G\d+)⟧|the (?:military |defen[cs]e |Western )?[Aa]lliance)(?! (?:that|who|which|spend|meet|have))"),
    re.compile(rf"(?:⟦(?P<g>G\d+)⟧|[Tt]he (?:military |defen[cs]e |Western )?[Aa]lliance)'s ⟦(?P<n>N\d+)⟧ {_NOUN}\b(?! (?:that|who|which|with|in|on|along|bordering|meet|spend))"),
    re.compile(rf"\b(?P<all>[Aa]ll|[Ee]ach of the|[Ee]very one of the)(?: of)?(?: the| our| its)? ⟦(?P<n>N\d+)⟧ (?:⟦(?P<g>G\d+)⟧ )?(?:allies|members|member (?:states|countries|nations)|nations|countries)\b(?! (?:that|who|which|with|in the ⟦))"),
    re.compile(r"\b(?P<self>[Ww]e|[Oo]ur [Aa]lliance) (?:now |currently )?(?:have|has|are|count|number) (?:now )?⟦(?P<n>N\d+)⟧ (?:allies|members|member (?:states|countries|nations)|nations|countries)\b(?! (?:that|who|which|with|meeting|at|spending))"),
    re.compile(r"\b(?P<our>[Oo]ur) ⟦(?P<n>N\d+)⟧ (?:⟦G\d+⟧ )?(?:allies|members|member (?:states|countries|nations))\b"),
    re.compile(rf"⟦(?P<g>G\d+)⟧ (?:grew|has grown|expanded|has expanded|enlarged|rose) to ⟦(?P<n>N\d+)⟧ {_NOUN}\b"),
    re.compile(rf"\b(?:brings|bringing|brought|raises|raising|raised|takes|taking) (?:the (?:total |overall )?(?:number of (?:members|allies|member states|⟦G\d+⟧ (?:members|allies))|membership)|⟦(?P<g>G\d+)⟧(?:'s membership)?) to ⟦(?P<n>N\d+)⟧"),
)  # fmt: skip
_FOUNDERS = re.compile(r"⟦(?P<n>N\d+)⟧ (?:original|founding) (?:member|allies|states|countries|nations|signator)")
_SPEAKS_OF_OTHERS = re.compile(r"\b(?:founding|original|European|new|other|eastern|EU|Baltic|Nordic|remaining)\b")


def _is_nato(sentence: Tagged, token: str | None) -> bool | None:
    """Tell whether an organisation's token is NATO; None without a token."""
    tag = sentence.tag(f"⟦{token}⟧") if token else None
    return None if tag is None else tag.value == "NATO"


def find_counts(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find how many allies there are said to be."""
    if "⟦N" not in sentence.text:
        return
    founders = _FOUNDERS.search(sentence.text)
    if founders and _about_nato(sentence, context):
        stated = sentence.tag(f"⟦{founders['n']}⟧")
        if stated:
            yield Found("membership_count", sentence.span(founders), {"count": stated.value, "founding": True})
    for pattern in _COUNTS:
        match = pattern.search(sentence.text)
        if match is None or _SPEAKS_OF_OTHERS.search(match[0]):
            continue
        groups = match.groupdict()
        nato = _is_nato(sentence, groups.get("g"))
        tag = sentence.tag(f"⟦{match['n']}⟧")
        if nato is False or tag is None or (nato is None and not _about_nato(sentence, context)):
            continue
        if not _plausible(sentence, match):
            continue
        if groups.get("all") and re.search(r"\b[Nn]ot $", sentence.text[: match.start()]):
            continue
        when = re.search(r"^(?:In|By|On|Since|Before|After) (?:the end of )?⟦(D\d+)⟧", sentence.text) or re.match(
            r"[^.;⟦]{0,20}\b(?:in|by|since|from) ⟦(D\d+)⟧", sentence.text[match.end() :]
        )
        day = sentence.tag(f"⟦{when[1]}⟧") if when else None
        factive = groups.get("verb") is None and groups.get("self") is None
        past = groups.get("verb") in PAST_VERBS or ELSEWHEN.search(sentence.plain) is not None
        yield Found(
            "membership_count",
            sentence.span(match),
            slots(
                count=tag.value,
                day=day and day.value,
                others=True if groups.get("our") else None,
                undated=True if past and day is None else None,
            ),
            "actual" if factive else modality(sentence, match.start(), match.end(), verb=groups.get("verb") or match[0]),
        )
        return


PAST_VERBS = {"had", "counted", "comprised", "consisted of", "numbered"}
ELSEWHEN = re.compile(r"\b(?:then|at the time|ago|back then|once|originally|initially|used to|at first)\b")
"""Words after which a number of allies without a date may be that of another day."""
LEAST_ALL = 25
"""Fewer than this, "all three allies" means some that were named before."""


def _plausible(sentence: Tagged, match: re.Match[str]) -> bool:
    """Tell whether a number may be that of all allies, and not of a smaller group or of another union."""
    groups = match.groupdict()
    tag = sentence.tag(f"⟦{match['n']}⟧")
    if groups.get("article") and not re.search(r"⟦G\d+⟧(?:,| is| remains| was) $", sentence.text[: match.start()]):
        return groups.get("g") is not None
    small = tag is not None and tag.value.value < LEAST_ALL
    if (groups.get("all") or groups.get("self") or groups.get("our")) and small:
        return False
    named = re.search(r"NATO|[Aa]llies|[Aa]lliance", sentence.plain) is not None
    return named or not groups.get("all")


def _about_nato(sentence: Tagged, context: Context) -> bool:
    """Tell whether a sentence, or else the whole text, speaks of NATO and of no other union."""
    organisations = {t.value for t in sentence.tags if t.kind == "G"}
    if "NATO" in organisations or ALLIANCE.search(sentence.plain) or "Atlantic Treaty" in sentence.plain:
        return not organisations & {"European Union", "United Nations", "European Council", "European Commission"}
    near = {t.value for t in context.tags_in(max(0, sentence.offset - 400), sentence.offset) if t.kind == "G"}
    return not organisations and not near & {"European Union", "United Nations"} and any(t.value == "NATO" for t in context.tags)


def check_count(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check how many allies there are on the day of the text, or in the year that the text names."""
    stated: Amount = claim["count"]
    if claim.get("founding"):
        count = world.member_count(date(1949, 12, 31))
        evidence = _count_evidence(count, date(1949, 8, 24))
        return _counted(stated, {count}, (evidence,))
    named: Day | None = claim.get("day")
    if named is not None:
        resolved = resolve(named, day)
        if resolved is None or resolved.span is None:
            return not_checkable("date_unclear")
        first, last = resolved.span
        # A year that began before the day of the text ends, for the text, on its day.
        last = min(last, day) if first <= day else last
        counts = {world.member_count(d) for d in (first, last, *(d for d in world.entry_order if first <= d <= last))}
        rows = tuple(_count_evidence(world.member_count(d), d) for d in sorted({first, last}))
        if first > day:
            return not_checkable("prediction", *rows)
        return _counted(stated, counts, rows)
    count = world.member_count(day)
    rows = (_count_evidence(count, day),)
    if claim.get("undated"):
        same = agreement(stated, count, exact=True) == "agrees"
        return Finding(SUPPORTED, "match", rows) if same else not_checkable("date_unclear", *rows)
    if claim.get("others"):
        if stated.whole in (count, count - 1):
            return Finding(SUPPORTED, "match", rows, "A member speaking of its allies may leave itself out.")
        return not_checkable("definition", *rows)
    return _counted(stated, {count}, rows)


def _counted(stated: Amount, counts: set[int], rows: tuple[Evidence, ...]) -> Finding:
    """Compare a stated number of allies with the numbers there were."""
    results = {agreement(stated, n, exact=True) for n in counts}
    if "agrees" in results:
        return Finding(SUPPORTED, "match", rows)
    if "rounding" in results:
        return not_checkable("rounding", *rows)
    return Finding(CONTRADICTED, "differs", rows)


def _count_evidence(count: int, day: date) -> Evidence:
    """Make evidence of the number of allies on a day."""
    row = {"known": "press"}
    return table_evidence("members", row, f"{count} allies on {day}", float(count))


_COUNTRIES = r"(?P<countries>⟦C\d+⟧(?:(?:, | and |, and |,? as well as )⟦C\d+⟧)*)"
_GROUP = r"(?:⟦(?P<g>G\d+)⟧|the (?:military |defen[cs]e |Western |transatlantic )?[Aa]lliance)"
_END = r"(?=[,.;:)\"!?—]|$| -| (?:(?:officially|formally) )?(?:in|on|since|as of|from|during) (?:both )?⟦D| ⟦D| members\b| (?:after|last|this|following|as|when|and|but|to|amid|despite|because|together|along|before|under|with|at|by|later|only|just)\b)"
_DATE = r"(?:,? (?:officially |formally )?(?:in|on|since|as of|from|during) (?:both )?⟦(?P<d1>D\d+)⟧(?:(?: and|,) (?:in )?⟦(?P<d2>D\d+)⟧(?P<resp>,? respectively)?)?|,? ⟦(?P<d3>D\d+)⟧)?"
_AFTER_EVENT = re.compile(r"\b(?:after|following|in response to|in the wake of|because of|prompted by)\b[^.;]{0,45}?(?:⟦(?P<d>D\d+)⟧ )?(?:⟦[JC]\d+⟧(?:'s)? )?(?:⟦(?P<d0>D\d+)⟧ )?(?:full-scale )?(?:invasion|war|assault|attack)\b", re.IGNORECASE)
_JOINED = (
    re.compile(_COUNTRIES + r"(?P<gap>(?: [a-z'-]+){0,2}?) (?P<verb>(?:has |have |had |officially |formally |both |all |each |finally |recently |only |then )*(?:joined|acceded to|entered|were admitted to|was admitted to|became part of|became members? of)) (?:the ranks of )?" + _GROUP + _END + _DATE),
    re.compile(_COUNTRIES + r"(?P<gap>[^.;⟦]{3,90}?)(?:and|before|, later|then) (?P<verb>joined|acceded to|entered) (?:the ranks of )?" + _GROUP + r"(?: members)?" + _END + _DATE),
    re.compile(r"\b(?:led|prompted|drove|pushed|driven|spurred|persuaded|caused|convinced) " + _COUNTRIES + r"(?P<gap>[^.;⟦]{2,110}?)\b(?P<verb>join) " + _GROUP + _END + _DATE),
    re.compile(_COUNTRIES + r"(?P<gap>)(?:,)? (?P<verb>(?:who|which) joined) " + _GROUP + _END + _DATE),
)  # fmt: skip
_BECAME = re.compile(
    _COUNTRIES + r"(?P<gap>)(?:,? (?:which|who))?(?P<verb>,? (?:is|are|was|were|became|becomes|has become|have become|officially became|formally became|being)(?: (?:not yet|not|now|also|already))?)(?: also)? (?:(?:an?|the|its) )?(?:full )?"
    r"(?:⟦(?P<g1>G\d+)⟧(?:'s)? |alliance's |the alliance's )?(?:⟦(?P<k>K\d+)⟧ |(?P<newest>newest|latest|youngest) )?(?:full )?(?:⟦(?P<g2>G\d+)⟧ )?(?:members?|ally|allies|member (?:state|country|nation)s?)(?: (?:state|country|nation)s?)?\b(?: of (?:⟦(?P<g3>G\d+)⟧|the (?:military |defen[cs]e )?[Aa]lliance))?(?!['-])(?P<tail>" + _DATE + ")"
)


def find_accessions(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find which countries are said to have joined, and when."""
    if "⟦C" not in sentence.text:
        return
    for pattern in _JOINED:
        match = pattern.search(sentence.text)
        if match is None or _is_nato(sentence, match["g"]) is False or re.search(r"⟦[CP]", match["gap"]):
            continue
        if match["g"] is None and not _about_nato(sentence, context):
            continue
        countries, start = _subjects(sentence, match)
        if not countries:
            continue
        tail = sentence.text[match.end() : match.end() + 80]
        before = re.match(r"[ ,]*(?:long |shortly |just )?(?:before|prior to|ahead of) (?:⟦[CJ]\d+⟧(?:'s)? )?(?:⟦D\d+⟧ )?(?:the )?(?:⟦[CJ]\d+⟧(?:'s)? )?(?:full-scale )?(?:invasion|war)\b", tail)
        event = _AFTER_EVENT.match(tail.lstrip(" ,")) or _AFTER_EVENT.search(sentence.text[: match.start()][-90:])
        yield Found(
            "accession",
            (sentence.place(start), sentence.place(match.end(), end=True)),
            slots(
                countries=countries,
                days=_days(sentence, match),
                after=_event(sentence, event),
                before="invasion-of-ukraine" if before else None,
                unread=True if not before and event is None and re.match(r"[ ,]*(?:after|before|following|since|prior to)\b[^.;,]{0,40}⟦D", tail) else None,
                loose=True if re.match(r" (?:and|with|at|to|by|as|under)\b", sentence.text[match.end() :]) else None,
            ),
            modality(sentence, match.start("verb"), match.end("verb"), verb=match["gap"] + match["verb"]),
        )
        return
    match = _BECAME.search(sentence.text)
    if match is None:
        return
    countries, start = _subjects(sentence, match)
    if not countries:
        return
    named = [_is_nato(sentence, match[g]) for g in ("g1", "g2", "g3")]
    if False in named or (True not in named and not re.search(r"[Aa]lliance", match[0])):
        return
    ordinal = sentence.tag(f"⟦{match['k']}⟧") if match["k"] else None
    yield Found(
        "accession",
        (sentence.place(start), sentence.place(match.end(), end=True)),
        slots(
            countries=countries,
            days=_days(sentence, match),
            ordinal=ordinal.value if ordinal else None,
            newest=True if match["newest"] else None,
            negated=True if " not" in match["verb"] else None,
        ),
        "actual" if " not" in match["verb"] else modality(sentence, match.start("verb"), match.end("verb"), verb=match["verb"]),
    )


_OBJECT_OF = re.compile(r"\b(?:of|in|on|against|by|from|to|with|for|invaded|attacked|toward|towards|over|near|between|like|unlike|than)(?: the)? $")


def _subjects(sentence: Tagged, match: re.Match[str]) -> tuple[list[str], int]:
    """Give the countries that are the subject, and where they start: in "After the invasion of Ukraine, Sweden and
    Finland joined" the first country belongs to what stands before.
    """
    tokens = list(re.finditer(r"⟦C\d+⟧", match["countries"]))
    start = match.start("countries")
    if _OBJECT_OF.search(sentence.text[:start]) and not match.re.pattern.startswith(r"\b(?:led"):
        if len(tokens) < 2 or match["countries"][tokens[0].end() : tokens[1].start()] != ", ":
            return [], start
        start += tokens[1].start()
        tokens = tokens[1:]
    tags = [sentence.tag(token[0]) for token in tokens]
    return [tag.value for tag in tags if tag], start


def _days(sentence: Tagged, match: re.Match[str]) -> list[Day] | None:
    """Give the dates that an accession states."""
    tokens = [match[name] for name in ("d1", "d2", "d3") if match[name]]
    tags = [sentence.tag(f"⟦{token}⟧") for token in tokens]
    return [t.value for t in tags if t] or None


def _event(sentence: Tagged, match: re.Match[str] | None) -> str | None:
    """Give the event after which something is said to have happened."""
    if match is None:
        return None
    token = match["d"] or match["d0"]
    tag = sentence.tag(f"⟦{token}⟧") if token else None
    if tag is not None and tag.value.year not in (None, 2022):
        return None
    return "invasion-of-ukraine" if any(t.value in ("UKR", "RUS") for t in sentence.tags) or token else None


def check_accession(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check who is an ally, since when, as how-manyth, and after which event; the list of allies is complete."""
    countries: list[str] = claim["countries"]
    entries = [world.entries.get(c) for c in countries]
    rows = tuple(e[1] for e in entries if e)
    joined = [e is not None and e[0] <= day for e in entries]
    if claim.get("negated"):
        if not any(joined):
            return Finding(SUPPORTED, "match", rows, "Not in the list of allies on that day.")
        return Finding(CONTRADICTED, "differs", rows) if all(joined) else not_checkable("scope", *rows)
    if not all(joined) and claim.get("loose") and not claim.get("days"):
        return not_checkable("definition", *rows)
    if not all(joined):
        absent = ", ".join(country_name(c) for c, is_ally in zip(countries, joined, strict=True) if not is_ally)
        return Finding(CONTRADICTED, "differs", rows, f"Not in the list of allies on that day: {absent}.")
    known = [e for e in entries if e]
    outcomes = [_dates(claim.get("days"), [d for d, _ in known], day)]
    if claim.get("ordinal") is not None:
        outcomes.append(_ordinals(claim["ordinal"], [d for d, _ in known], world))
    if claim.get("newest"):
        newest = max(d for d in world.entry_order if d <= day)
        outcomes.append("agrees" if all(d == newest for d, _ in known) else "differs")
    if claim.get("unread"):
        outcomes.append("unclear")
    if claim.get("before"):
        event = next(r for r in institution_table("events").rows if r["event"] == claim["before"])
        rows += (table_evidence("events", event, f"{event['meaning']}: {event['date']}", event["date"]),)
        outcomes.append("agrees" if all(str(d) < event["date"] for d, _ in known) else "differs")
    if claim.get("after"):
        event = next(r for r in institution_table("events").rows if r["event"] == claim["after"])
        rows += (table_evidence("events", event, f"{event['meaning']}: {event['date']}", event["date"]),)
        outcomes.append("agrees" if all(str(d) > event["date"] for d, _ in known) else "differs")
    if "differs" in outcomes:
        return Finding(CONTRADICTED, "differs", rows)
    return not_checkable("date_unclear", *rows) if "unclear" in outcomes else Finding(SUPPORTED, "match", rows)


def _dates(days: list[Day] | None, entries: list[date], day: date) -> str:
    """Compare stated dates with entries, one for all or one for each."""
    if not days:
        return "agrees"
    resolved = [resolve(d, day) for d in days]
    if any(d is None for d in resolved):
        return "unclear"
    stated = [d for d in resolved if d]
    if len(stated) == 1:
        stated *= len(entries)
    if len(stated) != len(entries):
        return "unclear"
    results = set()
    for given, true in zip(stated, entries, strict=True):
        signed = true == date(1949, 8, 24) and compare_day(given, date(1949, 4, 4)) == "agrees"
        results.add("agrees" if signed else compare_day(given, true))
    return "unclear" if "no_such_day" in results else ("differs" if "differs" in results else "agrees")


def _ordinals(ordinal: int, entries: list[date], world: World) -> str:
    """Compare the how-manyth ally with the order of entries; allies that joined on one day share a range."""
    if len(entries) != 1:
        return "unclear"
    before = sum(d < entries[0] for d in world.entry_order)
    same = sum(d == entries[0] for d in world.entry_order)
    return "agrees" if before < ordinal <= before + same else "differs"


_FOUNDED = re.compile(
    rf"(?:{NATO}|[Tt]he North Atlantic Treaty|[Tt]he Washington Treaty)(?:,| which| that)?(?P<verb>(?: was| is| had been| were|,)?(?: (?:first|originally|officially|formally))?) "
    r"(?:established|founded|created|formed|set up|launched|signed|born)(?: by [^.;,⟦]{0,40}(?:⟦N\d+⟧[^.;,⟦]{0,25})?)? (?:in|on) (?:[A-Z]\w+ (?:on|in) )?⟦(?P<day>D\d+)⟧"
)
_FOUNDED_FIRST = re.compile(r"^\"?(?:Founded|Established|Created|Formed|Set up) in ⟦(?P<day>D\d+)⟧,? [^.;]{0,40}?(?:⟦(?P<g>G\d+)⟧|the alliance)")
_FOUNDING = re.compile(r"(?:⟦(?P<g>G\d+)⟧(?:'s)?|\b[Tt]he alliance's|\b[Ii]ts) (?:founding|foundation|creation|establishment|inception) in ⟦(?P<day>D\d+)⟧")


def find_founding(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find when the Alliance is said to have been founded."""
    if not re.search(r"found|establish|creat|form|set up|sign|incep|born|launch", sentence.text, re.IGNORECASE):
        return
    for pattern in (_FOUNDED, _FOUNDED_FIRST, _FOUNDING):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        organisations = {t.value for t in sentence.all(match[0]) if t.kind == "G"}
        if organisations - {"NATO"} or not _about_nato(sentence, context):
            continue
        tag = sentence.tag(f"⟦{match['day']}⟧")
        if tag is None or tag.value.year is None:
            continue
        if re.search(r"\bsigned\b", match[0]) and "reaty" not in match[0]:
            continue
        yield Found(
            "founding_year",
            sentence.span(match),
            {"day": tag.value},
            modality(sentence, match.start(), match.end(), verb=match.groupdict().get("verb") or " "),
        )
        return


def check_founding(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check the founding: the treaty was signed on one day and in force on another of the same year."""
    row = next(r for r in institution_table("events").rows if r["event"] == "nato-founded")
    evidence = (
        table_evidence("events", row, f"{row['meaning']}: {row['date']}", row["date"]),
        world.entries["USA"][1],
    )
    days = (date.fromisoformat(row["date"]), world.entries["USA"][0])
    results = {compare_day(claim["day"], d) for d in days}
    if "agrees" in results:
        return Finding(SUPPORTED, "match", evidence)
    return Finding(CONTRADICTED, "differs", evidence) if results == {"differs"} else not_checkable("date_unclear", *evidence)


_APPLIED = re.compile(
    _COUNTRIES + r"(?P<gap>(?:,? [a-z'-]+){0,3}?) (?P<verb>(?:has |have |had |officially |formally |both |jointly )*(?:applied|submitted (?:its|their|an?) (?:\w+ )?(?:applications?|bids?|requests?)))"
    r"(?P<body>[^.;]{0,70}?)(?:⟦(?P<g>G\d+)⟧|the (?:military )?alliance)(?P<more>[^.;⟦]{0,40}?)(?:,? (?:in|on|since) )?(?:⟦(?P<day>D\d+)⟧)"
)
_APPLIED_FIRST = re.compile(r"^\"?(?:In|On) ⟦(?P<day>D\d+)⟧,? " + _COUNTRIES + r"(?P<gap>)(?P<more>)(?P<body>) (?P<verb>(?:officially |formally |jointly )*(?:applied|submitted))[^.;]{0,60}?⟦(?P<g>G\d+)⟧")


def find_applications(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find when a country is said to have applied for membership."""
    if "appli" not in sentence.text and "submitted" not in sentence.text:
        return
    for pattern in (_APPLIED_FIRST, _APPLIED):
        match = pattern.search(sentence.text)
        if match is None or _is_nato(sentence, match["g"]) is False:
            continue
        day = sentence.tag(f"⟦{match['day']}⟧")
        yield Found(
            "application_date",
            sentence.span(match),
            slots(countries=[t.value for t in sentence.all(match["countries"])], day=day and day.value),
            modality(sentence, match.start("verb"), match.end("verb"), verb=match["verb"]),
        )
        return


def check_application(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check the day of an application for membership of NATO."""
    stated = resolve(claim["day"], day)
    if stated is None:
        return not_checkable("date_unclear")
    rows = [
        r
        for r in institution_table("applications").rows
        if r["organisation"] == "NATO" and r["country"] in claim["countries"] and r["date"] <= day.isoformat()
    ]
    evidence = tuple(
        table_evidence("applications", r, f"{country_name(r['country'])} applied on {r['date']}", r["date"]) for r in rows
    )
    if {r["country"] for r in rows} != set(claim["countries"]):
        return not_checkable("no_row", *evidence)
    results = {compare_day(stated, date.fromisoformat(r["date"])) for r in rows}
    if results == {"agrees"}:
        return Finding(SUPPORTED, "match", evidence)
    return not_checkable("date_unclear", *evidence) if "no_such_day" in results else Finding(CONTRADICTED, "differs", evidence)


_WHO = r"(?P<who>allies|⟦G\d+⟧ (?:allies|members|countries)|countries|nations|member (?:states|countries)|members|states|leaders|signatories|partners)"
_SIGNED = (
    re.compile(rf"⟦(?P<n>N\d+)⟧ (?:⟦[JG]\d+⟧ )?{_WHO}(?: and [a-z]+)? (?:have |has |had )?(?:signed|endorsed|inked|joined)(?P<doc>[^.;]{{3,60}})"),
    re.compile(rf"(?P<doc>[^.;]{{3,70}}?),? (?:was |were |been |document |agreement |framework )*signed(?: [a-z]+)? by (?:the leaders of )?⟦(?P<n>N\d+)⟧ (?:⟦[JG]\d+⟧ )?{_WHO}"),
    re.compile(rf"\bsigning of (?P<doc>[^.;]{{3,60}}?) by (?:the leaders of )?⟦(?P<n>N\d+)⟧ (?:⟦[JG]\d+⟧ )?{_WHO}"),
)  # fmt: skip
_DOCUMENT = re.compile(r"\b(?:declaration|compact|agreement|pact|communiqu|accord|document|statement|pledge|charter|memorandum|treaty|letter|deal|framework)", re.IGNORECASE)


def find_signatories(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find how many are said to have signed a document."""
    if "sign" not in sentence.text and "endors" not in sentence.text:
        return
    for pattern in _SIGNED:
        match = pattern.search(sentence.text)
        if match is None:
            continue
        span = sentence.span(match, "doc", 0) if match.start("doc") < match.start("n") else sentence.span(match)
        words = sentence.plain[span[0] - sentence.offset : span[1] - sentence.offset]
        if not _DOCUMENT.search(words):
            continue
        tag = sentence.tag(f"⟦{match['n']}⟧")
        document = next((d for d in _documents() if d.lower() in words.lower()), None)
        yield Found(
            "signatories",
            span,
            slots(document=document, count=tag and tag.value, who=re.sub(r"⟦G\d+⟧ ", "", match["who"])),
            modality(sentence, match.start(), match.end()),
        )
        return


@cache
def _documents() -> tuple[str, ...]:
    """Give the documents whose signatories the ledger has."""
    return tuple(dict.fromkeys(r["document"] for r in institution_table("document-signatories").rows))


def check_signatories(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check how many signed a document, by its own list.

    Parameters
    ----------
    claim : dict
        Slots document, count, who.
    world : World
        The ledger.
    day : datetime.date
        The day of the text.

    Returns
    -------
    Finding
        Rows that are not verified widen the number to a range; states alone, states and the Union, and allies
        alone are all admissible readings. Only a number outside all of them is contradicted.
    """
    document = claim.get("document")
    rows = [r for r in institution_table("document-signatories").rows if r["document"] == document and r["date"] <= day.isoformat()]
    if not rows:
        return not_checkable("no_document")
    sure = [r for r in rows if r["known"] != "unverified"]
    low, high = len(sure), len(rows)
    low_allies = sum(r["signatory"] in world.entries for r in sure)
    high_allies = sum(r["signatory"] in world.entries for r in rows)
    evidence = table_evidence(
        "document-signatories",
        {"known": "press"},
        f"{document}, {rows[0]['date']}: {low} to {high} signatories, of them {low_allies} to {high_allies} allies",
        float(low),
    )
    stated: Amount = claim["count"]
    bounds = (low_allies, high) if claim.get("who") != "allies" else (low_allies, high)
    if agreement(stated, low, exact=True) == agreement(stated, high, exact=True) == agreement(stated, low_allies, exact=True) == "agrees":
        return Finding(SUPPORTED, "match", (evidence,))
    number = stated.whole
    inside = number is None or bounds[0] - 1 <= number <= bounds[1] + 1 or stated.comparator != "eq"
    if inside:
        return not_checkable("definition", evidence, note="Lists of the signatories differ by three states.")
    return Finding(CONTRADICTED, "differs", (evidence,), "The document has its own list of signatories.")


FINDERS = (find_counts, find_accessions, find_founding, find_applications, find_signatories)
CHECKS = {
    "membership_count": check_count,
    "accession": check_accession,
    "founding_year": check_founding,
    "application_date": check_application,
    "signatories": check_signatories,
}
