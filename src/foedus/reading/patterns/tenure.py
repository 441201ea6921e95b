"""Patterns of how long offices were held, written for sentences with tokens."""

from __future__ import annotations

import re

from foedus.reading.lexicon import HEDGES

HEDGE = "|".join(sorted(HEDGES, key=len, reverse=True))
DURATION = (
    rf"(?:(?P<hedge>{HEDGE}) )?(?:(?:a|one|the (?:past|last)) (?:[a-z-]+ )?(?P<decade>decade)\b(?! of| ago)"
    r"|(?:the (?:past|last) )?⟦(?P<number>N\d+)⟧(?: |-)(?P<unit>years?|months?|decades?)\b(?! ago| old| later| and a half| in prison|-old))"
)
VERB = r"\b(?P<verb>(?:(?:has|had|have|previously|who|also|been|was|is) ){0,8}(?:served|serving|led|leading|headed|heading|governed|ran|been|was|steered|guided|chaired|helmed|worked))\b"
LASTED = re.compile(
    VERB + r"(?P<middle>(?:(?!⟦P|\bfor\b|\bover\b)[^.;\"]){0,110}?) ?(?:for|over|during) " + DURATION
)
SPENT = re.compile(
    r"\b(?P<verb>(?:has |had )?spent) (?:the past |the last )?"
    + DURATION
    + r"(?P<middle> (?:as |at the helm of |in charge of |leading |heading |running |at the head of )[^.;,\"]{0,50}?(?:⟦[OG]\d+⟧(?: of (?:the )?⟦[GC]\d+⟧)?|[Aa]lliance))(?=[.,;]|$| (?:and|before|until|when)\b)"
)
AFTER = re.compile(
    r"\b(?P<verb>(?:stepp(?:ed|ing)|steps) down|leav(?:es|ing)|left|retir\w+)(?P<middle>[^.;\"⟦]{0,25}?) after "
    + DURATION
)
AS = re.compile(
    r"\b[Aa]fter "
    + DURATION
    + r"(?P<middle> (?:as |at the helm of |in charge of |leading )[^.;\"]{0,50}?(?:⟦[OG]\d+⟧)(?: of (?:the )?⟦[GC]\d+⟧)?),? (?P<person_at>⟦P\d+⟧)?"
)
NOUN = re.compile(
    r"⟦(?P<person>P\d+)⟧'s? ⟦(?P<number>N\d+)⟧-(?P<unit>year)-?(?P<decade>)?(?P<hedge>)? ?(?P<middle>(?:long )?(?:tenure|term|stint|reign|rule)[^.;\"]{0,40})"
)
OVERLAP = re.compile(
    r"(?:⟦(?P<person>P\d+)⟧|(?P<first>\bI)) (?:(?:have|has|had|also) ){0,8}(?:worked|served|collaborated)(?: closely)? (?:alongside|with|together with) ⟦(?P<other>P\d+)⟧ for "
    + DURATION
)
