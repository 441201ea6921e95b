"""Patterns of events and rules, written for sentences with tokens."""

from __future__ import annotations

import re

ATTACK = r"(?:full-scale |unprovoked |brutal |large-scale |illegal |all-out )*(?:invasion|assault|attack|war|offensive|aggression)"
INVASION = (
    re.compile(rf"(?:(?:[Tt]he )?(?:⟦[CJ]\d+⟧(?:'s)? ))?⟦(?P<day>D\d+)⟧ (?:⟦(?P<by>J\d+)⟧ )?{ATTACK} (?:of|on|against|in) ⟦(?P<on>C\d+)⟧"),
    re.compile(rf"(?:⟦(?P<by>[CJ]\d+)⟧(?:'s)? )?{ATTACK} (?:of|on|against|in) ⟦(?P<on>C\d+)⟧(?: (?:began|started|was launched|launched|beginning|starting))? (?:in|on|since) ⟦(?P<day>D\d+)⟧"),
    re.compile(r"⟦(?P<by>C\d+)⟧ (?:invaded|attacked) ⟦(?P<on>C\d+)⟧ (?:in|on) ⟦(?P<day>D\d+)⟧"),
)  # fmt: skip
ELECTION = (
    re.compile(r"\b(?:[Uu]pcoming|[Ff]orthcoming|[Nn]ext|[Aa]pproaching|[Ii]mpending|[Cc]oming) (?:⟦(?P<day>D\d+)⟧ )?(?:⟦(?P<by>C\d+)⟧ )?(?:presidential )?(?:[Ee]lections?|[Vv]ote)(?: (?:in|of) the ⟦(?P<where>C\d+)⟧)?(?:,? (?:on|in|set for|scheduled for|due (?:on|in)) ⟦(?P<later>D\d+)⟧)?"),
    re.compile(r"⟦(?P<day>D\d+)⟧ (?:⟦(?P<by>C\d+)⟧ )?(?:presidential )?(?:[Ee]lections?|[Vv]ote)\b(?: in the ⟦(?P<where>C\d+)⟧)?"),
    re.compile(r"⟦(?P<by>C\d+)⟧ (?:presidential )?(?:[Ee]lections?|[Vv]ote) (?:in|on|of|is on|takes place on) ⟦(?P<day>D\d+)⟧"),
)  # fmt: skip
HANDOVER = re.compile(
    r"\b(?:formal |official )?handover(?: ceremony| of power)?(?: (?:held|took place|was held|taking place))?(?: (?:on|at) ⟦D\d+⟧)?(?: at [^.;,]{0,40}?)? (?:in|at) ⟦(?P<place>L\d+)⟧",
    re.IGNORECASE,
)
SEAT = re.compile(r"⟦(?P<org>G\d+)⟧(?:'s)? headquarters in ⟦(?P<place>L\d+)⟧")
SUMMIT = (
    re.compile(r"(?:⟦(?P<when>D\d+)⟧ )?⟦(?P<g>G\d+)⟧(?:'s)? (?:⟦(?P<d0>D\d+)⟧ )?(?:leaders' )?[Ss]ummit (?:held |that was held |took place )?(?:in|at) (?:[Tt]he )?⟦(?P<place>L\d+)⟧(?:,? (?:in|on|from) ⟦(?P<day>D\d+)⟧|,? ⟦(?P<d2>D\d+)⟧)?"),
    re.compile(r"⟦(?P<place>L\d+)⟧ (?:⟦(?P<g>G\d+)⟧ )?[Ss]ummit(?:,? (?:in|on|of) ⟦(?P<day>D\d+)⟧|,? ⟦(?P<d2>D\d+)⟧)(?P<when>)(?P<d0>)"),
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
COLLECTIVE = re.compile(
    r"collective[- ]defen[cs]e (?:clause|principle|provision|pledge|guarantee|commitment)|mutual[- ]defen[cs]e clause"
)
