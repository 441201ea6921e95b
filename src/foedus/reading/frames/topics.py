"""What a sentence is about: the Alliance and no other union, and what is spent on defence."""

from __future__ import annotations

import re

from foedus.reading.context import Context
from foedus.reading.tagging import Tag
from foedus.reading.trees.bind import Parsed

__all__ = ["ALLY", "SPENDS", "about_nato", "about_spending", "is_alliance", "is_understood"]

ALLY = frozenset(
    (
        "ally allies member members state states country countries nation nations capitals government "
        "governments"
    ).split()
)
"""Nouns of allies."""
SPENDS = re.compile(r"\b(?:GDP|gross domestic product|defen[cs]e|military|spend\w*|budget|economic output)\b")
_ALLIANCE = re.compile(
    r"\b(?:[Aa]lliance|[Aa]llies|[Aa]lly|[Aa]llied (?:nations|countries|states)|NATO|Atlantic Treaty)\b"
)
_NAMED = re.compile(r"NATO|Nato|North Atlantic|[Aa]lli(?:ance|es)")
_JOINABLE = re.compile(
    r"\b(?:[Uu]nion|EU|[Ee]uro(?:zone)?|Schengen|[Cc]oalition|[Ii]nitiative|[Pp]rogramme?|[Cc]lub|G7|G20|OECD|[Tt]reaty|[Cc]onsortium|"
    r"[Pp]roject|[Tt]alks|[Mm]ission|[Oo]peration|[Ee]xercises?|[Ff]orce|[Ss]anctions|[Cc]ourt|[Cc]ouncil|[Ff]und|[Bb]rigade|[Bb]attlegroup|"
    r"[Ss]ystem|[Ss]cheme|[Pp]act|[Cc]ommittee|[Cc]entre|[Cc]enter|[Ll]eague|[Cc]ommonwealth|[Cc]onvention|[Pp]arty|[Tt]eam|[Gg]roup)\b"
)
"""What else has members that join it; where it was named, what is left out is not understood."""
_OTHERS = {"European Union", "United Nations", "European Council", "European Commission"}


def about_nato(text: str, tags: list[Tag], context: Context, offset: int) -> bool:
    """Whether a sentence, or else the whole text, speaks of NATO and of no other union.

    Parameters
    ----------
    text : str
        The sentence.
    tags : list of Tag
        What is marked in it.
    context : Context
        The document.
    offset : int
        Where the sentence starts.

    Returns
    -------
    bool
        Whether it is NATO's members that are meant.
    """
    organisations = {t.value for t in tags if t.kind == "G"}
    if "NATO" in organisations or _ALLIANCE.search(text):
        return "NATO" in organisations or not organisations & _OTHERS
    # The organisation named last is the one that is meant.
    near = [t.value for t in context.tags_in(max(0, offset - 400), offset) if t.kind == "G"]
    other = bool(near) and near[-1] in ("European Union", "United Nations")
    return not organisations and not other and "NATO" in context.organisations


def is_understood(parsed: Parsed, context: Context) -> bool:
    """Whether it is NATO that one joins where a sentence does not say what: nothing else was named that has members."""
    start = parsed.tree.offset
    before = context.text[max(0, start - 400) : start]
    return (
        context.organisations == {"NATO"}
        and context.first(_NAMED) < start
        and not _JOINABLE.search(before + parsed.text)
    )


def about_spending(parsed: Parsed, context: Context) -> bool:
    """Whether a sentence, or what stands just before it, speaks of spending."""
    before = context.text[max(0, parsed.tree.offset - 260) : parsed.tree.offset]
    return SPENDS.search(parsed.text) is not None or SPENDS.search(before) is not None


def is_alliance(parsed: Parsed, tag: Tag | None, word: str) -> bool:
    """Whether a node is NATO by name or "the alliance"."""
    if tag is not None:
        return tag.kind == "G" and tag.value == "NATO"
    return word in ("alliance", "bloc") and "European" not in parsed.text
