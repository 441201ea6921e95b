"""Which donor, or which group of donors, gives aid in a sentence."""

from __future__ import annotations

from foedus.reading.patterns.aid import SOME
from foedus.reading.tagging import Tag
from foedus.reading.text import Span
from foedus.reading.trees.bind import Parsed, bind, country_of
from foedus.reading.trees.parse import Node

__all__ = ["donor_of", "giver_of"]

_EU = frozenset({"European Union", "European Commission", "European Council"})
_ALL = frozenset({"west", "western", "donors", "partners", "world", "community", "allies", "countries"})
_OTHERS = _ALL | {"europe", "europeans", "european"}


def giver_of(parsed: Parsed, value: Tag, verb: Node) -> tuple[str, Span | None, bool]:
    """Return who gives, where the words stand, and whether it is said surely."""
    tree = parsed.tree
    passive = bool(tree.children(verb, "auxpass", "nsubjpass"))
    nodes = [o for a in tree.children(verb, "agent") for o in tree.children(a, "pobj")]
    nodes += tree.objects_after(verb, "by", "from")
    subject = tree.subject_of(verb)
    if subject is not None and not passive and not nodes:
        nodes.append(subject)
    node = tree.at(value)
    nodes += [a for a in tree.path(node, verb) if a is not node] if node is not None else []
    nodes += [subject] if subject is not None and passive else []
    for giver in nodes:
        scope = donor_of(parsed, giver)
        if scope:
            return scope, giver.span, True
    bound = bind(parsed, value)
    if bound is not None and bound.whom and bound.whom not in ("NATO", "UKR") and not bound.others:
        whom = "EUROPE" if bound.whom == "NATO_EUR_CAN" else bound.whom
        return whom, None, False
    return "", None, False


def donor_of(parsed: Parsed, node: Node) -> str:
    """Return the donor or the group of donors that a noun means; nothing for Ukraine, or for several."""
    tree = parsed.tree
    near = [n for n in tree.subtree(node) if not any(map(tree.is_clause, tree.path(n, node)))]
    named = {n.word for n in near}
    tags = [n.tag for n in near if n.tag is not None]
    groups = {str(t.value) for t in tags if t.kind == "G"}
    codes = list(dict.fromkeys(country_of(t) for t in tags if country_of(t) not in ("", "UKR")))
    codes = [code for code in codes if len(code) == 3]
    if named & SOME or any(t.kind in "NKR" for t in tags) or (codes and (groups or named & _OTHERS)):
        return ""
    if groups & _EU:
        return "EUI" if named & {"institutions", "commission"} or "European Commission" in groups else "EU"
    if groups:
        return ""
    if any(t.kind == "E" for t in tags) or named & {"europe", "european", "europeans"}:
        return "" if codes or "western" in named else "EUROPE"
    if len(codes) == 1:
        return codes[0]
    if codes:
        return ""
    return "ALL" if named & _ALL and "nato" not in named else ""
