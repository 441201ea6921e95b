"""Who holds, held or is about to hold which office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from foedus.reading.claims import StatedClaim
from foedus.reading.context import Context
from foedus.reading.frames.holder_check import check_holder
from foedus.reading.patterns.grammar import (
    FRONTED,
    modality,
    office_of,
    pronoun_or_person,
    slots,
)
from foedus.reading.patterns.offices import (
    AFTER_NAME,
    BEFORE_NAME,
    LEADS,
    NOT_AN_OFFICE,
    SERVED,
    TERM,
)
from foedus.reading.tagging import Tagged

__all__ = ["CHECKS", "FINDERS"]


def _find_holders(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find who is said to hold, have held or be about to hold an office."""
    if "⟦O" not in sentence.text or (
        "⟦P" not in sentence.text and not re.search(r"\b[HhSs]+e\b", sentence.text)
    ):
        return
    taken: set[int] = set()
    for pattern in (AFTER_NAME, BEFORE_NAME, SERVED):
        for match in pattern.finditer(sentence.text):
            office_at = match.start("office")
            if office_at in taken or NOT_AN_OFFICE.match(sentence.text[match.end("office") + 1 :]):
                continue
            token = match["person"]
            word = match.groupdict().get("pronoun")
            person = pronoun_or_person(
                sentence, f"⟦{token}⟧" if token else None, word, match.start(), context
            )
            if person is None:
                continue
            before = sentence.text[: match.start("office") - 1]
            possessive = sentence.text[: match.start()].endswith("'s ") and not match["body1"]
            if _NOT_THE_OFFICE.search(before) or (pattern is BEFORE_NAME and possessive):
                continue
            taken.add(office_at)
            claim = _held(sentence, match, person, served=pattern is SERVED, title=pattern is BEFORE_NAME)
            # "A and B, the minister, and two others" may be a list, in which the office names another person.
            listed = pattern is AFTER_NAME and _IN_A_LIST.search(sentence.text[: match.start()])
            yield replace(claim, firm=False) if listed else claim


_IN_A_LIST = re.compile(r"⟦[PC]\d+⟧(?:,| and|, and) $")
_NOT_THE_OFFICE = re.compile(
    r"\b(?:[Aa]cting|[Dd]eputy|[Aa]ssistant|[Ii]nterim|[Hh]onorary|[Ss]hadow|[Vv]ice) $"
)


def _find_leaders(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find who is said to be at the head of the Alliance; presidents lead it too, in another sense."""
    if "⟦P" not in sentence.text or not re.search(r"\b(?:led|head|run|lead)", sentence.text):
        return
    for match in LEADS.finditer(sentence.text):
        token, before = match["g"] or match["g2"], sentence.text[: match.start()]
        before = before if not FRONTED.match(before) else ""
        organisation = sentence.tag(f"⟦{token}⟧") if token else None
        person = sentence.tag(f"⟦{match['person'] or match['person2']}⟧")
        if person is None or (organisation and organisation.value != "NATO"):
            continue
        if match["person"] and not re.search(r"(?:^|[,;:\"—] ?|\b(?:that|while|when|as) )$", before):
            continue
        if organisation is None and "NATO" not in context.text:
            continue
        verb = match["verb"] or match["verb2"]
        past = re.search(r"\b(?:was|had)\b", verb) is not None
        yield StatedClaim(
            "office_holder",
            sentence.span(match),
            slots(
                person=person.value,
                office="secretary general",
                body="NATO",
                status="past" if past else "current",
                leads=True,
                dated=True
                if FRONTED.match(sentence.text) or _DATE_NEXT.match(sentence.text, match.end())
                else None,
            ),
            modality(sentence, match.start(), match.end(), verb=verb),
        )


_DATE_NEXT = re.compile(r",? (?:in|on|from|until|since|between|during) (?:[a-z]+ )?⟦D")


def _held(sentence: Tagged, match: re.Match[str], person: str, *, served: bool, title: bool) -> StatedClaim:
    """Make the claim that a person holds, held or will hold an office; a title only names the person."""
    holder = office_of(sentence, match)
    status, mode, term = holder.status, "actual", None
    if served:
        verb = match["verb"]
        mode = modality(sentence, match.start("verb"), match.end("verb"), verb=verb)
        if re.search(r"\b(?:be|to|will)\b", verb):
            mode = "expected"
        status = status or _status_of(verb)
        term = TERM.match(sentence.text, match.end()) if "became" not in verb else None
    days = [_tag_of(sentence, term, k) for k in (("first", "since"), ("last", "until"))]
    end = term.end() if term else match.end()
    return StatedClaim(
        "office_holder",
        (sentence.document_index(match.start()), sentence.document_index(end, end=True)),
        slots(
            person=person,
            office=holder.office,
            body=holder.body,
            status=status,
            first=days[0] and days[0].value,
            last=days[1] and days[1].value,
            mentioned=True if title else None,
            dated=True
            if served and status != "then" and not any(days) and FRONTED.match(sentence.text)
            else None,
        ),
        mode,
    )


def _tag_of(sentence: Tagged, match: re.Match[str] | None, names: tuple[str, str]) -> Any:
    """Return what the first of two groups that matched stands for."""
    token = next((match[name] for name in names if match[name]), None) if match else None
    return sentence.tag(f"⟦{token}⟧") if token else None


def _status_of(verb: str) -> str:
    """Return the status that a verb implies."""
    if re.search(r"\b(?:previously|formerly|once)\b", verb):
        return "former"
    if re.search(r"\b(?:was|served|had|worked|acted)\b", verb):
        return "past"
    if re.search(r"\bbecame\b", verb):
        return "then"
    return "current" if re.search(r"\b(?:is|serves|serving|currently|now|remains)\b", verb) else ""


FINDERS = (_find_leaders, _find_holders)
CHECKS = {"office_holder": check_holder}
