"""Names of weapons, and verbs of announcing, handing over and receiving them."""

from __future__ import annotations

import re

from foedus.reading.lexicon import words

__all__ = [
    "ANNOUNCED",
    "HANDED",
    "OTHER_ITEM",
    "RECEIVED",
    "SHIFTED",
    "UKRAINE",
    "WEAPONS",
    "weapon_name",
    "weapons_in",
]

WEAPONS: dict[str, tuple[str, str]] = {
    "javelin": ("Javelin", r"(?:FGM-148|Javelins?)"),
    "nlaw": ("NLAW", r"NLAWs?"),
    "stinger": ("Stinger", r"Stingers?"),
    "milan": ("Milan", r"Milan (?:anti-tank )?missiles?"),
    "himars": ("HIMARS", r"HIMARS|High Mobility Artillery Rocket Systems?"),
    "patriot": ("Patriot", r"Patriots?"),
    "leopard_2": ("Leopard 2", r"Leopard[- ]?(?:2|II)(?:A\d)?s?\b"),
    "leopard_1": ("Leopard 1", r"Leopard[- ]?(?:1|I)(?:A\d)?s?\b"),
    "leopard": ("Leopard", r"Leopards?"),
    "abrams": ("Abrams", r"(?:M1A?[12]? )?Abrams"),
    "challenger_2": ("Challenger 2", r"Challenger(?:[- ]?(?:2|II))?s?"),
    "storm_shadow": ("Storm Shadow", r"Storm Shadows?"),
    "scalp": ("SCALP", r"SCALP(?:-EG)?s?|Scalp missiles?"),
    "atacms": ("ATACMS", r"ATACMS|Army Tactical Missile Systems?"),
    "taurus": ("Taurus", r"Taurus"),
    "f_16": ("F-16", r"F-?16s?"),
    "mirage_2000": ("Mirage 2000", r"Mirage(?:[- ]2000)?(?:-5)?s?"),
    "mig_29": ("MiG-29", r"Mi[Gg]-?29s?"),
    "nasams": ("NASAMS", r"NASAMS"),
    "aspide": ("Aspide", r"Aspides?"),
    "iris_t": ("IRIS-T", r"I(?:RIS|ris)-?T(?:[- ]SLM)?"),
    "caesar": ("Caesar", r"C(?:AESAR|aesar)s?"),
    "pzh_2000": ("PzH 2000", r"PzH[- ]?2000s?|Panzerhaubitze(?:[- ]?2000)?"),
    "gepard": ("Gepard", r"Gepards?"),
    "marder": ("Marder", r"Marders?"),
    "bradley": ("Bradley", r"Bradleys?"),
    "cv90": ("CV90", r"CV-?90s?|Combat Vehicle 90s?"),
    "archer": (
        "Archer",
        r"Archer (?:self-propelled |artillery |mobile )?(?:howitzers?|guns?|systems?|artillery)",
    ),
    "zuzana_2": ("Zuzana 2", r"Zuzana(?:[- ]?2)?s?"),
    "as90": ("AS-90", r"AS-?90s?"),
    "howitzer_155": ("M777 howitzer", r"M-?777s?"),
    "phoenix_ghost": ("Phoenix Ghost", r"Phoenix Ghosts?"),
}
"""The name in print and the pattern of each weapon of the record; "leopard" is either of two."""

_PATTERN = re.compile(
    "|".join(rf"(?P<{code}>\b(?:{pattern})(?![\w-]*\w))" for code, (_, pattern) in WEAPONS.items())
)

HANDED = words(
    "provided provide provides providing supplied supply supplies supplying delivered deliver delivers delivering "
    "sent send sends sending gave give gives giving given donated donate donates donating shipped ship ships "
    "shipping handed hand transferred transfer transfers transferring furnished equipped armed sold sell gifted"
)
"""Verbs by which weapons change hands."""
ANNOUNCED = words(
    "announced announces announce announcing approved approves approve pledged pledges pledge promised promises "
    "promise agreed agrees agree decided decides decide committed commits commit authorized authorised "
    "authorizes authorises confirmed confirms said says unveiled vowed offered"
)
"""Verbs of which what is announced, and not what arrived, is true."""
RECEIVED = words("received receives receive receiving got gets obtained acquired")
UKRAINE = re.compile(r"\b(?:Ukrain\w+|Kyiv|Kiev|Zelensk\w+)\b")
"""Words of who is given arms: "the Ukrainian army", "Kyiv"."""
SHIFTED = re.compile(
    r"\b(?:later|earlier|ago|afterwards?|subsequently|then|next|following|previous(?:ly)?|before|after|since)\b"
)
"""Words that move a time away from the date of the sentence."""
OTHER_ITEM = words("for on against without about to like than beside")
"""Prepositions behind which a weapon is not what is given: "ammunition for HIMARS"."""


def weapons_in(text: str) -> list[tuple[str, int, int]]:
    """Return the weapons that a text names, each with where its name starts and ends."""
    return [(str(match.lastgroup), match.start(), match.end()) for match in _PATTERN.finditer(text)]


def weapon_name(code: str) -> str:
    """Return a weapon's name in print."""
    return WEAPONS[code][0]
