"""No text of foedus gives a probability of war, of an attack, or that a promise is honoured; q is an axis.

The law is one over words: a word of chance that is said of war or of honouring. A sentence may deny that such
a number exists; one that carries a number beside the words is caught even then.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "foedus"
WRITTEN = {"_build", "commands"}
"""Folders that the build writes from the package, whose own words are looked at where they stand."""
PAGES = sorted(p for p in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")) if not WRITTEN & set(p.parts))

CHANCE = (
    r"(?:probabilit(?:y|ies)|likelihoods?|chances?|odds|likely|unlikely|expected frequency|"
    r"(?:one|two|three|\d+)[- ]in[- ](?:two|three|four|five|ten|a hundred|\d+)|"
    r"\d[\d.]* ?(?:%|per ?cent) sure)"
)
"""A word of chance."""
_WAR = (
    r"(?:(?:a |the |such a )?(?:war|wars|attacks?|invasions?|aggression)\b|"
    r"(?:Russia|Moscow|an? \w+) (?:will |would |may |might )?(?:attack|invade|strike)s?\b|"
    r"deterrence (?:will |would )?(?:holds?|fails?|failing)|(?:comes?|goes?|going) to war|"
    r"war (?:will |would |may )?(?:comes?|breaks? out|happens?|starts?))"
)
_PROMISE = r"(?:guarantees?|promises?|pledge of defence|commitments?|Article (?:5|five)|word|treaty)"
_HONOURED = (
    rf"(?:(?:the |a |its |their |America's |the US )?{_PROMISE}\b[^.;]{{0,25}}?"
    r"\b(?:honou?r\w*|kept|keeps?|holds?|held|upheld|fulfilled|works?)|"
    r"(?:honou?r(?:s|ed|ing)?|keep(?:s|ing)?|fulfil(?:s|led|ling)?|uphold(?:s|ing)?) "
    rf"(?:the |a |its |their |his )?{_PROMISE}|honouring\b|"
    r"(?:the United States|America|the US|Washington|an ally|allies) (?:will |would )?"
    r"(?:comes?|fights?|helps?|defends?|intervenes?|honou?rs?))"
)
EVENT = rf"(?:{_WAR}|{_HONOURED})"
"""What no number is given for."""
SAID = re.compile(rf"\b{CHANCE}\b[^.;]{{0,60}}?\b{EVENT}|\b{EVENT}[^.;]{{0,40}}?\b{CHANCE}\b", re.IGNORECASE)
DENIAL = re.compile(
    r"\b(?:no|not|none|never|nor|neither|nobody|nothing|without|cannot|forbids?|refus\w*|instead of|"
    r"rather than)\b|n't\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\b0?\.\d+\b|\b\d[\d.]* ?(?:%|per ?cent)|"
    r"\b(?:one|two|three|\d+)[- ]in[- ](?:two|three|four|five|ten|\d+)\b"
)
REACH, NEAR = 60, 30
"""A denial stands at most so many characters before the words, and a number so many behind."""
WORTH = re.compile(
    r"probabilit|likel|\bchance|\bodds\b|expected frequency|(?:\d|one|two|three)[- ]in[- ]|"
    r"(?:%|cent) sure",
    re.IGNORECASE,
)
"""What a text with a word of chance holds: a sieve, so that few are parsed and cut into sentences."""


def caught(sentence: str) -> bool:
    """Whether a sentence gives a chance of war or of honouring."""
    for match in SAID.finditer(sentence):
        before = sentence[max(0, match.start() - REACH) : match.end()]
        if not DENIAL.search(before) or NUMBER.search(sentence[match.start() : match.end() + NEAR]):
            return True
    return False


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text, white space as one space."""
    yield from re.split(r"(?<=[.!?:])\s+|\n\s*\n|\n[-|#*] ", re.sub(r"(?<!\n)\n(?![\n|#*-])", " ", text))


def _literals(source: str) -> Iterator[str]:
    """Yield the texts of a module: literals, and what stands still of those with values in them."""
    tree = ast.parse(source)
    inner = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else "7 %" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield node.value


def _texts(sieve: re.Pattern[str]) -> dict[str, tuple[str, ...]]:
    """Return texts by where they stand: outputs and charts, catalogue, parameters, records, templates, docs.

    Parameters
    ----------
    sieve : re.Pattern
        A file without it is returned without a text.
    """
    code = sorted(PACKAGE.rglob("*.py"))
    files = [p for ending in ("yaml", "csv", "html") for p in sorted(PACKAGE.rglob(f"*.{ending}"))]
    # Tables of editions hold figures, and their cards are read.
    files = [p for p in files if p.suffix != ".csv" or p.parent.parent.name == "records"]
    texts: dict[str, tuple[str, ...]] = {}
    for path in (*code, *files, *PAGES):
        text = path.read_text(encoding="utf-8")
        parts = () if not sieve.search(text) else tuple(_literals(text)) if path.suffix == ".py" else (text,)
        texts[str(path.relative_to(ROOT))] = parts
    return texts


def test_no_text_gives_a_chance_of_war_or_of_honouring() -> None:
    """Outputs, charts, catalogue, records, templates and pages: none holds such a number."""
    texts = _texts(WORTH)
    assert len(texts) > 400
    faults = [
        f"{path}: {s}"
        for path, parts in texts.items()
        for part in parts
        if WORTH.search(part)
        for s in sentences(part)
        if WORTH.search(s) and caught(s)
    ]
    assert faults == []


def test_no_quantity_is_a_chance_of_war_or_of_honouring() -> None:
    """In the catalogue no name or label with a word of chance is of war, guarantee or deterrence."""
    named = 0
    for path in sorted((PACKAGE / "catalogue").glob("*.yaml")):
        for name, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            words = f"{name.replace('_', ' ')}. {entry.get('label', '')}"
            named += 1
            of_chance = re.search(rf"\b{CHANCE}\b", words, re.IGNORECASE)
            of_event = re.search(
                r"\b(?:war|attack\w*|guarantee\w*|deter\w*|honou?r\w*|credib\w*|belief)\b",
                words,
                re.IGNORECASE,
            )
            assert not (of_chance and of_event), name
    assert named > 100


@pytest.mark.parametrize(
    "planted",
    [
        "The probability of war is 12 %.",
        "There is a 30 % chance that Article 5 is honoured.",
        "War is unlikely before 2030.",
        "The odds that the guarantee holds are two in three.",
        "Likelihood of a Russian attack, by year.",
        "Deterrence fails with probability 0.2.",
        "The United States would come to help with a probability of 74.5 %.",
        "An attack on the Baltic states has become more likely.",
        "Nobody doubts that the chance of war is 5 %.",
        "Chance that the promise is kept",
        "The likelihood of honouring falls when forces leave.",
        "It is likely that America defends its allies.",
    ],
)
def test_a_planted_sentence_is_caught(planted: str) -> None:
    """Whatever its words, a sentence that gives such a chance is caught."""
    assert caught(planted)


@pytest.mark.parametrize(
    "allowed",
    [
        "foedus prints no probability of war and none that a guarantee is honoured.",
        "Thresholds, never with a probability of war or that Article 5 holds.",
        "A threshold of belief is an axis and not a probability that the promise is kept.",
        "The probability that the question passes is 0.4.",
        "Chance of entry within 300 days, given the signature.",
        "Since the war in Ukraine spending has grown.",
        "No chance of war is estimated here.",
    ],
)
def test_a_denial_and_other_chances_are_allowed(allowed: str) -> None:
    """A sentence may say that there is no such number, and chances of other events are no fault."""
    assert not caught(allowed)


def test_the_threshold_of_belief_is_an_axis() -> None:
    """Where a text of the package speaks of q, it does not say what q is or will be."""
    level = re.compile(
        r"\bq\*? (?:is|was|will be) (?:now |currently |today |estimated |probably )*(?:at )?(?:about )?\d",
        re.IGNORECASE,
    )
    forecast = re.compile(
        r"\b(?:estimate|forecast|measure)\w* (?:of )?q\b|\bq (?:is|was) (?:measured|estimated|forecast)\b"
    )
    faults = [
        p
        for p, parts in _texts(re.compile(r"\bq\b")).items()
        if p.startswith("src")
        for t in parts
        if level.search(t) or forecast.search(t)
    ]
    assert faults == []
    assert level.search("q is now 0.6")
