"""How a clause is meant: only a finite clause that nothing above it doubts asserts what it says."""

from __future__ import annotations

import re
from functools import cache

from foedus.reading.lexicon import words
from foedus.reading.trees.parse import Node, Tree
from foedus.reading.trees.types import Truth

__all__ = ["EXPECT", "truth_of"]


FALSE = words(
    "false wrong untrue myth lie fiction nonsense incorrect inaccurate mistaken misleading rubbish fantasy fallacy "
    "absurd unfounded baseless hoax error mistake bogus invented fabricated disproved debunked fable legend "
    "misconception falsehood canard untruth exaggeration"
)
FALSELY = words("wrongly falsely incorrectly mistakenly erroneously untruthfully misleadingly inaccurately")
DENY = words("deny refute reject dispute contradict debunk disprove rebut contest dismiss")
DOUBT = words("doubt wonder question ask inquire imagine suppose pretend")
WISH = words(
    "want wish hope urge demand ask call need require aim plan intend promise pledge vow commit agree seek try "
    "propose propos recommend press push encourage oblige obligate decide strive undertake ought wait mean threaten "
    "offer prepare attempt insist like prefer tell let help convince persuade force make ensure guarantee "
    "consider warn favour favor envisage apply invite ready willing keen able likely unlikely close reluctant eager "
    "allow enable obligated bound supposed committed determined agreed struggle fail refuse decline"
)
"""Verbs and adjectives whose infinitive states nothing that is so."""
EXPECT = words(
    "expect project forecast estimate predict anticipate schedule set due go slate poise foresee plan track"
)
PREDICT = words("predict forecast foresee anticipate speculate bet prophesy fear guess")
SAME = words(
    "continue use begin start manage appear seem remain keep happen prove come tend lead prompt drive cause spur get induce move opt"
)
"""Verbs whose infinitive is as true as they are."""
OPINION_VERBS = words("think believe feel guess reckon")
GOALS = words(
    "goal target pledge promise commitment plan aim proposal call demand ambition objective intention obligation need "
    "decision agreement idea hope wish possibility prospect vow benchmark requirement deadline bid request desire "
    "path road way effort push appeal duty recommendation"
)
CLAIMS = words(
    "claim notion idea suggestion allegation assertion assumption belief rumour rumor view charge talk"
)
CONDITIONS = words("if unless whether until till lest supposing providing provided once")
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ting", "t"), ("ning", "n"), ("ging", "g"))
OPINION = re.compile(
    r"\b(?:I|we|We) (?:think|believe|feel|guess|suppose|doubt)\b|\b(?i:in (?:my|our|his|her) (?:view|opinion))\b|\b(?i:arguably|perhaps|maybe|probably|possibly|supposedly|allegedly|reportedly|seemingly|presumably|hopefully)\b|\b(?:seems?|appears?) to\b|\b(?i:rumou?red|some say|it is said)\b"
)
"""Words before a claim that make it an opinion or hearsay."""


@cache
def _stem(word: str) -> frozenset[str]:
    """Return what the base form of a verb may be."""
    out = {word}
    for ending in ("s", "es", "d", "ed", "ing"):
        if word.endswith(ending):
            base = word[: -len(ending)]
            out |= {base, base + "e", base[:-1] if base[-2:-1] == base[-1:] else base}
    out |= {word[: -len(a)] + b for a, b in _ENDINGS if word.endswith(a)}
    irregular = {"thought": "think", "felt": "feel", "told": "tell", "sought": "seek", "meant": "mean", "made": "make",
                 "led": "lead", "drove": "drive", "driven": "drive", "foresaw": "foresee", "got": "get",
                 "began": "begin", "begun": "begin", "came": "come", "kept": "keep", "undertook": "undertake",
                 "gone": "go", "went": "go"}  # fmt: skip
    return frozenset(out | {irregular.get(word, word)})


def truth_of(tree: Tree, node: Node, *, participle: bool = False) -> tuple[Truth, str]:
    """Return how the clause of a node is meant.

    Parameters
    ----------
    tree : Tree
        The sentence.
    node : Node
        A node of the clause.
    participle : bool, default False
        Whether a participle behind a noun ("countries meeting it") says as much as the clause of the noun.

    Returns
    -------
    Truth
        How it is meant.
    str
        "opinion" where the sentence marks it as one, else nothing.
    """
    if tree.text.rstrip("\"') ").endswith("?"):
        return Truth.ASKED, ""
    opinion = _opinion(tree, node)
    goal = next((a for a in _noun_path(tree, node) if a.word.rstrip("s") in GOALS or a.word in GOALS), None)
    verb = tree.verb_of(node)
    if goal is not None:
        return Truth.WISHED, opinion
    if verb is None:
        return Truth.ASSERTED, opinion
    truth = _own(tree, verb, participle)
    if truth is Truth.ASSERTED or truth is Truth.EXPECTED:
        above = _above(tree, verb)
        truth = above if above is not Truth.ASSERTED else truth
    return truth, opinion


def _noun_path(tree: Tree, node: Node) -> list[Node]:
    """Return the nouns above a node, up to its verb."""
    out = []
    for a in tree.ancestors(node):
        if tree.is_clause(a):
            break
        out.append(a)
    return out


def _opinion(tree: Tree, node: Node) -> str:
    """Return "opinion" where a clause, or one above it, is marked as one."""
    verb = tree.verb_of(node) or node
    if OPINION.search(tree.text[: max(node.span[1], verb.span[1]) - tree.offset]):
        return "opinion"
    above = [a for a in tree.ancestors(verb) if tree.is_clause(a) and verb.dep == "ccomp"]
    return "opinion" if any(_stem(a.word) & OPINION_VERBS for a in above) else ""


def _own(tree: Tree, verb: Node, participle: bool) -> Truth:
    """Return what a verb's own words say: negation, modals, condition, finiteness."""
    words = {c.word for c in tree.children(verb)}
    auxiliaries = tree.auxiliaries(verb)
    modals = {a.word for a in auxiliaries if a.pos == "MD"}
    if _is_conditional(tree, verb, words):
        return Truth.CONDITIONAL
    if modals & {"would", "could", "may", "might", "'d"}:
        return Truth.CONDITIONAL
    if modals & {"should", "must", "shall", "can", "ought", "need"}:
        return Truth.WISHED
    if any(c.dep == "neg" or c.word in ("never", "hardly", "nowhere") for c in tree.children(verb)):
        return Truth.NEGATED
    if any(c.dep == "neg" for a in auxiliaries for c in tree.children(a)):
        return Truth.NEGATED
    if words & FALSELY:
        return Truth.DENIED
    if tree.is_finite(verb):
        return Truth.EXPECTED if modals & {"will", "'ll"} else Truth.ASSERTED
    if verb.dep in ("xcomp", "ccomp", "advcl", "acl", "conj", "ROOT") and any(
        a.word == "to" for a in auxiliaries
    ):
        return _infinitive(tree, verb)
    if participle and verb.dep in ("acl", "relcl", "conj", "amod", "pobj", "advcl"):
        return Truth.ASSERTED
    return Truth.NOT_FINITE


def _is_conditional(tree: Tree, verb: Node, words: set[str]) -> bool:
    """Whether a clause is a condition, by its mark or by inversion."""
    marks = {c.word for c in tree.children(verb, "mark", "advmod")}
    if marks & CONDITIONS or {"in", "case"} <= words or {"as", "though"} <= marks:
        return True
    if "so" in marks and "that" in marks:
        return True
    subjects = tree.children(verb, "nsubj", "nsubjpass")
    first = next((a for a in tree.auxiliaries(verb) if a.word in ("had", "were", "should")), None)
    return bool(first and subjects and first.i < subjects[0].i < verb.i and verb.dep != "ROOT")


def _infinitive(tree: Tree, verb: Node) -> Truth:
    """Return how an infinitive is meant, by the verb or adjective that it hangs on."""
    head = tree.head(verb)
    if verb.dep == "conj" and tree.is_clause(head):
        return _own(tree, head, False)
    stems = _stem(head.word)
    upper = tree.verb_of(head)
    if stems & EXPECT and (head.pos == "VBN" or stems & {"go", "expect", "project", "forecast", "estimate"}):
        return Truth.EXPECTED
    if head.word in ("due", "set", "likely", "poised", "track", "course"):
        return Truth.EXPECTED
    if upper is not None and {c.word for c in tree.subtree(upper)} >= {"on", "track"}:
        return Truth.EXPECTED
    if stems & SAME and upper is not None:
        # "…, opting to join": as true as the clause that the participle hangs on.
        hung = upper.pos == "VBG" and upper.dep == "advcl" and not tree.auxiliaries(upper)
        above = tree.verb_of(tree.head(upper)) if hung else upper
        return _own(tree, above or upper, False)
    if stems & WISH:
        return Truth.WISHED
    return Truth.NOT_FINITE


def _above(tree: Tree, verb: Node) -> Truth:
    """Return what the clauses above a clause make of it."""
    at = verb
    while at.head != at.i:
        head = tree.head(at)
        here = _step(tree, at, head)
        if here is not None:
            return here
        if at.dep in ("advcl", "relcl") and tree.is_clause(at) and tree.is_finite(at):
            return Truth.ASSERTED
        at = head
    return Truth.ASSERTED


def _step(tree: Tree, at: Node, head: Node) -> Truth | None:
    """Return what one head makes of the clause below it; None where it leaves it as it is."""
    stems = _stem(head.word)
    marks = {c.word for c in tree.children(head, "acomp", "attr", "oprd", "advmod", "dobj")}
    if tree.is_clause(head):
        clausal = tree.is_clause(at) and at.dep in (
            "ccomp",
            "csubj",
            "csubjpass",
            "xcomp",
            "advcl",
            "nsubj",
            "dep",
        )
        linked = at.dep != "ccomp" or _has_mark(tree, at) or at.i > head.i
        if clausal and marks & FALSE and (linked or head.word in ("is", "was", "'s")):
            return Truth.DENIED
        if (
            not tree.is_clause(at)
            and at.dep in ("nsubj", "nsubjpass")
            and marks & FALSE
            and at.word in CLAIMS
        ):
            return Truth.DENIED
        if clausal and at.dep in ("ccomp", "csubj", "csubjpass", "xcomp") and at.i > head.i:
            return _governed(tree, at, head, stems)
        return None
    noun = head.word.rstrip("s")
    content = at.dep in ("acl", "ccomp", "relcl") and _has_mark(tree, at)
    if (
        (noun in GOALS or head.word in GOALS)
        and noun not in CLAIMS
        and (content or at.dep in ("acl", "pcomp"))
    ):
        return Truth.WISHED
    said = at.dep == "relcl" and head.dep in ("attr", "acomp") and not _is_relative(tree, at)
    if (content or said) and (head.word in FALSE or noun in FALSE):
        return Truth.DENIED
    if content and noun in CLAIMS:
        upper = tree.verb_of(head)
        false = upper is not None and {c.word for c in tree.children(upper, "acomp", "attr")} & FALSE
        denied = upper is not None and (_stem(upper.word) & DENY or _negative(tree, upper))
        return Truth.DENIED if false or denied else Truth.REPORTED
    return None


def _is_relative(tree: Tree, verb: Node) -> bool:
    """Whether the noun before a clause is its subject: "a myth that spreads"."""
    subjects = tree.children(verb, "nsubj", "nsubjpass")
    return not subjects or any(s.pos in ("WDT", "WP") for s in subjects)


def _has_mark(tree: Tree, verb: Node) -> bool:
    """Whether a clause begins with a conjunction."""
    return bool(tree.children(verb, "mark"))


def _negative(tree: Tree, verb: Node) -> bool:
    """Whether a verb, or its subject, is negated."""
    subjects = [n.word for c in tree.children(verb, "nsubj", "nsubjpass") for n in tree.subtree(c)]
    none = {"no", "nobody", "none", "neither", "hardly", "few"} & {
        *subjects,
        *(c.word for c in tree.children(verb)),
    }
    return bool(tree.children(verb, "neg") or none)


def _governed(tree: Tree, at: Node, head: Node, stems: frozenset[str]) -> Truth | None:
    """Return what a verb makes of the clause that it governs."""
    words = {c.word for c in tree.children(head)}
    if stems & DENY or words & FALSELY:
        return Truth.DENIED
    if _negative(tree, head) and at.dep != "xcomp":
        return Truth.DENIED
    if stems & DOUBT and at.dep == "ccomp":
        return Truth.ASKED
    if at.dep == "ccomp" and stems & PREDICT:
        return Truth.PREDICTED
    if at.dep == "ccomp" and stems & EXPECT and not stems & {"estimate"}:
        return Truth.EXPECTED
    if at.dep == "ccomp" and stems & (WISH - {"warn", "insist", "tell", "agree"}):
        return Truth.WISHED
    auxiliaries = tree.auxiliaries(head)
    if any(a.word in ("would", "could", "might", "may") for a in auxiliaries):
        return Truth.CONDITIONAL
    if (
        at.dep == "ccomp"
        and any(a.word in ("should", "must") for a in auxiliaries)
        and not stems & {"note", "say"}
    ):
        return Truth.WISHED
    return None
