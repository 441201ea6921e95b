"""Parse shaped sentences in batches, and walk the trees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from foedus.reading.tagging import Tag
from foedus.reading.text import Span
from foedus.reading.trees.model import parser
from foedus.reading.trees.shape import Shaped

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["BATCH", "Node", "Tree", "parse"]

BATCH = 32
"""Sentences parsed at once; the time is looked at between batches."""
REMEMBERED = 4_096
"""Parses of shaped sentences that are remembered: many sentences have one shape."""
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
AUXILIARIES = ("aux", "auxpass")
CLAUSES = ("ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "csubj", "csubjpass", "parataxis",
           "dep", "appos", "nsubj", "dobj", "pobj")  # fmt: skip
"""How the verb of a clause depends on its head; a verb that is a modifier or an auxiliary has no clause."""
_Row = tuple[str, str, str, int, int, int]
_remembered: dict[str, tuple[_Row, ...]] = {}


@dataclass(frozen=True, slots=True)
class Node:
    """One token of a tree.

    Attributes
    ----------
    i : int
        Its place in the sentence.
    word : str
        In lower case, as it was parsed.
    pos : str
        Penn tag.
    dep : str
        How it depends on its head.
    head : int
        The place of its head; its own for a root.
    span : Span
        In the plain text.
    tag : Tag or None
        What it stands for, or is part of.
    """

    i: int
    word: str
    pos: str
    dep: str
    head: int
    span: Span
    tag: Tag | None


class Tree:
    """A parsed sentence.

    Parameters
    ----------
    nodes : sequence of Node
        Its tokens, in order.
    text : str
        The sentence in plain form.
    offset : int
        Where it starts in the plain text of the document.
    """

    def __init__(self, nodes: Sequence[Node], text: str, offset: int) -> None:
        self.nodes = nodes
        self.text = text
        self.offset = offset

    @cached_property
    def _children(self) -> list[list[Node]]:
        out: list[list[Node]] = [[] for _ in self.nodes]
        for node in self.nodes:
            if node.head != node.i:
                out[node.head].append(node)
        return out

    @cached_property
    def _places(self) -> dict[int, Node]:
        """The head of each marked thing, by where the thing starts."""
        out: dict[int, Node] = {}
        for node in self.nodes:
            tag = node.tag
            if tag is None:
                continue
            head = self.nodes[node.head]
            if head.tag is not tag or head.i == node.i:
                out.setdefault(tag.start, node)
        return out

    def at(self, tag: Tag) -> Node | None:
        """Return the node that stands for a thing."""
        return self._places.get(tag.start)

    def children(self, node: Node, *deps: str) -> list[Node]:
        """Return the children of a node, of some kinds only where these are given."""
        every = self._children[node.i]
        return [c for c in every if c.dep in deps] if deps else every

    def head(self, node: Node) -> Node:
        """Return the head of a node; a root is its own."""
        return self.nodes[node.head]

    def ancestors(self, node: Node) -> Iterator[Node]:
        """Yield the heads above a node, nearest first."""
        while node.head != node.i:
            node = self.nodes[node.head]
            yield node

    def path(self, node: Node, top: Node) -> list[Node]:
        """Return the nodes from one up to, and without, one above it."""
        out = []
        while node is not top:
            out.append(node)
            node = self.head(node)
        return out

    def objects_after(self, node: Node, *prepositions: str) -> list[Node]:
        """Return the objects of some prepositions below a node."""
        after = (p for p in self.children(node, "prep") if p.word in prepositions)
        return [o for p in after for o in self.children(p, "pobj")]

    def subtree(self, node: Node) -> list[Node]:
        """Return a node with all below it, in order."""
        out, todo = [], [node]
        while todo:
            node = todo.pop()
            out.append(node)
            todo.extend(self._children[node.i])
        return sorted(out, key=lambda n: n.i)

    def words(self, node: Node) -> str:
        """Return the words below a node, as parsed."""
        return " ".join(n.word for n in self.subtree(node))

    def is_clause(self, node: Node) -> bool:
        """Whether a node is the verb of a clause."""
        return node.pos[:2] == "VB" and node.dep in CLAUSES

    def verb_of(self, node: Node) -> Node | None:
        """Return the verb of the clause that a node stands in; for a verb, its own."""
        if self.is_clause(node):
            return node
        return next((a for a in self.ancestors(node) if self.is_clause(a)), None)

    def clause_nodes(self, verb: Node) -> list[Node]:
        """Return the nodes of a verb's own clause, without those of clauses below it."""
        out, todo = [], [verb]
        while todo:
            node = todo.pop()
            out.append(node)
            todo.extend(c for c in self._children[node.i] if not self.is_clause(c))
        return sorted(out, key=lambda n: n.i)

    def auxiliaries(self, verb: Node) -> list[Node]:
        """Return the auxiliaries of a verb; one that is joined to another shares those it lacks."""
        own = self.children(verb, *AUXILIARIES)
        if own or verb.dep != "conj" or verb.pos in ("VBZ", "VBD", "VBP") or self.children(verb, *SUBJECTS):
            return own
        head = self.head(verb)
        return self.auxiliaries(head) if self.is_clause(head) else own

    def is_finite(self, verb: Node) -> bool:
        """Whether a verb has a tense of its own."""
        if verb.pos in ("VBZ", "VBD", "VBP", "MD"):
            return True
        auxiliaries = self.auxiliaries(verb)
        if any(a.word == "to" for a in auxiliaries):
            return False
        if any(a.pos in ("MD", "VBZ", "VBD", "VBP") or a.word == "be" for a in auxiliaries):
            return True
        # The tagger takes "doubled" for a participle where it stands alone.
        alone = verb.pos == "VBN" and verb.dep in ("ROOT", "ccomp", "conj", "relcl")
        return (verb.pos == "VB" or alone) and bool(self.children(verb, *SUBJECTS))

    def subject_of(self, verb: Node, depth: int = 0) -> Node | None:
        """Return the subject of a verb: its own, the one it shares, or the noun that its clause is about."""
        own = [c for c in self.children(verb, *SUBJECTS) if c.i < verb.i] or self.children(verb, *SUBJECTS)
        if own:
            subject = own[-1] if own[-1].pos != "EX" else own[0]
            if subject.pos in ("WDT", "WP") and verb.dep == "relcl":
                return self.head(verb)
            return subject
        agent = self.children(verb, "expl")
        if agent or depth > 5 or verb.head == verb.i:
            return None
        head = self.head(verb)
        if verb.dep in ("relcl", "acl") and not self.is_clause(head):
            return head
        if verb.dep == "xcomp":
            objects = [c for c in self.children(head, "dobj") if c.i < verb.i]
            if objects:
                return objects[-1]
        up = self.verb_of(head)
        return self.subject_of(up, depth + 1) if up is not None else None


def parse(sentences: Iterable[tuple[Shaped, list[Tag], str, int]]) -> list[Tree]:
    """Parse a batch of sentences.

    Parameters
    ----------
    sentences : iterable of (Shaped, list of Tag, str, int)
        Each with what is marked in it, its plain form and its offset in the document.

    Returns
    -------
    list of Tree
        In order.
    """
    batch = list(sentences)
    new = list(dict.fromkeys(s.text for s, *_ in batch if s.text not in _remembered))
    rows = {s.text: _remembered[s.text] for s, *_ in batch if s.text in _remembered}
    if new:
        if len(_remembered) + len(new) > REMEMBERED:
            _remembered.clear()
        for text, doc in zip(new, parser().pipe(new, batch_size=BATCH), strict=True):
            rows[text] = _remembered[text] = _rows(doc)
    return [_tree(rows[s.text], s, tags, text, offset) for s, tags, text, offset in batch]


def _rows(doc: Doc) -> tuple[_Row, ...]:
    """Return the rows of a parse, without its tokens of white space."""
    tokens = [t for t in doc if not t.is_space]
    places = {t.i: n for n, t in enumerate(tokens)}
    return tuple(
        (t.lower_, t.tag_, t.dep_, places.get(t.head.i, n), t.idx, t.idx + len(t.text))
        for n, t in enumerate(tokens)
    )


def _tree(rows: tuple[_Row, ...], shaped: Shaped, tags: list[Tag], text: str, offset: int) -> Tree:
    """Make a tree of parsed rows."""
    nodes = []
    for i, (word, pos, dep, head, start, end) in enumerate(rows):
        span, number = shaped.origin(start, end)
        nodes.append(Node(i, word, pos, dep, head, span, tags[number] if number >= 0 else None))
    return Tree(nodes, text, offset)
