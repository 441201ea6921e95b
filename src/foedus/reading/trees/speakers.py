"""Who speaks: the subject of the verb of saying that governs a quotation, by the tree of the sentence around it.

The words between the marks are replaced by a short form before parsing, so that a quotation of any length
leaves the sentence around it as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.reading.context import FEMALE, LOOK_BACK, MALE, Context
from foedus.reading.lexicon import CUES, NO_SPEAKER, TITLES
from foedus.reading.tagging import Tag, known_people
from foedus.reading.text import Span
from foedus.reading.trees.parse import Node, Tree, parse
from foedus.reading.trees.shape import shape, too_long

__all__ = ["Attribution", "Speech", "Who"]

KEPT_WORDS = 10
"""A quotation of so many words that ends with no mark is part of the sentence around it, and is parsed with it."""
NEAR = 90
"""Characters from a quotation within which a verb of saying that does not govern it may still be its own."""


@dataclass(frozen=True)
class Who:
    """Who is said to speak: the words, where they stand, the person if known, and the office if one is named.

    Attributes
    ----------
    mention : str
        The words of the text.
    span : Span
        Of the plain text.
    name : str or None
        The ledger's name, or for a pronoun the words of an unknown person named before.
    by : str
        "explicit" or "pronoun".
    office : Tag or None
        The office that stands for its holder on the day of the text.
    body : str or None
        The country or organisation of the office.
    """

    mention: str
    span: Span
    name: str | None
    by: str
    office: Tag | None = None
    body: str | None = None


@dataclass(frozen=True)
class Attribution:
    """A quotation's speaker with the verb of saying, and whether they stand beside it."""

    who: Who
    cue: str
    beside: bool


class Speech:
    """The sentences around the quotations of a document, parsed as they are needed.

    Parameters
    ----------
    context : Context
        The document.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self._trees: dict[int, Tree | None] = {}
        self._named: dict[tuple[int, int, str, int], Who | None] = {}

    def prepare(self, numbers: list[int]) -> None:
        """Parse some of the outer sentences at once."""
        new = [i for i in dict.fromkeys(numbers) if 0 <= i < len(self.context.outer) and i not in self._trees]
        batch = []
        for i in new:
            start, end = self.context.outer[i]
            tags = self._tags(start, end)
            shaped = shape(self.context.text, tags, start, end)
            if too_long(shaped.text):
                self._trees[i] = None
            else:
                batch.append((i, (shaped, tags, self.context.text[start:end], start)))
        for (i, _), tree in zip(batch, parse([b for _, b in batch]), strict=True):
            self._trees[i] = tree

    def tree(self, i: int) -> Tree | None:
        """Return the tree of an outer sentence; None where it is too long."""
        if i not in self._trees:
            self.prepare([i])
        return self._trees.get(i)

    def _tags(self, start: int, end: int) -> list[Tag]:
        """Return what is marked outside quotations, and each quotation as one thing."""
        tags = [t for t in self.context.tags_in(start, end) if self.context.quotation_at(t.start) is None]
        for first, last in self.context.quotations_in(start, end):
            if last - first > 2:
                form = _form(self.context.text[first + 1 : last - 1])
                tags.append(Tag("Q", first + 1, min(last - 1, end), None, form))
        return sorted(tags, key=lambda t: t.start)

    def attribute(self, i: int, start: int, end: int) -> Attribution | None:
        """Return who speaks a quotation.

        Parameters
        ----------
        i : int
            The number of the outer sentence.
        start, end : int
            The quotation, marks included.

        Returns
        -------
        Attribution or None
            None where no verb of saying with a speaker stands in the sentence.
        """
        tree = self.tree(i)
        if tree is None:
            return None
        inside = [n for n in tree.nodes if start <= n.span[0] < end]
        if not inside:
            return None
        for verb in self._verbs(tree, inside, start, end):
            who = self._speaker(tree, i, verb)
            if who is not None:
                return Attribution(who, verb.word, _beside(self.context.masked, tree, verb, who, start, end))
        return self._according(tree, i)

    def subject_at(self, i: int, index: int) -> Who | None:
        """Return the speaker of the verb of saying at an index of an outer sentence.

        Parameters
        ----------
        i, index : int
            The sentence's number, and where the verb begins in the plain text.

        Returns
        -------
        Who or None
            None where no finite verb stands there, or its subject is nobody.
        """
        tree = self.tree(i)
        verb = next((n for n in tree.nodes if n.span[0] == index), None) if tree is not None else None
        if tree is None or verb is None or verb.pos[:2] != "VB":
            return None
        if any(a.word == "to" for a in tree.children(verb, "aux")):
            return None
        return self._speaker(tree, i, verb)

    def _verbs(self, tree: Tree, inside: list[Node], start: int, end: int) -> list[Node]:
        """Return the verbs of saying that may govern a quotation, the likeliest first."""
        places = {n.i for n in inside}
        verbs = [n for n in tree.nodes if self._says(tree, n)]
        governing = [a for n in inside for a in tree.ancestors(n) if a in verbs]
        hanging = [v for v in verbs if v.head in places]
        near = sorted(verbs, key=lambda v: _distance(v, start, end))
        near = [v for v in near if _distance(v, start, end) <= NEAR]
        # A verb right behind the closing mark is surer than any that the tree hangs it on.
        after = [v for v in near if v.span[0] >= end and _directly(self.context.masked, tree, v, end)]
        return list(dict.fromkeys([*after, *governing, *hanging, *near]))

    def _says(self, tree: Tree, node: Node) -> bool:
        """Whether a node is a verb of saying outside quotations."""
        if (
            node.word not in CUES
            or self.context.quotation_at(node.span[0]) is not None
            or node.tag is not None
        ):
            return False
        if node.pos[:2] != "VB":
            return False
        return not any(a.word == "to" for a in tree.children(node, "aux"))

    def _speaker(self, tree: Tree, i: int, verb: Node) -> Who | None:
        """Return the speaker of a verb of saying."""
        agents = [o for a in tree.children(verb, "agent") for o in tree.children(a, "pobj")]
        subject = agents[0] if agents else _own_subject(tree, verb) or tree.subject_of(verb)
        if subject is None or self.context.quotation_at(subject.span[0]) is not None:
            return None
        return self._who(tree, i, subject)

    def _according(self, tree: Tree, i: int) -> Attribution | None:
        """Return who is named after "according to"."""
        for node in tree.nodes:
            if node.word == "according":
                objects = [o for p in tree.children(node, "prep") for o in tree.children(p, "pobj")]
                who = self._who(tree, i, objects[0]) if objects else None
                if who is not None:
                    return Attribution(who, "according to", False)
        return None

    def _who(self, tree: Tree, i: int, node: Node) -> Who | None:
        """Return the person, group or body that a noun names; a phrase of time or place names none."""
        if node.word in (MALE | FEMALE | {"they", "we", "i"}) or node.pos == "PRP":
            return self._pronoun(tree, i, node)
        if (
            node.word in NO_SPEAKER
            or node.pos in ("WDT", "WP", "EX", "DT", "CD")
            or (node.tag and node.tag.kind in "DNRMK")
        ):
            return None
        beside = [c for c in tree.children(node, "appos") if c.tag is not None and c.tag.kind == "P"]
        person = (
            node
            if node.tag is not None and node.tag.kind == "P"
            else beside[0]
            if beside and node.pos != "NNP"
            else None
        )
        if person is not None and person.tag is not None:
            return Who(person.tag.text, (person.tag.start, person.tag.end), str(person.tag.value), "explicit")
        if node.tag is not None and node.tag.kind in "GCLE":
            tag = node.tag
            return Who(tag.text, (tag.start, tag.end), str(tag.value), "explicit")
        if node.tag is not None and node.tag.kind == "O":
            return self._office(tree, node)
        named = [node, *(c for c in tree.children(node, "appos") if c.pos == "NNP" and node.pos != "NNP")][-1]
        if named.pos in ("NNP", "NNPS") and named.tag is None:
            return self._stranger(tree, named)
        return self._group(tree, node)

    def _stranger(self, tree: Tree, node: Node) -> Who:
        """Return a person whom the ledger does not know, without titles."""
        first = node
        while first.i > 0:
            before = tree.nodes[first.i - 1]
            if (
                before.pos not in ("NNP", "NNPS")
                or before.tag is not None
                or before.word.strip(".") in TITLES
            ):
                break
            first = before
        span = (first.span[0], node.span[1])
        return Who(self.context.text[slice(*span)], span, None, "explicit")

    def _group(self, tree: Tree, node: Node) -> Who | None:
        """Return a group or role by its words: the noun with what stands before it."""
        left = [n for n in tree.subtree(node) if n.i <= node.i and n.dep not in ("punct",)]
        joined = [c for c in tree.children(node, "conj") if c.pos[:2] == "NN" and c.i - node.i <= 3]
        last = joined[-1] if joined else node
        while left and left[0].pos in ("IN", "CC", "WRB", "RB", "WDT"):
            left = left[1:]
        start = left[0].span[0] if left else node.span[0]
        if last.span[1] - start > NEAR:
            return None
        return Who(self.context.text[start : last.span[1]], (start, last.span[1]), None, "explicit")

    def _office(self, tree: Tree, node: Node) -> Who:
        """Return the office that stands for its holder."""
        left = [n for n in tree.subtree(node) if n.i <= node.i]
        names = [n.tag for n in left if n.tag is not None and n.tag.kind in "CJGL"]
        names += [
            n.tag for n in tree.subtree(node) if n.i > node.i and n.tag is not None and n.tag.kind in "CG"
        ][:1]
        body = str(names[-1].value) if names else None
        start, end = left[0].span[0], (node.tag.end if node.tag else node.span[1])
        status = node.tag.value[2] if node.tag is not None and len(node.tag.value) > 2 else ""
        former = status in ("former", "ex", "late", "previous") or {"former", "ex"} & {n.word for n in left}
        return Who(
            self.context.text[start:end], (start, end), None, "explicit", None if former else node.tag, body
        )

    def _pronoun(self, tree: Tree, i: int, node: Node) -> Who:
        """Return the person behind a pronoun: the subject before it."""
        mention = self.context.text[slice(*node.span)]
        gender = "f" if node.word in FEMALE else "m" if node.word in MALE else ""
        before = self._antecedent(tree, i, node, gender, LOOK_BACK) if gender else None
        if before is None:
            return Who(mention, node.span, None, "pronoun")
        return Who(
            mention,
            node.span,
            before.name or (before.mention if before.office is None else None),
            "pronoun",
            before.office,
            before.body,
        )

    def _antecedent(self, tree: Tree, i: int, pronoun: Node, gender: str, reach: int) -> Who | None:
        """Return the subject before a pronoun, in its sentence and in those before; it is looked for once."""
        key = (i, pronoun.i, gender, reach)
        if key not in self._named:
            self._named[key] = self._look_back(tree, i, pronoun, gender, reach)
        return self._named[key]

    def _look_back(self, tree: Tree, i: int, pronoun: Node, gender: str, reach: int) -> Who | None:
        """Look for the subject before a pronoun."""
        here = [n for n in _subjects(tree) if n.i < pronoun.i and not _interrupted(tree, n, pronoun)]
        for node in reversed(here):
            who = self._person(tree, i, node, gender, reach)
            if who is not None:
                return who
        for j in range(i - 1, max(i - 1 - reach, -1), -1):
            before = self.tree(j)
            if before is None:
                continue
            for node in _subjects(before):
                if self.context.quotation_at(node.span[0]) is not None:
                    continue
                who = self._person(before, j, node, gender, reach - 1)
                if who is not None:
                    return who
            people = {
                t.value
                for t in self.context.outside(*self.context.outer[j])
                if known_people().gender.get(t.value) == gender
            }
            if len(people) == 1:
                name = str(people.pop())
                return Who(name, self.context.outer[j], name, "explicit")
            if people:
                return None
        return None

    def _person(self, tree: Tree, i: int, node: Node, gender: str, reach: int) -> Who | None:
        """Return the person of a gender that a subject means, or None."""
        if node.word in (MALE | FEMALE):
            same = (node.word in FEMALE) == (gender == "f")
            return self._antecedent(tree, i, node, gender, reach) if same and reach > 0 else None
        who = self._who(tree, i, node)
        if who is None or who.by == "pronoun":
            return None
        if who.name is not None:
            return who if known_people().gender.get(who.name) == gender else None
        if who.office is not None:
            return who
        return who if node.pos == "NNP" and node.tag is None and " " in who.mention else None


def _form(inner: str) -> str:
    """Return what stands for the words of a quotation while the sentence around it is parsed."""
    words = inner.split()
    closing = inner[-1:] if inner[-1:] in ".,!?" else "." if inner.endswith("…") else ""
    if not closing and len(words) <= KEPT_WORDS:
        return re.sub(r"\d", "5", inner)
    return "it works" + closing


def _distance(verb: Node, start: int, end: int) -> int:
    """Return how many characters lie between a verb and a quotation."""
    return verb.span[0] - end if verb.span[0] >= end else start - verb.span[1]


def _directly(masked: str, tree: Tree, verb: Node, end: int) -> bool:
    """Whether nothing but the verb's own subject stands between a closing mark and a verb."""
    between = masked[end : verb.span[0]]
    if re.search(r"[.;:\"]", between):
        return False
    subjects = [c for c in tree.children(verb, "nsubj", "nsubjpass") if c.span[0] >= end]
    return between.strip(" ,") == "" or any(s.i < verb.i for s in subjects)


def _own_subject(tree: Tree, verb: Node) -> Node | None:
    """Return the subject that stands nearest to a verb of saying: "Putin, he said, …" has two clauses."""
    own = tree.children(verb, "nsubj", "nsubjpass")
    return min(own, key=lambda n: abs(n.i - verb.i)) if own else None


def _subjects(tree: Tree) -> list[Node]:
    """Return the subjects of a sentence's clauses, that of the main clause first."""
    nodes = [n for n in tree.nodes if n.dep in ("nsubj", "nsubjpass")]
    return sorted(nodes, key=lambda n: (tree.head(n).dep != "ROOT", n.i))


def _interrupted(tree: Tree, subject: Node, pronoun: Node) -> bool:
    """Whether a parenthesis of saying interrupts the clause of a subject: "Putin, he said, must go"."""
    between = tree.nodes[subject.i + 1 : pronoun.i]
    return all(n.dep == "punct" for n in between)


def _beside(masked: str, tree: Tree, verb: Node, who: Who, start: int, end: int) -> bool:
    """Whether verb and speaker stand next to a quotation."""
    if verb.pos == "VBG":
        return False
    if verb.span[0] >= end:
        return _directly(masked, tree, verb, end) and not re.search(r'[.;"]', masked[end : verb.span[0]])
    gap = masked[verb.span[1] : start].strip(" ,:")
    return gap in ("", "that", "so", "of") or (who.span[0] > verb.span[1] and not re.search(r"[.;\"]", gap))
