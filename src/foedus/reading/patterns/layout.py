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
    r"Advertisement|Loading\W*|Related (?:articles?|stories|posts?|news)\b.*|Subscribe\b.*|Sign up\b.*|Follow us\b.*|Share (?:on|this|via)\b.*|Comments?|Leave a (?:comment|reply)\b.*|Tags?:.*|"
    r"All rights reserved\.?.*|.*\bcookies?\b.*(?:website|experience|consent|accept|use).*|.*(?:website|site) uses cookies.*|.*Terms of (?:Use|Service).*|.*Privacy Policy.*|Click here\b.*|"
    r"Join our\b.*|Download our\b.*|Newsletter\b.*|Back to top|Next (?:article|post)|Previous (?:article|post)|Reset|Like this:.*|Loading…)$",
    re.IGNORECASE,
)
ENDS = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
