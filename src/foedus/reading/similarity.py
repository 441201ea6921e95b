"""How alike two sentences are: by their words' lemmas, each weighted by how rare it is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Bag", "Weights", "align", "containment", "lemmas", "similarity", "weigh"]

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|\d[\d.,]*")
_STOP = frozenset(
    (
        "a an the and or but of to in on at by for with from as that this these those it its he his him she "
        "her  they their them we our us i me my you your is are was were be been being has have had do does "
        "did will  would can could may might shall should must not no nor so than then there here which who "
        "whom whose  what when where why how if while because also into over under about after before "
        "between during up  down out off again more most some such any all both each other only own same "
        "very just"
    ).split()
)
COMMON_SHARE = 0.5
"""A word in more than this part of the documents is the topic's own and says little of a common text."""


@lru_cache(maxsize=20_000)
def _lemma(word: str) -> str:
    """Return the lemma of one word."""
    import simplemma

    if word[0].isdigit():
        return word.rstrip(".,")
    return simplemma.lemmatize(word.split("'")[0], lang="en").lower()


def lemmas(text: str) -> list[str]:
    """Return the lemmas of the words that carry meaning, in order.

    Parameters
    ----------
    text : str
        Plain text.

    Returns
    -------
    list of str
        Lower case; without function words.
    """
    words = (w[0] for w in _WORD.finditer(text))
    return [lemma for w in words if w.lower() not in _STOP and len(lemma := _lemma(w)) > 1]


@dataclass(frozen=True)
class Weights:
    """Weights of lemmas: the rarer among the sentences, the heavier; the topic's own words are light.

    Attributes
    ----------
    weight : mapping of str to float
        By lemma.
    unseen : float
        For a lemma that is in no sentence.
    """

    weight: Mapping[str, float]
    unseen: float

    def of(self, lemma: str) -> float:
        """Return the weight of one lemma."""
        return self.weight.get(lemma, self.unseen)

    def total(self, bag: Iterable[str]) -> float:
        """Return the weight of a set of lemmas."""
        return sum(self.of(lemma) for lemma in bag)


Bag = frozenset[str]


def weigh(documents: list[list[Bag]]) -> Weights:
    """Weigh lemmas by the sentences and the documents they stand in.

    Parameters
    ----------
    documents : list of list of frozenset of str
        The sentences of each document.

    Returns
    -------
    Weights
        Inverse sentence frequency, halved for words of the topic.
    """
    sentences = [bag for document in documents for bag in document]
    count = Counter(lemma for bag in sentences for lemma in bag)
    held = Counter(lemma for document in documents for lemma in frozenset().union(*document))
    n = max(len(sentences), 1)
    weight = {}
    for lemma, k in count.items():
        topic = len(documents) > 2 and held[lemma] / len(documents) > COMMON_SHARE and k > len(documents)
        weight[lemma] = math.log(1 + n / k) * (0.5 if topic else 1.0)
    return Weights(weight, math.log(1 + n))


def similarity(a: Bag, b: Bag, weights: Weights) -> float:
    """Compute how alike two sentences are: the weight in common over the geometric mean of both weights.

    Parameters
    ----------
    a, b : frozenset of str
        Lemmas.
    weights : Weights
        Their weights.

    Returns
    -------
    float
        From 0 to 1: the geometric mean of both sentences' shares in common.
    """
    if not a or not b:
        return 0.0
    common = weights.total(a & b)
    return common / math.sqrt(weights.total(a) * weights.total(b)) if common else 0.0


def containment(a: Bag, b: Bag, weights: Weights) -> float:
    """Compute what part of a's weight is found in b.

    Parameters
    ----------
    a, b : frozenset of str
        Lemmas.
    weights : Weights
        Their weights.

    Returns
    -------
    float
        From 0 to 1.
    """
    total = weights.total(a)
    return weights.total(a & b) / total if total else 0.0


def align(a: list[Bag], b: list[Bag], weights: Weights, least: float) -> list[tuple[int, int, float]]:
    """Align the sentences of two documents in order, so that no two pairs cross.

    Parameters
    ----------
    a, b : list of frozenset of str
        Sentences.
    weights : Weights
        Weights of lemmas.
    least : float
        Pairs less alike are not aligned.

    Returns
    -------
    list of (int, int, float)
        Sentence of a, sentence of b, similarity; the selection of greatest total similarity.
    """
    score = [[_at_least(similarity(x, y, weights), least) for y in b] for x in a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        row, above = best[i], best[i - 1]
        for j in range(1, len(b) + 1):
            row[j] = max(above[j], row[j - 1], above[j - 1] + score[i - 1][j - 1])
    pairs, i, j = [], len(a), len(b)
    while i and j:
        if score[i - 1][j - 1] and best[i][j] == best[i - 1][j - 1] + score[i - 1][j - 1]:
            pairs.append((i - 1, j - 1, score[i - 1][j - 1]))
            i, j = i - 1, j - 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def _at_least(value: float, least: float) -> float:
    """Return a similarity, or nought when it is below the least."""
    return value if value >= least else 0.0
