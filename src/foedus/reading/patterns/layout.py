"""Patterns of what is not the article: credits, bylines, boilerplate."""

from __future__ import annotations

import re

CREDIT = re.compile(
    r"^\(?(?:Edited by|Edit(?:ing|or)s?:? |Reporting by|Report(?:ed|ing) (?:by|from)|Additional reporting|Written by|Compiled by|Translat\w+ by|Source[s]?:|"
    r"Reference:|Via:?|Originally published|First published|With (?:reporting|inputs?|material) (?:by|from)|Photo(?:s|graph)?(?: by|:)|©|\(c\)|Copyright)",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"^(?:By|BY) [A-Z][\w.'’-]+(?:,? (?:and |de |van |von )?[A-Z][\w.'’-]+){0,8}(?:,? (?:Reuters|AFP|AP|dpa))?$"
)
BOILER = re.compile(
    r"^(?:Facebook|Twitter|X|Instagram|LinkedIn|RSS|YouTube|Telegram|WhatsApp|Pinterest|Reddit|Share(?: this)?\.?|Tweet|Print|E-?mail|Exit mobile version|Accept|Read [Mm]ore\W*|"
    r"Advertisement|Loading\W*|Related (?:articles?|stories|posts?|news)\b.{0,400}|Subscribe\b.{0,400}|Sign up\b.{0,400}|Follow us\b.{0,400}|Share (?:on|this|via)\b.{0,400}|Comments?|Leave a (?:comment|reply)\b.{0,400}|Tags?:.{0,400}|"
    r"All rights reserved\.?.{0,400}|.{0,400}\bcookies?\b.{0,400}(?:website|experience|consent|accept|use).{0,400}|.{0,400}(?:website|site) uses cookies.{0,400}|.{0,400}Terms of (?:Use|Service).{0,400}|.{0,400}Privacy Policy.{0,400}|Click here\b.{0,400}|"
    r"Join our\b.{0,400}|Download our\b.{0,400}|Newsletter\b.{0,400}|Back to top|Next (?:article|post)|Previous (?:article|post)|Reset|Like this:.{0,400}|Loading…)$",
    re.IGNORECASE,
)
ENDS = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
