"""Like sentences and quotations are all found, and alignment is that of the whole matrix."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from foedus.reading.candidates import like_quotations, like_sentences
from foedus.reading.similarity import align, containment, similarity, weigh

WORDS = [f"w{i}" for i in range(60)]


def _bag(chance: random.Random) -> frozenset[str]:
    """Return lemmas of which the first are common and the last are rare."""
    return frozenset(WORDS[int(60 * chance.random() ** 3)] for _ in range(chance.randint(1, 12)))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("least", [0.1, 0.34, 0.8])
def test_no_like_sentence_is_missed(seed: int, least: float) -> None:
    """The sentences found are those of a comparison of each with each, with the same similarities."""
    chance = random.Random(seed)
    documents = [[_bag(chance) for _ in range(chance.randint(0, 9))] for _ in range(12)]
    weights = weigh(documents)
    expected: dict[tuple[int, int], dict[tuple[int, int], float]] = {}
    for i, j in combinations(range(len(documents)), 2):
        for x, a in enumerate(documents[i]):
            for y, b in enumerate(documents[j]):
                if (score := similarity(a, b, weights)) >= least:
                    expected.setdefault((i, j), {})[x, y] = score
    assert like_sentences(documents, weights, least) == expected


@pytest.mark.parametrize("seed", range(6))
def test_no_like_quotation_is_missed(seed: int) -> None:
    """The quotations found are those that hold, or are held by, so much of the smaller one."""
    chance = random.Random(seed)
    bags = [_bag(chance) for _ in range(40)]
    weights = weigh([bags])
    for a, scores in enumerate(like_quotations(bags, weights, 0.5)):
        expected = []
        for b, other in enumerate(bags):
            small, large = (bags[a], other) if len(bags[a]) <= len(other) else (other, bags[a])
            if a != b and len(small) >= 2 and (score := containment(small, large, weights)) >= 0.5:
                expected.append((b, score))
        assert scores == expected


def _aligned_whole(
    scores: dict[tuple[int, int], float], rows: int, columns: int
) -> list[tuple[int, int, float]]:
    """Align over the whole matrix, cell by cell."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            through = best[i - 1][j - 1] + scores.get((i - 1, j - 1), 0.0)
            best[i][j] = max(best[i - 1][j], best[i][j - 1], through)
    pairs, i, j = [], rows, columns
    while i and j:
        score = scores.get((i - 1, j - 1), 0.0)
        if score and best[i][j] == best[i - 1][j - 1] + score:
            pairs.append((i - 1, j - 1, score))
            i, j = i - 1, j - 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


@pytest.mark.parametrize("seed", range(60))
def test_an_alignment_is_that_of_the_whole_matrix(seed: int) -> None:
    """Leaving out sentences without a like one changes no alignment, nor which of equal ones it is."""
    chance = random.Random(seed)
    rows, columns = chance.randint(1, 14), chance.randint(1, 14)
    part = chance.choice((0.05, 0.2, 0.6))
    scores = {
        (x, y): chance.choice((0.5, 1.0, 0.75))
        for x in range(rows)
        for y in range(columns)
        if chance.random() < part
    }
    assert align(scores, columns) == _aligned_whole(scores, rows, columns)


def test_a_weight_does_not_depend_on_the_order() -> None:
    """The weight of a set is the same however the set is ordered, so that equal texts stay equal."""
    weights = weigh([[frozenset(WORDS[: n + 1])] for n in range(60)])
    ordered = {weights.total(random.Random(seed).sample(WORDS, 60)) for seed in range(50)}
    assert len(ordered) == 1
