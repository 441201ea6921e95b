"""Patterns of money: growth, amounts, parts, written for sentences with tokens."""

from __future__ import annotations

import re

SPENDING = r"(?:[Dd]efen[cs]e|[Mm]ilitary) (?:spending|expenditures?|budgets?|outlays?|investments?)"
SCOPE = r"(?P<scope>(?:⟦G\d+⟧(?:'s)? )?European (?:⟦G\d+⟧ )?(?:allies|members|nations|countries|⟦G\d+⟧ (?:allies|members))(?: of ⟦G\d+⟧)? and ⟦C\d+⟧|(?:⟦G\d+⟧ )?Europe(?:an allies)? and ⟦C\d+⟧|European (?:allies|⟦G\d+⟧ (?:allies|members)|members)|⟦G\d+⟧(?: (?:allies|members|member (?:states|countries)|countries))?|(?:the )?[Aa]lli(?:es|ance)|⟦C\d+⟧|⟦J\d+⟧)"
GREW = re.compile(
    SCOPE
    + r"(?P<aux>(?: (?:has|have|had|will|would|jointly|together|collectively|also|are expected to|is expected to|expected to))*) (?P<verb>raised|raise|increased?|boosted|boost|grew|hiked|lifted|cut|reduced)(?: (?:their|its|the|overall|combined))* "
    + SPENDING
    + r"(?P<between>[^.;⟦\"]{0,30}?)(?:by )?(?:(?:a )?(?:record|real) )?⟦(?P<rate>R\d+)⟧(?!(?: of|-of)[ -](?:GDP|gross))(?P<real> in real terms)?"
)
ROSE = re.compile(
    SPENDING
    + r"(?: (?:by|of|across|among|in) (?:the )?"
    + SCOPE.replace("?P<scope>", "?P<scope>")
    + r")?(?P<aux>(?: (?:has|have|had|will|would|is expected to|are expected to))*) (?P<verb>rose|risen|rise|grew|grow|grown|increased?|jumped|surged|climbed|went up|fell|dropped|declined)(?: by)?(?: (?:an? )?(?:[a-z]+ed|record|real|further|total))? ?⟦(?P<rate>R\d+)⟧(?!(?: of|-of)[ -](?:GDP|gross))(?P<real> in real terms)?"
)
OWN_ROSE = re.compile(
    SCOPE
    + r"(?:'s|')? "
    + SPENDING
    + r"(?P<aux>(?: (?:has|have|had|will|would|is expected to|are expected to))*) (?P<verb>rose|risen|rise|grew|grow|grown|increased?|jumped|surged|climbed|fell|dropped|declined)(?: by)?(?: (?:an? )?(?:[a-z]+ed|record|real|further|total))? ?⟦(?P<rate>R\d+)⟧(?!(?: of|-of)[ -](?:GDP|gross))(?P<real> in real terms)?"
)
SPENT = re.compile(
    SCOPE
    + r"(?P<aux>(?: (?:has|have|had|will|would|is expected to|are expected to|collectively|together|jointly|already|now|plans to|should))*) (?P<verb>spends?|spent|invested|allocated|is spending|are spending)(?P<between>[^.;⟦\"]{0,40}?)⟦(?P<money>M\d+)⟧(?P<tail>[^.;⟦\"]{0,40}?\b(?:on|for|in|towards?) (?:its |their |the )?(?:own )?(?:defen[cs]e|military|armed forces)\b)"
)
AMOUNTED = re.compile(
    SCOPE
    + r"(?:'s|')? (?:total |combined |annual )?"
    + SPENDING
    + r"(?P<aux>(?: (?:has|will|would|is expected to|are expected to|to))*) (?P<verb>is|was|reached|stood at|stands at|amount(?:ed|s) to|totall?ed|totals|equals|comes to|hit|rose to|reach|came to|exceeded)(?P<between>[^.;⟦\"]{0,25}?)⟦(?P<money>M\d+)⟧(?P<tail>)"
)
PLEDGED = re.compile(
    r"(?P<scope>⟦G\d+⟧(?: (?:allies|members|leaders|countries))?|[Aa]llies|[Ll]eaders|(?:[Tt]he )?(?:Washington )?[Ss]ummit)(?P<aux>(?: (?:has|have|had|also|agreed to|intend to|in ⟦[LD]\d+⟧))*) (?P<verb>pledged?|committed|promised|agreed(?: on| to)?|provide)(?P<between>[^.;\"]{0,60}?)⟦(?P<money>M\d+)⟧(?P<tail>[^.;\"]{0,80}?⟦C\d+⟧[^.;\"]{0,60})"
)
PART = re.compile(
    r"⟦(?P<country>C\d+)⟧(?P<aux>(?: (?:still|alone|now|currently|also|has|will))*) (?P<verb>accounts? for|accounted for|makes? up|made up|is responsible for|was responsible for|represents?|contributes?|contributed|provides?|pays?(?: for)?|paid|covers?|shoulders?)(?P<between>[^.;⟦\"]{0,25}?)⟦(?P<rate>R\d+)⟧(?P<whole> of (?:the )?(?:total |overall |combined )?(?:⟦G\d+⟧(?:'s)?|the alliance's|[Aa]lliance's|all)? ?(?:⟦G\d+⟧ )?(?:total |overall |combined )?(?:defen[cs]e|military)? ?(?:spending|expenditures?|budgets?|outlays?))"
)
WHOLE = r"(?P<whole> of (?:the )?(?:total |overall |combined )?(?:⟦G\d+⟧(?:'s)?|the alliance's|[Aa]lliance's|all)? ?(?:⟦G\d+⟧ )?(?:total |overall |combined )?(?:defen[cs]e|military)? ?(?:spending|expenditures?|budgets?|outlays?))"
PARTS = (
    PART,
    re.compile(r"⟦(?P<rate>R\d+)⟧" + WHOLE + r"(?P<aux>(?: (?:still|now|currently|already))*) (?P<verb>comes from|came from|is (?:paid|provided|covered|borne|shouldered|made up|spent|contributed|met|accounted for) by|comes out of) (?:the )?⟦(?P<country>C\d+)⟧(?= ?(?:[.,;]|$))(?P<between>)"),
    re.compile(r"⟦(?P<country>[CJ]\d+)⟧(?:'s?)? (?:share|part|portion)" + WHOLE + r"(?P<aux>(?: (?:still|now|currently|already))*) (?P<verb>is|was|stands at|stood at|amounts to|amounted to|reached)(?P<between>[^.;⟦\"]{0,15}?) ?⟦(?P<rate>R\d+)⟧(?! of)"),
)  # fmt: skip
"""One country's part of the whole, as subject, as origin and as a noun."""
