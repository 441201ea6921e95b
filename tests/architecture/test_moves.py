"""A reader who knows the old layout finds every module's new place, and no page mentions an old one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
OLD = (Path(__file__).parent / "old_modules.txt").read_text(encoding="utf-8").split()
"""Every module of the layout by role, as it was."""

TABLE = ROOT / "docs/reference/modules.md"
ROW = re.compile(r"^\| `(foedus[\w.]*)` \| (.+) \|$", re.MULTILINE)
WRITTEN = {"_build", "commands"}
"""Folders that the build writes from the package, whose own words are looked at where they stand."""
PAGES = sorted(
    p
    for p in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if p != TABLE and not WRITTEN & set(p.parts) and p.name != "CHANGELOG.md"
)


def _exists(module: str) -> bool:
    path = SOURCE / module.replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def test_every_old_module_has_a_new_place() -> None:
    """Each module of the old layout stands in the table once, with places that exist, or kept its own."""
    assert len(OLD) == 233
    text = TABLE.read_text(encoding="utf-8")
    moved = {old: re.findall(r"`(foedus[\w.]*)`", new) for old, new in ROW.findall(text)}
    unmoved = set(re.findall(r"`(foedus[\w.]*)`", text.partition("## Unmoved")[2]))
    assert sorted([*moved, *unmoved]) == sorted(OLD)
    assert [new for places in moved.values() for new in places if not _exists(new)] == []
    assert [module for module in unmoved if not _exists(module)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_page_mentions_an_old_module(page: Path) -> None:
    """A page names no module, and no file of source, that is no longer there."""
    text = page.read_text(encoding="utf-8")
    gone = [module for module in OLD if not _exists(module)]
    assert [module for module in gone if re.search(rf"\b{re.escape(module)}\b(?![_\w])", text)] == []
    files = re.findall(r"\bsrc/foedus/[\w/.]+\w", text)
    assert [file for file in files if not (ROOT / file).exists()] == []
