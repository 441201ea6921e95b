"""Whose figure a sentence gives: NATO's, another publisher's, or one that a country announced."""

from __future__ import annotations

import re

from foedus.reading.trees.types import Source

__all__ = ["source_of"]

_OTHER = re.compile(
    r"\b(?:SIPRI|Sipri|IISS|Stockholm (?:International )?(?:Peace )?(?:Research )?[Ii]nstitute|World Bank|IMF|OECD|Eurostat|"
    r"Military Balance|Kiel Institute|[Ii]nstitute|think[- ]tanks?|Ifo|ifo|Bruegel|RAND|Brookings|Congressional Research|"
    r"[Ss]tatistics [Oo]ffice|[Ss]tatistical [Oo]ffice|[Cc]entral [Bb]ank|[Uu]niversity|[Rr]esearchers|[Ee]conomists|"
    r"European Defence Agency|EDA|Global Firepower|own (?:figures|estimates?|calculations?|data|definition|count|reckoning|at|it|is)|"
    r"by (?:another|a different|its own|national) (?:definition|measure|count)|purchasing[- ]power|PPP|"
    r"[Dd]epartment of [Dd]efen[cs]e|Pentagon|[Aa]udit (?:[Oo]ffice|[Cc]ourt)|[Cc]ourt of [Aa]uditors|Reuters (?:calculation|poll)|"
    r"analysts|consultancy|consultants|survey|poll|including (?:\w+ ){0,3}(?:aid|support|assistance|help|pensions?|infrastructure|loans|equipment)|excluding|not counting|by counting|counting (?:the|its|aid|support)|if .{0,40}(?:is|are) (?:included|counted))\b"
)
_ANNOUNCED = re.compile(
    r"\b(?:draft budget|budget (?:bill|law|proposal|plan)|budget for (?:next|this|20\d\d)|[Mm]inistry of [Ff]inance|[Ff]inance [Mm]inist(?:ry|er)|"
    r"[Pp]arliament (?:approved|passed|adopted)|Bundestag|Sejm|Riksdag|Knesset|[Aa]ppropriations?|appropriated|"
    r"[Dd]efen[cs]e [Mm]inist(?:ry|er)(?:'s)? (?:said|says|announced|figures|budget|data)|earmark\w*|"
    r"law (?:sets|fixes|requires|obliges)|required by law|by law|[Ss]pending [Rr]eview|[Cc]hancellor of the [Ee]xchequer)\b"
)
_NATO = re.compile(
    r"\b(?:NATO|[Aa]lliance)(?:'s)? (?:figures?|data|estimates?|statistics|report|numbers|definition|says|said|estimated)\b|"
    r"\baccording to (?:new |the latest |official )?(?:figures from |data from |estimates (?:by|from) )?NATO\b|[Aa]nnual [Rr]eport"
)


def source_of(text: str) -> Source:
    """Return whose figures a sentence gives.

    Parameters
    ----------
    text : str
        The sentence.

    Returns
    -------
    Source
        Another publisher outweighs the rest: its definition may differ.
    """
    for kind, pattern in (("other", _OTHER), ("announced", _ANNOUNCED), ("nato", _NATO)):
        match = pattern.search(text)
        if match:
            return Source(kind, match[0])  # type: ignore[arg-type]
    return Source()
