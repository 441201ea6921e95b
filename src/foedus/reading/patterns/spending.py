"""Patterns of the spending guideline, written for sentences with tokens."""

from __future__ import annotations

import re

TARGET = re.compile(
    r"(?:⟦(?P<g>G\d+)⟧(?:'s)?|(?:the|The) alliance's|\b[Tt]he|\bits|\ba|\bthat|\bof the) (?:current |agreed |so-called |minimum |defen[cs]e |new |spending |own ){0,8}(?P<noun>target|guideline|goal|benchmark|threshold|floor|pledge|commitment)s?(?P<verb> (?:is|are|was|stands at|remains))?(?: (?:of|to|for allies|for members|at|set at|spending|spend)){0,8} (?:at least )?⟦(?P<rate>R\d+)⟧(?P<unit>[^.;⟦]{0,50}?\b(?:GDP|gross domestic product|economic output|defen[cs]e)\b)?(?P<by>[^.;⟦]{0,40}?\bby ⟦(?P<deadline>D\d+)⟧)?"
)
TARGET_AFTER = re.compile(
    r"⟦(?P<rate>R\d+)⟧(?:[- ]of[- ]GDP)?(?: (?:of (?:GDP|gross domestic product)|defen[cs]e|spending|⟦(?P<g>G\d+)⟧|NATO|minimum|investment|expenditure)){0,40} (?P<noun>target|guideline|goal|benchmark|threshold|floor|pledge|commitment)\b(?P<by>[^.;⟦]{0,40}?\bby ⟦(?P<deadline>D\d+)⟧)?"
)
AGREED = re.compile(
    r"(?:⟦G\d+⟧ )?(?:[Aa]llies|[Ll]eaders|[Mm]embers|member (?:states|countries)|⟦(?P<g>G\d+)⟧) (?:have |has |had )?(?:agreed|pledged|committed|promised)(?: (?:(?:in|at|on) |⟦D\d+⟧ ?)(?:⟦[DLG]\d+⟧|[^.;⟦]){0,40}?)?(?P<to>(?: themselves)? (?:to|on)[^.;⟦]{0,60}?)⟦(?P<rate>R\d+)⟧(?P<unit>[^.;⟦]{0,60}?\b(?:GDP|gross domestic product|economic output)\b)(?P<by>[^.;⟦]{0,50}?\bby ⟦(?P<deadline>D\d+)⟧)?"
)
