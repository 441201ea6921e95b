"""The words: one file, at most 45 words each, read by pages, API and command, and opened where they stand."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from foedus.cli import run_command
from foedus.dashboard.terms import termed
from foedus.words import MOST_WORDS, chapters, glossary

DOCS = Path(__file__).parents[2] / "docs"


def test_every_word_is_short_and_whole() -> None:
    """An explanation has at most 45 words, ends as a sentence, and no two words share a title or a phrase."""
    words = list(glossary().words.values())
    assert len(words) >= 40
    assert all(len(word.text.split()) <= MOST_WORDS for word in words)
    assert all(word.text.endswith((".", "?", "”.")) for word in words)
    assert len({word.title for word in words}) == len(words)
    phrases = [phrase for word in words for phrase in word.phrases]
    assert len(set(phrases)) == len(phrases)
    assert [word.title.lower() for word in words] == sorted(word.title.lower() for word in words)


def test_the_command_prints_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints every word, how foedus works, and what it cannot tell; ``--json`` is one object."""
    assert run_command(["words"]) == 0
    out = capsys.readouterr().out
    assert all(f"{word.title}: {word.text}" in out for word in glossary().words.values())
    assert run_command(["words", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["words"]) == len(glossary().words)
    for name in ("how", "limits"):
        assert run_command(["words", f"--{name}"]) == 0
        out = capsys.readouterr().out
        assert all(part.text in out for part in chapters(name).chapters)


def test_a_word_opens_where_it_stands() -> None:
    """The first occurrence of a word is a button that names its popover; markup in the text stays text."""
    mark = str(termed("/foedus")("Middle 80 %: of 1,000 draws, <b>draws</b> in the middle\u00a080\u00a0%."))
    buttons = re.findall(r'<button type="button" class="term" popovertarget="([^"]+)">([^<]*)</button>', mark)
    assert [html.unescape(words) for _, words in buttons] == ["draws,", "middle\u00a080\u00a0%."]
    for name, _ in buttons:
        assert mark.count(f'id="{name}" popover') == 1
    assert "&lt;b&gt;draws&lt;/b&gt;" in mark
    assert 'href="/foedus/words#draws"' in mark
    assert str(termed("")("Nothing to explain here.")) == "Nothing to explain here."


def test_the_limits_are_those_of_the_documentation() -> None:
    """Each short limit is the heading of a longer one in the documentation."""
    page = (DOCS / "explanation" / "limits.md").read_text(encoding="utf-8")
    headings = (
        " ".join(re.findall(r"^\*\*(.*?)\*\*", page, re.MULTILINE | re.DOTALL)).replace("\n", " ").lower()
    )
    for part in chapters("limits").chapters:
        first = part.title.split(",")[0].lower()
        assert any(word in headings for word in (first, " ".join(first.split()[:5]))), part.title
