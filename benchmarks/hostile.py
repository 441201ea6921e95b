"""How reading grows with texts that were written to hold it up: each is doubled, and the growth is printed.

Run it with ``python benchmarks/hostile.py [--sizes 4000 8000 16000] [--only NAME]``. Every generator makes a
text of about so many characters: in one sentence, which is too long to be read whole, and in sentences that
are just short enough. A growth of 2 from size to size is linear.
``--profile`` prints where the time of one generator goes.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable
from datetime import date
from itertools import cycle, islice, pairwise

from foedus.errors import FoedusError
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import read_text
from foedus.reading.trees.parse import _remembered

DAY = date(2024, 10, 1)
COUNTRIES = "Poland Estonia Latvia Lithuania Greece France Germany Italy Spain Norway Denmark Canada".split()
PEOPLE = ("Mark Rutte", "Jens Stoltenberg", "Donald Trump", "Viktor Orban", "Emmanuel Macron", "Robert Fico")
OFFICES = ("Prime Minister", "President", "Secretary General", "foreign minister", "defence minister")
WORDS = "the alliance said that it would spend more on defence this year and that its members agreed".split()


def repeated(*pieces: str, joint: str = " ", end: str = ".") -> Callable[[int], str]:
    """Return a generator that repeats pieces up to a size."""

    def make(size: int) -> str:
        each = sum(len(piece) + len(joint) for piece in pieces) / len(pieces)
        return joint.join(islice(cycle(pieces), max(int(size / each), 1))) + end

    return make


def framed(before: str, generator: Callable[[int], str], after: str) -> Callable[[int], str]:
    """Return a generator whose text stands between two others."""
    return lambda size: before + generator(size)[:-1] + after


def nested(left: str, right: str, inside: str) -> Callable[[int], str]:
    """Return a generator of brackets within brackets."""
    return lambda size: (left * (size // 2)) + inside + (right * (size // 2)) + "."


LIST = repeated(*COUNTRIES, joint=", ")
GENERATORS: dict[str, Callable[[int], str]] = {
    # one character or one word
    "one letter": repeated("a", joint=""),
    "one capital": repeated("A", joint=""),
    "one digit": repeated("7", joint=""),
    "one space": lambda size: "NATO" + " " * size + "has 32 members.",
    "one line break": lambda size: "NATO" + "\n" * size + "has 32 members.",
    "one dash": repeated("-", joint=""),
    "one dot": repeated(".", joint=""),
    "one quotation mark": repeated('"', joint=""),
    "one single mark": repeated("'", joint=""),
    "one comma": repeated(",", joint=""),
    "one bracket": repeated("(", joint=""),
    "one invisible mark": lambda size: "NATO" + "\u200b" * size + " has 32 members.",
    "one word": repeated("allies"),
    "one name": repeated("NATO"),
    "one capitalised word": repeated("Minister"),
    # words and sentences
    "words": repeated(*WORDS),
    "short sentences": repeated("NATO has 32 members.", end=""),
    "sentences without a claim": repeated("The weather was fine on that day.", end=""),
    "questions": repeated("Has NATO 31 members?", end=""),
    "paragraphs": repeated("NATO has 32 members.", joint="\n\n", end=""),
    # lists
    "list of countries": LIST,
    "list that joined": framed("NATO was joined by ", LIST, " in 2004."),
    "list that founded": framed("", LIST, " founded NATO in 1949."),
    "list that meets 2 %": framed("The target of 2% was met by ", LIST, " in 2024."),
    "list with and": framed("", repeated(*COUNTRIES, joint=" and "), " are members of NATO."),
    "list with which": repeated(*(f"{c}, which joined" for c in COUNTRIES)),
    "list with shares": repeated(*(f"{c} (2.{i}%)" for i, c in enumerate(COUNTRIES)), joint=", "),
    "list that ranks": framed("The biggest spenders are ", LIST, "."),
    "list of people": repeated(*PEOPLE, joint=", "),
    "list of offices": repeated(*OFFICES, joint=", "),
    "list of places": repeated("Brussels", "Madrid", "Vilnius", "Washington", "The Hague", joint=", "),
    "list of days": repeated("4 April 1949", "7 March 2024", "4 April 2023", joint=", "),
    "list of years": repeated(*map(str, range(1949, 2026)), joint=", "),
    "list of numbers": repeated("32", "31", "1,200", "two", "a dozen", joint=" "),
    "list of money": repeated("$1.2 billion", "€3 million", "5 billion Swedish kronor", joint=", "),
    "list of rates": repeated("2%", "3.5 per cent", "two thirds of", joint=", "),
    "list of ordinals": repeated("first", "2nd", "third", "14th", joint=", "),
    "list of organisations": repeated("NATO", "the European Union", "the United Nations", joint=", "),
    # offices and people
    "office of office": repeated("the former Prime Minister of the"),
    "people with offices": repeated(*(f"{o} {p}" for o, p in zip(OFFICES, PEOPLE, strict=False)), joint=", "),
    "people with unknown offices": repeated(*(f"{p}, the next head of everything," for p in PEOPLE)),
    "succession": repeated("Mark Rutte succeeded Jens Stoltenberg, who succeeded"),
    "took over": repeated("took over from"),
    "pronouns": repeated("he said that she said that", "they said"),
    "unknown names": repeated("Jan Novak", "Anna Kowalska", "Piotr Zielinski", joint=", "),
    # quotations and brackets
    "quotations": repeated('"We must invest," he said.', end=""),
    "quotations in one sentence": repeated('"we must", he said, "invest",'),
    "quotations never closed": repeated('"We must invest, he said'),
    "quotations of one letter": repeated('"a"'),
    "single quotations": repeated("'We must invest,' he said.", end=""),
    "nested quotations": repeated("\"He said 'we must' and\"", joint=" "),
    "nested brackets": nested("(", ")", "NATO has 32 members"),
    "nested square brackets": nested("[", "]", "NATO has 32 members"),
    "tokens": repeated("⟦P0⟧", "⟦G1⟧"),
    # claims
    "half claims": repeated("NATO has", "the number of members of NATO rose to", "in 2024"),
    "claims joined by and": repeated(
        "NATO has 32 members and Poland spends 4.1% of GDP on defence", joint=" and "
    ),
    "reported by": repeated("according to a report that said that"),
    "from to": repeated("rose from 1.4% to", "fell from"),
    "negated": repeated("not", "never", "no longer"),
    "conditions": repeated("if NATO had 31 members, then", joint=" "),
}


ENGLISH = "It was said that this is for the good of all, and that it will be so as it was. " * 12
"""Before each text, so that it is taken for English and its claims are looked for."""
SENTENCE = 1_900
"""Characters of a sentence that is just short enough to be read."""


def whole(make: Callable[[int], str], size: int) -> str:
    """Return a text in one sentence."""
    return f"{ENGLISH}\n\n{make(size)}"


def in_sentences(make: Callable[[int], str], size: int) -> str:
    """Return a text in sentences that are just short enough to be read."""
    words = make(SENTENCE).split(" ")
    text = " ".join(words[:145])
    return "\n\n".join([ENGLISH, *[f"{text}." for _ in range(max(size // SENTENCE, 1))]])


def spent(text: str, index: LedgerIndex) -> float:
    """Return the processor seconds that reading a text takes."""
    _remembered.clear()  # sentences are repeated here and not elsewhere
    start = time.process_time()
    try:
        read_text(text, index, day=DAY)
    except FoedusError as error:
        print(f"    refused: {error}")
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[4_000, 8_000, 16_000])
    parser.add_argument("--only", help="this generator alone")
    parser.add_argument("--profile", action="store_true", help="print where the time of the largest goes")
    parser.add_argument("--worst", type=float, default=2.6, help="the growth that is called linear")
    given = parser.parse_args()
    index = LedgerIndex.load()
    spent(ENGLISH, index)
    print(f"{len(GENERATORS)} generators, characters: {given.sizes}; processor seconds and growth")
    for form in (whole, in_sentences):
        print(form.__doc__)
        steep = []
        for name, make in GENERATORS.items():
            if given.only not in (None, name):
                continue
            if given.profile:
                profile = cProfile.Profile()
                profile.runcall(spent, form(make, given.sizes[-1]), index)
                pstats.Stats(profile).sort_stats("tottime").print_stats(12)
                continue
            times = [spent(form(make, size), index) for size in given.sizes]
            growth = [b / max(a, 0.02) for a, b in pairwise(times)]
            line = " ".join(f"{t:.2f}" for t in times)
            print(f"  {name:30} {line}   x{growth[-1]:.1f}", flush=True)
            if growth[-1] > given.worst:
                steep.append(name)
        print(f"  steeper than linear: {', '.join(steep) or 'none'}")


if __name__ == "__main__":
    main()
