"""What share of GDP a country spends on defence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from foedus.reading.claims import Finding, StatedClaim
from foedus.reading.context import Context
from foedus.reading.editions import check_number, check_years
from foedus.reading.frames.bases import is_plain, sets_base, takes_base
from foedus.reading.frames.stating import slots, stated
from foedus.reading.ledger_index import SHARE, LedgerIndex
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import Parsed, bind, country_of, unit_after
from foedus.reading.trees.times import owned_date, stated_in
from foedus.reading.trees.types import Bound

__all__ = ["CHECKS", "DEFENCE", "FINDERS", "GOAL_AFTER"]

DEFENCE = re.compile(
    r"\b(?:[Dd]efen[cs]e|[Mm]ilitary|[Mm]ilitaries|armed forces|army|armies|[Ss]ecurity|arms|rearm\w*|troops|NATO(?:'s)? (?:spending|guideline|target|goal))\b"
)
GOAL_AFTER = re.compile(
    r"^(?:[- ]of[- ](?:GDP|gross domestic product))?(?:[- ](?:NATO|defen[cs]e|spending|military|investment|minimum|alliance|expenditure)){0,8}[- ]"
    r"(?:target|guideline|goal|benchmark|threshold|floor|pledge|commitment|mark|level|minimum|line|requirement|rule|norm|ceiling|standard|barrier|bar)s?\b"
)
_WITH_MORE = re.compile(
    r"\b(?:[Dd]efen[cs]e|military)(?: spending)?,? (?:and|plus|with|including|together with|along with) "
    r"(?:(?:on|its|the|for|military|financial|direct) ){0,4}(?:aid|assistance|support|help)\b"
)
"""What is spent on defence and on aid together is another share than that on defence."""
MOST = 0.5
"""Larger rates are no shares of GDP that an ally spends on defence."""
_TARGET = re.compile(r"\b(?:target|goal|pledge|commit|agree)\w*\b")
"""Beside these the share of all allies is what they agreed on, and not what they spend."""
_RANGE = re.compile(r"\bbetween (?:about |some )?$|\bbetween [^,;.]{1,30} and (?:about )?$")
"""Before the ends of a range, neither of which is the figure."""
_AGAINST = re.compile(
    r"^(?:[- ]of[- ]GDP)? (?:against|versus|compared (?:with|to)|to|and|over) (?:only |just )?$"
)
NEAR = 300
"""Characters before a sentence in which defence may have been named."""
_GOAL_BEFORE = re.compile(
    r"\b(?:target|guideline|goal|benchmark|threshold|floor|pledge|commitment|mark|minimum|requirement|objective|ambition)s?(?: level)?(?: (?:of|to|at|is|was|for \w+)){0,8}(?: at least)? $"
)
_ELLIPSIS = re.compile(
    r"^(?:$|[.,;:)!?\"—]| -| (?:in|on|for|to|from|by|today|now|this|last|and|but|against|compared|while|at|as|or|a year|a decade|a generation|over|since|ten|back|under|when|before|it|is|of its|, )\b)"
)
_OTHER_PURPOSE = re.compile(
    r"^(?:[- ](?:of|from)[- ](?:\w+ )?(?:GDP|gross domestic product|economic output|national income))?,? (?:on|to|for|in|into|towards?|as|of) (?:its |their |the |new |foreign |public |social |all |military |bilateral ){0,8}"
    r"(?:aid|assistance|help|support|research|innovation|R&D|education|health\w*|pensions?|welfare|schools|climate|development|infrastructure|equipment|procurement|hospitals?|roads|energy|debt|interest|tax\w*|humanitarian|Ukraine|civil|resilience|culture|housing|subsid\w+|weapons|personnel|science)\b"
)
_OTHER_QUANTITY = re.compile(
    r"\b(?:deficits?|debts?|aid|assistance|economy|growth|revenues?|tax(?:es|ation)?|pensions?|education|health(?:care)?|research|exports?|imports?|surplus|inflation|unemployment|subsid\w+|welfare|borrowing|trade|investment rate|remittances|development|equipment|procurement|(?:civilian|climate|social|public|infrastructure) (?:spending|investment)s?|support for Ukraine|help)\b"
)
_PURPOSE = re.compile(r"\b(?:on|into|towards?) (?!average|(?:its|their|the|our) (?:way|eve|back)|track|top)")
"""Words before what is spent on; a date after them is none."""
_MAKES_UP = frozenset(
    "make makes made account accounts accounted contribute contributes contributed generate generates".split()
)
"""Verbs of a part of output that is produced, and not spent."""
_POINTS = re.compile(
    r"^ ?(?:percentage )?points?\b|^[- ]points?\b|^ (?:more|less|higher|lower|increase|rise|growth|cut|jump|boost|hike|real)\b"
)


def _find_shares(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find what share of GDP a country, or a group of allies, is said to spend on defence."""
    parsed = context.parsed(sentence)
    if parsed is None or not parsed.values("R"):
        return
    bare = "GDP" not in _folded(parsed.text)
    if bare and not sets_base(parsed, context):
        return
    named = DEFENCE.search(parsed.text) is not None
    if not bare and not named and not _of_defence(parsed, context):
        return
    for value in parsed.values("R"):
        if not _is_share(parsed, value) or (bare and not takes_base(parsed, value)):
            continue
        if not named and _names_purpose(parsed, value):
            continue
        # What stands in brackets behind a name is said, whatever the clause around it.
        bound = bind(parsed, value, participle=parsed.before(value.start).endswith("("))
        if (
            bound is None
            or not bound.whom
            or bound.whom == "EUROPE"
            or (bound.whom in ("NATO", "NATO_EUR_CAN") and _TARGET.search(parsed.text))
            or _counts_allies(parsed, value, bound.whom)
            or (bare and bound.source.kind in ("other", "announced"))
        ):
            continue
        if bound.when.day is None and parsed.before(value.start)[-1:] == " ":
            bound = _with_shared_date(parsed, value, bound)
        # A share without a base, and not the object of a verb of spending, never contradicts alone.
        clear = (named or _is_dated(parsed, value, bound, context)) and (not bare or is_plain(parsed, value))
        clear = clear and not _WITH_MORE.search(parsed.text)
        for code, firm in _whose(parsed, value, (bound.whom, *bound.others)):
            yield stated(
                "share_of_gdp",
                replace(bound, firm=bound.firm and firm and clear),
                slots(country=code, share=value.value, years=stated_in(bound.when)),
            )


def _with_shared_date(parsed: Parsed, value: Tag, bound: Bound) -> Bound:
    """Return a value of a list with the date of the first: "Germany spent 2.1 % in 2024 and France 2.0 %"."""
    listed = any(t.end + 1 == value.start for t in parsed.tags if t.kind == "C")
    first = next((t for t in parsed.values("R") if t.end <= value.start), None)
    date = owned_date(parsed.tree, first, parsed.tags) if first is not None and listed else None
    if date is None or date.start > value.start or parsed.values("D")[-1] is not date:
        return bound
    return replace(bound, when=replace(bound.when, day=date.value, firm=False), firm=False)


def _of_defence(parsed: Parsed, context: Context) -> bool:
    """Whether defence was named just before a sentence, or the text has said what its shares are of."""
    start = parsed.tree.offset
    near = DEFENCE.search(context.text[max(0, start - NEAR) : start]) is not None
    return near or sets_base(parsed, context)


def _names_purpose(parsed: Parsed, value: Tag) -> bool:
    """Whether what is spent is said to be on something, later in the clause: "this year on social programmes"."""
    for match in _PURPOSE.finditer(re.split(r"[.,;:](?= |$)", parsed.after(value.end))[0]):
        at = value.end + match.end()
        if not any(t.kind == "D" and t.start - at in range(5) for t in parsed.tags):
            return True
    return False


def _is_dated(parsed: Parsed, value: Tag, bound: Bound, context: Context) -> bool:
    """Whether a plain sentence on spending names its year, in a text on NATO; "on defence" may then be left out."""
    return bound.when.day is not None and is_plain(parsed, value) and sets_base(parsed, context)


def _whose(parsed: Parsed, value: Tag, codes: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Return the countries of which a share is said, each with whether that is clear."""
    rates = [t for t in parsed.values("R") if t.value.value < MOST]
    if len(codes) > 1 and len(rates) == len(codes) and re.search(r"\brespectively\b", parsed.text):
        return [(codes[rates.index(value)], True)]
    return [(code, len(codes) == 1 and not _is_one_of_two(parsed, value)) for code in codes]


def _is_one_of_two(parsed: Parsed, value: Tag) -> bool:
    """Whether a share is held against another of another country: "twice as much as Italy: 3.08 % against 1.49 %"."""
    if _RANGE.search(parsed.before(value.start)):
        return True
    if len({country_of(t) for t in parsed.tags if country_of(t)}) < 2:
        return False
    for other in parsed.values("R"):
        first, second = sorted((value, other), key=lambda t: t.start)
        linked = _AGAINST.match(parsed.between(first.end, second.start)) if first is not second else None
        if linked and not re.match(r"[^.;,]{0,25}\b(?:in|last|a year) ", parsed.after(second.end)):
            return True
    return False


def _folded(text: str) -> str:
    """Return a text with one word for economic output."""
    return re.sub(
        r"gross (?:domestic|national) product|(?:economic|national) output|national income|"
        r"(?<=of )(?:(?:its|their|the|our) )?(?:output|economy)\b",
        "GDP",
        text,
    )


def _is_share(parsed: Parsed, value: Tag) -> bool:
    """Whether a rate is a share of GDP that is spent on defence, and neither a target nor another quantity."""
    after, before = parsed.after(value.end), parsed.before(value.start)
    unit = unit_after(parsed, value)
    if GOAL_AFTER.match(after) or _GOAL_BEFORE.search(before) or _POINTS.match(after):
        return False
    if unit is None and not _ELLIPSIS.match(after):
        return False
    if _OTHER_PURPOSE.match(after):
        return False
    node = parsed.tree.at(value)
    verb = parsed.tree.verb_of(node) if node is not None else None
    if verb is None:
        return True
    if verb.word in _MAKES_UP and DEFENCE.search(parsed.text) is None:
        return False
    subject = parsed.tree.subject_of(verb)
    things = (
        [
            a
            for a in parsed.tree.ancestors(node)
            if node is not None and a.i != verb.i and not parsed.tree.is_clause(a)
        ]
        if node is not None
        else []
    )
    things = [*things, *([subject] if subject is not None else []), *parsed.tree.children(verb, "dobj")]
    words = " ".join(
        f"{' '.join(c.word for c in parsed.tree.children(n, 'compound', 'amod'))} {n.word}" for n in things
    )
    aid = re.search(r"\b(?:aid|assistance|help|equipment)\b", words)
    return not _OTHER_QUANTITY.search(words) or (DEFENCE.search(words) is not None and not aid)


def _counts_allies(parsed: Parsed, value: Tag, whom: str) -> bool:
    """Whether a rate is a level that a number of allies meet."""
    if whom not in ("NATO", "NATO_EUR_CAN"):
        return False
    numbers = [t for t in parsed.values("N") if t.start < value.start]
    return (
        bool(numbers)
        or re.search(
            r"\b(?:[Aa]ll|[Ee]very|[Ee]ach|[Mm]ost|[Mm]any|[Ss]ome|[Ss]everal|[Ff]ew|[Nn]one|[Hh]alf)\b",
            parsed.before(value.start),
        )
        is not None
    )


def _check_share(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check a country's share of GDP, by the editions published by the day of the text."""
    country, share = claim["country"], claim["share"]

    def check(year: int) -> Finding:
        return check_number(share, ledger_index, day, SHARE, country, year=year)

    return check_years(claim["years"], ledger_index, day, check, about=country)


FINDERS = (_find_shares,)
CHECKS = {"share_of_gdp": _check_share}
