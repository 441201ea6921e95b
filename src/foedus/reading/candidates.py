"""Which sentences, and which quotations, are alike: all of them, found by the words that they share.

For each sentence, the weight in common with every other one is added up over the sentences in which its
lemmas stand, so that sentences without a common word cost nothing and none that is alike is missed. What
passes is compared exactly afterwards; a margin of one in a million covers the rounding of the sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.reading.similarity import Bag, Weights, containment, share

__all__ = ["MARGIN", "Postings", "like_quotations", "like_sentences"]

MARGIN = 1 - 1e-6

Indices = NDArray[np.intp]


class Postings:
    """Bags of lemmas with, for each lemma, the bags it stands in.

    Parameters
    ----------
    bags : sequence of frozenset of str
        Sentences or quotations.
    weights : Weights
        Weights of lemmas.
    """

    def __init__(self, bags: Sequence[Bag], weights: Weights) -> None:
        self.weights = weights
        self.total = np.array([weights.total(bag) for bag in bags], dtype=float)
        standing: dict[str, list[int]] = {}
        for number, bag in enumerate(bags):
            for lemma in bag:
                standing.setdefault(lemma, []).append(number)
        self._in = {lemma: np.array(numbers) for lemma, numbers in standing.items()}

    def common(self, bag: Bag, first: int = 0) -> tuple[Indices, NDArray[np.float64]]:
        """Return the weight that a bag has in common with others.

        Parameters
        ----------
        bag : frozenset of str
            Lemmas.
        first : int, default 0
            The first of the bags that count.

        Returns
        -------
        ndarray of int, (n,)
            The bags that have a lemma in common, in order.
        ndarray, (n,)
            The weight in common.
        """
        lists = [(lemma, self._in[lemma]) for lemma in bag if lemma in self._in]
        lists = [(lemma, numbers[np.searchsorted(numbers, first) :]) for lemma, numbers in lists]
        if not any(len(numbers) for _, numbers in lists):
            return np.empty(0, np.intp), np.empty(0)
        numbers = np.concatenate([numbers for _, numbers in lists]) - first
        weight = np.repeat([self.weights.of(lemma) for lemma, _ in lists], [len(n) for _, n in lists])
        sums = np.bincount(numbers, weight).astype(np.float64, copy=False)
        at = np.flatnonzero(sums)
        return at + first, sums[at]


def like_sentences(
    documents: Sequence[Sequence[Bag]], weights: Weights, least: float
) -> dict[tuple[int, int], dict[tuple[int, int], float]]:
    """Find the sentences of different documents that are alike.

    Parameters
    ----------
    documents : sequence of sequence of frozenset of str
        The sentences of each document.
    weights : Weights
        Weights of lemmas.
    least : float
        The least similarity.

    Returns
    -------
    dict of (int, int) to dict
        By pair of documents, the earlier first: similarity by pair of sentences. Pairs of documents without
        like sentences are missing.
    """
    bags = [bag for document in documents for bag in document]
    owner = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
    starts = np.cumsum([0, *(len(document) for document in documents)])
    postings = Postings(bags, weights)
    totals = postings.total.tolist()
    alike: dict[tuple[int, int], dict[tuple[int, int], float]] = {}
    for a, bag in enumerate(bags):
        i = int(owner[a])
        others, common = postings.common(bag, int(starts[i + 1]))
        enough = common >= MARGIN * least * np.sqrt(postings.total[a] * postings.total[others])
        for b in others[enough].tolist():
            score = share(weights.total(bag & bags[b]), totals[a], totals[b])
            if score >= least:
                j = int(owner[b])
                place = (a - int(starts[i]), b - int(starts[j]))
                alike.setdefault((i, j), {})[place] = score
    return alike


def like_quotations(bags: Sequence[Bag], weights: Weights, least: float) -> Iterator[list[tuple[int, float]]]:
    """Find, for each quotation, those that hold most of it or most of which it holds.

    Parameters
    ----------
    bags : sequence of frozenset of str
        Quotations.
    weights : Weights
        Weights of lemmas.
    least : float
        The least part of the smaller one's weight that the other holds.

    Yields
    ------
    list of (int, float)
        The others in order, each with that part; a smaller one of less than two lemmas is none.
    """
    postings = Postings(bags, weights)
    sizes = np.array([len(bag) for bag in bags])
    for a, bag in enumerate(bags):
        others, common = postings.common(bag)
        smaller = np.where(sizes[a] <= sizes[others], postings.total[a], postings.total[others])
        enough = (common >= MARGIN * least * smaller) & (np.minimum(sizes[a], sizes[others]) >= 2)
        enough &= others != a
        scores = []
        for b in others[enough].tolist():
            small, large = (bag, bags[b]) if len(bag) <= len(bags[b]) else (bags[b], bag)
            score = containment(small, large, weights)
            if score >= least:
                scores.append((b, score))
        yield scores
