"""The base that a share leaves out: once a text has set it, "X spends 2.3 percent" is of GDP, on defence."""

from __future__ import annotations

import re

from foedus.reading.context import Context
from foedus.reading.lexicon import words
from foedus.reading.tagging import Tag
from foedus.reading.trees.bind import Parsed, country_of
from foedus.reading.trees.parse import Node

__all__ = ["MOST_BARE", "is_plain", "sets_base", "speaks_of_defence", "takes_base"]

NEAR = 1_000
"""Characters in which the sentence before is looked for."""
_NATO = re.compile(r"N(?:ATO|ato)\b|North Atlantic Treaty|[Aa]tlantic [Aa]lliance")
_ALLIANCE = re.compile(r"\b[Aa]lli(?:ance|es)\b")
_DEFENCE = re.compile(r"\b[Dd]efen[cs]e\b|\bmilitary\b|\bguideline\b")
MOST_BARE = 0.1
"""Larger rates without a base are no shares of GDP that an ally spends on defence."""
SPEND = words(
    "spend spends spent spending allocate allocates allocated devote devotes devoted invest invests invested"
)
"""Verbs whose object is what is spent."""
STAND = words(
    "lead leads led top tops topped trail trails trailed stand stands stood is are was were be remain remains remained stay "
    "stays stayed reach reaches reached hit hits come comes came follow follows followed rank ranks ranked sit sits sat "
    "manage manages managed lag lags lagged clear clears cleared meet meets met miss misses missed post posts posted stuck languish languishes languished hover hovers hovered"
)
"""Verbs that put an ally at a share."""
_MOVE = words(
    "rise rises rose risen rising grow grows grew grown climb climbs climbed jump jumps jumped increase increases increased fall "
    "falls fell fallen drop drops dropped go goes went move moves moved surge surged slip slipped decline declined "
    "raise raises raised lift lifted bring brings brought push pushed cut cuts stand stands stood is was are were reach "
    "reaches reached remain remains remained double doubled doubles hit hits climbing tripled quadrupled amount amounts amounted come comes came"
)
"""Verbs that move the share of an ally."""
_SHARES = words(
    "share spending expenditure expenditures outlays effort figure ratio proportion level budget percentage"
)
"""Nouns of a share, where the base is set."""
_SET = re.compile(
    r"(?:%|\bper ?cent|\bpoints?|\bshares?)[- ](?:of|from)[- ](?:(?:its|their|the|our|national|annual|economic|total|a|each|every|country's|nation's) ){0,8}"
    r"(?:GDP|gross (?:domestic|national) product|(?:economic |national )?output|economy|national income)\b|"
    r"\b(?:guideline|target|goal|benchmark|threshold|minimum)s?\b"
)
_GOAL = re.compile(r"\b(?:guideline|target|goal|benchmark|threshold|2 ?%|(?:2|two) per ?cent)s?\b")
_SPENDING = re.compile(r"\b(?:defen[cs]e|[Dd]efen[cs]e|military|armed forces|spend\w*|guideline)\b")
_OTHER = re.compile(
    r"\b(?:inflation|unemployment|jobless\w*|interest|yields?|bonds?|polls?|polled|surveys?|respondents|votes?|voters|voted|vot(?:ing|er)|"
    r"elections?|elected|seats|turnout|ballots?|part(?:y|ies)|approv\w+|support(?:ed|s)?|back(?:ed|s)|favou?r\w*|oppos\w+|tax\w*|VAT|tariffs?|"
    r"deficits?|debts?|borrowing|surplus|aid|assistance|development|climate|emissions?|renewables?|energy|gas|oil|electricity|imports?|"
    r"exports?|trade|prices?|wages?|salar\w+|pensions?|sales|revenues?|profits?|stocks?|markets?|population|inhabitants|people|women|men|"
    r"recruits?|personnel|soldiers|troops|conscripts|equipment|procurement|research|R&D|innovation|education|schools?|health\w*|"
    r"infrastructure|housing|welfare|culture|growth|expand\w+|shr[aiu]nk\w*|contract(?:ed|s|ion)|recession|forecasts?|real terms|"
    r"discount|currency|dollar|krona|rating|probabilit\w+|chance|odds|capacity|readiness|manning|stockpiles?|ammunition|"
    r"common (?:budget|fund\w*)|civil budget|military budget|cost[- ]shar\w+|contributions?|dues|budget (?:goes|share)|of (?:the|its|their) budget|"
    r"central bank|statistics|census|literacy|migra\w+|asylum|refugees|crime|rents?|harvest|tourism|manufacturing|industr\w+|"
    r"Ukraine|Kyiv|cyber|resilience|nuclear|space|water|forest|rainfall|share price|shareholders?|stake)\b",
    re.IGNORECASE,
)
"""What else is said in percent; where a sentence, or the one before, speaks of it, nothing is left out."""
_CHANGE = re.compile(
    r"^ (?:more|less|higher|lower|faster|of|up|down|off|rise|increase|cut)\b|^[- ]points?\b| above | below "
)
_THE_SHARE = re.compile(
    r"\b(?:largest|smallest|highest|lowest|biggest) (?:\w+ )?share(?: of (?:any ally|all|the alliance))?, (?:at |with )?$"
)
_AT = re.compile(r", (?:at|with) (?:just |only )?$")
_TAIL = re.compile(
    r"^(?:$|[.,;:)!?\"—]| -| (?:a (?:decade|year|generation)|\w+ years (?:ago|earlier)|in|for|from|to|this|last|today|now|and|but|while|when|up|down|at|as|against|compared|by|since|or|of (?:its |their )?GDP|on (?:(?:its|their|the) )?(?:defen[cs]e|armed forces|military))\b)"
)
_BESIDE = re.compile(
    r"^(?:'s?)? \((?:at |with |now )?$|^,? (?:(?:is|was|stands) )?(?:at|with|on) (?:an? )?(?:just |only )?$|^,? ?: ?$"
)


def sets_base(parsed: Parsed, context: Context) -> bool:
    """Whether a text has said by a sentence, or in it, what shares are of, and no other rate stands between.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    context : Context
        The document.

    Returns
    -------
    bool
        Whether NATO and its guideline, or a share of GDP, were named before, and the sentence and the one before
        it speak of nothing else that is given in percent.
    """
    start = parsed.tree.offset
    if _OTHER.search(parsed.text) or not _spoken_of_nato(parsed, context):
        return False
    here = _GOAL.search(parsed.text) is not None
    spending = context.first(_SPENDING) < start + len(parsed.text)
    if not (context.first(_SET) < start or here) or not spending:
        return False
    last = _sentence_before(context, start)
    return here or not _OTHER.search(last) or _names_defence(last)


def _spoken_of_nato(parsed: Parsed, context: Context) -> bool:
    """Whether NATO is named in the text, by the end of the sentence."""
    end = parsed.tree.offset + len(parsed.text)
    named = "NATO" in context.organisations and context.first(_NATO) < end
    return named or (context.first(_ALLIANCE) < end and not context.organisations - {"NATO"})


def speaks_of_defence(parsed: Parsed, context: Context) -> bool:
    """Whether "spending" in a sentence is on defence, because the text is on NATO and the sentences before say so."""
    start = parsed.tree.offset
    here = [m for m in _OTHER.findall(parsed.text) if m.lower() not in ("growth", "real terms")]
    if here or context.first(_DEFENCE) >= start or not _spoken_of_nato(parsed, context):
        return False
    return not _OTHER.search(_sentence_before(context, start))


def _sentence_before(context: Context, start: int) -> str:
    """Return the last sentence before an index."""
    parts = re.split(r"(?<=[.!?])[\"')]* +|\n+", context.text[max(0, start - NEAR) : start].strip())
    return parts[-1]


def _names_defence(sentence: str) -> bool:
    """Whether a sentence itself names the share of GDP, or the guideline, for defence."""
    return (
        _SET.search(sentence) is not None and re.search(r"[Dd]efen[cs]e|guideline|NATO", sentence) is not None
    )


def takes_base(parsed: Parsed, value: Tag) -> bool:
    """Whether a rate stands as a share of GDP does: spent by an ally, beside its name, or as its share.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    value : Tag
        A rate without a base.

    Returns
    -------
    bool
        Never for a rate by which something changes, nor for one of something else.
    """
    tree, node = parsed.tree, parsed.tree.at(value)
    after = parsed.after(value.end)
    if node is None or value.value.value >= MOST_BARE or _CHANGE.match(after) or not _TAIL.match(after):
        return False
    if re.search(
        r"\b(?:by|another|further|extra|additional|than|over|under|about whether) (?:an? |some |about )?$",
        parsed.before(value.start),
    ):
        return False
    if _is_beside(parsed, value) or re.search(_THE_SHARE, parsed.before(value.start)):
        return True
    verb = tree.verb_of(node)
    if verb is None:
        return False
    subject = tree.subject_of(verb)
    if verb.word in SPEND:
        at = _AT.search(parsed.before(value.start)) is not None or _is_former(parsed, value)
        return at or node.dep in ("dobj", "attr", "npadvmod", "conj", "dep")
    if subject is None:
        return False
    if _AT.search(parsed.before(value.start)) and _GOAL.search(parsed.text) and node.dep == "pobj":
        return subject.tag is not None and country_of(subject.tag) != ""
    if verb.word in _MOVE and any(_is_share_of(parsed, n) for n in tree.children(verb, "dobj")):
        return True
    if subject.tag is not None and country_of(subject.tag):
        return verb.word in STAND and _hangs_on(parsed, node, verb, ("at", "with"))
    moved = [subject, *tree.children(verb, "dobj")]
    again = subject.word == "it" and parsed.earlier is not None and _is_on_share(parsed.earlier)
    return verb.word in _MOVE and (again or any(_is_share_of(parsed, n) for n in moved))


def _is_former(parsed: Parsed, value: Tag) -> bool:
    """Whether a rate is what was spent at a date right behind it: "2.9 percent, against 2.3 percent last year"."""
    led = re.search(
        r"\b(?:against|up from|down from|compared (?:with|to)) (?:just |only )?$", parsed.before(value.start)
    )
    dates = [t for t in parsed.values("D") if t.start >= value.end]
    return bool(led and dates and parsed.between(value.end, dates[0].start) in (" ", " in "))


def _is_beside(parsed: Parsed, value: Tag) -> bool:
    """Whether a rate stands right behind the name of a country: "Norway (2.2 %)", "Norway, at 2.2 %,"."""
    names = [t for t in parsed.tags if country_of(t) and t.end <= value.start]
    gap = parsed.between(names[-1].end, value.start) if names else ""
    closed = (
        re.match(r" ?\)", parsed.after(value.end))
        if "(" in gap
        else re.match(r"(?:[,;.]|$| and\b)", parsed.after(value.end))
    )
    if re.search(r"\bshares?\b", parsed.text) and gap == ", ":
        return closed is not None
    listed = gap == " " and any(t.end <= names[-1].start for t in parsed.values("R"))
    return bool(gap and (listed or _BESIDE.match(gap)) and closed)


def _hangs_on(parsed: Parsed, node: Node, verb: Node, prepositions: tuple[str, ...]) -> bool:
    """Whether a rate is what an ally stands at: the object of the verb, or of one of some prepositions below it."""
    head = parsed.tree.head(node)
    if head is verb:
        return node.dep in ("dobj", "attr") and verb.word in (
            "reach",
            "reaches",
            "reached",
            "hit",
            "hits",
            "manages",
            "managed",
            "posts",
            "posted",
        )
    return node.dep == "pobj" and head.word in prepositions


def _is_on_share(parsed: Parsed) -> bool:
    """Whether a sentence has the share, or the spending, of a country as its subject."""
    root = next((n for n in parsed.tree.nodes if n.dep == "ROOT"), None)
    subject = parsed.tree.subject_of(root) if root is not None else None
    return subject is not None and _is_share_of(parsed, subject)


def _is_share_of(parsed: Parsed, node: Node) -> bool:
    """Whether a noun is the share, or the spending, of a country, or of one named by a pronoun."""
    if node.word not in _SHARES:
        return False
    below = parsed.tree.subtree(node)
    owned = any(n.tag is not None and country_of(n.tag) for n in below)
    return owned or any(n.word in ("its", "their") for n in below)


def is_plain(parsed: Parsed, value: Tag) -> bool:
    """Whether a rate is the object of a verb of spending, with no purpose of its own beside."""
    node = parsed.tree.at(value)
    verb = parsed.tree.verb_of(node) if node is not None else None
    return verb is not None and verb.word in SPEND and _OTHER.search(parsed.text) is None
