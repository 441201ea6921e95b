"""The spending guideline: how many allies meet it, what share of GDP a country spends, what the target is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from foedus.axes import country_name
from foedus.evidence.institutions import pledges_by
from foedus.measures.status import meets
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Evidence, Finding, Found, agreement, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.grammar import modality, slots
from foedus.reading.values import Amount, Day
from foedus.reading.tagging import Tagged
from foedus.reading.world import SHARE, World, published_by, table_evidence

__all__ = ["CHECKS", "FINDERS", "stated_years"]

COUNT = "allies_meeting_guideline_count"
IMPLIED = "implied"
"""The mark of a level that the text does not state."""
AGO = re.compile(r"\b(?:ago|at the time|back then|once|used to|historically|previously|during the Cold War|in the past|earlier|a decade|decades|then)\b")
"""Words after which a sentence without a year speaks of some other one."""
SECOND_LEVEL = date(2025, 6, 25)
"""From this day on there is more than one guideline."""
_ALLIES = r"(?:(?:⟦G\d+⟧ )?(?:member (?:states|countries|nations)|members|allies|ally|countries|nations|states))"
_WHOLE = rf"(?: of| out of)(?: (?:the|its|our|⟦G\d+⟧'s|the alliance's))?(?: total)? ⟦(?P<of>N\d+)⟧(?: {_ALLIES})?(?P<armed> with (?:armed forces|a military|militaries|an army))?"
_MEET = (
    r"(?:meets?|met|meeting|reach(?:es|ed|ing)?|hit(?:s|ting)?|achiev\w+|exceed\w*|surpass\w*|fulfil\w*|satisf\w+|spend(?:s|ing)?|spent|attain\w*|at or above|comply with|at|above|clear(?:ed)?|allocat\w+|devot\w+|invest\w*)"
)
_MISS = r"(?:miss(?:es|ed|ing)?|fail(?:s|ed|ing)? to (?:meet|reach|hit|spend)|fall(?:s|ing)? short of|fell short of|falls? below|(?:are |is |were |remain(?:s|ed)? )?below|lag(?:ged|ging|s)? behind|spend(?:s|ing)? less than|spent less than|(?:do|does|did|will|have|has|are|is) ?(?:not|n't)(?: yet)?(?: expected to)? (?:meet|met|meeting|reach(?:ed)?|hit|spend|spent)|(?:wo|do|did|have|has|are)n't(?: yet)? (?:meet|met|meeting|reach(?:ed)?|hit|spend|spent))"
_LEVEL = r"(?:(?:⟦(?P<level>R\d+)⟧(?P<unit>[^.;⟦]{0,30}?\b(?:GDP|gross domestic product|economic output|target|guideline|goal|benchmark|threshold|mark|floor|level|minimum)\b)?)|(?P<goal>that (?:goal|target|level|mark|threshold)|(?:the |NATO's |the alliance's )?(?:⟦G\d+⟧(?:'s)? )?(?:defen[cs]e )?(?:spending |expenditure )?(?:target|guideline|goal|benchmark)\b))"
_AUX = r"(?:(?:will|would|are|is|were|was|have|has|had|now|currently|already|also|expected|set|projected|estimated|forecast|likely|on track|on course|due|to|be|still|both|all|actually|only|still|yet|should|could|may|might|must|currently|at present) )*"
_SUBJECT = rf"(?:(?P<all>[Nn]ot all(?: of)?(?: the| its)?|[Aa]ll(?: of)?(?: the| its)?|[Ee]very|[Nn]one of(?: the| its)?) )?(?:⟦(?P<n>N\d+)⟧(?:{_WHOLE}|(?: (?:of (?:the|its|⟦G\d+⟧'s|the alliance's) )?{_ALLIES})(?P<armed2> with armed forces)?)|(?P<every>{_ALLIES}))"
_GAP = r"(?:,? [^.;⟦\"]{0,40}?)?"
_COUNTED = re.compile(rf"{_SUBJECT}{_GAP},? ?(?P<aux>{_AUX})(?:(?P<miss>{_MISS})|(?P<meet>{_MEET}))\b(?P<between>[^.;⟦\"]{{0,60}}?){_LEVEL}")
_YEAR = re.compile(r"⟦(D\d+)⟧")


def find_guideline_counts(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find how many allies are said to meet, or to miss, a spending guideline."""
    if "⟦R" not in sentence.text and not re.search(r"goal|target|guideline|level", sentence.text):
        return
    for match in _COUNTED.finditer(sentence.text):
        if match["n"] is None and match["all"] is None:
            continue
        if re.match(r"(?:One|one|Two|two|Three|three|Some|some) of (?:the|its|NATO)", sentence.plain[sentence.place(match.start()) - sentence.offset :]) and not match["of"]:
            continue
        level = _level(sentence, match, context)
        if level is None :
            continue
        if not match["goal"] and not match["unit"] and not _spending(sentence.plain):
            # "at 2 %" alone is of GDP when it is the guideline's own level.
            if abs(level.value - 0.02) > 1e-9:
                continue
        stated = sentence.tag(f"⟦{match['n']}⟧") if match["n"] else None
        whole = sentence.tag(f"⟦{match['of']}⟧") if match["of"] else None
        every = (match["all"] or "").split(" of")[0].split(" the")[0].lower() or None
        if every in ("all", "not all", "every") and stated and not whole:
            whole, stated = stated, None
        mode = modality(sentence, match.start(), match.end(), verb=match["aux"] + (match["meet"] or "meet"))
        if re.search(r"\b(?:should|must|could|would|may|might)\b", match["aux"]):
            mode = "wish"
        yield Found(
            "count_meeting_guideline",
            sentence.span(match),
            slots(
                count=stated and stated.value,
                of=whole and whole.value,
                every=every,
                armed=True if match["armed"] or match["armed2"] else None,
                missing=True if match["miss"] else None,
                level=level,
                years=stated_years(sentence, match["aux"], match["meet"] or match["miss"]),
            ),
            mode,
        )
        return


def _spending(text: str) -> bool:
    """Tell whether a text speaks of defence spending."""
    return re.search(r"\b(?:GDP|gross domestic product|defen[cs]e|military|spend\w*|budget|economic output)\b", text) is not None


def _level(sentence: Tagged, match: re.Match[str], context: Context) -> Amount | None:
    """Give the guideline's level: as stated, or for "that goal" the one stated just before."""
    if match["level"]:
        tag = sentence.tag(f"⟦{match['level']}⟧")
        if tag is None or re.search(r"\bequipment\b", sentence.plain):
            return None
        if re.search(r"\bless than$", sentence.text[: match.start("level")].rstrip()):
            return None
        level: Amount = tag.value
        return level if level.comparator in ("eq", "ge", "gt") or match["miss"] else None
    stated = re.match(r" of (?:spending |at least )?⟦(R\d+)⟧", sentence.text[match.end() :])
    if stated:
        tag = sentence.tag(f"⟦{stated[1]}⟧")
        return replace(tag.value, comparator="eq") if tag else None
    if match["goal"].startswith("that"):
        before = [t for t in context.tags_in(max(0, sentence.offset - 260), sentence.offset) if t.kind == "R"]
        return before[-1].value if before else None
    # Until 2025 the spending guideline was 2 %; the check sees to it that later texts are not read so.
    return Amount(0.02, 0.01, 0.01, hedge=IMPLIED) if _spending(sentence.plain) else None


def stated_years(sentence: Tagged, aux: str, verb: str) -> dict[str, Any]:
    """Give the year a sentence speaks of, and the tense where it names none.

    Parameters
    ----------
    sentence : Tagged
        The sentence.
    aux, verb : str
        Its verbs.

    Returns
    -------
    dict
        ``day`` with the date named, or ``tense``.
    """
    for token in _YEAR.findall(sentence.text):
        tag = sentence.tag(f"⟦{token}⟧")
        if tag is None or (tag.value.year is None and tag.value.relative is None):
            continue
        before = sentence.plain[: tag.start - sentence.offset]
        if re.search(r"\b(?:by|since|until|from|compared (?:with|to)|than in|up from|summit in|pledge of|in a) $|invasion|agreed (?:in|at) $", before[-18:]):
            continue
        return {"day": tag.value}
    if AGO.search(sentence.plain):
        return {"tense": "unknown"}
    past = verb in {"met", "spent", "allocated"} or re.search(r"(?:reach|hit|exceed|achiev|surpass|fulfill?|clear|miss|fail)ed$", verb) is not None
    perfect = re.search(r"\b(?:have|has|now|currently|already)\b", aux) is not None
    return {"tense": "past" if past and not perfect else "present"}


def years_meant(stated: dict[str, Any], day: date) -> list[int]:
    """Give the years that may be meant, on the day of the text."""
    named: Day | None = stated.get("day")
    if named is not None:
        return [named.year if named.year is not None else day.year + (named.relative or 0)]
    if stated.get("tense") == "unknown":
        return []
    return [day.year] if stated.get("tense") == "present" else [day.year - 1, day.year]


def check_guideline_count(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check how many allies meet a guideline, by the editions published by the day of the text.

    Parameters
    ----------
    claim : dict
        Slots count, of, every, armed, missing, level, years.
    world : World
        The ledger.
    day : datetime.date
        The day of the text.

    Returns
    -------
    Finding
        The newest edition decides; a number that only an older one gives is superseded and not contradicted.
        Counts in later editions are shown beside.
    """
    years = years_meant(claim["years"], day)
    if not years:
        return not_checkable("date_unclear")
    findings = [_count_in(claim, world, day, year) for year in years]
    if len(findings) == 1:
        return findings[0]
    if all(f.verdict == findings[0].verdict for f in findings):
        return findings[0]
    return not_checkable("date_unclear", *(e for f in findings for e in f.evidence))


def _count_in(claim: dict[str, Any], world: World, day: date, year: int) -> Finding:
    """Check a count for one year."""
    level = claim["level"].value
    if claim["level"].hedge == IMPLIED and day >= SECOND_LEVEL:
        return not_checkable("definition", note="The text does not say which guideline.")
    known: list[tuple[int, int | None, Evidence]] = []
    later: list[Evidence] = []
    for count, reported, evidence in _counts(world, level, year):
        if evidence.published is not None and evidence.published > day:
            later.append(replace(evidence, later=True))
        else:
            known.append((count, reported, evidence))
    shown = (*(e for _, _, e in known), *later)
    if not known:
        return not_checkable("prediction" if year > day.year else "no_row", *shown)
    base = _base(claim, world, day, known)
    if base != "agrees":
        return Finding(CONTRADICTED, "differs", shown, base) if base else not_checkable("definition", *shown)
    results = [_compare_count(claim, count, _reported(known, i)) for i, (count, _, _) in enumerate(known)]
    note = _revised(later)
    if results[-1] == "agrees":
        return Finding(SUPPORTED, "match", shown, note)
    if results[-1] in ("definition", "rounding"):
        return not_checkable(results[-1], *shown, note=note)
    if "agrees" in results:
        return not_checkable("superseded", *shown, note=note)
    return Finding(CONTRADICTED, "differs", shown, note)


def _counts(world: World, level: float, year: int) -> list[tuple[int, int | None, Evidence]]:
    """Count the allies at a level by every edition, oldest first: (count, of how many with a figure, evidence)."""
    out = []
    for card in world.share_cards:
        shares = world.shares(card, year)
        if not shares:
            continue
        count = sum(meets(share, level) for share in shares.values())
        text = f"{count} of {len(shares)} allies with a figure at or above {100 * level:g} % of GDP in {year}"
        out.append((count, len(shares), Evidence(text, float(count), card.id, card.id, card.published, card.published_known)))
    if abs(level - 0.02) < 1e-9:
        for figure in world.figures(COUNT, "NATO", year):
            out.append((int(figure.value), None, figure.evidence))
    return sorted(out, key=lambda row: (row[2].published or date.min, row[2].edition))


def _reported(known: list[tuple[int, int | None, Evidence]], i: int) -> int | None:
    """Give of how many allies a count is, from the edition itself."""
    return known[i][1]


def _base(claim: dict[str, Any], world: World, day: date, known: list[tuple[int, int | None, Evidence]]) -> str:
    """Compare the stated number of all allies: "agrees", what is wrong with it, or nothing when it is unclear."""
    of: Amount | None = claim.get("of")
    if of is None:
        return "agrees"
    members = world.member_count(day)
    with_figure = {reported for _, reported, _ in known if reported is not None}
    if claim.get("armed"):
        # Iceland is an ally without armed forces.
        return "agrees" if of.whole in with_figure | {members - 1} else f"There are {members - 1} allies with armed forces."
    if of.whole == members:
        return "agrees"
    return "" if of.whole in with_figure else f"There are {members} allies on that day."


def _compare_count(claim: dict[str, Any], count: int, reported: int | None) -> str:
    """Compare a stated count with an edition's."""
    every = claim.get("every")
    if every in ("all", "every"):
        if claim.get("missing"):
            return "definition"
        if reported is None or count < reported:
            return "differs"
        return "agrees" if claim.get("armed") else "definition"
    if every == "not all":
        return "agrees" if reported is None or count < reported else "definition"
    if every is not None:
        return "definition"
    stated: Amount = claim["count"]
    if not claim.get("missing"):
        return agreement(stated, count, exact=True)
    if reported is None:
        return "definition"
    result = agreement(stated, reported - count, exact=True)
    # Counting Iceland, which has no armed forces, among those that miss the level is another definition.
    if result == "differs" and agreement(stated, reported - count + 1, exact=True) == "agrees" and not claim.get("armed"):
        return "definition"
    return result


def _revised(later: list[Evidence]) -> str:
    """Say what later editions made of it."""
    if not later:
        return ""
    parts = [f"{e.value:g} ({e.edition}, {e.published})" for e in later if isinstance(e.value, float)]
    return f"Later editions say {', '.join(parts)}." if parts else ""


_SPENDS = re.compile(
    r"⟦(?P<country>C\d+)⟧(?!')(?P<aux>(?:,? (?:which|now|currently|already|also|will|would|has|have|is|was|to|be|been|expected|set|projected|planning|plans|aims|should|must|could|[a-z]+ly))*) (?P<verb>spends|spent|spend|spending|allocates|allocated|devotes|devoted|invests|invested|is spending|is at|stands at|reached|hit|dedicates)"
    r"(?P<between>[^.;⟦\"]{0,35}?)⟦(?P<rate>R\d+)⟧(?P<unit>[^.;⟦\"]{0,45}?\b(?:GDP|gross domestic product|economic output|national income)\b)"
)
_SPENDING_IS = re.compile(
    r"(?:⟦(?P<country>C\d+)⟧'s?|⟦(?P<nation>J\d+)⟧) (?:total |annual )?(?:defen[cs]e|military) (?:spending|expenditure|budget|outlays?)(?P<aux>(?: (?:now|currently|will|would|has|is|was|to|be|expected|set|projected|should))*) (?P<verb>is|was|are|were|reached|stood at|stands at|amounted to|amounts to|hit|rose to|fell to|at|totall?ed|equall?ed|equals|reach|of|represents|came to|grew to|made up)"
    r"(?P<between>[^.;⟦\"]{0,25}?)⟦(?P<rate>R\d+)⟧(?P<unit>[^.;⟦\"]{0,45}?\b(?:GDP|gross domestic product|economic output|national income)\b)"
)


def find_shares(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find what share of GDP a country is said to spend on defence."""
    if "⟦R" not in sentence.text:
        return
    for pattern in (_SPENDS, _SPENDING_IS):
        for match in pattern.finditer(sentence.text):
            if pattern is _SPENDS and not re.search(r"defen[cs]e|military|armed forces|NATO|army", sentence.plain):
                continue
            if re.search(r"(?:\band|,) $|(?:European allies and|Europe and|allies and) $", sentence.text[: match.start()]) or "aid" in match["between"]:
                continue
            token = match["country"] or match.groupdict().get("nation")
            country, rate = sentence.tag(f"⟦{token}⟧"), sentence.tag(f"⟦{match['rate']}⟧")
            if country is None or rate is None or re.search(r"less than|equipment|target|research", match["between"]):
                continue
            mode = modality(sentence, match.start(), match.end(), verb=match["aux"] + " " + match["verb"])
            if re.search(r"\b(?:plans?|planning|aims?|should|must|could|would)\b", match["aux"]):
                mode = "wish"
            verb = "spent" if match["verb"] in ("was", "were", "reached", "stood at", "amounted to", "hit", "rose to", "fell to", "devoted", "invested") else match["verb"]
            yield Found(
                "share_of_gdp",
                sentence.span(match),
                slots(country=country.value, share=rate.value, years=stated_years(sentence, match["aux"], verb)),
                mode,
            )


def check_share(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check a country's share of GDP, by the editions published by the day of the text."""
    return check_figure(claim, world, day, SHARE, claim["country"], claim["share"])


def check_figure(
    claim: dict[str, Any], world: World, day: date, indicator: str, country: str, stated: Amount
) -> Finding:
    """Check a stated number against one indicator of one country, edition by edition.

    Parameters
    ----------
    claim : dict
        With the slot years.
    world : World
        The ledger.
    day : datetime.date
        The day of the text.
    indicator, country : str
        What is looked up.
    stated : Amount
        The number.

    Returns
    -------
    Finding
        The newest edition decides; what only an older one says is superseded.
    """
    verdicts: list[Finding] = []
    years = years_meant(claim["years"], day)
    if not years:
        return not_checkable("date_unclear")
    for year in years:
        known, later = published_by(world.figures(indicator, country, year), day)
        shown = (*(f.evidence for f in known), *(replace(f.evidence, later=True) for f in later))
        if not known:
            verdicts.append(not_checkable("prediction" if year > day.year else "no_row", *shown))
            continue
        results = [agreement(stated, f.value) for f in known]
        note = ""
        if later and all(agreement(stated, f.value) == "differs" for f in later) and results[-1] == "agrees":
            note = "Later editions revised the figure."
        if results[-1] == "agrees":
            verdicts.append(Finding(SUPPORTED, "match", shown, note))
        elif "agrees" in results:
            verdicts.append(not_checkable("superseded", *shown))
        elif "rounding" in results:
            verdicts.append(not_checkable("rounding", *shown))
        else:
            verdicts.append(Finding(CONTRADICTED, "differs", shown))
    if all(v.verdict == verdicts[0].verdict for v in verdicts):
        return verdicts[-1]
    return not_checkable("date_unclear", *(e for v in verdicts for e in v.evidence))


_TARGET = re.compile(
    r"(?:⟦(?P<g>G\d+)⟧(?:'s)?|(?:the|The) alliance's|\b[Tt]he|\bits|\ba|\bthat|\bof the) (?:current |agreed |so-called |minimum |defen[cs]e |new |spending |own )*(?P<noun>target|guideline|goal|benchmark|threshold|floor|pledge|commitment)s?(?P<verb> (?:is|are|was|stands at|remains))?(?: (?:of|to|for allies|for members|at|set at|spending|spend))* (?:at least )?⟦(?P<rate>R\d+)⟧(?P<unit>[^.;⟦]{0,50}?\b(?:GDP|gross domestic product|economic output|defen[cs]e)\b)?(?P<by>[^.;⟦]{0,40}?\bby ⟦(?P<deadline>D\d+)⟧)?"
)
_TARGET_AFTER = re.compile(
    r"⟦(?P<rate>R\d+)⟧(?:[- ]of[- ]GDP)?(?: (?:of (?:GDP|gross domestic product)|defen[cs]e|spending|⟦(?P<g>G\d+)⟧|NATO|minimum|investment|expenditure))* (?P<noun>target|guideline|goal|benchmark|threshold|floor|pledge|commitment)\b(?P<by>[^.;⟦]{0,40}?\bby ⟦(?P<deadline>D\d+)⟧)?"
)
_AGREED = re.compile(
    r"(?:⟦G\d+⟧ )?(?:[Aa]llies|[Ll]eaders|[Mm]embers|member (?:states|countries)|⟦(?P<g>G\d+)⟧) (?:have |has |had )?(?:agreed|pledged|committed|promised)(?P<to>(?: themselves)? (?:to|on)[^.;⟦]{0,60}?)⟦(?P<rate>R\d+)⟧(?P<unit>[^.;⟦]{0,60}?\b(?:GDP|gross domestic product|economic output)\b)(?P<by>[^.;⟦]{0,50}?\bby ⟦(?P<deadline>D\d+)⟧)?"
)


def find_guidelines(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find what the Alliance's spending guideline is said to be, and by when it is to be met."""
    if "⟦R" not in sentence.text:
        return
    for pattern in (_AGREED, _TARGET, _TARGET_AFTER):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        if not re.search(r"GDP|gross domestic product|defen[cs]e|military|spend|NATO", sentence.plain):
            continue
        rate = sentence.tag(f"⟦{match['rate']}⟧")
        groups = match.groupdict()
        deadline = sentence.tag(f"⟦{groups['deadline']}⟧") if groups.get("deadline") else None
        owner = sentence.tag(f"⟦{groups['g']}⟧") if groups.get("g") else None
        if rate is None or (owner is not None and owner.value != "NATO"):
            continue
        countries = [t for t in sentence.tags if t.kind in "CJ"]
        defines = owner is not None and bool(groups.get("verb"))
        yield Found(
            "guideline",
            sentence.span(match),
            slots(
                level=rate.value,
                deadline=deadline.value.year if deadline else None,
                defines=True if defines else None,
                agreed=True if pattern is _AGREED else None,
                national=True if countries and pattern is not _AGREED and owner is None else None,
                equipment=True if re.search(r"\bequipment\b", sentence.plain) else None,
            ),
            modality(sentence, match.start(), match.end(), verb=groups.get("verb") or " "),
        )
        return


def check_guideline(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check a guideline's level and deadline against the pledges made by the day of the text."""
    made = pledges_by(day)
    stated: Amount = replace(claim["level"], comparator="eq")
    wanted = "equipment_share" if claim.get("equipment") else ""
    made = [p for p in made if (p.quantity == wanted) == bool(wanted) and not p.country]
    same = [p for p in made if abs(p.level - stated.value) < 1e-9]
    rows = tuple(
        table_evidence("pledges", {"known": "press"}, f"{p.pledge}: {p.quantity} {p.sense} {100 * p.level:g} % by {p.deadline}", p.level)
        for p in (same or made)
    )
    if not same:
        if claim.get("defines") and not claim.get("national") and made and abs(stated.value) < 0.2:
            return Finding(CONTRADICTED, "differs", rows)
        return not_checkable("no_row", *rows)
    deadline = claim.get("deadline")
    if deadline is None or any(p.deadline == deadline for p in same):
        return Finding(SUPPORTED, "match", rows)
    if claim.get("national") or len({p.deadline for p in same}) > 1:
        return not_checkable("scope", *rows)
    return Finding(CONTRADICTED, "differs", rows, f"The deadline is {same[0].deadline}.")


def country_label(code: str) -> str:
    """Give the name of a country for a note."""
    return country_name(code)


FINDERS = (find_guideline_counts, find_shares, find_guidelines)
CHECKS = {
    "count_meeting_guideline": check_guideline_count,
    "share_of_gdp": check_share,
    "guideline": check_guideline,
}
