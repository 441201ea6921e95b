"""Pictures and pages that the README and the documentation refer to are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#|mailto:)([^)#\s]+)")
NAMED = re.compile(r"\{doc\}`([^`<]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_inside_leads_somewhere(page: Path) -> None:
    """A relative link, picture or `{doc}` reference of a page names a file that is there."""
    text = page.read_text(encoding="utf-8")
    assert [target for _, _, target in LINK.findall(text) if not (page.parent / target).exists()] == []
    named = {name: (ROOT / "docs" if name.startswith("/") else page.parent) for name in NAMED.findall(text)}
    assert [name for name, home in named.items() if not (home / f"{name.lstrip('/')}.md").exists()] == []


def test_the_readme_shows_two_pictures_with_words() -> None:
    """The README shows two pictures, each with a text alternative of a sentence."""
    pictures = [found for found in LINK.findall((ROOT / "README.md").read_text(encoding="utf-8")) if found[0]]
    assert len(pictures) == 2
    assert all(len(words) > 40 and words.endswith(".") for _, words, _ in pictures)
    for _, _, target in pictures:
        assert (ROOT / target).read_text(encoding="utf-8").startswith('<svg role="img"')
