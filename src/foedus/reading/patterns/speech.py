"""Patterns of who speaks: groups, names, verbs that report."""

from __future__ import annotations

import re

ROLE = (
    r"minister|president|spokes(?:man|woman|person)|officials?|leaders?|chief|secretary|ambassador|general|sources?|"
    r"diplomats?|analysts?|experts?|professor|lawmakers?|senator|allian\w+|government|ministry|chancellor|premier|commander|"
    r"adviser|envoy|critics|observers|statement|organi[sz]ation|report"
)
GROUP = re.compile(
    rf"(?:\b(?:[Tt]he|[Aa]n?|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir|[Ss]enior|[Tt]wo|[Ss]ome|[Ss]everal|[Mm]any|NATO|Western)\s)?"
    rf"(?:[\w-]+\s){{0,3}}?(?:and\s[\w-]+\s)?\b(?:{ROLE})\b(?: and (?:{ROLE}))?"
)
NAME = re.compile(r"\b[A-Z][\w'-]+(?: (?:de|van|von|der|la|[A-Z]\.|[A-Z][\w'-]+)){1,3}")
PRONOUN = re.compile(r"\b([Hh]e|[Ss]he|[Tt]hey|[Ii]t)\b")
INFINITIVE = re.compile(r"\b(?:to|not|of|his|her|their|the|a|an|this|that|by|without|for|in|its|our|who)\s$")
CLAUSE_BEFORE = re.compile(r", [^,\"]{2,90}, ?$")
STAFF = re.compile(rf" (?:\w+ )?(?:{ROLE})(?: and (?:{ROLE}))?\b")
LEAD = re.compile(r"(?:While|As|But|And|When|After|Before|Although|Though|Since|If|That|For|Meanwhile) ")
REPORT = re.compile(
    r"\b(?P<cue>expressed|voiced|reaffirmed|stressed|downplayed|dismissed|outlined|praised|called on|vowed|threatened|hinted|"
    r"emphasi[sz]ed?|highlighted|framed|viewed|regarded|pointed out|urged|warned|refrained from stating|minimized) "
)
THAT = re.compile(
    r"\s(?:that|whether|how|why|he|she|they|it|there|his|her|their|to|not to|on|the|NATO|[A-Z]\w+|one of|at a)\b"
)
