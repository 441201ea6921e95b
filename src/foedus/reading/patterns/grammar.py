"""Pieces of pattern that the frames share, written for sentences with tokens."""

from __future__ import annotations

import re
from typing import Any

from foedus.reading.context import FEMALE, MALE, Context
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.truth import OPINION
from foedus.reading.values import Day

__all__ = ("FRONTED OFFICE Holder fronted_day modality office_of person_before pronoun_or_person").split()

STATUS = (
    r"former|ex|late|then|outgoing|departing|incoming|new|newly appointed|newly installed|newly elected|current|sitting|next|"
    r"previous|future|present|Former|Outgoing|Incoming|New|Then|Current|Next"
)
OFFICE = (
    rf"(?:(?:[Tt]he|his|its|a) )?(?:(?P<st1>{STATUS})[ -])?(?:⟦(?P<body1>[GCJL]\d+)⟧(?:'s|')? )?"
    rf"(?:(?P<st2>{STATUS})[ -])?(?:⟦K\d+⟧ )?⟦(?P<office>O\d+)⟧(?: of (?:the )?⟦(?P<body2>[GC]\d+)⟧(?: \(⟦G\d+⟧\))?)?"
)
"""An office with its status and body: "the former Prime Minister of the Netherlands"."""

FRONTED = re.compile(
    r"^\"?(?:(?:[Bb]ack|But|And|Then|So),? )?(?:(?P<prep>[Ii]n|[Oo]n|[Ss]ince|[Bb]y|[Aa]s of|[Dd]uring|[Uu]ntil|[Tt]ill|[Uu]p to|[Bb]efore|[Aa]fter|[Ff]rom|[Pp]rior to|[Bb]etween|[Tt]hrough) )?⟦(?P<day>D\d+)⟧,? "
)
"""A date at the head of a sentence."""

PREDICTION = re.compile(
    r"\b(?:predict|forecast|foresee|speculat|bet|anticipat|project)\w*\b|\b(?:could|might|may)\b(?! (?:\d|⟦))|\bby ⟦D\d+⟧ .{0,30}will\b"
)
WISH = re.compile(
    r"\b(?:should|must|ought|hopes?|hoped|wants?|wanted|wish\w*|urg\w+|call(?:s|ed|ing)? (?:on|for)|demand\w*|aims? to|seeks? to|plans? to|"
    r"pledg\w+ to|vow\w* to|intends? to|asks?|asked|propos\w+|need(?:s|ed)? to|push(?:es|ed|ing)? for)\b"
)
CONDITION = re.compile(r"\b(?:[Ii]f|[Uu]nless|[Ww]hether|[Ss]uppose|would|as though|as if)\b")
NEGATION = re.compile(
    r"\b(?:not|never|no longer|hardly|denie[sd]|false(?:ly)?|untrue|wrong(?:ly)? to say)\b|n't\b"
)


class Holder:
    """Office, body and status as they stand in a pattern's groups."""

    def __init__(self, sentence: Tagged, match: re.Match[str]) -> None:
        groups = match.groupdict()
        tag = sentence.tag(_token(groups.get("office")))
        self.office: str = tag.value[0] if tag else ""
        body = sentence.tag(_token(groups.get("body2"))) or sentence.tag(_token(groups.get("body1")))
        self.body: str | None = (tag.value[1] if tag else None) or _body(body)
        if self.office == "secretary general" and body is None:
            self.body = "NATO"
        status = groups.get("st1") or groups.get("st2") or (tag.value[2] if tag else "")
        self.status = (status or "").lower()


def _token(group: str | None) -> str | None:
    """Rebuild a token from the group that holds its inside."""
    return f"⟦{group}⟧" if group else None


def _body(tag: Tag | None) -> str | None:
    """Return the body an office belongs to."""
    if tag is None:
        return None
    return {"European Union": "EU"}.get(str(tag.value), str(tag.value))


def fronted_day(sentence: Tagged, start: int) -> Day | None:
    """Return the date at the start of a sentence, where what starts at an index follows it at once.

    Parameters
    ----------
    sentence : Tagged
        The sentence.
    start : int
        An index in the text with tokens.

    Returns
    -------
    Day or None
        The date; None where other words stand between, or the date is not one at or in which something is.
    """
    match = FRONTED.match(sentence.text)
    if match is None or (match["prep"] or "in").lower() not in ("in", "on"):
        return None
    between = sentence.text[match.end() : start]
    if match.end() > start or not re.fullmatch(r"(?:the |The |both |only |just )?", between):
        return None
    tag = sentence.tag(f"⟦{match['day']}⟧")
    return tag.value if tag else None


def office_of(sentence: Tagged, match: re.Match[str]) -> Holder:
    """Read the office that a pattern with :data:`OFFICE` matched."""
    return Holder(sentence, match)


def person_before(sentence: Tagged, at: int, context: Context) -> Tag | None:
    """Return the last person named before an index of the sentence who may be a subject, or None.

    Parameters
    ----------
    sentence : Tagged
        The sentence.
    at : int
        The index, in the text with tokens.
    context : Context
        The document.

    Returns
    -------
    Tag or None
        The person.
    """
    people = [sentence.tags[int(m[1])] for m in re.finditer(r"⟦P(\d+)⟧", sentence.text[:at])]
    subjects = [p for p in people if context.is_subject(p)]
    return subjects[-1] if subjects else None


def pronoun_or_person(
    sentence: Tagged, token: str | None, word: str | None, at: int, context: Context
) -> str | None:
    """Return the person behind a token or a pronoun.

    Parameters
    ----------
    sentence : Tagged
        The sentence.
    token : str or None
        A P token.
    word : str or None
        A pronoun.
    at : int
        Where the pronoun stands in the text with tokens.
    context : Context
        The document.

    Returns
    -------
    str or None
        The person's name.
    """
    tag = sentence.tag(token)
    if tag is not None:
        return str(tag.value)
    if word and word.lower() in MALE | FEMALE:
        return context.antecedent(sentence.document_index(at), word)
    return None


def modality(sentence: Tagged, start: int, end: int, *, verb: str = "") -> str:
    """Return how a claim is meant: actual, expected, wish, negated, hypothetical, opinion or prediction.

    Parameters
    ----------
    sentence : Tagged
        The sentence.
    start, end : int
        The claim in the text with tokens.
    verb : str, optional
        The group of verbs of the claim, where the frame knows it.

    Returns
    -------
    str
        The modality. What stands in another clause before does not count, but for words of opinion.
    """
    before = sentence.text[:start]
    clause = re.split(
        r"[;:—]|, (?:and|but|while|which|who|though|although)\b|\b(?:because|while|although)\b", before
    )[-1]
    reach = clause[-70:] + " " + sentence.text[start:end]
    if sentence.text.rstrip('"').endswith("?") or CONDITION.search(reach):
        return "hypothetical"
    if NEGATION.search(verb or reach):
        return "negated"
    if OPINION.search(before) or OPINION.search(sentence.text[start:end]):
        return "opinion"
    if PREDICTION.search(reach):
        return "prediction"
    if WISH.search(reach):
        return "wish"
    if re.search(
        r"\b(?:will|expected to|set to|going to|on track to|due to|likely to|projected to)\b", verb or reach
    ):
        return "expected"
    return "actual"


def slots(**items: Any) -> dict[str, Any]:
    """Return the slots that have a value."""
    return {name: value for name, value in items.items() if value not in (None, "")}
