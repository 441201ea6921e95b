"""Offices and the words for them."""

from __future__ import annotations

import re
from collections.abc import Mapping

OFFICES: Mapping[str, str] = {
    "secretary general": r"[Ss]ecretary[- ][Gg]eneral|[Ss]ec-?[Gg]en",
    "vice president": r"[Vv]ice[- ][Pp]resident",
    "prime minister": r"[Pp]rime [Mm]inister|[Pp]remier(?! [Ll]eague)|PM\b",
    "commission president": r"(?:European|EU) Commission (?:[Pp]resident|[Cc]hief|[Hh]ead)|(?:[Pp]resident|[Hh]ead|[Cc]hief) of the (?:European|EU) Commission",
    "council president": r"European Council (?:[Pp]resident|[Cc]hief|[Hh]ead)|(?:[Pp]resident|[Hh]ead|[Cc]hief) of the European Council",
    "head of the presidential office": r"[Hh]ead of (?:the )?(?:Ukraine's |Ukrainian )?[Pp]residential (?:[Oo]ffice|[Aa]dministration)(?: of Ukraine)?",
    "defence minister": r"[Dd]efen[cs]e (?:[Mm]inister|[Ss]ecretary)|[Ss]ecretary of [Dd]efen[cs]e",
    "foreign minister": r"[Ff]oreign (?:[Mm]inister|[Ss]ecretary)|[Ss]ecretary of [Ss]tate",
    "president": r"[Pp]resident(?!ial|-elect)",
    "chancellor": r"[Cc]hancellor",
}
"""Offices and the words for them."""
BODIES: Mapping[str, str] = {
    "commission president": "EU",
    "council president": "EU",
    "head of the presidential office": "UKR",
}
"""Offices that only one body has."""
OFFICE = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<o{i}>{pattern})" for i, pattern in enumerate(OFFICES.values()))
    + r"|(?P<chief>(?:NATO|[Aa]lliance)(?:'s)?(?: (?P<before>new|incoming|outgoing|former|next|then|current|New|Incoming|Outgoing|Former))? "
    r"(?:[Cc]hief|[Hh]ead|[Bb]oss|[Ll]eader)\b(?! of)|(?:chief|head|leader) of (?:NATO\b|the (?:military )?alliance)))"
)
OFFICE_NAMES = tuple(OFFICES)
