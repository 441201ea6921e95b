"""Patterns of the allies: counts, accessions, founding, applications, signatures, written for sentences with tokens."""

from __future__ import annotations

import re

from foedus.reading.patterns.grammar import NATO

NOUN = r"(?:member(?:[- ](?:states?|countries|nations|allies))?|members|allies|countries|nations|states)"
COUNTS = (
    re.compile(rf"(?P<article>\b[Aa]n? (?:\w+ )?)?\b[Aa]lliance (?:of|with|comprising|made up of) (?:its )?⟦(?P<n>N\d+)⟧ (?:sovereign |member )?{NOUN}\b(?! in )"),
    re.compile(r"(?P<article>\b[Aa]n? )?⟦(?P<n>N\d+)⟧-(?:member|nation|country|state|strong)(?: strong)? (?:(?:military|defen[cs]e|Western|transatlantic|⟦G\d+⟧) )*(?:alliance|⟦(?P<g>G\d+)⟧)"),
    re.compile(rf"(?:⟦(?P<g>G\d+)⟧(?: \(⟦G\d+⟧\))?|\b[Tt]he (?:military |defen[cs]e |Western )?[Aa]lliance),?(?: [^,;.]{{3,60}},)?(?: which)? (?:now |currently |today |already )?(?P<verb>has|had|counts|counted|comprises|comprised|consists of|consisted of|numbers|numbered|includes|is made up of|groups|unites|boasts)(?: now| currently| today)? (?:a total of )?⟦(?P<n>N\d+)⟧ (?:member |sovereign )?{NOUN}\b(?! (?:that|who|which|with|in|meeting|spending|to))"),
    re.compile(rf"⟦(?P<n>N\d+)⟧ (?:member )?{NOUN} (?:(?P<bare>of|in)|make up|that make up|belong to) (?:⟦(?P<g>G\d+)⟧|the (?:military |defen[cs]e |Western )?[Aa]lliance)(?! (?:that|who|which|with|spend|meet|have|at|above|below|on))"),
    re.compile(rf"\b(?P<verb>[Tt]here (?:are|were)) (?:now |currently |today )?⟦(?P<n>N\d+)⟧ (?:member )?{NOUN} (?:of|in) (?:⟦(?P<g>G\d+)⟧|the (?:military |defen[cs]e |Western )?[Aa]lliance)(?=[.,;]|$| today| now)"),
    re.compile(rf"(?:⟦(?P<g>G\d+)⟧|[Tt]he (?:military |defen[cs]e |Western )?[Aa]lliance)'s ⟦(?P<n>N\d+)⟧ {NOUN}\b(?! (?:that|who|which|with|in|on|along|bordering|meet|spend))"),
    re.compile(r"\b(?P<all>[Aa]ll|[Ee]ach of the|[Ee]very one of the)(?: of)?(?: the| our| its)? ⟦(?P<n>N\d+)⟧ (?:⟦(?P<g>G\d+)⟧ )?(?:allies|members|member (?:states|countries|nations)|nations|countries)\b(?! (?:that|who|which|with|in the ⟦))"),
    re.compile(r"\b(?P<self>[Ww]e|[Oo]ur [Aa]lliance) (?:now |currently )?(?:have|has|are|count|number) (?:now )?⟦(?P<n>N\d+)⟧ (?:allies|members|member (?:states|countries|nations)|nations|countries)\b(?! (?:that|who|which|with|meeting|at|spending))"),
    re.compile(r"\b(?P<our>[Oo]ur) ⟦(?P<n>N\d+)⟧ (?:⟦G\d+⟧ )?(?:allies|members|member (?:states|countries|nations))\b"),
    re.compile(rf"⟦(?P<g>G\d+)⟧ (?:grew|has grown|expanded|has expanded|enlarged|rose) to ⟦(?P<n>N\d+)⟧ {NOUN}\b"),
    re.compile(r"\b(?:brings|bringing|brought|raises|raising|raised|takes|taking) (?:the (?:total |overall )?(?:number of (?:members|allies|member states|⟦G\d+⟧ (?:members|allies))|membership)|⟦(?P<g>G\d+)⟧(?:'s membership)?) to ⟦(?P<n>N\d+)⟧"),
)  # fmt: skip
FOUNDERS = re.compile(
    r"⟦(?P<n>N\d+)⟧ (?:original|founding) (?:member|allies|states|countries|nations|signator)"
)
SPEAKS_OF_OTHERS = re.compile(
    r"\b(?:founding|original|European|new|other|eastern|EU|Baltic|Nordic|remaining)\b"
)
ELSEWHEN = re.compile(r"\b(?:then|at the time|ago|back then|once|originally|initially|used to|at first)\b")
"""Words after which a number of allies without a date may be that of another day."""
COUNTRIES = r"(?P<countries>⟦C\d+⟧(?:(?:, | and |, and |,? as well as )⟦C\d+⟧)*)"
GROUP = r"(?:⟦(?P<g>G\d+)⟧|the (?:military |defen[cs]e |Western |transatlantic )?[Aa]lliance)"
END = r"(?=[,.;:)\"!?—]|$| -| (?:(?:officially|formally) )?(?:in|on|since|as of|from|during) (?:both )?⟦D| ⟦D| members\b| (?:after|last|this|following|as|when|and|but|to|amid|despite|because|together|along|before|under|with|at|by|later|only|just)\b)"
DATE = r"(?:,? (?:officially |formally )?(?:in|on|since|as of|from|during) (?:both )?⟦(?P<d1>D\d+)⟧(?:(?: and|,) (?:in )?⟦(?P<d2>D\d+)⟧(?P<resp>,? respectively)?)?|,? ⟦(?P<d3>D\d+)⟧)?"
AFTER_EVENT = re.compile(
    r"\b(?:after|following|in response to|in the wake of|because of|prompted by)\b[^.;]{0,45}?(?:⟦(?P<d>D\d+)⟧ )?(?:⟦[JC]\d+⟧(?:'s)? )?(?:⟦(?P<d0>D\d+)⟧ )?(?:full-scale )?(?:invasion|war|assault|attack)\b",
    re.IGNORECASE,
)
JOINED = (
    re.compile(COUNTRIES + r"(?P<gap>(?: [a-z'-]+){0,2}?) (?P<verb>(?:has |have |had |officially |formally |both |all |each |finally |recently |only |then )*(?:joined|acceded to|entered|were admitted to|was admitted to|became part of|became members? of)) (?:the ranks of )?" + GROUP + END + DATE),
    re.compile(COUNTRIES + r"(?P<gap>[^.;⟦]{3,90}?)(?:and|before|, later|then) (?P<verb>joined|acceded to|entered) (?:the ranks of )?" + GROUP + r"(?: members)?" + END + DATE),
    re.compile(r"\b(?:led|prompted|drove|pushed|driven|spurred|persuaded|caused|convinced) " + COUNTRIES + r"(?P<gap>[^.;⟦]{2,110}?)\b(?P<verb>join) " + GROUP + END + DATE),
    re.compile(COUNTRIES + r"(?P<gap>)(?:,)? (?P<verb>(?:who|which) joined) " + GROUP + END + DATE),
)  # fmt: skip
BECAME = re.compile(
    COUNTRIES
    + r"(?P<gap>)(?:,? (?:which|who))?(?P<verb>,? (?:is|are|was|were|(?:has|have) been|became|becomes|has become|have become|officially became|formally became|being)(?: (?:not yet|not|now|also|already))?|,(?= an? [^,.;]{0,45}\bsince ⟦D))(?: also)? (?:(?:an?|the|its) )?(?:full )?"
    r"(?:⟦(?P<g1>G\d+)⟧(?:'s)? |alliance's |the alliance's )?(?:⟦(?P<k>K\d+)⟧ |(?P<newest>newest|latest|youngest) )?(?:full )?(?:⟦(?P<g2>G\d+)⟧ )?(?:members?|ally|allies|member (?:state|country|nation)s?|part(?= of))(?: (?:state|country|nation)s?)?\b(?: of (?:⟦(?P<g3>G\d+)⟧|the (?:military |defen[cs]e )?[Aa]lliance))?(?!['-])(?P<tail>"
    + DATE
    + ")"
)
OBJECT_OF = re.compile(
    r"\b(?:of|in|on|against|by|from|to|with|for|invaded|attacked|toward|towards|over|near|between|like|unlike|than)(?: the)? $"
)
FOUNDED = re.compile(
    rf"(?:{NATO}|[Tt]he North Atlantic Treaty|[Tt]he Washington Treaty)(?:,| which| that)?(?P<verb>(?: was| is| had been| were|,)?(?: not)?(?: (?:first|originally|officially|formally))?) "
    r"(?:established|founded|created|formed|set up|launched|signed|born)(?: by [^.;,⟦]{0,40}(?:⟦N\d+⟧[^.;,⟦]{0,25})?)?(?P<where> in (?:⟦L\d+⟧|[A-Z]\w+)(?:, D\.?C\.?,?)?)? (?:in|on) (?:[A-Z]\w+ (?:on|in) )?⟦(?P<day>D\d+)⟧"
)
FOUNDED_FRONTED = re.compile(
    rf"(?P<what>{NATO}|[Tt]he North Atlantic Treaty|[Tt]he Washington Treaty)(?P<verb> (?:was|had been)(?: (?:first|originally|officially|formally))?) "
    r"(?:established|founded|created|formed|set up|launched|signed|born)\b(?P<where> in (?:⟦L\d+⟧|[A-Z]\w+))?(?! (?:in|on) (?:[A-Z]\w+ (?:on|in) )?⟦D)"
)
"""The founding in a sentence with the date at its head."""
FOUNDED_FIRST = re.compile(
    r"^\"?(?:Founded|Established|Created|Formed|Set up) in ⟦(?P<day>D\d+)⟧,? [^.;]{0,40}?(?:⟦(?P<g>G\d+)⟧|the alliance)"
)
FOUNDING = re.compile(
    r"(?:⟦(?P<g>G\d+)⟧(?:'s)?|\b[Tt]he alliance's|\b[Ii]ts) (?:founding|foundation|creation|establishment|inception) in ⟦(?P<day>D\d+)⟧"
)
APPLIED = re.compile(
    COUNTRIES
    + r"(?P<gap>(?:,? [a-z'-]+){0,3}?) (?P<verb>(?:has |have |had |officially |formally |both |jointly )*(?:applied|submitted (?:its|their|an?) (?:\w+ )?(?:applications?|bids?|requests?)))"
    r"(?P<body>[^.;]{0,70}?)(?:⟦(?P<g>G\d+)⟧|the (?:military )?alliance)(?P<more>[^.;⟦]{0,40}?)(?:,? (?:in|on|since) )?(?:⟦(?P<day>D\d+)⟧)"
)
APPLIED_FIRST = re.compile(
    r"^\"?(?:In|On) ⟦(?P<day>D\d+)⟧,? "
    + COUNTRIES
    + r"(?P<gap>)(?P<more>)(?P<body>) (?P<verb>(?:officially |formally |jointly )*(?:applied|submitted))[^.;]{0,60}?⟦(?P<g>G\d+)⟧"
)
WHO = r"(?P<who>allies|⟦G\d+⟧ (?:allies|members|countries)|countries|nations|member (?:states|countries)|members|states|leaders|signatories|partners)"
SIGNED = (
    re.compile(rf"⟦(?P<n>N\d+)⟧ (?:⟦[JG]\d+⟧ )?{WHO}(?: and [a-z]+)? (?:have |has |had )?(?:signed|endorsed|inked|joined)(?P<doc>[^.;]{{3,60}})"),
    re.compile(rf"(?P<doc>[^.;]{{3,70}}?),? (?:was |were |been |document |agreement |framework )*signed(?: [a-z]+)? by (?:the leaders of )?⟦(?P<n>N\d+)⟧ (?:⟦[JG]\d+⟧ )?{WHO}"),
    re.compile(rf"\bsigning of (?P<doc>[^.;]{{3,60}}?) by (?:the leaders of )?⟦(?P<n>N\d+)⟧ (?:⟦[JG]\d+⟧ )?{WHO}"),
)  # fmt: skip
DOCUMENT = re.compile(
    r"\b(?:declaration|compact|agreement|pact|communiqu|accord|document|statement|pledge|charter|memorandum|treaty|letter|deal|framework)",
    re.IGNORECASE,
)
BEFORE_EVENT = re.compile(
    r"[ ,]*(?:long |shortly |just )?(?:before|prior to|ahead of) (?:⟦[CJ]\d+⟧(?:'s)? )?(?:⟦D\d+⟧ )?(?:the )?(?:⟦[CJ]\d+⟧(?:'s)? )?(?:full-scale )?(?:invasion|war)\b"
)
