"""The shape of the source tree."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "src").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST = 450


def _names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_no_module_is_long() -> None:
    """No module of the package has more than 450 lines."""
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}
    assert len(lengths) > 10


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
    for name in ("lock/run.txt", "lock/dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index-url|--extra-index-url|--find-links", text)
