"""How fast many texts are laid side by side, and whether nothing that a full comparison finds is missed.

Run it with ``python benchmarks/compare_texts.py DIR [--texts 200] [--full]``. DIR holds ``*.txt`` articles.
The texts are mixed from their sentences: one half are versions of one article (sentences left out, moved, put
in from others), the other half has sentences of all. ``--full`` also compares every sentence with every
other, and every quotation with every other, in plain loops, and prints the recall of the fast way.
"""

from __future__ import annotations

import argparse
import random
import time
from itertools import combinations
from pathlib import Path

from foedus.reading.candidates import like_quotations, like_sentences
from foedus.reading.claims import parameter
from foedus.reading.compare import compare, prepare
from foedus.reading.documents import Document
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import read_document
from foedus.reading.result import Reading
from foedus.reading.similarity import containment, similarity, weigh
from foedus.reading.text import plain_text, split_sentences


def mixed(folder: Path, count: int) -> list[str]:
    """Return texts that are mixed from the articles of a folder."""
    chance = random.Random(7)
    articles = []
    for path in sorted(folder.glob("*.txt")):
        text = plain_text(path.read_text(encoding="utf-8")).text
        articles.append([text[start:end] for start, end in split_sentences(text)])
    every = [sentence for article in articles for sentence in article]
    texts = []
    for i in range(count):
        if i % 2:
            sentences = chance.sample(every, min(len(every), 30))
        else:
            article = articles[i // 2 % len(articles)]
            sentences = [s for s in article if chance.random() < 0.75]
            for _ in range(3):
                sentences.insert(chance.randrange(len(sentences) + 1), chance.choice(every))
        texts.append("\n\n".join(sentences))
    return texts


def read_all(texts: list[str]) -> list[Reading]:
    """Read the texts."""
    index = LedgerIndex.load()
    return [
        read_document(Document(name=f"{i}.txt", kind="text", raw=text), index) for i, text in enumerate(texts)
    ]


def full(readings: list[Reading]) -> tuple[set[tuple[int, ...]], set[tuple[int, ...]]]:
    """Return the pairs of like sentences, and of like quotations, by comparing each with each."""
    prepared = [prepare(reading) for reading in readings]
    weights = weigh([p.bags for p in prepared])
    sentences, quotations = set(), set()
    for i, j in combinations(range(len(prepared)), 2):
        for x, a in enumerate(prepared[i].bags):
            for y, b in enumerate(prepared[j].bags):
                if similarity(a, b, weights) >= parameter("sentence_likeness"):
                    sentences.add((i, x, j, y))
        for k, a in enumerate(prepared[i].quotations):
            for m, b in enumerate(prepared[j].quotations):
                small, large = sorted((a, b), key=len)
                if len(small) >= 2 and containment(small, large, weights) >= parameter("quotation_likeness"):
                    quotations.add((i, k, j, m))
    return sentences, quotations


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of articles")
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--full", action="store_true", help="also compare each with each; print the recall")
    given = parser.parse_args()
    start, busy = time.perf_counter(), time.process_time()
    readings = read_all(mixed(given.folder, given.texts))
    spent, busy = time.perf_counter() - start, time.process_time() - busy
    print(f"read {len(readings)} texts in {spent:.1f} s, {busy:.1f} CPU s")
    start, busy = time.perf_counter(), time.process_time()
    comparison = compare(readings)
    spent, busy = time.perf_counter() - start, time.process_time() - busy
    related = sum(pair.relation != "unrelated" for pair in comparison.pairs)
    twins = sum(q.other is not None for q in comparison.quotations)
    print(f"compared in {spent:.2f} s, {busy:.2f} CPU s: {related} of {len(comparison.pairs)} pairs related, "
          f"{twins} of {len(comparison.quotations)} quotations with a counterpart")  # fmt: skip
    if given.full:
        print_recall(readings)


def print_recall(readings: list[Reading]) -> None:
    """Print what part of the like pairs the fast way finds."""
    start = time.process_time()
    sentences, quotations = full(readings)
    print(f"each with each: {time.process_time() - start:.1f} CPU s")
    prepared = [prepare(reading) for reading in readings]
    bags = [document.bags for document in prepared]
    weights = weigh(bags)
    alike = like_sentences(bags, weights, parameter("sentence_likeness"))
    fast = {(i, x, j, y) for (i, j), scores in alike.items() for x, y in scores}
    print(f"sentences: {len(fast & sentences)} of {len(sentences)} pairs, {len(fast - sentences)} others")
    places = [(i, k) for i, document in enumerate(prepared) for k in range(len(document.quotations))]
    spoken = [prepared[i].quotations[k] for i, k in places]
    like = like_quotations(spoken, weights, parameter("quotation_likeness"))
    pairs = {(*places[a], *places[b]) for a, scores in enumerate(like) for b, _ in scores}
    pairs = {pair for pair in pairs if pair[0] < pair[2]}
    print(f"quotations: {len(pairs & quotations)} of {len(quotations)} pairs, {len(pairs - quotations)} more")


if __name__ == "__main__":
    main()
