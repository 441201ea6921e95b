"""Words of aid to Ukraine: who gives, of which kind, how far it has come, and over which time."""

from __future__ import annotations

import re

from foedus.reading.lexicon import words

__all__ = [
    "AID",
    "ALLOCATED",
    "AUTHORISED",
    "BARE",
    "COMMITTED",
    "DELIVERED",
    "EVERY_YEAR",
    "GIVEN",
    "KINDS",
    "PACKAGE",
    "SINCE",
    "SOME",
    "TOTAL",
    "TOTALS",
]

AID = re.compile(
    r"\b(?:aid|assistance|support|help|backing|allocations?|commitments?|contributions?|donations?|"
    r"pledges?|donors?)\b|\bon Ukraine\b"
)
"""Nouns of aid."""
ALLOCATED = words("allocated allocates allocate allocating allocation allocations earmarked")
COMMITTED = words(
    "committed commits commit committing commitment commitments pledged pledges pledge promised promises"
)
AUTHORISED = words(
    "authorised authorized authorises authorizes appropriated appropriates approved approves passed voted"
)
DELIVERED = words("delivered delivers disbursed disburses transferred")
GIVEN = words(
    "given gave gives give giving provided provides provide sent sends send donated donates donate spent spends spend "
    "spending contributed contributes contribute supplied supplies supply poured put channelled funnelled gifted "
    "mobilised mobilized received receives got"
)
TOTALS = words(
    "is are was were be total totals totalled totaled amount amounts amounted stand stands stood reach reaches reached "
    "come comes came exceed exceeds exceeded hit hits surpassed surpasses worth"
)
"""Verbs that say what aid comes to."""
KINDS: dict[str, re.Pattern[str]] = {
    "military": re.compile(r"\b(?:military|weapons?|arms|defen[cs]e (?:aid|assistance|support))\b"),
    "financial": re.compile(
        r"\b(?:financial|budgetary|budget (?:aid|assistance|support)|macro-financial|economic)\b"
    ),
    "humanitarian": re.compile(r"\bhumanitarian\b"),
    "other": re.compile(r"\b(?:non-military|civilian)\b"),
}
"""Words of each kind of aid."""
PACKAGE = re.compile(
    r"\b(?:packages?|tranches?|additional|another|further|extra|new|more in|loans?|deals?|contracts?|drawdowns?|"
    r"instal?lments?|initiative|fund|facility|worth of|this week|today|monthly|next)\b"
)
"""Words of one gift among many, of which the tracker's sums say nothing."""
EVERY_YEAR = re.compile(
    r"\b(?:per|a|each|every) (?:year|month|day|week)\b|\b(?:annual(?:ly)?|yearly|monthly|daily)\b|\bper capita\b"
)
SINCE = re.compile(
    r"\b[Ss]ince (?:[^.,;]{1,60}?\b(?:invasion|invaded|war)\b|(?:(?:the )?(?:start|beginning|outset|outbreak) of )?(?:the |Russia's |its |that |Moscow's )?"
    r"(?:(?:full-scale|all-out|large-scale|Russian|2022) ){0,2}(?:invasion|war|aggression|attack|2022|"
    r"(?:January|February|March|24 February|February 24,?) 2022)\b)"
)
"""Words of all the time that the tracker covers."""
TOTAL = re.compile(
    r"\b(?:in total|altogether|so far|to date|overall|all told|in all|a total of|until now|as of)\b"
)
"""Words that make an amount a sum of all."""
BARE = re.compile(
    r"(?: (?:of|in) (?:(?:military|financial|humanitarian) )?(?:aid|assistance|support|help))?"
    r"(?: (?:to|for|on) (?:Ukraine|Kyiv|Kiev))?(?: since [^,;]{1,60})?"
    r"(?:,? (?:in total|so far|to date|altogether|overall|in all))?[.\"' ]*"
)
"""What may stand behind an amount of all that was given of a kind; anything else may pick out a part."""
SOME = words(
    "any other others another some several many most few every each both rest else combined together two three four "
    "five six eastern northern southern central nordic baltic remaining single"
)
"""Words that make of a group a part of it, or of a comparison one with many."""
