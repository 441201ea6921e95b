"""The shape of the source tree."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

from parsed import parsed

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "src").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def _names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=_names([*MODULES, *TESTS]))
def test_no_file_reads_outside_the_repository(path: Path) -> None:
    """No source or test names an absolute folder of somebody's machine, or a folder beside the repository."""
    text = path.read_text(encoding="utf-8")
    outside = re.compile(r"['\"](?:/(?:work|home|Users|root|opt)/|[A-Z]:\\\\|(?:\.\./)*sha" + r"red/)")
    assert outside.findall(text) == []


@pytest.mark.parametrize("path", MODULES, ids=_names(MODULES))
def test_no_loose_ends(path: Path) -> None:
    """No module of the package carries a comment that marks unfinished work."""
    comments = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
        if token.type == tokenize.COMMENT
    ]
    assert [c for c in comments if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", c)] == []


def test_no_test_is_skipped() -> None:
    """No test is skipped or expected to fail."""
    marks = re.compile(r"pytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b")
    assert {str(p): marks.findall(p.read_text(encoding="utf-8")) for p in TESTS if p != Path(__file__)} == {
        str(p): [] for p in TESTS if p != Path(__file__)
    }


def test_the_lock_files_name_no_index() -> None:
    """The lock files hold versions and hashes, and no address to install from."""
    for name in ("lock/run.txt", "lock/dev.txt", "lock/serve.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index-url|--extra-index-url|--find-links", text)


def _functions(paths: list[Path]) -> list[tuple[str, ast.FunctionDef]]:
    """Return every function in some files, named by file and name."""
    return [
        (f"{path.relative_to(ROOT)}::{node.name}", node)
        for path in paths
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef)
    ]


def test_every_test_states_a_fact() -> None:
    """Every test has a docstring of one paragraph that ends in a full stop."""
    tests = [(name, node) for name, node in _functions(TESTS) if node.name.startswith("test_")]
    words = {name: ast.get_docstring(node) or "" for name, node in tests}
    assert [name for name, text in words.items() if not text.endswith(".") or "\n\n" in text] == []
    assert len(words) > 100
