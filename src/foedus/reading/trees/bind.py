"""Bind a value to what it is said of: by the tree, and by the order of words as second witness."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from foedus.reading.lexicon import METONYMS, words
from foedus.reading.tagging import Tag
from foedus.reading.text import Span
from foedus.reading.trees.open_times import segment_of
from foedus.reading.trees.parse import Node, Tree
from foedus.reading.trees.source import source_of
from foedus.reading.trees.times import when_of
from foedus.reading.trees.truth import truth_of
from foedus.reading.trees.types import Bound

__all__ = ["SPENDING", "Parsed", "Scope", "bind", "country_of", "scope_below", "unit_after"]

SPENDING = frozenset(
    (
        "spending expenditure expenditures budget budgets outlay outlays investment investments effort efforts "
        "bill share level levels burden funding allocation allocations allotment contribution spend"
    ).split()
)
"""Nouns of what is spent."""
PRONOUNS = frozenset(["it", "they", "which", "that", "who", "this", "its", "their", "he", "she"])
_WHOLE = words(
    "allied total overall combined collective annual defence military atlantic transatlantic western north whole entire all own real"
)
_NOT_SUBJECT = re.compile(
    r"\b(?:than|like|unlike|alongside|against|besides|behind|ahead of|near|as in|as|to|for|with|on|from|of|in|into|over|invad\w+|attack\w+|border\w*|facing|neighbou?ring|by|than in|to those of|that of)(?: the| both)? $"
)
"""Before a country that the value is not said of."""
_BESIDE_BEFORE = re.compile(
    r"^(?:'s?)?(?:,? \((?:at |with |now )?|,? (?:at|with|on) (?:an? )?(?:just |only )?| - |: | |, )$"
)
_BESIDE_AFTER = re.compile(r"^(?:[- ]of[- ](?:its )?GDP)? (?:in|for|by) (?:the )?$")
_UNIT = re.compile(
    r"^(?:[- ](?:of|from)[- ](?:(?:its|their|the|our|national|annual|combined|collective|respective|a country's|each country's|total|country's|nation's|overall|[A-Z]\w+'s?|[a-z]+'s) ){0,8}|[- ])(?:GDP|gross (?:domestic|national) product|(?:economic |national )?output|economy|national income)\b"
)


@dataclass(frozen=True)
class Scope:
    """Of whom something is said.

    Attributes
    ----------
    code : str
        Alpha-3 code, "NATO", "NATO_EUR_CAN", "EUROPE" or nothing.
    tag : Tag or None
        The name.
    span : Span
        Of the plain text.
    firm : bool
        Whether both witnesses agree.
    others : tuple of str
        Further countries of which the same is said.
    """

    code: str
    tag: Tag | None
    span: Span
    firm: bool = True
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """A sentence as frames see it.

    Attributes
    ----------
    tree : Tree
        Its tree.
    tags : list of Tag
        What is marked in it, in order.
    earlier : Parsed or None
        The sentence before it in its paragraph.
    """

    tree: Tree
    tags: list[Tag]
    earlier: Parsed | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The sentence in plain form."""
        return self.tree.text

    def before(self, index: int) -> str:
        """Return the sentence before an index of the plain text."""
        return self.tree.text[: index - self.tree.offset]

    def after(self, index: int) -> str:
        """Return the sentence after an index of the plain text."""
        return self.tree.text[index - self.tree.offset :]

    def between(self, start: int, end: int) -> str:
        """Return the words between two indices of the plain text."""
        return self.tree.text[start - self.tree.offset : end - self.tree.offset]

    def values(self, kinds: str) -> list[Tag]:
        """Return what is marked of some kinds."""
        return [t for t in self.tags if t.kind in kinds]


def country_of(tag: Tag) -> str:
    """Return the country that a name means, or its government's seat; nothing for others."""
    if tag.kind in "CJE":
        return str(tag.value)
    return METONYMS.get(tag.text, "") if tag.kind == "L" else ""


def unit_after(parsed: Parsed, value: Tag) -> re.Match[str] | None:
    """Return the words that make a rate one of GDP."""
    return _UNIT.match(parsed.after(value.end))


def scope_below(tree: Tree, node: Node, *, own: bool = True) -> Scope | None:
    """Return whom a noun and what modifies it mean.

    Parameters
    ----------
    tree : Tree
        The sentence.
    node : Node
        The noun.
    own : bool, default True
        Whether the noun itself may be the name.

    Returns
    -------
    Scope or None
        None where it names nobody, or several that are no group of the ledger.
    """
    if own and node.tag is not None and country_of(node.tag):
        return _named(tree, node)
    reach = [n for n in tree.subtree(node) if not _in_clause_below(tree, n, node)]
    words = {n.word for n in reach}
    countries = [n for n in reach if n.tag is not None and country_of(n.tag) and tree.at(n.tag) is n]
    if any(n.tag is not None and n.tag.kind == "E" for n in countries):
        group = next(n for n in countries if n.tag is not None and n.tag.kind == "E")
        return Scope("NATO_EUR_CAN", group.tag, group.span)
    if words & {"european", "europe", "europeans"}:
        canada = any(n.tag is not None and country_of(n.tag) == "CAN" for n in reach)
        return Scope("NATO_EUR_CAN" if canada else "EUROPE", None, _span(reach))
    codes = list(dict.fromkeys(country_of(n.tag) for n in countries if n.tag))
    if len(codes) == 1 and not (words & {"allies", "members"}):
        return Scope(codes[0], countries[0].tag, countries[0].span)
    if codes:
        return None
    return Scope("NATO", None, _span(reach)) if _is_nato(reach) and not _narrowed(tree, node) else None


def _narrowed(tree: Tree, node: Node) -> bool:
    """Whether a clause or a phrase behind a noun picks some out: "the allies bordering Russia"."""
    behind = [c for c in tree.children(node) if c.i > node.i]
    return any(
        c.dep in ("acl", "relcl")
        or (c.dep == "prep" and c.word not in ("of", "in", "as", "across", "within", "by"))
        for c in behind
    )


def _is_nato(reach: list[Node]) -> bool:
    """Whether a noun with what stands beside it is the Alliance or all its allies, and not some of them."""
    kinds = {str(n.tag.value) for n in reach if n.tag is not None and n.tag.kind == "G"}
    words = {n.word for n in reach}
    if kinds - {"NATO"} or not (kinds or words & {"allies", "ally", "alliance"}):
        return False
    return not any(
        n.pos in ("JJ", "JJR", "JJS", "NNP") and n.tag is None and n.word not in _WHOLE for n in reach
    )


def _named(tree: Tree, node: Node) -> Scope | None:
    """Return the scope of a name, with those joined to it."""
    joined = [node]
    for n in joined:
        joined += [
            c
            for c in tree.children(n, "conj", "appos")
            if c.tag is not None and country_of(c.tag) and c.dep == "conj"
        ]
    codes = [country_of(n.tag) for n in joined if n.tag is not None]
    if node.dep == "conj" or tree.children(node, "conj"):
        words = {n.word for n in tree.subtree(node)} | {tree.head(node).word}
        if words & {"europe", "allies", "european"}:
            return Scope("NATO_EUR_CAN" if "CAN" in codes else "", node.tag, node.span)
    return Scope(codes[0], node.tag, node.span, others=tuple(codes[1:]))


def _in_clause_below(tree: Tree, node: Node, top: Node) -> bool:
    """Whether a clause stands between a node and one above it."""
    while node is not top:
        if tree.is_clause(node):
            return True
        node = tree.head(node)
    return False


def _span(nodes: list[Node]) -> Span:
    return nodes[0].span[0], nodes[-1].span[1]


def _by_tree(parsed: Parsed, node: Node) -> Scope | None:
    """Return whom a value is said of, by the tree."""
    tree = parsed.tree
    for a in tree.ancestors(node):
        if tree.is_clause(a):
            break
        if a.tag is not None and country_of(a.tag):
            return _named(tree, a)
        if a.word in SPENDING:
            scope = scope_below(tree, a, own=False)
            if scope is not None and scope.code:
                return scope
    verb = tree.verb_of(node)
    depth = 0
    while verb is not None and depth < 4:
        scope = _of_verb(parsed, verb)
        if scope is not None:
            return scope
        verb = tree.verb_of(tree.head(verb)) if verb.head != verb.i else None
        depth += 1
    return None


def _of_verb(parsed: Parsed, verb: Node) -> Scope | None:
    """Return whom a clause is about: the possessor of the spending it names, else its subject."""
    tree = parsed.tree
    for spent in tree.children(verb, "dobj", "nsubjpass"):
        if spent.word in SPENDING:
            scope = scope_below(tree, spent, own=False)
            if scope is not None and scope.code not in ("", "NATO"):
                return scope
    subject = tree.subject_of(verb)
    if subject is None:
        return None
    if (
        subject.word in PRONOUNS
        or subject.pos in ("PRP", "DT")
        or (subject.word in SPENDING and _possessed(tree, subject))
    ):
        return _antecedent(parsed, subject)
    return scope_below(tree, subject)


def _possessed(tree: Tree, node: Node) -> bool:
    """Whether a noun is somebody's by pronoun: "its budget"."""
    return any(c.word in ("its", "their", "his", "her") for c in tree.children(node, "poss"))


def _antecedent(parsed: Parsed, pronoun: Node) -> Scope | None:
    """Return the subject before a pronoun in the same sentence."""
    tree = parsed.tree
    subjects = [n for n in tree.nodes[: pronoun.i] if n.dep in ("nsubj", "nsubjpass")]
    for subject in reversed(subjects):
        if subject.word in PRONOUNS or subject.pos in ("WDT", "WP"):
            continue
        scope = scope_below(tree, subject)
        if scope is not None and scope.code:
            return scope
    own = pronoun.word in ("it", "its", "they", "their") or _possessed(tree, pronoun)
    topic = _topic_of(parsed.earlier) if own and parsed.earlier is not None else None
    return replace(topic, tag=None, span=pronoun.span, firm=False) if topic is not None else None


def _topic_of(parsed: Parsed, depth: int = 0) -> Scope | None:
    """Return the one country or group that a sentence is about, for a pronoun in the next."""
    root = next((n for n in parsed.tree.nodes if n.dep == "ROOT"), None)
    subject = parsed.tree.subject_of(root) if root is not None else None
    if subject is None:
        return None
    if subject.word in PRONOUNS or _possessed(parsed.tree, subject):
        return _topic_of(parsed.earlier, depth + 1) if parsed.earlier is not None and depth < 2 else None
    scope = scope_below(parsed.tree, subject)
    return scope if scope is not None and scope.code and not scope.others else None


def _by_words(parsed: Parsed, value: Tag) -> tuple[Tag | None, bool]:
    """Return the country that a value is said of by the order of words, and whether it stands beside it."""
    tree = parsed.tree
    names = [t for t in parsed.tags if country_of(t)]
    for tag in names:
        if tag.end <= value.start and not any(
            tag.end <= o.start < value.start for o in parsed.tags if o is not value
        ):
            gap = parsed.between(tag.end, value.start)
            if _BESIDE_BEFORE.match(gap) and (gap.strip() or tag.kind != "J"):
                return tag, True
    for tag in names:
        if tag.start >= value.end and _BESIDE_AFTER.match(parsed.between(value.end, tag.start)):
            return tag, True
    first, last = segment_of(tree, value.start, parsed.tags)
    fit = [t for t in names if not _NOT_SUBJECT.search(parsed.before(t.start)) or _of_spending(parsed, t)]
    for low, high in ((first, value.start), (tree.offset, value.start), (value.end, last)):
        inside = [t for t in fit if low <= t.start < high]
        if inside:
            return inside[-1] if high == value.start else inside[0], False
    return None, False


def _of_spending(parsed: Parsed, tag: Tag) -> bool:
    """Whether a country is named as whose spending it is: "defence spending in Poland"."""
    before = parsed.before(tag.start)
    return (
        re.search(r"\b(?:spending|expenditures?|budgets?|outlays?) (?:in|of|by|for) (?:the )?$", before)
        is not None
    )


def bind(parsed: Parsed, value: Tag, *, participle: bool = False) -> Bound | None:
    """Bind a value.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    value : Tag
        A number, rate or amount in it.
    participle : bool, default False
        See :func:`~foedus.reading.trees.truth.truth_of`.

    Returns
    -------
    Bound or None
        None where the tree has no node for it.
    """
    tree = parsed.tree
    node = tree.at(value)
    if node is None:
        return None
    verb = tree.verb_of(node)
    when = when_of(tree, verb, value, parsed.tags)
    truth, opinion = truth_of(tree, node, participle=participle)
    scope = subject_of(parsed, value, node)
    start = min(scope.span[0], value.start) if scope else value.start
    end = max(value.end, scope.span[1] if scope else 0)
    return Bound(
        value=value,
        noun=_noun(tree, node),
        verb=verb.word if verb is not None else "",
        subject=scope.tag if scope else None,
        whom=scope.code if scope else "",
        span=(start, end),
        when=when,
        truth=truth,
        source=source_of(tree.text),
        firm=bool(scope and scope.firm) and when.firm,
        opinion=bool(opinion),
        others=scope.others if scope else (),
    )


def _noun(tree: Tree, node: Node) -> str:
    """Return the noun that a value counts, or the words it stands in."""
    head = tree.head(node)
    return head.word if node.dep in ("nummod", "amod", "compound", "quantmod") else ""


def subject_of(parsed: Parsed, value: Tag, node: Node) -> Scope | None:
    """Return of whom a value is said, by both witnesses."""
    tree = _by_tree(parsed, node)
    words, beside = _by_words(parsed, value)
    if words is None:
        return (
            tree
            if tree is None or tree.code in ("NATO", "NATO_EUR_CAN", "EUROPE")
            else Scope(tree.code, tree.tag, tree.span, False, tree.others)
        )
    code = country_of(words)
    agree = tree is not None and (tree.code == code or code in tree.others)
    if beside:
        bracket = words.end <= value.start and "(" in parsed.between(words.end, value.start)
        return Scope(code, words, (words.start, words.end), agree or bracket)
    if tree is not None and agree:
        return tree
    if tree is not None:
        group = tree.code in ("NATO", "NATO_EUR_CAN", "EUROPE")
        return Scope(tree.code, tree.tag, tree.span, group, tree.others)
    return Scope(code, words, (words.start, words.end), False)
