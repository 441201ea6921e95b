"""The notebooks as they are kept: without outputs, each cell with its reason, and on the public API alone.

They are executed when the documentation is built, which one that fails does not survive.
"""

from __future__ import annotations

import ast
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import foedus

FOLDER = Path(__file__).parents[2] / "docs/notebooks"
PEOPLE = ("analyst", "economist", "fact-checker", "journalist", "political-scientist", "teacher")
LIBRARIES = {"foedus", "numpy", "pandas", "pathlib", "tempfile"}


def _cells(name: str) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return cells


def test_there_are_six() -> None:
    """Each of six people has a notebook, and the page of notebooks leads to it."""
    assert tuple(sorted(path.stem for path in FOLDER.glob("*.ipynb"))) == PEOPLE
    index = (FOLDER / "index.md").read_text(encoding="utf-8")
    assert all(f"{{doc}}`{name}`" in index for name in PEOPLE)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_notebook_is_kept_clean(name: str) -> None:
    """It holds no output, says before each cell why, and ends with what nobody can know."""
    cells = _cells(name)
    kinds = [cell["cell_type"] for cell in cells]
    assert kinds[0] == kinds[-1] == "markdown"
    assert kinds.count("code") >= 4
    for before, cell in pairwise(cells):
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
            assert before["cell_type"] == "markdown"
    assert re.search("nobody can know|no edition can say", "".join(cells[-1]["source"]).lower())


@pytest.mark.parametrize("name", PEOPLE)
def test_a_notebook_uses_what_is_public(name: str) -> None:
    """It imports foedus itself and no module of it, and calls only its public names."""
    sources = ["".join(cell["source"]) for cell in _cells(name) if cell["cell_type"] == "code"]
    tree = ast.parse("\n".join(sources))
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert "foedus" in imported
    assert imported <= LIBRARIES
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "foedus"
    }
    assert used
    assert used <= set(foedus.__all__)
