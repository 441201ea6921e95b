"""How much money is said to be spent on defence, and what amounts were agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from foedus.reading.claims import StatedClaim
from foedus.reading.context import Context
from foedus.reading.frames.amount_check import check_amount
from foedus.reading.frames.bases import speaks_of_defence
from foedus.reading.frames.shares import DEFENCE
from foedus.reading.frames.stating import slots, stated
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import SPENDING, Parsed, bind
from foedus.reading.trees.times import stated_in
from foedus.reading.trees.types import Source

__all__ = ["CHECKS", "FINDERS"]

SPEND = frozenset(
    (
        "spend spends spent spending invest invests invested investing allocate allocates allocated allocating "
        "devote devotes devoted earmark earmarks earmarked budget budgeted budgets put puts pour poured pours"
    ).split()
)
EQUALS = frozenset(
    (
        "is are was were be been reach reached reaches stood stand stands amount amounted amounts total "
        "totalled totaled totals equal equals equalled equaled comes came hit hits rose rise risen rises grew "
        "grown grow exceed exceeded exceeds surpass surpassed surpasses estimated projected put raised "
        "increased boosted fell fallen top topped tops climbed"
    ).split()
)
_ON = re.compile(
    r"^(?: (?:a|per|each|every) (?:year|month|day)| annually|,)?(?: (?:in|this|last) (?:\w+))? (?:on|for|in|into|to|towards?) (?:(?:its|their|the|own|national|collective|overall|total|buying|new) ){0,8}(?P<what>\w+(?: \w+)?)"
)
_TIMES = re.compile(
    r"^(?:\d|January|February|March|April|May|June|July|August|September|October|November|December|20|this|last|next|total|all|response|real|current|constant|cash|nominal|fiscal|financial|\w+ (?:year|quarter|terms|prices))"
)
_OTHER_MONEY = re.compile(
    r"\b(?:aid|assistance|help|support(?:ed|ing)?|loan\w*|grant\w*|equipment|procurement|contract\w*|deal|worth|purchase\w*|bought|buy|order\w*|sales?|sold|package|fund|"
    r"cost\w*|more|extra|additional|increase of|gap|shortfall|short|debt|deficit|research|infrastructure|factory|factories|personnel|salaries|Ukraine|exports?|assets|saved|save|special)\b"
)


def _find_amounts(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find how much money is said to be spent on defence, or agreed on."""
    parsed = context.parsed(sentence)
    if parsed is None or not parsed.values("M"):
        return
    for value in parsed.values("M"):
        bound = bind(parsed, value)
        if bound is None:
            continue
        if _is_agreed(parsed, value):
            yield replace(
                stated(
                    "amount",
                    bound,
                    slots(scope="NATO", amount=value.value, about="UKR", years=stated_in(bound.when)),
                ),
                modality="actual",
            )
        elif bound.whom and not bound.others and _is_understood(parsed, context, value):
            bound = replace(bound, firm=False)
            yield stated(
                "amount", bound, slots(scope=bound.whom, amount=value.value, years=stated_in(bound.when))
            )
        elif bound.whom and not bound.others and _is_spent(parsed, value):
            if re.search(r"\b[Bb]udget", parsed.text) and not bound.source.kind:
                # A national budget follows a national definition.
                bound = replace(bound, source=Source("announced", "budget"))
            yield stated(
                "amount", bound, slots(scope=bound.whom, amount=value.value, years=stated_in(bound.when))
            )


def _is_understood(parsed: Parsed, context: Context, value: Tag) -> bool:
    """Whether an amount is spent on defence because the text is on nothing else: "it will spend $97 billion"."""
    node = parsed.tree.at(value)
    verb = parsed.tree.verb_of(node) if node is not None else None
    if node is None or verb is None or DEFENCE.search(parsed.text) or _OTHER_MONEY.search(parsed.text):
        return False
    ends = re.match(
        r"^(?:$|[.,;)]| (?:in \d{4}|at (?:constant|current)|this year|last year|and|today|now|while|but)\b)",
        parsed.after(value.end),
    )
    plain = (
        verb.word in ("spend", "spends", "spent") and parsed.tree.head(node) is verb and node.dep == "dobj"
    )
    subject = parsed.tree.subject_of(verb)
    total = (
        verb.word in EQUALS and subject is not None and subject.word in ("spending", "expenditure", "outlays")
    )
    return bool((plain or total) and ends and speaks_of_defence(parsed, context))


def _is_spent(parsed: Parsed, value: Tag) -> bool:
    """Whether an amount is what is spent on defence in all, and not on one thing, or as an addition."""
    tree = parsed.tree
    node = tree.at(value)
    if node is None or not DEFENCE.search(parsed.text):
        return False
    if re.match(
        r"^(?:-| (?:more|extra|additional|less|higher|increase|rise|boost|package|deal|fund|contract|loan|aid|worth|of|to|for (?!defen|the military|its military))\b)",
        parsed.after(value.end),
    ):
        return False
    if re.search(
        r"\b(?:by|additional|extra|another|further|of|than|from|worth) (?:an? |some |about )?$",
        parsed.before(value.start),
    ) and not re.search(
        r"\b(?:budget|spending|expenditure|outlays|total|amount|more|less|fewer) (?:of|than) (?:an? |some |about )?$",
        parsed.before(value.start),
    ):
        return False
    spent_on = _ON.match(parsed.after(value.end))
    if spent_on and not DEFENCE.search(spent_on["what"]) and not _TIMES.match(spent_on["what"]):
        return False
    named = [a for a in tree.ancestors(node) if a.word in SPENDING and not tree.is_clause(a)]
    verb = tree.verb_of(node)
    if verb is None:
        return any(DEFENCE.search(tree.words(n)) for n in named)
    clause = tree.clause_nodes(verb)
    words = parsed.between(clause[0].span[0], clause[-1].span[1])
    if _OTHER_MONEY.search(words.replace(parsed.between(value.start, value.end), "")) and not named:
        return False
    if verb.word in SPEND:
        return DEFENCE.search(words) is not None
    things = [*named, *tree.children(verb, "nsubj", "nsubjpass", "dobj")]
    subject = tree.subject_of(verb)
    things += [subject] if subject is not None else []
    spending = [t for t in things if t.word in SPENDING and DEFENCE.search(tree.words(t))]
    return (verb.word in EQUALS and bool(spending)) or bool(named and spending)


def _is_agreed(parsed: Parsed, value: Tag) -> bool:
    """Whether an amount is one that the allies agreed on for Ukraine."""
    tree = parsed.tree
    node = tree.at(value)
    verb = tree.verb_of(node) if node is not None else None
    agreed = re.search(r"\b(?:pledged?|committed|promised|agreed|provide)\b", parsed.before(value.start))
    allies = re.search(r"\b(?:NATO|[Aa]llies|[Ll]eaders|[Ss]ummit)\b", parsed.before(value.start))
    ukraine = any(t.kind == "C" and t.value == "UKR" for t in parsed.tags if t.start > value.end)
    yearly = re.search(r"year|annual|summit|baseline|minimum", parsed.text)
    return bool(verb is not None and agreed and allies and ukraine and yearly)


FINDERS = (_find_amounts,)
CHECKS = {"amount": check_amount}
