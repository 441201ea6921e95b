"""Pictures and pages that the README and the documentation refer to are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from foedus.cli.commands import command_names

ROOT = Path(__file__).parents[2]
WRITTEN = {"_build", "commands"}
"""Folders below docs that the build writes; tests/architecture/test_documentation_pages.py is about them."""
WRITTEN_PAGES = {name.replace(" ", "-") for name in command_names()}
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted(page for page in (ROOT / "docs").rglob("*.md") if not WRITTEN & set(page.parts)),
]
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#|mailto:)([^)#\s]+)")
NAMED = re.compile(r"\{doc\}`([^`<]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_inside_leads_somewhere(page: Path) -> None:
    """A relative link, picture or `{doc}` reference of a page names a file that is there."""
    text = page.read_text(encoding="utf-8")
    assert [target for _, _, target in LINK.findall(text) if not (page.parent / target).exists()] == []
    named = {name: (ROOT / "docs" if name.startswith("/") else page.parent) for name in NAMED.findall(text)}
    assert [name for name, home in named.items() if not _exists(home / name.lstrip("/"))] == []


def _exists(page: Path) -> bool:
    """Whether a page of the documentation is there: as text, as a notebook, or written from the package."""
    written = page.parent.name == "commands" and page.name in WRITTEN_PAGES
    return written or any(page.with_name(f"{page.name}{ending}").exists() for ending in (".md", ".ipynb"))


def test_the_readme_shows_its_pictures_with_words() -> None:
    """The README shows two charts and a screenshot, each with a text alternative of a sentence."""
    pictures = [found for found in LINK.findall((ROOT / "README.md").read_text(encoding="utf-8")) if found[0]]
    assert [Path(target).suffix for _, _, target in pictures] == [".svg", ".svg", ".png"]
    assert all(len(words) > 40 and words.endswith(".") for _, words, _ in pictures)
    starts = [(ROOT / target).read_bytes()[:24] for _, _, target in pictures]
    assert all(start.startswith(b'<svg role="img"') for start in starts[:2])
    assert starts[2].startswith(b"\x89PNG")
    assert [int.from_bytes(starts[2][at : at + 4], "big") for at in (16, 20)] == [1280, 800]
