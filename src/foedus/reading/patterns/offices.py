"""Patterns of offices: holders, ordinals, first and last days, succession, written for sentences with tokens."""

from __future__ import annotations

import re

from foedus.reading.patterns.grammar import OFFICE

BEFORE_NAME = re.compile(
    OFFICE
    + r"(?: and (?:[A-Za-z]+ ){0,2}[A-Za-z]+)?,? ⟦(?P<person>P\d+)⟧(?!'s (?:predecessor|successor|deputy|spokes))"
)
AFTER_NAME = re.compile(
    r"⟦(?P<person>P\d+)⟧(?:,| \(|—| -) ?" + OFFICE + r"(?=[,.;)]| -|—| and | who | has | said | told | on )"
)
SERVED = re.compile(
    r"(?:⟦(?P<person>P\d+)⟧|(?P<pronoun>\b[Hh]e|\b[Ss]he))(?:, [^,⟦]{2,40},)?,? (?:who )?(?P<verb>(?:(?:has|had|previously|formerly|once|also|currently|now|"
    r"will|soon|been|is|was|be|becomes?|became|remains|serves?|served|serving|worked|acted|acting|set to|to) ){1,8})(?:as )?"
    + OFFICE
)
LEADS = re.compile(
    r"(?:⟦(?P<g>G\d+)⟧|[Tt]he (?:military |defen[cs]e |Western )?[Aa]lliance)(?P<verb> (?:(?:is|was|has been|had been|now|currently|then) ){1,8}(?:led|headed|run)) by (?:[a-z' ]{0,25})?(?:⟦O\d+⟧ )?⟦(?P<person>P\d+)⟧"
    r"|⟦(?P<person2>P\d+)⟧(?P<verb2>(?: (?:now|currently)){0,8} (?:leads|heads|is leading|is heading|runs)) (?:⟦(?P<g2>G\d+)⟧|the (?:military |defen[cs]e |Western )?[Aa]lliance)(?=[.,;]|$)"
)
"""Who is at the head of the Alliance."""
TERM = re.compile(
    r",? (?:(?:from|between) ⟦(?P<first>D\d+)⟧ ?(?:to|until|and|through|till|-) ?⟦(?P<last>D\d+)⟧|(?:since|from) ⟦(?P<since>D\d+)⟧|until ⟦(?P<until>D\d+)⟧)"
)
NOT_AN_OFFICE = re.compile(
    r"^(?:'s)? (?:candidate|nominee|hopeful|elect|contender|role|post|office|said|deputy|spokes)"
)
ORDINAL_AFTER = re.compile(
    r"⟦(?P<person>P\d+)⟧(?P<gap>(?:(?!⟦P)[^.;]){0,90}?)\b(?:as|became|becomes|is|was|become|be|been)? ?(?:the |its |NATO's )?(?:⟦G\d+⟧'s )?"
    r"⟦(?P<ordinal>K\d+)⟧ (?:⟦(?P<body1>[GCJ]\d+)⟧ )?⟦(?P<office>O\d+)⟧(?: of (?:the )?⟦(?P<body2>[GC]\d+)⟧(?: \(⟦G\d+⟧\))?)?"
)
ORDINAL_BEFORE = re.compile(
    r"(?:⟦(?P<body1>[GCJ]\d+)⟧(?:'s)? )?⟦(?P<ordinal>K\d+)⟧ (?:⟦[GCJ]\d+⟧ )?⟦(?P<office>O\d+)⟧(?: of (?:the )?⟦(?P<body2>[GC]\d+)⟧(?: \(⟦G\d+⟧\))?)?"
    r"(?:,? ⟦(?P<person>P\d+)⟧)"
)
START = re.compile(
    r"\b(?:took|takes|taking|assumed|assumes|assuming|entered|taken|take) (?:up )?(?:office|over|charge|power|the (?:post|role|reins|helm|job|position|office)|"
    r"command|leadership|his (?:post|role|duties)|her (?:post|role|duties))|\bsworn in\b|\b(?:began|started|begins) (?:his|her) (?:term|tenure|mandate|job)|\bbecame (?=[^.⟦]{0,12}(?:⟦[GCJ]\d+⟧(?:'s)? )?[^.⟦]{0,8}⟦O)"
)
END = re.compile(
    r"\b(?:stepp(?:ed|ing)|steps|step) down\b|\b(?:left|leaves|leaving) (?:office|the post|the job)\b|\bended (?:his|her) (?:term|tenure)\b"
)
DATE_AFTER = re.compile(
    r"(?P<gap>(?:(?!⟦[PD]|\b(?:after|before|by|since|characteri\w+|marked|following|amid|until|because|while|when|which|that)\b)[^.;]){0,75}?)"
    r"(?:(?:on|in|since|from|,) |(?= ?⟦D))⟦(?P<day>D\d+)⟧(?=[,.;:)\"!?—]|$| (?:and|as|after|at|in|with|when|to|for|following|amid|succeed|replac|before|during|while|-)\b)"
)
DATE_BEFORE = re.compile(r"^(?:\"?(?:On|In|Since|From) )⟦(?P<day>D\d+)⟧")
SUCCEEDED = re.compile(
    r"⟦(?P<to>P\d+)⟧(?!')(?P<gap>(?:(?!⟦P)[^.;\"]){0,80}?)\b(?:succeeds|succeeded|succeeding|replaces|replaced|replacing|took over from|takes over from|taking over from|"
    r"taken over from|assumed leadership from|took the helm from|took the reins from)(?: (?:the )?outgoing)?(?: (?:the )?former)?(?: ⟦(?P<nation>J\d+)⟧(?:'s)?)?(?: ⟦[GO]\d+⟧){0,2} "
    r"⟦(?P<from>P\d+)⟧(?P<as> (?:as|at|in) (?:the )?(?:(?:new|next) )?(?:⟦(?P<body1>[GCJ]\d+)⟧(?:'s)? )?⟦(?P<office>O\d+)⟧(?: of (?:the )?⟦(?P<body2>[GC]\d+)⟧)?)?"
)
SUCCEEDED_BY = re.compile(
    r"⟦(?P<from>P\d+)⟧(?!')(?P<gap>(?:(?!⟦P)[^.;\"]){0,60}?)\b(?:succeeded|replaced|followed) (?:as [^⟦]{0,20}(?:⟦[GO]\d+⟧ ?){0,2})?by (?:the )?(?:new |incoming )?(?:⟦(?P<nation>J\d+)⟧(?:'s)? )?(?:⟦O\d+⟧ )?⟦(?P<to>P\d+)⟧"
)
DATED = re.compile(
    r"(?: (?:as|at) [^.;⟦]{0,30}(?:⟦[GOCJ]\d+⟧[^.;⟦]{0,8}){0,3})?,? (?:on|in) (?:[A-Z]\w+ )?⟦(D\d+)⟧"
)
