"""What stands behind a noun of allies: nothing that picks some out, or words that do."""

from __future__ import annotations

import re

from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.parse import Node

__all__ = ["ends", "picked"]

_END = re.compile(
    r"^(?: states?| countries| nations| members| allies)?(?:,? (?:of|in|to|that make up|belonging to) (?:NATO|the (?:\w+ )?[Aa]lliance))?(?: from (?:both )?Europe and North America| on both sides of the Atlantic| across the Atlantic| strong| in all| in total| altogether)?"
    r"(?:$|[.;:)!?\"—]| -|,(?! (?:in|with|on|from|except|excluding|without|outside|not|apart|minus|among) )|, (?:who|which)\b|,? (?:today|now|currently|at present|this year|strong|so far|already|and (?!(?:in|on|with|from|\w+ from) )|but|while|when|by|since|as of|after|with the (?:accession|entry)|if|because|at (?:the|that) time|back then|then|once)\b|"
    r",? (?:in|by|since|from|as of|at|until|during|before|after) (?:the end of |the year )?$)"
)
"""What may follow the noun of an object: nothing that picks some out."""
_PICKS = re.compile(
    r"^ (?:that|who|whose|which|with|without|on|from|along|border\w*|outside|inside|belonging|excluding|including|besides|apart|except|near|"
    r"north|south|east|west|meeting|spending|having|facing|at|above|below|under|over|between|around|as|not|participating|taking|contributing|"
    r"in (?!(?:NATO|the (?:\w+ )?[Aa]lliance)\b)|of (?!(?:NATO|the (?:\w+ )?[Aa]lliance)\b))"
)


def ends(parsed: Parsed, noun: Node) -> bool:
    """Whether nothing after a noun picks some out of all."""
    rest = parsed.after(noun.span[1])
    dates = [t for t in parsed.tags if t.kind == "D" and t.start >= noun.span[1]]
    if dates:
        upto = parsed.between(noun.span[1], dates[0].start)
        if _END.match(upto) and re.search(
            r"(?:in|by|since|from|as of|of|at|on|until|during|before|after)(?: the end of| the year)? $", upto
        ):
            return True
    return _END.match(rest) is not None


def picked(parsed: Parsed, noun: Node) -> bool:
    """Whether what follows a noun picks some out of all."""
    if any(
        c.i > noun.i and c.dep in ("relcl", "acl") and parsed.after(noun.span[1])[:1] != ","
        for c in parsed.tree.children(noun)
    ):
        return True
    picks = _PICKS.match(parsed.after(noun.span[1]))
    if picks is None:
        return False
    # "In July" dates the sentence and picks none out.
    end = noun.span[1] + picks.end()
    return not any(t.kind == "D" and t.start - end in (0, 1) for t in parsed.tags)
