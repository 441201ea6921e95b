"""How alike two sentences are: by their words' lemmas, each weighted by how rare it is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

__all__ = ["Bag", "Weights", "align", "containment", "lemmas", "share", "similarity", "weigh"]

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
        """Return the weight of a set of lemmas, which does not depend on the order of the set."""
        return math.fsum(map(self.of, bag))


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
    return share(weights.total(a & b), weights.total(a), weights.total(b))


def share(common: float, a: float, b: float) -> float:
    """Compute the similarity of two sentences from weights.

    Parameters
    ----------
    common, a, b : float
        The weight in common, and that of each.

    Returns
    -------
    float
        From 0 to 1.
    """
    return common / math.sqrt(a * b) if common else 0.0


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


def align(alike: Mapping[tuple[int, int], float], length: int) -> list[tuple[int, int, float]]:
    """Align the sentences of two documents in order, so that no two pairs cross.

    Parameters
    ----------
    alike : mapping of (int, int) to float
        Similarity by sentence of the one and sentence of the other, of those that are alike enough.
    length : int
        How many sentences the other has.

    Returns
    -------
    list of (int, int, float)
        The selection of greatest total similarity; of two that are equal, the one further on.
    """
    rows = sorted({x for x, _ in alike})
    filled = {y for _, y in alike}
    # Sentences with no like one are left out, but for one of each run of them in the other document: so the
    # selection is the same as with all of them, of equal ones too.
    columns = [y for y in range(length) if y in filled or (y and y - 1 in filled)]
    at = {y: k + 1 for k, y in enumerate(columns)}
    number = {x: i for i, x in enumerate(rows)}
    score = np.zeros((len(rows), len(columns) + 1))
    for (x, y), value in alike.items():
        score[number[x], at[y]] = value
    best = np.zeros((len(rows) + 1, len(columns) + 1))
    for i in range(1, len(rows) + 1):
        reached = best[i - 1].copy()
        np.maximum(reached[1:], best[i - 1][:-1] + score[i - 1][1:], out=reached[1:])
        np.maximum.accumulate(reached, out=best[i])
    return _chosen(best.tolist(), score.tolist(), rows, columns)


def _chosen(
    best: list[list[float]], score: list[list[float]], rows: list[int], columns: list[int]
) -> list[tuple[int, int, float]]:
    """Walk back through the totals and return the pairs that were chosen."""
    pairs, i, j = [], len(rows), len(columns)
    while i and j:
        value = score[i - 1][j]
        if value and best[i][j] == best[i - 1][j - 1] + value:
            pairs.append((rows[i - 1], columns[j - 1], value))
            i, j = i - 1, j - 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
