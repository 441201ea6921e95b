"""Patterns of events and rules, written for sentences with tokens."""

from __future__ import annotations

import re

ATTACK = r"(?:full-scale |unprovoked |brutal |large-scale |illegal |all-out ){0,8}(?:invasion|assault|attack|war|offensive|aggression)"
INVASION = (
    re.compile(rf"(?:(?:[Tt]he )?(?:⟦[CJ]\d+⟧(?:'s)? ))?⟦(?P<day>D\d+)⟧ (?:⟦(?P<by>J\d+)⟧ )?{ATTACK} (?:of|on|against|in) ⟦(?P<on>C\d+)⟧"),
    re.compile(rf"(?:⟦(?P<by>[CJ]\d+)⟧(?:'s)? )?{ATTACK} (?:of|on|against|in) ⟦(?P<on>C\d+)⟧(?: (?:began|started|was launched|launched|beginning|starting))? (?:in|on|since) ⟦(?P<day>D\d+)⟧"),
    re.compile(r"⟦(?P<by>C\d+)⟧ (?:invaded|attacked) ⟦(?P<on>C\d+)⟧ (?:in|on) ⟦(?P<day>D\d+)⟧"),
)  # fmt: skip
ELECTION = (
    re.compile(r"\b(?:[Uu]pcoming|[Ff]orthcoming|[Nn]ext|[Aa]pproaching|[Ii]mpending|[Cc]oming) (?:⟦(?P<day>D\d+)⟧ )?(?:⟦(?P<by>C\d+)⟧ )?(?:presidential )?(?:[Ee]lections?|[Vv]ote)(?: (?:in|of) the ⟦(?P<where>C\d+)⟧)?(?:,? (?:is |will be held |will be |takes place |will take place )?(?:on|in|set for|scheduled for|due (?:on|in)) ⟦(?P<later>D\d+)⟧)?"),
    re.compile(r"⟦(?P<day>D\d+)⟧ (?:⟦(?P<by>C\d+)⟧ )?(?:presidential )?(?:[Ee]lections?|[Vv]ote)\b(?: in the ⟦(?P<where>C\d+)⟧)?"),
    re.compile(r"⟦(?P<by>C\d+)⟧ (?:presidential )?(?:[Ee]lections?|[Vv]ote) (?:(?:in|on|of|is on|was on|falls on|set for|scheduled for)|(?:will be|is being|is to be|was|is) (?:held|scheduled for|set for)(?: on| in)?|(?:takes|took|will take|is taking) place (?:in|on)) ⟦(?P<day>D\d+)⟧"),
)  # fmt: skip
OUTCOME = re.compile(
    r"\b(?:won|lost|wins|loses|defeated|defeats|beat|beats|conceded|concedes|stole|stolen|rigged|elected|re-elected|triumphed|"
    r"prevailed|victory|victorious|defeat|landslide|winner|loser)\b"
)
"""The words that say how an election went."""
HANDOVER = re.compile(
    r"\b(?:formal |official )?handover(?: ceremony| of power)?(?: (?:held|took place|was held|taking place))?(?: (?:on|at) ⟦D\d+⟧)?(?: at [^.;,]{0,40}?)? (?:in|at) ⟦(?P<place>L\d+)⟧",
    re.IGNORECASE,
)
SEAT = re.compile(
    r"⟦(?P<org>G\d+)⟧(?:(?:'s)? (?P<noun>headquarters(?: (?:is|are)(?: located| based)?)?)| (?:is|has been) (?:headquartered|based)|"
    r" has its (?:headquarters|seat)|, (?:headquartered|based),?) in ⟦(?P<place>L\d+)⟧"
)
HELD = r"(?P<held>(?:was|is|will be|is being|is to be|had been|were) (?:held|hosted|convened|scheduled)|(?:took|takes|will take|is taking) place|(?:began|begins|opened|opens|started|starts|kicked off))"
ON = r"(?:,? (?:in|on|from) ⟦(?P<day>D\d+)⟧|,? ⟦(?P<d2>D\d+)⟧)"
SUMMIT = (
    re.compile(r"(?:⟦(?P<when>D\d+)⟧ )?⟦(?P<g>G\d+)⟧(?:'s)? (?:⟦(?P<d0>D\d+)⟧ )?(?:leaders' )?[Ss]ummit (?:held |that was held |(?P<held>was held |will be held |is being held |took place |takes place |will take place ))?(?:in|at) (?:[Tt]he )?⟦(?P<place>L\d+)⟧(?:,? (?:in|on|from) ⟦(?P<day>D\d+)⟧|,? ⟦(?P<d2>D\d+)⟧)?"),
    re.compile(r"⟦(?P<place>L\d+)⟧ (?:⟦(?P<g>G\d+)⟧ )?[Ss]ummit(?:,? (?:in|on|of) ⟦(?P<day>D\d+)⟧|,? ⟦(?P<d2>D\d+)⟧)(?P<when>)(?P<d0>)(?P<held>)"),
    re.compile(rf"⟦(?P<place>L\d+)⟧ (?:⟦(?P<g>G\d+)⟧ )?[Ss]ummit,? {HELD}{ON}(?P<when>)(?P<d0>)"),
    re.compile(r"⟦(?P<when>D\d+)⟧'s ⟦(?P<g>G\d+)⟧ [Ss]ummit (?P<held>(?:was|is|will be) (?:held|hosted)|(?:took|takes|will take) place|was|is) (?:in|at) (?:[Tt]he )?⟦(?P<place>L\d+)⟧(?P<day>)(?P<d2>)(?P<d0>)"),
    re.compile(r"⟦(?P<place>L\d+)⟧ (?P<held>hosted|hosts|held|will host) (?:the|a|an) (?:⟦(?P<when>D\d+)⟧ )?⟦(?P<g>G\d+)⟧(?:'s)? (?:⟦(?P<d0>D\d+)⟧ )?(?:leaders' )?[Ss]ummit(?:,? (?:in|on|from) ⟦(?P<day>D\d+)⟧|,? ⟦(?P<d2>D\d+)⟧)?"),
    re.compile(r"⟦(?P<g>G\d+)⟧(?:'s)? (?:leaders|heads of state and government|allies|members) (?P<held>met|gathered|convened|assembled|came together|meet|gather) (?:for (?:a|the|their|an) (?:annual )?[Ss]ummit )?(?:in|at) (?:[Tt]he )?⟦(?P<place>L\d+)⟧(?: for (?:a|the|their|an|its) (?:[a-z]+ )?(?:⟦G\d+⟧ )?[Ss]ummit)?(?:,? (?:in|on|from) ⟦(?P<day>D\d+)⟧|,? ⟦(?P<d2>D\d+)⟧)?(?: for (?:a|the|their|an|its) (?:[a-z]+ )?[Ss]ummit)?(?P<when>)(?P<d0>)"),
)  # fmt: skip
ARTICLE = re.compile(r"\bArticle (\d+|[Ff]ive|[Ff]our|[Tt]hree)\b")
ALL_FOR_ONE = re.compile(
    r"\b(?:an )?(?:armed )?attack (?:on|against) (?:any |any one |one )(?:of (?:them|its members) |or more )?(?:\w+ )?(?:[^.;,]{0,30}?)(?:is|as|to|equates to|means|constitutes|be|considered|equals)[^.;,]{0,35}? (?:an )?attack (?:on|against) (?:them )?(?:all|everyone|the whole|every)\b[^.,;\"]{0,20}",
    re.IGNORECASE,
)
CONSULT = re.compile(
    r"\bconsult\w*\b[^.;]{0,80}\b(?:territorial integrity|threat\w*|security)\b|\b(?:request|call|trigger|invok)\w* (?:for )?consultations?\b",
    re.IGNORECASE,
)
CONSENSUS = re.compile(
    r"\bdecisions?\b[^.;]{0,40}?\b(?:made|taken|reached|adopted|by|through|on|require)\b[^.;]{0,25}?\b(?P<how>consensus|unanim\w+|(?:simple |qualified )?majority(?: vote)?)\b|\boperates? by (?P<how2>consensus)\b",
    re.IGNORECASE,
)
TRANSFER = re.compile(
    r"\b(?:provided|supplied|delivered|sent|gave|donated|shipped)\b[^.;]{0,60}\b(?:missiles?|tanks?|howitzers?|aircraft|jets?|F-16s?|Javelins?|Patriots?|ammunition|shells|drones?|launchers?)\b(?: \(\w+\)|s\b)?"
)
POSTURE = re.compile(
    r"\b(?:deploy\w*|station\w*|sen[dt]\w*|reinforc\w*|moved?)\b[^.;]{0,40}?\b(?:thousands|hundreds|\d[\d,]*|dozens|additional)\b[^.;]{0,25}?\b(?:troops|soldiers|forces|personnel|battalions?)\b(?: (?:to|in|on|along|near) [^.;,]{0,30}?\b(?:borders?|flank|front|states|Europe|region|Poland|Romania|Lithuania|Latvia|Estonia))?"
)
RANK = re.compile(
    r"⟦C\d+⟧ (?:is|remains|was) (?:by far )?(?:the|NATO's|⟦G\d+⟧'s) (?:main|largest|biggest|strongest|leading|most powerful|dominant)\b[^.;,]{0,60}"
)
EVENT_OF_SPEECH = re.compile(
    r"\b[Ii]n ⟦(?P<day>D\d+)⟧, ⟦(?P<person>P\d+)⟧ (?P<verb>hinted|said|threatened|warned|suggested|claimed|declared|told)\b[^.;,]{0,60}"
)
USED = r"(?:invoked|triggered|activated)"
TIMES = r"(?P<times>(?:only |just |exactly )?(?:once|twice|⟦N\d+⟧ times)|for the (?P<first>⟦K\d+⟧|first|only) time|never)"
USES = (
    re.compile(rf"\bArticle ⟦(?P<n>N\d+)⟧(?: of the [^,.;]{{3,60}}?)?,? (?:has|had|was) (?:(?P<never>never)|(?:only |just )?(?:been )?(?P<once>once|⟦N\d+⟧ times|twice)|(?:only |just |so far ){{0,8}})? ?(?:(?:only |just )?(?:ever )?been )?(?:formally |officially |ever |only |just |last |⟦K\d+⟧ ){{0,40}}{USED}(?: (?:only |just |exactly )?{TIMES})?(?P<tail>[^.;]{{0,300}})"),
    re.compile(rf"(?:⟦(?P<g>G\d+)⟧|[Tt]he [Aa]lliance|[Aa]llies|[Mm]embers) (?:has |have |had )?(?:(?P<never>never) |(?:only |just )?(?P<once>once|twice) )?(?:formally |ever |only ){{0,8}}{USED} Article ⟦(?P<n>N\d+)⟧(?: of the [^,.;]{{3,60}}?)?(?: (?:only |just |exactly )?{TIMES})?(?P<tail>[^.;]{{0,300}})"),
    re.compile(rf"\b[Tt]he (?P<times>(?P<first>only|first) time) (?:that )?(?:⟦(?P<g>G\d+)⟧ |the alliance |allies )?(?:Article ⟦(?P<n>N\d+)⟧ )?(?:has |have |had |was )?(?:ever )?(?:been )?{USED}(?: Article ⟦(?P<n2>N\d+)⟧)?,? (?:was|came)(?P<tail>[^.;]{{0,300}})(?P<never>)(?P<once>)"),
)  # fmt: skip
"""How often a treaty article is said to have been used, and after what."""
UNCOUNTED = re.compile(
    r"\b(?:in (?:its|the alliance's|⟦G\d+⟧'s|⟦N\d+⟧ years of) (?:entire |long |\w+-year )?history|so far|ever|to date|since its founding)\b"
)
"""What may stand beside a number of uses and changes nothing."""
ATTACKS_2001 = re.compile(
    r"\b(?:after|following|in (?:response|reaction) to|in the wake of|in the aftermath of) (?:the )?(?:terror(?:ist)? )?(?:attacks (?:of|on) )?(?:9/11|(?:September|Sept\.?) 11|11 September|2001 (?:terror(?:ist)? )?attacks|(?:terror(?:ist)? )?attacks (?:on|against|in) (?:the )?"
    r"(?:United States|US|U\.S\.|America|New York))"
)
OTHER_LAW = re.compile(
    r"\b(?:[Cc]onstitution\w*|[Cc]onvention|[Cc]harter|statute|[Cc]ourt|GDPR|EU|European Union|UN|United Nations|[Rr]ulebook|WTO|Lisbon)\b"
)
"""Words of another law than the North Atlantic Treaty."""
COLLECTIVE = re.compile(
    r"\b[Cc]ollective[- ]defen[cs]e[^.;,]{0,25}\b(?:enshrined|set out|laid (?:down|out)|contained|codified|embodied) (?:in|by) (?:[A-Z]{2,}'s |the )?Article\b|"
    r"\bArticle \w+[^.;]{0,30}\b(?:enshrin\w+|sets? out|lays? down|establish\w*|codif\w+|provides? for|deals? with) (?:the )?(?:principle |idea |concept )?(?:of )?collective[- ]defen[cs]e\b|"
    r"collective[- ]defen[cs]e (?:clause|principle|provision|pledge|guarantee|commitment)|mutual[- ]defen[cs]e clause"
)
