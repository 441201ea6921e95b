"""The commands that the README, the tutorial and the how-to pages show, run as shown.

In a ``console`` block a line that starts with ``$ foedus`` is run, and what stands below it must be in the
output, in that order; a line ``...`` stands for what is left out. Where lines break does not matter. A command
whose shown output opens with ``foedus: `` is one that fails, with exit code 2.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from foedus.cli import run_command

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "docs/tutorial.md", *sorted((ROOT / "docs/howto").glob("*.md"))]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _examples(page: Path) -> list[tuple[str, list[str]]]:
    """Give the commands of a page, each with the pieces of output shown below it."""
    found: list[tuple[str, list[str]]] = []
    for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            pieces = [" ".join(piece.split()) for piece in re.split(r"^\.\.\.$", shown, flags=re.MULTILINE)]
            found.append((command.strip(), [piece for piece in pieces if piece]))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_what_a_page_shows_is_what_happens(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each `foedus` command of the page runs, in order, and prints what the page shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "data"))
    run = 0
    for command, pieces in _examples(page):
        if not command.startswith("foedus "):
            continue
        code = run_command(shlex.split(command, comments=True)[1:])
        output = " ".join("".join(capsys.readouterr()).split())
        fails = bool(pieces) and pieces[0].startswith("foedus: ")
        assert code == (2 if fails else 0), f"{command}\n{output}"
        at = 0
        for piece in pieces:
            place = output.find(piece, at)
            assert place >= 0, f"{command} does not print\n{piece}\nbut\n{output}"
            at = place + len(piece)
        run += 1
    assert run > 0


def test_the_tutorial_and_the_readme_show_output() -> None:
    """The tutorial and the README each show at least five commands, and output of most of them."""
    for page in PAGES[:2]:
        shown = [pieces for command, pieces in _examples(page) if command.startswith("foedus ")]
        assert len(shown) >= 5
        assert sum(bool(pieces) for pieces in shown) >= 4
