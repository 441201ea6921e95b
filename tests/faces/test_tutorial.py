"""What the README, the tutorial and the how-to pages show, run as shown.

In a ``console`` block a line that starts with ``$ foedus`` is run, with the variables that stand before it,
and what stands below it must be in the output, in that order; a line ``...`` stands for what is left out.
Where lines break does not matter. A command whose shown output opens with ``foedus: `` is one that fails,
with exit code 2. A ``yaml`` block whose first line is a comment is a file of that name. A ``python`` block is
executed. Blocks run in order.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import workbooks
from aid.build import release, write
from foedus.cli import run_command

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "docs/tutorial.md", *sorted((ROOT / "docs/howto").glob("*.md"))]
_WORDS = re.compile(r"^((?:FOEDUS_[A-Z_]+=\S+ +)*)foedus (.*)$", re.DOTALL)
"""A command, and what it finds in the environment: "FOEDUS_STATUS_YEAR=2024 foedus status"."""
_BLOCK = re.compile(r"^```(console|yaml|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _examples(block: str) -> list[tuple[str, list[str]]]:
    """Give the `foedus` commands of a console block, each with the pieces of output shown below it."""
    found: list[tuple[str, list[str]]] = []
    for part in re.split(r"^\$ ", block.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        pieces = [" ".join(piece.split()) for piece in re.split(r"^\.\.\.$", shown, flags=re.MULTILINE)]
        if _WORDS.match(command):
            found.append((command.strip(), [piece for piece in pieces if piece]))
    return found


def _check(command: str, pieces: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Run one command and hold its output against the pieces shown."""
    words = _WORDS.match(command)
    assert words is not None
    with pytest.MonkeyPatch.context() as patch:
        for pair in words[1].split():
            patch.setenv(*pair.split("=", 1))
        code = run_command(shlex.split(words[2], comments=True))
    output = " ".join("".join(capsys.readouterr()).split())
    fails = bool(pieces) and pieces[0].startswith("foedus: ")
    assert code == (2 if fails else 0), f"{command}\n{output}"
    at = 0
    for piece in pieces:
        place = output.find(piece, at)
        assert place >= 0, f"{command} does not print\n{piece}\nbut\n{output}"
        at = place + len(piece)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_what_a_page_shows_is_what_happens(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each `foedus` command of the page runs, in order, and prints what the page shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path / "cache"))
    names: dict[str, object] = {}
    commands = 0
    if page.stem == "data":
        figures = workbooks.as_figures(workbooks.packaged())
        workbooks.nato_2024(Path("240617-def-exp-2024-TABLES-en.xlsx"), figures)
    if page.stem == "aid":
        write(Path("tracker"), release())
    for kind, block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "yaml" and block.startswith("# "):
            Path(block.splitlines()[0].removeprefix("# ")).write_text(block, encoding="utf-8")
        elif kind == "python":
            exec(compile(block, str(page), "exec"), names)
        elif kind == "console":
            for command, pieces in _examples(block):
                _check(command, pieces, capsys)
                commands += 1
    assert commands > 0


def test_the_tutorial_and_the_readme_show_output() -> None:
    """The tutorial and the README each show at least five commands, and output of most of them."""
    for page in PAGES[:2]:
        blocks = _BLOCK.findall(page.read_text(encoding="utf-8"))
        shown = [pieces for kind, block in blocks if kind == "console" for _, pieces in _examples(block)]
        assert len(shown) >= 5
        assert sum(bool(pieces) for pieces in shown) >= 4
