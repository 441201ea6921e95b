"""Patterns of applications and signatures, written for sentences with tokens."""

from __future__ import annotations

import re

COUNTRIES = r"(?P<countries>⟦C\d+⟧(?:(?:, | and |, and |,? as well as )⟦C\d+⟧){0,40})"
APPLIED = re.compile(
    COUNTRIES
    + r"(?P<gap>(?:,? [a-z'-]+){0,3}?) (?P<verb>(?:has |have |had |officially |formally |both |jointly ){0,8}(?:applied|submitted (?:its|their|an?) (?:\w+ )?(?:applications?|bids?|requests?)))"
    r"(?P<body>[^.;]{0,70}?)(?:⟦(?P<g>G\d+)⟧|the (?:military )?alliance)(?P<more>[^.;⟦]{0,40}?)(?:,? (?:in|on|since) )?(?:⟦(?P<day>D\d+)⟧)"
)
APPLIED_FIRST = re.compile(
    r"^\"?(?:In|On) ⟦(?P<day>D\d+)⟧,? "
    + COUNTRIES
    + r"(?P<gap>)(?P<more>)(?P<body>) (?P<verb>(?:officially |formally |jointly ){0,8}(?:applied|submitted))[^.;]{0,60}?⟦(?P<g>G\d+)⟧"
)
WHO = r"(?P<who>allies|⟦G\d+⟧ (?:allies|members|countries)|countries|nations|member (?:states|countries)|members|states|leaders|signatories|partners)"
SIGNED = (
    re.compile(rf"⟦(?P<n>N\d+)⟧ (?:⟦[JG]\d+⟧ )?{WHO}(?: and [a-z]+)? (?:have |has |had )?(?:signed|endorsed|inked|joined)(?P<doc>[^.;]{{3,60}})"),
    re.compile(rf"(?P<doc>[^.;]{{3,70}}?),? (?:was |were |been |document |agreement |framework ){{0,8}}signed(?: [a-z]+)? by (?:the leaders of )?⟦(?P<n>N\d+)⟧ (?:⟦[JG]\d+⟧ )?{WHO}"),
    re.compile(rf"\bsigning of (?P<doc>[^.;]{{3,60}}?) by (?:the leaders of )?⟦(?P<n>N\d+)⟧ (?:⟦[JG]\d+⟧ )?{WHO}"),
)  # fmt: skip
DOCUMENT = re.compile(
    r"\b(?:declaration|compact|agreement|pact|communiqu|accord|document|statement|pledge|charter|memorandum|treaty|letter|deal|framework)",
    re.IGNORECASE,
)
