"""Patterns of the spending guideline and of shares of GDP, written for sentences with tokens."""

from __future__ import annotations

import re

AGO = re.compile(
    r"\b(?:ago|at the time|back then|once|used to|historically|previously|during the Cold War|in the past|earlier|a decade|decades|then)\b"
)
"""Words after which a sentence without a year speaks of some other one."""
ALLIES = (
    r"(?:(?:⟦G\d+⟧ )?(?:member (?:states|countries|nations)|members|allies|ally|countries|nations|states))"
)
WHOLE = rf"(?: of| out of)(?: (?:the|its|our|⟦G\d+⟧'s|the alliance's))?(?: total)? ⟦(?P<of>N\d+)⟧(?: {ALLIES})?(?P<armed> with (?:armed forces|a military|militaries|an army))?"
MEET = r"(?:meets?|met|meeting|reach(?:es|ed|ing)?|hit(?:s|ting)?|achiev\w+|exceed\w*|surpass\w*|fulfil\w*|satisf\w+|spend(?:s|ing)?|spent|attain\w*|at or above|comply with|at|above|clear(?:ed)?|allocat\w+|devot\w+|invest\w*)"
MISS = r"(?:miss(?:es|ed|ing)?|fail(?:s|ed|ing)? to (?:meet|reach|hit|spend)|fall(?:s|ing)? short of|fell short of|falls? below|(?:are |is |were |remain(?:s|ed)? )?below|lag(?:ged|ging|s)? behind|spend(?:s|ing)? less than|spent less than|(?:do|does|did|will|have|has|are|is) ?(?:not|n't)(?: yet)?(?: expected to)? (?:meet|met|meeting|reach(?:ed)?|hit|spend|spent)|(?:wo|do|did|have|has|are)n't(?: yet)? (?:meet|met|meeting|reach(?:ed)?|hit|spend|spent))"
LEVEL = r"(?:(?:⟦(?P<level>R\d+)⟧(?P<unit>[^.;⟦]{0,30}?\b(?:GDP|gross domestic product|economic output|target|guideline|goal|benchmark|threshold|mark|floor|level|minimum)\b)?)|(?P<goal>that (?:goal|target|level|mark|threshold)|(?:the |NATO's |the alliance's )?(?:⟦G\d+⟧(?:'s)? )?(?:defen[cs]e )?(?:spending |expenditure )?(?:target|guideline|goal|benchmark)\b))"
AUX = r"(?:(?:will|would|are|is|were|was|have|has|had|now|currently|already|also|expected|set|projected|estimated|forecast|likely|on track|on course|due|to|be|still|both|all|actually|only|still|yet|should|could|may|might|must|currently|at present) )*"
SUBJECT = rf"(?:(?P<all>[Nn]ot all(?: of)?(?: the| its)?|[Aa]ll(?: of)?(?: the| its)?|[Ee]very|[Nn]one of(?: the| its)?) )?(?:⟦(?P<n>N\d+)⟧(?:{WHOLE}|(?: (?:of (?:the|its|⟦G\d+⟧'s|the alliance's) )?{ALLIES})(?P<armed2> with armed forces)?)|(?P<every>{ALLIES}))"
GAP = r"(?:,? [^.;⟦\"]{0,40}?)?"
COUNTED = re.compile(
    rf"{SUBJECT}{GAP},? ?(?P<aux>{AUX})(?:(?P<miss>{MISS})|(?P<meet>{MEET}))\b(?P<between>(?:⟦N\d+⟧-year|[^.;⟦\"]){{0,60}}?){LEVEL}"
)
NUMBER_OF = re.compile(
    rf"\b(?P<subject>[Tt]he number of {ALLIES}) (?:that |which |who )?(?P<aux>{AUX})(?P<meet>{MEET}|at or above)\b(?P<between>[^.;⟦\"]{{0,60}}?){LEVEL}(?: on defen[cs]e)?(?:,)? "
    r"(?P<verb>(?:is|was|are|were|stands? at|stood at|has (?:now )?(?:risen|grown|increased|climbed|jumped|reached)(?: to)?|rose to|grew to|reached|climbed to|"
    r"will (?:rise to|reach|be)|is expected to (?:rise to|reach|be))) (?:now )?⟦(?P<n>N\d+)⟧(?! percent)(?P<of>)(?P<all>)(?P<armed>)(?P<armed2>)(?P<miss>)"
)
OF_FIRST = re.compile(
    rf"\b[Oo]f (?:(?:the|its|our|all|⟦G\d+⟧'s|the alliance's) )*⟦(?P<of>N\d+)⟧ {ALLIES}(?: (?:in|of) (?:⟦G\d+⟧|the alliance))?(?P<armed> with (?:armed forces|a military|militaries))?, "
    rf"⟦(?P<n>N\d+)⟧ (?:{ALLIES} )?(?P<aux>{AUX})(?:(?P<miss>{MISS})|(?P<meet>{MEET}))\b(?P<between>[^.;⟦\"]{{0,60}}?){LEVEL}(?P<all>)(?P<armed2>)"
)
YEAR = re.compile(r"⟦(D\d+)⟧")
SPENDS = re.compile(
    r"⟦(?P<country>C\d+)⟧(?!')(?P<aux>(?:,? (?:which|now|currently|already|also|will|would|has|have|is|was|to|be|been|expected|set|projected|planning|plans|aims|should|must|could|[a-z]+ly))*) (?P<verb>spends|spent|spend|spending|allocates|allocated|devotes|devoted|invests|invested|is spending|is at|stands at|reached|hit|dedicates)"
    r"(?P<between>[^.;⟦\"]{0,35}?)⟦(?P<rate>R\d+)⟧(?P<unit>[^.;⟦\"]{0,45}?\b(?:GDP|gross domestic product|economic output|national income)\b)"
)
SPENDING_IS = re.compile(
    r"(?:⟦(?P<country>C\d+)⟧'s?|⟦(?P<nation>J\d+)⟧) (?:total |annual )?(?:defen[cs]e|military) (?:spending|expenditure|budget|outlays?)(?P<aux>(?: (?:now|currently|will|would|has|is|was|to|be|expected|set|projected|should))*) (?P<verb>is|was|are|were|reached|stood at|stands at|amounted to|amounts to|hit|rose to|fell to|at|totall?ed|equall?ed|equals|reach|of|represents|came to|grew to|made up)"
    r"(?P<between>[^.;⟦\"]{0,25}?)⟦(?P<rate>R\d+)⟧(?P<unit>[^.;⟦\"]{0,45}?\b(?:GDP|gross domestic product|economic output|national income)\b)"
)
TARGET = re.compile(
    r"(?:⟦(?P<g>G\d+)⟧(?:'s)?|(?:the|The) alliance's|\b[Tt]he|\bits|\ba|\bthat|\bof the) (?:current |agreed |so-called |minimum |defen[cs]e |new |spending |own )*(?P<noun>target|guideline|goal|benchmark|threshold|floor|pledge|commitment)s?(?P<verb> (?:is|are|was|stands at|remains))?(?: (?:of|to|for allies|for members|at|set at|spending|spend))* (?:at least )?⟦(?P<rate>R\d+)⟧(?P<unit>[^.;⟦]{0,50}?\b(?:GDP|gross domestic product|economic output|defen[cs]e)\b)?(?P<by>[^.;⟦]{0,40}?\bby ⟦(?P<deadline>D\d+)⟧)?"
)
TARGET_AFTER = re.compile(
    r"⟦(?P<rate>R\d+)⟧(?:[- ]of[- ]GDP)?(?: (?:of (?:GDP|gross domestic product)|defen[cs]e|spending|⟦(?P<g>G\d+)⟧|NATO|minimum|investment|expenditure))* (?P<noun>target|guideline|goal|benchmark|threshold|floor|pledge|commitment)\b(?P<by>[^.;⟦]{0,40}?\bby ⟦(?P<deadline>D\d+)⟧)?"
)
AGREED = re.compile(
    r"(?:⟦G\d+⟧ )?(?:[Aa]llies|[Ll]eaders|[Mm]embers|member (?:states|countries)|⟦(?P<g>G\d+)⟧) (?:have |has |had )?(?:agreed|pledged|committed|promised)(?P<to>(?: themselves)? (?:to|on)[^.;⟦]{0,60}?)⟦(?P<rate>R\d+)⟧(?P<unit>[^.;⟦]{0,60}?\b(?:GDP|gross domestic product|economic output)\b)(?P<by>[^.;⟦]{0,50}?\bby ⟦(?P<deadline>D\d+)⟧)?"
)
OTHER_YEAR = re.compile(
    r"\b(?:by|since|until|from|compared (?:with|to)|than in|up from|summit in|pledge of|in a) $|invasion|agreed (?:in|at) $"
)
"""Before a year that a sentence names beside the one it speaks of."""
